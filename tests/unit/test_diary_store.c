/* The diary's tables: states of viewings, what holds for a property, what is taken. */
#include "base/instant.h"
#include "store/installation.h"
#include "store/phone_calls.h"
#include "store/slots.h"
#include "store/tasks.h"
#include "store/viewing_rules.h"
#include "support.h"
#include <string.h>

static void begin(void)
{
    office_open();
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
}

static struct task viewing_of(int64_t property_id, int64_t start, int64_t minutes)
{
    struct task task = { 0 };
    task_init(&task);
    task.head.brokerage_id = office.brokerage_id;
    task.head.agent_id = office.agent_id;
    task.head.created_at = task.head.updated_at = OFFICE_NOW;
    task.kind = TASK_VIEWING;
    task.title = "Viewing";
    task.property_id = property_id;
    task.scheduled_at = start;
    task.duration_minutes = minutes;
    return task;
}

static struct task task_read(int64_t id)
{
    struct task task;
    ck_assert_int_eq(table_get(office.db, office.mem, &table_tasks, id, &task), ERR_NONE);
    return task;
}

/* ---- states ---- */

START_TEST(a_new_viewing_has_the_state_of_its_status_or_the_reverse)
{
    static const struct {
        int kind, status, state, is_status, is_state;
    } rows[] = {
        { TASK_VIEWING, TASK_PENDING, WORD_NONE, TASK_PENDING, VIEWING_REQUESTED },
        { TASK_VIEWING, TASK_CONFIRMED, WORD_NONE, TASK_CONFIRMED, VIEWING_CONFIRMED },
        { TASK_VIEWING, TASK_COMPLETED, WORD_NONE, TASK_COMPLETED, VIEWING_DONE },
        { TASK_VIEWING, TASK_CANCELLED, WORD_NONE, TASK_CANCELLED, VIEWING_CANCELLED },
        { TASK_VIEWING, TASK_PENDING, VIEWING_NO_SHOW, TASK_COMPLETED, VIEWING_NO_SHOW },
        { TASK_VIEWING, TASK_PENDING, VIEWING_CONFIRMED, TASK_CONFIRMED, VIEWING_CONFIRMED },
        { TASK_VIEWING, TASK_CONFIRMED, VIEWING_RESCHEDULED, TASK_CONFIRMED, VIEWING_RESCHEDULED },
        { TASK_FOLLOW_UP, TASK_PENDING, VIEWING_CONFIRMED, TASK_PENDING, WORD_NONE },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct task task = viewing_of(office.main_id, OFFICE_NOW, 30);
        task.kind = rows[i].kind;
        task.status = rows[i].status;
        task.state = rows[i].state;
        ck_assert_int_eq(task_insert(office.db, &task), ERR_NONE);
        struct task kept = task_read(task.head.id);
        ck_assert_msg(kept.status == rows[i].is_status && kept.state == rows[i].is_state,
                      "row %zu: %d %d", i, kept.status, kept.state);
        ck_assert_int_eq(kept.revision, 1);
    }
}
END_TEST

