#include "heard/address_said.h"
#include "heard/address_number.h"
#include <string.h>

static bool is_class(const struct tokens *tokens, size_t i, unsigned word_class)
{
    return i < tokens->count && tokens->all[i].word_class & word_class;
}

static bool is_number(const struct tokens *tokens, size_t i)
{
    return i < tokens->count && tokens->all[i].number != SPOKEN_NONE &&
           !is_class(tokens, i, WORD_DROPPED);
}

/* Whether token i can be a unit after its designator: "4", "4b", "b", "penthouse". */
static bool is_unit_value(const struct tokens *tokens, size_t i)
{
    return is_number(tokens, i) || (i < tokens->count && strlen(tokens->all[i].plain) == 1 &&
                                    !is_class(tokens, i, WORD_FILLER));
}

bool token_is_name(const struct token *token)
{
    return token->number == SPOKEN_NONE &&
           !(token->word_class & (WORD_FILLER | WORD_CUT | WORD_PREPOSITION | WORD_UNIT |
                                  WORD_NUMBER_MARK | WORD_DROPPED | WORD_REPAIR | WORD_NEGATION));
}

bool token_may_be_skipped(const struct address_heard *heard, size_t i)
{
    const struct token *token = &heard->tokens.all[i];
    if (token->word_class & (WORD_DROPPED | WORD_LENIENT))
        return true;
    if (token->capital && address_state_find(token->plain))
        return false;
    if (token->word_class & WORD_UNIT)
        return !is_unit_value(&heard->tokens, i + 1);
    return (token->word_class & (WORD_FILLER | WORD_CUT | WORD_PREPOSITION | WORD_NUMBER_MARK |
                                 WORD_OPTIONAL | WORD_REPAIR | WORD_NEGATION)) != 0;
}

static void classes_add(struct tokens *tokens, size_t from, size_t to, unsigned word_class)
{
    for (size_t i = from; i < to && i < tokens->count; i++)
        tokens->all[i].word_class |= word_class;
}

/* ---- what is no part of the address ---- */

static size_t number_end(const struct tokens *tokens, size_t i)
{
    while (is_number(tokens, i))
        i++;
    return i;
}

/* "three bedroom", "nine hundred thousand dollars"; but not "12 Acre Lane". */
static void counts_drop(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        size_t end = number_end(tokens, i);
        if (end > i && is_class(tokens, end, WORD_COUNTED) &&
            !is_class(tokens, end + 1, WORD_SUFFIX))
            classes_add(tokens, i, end + 1, WORD_DROPPED);
        i = end > i ? end : i;
    }
}

static size_t clause_end(const struct tokens *tokens, size_t i)
{
    while (i < tokens->count && !tokens->all[i].apart && strcmp(tokens->all[i].plain, "but"))
        i++;
    return i;
}

/* "not 125": up to the next comma. */
static void negations_drop(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (is_class(tokens, i, WORD_NEGATION))
            classes_add(tokens, i, clause_end(tokens, i + 1), WORD_DROPPED);
}

/* What is said after "no, sorry": a number replaces the number, a name the name before it. */
static void repair_apply(struct tokens *tokens, size_t at)
{
    bool number = false, name = false;
    for (size_t i = at + 1; i < tokens->count && !is_class(tokens, i, WORD_CUT); i++) {
        number = number || is_number(tokens, i);
        name = name || token_is_name(&tokens->all[i]);
    }
    for (size_t i = 0; i < at; i++)
        if ((number && name) || (number && is_number(tokens, i)) ||
            (name && token_is_name(&tokens->all[i])))
            tokens->all[i].word_class |= WORD_DROPPED;
}

/* "no 5" is number five rather than a correction, and "actually in" brings only a city. */
static bool is_repair(const struct tokens *tokens, size_t i)
{
    if (!is_class(tokens, i, WORD_REPAIR) || !strcmp(token_at(tokens, i + 1).plain, "in"))
        return false;
    return strcmp(tokens->all[i].plain, "no") || !is_number(tokens, i + 1) ||
           tokens->all[i + 1].apart;
}

static void repairs_apply(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (is_repair(tokens, i))
            repair_apply(tokens, i);
        else if (is_class(tokens, i, WORD_REPAIR) && is_number(tokens, i + 1))
            tokens->all[i].word_class |= WORD_NUMBER_MARK;
}

