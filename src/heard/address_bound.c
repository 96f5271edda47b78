#include "heard/address_bound.h"
#include "heard/address_letter.h"
#include "heard/address_number.h"
#include "heard/address_said.h"
#include <string.h>

static void classes_add(struct tokens *tokens, size_t from, size_t to, unsigned word_class)
{
    for (size_t i = from; i < to && i < tokens->count; i++)
        tokens->all[i].word_class |= word_class;
}

/* ---- what is no part of the address ---- */

static bool has_number(const struct tokens *tokens, size_t from)
{
    for (size_t i = from; i < tokens->count; i++)
        if (token_is_number(tokens, i))
            return true;
    return false;
}

/* "500000 on 77 Elm", "600 thousand for 77 Elm": a price, since another number follows. */
static bool is_price(const struct tokens *tokens, size_t from, size_t to)
{
    enum { DIGITS = 6 };
    bool large = false;
    for (size_t i = from; i < to; i++)
        large = large || tokens->all[i].number == SPOKEN_THOUSAND ||
                (tokens->all[i].number == SPOKEN_DIGITS && strlen(tokens->all[i].plain) >= DIGITS);
    return large && token_has(tokens, to, WORD_PREPOSITION) && has_number(tokens, to);
}

/* "three bedroom", "nine hundred thousand dollars"; but not "12 Acre Lane". */
static bool is_count(const struct tokens *tokens, size_t to)
{
    return token_has(tokens, to, WORD_COUNTED) && !token_has(tokens, to + 1, WORD_SUFFIX);
}

static void counts_drop(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        size_t end = tokens_number_end(tokens, i);
        if (end > i && (is_count(tokens, end) || is_price(tokens, i, end)))
            classes_add(tokens, i, end + 1, WORD_DROPPED);
        i = end > i ? end : i;
    }
}

/* "I live at 9 Baker Road and ...": where the caller lives is not what is asked about. */
static void homes_drop(struct tokens *tokens)
{
    for (size_t i = 0; i + 1 < tokens->count; i++) {
        const char *verb = tokens->all[i].plain, *where = tokens->all[i + 1].plain;
        size_t end = i;
        if ((strcmp(verb, "live") && strcmp(verb, "living")) ||
            (strcmp(where, "at") && strcmp(where, "on") && strcmp(where, "in")))
            continue;
        while (end < tokens->count && !tokens->all[end].apart &&
               strcmp(tokens->all[end].plain, "and"))
            end++;
        classes_add(tokens, i, end, WORD_DROPPED);
    }
}

/* "My name is Garfield": no street of that name is meant. */
static void introductions_drop(struct tokens *tokens)
{
    enum { NAMES = 3 };
    for (size_t i = 1; i + 1 < tokens->count; i++) {
        size_t end = i + 2;
        if (strcmp(tokens->all[i - 1].plain, "my") || strcmp(tokens->all[i].plain, "name") ||
            strcmp(tokens->all[i + 1].plain, "is"))
            continue;
        while (end < tokens->count && end < i + 2 + NAMES && !tokens->all[end].apart &&
               token_is_name(&tokens->all[end]))
            end++;
        classes_add(tokens, i - 1, end, WORD_DROPPED);
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
        if (token_has(tokens, i, WORD_NEGATION))
            classes_add(tokens, i, clause_end(tokens, i + 1), WORD_DROPPED);
}

/* What is said after "no, sorry": a number replaces the number, a name the name before it. */
static void repair_apply(struct tokens *tokens, size_t at)
{
    bool number = false, name = false;
    for (size_t i = at + 1; i < tokens->count && !token_has(tokens, i, WORD_CUT); i++) {
        number = number || token_is_number(tokens, i);
        name = name || token_is_name(&tokens->all[i]);
    }
    for (size_t i = 0; i < at; i++)
        if ((number && name) || (number && token_is_number(tokens, i)) ||
            (name && token_is_name(&tokens->all[i])))
            tokens->all[i].word_class |= WORD_DROPPED;
}

/* "no 5" is number five rather than a correction, and "actually in" brings only a city. */
static bool is_repair(const struct tokens *tokens, size_t i)
{
    if (!token_has(tokens, i, WORD_REPAIR) || !strcmp(token_at(tokens, i + 1).plain, "in"))
        return false;
    return strcmp(tokens->all[i].plain, "no") || !token_is_number(tokens, i + 1) ||
           tokens->all[i + 1].apart;
}

static void repairs_apply(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (is_repair(tokens, i))
            repair_apply(tokens, i);
        else if (token_has(tokens, i, WORD_REPAIR) && token_is_number(tokens, i + 1))
            tokens->all[i].word_class |= WORD_NUMBER_MARK;
}

/* "Linden Street or Court": either may be right, so neither need. */
static void alternatives_drop(struct tokens *tokens)
{
    for (size_t i = 1; i + 1 < tokens->count; i++)
        if (!strcmp(tokens->all[i].plain, "or") && token_has(tokens, i - 1, WORD_SUFFIX) &&
            token_has(tokens, i + 1, WORD_SUFFIX))
            classes_add(tokens, i - 1, i + 2, WORD_DROPPED);
}

/* "that place on Oak", "can I drive by": words that are suffixes only behind a name. */
static void nouns_settle(struct tokens *tokens)
{
    static const char *const nouns[] = { "place", "drive",  "way",  "view", "walk",
                                         "run",   "square", "pass", "well" };
    for (size_t i = 0; i < tokens->count; i++)
        for (size_t k = 0; k < sizeof nouns / sizeof nouns[0]; k++) {
            struct token before = token_at(tokens, i - 1), next = token_at(tokens, i + 1);
            bool named =
                (*before.plain && token_is_name(&before)) || token_is_number(tokens, i - 1);
            bool naming = *next.plain && token_is_name(&next) && !next.apart;
            if (!strcmp(tokens->all[i].plain, nouns[k]) && !named && !naming)
                tokens->all[i].word_class = WORD_FILLER;
        }
}

/* ---- where the address begins and ends ---- */

size_t address_number_find(const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        size_t end = tokens_number_end(tokens, i);
        bool street = end > i && tokens->all[end - 1].ordinal && tokens_are_street(tokens, i, end);
        if (end > i && !street && !token_has(tokens, i - 1, WORD_UNIT | WORD_ROUTE))
            return i;
        i = end > i ? end - 1 : i;
    }
    return tokens->count;
}

