#include "api/seed.h"
#include "api/call_token.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/tools.h"
#include "vapi/journal.h"
#include <math.h>
#include <string.h>

enum { ID_MAX = 200, TEXT_MAX = 20000 };

/* ---- /incoming ---- */

static const char *incoming_value(struct exchange *x, struct json_object *body, const char *name)
{
    const char *text = body ? json_text_at(body, name) : http_query(x->request, name);
    bool odd = body && json_get(body, name) && !text;
    if (odd || (text && strlen(text) > ID_MAX))
        (void)fault_add(&x->faults, name, "must be a text of at most %d characters", ID_MAX);
    return text_blank(text) ? NULL : text;
}

enum err seed_incoming_read(struct exchange *x, struct json_object *body, struct event *event)
{
    event_init(event, "seed");
    event->kind = EVENT_RING;
    event->type = "incoming";
    event->facts.direction = DIRECTION_INBOUND;
    event->facts.other_number = incoming_value(x, body, "phone_number");
    event->facts.provider_call_id = incoming_value(x, body, "vapi_call_id");
    event->facts.provider_phone_id = incoming_value(x, body, "vapi_phone_id");
    if (!event->facts.provider_call_id)
        (void)fault_add(&x->faults, "vapi_call_id", "is required: it identifies the call");
    /* A key's own primary number can be meant; a bare secret belongs to nobody. */
    if (!event->facts.provider_phone_id && !x->who.has_key)
        (void)fault_add(&x->faults, "vapi_phone_id",
                        "is required: it tells which number was called");
    if (x->faults.count > 0)
        return ERR_INVALID;
    event->dedup_key = mem_printf(x->mem, "seed:%s:incoming", event->facts.provider_call_id);
    event->body = body ? journal_copy(x->mem, body) : "{}";
    return ERR_NONE;
}

/* ---- /callback/{id} ---- */

/* Keyed: what a caller said is short, and could be guessed from a plain hash. */
static char *digest(struct exchange *x, const char *text)
{
    unsigned char hash[SECRET_HASH_BYTES];
    char *whole = mem_printf(x->mem, "said %s", text);
    secret_hash(x->app->master, whole, strlen(whole), hash);
    return secret_hex(x->mem, hash, 16);
}

static enum err transcript_read(struct exchange *x, struct json_object *body, struct event *event)
{
    static const char *const ours[] = { "assistant", "ai", "bot", "agent" };
    const char *text = json_text_at(body, "text");
    const char *role = json_text_at(body, "role");
    const char *at = json_text_at(body, "timestamp");
    if (text_blank(text))
        return fault_add(&x->faults, "text", "is required: what was said");
    event->kind = EVENT_SPEECH;
    event->speech.text = text_utf8_clip(x->mem, text, TEXT_MAX);
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        if (text_equal_nocase(role, ours[i]))
            event->speech.speaker = SPEAKER_ASSISTANT;
    if (at && instant_parse(at, &event->speech.spoken_at))
        return fault_add(&x->faults, "timestamp", "must be an RFC 3339 instant");
    if (!at)
        event->speech.spoken_at = json_int_at(body, "timestamp");
    return ERR_NONE;
}

/* Arguments come as an object or as its text; NULL when they are neither. */
static struct json_object *arguments_of(struct exchange *x, struct json_object *body)
{
    struct json_object *arguments = json_get(body, "arguments");
    const char *why;
    if (!arguments)
        arguments = json_get(body, "parameters");
    if (!arguments)
        return json_object_on(x->mem);
    if (json_is(arguments, json_type_string)) {
        const char *text = json_object_get_string(arguments);
        if (!*text)
            return json_object_on(x->mem);
        if (json_read(x->mem, text, strlen(text), &arguments, &why))
            return NULL;
    }
    return json_is(arguments, json_type_object) ? arguments : NULL;
}

static enum err function_read(struct exchange *x, struct json_object *body, struct event *event)
{
    const char *name = json_text_at(body, "name");
    const char *id = json_text_at(body, "id");
    if (text_blank(name) || strlen(name) > ID_MAX)
        return fault_add(&x->faults, "name", "is required: which tool to run");
    if (id && (!*id || strlen(id) > ID_MAX))
        return fault_add(&x->faults, "id", "must be a text of 1 to %d characters", ID_MAX);
    event->kind = EVENT_TOOLS;
    event->tools = mem_new(x->mem, struct tool_call);
    event->tool_count = 1;
    event->tools->name = name;
    event->tools->arguments = arguments_of(x, body);
    const char *wish =
        mem_printf(x->mem, "%s %s", name, json_text(x->mem, event->tools->arguments, NULL));
    event->tools->id_is_wish = !id;
    event->tools->id = id ? id : mem_printf(x->mem, "seed-%s", digest(x, wish));
    return ERR_NONE;
}

/* "no-answer" and "no_answer" alike. */
static int ended_status(struct exchange *x, const char *said)
{
    char *word = mem_strdup(x->mem, said ? said : "");
    for (char *p = word; *p; p++)
        if (*p == '-')
            *p = '_';
    int status = words_find(&words_call_status, word);
    return status >= CALL_COMPLETED ? status : WORD_NONE;
}

/* To being recorded, where whoever carries the call has asked. */
static enum err consent_read(struct exchange *x, struct json_object *body, struct event *event)
{
    if (!json_get(body, "consent"))
        return ERR_NONE;
    event->consent = words_find(&words_consent, json_text_at(body, "consent"));
    return event->consent != WORD_NONE ? ERR_NONE
                                       : fault_add(&x->faults, "consent", "must be %s",
                                                   words_listed(x->mem, &words_consent));
}

