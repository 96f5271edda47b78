/* Text as people and recognisers write it, reduced to what can be compared. */
#ifndef AR_HEARD_ADDRESS_FOLD_H
#define AR_HEARD_ADDRESS_FOLD_H

#include <stdint.h>

/* A copy of the first ADDRESS_TEXT bytes of text (NULL is empty) in ASCII: accents and apostrophes
 * taken off, dashes and quotes plain, ½ as " 1/2", letters still capital or small. Bytes that
 * belong to no Latin letter become spaces. */
char *address_fold(void *mem, const char *text);

/* The UTF-8 character at *at, which moves on; where it is not UTF-8, a space. */
uint32_t fold_next(const char **at);
/* Writes the character's plain form, at most five bytes, and returns its end; see above. */
char *fold_write(char *out, uint32_t character);

#endif
