/* The short form of a call's conversation, as in the user's document: /incoming and /callback/{id}.
 */
#ifndef AR_API_SEED_H
#define AR_API_SEED_H

#include "api/api.h"
#include "desk/event.h"

/* {phone_number, vapi_call_id, vapi_phone_id}, as JSON (body NULL: as query parameters). */
enum err seed_incoming_read(struct exchange *x, struct json_object *body,
                            struct event *event) AR_MUST_USE;
/* {event: "transcript" | "function_call" | "ended", …} for the call named by the path. */
enum err seed_callback_read(struct exchange *x, struct json_object *body,
                            struct event *event) AR_MUST_USE;
/* Answers in the same form; base_url may be NULL. */
void seed_answer(struct exchange *x, const struct answer *answer, const char *base_url);

#endif
