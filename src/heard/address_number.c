#include "heard/address_number.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *word;
    enum number_kind kind;
    int value;
    bool ordinal;
} number_words[] = {
    { "o", NUMBER_ZERO, 0, false },
    { "oh", NUMBER_ZERO, 0, false },
    { "zero", NUMBER_ZERO, 0, false },
    { "nought", NUMBER_ZERO, 0, false },
    { "one", NUMBER_ONES, 1, false },
    { "two", NUMBER_ONES, 2, false },
    { "three", NUMBER_ONES, 3, false },
    { "four", NUMBER_ONES, 4, false },
    { "five", NUMBER_ONES, 5, false },
    { "six", NUMBER_ONES, 6, false },
    { "seven", NUMBER_ONES, 7, false },
    { "eight", NUMBER_ONES, 8, false },
    { "nine", NUMBER_ONES, 9, false },
    { "ten", NUMBER_TEENS, 10, false },
    { "eleven", NUMBER_TEENS, 11, false },
    { "twelve", NUMBER_TEENS, 12, false },
    { "thirteen", NUMBER_TEENS, 13, false },
    { "fourteen", NUMBER_TEENS, 14, false },
    { "fifteen", NUMBER_TEENS, 15, false },
    { "sixteen", NUMBER_TEENS, 16, false },
    { "seventeen", NUMBER_TEENS, 17, false },
    { "eighteen", NUMBER_TEENS, 18, false },
    { "nineteen", NUMBER_TEENS, 19, false },
    { "twenty", NUMBER_TENS, 20, false },
    { "thirty", NUMBER_TENS, 30, false },
    { "forty", NUMBER_TENS, 40, false },
    { "fourty", NUMBER_TENS, 40, false },
    { "fifty", NUMBER_TENS, 50, false },
    { "sixty", NUMBER_TENS, 60, false },
    { "seventy", NUMBER_TENS, 70, false },
    { "eighty", NUMBER_TENS, 80, false },
    { "ninety", NUMBER_TENS, 90, false },
    { "hundred", NUMBER_HUNDRED, 100, false },
    { "thousand", NUMBER_THOUSAND, 1000, false },
    { "double", NUMBER_TIMES, 2, false },
    { "triple", NUMBER_TIMES, 3, false },
    { "first", NUMBER_ONES, 1, true },
    { "second", NUMBER_ONES, 2, true },
    { "third", NUMBER_ONES, 3, true },
    { "fourth", NUMBER_ONES, 4, true },
    { "forth", NUMBER_ONES, 4, true },
    { "fifth", NUMBER_ONES, 5, true },
    { "sixth", NUMBER_ONES, 6, true },
    { "seventh", NUMBER_ONES, 7, true },
    { "eighth", NUMBER_ONES, 8, true },
    { "ninth", NUMBER_ONES, 9, true },
    { "tenth", NUMBER_TEENS, 10, true },
    { "eleventh", NUMBER_TEENS, 11, true },
    { "twelfth", NUMBER_TEENS, 12, true },
    { "thirteenth", NUMBER_TEENS, 13, true },
    { "fourteenth", NUMBER_TEENS, 14, true },
    { "fifteenth", NUMBER_TEENS, 15, true },
    { "sixteenth", NUMBER_TEENS, 16, true },
    { "seventeenth", NUMBER_TEENS, 17, true },
    { "eighteenth", NUMBER_TEENS, 18, true },
    { "nineteenth", NUMBER_TEENS, 19, true },
    { "twentieth", NUMBER_TENS, 20, true },
    { "thirtieth", NUMBER_TENS, 30, true },
    { "fortieth", NUMBER_TENS, 40, true },
    { "fiftieth", NUMBER_TENS, 50, true },
    { "sixtieth", NUMBER_TENS, 60, true },
    { "seventieth", NUMBER_TENS, 70, true },
    { "eightieth", NUMBER_TENS, 80, true },
    { "ninetieth", NUMBER_TENS, 90, true },
    { "hundredth", NUMBER_HUNDRED, 100, true },
};

