/* The digits in what a caller said. Words can be read in several ways: which one was meant shows
 * only when the digits make a number that exists, so the caller of these functions tries them in
 * turn. */
#ifndef AR_HEARD_PHONE_WORDS_H
#define AR_HEARD_PHONE_WORDS_H

#include "heard/words.h"

enum { PHONE_DIGITS = 40 };

struct phone_digits {
    bool plus;
    int count;
    char text[PHONE_DIGITS + 1];
};

enum phone_reading {
    READ_PLAIN = 0,
    READ_SUMS = 1,   /* "two hundred twelve" is 212, not 200 12 */
    READ_LETTERS = 2 /* words among the digits are spelled on the keypad: "800 flowers" */
};

/* The digits in words [from, to), an extension left out. What does not fit into text is left out,
 * too: it is longer than any number. */
void phone_digits_read(const struct heard_words *words, int from, int to,
                       enum phone_reading reading, struct phone_digits *digits);

/* The next run of numbers in [from, to), with what people put between its digits but no other
 * words: "212 uh 555 0187", not "3 bedrooms, 212". Its end; *from moves to its begin. to if there
 * is none.
 */
int phone_run_find(const struct heard_words *words, int *from, int to);

/* The last "no", "sorry", "I mean", … in [0, to) that has digits before it; -1 if there is none. */
int phone_correction_find(const struct heard_words *words, int to);

#endif
