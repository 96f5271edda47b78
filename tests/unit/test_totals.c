/* What the calls add up to, against a recount of the rows themselves: after random inserts, changes
 * and deletions, over random periods, for an agent and for a brokerage. */
#include "base/instant.h"
#include "store/analytics.h"
#include "store/offers.h"
#include "store/phone_calls.h"
#include "store/tasks.h"
#include "support.h"
#include <math.h>
#include <string.h>

enum { CALLS_MAX = 400, AGENTS = 3, PROPERTIES = 4, NUMBERS = 3 };

static uint32_t state;
static int64_t agents[AGENTS], properties[PROPERTIES], numbers[NUMBERS];
static int64_t calls[CALLS_MAX], tasks[CALLS_MAX];
static size_t call_count, task_count;

static uint32_t chance(uint32_t limit)
{
    return random_below(&state, limit);
}

static void begin(void)
{
    office_open();
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
    int64_t elsewhere = brokerage_add("Elsewhere");
    agents[0] = office.agent_id;
    agents[1] = office.broker_id;
    agents[2] = agent_add(elsewhere, "Stranger");
    properties[0] = office.main_id;
    properties[1] = office.oak_id;
    properties[2] = listing_add(office.brokerage_id, office.broker_id, "7 Bay Rd", "Albany", 1, 1);
    properties[3] = listing_add(elsewhere, agents[2], "8 Far Rd", "Reno", 1, 1);
    numbers[0] = office.number_id;
    numbers[1] = number_add(office.brokerage_id, agents[1], "+14155550102", NULL);
    numbers[2] = number_add(elsewhere, agents[2], "+14155550103", NULL);
    state = 1;
    call_count = task_count = 0;
}

/* Often on a midnight (UTC) or a millisecond beside it, where days are told apart. */
static int64_t some_instant(void)
{
    int64_t day = OFFICE_NOW / DAY_MS + (int64_t)chance(9) - 4;
    int64_t offset = chance(2) ? (int64_t)chance(3) - 1 : (int64_t)chance(86400000);
    return day * DAY_MS + offset;
}

static int64_t brokerage_of(int64_t agent_id)
{
    return sql_int("SELECT brokerage_id FROM agents WHERE id = %lld", (long long)agent_id);
}

static int some_word(const struct words *words)
{
    return (int)chance((uint32_t)words->count + 1) - 1;
}

static void call_fill(struct phone_call *call)
{
    static const char *const others[] = { NULL, "+12125550001", "+12125550002", "+12125550003" };
    call->status = (int)chance(6);
    call->intent = some_word(&words_intent);
    call->outcome = some_word(&words_outcome);
    call->duration_seconds = chance(3) ? chance(600) : NO_VALUE;
    call->cost_micros = chance(3) ? chance(1000000) : NO_VALUE;
    call->property_id = chance(3) ? properties[chance(PROPERTIES)] : NO_VALUE;
    call->phone_number_id = chance(4) ? numbers[chance(NUMBERS)] : NO_VALUE;
    call->phone_number = others[chance(4)];
    call->summary = chance(2) ? "changed" : NULL;
}

static void call_add(void)
{
    struct phone_call call;
    phone_call_init(&call);
    call.head.agent_id = agents[chance(AGENTS)];
    call.head.brokerage_id = brokerage_of(call.head.agent_id);
    call.head.created_at = call.head.updated_at = some_instant();
    call.direction = (int)chance(2);
    call_fill(&call);
    ck_assert_int_eq(phone_call_insert(office.db, &call), ERR_NONE);
    calls[call_count++] = call.head.id;
}

static void call_change(void)
{
    struct phone_call before, after;
    ck_assert_int_eq(table_get(office.db, office.mem, &table_phone_calls,
                               calls[chance((uint32_t)call_count)], &before),
                     ERR_NONE);
    after = before;
    call_fill(&after);
    ck_assert_int_eq(
        table_change(office.db, office.mem, &table_phone_calls, &before, &after, OFFICE_NOW),
        ERR_NONE);
}

static void call_remove(void)
{
    size_t i = chance((uint32_t)call_count);
    ck_assert_int_eq(table_delete(office.db, &table_phone_calls, calls[i]), ERR_NONE);
    calls[i] = calls[--call_count];
}

static void task_add(void)
{
    struct task task;
    task_init(&task);
    task.head.agent_id = agents[chance(AGENTS)];
    task.head.brokerage_id = brokerage_of(task.head.agent_id);
    task.head.created_at = task.head.updated_at = some_instant();
    task.property_id = chance(4) ? properties[chance(PROPERTIES)] : NO_VALUE;
    task.kind = (int)chance(3);
    task.title = "a task";
    ck_assert_int_eq(task_insert(office.db, &task), ERR_NONE);
    tasks[task_count++] = task.head.id;
}

