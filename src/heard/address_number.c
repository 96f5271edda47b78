#include "heard/address_number.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *word;
    enum spoken_kind kind;
    int value;
    bool ordinal;
} number_words[] = {
    { "o", SPOKEN_ZERO, 0, false },
    { "oh", SPOKEN_ZERO, 0, false },
    { "zero", SPOKEN_ZERO, 0, false },
    { "nought", SPOKEN_ZERO, 0, false },
    { "one", SPOKEN_ONES, 1, false },
    { "two", SPOKEN_ONES, 2, false },
    { "three", SPOKEN_ONES, 3, false },
    { "four", SPOKEN_ONES, 4, false },
    { "five", SPOKEN_ONES, 5, false },
    { "six", SPOKEN_ONES, 6, false },
    { "seven", SPOKEN_ONES, 7, false },
    { "eight", SPOKEN_ONES, 8, false },
    { "nine", SPOKEN_ONES, 9, false },
    { "ten", SPOKEN_TEENS, 10, false },
    { "eleven", SPOKEN_TEENS, 11, false },
    { "twelve", SPOKEN_TEENS, 12, false },
    { "thirteen", SPOKEN_TEENS, 13, false },
    { "fourteen", SPOKEN_TEENS, 14, false },
    { "fifteen", SPOKEN_TEENS, 15, false },
    { "sixteen", SPOKEN_TEENS, 16, false },
    { "seventeen", SPOKEN_TEENS, 17, false },
    { "eighteen", SPOKEN_TEENS, 18, false },
    { "nineteen", SPOKEN_TEENS, 19, false },
    { "twenty", SPOKEN_TENS, 20, false },
    { "thirty", SPOKEN_TENS, 30, false },
    { "forty", SPOKEN_TENS, 40, false },
    { "fourty", SPOKEN_TENS, 40, false },
    { "fifty", SPOKEN_TENS, 50, false },
    { "sixty", SPOKEN_TENS, 60, false },
    { "seventy", SPOKEN_TENS, 70, false },
    { "eighty", SPOKEN_TENS, 80, false },
    { "ninety", SPOKEN_TENS, 90, false },
    { "hundred", SPOKEN_HUNDRED, 100, false },
    { "thousand", SPOKEN_THOUSAND, 1000, false },
    { "double", SPOKEN_TIMES, 2, false },
    { "triple", SPOKEN_TIMES, 3, false },
    { "first", SPOKEN_ONES, 1, true },
    { "second", SPOKEN_ONES, 2, true },
    { "third", SPOKEN_ONES, 3, true },
    { "fourth", SPOKEN_ONES, 4, true },
    { "forth", SPOKEN_ONES, 4, true },
    { "fifth", SPOKEN_ONES, 5, true },
    { "sixth", SPOKEN_ONES, 6, true },
    { "seventh", SPOKEN_ONES, 7, true },
    { "eighth", SPOKEN_ONES, 8, true },
    { "ninth", SPOKEN_ONES, 9, true },
    { "tenth", SPOKEN_TEENS, 10, true },
    { "eleventh", SPOKEN_TEENS, 11, true },
    { "twelfth", SPOKEN_TEENS, 12, true },
    { "thirteenth", SPOKEN_TEENS, 13, true },
    { "fourteenth", SPOKEN_TEENS, 14, true },
    { "fifteenth", SPOKEN_TEENS, 15, true },
    { "sixteenth", SPOKEN_TEENS, 16, true },
    { "seventeenth", SPOKEN_TEENS, 17, true },
    { "eighteenth", SPOKEN_TEENS, 18, true },
    { "nineteenth", SPOKEN_TEENS, 19, true },
    { "twentieth", SPOKEN_TENS, 20, true },
    { "thirtieth", SPOKEN_TENS, 30, true },
    { "fortieth", SPOKEN_TENS, 40, true },
    { "fiftieth", SPOKEN_TENS, 50, true },
    { "sixtieth", SPOKEN_TENS, 60, true },
    { "seventieth", SPOKEN_TENS, 70, true },
    { "eightieth", SPOKEN_TENS, 80, true },
    { "ninetieth", SPOKEN_TENS, 90, true },
    { "hundredth", SPOKEN_HUNDRED, 100, true },
};

static bool is_ordinal_ending(const char *text)
{
    return !strcmp(text, "st") || !strcmp(text, "nd") || !strcmp(text, "rd") || !strcmp(text, "th");
}

/* Whatever begins with a digit: "123", "5th", "12b". */
static void digits_note(struct token *token)
{
    size_t digits = strspn(token->plain, "0123456789");
    token->number = token->plain[digits] ? SPOKEN_MIXED : SPOKEN_DIGITS;
    if (is_ordinal_ending(token->plain + digits)) {
        token->number = SPOKEN_DIGITS;
        token->ordinal = true;
    }
}

void address_number_note(struct token *token)
{
    if (isdigit((unsigned char)token->plain[0])) {
        digits_note(token);
        return;
    }
    for (size_t i = 0; i < sizeof number_words / sizeof number_words[0]; i++)
        if (number_words[i].word[0] == token->plain[0] &&
            !strcmp(number_words[i].word, token->plain)) {
            token->number = number_words[i].kind;
            token->value = number_words[i].value;
            token->ordinal = number_words[i].ordinal;
            return;
        }
}

