#include "heard/address_route.h"
#include <string.h>

static const struct {
    unsigned qualifier; /* of the word before, or of the word itself where it is both */
    const char *name;
} kinds[] = {
    { WORD_ROUTE_COUNTY, "countyroute" },
    { WORD_ROUTE_FEDERAL, "usroute" },
    { WORD_ROUTE_STATE, "route" },
};

static unsigned class_at(const struct tokens *tokens, size_t i)
{
    return i < tokens->count ? tokens->all[i].word_class : 0;
}

static bool is_number_at(const struct tokens *tokens, size_t i)
{
    return i < tokens->count && tokens->all[i].number != SPOKEN_NONE && !tokens->all[i].ordinal;
}

/* Whether what stands before place i lets a road begin there: not in "19 Kings Highway 5". */
static bool can_begin(const struct tokens *tokens, size_t i)
{
    if (i == 0 || tokens->all[i].apart)
        return true;
    const struct token *before = &tokens->all[i - 1];
    return before->number != SPOKEN_NONE ||
           before->word_class & (WORD_FILLER | WORD_CUT | WORD_PREPOSITION | WORD_DIRECTION) ||
           !strcmp(before->text, "old") || !strcmp(before->text, "new") ||
           address_state_find(before->plain);
}

static bool is_word(const struct tokens *tokens, size_t i, const char *a, const char *b)
{
    return i < tokens->count &&
           (!strcmp(tokens->all[i].plain, a) || !strcmp(tokens->all[i].plain, b));
}

/* Texas: "FM 1960", "Farm to Market Road 1960", "RM 12". */
static size_t market_length(const struct tokens *tokens, size_t i)
{
    size_t length = is_word(tokens, i, "fm", "rm");
    if (is_word(tokens, i, "farm", "ranch") && is_word(tokens, i + 1, "to", "to") &&
        is_word(tokens, i + 2, "market", "market"))
        length = 3;
    length += length > 0 && class_at(tokens, i + length) & WORD_ROUTE_ROAD;
    return length > 0 && is_number_at(tokens, i + length) ? length : 0;
}

/* The number of words at i that name a kind of road, followed by its number; 0 if there is none. */
static size_t route_length(const struct tokens *tokens, size_t i)
{
    const unsigned qualifiers = WORD_ROUTE_STATE | WORD_ROUTE_COUNTY | WORD_ROUTE_FEDERAL;
    if (!can_begin(tokens, i))
        return 0;
    if (class_at(tokens, i) & WORD_ROUTE && is_number_at(tokens, i + 1))
        return 1;
    if (class_at(tokens, i) & qualifiers &&
        class_at(tokens, i + 1) & (WORD_ROUTE | WORD_ROUTE_ROAD) && is_number_at(tokens, i + 2))
        return 2;
    return market_length(tokens, i);
}

static const char *route_name(const struct token *first)
{
    if (!strcmp(first->plain, "interstate"))
        return first->plain;
    if (strchr("fr", first->plain[0]) && !(first->word_class & WORD_ROUTE))
        return "marketroute";
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (first->word_class & kinds[i].qualifier)
            return kinds[i].name;
    return "route";
}

struct tokens routes_settle(struct tokens tokens)
{
    size_t kept = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        size_t length = route_length(&tokens, i);
        struct token token = tokens.all[i];
        if (length > 0) {
            token.text = token.plain = token.full = route_name(&token);
            token.word_class = WORD_ROUTE;
            i += length - 1;
        }
        tokens.all[kept++] = token;
    }
    tokens.count = kept;
    return tokens;
}

static bool is_route(const char *word)
{
    return !strcmp(word, "interstate") || strstr(word, "route");
}

bool routes_agree(const char *a, const char *b)
{
    return is_route(a) && is_route(b) &&
           (!strcmp(a, b) || !strcmp(a, "route") || !strcmp(b, "route"));
}
