/* /viewings: an agent's days, and what the agent does with a viewing. */
#include "desk/viewing_states.h"
#include "support.h"
#include <string.h>

/* ---- making and asking ---- */

static int64_t viewing_made(const char *at, const char *more)
{
    struct reply reply =
        request_ask("POST", "/tasks",
                    mem_printf(office.mem,
                               "{'kind': 'viewing', 'title': 'Viewing', 'property_id': %lld, "
                               "'duration_minutes': 30, 'scheduled_at': '%s'%s}",
                               (long long)office.main_id, at, more));
    ck_assert_status(reply, 201);
    return json_int_at(reply.json, "id");
}

static struct reply act(int64_t id, const char *action, const char *body)
{
    return request_ask("POST", mem_printf(office.mem, "/viewings/%lld/%s", (long long)id, action),
                       body);
}

static struct reply move(int64_t id, const char *body)
{
    return request_ask("PUT", mem_printf(office.mem, "/viewings/%lld", (long long)id), body);
}

static int64_t listed(const char *query)
{
    struct reply reply = request_ask("GET", mem_printf(office.mem, "/viewings%s", query), NULL);
    ck_assert_status(reply, 200);
    return json_int_at(reply.json, "total");
}

static void state_check(struct reply reply, const char *state, const char *status)
{
    ck_assert_status(reply, 200);
    ck_assert_str_eq(json_text_at(reply.json, "state"), state);
    ck_assert_str_eq(json_text_at(reply.json, "status"), status);
}

/* ---- lists ---- */

/* In Los Angeles the day of 2026-09-02 is from 07:00Z to 07:00Z; that of the change to winter time,
 * 2026-11-01, has 25 hours. */
START_TEST(a_day_is_the_agents_own)
{
    viewing_made("2026-09-02T06:30:00Z", "");
    viewing_made("2026-09-02T07:00:00Z", "");
    viewing_made("2026-09-03T06:30:00Z", "");
    viewing_made("2026-09-03T07:00:00Z", "");
    viewing_made("2026-11-01T07:00:00Z", "");
    viewing_made("2026-11-02T07:30:00Z", "");
    viewing_made("2026-11-02T08:00:00Z", "");
    ck_assert_int_eq(listed("?day=2026-09-01"), 1);
    ck_assert_int_eq(listed("?day=2026-09-02"), 2);
    ck_assert_int_eq(listed("?day=2026-09-03"), 1);
    ck_assert_int_eq(listed("?day=2026-11-01"), 2);
    ck_assert_int_eq(listed("?day=2026-11-02"), 1);
    struct reply tasks = request_ask("GET", "/tasks?day=2026-09-02", NULL);
    ck_assert_int_eq(json_int_at(tasks.json, "total"), 2);
    sql_run("INSERT INTO viewing_rules (brokerage_id, agent_id, timezone, created_at, updated_at) "
            "VALUES (%lld, %lld, 'America/New_York', 0, 0)",
            (long long)office.brokerage_id, (long long)office.agent_id);
    ck_assert_int_eq(listed("?day=2026-09-02"), 2);
    ck_assert_int_eq(listed("?day=2026-09-01"), 0);
    sql_run("UPDATE viewing_rules SET timezone = 'Pacific/Kiritimati'");
    ck_assert_int_eq(listed("?day=2026-09-02"), 2);
    ck_assert_int_eq(listed("?day=2026-11-03"), 0);
}
END_TEST

