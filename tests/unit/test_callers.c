/* Consent, and what is held of a caller: found wherever it lies, and gone when it is erased. The
 * office's database is not sealed, so that its files would show what was left behind. */
#include "base/text.h"
#include "store/callers.h"
#include "store/do_not_call.h"
#include "support.h"
#include <stdio.h>
#include <string.h>

#define CALLER "+12125550177"
#define WORDS "my parrot Bartholomew cannot stand elevators"

static struct reply post(const char *body)
{
    struct reply reply = request_incoming(body);
    ck_assert_status(reply, 200);
    return reply;
}

#define OF(id, caller)                                                                             \
    "'call':{'id':'" id "','type':'inboundPhoneCall','phoneNumberId':'vapi-number-1'},"            \
    "'customer':{'number':'" caller "'}"
#define RING(id, caller) "{'message':{'type':'assistant-request'," OF(id, caller) "}}"
#define TOOL(id, caller, name, args)                                                               \
    "{'message':{'type':'tool-calls','toolCallList':[{'id':'" name "','function':{'name':'" name   \
    "','arguments':" args "}}]," OF(id, caller) "}}"
#define REPORT(id, caller)                                                                         \
    "{'message':{'type':'end-of-call-report','endedReason':'customer-ended-call',"                 \
    "'startedAt':'2026-09-01T17:04:00Z','endedAt':'2026-09-01T17:05:00Z','cost':0.5,"              \
    "'artifact':{'recordingUrl':'https://tape.example/one.mp3','transcript':'User: " WORDS "',"    \
    "'messages':[{'role':'user','message':'" WORDS "','time':1788282250000}]},"                    \
    "'analysis':{'summary':'Wilhelmina: " WORDS "'}," OF(id, caller) "}}"

static void whole_call(void)
{
    post(RING("c1", CALLER));
    post(TOOL("c1", CALLER, "take_message",
              "{'caller_name':'Wilhelmina','phone':'212 555 0177','message':'" WORDS "'}"));
    post(TOOL("c1", CALLER, "create_offer",
              "{'address':'123 Main St','caller_name':'Wilhelmina','amount':'400k'}"));
    post(REPORT("c1", CALLER));
}

static enum err read_caller(const char *phone, struct caller *caller)
{
    struct scope scope = { office.brokerage_id, NO_VALUE };
    return caller_read(office.db, office.mem, &scope, phone, caller);
}

/* How often the bytes of the database's files hold the text. */
static int traces(const char *text)
{
    static const char *const ends[] = { "", "-wal" };
    size_t len = strlen(text);
    int count = 0;
    for (size_t i = 0; i < COUNT(ends); i++) {
        FILE *file = fopen(mem_printf(office.mem, "%s%s", office.config.database, ends[i]), "rb");
        if (!file)
            continue;
        fseek(file, 0, SEEK_END);
        size_t size = (size_t)ftell(file);
        char *bytes = mem_bytes(office.mem, size + 1);
        rewind(file);
        size_t got = fread(bytes, 1, size, file);
        fclose(file);
        for (const char *at = bytes; (at = memmem(at, got - (size_t)(at - bytes), text, len)); at++)
            count++;
    }
    return count;
}

/* ---- consent ---- */

START_TEST(refused_is_refused_in_every_order)
{
    static const char *const stop = TOOL("c1", CALLER, "stop_recording", "{}");
    static const char *const report = REPORT("c1", CALLER);
    const char *const orders[][3] = { { stop, report, report },
                                      { report, stop, report },
                                      { report, report, stop } };
    for (int i = 0; i < 3; i++)
        post(orders[_i][i]);
    ck_assert_str_eq(sql_text("SELECT consent FROM phone_calls"), "refused");
    ck_assert_int_eq(sql_int("SELECT COUNT(recording_url) FROM phone_calls"), 0);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM recordings"), 0);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM webhook_journal WHERE body LIKE '%%tape%%'"), 0);
    ck_assert_str_eq(sql_text("SELECT kind || ' ' || payload FROM outbox"), "vapi_delete_call c1");
    ck_assert_int_gt(sql_int("SELECT not_before FROM outbox"), OFFICE_NOW);
}
END_TEST

START_TEST(a_consent_plan_is_sent_only_by_who_is_entitled)
{
    struct reply reply = post(RING("c1", CALLER));
    ck_assert_ptr_null(json_at(reply.json, "assistant.compliancePlan"));
    office.config.vapi_consent_plan = true;
    reply = post(RING("c2", CALLER));
    static const char *const path = "assistant.compliancePlan.recordingConsentPlan";
    struct json_object *plan = json_at(reply.json, path);
    ck_assert_str_eq(json_text_at(plan, "type"), "stay-on-line");
    ck_assert(text_starts_with(json_text_at(plan, "message"), "This call is recorded. "));
    sql_run("UPDATE phone_numbers SET announce_recording = 0");
    reply = post(RING("c3", CALLER));
    ck_assert_ptr_null(json_at(reply.json, "assistant.compliancePlan"));
}
END_TEST

