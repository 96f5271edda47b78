#include "heard/redact_rules.h"
#include <string.h>

static const char titles[] = "mr mrs ms miss dr doctor prof professor sir madam mister";

static bool is_everyday(const struct redact_text *text, size_t i)
{
    const unsigned classes = WORD_FILLER | WORD_CUT | WORD_PREPOSITION | WORD_COUNTED | WORD_UNIT |
                             WORD_REPAIR | WORD_NEGATION | WORD_NOISE;
    return (redact_class_at(text, i) & classes) != 0;
}

static bool is_name_word(const struct redact_text *text, size_t i, bool certain)
{
    return i < text->words.count && text->words.all[i].number == SPOKEN_NONE &&
           redact_hint_at(text, i) == HINT_NONE &&
           !redact_word_in(text, i, "calling speaking here again") &&
           (!is_everyday(text, i) || (certain && redact_is_capitalised(text, i)));
}

/* The place behind the name that begins with word i; `certain`: a name it is, only how long? */
static size_t name_end(const struct redact_text *text, size_t i, bool certain)
{
    enum { LONGEST = 5 };
    size_t end = i;
    while (end < i + LONGEST && is_name_word(text, end, certain) &&
           (end == i ||
            (redact_gap_is(text, end - 1, " .-") &&
             (!redact_sentence_ends(text, end - 1) || !text->words.all[end - 1].plain[1]))))
        end++;
    return end;
}

/* Marks all of a name but the given one. */
static void name_mark(struct redact_text *text, size_t from, bool certain, bool surname)
{
    bool titled = redact_word_in(text, from, titles);
    from += titled;
    size_t end = name_end(text, from, certain);
    size_t keep = surname || (titled && end == from + 1) ? 0 : 1;
    if (end > from + keep)
        redact_mark(text, from + keep, end, LABEL_NAME);
}

/* The place behind "name is", "name on the offer is", "under the name"; i if the name does not
 * follow. */
static size_t name_phrase_end(const struct redact_text *text, size_t i)
{
    size_t at = i + 1;
    if (redact_word_in(text, i, "names") || redact_gap_is(text, i, " :="))
        while (at < i + 5 &&
               redact_word_in(text, at, "on for of the my offer contract file account"))
            at++;
    if (redact_word_in(text, at, "is was"))
        return at + 1;
    bool direct = redact_word_in(text, i, "names surname") ||
                  redact_word_in(text, i - 1, "the last") || !redact_gap_is(text, i, " ");
    return direct && at == i + 1 ? at : i;
}

static void name_phrases_mark(struct redact_text *text)
{
    for (size_t i = 0; i < text->words.count; i++) {
        if (!redact_word_in(text, i, "name names surname"))
            continue;
        size_t from = name_phrase_end(text, i);
        bool surname =
            redact_word_in(text, i, "surname") || redact_word_in(text, i - 1, "last family maiden");
        if (from > i && from < text->words.count)
            name_mark(text, from, true, surname);
    }
}

/* Whether "this is X" or "I'm X" introduces words from..to-1 as a person. */
static bool is_introduced(const struct redact_text *text, size_t from, size_t to, bool weak)
{
    bool capitalised = true;
    for (size_t i = from; i < to; i++)
        capitalised = capitalised && redact_is_capitalised(text, i);
    if (to < from + 2 || capitalised)
        return to > from;
    if (redact_word_in(text, to, "calling speaking here again from with and my im i"))
        return true;
    const char *first = text->words.all[from].plain;
    size_t len = strlen(first);
    bool adverb = len > 3 && (!strcmp(first + len - 2, "ly") || !strcmp(first + len - 2, "ed") ||
                              !strcmp(first + len - 3, "ing"));
    return !weak && !adverb &&
           (redact_sentence_ends(text, to - 1) || !redact_gap_is(text, to - 1, " "));
}

static void introductions_mark(struct redact_text *text)
{
    for (size_t i = 0; i < text->words.count; i++) {
        bool two = redact_word_in(text, i, "this it i") && redact_word_in(text, i + 1, "is am");
        bool three = redact_word_in(text, i, "youre are") &&
                     redact_word_in(text, i + 1, "speaking talking") &&
                     redact_word_in(text, i + 2, "with to");
        if (!two && !three && !redact_word_in(text, i, "im its"))
            continue;
        size_t from = i + (three ? 3
                           : two ? 2
                                 : 1),
               skipped = from + redact_word_in(text, from, titles);
        if (is_introduced(text, skipped, name_end(text, skipped, false),
                          redact_word_in(text, i, "it its")))
            name_mark(text, from, false, false);
    }
}

/* "robert chen here", at the beginning of a sentence or after a greeting. */
static void callers_mark(struct redact_text *text)
{
    for (size_t i = 0; i + 2 < text->words.count; i++)
        if ((redact_begins_sentence(text, i) ||
             redact_word_in(text, i - 1, "hello hi hey yes yeah morning afternoon evening")) &&
            name_end(text, i, false) == i + 2 &&
            redact_word_in(text, i + 2, "here speaking calling"))
            redact_mark(text, i + 1, i + 2, LABEL_NAME);
}

void redact_introductions(struct redact_text *text)
{
    name_phrases_mark(text);
    introductions_mark(text);
    callers_mark(text);
}
