#include "heard/address.h"
#include "heard/address_number.h"
#include <ctype.h>
#include <string.h>

/* What is left of a street line while its parts are taken off at both ends: tokens from..to-1. */
struct rest {
    struct tokens tokens;
    size_t from, to;
};

static size_t rest_count(const struct rest *rest)
{
    return rest->to - rest->from;
}

static bool rest_is(const struct rest *rest, size_t i, unsigned word_class)
{
    return i >= rest->from && i < rest->to && rest->tokens.all[i].word_class & word_class;
}

static const char *span_text(void *mem, const struct rest *rest, size_t from, size_t to)
{
    char text[SPAN_TEXT];
    if (from >= to || !tokens_span(&rest->tokens, from, to, text))
        return NULL;
    return mem_strdup(mem, text);
}

/* ---- city, state and ZIP ---- */

static const char *zip_canonical(void *mem, const char *zip)
{
    char *text = mem_strdup(mem, zip);
    size_t len = 0;
    for (; *zip; zip++)
        if (isalnum((unsigned char)*zip))
            text[len++] = (char)tolower((unsigned char)*zip);
    if (len == 9 && strspn(text, "0123456789") >= 9) /* ZIP+4 */
        len = 5;
    text[len] = '\0';
    return len ? text : NULL;
}

/* The tokens' texts with single spaces, plain or canonical, numbers as digits, which they become
 * in what is said ("Two Harbors", "Ninety Six"); NULL if there are none. */
static char *words_join(void *mem, const struct rest *rest)
{
    const struct token *all = rest->tokens.all;
    char *joined = NULL;
    for (size_t i = rest->from, end; i < rest->to; i = end) {
        char digits[SPAN_TEXT];
        for (end = i; end < rest->to && all[end].number != SPOKEN_NONE;)
            end++;
        bool number = end > i && tokens_span(&rest->tokens, i, end, digits);
        end = number ? end : i + 1;
        mem_append(mem, &joined, "%s%s", joined ? " " : "", number ? digits : all[i].text);
    }
    return joined;
}

/* A bare code is looked up as it stands: "OH" is no nought and "IN" no filler here. */
static const char *state_canonical(void *mem, const char *state)
{
    const char *bare = zip_canonical(mem, state ? state : "");
    if (bare && address_state_find(bare))
        return address_state_find(bare);
    struct tokens tokens = address_tokens(mem, state);
    struct rest rest = { tokens, 0, tokens.count };
    const char *code = tokens_state(&tokens, 0, tokens.count);
    return code ? code : words_join(mem, &rest);
}

static void city_take(void *mem, struct address *address, const char *city)
{
    struct tokens tokens = address_tokens(mem, city);
    struct rest rest = { tokens, 0, tokens.count };
    address->city = words_join(mem, &rest);
}

static bool is_zip(const struct token *token)
{
    return token->number == SPOKEN_DIGITS &&
           (strlen(token->plain) == 5 || strlen(token->plain) == 9);
}

/* "Cedar Falls, NJ 08401" at the end of a street line that begins at `comma`. */
static void tail_take(void *mem, struct address *address, struct rest tail)
{
    if (rest_count(&tail) && is_zip(&tail.tokens.all[tail.to - 1])) {
        const char *zip = zip_canonical(mem, tail.tokens.all[--tail.to].plain);
        address->zip = address->zip ? address->zip : zip;
    }
    for (size_t words = 3; words > 0; words--) {
        const char *state = words < rest_count(&tail) + (address->city != NULL)
                                ? tokens_state(&tail.tokens, tail.to - words, tail.to)
                                : NULL;
        if (!state)
            continue;
        address->state = address->state ? address->state : state;
        tail.to -= words;
        break;
    }
    if (!address->city)
        address->city = words_join(mem, &tail);
}

/* ---- number and unit ---- */

static void number_take(void *mem, struct address *address, struct rest *rest)
{
    size_t end = rest->from;
    const struct token *all = rest->tokens.all;
    while (end < rest->to && all[end].number != SPOKEN_NONE && !all[end].ordinal)
        end++;
    if (end > rest->from && all[rest->from].number == SPOKEN_DIGITS) {
        bool fraction = end - rest->from > 1 && strchr(all[rest->from + 1].plain, '/');
        end = rest->from + (fraction ? 2 : 1);
    }
    address->number = span_text(mem, rest, rest->from, end);
    rest->from = end;
}

static const char *unit_canonical(void *mem, const struct rest *rest)
{
    const char *unit = span_text(mem, rest, rest->from, rest->to);
    while (unit && unit[0] == '0' && isdigit((unsigned char)unit[1]))
        unit++;
    return unit;
}

/* The place where a unit begins behind the street: a designator, or a number behind the suffix. */
static size_t unit_find(const struct rest *rest)
{
    const struct token *all = rest->tokens.all;
    for (size_t i = rest->from; i < rest->to; i++)
        if (rest_is(rest, i, WORD_UNIT) || !strcmp(all[i].plain, "#"))
            return i;
    if (rest_count(rest) > 2 && all[rest->to - 1].number != SPOKEN_NONE &&
        !all[rest->to - 1].ordinal && rest_is(rest, rest->to - 2, WORD_SUFFIX | WORD_DIRECTION))
        return rest->to - 1;
    return rest->to;
}

