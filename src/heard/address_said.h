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
    /* spans[i * SPAN_WORDS + n]: tokens_span of tokens i to i+n; NULL if there is none. */
    const char **spans;
    /* states[i * SPAN_WORDS + n]: the code of the state these tokens name, or NULL. */
    const char **states;
    struct sound *sounds; /* of each token as it was spelt, a direction spelt out */
};

/* Whether a word says nothing that a listing must have. */
bool token_may_be_skipped(const struct address_heard *heard, size_t i);

/* Whether a word may belong to the name of a street or city. */
bool token_is_name(const struct token *token);

#endif
