#include "store/analytics.h"
#include "base/instant.h"
#include "base/mem.h"

/* A period cut at midnights (UTC): whole days, and what is left before and after them. */
struct cut {
    int64_t first_day, last_day; /* first <= day < last */
    struct period head, tail;
};

static int64_t floor_day(int64_t instant)
{
    return instant / DAY_MS - (instant % DAY_MS < 0);
}

static struct cut period_cut(const struct period *period)
{
    /* The open ends are a thousand years away: inside what the arithmetic can hold. */
    const int64_t far = INT64_C(365250) * DAY_MS;
    int64_t from = period->from == NO_VALUE ? -far : period->from;
    int64_t to = period->to == NO_VALUE ? far : period->to;
    int64_t first = floor_day(from - 1) + 1, last = floor_day(to);
    if (from >= to)
        return (struct cut){ 0 };
    if (first >= last)
        return (struct cut){ .head = { from, to } };
    return (struct cut){ first, last, { from, first * DAY_MS }, { last * DAY_MS, to } };
}

#define EACH_INTENT_AND_OUTCOME(M)                                                                 \
    M(intent, property_inquiry)                                                                    \
    M(intent, schedule_viewing)                                                                    \
    M(intent, make_offer)                                                                          \
    M(intent, speak_agent)                                                                         \
    M(intent, general)                                                                             \
    M(outcome, information_provided)                                                               \
    M(outcome, viewing_scheduled)                                                                  \
    M(outcome, offer_created) M(outcome, message_taken) M(outcome, transferred)
#define ROLLED_UP(kind, word) ", " #kind "_" #word
#define COUNTED(kind, word) ", COALESCE(" #kind " = '" #word "', 0)"
#define SUMMED(kind, word) ", COALESCE(SUM(" #kind "_" #word "), 0)"

/* clang-format off: SQL reads better by its own lines. */

/* The columns of one call, as call_rollups counts it. */
#define CALL_COUNTED                                                                               \
    "SELECT 1, direction = 'inbound', direction = 'outbound', status = 'completed', "              \
    "status IN ('failed', 'no_answer', 'busy'), COALESCE(duration_seconds, 0), "                   \
    "COALESCE(cost_micros, 0)" EACH_INTENT_AND_OUTCOME(COUNTED) " FROM phone_calls "

#define SUMS                                                                                       \
    "SELECT COALESCE(SUM(total), 0), COALESCE(SUM(inbound), 0), COALESCE(SUM(outbound), 0), "      \
    "COALESCE(SUM(completed), 0), COALESCE(SUM(missed), 0), COALESCE(SUM(seconds), 0), "           \
    "COALESCE(SUM(cost_micros), 0)" EACH_INTENT_AND_OUTCOME(SUMMED) " FROM "

#define WHOLE_DAYS(owner) "WHERE " owner " = $1 AND day >= $2 AND day < $3"

/* A period of whole days, and one with parts of days at its ends. */
#define OVERVIEW_OF_DAYS(owner) SUMS "call_rollups " WHOLE_DAYS(owner)
#define OVERVIEW(owner)                                                                            \
    SUMS "(SELECT total, inbound, outbound, completed, missed, seconds, "                          \
         "cost_micros" EACH_INTENT_AND_OUTCOME(ROLLED_UP) " FROM call_rollups " WHOLE_DAYS(        \
             owner) " UNION ALL " CALL_COUNTED "WHERE " owner                                      \
                    " = $1 AND created_at >= $4 AND created_at < $5 UNION ALL " CALL_COUNTED       \
                    "WHERE " owner " = $1 AND created_at >= $6 AND created_at < $7) AS parts"

/* clang-format on */

static const char *overview_sql(const struct scope *scope, const struct cut *cut)
{
    bool whole_days = cut->head.from == cut->head.to && cut->tail.from == cut->tail.to;
    if (scope->agent_id == NO_VALUE)
        return whole_days ? OVERVIEW_OF_DAYS("brokerage_id") : OVERVIEW("brokerage_id");
    return whole_days ? OVERVIEW_OF_DAYS("agent_id") : OVERVIEW("agent_id");
}

enum err analytics_overview(struct db *db, const struct scope *scope, const struct period *period,
                            struct call_totals *totals)
{
    int64_t owner = scope->agent_id == NO_VALUE ? scope->brokerage_id : scope->agent_id;
    struct cut cut = period_cut(period);
    struct db_rows *rows;
    *totals = (struct call_totals){ 0 };
    enum err err = db_select(db, overview_sql(scope, &cut),
                             DB_ARGS(db_int(owner), db_int(cut.first_day), db_int(cut.last_day),
                                     db_int(cut.head.from), db_int(cut.head.to),
                                     db_int(cut.tail.from), db_int(cut.tail.to)),
                             &rows);
    if (err)
        return err;
    if (db_next(rows)) {
        int64_t *const figures[] = { &totals->total,      &totals->inbound, &totals->outbound,
                                     &totals->completed,  &totals->missed,  &totals->seconds,
                                     &totals->cost_micros };
        int column = 0;
        for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
            *figures[i] = db_int_at(rows, column++);
        for (int i = 0; i < INTENT_COUNT; i++)
            totals->intents[i] = db_int_at(rows, column++);
        for (int i = 0; i < OUTCOME_COUNT; i++)
            totals->outcomes[i] = db_int_at(rows, column++);
    }
    return db_done(rows);
}

