/* Days by their place in a month: "the first Monday in November", "the last day of the month". */
#include "heard/when_said.h"

enum { WHOLE_MONTH = 7 }; /* beside the weekdays */

/* "in November", "of the month", "of next month": the first day of it that is meant, if it is not
 * over. */
static int month_of_read(const struct listener *listener, int i, struct civil *month, bool *named)
{
    const struct heard_words *words = listener->words;
    int64_t number;
    *month = civil_from_days(listener->today);
    if (!word_in(words, i, "in of"))
        return 0;
    int used = month_read(words, i + 1, &number);
    *named = used > 0;
    if (used) {
        month->year += number < month->month;
        month->month = (int)number;
        return 1 + used;
    }
    if (!word_in(words, i + 1, "the this next") || !word_is(words, i + 2, "month"))
        return 0;
    month->month += word_is(words, i + 1, "next");
    month->year += month->month > 12;
    month->month = month->month > 12 ? 1 : month->month;
    return 3;
}

/* The nth of those weekdays (0: the last) or days; 0 if the month has none. */
static int64_t nth_in(const struct civil *month, int64_t nth, int weekday)
{
    int length = civil_days_in_month(month->year, month->month);
    int64_t first = civil_to_days(month->year, month->month, 1);
    if (weekday == WHOLE_MONTH)
        return nth ? first + nth - 1 : first + length - 1;
    int64_t found = first + (weekday - day_weekday(first) + 7) % 7 + 7 * (nth - 1);
    if (nth == 0)
        found = first + length - 1 - (day_weekday(first + length - 1) - weekday + 7) % 7;
    return found < first + length ? found : 0;
}

/* Which of them: *nth from 1, 0 for the last. */
static int nth_read(const struct heard_words *words, int i, int64_t *nth)
{
    bool ordinal;
    *nth = 0;
    if (word_is(words, i, "last"))
        return 1;
    int used = day_number_read(words, i, nth, &ordinal);
    return used && ordinal && *nth <= 5 ? used : 0;
}

int month_part_read(const struct listener *listener, int i, struct day *day)
{
    const struct heard_words *words = listener->words;
    struct civil month;
    int64_t nth;
    int weekday = WHOLE_MONTH, the = word_is(words, i, "the");
    bool plural, named;
    int used = nth_read(words, i + the, &nth);
    if (!used)
        return 0;
    used += the;
    if (!weekday_read(words, i + used, &weekday, &plural) && !word_is(words, i + used, "day"))
        return 0;
    int more = month_of_read(listener, i + used + 1, &month, &named);
    if (!more)
        return 0;
    int64_t days = nth_in(&month, nth, weekday);
    if (named && days && days < listener->today) {
        month.year++;
        days = nth_in(&month, nth, weekday);
    }
    *day = days ? (struct day){ DAY_DATE, days, 0 } : (struct day){ .kind = DAY_WRONG };
    return used + 1 + more;
}
