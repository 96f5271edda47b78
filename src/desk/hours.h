/* Office hours and spoken local time. */
#ifndef AR_DESK_HOURS_H
#define AR_DESK_HOURS_H

#include "store/phone_numbers.h"

/* Whether the number's office is open at that instant: its hours, in its zone; an end before the
 * start spans midnight; no hours, or equal ones, are round the clock. */
bool hours_open(const struct phone_number *number, int64_t now);
/* Whether a call that comes in now is forwarded at once. */
bool hours_forwarded(const struct phone_number *number, int64_t now);

#endif
