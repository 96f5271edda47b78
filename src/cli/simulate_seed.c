/* The short form of the wire, as in the user's document. */
#include "base/mem.h"
#include "cli/simulate.h"

static struct json_object *event_begin(const struct sim *sim, const char *event)
{
    struct json_object *json = json_object_on(sim->cli->mem);
    json_put_text(json, "event", event);
    return json;
}

static struct json_object *ring_make(const struct sim *sim)
{
    const char *phone_id = sim->number.provider_phone_id;
    struct json_object *json = json_object_on(sim->cli->mem);
    json_put_text(json, "phone_number", sim->scenario->caller);
    json_put_text(json, "vapi_call_id", sim->call_id);
    json_put_text(json, "vapi_phone_id", phone_id ? phone_id : sim->number.phone_number);
    return json;
}

static void ring_read(const struct sim *sim, const struct web_reply *reply, struct sim_reply *read)
{
    (void)sim;
    read->forward_to = json_text_at(reply->json, "forward_to_number");
    read->call_id = json_int_at(reply->json, "call_id");
    read->ring = reply->status == 404 ? SIM_REFUSED
                 : read->forward_to   ? SIM_FORWARDED
                                      : SIM_ANSWERED;
    read->sentence = json_text_at(reply->json, read->ring == SIM_REFUSED ? "detail" : "greeting");
    read->ok = reply->status == 200 || (read->ring == SIM_REFUSED && read->sentence);
}

static struct json_object *speech_make(const struct sim *sim, const struct segment *segment)
{
    struct json_object *json = event_begin(sim, "transcript");
    json_put_text(json, "role", words_name(&words_speaker, segment->speaker));
    json_put_text(json, "text", segment->text);
    json_put_instant(json, "timestamp", segment->spoken_at);
    return json;
}

static struct json_object *tool_make(const struct sim *sim, const char *name,
                                     struct json_object *arguments)
{
    struct json_object *json = event_begin(sim, "function_call");
    json_put_text(json, "name", name);
    json_put(json, "arguments", json_object_get(arguments));
    return json;
}

static void tool_read(const struct sim *sim, const struct web_reply *reply, struct sim_reply *read)
{
    (void)sim;
    const char *result = json_text_at(reply->json, "result");
    read->ok = reply->status == 200 && result;
    read->sentence = result ? result : json_text_at(reply->json, "error");
}

static struct json_object *ended_make(const struct sim *sim)
{
    struct json_object *json = event_begin(sim, "ended");
    json_put_text(json, "status", "completed");
    json_put_int(json, "duration", sim->scenario->seconds);
    json_put_decimal(json, "cost", sim->scenario->seconds * 17, 4);
    if (sim->ring == SIM_ANSWERED)
        json_put_text(json, "recording_url",
                      mem_printf(sim->cli->mem, "https://recordings.example/%s.mp3", sim->call_id));
    return json;
}

static const char *path(const struct sim *sim)
{
    return mem_printf(sim->cli->mem, "/callback/%lld", (long long)sim->record_id);
}

static struct json_object *(*const none[])(const struct sim *) = { NULL };
static struct json_object *(*const end[])(const struct sim *) = { ended_make, NULL };

const struct sim_form sim_form_seed = {
    .name = "seed",
    .about = "the short form",
    .ring = ring_make,
    .ring_read = ring_read,
    .speech = speech_make,
    .tool = tool_make,
    .tool_read = tool_read,
    .begin = none,
    .end = end,
    .path = path,
};
