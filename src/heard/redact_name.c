#include "base/mem.h"
#include "heard/redact_rules.h"
#include <string.h>

static const char titles[] = "mr mrs ms miss dr doctor prof professor sir madam mister";
static const char suffixes[] = "jr sr ii iii iv esq junior senior phd md";
static const char particles[] =
    "de la las los del della da das dos du van von der den ter bin al el le";
/* Surnames that are everyday words: names only where something else says so. */
static const char everyday[] = "price long young king hill hills white green brown park parks rose "
                               "stone baker best wood woods "
                               "banks bank rich field fields bush cook black gray grey fox wolf "
                               "day snow summer summers winter "
                               "winters love bishop church hall house lane street rivers lake "
                               "garden frost moon sharp small little "
                               "short strong power powers noble case cash chance major pope page "
                               "mason porter fisher hunter may "
                               "april june august march marsh ford bridges wells cross glass gold "
                               "silver bright good mann mills "
                               "walls bond sales sells key keys law land home new old north south "
                               "east west view rush bean rice "
                               "berry cherry branch brook brooks forest grove ridge valley pond "
                               "pool waters weeks will wise low "
                               "light post pace grant moore blue cruise speed stand story temple "
                               "tower vista swift court place way";

enum { NAMES = 8, NAME_TEXT = 200 };

/* The caller's name in its parts, lower case. */
struct caller {
    const char *given[NAMES], *surnames[NAMES];
    size_t given_count, surname_count;
};

/* ---- the caller's name ---- */

static void name_add(const char *names[NAMES], size_t *count, const char *name)
{
    if (*count < NAMES)
        names[(*count)++] = name;
}

static bool is_name_part(const struct redact_text *name, size_t i)
{
    return name->words.all[i].plain[1] && !redact_word_in(name, i, titles) &&
           !redact_word_in(name, i, suffixes);
}

/* "John Smith", "Anna-Lena de la Cruz", "Smith, John", "Mr. Smith" */
static struct caller caller_read(void *mem, const char *caller_name)
{
    struct caller caller = { .given_count = 0 };
    const char *text = caller_name ? caller_name : "";
    struct redact_text name = redact_text_read(mem, mem_strndup(mem, text, NAME_TEXT));
    const char *comma = strchr(name.text, ',');
    bool given = !redact_word_in(&name, 0, titles) || name.words.count > 2;
    for (size_t i = 0; i < name.words.count; i++) {
        bool behind_comma = comma && name.text + name.places[i].from > comma;
        bool is_given = comma ? behind_comma : given;
        if (!is_name_part(&name, i))
            continue;
        if (is_given)
            name_add(caller.given, &caller.given_count, name.words.all[i].plain);
        else
            name_add(caller.surnames, &caller.surname_count, name.words.all[i].plain);
        given = given && redact_gap_is(&name, i, "-");
    }
    return caller;
}

/* Whether word i is one of the names, or its possessive or plural. */
static bool is_one_of(const struct redact_text *text, size_t i, const char *const names[NAMES],
                      size_t count)
{
    if (i >= text->words.count)
        return false;
    const char *word = text->words.all[i].plain;
    for (size_t k = 0; k < count; k++) {
        size_t len = strlen(names[k]);
        if (!strncmp(word, names[k], len) &&
            (!word[len] || !strcmp(word + len, "s") || !strcmp(word + len, "es")))
            return true;
    }
    return false;
}

static unsigned class_at(const struct redact_text *text, size_t i)
{
    return i < text->words.count ? address_word_find(text->words.all[i].plain).word_class : 0;
}

/* Whether the word begins with a capital although the sentence does not begin with it. */
static bool is_capitalised(const struct redact_text *text, size_t i)
{
    const struct token *word = &text->words.all[i];
    return word->proper && !word->capital;
}

static bool begins_sentence(const struct redact_text *text, size_t i)
{
    return i == 0 || redact_sentence_ends(text, i - 1);
}

/* Whether a given name, title or other surname stands before word i. */
static bool follows_name(const struct redact_text *text, size_t i, const struct caller *caller)
{
    for (size_t back = 1; back <= 3 && back <= i; back++) {
        size_t before = i - back;
        if (!redact_gap_is(text, before, " .-"))
            return false;
        if (text->labels[before] == LABEL_NAME || redact_word_in(text, before, titles) ||
            is_one_of(text, before, caller->given, caller->given_count))
            return true;
        if (text->words.all[before].plain[1] && !redact_word_in(text, before, particles))
            return false;
    }
    return false;
}

/* Whether the word names a street: "Smith Street". */
static bool names_street(const struct redact_text *text, size_t i)
{
    return class_at(text, i + 1) & WORD_SUFFIX && redact_gap_is(text, i, " ") &&
           text->words.all[i + 1].proper == text->words.all[i].proper;
}

