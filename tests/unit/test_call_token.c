/* The token of a call, and what a refused webhook leaves: nothing. All through whole requests. */
#include "api/call_token.h"
#include "base/text.h"
#include "support.h"
#include <string.h>

#define SECRET "X-Vapi-Secret: " OFFICE_SECRET

/* Two calls that came in by Vapi, and their tokens. */
static int64_t mine_id, other_id;
static const char *mine, *other;

static char *body_of(const char *type, const char *call_id, const char *more)
{
    char *text = mem_printf(office.mem,
                            "{'message':{'type':'%s','timestamp':1788282240000,'call':{'id':'%s',"
                            "'phoneNumberId':'vapi-number-1'}%s}}",
                            type, call_id, more);
    for (char *p = text; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    return text;
}

static char *speech_of(const char *call_id)
{
    return body_of("transcript", call_id,
                   ",'role':'user','transcriptType':'final','transcript':'Hello.'");
}

/* headers: up to two, NULL where there is none. */
static struct reply post(const char *path, const char *one, const char *two, const char *body)
{
    const char *headers[] = { one ? one : two, one ? two : NULL, NULL };
    return request_send("POST", mem_printf(office.mem, "/voice-assistant%s", path), headers, body);
}

static const char *token_header(const char *token)
{
    return mem_printf(office.mem, CALL_TOKEN_HEADER ": %s", token);
}

/* All that a webhook could have written. */
static int64_t rows_count(void)
{
    return sql_int("SELECT (SELECT COUNT(*) FROM phone_calls) + "
                   "(SELECT COUNT(*) FROM webhook_journal) + "
                   "(SELECT COUNT(*) FROM transcript_segments) + "
                   "(SELECT COUNT(*) FROM tool_results) + "
                   "(SELECT COUNT(*) FROM scheduled_tasks)");
}

static const char *ring(const char *call_id)
{
    struct reply reply = post("/incoming", SECRET, NULL, body_of("assistant-request", call_id, ""));
    ck_assert_status(reply, 200);
    const char *token = json_text_at(reply.json, "assistant.server.headers." CALL_TOKEN_HEADER);
    ck_assert_ptr_nonnull(token);
    return mem_strdup(office.mem, token);
}

static void calls_open(void)
{
    office_open();
    mine = ring("call-1");
    other = ring("call-2");
    mine_id = sql_int("SELECT id FROM phone_calls WHERE vapi_call_id = 'call-1'");
    other_id = sql_int("SELECT id FROM phone_calls WHERE vapi_call_id = 'call-2'");
}

/* ---- what it is ---- */

START_TEST(a_token_is_of_one_call_of_one_brokerage_under_one_key)
{
    unsigned char key[SECRET_KEY_BYTES] = { 7 };
    void *mem = office.mem;
    const char *token = call_token_make(mem, key, 1, 23);
    ck_assert_uint_eq(strlen(token), strlen("23.") + 43);
    ck_assert_str_eq(token, call_token_make(mem, key, 1, 23));
    ck_assert_str_ne(token, call_token_make(mem, key, 2, 23));
    ck_assert_str_ne(token + 3, call_token_make(mem, key, 12, 3) + 2);
    key[31] = 1;
    ck_assert_str_ne(token, call_token_make(mem, key, 1, 23));
    ck_assert_str_eq(mine, call_token_make(mem, office.app->master, office.brokerage_id, mine_id));
}
END_TEST

START_TEST(every_server_of_the_assistant_carries_it)
{
    struct reply reply =
        post("/incoming", SECRET, NULL, body_of("assistant-request", "call-1", ""));
    ck_assert_str_eq(json_text_at(reply.json, "assistant.server.headers.X-Vapi-Secret"),
                     OFFICE_SECRET);
    /* A tool without a server of its own goes to the assistant's. */
    struct json_object *tools = json_at(reply.json, "assistant.model.tools");
    for (size_t i = 0; i < json_object_array_length(tools); i++) {
        struct json_object *server = json_get(json_object_array_get_idx(tools, i), "server");
        if (server)
            ck_assert_str_eq(json_text_at(server, "headers." CALL_TOKEN_HEADER), mine);
    }
}
END_TEST

START_TEST(the_secret_is_told_to_none_but_who_has_it)
{
    const char *key = mem_printf(office.mem, "X-API-Key: %s", office.key);
    const char *showings[] = { key, token_header(mine) };
    for (size_t i = 0; i < COUNT(showings); i++) {
        struct reply reply =
            post("/incoming", showings[i], NULL, body_of("assistant-request", "call-1", ""));
        ck_assert_status(reply, 200);
        ck_assert_ptr_null(strstr(reply.text, OFFICE_SECRET));
        ck_assert_str_eq(json_text_at(reply.json, "assistant.server.headers." CALL_TOKEN_HEADER),
                         mine);
    }
}
END_TEST

/* ---- what it opens; MINE, OTHER and KEY stand for the tokens and the agent's key ---- */

static const struct {
    const char *what, *token, *credential, *call_id;
    int status;
} showings[] = {
    { "no token, and the secret", NULL, SECRET, "call-1", 200 },
    { "no token, and nothing", NULL, NULL, "call-1", 401 },
    { "the token alone", "MINE", NULL, "call-1", 200 },
    { "the token and the secret", "MINE", SECRET, "call-1", 200 },
    { "the token and the key", "MINE", "KEY", "call-1", 200 },
    { "the token and a wrong secret", "MINE", "X-Vapi-Secret: wrong", "call-1", 200 },
    { "the token and a wrong key", "MINE", "X-API-Key: wrong", "call-1", 200 },
    { "another call's token", "OTHER", NULL, "call-1", 401 },
    { "another call's token and the secret", "OTHER", SECRET, "call-1", 401 },
    { "another call's token and the key", "OTHER", "KEY", "call-1", 401 },
    { "the token for a new call", "MINE", SECRET, "call-3", 401 },
    { "an empty token", "", SECRET, "call-1", 401 },
    { "no id", ".AAAA", SECRET, "call-1", 401 },
    { "no call", "999999.AAAA", SECRET, "call-1", 401 },
    { "no hash", "1.", SECRET, "call-1", 401 },
    { "id alone", "1", SECRET, "call-1", 401 },
    { "a huge id", "99999999999999999999999.AAAA", SECRET, "call-1", 401 },
    { "twice", "MINE, MINE", SECRET, "call-1", 401 },
    { "in capitals", "SHOUT", SECRET, "call-1", 401 },
};

static const char *token_meant(const char *name)
{
    char *shouted = mem_strdup(office.mem, mine);
    for (char *p = shouted; *p; p++)
        *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 32) : *p;
    const char *const names[][2] = { { "MINE", mine },
                                     { "OTHER", other },
                                     { "SHOUT", shouted },
                                     { "MINE, MINE",
                                       mem_printf(office.mem, "%s, %s", mine, mine) } };
    for (size_t i = 0; i < COUNT(names); i++)
        if (text_equal(names[i][0], name))
            return names[i][1];
    return name;
}

