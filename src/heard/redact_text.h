/* A text under redaction: its words, what each hints at, and what has been found to be personal. */
#ifndef AR_HEARD_REDACT_TEXT_H
#define AR_HEARD_REDACT_TEXT_H

#include "heard/address_token.h"

/* What a word or run of words is replaced by. */
enum redact_label {
    LABEL_NONE,
    LABEL_PHONE,
    LABEL_EMAIL,
    LABEL_ID,
    LABEL_CARD,
    LABEL_BANK,
    LABEL_LICENCE,
    LABEL_BIRTH,
    LABEL_SECRET,
    LABEL_NAME,
    LABEL_ADDRESS
};

/* What a word says of the numbers near it. */
enum redact_hint {
    HINT_NONE,
    HINT_PHONE,
    HINT_ID,
    HINT_CARD,
    HINT_BANK,
    HINT_LICENCE,
    HINT_BIRTH,
    HINT_SECRET,
    HINT_CODE,    /* secret, unless it is a ZIP or area code */
    HINT_LISTING, /* listing, parcel and the like: a number of the property's */
    HINT_AMOUNT,  /* prices, sizes, counts */
    HINT_LINK,    /* is, number, the: may stand between a hint and what it hints at */
    HINT_JOIN     /* um, dash: may stand inside a spoken number */
};

struct redact_place {
    size_t from, to; /* bytes of the text */
};

struct redact_text {
    const char *text;
    struct tokens
        words; /* letters or digits each; only plain, the number and the case are filled */
    const struct redact_place *places;
    const unsigned char *hints; /* of enum redact_hint */
    unsigned char *labels;      /* of enum redact_label */
    bool *kept;                 /* words of the listing's address: nobody's name or home */
};

/* The words of text. Everything belongs to mem. */
struct redact_text redact_text_read(void *mem, const char *text);

/* Labels words from..to-1, but for those already labelled. */
void redact_mark(struct redact_text *text, size_t from, size_t to, enum redact_label label);

/* Whether between words i and i+1 there is nothing; only bytes from `allowed`; the end of a
 * sentence. Beyond the last word: false, false, true. */
bool redact_glued(const struct redact_text *text, size_t i);
bool redact_gap_is(const struct redact_text *text, size_t i, const char *allowed);
bool redact_sentence_ends(const struct redact_text *text, size_t i);

/* Whether word i is one of a list of words with one space between them; false beyond the end. */
bool redact_word_in(const struct redact_text *text, size_t i, const char *list);

enum redact_hint redact_hint_at(const struct redact_text *text, size_t i);

/* Whether word i is part of a number: a run of digits, or a number word that is no ordinal. */
bool redact_is_number(const struct redact_text *text, size_t i);

/* The classes that word i may have in an address; 0 beyond the end. */
unsigned redact_class_at(const struct redact_text *text, size_t i);

/* Whether word i begins with a capital and goes on with small letters. */
bool redact_is_capitalised(const struct redact_text *text, size_t i);

bool redact_begins_sentence(const struct redact_text *text, size_t i);

#endif