/* ---- finding ---- */

START_TEST(a_caller_is_found_wherever_the_number_is)
{
    struct caller caller;
    ck_assert_int_eq(read_caller(CALLER, &caller), ERR_NOT_FOUND);
    whole_call();
    ck_assert_int_eq(read_caller(CALLER, &caller), ERR_NONE);
    ck_assert_uint_eq(caller.call_count, 1);
    ck_assert_uint_eq(caller.task_count, 2);
    ck_assert_uint_eq(caller.offer_count, 1);
    ck_assert_int_eq(caller.do_not_call_since, NO_VALUE);
}
END_TEST

START_TEST(a_withheld_number_is_found_by_what_was_said)
{
    struct caller caller;
    post(TOOL("c2", "anonymous", "take_message",
              "{'caller_name':'Wilhelmina','phone':'212 555 0177','message':'x'}"));
    post(TOOL("c3", "anonymous", "take_message",
              "{'caller_name':'Bert','phone':'212 555 0178','message':'x'}"));
    ck_assert_int_eq(read_caller(CALLER, &caller), ERR_NONE);
    ck_assert_uint_eq(caller.call_count, 1);
    ck_assert_uint_eq(caller.task_count, 1);
    ck_assert_str_eq(caller.tasks[0].caller_name, "Wilhelmina");
}
END_TEST

START_TEST(another_brokerage_knows_nothing)
{
    struct caller caller;
    struct scope elsewhere = { brokerage_add("Elsewhere"), NO_VALUE };
    whole_call();
    ck_assert_int_eq(caller_read(office.db, office.mem, &elsewhere, CALLER, &caller),
                     ERR_NOT_FOUND);
    int64_t agent = agent_add(elsewhere.brokerage_id, "Stranger");
    const char *const headers[] = {
        mem_printf(office.mem, "X-API-Key: %s", key_add(agent, ROLE_BROKER)), NULL
    };
    static const struct {
        const char *method, *path;
    } rows[] = {
        { "GET", "" }, { "GET", "/export" }, { "DELETE", "" }, { "DELETE", "/do-not-call" }
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *target =
            mem_printf(office.mem, "/voice-assistant/callers/" CALLER "%s", rows[i].path);
        ck_assert_status(request_send(rows[i].method, target, headers, NULL), 404);
    }
    ck_assert_int_eq(read_caller(CALLER, &caller), ERR_NONE);
}
END_TEST

START_TEST(what_is_no_number_is_no_path)
{
    static const char *const paths[] = { "/callers/+1",           "/callers/abc",
                                         "/callers/+0123456789",  "/callers/++12125550177",
                                         "/callers/1212555017x",  "/callers/+1212555017712345678",
                                         "/callers/%2B%2B1212555" };
    for (size_t i = 0; i < COUNT(paths); i++)
        ck_assert_status(request_ask_broker("GET", paths[i], NULL), 404);
    whole_call();
    ck_assert_status(request_ask_broker("GET", "/callers/12125550177", NULL), 200);
    ck_assert_status(request_ask_broker("GET", "/callers/%2B12125550177", NULL), 200);
    ck_assert_status(request_ask_broker("GET", "/callers/" CALLER "/export", NULL), 200);
}
END_TEST

/* ---- erasing ---- */

START_TEST(an_erased_caller_leaves_no_trace_and_no_gap)
{
    static const char *const secrets[] = { "2125550177", "Wilhelmina", "Bartholomew",
                                           "tape.example" };
    whole_call();
    const char *before = sql_text("SELECT * FROM call_rollups");
    const char *properties = sql_text("SELECT inbound || ' ' || viewings || ' ' || offers FROM "
                                      "property_rollups");
    for (size_t i = 0; i < COUNT(secrets); i++)
        ck_assert_int_gt(traces(secrets[i]), 0);
    struct reply reply = request_ask_broker("DELETE", "/callers/" CALLER, NULL);
    ck_assert_status(reply, 200);
    ck_assert_int_eq(json_int_at(reply.json, "calls"), 1);
    for (size_t i = 0; i < COUNT(secrets); i++)
        ck_assert_msg(traces(secrets[i]) == 0, "%s is still there", secrets[i]);
    ck_assert_str_eq(sql_text("SELECT * FROM call_rollups"), before);
    ck_assert_str_eq(sql_text("SELECT inbound || ' ' || viewings || ' ' || offers FROM "
                              "property_rollups"),
                     properties);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM offers WHERE amount_cents = 40000000"), 1);
    ck_assert_str_eq(sql_text("SELECT action || ' ' || subject FROM audit_log"), "erase callers");
    ck_assert_str_eq(sql_text("SELECT payload FROM outbox"), "c1");
    ck_assert_status(request_ask_broker("GET", "/callers/" CALLER, NULL), 404);
}
END_TEST