START_TEST(a_token_opens_its_call_and_no_other)
{
    const char *credential = showings[_i].credential;
    if (text_equal(credential, "KEY"))
        credential = mem_printf(office.mem, "X-API-Key: %s", office.key);
    const char *token = showings[_i].token ? token_header(token_meant(showings[_i].token)) : NULL;
    int64_t before = rows_count();
    struct reply reply = post("/incoming", token, credential, speech_of(showings[_i].call_id));
    ck_assert_msg(reply.status == showings[_i].status, "%s: %d, %s", showings[_i].what,
                  reply.status, reply.text);
    ck_assert_msg((rows_count() > before) == (reply.status == 200), "%s", showings[_i].what);
}
END_TEST

START_TEST(every_refusal_reads_the_same)
{
    static const char *const showings_refused[] = { "X-Vapi-Secret: wrong", "X-API-Key: wrong",
                                                    "x-signature: 00", "X-Vapi-Signature: 00",
                                                    CALL_TOKEN_HEADER ": 1.x" };
    struct reply first = post("/incoming", NULL, NULL, speech_of("call-1"));
    for (size_t i = 0; i < COUNT(showings_refused); i++) {
        struct reply reply = post("/incoming", showings_refused[i], NULL, speech_of("call-1"));
        ck_assert_status(reply, 401);
        json_object_object_del(reply.json, "instance");
        json_object_object_del(first.json, "instance");
        ck_assert(json_object_equal(reply.json, first.json));
        ck_assert_ptr_nonnull(strstr(reply.text, "WWW-Authenticate"));
    }
}
END_TEST

