#include "heard/address_token.h"
#include "base/mem.h"
#include "heard/address_fold.h"
#include "heard/address_number.h"
#include "heard/address_route.h"
#include <ctype.h>
#include <string.h>

/* ---- cutting the text into words ---- */

enum { WORD_LONGEST = 48 }; /* longer ones are cut: no street has them */

struct cutter {
    const char *at;
    bool apart;     /* a comma has been seen since the last word */
    bool money;     /* a dollar sign */
    bool has_small; /* the text has small letters: capital ones mean something */
};

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) != 0;
}

static bool is_digit(char c)
{
    return isdigit((unsigned char)c) != 0;
}

/* Whether the period at `at` belongs to initials: "N.J.", "U.S." */
static bool is_initial_period(const char *word, const char *at)
{
    bool single = at - word == 1 || at[-2] == '.';
    return single && is_letter(at[-1]) && is_letter(at[1]) && !is_letter(at[2]);
}

static bool is_thousands_comma(const char *at)
{
    return is_digit(at[1]) && is_digit(at[2]) && is_digit(at[3]) && !is_digit(at[4]);
}

/* Whether the mark at `at`, inside the word that begins at `word`, keeps the word going: 45-12,
 * 3-B, 1,200, 1/2, 4:30, O'Brien, N.J. */
static bool is_inner_mark(const char *word, const char *at)
{
    bool digits = is_digit(at[-1]) && is_digit(at[1]);
    switch (*at) {
    case '\'':
        return true;
    case '-':
        return digits || (is_digit(at[-1]) && is_letter(at[1]) && !isalnum((unsigned char)at[2]));
    case ',':
        return digits && is_thousands_comma(at);
    case '/':
    case ':':
        return digits;
    case '.':
        return is_initial_period(word, at);
    default:
        return false;
    }
}

/* Whether the word ends before `at`: also between "sr" and "9", but not inside "12b". */
static bool is_word_end(const char *word, const char *at)
{
    if (is_digit(*at))
        return is_letter(at[-1]);
    return !is_letter(*at) && !is_inner_mark(word, at);
}

static void gap_skip(struct cutter *cutter)
{
    for (; *cutter->at && *cutter->at != '#' && !isalnum((unsigned char)*cutter->at);
         cutter->at++) {
        if (strchr(",;:()?!\n", *cutter->at))
            cutter->apart = true;
        if (*cutter->at == '$')
            cutter->money = true;
    }
}

/* The word's letters and digits in lower case; '/' and ':' stay, other marks go. */
static char *word_plain(void *mem, const char *word, const char *end, bool *capital)
{
    char plain[WORD_LONGEST];
    size_t len = 0;
    for (; word < end && len + 1 < sizeof plain; word++) {
        if (islower((unsigned char)*word))
            *capital = false;
        if (isalnum((unsigned char)*word) || strchr("#/:", *word))
            plain[len++] = (char)tolower((unsigned char)*word);
    }
    *capital = *capital && len > 1;
    return mem_strndup(mem, plain, len);
}

static struct token word_cut(void *mem, struct cutter *cutter)
{
    const char *word = cutter->at++;
    while (*cutter->at && *word != '#' && !is_word_end(word, cutter->at))
        cutter->at++;
    struct token token = { .apart = cutter->apart,
                           .proper = isupper((unsigned char)*word),
                           .capital = cutter->has_small };
    token.plain = word_plain(mem, word, cutter->at, &token.capital);
    struct address_word known = address_word_find(token.plain);
    token.text = known.text;
    token.full = known.full;
    token.word_class = known.word_class;
    if (cutter->money || strchr(token.plain, ':'))
        token.word_class |= WORD_FILLER | WORD_DROPPED;
    address_number_note(&token);
    cutter->apart = cutter->money = false;
    return token;
}

static bool has_small_letter(const char *text)
{
    return text[strcspn(text, "abcdefghijklmnopqrstuvwxyz")] != '\0';
}

static struct tokens text_cut(void *mem, const char *text)
{
    char *folded = address_fold(mem, text);
    struct cutter cutter = { .at = folded, .has_small = has_small_letter(folded) };
    struct token all[TOKENS_MAX];
    size_t count = 0;
    gap_skip(&cutter);
    while (*cutter.at && count < TOKENS_MAX) {
        all[count++] = word_cut(mem, &cutter);
        gap_skip(&cutter);
    }
    mem_free(folded);
    return (struct tokens){ mem_memdup(mem, all, count * sizeof all[0]), count };
}

/* ---- words that depend on their neighbours ---- */

struct token token_at(const struct tokens *tokens, size_t i)
{
    return i < tokens->count ? tokens->all[i]
                             : (struct token){ .text = "", .plain = "", .full = "" };
}

static bool is_number(const struct token *token)
{
    return token->number != SPOKEN_NONE && !(token->word_class & WORD_DROPPED);
}

/* False for words inside a number that do not count: "two hundred and five", "forty-five dash
 * twelve". */