static bool is_ordinal_ending(const char *text)
{
    return !strcmp(text, "st") || !strcmp(text, "nd") || !strcmp(text, "rd") || !strcmp(text, "th");
}

/* Whatever begins with a digit: "123", "5th", "12b". */
static void digits_note(struct token *token)
{
    size_t digits = strspn(token->plain, "0123456789");
    token->number = token->plain[digits] ? NUMBER_MIXED : NUMBER_DIGITS;
    if (is_ordinal_ending(token->plain + digits)) {
        token->number = NUMBER_DIGITS;
        token->ordinal = true;
    }
}

void number_note(struct token *token)
{
    if (isdigit((unsigned char)token->plain[0])) {
        digits_note(token);
        return;
    }
    for (size_t i = 0; i < sizeof number_words / sizeof number_words[0]; i++)
        if (!strcmp(number_words[i].word, token->plain)) {
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

static enum number_kind peek(const struct reader *reader)
{
    return reader->at < reader->end ? reader->all[reader->at].number : NUMBER_NONE;
}

/* "five", "twelve", "forty two", 42; 0 if there is none. */
static long small_read(struct reader *reader)
{
    enum number_kind kind = peek(reader);
    if (kind == NUMBER_DIGITS) {
        const char *digits = reader->all[reader->at].plain;
        long value = 0;
        for (size_t i = 0; i < 4 && isdigit((unsigned char)digits[i]); i++)
            value = value * 10 + (digits[i] - '0');
        reader->at++;
        return value;
    }
    if (kind < NUMBER_ONES || kind > NUMBER_TENS)
        return 0;
    long value = reader->all[reader->at++].value;
    if (kind == NUMBER_TENS && peek(reader) == NUMBER_ONES)
        value += reader->all[reader->at++].value;
    return value;
}

/* "forty two hundred", "one hundred twenty", "five" as far as they go. */
static long hundreds_read(struct reader *reader)
{
    long value = small_read(reader);
    if (peek(reader) != NUMBER_HUNDRED)
        return value;
    reader->at++;
    value = (value ? value : 1) * 100;
    return peek(reader) == NUMBER_DIGITS ? value : value + small_read(reader);
}

static long value_read(struct reader *reader)
{
    long value = hundreds_read(reader);
    if (peek(reader) != NUMBER_THOUSAND)
        return value;
    reader->at++;
    value = (value ? value : 1) * 1000;
    return peek(reader) == NUMBER_DIGITS ? value : value + hundreds_read(reader);
}

/* "double seven": "77". */
static bool times_read(struct reader *reader, char digits[NUMBER_GROUP])
{
    int times = reader->all[reader->at++].value;
    enum number_kind kind = peek(reader);
    if (kind != NUMBER_ZERO && kind != NUMBER_ONES)
        return false;
    memset(digits, '0' + reader->all[reader->at++].value, (size_t)times);
    digits[times] = '\0';
    return true;
}

/* Digits that stand alone, as written. */
static bool written_read(struct reader *reader, char digits[NUMBER_GROUP])
{
    const struct token *token = &reader->all[reader->at];
    bool mixed = token->number == NUMBER_MIXED;
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
    enum number_kind kind = peek(reader);
    enum number_kind next =
        reader->at + 1 < reader->end ? reader->all[reader->at + 1].number : NUMBER_NONE;
    if (kind == NUMBER_TIMES)
        return times_read(reader, digits);
    if (kind == NUMBER_MIXED ||
        (kind == NUMBER_DIGITS && next != NUMBER_HUNDRED && next != NUMBER_THOUSAND))
        return written_read(reader, digits);
    if (kind == NUMBER_NONE)
        return false;
    if (kind == NUMBER_ZERO)
        reader->at++;
    snprintf(digits, NUMBER_GROUP, "%ld", kind == NUMBER_ZERO ? 0 : value_read(reader));
    return true;
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
           (to - from == 2 && all[0].number == NUMBER_TENS && all[1].number == NUMBER_ONES);
}
