/* An agent's calendar: what it shows, to whom, and that no text can break out of its property. What
 * other implementations read of it is in tests/e2e/calendar.test.mjs. */
#include "base/text.h"
#include "desk/feed.h"
#include "store/agent_diary.h"
#include "support.h"
#include <stdlib.h>
#include <string.h>

static const struct calendar_module *module;
static char *shown;

static void begin(void)
{
    const char *why = "";
    struct api_key key;
    office_open();
    const char *path = mem_printf(office.mem, "%s/" CALENDAR_FILE, getenv("abs_top_builddir"));
    ck_assert_msg(calendar_load(office.mem, path, &module, &why) == ERR_NONE, "%s", why);
    office.config.calendar_module = path;
    struct desk desk = desk_on(office.mem);
    desk.now = OFFICE_NOW;
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
    ck_assert_int_eq(
        feed_open(&desk, office.agent_id, office.app->random, office.app->master, &key, &shown),
        ERR_NONE);
    ck_assert_int_eq(db_commit(office.db), ERR_NONE);
}

/* ---- making and reading ---- */

static struct task viewing_of(int64_t property_id, int64_t at)
{
    struct task task = { 0 };
    task_init(&task);
    task.head = (struct row_head){ .brokerage_id = office.brokerage_id,
                                   .agent_id = office.agent_id,
                                   .created_at = OFFICE_NOW,
                                   .updated_at = OFFICE_NOW };
    task.kind = TASK_VIEWING;
    task.title = "Viewing";
    task.property_id = property_id;
    task.scheduled_at = at;
    task.duration_minutes = 30;
    return task;
}

static struct task viewing_add(struct task task)
{
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
    ck_assert_int_eq(task_insert(office.db, &task), ERR_NONE);
    ck_assert_int_eq(db_commit(office.db), ERR_NONE);
    return task;
}

/* The feed as a client gets it. */
static struct reply feed_get(const char *query)
{
    return request_send(
        "GET",
        mem_printf(office.mem, "/voice-assistant/tasks/calendar.ics?token=%s%s", shown, query),
        NULL, NULL);
}

static char *unfolded(const char *text)
{
    char *copy = mem_strdup(office.mem, strstr(text, "\r\n\r\n") + 4), *to = copy;
    for (const char *from = copy; *from; from++)
        if (strncmp(from, "\r\n ", 3) == 0)
            from += 2;
        else
            *to++ = *from;
    *to = '\0';
    return copy;
}

static const char *feed_text(void)
{
    struct reply reply = feed_get("");
    ck_assert_status(reply, 200);
    return unfolded(reply.text);
}

static size_t count_of(const char *text, const char *what)
{
    size_t count = 0;
    for (const char *at = strstr(text, what); at; at = strstr(at + 1, what))
        count++;
    return count;
}

/* Ends the test unless the text has that line. */
static void line_check(const char *text, const char *line)
{
    const char *at = strstr(text, mem_printf(office.mem, "\r\n%s\r\n", line));
    ck_assert_msg(at != NULL, "no line \"%s\" in:\n%s", line, text);
}

/* ---- what it shows ---- */

START_TEST(a_viewing_shows_when_where_and_with_whom)
{
    struct task task = viewing_of(office.main_id, OFFICE_NOW + DAY_MS);
    task.caller_name = "John Q. Public";
    task.caller_phone = "+14155550123";
    task.claimed_phone = "555-0199";
    task.notes = "He sounded nervous";
    task = viewing_add(task);
    const char *text = feed_text();
    line_check(text, "SUMMARY:To confirm: viewing of 123 Main St with John");
    line_check(text, "LOCATION:123 Main St\\, Oakland\\, CA");
    line_check(text, mem_printf(office.mem,
                                "DESCRIPTION:Visitor: John Q. Public\\nCalled from: "
                                "+14155550123\\nTo be called at: 555-0199\\nTask %lld",
                                (long long)task.head.id));
    line_check(text, "DTSTART;TZID=America/Los_Angeles:20260902T100400");
    line_check(text, "DTEND;TZID=America/Los_Angeles:20260902T103400");
    line_check(text, "STATUS:TENTATIVE");
    line_check(text, "SEQUENCE:1");
    line_check(text, "DTSTAMP:20260901T170400Z");
    line_check(text, "TZID:America/Los_Angeles");
    line_check(text, "X-WR-CALNAME;VALUE=TEXT:Viewings (Jane Agent)");
    line_check(text, "REFRESH-INTERVAL;VALUE=DURATION:PT15M");
    line_check(text, "TRIGGER:-PT1H");
    ck_assert_ptr_null(strstr(text, "nervous"));
    ck_assert_uint_eq(count_of(text, "BEGIN:VEVENT"), 1);
}
END_TEST