static void task_change(void)
{
    struct task before, after;
    ck_assert_int_eq(table_get(office.db, office.mem, &table_tasks,
                               tasks[chance((uint32_t)task_count)], &before),
                     ERR_NONE);
    after = before;
    after.property_id = chance(3) ? properties[chance(PROPERTIES)] : NO_VALUE;
    after.status = (int)chance(4);
    ck_assert_int_eq(table_change(office.db, office.mem, &table_tasks, &before, &after, OFFICE_NOW),
                     ERR_NONE);
}

static void task_remove(void)
{
    size_t i = chance((uint32_t)task_count);
    ck_assert_int_eq(table_delete(office.db, &table_tasks, tasks[i]), ERR_NONE);
    tasks[i] = tasks[--task_count];
}

static void offer_add(void)
{
    struct offer offer;
    offer_init(&offer);
    offer.head.agent_id = agents[chance(AGENTS)];
    offer.head.brokerage_id = brokerage_of(offer.head.agent_id);
    offer.head.created_at = offer.head.updated_at = some_instant();
    offer.property_id = properties[chance(PROPERTIES)];
    offer.amount_cents = 1;
    ck_assert_int_eq(offer_insert(office.db, &offer), ERR_NONE);
    if (chance(3) == 0)
        ck_assert_int_eq(table_delete(office.db, &table_offers, offer.head.id), ERR_NONE);
}

static void something_happens(void)
{
    switch (chance(9)) {
    case 0:
    case 1:
    case 2:
        if (call_count < CALLS_MAX)
            call_add();
        break;
    case 3:
    case 4:
        if (call_count > 0)
            call_change();
        break;
    case 5:
        if (call_count > 0)
            call_remove();
        break;
    case 6:
        if (task_count < CALLS_MAX)
            task_add();
        break;
    case 7:
        if (task_count > 0 && chance(3))
            task_change();
        else if (task_count > 0)
            task_remove();
        break;
    default:
        offer_add();
    }
}

/* ---- recounting ---- */

static const char *within(const struct scope *scope, const struct period *period)
{
    char *text = scope->agent_id == NO_VALUE
                     ? mem_printf(office.mem, "brokerage_id = %lld", (long long)scope->brokerage_id)
                     : mem_printf(office.mem, "agent_id = %lld", (long long)scope->agent_id);
    if (period->from != NO_VALUE)
        mem_append(office.mem, &text, " AND created_at >= %lld", (long long)period->from);
    if (period->to != NO_VALUE)
        mem_append(office.mem, &text, " AND created_at < %lld", (long long)period->to);
    return text;
}

static int64_t recount(const char *what, const char *where)
{
    return sql_int("SELECT COALESCE(SUM(%s), 0) FROM phone_calls WHERE %s", what, where);
}

static void overview_check(const struct scope *scope, const struct period *period)
{
    struct call_totals totals;
    const char *where = within(scope, period);
    ck_assert_int_eq(analytics_overview(office.db, scope, period, &totals), ERR_NONE);
    const struct {
        const char *what;
        int64_t given;
    } rows[] = {
        { "1", totals.total },
        { "direction = 'inbound'", totals.inbound },
        { "direction = 'outbound'", totals.outbound },
        { "status = 'completed'", totals.completed },
        { "status IN ('failed', 'no_answer', 'busy')", totals.missed },
        { "duration_seconds", totals.seconds },
        { "cost_micros", totals.cost_micros },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t counted = recount(rows[i].what, where);
        ck_assert_msg(rows[i].given == counted, "%s: %lld given, %lld counted where %s",
                      rows[i].what, (long long)rows[i].given, (long long)counted, where);
    }
    for (int i = 0; i < INTENT_COUNT; i++)
        ck_assert_int_eq(
            totals.intents[i],
            recount(mem_printf(office.mem, "intent = '%s'", words_intent.list[i]), where));
    for (int i = 0; i < OUTCOME_COUNT; i++)
        ck_assert_int_eq(
            totals.outcomes[i],
            recount(mem_printf(office.mem, "outcome = '%s'", words_outcome.list[i]), where));
}

static int64_t count_of(const char *table, const char *what, int64_t property_id,
                        const struct period *period)
{
    char *text = mem_printf(office.mem, "SELECT %s FROM %s WHERE property_id = %lld", what, table,
                            (long long)property_id);
    if (period->from != NO_VALUE)
        mem_append(office.mem, &text, " AND created_at >= %lld", (long long)period->from);
    if (period->to != NO_VALUE)
        mem_append(office.mem, &text, " AND created_at < %lld", (long long)period->to);
    return sql_int("%s", text);
}

