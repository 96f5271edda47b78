#include "heard/address.h"
#include "heard/address_number.h"
#include "heard/address_said.h"
#include "heard/address_sound.h"
#include <ctype.h>
#include <string.h>

/* "n:" a house number's leading digits; "p:" a street word's sound, also with one consonant left
 * out, or its digits; "c:" a word of the city; "z:" a ZIP; "s:" the street's name as it is written,
 * with its suffix and without.
 *
 * A house number that was said is never guessed, so its postings alone hold every match.  Without
 * one, each word that was said must be in the listing's street or city: the postings of any one of
 * them do. */
enum { STREET_WORDS = 4 };

struct terms {
    char **all;
    size_t count;
};

static void term_add(struct terms *terms, char kind, const char *text, size_t len)
{
    char *term = mem_printf(terms->all, "%c:%.*s", kind, (int)len, text);
    for (size_t i = 0; i < terms->count; i++)
        if (!strcmp(terms->all[i], term)) {
            mem_free(term);
            return;
        }
    terms->all = mem_resize(NULL, terms->all, char *, terms->count + 1);
    terms->all[terms->count++] = term;
}

static void whole_add(struct terms *terms, char kind, const char *text)
{
    if (text && *text)
        term_add(terms, kind, text, strlen(text));
}

static void sound_add(struct terms *terms, const char *word)
{
    char key[SOUND_KEY], shorter[SOUND_KEY];
    if (isdigit((unsigned char)word[0])) {
        whole_add(terms, 'p', word);
        return;
    }
    sound_key(word, key);
    whole_add(terms, 'p', key);
    size_t len = strlen(key);
    for (size_t i = 0; len >= SOUND_KEY_SHORT && i < len; i++) {
        sound_key_without(key, i, shorter);
        whole_add(terms, 'p', shorter);
    }
}

static void joined_add(struct terms *terms, const char *first, const char *second)
{
    char joined[SOUND_WORD];
    size_t len = strlen(first);
    if (isdigit((unsigned char)*first) || isdigit((unsigned char)*second) ||
        len + strlen(second) >= sizeof joined)
        return;
    memcpy(joined, first, len);
    strcpy(joined + len, second);
    sound_add(terms, joined);
}

static void number_add(struct terms *terms, const char *number)
{
    size_t digits = strspn(number, "0123456789");
    if (digits > 0)
        term_add(terms, 'n', number, digits);
}

/* ---- of a listing ---- */

static void city_add(struct terms *terms, const char *city)
{
    while (*city) {
        size_t len = strcspn(city, " ");
        term_add(terms, 'c', city, len);
        city += len + (city[len] == ' ');
    }
}

static void street_add(struct terms *terms, const struct address *listing)
{
    char *name = NULL;
    for (size_t i = 0; i < listing->word_count; i++)
        mem_append(terms->all, &name, "%s", listing->words[i]);
    whole_add(terms, 's', name);
    if (name && listing->suffix)
        whole_add(terms, 's', mem_printf(terms->all, "%s %s", name, listing->suffix));
}

static void listing_add(struct terms *terms, const struct address *listing)
{
    if (listing->number)
        number_add(terms, listing->number);
    for (size_t i = 0; i < listing->word_count; i++) {
        sound_add(terms, address_word_full(listing->words[i]));
        if (i + 1 < listing->word_count)
            joined_add(terms, address_word_full(listing->words[i]),
                       address_word_full(listing->words[i + 1]));
    }
    if (listing->city)
        city_add(terms, listing->city);
    whole_add(terms, 'z', listing->zip);
    street_add(terms, listing);
}

/* ---- of what was said ---- */

static bool is_strict(const struct tokens *tokens, size_t i)
{
    return i < tokens->count && !(tokens->all[i].word_class & (WORD_LENIENT | WORD_DROPPED));
}

static bool is_strict_number(const struct tokens *tokens, size_t i)
{
    return is_strict(tokens, i) && tokens->all[i].number != SPOKEN_NONE;
}

static bool is_strict_name(const struct tokens *tokens, size_t i)
{
    return is_strict(tokens, i) && token_is_name(&tokens->all[i]);
}

/* A run of numbers is the house number, or that and a numbered street ("three fifty fifth"). */
static void run_add(struct terms *terms, const struct tokens *tokens, size_t from, size_t to)
{
    char digits[NUMBER_TEXT];
    for (size_t end = to; end > from && to - end <= 2; end--)
        if (!tokens->all[end - 1].ordinal && (end == to || tokens_are_street(tokens, end, to)) &&
            tokens_number(tokens, from, end, digits))
            number_add(terms, digits);
}

static size_t run_end(const struct tokens *tokens, size_t i)
{
    while (is_strict_number(tokens, i))
        i++;
    return i;
}

static void numbers_add(struct terms *terms, const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        size_t end = run_end(tokens, i);
        bool unit = token_at(tokens, i - 1).word_class & WORD_UNIT;
        bool route = token_at(tokens, i - 1).word_class & WORD_ROUTE;
        if (end > i && !unit && !route)
            run_add(terms, tokens, i, end);
        i = end > i ? end - 1 : i;
    }
}

