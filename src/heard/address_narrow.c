#include "heard/address_number.h"
#include "heard/address_terms.h"
#include <string.h>

/* What narrows down the thousands of listings that a street or a city alone may have. */
enum { STREET_WORDS = 4, CITY_WORDS = 3 };

/* Whether token i is part of a state's name; "Washington" may be a city too, so that such a word
 * tells neither way. */
static bool is_state(const struct address_heard *heard, size_t i)
{
    for (size_t n = 0; n < CITY_WORDS; n++)
        for (size_t from = i < n ? 0 : i - n; from <= i; from++)
            if (i - from <= n && heard->states[from * SPAN_WORDS + n])
                return true;
    return false;
}

/* Whether the word at i tells something beside the street's name. */
static bool is_telling(const struct address_heard *heard, size_t i)
{
    return token_name_rank(&heard->tokens, i) > 1 && !is_state(heard, i);
}

/* ---- two words that the listing must have ---- */

/* Whether a number was said that the listing must have, beside a unit. */
static bool has_number(const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        size_t end = tokens_run_end(tokens, i);
        if (end > i && !token_has(tokens, i - 1, WORD_UNIT | WORD_NUMBER_MARK))
            return true;
        i = end > i ? end - 1 : i;
    }
    return false;
}

static size_t second_find(const struct address_heard *heard, size_t best)
{
    size_t second = heard->tokens.count;
    for (size_t i = heard->tokens.count; i-- > 0;)
        if (i != best && is_telling(heard, i) &&
            (second == heard->tokens.count ||
             token_name_rank(&heard->tokens, i) >= token_name_rank(&heard->tokens, second)))
            second = i;
    return second;
}

static void numbers_add(struct terms *terms, const struct tokens *tokens)
{
    terms_numbers_add(terms, tokens);
    terms_numbered_streets_add(terms, tokens);
}

/* A name, a number, another name: the first two of those that were said. */
static void narrower_add(struct terms *terms, const struct address_heard *heard, bool second)
{
    const struct tokens *tokens = &heard->tokens;
    size_t best = tokens_name_find(tokens, 1);
    bool name = best < tokens->count, number = has_number(tokens);
    if (number && (second ? name : !name))
        numbers_add(terms, tokens);
    else if (!second)
        terms_name_add(terms, tokens, name ? best : tokens_name_find(tokens, 0));
    else if (name)
        terms_name_add(terms, tokens, second_find(heard, best));
}

char **address_terms_narrower(void *mem, const struct address *said, bool second, size_t *count)
{
    struct terms terms = { mem_new_array(mem, char *, 1), 0 };
    if (said->heard) {
        terms_numbers_add(&terms, &said->heard->tokens);
        bool numbered = terms.count > 0 && tokens_begin_with_number(&said->heard->tokens);
        terms.count = 0;
        if (!numbered)
            narrower_add(&terms, said->heard, second);
    }
    *count = terms.count;
    return terms.all;
}

/* ---- the street as it is written ---- */

/* A run of words from..last that may be a street's name, and all that was said. */
struct street {
    const struct address_heard *heard;
    size_t from, last;
    const char *suffix; /* said behind it; NULL if none */
};

static bool is_outside(const struct street *street, size_t from, size_t last)
{
    return last < street->from || from > street->last + (street->suffix != NULL);
}

static bool has_more(const struct street *street)
{
    for (size_t i = 0; i < street->heard->tokens.count; i++)
        if (is_outside(street, i, i) && is_telling(street->heard, i))
            return true;
    return false;
}

/* The street in each city that the other words may be. */
static void cities_add(struct terms *terms, const struct street *street, const char *name)
{
    const struct tokens *tokens = &street->heard->tokens;
    for (size_t i = 0; i < tokens->count; i++)
        for (size_t n = 0; n < CITY_WORDS && token_is_strict_name(tokens, i + n); n++) {
            const char *city = street->heard->spans[i * SPAN_WORDS + n];
            if (city && is_outside(street, i, i + n))
                term_street_add(terms, name, street->suffix, city);
        }
}

/* The runs of words from `from` on that may be a street's name, before a suffix or not. */
static void street_runs_add(struct terms *terms, const struct address_heard *heard, size_t from,
                            bool suffixed)
{
    const struct tokens *tokens = &heard->tokens;
    for (size_t n = 0; n < STREET_WORDS; n++) {
        struct street street = { heard, from, from + n, NULL };
        if (!token_is_strict_name(tokens, from + n) && !token_is_strict_number(tokens, from + n))
            return;
        const char *name = heard->spans[from * SPAN_WORDS + n];
        if (suffixed && token_is_strict(tokens, from + n + 1) &&
            token_has(tokens, from + n + 1, WORD_SUFFIX))
            street.suffix = tokens->all[from + n + 1].text;
        if (!name || (suffixed && !street.suffix))
            continue;
        if (has_more(&street))
            cities_add(terms, &street, name);
        else
            term_street_add(terms, name, street.suffix, NULL);
    }
}

char **address_terms_street(void *mem, const struct address *said, size_t *count)
{
    struct terms terms = { mem_new_array(mem, char *, 1), 0 };
    for (int suffixed = 1; said->heard && suffixed >= 0 && terms.count == 0; suffixed--)
        for (size_t i = 0; i < said->heard->tokens.count; i++)
            street_runs_add(&terms, said->heard, i, suffixed);
    *count = terms.count;
    return terms.all;
}
