/* What the journal keeps of a message. */
#ifndef AR_VAPI_JOURNAL_H
#define AR_VAPI_JOURNAL_H

#include "vapi/message.h"

/* The message that was read, as text, made anew from its event: read again it gives the same event,
 * but for where recordings lie: a caller may still refuse, and they must be in one place only.
 * Vapi's bodies carry credentials, control URLs, presigned URLs and our own headers (reference,
 * sections 4 and 5); since nothing is copied that was not asked for, none of them gets here. */
char *journal_text(const struct message *message);

/* A copy of any other body as text, without members that hold credentials, recordings' addresses
 * and presigned addresses, at any depth. */
char *journal_copy(void *mem, struct json_object *json);

#endif
