/* The listings that a brokerage has and those that a file adds, found by address, whatever way it
 * is written. A state or ZIP code that is not given fits any. */
#ifndef AR_CLI_KNOWN_H
#define AR_CLI_KNOWN_H

#include "store/properties.h"

struct known;

struct known_listing {
    bool is_stored;
    struct property property; /* as stored */
    size_t line;              /* of the file that names it; 0: none yet */
    /* known.c's own: */
    const char *key, *state, *zip;
    struct known_listing *next;
};

/* Reads all that are stored; *known belongs to mem. */
enum err known_load(struct db *db, void *mem, int64_t brokerage_id,
                    struct known **known) AR_MUST_USE;
/* The listings of the property's address: *count of them, and the first or NULL. Lent. */
struct known_listing *known_find(struct known *known, const struct property *property,
                                 size_t *count);
/* Adds one of the file. */
struct known_listing *known_add(struct known *known, const struct property *property);

#endif