static void property_check(int64_t id, const struct property_totals *given,
                           const struct period *period)
{
    static const struct property_totals none;
    int64_t inbound =
        count_of("phone_calls", "COALESCE(SUM(direction = 'inbound'), 0)", id, period);
    int64_t outbound =
        count_of("phone_calls", "COALESCE(SUM(direction = 'outbound'), 0)", id, period);
    int64_t viewings =
        count_of("scheduled_tasks", "COALESCE(SUM(kind = 'viewing'), 0)", id, period);
    int64_t offers = count_of("offers", "COUNT(*)", id, period);
    bool any = inbound + outbound + viewings + offers > 0;
    ck_assert_msg(any == (given != NULL), "property %lld", (long long)id);
    if (!given)
        given = &none;
    ck_assert_int_eq(given->inbound, inbound);
    ck_assert_int_eq(given->outbound, outbound);
    ck_assert_int_eq(given->viewings, viewings);
    ck_assert_int_eq(given->offers, offers);
    ck_assert_int_eq(given->unique_callers,
                     any ? count_of("phone_calls", "COUNT(DISTINCT phone_number)", id, period) : 0);
}

static void by_property_check(const struct scope *scope, const struct period *period)
{
    struct property_totals *list;
    size_t count;
    int64_t total, found = 0;
    ck_assert_int_eq(
        analytics_by_property(office.db, office.mem, scope, period, 100, 0, &list, &count, &total),
        ERR_NONE);
    for (int i = 0; i < PROPERTIES; i++) {
        bool mine = sql_int(
            "SELECT %s = %lld FROM properties WHERE id = %lld",
            scope->agent_id == NO_VALUE ? "brokerage_id" : "agent_id",
            (long long)(scope->agent_id == NO_VALUE ? scope->brokerage_id : scope->agent_id),
            (long long)properties[i]);
        const struct property_totals *given = NULL;
        for (size_t k = 0; k < count; k++)
            if (list[k].property_id == properties[i])
                given = &list[k];
        if (mine)
            property_check(properties[i], given, period);
        else
            ck_assert_ptr_null(given);
        found += given != NULL;
    }
    ck_assert_int_eq(found, (int64_t)count);
    ck_assert(count == 0 || total == (int64_t)count);
    for (size_t k = 1; k < count; k++)
        ck_assert_int_ge(list[k - 1].inbound + list[k - 1].outbound,
                         list[k].inbound + list[k].outbound);
}

static struct period some_period(void)
{
    struct period period = { chance(4) ? some_instant() : NO_VALUE,
                             chance(4) ? some_instant() : NO_VALUE };
    return period;
}

static struct scope some_scope(void)
{
    int64_t agent = agents[chance(AGENTS)];
    return (struct scope){ brokerage_of(agent), chance(2) ? agent : NO_VALUE };
}

/* ---- tests ---- */

START_TEST(totals_equal_a_recount_after_anything_over_any_period)
{
    state = 100 + (uint32_t)_i;
    for (int step = 0; step < 40; step++) {
        for (int i = 0; i < 12; i++)
            something_happens();
        struct scope scope = some_scope();
        struct period period = some_period();
        overview_check(&scope, &period);
        by_property_check(&scope, &period);
    }
}
END_TEST

START_TEST(a_number_s_totals_equal_what_its_calls_add_up_to)
{
    state = 500 + (uint32_t)_i;
    for (int step = 0; step < 30; step++) {
        for (int i = 0; i < 15; i++)
            something_happens();
        for (int i = 0; i < NUMBERS; i++) {
            struct phone_number number;
            long long id = numbers[i];
            ck_assert_int_eq(table_get(office.db, office.mem, &table_phone_numbers, id, &number),
                             ERR_NONE);
            ck_assert_int_eq(
                number.total_calls,
                sql_int("SELECT COUNT(*) FROM phone_calls WHERE phone_number_id = %lld", id));
            ck_assert_int_eq(number.total_cost_micros,
                             sql_int("SELECT COALESCE(SUM(cost_micros), 0) FROM phone_calls "
                                     "WHERE phone_number_id = %lld",
                                     id));
            int64_t seconds = sql_int("SELECT COALESCE(SUM(duration_seconds), 0) FROM phone_calls "
                                      "WHERE phone_number_id = %lld",
                                      id);
            ck_assert_double_eq_tol(number.total_minutes, (double)seconds / 60, 1e-9);
        }
    }
}
END_TEST