START_TEST(only_the_broker_erases)
{
    whole_call();
    ck_assert_status(request_ask("DELETE", "/callers/" CALLER, NULL), 403);
    ck_assert_status(request_ask("GET", "/callers/" CALLER "/export", NULL), 403);
    ck_assert_status(request_ask("GET", "/callers/" CALLER, NULL), 200);
}
END_TEST

START_TEST(an_export_is_written_down)
{
    struct caller caller;
    whole_call();
    ck_assert_int_eq(read_caller(CALLER, &caller), ERR_NONE);
    ck_assert_status(request_ask("GET", "/callers/" CALLER "/export", NULL), 403);
    ck_assert_status(request_ask_broker("GET", "/callers/+12125550199/export", NULL), 404);
    ck_assert_status(request_ask_broker("GET", "/callers/" CALLER, NULL), 200);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM audit_log"), 0);
    ck_assert_status(request_ask_broker("GET", "/callers/" CALLER "/export", NULL), 200);
    ck_assert_str_eq(sql_text("SELECT actor || ' ' || action || ' ' || subject FROM audit_log"),
                     "key export callers");
    ck_assert_int_eq(sql_int("SELECT subject_id FROM audit_log"), caller.calls[0].head.id);
    ck_assert_int_eq(sql_int("SELECT agent_id FROM audit_log WHERE api_key_id IS NOT NULL"),
                     office.broker_id);
    ck_assert_int_eq(sql_int("SELECT fields IS NULL FROM audit_log"), 1);
}
END_TEST

START_TEST(nothing_is_exported_that_cannot_be_written_down)
{
    whole_call();
    sql_run("ALTER TABLE audit_log RENAME TO elsewhere");
    struct reply reply = request_ask_broker("GET", "/callers/" CALLER "/export", NULL);
    ck_assert_status(reply, 500);
    ck_assert_ptr_null(json_get(reply.json, "calls"));
}
END_TEST

START_TEST(late_messages_change_figures_alone)
{
    post(RING("c1", CALLER));
    ck_assert_status(request_ask_broker("DELETE", "/callers/" CALLER, NULL), 200);
    ck_assert_int_gt(sql_int("SELECT not_before FROM outbox"), OFFICE_NOW);
    struct reply reply = post(TOOL("c1", CALLER, "take_message", "{'message':'" WORDS "'}"));
    ck_assert_ptr_nonnull(strstr(reply.text, "Nothing more can be kept"));
    post(REPORT("c1", CALLER));
    post(REPORT("c1", CALLER));
    ck_assert_int_eq(traces("Bartholomew"), 0);
    ck_assert_int_eq(traces("2125550177"), 0);
    ck_assert_str_eq(sql_text("SELECT status || ' ' || duration_seconds || ' ' || cost_micros "
                              "FROM phone_calls"),
                     "completed 60 500000");
    ck_assert_int_eq(sql_int("SELECT SUM(completed) FROM call_rollups"), 1);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM scheduled_tasks"), 0);
}
END_TEST

/* ---- the list ---- */

START_TEST(the_list_outlives_the_erasure)
{
    int64_t since;
    whole_call();
    ck_assert_status(request_ask("PUT", "/callers/" CALLER "/do-not-call", NULL), 200);
    ck_assert_status(request_ask_broker("DELETE", "/callers/" CALLER, NULL), 200);
    ck_assert_int_eq(do_not_call_since(office.db, office.brokerage_id, CALLER, &since), ERR_NONE);
    ck_assert_int_eq(since, OFFICE_NOW);
    ck_assert_status(request_ask("DELETE", "/callers/" CALLER "/do-not-call", NULL), 403);
    ck_assert_status(request_ask_broker("DELETE", "/callers/" CALLER "/do-not-call", NULL), 204);
    ck_assert_status(request_ask_broker("DELETE", "/callers/" CALLER "/do-not-call", NULL), 404);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("callers");
    TCase *callers = tcase_create("callers");
    tcase_add_checked_fixture(callers, office_open, office_close);
    tcase_set_timeout(callers, 60);
    suite_add_tcase(suite, callers);
    tcase_add_loop_test(callers, refused_is_refused_in_every_order, 0, 3);
    tcase_add_test(callers, a_consent_plan_is_sent_only_by_who_is_entitled);
    tcase_add_test(callers, a_caller_is_found_wherever_the_number_is);
    tcase_add_test(callers, a_withheld_number_is_found_by_what_was_said);
    tcase_add_test(callers, another_brokerage_knows_nothing);
    tcase_add_test(callers, what_is_no_number_is_no_path);
    tcase_add_test(callers, an_erased_caller_leaves_no_trace_and_no_gap);
    tcase_add_test(callers, only_the_broker_erases);
    tcase_add_test(callers, an_export_is_written_down);
    tcase_add_test(callers, nothing_is_exported_that_cannot_be_written_down);
    tcase_add_test(callers, late_messages_change_figures_alone);
    tcase_add_test(callers, the_list_outlives_the_erasure);
    return suite_run(suite);
}