static const struct {
    int state;
    const char *status, *summary;
    bool alarms;
} states[] = {
    { VIEWING_REQUESTED, "TENTATIVE", "To confirm: viewing of 123 Main St", true },
    { VIEWING_CONFIRMED, "CONFIRMED", "Viewing of 123 Main St", true },
    { VIEWING_RESCHEDULED, "TENTATIVE", "To confirm: viewing of 123 Main St", true },
    { VIEWING_CANCELLED, "CANCELLED", "Cancelled: viewing of 123 Main St", false },
    { VIEWING_DONE, "CONFIRMED", "Viewing of 123 Main St", false },
    { VIEWING_NO_SHOW, "CONFIRMED", "No-show: viewing of 123 Main St", false },
};

START_TEST(each_state_shows)
{
    struct task task = viewing_of(office.main_id, OFFICE_NOW + DAY_MS);
    task.state = states[_i].state;
    viewing_add(task);
    const char *text = feed_text();
    line_check(text, mem_printf(office.mem, "STATUS:%s", states[_i].status));
    line_check(text, mem_printf(office.mem, "SUMMARY:%s", states[_i].summary));
    ck_assert_int_eq(strstr(text, "BEGIN:VALARM") != NULL, states[_i].alarms);
    ck_assert_int_eq(strstr(text, "TRANSP:TRANSPARENT") != NULL,
                     states[_i].state == VIEWING_CANCELLED);
}
END_TEST

/* The UID of the only event. */
static const char *uid_of(const char *text)
{
    const char *at = strstr(text, "\r\nUID:");
    return at ? mem_strndup(office.mem, at + 6, strcspn(at + 6, "\r")) : "";
}

START_TEST(a_change_keeps_the_uid_and_raises_the_sequence)
{
    struct task before = viewing_add(viewing_of(office.main_id, OFFICE_NOW + DAY_MS));
    const char *first = feed_text();
    struct task after = before;
    after.scheduled_at += 2 * HOUR_MS;
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
    ck_assert_int_eq(
        task_update(office.db, office.mem, &before, &after, OFFICE_NOW + 5 * SECOND_MS), ERR_NONE);
    ck_assert_int_eq(db_commit(office.db), ERR_NONE);
    const char *second = feed_text();
    ck_assert_str_eq(uid_of(first), uid_of(second));
    ck_assert_msg(text_starts_with(uid_of(first),
                                   mem_printf(office.mem, "task-%lld-", (long long)before.head.id)),
                  "%s", uid_of(first));
    line_check(second, "SEQUENCE:2");
    line_check(second, "LAST-MODIFIED:20260901T170405Z");
    line_check(second, "DTSTART;TZID=America/Los_Angeles:20260902T120400");
}
END_TEST

START_TEST(what_was_cancelled_goes_after_a_while_or_when_it_is_not_wanted)
{
    struct task task = viewing_of(office.main_id, OFFICE_NOW + 20 * DAY_MS);
    task.state = VIEWING_CANCELLED;
    viewing_add(task);
    line_check(feed_text(), "STATUS:CANCELLED");
    ck_assert_ptr_null(strstr(feed_get("&cancelled=no").text, "BEGIN:VEVENT"));
    ck_assert_status(feed_get("&cancelled=maybe"), 422);
    office.app->clock = clock_from(OFFICE_NOW + (FEED_CANCELLED_DAYS + 1) * DAY_MS);
    ck_assert_ptr_null(strstr(feed_text(), "BEGIN:VEVENT"));
}
END_TEST