START_TEST(what_is_refused_was_not_even_parsed)
{
    ck_assert_status(post("/incoming", NULL, NULL, "no JSON"), 401);
    ck_assert_status(post("/incoming", token_header("1.x"), SECRET, "no JSON"), 401);
    ck_assert_status(post("/incoming", token_header(mine), NULL, "no JSON"), 400);
}
END_TEST

START_TEST(a_message_that_concerns_nobody_is_acknowledged)
{
    static const char nothing[] = "{\"message\":{\"type\":\"language-changed\"}}";
    ck_assert_status(post("/incoming", token_header(mine), NULL, nothing), 200);
    ck_assert_status(
        post("/incoming", token_header(mine), NULL, body_of("voice-input", "call-1", "")), 200);
    ck_assert_status(
        post("/incoming", token_header(mine), NULL, body_of("voice-input", "call-2", "")), 401);
}
END_TEST

/* ---- callbacks ---- */

static const char said[] = "{\"event\":\"transcript\",\"text\":\"Hello.\"}";

static char *callback(int64_t id, const char *token)
{
    return mem_printf(office.mem, "/callback/%lld%s%s", (long long)id, token ? "?token=" : "",
                      token ? token : "");
}

START_TEST(a_callback_s_address_may_carry_it)
{
    int64_t before = rows_count();
    ck_assert_status(post(callback(other_id, mine), NULL, NULL, said), 401);
    ck_assert_status(post(callback(other_id, mine), SECRET, NULL, said), 401);
    ck_assert_status(post(callback(mine_id, "x"), SECRET, NULL, said), 401);
    ck_assert_status(post(callback(mine_id, ""), SECRET, NULL, said), 401);
    ck_assert_status(post(callback(mine_id, mine), token_header(other), NULL, said), 401);
    ck_assert_status(post(callback(mine_id, mine), NULL, NULL, speech_of("call-2")), 401);
    ck_assert_status(
        post(mem_printf(office.mem, "/incoming?token=%s", mine), NULL, NULL, speech_of("call-1")),
        401);
    ck_assert_int_eq(rows_count(), before);
    ck_assert_status(post(callback(mine_id, mine), NULL, NULL, said), 200);
    ck_assert_status(post(callback(mine_id, NULL), token_header(mine), NULL, speech_of("call-1")),
                     200);
    ck_assert_status(post(callback(mine_id, NULL), SECRET, NULL, said), 200);
}
END_TEST

START_TEST(the_short_form_tells_it_where_that_is_wanted)
{
    static const char began[] = "{\"vapi_call_id\":\"c-9\",\"vapi_phone_id\":\"vapi-number-1\"}";
    struct reply reply = post("/incoming", SECRET, NULL, began);
    ck_assert_ptr_null(strchr(json_text_at(reply.json, "callback_url"), '?'));
    office.config.webhook_callback_token = true;
    reply = post("/incoming", SECRET, NULL, began);
    const char *url = json_text_at(reply.json, "callback_url");
    ck_assert_ptr_nonnull(strstr(url, "?token="));
    ck_assert_status(post(strstr(url, "/callback/"), NULL, NULL, said), 200);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("call_token");
    TCase *made = tcase_create("made"), *shown = tcase_create("shown");
    tcase_add_checked_fixture(made, calls_open, office_close);
    tcase_add_checked_fixture(shown, calls_open, office_close);
    suite_add_tcase(suite, made);
    suite_add_tcase(suite, shown);
    tcase_add_test(made, a_token_is_of_one_call_of_one_brokerage_under_one_key);
    tcase_add_test(made, every_server_of_the_assistant_carries_it);
    tcase_add_test(made, the_secret_is_told_to_none_but_who_has_it);
    tcase_add_loop_test(shown, a_token_opens_its_call_and_no_other, 0, COUNT(showings));
    tcase_add_test(shown, every_refusal_reads_the_same);
    tcase_add_test(shown, what_is_refused_was_not_even_parsed);
    tcase_add_test(shown, a_message_that_concerns_nobody_is_acknowledged);
    tcase_add_test(shown, a_callback_s_address_may_carry_it);
    tcase_add_test(shown, the_short_form_tells_it_where_that_is_wanted);
    return suite_run(suite);
}
