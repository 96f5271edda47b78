#include "heard/amount_number.h"
#include <string.h>

/* More than anyone pays, in ones; what is larger is no figure. */
#define FIGURE_MOST INT64_C(100000000000)

/* As people speak, "three ninety-nine nine" is 399 and nine tenths: the digits of the first few
 * groups make the number, the rest stand behind its point. */
struct digits {
    int count;
    int lead; /* how many stand before the point */
    char text[16];
};

static void digits_put(struct digits *digits, int64_t value, int width)
{
    for (int place = width - 1; place >= 0; place--, value /= 10)
        if (digits->count + place < (int)sizeof digits->text)
            digits->text[digits->count + place] = (char)('0' + value % 10);
    digits->count += width;
}

static int width_of(int64_t value)
{
    return value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : 4;
}

static bool digits_value(const struct digits *digits, int64_t *value)
{
    if (digits->count > digits->lead + 6 || digits->count > (int)sizeof digits->text)
        return false;
    int64_t unit = FIGURE_ONE, sum = 0;
    for (int i = 0; i < digits->lead; i++)
        sum = sum * 10 + (digits->text[i] - '0') * FIGURE_ONE;
    for (int i = digits->lead; i < digits->count; i++)
        sum += (digits->text[i] - '0') * (unit /= 10);
    *value = sum;
    return true;
}

/* ---- written numbers ---- */

static bool digits_glued(const struct heard_words *words, int i, size_t least, size_t most)
{
    const struct word *word = &words->at[i];
    return i < words->count && word->kind == WORD_DIGITS && word->glued &&
           strlen(word->text) >= least && strlen(word->text) <= most;
}

/* The digits behind a point, as far as they count. */
static int64_t fraction_value(const char *digits)
{
    int64_t unit = FIGURE_ONE, value = 0;
    for (; *digits; digits++)
        value += (*digits - '0') * (unit /= 10);
    return value;
}

/* ".5", ".50" behind or without a whole number. */
static int decimals_read(const struct heard_words *words, int i, int64_t *value)
{
    if (!word_is_mark(words, i, '.') || !digits_glued(words, i + 1, 1, 6))
        return 0;
    *value += fraction_value(words->at[i + 1].text);
    return 2;
}

/* "350 000": groups of three digits, the last of them zeros. */
static bool is_spaced_thousands(const struct heard_words *words, int i)
{
    while (word_digits(words, i) >= 0 && strlen(words->at[i].text) == 3)
        if (word_is(words, i++, "000"))
            return true;
    return false;
}

/* Thousands behind a comma, or a space before "000". */
static int thousands_read(const struct heard_words *words, int i, struct figure *figure)
{
    int used = 0;
    for (;;) {
        bool comma = word_is_mark(words, i + used, ',') && words->at[i + used].glued;
        if (comma && !digits_glued(words, i + used + 1, 1, WORD_TEXT))
            return used;
        if (!comma && !is_spaced_thousands(words, i + used))
            return used;
        int at = i + used + comma;
        if (strlen(words->at[at].text) != 3 || figure->value > INT64_C(1000000000) * FIGURE_ONE)
            figure->form = FIGURE_WRONG;
        else
            figure->value = figure->value * 1000 + word_digits(words, at) * FIGURE_ONE;
        if (figure->form == FIGURE_BARE)
            figure->form = FIGURE_SCALED;
        used += 1 + comma;
    }
}

/* "4 0 0 k": digit by digit. */
static int spaced_read(const struct heard_words *words, int i, struct figure *figure)
{
    int64_t value = 0;
    int used = 0;
    for (; used < 7 && word_digits(words, i + used) >= 0 && !words->at[i + used].text[1]; used++)
        value = value * 10 + word_digits(words, i + used);
    if (used < 3 || word_digits(words, i) == 0 || word_digits(words, i + used) >= 0)
        return 0;
    figure->value = value * FIGURE_ONE;
    return used;
}

