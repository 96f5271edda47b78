/* What of the words that were said is the address. */
#ifndef AR_HEARD_ADDRESS_BOUND_H
#define AR_HEARD_ADDRESS_BOUND_H

#include "heard/address_token.h"

/* Marks the words around the address WORD_LENIENT and those that are no part of it WORD_DROPPED:
 * prices and counts, what was taken back ("no, sorry, 125"), what is not meant. */
void address_bound(struct tokens *tokens);

/* The first number that can be a house's; tokens->count if there is none. */
size_t address_number_find(const struct tokens *tokens);

/* Whether several addresses were said: "12 Oak or 14 Oak". */
bool address_is_either(const struct tokens *tokens);

#endif
