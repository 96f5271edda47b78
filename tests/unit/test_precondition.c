/* Tags and conditional requests: what If-Match and If-None-Match let through, record by record. */
#include "api/precondition.h"
#include "store/agents.h"
#include "support.h"
#include <string.h>

/* ---- the grammar ---- */

#define TAG "\"0123456789abcdef0123456789abcdef\""

/* The status that a request with these headers is answered with; 0: none, it may go on. */
static int status_of(enum http_method method, const char *match, const char *none)
{
    char *environment[3] = { NULL }, **next = environment;
    if (match)
        *next++ = mem_printf(office.mem, "HTTP_IF_MATCH=%s", match);
    if (none)
        *next++ = mem_printf(office.mem, "HTTP_IF_NONE_MATCH=%s", none);
    struct http_request request = {
        .mem = office.mem, .id = "r", .method = method, .environment = environment
    };
    struct http_response response;
    http_response_init(office.mem, &response);
    struct exchange x = {
        .app = office.app, .mem = office.mem, .request = &request, .response = &response
    };
    ck_assert_int_eq(precondition_sent(&x), match || none);
    return precondition_holds(&x, TAG) ? 0 : response.status;
}

static const struct {
    const char *list;
    bool strong,
        weak; /* whether it names the tag, where weak ones do not count and where they do */
} lists[] = {
    { TAG, true, true },
    { "*", true, true },
    { " * ", true, true },
    { "*, \"a\"", false, false },
    { "W/" TAG, false, true },
    { "w/" TAG, false, false },
    { "\"other\", " TAG, true, true },
    { "\"other\" ,," TAG ",\"third\"", true, true },
    { "W/\"other\"," TAG, true, true },
    { "\"a, b\", " TAG, true, true },
    { "\"0123456789abcdef0123456789abcdef-gzip\"", true, true },
    { "\"0123456789abcdef0123456789abcdef0\"", false, false },
    { "\"0123456789abcdef0123456789abcde\"", false, false },
    { "\"0123456789ABCDEF0123456789ABCDEF\"", false, false },
    { "0123456789abcdef0123456789abcdef", false, false },
    { "\"0123456789abcdef0123456789abcdef", false, false },
    { "junk " TAG, false, false },
    { "\"\"", false, false },
    { "\"", false, false },
    { "W/", false, false },
    { ",", false, false },
    { "", false, false },
};

START_TEST(lists_of_tags_are_read_as_they_are_meant)
{
    const char *list = lists[_i].list;
    int changed = lists[_i].strong ? 0 : 412;
    ck_assert_msg(status_of(HTTP_PUT, list, NULL) == changed, "If-Match: %s", list);
    ck_assert_msg(status_of(HTTP_GET, list, NULL) == changed, "If-Match: %s", list);
    ck_assert_msg(status_of(HTTP_GET, NULL, list) == (lists[_i].weak ? 304 : 0),
                  "If-None-Match: %s", list);
    ck_assert_msg(status_of(HTTP_DELETE, NULL, list) == (lists[_i].weak ? 412 : 0),
                  "If-None-Match: %s", list);
}
END_TEST

START_TEST(without_a_condition_all_goes_on)
{
    ck_assert_int_eq(status_of(HTTP_GET, NULL, NULL), 0);
    ck_assert_int_eq(status_of(HTTP_PUT, TAG, "\"other\""), 0);
    ck_assert_int_eq(status_of(HTTP_GET, "\"other\"", TAG), 412);
    ck_assert_int_eq(status_of(HTTP_GET, TAG, TAG), 304);
}
END_TEST

/* ---- records ---- */

static const char *header_of(struct reply reply, const char *name)
{
    char *mark = mem_printf(office.mem, "\r\n%s: ", name);
    const char *at = strstr(reply.text, mark);
    return at ? mem_strndup(office.mem, at + strlen(mark), strcspn(at + strlen(mark), "\r")) : NULL;
}

static struct reply ask(const char *method, const char *path, const char *condition,
                        const char *body)
{
    request_headers headers = { mem_printf(office.mem, "X-API-Key: %s", office.broker_key),
                                body ? "Content-Type: application/json" : "X-Nothing: 0", condition,
                                NULL };
    return request_send(method, mem_printf(office.mem, "/voice-assistant%s", path), headers, body);
}

static const char *condition(const char *name, const char *tag)
{
    return mem_printf(office.mem, "%s: %s", name, tag);
}

/* One record of each kind that can be changed, and two changes that contradict each other. */
static const struct {
    const char *list, *made, *first, *second;
    bool can_go;
} kinds[] = {
    { "/phone-numbers", "{\"phone_number\": \"+14155550177\"}", "{\"friendly_name\": \"One\"}",
      "{\"friendly_name\": \"Two\"}", true },
    { "/properties", "{\"address\": \"5 Test Ave\"}", "{\"price\": 1000}", "{\"price\": 2000}",
      true },
    { "/tasks", "{\"kind\": \"follow_up\", \"title\": \"Call\"}", "{\"title\": \"Call at once\"}",
      "{\"title\": \"Do not call\"}", true },
    { "/offers", "{\"property_id\": 1, \"amount\": 1000}", "{\"amount\": 2000}",
      "{\"amount\": 3000}", true },
    { "/agents", "{\"name\": \"Tim Test\"}", "{\"name\": \"Tom Test\"}", "{\"name\": \"Tam Test\"}",
      false },
};

