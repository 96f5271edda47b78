/* Vapi's own server messages, made small: this plays the other side of vapi/. Member names and
 * shapes are those of Vapi's OpenAPI document (ServerMessage…). */
#include "base/mem.h"
#include "base/secret.h"
#include "cli/simulate.h"
#include <string.h>

static int64_t ended_at(const struct sim *sim)
{
    return sim->begun_at + sim->scenario->seconds * SECOND_MS;
}

static void call_put(const struct sim *sim, struct json_object *message, const char *status)
{
    struct json_object *call = json_put_object(message, "call");
    json_put_text(call, "id", sim->call_id);
    json_put_text(call, "orgId", "3d1f6c0e-8a44-4b0b-9c55-1f2e7d9a6b10");
    json_put_instant(call, "createdAt", sim->begun_at);
    json_put_instant(call, "updatedAt", sim->begun_at);
    json_put_text(call, "type", "inboundPhoneCall");
    json_put_text(call, "status", status);
    json_put_text(call, "phoneCallProvider", "vapi");
    json_put_text(call, "phoneCallTransport", "pstn");
    if (sim->number.provider_phone_id)
        json_put_text(call, "phoneNumberId", sim->number.provider_phone_id);
    json_put_text(json_put_object(call, "customer"), "number", sim->scenario->caller);
}

/* {"message": {…}}; *message is the inner object. */
static struct json_object *message_begin(const struct sim *sim, const char *type,
                                         const char *status, struct json_object **message)
{
    struct json_object *json = json_object_on(sim->cli->mem);
    *message = json_put_object(json, "message");
    json_put_text(*message, "type", type);
    json_put_int(*message, "timestamp", sim->now);
    call_put(sim, *message, status);
    struct json_object *number = json_put_object(*message, "phoneNumber");
    if (sim->number.provider_phone_id)
        json_put_text(number, "id", sim->number.provider_phone_id);
    json_put_text(number, "provider", "vapi");
    json_put_text(number, "number", sim->number.phone_number);
    json_put_text(json_put_object(*message, "customer"), "number", sim->scenario->caller);
    return json;
}

static struct json_object *ring_make(const struct sim *sim)
{
    struct json_object *message;
    return message_begin(sim, "assistant-request", "ringing", &message);
}

static void ring_read(const struct sim *sim, const struct web_reply *reply, struct sim_reply *read)
{
    (void)sim;
    const char *refusal = json_text_at(reply->json, "error");
    const char *greeting = json_text_at(reply->json, "assistant.firstMessage");
    read->forward_to = json_text_at(reply->json, "destination.number");
    read->ring = refusal ? SIM_REFUSED : read->forward_to ? SIM_FORWARDED : SIM_ANSWERED;
    if (!greeting)
        greeting = json_text_at(reply->json, "assistantOverrides.firstMessage");
    read->sentence = refusal            ? refusal
                     : read->forward_to ? json_text_at(reply->json, "destination.message")
                                        : greeting;
    read->headers = json_at(reply->json, "assistant.server.headers");
    if (!read->headers)
        read->headers = json_at(reply->json, "assistantOverrides.server.headers");
    read->ok = reply->status == 200 && (read->forward_to || read->sentence);
}

static struct json_object *speech_make(const struct sim *sim, const struct segment *segment)
{
    struct json_object *message;
    struct json_object *json = message_begin(sim, "transcript", "in-progress", &message);
    json_put_int(message, "timestamp", segment->spoken_at);
    json_put_text(message, "role", words_name(&words_speaker, segment->speaker));
    json_put_text(message, "transcriptType", "final");
    json_put_text(message, "transcript", segment->text);
    return json;
}

static struct json_object *tool_make(const struct sim *sim, const char *name,
                                     struct json_object *arguments)
{
    void *mem = sim->cli->mem;
    struct json_object *message;
    struct json_object *json = message_begin(sim, "tool-calls", "in-progress", &message);
    struct json_object *call = json_put_object(json_put_array(message, "toolCallList"), NULL);
    json_put_text(call, "id", mem_printf(mem, "call_%s", secret_token(mem, sim->cli->random, 18)));
    json_put_text(call, "type", "function");
    struct json_object *function = json_put_object(call, "function");
    json_put_text(function, "name", name);
    json_put(function, "arguments", json_object_get(arguments));
    return json;
}

