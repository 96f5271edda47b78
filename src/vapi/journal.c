#include "vapi/journal.h"
#include "base/mem.h"
#include "base/text.h"
#include "vapi/url.h"
#include <string.h>

/* ---- copies of what models and callers made ---- */

/* Members whose name holds one of these are not copied, at any depth: the parts that are copied
 * whole should have none, but bodies have grown secrets before. */
static const char *const secrets[] = { "token",         "secret",        "password",
                                       "credential",    "apikey",        "api_key",
                                       "authorization", "header",        "server",
                                       "presigned",     "controlurl",    "listenurl",
                                       "recordingurl",  "recording_url", "accountsid" };

static bool is_secret(const char *name)
{
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        if (strcasestr(name, secrets[i]))
            return true;
    return strcmp(name, "assistant") == 0;
}

/* A copy without secrets; has its own reference. */
static struct json_object *copy(struct json_object *json)
{
    struct json_object *made = NULL;
    if (json_is(json, json_type_object)) {
        made = mem_check(json_object_new_object());
        json_object_object_foreach(json, key, member)
        {
            if (!is_secret(key))
                json_put(made, key, copy(member));
        }
    } else if (json_is(json, json_type_array)) {
        made = mem_check(json_object_new_array());
        for (size_t i = 0; i < json_object_array_length(json); i++)
            json_put(made, NULL, copy(json_object_array_get_idx(json, i)));
    } else if (!json_is(json, json_type_string) ||
               !url_is_presigned(json_object_get_string(json))) {
        made = json_object_get(json);
    }
    return made;
}

char *journal_copy(void *mem, struct json_object *json)
{
    return json_text(mem, json_keep(mem, copy(json)), NULL);
}

/* ---- members that are left out when not known ---- */

static void keep_text(struct json_object *to, const char *key, const char *text)
{
    if (text)
        json_put_text(to, key, text);
}

static void keep_int(struct json_object *to, const char *key, int64_t value)
{
    if (value != NO_VALUE)
        json_put_int(to, key, value);
}

static void keep_instant(struct json_object *to, const char *key, int64_t instant)
{
    if (instant != NO_VALUE)
        json_put_instant(to, key, instant);
}

static void keep_copy(struct json_object *to, const char *key, struct json_object *json)
{
    if (json)
        json_put(to, key, copy(json));
}

static void keep_number(struct json_object *to, const char *key, const char *number)
{
    if (number)
        json_put_text(json_put_object(to, key), "number", number);
}

/* ---- one function a kind ---- */

static void status_keep(const struct message *message, struct json_object *to)
{
    static message_paths status = { "status", "call.status", NULL };
    const struct event *event = message->event;
    keep_text(to, "status", message_text(message->json, status));
    keep_text(to, "endedReason", event->ended_reason);
    keep_int(to, "durationSeconds", event->duration_seconds);
    keep_copy(to, "destination", json_get(message->json, "destination"));
}

static void speech_keep(const struct message *message, struct json_object *to)
{
    const struct segment *speech = &message->event->speech;
    json_put_text(to, "role", words_name(&words_speaker, speech->speaker));
    json_put_text(to, "transcriptType", "final");
    json_put_text(to, "transcript", speech->text);
}

/* Arguments that could not be read stay unreadable. */
static void arguments_keep(struct json_object *to, const char *key, const struct tool_call *tool)
{
    if (tool->arguments)
        keep_copy(to, key, tool->arguments);
    else
        json_put_text(to, key, "unreadable");
}

static void tool_calls_keep(const struct message *message, struct json_object *to)
{
    const struct event *event = message->event;
    struct json_object *list = json_put_array(to, "toolCallList");
    for (size_t i = 0; i < event->tool_count; i++) {
        struct json_object *call = json_put_object(list, NULL);
        json_put_text(call, "id", event->tools[i].id);
        json_put_text(call, "type", "function");
        struct json_object *function = json_put_object(call, "function");
        json_put_text(function, "name", event->tools[i].name);
        arguments_keep(function, "arguments", &event->tools[i]);
    }
}

