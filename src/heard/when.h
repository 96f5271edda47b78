/* Dates and times: what a caller said or a program wrote, as an instant. */
#ifndef AR_HEARD_WHEN_H
#define AR_HEARD_WHEN_H

#include "base/instant.h"

enum when_kind {
    WHEN_INSTANT,
    WHEN_PAST,    /* resolves at or before now */
    WHEN_INVALID, /* no date or time in it, an impossible one, or one the spring clock change skips
                   */
    WHEN_ASK      /* a real day but no usable time, several, or a time that comes twice in autumn */
};

struct when {
    enum when_kind kind;
    int64_t instant; /* NO_VALUE unless kind is WHEN_INSTANT */
    /* One English sentence to say: for WHEN_ASK the question to the caller, for WHEN_PAST and
     * WHEN_INVALID the reason; NULL for WHEN_INSTANT. Belongs to mem. */
    const char *why;
};

/* The instant meant by text: ISO 8601 or English as spoken ("half past four on Friday", "in two
 * hours", "three no wait four tomorrow").  Days count from now's date in zone; a time is local to
 * it unless an offset or a zone is said.
 *
 * A bare hour is 1 to 7 in the afternoon, 8 to 11 in the morning, 12 noon; a leading zero or an
 * hour from 13 makes it a 24-hour time.  "Friday" is the first after today; "next Friday" that of
 * the next calendar week, and asked about where the two differ.  A time without a day is today's.
 * A month and day, or "the 20th", is the next there is, today included.  Slash dates are
 * month/day/year.  Of a self-correction the last version counts.  Text beyond 1000 bytes is not
 * looked at. */
struct when when_hear(void *mem, const char *text, int64_t now, const struct zone *zone);

/* "Wednesday, September 2 at 2:00 PM", with the year if it is not now's. Belongs to mem. */
char *when_spoken(void *mem, int64_t instant, int64_t now, const struct zone *zone);
/* "Wednesday, September 2" likewise, of a day counted from 1970-01-01. */
char *when_day_spoken(void *mem, int64_t days, int64_t now, const struct zone *zone);

#endif
