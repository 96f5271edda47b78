/* Letters in addresses: "unit four bee", Avenue See, MLK Drive. */
#ifndef AR_HEARD_ADDRESS_LETTER_H
#define AR_HEARD_ADDRESS_LETTER_H

#include "heard/address.h"
#include "heard/address_token.h"

/* The letter that the word is how one says: 'b' for "be" and "bee"; 0 if it is none. */
char address_letter_named(const char *said);

/* Behind a unit's designator, or the number there, makes the name of a letter the letter. */
void address_letters_settle(struct tokens *tokens);

/* Whether a word of a listing's street is a title that people leave out: Dr Martin Luther King. */
bool address_is_title(const struct address *listing, size_t word);

enum { ADDRESS_INITIALS = 8 };
/* The initials by which a street of three words or more is known: "mlk"; "" of any other. */
void address_initials(const struct address *listing, char initials[ADDRESS_INITIALS]);

#endif