START_TEST(a_broker_asks_for_an_agents_day)
{
    viewing_made("2026-09-02T06:30:00Z", "");
    sql_run("INSERT INTO viewing_rules (brokerage_id, agent_id, timezone, created_at, updated_at) "
            "VALUES (%lld, %lld, 'UTC', 0, 0)",
            (long long)office.brokerage_id, (long long)office.agent_id);
    struct reply reply =
        request_ask_broker("GET",
                           mem_printf(office.mem, "/viewings?day=2026-09-02&agent_id=%lld",
                                      (long long)office.agent_id),
                           NULL);
    ck_assert_int_eq(json_int_at(reply.json, "total"), 1);
    reply = request_ask_broker("GET", "/viewings?day=2026-09-01", NULL);
    ck_assert_int_eq(json_int_at(reply.json, "total"), 1);
    reply = request_ask_broker("GET", "/viewings?day=2026-09-01&agent_id=999", NULL);
    ck_assert_int_eq(json_int_at(reply.json, "total"), 0);
}
END_TEST

START_TEST(lists_are_of_viewings_alone_and_can_be_narrowed)
{
    static const char *const bad[] = { "2026-13-01", "2026-02-30", "today", "", "2026-9-1" };
    int64_t one = viewing_made("2026-09-02T17:00:00Z", "");
    viewing_made("2026-09-03T17:00:00Z", ", 'status': 'confirmed'");
    ck_assert_status(request_ask("POST", "/tasks",
                                 "{'kind': 'follow_up', 'title': 'Call', 'scheduled_at': "
                                 "'2026-09-02T17:00:00Z'}"),
                     201);
    ck_assert_int_eq(listed(""), 2);
    ck_assert_int_eq(listed("?state=confirmed"), 1);
    ck_assert_int_eq(listed("?state=requested&day=2026-09-02"), 1);
    ck_assert_int_eq(listed("?from=2026-09-03T00:00:00Z&to=2026-09-04T00:00:00Z"), 1);
    ck_assert_int_eq(listed("?property_id=999"), 0);
    ck_assert_int_eq(listed("?kind=follow_up"), 0);
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct reply reply =
            request_ask("GET", mem_printf(office.mem, "/viewings?day=%s", bad[i]), NULL);
        ck_assert_status(reply, 422);
        ck_assert_ptr_nonnull(strstr(reply.text, "\"day\""));
    }
    ck_assert_status(
        request_ask("GET", mem_printf(office.mem, "/viewings/%lld", (long long)one), NULL), 200);
    ck_assert_status(
        request_ask("GET", mem_printf(office.mem, "/viewings/%lld", (long long)one + 2), NULL),
        404);
    ck_assert_status(act(one + 2, "confirm", NULL), 404);
    ck_assert_status(move(one + 2, "{'duration_minutes': 20}"), 404);
}
END_TEST

/* ---- moving ---- */

START_TEST(a_move_keeps_the_viewing_and_raises_its_revision)
{
    int64_t id = viewing_made("2026-09-02T17:00:00Z", "");
    struct reply reply =
        move(id, "{'scheduled_at': '2026-09-02T19:00:00Z', 'duration_minutes': 45}");
    state_check(reply, "rescheduled", "pending");
    ck_assert_int_eq(json_int_at(reply.json, "id"), id);
    ck_assert_int_eq(json_int_at(reply.json, "revision"), 2);
    ck_assert_int_eq(json_int_at(reply.json, "duration_minutes"), 45);
    ck_assert_ptr_nonnull(strstr(reply.text, "\r\nETag: "));
    state_check(act(id, "confirm", NULL), "confirmed", "confirmed");
    state_check(move(id, "{'scheduled_at': '2026-09-02T20:00:00Z'}"), "rescheduled", "confirmed");
    reply = move(id, "{'scheduled_at': '2026-09-02T20:00:00Z'}");
    ck_assert_int_eq(json_int_at(reply.json, "revision"), 4);
    ck_assert_str_eq(sql_text("SELECT action FROM audit_log WHERE subject_id = %lld AND "
                              "action <> 'create'",
                              (long long)id),
                     "move\nconfirm\nmove");
}
END_TEST

