#include "heard/address.h"
#include "heard/redact_rules.h"
#include <string.h>

static bool is_class(const struct redact_text *text, size_t i, unsigned word_class)
{
    return redact_class_at(text, i) & word_class;
}

enum { PHRASE_WORDS = 5 };

struct phrase {
    const char *words[PHRASE_WORDS];
    bool needs_number; /* "on": a street alone may be meant otherwise */
    bool adjacent;     /* the address follows at once: "my home, 55 Maple Drive" */
};

static const char living[] = "live lives lived living reside resides residing stay stays staying";
static const char dwellings[] =
    "home homes house residence apartment condo flat townhouse studio place";

static const struct phrase phrases[] = {
    { { living, "at" }, false, false },
    { { "live lives lived living reside resides residing", "on" }, false, false },
    { { "where", "i we", living }, true, false },
    { { living, "over down up out", "on" }, false, false },
    { { living, "over down up out", "at by in" }, true, true },
    { { living, "in" }, true, true },
    { { "my home mailing billing current present permanent residential our", "address" },
      false,
      false },
    { { "my our current", "place", "is" }, true, false },
    { { "my our", dwellings, "is at on" }, true, false },
    { { "my our", "current present old former new", dwellings, "is at on was" }, true, false },
    { { "my our from at", "home house residence" }, true, true },
    { { "home", "is" }, true, true },
    { { dwellings, "i we", "rent lease", "is" }, true, false },
    { { "i we currently still", "rent", "at on" }, true, false },
    { { "renting leasing", "at on" }, true, false },
    { { "im were", "in", "a an our my", dwellings, "at on" }, true, false },
    { { "mail ship send post deliver" }, true, false },
    { { "im were", "at on" }, true, false },
    { { "im were", "over", "at" }, true, false },
    { { "ive weve", "been", "at" }, true, false },
    { { "moving move moved", "out", "of" }, true, true },
    { { "address", "on", "my", "license licence id lease card file" }, true, false },
};

enum { LEAD_WORDS = 9, NUMBER_WORDS = 8, NAME_WORDS = 5, TAIL_WORDS = 6, HOME_WORDS = 14 };

static size_t phrase_end(const struct redact_text *text, size_t i, const struct phrase *phrase)
{
    size_t words = 0;
    while (words < PHRASE_WORDS && phrase->words[words]) {
        if (!redact_word_in(text, i + words, phrase->words[words]))
            return i;
        words++;
    }
    return i + words;
}

/* Whether what is sent goes to an address, rather than being about one: "send the papers to ..." */
static bool is_sent_to(const struct redact_text *text, size_t i, size_t end)
{
    bool letters =
        redact_word_in(text, i, "mail ship") && (i == 0 || !redact_word_in(text, i - 1, "e"));
    for (size_t k = end; k < end + LEAD_WORDS && !redact_sentence_ends(text, k - 1); k++) {
        letters = letters || redact_word_in(text, k,
                                            "contract contracts papers paperwork document "
                                            "documents letter package packet keys check "
                                            "form forms copy copies it them my our home");
        if (redact_is_number(text, k))
            return letters && redact_word_in(text, k - 1, "to at home house address is its") &&
                   !redact_word_in(text, k - 2, "office");
    }
    return letters && redact_word_in(text, end, "to");
}

/* "I'd love to live at 48 Cedar Court", "does anyone live at", "the home is" are not of a home
 * that the caller has. */
static bool is_ones_own(const struct redact_text *text, size_t i)
{
    static const char others[] =
        "to would id wed youd anyone anybody nobody noone someone somebody "
        "who could can cant might may will ill do does did tenant "
        "tenants owner owners seller sellers occupants";
    if (redact_word_in(text, i, "home"))
        return i == 0 || !redact_word_in(text, i - 1,
                                         "the this that a your which each every new "
                                         "dream listed model their his open sellers "
                                         "owners neighbors");
    if (!redact_word_in(text, i, living))
        return true;
    for (size_t back = 1; back <= 3 && back <= i; back++) {
        if (redact_word_in(text, i - back, others))
            return redact_word_in(text, i - back, "to") && back < i &&
                   redact_word_in(text, i - back - 1, "used");
        if (redact_sentence_ends(text, i - back))
            break;
    }
    return true;
}

