/* A server message while it is read: the facts that every type has in common, and the habits of
 * reading fields that may be anywhere, of any type, or missing (reference, sections 1 and 4).
 * Internal to vapi/. */
#ifndef AR_VAPI_MESSAGE_H
#define AR_VAPI_MESSAGE_H

#include "base/json.h"
#include "desk/event.h"

struct message {
    void *mem;
    const unsigned char *key; /* of hashes; NULL: they are not keyed */
    struct json_object *json; /* what stands under "message" */
    struct event *event;      /* being filled */
};

/* A list of paths into a message, the preferred first, NULL last. */
typedef const char *const message_paths[];

/* The first of these that is a text and not blank; NULL if none is. Lent. */
const char *message_text(struct json_object *json, message_paths paths);
/* The first that is an RFC 3339 instant; NO_VALUE. */
int64_t message_instant(struct json_object *json, message_paths paths);
/* The first that is a number; NAN. */
double message_real(struct json_object *json, message_paths paths);
/* Epoch milliseconds, as Vapi's numbers are; NO_VALUE for what is none of our era. */
int64_t message_epoch(struct json_object *json, const char *path);
/* Seconds from start to end, else from the durations that some bodies carry; NO_VALUE. */
int64_t message_duration(struct json_object *json, int64_t started_at, int64_t ended_at);

/* Fills event->facts. */
void message_facts(const struct message *message);

/* Says what the message is, and its key: "vapi:", the call's id, and the tail. Without a call it
 * stays EVENT_OTHER: there is nothing it could be about. */
void message_settle(const struct message *message, enum event_kind kind, const char *tail, ...)
    AR_PRINTF(3, 4);

/* BLAKE2b of the text, keyed with the message's key, in hexadecimal: for keys. */
char *message_hash(const struct message *message, const char *text);

/* ---- the types that have a file of their own; both settle the event ---- */

/* tool_calls.c: tool-calls and the legacy function-call. The tools are filled even when the call is
 * not known, so that each can be refused by its id. */
void tool_calls_read(const struct message *message);
void function_call_read(const struct message *message);
/* report.c: end-of-call-report. */
void report_read(const struct message *message);

#endif
