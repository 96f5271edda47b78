/* What the calls add up to, from the rollups; whatever of the period is not a whole day (UTC) is
 * counted from the calls themselves, so every figure is exact. */
#ifndef AR_STORE_ANALYTICS_H
#define AR_STORE_ANALYTICS_H

#include "store/table.h"

/* from <= created_at < to; NO_VALUE leaves an end open. */
struct period {
    int64_t from, to;
};

struct call_totals {
    int64_t total, inbound, outbound, completed, missed, seconds, cost_micros;
    int64_t intents[INTENT_COUNT], outcomes[OUTCOME_COUNT];
};
enum err analytics_overview(struct db *db, const struct scope *scope, const struct period *period,
                            struct call_totals *totals) AR_MUST_USE;

struct property_totals {
    int64_t property_id;
    const char *address, *city;
    int64_t inbound, outbound, unique_callers, viewings, offers;
};
/* One row for each property with any call, viewing or offer in the period, busiest first. */
enum err analytics_by_property(struct db *db, void *mem, const struct scope *scope,
                               const struct period *period, int64_t limit, int64_t offset,
                               struct property_totals **list, size_t *count,
                               int64_t *total) AR_MUST_USE;

#endif
