#include "heard/amount_figure.h"
#include "heard/amount_number.h"

/* The scale at words[i], in units; how many words it takes. */
static int scale_read(const struct heard_words *words, int i, int64_t *scale)
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
static int part_read(const struct heard_words *words, int i, struct figure *figure, int64_t *scale)
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

static int scaled_read(const struct heard_words *words, int i, struct figure *figure,
                       int64_t *scale)
{
    int used = amount_number_read(words, i, figure);
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
static int rest_read(const struct heard_words *words, int i, int64_t *scale, struct figure *figure)
{
    int64_t half = 0, own = 0;
    struct figure rest;
    int used = amount_half_read(words, i, &half);
    if (used) {
        figure->value += half * *scale;
        return used;
    }
    int joint = word_is(words, i, "and");
    used = amount_number_read(words, i + joint, &rest);
    int scaled = used ? scale_read(words, i + joint + used, &own) : 0;
    bool loose = joint && !scaled && *scale > 1000; /* "a million and two" other things */
    if (!used || rest.pointed || rest.form != FIGURE_BARE || rest.value >= 1000 * FIGURE_ONE ||
        loose)
        return 0;
    if (!scaled)
        own = rest_scale(*scale, rest.value);
    if (own >= *scale || (own == 1 && rest.value < 100 * FIGURE_ONE))
        return 0;
    figure->value += rest.value * own;
    *scale = own;
    return joint + used + scaled;
}

/* "dollars", "percent" and the like behind a number. */
static int unit_read(const struct heard_words *words, int i, struct figure *figure)
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

/* "and fifty cents" behind dollars. */
static int cents_read(const struct heard_words *words, int i, struct figure *figure)
{
    int64_t cents;
    int joint = word_is(words, i, "and");
    int used = words_below_hundred(words, i + joint, &cents);
    if (!used && word_digits(words, i + joint) >= 0 && word_digits(words, i + joint) < 100)
        used = 1, cents = word_digits(words, i + joint);
    if (!used || !word_in(words, i + joint + used, "cent cents"))
        return 0;
    figure->value += cents * (FIGURE_ONE / 100);
    return joint + used + 1;
}

int figure_read(const struct heard_words *words, int i, struct figure *figure)
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
    int unit = unit_read(words, i + used, figure);
    return used + unit + (unit ? cents_read(words, i + used + unit, figure) : 0);
}
