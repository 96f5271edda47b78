#include "heard/words.h"
#include <glib.h>
#include <string.h>

/* ---- cutting into words ---- */

static bool is_apostrophe(gunichar c)
{
    return c == '\'' || c == 0x2018 || c == 0x2019;
}

static bool is_dash(gunichar c)
{
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* The ASCII character that stands for c: full-width forms, dashes and accented letters have one; 0
 * for what only separates words. */
static char plain(gunichar c)
{
    if (c >= 0xff01 && c <= 0xff5e)
        c -= 0xff01 - '!';
    if (is_dash(c))
        return '-';
    int digit = g_unichar_digit_value(c);
    if (digit >= 0)
        return (char)('0' + digit);
    gunichar base[4];
    if (c >= 0x80 && g_unichar_isalpha(c) && g_unichar_fully_decompose(c, FALSE, base, 4) > 0)
        c = base[0];
    if (c > ' ' && c < 0x7f)
        return g_ascii_tolower((char)c);
    return 0;
}

static enum word_kind kind_of(char c)
{
    return g_ascii_isdigit(c) ? WORD_DIGITS : g_ascii_isalpha(c) ? WORD_ALPHA : WORD_MARK;
}

static void character_add(struct heard_words *words, char c, bool glued)
{
    enum word_kind kind = kind_of(c);
    struct word *last = words->count ? &words->at[words->count - 1] : NULL;
    if (last && glued && last->kind == kind && kind != WORD_MARK) {
        size_t length = strlen(last->text);
        if (length + 1 < WORD_TEXT)
            last->text[length] = c, last->text[length + 1] = '\0';
    } else if (words->count < WORDS_MOST) {
        words->at[words->count++] = (struct word){ .kind = kind, .glued = glued, .text = { c } };
    }
}

void words_split(const char *text, struct heard_words *words)
{
    const char *end = text + strnlen(text, WORDS_BYTES);
    bool glued = false;
    words->count = 0;
    while (text < end) {
        gunichar c = g_utf8_get_char_validated(text, end - text);
        if (c >= (gunichar)-2) { /* no character, or a part of one */
            text++, glued = false;
            continue;
        }
        text = g_utf8_next_char(text);
        char as = plain(c);
        if (is_apostrophe(c))
            continue;
        if (as)
            character_add(words, as, glued);
        glued = as != 0;
    }
    words->at[words->count] = (struct word){ .kind = WORD_END };
}

/* ---- looking at words ---- */

static const struct word *word_at(const struct heard_words *words, int i)
{
    return i < 0 || i > words->count ? &words->at[words->count] : &words->at[i];
}

bool word_is(const struct heard_words *words, int i, const char *text)
{
    return strcmp(word_at(words, i)->text, text) == 0;
}

bool word_in(const struct heard_words *words, int i, const char *list)
{
    const struct word *word = word_at(words, i);
    size_t length = strlen(word->text);
    if (!length)
        return false;
    for (const char *at = list; (at = strstr(at, word->text)); at += length)
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
            return true;
    return false;
}

int words_phrase(const struct heard_words *words, int i, const char *phrase)
{
    int used = 0;
    while (*phrase) {
        size_t length = strcspn(phrase, " ");
        const char *text = word_at(words, i + used)->text;
        if (strlen(text) != length || memcmp(text, phrase, length) != 0)
            return 0;
        used++;
        phrase += length + (phrase[length] == ' ');
    }
    return used;
}

bool word_is_mark(const struct heard_words *words, int i, char mark)
{
    const struct word *word = word_at(words, i);
    return word->kind == WORD_MARK && word->text[0] == mark;
}

int64_t word_digits(const struct heard_words *words, int i)
{
    const struct word *word = word_at(words, i);
    if (word->kind != WORD_DIGITS || strlen(word->text) > 15)
        return -1;
    return g_ascii_strtoll(word->text, NULL, 10);
}

/* ---- numbers ---- */

static const struct {
    const char *text;
    enum number_role role;
    int value;
} numbers[] = {
    { "zero", NUMBER_UNIT, 0 },
    { "oh", NUMBER_UNIT, 0 },
    { "o", NUMBER_UNIT, 0 },
    { "nought", NUMBER_UNIT, 0 },
    { "naught", NUMBER_UNIT, 0 },
    { "nil", NUMBER_UNIT, 0 },
    { "one", NUMBER_UNIT, 1 },
    { "two", NUMBER_UNIT, 2 },
    { "three", NUMBER_UNIT, 3 },
    { "four", NUMBER_UNIT, 4 },
    { "five", NUMBER_UNIT, 5 },
    { "six", NUMBER_UNIT, 6 },
    { "seven", NUMBER_UNIT, 7 },
    { "eight", NUMBER_UNIT, 8 },
    { "nine", NUMBER_UNIT, 9 },
    { "niner", NUMBER_UNIT, 9 },
    { "ten", NUMBER_TEEN, 10 },
    { "eleven", NUMBER_TEEN, 11 },
    { "twelve", NUMBER_TEEN, 12 },
    { "thirteen", NUMBER_TEEN, 13 },
    { "fourteen", NUMBER_TEEN, 14 },
    { "fifteen", NUMBER_TEEN, 15 },
    { "sixteen", NUMBER_TEEN, 16 },
    { "seventeen", NUMBER_TEEN, 17 },
    { "eighteen", NUMBER_TEEN, 18 },
    { "nineteen", NUMBER_TEEN, 19 },
    { "twenty", NUMBER_TENS, 20 },
    { "thirty", NUMBER_TENS, 30 },
    { "forty", NUMBER_TENS, 40 },
    { "fourty", NUMBER_TENS, 40 },
    { "fifty", NUMBER_TENS, 50 },
    { "sixty", NUMBER_TENS, 60 },
    { "seventy", NUMBER_TENS, 70 },
    { "eighty", NUMBER_TENS, 80 },
    { "ninety", NUMBER_TENS, 90 },
    { "hundred", NUMBER_SCALE, 100 },
    { "thousand", NUMBER_SCALE, 1000 },
    { "million", NUMBER_SCALE, 1000000 },
    { "billion", NUMBER_SCALE, 1000000000 },
    { "first", NUMBER_ORDINAL, 1 },
    { "second", NUMBER_ORDINAL, 2 },
    { "third", NUMBER_ORDINAL, 3 },
    { "fourth", NUMBER_ORDINAL, 4 },
    { "fifth", NUMBER_ORDINAL, 5 },
    { "sixth", NUMBER_ORDINAL, 6 },
    { "seventh", NUMBER_ORDINAL, 7 },
    { "eighth", NUMBER_ORDINAL, 8 },
    { "ninth", NUMBER_ORDINAL, 9 },
    { "tenth", NUMBER_ORDINAL, 10 },
    { "eleventh", NUMBER_ORDINAL, 11 },
    { "twelfth", NUMBER_ORDINAL, 12 },
    { "thirteenth", NUMBER_ORDINAL, 13 },
    { "fourteenth", NUMBER_ORDINAL, 14 },
    { "fifteenth", NUMBER_ORDINAL, 15 },
    { "sixteenth", NUMBER_ORDINAL, 16 },
    { "seventeenth", NUMBER_ORDINAL, 17 },
    { "eighteenth", NUMBER_ORDINAL, 18 },
    { "nineteenth", NUMBER_ORDINAL, 19 },
    { "twentieth", NUMBER_ORDINAL, 20 },
    { "thirtieth", NUMBER_ORDINAL, 30 },
};

enum number_role word_number(const struct heard_words *words, int i, int64_t *value)
{
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
        if (word_is(words, i, numbers[n].text)) {
            if (value)
                *value = numbers[n].value;
            return numbers[n].role;
        }
    return NUMBER_NONE;
}

int words_below_hundred(const struct heard_words *words, int i, int64_t *value)
{
    enum number_role role = word_number(words, i, value);
    if (role == NUMBER_UNIT || role == NUMBER_TEEN)
        return 1;
    if (role != NUMBER_TENS)
        return 0;
    int hyphen = word_is_mark(words, i + 1, '-');
    int64_t unit;
    if (word_number(words, i + 1 + hyphen, &unit) != NUMBER_UNIT || unit == 0)
        return 1;
    *value += unit;
    return 2 + hyphen;
}

/* The scale word at words[i], after a hyphen perhaps; how many words it takes. */
static int scale_take(const struct heard_words *words, int i, int64_t *scale)
{
    int hyphen = word_is_mark(words, i, '-');
    return word_number(words, i + hyphen, scale) == NUMBER_SCALE ? 1 + hyphen : 0;
}

/* "and" or a hyphen between two parts of a number, or "-and-". */
static int joint_take(const struct heard_words *words, int i)
{
    int used = word_is_mark(words, i, '-');
    if (!word_is(words, i + used, "and"))
        return used;
    return used + 1 + word_is_mark(words, i + used + 1, '-');
}

int words_hundreds(const struct heard_words *words, int i, int64_t *value)
{
    int64_t scale, rest;
    int used = words_below_hundred(words, i, value);
    if (!used) {
        if (!word_is(words, i, "a") || !scale_take(words, i + 1, &scale))
            return 0;
        used = 1, *value = 1;
    }
    int hundred = scale_take(words, i + used, &scale);
    if (!hundred || scale != 100)
        return used;
    used += hundred, *value *= 100;
    int joint = joint_take(words, i + used);
    int more = words_below_hundred(words, i + used + joint, &rest);
    if (more && rest > 0)
        used += joint + more, *value += rest;
    return used;
}

int words_cardinal(const struct heard_words *words, int i, int64_t *value)
{
    int64_t total = 0, group, scale = 0, last_scale = INT64_MAX;
    int used = 0;
    for (;;) {
        int joint = used && word_is(words, i + used, "and");
        int more = words_hundreds(words, i + used + joint, &group);
        if (!more)
            break;
        int scaled = scale_take(words, i + used + joint + more, &scale);
        if (used && (scaled ? scale : 1) >= last_scale)
            break;
        used += joint + more + scaled;
        last_scale = scaled ? scale : 1;
        total += group * last_scale;
        if (!scaled)
            break;
    }
    if (used)
        *value = total;
    return used;
}
