#include "heard/redact_rules.h"
#include <string.h>

static const char particles[] =
    "de la las los del della da das dos du van von der den ter bin al el";
static const char titles[] = "mr mrs ms miss dr doctor prof professor sir madam mister";

static bool is_everyday(const struct redact_text *text, size_t i)
{
    const unsigned classes = WORD_FILLER | WORD_CUT | WORD_PREPOSITION | WORD_COUNTED | WORD_UNIT |
                             WORD_REPAIR | WORD_NEGATION | WORD_NOISE;
    return (redact_class_at(text, i) & classes) != 0;
}

static bool is_name_word(const struct redact_text *text, size_t i, bool certain)
{
    if (i >= text->words.count || text->words.all[i].number != SPOKEN_NONE)
        return false;
    if (i > 0 && redact_gap_is(text, i - 1, "-") && !redact_glued(text, i - 1))
        return true; /* Soo-ah */
    return redact_hint_at(text, i) == HINT_NONE &&
           !redact_word_in(text, i, "calling speaking here again returning") &&
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
    bool no_given = surname || (titled && end == from + 1) || redact_word_in(text, from, particles);
    size_t keep = no_given ? 0 : 1;
    if (end > from + keep)
        redact_mark(text, from + keep, end, LABEL_NAME);
}

/* The place behind "name is", "name on the offer is", "under the name"; i if the name does not
 * follow. */
static size_t name_phrase_end(const struct redact_text *text, size_t i)
{
    size_t at = i + 1;
    if (redact_word_in(text, i, "names surnames") || redact_gap_is(text, i, " :="))
        while (at < i + 5 &&
               redact_word_in(text, at, "on for of the my offer contract file account"))
            at++;
    if (redact_word_in(text, at, "is was"))
        return at + 1;
    bool direct = redact_word_in(text, i, "names surname surnames") ||
                  redact_word_in(text, i - 1, "the last") || !redact_gap_is(text, i, " ");
    return direct && at == i + 1 ? at : i;
}

static void name_phrases_mark(struct redact_text *text)
{
    for (size_t i = 0; i < text->words.count; i++) {
        if (!redact_word_in(text, i, "name names surname surnames") ||
            redact_word_in(text, i - 1,
                           "street building complex school company business trust "
                           "subdivision user builders brand"))
            continue;
        size_t from = name_phrase_end(text, i);
        bool surname = redact_word_in(text, i, "surname surnames") ||
                       redact_word_in(text, i - 1, "last family maiden");
        if (from > i && from < text->words.count)
            name_mark(text, from, true, surname);
    }
}

/* Whether word i ends the name of a place rather than a person's: "Lincoln Park". */
static bool is_place(const struct redact_text *text, size_t i)
{
    return redact_word_in(text, i,
                          "park yards yard heights hills tower towers village square plaza "
                          "center place estates gardens terrace manor district ridge "
                          "bay beach island point harbor springs creek "
                          "street avenue road lane drive court county city realty homes");
}

/* Whether "this is X" or "I'm X" introduces words from..to-1 as a person. */
static bool is_introduced(const struct redact_text *text, size_t from, size_t to, bool weak)
{
    bool capitalised = true;
    for (size_t i = from; i < to; i++)
        capitalised = capitalised && redact_is_capitalised(text, i);
    bool place = to > from && is_place(text, to - 1);
    if (redact_word_in(text, to, "right correct")) /* "This is Nob Hill, right?" */
        return false;
    if (!place && (to < from + 2 || capitalised))
        return to > from;
    if (redact_word_in(text, to, "calling speaking here again returning") ||
        (!weak && !place && redact_word_in(text, to, "from with and my im i")))
        return true;
    const char *first = text->words.all[from].plain;
    size_t len = strlen(first);
    bool adverb = len > 3 && (!strcmp(first + len - 2, "ly") || !strcmp(first + len - 2, "ed") ||
                              !strcmp(first + len - 3, "ing"));
    return !weak && !place && !adverb &&
           (redact_sentence_ends(text, to - 1) || !redact_gap_is(text, to - 1, " "));
}

