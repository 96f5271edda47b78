/* Which telephone numbers exist: a small image of libphonenumber's metadata.
 *
 * Patterns: digits; x, any digit; [2-9], one of them; (a|b), alternatives.  A pattern describes how
 * a number begins, and ends with the text or at a space.  A plan's numbers are "LENGTHS:PATTERN …":
 * "9,10:[1-3]x 7:55" are national numbers of nine or ten digits that begin with 1x to 3x, and such
 * of seven digits that begin with 55. */
#ifndef AR_HEARD_PHONE_PLAN_H
#define AR_HEARD_PHONE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

/* A country calling code; sorted by it. No calling code begins with another. */
struct phone_plan {
    const char *code;
    const char *region; /* the main one, ISO 3166; "" for codes that belong to no country */
    const char *numbers;
};

/* The numbers of another region under a calling code that has several. */
struct phone_part {
    const char *code, *region, *pattern;
};

/* How people in a region dial. */
struct phone_country {
    const char *region;
    const char *code;
    const char *trunk;         /* before a national number: "0"; a pattern */
    const char *international; /* before a calling code: "00"; a pattern */
    const char *home;          /* the only area code, which people leave out; or "" */
};

extern const struct phone_plan phone_plans[];
extern const size_t phone_plan_count;
extern const struct phone_part phone_parts[];
extern const size_t phone_part_count;
extern const struct phone_country phone_countries[];
extern const size_t phone_country_count;

/* How many digits at the beginning of digits the pattern describes; -1 if they do not fit. */
int phone_pattern_match(const char *pattern, const char *digits);

/* The plan of the calling code with which an international number begins; NULL if there is none. */
const struct phone_plan *phone_plan_find(const char *international);
/* Whether a national number exists in the plan. */
bool phone_plan_has(const struct phone_plan *plan, const char *national);

/* The region of that ISO 3166 alpha-2 code, in either case; NULL if there is none. */
const struct phone_country *phone_country_find(const char *region);

#endif
