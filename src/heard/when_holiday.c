/* Days that go by a name. */
#include "heard/when_said.h"

/* The day of a month; or its `nth` weekday (-1: the last), and `later` days after that; or, without
 * a month, so many days after Easter Sunday. */
struct holiday {
    const char *name;
    int month, day;
    int nth, weekday, later;
};

/* Those whose dates follow other calendars, or nobody's. */
static const char *const unknown[] = {
    "super bowl sunday",
    "super bowl",
    "chinese new years day",
    "chinese new year",
    "chinese new years",
    "lunar new years day",
    "lunar new year",
    "lunar new years",
    "passover",
    "rosh hashanah",
    "yom kippur",
    "hanukkah",
    "chanukah",
    "ramadan",
    "eid",
    "diwali",
    "orthodox easter",
    "orthodox christmas",
};

static const struct holiday holidays[] = {
    { "christmas eve", 12, 24, 0, 0, 0 },  { "christmas day", 12, 25, 0, 0, 0 },
    { "christmas", 12, 25, 0, 0, 0 },      { "xmas", 12, 25, 0, 0, 0 },
    { "new years eve", 12, 31, 0, 0, 0 },  { "new years day", 1, 1, 0, 0, 0 },
    { "new years", 1, 1, 0, 0, 0 },        { "boxing day", 12, 26, 0, 0, 0 },
    { "groundhog day", 2, 2, 0, 0, 0 },    { "april fools day", 4, 1, 0, 0, 0 },
    { "april fools", 4, 1, 0, 0, 0 },      { "earth day", 4, 22, 0, 0, 0 },
    { "cinco de mayo", 5, 5, 0, 0, 0 },    { "flag day", 6, 14, 0, 0, 0 },
    { "canada day", 7, 1, 0, 0, 0 },       { "remembrance day", 11, 11, 0, 0, 0 },
    { "good friday", 0, 0, 0, 0, -2 },     { "palm sunday", 0, 0, 0, 0, -7 },
    { "mardi gras", 0, 0, 0, 0, -47 },     { "fat tuesday", 0, 0, 0, 0, -47 },
    { "ash wednesday", 0, 0, 0, 0, -46 },  { "easter monday", 0, 0, 0, 0, 1 },
    { "easter sunday", 0, 0, 0, 0, 0 },    { "easter", 0, 0, 0, 0, 0 },
    { "halloween", 10, 31, 0, 0, 0 },      { "valentines day", 2, 14, 0, 0, 0 },
    { "valentines", 2, 14, 0, 0, 0 },      { "patricks day", 3, 17, 0, 0, 0 },
    { "paddys day", 3, 17, 0, 0, 0 },      { "juneteenth", 6, 19, 0, 0, 0 },
    { "independence day", 7, 4, 0, 0, 0 }, { "veterans day", 11, 11, 0, 0, 0 },
    { "mlk day", 1, 0, 3, 0, 0 },          { "martin luther king day", 1, 0, 3, 0, 0 },
    { "presidents day", 2, 0, 3, 0, 0 },   { "mothers day", 5, 0, 2, 6, 0 },
    { "memorial day", 5, 0, -1, 0, 0 },    { "fathers day", 6, 0, 3, 6, 0 },
    { "labor day", 9, 0, 1, 0, 0 },        { "labour day", 9, 0, 1, 0, 0 },
    { "columbus day", 10, 0, 2, 0, 0 },    { "indigenous peoples day", 10, 0, 2, 0, 0 },
    { "election day", 11, 0, 1, 0, 1 },    { "cyber monday", 11, 0, 4, 3, 4 },
    { "giving tuesday", 11, 0, 4, 3, 5 },  { "thanksgiving day", 11, 0, 4, 3, 0 },
    { "thanksgiving", 11, 0, 4, 3, 0 },    { "black friday", 11, 0, 4, 3, 1 },
};

/* Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Nature, 1876). */
static int64_t easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - b / 4 - g + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int days = h + l - 7 * m + 114;
    return civil_to_days(year, days / 31, days % 31 + 1);
}

static int64_t holiday_in(const struct holiday *holiday, int year)
{
    if (!holiday->month)
        return easter(year) + holiday->later;
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
    *day = (struct day){ .kind = DAY_VAGUE };
    for (size_t n = 0; n < sizeof unknown / sizeof *unknown; n++)
        if (words_phrase(listener->words, i, unknown[n]))
            return words_phrase(listener->words, i, unknown[n]);
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
