#include "base/instant.h"
#include <string.h>
#include <time.h>

/* 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z: what lies outside is shown as the nearer one.
 */
#define INSTANT_FIRST (-INT64_C(719162) * DAY_MS)
#define INSTANT_LAST (INT64_C(2932897) * DAY_MS - 1)

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

static int64_t floor_div(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

/* ---- clocks ---- */

static int64_t clock_read(clockid_t id)
{
    struct timespec time;
    clock_gettime(id, &time);
    return (int64_t)time.tv_sec * SECOND_MS + time.tv_nsec / 1000000;
}

static int64_t system_now(const struct clock *clock)
{
    int64_t now;
    if (__builtin_add_overflow(clock_read(CLOCK_REALTIME), clock->shift, &now))
        return INT64_MAX; /* the clock stands after 1970, so only a large shift overflows */
    return now;
}

static int64_t fixed_now(const struct clock *clock)
{
    return clock->shift;
}

const struct clock clock_system = { system_now, 0 };

struct clock clock_fixed(int64_t instant)
{
    return (struct clock){ fixed_now, instant };
}

struct clock clock_from(int64_t instant)
{
    int64_t at = clamp(instant, INSTANT_FIRST, INSTANT_LAST);
    return (struct clock){ system_now, at - clock_read(CLOCK_REALTIME) };
}

int64_t clock_now(const struct clock *clock)
{
    return clock->now(clock);
}

int64_t monotonic_ms(void)
{
    return clock_read(CLOCK_MONOTONIC);
}

/* ---- civil time ---- */

static bool year_is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int civil_days_in_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && year_is_leap(year));
}

static bool within(int value, int low, int high)
{
    return value >= low && value <= high;
}

bool civil_valid(const struct civil *civil)
{
    return within(civil->year, 1, 9999) && within(civil->month, 1, 12) &&
           within(civil->day, 1, civil_days_in_month(civil->year, civil->month)) &&
           within(civil->hour, 0, 23) && within(civil->minute, 0, 59) &&
           within(civil->second, 0, 59) && within(civil->millisecond, 0, 999);
}

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, so that the
 * leap day is the last of its year, and are counted in eras of 400, of 146097 days each. */