static bool is_designator(const struct token *token)
{
    return (token->word_class & (WORD_UNIT | WORD_NUMBER_MARK)) != 0;
}

static void unit_take(void *mem, struct address *address, struct rest *rest)
{
    struct rest unit = { rest->tokens, unit_find(rest), rest->to };
    rest->to = unit.from;
    while (unit.from < unit.to && is_designator(&unit.tokens.all[unit.from]))
        unit.from++;
    if (!address->unit)
        address->unit = unit_canonical(mem, &unit);
}

/* The unit that was given by itself: "Apt 4", "4-B", "Unit #3". */
static void own_unit_take(void *mem, struct address *address, const char *unit)
{
    struct tokens tokens = address_tokens(mem, unit);
    struct rest rest = { tokens, 0, tokens.count };
    while (rest_count(&rest) > 1 && is_designator(&tokens.all[rest.from]))
        rest.from++;
    address->unit = unit_canonical(mem, &rest);
}

/* ---- the street ---- */

/* How many of the first tokens are a direction in front of a name; in "North Ave" it is the name.
 */
static size_t before_length(const struct rest *rest)
{
    size_t length = 0;
    while (length < 2 && rest_is(rest, rest->from + length, WORD_DIRECTION))
        length++;
    if (rest_count(rest) == length + 1 && rest_is(rest, rest->from + length, WORD_SUFFIX))
        length--;
    return length && length < rest_count(rest) ? length : 0;
}

/* A last word is a direction if a name stands before it; in "Avenue N" it is the name. */
static bool has_after(const struct rest *rest)
{
    return rest_count(rest) > 1 && rest_is(rest, rest->to - 1, WORD_DIRECTION) &&
           (rest_count(rest) > 2 || !rest_is(rest, rest->from, WORD_SUFFIX));
}

static void words_take(void *mem, struct address *address, struct rest *rest)
{
    address->words = mem_new_array(mem, const char *, rest_count(rest) + 1);
    while (rest->from < rest->to) {
        size_t end = rest->from + 1;
        while (end < rest->to && rest->tokens.all[rest->from].number != SPOKEN_NONE &&
               rest->tokens.all[end].number != SPOKEN_NONE)
            end++;
        const char *word = span_text(mem, rest, rest->from, end);
        address->words[address->word_count++] = word ? word : rest->tokens.all[rest->from].text;
        rest->from = word ? end : rest->from + 1;
    }
}

static void street_take(void *mem, struct address *address, struct rest *rest)
{
    size_t before = before_length(rest);
    address->before = span_text(mem, rest, rest->from, rest->from + before);
    rest->from += before;
    if (has_after(rest)) {
        rest->to--;
        address->after = rest->tokens.all[rest->to].text;
    }
    if (rest_count(rest) > 1 && rest_is(rest, rest->to - 1, WORD_SUFFIX)) {
        rest->to--;
        address->suffix = rest->tokens.all[rest->to].text;
    }
    words_take(mem, address, rest);
}

/* Where behind the street a comma begins the city; the end if there is none, or only a unit. */
static size_t tail_find(const struct rest *rest)
{
    const struct token *all = rest->tokens.all;
    for (size_t i = rest->from + 2; i < rest->to; i++)
        if (all[i].apart && !is_designator(&all[i]) && !is_designator(&all[i - 1]) &&
            (all[i].number == SPOKEN_NONE || is_zip(&all[i])))
            return i;
    return rest->to;
}

struct address *address_parse_listing(void *mem, const char *street_line, const char *unit,
                                      const char *city, const char *state, const char *zip)
{
    struct address *address = mem_new(mem, struct address);
    struct tokens tokens = address_tokens(mem, street_line);
    struct rest rest = { tokens, 0, tokens.count };
    city_take(mem, address, city);
    address->state = state_canonical(mem, state);
    address->zip = zip_canonical(mem, zip ? zip : "");
    own_unit_take(mem, address, unit);
    struct rest tail = { tokens, tail_find(&rest), rest.to };
    tail_take(mem, address, tail);
    rest.to = tail.from;
    number_take(mem, address, &rest);
    unit_take(mem, address, &rest);
    street_take(mem, address, &rest);
    return address;
}

static void key_add(void *mem, char **key, const char *part)
{
    mem_append(mem, key, "%s%s", *key ? "|" : "", part ? part : "");
}

char *address_key(void *mem, const struct address *address)
{
    char *key = NULL;
    char *name = NULL;
    for (size_t i = 0; i < address->word_count; i++)
        mem_append(mem, &name, "%s%s", name ? " " : "", address->words[i]);
    const char *parts[] = { address->number, address->before, name,
                            address->suffix, address->after,  address->unit,
                            address->city,   address->state,  address->city ? NULL : address->zip };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        key_add(mem, &key, parts[i]);
    return key;
}