/* "I'm at 61 Orchard Drive" is home only if that is said, and "e-mail" sends no letters. */
static bool may_begin(const struct redact_text *text, size_t i, size_t end)
{
    if (text->labels[i] != LABEL_NONE)
        return false;
    if (redact_word_in(text, i, "mail ship send post deliver"))
        return is_sent_to(text, i, end);
    if (redact_word_in(text, end, "book books list of") && redact_word_in(text, end - 1, "address"))
        return false;
    if (!redact_word_in(text, i, "im were ive weve") || end > i + 3)
        return is_ones_own(text, i);
    for (size_t k = end; k < end + HOME_WORDS; k++)
        if (redact_word_in(text, k, "home landlord since years") ||
            (redact_word_in(text, k, "lease") && redact_word_in(text, k + 1, "is ends expires")) ||
            (redact_word_in(text, k, "for") && redact_word_in(text, k + 1, "now")))
            return true;
    return false;
}

static bool is_number_word(const struct redact_text *text, size_t i)
{
    return i < text->words.count && text->words.all[i].number != SPOKEN_NONE;
}

static size_t numbers_end(const struct redact_text *text, size_t i)
{
    size_t from = i;
    while (is_number_word(text, i) && i < from + NUMBER_WORDS &&
           (i == from || redact_gap_is(text, i - 1, " -")))
        i++;
    return i;
}

/* The place behind the suffix of the street whose name begins with word i; i if there is none. */
static size_t named_street_end(const struct redact_text *text, size_t i)
{
    for (size_t k = i; k < i + NAME_WORDS; k++) {
        if ((k > i && !redact_gap_is(text, k - 1, " .'")) ||
            redact_word_in(text, k, "and but so i"))
            break;
        if (k > i && is_class(text, k, WORD_SUFFIX) && !is_class(text, k + 1, WORD_SUFFIX))
            return is_class(text, k + 1, WORD_DIRECTION) && redact_gap_is(text, k, " ") ? k + 2
                                                                                        : k + 1;
    }
    return i;
}

/* The place behind the words with a capital that follow the number: "1020 Calle Sierra". */
static size_t capitals_end(const struct redact_text *text, size_t name)
{
    size_t end = name;
    while (end < name + NAME_WORDS && end < text->words.count &&
           redact_gap_is(text, end - 1, " .'") && !redact_sentence_ends(text, end - 1) &&
           redact_is_capitalised(text, end) && text->words.all[end].plain[1] &&
           !is_class(text, end, WORD_UNIT | WORD_CUT))
        end++;
    return end;
}

/* The place behind "500 Broadway" or "350 West 5th Avenue"; `from` if no address begins there. */
static size_t numbered_street_end(const struct redact_text *text, size_t from)
{
    size_t name = numbers_end(text, from);
    if (name == from || redact_gap_is(text, name - 1, ",") != redact_glued(text, name - 1) ||
        redact_word_in(text, name, "square sq sqft feet foot percent"))
        return from;
    bool glued = redact_glued(text, name - 1); /* 12B, or the ending of 5th */
    name += glued;
    if ((glued || text->words.all[name - 1].ordinal) && is_class(text, name, WORD_SUFFIX))
        return name + 1; /* the number has the street's in it: "9 5th Ave" */
    size_t end = named_street_end(text, name), capitals = capitals_end(text, name);
    if (end > name || capitals > name + 1)
        return end > name ? end : capitals;
    bool named = name < text->words.count && redact_gap_is(text, name - 1, " ") &&
                 !is_class(text, name, WORD_FILLER | WORD_CUT | WORD_COUNTED | WORD_PREPOSITION);
    return named ? name + 1 : from;
}

