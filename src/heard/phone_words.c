#include "heard/phone_words.h"
#include <string.h>

/* One pass over the words. */
struct pass {
    const struct heard_words *words;
    int at, to;
    int times; /* of the next digit: 2 after "double" */
    enum phone_reading reading;
    struct phone_digits *digits;
};

static void digit_add(struct pass *pass, char digit)
{
    struct phone_digits *digits = pass->digits;
    for (; pass->times > 0; pass->times--)
        if (digits->count < PHONE_DIGITS)
            digits->text[digits->count++] = digit;
    pass->times = 1;
}

static void digits_add(struct pass *pass, const char *text)
{
    for (; *text; text++)
        digit_add(pass, *text);
}

static void value_add(struct pass *pass, int64_t value)
{
    char text[20];
    int count = 0;
    do
        text[count++] = (char)('0' + value % 10);
    while ((value /= 10) > 0 && count < (int)sizeof text);
    while (count > 0)
        digit_add(pass, text[--count]);
}

/* ---- number words ---- */

static bool is_number(const struct heard_words *words, int i)
{
    return word_digits(words, i) >= 0 || word_number(words, i, NULL) != NUMBER_NONE;
}

/* "hundred" and "thousand" as zeros behind what was said before. */
static int zeros_read(struct pass *pass)
{
    int64_t scale;
    if (word_number(pass->words, pass->at, &scale) != NUMBER_SCALE || scale > 1000)
        return 0;
    bool first = pass->digits->count == 0;
    digits_add(pass, &(scale == 100 ? "100" : "1000")[!first]);
    return 1;
}

/* A number with hundreds or thousands in it, summed up. */
static int sum_read(struct pass *pass)
{
    int64_t value, part;
    int used = words_cardinal(pass->words, pass->at, &value);
    if (!(pass->reading & READ_SUMS) || used <= words_below_hundred(pass->words, pass->at, &part))
        return 0;
    value_add(pass, value);
    return used;
}

static int pair_read(struct pass *pass)
{
    int64_t value;
    int used = words_below_hundred(pass->words, pass->at, &value);
    if (used)
        value_add(pass, value);
    return used;
}

/* An "oh" before a comma is no zero but a sigh. */
static int sigh_read(struct pass *pass)
{
    bool sigh = word_in(pass->words, pass->at, "oh o") && pass->digits->count == 0 &&
                !is_number(pass->words, pass->at + 1) &&
                !word_is_mark(pass->words, pass->at + 1, '-');
    return sigh && !word_in(pass->words, pass->at + 1, "double triple treble") ? 1 : 0;
}

static int times_read(struct pass *pass)
{
    static const char *const words[] = { "double", "triple treble", "quadruple" };
    for (int i = 0; i < 3; i++)
        if (word_in(pass->words, pass->at, words[i]) && is_number(pass->words, pass->at + 1)) {
            pass->times = i + 2;
            return 1;
        }
    return 0;
}

/* Words that speech recognition writes for digits; only among digits are they meant so. */
static int homophone_read(struct pass *pass)
{
    static const struct {
        const char *words;
        char digit;
    } homophones[] = { { "to too", '2' }, { "for fore", '4' }, { "ate", '8' }, { "won", '1' } };
    if (!is_number(pass->words, pass->at - 1) || !is_number(pass->words, pass->at + 1))
        return 0;
    for (size_t i = 0; i < sizeof homophones / sizeof *homophones; i++)
        if (word_in(pass->words, pass->at, homophones[i].words)) {
            digit_add(pass, homophones[i].digit);
            return 1;
        }
    return 0;
}

/* ---- letters, digits and marks ---- */

/* ITU-T E.161: the letters on the keys. */
static void keypad_add(struct pass *pass, const char *letters)
{
    static const char keys[] = "22233344455566677778889999";
    for (; *letters; letters++)
        digit_add(pass, keys[*letters - 'a']);
}

static int letters_read(struct pass *pass)
{
    static const char filler[] =
        "please thanks thank you and then is um uh er dash hyphen dot space";
    const struct word *word = &pass->words->at[pass->at];
    if (!(pass->reading & READ_LETTERS) || word->kind != WORD_ALPHA || pass->digits->count < 3 ||
        word_in(pass->words, pass->at, filler))
        return 0;
    bool spelled = word->text[1] == '\0';
    if (is_number(pass->words, pass->at) && !spelled)
        return 0;
    keypad_add(pass, word->text);
    return 1;
}

static int run_read(struct pass *pass)
{
    const struct word *word = &pass->words->at[pass->at];
    if (word->kind != WORD_DIGITS)
        return 0;
    digits_add(pass, word->text);
    return 1;
}

static int plus_read(struct pass *pass)
{
    if (!word_in(pass->words, pass->at, "+ plus"))
        return 0;
    if (pass->digits->count == 0)
        pass->digits->plus = true;
    return 1;
}

/* An extension follows, or what is no part of the number: "... after 5". */
static bool is_over(const struct pass *pass)
{
    if (pass->digits->count < 7)
        return false;
    if (word_in(pass->words, pass->at, "x # ; @") ||
        word_in(pass->words, pass->at, "after before at"))
        return true;
    return word_in(pass->words, pass->at, "ext extension extn xtn option");
}

void phone_digits_read(const struct heard_words *words, int from, int to,
                       enum phone_reading reading, struct phone_digits *digits)
{
    static int (*const readers[])(struct pass *) = {
        run_read, plus_read, letters_read, sigh_read,      times_read,
        sum_read, pair_read, zeros_read,   homophone_read,
    };
    struct pass pass = { words, from, to, 1, reading, digits };
    *digits = (struct phone_digits){ 0 };
    while (pass.at < to && !is_over(&pass)) {
        int used = 0;
        for (size_t i = 0; i < sizeof readers / sizeof *readers && !used; i++)
            used = readers[i](&pass);
        pass.at += used ? used : 1;
    }
}

static bool is_between_digits(const struct heard_words *words, int i)
{
    return word_in(words, i, "uh um er and then dash hyphen dot space oh o double triple plus") ||
           (words->at[i].kind == WORD_MARK && !word_in(words, i, "$ ; ! ?"));
}

int phone_run_find(const struct heard_words *words, int *from, int to)
{
    while (*from < to && !is_number(words, *from))
        ++*from;
    if (*from == to)
        return to;
    int end = *from;
    for (int i = *from; i < to && (is_number(words, i) || is_between_digits(words, i)); i++)
        end = is_number(words, i) ? i + 1 : end;
    if (*from > 0 && word_in(words, *from - 1, "+ plus double triple treble quadruple"))
        --*from;
    return end;
}

int phone_correction_find(const struct heard_words *words, int to)
{
    bool after_digits = false;
    int found = -1;
    for (int i = 0; i < to; i++) {
        after_digits = after_digits || is_number(words, i);
        if (after_digits &&
            word_in(words, i,
                    "no nope sorry wait actually correction mean meant scratch rather oops"))
            found = i;
    }
    return found;
}
