#include "heard/address_terms.h"
#include "heard/address_letter.h"
#include "heard/address_number.h"
#include "heard/address_sound.h"
#include <ctype.h>
#include <string.h>

/* "n:" a house number's leading digits; "p:" a street word's digits, or its sound, also with one
 * consonant left out, and behind it the listing's word, "p:MN/main"; "c:" a word of the city, or
 * all of it; "z:" a ZIP; "s:" the street's name as it is written, with its suffix and without, each
 * also with the city behind it.
 *
 * A house number that was said is never guessed, so its postings alone hold every match.  Without
 * one, each word that was said must be in the listing's street or city: the postings of any one of
 * them do. */

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

void term_whole_add(struct terms *terms, char kind, const char *text)
{
    if (text && *text)
        term_add(terms, kind, text, strlen(text));
}

/* listed: of a listing, whose word goes along. */
static void key_add(struct terms *terms, const char *key, const char *word, bool listed)
{
    if (*key)
        term_whole_add(terms, 'p',
                       mem_printf(terms->all, "%s%c%s", key, SOUND_END, listed ? word : ""));
}

static void sound_add(struct terms *terms, const char *word, bool listed)
{
    char key[SOUND_KEY], shorter[SOUND_KEY];
    if (isdigit((unsigned char)word[0])) {
        term_whole_add(terms, 'p', word);
        return;
    }
    sound_key(word, key);
    key_add(terms, key, word, listed);
    size_t len = strlen(key);
    for (size_t i = 0; len >= SOUND_KEY_SHORT && i < len; i++) {
        sound_key_without(key, i, shorter);
        key_add(terms, shorter, word, listed);
    }
}

