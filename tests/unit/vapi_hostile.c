/* What the journal may hold, and bodies in which anything may be anything. */
#include "base/mem.h"
#include "base/text.h"
#include "vapi_samples.h"
#include <math.h>
#include <string.h>

static const struct config config = { .model_provider = "openai", .max_call_seconds = 900 };
static const struct vapi_setting setting = { .config = &config,
                                             .server_url = "https://ar.example/" };

static void has_no_secret(const char *name, const char *body)
{
    static const char *const secrets[] = { "EXAMPLE-NOT-A-REAL-TOKEN",
                                           "twilio",
                                           "AC0000000000",
                                           "controlUrl",
                                           "listenUrl",
                                           "phone-call-websocket",
                                           "presigned",
                                           "X-Amz",
                                           "credentialId",
                                           "headers",
                                           "api.harborview.example",
                                           "\"server\"",
                                           "opaque",
                                           "\"assistant\":",
                                           "toolWithToolCallList",
                                           "OpenAIFormatted",
                                           "You are the phone assistant" };
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        ck_assert_msg(!strstr(body, secrets[i]), "%s: %s in %s", name, secrets[i], body);
}

static bool same_text(const char *a, const char *b)
{
    return text_equal(a, b);
}

static void same_report(const struct call_report *a, const struct call_report *b)
{
    ck_assert(a->status == b->status && a->transferred == b->transferred);
    ck_assert(same_text(a->ended_reason, b->ended_reason) && same_text(a->summary, b->summary));
    ck_assert(same_text(a->transcription, b->transcription));
    ck_assert_int_eq(a->consent, b->consent);
    ck_assert_ptr_null(a->recording_url); /* again.report comes first */
    ck_assert_ptr_null(a->stereo_recording_url);
    ck_assert(same_text(a->caller_name, b->caller_name));
    ck_assert(a->started_at == b->started_at && a->ended_at == b->ended_at);
    ck_assert(a->duration_seconds == b->duration_seconds && a->cost_micros == b->cost_micros);
    ck_assert(a->intent == b->intent && a->outcome == b->outcome);
    ck_assert(a->confidence == b->confidence || (isnan(a->confidence) && isnan(b->confidence)));
    ck_assert_uint_eq(a->segment_count, b->segment_count);
    for (size_t i = 0; i < a->segment_count; i++)
        ck_assert(a->segments[i].speaker == b->segments[i].speaker &&
                  same_text(a->segments[i].text, b->segments[i].text) &&
                  a->segments[i].spoken_at == b->segments[i].spoken_at);
}

/* That what the journal keeps is the same event when it is read again. */
static void same_again(const struct event *event)
{
    struct json_object *body;
    const char *why;
    ck_assert_int_eq(json_read(mem, event->body, strlen(event->body), &body, &why), ERR_NONE);
    struct event again = event_of(body);
    ck_assert_int_eq(again.kind, event->kind);
    ck_assert_str_eq(again.dedup_key, event->dedup_key);
    ck_assert_str_eq(again.body, event->body);
    ck_assert(again.at == event->at && again.facts.direction == event->facts.direction);
    ck_assert(again.facts.created_at == event->facts.created_at);
    ck_assert(again.facts.started_at == event->facts.started_at);
    ck_assert(same_text(again.facts.our_number, event->facts.our_number));
    ck_assert(same_text(again.facts.other_number, event->facts.other_number));
    ck_assert(same_text(again.facts.provider_phone_id, event->facts.provider_phone_id));
    ck_assert(again.status == event->status && again.forwarding == event->forwarding);
    ck_assert(same_text(again.ended_reason, event->ended_reason));
    ck_assert_int_eq(again.duration_seconds, event->duration_seconds);
    ck_assert(same_text(again.speech.text, event->speech.text));
    ck_assert_uint_eq(again.tool_count, event->tool_count);
    for (size_t i = 0; i < event->tool_count; i++)
        ck_assert(same_text(again.tools[i].id, event->tools[i].id) &&
                  same_text(again.tools[i].name, event->tools[i].name) &&
                  json_object_equal(again.tools[i].arguments, event->tools[i].arguments));
    same_report(&again.report, &event->report);
}

START_TEST(the_journal_keeps_all_that_matters_and_no_secret)
{
    size_t count, kept = 0;
    char **names = sample_names(&count);
    for (size_t i = 0; i < count; i++) {
        struct event event = event_of_sample(names[i]);
        if (!event.body)
            continue;
        kept++;
        has_no_secret(names[i], event.body);
        same_again(&event);
    }
    ck_assert_uint_gt(kept, 20);
}
END_TEST

