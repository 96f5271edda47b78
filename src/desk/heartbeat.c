/* The heartbeat: how the work on a listing stands. */
#include "base/mem.h"
#include "base/text.h"
#include "desk/listing.h"

/* How long a stage may last before the listing counts as stale, and what usually comes next. */
static const struct {
    const char *label;
    int64_t threshold_days;
    const char *next_action;
} stages[] = {
    [STAGE_NEW_PROPERTY] = { "New property", 3, "Add the listing's details" },
    [STAGE_ENRICHED] = { "Enriched", 5, "Research the market and set the price" },
    [STAGE_RESEARCHED] = { "Researched", 7, "Prepare and send the contracts" },
    [STAGE_WAITING_FOR_CONTRACTS] = { "Waiting for contracts", 10, "Chase the signatures" },
    [STAGE_COMPLETE] = { "Complete", NO_VALUE, "Nothing; the file is complete" },
};

static int64_t days_between(int64_t from, int64_t to)
{
    return from == NO_VALUE || to < from ? 0 : (to - from) / DAY_MS;
}

static void health_judge(void *mem, const struct property *property, struct heartbeat *beat)
{
    if (!text_blank(property->blocked_reason)) {
        beat->health = HEALTH_BLOCKED;
        beat->reason = property->blocked_reason;
    } else if (beat->threshold_days != NO_VALUE &&
               beat->days_since_activity > beat->threshold_days) {
        beat->health = HEALTH_STALE;
        beat->reason = mem_printf(mem, "Nothing has happened for %s; this stage allows %lld",
                                  number_of(mem, beat->days_since_activity, "day"),
                                  (long long)beat->threshold_days);
    }
}

struct heartbeat listing_heartbeat(void *mem, const struct property *property, int64_t now)
{
    struct heartbeat beat = {
        .stage = property->stage,
        .label = stages[property->stage].label,
        .health = HEALTH_HEALTHY,
        .days_in_stage = days_between(property->stage_changed_at, now),
        .threshold_days = stages[property->stage].threshold_days,
        .days_since_activity = days_between(property->last_activity_at, now),
        .next_action =
            property->next_action ? property->next_action : stages[property->stage].next_action,
    };
    health_judge(mem, property, &beat);
    beat.sentence = mem_printf(mem, "Currently %s and %s.", text_lower(mem, beat.label),
                               words_name(&words_health, (int)beat.health));
    return beat;
}
