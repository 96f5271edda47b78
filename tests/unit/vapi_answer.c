/* Answers, against Vapi's OpenAPI document: nothing missing, nothing it does not know. */
#include "base/mem.h"
#include "base/text.h"
#include "desk/tools.h"
#include "vapi_samples.h"
#include <string.h>

#ifdef VAPI_TEST_STAND_IN
/* For building this test apart from the desk. */
static const struct tool_param params[] = { { "address", "string", true, "Where" } };
const struct tool tools[] = {
    { .name = "lookup_property",
      .description = "Look one up.",
      .filler = "One moment.",
      .params = params,
      .param_count = 1 },
    { .name = "take_message",
      .description = "Take a message.",
      .filler = "Go ahead.",
      .params = params,
      .param_count = 1 },
};
const size_t tool_count = 2;

struct json_object *tool_schema(void *on, const struct tool *tool)
{
    struct json_object *schema = json_object_on(on);
    json_put_text(schema, "type", "object");
    struct json_object *properties = json_put_object(schema, "properties");
    json_put_text(json_put_object(properties, tool->params[0].name), "type", "string");
    return schema;
}
#endif

static const struct config config = { .model_provider = "openai",
                                      .model = "gpt-4o",
                                      .voice_provider = "11labs",
                                      .voice_id = "21m00Tcm4TlvDq8ikWAM",
                                      .transcriber_provider = "deepgram",
                                      .transcriber_model = "nova-3",
                                      .max_call_seconds = 900 };
static const struct vapi_setting setting = { .config = &config,
                                             .server_url =
                                                 "https://ar.example/voice-assistant/incoming",
                                             .webhook_secret = "s3cret" };

static const struct receptionist harborview = {
    .phone_call_id = 1842,
    .brokerage_id = 7,
    .company = "Harborview Realty",
    .greeting = "Thank you for calling Harborview Realty. This call is recorded.",
    .prompt = "You are the receptionist.\nBe brief.",
    .agent_name = "Maria Lopez",
    .recording_enabled = true,
    .transcription_enabled = true,
    .can_transfer = true,
};

static struct json_object *written(const struct event *event, const struct answer *answer)
{
    return vapi_answer_write(mem, &setting, event, answer);
}

static void fits(const char *schema, struct json_object *json)
{
    const char *fault = schema_fault(schema, json);
    ck_assert_msg(!fault, "%s in %s", fault, json_text(mem, json, NULL));
}

static struct json_object *ring_with(const struct vapi_setting *with, struct answer answer)
{
    struct event event = event_of_sample("assistant-request.json");
    struct json_object *json = vapi_answer_write(mem, with, &event, &answer);
    fits("ServerMessageResponseAssistantRequest", json);
    return json;
}

static struct json_object *ring(struct answer answer)
{
    return ring_with(&setting, answer);
}

static void is_text(struct json_object *json, const char *path, const char *text)
{
    const char *found = json_text_at(json, path);
    ck_assert_msg(text_equal(found, text), "%s: %s, not %s", path, found ? found : "none", text);
}