static void tools_keep(const struct message *message, struct json_object *to)
{
    const struct event *event = message->event;
    if (!text_equal(event->type, "function-call")) {
        tool_calls_keep(message, to);
        return;
    }
    struct json_object *call = json_put_object(to, "functionCall");
    json_put_text(call, "name", event->tools[0].name);
    arguments_keep(call, "parameters", &event->tools[0]);
}

static void transferred_keep(const struct message *message, struct json_object *to)
{
    keep_copy(to, "destination", json_get(message->json, "destination"));
}

static void artifact_keep(const struct message *message, struct json_object *to)
{
    const struct call_report *report = &message->event->report;
    struct json_object *turns = json_put_array(to, "messages");
    for (size_t i = 0; i < report->segment_count; i++) {
        struct json_object *turn = json_put_object(turns, NULL);
        json_put_text(turn, "role", words_name(&words_speaker, report->segments[i].speaker));
        json_put_text(turn, "message", report->segments[i].text);
        keep_int(turn, "time", report->segments[i].spoken_at);
    }
    keep_text(to, "transcript", report->transcription);
    keep_copy(to, "transfers", json_at(message->json, "artifact.transfers"));
    keep_copy(to, "structuredOutputs", json_at(message->json, "artifact.structuredOutputs"));
}

/* Beside the message's own members, or in the copy of the call. */
static struct json_object *consent_place(struct json_object *json)
{
    struct json_object *place = json_get(json, "compliance");
    return place ? place : json_at(json, "call.compliance");
}

static void report_keep(const struct message *message, struct json_object *to)
{
    const struct call_report *report = &message->event->report;
    struct json_object *analysis = json_put_object(to, "analysis");
    keep_text(analysis, "summary", report->summary);
    keep_copy(analysis, "structuredData", json_at(message->json, "analysis.structuredData"));
    keep_text(analysis, "successEvaluation",
              json_text_at(message->json, "analysis.successEvaluation"));
    keep_text(to, "endedReason", report->ended_reason);
    keep_instant(to, "startedAt", report->started_at);
    keep_instant(to, "endedAt", report->ended_at);
    keep_int(to, "durationSeconds", report->duration_seconds);
    if (report->cost_micros != NO_VALUE)
        json_put_decimal(to, "cost", report->cost_micros, 6);
    keep_copy(to, "compliance", consent_place(message->json));
    artifact_keep(message, json_put_object(to, "artifact"));
}

/* ---- the whole ---- */

static void facts_keep(const struct event *event, struct json_object *to)
{
    static const char *const types[] = {
        [DIRECTION_INBOUND] = "inboundPhoneCall", [DIRECTION_OUTBOUND] = "outboundPhoneCall"
    };
    const struct call_facts *facts = &event->facts;
    struct json_object *call = json_put_object(to, "call");
    keep_text(call, "id", facts->provider_call_id);
    keep_text(call, "type", facts->direction == WORD_NONE ? NULL : types[facts->direction]);
    keep_text(call, "phoneNumberId", facts->provider_phone_id);
    keep_instant(call, "createdAt", facts->created_at);
    keep_instant(call, "startedAt", facts->started_at);
    keep_number(to, "phoneNumber", facts->our_number);
    keep_number(to, "customer", facts->other_number);
}

char *journal_text(const struct message *message)
{
    static void (*const keepers[])(const struct message *message, struct json_object *to) = {
        [EVENT_STATUS] = status_keep, [EVENT_SPEECH] = speech_keep,
        [EVENT_TOOLS] = tools_keep,   [EVENT_TRANSFERRED] = transferred_keep,
        [EVENT_REPORT] = report_keep,
    };
    const struct event *event = message->event;
    struct json_object *body = json_object_on(message->mem);
    struct json_object *to = json_put_object(body, "message");
    json_put_text(to, "type", event->type);
    keep_int(to, "timestamp", event->at);
    facts_keep(event, to);
    if (keepers[event->kind])
        keepers[event->kind](message, to);
    return json_text(message->mem, body, NULL);
}