START_TEST(only_what_has_a_place_in_time_and_is_the_agents_own)
{
    int64_t other = agent_add(office.brokerage_id, "Tim Other");
    struct task theirs = viewing_of(office.main_id, OFFICE_NOW + DAY_MS);
    theirs.head.agent_id = other;
    viewing_add(theirs);
    struct task call = viewing_of(office.main_id, OFFICE_NOW + DAY_MS);
    call.kind = TASK_FOLLOW_UP;
    viewing_add(call);
    struct task someday = viewing_of(office.main_id, NO_VALUE);
    viewing_add(someday);
    struct task old = viewing_of(office.main_id, OFFICE_NOW - (FEED_PAST_DAYS + 1) * DAY_MS);
    viewing_add(old);
    ck_assert_uint_eq(count_of(feed_text(), "BEGIN:VEVENT"), 0);
    viewing_add(viewing_of(office.main_id, OFFICE_NOW - (FEED_PAST_DAYS - 1) * DAY_MS));
    viewing_add(viewing_of(NO_VALUE, OFFICE_NOW + 90 * DAY_MS));
    const char *text = feed_text();
    ck_assert_uint_eq(count_of(text, "BEGIN:VEVENT"), 2);
    line_check(text, "SUMMARY:To confirm: viewing");
}
END_TEST

START_TEST(open_houses_show_too)
{
    struct open_house house = { .head = { .brokerage_id = office.brokerage_id,
                                          .agent_id = office.agent_id,
                                          .created_at = OFFICE_NOW,
                                          .updated_at = OFFICE_NOW + 7 * SECOND_MS },
                                .property_id = office.oak_id,
                                .starts_at = OFFICE_NOW + DAY_MS,
                                .ends_at = OFFICE_NOW + DAY_MS + 3 * HOUR_MS,
                                .note = "Bring signs" };
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
    ck_assert_int_eq(table_insert(office.db, &table_open_houses, &house), ERR_NONE);
    ck_assert_int_eq(db_commit(office.db), ERR_NONE);
    const char *text = feed_text();
    line_check(text, "SUMMARY:Open house at 456 Oak Ave");
    line_check(text, "DESCRIPTION:Bring signs");
    line_check(text, "DTEND;TZID=America/Los_Angeles:20260902T130400");
    line_check(text, "SEQUENCE:7");
    ck_assert_int_eq(strncmp(uid_of(text), "open-house-", 11), 0);
}
END_TEST

START_TEST(a_busy_agents_calendar_has_an_end)
{
    sql_run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) "
            "INSERT INTO scheduled_tasks (brokerage_id, agent_id, kind, title, state, "
            "scheduled_at, created_at, updated_at) SELECT %lld, %lld, 'viewing', 'V', 'requested', "
            "%lld + i * 3600000, 0, 0 FROM n",
            (long long)office.brokerage_id, (long long)office.agent_id, (long long)OFFICE_NOW);
    ck_assert_uint_eq(count_of(feed_text(), "BEGIN:VEVENT"), FEED_EVENTS_MAX);
}
END_TEST

/* ---- hostile texts ---- */

static const char *const texts[] = {
    "John\r\nATTACH:http://evil.example/",
    "John\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:not mine",
    "Jo;hn,\\n\\\"x\":=",
    "\xf0\x9f\x8f\xa0\xf0\x9f\x8f\xa0 \xe2\x80\xae evil \xe2\x80\xa8 line",
    "a\x01\x02\x1b[31m\x7f tab\there\x0b\x0c",
    "=?utf-8?q?x?=%0d%0aX:y",
};

