/* A written or spoken address as a sequence of canonical words. */
#ifndef AR_HEARD_ADDRESS_TOKEN_H
#define AR_HEARD_ADDRESS_TOKEN_H

#include "heard/address_words.h"
#include <stdbool.h>
#include <stddef.h>

/* What a word contributes to a spoken number; see address_number.h. */
enum spoken_kind {
    SPOKEN_NONE,
    SPOKEN_DIGITS, /* "123", "5th" */
    SPOKEN_MIXED,  /* "12b", "1/2": nothing follows it in the same number */
    SPOKEN_ZERO,   /* oh, zero */
    SPOKEN_ONES,
    SPOKEN_TEENS,
    SPOKEN_TENS,
    SPOKEN_HUNDRED,
    SPOKEN_THOUSAND,
    SPOKEN_TIMES /* double, triple */
};

struct token {
    const char *text;    /* canonical: "st", "n", "12b" */
    const char *plain;   /* as written, lower case without accents: "street" */
    const char *full;    /* as spoken, for comparing sounds */
    unsigned word_class; /* of enum word_class */
    enum spoken_kind number;
    int value;    /* of a number word */
    bool ordinal; /* 5th, fifth */
    bool apart;   /* a comma or the like stood in front */
    bool proper;  /* begins with a capital letter */
    bool capital; /* two or more letters, all capital in a text that has small ones too */
};

struct tokens {
    struct token *all;
    size_t count;
};

enum { TOKENS_MAX = 200 }; /* more are not looked at */

/* The words of text (at most ADDRESS_TEXT bytes of it; NULL is empty): noise removed, compass
 * points, suffixes, saints and highways made canonical. */
struct tokens address_tokens(void *mem, const char *text);

enum { SPAN_TEXT = 128 };
/* The texts of tokens from..to-1 without spaces, numbers among them as digits; false if too long.
 */
bool tokens_span(const struct tokens *tokens, size_t from, size_t to, char text[SPAN_TEXT]);

/* The token at i; outside, one whose texts are empty. */
struct token token_at(const struct tokens *tokens, size_t i);

/* The code of the state whose name or code tokens from..to-1 are; NULL if they are none. */
const char *tokens_state(const struct tokens *tokens, size_t from, size_t to);

#endif