static bool is_surname(const struct redact_text *text, size_t i, const struct caller *caller)
{
    if (text->kept[i] || !is_one_of(text, i, caller->surnames, caller->surname_count) ||
        redact_word_in(text, i, particles))
        return false;
    bool inverted = redact_gap_is(text, i, " ,") && !redact_gap_is(text, i, " ") &&
                    is_one_of(text, i + 1, caller->given, caller->given_count);
    if (follows_name(text, i, caller) || inverted)
        return true;
    if (names_street(text, i))
        return false;
    return !redact_word_in(text, i, everyday) ||
           (is_capitalised(text, i) && !begins_sentence(text, i) &&
            !redact_word_in(text, i, "may june april august march") &&
            !redact_word_in(text, i - 1, "the a an this that"));
}

/* Whether words i and i+1 are a surname in two pieces: "O Brien", "Mc Donald". */
static bool is_split_surname(const struct redact_text *text, size_t i, const struct caller *caller)
{
    if (!redact_gap_is(text, i, " -'"))
        return false;
    const char *first = text->words.all[i].plain, *second = text->words.all[i + 1].plain;
    size_t len = strlen(first);
    for (size_t k = 0; k < caller->surname_count; k++)
        if (len < 4 && len > 0 && !strncmp(caller->surnames[k], first, len) &&
            !strcmp(caller->surnames[k] + len, second))
            return true;
    return false;
}

static void surnames_mark(struct redact_text *text, const struct caller *caller)
{
    for (size_t i = 0; i < text->words.count; i++) {
        if (is_split_surname(text, i, caller))
            redact_mark(text, i, i + 2, LABEL_NAME);
        if (!is_surname(text, i, caller))
            continue;
        size_t from = i;
        while (from > 0 && redact_word_in(text, from - 1, particles) &&
               is_one_of(text, from - 1, caller->surnames, caller->surname_count))
            from--;
        redact_mark(text, from, i + 1, LABEL_NAME);
    }
}

/* ---- names that are introduced ---- */

static bool is_everyday(const struct redact_text *text, size_t i)
{
    const unsigned classes = WORD_FILLER | WORD_CUT | WORD_PREPOSITION | WORD_COUNTED | WORD_UNIT |
                             WORD_REPAIR | WORD_NEGATION | WORD_NOISE;
    return (class_at(text, i) & classes) != 0;
}

static bool is_name_word(const struct redact_text *text, size_t i, bool certain)
{
    return i < text->words.count && text->words.all[i].number == SPOKEN_NONE &&
           redact_hint_at(text, i) == HINT_NONE &&
           !redact_word_in(text, i, "calling speaking here again") &&
           (!is_everyday(text, i) || (certain && is_capitalised(text, i)));
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
        capitalised = capitalised && is_capitalised(text, i);
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
        if (!two && !redact_word_in(text, i, "im its"))
            continue;
        size_t from = i + (two ? 2 : 1), skipped = from + redact_word_in(text, from, titles);
        if (is_introduced(text, skipped, name_end(text, skipped, false),
                          redact_word_in(text, i, "it its")))
            name_mark(text, from, false, false);
    }
}

/* "robert chen here" at the beginning of a sentence. */
static void callers_mark(struct redact_text *text)
{
    for (size_t i = 0; i + 2 < text->words.count; i++)
        if (begins_sentence(text, i) && name_end(text, i, false) == i + 2 &&
            redact_word_in(text, i + 2, "here speaking calling"))
            redact_mark(text, i + 1, i + 2, LABEL_NAME);
}

/* ---- names that are spelt ---- */

static bool is_letter(const struct redact_text *text, size_t i)
{
    return i < text->words.count && !text->words.all[i].plain[1] &&
           text->words.all[i].number != SPOKEN_DIGITS;
}

/* Whether the letters of words from..to-1 have a surname among them. */
static bool spells_surname(const struct redact_text *text, size_t from, size_t to,
                           const struct caller *caller)
{
    char letters[NAME_TEXT];
    size_t len = 0;
    for (size_t i = from; i < to && len + 1 < sizeof letters; i++)
        letters[len++] = text->words.all[i].plain[0];
    letters[len] = '\0';
    for (size_t k = 0; k < caller->surname_count; k++)
        if (strlen(caller->surnames[k]) > 2 && strstr(letters, caller->surnames[k]))
            return true;
    return false;
}

static bool follows_word_of(const struct redact_text *text, size_t i, const char *list)
{
    for (size_t back = 1; back <= 6 && back <= i; back++)
        if (redact_word_in(text, i - back, list))
            return true;
    return false;
}

static void spellings_mark(struct redact_text *text, const struct caller *caller)
{
    for (size_t i = 0; i < text->words.count; i++) {
        size_t end = i;
        while (is_letter(text, end) && (end == i || redact_gap_is(text, end - 1, " -.,")))
            end++;
        if (end < i + 3)
            continue;
        if (spells_surname(text, i, end, caller) || follows_word_of(text, i, "name surname"))
            redact_mark(text, i, end, LABEL_NAME);
        i = end - 1;
    }
}

void redact_names(void *mem, struct redact_text *text, const char *caller_name)
{
    struct caller caller = caller_read(mem, caller_name);
    name_phrases_mark(text);
    introductions_mark(text);
    callers_mark(text);
    surnames_mark(text, &caller);
    spellings_mark(text, &caller);
}
