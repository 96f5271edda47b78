/* Amounts of money in talk about offers for houses, in cents of US dollars. */
#ifndef AR_HEARD_AMOUNT_H
#define AR_HEARD_AMOUNT_H

#include "base/instant.h"
#include <stdbool.h>
#include <stdint.h>

/* The one amount that is meant in text; false if there is none, or not just one ("between 400 and
 * 420", "400 or 410": ask), or none that is sane (zero, negative, over ten billion dollars).
 * asking_cents is the price asked for the listing at hand, NO_VALUE if there is none.
 *
 * As a listener would understand it, who knows that the talk is of houses:
 * - What is written or said with a scale counts as it stands: "$400,000", "400k", "1.2 million", "a
 *   million two" (1,200,000), "a million and a quarter", "half a million".
 * - A bare number from 100 to 999 means thousands: "four hundred", "three fifty". Digits said
 * further are its decimals: "three ninety-nine nine" is 399,900.  With a point below 20 it means
 * millions: "one point two".  "Twelve fifty" means 1,250,000.
 * - If what that gives is further than twice or half from the asking price and another power of ten
 *   is nearer, that one is meant: "ninety-five" at 99,000, "twenty-three hundred" for a rent of
 * 2,500. Other small numbers are no amounts: "five", "three bedrooms".
 * - "Asking", "full price", "list price" are the asking price; "ten under" is ten thousand less,
 * "five percent over asking" and "ninety-five percent of asking" are reckoned from it.  A share of
 *   anything else ("twenty percent down") is no amount, nor are deposits, sizes, dates and
 * addresses.
 * - Of a correction the last version counts: "four hundred, no, four ten".  "Less than four
 * hundred" is no offer; "up to" and "no more than four hundred" are. */
bool amount_hear(const char *text, int64_t asking_cents, int64_t *cents);

/* "$850,000", "$1,234.50", "-$5"; "" for NO_VALUE. Belongs to mem. */
char *amount_format(void *mem, int64_t cents);

#endif
