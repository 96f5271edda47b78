/* The listings that a brokerage has, found by address, whatever way it is written. */
#ifndef AR_CLI_KNOWN_H
#define AR_CLI_KNOWN_H

#include "store/properties.h"

struct known;

struct known_listing {
    const char *key;
    bool is_stored;
    size_t line;              /* of the file that names it; 0: none yet */
    struct property property; /* as stored */
};

/* Reads them all; *known belongs to mem. */
enum err known_load(struct db *db, void *mem, int64_t brokerage_id,
                    struct known **known) AR_MUST_USE;
/* The one of that address: a stored one, one taken before, or a new one. Lent. */
struct known_listing *known_take(struct known *known, const struct property *property);

#endif