static void joined_add(struct terms *terms, const char *first, const char *second, bool listed)
{
    char joined[SOUND_WORD];
    size_t len = strlen(first);
    if (isdigit((unsigned char)*first) || isdigit((unsigned char)*second) ||
        len + strlen(second) >= sizeof joined)
        return;
    memcpy(joined, first, len);
    strcpy(joined + len, second);
    sound_add(terms, joined, listed);
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

static char *squeezed(void *mem, const char *text)
{
    char *copy = mem_strdup(mem, text), *out = copy;
    for (const char *in = copy; *in; in++)
        if (*in != ' ')
            *out++ = *in;
    *out = '\0';
    return copy;
}

void term_street_add(struct terms *terms, const char *name, const char *suffix, const char *city)
{
    term_whole_add(terms, 's',
                   mem_printf(terms->all, "%s%s%s%s%s", name, suffix ? " " : "",
                              suffix ? suffix : "", city ? "@" : "", city ? city : ""));
}

static void street_add(struct terms *terms, const struct address *listing, const char *city)
{
    char *name = NULL;
    for (size_t i = 0; i < listing->word_count; i++)
        mem_append(terms->all, &name, "%s", listing->words[i]);
    for (int suffixed = 0; name && suffixed <= (listing->suffix != NULL); suffixed++) {
        const char *suffix = suffixed ? listing->suffix : NULL;
        term_street_add(terms, name, suffix, NULL);
        if (city)
            term_street_add(terms, name, suffix, city);
    }
}

static void listing_add(struct terms *terms, const struct address *listing)
{
    if (listing->number)
        number_add(terms, listing->number);
    for (size_t i = 0; i < listing->word_count; i++) {
        sound_add(terms, address_word_full(listing->words[i]), true);
        if (i + 1 < listing->word_count)
            joined_add(terms, address_word_full(listing->words[i]),
                       address_word_full(listing->words[i + 1]), true);
    }
    char initials[ADDRESS_INITIALS];
    address_initials(listing, initials);
    if (*initials)
        sound_add(terms, initials, true);
    const char *city = listing->city ? squeezed(terms->all, listing->city) : NULL;
    if (city)
        city_add(terms, listing->city);
    term_whole_add(terms, 'c', city);
    term_whole_add(terms, 'z', listing->zip);
    street_add(terms, listing, city);
}

/* ---- of what was said ---- */

bool token_is_strict(const struct tokens *tokens, size_t i)
{
    return i < tokens->count && !(tokens->all[i].word_class & (WORD_LENIENT | WORD_DROPPED));
}

bool token_is_strict_number(const struct tokens *tokens, size_t i)
{
    return token_is_strict(tokens, i) && tokens->all[i].number != SPOKEN_NONE;
}

bool token_is_strict_name(const struct tokens *tokens, size_t i)
{
    return token_is_strict(tokens, i) && token_is_name(&tokens->all[i]);
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

size_t tokens_run_end(const struct tokens *tokens, size_t i)
{
    while (token_is_strict_number(tokens, i))
        i++;
    return i;
}

void terms_numbers_add(struct terms *terms, const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        size_t end = tokens_run_end(tokens, i);
        bool unit = token_at(tokens, i - 1).word_class & WORD_UNIT;
        bool route = token_at(tokens, i - 1).word_class & WORD_ROUTE;
        if (end > i && !unit && !route)
            run_add(terms, tokens, i, end);
        i = end > i ? end - 1 : i;
    }
}

int token_name_rank(const struct tokens *tokens, size_t i)
{
    const unsigned common = WORD_SUFFIX | WORD_DIRECTION | WORD_ROUTE;
    if (!token_is_strict_name(tokens, i))
        return 0;
    if (tokens->all[i].word_class & common)
        return 1;
    return token_is_strict(tokens, i + 1) && tokens->all[i + 1].word_class & WORD_SUFFIX ? 3 : 2;
}

bool address_term_begins(const char *term)
{
    return term[0] == 'p' && term[strlen(term) - 1] == SOUND_END;
}

static bool are_alike(const char *said, const struct sound *listed)
{
    struct sound sound = sound_of(said);
    return sounds_compare(&sound, listed) != LIKE_NOT;
}

static bool joined_alike(const char *first, const char *second, const struct sound *listed)
{
    char joined[SOUND_WORD];
    if (strlen(first) + strlen(second) >= sizeof joined)
        return false;
    strcpy(stpcpy(joined, first), second);
    return are_alike(joined, listed);
}

bool address_term_fits(const struct address *said, const char *term)
{
    const char *word = strchr(term, SOUND_END);
    if (!said->heard || !word)
        return false;
    struct sound listed = sound_of(word + 1);
    const struct tokens *tokens = &said->heard->tokens;
    for (size_t i = 0; i < tokens->count; i++)
        if (token_is_strict_name(tokens, i) &&
            (are_alike(tokens->all[i].full, &listed) || are_alike(tokens->all[i].plain, &listed) ||
             (token_is_strict_name(tokens, i + 1) &&
              joined_alike(tokens->all[i].plain, tokens->all[i + 1].plain, &listed))))
            return true;
    return !word[1] || !word[2]; /* a letter may be said in many ways */
}

/* A listing's "Lees" for "Lee", and the other way round; where a word has more consonants, leaving
 * one out leads from one to the other. */
static void plural_add(struct terms *terms, const char *word)
{
    char other[SOUND_WORD], key[SOUND_KEY];
    size_t len = strlen(word);
    sound_key(word, key);
    if (len + 2 > sizeof other || len < PLURAL_SHORT || strlen(key) >= SOUND_KEY_SHORT)
        return;
    strcpy(other, word);
    if (word[len - 1] == 's')
        other[len - 1] = '\0';
    else
        strcpy(other + len, "s");
    sound_add(terms, other, false);
}

size_t tokens_name_find(const struct tokens *tokens, int rank)
{
    size_t best = tokens->count;
    for (size_t i = 0; i < tokens->count; i++)
        if (token_name_rank(tokens, i) > rank) {
            best = i;
            rank = token_name_rank(tokens, i);
        }
    return best;
}

void terms_name_add(struct terms *terms, const struct tokens *tokens, size_t best)
{
    if (best >= tokens->count)
        return;
    const struct token *token = &tokens->all[best];
    term_whole_add(terms, 'c', token->text);
    sound_add(terms, token->full, false);
    sound_add(terms, token->plain, false);
    plural_add(terms, token->plain);
    if (token_is_strict_name(tokens, best + 1))
        joined_add(terms, token[0].plain, token[1].plain, false);
    if (best > 0 && token_is_strict_name(tokens, best - 1))
        joined_add(terms, token[-1].plain, token[0].plain, false);
}

void terms_numbered_streets_add(struct terms *terms, const struct tokens *tokens)
{
    char digits[NUMBER_TEXT];
    for (size_t i = 0; i < tokens->count; i++) {
        size_t end = tokens_run_end(tokens, i);
        if (end > i && tokens_number(tokens, i, end, digits)) {
            term_whole_add(terms, 'p', digits);
            term_whole_add(terms, 'z', digits);
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

bool tokens_begin_with_number(const struct tokens *tokens)
{
    size_t from = 0;
    while (from < tokens->count && !token_is_strict_number(tokens, from) &&
           !token_is_strict_name(tokens, from))
        from++;
    size_t to = tokens_run_end(tokens, from);
    size_t ordinal = ordinal_end(tokens, from, to);
    if (ordinal > from)
        return !tokens_are_street(tokens, from, ordinal);
    for (size_t i = to; to > from && i < tokens->count; i++)
        if (token_is_strict_name(tokens, i))
            return true;
    return false;
}

static void said_add(struct terms *terms, const struct tokens *tokens)
{
    terms_numbers_add(terms, tokens);
    if (terms->count > 0 && tokens_begin_with_number(tokens))
        return;
    terms_name_add(terms, tokens, tokens_name_find(tokens, 0));
    terms_numbered_streets_add(terms, tokens);
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
