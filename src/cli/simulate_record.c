/* What a simulated call left behind, as the interface tells it. */
#include "base/mem.h"
#include "base/text.h"
#include "cli/show.h"
#include "cli/simulate.h"
#include <string.h>

/* Our id of the call, by the provider's: the call is among the caller's latest. */
static int record_find(struct sim *sim)
{
    struct web_reply reply;
    char *path = mem_printf(sim->cli->mem, "/phone-calls?limit=100&phone_number=%s",
                            web_escape(sim->web, sim->scenario->caller));
    int code = web_get(sim->web, path, &reply);
    struct json_object *calls = code ? NULL : json_get(reply.json, "calls");
    size_t count = json_is(calls, json_type_array) ? json_object_array_length(calls) : 0;
    for (size_t i = 0; i < count; i++) {
        struct json_object *call = json_object_array_get_idx(calls, i);
        if (text_equal(json_text_at(call, "vapi_call_id"), sim->call_id))
            sim->record_id = json_int_at(call, "id");
    }
    return code;
}

/* Members that say something, but for the long and the technical ones. */
static void record_print(const struct sim *sim, struct json_object *record)
{
    static const char *const shown[] = {
        "id",          "direction",        "phone_number", "called_number",
        "status",      "ended_reason",     "intent",       "outcome",
        "caller_name", "claimed_phone",    "message",      "follow_up_created",
        "property_id", "duration_seconds", "cost",         "confidence_score",
        "summary",     "recording_url",
    };
    FILE *out = sim->cli->out;
    fprintf(out, "  the record, GET /phone-calls/%lld\n", (long long)sim->record_id);
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        struct json_object *value = json_get(record, shown[i]);
        if (value)
            fprintf(out, "    %-18s %s\n", shown[i],
                    show_safe(sim->cli->mem, json_object_get_string(value)));
    }
}

static void fact_check(struct sim *sim, struct json_object *record, const struct sim_fact *fact)
{
    struct json_object *value = json_get(record, fact->member);
    const char *text = value ? json_object_get_string(value) : "null";
    if (!text_equal(text, fact->value))
        simulate_complain(sim, "%s is %s, not %s", fact->member, text, fact->value);
}

int simulate_record(struct sim *sim)
{
    static const struct sim_fact transferred = { "outcome", "transferred" };
    struct web_reply reply;
    int code = sim->record_id == NO_VALUE ? record_find(sim) : CLI_DONE;
    if (code)
        return code;
    if (sim->record_id == NO_VALUE) {
        simulate_complain(sim, "the call left no record");
        return CLI_DONE;
    }
    char *path = mem_printf(sim->cli->mem, "/phone-calls/%lld", (long long)sim->record_id);
    code = web_get(sim->web, path, &reply);
    if (code)
        return code;
    record_print(sim, reply.json);
    for (size_t i = 0; i < sim->scenario->fact_count; i++)
        fact_check(sim, reply.json, &sim->scenario->facts[i]);
    if (sim->ring == SIM_FORWARDED)
        fact_check(sim, reply.json, &transferred);
    return CLI_DONE;
}
