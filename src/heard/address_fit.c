#include "heard/address_fit.h"
#include "heard/address_name.h"
#include <limits.h>
#include <string.h>

/* A search through what was said, from left to right: each word is given to a part of the listing
 * that it fits, or skipped if it may be. Words can be given in several ways ("Washington" street or
 * state); the way with the least cost counts. */
struct search {
    const struct address_heard *heard;
    const struct address *listing;
    struct name name;
    char city[SPAN_TEXT]; /* the listing's, without spaces */
    unsigned steps;       /* left: words made to have countless readings fit nothing */
    unsigned best_cost;
    struct fit best;
};

/* One reading of the words before place `at`. */
struct reading {
    size_t at;
    unsigned cost;
    bool after_name; /* nothing but fillers since the street's name: a suffix may follow */
    struct fit fit;
};

enum { STEPS = 3000, ZIP_DIGITS = 5, COST_SKIP = 1, COST_LIKENESS = 50, COST_WRONG_SUFFIX = 200 };

/* Whether people would name the street with its suffix and add another: Pheasant Run (Road). */
static bool is_unusual(const char *suffix)
{
    static const char *const usual[] = { "ave", "blvd", "cir", "ct",  "dr", "ln",
                                         "pl",  "rd",   "st",  "ter", "way" };
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (!strcmp(suffix, usual[i]))
            return false;
    return true;
}

static void explain(struct search *search, struct reading reading);

static void take(struct search *search, struct reading reading, size_t words, enum fit_part part)
{
    reading.at += words;
    reading.fit.parts |= part;
    reading.after_name =
        part == FIT_NAME || (part == FIT_SUFFIX && is_unusual(search->listing->suffix));
    explain(search, reading);
}

/* Tries every run of words, `skip` words on, whose text is `wanted`. No ordinal is a house number.
 */
static void span_try(struct search *search, struct reading reading, size_t skip, const char *wanted,
                     enum fit_part part)
{
    const struct address_heard *heard = search->heard;
    size_t from = reading.at + skip;
    if (!wanted || !*wanted || reading.fit.parts & part)
        return;
    for (size_t n = 0; n < SPAN_WORDS && from + n < heard->tokens.count; n++) {
        const char *text = heard->spans[from * SPAN_WORDS + n];
        if (text && !strcmp(text, wanted) && !heard->tokens.all[from + n].ordinal)
            take(search, reading, skip + n + 1, part);
    }
}

static void state_try(struct search *search, struct reading reading)
{
    const struct address_heard *heard = search->heard;
    const char *wanted = search->listing->state;
    bool follows = reading.fit.parts & (FIT_NAME | FIT_CITY) ||
                   !strcmp(token_at(&heard->tokens, reading.at - 1).plain, "in");
    if (!follows || reading.fit.parts & FIT_STATE)
        return;
    for (size_t n = 0; n < SPAN_WORDS && reading.at + n < heard->tokens.count; n++) {
        const char *state = heard->states[reading.at * SPAN_WORDS + n];
        if (state && (!wanted || !strcmp(state, wanted))) /* none on record: any may be right */
            take(search, reading, n + 1, FIT_STATE);
    }
}

/* A ZIP; of a listing without one, whatever looks like it behind the street. */
static void zip_try(struct search *search, struct reading reading)
{
    const struct token *token = &search->heard->tokens.all[reading.at];
    if (search->listing->zip)
        span_try(search, reading, 0, search->listing->zip, FIT_ZIP);
    else if (!(reading.fit.parts & FIT_ZIP) && reading.fit.parts & FIT_NAME &&
             token->number == SPOKEN_DIGITS && strlen(token->plain) == ZIP_DIGITS)
        take(search, reading, 1, FIT_ZIP);
}

static void name_try(struct search *search, struct reading reading)
{
    size_t words;
    if (reading.fit.parts & FIT_NAME)
        return;
    enum likeness likeness = name_match(search->heard, reading.at, &search->name, &words);
    if (likeness == LIKE_NOT)
        return;
    reading.fit.name = likeness;
    reading.cost += (unsigned)likeness * COST_LIKENESS;
    take(search, reading, words, FIT_NAME);
}