/* "that place on Oak", "can I drive by": words that are suffixes only behind a name. */
static void nouns_settle(struct tokens *tokens)
{
    static const char *const nouns[] = { "place", "drive",  "way",  "view", "walk",
                                         "run",   "square", "pass", "well" };
    for (size_t i = 0; i < tokens->count; i++)
        for (size_t k = 0; k < sizeof nouns / sizeof nouns[0]; k++) {
            struct token before = token_at(tokens, i - 1), next = token_at(tokens, i + 1);
            bool named = (*before.plain && token_is_name(&before)) || is_number(tokens, i - 1);
            bool naming = *next.plain && token_is_name(&next) && !next.apart;
            if (!strcmp(tokens->all[i].plain, nouns[k]) && !named && !naming)
                tokens->all[i].word_class = WORD_FILLER;
        }
}

/* ---- where the address begins and ends ---- */

/* The first number that can be a house's; tokens->count if there is none. */
static size_t house_number_find(const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        size_t end = number_end(tokens, i);
        bool street = end > i && tokens->all[end - 1].ordinal && tokens_are_street(tokens, i, end);
        if (end > i && !street && !is_class(tokens, i - 1, WORD_UNIT | WORD_ROUTE))
            return i;
        i = end > i ? end - 1 : i;
    }
    return tokens->count;
}

/* Whether a street may be named from that place on, before something else begins. */
static bool has_name(const struct tokens *tokens, size_t from)
{
    for (size_t i = from; i < tokens->count && !is_class(tokens, i, WORD_CUT); i++)
        if (token_is_name(&tokens->all[i]) || tokens->all[i].ordinal)
            return true;
    return false;
}

static bool has_suffix(const struct tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (is_class(tokens, i, WORD_SUFFIX))
            return true;
    return false;
}

/* Behind the first "on" or "at", unless a street or number was named before it. */
static size_t place_find(const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        if (is_class(tokens, i, WORD_SUFFIX) || is_number(tokens, i))
            return 0;
        if (is_class(tokens, i, WORD_PREPOSITION) && has_name(tokens, i))
            return i + 1;
    }
    return 0;
}

/* Whether a number stands behind its street: "Main Street number 125", "Oak Avenue #3". */
static bool is_behind_street(const struct tokens *tokens, size_t number)
{
    bool marked = is_class(tokens, number - 1, WORD_NUMBER_MARK);
    return is_class(tokens, number - 1 - marked, WORD_SUFFIX | WORD_DIRECTION);
}

static size_t begin_find(const struct tokens *tokens)
{
    size_t number = house_number_find(tokens);
    size_t end = number_end(tokens, number);
    bool street_before = has_suffix(tokens, 0, number);
    if (number < tokens->count && has_name(tokens, end) && !is_behind_street(tokens, number) &&
        (!street_before || has_suffix(tokens, end, tokens->count)))
        return number;
    return place_find(tokens);
}

/* Whether a small letter tells that the word behind "Main Street" is no city. */
static bool is_common_noun(const struct tokens *tokens, size_t i)
{
    return i > 1 && is_class(tokens, i - 1, WORD_SUFFIX) && tokens->all[i - 2].proper &&
           token_is_name(&tokens->all[i]) && !tokens->all[i].proper && !tokens->all[i].apart &&
           !is_class(tokens, i, WORD_DIRECTION | WORD_SUFFIX);
}

/* The first word after the address that begins something else. */
static size_t end_find(const struct tokens *tokens, size_t begin)
{
    bool begun = false;
    for (size_t i = begin; i < tokens->count; i++) {
        if (begun && is_common_noun(tokens, i))
            return i;
        if (begun && is_class(tokens, i, WORD_CUT) &&
            !(tokens->all[i].capital && address_state_find(tokens->all[i].plain)))
            return i;
        begun = begun || is_number(tokens, i) || token_is_name(&tokens->all[i]);
    }
    return tokens->count;
}

/* Words outside the address need not fit, but a unit is always meant. */
static void lenient_mark(struct tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (is_class(tokens, i, WORD_UNIT) && is_unit_value(tokens, i + 1))
            i = is_number(tokens, i + 1) ? number_end(tokens, i + 1) : i + 1;
        else
            tokens->all[i].word_class |= WORD_LENIENT;
}

