#include "heard/amount_price.h"
#include "base/instant.h"

static int64_t to_cents(int64_t value)
{
    int64_t cent = FIGURE_ONE / 100;
    return value / cent + (value % cent >= cent / 2);
}

static bool is_near(int64_t cents, int64_t asking)
{
    return cents / 2 <= asking && asking / 2 <= cents;
}

/* The scale that a number has by itself; 0 if it is too small to be a price. */
static int64_t own_scale(const struct figure *figure)
{
    int64_t ones = figure->value / FIGURE_ONE;
    if (figure->form == FIGURE_SCALED || ones >= 10000)
        return 1;
    if (figure->pointed && ones < 20)
        return 1000000;
    if (figure->form == FIGURE_DOLLARS)
        return 1;
    if (ones >= 1000)
        return figure->paired ? 1000 : 1;
    return ones >= 100 ? 1000 : 0;
}

static int64_t scaled_cents(const struct figure *figure, int64_t scale)
{
    int64_t value;
    return __builtin_mul_overflow(figure->value, scale, &value) ? INT64_MAX : to_cents(value);
}

/* Whether the number may mean so many times itself, if the asking price makes it likely. */
static bool is_open_to(const struct figure *figure, int64_t scale)
{
    int64_t ones = figure->value / FIGURE_ONE;
    if (figure->form == FIGURE_SCALED || ones >= 10000)
        return false;
    if (ones < 20) /* "eight and a quarter" hundred thousand */
        return figure->pointed && scale == 100000;
    return scale <= 1000 || (scale == 10000 && ones >= 100);
}

int64_t amount_price(const struct figure *figure, int64_t asking)
{
    static const int64_t scales[] = { 1, 1000, 10000, 100000 };
    int64_t own = own_scale(figure);
    int64_t cents = own ? scaled_cents(figure, own) : NO_VALUE;
    if (asking == NO_VALUE || (own && is_near(cents, asking)))
        return cents;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        int64_t other = is_open_to(figure, scales[i]) ? scaled_cents(figure, scales[i]) : NO_VALUE;
        if (other != NO_VALUE && is_near(other, asking))
            return other;
    }
    return cents;
}

int64_t amount_step(const struct figure *figure, int64_t asking)
{
    if (figure->form == FIGURE_PERCENT)
        return (int64_t)((double)asking * (double)figure->value / (100.0 * FIGURE_ONE) + 0.5);
    bool thousands = figure->form == FIGURE_BARE && figure->value < 1000 * FIGURE_ONE;
    return scaled_cents(figure, thousands ? 1000 : 1);
}