/* A reader of number words: tokens from `at` to `end`. */
struct reader {
    const struct token *all;
    size_t at, end;
};

static enum spoken_kind peek(const struct reader *reader)
{
    return reader->at < reader->end ? reader->all[reader->at].number : SPOKEN_NONE;
}

/* "five", "twelve", "forty two", 42; 0 if there is none. */
static long small_read(struct reader *reader)
{
    enum spoken_kind kind = peek(reader);
    if (kind == SPOKEN_DIGITS) {
        const char *digits = reader->all[reader->at].plain;
        long value = 0;
        for (size_t i = 0; i < 4 && isdigit((unsigned char)digits[i]); i++)
            value = value * 10 + (digits[i] - '0');
        reader->at++;
        return value;
    }
    if (kind < SPOKEN_ONES || kind > SPOKEN_TENS)
        return 0;
    long value = reader->all[reader->at++].value;
    if (kind == SPOKEN_TENS && peek(reader) == SPOKEN_ONES)
        value += reader->all[reader->at++].value;
    return value;
}

/* "forty two hundred", "one hundred twenty", "five" as far as they go. */
static long hundreds_read(struct reader *reader)
{
    long value = small_read(reader);
    if (peek(reader) != SPOKEN_HUNDRED)
        return value;
    reader->at++;
    value = (value ? value : 1) * 100;
    return peek(reader) == SPOKEN_DIGITS ? value : value + small_read(reader);
}

static long value_read(struct reader *reader)
{
    long value = hundreds_read(reader);
    if (peek(reader) != SPOKEN_THOUSAND)
        return value;
    reader->at++;
    value = (value ? value : 1) * 1000;
    return peek(reader) == SPOKEN_DIGITS ? value : value + hundreds_read(reader);
}

/* "double seven": "77". */
static bool times_read(struct reader *reader, char digits[NUMBER_GROUP])
{
    int times = reader->all[reader->at++].value;
    enum spoken_kind kind = peek(reader);
    if (kind != SPOKEN_ZERO && kind != SPOKEN_ONES)
        return false;
    memset(digits, '0' + reader->all[reader->at++].value, (size_t)times);
    digits[times] = '\0';
    return true;
}

/* Digits that stand alone, as written. */
static bool written_read(struct reader *reader, char digits[NUMBER_GROUP])
{
    const struct token *token = &reader->all[reader->at];
    bool mixed = token->number == SPOKEN_MIXED;
    size_t len = mixed ? strlen(token->plain) : strspn(token->plain, "0123456789");
    if (len >= NUMBER_GROUP)
        return false;
    memcpy(digits, token->plain, len);
    digits[len] = '\0';
    reader->at++;
    return !mixed || reader->at == reader->end;
}

static bool group_read(struct reader *reader, char digits[NUMBER_GROUP])
{
    enum spoken_kind kind = peek(reader);
    enum spoken_kind next =
        reader->at + 1 < reader->end ? reader->all[reader->at + 1].number : SPOKEN_NONE;
    if (kind == SPOKEN_TIMES)
        return times_read(reader, digits);
    if (kind == SPOKEN_MIXED ||
        (kind == SPOKEN_DIGITS && next != SPOKEN_HUNDRED && next != SPOKEN_THOUSAND))
        return written_read(reader, digits);
    if (kind == SPOKEN_NONE)
        return false;
    if (kind == SPOKEN_ZERO)
        reader->at++;
    snprintf(digits, NUMBER_GROUP, "%ld", kind == SPOKEN_ZERO ? 0 : value_read(reader));
    return true;
}

bool tokens_number_group(const struct tokens *tokens, size_t *at, size_t to,
                         char digits[NUMBER_GROUP])
{
    struct reader reader = { tokens->all, *at, to };
    bool read = group_read(&reader, digits);
    *at = reader.at;
    return read;
}

static bool has_early_ordinal(const struct tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i + 1 < to; i++)
        if (tokens->all[i].ordinal)
            return true;
    return false;
}

bool tokens_number(const struct tokens *tokens, size_t from, size_t to, char digits[NUMBER_TEXT])
{
    struct reader reader = { tokens->all, from, to };
    size_t len = 0;
    if (from >= to || has_early_ordinal(tokens, from, to))
        return false;
    while (reader.at < to) {
        char group[NUMBER_GROUP];
        if (!group_read(&reader, group) || len + strlen(group) + 1 >= NUMBER_TEXT)
            return false;
        if (len > 0 && strchr(group, '/'))
            digits[len++] = '-';
        strcpy(digits + len, group);
        len += strlen(group);
    }
    return true;
}

bool tokens_are_street(const struct tokens *tokens, size_t from, size_t to)
{
    const struct token *all = &tokens->all[from];
    return to - from == 1 ||
           (to - from == 2 && all[0].number == SPOKEN_TENS && all[1].number == SPOKEN_ONES);
}