/* Every line is a property of ours or a continuation, and none is longer than 75 octets. */
static void lines_check(const char *text)
{
    static const char *const known[] = {
        "BEGIN:",
        "END:",
        "VERSION:",
        "PRODID:",
        "CALSCALE:",
        "METHOD:",
        "NAME:",
        "X-WR-",
        "DESCRIPTION:",
        "REFRESH-INTERVAL;",
        "X-PUBLISHED-TTL:",
        "TZID:",
        "TZNAME:",
        "TZOFFSET",
        "DTSTART",
        "DTEND;",
        "RRULE:",
        "UID:",
        "DTSTAMP:",
        "CREATED:",
        "LAST-MODIFIED:",
        "SEQUENCE:",
        "STATUS:",
        "TRANSP:",
        "SUMMARY:",
        "LOCATION:",
        "ACTION:",
        "TRIGGER:",
        " ",
    };
    for (const char *line = strstr(text, "\r\n\r\n") + 4; *line;) {
        size_t len = strcspn(line, "\r\n");
        bool fits = false;
        for (size_t i = 0; i < COUNT(known); i++)
            fits |= text_starts_with(line, known[i]);
        ck_assert_msg(fits && len <= 75, "%.*s", (int)len, line);
        ck_assert_msg(text_utf8_valid(line, len), "a character is cut: %.*s", (int)len, line);
        ck_assert_int_eq(strncmp(line + len, "\r\n", 2), 0);
        line += len + 2;
    }
}

START_TEST(no_text_breaks_out)
{
    struct task task = viewing_of(office.main_id, OFFICE_NOW + DAY_MS);
    task.caller_name = texts[_i];
    task.claimed_phone = texts[_i];
    viewing_add(task);
    struct property property;
    ck_assert_int_eq(table_get(office.db, office.mem, &table_properties, office.main_id, &property),
                     ERR_NONE);
    sql_run("UPDATE properties SET city = '%s' WHERE id = %lld", texts[_i],
            (long long)office.main_id);
    sql_run("UPDATE agents SET name = '%s' WHERE id = %lld", texts[_i], (long long)office.agent_id);
    struct reply reply = feed_get("");
    ck_assert_status(reply, 200);
    lines_check(reply.text);
    ck_assert_uint_eq(count_of(unfolded(reply.text), "\r\nBEGIN:VEVENT"), 1);
}
END_TEST

START_TEST(a_long_text_is_folded)
{
    char *name = NULL;
    for (int i = 0; i < 2500; i++)
        mem_append(office.mem, &name,
                   "\xf0\x9f\x8f\xa0"
                   "a;\n");
    struct task task = viewing_of(office.main_id, OFFICE_NOW + DAY_MS);
    task.caller_name = name;
    viewing_add(task);
    struct reply reply = feed_get("");
    lines_check(reply.text);
    ck_assert_uint_eq(count_of(unfolded(reply.text), "\xf0\x9f\x8f\xa0"
                                                     "a\\;\\n"),
                      2500);
}
END_TEST

/* ---- times ---- */

/* What the module writes of hours that begin at `at` and every 7 hours after. */
static const char *written_all(const char *zone, int64_t at, size_t count)
{
    struct calendar_event *events = mem_new_array(office.mem, struct calendar_event, count);
    for (size_t i = 0; i < count; i++) {
        int64_t starts = at + (int64_t)i * 7 * HOUR_MS;
        events[i] = (struct calendar_event){
            .uid = "u", .starts = starts, .ends = starts + HOUR_MS, .summary = "S"
        };
    }
    struct calendar calendar = { .name = "N",
                                 .zone = zone,
                                 .now = OFFICE_NOW,
                                 .refresh_minutes = 15,
                                 .events = events,
                                 .count = count };
    char *text = module->write(&calendar);
    char *copy = mem_strdup(office.mem, text);
    free(text);
    return copy;
}

static const char *written(const char *zone, int64_t at)
{
    return written_all(zone, at, 1);
}

static const char *const zones[] = {
    "America/Los_Angeles", "America/New_York", "America/Phoenix",
    "America/St_Johns",    "Europe/London",    "Asia/Kolkata",
    "Australia/Lord_Howe", "US/Pacific",       "Pacific/Kiritimati"
};

