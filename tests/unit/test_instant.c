/* Instants, civil time and zones, against date(1) and zdump(8): programs that read the same
 * database by other code. */
#include "base/instant.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const zones[] = {
    "UTC",           "America/New_York",    "America/Los_Angeles", "America/Phoenix",
    "Asia/Kolkata",  "Australia/Lord_Howe", "Pacific/Apia",        "Europe/London",
    "Europe/Berlin", "America/St_Johns",    "Pacific/Chatham",     "America/Sao_Paulo",
    "Asia/Tehran",   "Africa/Casablanca",   "Pacific/Honolulu",    "Etc/GMT+5",
};
enum { ZONES = sizeof zones / sizeof *zones };

/* ---- civil time ---- */

START_TEST(days_and_dates_agree_with_counting_on_one_by_one)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int64_t days = civil_to_days(1, 1, 1);
    int weekday = 0; /* 0001-01-01 was a Monday */
    ck_assert_int_eq(days, -719162);
    for (int year = 1; year <= 9999; year++)
        for (int month = 1; month <= 12; month++) {
            bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            int length = lengths[month - 1] + (leap && month == 2);
            ck_assert_int_eq(civil_days_in_month(year, month), length);
            for (int day = 1; day <= length; day++, days++, weekday = (weekday + 1) % 7) {
                struct civil civil = civil_from_days(days);
                if (civil.year != year || civil.month != month || civil.day != day ||
                    civil_to_days(year, month, day) != days ||
                    civil_weekday(year, month, day) != weekday)
                    ck_abort_msg("%04d-%02d-%02d", year, month, day);
            }
        }
}
END_TEST

