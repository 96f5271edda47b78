/* Single questions about single records. */
#include "api/handlers.h"
#include "api/resource.h"
#include "base/mem.h"
#include "desk/fields.h"
#include "desk/listing.h"
#include "store/agents.h"
#include "store/phone_calls.h"
#include "store/phone_numbers.h"

void number_set_primary(struct exchange *x)
{
    struct phone_number before, after;
    enum err err = exchange_write(x);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    if (!resource_read_to_change(x, &before))
        return;
    after = before;
    after.is_primary = true;
    err = phone_number_update(x->db, x->mem, &before, &after, x->now);
    if (!err)
        err = exchange_audit_change(x, "set_primary", &table_phone_numbers, &before, &after);
    if (err)
        exchange_fail(x, err);
    else
        resource_answer(x, 200, &after);
}

void property_heartbeat(struct exchange *x)
{
    struct property property;
    if (!resource_read(x, &property))
        return;
    struct heartbeat beat = listing_heartbeat(x->mem, &property, x->now);
    struct json_object *json = json_object_on(x->mem);
    json_put_int(json, "property_id", property.head.id);
    json_put_text(json, "stage", words_name(&words_stage, beat.stage));
    json_put_text(json, "label", beat.label);
    json_put_text(json, "health", words_name(&words_health, (int)beat.health));
    json_put_text(json, "reason", beat.reason);
    json_put_int(json, "days_in_stage", beat.days_in_stage);
    json_put_int(json, "threshold_days", beat.threshold_days);
    json_put_int(json, "days_since_activity", beat.days_since_activity);
    json_put_text(json, "next_action", beat.next_action);
    json_put_text(json, "sentence", beat.sentence);
    exchange_json(x, 200, json);
}

void property_stages(struct exchange *x)
{
    struct property property;
    struct stage_entry *list;
    size_t count;
    if (!resource_read(x, &property))
        return;
    enum err err = property_stage_list(x->db, x->mem, property.head.id, &list, &count);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    struct json_object *json = json_object_on(x->mem);
    struct json_object *stages = json_put_array(json, "stages");
    for (size_t i = 0; i < count; i++) {
        struct json_object *entry = json_put_object(stages, NULL);
        json_put_text(entry, "stage", words_name(&words_stage, list[i].stage));
        json_put_instant(entry, "entered_at", list[i].entered_at);
    }
    exchange_json(x, 200, json);
}

void agent_me(struct exchange *x)
{
    struct agent agent;
    x->id = x->who.agent_id;
    if (!resource_read(x, &agent))
        return;
    struct brokerage brokerage;
    enum err err = brokerage_get(x->db, x->mem, agent.head.brokerage_id, &brokerage);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    struct json_object *json = json_object_on(x->mem);
    record_put_json(json, &table_agents, &agent, false);
    json_put_text(json, "role", words_name(&words_role, x->who.role));
    json_put_text(json, "brokerage_name", brokerage.name);
    json_put_text(json, "brokerage_timezone", brokerage.timezone);
    exchange_json(x, 200, json);
}

void call_recording(struct exchange *x)
{
    struct phone_call call;
    if (!resource_read(x, &call))
        return;
    if (!call.recording_url) {
        exchange_problem(x, 404, "This call has no recording.");
        return;
    }
    struct json_object *json = json_object_on(x->mem);
    json_put_int(json, "call_id", call.head.id);
    json_put_text(json, "recording_url", call.recording_url);
    json_put_int(json, "duration_seconds", call.duration_seconds);
    exchange_json(x, 200, json);
}

/* The report's transcript, else what was heard while the call ran. */
static const char *transcription_of(struct exchange *x, const struct phone_call *call,
                                    const struct segment *segments, size_t count)
{
    char *text = NULL;
    if (call->transcription)
        return call->transcription;
    for (size_t i = 0; i < count; i++)
        mem_append(x->mem, &text, "%s: %s\n",
                   segments[i].speaker == SPEAKER_ASSISTANT ? "AI" : "User", segments[i].text);
    return text;
}

void call_transcription(struct exchange *x)
{
    struct phone_call call;
    struct segment *segments;
    size_t count;
    if (!resource_read(x, &call))
        return;
    enum err err = segments_list(x->db, x->mem, call.head.id, &segments, &count);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    struct json_object *json = json_object_on(x->mem);
    json_put_int(json, "call_id", call.head.id);
    json_put_text(json, "transcription", transcription_of(x, &call, segments, count));
    json_put_text(json, "summary", call.summary);
    struct json_object *list = json_put_array(json, "segments");
    for (size_t i = 0; i < count; i++) {
        struct json_object *segment = json_put_object(list, NULL);
        json_put_text(segment, "role", words_name(&words_speaker, segments[i].speaker));
        json_put_text(segment, "text", segments[i].text);
        json_put_instant(segment, "spoken_at", segments[i].spoken_at);
    }
    exchange_json(x, 200, json);
}
