/* Stretches of time: "in two hours", "a week from Thursday", "the day after tomorrow". */
#include "heard/when_said.h"

enum { QUARTERS = 4, AMOUNT_MOST = 10000 };

static bool is_few(const struct heard_words *words, int i)
{
    return word_in(words, i, "few several some");
}

/* "half an", "three quarters of an", "a quarter of an". */
static int part_read(const struct heard_words *words, int i, int64_t *quarters)
{
    static const struct {
        const char *phrase;
        int quarters;
    } parts[] = { { "half", 2 }, { "three quarters", 3 }, { "quarter", 1 } };
    for (size_t n = 0; n < sizeof parts / sizeof *parts; n++) {
        int used = words_phrase(words, i, parts[n].phrase);
        if (!used)
            continue;
        *quarters = parts[n].quarters;
        used += word_is(words, i + used, "of");
        return used + word_in(words, i + used, "a an");
    }
    return 0;
}

/* "a", "two", "2.5", "a couple of", "half an", "two and a half": in quarters. "a few" is -1. */
static int amount_read(const struct heard_words *words, int i, int64_t *quarters)
{
    int64_t value = 0;
    int article = word_in(words, i, "a an one");
    if (word_is(words, i + article, "couple")) {
        *quarters = 2 * QUARTERS;
        return article + 1 + word_is(words, i + article + 1, "of");
    }
    if (is_few(words, i + article)) {
        *quarters = -1;
        return article + 1;
    }
    int used = part_read(words, i + article, quarters);
    if (used)
        return article + used;
    used = words_below_hundred(words, i, &value);
    if (!used && word_digits(words, i) >= 0 && word_digits(words, i) < AMOUNT_MOST)
        used = 1, value = word_digits(words, i);
    if (!used && article)
        used = 1, value = 1;
    bool half = word_is_mark(words, i + used, '.') && word_is(words, i + used + 1, "5");
    *quarters = value * QUARTERS + (half ? QUARTERS / 2 : 0);
    used += half ? 2 : 0;
    bool and_half = used && words_phrase(words, i + used, "and a half");
    *quarters += and_half ? QUARTERS / 2 : 0;
    return used + (and_half ? 3 : 0);
}

/* ---- hours and minutes ---- */

static int64_t unit_ms(const struct heard_words *words, int i)
{
    if (word_in(words, i, "hour hours hr hrs"))
        return HOUR_MS;
    return word_in(words, i, "minute minutes min mins") ? MINUTE_MS : 0;
}

/* "two hours", "an hour and a half", "one hour and thirty minutes". */
static int duration_read(const struct heard_words *words, int i, int64_t *duration, bool *vague)
{
    int64_t quarters, others;
    int used = amount_read(words, i, &quarters);
    int or_more =
        used && word_in(words, i + used, "or to") ? amount_read(words, i + used + 1, &others) : 0;
    used += or_more ? or_more + 1 : 0;
    int64_t unit = used ? unit_ms(words, i + used) : 0;
    if (!unit)
        return 0;
    used++;
    *vague = quarters < 0 || or_more;
    *duration = unit / QUARTERS * quarters;
    static const char *const parts[] = { "and a half", "and a quarter", "and three quarters" };
    static const int quarters_of[] = { 2, 1, 3 };
    for (int n = 0; n < 3; n++)
        if (words_phrase(words, i + used, parts[n])) {
            *duration += unit / QUARTERS * quarters_of[n];
            return used + words_phrase(words, i + used, parts[n]);
        }
    int joint = word_is(words, i + used, "and");
    int more = unit == HOUR_MS ? amount_read(words, i + used + joint, &quarters) : 0;
    if (!more || quarters < 0 || unit_ms(words, i + used + joint + more) != MINUTE_MS)
        return used;
    *duration += MINUTE_MS / QUARTERS * quarters;
    return used + joint + more + 1;
}

int elapsed_read(const struct listener *listener, int i, int64_t *instant, bool *vague)
{
    const struct heard_words *words = listener->words;
    int64_t duration;
    int in = word_in(words, i, "in");
    in += in && word_in(words, i + 1, "about around just roughly approximately another maybe like");
    int used = duration_read(words, i + in, &duration, vague);
    if (!used)
        return 0;
    used += in;
    if (words_phrase(words, i + used, "or so"))
        *vague = true, used += 2;
    int from_now = words_phrase(words, i + used, "from now");
    int ago = word_is(words, i + used, "ago");
    if (!in && !from_now && !ago)
        return 0;
    *instant = listener->now + (ago ? -duration : duration);
    return used + from_now + ago;
}

/* ---- days, weeks and months ---- */

static int days_unit_read(const struct heard_words *words, int i, int *days, int *months)
{
    *months = word_in(words, i, "month months");
    *days = word_in(words, i, "day days")               ? 1
            : word_in(words, i, "week weeks")           ? 7
            : word_in(words, i, "fortnight fortnights") ? 14
                                                        : 0;
    return *days || *months;
}

/* The same day of a later month, or its last one. */
static int64_t months_add(int64_t from, int64_t months)
{
    struct civil date = civil_from_days(from);
    int64_t month = date.month - 1 + months;
    int64_t year = date.year + (month < 0 ? (month - 11) / 12 : month / 12);
    int of_year = (int)(((month % 12) + 12) % 12) + 1;
    int length = civil_days_in_month((int)year, of_year);
    return civil_to_days((int)year, of_year, date.day < length ? date.day : length);
}

/* From which day it is counted: "from Thursday", "after tomorrow", "from now", "ago". Returns the
 * words taken; *sign is that of the direction. */
static int origin_read(const struct listener *listener, int i, int64_t *origin, int *sign)
{
    struct day day;
    const struct heard_words *words = listener->words;
    *sign = word_in(words, i, "ago before") ? -1 : 1;
    *origin = listener->today;
    if (word_is(words, i, "ago"))
        return 1;
    int joint = word_in(words, i, "from after before on"); /* missing in "a week tomorrow" */
    if (joint && word_is(words, i + 1, "now"))
        return 2;
    int used = day_read(listener, i + joint, &day);
    if (!used || (day.kind != DAY_DATE && day.kind != DAY_WEEKDAY))
        return 0;
    *origin = day.days;
    return joint + used;
}

int days_away_read(const struct listener *listener, int i, struct day *day)
{
    const struct heard_words *words = listener->words;
    int64_t quarters, origin;
    int days, months, sign;
    int in = word_is(words, i, "in"), the = word_is(words, i, "the");
    int used = amount_read(words, i + in, &quarters);
    if (!in && (the || word_is(words, i, "day"))) /* "the day after tomorrow" */
        used = the, quarters = QUARTERS;
    else if (!used)
        return 0;
    if (!days_unit_read(words, i + in + used, &days, &months))
        return 0;
    used += in + 1;
    int from = origin_read(listener, i + used, &origin, &sign);
    if (!from && !in)
        return 0;
    int64_t count = sign * (quarters / QUARTERS);
    *day = quarters < 0 ? (struct day){ .kind = DAY_VAGUE }
           : months     ? (struct day){ DAY_DATE, months_add(origin, count), 0 }
                        : (struct day){ DAY_DATE, origin + count * days, 0 };
    return used + from;
}