START_TEST(only_dates_and_times_that_exist_are_valid)
{
    static const struct {
        struct civil civil;
        bool valid;
    } rows[] = {
        { { 2024, 2, 29, 23, 59, 59, 999 }, true }, { { 2023, 2, 29, 0, 0, 0, 0 }, false },
        { { 1900, 2, 29, 0, 0, 0, 0 }, false },     { { 2000, 2, 29, 0, 0, 0, 0 }, true },
        { { 0, 1, 1, 0, 0, 0, 0 }, false },         { { 10000, 1, 1, 0, 0, 0, 0 }, false },
        { { 2024, 13, 1, 0, 0, 0, 0 }, false },     { { 2024, 0, 1, 0, 0, 0, 0 }, false },
        { { 2024, 4, 31, 0, 0, 0, 0 }, false },     { { 2024, 4, 0, 0, 0, 0, 0 }, false },
        { { 2024, 4, 1, 24, 0, 0, 0 }, false },     { { 2024, 4, 1, 0, 60, 0, 0 }, false },
        { { 2024, 4, 1, 0, 0, 60, 0 }, false },     { { 2024, 4, 1, 0, 0, 0, -1 }, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(civil_valid(&rows[i].civil) == rows[i].valid, "row %zu", i);
}
END_TEST

START_TEST(any_integer_gives_a_date_between_the_years_1_and_9999)
{
    static const int64_t rows[] = { INT64_MIN, INT64_MIN + 1, INT64_MAX, INT64_MAX - 1, NO_VALUE };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct civil by_utc = civil_from_utc(rows[i]), by_days = civil_from_days(rows[i]);
        ck_assert(civil_valid(&by_utc) && civil_valid(&by_days));
        for (size_t z = 0; z < ZONES; z++) {
            struct civil there = zone_civil(zone_find(zones[z]), rows[i]);
            ck_assert(civil_valid(&there));
        }
    }
}
END_TEST

/* ---- RFC 3339 ---- */

START_TEST(instants_are_written_as_rfc_3339_and_read_back)
{
    static const struct {
        int64_t instant;
        const char *text;
    } rows[] = {
        { 0, "1970-01-01T00:00:00Z" },
        { -1, "1969-12-31T23:59:59.999Z" },
        { 1500, "1970-01-01T00:00:01.500Z" },
        { 1709210096007, "2024-02-29T12:34:56.007Z" },
        { -62135596800000, "0001-01-01T00:00:00Z" },
        { 253402300799999, "9999-12-31T23:59:59.999Z" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[INSTANT_TEXT];
        int64_t instant;
        instant_format(rows[i].instant, text);
        ck_assert_str_eq(text, rows[i].text);
        ck_assert(instant_parse(text, &instant) == ERR_NONE && instant == rows[i].instant);
    }
}
END_TEST

START_TEST(any_rfc_3339_text_is_read_and_nothing_else)
{
    static const struct {
        const char *text;
        int64_t instant; /* NO_VALUE where it must be refused */
    } rows[] = {
        { "2024-02-29T12:34:56.0079Z", 1709210096007 },
        { "2024-02-29t12:34:56z", 1709210096000 },
        { "2024-02-29T07:34:56-05:00", 1709210096000 },
        { "2024-02-29T18:04:56+05:30", 1709210096000 },
        { "2024-02-29T12:34:56-00:00", 1709210096000 },
        { "2024-02-29T12:34:56.5Z", 1709210096500 },
        { "2016-12-31T23:59:60Z", 1483228800000 },
        { "2016-12-31T18:59:60-05:00", 1483228800000 },
        { "2016-12-31T12:59:60Z", NO_VALUE },
        { "2024-02-30T12:34:56Z", NO_VALUE },
        { "2024-02-29T24:00:00Z", NO_VALUE },
        { "2024-02-29T12:34:56", NO_VALUE },
        { "2024-02-29 12:34:56Z", NO_VALUE },
        { "2024-02-29T12:34:56.Z", NO_VALUE },
        { "2024-02-29T12:34Z", NO_VALUE },
        { "2024-02-29T12:34:56+0530", NO_VALUE },
        { "2024-02-29T12:34:56+24:00", NO_VALUE },
        { "2024-02-29T12:34:56Z ", NO_VALUE },
        { " 2024-02-29T12:34:56Z", NO_VALUE },
        { "0000-01-01T00:00:00Z", NO_VALUE },
        { "0001-01-01T00:00:00+01:00", NO_VALUE },
        { "9999-12-31T23:59:59-01:00", NO_VALUE },
        { "+2024-02-29T12:34:56Z", NO_VALUE },
        { "2024-2-29T12:34:56Z", NO_VALUE },
        { "2024-02-29T12:34:56", NO_VALUE },
        { "2024-02-2", NO_VALUE },
        { "", NO_VALUE },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t instant = NO_VALUE;
        enum err err = instant_parse(rows[i].text, &instant);
        ck_assert_msg(instant == rows[i].instant && (err == ERR_NONE) == (instant != NO_VALUE),
                      "%s", rows[i].text);
    }
}
END_TEST

/* ---- zones ---- */

START_TEST(only_names_of_the_database_find_a_zone)
{
    static const char *const wrong[] = { "",
                                         "Mars/Olympus",
                                         "America",
                                         "America/",
                                         "/America/New_York",
                                         "/etc/passwd",
                                         "../../etc/passwd",
                                         "America/../America/New_York",
                                         "right/UTC",
                                         "posixrules",
                                         "localtime",
                                         "+05:00",
                                         "-3",
                                         "FOO3BAR",
                                         "EST5EDT,M3.2.0,M11.1.0",
                                         "America/New_York\n",
                                         "\xff\xfe" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(!zone_find(wrong[i]), "%s", wrong[i]);
    ck_assert_ptr_null(zone_find(NULL));
    for (size_t i = 0; i < ZONES; i++) {
        ck_assert_msg(zone_find(zones[i]) != NULL, "%s", zones[i]);
        ck_assert_ptr_eq(zone_find(zones[i]), zone_find(zones[i]));
        ck_assert_str_eq(zone_name(zone_find(zones[i])), zones[i]);
    }
}
END_TEST

static void line_of_date_check(const struct zone *zone, const char *line, int64_t instant)
{
    struct civil c = zone_civil(zone, instant);
    int offset = zone_offset(zone, instant);
    int minutes = abs(offset) / 60;
    char ours[128];
    snprintf(ours, sizeof ours, "%04d-%02d-%02d %02d:%02d:%02d %c%02d%02d %s\n", c.year, c.month,
             c.day, c.hour, c.minute, c.second, offset < 0 ? '-' : '+', minutes / 60, minutes % 60,
             zone_abbreviation(zone, instant));
    ck_assert_msg(strcmp(ours, line) == 0, "%s at %lld: we %s date %s", zone_name(zone),
                  (long long)(instant / 1000), ours, line);
}

START_TEST(zones_show_what_date_shows)
{
    const long first = -631152000, step = 1234567, last = 4102444800; /* 1950 to 2100 */
    char command[256];
    snprintf(command, sizeof command,
             "seq -f @%%.0f %ld %ld %ld | TZ=%s LC_ALL=C date -f - '+%%F %%T %%z %%Z'", first, step,
             last, zones[_i]);
    FILE *date = popen(command, "r");
    ck_assert_ptr_nonnull(date);
    char line[128];
    int lines = 0;
    for (; fgets(line, sizeof line, date); lines++)
        line_of_date_check(zone_find(zones[_i]), line, (first + lines * step) * SECOND_MS);
    ck_assert_int_eq(pclose(date), 0);
    ck_assert_int_gt(lines, 3000);
}
END_TEST

/* One line of zdump -v: "Zone  Sun Mar 11 06:59:59 2007 UT = … gmtoff=-18000". */
static bool line_of_zdump_read(const char *line, int64_t *instant, int *offset)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char month[4];
    struct civil c = { 0 };
    const char *told = strstr(line, "gmtoff=");
    if (!told || sscanf(line, "%*s %*s %3s %d %d:%d:%d %d", month, &c.day, &c.hour, &c.minute,
                        &c.second, &c.year) != 6)
        return false;
    c.month = (int)(strstr(months, month) - months) / 3 + 1;
    *instant = civil_to_utc(&c);
    *offset = (int)strtol(told + strlen("gmtoff="), NULL, 10);
    return true;
}

/* Clocks change at `change`: what they show in the hour around it comes never or twice. */
static void change_check(const struct zone *zone, int64_t change, int before, int after)
{
    int low = before < after ? before : after, high = before < after ? after : before;
    struct civil amid = civil_from_utc(change + (low + high) / 2 * SECOND_MS);
    int64_t first = NO_VALUE, second = NO_VALUE;
    enum zone_fit fit = zone_instant(zone, &amid, &first, &second);
    ck_assert_int_eq(fit, before < after ? ZONE_SKIPPED : ZONE_TWICE);
    ck_assert_int_eq(first, civil_to_utc(&amid) - before * SECOND_MS);
    if (fit == ZONE_TWICE)
        ck_assert_int_eq(second, civil_to_utc(&amid) - after * SECOND_MS);
    ck_assert_int_eq(zone_instant(zone, &amid, &first, NULL), fit);
    for (int side = -1; side <= 1; side += 2) {
        int64_t clear = change + side * 3 * HOUR_MS;
        struct civil shown = zone_civil(zone, clear);
        ck_assert_int_eq(zone_instant(zone, &shown, &first, &second), ZONE_ONCE);
        ck_assert_int_eq(first, clear);
    }
}

START_TEST(clocks_change_when_zdump_says_so)
{
    char command[128], line[256];
    snprintf(command, sizeof command, "zdump -v -c 1971,2060 %s", zones[_i]);
    FILE *zdump = popen(command, "r");
    ck_assert_ptr_nonnull(zdump);
    const struct zone *zone = zone_find(zones[_i]);
    int64_t instant, last_instant = NO_VALUE;
    int offset, last_offset = 0;
    while (fgets(line, sizeof line, zdump)) {
        if (!line_of_zdump_read(line, &instant, &offset) || instant < 0)
            continue;
        ck_assert_msg(zone_offset(zone, instant) == offset, "%s", line);
        if (last_instant + SECOND_MS == instant && last_offset != offset)
            change_check(zone, instant, last_offset, offset);
        last_instant = instant, last_offset = offset;
    }
    ck_assert_int_eq(pclose(zdump), 0);
}
END_TEST

/* ---- clocks ---- */

START_TEST(clocks_go_as_they_were_set)
{
    struct clock still = clock_fixed(42), moving = clock_from(42);
    ck_assert_int_eq(clock_now(&still), 42);
    int64_t moved = clock_now(&moving);
    ck_assert(moved >= 42 && moved < 42 + MINUTE_MS);
    ck_assert_int_gt(clock_now(&clock_system), 1700000000000);
    int64_t before = monotonic_ms();
    ck_assert(monotonic_ms() >= before);
    struct clock unset = clock_from(NO_VALUE);
    ck_assert_int_lt(clock_now(&unset), 0);
}
END_TEST

static Suite *instant_suite(void)
{
    Suite *suite = suite_create("instant");
    TCase *civil = tcase_create("civil"), *text = tcase_create("text"),
          *zone = tcase_create("zone");
    tcase_set_timeout(zone, 60);
    tcase_set_timeout(civil, 60);
    tcase_add_test(civil, days_and_dates_agree_with_counting_on_one_by_one);
    tcase_add_test(civil, only_dates_and_times_that_exist_are_valid);
    tcase_add_test(civil, any_integer_gives_a_date_between_the_years_1_and_9999);
    tcase_add_test(civil, clocks_go_as_they_were_set);
    tcase_add_test(text, instants_are_written_as_rfc_3339_and_read_back);
    tcase_add_test(text, any_rfc_3339_text_is_read_and_nothing_else);
    tcase_add_test(zone, only_names_of_the_database_find_a_zone);
    tcase_add_loop_test(zone, zones_show_what_date_shows, 0, ZONES);
    tcase_add_loop_test(zone, clocks_change_when_zdump_says_so, 0, ZONES);
    suite_add_tcase(suite, civil);
    suite_add_tcase(suite, text);
    suite_add_tcase(suite, zone);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(instant_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