/* How a client must read it. */
static const char *start_line(const char *name, const struct zone *zone, int64_t at)
{
    struct civil civil = zone_civil(zone, at);
    int64_t first = NO_VALUE, second = NO_VALUE;
    if (zone_instant(zone, &civil, &first, &second) != ZONE_TWICE || second != at)
        return mem_printf(office.mem, "DTSTART;TZID=%s:%04d%02d%02dT%02d%02d%02d\r\n", name,
                          civil.year, civil.month, civil.day, civil.hour, civil.minute,
                          civil.second);
    civil = civil_from_utc(at);
    return mem_printf(office.mem, "DTSTART:%04d%02d%02dT%02d%02d%02dZ\r\n", civil.year, civil.month,
                      civil.day, civil.hour, civil.minute, civil.second);
}

/* libical's zones and ours show the same clocks, around every change of them. */
START_TEST(libical_reads_the_clocks_as_we_do)
{
    enum { EVENTS = 730 * 24 / 7 };
    const struct zone *zone = zone_find(zones[_i]);
    const char *at = strstr(written_all(zones[_i], OFFICE_NOW, EVENTS), "BEGIN:VEVENT");
    for (int i = 0; i < EVENTS; i++) {
        const char *line = start_line(zones[_i], zone, OFFICE_NOW + i * 7 * HOUR_MS);
        at = strstr(at, "\r\nDTSTART") + 2;
        ck_assert_msg(text_starts_with(at, line), "%s is not %s", mem_strndup(office.mem, at, 60),
                      line);
    }
}
END_TEST

START_TEST(the_hour_that_comes_twice_is_told_apart)
{
    /* 2026-11-01, 1:30 in Los Angeles, before and after the clocks go back */
    int64_t first = INT64_C(1793521800000);
    ck_assert_ptr_nonnull(
        strstr(written("America/Los_Angeles", first), "TZID=America/Los_Angeles:20261101T013000"));
    ck_assert_ptr_nonnull(
        strstr(written("America/Los_Angeles", first + HOUR_MS), "DTSTART:20261101T093000Z"));
}
END_TEST

START_TEST(an_unknown_zone_is_utc)
{
    static const char *const unknown[] = { "Nowhere/Land", "UTC", "../../etc/passwd", "" };
    for (size_t i = 0; i < COUNT(unknown); i++) {
        const char *text = written(unknown[i], OFFICE_NOW);
        ck_assert_ptr_nonnull(strstr(text, "DTSTART:20260901T170400Z"));
        ck_assert_ptr_null(strstr(text, "VTIMEZONE"));
    }
    ck_assert_ptr_nonnull(strstr(written(NULL, OFFICE_NOW), "DTSTART:20260901T170400Z"));
}
END_TEST

/* ---- who may read it ---- */

START_TEST(the_address_alone_opens_it_and_nothing_else)
{
    const char *header = mem_printf(office.mem, "X-API-Key: %s", shown);
    request_headers with_token = { header, NULL };
    ck_assert_status(request_send("GET", "/voice-assistant/tasks", with_token, NULL), 401);
    ck_assert_status(request_send("GET", "/voice-assistant/agents/me", with_token, NULL), 401);
    ck_assert_status(
        request_send("POST", "/voice-assistant/incoming", with_token, "{\"vapi_call_id\": \"x\"}"),
        401);
    ck_assert_status(request_send("GET", "/voice-assistant/tasks/calendar.ics", with_token, NULL),
                     404);
    const char *key =
        mem_printf(office.mem, "/voice-assistant/tasks/calendar.ics?token=%s", office.key);
    ck_assert_status(request_send("GET", key, NULL, NULL), 404);
    ck_assert_status(feed_get(""), 200);
    ck_assert_status(feed_get("x"), 404);
    sql_run("UPDATE agents SET is_active = 0 WHERE id = %lld", (long long)office.agent_id);
    ck_assert_status(feed_get(""), 404);
}
END_TEST

