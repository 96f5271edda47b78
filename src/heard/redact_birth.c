#include "heard/redact_rules.h"
#include <string.h>

static const char months[] = "january february march april may june july august september october "
                             "november december jan feb mar apr jun jul aug sep sept oct nov dec "
                             "christmas halloween";
static const char endings[] = "st nd rd th";
static const char leading[] = "in on the date day of is was its thats that year back way number";

enum { LEAD_WORDS = 6, DATE_WORDS = 9 };

static bool is_date_word(const struct redact_text *text, size_t i)
{
    return i < text->words.count &&
           (text->words.all[i].number != SPOKEN_NONE || redact_word_in(text, i, months));
}

static bool is_date_joint(const struct redact_text *text, size_t i)
{
    return redact_word_in(text, i, "of the day eve") ||
           (redact_word_in(text, i, "on") && redact_word_in(text, i + 1, months)) ||
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
        if (date && is_year(text, i) && !redact_gap_is(text, i, "-/."))
            break;
    }
    return end;
}

/* "two" alone is no date; a year is, and so is a month with a day. */
static bool is_date(const struct redact_text *text, size_t from, size_t to)
{
    return to - from > 1 || (to > from && is_year(text, from));
}

/* The place behind the town of "born in Lima on the 14th of August": where the date may begin. */
static size_t birthplace_end(const struct redact_text *text, size_t i)
{
    size_t end = i + 1;
    while (redact_word_in(text, i, "in") && end < i + LEAD_WORDS && end < text->words.count &&
           redact_is_capitalised(text, end) && !is_date_word(text, end))
        end++;
    return end > i + 1 && end < i + LEAD_WORDS ? end : i;
}

/* "The building was born in 1931" */
static bool is_of_a_house(const struct redact_text *text, size_t hint)
{
    for (size_t back = 1; back <= 3 && back <= hint; back++)
        if (redact_word_in(text, hint - back,
                           "building house home loft cannery barn idea project "
                           "neighborhood brokerage company"))
            return redact_word_in(text, hint, "born");
    return false;
}

static void birth_mark_after(struct redact_text *text, size_t hint)
{
    size_t first = birthplace_end(text, hint + 1), from = first;
    while (from < first + LEAD_WORDS && !is_date_word(text, from) &&
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
        if (redact_hint_here(text, i) == HINT_BIRTH && !is_of_a_house(text, i)) {
            birth_mark_after(text, i);
            birth_mark_before(text, i);
        }
}