/* Whether a street may be named from that place on, before something else begins. */
static bool has_name(const struct tokens *tokens, size_t from)
{
    for (size_t i = from; i < tokens->count && !token_has(tokens, i, WORD_CUT); i++)
        if (token_is_name(&tokens->all[i]) || tokens->all[i].ordinal)
            return true;
    return false;
}

static bool has_suffix(const struct tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (token_has(tokens, i, WORD_SUFFIX))
            return true;
    return false;
}

/* Behind the first "on" or "at", unless a street or number was named before it. */
static size_t place_find(const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        if (token_has(tokens, i, WORD_SUFFIX) || token_is_number(tokens, i))
            return 0;
        if (token_has(tokens, i, WORD_PREPOSITION) && has_name(tokens, i))
            return i + 1;
    }
    return 0;
}

/* Whether a number stands behind its street: "Main Street number 125", "Oak Avenue #3". */
static bool is_behind_street(const struct tokens *tokens, size_t number)
{
    bool marked = token_has(tokens, number - 1, WORD_NUMBER_MARK);
    return token_has(tokens, number - 1 - marked, WORD_SUFFIX | WORD_DIRECTION);
}

static size_t begin_find(const struct tokens *tokens)
{
    size_t number = address_number_find(tokens);
    size_t end = tokens_number_end(tokens, number);
    bool street_before = has_suffix(tokens, 0, number);
    if (number < tokens->count && has_name(tokens, end) && !is_behind_street(tokens, number) &&
        (!street_before || has_suffix(tokens, end, tokens->count)))
        return number;
    return place_find(tokens);
}

/* Whether a small letter tells that the word behind "Main Street" is no city. */
static bool is_common_noun(const struct tokens *tokens, size_t i)
{
    return i > 1 && token_has(tokens, i - 1, WORD_SUFFIX) && tokens->all[i - 2].proper &&
           token_is_name(&tokens->all[i]) && !tokens->all[i].proper && !tokens->all[i].apart &&
           !token_has(tokens, i, WORD_DIRECTION | WORD_SUFFIX);
}

/* The first word after the address that begins something else. */
static size_t end_find(const struct tokens *tokens, size_t begin)
{
    bool begun = false;
    for (size_t i = begin; i < tokens->count; i++) {
        if (begun && is_common_noun(tokens, i))
            return i;
        if (begun && token_has(tokens, i, WORD_CUT) &&
            !(tokens->all[i].capital && address_state_find(tokens->all[i].plain)))
            return i;
        begun = begun || token_is_number(tokens, i) || token_is_name(&tokens->all[i]);
    }
    return tokens->count;
}

/* Words outside the address need not fit, but a unit is always meant. */
static void lenient_mark(struct tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (token_has(tokens, i, WORD_UNIT) && token_is_unit_value(tokens, i + 1))
            i = token_is_number(tokens, i + 1) ? tokens_number_end(tokens, i + 1) : i + 1;
        else
            tokens->all[i].word_class |= WORD_LENIENT;
}

/* A word right after the house number is the street, whatever it means elsewhere: "12 Blue". */
static void street_insist(struct tokens *tokens, size_t number)
{
    const unsigned others = WORD_CUT | WORD_PREPOSITION | WORD_REPAIR | WORD_DROPPED;
    size_t after = tokens_number_end(tokens, number);
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
            token_is_number(tokens, i - 1) && !token_has(tokens, i + 1, WORD_FILLER))
            tokens->all[i].word_class &= ~(unsigned)WORD_FILLER;
}

void address_bound(struct tokens *tokens)
{
    counts_drop(tokens);
    homes_drop(tokens);
    introductions_drop(tokens);
    negations_drop(tokens);
    repairs_apply(tokens);
    nouns_settle(tokens);
    alternatives_drop(tokens);
    street_insist(tokens, address_number_find(tokens));
    letters_insist(tokens);
    address_letters_settle(tokens);
    size_t begin = begin_find(tokens);
    size_t end = end_find(tokens, begin);
    lenient_mark(tokens, 0, begin);
    lenient_mark(tokens, end, tokens->count);
}

/* Whether a street or number stands within a few words from place i on. */
static bool names_near(const struct tokens *tokens, size_t i)
{
    enum { NEAR = 4 };
    for (size_t k = i; k < i + NEAR && k < tokens->count; k++)
        if (token_is_number(tokens, k) || token_is_name(&tokens->all[k]))
            return true;
    return false;
}

bool address_is_either(const struct tokens *tokens)
{
    bool before = false;
    for (size_t i = 0; i < tokens->count; i++) {
        const char *plain = tokens->all[i].plain;
        if (before && !strcmp(plain, "or") && !tokens->all[i].capital && names_near(tokens, i + 1))
            return true;
        before = before || token_is_number(tokens, i) || token_is_name(&tokens->all[i]);
    }
    return false;
}