START_TEST(a_new_address_ends_the_one_before)
{
    struct reply made = request_ask("POST", "/agents/me/calendar", NULL);
    ck_assert_status(made, 201);
    ck_assert_status(feed_get(""), 404);
    const char *url = json_text_at(made.json, "url"), *token = strstr(url, "token=") + 6;
    ck_assert_str_eq(url, mem_printf(office.mem, "%s/voice-assistant/tasks/calendar.ics?token=%s",
                                     "https://desk.example", token));
    ck_assert_uint_ge(strlen(token), 43);
    shown = mem_strdup(office.mem, token);
    ck_assert_status(feed_get(""), 200);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM api_keys WHERE hash LIKE '%%%s%%'", token), 0);
    struct reply about = request_ask("GET", "/agents/me/calendar", NULL);
    ck_assert_status(about, 200);
    ck_assert_ptr_null(json_get(about.json, "url"));
    ck_assert_status(request_ask("DELETE", "/agents/me/calendar", NULL), 204);
    ck_assert_status(feed_get(""), 404);
    ck_assert_status(request_ask("DELETE", "/agents/me/calendar", NULL), 404);
    ck_assert_status(request_ask("GET", "/agents/me/calendar", NULL), 404);
}
END_TEST

START_TEST(a_poller_that_has_it_gets_no_body)
{
    viewing_add(viewing_of(office.main_id, OFFICE_NOW + DAY_MS));
    struct reply first = feed_get("");
    const char *at = strstr(first.text, "\r\nETag: ") + 8;
    const char *tag = mem_strndup(office.mem, at, strcspn(at, "\r"));
    request_headers headers = { mem_printf(office.mem, "If-None-Match: %s", tag), NULL };
    const char *target =
        mem_printf(office.mem, "/voice-assistant/tasks/calendar.ics?token=%s", shown);
    ck_assert_ptr_nonnull(strstr(first.text, "\r\nCache-Control: private, no-cache\r\n"));
    office.app->clock = clock_from(OFFICE_NOW + HOUR_MS);
    struct reply again = request_send("GET", target, headers, NULL);
    ck_assert_status(again, 304);
    ck_assert_ptr_nonnull(strstr(again.text, "\r\nCache-Control: private, no-cache\r\n"));
    sql_run("UPDATE scheduled_tasks SET revision = revision + 1");
    ck_assert_status(request_send("GET", target, headers, NULL), 200);
}
END_TEST

START_TEST(without_the_module_it_says_so)
{
    office.app->calendar = NULL;
    office.config.calendar_module = "/nowhere/calendar.so";
    struct reply reply = feed_get("");
    ck_assert_status(reply, 501);
    ck_assert_ptr_null(strstr(reply.text, "/nowhere"));
    office.config.calendar_module = file_write("calendar.so", "no module", 0600);
    ck_assert_status(feed_get(""), 501);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("feed");
    TCase *tests = tcase_create("calendar");
    tcase_add_checked_fixture(tests, begin, office_close);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_viewing_shows_when_where_and_with_whom);
    tcase_add_loop_test(tests, each_state_shows, 0, COUNT(states));
    tcase_add_test(tests, a_change_keeps_the_uid_and_raises_the_sequence);
    tcase_add_test(tests, what_was_cancelled_goes_after_a_while_or_when_it_is_not_wanted);
    tcase_add_test(tests, only_what_has_a_place_in_time_and_is_the_agents_own);
    tcase_add_test(tests, open_houses_show_too);
    tcase_add_test(tests, a_busy_agents_calendar_has_an_end);
    tcase_add_loop_test(tests, no_text_breaks_out, 0, COUNT(texts));
    tcase_add_test(tests, a_long_text_is_folded);
    tcase_add_loop_test(tests, libical_reads_the_clocks_as_we_do, 0, COUNT(zones));
    tcase_add_test(tests, the_hour_that_comes_twice_is_told_apart);
    tcase_add_test(tests, an_unknown_zone_is_utc);
    tcase_add_test(tests, the_address_alone_opens_it_and_nothing_else);
    tcase_add_test(tests, a_new_address_ends_the_one_before);
    tcase_add_test(tests, a_poller_that_has_it_gets_no_body);
    tcase_add_test(tests, without_the_module_it_says_so);
    suite_add_tcase(suite, tests);
    return suite_run(suite);
}
