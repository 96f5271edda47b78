/* Vapi's wire format: its server messages read into events, answers written as it expects them.
 * Only this folder knows Vapi's names. Reference: Vapi's API, "server messages" and its OpenAPI
 * document. */
#ifndef AR_VAPI_VAPI_H
#define AR_VAPI_VAPI_H

#include "base/config.h"
#include "base/json.h"
#include "base/secret.h"
#include "desk/event.h"

/* Whether the body is a server message: {"message": {"type": …}}. */
bool vapi_is_message(struct json_object *body);

/* Reads a server message. Whatever is missing or oddly typed is "not known"; a type that is not
 * ours is EVENT_OTHER, and so is one without the call it would be about. Credentials, control URLs
 * and presigned URLs do not get into the event. Its texts are partly the body's own: keep both as
 * long as the event. Where an id must be made of what was said, it is a hash with that key: from a
 * plain one short words could be guessed. NULL is for tests. */
void vapi_event_read(void *mem, const unsigned char key[SECRET_KEY_BYTES], struct json_object *body,
                     struct event *event);

/* What a transient assistant needs to know of this installation. */
struct vapi_setting {
    const struct config *config;
    const char *server_url;     /* absolute; where Vapi shall send the call's messages */
    const char *webhook_secret; /* shown to us in a header; NULL where a credential does that */
    const char *call_token_header, *call_token; /* shown to us with the call's messages; or NULL */
};

/* The answer as Vapi expects it for that event: {"assistant": …}, {"results": […]}, {} … Only
 * members of Vapi's OpenAPI document. What asks for something is answered with a sentence even
 * where the desk had nothing to say: silence is the worst a caller can hear. The object belongs to
 * mem. */
struct json_object *vapi_answer_write(void *mem, const struct vapi_setting *setting,
                                      const struct event *event, const struct answer *answer);

/* How a call with that endedReason ended (reference, section 6): exact matches first, then
 * prefixes. */
struct vapi_ending {
    int status; /* enum call_status */
    bool transferred;
};
struct vapi_ending vapi_ending_of(const char *ended_reason, bool was_answered);

#endif