START_TEST(secrets_in_odd_places_are_not_kept)
{
    struct event event = event_of(
        message_of("'type':'end-of-call-report','analysis':{'summary':'s','structuredData':{'"
                   "intent':'general',"
                   "'twilioAuthToken':'EXAMPLE-NOT-A-REAL-TOKEN','deep':[{'server':{'url':'u'},"
                   "'link':'https://x.example/?X-Amz-Signature=1','headers':{},'fine':1}]}},"
                   "'artifact':{'transfers':[{'status':'busy','controlUrl':'w',"
                   "'destination':{'sipHeaders':{'X':'opaque'}}}]}"));
    ck_assert_int_eq(event.report.intent, INTENT_GENERAL);
    has_no_secret("made up", event.body);
    ck_assert_ptr_nonnull(strstr(event.body, "\"fine\":1"));
    same_again(&event);
}
END_TEST

START_TEST(reports_in_any_state_read_the_same_again)
{
    static const char *const rows[] = {
        "'durationSeconds':76.4",
        "'artifact':{'transcript':'AI: Hello.\\nUser: Hi.'}",
        "'messagesOpenAIFormatted':[{'role':'user','content':'x'}]",
        "'endedReason':'','cost':0.0000014,'startedAt':'2026-09-01T17:00:00.001Z'",
        "'artifact':{'structuredOutputs':{'a':{'result':{'intent':'general','confidence':0.5}}}}",
        "'endedReason':'assistant-forwarded-call','artifact':{'transfers':[{'status':'failed'}]}",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct event event =
            event_of(message_of(mem_printf(mem, "'type':'end-of-call-report',%s", rows[i])));
        same_again(&event);
    }
}
END_TEST

/* ---- anything may be anything ---- */

static struct json_object *replacements[8];
enum { REPLACEMENTS = sizeof replacements / sizeof *replacements };

static void replacements_make(void)
{
    char *deep = mem_strdup(mem, "");
    for (int i = 0; i < 12; i++)
        mem_append(mem, &deep, "{'call':[");
    for (int i = 0; i < 12; i++)
        mem_append(mem, &deep, "]}");
    const char *const texts[REPLACEMENTS] = { "null",  "-9223372036854775808",
                                              "1e308", "'\\u0000\\ud800{{%}}\\n'",
                                              "[]",    "[null,7,'x',{},[[]]]",
                                              deep,    "true" };
    for (size_t i = 0; i < REPLACEMENTS; i++)
        replacements[i] = json_of(texts[i]);
}

/* Reads the body and answers it, on memory of its own. */
static void survive(struct json_object *body)
{
    void *kept = mem;
    mem = mem_context(NULL);
    struct event event;
    struct answer noted = { .kind = ANSWER_NOTED };
    vapi_event_read(mem, NULL, body, &event);
    struct json_object *answer = vapi_answer_write(mem, &setting, &event, &noted);
    ck_assert(json_is(answer, json_type_object));
    ck_assert(event.kind == EVENT_OTHER || (event.dedup_key && strlen(event.dedup_key) <= 200));
    if (event.body) {
        ck_assert_ptr_null(strstr(event.body, "EXAMPLE-NOT-A-REAL-TOKEN"));
        ck_assert_ptr_null(strstr(event.body, "controlUrl"));
        ck_assert_ptr_null(strstr(event.body, "X-Amz"));
    }
    mem_free(mem);
    mem = kept;
}

/* Puts each replacement in the place of each member at or below json, and reads the whole. */
static void mutate(struct json_object *whole, struct json_object *json, int depth);

static void mutate_member(struct json_object *whole, struct json_object *object, const char *key,
                          int depth)
{
    struct json_object *member = json_object_get(json_get(object, key));
    for (size_t i = 0; i < REPLACEMENTS; i++) {
        json_put(object, key, json_object_get(replacements[i]));
        survive(whole);
    }
    json_put(object, key, json_object_get(member));
    mutate(whole, member, depth + 1);
    json_object_put(member);
}

