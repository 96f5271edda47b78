/* What a figure is worth, in cents, when houses are talked about. */
#ifndef AR_HEARD_AMOUNT_PRICE_H
#define AR_HEARD_AMOUNT_PRICE_H

#include "heard/amount_figure.h"

/* As a price, with the price asked (cents, or NO_VALUE) to decide what a bare number means;
 * NO_VALUE if it is none. INT64_MAX stands for all that is too large. */
int64_t amount_price(const struct figure *figure, int64_t asking);

/* As a step from the price asked: "ten" is ten thousand, percents are of asking. */
int64_t amount_step(const struct figure *figure, int64_t asking);

#endif