/* How well a word serves to find the street; 0: not at all. */
static int name_rank(const struct tokens *tokens, size_t i)
{
    const unsigned common = WORD_SUFFIX | WORD_DIRECTION | WORD_ROUTE;
    if (!is_strict_name(tokens, i))
        return 0;
    if (tokens->all[i].word_class & common)
        return 1;
    return is_strict(tokens, i + 1) && tokens->all[i + 1].word_class & WORD_SUFFIX ? 3 : 2;
}

/* A listing's "Marys" for "Mary", and the other way round. */
static void plural_add(struct terms *terms, const char *word)
{
    char other[SOUND_WORD];
    size_t len = strlen(word);
    if (len + 2 > sizeof other || len < PLURAL_SHORT)
        return;
    strcpy(other, word);
    if (word[len - 1] == 's')
        other[len - 1] = '\0';
    else
        strcpy(other + len, "s");
    sound_add(terms, other);
}

/* The word of a higher rank than that which serves best, other than `except`; tokens->count if
 * there is none. */
static size_t name_find(const struct tokens *tokens, size_t except, int rank)
{
    size_t best = tokens->count;
    for (size_t i = 0; i < tokens->count; i++)
        if (i != except && name_rank(tokens, i) > rank) {
            best = i;
            rank = name_rank(tokens, i);
        }
    return best;
}

static void name_add(struct terms *terms, const struct tokens *tokens, size_t best)
{
    if (best >= tokens->count)
        return;
    const struct token *token = &tokens->all[best];
    sound_add(terms, token->full);
    sound_add(terms, token->plain);
    plural_add(terms, token->plain);
    if (is_strict_name(tokens, best + 1))
        joined_add(terms, token[0].plain, token[1].plain);
    if (best > 0 && is_strict_name(tokens, best - 1))
        joined_add(terms, token[-1].plain, token[0].plain);
    whole_add(terms, 'c', token->text);
}

/* Numbers that may be the street's name, or a ZIP. */
static void numbered_streets_add(struct terms *terms, const struct tokens *tokens)
{
    char digits[NUMBER_TEXT];
    for (size_t i = 0; i < tokens->count; i++) {
        size_t end = run_end(tokens, i);
        if (end > i && tokens_number(tokens, i, end, digits)) {
            whole_add(terms, 'p', digits);
            whole_add(terms, 'z', digits);
        }
        i = end > i ? end - 1 : i;
    }
}

static size_t ordinal_end(const struct tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (tokens->all[i].ordinal)
            return i + 1;
    return from;
}

/* Whether what was said begins with a house number and a street follows, be it in the same run of
 * numbers; "forty second" alone is a street. */
static bool begins_with_number(const struct tokens *tokens)
{
    size_t from = 0;
    while (from < tokens->count && !is_strict_number(tokens, from) && !is_strict_name(tokens, from))
        from++;
    size_t to = run_end(tokens, from);
    size_t ordinal = ordinal_end(tokens, from, to);
    if (ordinal > from)
        return !tokens_are_street(tokens, from, ordinal);
    for (size_t i = to; to > from && i < tokens->count; i++)
        if (is_strict_name(tokens, i))
            return true;
    return false;
}

static void said_add(struct terms *terms, const struct tokens *tokens)
{
    numbers_add(terms, tokens);
    if (terms->count > 0 && begins_with_number(tokens))
        return;
    name_add(terms, tokens, name_find(tokens, tokens->count, 0));
    numbered_streets_add(terms, tokens);
}

char **address_terms(void *mem, const struct address *address, bool said, size_t *count)
{
    struct terms terms = { mem_new_array(mem, char *, 1), 0 };
    if (!said)
        listing_add(&terms, address);
    else if (address->heard)
        said_add(&terms, &address->heard->tokens);
    *count = terms.count;
    return terms.all;
}

char **address_terms_narrower(void *mem, const struct address *said, bool second, size_t *count)
{
    struct terms terms = { mem_new_array(mem, char *, 1), 0 };
    const struct tokens *tokens = said->heard ? &said->heard->tokens : NULL;
    if (tokens) {
        size_t best = name_find(tokens, tokens->count, 0);
        numbers_add(&terms, tokens);
        bool numbered = terms.count > 0;
        if (!second || !numbered)
            terms.count = 0;
        if (numbered && begins_with_number(tokens))
            terms.count = 0;
        else if (second && numbered)
            numbered_streets_add(&terms, tokens);
        else
            name_add(&terms, tokens, second ? name_find(tokens, best, 1) : best);
    }
    *count = terms.count;
    return terms.all;
}

/* The runs of words from `from` on that may be a street's name, before a suffix or not. */
static void street_runs_add(struct terms *terms, const struct address_heard *heard, size_t from,
                            bool suffixed)
{
    const struct tokens *tokens = &heard->tokens;
    for (size_t n = 0; n < STREET_WORDS; n++) {
        size_t last = from + n;
        if (!is_strict_name(tokens, last) && !is_strict_number(tokens, last))
            return;
        const char *name = heard->spans[from * SPAN_WORDS + n];
        bool suffix = is_strict(tokens, last + 1) && token_has(tokens, last + 1, WORD_SUFFIX);
        if (name && suffixed && suffix)
            whole_add(terms, 's',
                      mem_printf(terms->all, "%s %s", name, tokens->all[last + 1].text));
        else if (!suffixed)
            whole_add(terms, 's', name);
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
