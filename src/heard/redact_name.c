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
    return redact_class_at(text, i + 1) & WORD_SUFFIX && redact_gap_is(text, i, " ") &&
           text->words.all[i + 1].proper == text->words.all[i].proper;
}

/* "the chambers", in a text that writes names with a capital. */
static bool is_common(const struct redact_text *text, size_t i)
{
    return text->words.all[0].proper && !text->words.all[i].proper &&
           redact_word_in(text, i - 1, "the a an");
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
    if (names_street(text, i) || is_common(text, i))
        return false;
    return !redact_word_in(text, i, everyday) ||
           (redact_is_capitalised(text, i) && !redact_begins_sentence(text, i) &&
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

/* ---- names that are spelt ---- */

static bool is_letter(const struct redact_text *text, size_t i)
{
    return i < text->words.count && !text->words.all[i].plain[1] &&
           text->words.all[i].number != SPOKEN_DIGITS;
}

/* The place behind the letters that begin with word i, "q u as in queen i g"; the letters too. */
static size_t letters_end(const struct redact_text *text, size_t i, char letters[NAME_TEXT])
{
    size_t end = i, len = 0;
    while (is_letter(text, end) && (end == i || redact_gap_is(text, end - 1, " -.,"))) {
        if (len + 1 < NAME_TEXT)
            letters[len++] = text->words.all[end].plain[0];
        end++;
        bool aid = redact_word_in(text, end, "as") && redact_word_in(text, end + 1, "in");
        if (aid && end + 2 < text->words.count)
            end += 3;
    }
    letters[len] = '\0';
    return end;
}

/* The word before word i, which the letters behind it spell; i when there is none, or it is the
 * name of a street. */
static size_t spelt_word(const struct redact_text *text, size_t i, size_t end, const char *letters)
{
    enum { NEAR = 6 };
    for (size_t back = 1; back <= NEAR && back <= i; back++) {
        size_t word = i - back;
        bool number = word > 0 && redact_is_number(text, word - 1);
        if (strcmp(text->words.all[word].plain, letters) == 0)
            return number || redact_class_at(text, word + 1) & WORD_SUFFIX ||
                           redact_class_at(text, end) & WORD_SUFFIX || text->kept[word] ||
                           redact_word_in(text, word - 1, "on at street in of")
                       ? i
                       : word;
    }
    return i;
}

/* Whether the letters have a surname among them. */
static bool spells_surname(const char *letters, const struct caller *caller)
{
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
        char letters[NAME_TEXT];
        size_t end = letters_end(text, i, letters);
        if (strlen(letters) < 3)
            continue;
        size_t word = spelt_word(text, i, end, letters);
        if (word < i && text->labels[word] == LABEL_NONE)
            redact_mark(text, word, word + 1, LABEL_NAME);
        if (word < i || spells_surname(letters, caller) ||
            follows_word_of(text, i, "name surname surnames"))
            redact_mark(text, i, end, LABEL_NAME);
        i = end - 1;
    }
}

void redact_names(void *mem, struct redact_text *text, const char *caller_name)
{
    struct caller caller = caller_read(mem, caller_name);
    surnames_mark(text, &caller);
    spellings_mark(text, &caller);
}