/* The clock stands still: two changes within one millisecond are told apart. */
START_TEST(of_two_changes_with_one_tag_the_first_wins)
{
    struct reply made = ask("POST", kinds[_i].list, NULL, kinds[_i].made);
    ck_assert_status(made, 201);
    const char *path =
        mem_printf(office.mem, "%s/%lld", kinds[_i].list, (long long)json_int_at(made.json, "id"));
    ck_assert_str_eq(header_of(made, "Location"),
                     mem_printf(office.mem, "/voice-assistant%s", path));
    const char *tag = header_of(made, "ETag");
    ck_assert_ptr_nonnull(tag);
    ck_assert_str_eq(header_of(ask("GET", path, NULL, NULL), "ETag"), tag);

    struct reply first = ask("PUT", path, condition("If-Match", tag), kinds[_i].first);
    ck_assert_status(first, 200);
    ck_assert_str_ne(header_of(first, "ETag"), tag);
    ck_assert_str_eq(header_of(first, "Content-Location"),
                     mem_printf(office.mem, "/voice-assistant%s", path));
    struct reply second = ask("PUT", path, condition("If-Match", tag), kinds[_i].second);
    ck_assert_status(second, 412);
    ck_assert_int_eq(json_int_at(second.json, "status"), 412);
    struct reply now = ask("GET", path, NULL, NULL);
    ck_assert_str_eq(header_of(now, "ETag"), header_of(first, "ETag"));
    ck_assert_str_eq(strstr(now.text, "\r\n\r\n"), strstr(first.text, "\r\n\r\n"));

    ck_assert_status(ask("PUT", path, condition("If-Match", "*"), kinds[_i].second), 200);
    ck_assert_status(ask("PUT", path, condition("If-None-Match", "*"), kinds[_i].first), 412);
    ck_assert_status(ask("PUT", path, NULL, kinds[_i].first), 200);
}
END_TEST

START_TEST(a_record_that_changed_is_not_deleted)
{
    if (!kinds[_i].can_go)
        return;
    struct reply made = ask("POST", kinds[_i].list, NULL, kinds[_i].made);
    const char *path =
        mem_printf(office.mem, "%s/%lld", kinds[_i].list, (long long)json_int_at(made.json, "id"));
    const char *old = condition("If-Match", header_of(made, "ETag"));
    struct reply changed = ask("PUT", path, old, kinds[_i].first);
    ck_assert_status(ask("DELETE", path, old, NULL), 412);
    ck_assert_status(ask("GET", path, NULL, NULL), 200);
    ck_assert_status(ask("DELETE", path, condition("If-Match", header_of(changed, "ETag")), NULL),
                     204);
    ck_assert_status(ask("DELETE", path, condition("If-Match", "*"), NULL), 404);
}
END_TEST

START_TEST(what_a_poller_has_is_not_sent_again)
{
    struct reply first = ask("GET", "/properties/1", NULL, NULL);
    const char *tag = header_of(first, "ETag");
    struct reply again = ask("GET", "/properties/1", condition("If-None-Match", tag), NULL);
    ck_assert_status(again, 304);
    ck_assert_str_eq(header_of(again, "ETag"), tag);
    ck_assert_ptr_null(header_of(again, "Content-Type"));
    ck_assert_str_eq(strstr(again.text, "\r\n\r\n"), "\r\n\r\n");
    ck_assert_status(ask("PUT", "/properties/1", NULL, "{\"price\": 1}"), 200);
    struct reply changed = ask("GET", "/properties/1", condition("If-None-Match", tag), NULL);
    ck_assert_status(changed, 200);
    ck_assert_str_ne(header_of(changed, "ETag"), tag);
}
END_TEST

/* Two installations, or two records, that look the same have not the same tag by chance alone. */
START_TEST(a_tag_tells_nothing_without_the_master_key)
{
    struct exchange x = { .app = office.app, .mem = office.mem };
    char *ours = entity_tag(&x, "{}", 2);
    office.app->master[0] ^= 1;
    ck_assert_str_ne(entity_tag(&x, "{}", 2), ours);
    office.app->master[0] ^= 1;
    ck_assert_str_eq(entity_tag(&x, "{}", 2), ours);
    ck_assert_uint_eq(strlen(ours), 34);
}
END_TEST

START_TEST(the_primary_number_changes_under_a_condition_too)
{
    const char *path = mem_printf(office.mem, "/phone-numbers/%lld", (long long)office.number_id);
    const char *tag = header_of(ask("GET", path, NULL, NULL), "ETag");
    ck_assert_status(ask("PUT", path, NULL, "{\"friendly_name\": \"Line\"}"), 200);
    const char *primary = mem_printf(office.mem, "%s/set-primary", path);
    ck_assert_status(ask("POST", primary, condition("If-Match", tag), NULL), 412);
    struct reply done = ask("POST", primary, condition("If-Match", "*"), NULL);
    ck_assert_status(done, 200);
    ck_assert_str_eq(header_of(done, "Content-Location"),
                     mem_printf(office.mem, "/voice-assistant%s", path));
    ck_assert_str_eq(header_of(done, "ETag"), header_of(ask("GET", path, NULL, NULL), "ETag"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("precondition");
    TCase *tests = tcase_create("conditions");
    tcase_add_checked_fixture(tests, office_open, office_close);
    tcase_add_loop_test(tests, lists_of_tags_are_read_as_they_are_meant, 0, COUNT(lists));
    tcase_add_test(tests, without_a_condition_all_goes_on);
    tcase_add_loop_test(tests, of_two_changes_with_one_tag_the_first_wins, 0, COUNT(kinds));
    tcase_add_loop_test(tests, a_record_that_changed_is_not_deleted, 0, COUNT(kinds));
    tcase_add_test(tests, what_a_poller_has_is_not_sent_again);
    tcase_add_test(tests, a_tag_tells_nothing_without_the_master_key);
    tcase_add_test(tests, the_primary_number_changes_under_a_condition_too);
    suite_add_tcase(suite, tests);
    return suite_run(suite);
}
