/* A call's token: "{our call id}.{43 characters}", which the assistant of that call makes Vapi send
 * with every message. It ties later messages to the call that we answered.
 *
 * It is BLAKE2b-256 of brokerage and call, keyed with the master key: nobody can guess it, and it
 * is stored nowhere. The id in front lets us check it before the body is parsed. It comes as
 * X-Call-Token, or to /callback/{id} as ?token=. */
#ifndef AR_API_CALL_TOKEN_H
#define AR_API_CALL_TOKEN_H

#include "api/api.h"
#include "desk/event.h"

#define CALL_TOKEN_HEADER "X-Call-Token"

char *call_token_make(void *mem, const unsigned char master[SECRET_KEY_BYTES], int64_t brokerage_id,
                      int64_t phone_call_id);
/* Sets x->call to the call whose token came with the request, and leaves it NULL if none came.
 * ERR_DENIED: one came that is no call's. */
enum err call_token_read(struct exchange *x) AR_MUST_USE;
/* Whether the event names this call and no other, by our id or the provider's. One that names none
 * is covered if it has no effect. */
bool call_token_covers(const struct phone_call *call, const struct event *event);

#endif
