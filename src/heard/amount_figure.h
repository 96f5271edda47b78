/* Figures: one number of money as it is written or said, before it is known what it is for. */
#ifndef AR_HEARD_AMOUNT_FIGURE_H
#define AR_HEARD_AMOUNT_FIGURE_H

#include "heard/words.h"

/* Millionths, so that "1.25 million" and cents are whole numbers. */
#define FIGURE_ONE INT64_C(1000000)

enum figure_form {
    FIGURE_BARE,    /* "four ten", "400": it is left open whether thousands are meant */
    FIGURE_DOLLARS, /* "$400", "four hundred dollars" */
    FIGURE_SCALED,  /* "400k", "four hundred thousand", "400,000": nothing is left open */
    FIGURE_PERCENT,
    FIGURE_WRONG /* no number that anyone would mean: "400,00", thirty digits */
};

struct figure {
    enum figure_form form;
    int64_t value; /* in millionths */
    bool paired;   /* said as a pair of two digits each: "twelve fifty" */
    bool pointed;  /* with a decimal point, or "and a half" */
};

/* The figure at words[i]: "$1.2M", "three ninety-nine nine", "half a million". Returns how many
 * words it takes; 0 if there is none. */
int figure_read(const struct heard_words *words, int i, struct figure *figure);

#endif
