/* What a caller said, as words: the common ground of phone numbers, amounts, dates and times.
 *
 * Pure functions.  Any bytes may come in; what is longer than WORDS_BYTES counts as its beginning.
 */
#ifndef AR_HEARD_WORDS_H
#define AR_HEARD_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORD_TEXT = 24, WORDS_MOST = 400, WORDS_BYTES = 1000 };

enum word_kind {
    WORD_END,    /* stands after the last one: at[count] can always be looked at */
    WORD_ALPHA,  /* letters, in lower case, without apostrophes and accents: "oclock" */
    WORD_DIGITS, /* a run of decimal digits of any script, as ASCII */
    WORD_MARK    /* one ASCII punctuation mark; dashes are '-' */
};

struct word {
    enum word_kind kind;
    bool glued; /* no space between it and the one before */
    char text[WORD_TEXT];
};

struct heard_words {
    int count;
    struct word at[WORDS_MOST + 1];
};

/* Cuts text into words. Longer words lose their ends; bytes that are no UTF-8 separate words. */
void words_split(const char *text, struct heard_words *words);

/* Whether words[i] is this word or mark; false beyond either end. */
bool word_is(const struct heard_words *words, int i, const char *text);
/* Whether it is one of a list of words with one space between them: word_in(w, i, "no sorry wait").
 */
bool word_in(const struct heard_words *words, int i, const char *list);
/* How many words it takes if words[i] and the following are this phrase, else 0. */
int words_phrase(const struct heard_words *words, int i, const char *phrase);
bool word_is_mark(const struct heard_words *words, int i, char mark);
/* The value of a run of digits; -1 if it is no such run or has more than 15 digits. */
int64_t word_digits(const struct heard_words *words, int i);

enum number_role {
    NUMBER_NONE,
    NUMBER_UNIT,   /* zero to nine, oh */
    NUMBER_TEEN,   /* ten to nineteen */
    NUMBER_TENS,   /* twenty to ninety */
    NUMBER_SCALE,  /* hundred, thousand, million, billion */
    NUMBER_ORDINAL /* first to twentieth, thirtieth */
};

/* What part of a number the word is, and its value. value may be NULL. */
enum number_role word_number(const struct heard_words *words, int i, int64_t *value);

/* A number below 100 at words[i], in words: "seven", "twelve", "forty-two". How many words it
 * takes; 0 if there is none. "twenty oh" and "twenty zero" are no numbers of one piece. */
int words_below_hundred(const struct heard_words *words, int i, int64_t *value);

/* The same, with hundreds: "four hundred and ten", "twelve hundred", "a hundred". "a" before
 * another scale is one. */
int words_hundreds(const struct heard_words *words, int i, int64_t *value);

/* A whole number at words[i] as people count: "four hundred and ten thousand five hundred". A scale
 * without a number before it counts once only after "a": "a hundred". How many words it takes. */
int words_cardinal(const struct heard_words *words, int i, int64_t *value);

#endif
