/* Whether one listing has all that was said. */
#ifndef AR_HEARD_ADDRESS_FIT_H
#define AR_HEARD_ADDRESS_FIT_H

#include "heard/address_said.h"
#include "heard/address_sound.h"

/* Parts of an address that were said and that the listing has. */
enum fit_part {
    FIT_NUMBER = 1 << 0,
    FIT_NAME = 1 << 1,
    FIT_SUFFIX = 1 << 2,
    FIT_BEFORE = 1 << 3,
    FIT_AFTER = 1 << 4,
    FIT_UNIT = 1 << 5,
    FIT_CITY = 1 << 6,
    FIT_STATE = 1 << 7,
    FIT_ZIP = 1 << 8,
    FIT_WRONG_SUFFIX = 1 << 9 /* all fits but for the suffix; `suffix` says which was said */
};

struct fit {
    bool fits;
    unsigned parts;     /* of enum fit_part */
    enum likeness name; /* the least alike of the name's words; LIKE_SAME if no name was said */
    const char *suffix; /* with FIT_WRONG_SUFFIX */
};

/* The best way to find every word of what was said in the listing. */
struct fit address_fit(const struct address_heard *heard, const struct address *listing);

#endif
