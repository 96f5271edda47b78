/* Telephone numbers: what a caller said or typed, as E.164 (ITU-T E.164, "+14155550123").
 *
 * Whether a number exists is judged by a small image of libphonenumber's metadata (phone_plan.h).
 * Pure functions; any bytes may come in. */
#ifndef AR_HEARD_PHONE_H
#define AR_HEARD_PHONE_H

#include "base/err.h"
#include <stdbool.h>

enum phone_kind {
    PHONE_E164,   /* a whole number */
    PHONE_LOCAL,  /* seven digits of the US or Canada without an area code; none is invented */
    PHONE_INVALID /* no number, not one that exists, several, or a placeholder for a withheld one */
};

enum { PHONE_TEXT = 32 };

/* Whether text is a plus sign and 7 to 15 digits, the first of them not 0. NULL is not. */
bool phone_is_e164(const char *text);

/* The number in text, which may be digits, words or both: "four one five, triple five, oh one two
 * three", "nineteen eighty four" (1984), "forty two hundred" (4200), "plus four four ...", "1-800-
 * FLOWERS".  Filler and an extension are dropped; of a self-correction the last version counts.
 * region (ISO 3166 alpha-2, either case, NULL or unknown: only numbers with a plus) is where it was
 * said.  out becomes E.164, or the digits of a local number, or "". */
enum phone_kind phone_hear(const char *text, const char *region, char out[PHONE_TEXT]);

/* The region of a number: "US", "CA", "GB", …; NULL if no country has it. Static storage. */
const char *phone_region(const char *e164);

/* A number, E.164 or local, as one says it back: "415 555 1234", "+44 207 946 0018", "555 0123". */
char *phone_spoken(void *mem, const char *number);

#endif
