/* Numbers as they are spoken in addresses: "one twenty three", "twelve oh five", "forty two
 * hundred". */
#ifndef AR_HEARD_ADDRESS_NUMBER_H
#define AR_HEARD_ADDRESS_NUMBER_H

#include "heard/address_token.h"

enum {
    NUMBER_GROUP = 16, /* room for one group of digits */
    NUMBER_TEXT = 20   /* room for a whole number */
};

/* Fills in the token's number, value and ordinal from its plain text. */
void address_number_note(struct token *token);

/* Reads one group ("twelve", "four hundred", "double seven", 415) from *at on, which moves behind
 * it; false if no number stands there. */
bool tokens_number_group(const struct tokens *tokens, size_t *at, size_t to,
                         char digits[NUMBER_GROUP]);

/* The digits that tokens from..to-1 say in whichever grouping; the last may be an ordinal, "12b" or
 * a fraction. false if they are not one number, or an absurdly long one. */
bool tokens_number(const struct tokens *tokens, size_t from, size_t to, char digits[NUMBER_TEXT]);

/* Whether tokens from..to-1 are a number that a street can be called by: "third", "forty two". */
bool tokens_are_street(const struct tokens *tokens, size_t from, size_t to);

#endif