static enum err ended_read(struct exchange *x, struct json_object *body, struct event *event)
{
    double duration = json_real_at(body, "duration");
    const char *url = json_text_at(body, "recording_url");
    enum err err = ERR_NONE;
    event->kind = EVENT_STATUS;
    event->ended_reason = json_text_at(body, "ended_reason");
    event->status = ended_status(x, json_text_at(body, "status"));
    if (event->status == WORD_NONE)
        err = fault_add(&x->faults, "status", "must be completed, failed, no_answer or busy");
    if (json_get(body, "duration") && !(duration >= 0 && duration <= 1e7))
        err = fault_add(&x->faults, "duration", "must be a number of seconds, 0 or more");
    else if (!isnan(duration))
        event->duration_seconds = llround(duration);
    if (json_get(body, "cost") &&
        (!json_decimal(json_get(body, "cost"), 6, &event->cost_micros) || event->cost_micros < 0))
        err = fault_add(&x->faults, "cost", "must be a number of dollars, 0 or more");
    if (url && !text_starts_with(url, "https://") && !text_starts_with(url, "http://"))
        err = fault_add(&x->faults, "recording_url", "must be an http or https address");
    event->recording_url = url;
    enum err consent_err = consent_read(x, body, event);
    return err ? err : consent_err;
}

enum err seed_callback_read(struct exchange *x, struct json_object *body, struct event *event)
{
    static const struct {
        const char *name;
        enum err (*read)(struct exchange *x, struct json_object *body, struct event *event);
    } kinds[] = { { "transcript", transcript_read },
                  { "function_call", function_read },
                  { "ended", ended_read } };
    const char *said = json_text_at(body, "event");
    event_init(event, "seed");
    event->phone_call_id = x->id;
    const char *whole = json_text(x->mem, body, NULL);
    event->dedup_key = mem_printf(x->mem, "seed:%lld:%s", (long long)x->id, digest(x, whole));
    event->body = journal_copy(x->mem, body);
    for (size_t i = 0; said && i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].name, said) == 0) {
            event->type = kinds[i].name;
            return kinds[i].read(x, body, event);
        }
    return fault_add(&x->faults, "event", "must be transcript, function_call or ended");
}

/* ---- answers ---- */

/* The functions are the same for every call: composed and written out once, then shared. */
static struct json_object *functions_list(void)
{
    static struct json_object *kept;
    if (kept)
        return json_object_get(kept);
    void *mem = mem_context(NULL);
    kept = mem_check(json_object_new_array());
    for (size_t i = 0; i < tool_count; i++) {
        struct json_object *function = json_put_object(kept, NULL);
        json_put_text(function, "name", tools[i].name);
        json_put_text(function, "description", tools[i].description);
        json_put(function, "parameters", json_object_get(tool_schema(mem, &tools[i])));
    }
    json_freeze(kept);
    mem_free(mem);
    return json_object_get(kept);
}

/* A forwarded call has no assistant, and so no token. */
static char *callback_url(struct exchange *x, const struct answer *answer, const char *base_url)
{
    char *url = mem_printf(x->mem, "%s/callback/%lld", base_url ? base_url : x->request->mount,
                           (long long)answer->phone_call_id);
    if (x->app->config->webhook_callback_token && answer->kind == ANSWER_ASSISTANT)
        mem_append(x->mem, &url, "?token=%s",
                   call_token_make(x->mem, x->app->master, answer->receptionist.brokerage_id,
                                   answer->phone_call_id));
    return url;
}

static void assistant_answer(struct exchange *x, const struct answer *answer, const char *base_url)
{
    const struct receptionist *who = &answer->receptionist;
    bool forward = answer->kind == ANSWER_FORWARD;
    struct json_object *json = json_object_on(x->mem);
    json_put_int(json, "call_id", answer->phone_call_id);
    json_put_text(json, "greeting", forward ? answer->sentence : who->greeting);
    json_put_text(json, "prompt", who->prompt);
    json_put_text(json, "voice_id", who->voice_id);
    json_put_text(json, "assistant_id", who->assistant_id);
    json_put_text(json, "forward_to_number", answer->forward_to);
    json_put_text(json, "callback_url", callback_url(x, answer, base_url));
    json_put_bool(json, "recording_enabled", who->recording_enabled);
    json_put_bool(json, "transcription_enabled", who->transcription_enabled);
    json_put(json, "functions", functions_list());
    exchange_json(x, 200, json);
}

/* {name, result or error, and the facts beside them}. */
static void tool_answer(struct exchange *x, const struct tool_answer *tool)
{
    struct json_object *json = json_object_on(x->mem);
    json_put_text(json, "name", tool->name);
    json_put_text(json, tool->ok ? "result" : "error", tool->sentence);
    json_object_object_foreach(tool->facts, key, value)
    {
        json_put(json, key, json_object_get(value));
    }
    exchange_json(x, 200, json);
}

void seed_answer(struct exchange *x, const struct answer *answer, const char *base_url)
{
    switch (answer->kind) {
    case ANSWER_ASSISTANT:
    case ANSWER_FORWARD:
        assistant_answer(x, answer, base_url);
        return;
    case ANSWER_REFUSED:
        exchange_problem(x, 404, answer->sentence);
        return;
    case ANSWER_TOOLS:
        tool_answer(x, &answer->tools[0]);
        return;
    default: {
        struct json_object *json = json_object_on(x->mem);
        json_put_text(json, "status", "ok");
        json_put_int(json, "call_id", answer->phone_call_id);
        exchange_json(x, 200, json);
    }
    }
}
