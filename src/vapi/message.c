#include "vapi/message.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

enum {
    CALL_ID_MAX = 200, /* a longer one is none: an id cannot be cut */
    KEY_MAX = 200
};
/* 2000-01-01 and 2100-01-01; seconds and durations fall outside. */
static const double epoch_min = 946684800e3, epoch_max = 4102444800e3;
/* The longest call that Vapi allows takes half a day. */
static const double duration_max = 86400;

/* ---- fields ---- */

const char *message_text(struct json_object *json, message_paths paths)
{
    for (; *paths; paths++) {
        const char *text = json_text_at(json, *paths);
        if (!text_blank(text))
            return text;
    }
    return NULL;
}

int64_t message_instant(struct json_object *json, message_paths paths)
{
    int64_t instant;
    for (; *paths; paths++) {
        const char *text = json_text_at(json, *paths);
        if (text && instant_parse(text, &instant) == ERR_NONE)
            return instant;
    }
    return NO_VALUE;
}

double message_real(struct json_object *json, message_paths paths)
{
    for (; *paths; paths++) {
        double value = json_real_at(json, *paths);
        if (isfinite(value))
            return value;
    }
    return NAN;
}

int64_t message_epoch(struct json_object *json, const char *path)
{
    double value = json_real_at(json, path);
    return value >= epoch_min && value < epoch_max ? llround(value) : NO_VALUE;
}

int64_t message_duration(struct json_object *json, int64_t started_at, int64_t ended_at)
{
    static const struct {
        const char *path;
        double seconds;
    } units[] = { { "durationSeconds", 1 }, { "durationMs", 0.001 }, { "durationMinutes", 60 } };
    double seconds = NAN;
    if (started_at != NO_VALUE && ended_at != NO_VALUE)
        seconds = ((double)ended_at - (double)started_at) / 1000;
    for (size_t i = 0; i < sizeof units / sizeof *units && !(seconds >= 0); i++)
        seconds = json_real_at(json, units[i].path) * units[i].seconds;
    return seconds >= 0 && seconds <= duration_max ? llround(seconds) : NO_VALUE;
}

/* ---- what all types have in common ---- */

static const char *call_id(struct json_object *json)
{
    const char *id = message_text(json, (message_paths){ "call.id", NULL });
    return id && strlen(id) <= CALL_ID_MAX ? id : NULL;
}

static int call_direction(struct json_object *json)
{
    const char *type = json_text_at(json, "call.type");
    if (text_equal(type, "inboundPhoneCall"))
        return DIRECTION_INBOUND;
    return text_equal(type, "outboundPhoneCall") ? DIRECTION_OUTBOUND : WORD_NONE;
}

void message_facts(const struct message *message)
{
    static message_paths phone_id = { "call.phoneNumberId", "phoneNumber.id", NULL };
    static message_paths ours = { "phoneNumber.number", "phoneNumber.sipUri", NULL };
    static message_paths other = { "call.customer.number", "customer.number",
                                   "call.customer.sipUri", "customer.sipUri", NULL };
    static message_paths created = { "call.createdAt", NULL };
    static message_paths started = { "call.startedAt", NULL };
    struct json_object *json = message->json;
    message->event->facts = (struct call_facts){
        .provider_call_id = call_id(json),
        .direction = call_direction(json),
        .provider_phone_id = message_text(json, phone_id),
        .our_number = message_text(json, ours),
        .other_number = message_text(json, other),
        .created_at = message_instant(json, created),
        .started_at = message_instant(json, started),
    };
    message->event->at = message_epoch(json, "timestamp");
}

/* ---- keys ---- */

char *message_hash(const struct message *message, const char *text)
{
    unsigned char hash[SECRET_HASH_BYTES];
    /* The word in front keeps this apart from all else that the key hashes. */
    char *whole = mem_printf(message->mem, "said %s", text);
    secret_hash(message->key, whole, strlen(whole), hash);
    return secret_hex(message->mem, hash, sizeof hash);
}

void message_settle(const struct message *message, enum event_kind kind, const char *tail, ...)
{
    struct event *event = message->event;
    void *mem = message->mem;
    if (!event->facts.provider_call_id)
        return;
    va_list args;
    va_start(args, tail);
    char *key =
        mem_printf(mem, "vapi:%s:%s", event->facts.provider_call_id, mem_vprintf(mem, tail, args));
    va_end(args);
    event->kind = kind;
    event->dedup_key =
        strlen(key) <= KEY_MAX ? key : mem_printf(mem, "vapi:%s", message_hash(message, key));
}
