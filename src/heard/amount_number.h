/* Numbers of money without their scale: "1,250.50", "three ninety-nine nine", "one point two". */
#ifndef AR_HEARD_AMOUNT_NUMBER_H
#define AR_HEARD_AMOUNT_NUMBER_H

#include "heard/amount_figure.h"

/* The number at words[i]: sets the figure's value and what is known of its form. Returns how many
 * words it takes; 0 if there is none. */
int amount_number_read(const struct heard_words *words, int i, struct figure *number);

/* Adds what "and a half", "and a quarter" at words[i] mean to *value, and returns the words taken.
 */
int amount_half_read(const struct heard_words *words, int i, int64_t *value);

#endif