/* "Bulevard": nothing but the listing's suffix, misspelt. */
static bool is_suffix_misspelt(const struct search *search, size_t at)
{
    const struct token *token = &search->heard->tokens.all[at];
    const char *suffix = search->listing->suffix;
    if (!suffix || strlen(token->plain) < 4 || !token_is_name(token) || token->word_class)
        return false;
    const char *full = !strcmp(suffix, "st")   ? "street"
                       : !strcmp(suffix, "dr") ? "drive"
                                               : address_word_full(suffix);
    struct sound listed = sound_of(full);
    return sounds_compare(&search->heard->sounds[at], &listed) != LIKE_NOT;
}

static void suffix_try(struct search *search, struct reading reading)
{
    const struct token *token = &search->heard->tokens.all[reading.at];
    const char *suffix = search->listing->suffix;
    if (reading.after_name && is_suffix_misspelt(search, reading.at)) {
        reading.cost += COST_LIKENESS;
        take(search, reading, 1, FIT_SUFFIX);
        return;
    }
    if (!reading.after_name || !(token->word_class & WORD_SUFFIX))
        return;
    if (suffix && !strcmp(token->text, suffix)) {
        take(search, reading, 1, FIT_SUFFIX);
        return;
    }
    reading.fit.suffix = token->text;
    reading.cost += COST_WRONG_SUFFIX;
    take(search, reading, 1, FIT_WRONG_SUFFIX);
}

static void unit_try(struct search *search, struct reading reading)
{
    unsigned word_class = search->heard->tokens.all[reading.at].word_class;
    if (word_class & (WORD_UNIT | WORD_NUMBER_MARK))
        span_try(search, reading, 1, search->listing->unit, FIT_UNIT);
    else if (reading.fit.parts & (FIT_NAME | FIT_NUMBER))
        span_try(search, reading, 0, search->listing->unit, FIT_UNIT);
}

static void end_reached(struct search *search, const struct reading *reading)
{
    const unsigned telling = FIT_NUMBER | FIT_NAME | FIT_CITY | FIT_ZIP;
    if (!(reading->fit.parts & telling) || reading->cost >= search->best_cost)
        return;
    search->best_cost = reading->cost;
    search->best = reading->fit;
    search->best.fits = true;
}

static void skip_try(struct search *search, struct reading reading)
{
    if (!token_may_be_skipped(search->heard, reading.at))
        return;
    reading.cost += COST_SKIP;
    reading.at++;
    explain(search, reading);
}

static void explain(struct search *search, struct reading reading)
{
    const struct address *listing = search->listing;
    const struct tokens *tokens = &search->heard->tokens;
    if (search->steps == 0 || reading.cost >= search->best_cost)
        return;
    search->steps--;
    if (reading.at == tokens->count) {
        end_reached(search, &reading);
        return;
    }
    if (!(tokens->all[reading.at].word_class & WORD_DROPPED)) {
        name_try(search, reading);
        suffix_try(search, reading);
        span_try(search, reading, 0, listing->number, FIT_NUMBER);
        span_try(search, reading, 0, listing->before, FIT_BEFORE);
        span_try(search, reading, 0, listing->after, FIT_AFTER);
        unit_try(search, reading);
        span_try(search, reading, 0, search->city, FIT_CITY);
        state_try(search, reading);
        zip_try(search, reading);
    }
    skip_try(search, reading);
}

static void city_squeeze(const char *city, char squeezed[SPAN_TEXT])
{
    size_t len = 0;
    for (; city && *city && len + 1 < SPAN_TEXT; city++)
        if (*city != ' ')
            squeezed[len++] = *city;
    squeezed[len] = '\0';
}

struct fit address_fit(const struct address_heard *heard, const struct address *listing)
{
    struct search search = {
        .heard = heard, .listing = listing, .steps = STEPS, .best_cost = UINT_MAX
    };
    search.name = name_prepare(listing);
    city_squeeze(listing->city, search.city);
    explain(&search, (struct reading){ 0 });
    return search.best;
}
