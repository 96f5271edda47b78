/* What was said of a property beside its address: "the condo on Oak", "the three bedroom", "the one
 * with the pool".  Features are those of a list (features_table.c), since any other word of a
 * description may be a street's. */
#ifndef AR_HEARD_FEATURES_H
#define AR_HEARD_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FEATURES_MOST = 8 };

struct features {
    const char *property_type; /* a name of words_property_type; NULL if none was said */
    int64_t bedrooms;          /* -1 if none were said */
    const char *named[FEATURES_MOST];
    size_t count;  /* of named */
    bool definite; /* "the one with the pool", where "a house with a pool" is any */
    bool own;      /* of the caller's own home, or of selling one */
};

/* "House", "home" and "place" are said of anything and name no type. What is denied ("no pool",
 * "room for a pool") does not count. NULL is fine. */
struct features features_heard(const char *text);

/* Whether a description tells of all that are named. NULL tells of none. */
bool features_told(const struct features *features, const char *description);

/* What was said without the features: of all, or only of those after "with" or "has". On mem. */
char *features_rest(void *mem, const char *text, bool only_with);

/* The terms of the index under which a listing's features stand, and those of what was said: the
 * listings with all of these have all that was named. property_type may be NULL. On mem. */
char **features_terms(void *mem, const char *property_type, const char *description, size_t *count);
char **features_terms_said(void *mem, const struct features *features, size_t *count);

#endif