/* clang-format off */

/* What happened around a property in a part of a day. */
#define HAPPENED(from, to)                                                                         \
    "SELECT property_id, direction = 'inbound', direction = 'outbound', 0, 0 FROM phone_calls "    \
    "WHERE property_id IN (SELECT id FROM mine) "                                                  \
    "AND created_at >= " from " AND created_at < " to " UNION ALL "                                \
    "SELECT property_id, 0, 0, 1, 0 FROM scheduled_tasks WHERE kind = 'viewing' "                  \
    "AND property_id IN (SELECT id FROM mine) "                                                    \
    "AND created_at >= " from " AND created_at < " to " UNION ALL "                                \
    "SELECT property_id, 0, 0, 0, 1 FROM offers WHERE property_id IN (SELECT id FROM mine) "       \
    "AND created_at >= " from " AND created_at < " to " "

#define BY_PROPERTY(owner)                                                                         \
    "WITH mine AS (SELECT id FROM properties WHERE " owner " = $1), "                              \
    "parts (property_id, inbound, outbound, viewings, offers) AS ("                                \
    "SELECT property_id, inbound, outbound, viewings, offers FROM property_rollups "               \
    "WHERE property_id IN (SELECT id FROM mine) AND day >= $2 AND day < $3 UNION ALL "             \
    HAPPENED("$4", "$5") "UNION ALL " HAPPENED("$6", "$7") "), "                                   \
    "sums AS (SELECT property_id, SUM(inbound) AS inbound, SUM(outbound) AS outbound, "            \
    "SUM(viewings) AS viewings, SUM(offers) AS offers FROM parts GROUP BY property_id "            \
    "HAVING SUM(inbound) + SUM(outbound) + SUM(viewings) + SUM(offers) > 0) "                      \
    "SELECT p.id, p.address, p.city, s.inbound, s.outbound, "                                      \
    "(SELECT COUNT(DISTINCT c.phone_number) FROM phone_calls AS c WHERE c.property_id = p.id "     \
    "AND c.created_at >= COALESCE($8, c.created_at) "                                              \
    "AND c.created_at < COALESCE($9, c.created_at + 1)), "                                         \
    "s.viewings, s.offers, COUNT(*) OVER () "                                                      \
    "FROM sums AS s JOIN properties AS p ON p.id = s.property_id "                                 \
    "ORDER BY s.inbound + s.outbound DESC, p.id LIMIT $10 OFFSET $11"

/* clang-format on */

static struct property_totals totals_read(void *mem, const struct db_rows *rows)
{
    return (struct property_totals){
        .property_id = db_int_at(rows, 0),
        .address = db_text_at(mem, rows, 1),
        .city = db_text_at(mem, rows, 2),
        .inbound = db_int_at(rows, 3),
        .outbound = db_int_at(rows, 4),
        .unique_callers = db_int_at(rows, 5),
        .viewings = db_int_at(rows, 6),
        .offers = db_int_at(rows, 7),
    };
}

enum err analytics_by_property(struct db *db, void *mem, const struct scope *scope,
                               const struct period *period, int64_t limit, int64_t offset,
                               struct property_totals **list, size_t *count, int64_t *total)
{
    bool whole = scope->agent_id == NO_VALUE;
    struct cut cut = period_cut(period);
    struct db_rows *rows;
    *list = mem_new_array(mem, struct property_totals, limit);
    *count = 0;
    *total = 0;
    enum err err =
        db_select(db, whole ? BY_PROPERTY("brokerage_id") : BY_PROPERTY("agent_id"),
                  DB_ARGS(db_int(whole ? scope->brokerage_id : scope->agent_id),
                          db_int(cut.first_day), db_int(cut.last_day), db_int(cut.head.from),
                          db_int(cut.head.to), db_int(cut.tail.from), db_int(cut.tail.to),
                          db_int(period->from), db_int(period->to), db_int(limit), db_int(offset)),
                  &rows);
    if (err)
        return err;
    while (*count < (size_t)limit && db_next(rows)) {
        (*list)[(*count)++] = totals_read(mem, rows);
        *total = db_int_at(rows, 8);
    }
    err = db_done(rows);
    if (!err && *count == 0 && offset > 0) { /* behind the last page no row tells the total */
        struct property_totals *first;
        err = analytics_by_property(db, mem, scope, period, 1, 0, &first, count, total);
        *count = 0;
    }
    return err;
}
