/* What a caller said of an address, ready to be compared with listings. */
#ifndef AR_HEARD_ADDRESS_SAID_H
#define AR_HEARD_ADDRESS_SAID_H

#include "heard/address.h"
#include "heard/address_sound.h"
#include "heard/address_token.h"

enum { SPAN_WORDS = 8 }; /* the longest run of words that one part of an address takes */

struct address_heard {
    /* WORD_LENIENT marks words that need not fit, WORD_DROPPED such as are no part of an address;
     * every other must be found in a listing that is to match. */
    struct tokens tokens;
    bool either; /* "this or that": whatever is found must be asked about */
    /* spans[i * SPAN_WORDS + n]: tokens_span of tokens i to i+n; NULL if there is none. */
    const char **spans;
    /* states[i * SPAN_WORDS + n]: the code of the state these tokens name, or NULL. */
    const char **states;
    struct sound *sounds; /* of each token as it was spelt, a direction spelt out */
};

/* Whether token i has any of these classes; false outside. */
bool token_has(const struct tokens *tokens, size_t i, unsigned word_class);
/* Whether token i is part of a number that may belong to an address. */
bool token_is_number(const struct tokens *tokens, size_t i);
/* The place behind the run of numbers at i. */
size_t tokens_number_end(const struct tokens *tokens, size_t i);
/* Whether token i can be a unit after its designator: "4", "4b", "b", "penthouse". */
bool token_is_unit_value(const struct tokens *tokens, size_t i);

/* Whether a word says nothing that a listing must have. */
bool token_may_be_skipped(const struct address_heard *heard, size_t i);

/* Whether a word may belong to the name of a street or city. */
bool token_is_name(const struct token *token);

#endif