START_TEST(a_move_into_another_viewing_says_which)
{
    int64_t one = viewing_made("2026-09-02T17:00:00Z", "");
    int64_t two = viewing_made("2026-09-02T19:00:00Z", "");
    struct reply reply = move(two, "{'scheduled_at': '2026-09-02T17:29:00Z'}");
    ck_assert_status(reply, 409);
    struct json_object *conflict = json_object_array_get_idx(json_get(reply.json, "conflicts"), 0);
    ck_assert_str_eq(json_text_at(conflict, "kind"), "viewing");
    ck_assert_int_eq(json_int_at(conflict, "id"), one);
    ck_assert_int_eq(json_int_at(conflict, "property_id"), office.main_id);
    ck_assert_str_eq(json_text_at(conflict, "starts_at"), "2026-09-02T17:00:00Z");
    ck_assert_str_eq(json_text_at(conflict, "ends_at"), "2026-09-02T17:30:00Z");
    ck_assert_uint_eq(json_object_array_length(json_get(reply.json, "conflicts")), 1);
    /* /tasks says it as well, and nothing has moved. */
    reply = request_ask("PUT", mem_printf(office.mem, "/tasks/%lld", (long long)two),
                        "{'scheduled_at': '2026-09-02T17:29:00Z'}");
    ck_assert_status(reply, 409);
    ck_assert_ptr_nonnull(json_get(reply.json, "conflicts"));
    ck_assert_int_eq(listed("?from=2026-09-02T19:00:00Z"), 1);
    ck_assert_status(move(two, "{'scheduled_at': '2026-09-02T17:30:00Z'}"), 200);
    ck_assert_status(move(one, "{'duration_minutes': 31}"), 409);
    /* A time that a cancelled viewing had is free. */
    ck_assert_status(act(one, "cancel", NULL), 200);
    ck_assert_status(move(two, "{'scheduled_at': '2026-09-02T17:00:00Z'}"), 200);
}
END_TEST

START_TEST(a_move_takes_two_members_and_no_other)
{
    static const char *const bad[] = {
        "{'scheduled_at': null}",     "{'scheduled_at': 'tomorrow'}", "{'duration_minutes': 0}",
        "{'duration_minutes': 1441}", "{'duration_minutes': null}",   "{'state': 'confirmed'}",
        "{'property_id': 2}",         "{'caller_name': 'Eve'}",
    };
    int64_t id = viewing_made("2026-09-02T17:00:00Z", "");
    for (size_t i = 0; i < COUNT(bad); i++)
        ck_assert_msg(move(id, bad[i]).status == 422, "%s", bad[i]);
    ck_assert_status(move(id, "[]"), 422);
    ck_assert_int_eq(sql_int("SELECT revision FROM scheduled_tasks WHERE id = %lld", (long long)id),
                     1);
}
END_TEST

START_TEST(two_who_move_with_one_tag)
{
    int64_t id = viewing_made("2026-09-02T17:00:00Z", "");
    struct reply seen =
        request_ask("GET", mem_printf(office.mem, "/viewings/%lld", (long long)id), NULL);
    const char *at = strstr(seen.text, "\r\nETag: ") + 8;
    request_headers headers = { mem_printf(office.mem, "X-API-Key: %s", office.key),
                                mem_printf(office.mem, "If-Match: %s",
                                           mem_strndup(office.mem, at, strcspn(at, "\r"))),
                                "Content-Type: application/json", NULL };
    const char *path = mem_printf(office.mem, "/voice-assistant/viewings/%lld", (long long)id);
    const char *body = "{\"scheduled_at\": \"2026-09-02T18:00:00Z\"}";
    ck_assert_status(request_send("PUT", path, headers, body), 200);
    ck_assert_status(request_send("PUT", path, headers, body), 412);
    const char *confirm = mem_printf(office.mem, "%s/confirm", path);
    ck_assert_status(request_send("POST", confirm, headers, NULL), 412);
    ck_assert_status(act(id, "confirm", NULL), 200);
}
END_TEST

/* ---- states ---- */

#define PAST "2026-08-31T17:00:00Z"
#define AHEAD "2026-09-02T17:00:00Z"