static bool is_no_joint(const struct tokens *tokens, size_t i)
{
    struct token before = token_at(tokens, i - 1), next = token_at(tokens, i + 1);
    const char *plain = tokens->all[i].plain;
    if (!is_number(&before) || !is_number(&next))
        return true;
    if (!strcmp(plain, "and"))
        return before.number != SPOKEN_HUNDRED && before.number != SPOKEN_THOUSAND;
    return strcmp(plain, "dash") && strcmp(plain, "hyphen");
}

/* "oh" is a nought only in the midst of a number; otherwise a sigh or an initial. */
static void zero_settle(const struct tokens *tokens, size_t i)
{
    struct token *token = &tokens->all[i];
    struct token before = token_at(tokens, i - 1), next = token_at(tokens, i + 1);
    if (token->plain[0] != 'o' || token->number != SPOKEN_ZERO)
        return;
    bool nought = is_number(&next) || (token->plain[1] && !token->apart); /* not in "5 O Brien" */
    if (is_number(&before) && nought)
        return;
    token->number = SPOKEN_NONE;
    if (!strcmp(token->plain, "oh") && !token->capital)
        token->word_class |= WORD_NOISE;
}

/* "and a half" after a number is 1/2. */
static void half_settle(const struct tokens *tokens, size_t i)
{
    struct token *token = &tokens->all[i];
    struct token before = token_at(tokens, i - 3);
    if (strcmp(token->plain, "half") || strcmp(token_at(tokens, i - 1).plain, "a") ||
        strcmp(token_at(tokens, i - 2).plain, "and") || !is_number(&before))
        return;
    token->plain = token->text = token->full = "1/2";
    token->number = SPOKEN_MIXED;
    token[-1].word_class |= WORD_NOISE;
    token[-2].word_class |= WORD_NOISE;
}

/* "one" for a thing: "the one on Main", "the Main Street one". */
static void one_settle(const struct tokens *tokens, size_t i)
{
    static const unsigned expecting = WORD_UNIT | WORD_NUMBER_MARK | WORD_ROUTE | WORD_PREPOSITION;
    struct token *token = &tokens->all[i];
    struct token before = token_at(tokens, i - 1), next = token_at(tokens, i + 1);
    bool last =
        !*next.plain || next.apart || next.word_class & (WORD_FILLER | WORD_PREPOSITION | WORD_CUT);
    bool counting = is_number(&before) && before.number != SPOKEN_MIXED;
    bool named = *before.plain && !counting && !(before.word_class & expecting);
    if (strcmp(token->plain, "one") || is_number(&next) || !named || !last ||
        !strcmp(next.plain, "and"))
        return;
    token->number = SPOKEN_NONE;
    token->word_class |= WORD_FILLER;
}

/* Keeps the tokens that `keep` says; a comma in front of one that goes is the next one's. */
static struct tokens tokens_filter(struct tokens tokens,
                                   bool (*keep)(const struct tokens *tokens, size_t i))
{
    size_t kept = 0;
    bool apart = false;
    for (size_t i = 0; i < tokens.count; i++) {
        apart = apart || tokens.all[i].apart;
        if (!keep(&tokens, i))
            continue;
        tokens.all[kept] = tokens.all[i];
        tokens.all[kept++].apart = apart;
        apart = false;
    }
    tokens.count = kept;
    return tokens;
}

static bool is_no_noise(const struct tokens *tokens, size_t i)
{
    return !(tokens->all[i].word_class & WORD_NOISE);
}

struct tokens address_tokens(void *mem, const char *text)
{
    struct tokens tokens = tokens_filter(text_cut(mem, text), is_no_joint);
    for (size_t i = 0; i < tokens.count; i++) {
        zero_settle(&tokens, i);
        one_settle(&tokens, i);
        half_settle(&tokens, i);
    }
    return routes_settle(tokens_filter(tokens, is_no_noise));
}

/* ---- runs of words as one text ---- */

static bool text_add(char text[SPAN_TEXT], size_t *len, const char *more)
{
    size_t more_len = strlen(more);
    if (*len + more_len >= SPAN_TEXT)
        return false;
    memcpy(text + *len, more, more_len + 1);
    *len += more_len;
    return true;
}

bool tokens_span(const struct tokens *tokens, size_t from, size_t to, char text[SPAN_TEXT])
{
    size_t len = 0;
    text[0] = '\0';
    while (from < to) {
        size_t end = from;
        char digits[NUMBER_TEXT];
        while (end < to && is_number(&tokens->all[end]))
            end++;
        bool numbers = end > from && tokens_number(tokens, from, end, digits);
        if (!text_add(text, &len, numbers ? digits : tokens->all[from].text))
            return false;
        from = numbers ? end : from + 1;
    }
    return true;
}

const char *tokens_state(const struct tokens *tokens, size_t from, size_t to)
{
    char name[SPAN_TEXT] = "";
    size_t len = 0;
    for (size_t i = from; i < to; i++)
        if (!text_add(name, &len, tokens->all[i].plain))
            return NULL;
    return address_state_find(name);
}
