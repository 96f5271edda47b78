/* The vocabulary of addresses: abbreviations, and the words people put around an address. */
#ifndef AR_HEARD_ADDRESS_WORDS_H
#define AR_HEARD_ADDRESS_WORDS_H

#include <stdbool.h>

/* What a word may be; several at once ("in" is filler, or Indiana where the letters are capital).
 */
enum word_class {
    WORD_SUFFIX = 1 << 0,    /* Street, Ave */
    WORD_DIRECTION = 1 << 1, /* North, SW */
    WORD_OPTIONAL = 1 << 2,  /* may be left out of a name: Jr, El */
    WORD_FILLER = 1 << 3,    /* says nothing about the address */
    WORD_CUT = 1 << 4,       /* after an address: begins something else */
    WORD_NOISE = 1 << 5,     /* as if it had not been said: uh, the, of */
    WORD_PREPOSITION = 1 << 6,
    WORD_UNIT = 1 << 7,        /* apartment, suite */
    WORD_NUMBER_MARK = 1 << 8, /* #, number */
    WORD_COUNTED = 1 << 9,     /* makes the number before it no address: bedrooms, dollars */
    WORD_REPAIR = 1 << 10,     /* no, sorry: what follows replaces what was said */
    WORD_NEGATION = 1 << 11,   /* not: what follows is not meant */
    WORD_ROUTE = 1 << 12,      /* highway, when a number follows */
    WORD_ROUTE_ROAD = 1 << 13, /* road, after "state" or "county" */
    WORD_ROUTE_STATE = 1 << 14,
    WORD_ROUTE_COUNTY = 1 << 15,
    WORD_ROUTE_FEDERAL = 1 << 16,
    WORD_DROPPED = 1 << 17, /* a number that counts something else; given by address_said.c */
    WORD_LENIENT = 1 << 18  /* need not fit; given by address_said.c */
};

struct address_word {
    const char *word;    /* lower case */
    const char *text;    /* its canonical form: the usual abbreviation */
    const char *full;    /* as it is spoken; for "st" and "dr", which have two, the abbreviation */
    unsigned word_class; /* of enum word_class */
};

/* What is known of a word; an unknown one stands for itself and has no class. The texts are static,
 * or the given word. */
struct address_word address_word_find(const char *word);
/* How a canonical text is spoken ("blvd" is "boulevard"), and static or the text itself. */
const char *address_word_full(const char *text);

/* Whether a word of a street's name may be left out: Jr, El. */
bool address_word_optional(const char *word);

/* The two-letter code of a state or district by its name without spaces ("newjersey") or its code;
 * NULL if there is none. Static storage. */
const char *address_state_find(const char *name);

#endif
