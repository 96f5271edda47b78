/* An agent's calendar, to which the agent's phone and desk subscribe: who may read it, and what it
 * shows. */
#ifndef AR_DESK_FEED_H
#define AR_DESK_FEED_H

#include "calendar/calendar.h"
#include "desk/desk.h"

/* Makes the key (role calendar) that stands in the feed's address, in place of the one before; what
 * the address is to show, once, is on desk->mem. */
enum err feed_open(const struct desk *desk, int64_t agent_id, const struct randomness *random,
                   const unsigned char master[SECRET_KEY_BYTES], struct api_key *key,
                   char **shown) AR_MUST_USE;
/* The feed's address below base ("https://host/voice-assistant"), on mem. */
char *feed_url(void *mem, const char *base, const char *shown);

/* How long what is over, and what was cancelled, stays. */
enum { FEED_PAST_DAYS = 31, FEED_CANCELLED_DAYS = 7, FEED_EVENTS_MAX = 1000 };

/* The agent's viewings and open houses, on desk->mem: address and first name in the summary, which
 * a locked phone may show; the visitor's name and numbers in the description. Nothing of what was
 * said, and nobody else's. */
enum err feed_compose(const struct desk *desk, int64_t agent_id, bool with_cancelled,
                      struct calendar *calendar) AR_MUST_USE;

#endif