static void mutate_entry(struct json_object *whole, struct json_object *array, size_t at, int depth)
{
    struct json_object *member = json_object_get(json_object_array_get_idx(array, at));
    for (size_t i = 0; i < REPLACEMENTS; i++) {
        json_object_array_put_idx(array, at, json_object_get(replacements[i]));
        survive(whole);
    }
    json_object_array_put_idx(array, at, json_object_get(member));
    mutate(whole, member, depth + 1);
    json_object_put(member);
}

static void mutate(struct json_object *whole, struct json_object *json, int depth)
{
    if (depth > 5)
        return;
    if (json_is(json, json_type_object)) {
        size_t count = (size_t)json_object_object_length(json), i = 0;
        char **keys = mem_new_array(mem, char *, count + 1);
        json_object_object_foreach(json, key, member)
        {
            (void)member;
            keys[i++] = mem_strdup(mem, key);
        }
        for (i = 0; i < count; i++)
            mutate_member(whole, json, keys[i], depth);
    } else if (json_is(json, json_type_array)) {
        /* The first few entries stand for the rest. */
        for (size_t i = 0; i < json_object_array_length(json) && i < 3; i++)
            mutate_entry(whole, json, i, depth);
    }
}

START_TEST(no_member_of_any_sample_does_harm)
{
    size_t count;
    char **names = sample_names(&count);
    replacements_make();
    for (size_t i = 0; i < count; i++) {
        /* The assistant that comes along is ours, big, and looked at in one place alone. */
        struct json_object *body = sample(names[i]);
        struct json_object *message = json_get(body, "message");
        if (json_at(message, "assistant.model"))
            json_set(body, "message.assistant.model", "{}");
        mutate(body, body, 0);
    }
}
END_TEST

START_TEST(floods_are_bounded)
{
    struct json_object *body = message_of("'type':'end-of-call-report','artifact':{'messages':[]}");
    struct json_object *list = json_at(body, "message.artifact.messages");
    for (int i = 0; i < 30000; i++)
        json_put(list, NULL, json_object_get(json_of("{'role':'user','message':'x'}")));
    ck_assert_uint_eq(event_of(body).report.segment_count, 20000);
    char *text = mem_bytes(mem, 3000001);
    for (size_t i = 0; i < 3000000; i++)
        text[i] = "AI:x\n"[i % 5];
    text[3000000] = '\0';
    json_put_text(json_at(body, "message.artifact"), "transcript", text);
    json_set(body, "message.artifact.messages", NULL);
    ck_assert_uint_eq(event_of(body).report.segment_count, 20000);
    memset(text, '\n', 3000000);
    json_put_text(json_at(body, "message.artifact"), "transcript", text);
    ck_assert_uint_eq(event_of(body).report.segment_count, 0);
}
END_TEST

/* A plain hash of "Yes." could be guessed: who has the database and not the key must not be able
 * to. */
START_TEST(ids_made_of_what_was_said_need_the_key)
{
    static const unsigned char keys[2][SECRET_KEY_BYTES] = { { 1 }, { 2 } };
    struct json_object *said = message_of(
        "'type':'transcript','transcriptType':'final','role':'user','transcript':'Yes.'");
    struct json_object *wish = message_of("'type':'function-call','functionCall':{'name':'take_"
                                          "message','parameters':{'message':'Yes.'}}");
    struct event said_by[3], wish_by[3];
    json_set(said, "message.timestamp", NULL);
    for (size_t i = 0; i < 3; i++) {
        vapi_event_read(mem, keys[i % 2], said, &said_by[i]);
        vapi_event_read(mem, keys[i % 2], wish, &wish_by[i]);
    }
    ck_assert_str_eq(said_by[0].dedup_key, said_by[2].dedup_key);
    ck_assert_str_ne(said_by[0].dedup_key, said_by[1].dedup_key);
    ck_assert_str_eq(wish_by[0].tools[0].id, wish_by[2].tools[0].id);
    ck_assert_str_ne(wish_by[0].tools[0].id, wish_by[1].tools[0].id);
}
END_TEST

TCase *vapi_hostile_tests(void)
{
    TCase *tcase = tcase_create("hostile");
    tcase_add_test(tcase, the_journal_keeps_all_that_matters_and_no_secret);
    tcase_add_test(tcase, secrets_in_odd_places_are_not_kept);
    tcase_add_test(tcase, reports_in_any_state_read_the_same_again);
    tcase_add_test(tcase, no_member_of_any_sample_does_harm);
    tcase_add_test(tcase, floods_are_bounded);
    tcase_add_test(tcase, ids_made_of_what_was_said_need_the_key);
    return tcase;
}