START_TEST(a_change_keeps_state_and_status_together_and_raises_the_revision)
{
    static const struct {
        int status, state; /* what is changed; WORD_NONE: left alone */
        int64_t moved;
        int is_status, is_state;
        int64_t raised;
    } rows[] = {
        { WORD_NONE, WORD_NONE, 0, TASK_PENDING, VIEWING_REQUESTED, 0 },
        { TASK_CONFIRMED, WORD_NONE, 0, TASK_CONFIRMED, VIEWING_CONFIRMED, 1 },
        { WORD_NONE, WORD_NONE, 1, TASK_CONFIRMED, VIEWING_RESCHEDULED, 1 },
        { TASK_PENDING, WORD_NONE, 0, TASK_PENDING, VIEWING_REQUESTED, 1 },
        { WORD_NONE, WORD_NONE, 1, TASK_PENDING, VIEWING_RESCHEDULED, 1 },
        { WORD_NONE, VIEWING_CONFIRMED, 1, TASK_CONFIRMED, VIEWING_CONFIRMED, 1 },
        { WORD_NONE, VIEWING_NO_SHOW, 0, TASK_COMPLETED, VIEWING_NO_SHOW, 1 },
        { TASK_CANCELLED, WORD_NONE, 0, TASK_CANCELLED, VIEWING_CANCELLED, 1 },
        { WORD_NONE, WORD_NONE, 1, TASK_CANCELLED, VIEWING_CANCELLED, 1 },
    };
    struct task first = viewing_of(office.main_id, OFFICE_NOW, 30);
    ck_assert_int_eq(task_insert(office.db, &first), ERR_NONE);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct task before = task_read(first.head.id), after = before;
        after.status = rows[i].status == WORD_NONE ? before.status : rows[i].status;
        after.state = rows[i].state == WORD_NONE ? before.state : rows[i].state;
        after.scheduled_at += rows[i].moved * HOUR_MS;
        ck_assert_int_eq(task_update(office.db, office.mem, &before, &after, OFFICE_NOW + 1),
                         ERR_NONE);
        struct task kept = task_read(first.head.id);
        ck_assert_msg(kept.status == rows[i].is_status && kept.state == rows[i].is_state,
                      "row %zu: %d %d", i, kept.status, kept.state);
        ck_assert_int_eq(kept.revision, before.revision + rows[i].raised);
        ck_assert_int_eq(kept.completed_at != NO_VALUE, kept.status == TASK_COMPLETED);
    }
}
END_TEST

/* ---- rules ---- */

static void rules_add(int64_t property_id, int64_t length, int64_t buffer, int same_day,
                      const char *timezone)
{
    struct viewing_rules rules = { 0 };
    table_clear(&table_viewing_rules, &rules);
    rules.head = (struct row_head){ 0, office.brokerage_id, office.agent_id, 1, 1 };
    rules.property_id = property_id;
    rules.length_minutes = length;
    rules.buffer_minutes = buffer;
    rules.same_day = same_day;
    rules.timezone = timezone;
    ck_assert_int_eq(table_insert(office.db, &table_viewing_rules, &rules), ERR_NONE);
}

static void hours_add(int64_t property_id, int weekday)
{
    struct viewing_hours hours = {
        { 0, office.brokerage_id, office.agent_id, 1, 1 }, property_id, weekday, "09:00", "17:00"
    };
    ck_assert_int_eq(table_insert(office.db, &table_viewing_hours, &hours), ERR_NONE);
}

static struct viewing_policy policy_of(int64_t property_id)
{
    struct property property;
    struct viewing_policy policy;
    ck_assert_int_eq(table_get(office.db, office.mem, &table_properties, property_id, &property),
                     ERR_NONE);
    ck_assert_int_eq(viewing_policy_read(office.db, office.mem, &property, &policy), ERR_NONE);
    return policy;
}

START_TEST(without_rules_nothing_is_said_but_the_zone)
{
    struct viewing_policy policy = policy_of(office.main_id);
    ck_assert_int_eq(policy.rules.length_minutes, NO_VALUE);
    ck_assert_int_eq(policy.rules.same_day, WORD_NONE);
    ck_assert_uint_eq(policy.hour_count + policy.blackout_count, 0);
    ck_assert_str_eq(policy.timezone, "America/Los_Angeles");
}
END_TEST

START_TEST(the_propertys_rules_win_one_by_one)
{
    rules_add(NO_VALUE, 45, 15, SAME_DAY_REFUSED, "America/New_York");
    rules_add(office.main_id, 20, NO_VALUE, WORD_NONE, NULL);
    struct viewing_policy main = policy_of(office.main_id), oak = policy_of(office.oak_id);
    ck_assert_int_eq(main.rules.length_minutes, 20);
    ck_assert_int_eq(main.rules.buffer_minutes, 15);
    ck_assert_int_eq(main.rules.same_day, SAME_DAY_REFUSED);
    ck_assert_str_eq(main.timezone, "America/New_York");
    ck_assert_int_eq(oak.rules.length_minutes, 45);
}
END_TEST