/* A word right after the house number is the street, whatever it means elsewhere: "12 Blue". */
static void street_insist(struct tokens *tokens, size_t number)
{
    const unsigned others = WORD_CUT | WORD_PREPOSITION | WORD_REPAIR | WORD_DROPPED;
    size_t after = number_end(tokens, number);
    struct token next = token_at(tokens, after);
    bool street = !next.apart && !(next.word_class & others) && strcmp(next.plain, "in") &&
                  strcmp(next.plain, "one");
    if (after > number && after < tokens->count && street && !tokens->all[after - 1].ordinal &&
        !has_suffix(tokens, 0, number))
        tokens->all[after].word_class &= ~(unsigned)WORD_FILLER;
}

/* "12 a" is a unit or number unless something follows that the "a" can belong to: "12 a house". */
static void letters_insist(struct tokens *tokens)
{
    for (size_t i = 1; i < tokens->count; i++)
        if (!strcmp(tokens->all[i].plain, "a") && !tokens->all[i].apart &&
            is_number(tokens, i - 1) && !is_class(tokens, i + 1, WORD_FILLER))
            tokens->all[i].word_class &= ~(unsigned)WORD_FILLER;
}

static void address_bound(struct tokens *tokens)
{
    street_insist(tokens, house_number_find(tokens));
    letters_insist(tokens);
    size_t begin = begin_find(tokens);
    size_t end = end_find(tokens, begin);
    lenient_mark(tokens, 0, begin);
    lenient_mark(tokens, end, tokens->count);
}

/* ---- the whole ---- */

static void spans_fill(void *mem, struct address_heard *heard)
{
    const struct tokens *tokens = &heard->tokens;
    heard->spans = mem_new_array(mem, const char *, tokens->count *SPAN_WORDS + 1);
    heard->states = mem_new_array(mem, const char *, tokens->count *SPAN_WORDS + 1);
    for (size_t i = 0; i < tokens->count; i++)
        for (size_t n = 0; n < SPAN_WORDS && i + n < tokens->count; n++) {
            char text[SPAN_TEXT];
            if (is_class(tokens, i + n, WORD_DROPPED))
                break;
            if (tokens_span(tokens, i, i + n + 1, text))
                heard->spans[i * SPAN_WORDS + n] = mem_strdup(mem, text);
            if (n < 3)
                heard->states[i * SPAN_WORDS + n] = tokens_state(tokens, i, i + n + 1);
        }
}

/* An abbreviation may stand for two words (St, Dr): only what was spelt out has a sound. */
static void sounds_fill(void *mem, struct address_heard *heard)
{
    heard->sounds = mem_new_array(mem, struct sound, heard->tokens.count + 1);
    for (size_t i = 0; i < heard->tokens.count; i++) {
        const struct token *token = &heard->tokens.all[i];
        heard->sounds[i] =
            sound_of(token->word_class & WORD_DIRECTION ? token->full : token->plain);
    }
}

static const char *number_text(void *mem, const struct tokens *tokens, size_t from)
{
    size_t end = number_end(tokens, from);
    char digits[NUMBER_TEXT];
    return tokens_number(tokens, from, end, digits) ? mem_strdup(mem, digits) : NULL;
}

static const char *unit_text(void *mem, const struct address_heard *heard)
{
    for (size_t i = 0; i + 1 < heard->tokens.count; i++)
        if (is_class(&heard->tokens, i, WORD_UNIT) && is_unit_value(&heard->tokens, i + 1)) {
            size_t end = number_end(&heard->tokens, i + 1);
            size_t n = end > i + 1 ? end - i - 2 : 0;
            const char *unit = n < SPAN_WORDS ? heard->spans[(i + 1) * SPAN_WORDS + n] : NULL;
            return unit ? mem_strdup(mem, unit) : NULL;
        }
    return NULL;
}

struct address *address_parse_said(void *mem, const char *text)
{
    struct address *address = mem_new(mem, struct address);
    struct address_heard *heard = mem_new(mem, struct address_heard);
    heard->tokens = address_tokens(mem, text);
    counts_drop(&heard->tokens);
    negations_drop(&heard->tokens);
    repairs_apply(&heard->tokens);
    nouns_settle(&heard->tokens);
    address_bound(&heard->tokens);
    spans_fill(mem, heard);
    sounds_fill(mem, heard);
    address->heard = heard;
    address->number = number_text(mem, &heard->tokens, house_number_find(&heard->tokens));
    address->unit = unit_text(mem, heard);
    return address;
}