static void introductions_mark(struct redact_text *text)
{
    for (size_t i = 0; i < text->words.count; i++) {
        bool two = redact_word_in(text, i, "this it i") && redact_word_in(text, i + 1, "is am");
        bool call = redact_word_in(text, i, "call") && redact_word_in(text, i + 1, "me") &&
                    redact_word_in(text, i + 2, titles);
        bool three = (redact_word_in(text, i, "youre are") &&
                      redact_word_in(text, i + 1, "speaking talking") &&
                      redact_word_in(text, i + 2, "with to")) ||
                     (redact_word_in(text, i, "to with") && redact_word_in(text, i + 1, "you") &&
                      redact_word_in(text, i + 2, "is"));
        two = two || call || (redact_word_in(text, i, "id") && redact_word_in(text, i + 1, "be"));
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

/* Whether words from..to-1 all begin with a capital. */
static bool are_capitalised(const struct redact_text *text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!redact_is_capitalised(text, i))
            return false;
    return true;
}

/* "robert chen here", at the beginning of a sentence or after a greeting. */
static void callers_mark(struct redact_text *text)
{
    for (size_t i = 0; i + 2 < text->words.count; i++) {
        if (!redact_begins_sentence(text, i) &&
            !redact_word_in(text, i - 1,
                            "hello hi hey yes yeah morning afternoon evening there day"))
            continue;
        size_t end = name_end(text, i, false);
        if (end > i + 1 && (end == i + 2 || are_capitalised(text, i, i + 2)) &&
            redact_word_in(text, end, "here speaking calling"))
            redact_mark(text, i + 1, end, LABEL_NAME);
    }
}

/* "Who's calling? Bartholomew Higgins.", "The buyer is me, Francesca Moretti." */
static void answers_mark(struct redact_text *text)
{
    for (size_t i = 1; i + 1 < text->words.count; i++) {
        bool asked = redact_word_in(text, i - 1, "name calling this speaking with") &&
                     redact_gap_is(text, i - 1, " ?") && !redact_gap_is(text, i - 1, " ");
        asked = asked || (redact_word_in(text, i - 1, "me myself") && i > 1 &&
                          redact_word_in(text, i - 2, "is its") &&
                          redact_gap_is(text, i - 1, " ,") && !redact_gap_is(text, i - 1, " "));
        size_t end = asked ? name_end(text, i, false) : i;
        if (end > i + 1 && are_capitalised(text, i, end) && !is_place(text, end - 1) &&
            !(redact_class_at(text, end - 1) & WORD_SUFFIX) &&
            (redact_sentence_ends(text, end - 1) || !redact_gap_is(text, end - 1, " ")))
            redact_mark(text, i + 1, end, LABEL_NAME);
    }
}

/* "It's Pete, Pete Vandersloot", "Ana Souza, Ana Beatriz Souza": a given name that is said again,
 * with the surname. */
static void repetitions_mark(struct redact_text *text)
{
    for (size_t i = 0; i + 2 < text->words.count; i++) {
        bool again = redact_is_capitalised(text, i) && redact_gap_is(text, i, " ,.") &&
                     !redact_gap_is(text, i, " ");
        if (!again || !redact_is_capitalised(text, i + 1))
            continue;
        const char *next = text->words.all[i + 1].plain;
        bool given = strcmp(text->words.all[i].plain, next) == 0;
        bool full = i > 0 && redact_is_capitalised(text, i - 1) &&
                    strcmp(text->words.all[i - 1].plain, next) == 0;
        size_t end = given || full ? name_end(text, i + 1, false) : 0;
        if (end > i + 2 && are_capitalised(text, i + 1, end) &&
            (given || strcmp(text->words.all[i].plain, text->words.all[end - 1].plain) == 0))
            redact_mark(text, given ? i + 2 : end - 1, end, LABEL_NAME);
    }
}

/* "the name is Whitcombe, Harold Whitcombe": what was said alone is the surname. */
static void surname_first_mark(struct redact_text *text)
{
    for (size_t i = 0; i + 2 < text->words.count; i++) {
        const char *plain = text->words.all[i].plain;
        bool again = redact_is_capitalised(text, i) && redact_gap_is(text, i, " ,") &&
                     !redact_gap_is(text, i, " ") && redact_is_capitalised(text, i + 1) &&
                     redact_gap_is(text, i + 1, " ") &&
                     strcmp(plain, text->words.all[i + 2].plain) == 0;
        if (!again || !is_name_word(text, i, false))
            continue;
        redact_mark(text, i, i + 1, LABEL_NAME);
        redact_mark(text, i + 2, i + 3, LABEL_NAME);
    }
}

/* "put it under Fitzgerald" */
static void filings_mark(struct redact_text *text)
{
    for (size_t i = 2; i + 1 < text->words.count; i++) {
        if (!redact_word_in(text, i, "under") || !redact_is_capitalised(text, i + 1) ||
            !redact_gap_is(text, i, " "))
            continue;
        bool filed = redact_word_in(text, i - 1,
                                    "it me us down booked filed file "
                                    "appointment reservation tour viewing") &&
                     (redact_word_in(text, i - 2,
                                     "put find look book have file search reserve my "
                                     "its the") ||
                      redact_word_in(text, i - 3, "put find look book file"));
        size_t end = name_end(text, i + 1, false);
        filed = filed && !(redact_class_at(text, i + 2) & WORD_SUFFIX);
        if (filed && end > i + 1 && !redact_word_in(text, i + 1, "contract construction"))
            redact_mark(text, end == i + 2 ? i + 1 : i + 2, end, LABEL_NAME);
    }
}

/* The surname that was introduced, wherever else it stands as a name. */
static void introduced_again_mark(struct redact_text *text)
{
    enum { LEAST = 3, MOST_NAMES = 4 };
    size_t known[MOST_NAMES], count = 0;
    for (size_t i = 0; i < text->words.count && count < MOST_NAMES; i++)
        if (text->labels[i] == LABEL_NAME && strlen(text->words.all[i].plain) >= LEAST &&
            !redact_word_in(text, i, particles))
            known[count++] = i;
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < text->words.count; i++) {
            if (strcmp(text->words.all[i].plain, text->words.all[known[k]].plain) != 0 ||
                !redact_is_capitalised(text, i) || text->kept[i] ||
                redact_class_at(text, i + 1) & WORD_SUFFIX)
                continue;
            size_t from = i;
            while (from > 0 && redact_word_in(text, from - 1, particles) &&
                   redact_is_capitalised(text, from - 1))
                from--;
            redact_mark(text, from, i + 1, LABEL_NAME);
        }
}

void redact_introductions(struct redact_text *text)
{
    name_phrases_mark(text);
    introductions_mark(text);
    callers_mark(text);
    answers_mark(text);
    repetitions_mark(text);
    surname_first_mark(text);
    filings_mark(text);
    introduced_again_mark(text);
}