START_TEST(the_propertys_hours_replace_the_agents_and_blackouts_add_up)
{
    struct viewing_blackout blackout = { 0 };
    table_clear(&table_viewing_blackouts, &blackout);
    blackout.head = (struct row_head){ 0, office.brokerage_id, office.agent_id, 1, 1 };
    blackout.first_day = "2026-09-07";
    ck_assert_int_eq(table_insert(office.db, &table_viewing_blackouts, &blackout), ERR_NONE);
    blackout.property_id = office.main_id;
    ck_assert_int_eq(table_insert(office.db, &table_viewing_blackouts, &blackout), ERR_NONE);
    hours_add(NO_VALUE, 0);
    hours_add(NO_VALUE, 1);
    hours_add(office.main_id, 5);
    ck_assert_uint_eq(policy_of(office.main_id).hour_count, 1);
    ck_assert_int_eq(policy_of(office.main_id).hours[0].weekday, 5);
    ck_assert_uint_eq(policy_of(office.oak_id).hour_count, 2);
    ck_assert_uint_eq(policy_of(office.main_id).blackout_count, 2);
    ck_assert_uint_eq(policy_of(office.oak_id).blackout_count, 1);
}
END_TEST

START_TEST(rules_follow_the_property_to_its_new_agent)
{
    rules_add(office.main_id, 20, 0, WORD_NONE, NULL);
    hours_add(office.main_id, 5);
    struct property before, after;
    ck_assert_int_eq(table_get(office.db, office.mem, &table_properties, office.main_id, &before),
                     ERR_NONE);
    after = before;
    after.head.agent_id = office.broker_id;
    ck_assert_int_eq(property_update(office.db, office.mem, &before, &after, NULL, 0, OFFICE_NOW),
                     ERR_NONE);
    ck_assert_int_eq(sql_int("SELECT agent_id FROM viewing_rules"), office.broker_id);
    ck_assert_int_eq(sql_int("SELECT agent_id FROM viewing_hours"), office.broker_id);
}
END_TEST

/* ---- what is taken ---- */

static char *busy_text(const struct busy_query *query)
{
    struct busy *list;
    size_t count;
    char *text = mem_strdup(office.mem, "");
    ck_assert_int_eq(busy_list(office.db, office.mem, query, &list, &count), ERR_NONE);
    for (size_t i = 0; i < count; i++)
        mem_append(office.mem, &text, "%d:%lld+%lld/%lld ", (int)list[i].kind,
                   (long long)((list[i].start - OFFICE_NOW) / MINUTE_MS),
                   (long long)((list[i].end - list[i].start) / MINUTE_MS),
                   (long long)(list[i].buffer / MINUTE_MS));
    return text;
}