static bool is_unit_word(const struct redact_text *text, size_t i)
{
    return is_class(text, i, WORD_UNIT) || redact_word_in(text, i, "flat floor lot number");
}

/* The place behind ", apartment 4b" or "#4" */
static size_t unit_end(const struct redact_text *text, size_t end)
{
    bool sign = redact_gap_is(text, end - 1, " ,.#") && !redact_gap_is(text, end - 1, " ,.");
    if (!redact_gap_is(text, end - 1, " ,.#") || !(sign || is_unit_word(text, end)))
        return end;
    size_t value = sign ? end : end + 1;
    value += redact_word_in(text, value, "number");
    size_t to = numbers_end(text, value);
    if (to < text->words.count && !text->words.all[to].plain[1] &&
        strcmp(text->words.all[to].plain, "i") && redact_gap_is(text, to - 1, " -"))
        to++;
    return to > value ? to : end;
}

static bool is_state(const struct redact_text *text, size_t i)
{
    const struct token *word = &text->words.all[i];
    return address_state_find(word->plain) && (word->capital || strlen(word->plain) > 2);
}

static bool is_zip(const struct redact_text *text, size_t i)
{
    return text->words.all[i].number == SPOKEN_DIGITS && strlen(text->words.all[i].plain) == 5;
}

/* The place behind ", Dover, NJ 07801"; it must name a state, and the ZIP must stand behind that.
 */
static size_t town_end(const struct redact_text *text, size_t end)
{
    size_t town = end;
    for (size_t i = end; i < end + TAIL_WORDS && i < text->words.count; i++) {
        bool zip = town == i && i > end && is_zip(text, i);
        if (!redact_gap_is(text, i - 1, " ,.") || redact_sentence_ends(text, i - 1))
            break;
        if (zip || is_state(text, i))
            town = i + 1;
        else if (text->words.all[i].number != SPOKEN_NONE || is_class(text, i, WORD_CUT))
            break;
    }
    return town;
}

static size_t box_end(const struct redact_text *text, size_t i)
{
    size_t box = i;
    if (redact_word_in(text, i, "po"))
        box = i + 1;
    else if (redact_word_in(text, i, "p") && redact_word_in(text, i + 1, "o"))
        box = i + 2;
    return box > i && redact_word_in(text, box, "box") ? numbers_end(text, box + 1) : i;
}

/* The place behind the address that begins with word i; i if none does. */
static size_t home_end(const struct redact_text *text, size_t i, const struct phrase *phrase)
{
    size_t end = box_end(text, i);
    if (end == i)
        end = numbered_street_end(text, i);
    if (end == i && !phrase->needs_number && !is_class(text, i, WORD_FILLER | WORD_CUT))
        end = named_street_end(text, i);
    return end == i ? i : town_end(text, unit_end(text, end));
}

/* Whether words from..to-1 are the listing: with its number, or its street when none is said. */
static bool is_kept(const struct redact_text *text, size_t from, size_t to)
{
    bool street = false;
    for (size_t i = from; i < to; i++)
        street = street || text->kept[i];
    return text->kept[from] || (street && !redact_is_number(text, from));
}

static void home_mark(struct redact_text *text, size_t from, const struct phrase *phrase)
{
    size_t reach = phrase->adjacent ? 1 : LEAD_WORDS;
    for (size_t i = from; i < from + reach && i < text->words.count; i++) {
        if (redact_sentence_ends(text, i - 1))
            return;
        size_t end = home_end(text, i, phrase);
        if (end == i)
            continue;
        if (is_kept(text, i, end))
            return;
        redact_mark(text, i, end, LABEL_ADDRESS);
        return;
    }
}

void redact_homes(struct redact_text *text)
{
    for (size_t i = 0; i < text->words.count; i++)
        for (size_t k = 0; k < sizeof phrases / sizeof phrases[0]; k++) {
            size_t from = phrase_end(text, i, &phrases[k]);
            if (from > i && may_begin(text, i, from))
                home_mark(text, from, &phrases[k]);
        }
}