START_TEST(the_last_call_is_the_latest_that_came_in_any_order)
{
    static const int64_t order[] = { 5, 9, 2, 7 };
    for (size_t i = 0; i < COUNT(order); i++) {
        struct phone_call call;
        phone_call_init(&call);
        call.head = (struct row_head){ .brokerage_id = office.brokerage_id,
                                       .agent_id = office.agent_id,
                                       .created_at = OFFICE_NOW + order[i],
                                       .updated_at = OFFICE_NOW };
        call.direction = DIRECTION_INBOUND;
        call.phone_number_id = office.number_id;
        ck_assert_int_eq(phone_call_insert(office.db, &call), ERR_NONE);
    }
    struct phone_number number;
    ck_assert_int_eq(
        table_get(office.db, office.mem, &table_phone_numbers, office.number_id, &number),
        ERR_NONE);
    ck_assert_int_eq(number.last_call_at, OFFICE_NOW + 9);
}
END_TEST

START_TEST(deleting_a_property_or_number_leaves_the_overview_as_it_was)
{
    struct scope scope = { office.brokerage_id, NO_VALUE };
    struct period all = { NO_VALUE, NO_VALUE };
    struct call_totals before, after;
    struct phone_number number;
    for (int i = 0; i < 60; i++)
        call_add();
    ck_assert_int_eq(analytics_overview(office.db, &scope, &all, &before), ERR_NONE);
    ck_assert_int_eq(property_delete(office.db, office.main_id), ERR_NONE);
    ck_assert_int_eq(
        table_get(office.db, office.mem, &table_phone_numbers, office.number_id, &number),
        ERR_NONE);
    ck_assert_int_eq(phone_number_delete(office.db, &number), ERR_NONE);
    ck_assert_int_eq(analytics_overview(office.db, &scope, &all, &after), ERR_NONE);
    ck_assert_mem_eq(&before, &after, sizeof before);
}
END_TEST

START_TEST(periods_of_nothing_are_empty)
{
    struct scope scope = { office.brokerage_id, NO_VALUE };
    for (int i = 0; i < 20; i++)
        call_add();
    const struct period rows[] = {
        { OFFICE_NOW, OFFICE_NOW },
        { OFFICE_NOW + 1, OFFICE_NOW },
        { OFFICE_NOW + 100 * DAY_MS, NO_VALUE },
        { NO_VALUE, OFFICE_NOW - 100 * DAY_MS },
        { INT64_C(250000000000000), NO_VALUE }, /* the year 9892 */
        { OFFICE_NOW, -INT64_C(60000000000000) },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct call_totals totals;
        struct property_totals *list;
        size_t count;
        int64_t total;
        ck_assert_int_eq(analytics_overview(office.db, &scope, &rows[i], &totals), ERR_NONE);
        ck_assert_msg(totals.total == 0, "row %zu", i);
        ck_assert_int_eq(analytics_by_property(office.db, office.mem, &scope, &rows[i], 10, 0,
                                               &list, &count, &total),
                         ERR_NONE);
        ck_assert_msg(count == 0 && total == 0, "row %zu", i);
    }
}
END_TEST

START_TEST(pages_of_properties_tell_how_many_there_are)
{
    struct scope scope = { office.brokerage_id, NO_VALUE };
    struct period all = { NO_VALUE, NO_VALUE };
    struct property_totals *list;
    size_t count;
    int64_t total;
    for (int i = 0; i < 60; i++)
        call_add();
    for (int64_t offset = 0; offset < 3; offset++) {
        ck_assert_int_eq(analytics_by_property(office.db, office.mem, &scope, &all, 1, offset,
                                               &list, &count, &total),
                         ERR_NONE);
        ck_assert_uint_eq(count, 1);
        ck_assert_int_eq(total, 3);
    }
    ck_assert_int_eq(
        analytics_by_property(office.db, office.mem, &scope, &all, 1, 7, &list, &count, &total),
        ERR_NONE);
    ck_assert_uint_eq(count, 0);
    ck_assert_msg(total == 3, "beyond the last page the total is %lld", (long long)total);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("totals");
    TCase *totals = tcase_create("totals");
    tcase_add_checked_fixture(totals, begin, office_close);
    tcase_set_timeout(totals, 120);
    suite_add_tcase(suite, totals);
    tcase_add_loop_test(totals, totals_equal_a_recount_after_anything_over_any_period, 0, 10);
    tcase_add_loop_test(totals, a_number_s_totals_equal_what_its_calls_add_up_to, 0, 4);
    tcase_add_test(totals, the_last_call_is_the_latest_that_came_in_any_order);
    tcase_add_test(totals, deleting_a_property_or_number_leaves_the_overview_as_it_was);
    tcase_add_test(totals, periods_of_nothing_are_empty);
    tcase_add_test(totals, pages_of_properties_tell_how_many_there_are);
    return suite_run(suite);
}
