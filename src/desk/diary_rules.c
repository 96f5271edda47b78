/* What the broker's rules say of a time. */
#include "desk/diary.h"
#include <string.h>

int64_t diary_clock(const char *clock)
{
    int hours = (clock[0] - '0') * 10 + clock[1] - '0';
    int minutes = (clock[3] - '0') * 10 + clock[4] - '0';
    return hours * HOUR_MS + minutes * MINUTE_MS;
}

static int64_t time_of_day(const struct civil *civil)
{
    return civil->hour * HOUR_MS + civil->minute * MINUTE_MS + civil->second * SECOND_MS +
           civil->millisecond;
}

/* No hours at all are any hour. */
static bool is_open(const struct diary *diary, const struct civil *start, const struct civil *end)
{
    const struct viewing_policy *policy = &diary->policy;
    int weekday = civil_weekday(start->year, start->month, start->day);
    for (size_t i = 0; i < policy->hour_count; i++) {
        const struct viewing_hours *hours = &policy->hours[i];
        if (hours->weekday == weekday && civil_day(start) == civil_day(end) &&
            time_of_day(start) >= diary_clock(hours->opens_at) &&
            time_of_day(end) <= diary_clock(hours->closes_at))
            return true;
    }
    return policy->hour_count == 0;
}

static bool covers(const struct viewing_blackout *blackout, int64_t first, int64_t last,
                   int64_t start, int64_t end)
{
    int64_t from, to;
    if (blackout->first_day && date_parse(blackout->first_day, &from)) {
        if (!blackout->last_day || !date_parse(blackout->last_day, &to))
            to = from;
        return first <= to && last >= from;
    }
    return blackout->starts_at != NO_VALUE && blackout->ends_at != NO_VALUE &&
           start < blackout->ends_at && end > blackout->starts_at;
}

bool diary_blacked_out(const struct diary *diary, int64_t first_day, int64_t last_day,
                       int64_t start)
{
    for (size_t i = 0; i < diary->policy.blackout_count; i++)
        if (covers(&diary->policy.blackouts[i], first_day, last_day, start, start + diary->length))
            return true;
    return false;
}

enum slot diary_rules_judge(const struct diary *diary, int64_t start)
{
    const struct viewing_rules *rules = &diary->policy.rules;
    int64_t end = start + diary->length, now = diary->desk->now;
    struct civil begins = zone_civil(diary->zone, start), ends = zone_civil(diary->zone, end);
    struct civil last = zone_civil(diary->zone, end - 1), today = zone_civil(diary->zone, now);
    if (rules->same_day == SAME_DAY_REFUSED && civil_day(&begins) == civil_day(&today))
        return SLOT_SAME_DAY;
    if (rules->notice_minutes != NO_VALUE && start < now + rules->notice_minutes * MINUTE_MS)
        return SLOT_SHORT_NOTICE;
    if (diary_blacked_out(diary, civil_day(&begins), civil_day(&last), start))
        return SLOT_BLACKED_OUT;
    return is_open(diary, &begins, &ends) ? SLOT_FREE : SLOT_CLOSED;
}
