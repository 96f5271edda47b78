/* The terms of the index, for address_terms.c and address_narrow.c alone: their kinds are told in
 * address_terms.c. */
#ifndef AR_HEARD_ADDRESS_TERMS_H
#define AR_HEARD_ADDRESS_TERMS_H

#include "heard/address.h"
#include "heard/address_said.h"

enum { SOUND_END = '/' }; /* in a term, between a sound and the word that has it */

struct terms {
    char **all; /* the mem of everything */
    size_t count;
};

/* Adds "kind:text" unless it is there; of NULL or nothing nothing. */
void term_whole_add(struct terms *terms, char kind, const char *text);
/* A street as it is written; suffix and city, without spaces, may be NULL. */
void term_street_add(struct terms *terms, const char *name, const char *suffix, const char *city);

/* Whether token i must be found in a listing; the same of a number, and of a word of a name. */
bool token_is_strict(const struct tokens *tokens, size_t i);
bool token_is_strict_number(const struct tokens *tokens, size_t i);
bool token_is_strict_name(const struct tokens *tokens, size_t i);
/* The place behind the run of such numbers at i. */
size_t tokens_run_end(const struct tokens *tokens, size_t i);

/* How well a word serves to find the street: 0 not at all, 1 like a suffix, 2, 3 before a suffix.
 */
int token_name_rank(const struct tokens *tokens, size_t i);
/* The word of a higher rank than that which serves best; tokens->count if there is none. */
size_t tokens_name_find(const struct tokens *tokens, int rank);
/* Whether what was said begins with a house number and a street follows, be it in the same run of
 * numbers; "forty second" alone is a street. */
bool tokens_begin_with_number(const struct tokens *tokens);

/* House numbers; numbers that may be the street's name, or a ZIP; the word at place best, if there
 * is one. */
void terms_numbers_add(struct terms *terms, const struct tokens *tokens);
void terms_numbered_streets_add(struct terms *terms, const struct tokens *tokens);
void terms_name_add(struct terms *terms, const struct tokens *tokens, size_t best);

#endif
