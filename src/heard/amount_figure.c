#include "heard/amount_figure.h"
#include <string.h>

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

static bool digits_glued(const struct words *words, int i, size_t least, size_t most)
{
    const struct word *word = &words->at[i];
    return i < words->count && word->kind == WORD_DIGITS && word->glued &&
           strlen(word->text) >= least && strlen(word->text) <= most;
}

/* ".5", ".50" behind or without a whole number. */
static int decimals_read(const struct words *words, int i, int64_t *value)
{
    if (!word_is_mark(words, i, '.') || !digits_glued(words, i + 1, 1, 6))
        return 0;
    int64_t unit = FIGURE_ONE;
    for (const char *digit = words->at[i + 1].text; *digit; digit++)
        *value += (*digit - '0') * (unit /= 10);
    return 2;
}

/* Thousands behind a comma, or a space before "000". */
static int thousands_read(const struct words *words, int i, struct figure *figure)
{
    int used = 0;
    for (;;) {
        bool comma = word_is_mark(words, i + used, ',') && words->at[i + used].glued;
        if (comma && !digits_glued(words, i + used + 1, 1, WORD_TEXT))
            return used;
        if (!comma && !word_is(words, i + used, "000"))
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

static int written_read(const struct words *words, int i, struct figure *figure)
{
    int64_t whole = word_digits(words, i);
    int used = whole >= 0;
    if (used) {
        figure->value = whole * FIGURE_ONE;
        used += thousands_read(words, i + used, figure);
    }
    int decimals = decimals_read(words, i + used, &figure->value);
    figure->pointed = decimals > 0;
    return used + decimals;
}

/* ---- spoken numbers ---- */

/* How many digits stand before the point, from how the number began. */
static void lead_settle(struct digits *digits, bool hundreds_first, int first_width)
{
    if (hundreds_first)
        digits->lead = first_width;
    else
        digits->lead = first_width == 1 ? 3 : 4;
    if (digits->lead > digits->count)
        digits->lead = digits->count;
}

/* "point two five": digit by digit. */
static int point_read(const struct words *words, int i, int64_t *value)
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
    return used > 1 ? used : 0;
}

/* "and a half", "and a quarter". */
static int and_half_read(const struct words *words, int i, int64_t *value)
{
    if (!word_is(words, i, "and") || !word_in(words, i + 1, "a one"))
        return 0;
    if (!word_in(words, i + 2, "half quarter"))
        return 0;
    *value += word_is(words, i + 2, "half") ? FIGURE_ONE / 2 : FIGURE_ONE / 4;
    return 3;
}

/* "four", "ninety-nine", "four hundred and ten", "nine": groups of digits, one after the other. */
static int groups_read(const struct words *words, int i, struct digits *digits, bool *paired)
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

static int spoken_read(const struct words *words, int i, struct figure *figure)
{
    struct digits digits = { 0 };
    int used = groups_read(words, i, &digits, &figure->paired);
    if (!digits_value(&digits, &figure->value))
        figure->form = FIGURE_WRONG;
    int decimals = point_read(words, i + used, &figure->value);
    if (used)
        decimals += and_half_read(words, i + used + decimals, &figure->value);
    figure->pointed = decimals > 0;
    return used + decimals;
}

/* ---- scales ---- */

/* The scale at words[i], in units; how many words it takes. */
static int scale_read(const struct words *words, int i, int64_t *scale)
{
    static const struct {
        const char *words;
        int64_t scale;
    } scales[] = { { "thousand thousands k grand", 1000 },
                   { "million millions m mm mil mill", 1000000 },
                   { "billion billions b bn", 1000000000 } };
    int hyphen = word_is_mark(words, i, '-');
    for (size_t n = 0; n < sizeof scales / sizeof *scales; n++)
        if (word_in(words, i + hyphen, scales[n].words)) {
            *scale = scales[n].scale;
            return 1 + hyphen;
        }
    return 0;
}

static void scale_apply(struct figure *figure, int64_t scale)
{
    if (__builtin_mul_overflow(figure->value, scale, &figure->value))
        figure->form = FIGURE_WRONG;
    else if (figure->form != FIGURE_WRONG)
        figure->form = FIGURE_SCALED;
}

/* "half a million", "three quarters of a million", "a cool million". */
static int part_read(const struct words *words, int i, struct figure *figure, int64_t *scale)
{
    static const struct {
        const char *first, *second;
        int64_t value;
    } parts[] = { { "half", NULL, FIGURE_ONE / 2 },
                  { "three", "quarter quarters", FIGURE_ONE / 4 * 3 },
                  { "quarter", NULL, FIGURE_ONE / 4 },
                  { "cool", NULL, FIGURE_ONE } };
    int article = word_is(words, i, "a");
    for (size_t n = 0; n < sizeof parts / sizeof *parts; n++) {
        int used = article + 1;
        if (!word_in(words, i + article, parts[n].first) ||
            (parts[n].second && !word_in(words, i + used++, parts[n].second)))
            continue;
        while (word_in(words, i + used, "of a"))
            used++;
        int scaled = scale_read(words, i + used, scale);
        figure->value = parts[n].value;
        if (scaled)
            scale_apply(figure, *scale);
        return scaled ? used + scaled : 0;
    }
    return 0;
}

static int piece_read(const struct words *words, int i, struct figure *piece)
{
    *piece = (struct figure){ 0 };
    int used = written_read(words, i, piece);
    return used ? used : spoken_read(words, i, piece);
}

static int scaled_read(const struct words *words, int i, struct figure *figure, int64_t *scale)
{
    int used = piece_read(words, i, figure);
    int scaled = used ? scale_read(words, i + used, scale) : 0;
    if (scaled)
        scale_apply(figure, *scale);
    return used + scaled;
}

/* What a number without a scale counts behind one: "a million two" is 1.2, "a million two
 * fifty" 1.25, but "four hundred thousand five hundred" means dollars. */
static int64_t rest_scale(int64_t scale, int64_t value)
{
    if (scale <= 1000)
        return 1;
    return value < 10 * FIGURE_ONE ? scale / 10 : scale / 1000;
}

/* What follows a scale: "… two hundred thousand", "… five", "… and a half". Lowers *scale. */
static int rest_read(const struct words *words, int i, int64_t *scale, struct figure *figure)
{
    int64_t half = 0, own = 0;
    struct figure rest;
    int used = and_half_read(words, i, &half);
    if (used) {
        figure->value += half * *scale;
        return used;
    }
    int joint = word_is(words, i, "and");
    used = piece_read(words, i + joint, &rest);
    int scaled = used ? scale_read(words, i + joint + used, &own) : 0;
    bool loose = joint && !scaled && *scale > 1000; /* "a million and two" other things */
    if (!used || rest.pointed || rest.form != FIGURE_BARE || rest.value >= 1000 * FIGURE_ONE ||
        loose)
        return 0;
    if (!scaled)
        own = rest_scale(*scale, rest.value);
    if (own >= *scale)
        return 0;
    figure->value += rest.value * own;
    *scale = own;
    return joint + used + scaled;
}

/* "dollars", "percent" and the like behind a number. */
static int unit_read(const struct words *words, int i, struct figure *figure)
{
    bool per_cent = word_is(words, i, "per") && word_is(words, i + 1, "cent");
    if (per_cent || word_in(words, i, "% percent pct")) {
        if (figure->form != FIGURE_WRONG)
            figure->form = FIGURE_PERCENT;
        return 1 + per_cent;
    }
    if (!word_in(words, i, "dollar dollars buck bucks usd"))
        return 0;
    if (figure->form == FIGURE_BARE)
        figure->form = FIGURE_DOLLARS;
    return 1;
}

int figure_read(const struct words *words, int i, struct figure *figure)
{
    int64_t scale = 1;
    int sign = word_in(words, i, "$ usd"), more;
    *figure = (struct figure){ 0 };
    int used = part_read(words, i + sign, figure, &scale);
    if (!used)
        used = scaled_read(words, i + sign, figure, &scale);
    if (!used)
        return 0;
    used += sign;
    while (scale > 1 && figure->form != FIGURE_WRONG &&
           (more = rest_read(words, i + used, &scale, figure)) > 0)
        used += more;
    if (sign && figure->form == FIGURE_BARE)
        figure->form = FIGURE_DOLLARS;
    return used + unit_read(words, i + used, figure);
}
