/* Days that go by a name. */
#include "heard/when_said.h"

/* Either the day of a month, or its `nth` weekday (-1: the last), and `later` days after that. */
struct holiday {
    const char *name;
    int month, day;
    int nth, weekday, later;
};

static const struct holiday holidays[] = {
    { "christmas eve", 12, 24, 0, 0, 0 },
    { "christmas day", 12, 25, 0, 0, 0 },
    { "christmas", 12, 25, 0, 0, 0 },
    { "xmas", 12, 25, 0, 0, 0 },
    { "new years eve", 12, 31, 0, 0, 0 },
    { "new years day", 1, 1, 0, 0, 0 },
    { "new years", 1, 1, 0, 0, 0 },
    { "halloween", 10, 31, 0, 0, 0 },
    { "valentines day", 2, 14, 0, 0, 0 },
    { "valentines", 2, 14, 0, 0, 0 },
    { "st patricks day", 3, 17, 0, 0, 0 },
    { "saint patricks day", 3, 17, 0, 0, 0 },
    { "juneteenth", 6, 19, 0, 0, 0 },
    { "independence day", 7, 4, 0, 0, 0 },
    { "veterans day", 11, 11, 0, 0, 0 },
    { "mlk day", 1, 0, 3, 0, 0 },
    { "martin luther king day", 1, 0, 3, 0, 0 },
    { "presidents day", 2, 0, 3, 0, 0 },
    { "mothers day", 5, 0, 2, 6, 0 },
    { "memorial day", 5, 0, -1, 0, 0 },
    { "fathers day", 6, 0, 3, 6, 0 },
    { "labor day", 9, 0, 1, 0, 0 },
    { "labour day", 9, 0, 1, 0, 0 },
    { "columbus day", 10, 0, 2, 0, 0 },
    { "thanksgiving day", 11, 0, 4, 3, 0 },
    { "thanksgiving", 11, 0, 4, 3, 0 },
    { "black friday", 11, 0, 4, 3, 1 },
};

static int64_t holiday_in(const struct holiday *holiday, int year)
{
    if (holiday->day)
        return civil_to_days(year, holiday->month, holiday->day);
    if (holiday->nth < 0) {
        int last_day = civil_days_in_month(year, holiday->month);
        int64_t last = civil_to_days(year, holiday->month, last_day);
        return last - (day_weekday(last) - holiday->weekday + 7) % 7;
    }
    int64_t first = civil_to_days(year, holiday->month, 1);
    int64_t offset = (holiday->weekday - day_weekday(first) + 7) % 7;
    return first + offset + 7 * (holiday->nth - 1) + holiday->later;
}

int holiday_read(const struct listener *listener, int i, struct day *day)
{
    for (size_t n = 0; n < sizeof holidays / sizeof *holidays; n++) {
        int used = words_phrase(listener->words, i, holidays[n].name);
        if (!used)
            continue;
        int year = civil_from_days(listener->today).year;
        int64_t days = holiday_in(&holidays[n], year);
        if (days < listener->today)
            days = holiday_in(&holidays[n], year + 1);
        *day = (struct day){ DAY_DATE, days, 0 };
        return used;
    }
    return 0;
}
