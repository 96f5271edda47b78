/* Dates of the calendar: "September 5th", "the fifth of September", "9/5", "2026-09-05", "the
 * 20th". */
#include "heard/when_said.h"
#include <string.h>

struct day day_from_date(int64_t year, int64_t month, int64_t day)
{
    struct civil civil = { .month = (int)month, .day = (int)day };
    civil.year = year > 0 && year <= 9999 ? (int)year : 0;
    if (month > 12 || day > 31 || !civil_valid(&civil))
        return (struct day){ .kind = DAY_WRONG };
    return (struct day){ DAY_DATE, civil_day(&civil), 0 };
}

struct day date_next(const struct listener *listener, int64_t month, int64_t day)
{
    int year = civil_from_days(listener->today).year;
    struct day date = day_from_date(year, month, day);
    bool leap_day = month == 2 && day == 29; /* there is one within the next eight years */
    for (int n = 1; n <= (leap_day ? 8 : 1); n++)
        if (date.kind == DAY_WRONG || date.days < listener->today)
            date = day_from_date(year + n, month, day);
    return date;
}

/* The next day of that number, in this month or one of the next. */
static struct day day_of_month_next(const struct listener *listener, int64_t number)
{
    struct civil from = civil_from_days(listener->today);
    struct day day = { .kind = DAY_WRONG };
    for (int n = 0; n < 3; n++) {
        int month = from.month + n;
        day = day_from_date(from.year + (month > 12), month > 12 ? month - 12 : month, number);
        if (day.kind == DAY_DATE && day.days >= listener->today)
            break;
    }
    return day;
}

int month_read(const struct heard_words *words, int i, int64_t *month)
{
    static const char *const months[] = { "january jan", "february feb", "march mar",
                                          "april apr",   "may",          "june jun",
                                          "july jul",    "august aug",   "september sept sep",
                                          "october oct", "november nov", "december dec" };
    for (int n = 0; n < 12; n++)
        if (word_in(words, i, months[n])) {
            *month = n + 1;
            return 1 + (word_is_mark(words, i + 1, '.') && words->at[i + 1].glued);
        }
    return 0;
}

/* ---- parts of a date ---- */

int day_number_read(const struct heard_words *words, int i, int64_t *number, bool *ordinal)
{
    *number = word_digits(words, i);
    if (*number >= 0) {
        *ordinal = words->at[i + 1].glued && word_in(words, i + 1, "st nd rd th");
        return strlen(words->at[i].text) <= 2 ? 1 + *ordinal : 0;
    }
    *ordinal = word_number(words, i, number) == NUMBER_ORDINAL;
    if (*ordinal)
        return 1;
    int64_t unit;
    bool tens = word_number(words, i, number) == NUMBER_TENS;
    int hyphen = word_is_mark(words, i + 1, '-');
    *ordinal = tens && word_number(words, i + 1 + hyphen, &unit) == NUMBER_ORDINAL && unit < 10;
    if (*ordinal)
        *number += unit;
    return *ordinal ? 2 + hyphen : words_below_hundred(words, i, number);
}

/* ", 2027", "twenty twenty-seven". */
static int year_read(const struct heard_words *words, int i, int64_t *year)
{
    int64_t century, of_century;
    int comma = word_is_mark(words, i, ',');
    *year = word_digits(words, i + comma);
    if (strlen(words->at[i < words->count ? i + comma : i].text) == 4 && *year >= 1900)
        return comma + 1;
    if (word_number(words, i + comma, &century) != NUMBER_TENS || century != 20)
        return 0;
    int used = words_below_hundred(words, i + comma + 1, &of_century);
    *year = 2000 + of_century;
    return used && of_century >= 20 ? comma + 1 + used : 0;
}

static int date_end(const struct listener *listener, int i, int64_t month, int64_t number,
                    struct day *day)
{
    int64_t year;
    int used = year_read(listener->words, i, &year);
    *day = used ? day_from_date(year, month, number) : date_next(listener, month, number);
    return used;
}

/* ---- forms of dates ---- */

/* A run of 1 to `most` digits, glued to what is before it unless it is the first. */
static int64_t run_value(const struct heard_words *words, int i, size_t most, bool first)
{
    bool fits =
        i < words->count && strlen(words->at[i].text) <= most && (first || words->at[i].glued);
    return fits ? word_digits(words, i) : -1;
}