static const struct {
    const char *at, *first, *then;
    int status; /* of the second */
} changes[] = {
    { AHEAD, "confirm", "confirm", 200 }, { AHEAD, "confirm", "cancel", 200 },
    { AHEAD, "confirm", "done", 409 },    { AHEAD, "confirm", "no-show", 409 },
    { AHEAD, "cancel", "cancel", 200 },   { AHEAD, "cancel", "confirm", 409 },
    { PAST, "cancel", "done", 409 },      { PAST, "confirm", "done", 200 },
    { PAST, "done", "no-show", 200 },     { PAST, "no-show", "done", 200 },
    { PAST, "done", "done", 200 },        { PAST, "done", "confirm", 409 },
    { PAST, "no-show", "cancel", 409 },   { PAST, "confirm", "no-show", 200 },
};

START_TEST(what_may_follow_what)
{
    int64_t id = viewing_made(changes[_i].at, "");
    struct reply first = act(id, changes[_i].first, NULL);
    ck_assert_status(first, 200);
    struct reply then = act(id, changes[_i].then, NULL);
    ck_assert_status(then, changes[_i].status);
    bool same = strcmp(changes[_i].first, changes[_i].then) == 0;
    if (then.status == 200)
        ck_assert_int_eq(json_int_at(then.json, "revision"), same ? 2 : 3);
    bool closed = strcmp(changes[_i].first, "confirm") != 0 || (then.status == 200 && !same);
    ck_assert_status(move(id, "{'scheduled_at': '2026-09-10T17:00:00Z'}"), closed ? 409 : 200);
}
END_TEST

START_TEST(each_action_has_its_state)
{
    int64_t id = viewing_made(PAST, "");
    state_check(act(id, "confirm", "{}"), "confirmed", "confirmed");
    struct reply done = act(id, "done", NULL);
    state_check(done, "done", "completed");
    ck_assert_str_eq(json_text_at(done.json, "completed_at"), "2026-09-01T17:04:00Z");
    state_check(act(id, "no-show", NULL), "no_show", "completed");
    state_check(act(viewing_made(AHEAD, ""), "cancel", "{}"), "cancelled", "cancelled");
}
END_TEST

START_TEST(a_reason_goes_with_the_notes)
{
    int64_t id = viewing_made(AHEAD, ", 'notes': 'Second floor'");
    ck_assert_status(act(id, "cancel", "{'reason': 5}"), 422);
    ck_assert_status(act(id, "cancel", "{'why': 'x'}"), 422);
    ck_assert_status(act(id, "cancel", "{'reason': "), 400);
    struct reply reply = act(id, "cancel", "{'reason': 'The seller is away'}");
    state_check(reply, "cancelled", "cancelled");
    ck_assert_str_eq(json_text_at(reply.json, "notes"),
                     "Second floor\nCancelled: The seller is away");
    reply = act(viewing_made("2026-09-03T17:00:00Z", ""), "cancel", "{'reason': null}");
    ck_assert_ptr_null(json_text_at(reply.json, "notes"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("viewings");
    TCase *tests = tcase_create("agent");
    tcase_add_checked_fixture(tests, office_open, office_close);
    tcase_add_test(tests, a_day_is_the_agents_own);
    tcase_add_test(tests, a_broker_asks_for_an_agents_day);
    tcase_add_test(tests, lists_are_of_viewings_alone_and_can_be_narrowed);
    tcase_add_test(tests, a_move_keeps_the_viewing_and_raises_its_revision);
    tcase_add_test(tests, a_move_into_another_viewing_says_which);
    tcase_add_test(tests, a_move_takes_two_members_and_no_other);
    tcase_add_test(tests, two_who_move_with_one_tag);
    tcase_add_loop_test(tests, what_may_follow_what, 0, COUNT(changes));
    tcase_add_test(tests, each_action_has_its_state);
    tcase_add_test(tests, a_reason_goes_with_the_notes);
    suite_add_tcase(suite, tests);
    return suite_run(suite);
}
