/* Which webhooks are let in (Vapi reference, section 8).
 *
 * A webhook shows one of: a signature in the configured form; one in the form of the user's
 * document (X-Vapi-Signature, HMAC-SHA-256 over the body), unless that is switched off; a secret
 * itself, in X-Vapi-Secret, Authorization or the configured header; an API key; or a call's token,
 * which is good for that very call alone (call_token.h). All is checked over the raw bytes, before
 * anything is parsed, in time that tells nothing of the secrets. Any of the secrets will do, so
 * that one can be replaced while calls go on. With no secret configured only keys and tokens open.
 *
 * Replays. A signed timestamp must be within the window, so that a captured message is worthless
 * after it. Within the window, and in forms that sign no time, a message seen again is the same
 * message: it has the same dedup key, changes nothing and gets the answer that it got before. That
 * is why no list of seen signatures is kept. A message id counts when the payload holds {svix-id}:
 * then it is bound to time and body by the signature, and the same id with another body is no valid
 * message. An id that repeats under a valid signature is let in: it is Vapi's own retry, whose
 * presigned links differ each time.
 *
 * What is refused is a line in the log (event=webhook_refused, reason and request id, no header's
 * value) and one 401 for all reasons on the wire, and leaves nothing in the database. */
#ifndef AR_API_WEBHOOK_AUTH_H
#define AR_API_WEBHOOK_AUTH_H

#include "api/api.h"

/* From the least to the most that a request can show; the most counts. */
enum webhook_verdict {
    WEBHOOK_NO_SECRET, /* nothing to compare with */
    WEBHOOK_NO_CREDENTIAL,
    WEBHOOK_BAD_SECRET,    /* a secret that is none of ours */
    WEBHOOK_BAD_SIGNATURE, /* not over these bytes, or not with our secrets */
    WEBHOOK_STALE,         /* good, but its time is outside the window, or no time */
    WEBHOOK_GOOD
};

/* What the request's headers show, keys and tokens apart. now in milliseconds. */
enum webhook_verdict webhook_verify(const struct config *config,
                                    const struct signature_secrets *secrets,
                                    const struct http_request *request, int64_t now);

/* Whether the request may go on; else 401, or what an error means, is answered. Fills x->who, and
 * x->call where a token came along. */
bool webhook_authenticate(struct exchange *x);

/* Whether the event is one of the call whose token came with it, if one came; else 401 is answered.
 * To be asked before anything is written. */
struct event;
bool webhook_admits(struct exchange *x, const struct event *event);

#endif
