/* A run of digits and number words, as one says a telephone number, over hesitations. */
#ifndef AR_HEARD_REDACT_RUN_H
#define AR_HEARD_REDACT_RUN_H

#include "heard/redact_text.h"

enum { REDACT_PIECES = 6 };

struct redact_run {
    size_t from, to;
    size_t digits;                /* how many all of it says */
    size_t groups;                /* "five twelve" are two */
    size_t singles;               /* written digits that stand alone */
    bool spoken;                  /* has number words */
    bool amount;                  /* thousands, "$", "1,250,000" */
    size_t pieces[REDACT_PIECES]; /* lengths of the runs of written digits, piece_count of them */
    size_t piece_count;
};

/* Whether word i may be one of a run: a number with nothing written on to it. */
bool redact_is_run_word(const struct redact_text *text, size_t i);

/* The run that begins with word `from`, which redact_is_run_word. */
struct redact_run redact_run_read(const struct redact_text *text, size_t from);

/* How many digits word i is written with. */
size_t redact_digits_length(const struct redact_text *text, size_t i);

#endif