START_TEST(the_checker_knows_the_samples_and_the_unknown)
{
    static const char *const names[] = { "transient-assistant", "assistant-id", "destination",
                                         "destination-sip", "error" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        fits("ServerMessageResponseAssistantRequest",
             sample(mem_printf(mem, "responses/assistant-request.%s.json", names[i])));
    static const char *const bad[][2] = {
        { "assistant.silenceTimeoutSeconds", "30" },
        { "assistant.customerJoinTimeoutSeconds", "15" },
        { "assistant.maxDurationSeconds", "5" },
        { "assistant.serverMessages", "['transcripts']" },
        { "assistant.server.backoffPlan.type", "'linear'" },
        { "assistant.analysisPlan.structuredDataPlan.schema.minimum", "0" },
        { "messageResponse", "{}" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct json_object *json = sample("responses/assistant-request.transient-assistant.json");
        json_set(json, bad[i][0], bad[i][1]);
        ck_assert_msg(schema_fault("ServerMessageResponseAssistantRequest", json), "%s", bad[i][0]);
    }
}
END_TEST

/* ---- assistant-request ---- */

START_TEST(a_transient_assistant_is_complete)
{
    struct json_object *json = json_get(
        ring((struct answer){ .kind = ANSWER_ASSISTANT, .receptionist = harborview }), "assistant");
    is_text(json, "name", "Harborview Realty front desk");
    is_text(json, "firstMessage", harborview.greeting);
    is_text(json, "firstMessageMode", "assistant-speaks-first");
    is_text(json, "model.provider", "openai");
    is_text(json, "model.model", "gpt-4o");
    struct json_object *prompt = json_object_array_get_idx(json_at(json, "model.messages"), 0);
    is_text(prompt, "role", "system");
    is_text(prompt, "content", harborview.prompt);
    is_text(json, "voice.provider", "11labs");
    is_text(json, "voice.voiceId", "21m00Tcm4TlvDq8ikWAM");
    is_text(json, "transcriber.provider", "deepgram");
    is_text(json, "backgroundSound", "off");
    is_text(json, "server.url", setting.server_url);
    is_text(json, "server.headers.X-Vapi-Secret", "s3cret");
    ck_assert_ptr_null(json_at(json, "server.credentialId"));
    ck_assert_int_eq(json_int_at(json, "server.timeoutSeconds"), 20);
    ck_assert_int_eq(json_int_at(json, "server.backoffPlan.maxRetries"), 3);
    ck_assert_int_eq(json_int_at(json, "maxDurationSeconds"), 900);
    ck_assert_int_eq(json_int_at(json, "metadata.phone_call_id"), 1842);
    ck_assert_int_eq(json_int_at(json, "metadata.brokerage_id"), 7);
    ck_assert_ptr_null(json_at(json, "compliancePlan"));
    ck_assert(!json_object_get_boolean(json_at(json, "monitorPlan.listenEnabled")));
    ck_assert(json_object_get_boolean(json_at(json, "artifactPlan.recordingEnabled")));
    is_text(json, "artifactPlan.transcriptPlan.userName", "User");
    ck_assert_ptr_nonnull(
        json_at(json, "analysisPlan.structuredDataPlan.schema.properties.confidence"));
}
END_TEST

START_TEST(the_messages_wanted_are_seven)
{
    static const char *const wanted[] = { "status-update",
                                          "tool-calls",
                                          "transcript[transcriptType=\"final\"]",
                                          "transfer-destination-request",
                                          "transfer-update",
                                          "hang",
                                          "end-of-call-report" };
    struct json_object *json =
        ring((struct answer){ .kind = ANSWER_ASSISTANT, .receptionist = harborview });
    struct json_object *list = json_at(json, "assistant.serverMessages");
    ck_assert_uint_eq(json_object_array_length(list), 7);
    for (size_t i = 0; i < 7; i++) {
        bool found = false;
        for (size_t k = 0; k < 7; k++)
            found = found || text_equal(wanted[i],
                                        json_object_get_string(json_object_array_get_idx(list, k)));
        ck_assert_msg(found, "%s", wanted[i]);
    }
}
END_TEST

START_TEST(every_tool_is_declared_and_knows_who_calls)
{
    struct receptionist receptionist = harborview;
    for (int transfers = 0; transfers < 2; transfers++) {
        receptionist.can_transfer = transfers != 0;
        struct json_object *json =
            ring((struct answer){ .kind = ANSWER_ASSISTANT, .receptionist = receptionist });
        struct json_object *list = json_at(json, "assistant.model.tools");
        ck_assert_uint_eq(json_object_array_length(list), tool_count + 1 + (size_t)transfers);
        for (size_t i = 0; i < tool_count; i++) {
            struct json_object *tool = json_object_array_get_idx(list, i);
            fits("CreateFunctionToolDTO", tool);
            is_text(tool, "function.name", tools[i].name);
            ck_assert_ptr_null(json_get(tool, "server")); /* the assistant's serves */
            struct json_object *caller = json_object_array_get_idx(json_get(tool, "parameters"), 0);
            is_text(caller, "key", "caller_number");
            is_text(caller, "value", "{{ customer.number }}");
            struct json_object *says = json_get(tool, "messages");
            is_text(json_object_array_get_idx(says, 0), "type", "request-start");
            is_text(json_object_array_get_idx(says, 0), "content", tools[i].filler);
            is_text(json_object_array_get_idx(says, 1), "type", "request-response-delayed");
            is_text(json_object_array_get_idx(says, 2), "type", "request-failed");
        }
        struct json_object *transfer = json_object_array_get_idx(list, tool_count);
        is_text(transfer, "type", transfers ? "transferCall" : "endCall");
        ck_assert(!transfers || json_object_array_length(json_get(transfer, "destinations")) == 0);
    }
}
END_TEST

START_TEST(settings_show)
{
    struct receptionist receptionist = harborview;
    receptionist.voice_id = "Elliot";
    receptionist.recording_enabled = receptionist.transcription_enabled = false;
    receptionist.greeting = NULL;
    receptionist.prompt = NULL;
    struct config other = config;
    other.vapi_credential_id = "7c0e5a3d-61d2-4b7f-8a19-5e2c4f9b0d77";
    other.transcriber_provider = NULL;
    other.max_call_seconds = 90000;
    struct vapi_setting with = setting;
    with.config = &other;
    struct json_object *json = json_get(
        ring_with(&with, (struct answer){ .kind = ANSWER_ASSISTANT, .receptionist = receptionist }),
        "assistant");
    is_text(json, "voice.voiceId", "Elliot");
    is_text(json, "server.credentialId", other.vapi_credential_id);
    ck_assert_ptr_null(json_at(json, "server.headers"));
    ck_assert_ptr_null(strstr(json_text(mem, json, NULL), "s3cret"));
    ck_assert_ptr_null(json_get(json, "transcriber"));
    ck_assert(!json_object_get_boolean(json_at(json, "artifactPlan.recordingEnabled")));
    ck_assert(!json_object_get_boolean(json_at(json, "artifactPlan.transcriptPlan.enabled")));
    ck_assert_int_eq(json_int_at(json, "maxDurationSeconds"), 43200);
    is_text(json, "firstMessage", "Thank you for calling Harborview Realty. How can I help you?");
}
END_TEST

START_TEST(nothing_of_ours_is_a_template)
{
    struct receptionist receptionist = harborview;
    receptionist.company = "{{{ company }}} {% raw %} of a very long name that goes on and on";
    receptionist.greeting = "Hello {{ customer.number }}{%- if x -%}{{{%}}}";
    receptionist.prompt = "{% include 'secrets' %} {{'now' | date}} }} %}";
    receptionist.agent_name = "{{x}}";
    for (int saved = 0; saved < 2; saved++) {
        receptionist.assistant_id = saved ? "2f6d8b14-0c3e-4a59-b7d1-9e5c3a8f6b02" : NULL;
        struct json_object *json =
            ring((struct answer){ .kind = ANSWER_ASSISTANT, .receptionist = receptionist });
        /* The tools are the same for every call, and hold the one template that is meant. */
        if (!saved)
            json_object_object_del(json_at(json, "assistant.model"), "tools");
        /* Pretty printing keeps the braces of the JSON itself apart. */
        const char *text = json_object_to_json_string_ext(json, JSON_C_TO_STRING_PRETTY);
        static const char *const tags[] = { "{{", "}}", "{%", "%}" };
        for (size_t i = 0; i < 4; i++)
            ck_assert_msg(!strstr(text, tags[i]), "%s in %s", tags[i], text);
    }
}
END_TEST

START_TEST(a_saved_assistant_is_named_and_told)
{
    struct receptionist receptionist = harborview;
    receptionist.assistant_id = "2f6d8b14-0c3e-4a59-b7d1-9e5c3a8f6b02";
    struct json_object *json =
        ring((struct answer){ .kind = ANSWER_ASSISTANT, .receptionist = receptionist });
    is_text(json, "assistantId", receptionist.assistant_id);
    ck_assert_ptr_null(json_get(json, "assistant"));
    is_text(json, "assistantOverrides.firstMessage", harborview.greeting);
    is_text(json, "assistantOverrides.server.url", setting.server_url);
    is_text(json, "assistantOverrides.variableValues.company_name", "Harborview Realty");
    ck_assert_int_eq(json_int_at(json, "assistantOverrides.metadata.phone_call_id"), 1842);
    ck_assert_uint_eq(json_object_array_length(json_at(json, "assistantOverrides.serverMessages")),
                      7);
    ck_assert_ptr_null(json_at(json, "assistantOverrides.model"));
    ck_assert_ptr_null(json_at(json, "assistantOverrides.voice"));
}
END_TEST

START_TEST(calls_are_forwarded_and_refused)
{
    struct json_object *json = ring((struct answer){
        .kind = ANSWER_FORWARD, .forward_to = "+14155550199", .sentence = "Please hold." });
    is_text(json, "destination.type", "number");
    is_text(json, "destination.number", "+14155550199");
    is_text(json, "destination.message", "Please hold.");
    is_text(json, "destination.transferPlan.mode", "blind-transfer");
    json = ring((struct answer){ .kind = ANSWER_FORWARD, .forward_to = "+14155550199" });
    is_text(json, "destination.message", "");
    json = ring((struct answer){ .kind = ANSWER_REFUSED, .sentence = "Not in\nservice." });
    is_text(json, "error", "Not in service.");
    /* An empty object would end the call with an error of Vapi's own. */
    json = ring((struct answer){ .kind = ANSWER_NOTED });
    ck_assert(!text_blank(json_text_at(json, "error")));
    json = ring((struct answer){ .kind = ANSWER_FORWARD });
    ck_assert(!text_blank(json_text_at(json, "error")));
}
END_TEST

/* ---- tools ---- */

static struct json_object *results_of(const char *members, struct tool_answer *list, size_t count)
{
    struct event event = event_of(message_of(mem_printf(mem, "'type':'tool-calls',%s", members)));
    struct answer answer = { .kind = ANSWER_TOOLS, .tools = list, .tool_count = count };
    struct json_object *json = written(&event, &answer);
    fits("ServerMessageResponseToolCalls", json);
    return json_get(json, "results");
}

START_TEST(each_call_gets_one_result_in_its_order)
{
    struct tool_answer list[] = {
        { .id = "c", .name = "h", .ok = false, .sentence = "Which one?" },
        { .id = "a",
          .name = "f",
          .ok = true,
          .sentence = "Booked.",
          .facts = json_of("{'property_id':42,'at':{'x':{}}}") },
    };
    struct json_object *results =
        results_of("'toolCallList':[{'id':'a','name':'f'},{'id':'b','name':'g'},"
                   "{'id':'c','name':'h'}]",
                   list, 2);
    ck_assert_uint_eq(json_object_array_length(results), 3);
    struct json_object *first = json_object_array_get_idx(results, 0);
    is_text(first, "toolCallId", "a");
    is_text(first, "name", "f");
    is_text(first, "result", "Booked. Facts: {\"property_id\":42,\"at\":{\"x\":{} } }");
    ck_assert_ptr_null(json_get(first, "error"));
    struct json_object *second = json_object_array_get_idx(results, 1);
    is_text(second, "toolCallId", "b");
    ck_assert(!text_blank(json_text_at(second, "error")));
    struct json_object *third = json_object_array_get_idx(results, 2);
    is_text(third, "error", "Which one?");
    ck_assert_ptr_null(json_get(third, "result"));
}
END_TEST

START_TEST(a_result_is_one_line_of_bounded_length)
{
    char *longest = mem_strdup(mem, "");
    for (int i = 0; i < 500; i++)
        mem_append(mem, &longest, "caf\xc3\xa9\r\n");
    struct json_object *facts = json_object_on(mem);
    json_put_text(facts, "note",
                  "a\nb\xe2\x80\xa8"
                  "c{{d}}");
    struct tool_answer list[] = {
        { .id = "a", .ok = true, .sentence = longest },
        { .id = "b", .ok = true, .sentence = "One\xe2\x80\xa9two\r\nthree\x7f", .facts = facts },
        { .id = "c", .ok = true, .sentence = "Short.", .facts = json_object_on(mem) },
        { .id = "d", .ok = true, .sentence = NULL },
        { .id = "e", .ok = false, .sentence = "" },
        { .id = "f", .ok = true, .sentence = "Kept.", .facts = json_object_on(mem) },
    };
    json_put_text(list[5].facts, "long", longest);
    struct json_object *results = results_of(
        "'toolCallList':[{'id':'a'},{'id':'b'},{'id':'c'},{'id':'d'},{'id':'e'},{'id':'f'}]", list,
        6);
    for (size_t i = 0; i < 6; i++) {
        struct json_object *result = json_object_array_get_idx(results, i);
        const char *text = json_text_at(result, i == 4 ? "error" : "result");
        ck_assert_ptr_nonnull(text);
        ck_assert(!text_blank(text) && strlen(text) <= 2000);
        ck_assert(text_utf8_valid(text, strlen(text)));
        ck_assert_ptr_null(strpbrk(text, "\r\n\t"));
        ck_assert(!strstr(text, "\xe2\x80\xa8") && !strstr(text, "\xe2\x80\xa9"));
        ck_assert_ptr_null(strstr(text, "{{"));
    }
    is_text(json_object_array_get_idx(results, 1), "result",
            "One two three Facts: {\"note\":\"a\\nb c{ {d} }\"}");
    is_text(json_object_array_get_idx(results, 2), "result", "Short.");
    is_text(json_object_array_get_idx(results, 5), "result", "Kept.");
}
END_TEST

START_TEST(tools_that_cannot_run_say_so)
{
    struct json_object *body = sample("tool-calls.create_offer.json");
    json_set(body, "message.call", NULL);
    struct event event = event_of(body);
    ck_assert_int_eq(event.kind, EVENT_OTHER);
    struct json_object *json = written(&event, &(struct answer){ .kind = ANSWER_NOTED });
    fits("ServerMessageResponseToolCalls", json);
    struct json_object *result = json_object_array_get_idx(json_get(json, "results"), 0);
    ck_assert(!text_blank(json_text_at(result, "error")));
    is_text(result, "name", "create_offer");
    event = event_of(message_of("'type':'tool-calls'"));
    fits("ServerMessageResponseToolCalls",
         written(&event, &(struct answer){ .kind = ANSWER_NOTED }));
}
END_TEST

START_TEST(the_legacy_form_gets_its_legacy_answer)
{
    struct event event = event_of_sample("function-call.legacy.json");
    struct tool_answer tool = { .id = event.tools[0].id, .ok = false, .sentence = "Which day?" };
    struct json_object *json =
        written(&event, &(struct answer){ .kind = ANSWER_TOOLS, .tools = &tool, .tool_count = 1 });
    ck_assert_str_eq(json_text(mem, json, NULL), "{\"result\":\"Which day?\"}");
    event = event_of(message_of("'type':'function-call'"));
    json = written(&event, &(struct answer){ .kind = ANSWER_NOTED });
    ck_assert(!text_blank(json_text_at(json, "result")));
}
END_TEST

/* ---- the others ---- */

START_TEST(transfers_have_a_destination_or_a_reason)
{
    struct event event = event_of_sample("transfer-destination-request.json");
    struct answer answer = { .kind = ANSWER_FORWARD,
                             .forward_to = "+14155550199",
                             .sentence = "Connecting you to {{Maria}}." };
    struct json_object *json = written(&event, &answer);
    fits("ServerMessageResponseTransferDestinationRequest", json);
    is_text(json, "destination.number", "+14155550199");
    is_text(json, "destination.transferPlan.mode", "blind-transfer");
    is_text(json, "message.type", "request-start");
    is_text(json, "message.content", "Connecting you to { {Maria} }.");
    json = written(&event, &(struct answer){ .kind = ANSWER_REFUSED, .sentence = "Nobody is in." });
    fits("ServerMessageResponseTransferDestinationRequest", json);
    is_text(json, "error", "Nobody is in.");
}
END_TEST

START_TEST(the_rest_is_acknowledged)
{
    size_t count;
    char **names = sample_names(&count);
    for (size_t i = 0; i < count; i++) {
        struct event event = event_of_sample(names[i]);
        struct json_object *json = written(&event, &(struct answer){ .kind = ANSWER_NOTED });
        if (text_equal(event.type, "handoff-destination-request"))
            fits("ServerMessageResponseHandoffDestinationRequest", json);
        else if (text_equal(event.type, "knowledge-base-request"))
            fits("ServerMessageResponseKnowledgeBaseRequest", json);
        else if (event.kind != EVENT_RING && event.kind != EVENT_TOOLS &&
                 event.kind != EVENT_TRANSFER_WANTED)
            ck_assert_str_eq(json_text(mem, json, NULL), "{}");
    }
}
END_TEST

TCase *vapi_answer_tests(void)
{
    TCase *tcase = tcase_create("answer");
    tcase_add_test(tcase, the_checker_knows_the_samples_and_the_unknown);
    tcase_add_test(tcase, a_transient_assistant_is_complete);
    tcase_add_test(tcase, the_messages_wanted_are_seven);
    tcase_add_test(tcase, every_tool_is_declared_and_knows_who_calls);
    tcase_add_test(tcase, settings_show);
    tcase_add_test(tcase, nothing_of_ours_is_a_template);
    tcase_add_test(tcase, a_saved_assistant_is_named_and_told);
    tcase_add_test(tcase, calls_are_forwarded_and_refused);
    tcase_add_test(tcase, each_call_gets_one_result_in_its_order);
    tcase_add_test(tcase, a_result_is_one_line_of_bounded_length);
    tcase_add_test(tcase, tools_that_cannot_run_say_so);
    tcase_add_test(tcase, the_legacy_form_gets_its_legacy_answer);
    tcase_add_test(tcase, transfers_have_a_destination_or_a_reason);
    tcase_add_test(tcase, the_rest_is_acknowledged);
    return tcase;
}
