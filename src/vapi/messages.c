/* The server messages, one function a type (reference, section 2). A function that finds nothing
 * usable leaves the event as EVENT_OTHER, which is acknowledged. */
#include "base/mem.h"
#include "base/text.h"
#include "vapi/journal.h"
#include "vapi/message.h"
#include "vapi/segments.h"
#include "vapi/vapi.h"
#include <string.h>

/* The message's own time within a key. */
static const char *time_key(const struct message *message)
{
    int64_t at = message->event->at;
    return at == NO_VALUE ? "?" : mem_printf(message->mem, "%lld", (long long)at);
}

static void ring_read(const struct message *message)
{
    message_settle(message, EVENT_RING, "assistant-request");
}

/* ---- status-update ---- */

static const struct {
    const char *name;
    int status;
    bool forwarding;
} statuses[] = {
    { "scheduled", CALL_INITIATED, false },   { "queued", CALL_INITIATED, false },
    { "ringing", CALL_INITIATED, false },     { "in-progress", CALL_IN_PROGRESS, false },
    { "forwarding", CALL_IN_PROGRESS, true },
};

static void ended_read(const struct message *message)
{
    static message_paths reason = { "endedReason", "call.endedReason", NULL };
    static message_paths ended = { "endedAt", "call.endedAt", NULL };
    struct event *event = message->event;
    int64_t started_at = event->facts.started_at;
    event->ended_reason = message_text(message->json, reason);
    event->status = vapi_ending_of(event->ended_reason, started_at != NO_VALUE).status;
    event->duration_seconds =
        message_duration(message->json, started_at, message_instant(message->json, ended));
    message_settle(message, EVENT_STATUS, "status-update:ended");
}

static void status_read(const struct message *message)
{
    static message_paths paths = { "status", "call.status", NULL };
    struct event *event = message->event;
    const char *name = message_text(message->json, paths);
    if (text_equal(name, "ended"))
        ended_read(message);
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (text_equal(statuses[i].name, name)) {
            event->status = statuses[i].status;
            event->forwarding = statuses[i].forwarding;
            message_settle(message, EVENT_STATUS, "status-update:%s", name);
        }
}

/* ---- transcript ---- */

static bool is_final(const struct message *message)
{
    const char *type = json_text_at(message->json, "transcriptType");
    return text_equal(type ? type : "final", "final") &&
           (type || strchr(message->event->type, '['));
}

static void transcript_read(const struct message *message)
{
    static message_paths text = { "transcript", NULL };
    struct event *event = message->event;
    const char *role = json_text_at(message->json, "role");
    struct segment speech = { .speaker = segments_speaker(role),
                              .text = message_text(message->json, text),
                              .spoken_at = event->at };
    if (!is_final(message) || speech.speaker == WORD_NONE || !speech.text)
        return;
    event->speech = speech;
    role = words_name(&words_speaker, speech.speaker);
    if (event->at != NO_VALUE)
        message_settle(message, EVENT_SPEECH, "transcript:%s:%s", time_key(message), role);
    else
        message_settle(message, EVENT_SPEECH, "transcript:%s",
                       message_hash(message, mem_printf(message->mem, "%s:%s", role, speech.text)));
}

/* ---- transfers, trouble ---- */

static void transfer_wanted_read(const struct message *message)
{
    message_settle(message, EVENT_TRANSFER_WANTED, "%s:%s", message->event->type,
                   time_key(message));
}

static void transferred_read(const struct message *message)
{
    message_settle(message, EVENT_TRANSFERRED, "%s:%s", message->event->type, time_key(message));
}

static void hang_read(const struct message *message)
{
    message_settle(message, EVENT_STALLED, "%s:%s", message->event->type, time_key(message));
}

/* ---- all of them ---- */

static const struct {
    const char *type;
    void (*read)(const struct message *message);
} readers[] = {
    { "assistant-request", ring_read },
    { "tool-calls", tool_calls_read },
    { "function-call", function_call_read },
    { "status-update", status_read },
    { "transcript", transcript_read },
    { "transcript[transcriptType=\"final\"]", transcript_read },
    { "transfer-destination-request", transfer_wanted_read },
    { "transfer-update", transferred_read },
    { "hang", hang_read },
    { "end-of-call-report", report_read },
};

bool vapi_is_message(struct json_object *body)
{
    return json_text_at(body, "message.type") != NULL;
}

void vapi_event_read(void *mem, const unsigned char key[SECRET_KEY_BYTES], struct json_object *body,
                     struct event *event)
{
    struct message message = {
        .mem = mem, .key = key, .json = json_get(body, "message"), .event = event
    };
    event_init(event, "vapi");
    event->type = json_text_at(message.json, "type");
    if (!event->type)
        event->type = "";
    message_facts(&message);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strcmp(readers[i].type, event->type) == 0)
            readers[i].read(&message);
    if (event->kind != EVENT_OTHER)
        event->body = journal_text(&message);
}