START_TEST(viewings_holds_and_open_houses_are_what_is_taken)
{
    struct phone_call call;
    phone_call_init(&call);
    call.head = (struct row_head){ 0, office.brokerage_id, office.agent_id, 1, 1 };
    call.phone_number_id = office.number_id;
    call.direction = DIRECTION_INBOUND;
    call.status = CALL_IN_PROGRESS;
    ck_assert_int_eq(phone_call_insert(office.db, &call), ERR_NONE);
    struct task here = viewing_of(office.main_id, OFFICE_NOW, 60);
    struct task there = viewing_of(office.oak_id, OFFICE_NOW + 90 * MINUTE_MS, NO_VALUE);
    struct task off = viewing_of(office.main_id, OFFICE_NOW, 60);
    off.status = TASK_CANCELLED;
    ck_assert_int_eq(task_insert(office.db, &here), ERR_NONE);
    ck_assert_int_eq(task_insert(office.db, &there), ERR_NONE);
    ck_assert_int_eq(task_insert(office.db, &off), ERR_NONE);
    rules_add(office.oak_id, NO_VALUE, 15, WORD_NONE, NULL);
    struct slot_hold hold = { .phone_call_id = call.head.id,
                              .property_id = office.main_id,
                              .agent_id = office.agent_id,
                              .start = OFFICE_NOW + 200 * MINUTE_MS,
                              .end = OFFICE_NOW + 230 * MINUTE_MS,
                              .expires_at = OFFICE_NOW + 5 * MINUTE_MS };
    ck_assert_int_eq(slot_hold_add(office.db, &hold, OFFICE_NOW), ERR_NONE);
    struct open_house open = { { 0, office.brokerage_id, office.agent_id, 1, 1 },
                               office.oak_id,
                               OFFICE_NOW + 300 * MINUTE_MS,
                               OFFICE_NOW + 420 * MINUTE_MS,
                               NULL };
    ck_assert_int_eq(table_insert(office.db, &table_open_houses, &open), ERR_NONE);
    struct busy_query query = { .property_id = office.main_id,
                                .agent_id = office.agent_id,
                                .from = OFFICE_NOW,
                                .to = OFFICE_NOW + DAY_MS,
                                .now = OFFICE_NOW,
                                .except_task = NO_VALUE,
                                .except_call = NO_VALUE };
    ck_assert_str_eq(busy_text(&query), "0:0+60/0 0:90+30/15 1:200+30/0 2:300+120/15 ");
    query.except_task = here.head.id;
    query.except_call = call.head.id;
    ck_assert_str_eq(busy_text(&query), "0:90+30/15 2:300+120/15 ");
    query.except_task = query.except_call = NO_VALUE;
    query.now = hold.expires_at;
    ck_assert_str_eq(busy_text(&query), "0:0+60/0 0:90+30/15 2:300+120/15 ");
    query.now = OFFICE_NOW;
    ck_assert_int_eq(slot_holds_release(office.db, call.head.id), ERR_NONE);
    ck_assert_str_eq(busy_text(&query), "0:0+60/0 0:90+30/15 2:300+120/15 ");
    query.agent_id = office.broker_id;
    ck_assert_str_eq(busy_text(&query), "0:0+60/0 ");
}
END_TEST

START_TEST(an_installation_keeps_its_first_domain)
{
    const char *domain;
    ck_assert_int_eq(installation_domain(office.db, office.mem, &domain), ERR_NOT_FOUND);
    ck_assert_int_eq(installation_domain_settle(office.db, "a.invalid"), ERR_NONE);
    ck_assert_int_eq(installation_domain_settle(office.db, "b.invalid"), ERR_NONE);
    ck_assert_int_eq(installation_domain(office.db, office.mem, &domain), ERR_NONE);
    ck_assert_str_eq(domain, "a.invalid");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("diary_store");
    TCase *tc = tcase_create("diary_store");
    tcase_add_checked_fixture(tc, begin, office_close);
    tcase_add_test(tc, a_new_viewing_has_the_state_of_its_status_or_the_reverse);
    tcase_add_test(tc, a_change_keeps_state_and_status_together_and_raises_the_revision);
    tcase_add_test(tc, without_rules_nothing_is_said_but_the_zone);
    tcase_add_test(tc, the_propertys_rules_win_one_by_one);
    tcase_add_test(tc, the_propertys_hours_replace_the_agents_and_blackouts_add_up);
    tcase_add_test(tc, rules_follow_the_property_to_its_new_agent);
    tcase_add_test(tc, viewings_holds_and_open_houses_are_what_is_taken);
    tcase_add_test(tc, an_installation_keeps_its_first_domain);
    suite_add_tcase(suite, tc);
    return suite_run(suite);
}
