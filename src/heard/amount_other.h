/* Numbers that are about something else than the sum that is offered. A figure is the words
 * [from, to). */
#ifndef AR_HEARD_AMOUNT_OTHER_H
#define AR_HEARD_AMOUNT_OTHER_H

#include "heard/words.h"

/* "three bedrooms", "12 Oak Street", "a ten thousand dollar deposit", "built in 1985". */
bool amount_is_other(const struct heard_words *words, int from, int to);
/* "we are approved up to 600": a sum that is offered only if no other is. */
bool amount_is_means(const struct heard_words *words, int from);
/* "400,000 euros". */
bool amount_is_foreign(const struct heard_words *words, int from, int to);
/* Whether the sign of another currency is in the text. */
bool amount_text_is_foreign(const char *text);

#endif