static int iso_date_read(const struct listener *listener, int i, struct day *day)
{
    const struct heard_words *words = listener->words;
    int64_t year = run_value(words, i, 4, true), month = run_value(words, i + 2, 2, false);
    int64_t number = run_value(words, i + 4, 2, false);
    bool dashes = word_in(words, i + 1, "- /") && word_in(words, i + 3, "- /");
    if (!dashes || year < 0 || strlen(words->at[i].text) != 4 || month < 0 || number < 0)
        return 0;
    *day = day_from_date(year, month, number);
    return 5;
}

/* "20260905T…". */
static int basic_date_read(const struct listener *listener, int i, struct day *day)
{
    int64_t date = run_value(listener->words, i, 8, true);
    if (date < 0 || strlen(listener->words->at[i].text) != 8 ||
        !word_is(listener->words, i + 1, "t"))
        return 0;
    *day = day_from_date(date / 10000, date / 100 % 100, date % 100);
    return 1;
}

static int slash_date_read(const struct listener *listener, int i, struct day *day)
{
    const struct heard_words *words = listener->words;
    int64_t month = run_value(words, i, 2, true), number = run_value(words, i + 2, 2, false);
    if (month < 0 || number < 0 || !word_in(words, i + 1, "/ -"))
        return 0;
    bool year_follows = word_is(words, i + 3, words->at[i + 1].text);
    int64_t year = year_follows ? run_value(words, i + 4, 4, false) : -1;
    if (year < 0 && word_is_mark(words, i + 1, '-'))
        return 0; /* "10-11" is a range as well */
    if (year < 0) {
        *day = date_next(listener, month, number);
        return 3;
    }
    *day = day_from_date(strlen(words->at[i + 4].text) == 2 ? 2000 + year : year, month, number);
    return 5;
}

/* "September 5th, 2026", "September the fifth". */
static int month_first_read(const struct listener *listener, int i, struct day *day)
{
    const struct heard_words *words = listener->words;
    int64_t month, number;
    bool ordinal;
    int used = month_read(words, i, &month);
    if (!used)
        return 0;
    used += word_is(words, i + used, "the");
    int more = day_number_read(words, i + used, &number, &ordinal);
    if (!more)
        return 0;
    used += more;
    return used + date_end(listener, i + used, month, number, day);
}

/* "of next month" behind a day. */
static int month_away_read(const struct heard_words *words, int i, int *months)
{
    *months = word_is(words, i + 1, "next");
    return word_is(words, i, "of") && word_in(words, i + 1, "next this the") &&
                   word_is(words, i + 2, "month")
               ? 3
               : 0;
}

/* "the fifth of September", "5 September 2026", "the first of next month". */
static int day_first_read(const struct listener *listener, int i, struct day *day)
{
    const struct heard_words *words = listener->words;
    int64_t month, number;
    bool ordinal;
    int months, the = word_is(words, i, "the");
    int used = day_number_read(words, i + the, &number, &ordinal);
    if (!used)
        return 0;
    used += the;
    int away = month_away_read(words, i + used, &months);
    if (away) {
        struct civil now = civil_from_days(listener->today);
        bool wraps = now.month + months > 12;
        *day = day_from_date(now.year + wraps, wraps ? 1 : now.month + months, number);
        return used + away;
    }
    used += word_is(words, i + used, "of");
    int more = month_read(words, i + used, &month);
    if (!more || (!ordinal && words->at[i].kind != WORD_DIGITS))
        return 0;
    return used + more + date_end(listener, i + used + more, month, number, day);
}

/* "the 20th", "the second", "Monday the 2nd", "20th"; but not "the second bedroom". */
static int ordinal_read(const struct listener *listener, int i, struct day *day)
{
    const struct heard_words *words = listener->words;
    int64_t number;
    bool ordinal;
    int the = word_is(words, i, "the");
    int used = day_number_read(words, i + the, &number, &ordinal);
    bool clear = the || words->at[i].kind == WORD_DIGITS;
    if (!used || !ordinal || !clear || !number_stands_alone(words, i, i + the + used))
        return 0;
    *day = day_of_month_next(listener, number);
    return the + used;
}

int date_read(const struct listener *listener, int i, struct day *day)
{
    static int (*const readers[])(const struct listener *, int, struct day *) = {
        iso_date_read,   basic_date_read, slash_date_read, month_first_read,
        month_part_read, day_first_read,  ordinal_read,
    };
    int used = 0;
    for (size_t n = 0; n < sizeof readers / sizeof *readers && !used; n++)
        used = readers[n](listener, i, day);
    return used;
}