static int written_read(const struct heard_words *words, int i, struct figure *figure)
{
    int64_t whole = word_digits(words, i);
    int used = whole >= 0;
    if (whole > FIGURE_MOST) {
        figure->form = FIGURE_WRONG;
    } else if (used) {
        figure->value = whole * FIGURE_ONE;
        used += thousands_read(words, i + used, figure);
    }
    int decimals = decimals_read(words, i + used, &figure->value);
    figure->pointed = decimals > 0;
    return used + decimals;
}

/* ---- spoken numbers ---- */

/* How many digits stand before the point, from how the number began: all of "four hundred ten",
 * three after "four" ("four ten five"), two or four after "twelve" ("ninety-nine nine", "twelve
 * fifty"). */
static void lead_settle(struct digits *digits, bool hundreds_first, int first_width)
{
    if (hundreds_first ||
        (first_width == 2 && digits->count == 5)) /* "eighty-seven five hundred" */
        digits->lead = first_width;
    else if (first_width == 2)
        digits->lead = digits->count < 4 ? 2 : 4;
    else
        digits->lead = 3;
    if (digits->lead > digits->count)
        digits->lead = digits->count;
}

/* "point two five": digit by digit. */
static int point_read(const struct heard_words *words, int i, int64_t *value)
{
    int64_t digit, unit = FIGURE_ONE;
    int used = 1;
    if (!word_is(words, i, "point"))
        return 0;
    for (int more; unit > 1 && (more = words_below_hundred(words, i + used, &digit)) > 0;
         used += more) {
        unit /= digit > 9 ? 100 : 10;
        *value += digit * unit;
    }
    if (used > 1 || words->at[i + 1].kind != WORD_DIGITS)
        return used > 1 ? used : 0;
    *value += fraction_value(words->at[i + 1].text);
    return 2;
}

int amount_half_read(const struct heard_words *words, int i, int64_t *value)
{
    if (!word_is(words, i, "and") || !word_in(words, i + 1, "a one"))
        return 0;
    if (!word_in(words, i + 2, "half quarter"))
        return 0;
    *value += word_is(words, i + 2, "half") ? FIGURE_ONE / 2 : FIGURE_ONE / 4;
    return 3;
}

/* "four", "ninety-nine", "four hundred and ten", "nine": groups of digits, one after the other. */
static int groups_read(const struct heard_words *words, int i, struct digits *digits, bool *paired)
{
    int used = 0, more, width = 0, first_width = 0;
    int64_t value;
    bool hundreds_first = false;
    while ((more = words_hundreds(words, i + used, &value)) > 0) {
        width = width_of(value);
        if (!used)
            hundreds_first = value >= 100, first_width = width;
        digits_put(digits, value, width);
        used += more;
        used += word_is_mark(words, i + used, '-') && words->at[i + used].glued &&
                word_number(words, i + used + 1, NULL) != NUMBER_NONE;
    }
    *paired = first_width == 2 && digits->count == 4;
    lead_settle(digits, hundreds_first, first_width);
    return used;
}

static int spoken_read(const struct heard_words *words, int i, struct figure *figure)
{
    struct digits digits = { 0 };
    int used = groups_read(words, i, &digits, &figure->paired);
    if (!digits_value(&digits, &figure->value))
        figure->form = FIGURE_WRONG;
    else if (digits.lead == 2 && digits.count == 5)
        figure->form = FIGURE_SCALED, figure->value *= 1000;
    int decimals = point_read(words, i + used, &figure->value);
    if (used)
        decimals += amount_half_read(words, i + used + decimals, &figure->value);
    figure->pointed = decimals > 0;
    return used + decimals;
}

/* ---- either ---- */

int amount_number_read(const struct heard_words *words, int i, struct figure *piece)
{
    *piece = (struct figure){ 0 };
    int used = spaced_read(words, i, piece);
    if (!used)
        used = written_read(words, i, piece);
    if (!used)
        return spoken_read(words, i, piece);
    int decimals = piece->pointed ? 0 : point_read(words, i + used, &piece->value);
    piece->pointed = piece->pointed || decimals;
    return used + decimals;
}