int64_t civil_to_days(int year, int month, int day)
{
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = floor_div(y, 400);
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

int64_t civil_day(const struct civil *civil)
{
    return civil_to_days(civil->year, civil->month, civil->day);
}

struct civil civil_from_days(int64_t days)
{
    int64_t z = clamp(days, INSTANT_FIRST / DAY_MS, INSTANT_LAST / DAY_MS) + 719468;
    int64_t era = floor_div(z, 146097);
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_of_year = (5 * day_of_year + 2) / 153;
    struct civil civil = { .month = (int)(month_of_year + (month_of_year < 10 ? 3 : -9)),
                           .day = (int)(day_of_year - (153 * month_of_year + 2) / 5 + 1) };
    civil.year = (int)(era * 400 + year_of_era + (civil.month <= 2));
    return civil;
}

int civil_weekday(int year, int month, int day)
{
    int64_t since_monday = civil_to_days(year, month, day) + 3; /* 1970-01-01 was a Thursday */
    return (int)(since_monday - floor_div(since_monday, 7) * 7);
}

struct civil civil_from_utc(int64_t instant)
{
    int64_t shown = clamp(instant, INSTANT_FIRST, INSTANT_LAST);
    int64_t days = floor_div(shown, DAY_MS);
    int64_t of_day = shown - days * DAY_MS;
    struct civil civil = civil_from_days(days);
    civil.hour = (int)(of_day / HOUR_MS);
    civil.minute = (int)(of_day / MINUTE_MS % 60);
    civil.second = (int)(of_day / SECOND_MS % 60);
    civil.millisecond = (int)(of_day % SECOND_MS);
    return civil;
}

int64_t civil_to_utc(const struct civil *civil)
{
    int64_t days = clamp(civil_day(civil), INSTANT_FIRST / DAY_MS, INSTANT_LAST / DAY_MS);
    return days * DAY_MS + civil->hour * HOUR_MS + civil->minute * MINUTE_MS +
           civil->second * SECOND_MS + civil->millisecond;
}

/* ---- RFC 3339 ---- */

/* Writes the mark and exactly `count` digits behind it, and returns where they end: every answer
 * and every line of the log shows instants, and snprintf takes ten times as long. */
static char *digits_put(char *at, char mark, int count, int value)
{
    *at = mark;
    for (int i = count; i > 0; i--, value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + count + 1;
}

void instant_format(int64_t instant, char out[INSTANT_TEXT])
{
    struct civil c = civil_from_utc(instant);
    char *at = digits_put(out, (char)('0' + c.year / 1000), 3, c.year % 1000);
    at = digits_put(at, '-', 2, c.month);
    at = digits_put(at, '-', 2, c.day);
    at = digits_put(at, 'T', 2, c.hour);
    at = digits_put(at, ':', 2, c.minute);
    at = digits_put(at, ':', 2, c.second);
    if (c.millisecond)
        at = digits_put(at, '.', 3, c.millisecond);
    memcpy(at, "Z", 2);
}

/* Takes exactly `count` digits from *at, then `after` unless it is 0. */
static bool digits_take(const char **at, int count, char after, int *value)
{
    *value = 0;
    for (; count > 0; count--, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        *value = *value * 10 + (**at - '0');
    }
    if (!after)
        return true;
    return *(*at)++ == after;
}

/* ".5" is 500 ms; what is finer than a millisecond is cut off. */
static bool fraction_take(const char **at, int *millisecond)
{
    *millisecond = 0;
    if (**at != '.')
        return true;
    int place = 100;
    const char *first = ++*at;
    for (; **at >= '0' && **at <= '9'; (*at)++, place /= 10)
        *millisecond += (**at - '0') * place;
    return *at > first;
}

static bool offset_take(const char **at, int64_t *offset)
{
    char sign = *(*at)++;
    *offset = 0;
    if (sign == 'Z' || sign == 'z')
        return true;
    int hours, minutes;
    if ((sign != '+' && sign != '-') || !digits_take(at, 2, ':', &hours) ||
        !digits_take(at, 2, 0, &minutes) || hours > 23 || minutes > 59)
        return false;
    *offset = (hours * HOUR_MS + minutes * MINUTE_MS) * (sign == '-' ? -1 : 1);
    return true;
}

static bool civil_take(const char **at, struct civil *c)
{
    if (!digits_take(at, 4, '-', &c->year) || !digits_take(at, 2, '-', &c->month) ||
        !digits_take(at, 2, 0, &c->day))
        return false;
    char between = *(*at)++;
    return (between == 'T' || between == 't') && digits_take(at, 2, ':', &c->hour) &&
           digits_take(at, 2, ':', &c->minute) && digits_take(at, 2, 0, &c->second) &&
           fraction_take(at, &c->millisecond);
}

bool date_parse(const char *text, int64_t *days)
{
    struct civil c = { 0 };
    if (!digits_take(&text, 4, '-', &c.year) || !digits_take(&text, 2, '-', &c.month) ||
        !digits_take(&text, 2, 0, &c.day) || *text || !civil_valid(&c))
        return false;
    *days = civil_day(&c);
    return true;
}

enum err instant_parse(const char *text, int64_t *instant)
{
    struct civil civil = { 0 };
    int64_t offset;
    if (!civil_take(&text, &civil) || !offset_take(&text, &offset) || *text)
        return ERR_INVALID;
    bool leap = civil.second == 60;
    if (leap)
        civil.second = 59;
    if (!civil_valid(&civil))
        return ERR_INVALID;
    int64_t found = civil_to_utc(&civil) - offset + (leap ? SECOND_MS : 0);
    if (found < INSTANT_FIRST || found > INSTANT_LAST)
        return ERR_INVALID;
    if (leap && floor_div(found, DAY_MS) == floor_div(found - SECOND_MS, DAY_MS))
        return ERR_INVALID; /* leap seconds come at the end of a day of UTC */
    *instant = found;
    return ERR_NONE;
}
