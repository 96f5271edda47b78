#include "desk/diary.h"
#include "base/mem.h"

static int64_t minutes_or(int64_t minutes, int64_t otherwise)
{
    return (minutes == NO_VALUE ? otherwise : minutes) * MINUTE_MS;
}

enum err diary_open(const struct desk *desk, const struct property *property, struct diary *diary)
{
    *diary = (struct diary){ .desk = desk, .property = property, .except_task = NO_VALUE };
    enum err err = viewing_policy_read(desk->db, desk->mem, property, &diary->policy);
    if (err)
        return err;
    const struct viewing_rules *rules = &diary->policy.rules;
    const struct zone *zone = diary->policy.timezone ? zone_find(diary->policy.timezone) : NULL;
    diary->zone = zone ? zone : zone_find("UTC");
    diary->length = minutes_or(rules->length_minutes, desk->config->viewing_minutes);
    diary->buffer = minutes_or(rules->buffer_minutes, 0);
    diary->parties = rules->max_parties == NO_VALUE ? 1 : rules->max_parties;
    return ERR_NONE;
}

enum err diary_judge(struct diary *diary, int64_t start, bool proposing, enum slot *slot)
{
    *slot = diary->by_hand ? SLOT_FREE : diary_rules_judge(diary, start);
    if (*slot != SLOT_FREE)
        return ERR_NONE;
    enum err err = diary_read(diary, start, start + diary->length);
    if (!err)
        *slot = diary_busy_judge(diary, start, proposing);
    return err;
}
