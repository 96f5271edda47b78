#include "heard/redact_rules.h"
#include <string.h>

static const char months[] = "january february march april may june july august september october "
                             "november december jan feb mar apr jun jul aug sep sept oct nov dec";
static const char endings[] = "st nd rd th";
static const char leading[] = "in on the date day of is was its year back way number";

enum { LEAD_WORDS = 6, DATE_WORDS = 9 };

static bool is_date_word(const struct redact_text *text, size_t i)
{
    return i < text->words.count &&
           (text->words.all[i].number != SPOKEN_NONE || redact_word_in(text, i, months));
}

static bool is_date_joint(const struct redact_text *text, size_t i)
{
    return redact_word_in(text, i, "of the") ||
           (i > 0 && redact_word_in(text, i, endings) && redact_glued(text, i - 1));
}

static bool is_year(const struct redact_text *text, size_t i)
{
    const struct token *word = &text->words.all[i];
    return word->number == SPOKEN_DIGITS && strlen(word->plain) == 4;
}

/* The place behind the date that begins with word `from`. */
static size_t date_end(const struct redact_text *text, size_t from)
{
    size_t end = from;
    for (size_t i = from; i < from + DATE_WORDS; i++) {
        bool date = is_date_word(text, i);
        if ((!date && !is_date_joint(text, i)) ||
            (i > from && !redact_gap_is(text, i - 1, " ,-/.'")))
            break;
        if (date || redact_word_in(text, i, endings))
            end = i + 1;
        if (date && is_year(text, i) && !redact_gap_is(text, i, "-/"))
            break;
    }
    return end;
}

/* "two" alone is no date; a year is, and so is a month with a day. */
static bool is_date(const struct redact_text *text, size_t from, size_t to)
{
    return to - from > 1 || (to > from && is_year(text, from));
}

static void birth_mark_after(struct redact_text *text, size_t hint)
{
    size_t from = hint + 1;
    while (from <= hint + LEAD_WORDS && !is_date_word(text, from) &&
           !redact_sentence_ends(text, from - 1) && redact_word_in(text, from, leading))
        from++;
    if (redact_sentence_ends(text, from - 1) || !is_date_word(text, from))
        return;
    size_t to = date_end(text, from);
    if (is_date(text, from, to))
        redact_mark(text, from, to, LABEL_BIRTH);
}

/* "March 3rd, 1985 is my date of birth" */
static void birth_mark_before(struct redact_text *text, size_t hint)
{
    size_t to = hint;
    bool is = false;
    for (; to > 0 && hint - to < LEAD_WORDS &&
           redact_word_in(text, to - 1,
                          "is was s my her his the "
                          "date of day");
         to--)
        is = is || redact_word_in(text, to - 1, "is was s");
    size_t from = to;
    while (is && from > 0 && to - from < DATE_WORDS &&
           (is_date_word(text, from - 1) || is_date_joint(text, from - 1)) &&
           redact_gap_is(text, from - 1, " ,-/.'"))
        from--;
    if (from < to && is_date(text, from, to))
        redact_mark(text, from, to, LABEL_BIRTH);
}

void redact_births(struct redact_text *text)
{
    for (size_t i = 0; i < text->words.count; i++)
        if (redact_hint_at(text, i) == HINT_BIRTH) {
            birth_mark_after(text, i);
            birth_mark_before(text, i);
        }
}