/* The sentence without the facts behind it, which are for the speech model. */
static void tool_read(const struct sim *sim, const struct web_reply *reply, struct sim_reply *read)
{
    struct json_object *results = json_get(reply->json, "results");
    bool one = json_is(results, json_type_array) && json_object_array_length(results) == 1;
    struct json_object *result = one ? json_object_array_get_idx(results, 0) : NULL;
    const char *text = json_text_at(result, "result");
    read->ok = reply->status == 200 && text;
    if (!text)
        text = json_text_at(result, "error");
    const char *facts = text ? strstr(text, " Facts: {") : NULL;
    read->sentence = facts ? mem_strndup(sim->cli->mem, text, (size_t)(facts - text)) : text;
}

/* ---- how it ends ---- */

static const char *ended_reason(const struct sim *sim)
{
    static const char *const reasons[] = {
        [SIM_ANSWERED] = "customer-ended-call",
        [SIM_FORWARDED] = "assistant-request-returned-forwarding-phone-number",
        [SIM_REFUSED] = "assistant-request-returned-error",
    };
    return reasons[sim->ring];
}

static struct json_object *progress_make(const struct sim *sim)
{
    struct json_object *message;
    struct json_object *json = message_begin(sim, "status-update", "in-progress", &message);
    json_put_text(message, "status", "in-progress");
    return json;
}

static struct json_object *ended_make(const struct sim *sim)
{
    struct json_object *message;
    struct json_object *json = message_begin(sim, "status-update", "ended", &message);
    json_put_text(message, "status", "ended");
    json_put_text(message, "endedReason", ended_reason(sim));
    return json;
}

static void artifact_put(const struct sim *sim, struct json_object *message)
{
    void *mem = sim->cli->mem;
    struct json_object *artifact = json_put_object(message, "artifact");
    struct json_object *messages = json_put_array(artifact, "messages");
    char *transcript = mem_strdup(mem, "");
    for (size_t i = 0; i < sim->said_count; i++) {
        const struct segment *segment = &sim->said[i];
        bool ai = segment->speaker == SPEAKER_ASSISTANT;
        struct json_object *turn = json_put_object(messages, NULL);
        json_put_text(turn, "role", ai ? "bot" : "user");
        json_put_text(turn, "message", segment->text);
        json_put_int(turn, "time", segment->spoken_at);
        json_put_decimal(turn, "secondsFromStart", segment->spoken_at - sim->begun_at, 3);
        mem_append(mem, &transcript, "%s: %s\n", ai ? "AI" : "User", segment->text);
    }
    json_put_text(artifact, "transcript", transcript);
    json_put_text(artifact, "recordingUrl",
                  mem_printf(mem, "https://recordings.example/%s.mp3", sim->call_id));
}

static struct json_object *report_make(const struct sim *sim)
{
    struct json_object *message;
    struct json_object *json = message_begin(sim, "end-of-call-report", "ended", &message);
    json_put_text(message, "endedReason", ended_reason(sim));
    json_put_instant(message, "startedAt", sim->begun_at);
    json_put_instant(message, "endedAt", ended_at(sim));
    json_put_decimal(message, "cost", sim->scenario->seconds * 17, 4);
    if (sim->ring == SIM_ANSWERED)
        artifact_put(sim, message);
    return json;
}

static const char *path(const struct sim *sim)
{
    (void)sim; /* Vapi posts everything to one address */
    return "/incoming";
}

static struct json_object *(*const begin[])(const struct sim *) = { progress_make, NULL };
static struct json_object *(*const end[])(const struct sim *) = { ended_make, report_make, NULL };

const struct sim_form sim_form_vapi = {
    .name = "vapi",
    .about = "Vapi's own messages",
    .ring = ring_make,
    .ring_read = ring_read,
    .speech = speech_make,
    .tool = tool_make,
    .tool_read = tool_read,
    .begin = begin,
    .end = end,
    .path = path,
};
