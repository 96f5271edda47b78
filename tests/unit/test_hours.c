/* Office hours: by the number's zone, across midnight and across the clock changes. */
#include "base/instant.h"
#include "desk/hours.h"
#include "support.h"

static int64_t instant_of(const char *text)
{
    int64_t instant;
    ck_assert_msg(instant_parse(text, &instant) == ERR_NONE, "%s", text);
    return instant;
}

/* "-" for an hour that is not set. */
static struct phone_number number_with(const char *zone, const char *start, const char *end)
{
    struct phone_number number;
    phone_number_init(&number);
    number.timezone = zone;
    number.business_hours_start = *start == '-' ? NULL : start;
    number.business_hours_end = *end == '-' ? NULL : end;
    number.forward_to_number = "+14155550199";
    number.forward_when = FORWARD_AFTER_HOURS;
    return number;
}

static const struct {
    const char *zone, *start, *end;
    const char *at;
    bool open;
} rows[] = {
    /* a day at the office; PDT is UTC-7 */
    { "America/Los_Angeles", "09:00", "18:00", "2026-09-01T15:59:59.999Z", false },
    { "America/Los_Angeles", "09:00", "18:00", "2026-09-01T16:00:00Z", true },
    { "America/Los_Angeles", "09:00", "18:00", "2026-09-02T00:59:59Z", true },
    { "America/Los_Angeles", "09:00", "18:00", "2026-09-02T01:00:00Z", false },
    { "UTC", "09:00", "18:00", "2026-09-01T08:59:00Z", false },
    { "UTC", "09:00", "18:00", "2026-09-01T09:00:00Z", true },
    { "Asia/Kolkata", "09:30", "18:00", "2026-09-01T03:59:00Z", false },
    { "Asia/Kolkata", "09:30", "18:00", "2026-09-01T04:00:00Z", true },
    /* the day before and after clocks go forward: 2026-03-08, 02:00 to 03:00 */
    { "America/Los_Angeles", "09:00", "18:00", "2026-03-07T16:30:00Z", false },
    { "America/Los_Angeles", "09:00", "18:00", "2026-03-07T17:00:00Z", true },
    { "America/Los_Angeles", "09:00", "18:00", "2026-03-08T15:59:00Z", false },
    { "America/Los_Angeles", "09:00", "18:00", "2026-03-08T16:00:00Z", true },
    { "America/Los_Angeles", "01:00", "03:00", "2026-03-08T09:59:00Z", true },  /* 01:59 PST */
    { "America/Los_Angeles", "01:00", "03:00", "2026-03-08T10:00:00Z", false }, /* 03:00 PDT */
    /* and back: 2026-11-01, 02:00 to 01:00 */
    { "America/Los_Angeles", "09:00", "18:00", "2026-10-31T16:00:00Z", true },
    { "America/Los_Angeles", "09:00", "18:00", "2026-11-01T16:59:00Z", false },
    { "America/Los_Angeles", "09:00", "18:00", "2026-11-01T17:00:00Z", true },
    { "America/Los_Angeles", "01:30", "02:00", "2026-11-01T08:45:00Z", true },  /* 01:45 PDT */
    { "America/Los_Angeles", "01:30", "02:00", "2026-11-01T09:15:00Z", false }, /* 01:15 PST */
    { "America/Los_Angeles", "01:30", "02:00", "2026-11-01T09:45:00Z", true },  /* 01:45 PST */
    /* over night */
    { "UTC", "22:00", "06:00", "2026-09-01T21:59:00Z", false },
    { "UTC", "22:00", "06:00", "2026-09-01T22:00:00Z", true },
    { "UTC", "22:00", "06:00", "2026-09-01T23:59:00Z", true },
    { "UTC", "22:00", "06:00", "2026-09-02T00:00:00Z", true },
    { "UTC", "22:00", "06:00", "2026-09-02T05:59:00Z", true },
    { "UTC", "22:00", "06:00", "2026-09-02T06:00:00Z", false },
    { "UTC", "00:00", "23:59", "2026-09-02T23:59:00Z", false },
    /* round the clock */
    { "UTC", "09:00", "09:00", "2026-09-01T03:00:00Z", true },
    { "UTC", "-", "-", "2026-09-01T03:00:00Z", true },
    { "UTC", "09:00", "-", "2026-09-01T03:00:00Z", true },
    { "UTC", "-", "18:00", "2026-09-01T03:00:00Z", true },
    { "Nowhere/Land", "09:00", "18:00", "2026-09-01T03:00:00Z", true },
};

START_TEST(the_office_is_open_by_the_clocks_of_its_zone)
{
    struct phone_number number = number_with(rows[_i].zone, rows[_i].start, rows[_i].end);
    ck_assert_msg(hours_open(&number, instant_of(rows[_i].at)) == rows[_i].open,
                  "%s to %s in %s at %s", rows[_i].start, rows[_i].end, rows[_i].zone, rows[_i].at);
}
END_TEST

START_TEST(after_hours_means_when_the_office_is_not_open)
{
    struct phone_number number = number_with(rows[_i].zone, rows[_i].start, rows[_i].end);
    ck_assert(hours_forwarded(&number, instant_of(rows[_i].at)) == !rows[_i].open);
}
END_TEST

START_TEST(a_call_is_forwarded_at_once_only_always_or_after_hours)
{
    static const struct {
        enum forward_when when;
        bool open, closed; /* forwarded while the office is that */
    } cases[] = {
        { FORWARD_ALWAYS, true, true },
        { FORWARD_UNAVAILABLE, false, false },
        { FORWARD_AFTER_HOURS, false, true },
        { FORWARD_NEVER, false, false },
    };
    struct phone_number number = number_with("UTC", "09:00", "18:00");
    int64_t noon = instant_of("2026-09-01T12:00:00Z"), night = instant_of("2026-09-01T03:00:00Z");
    for (size_t i = 0; i < COUNT(cases); i++) {
        number.forward_when = (int)cases[i].when;
        ck_assert_msg(hours_forwarded(&number, noon) == cases[i].open, "row %zu", i);
        ck_assert_msg(hours_forwarded(&number, night) == cases[i].closed, "row %zu", i);
    }
    number.forward_to_number = NULL;
    for (size_t i = 0; i < COUNT(cases); i++) {
        number.forward_when = (int)cases[i].when;
        ck_assert(!hours_forwarded(&number, noon) && !hours_forwarded(&number, night));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hours");
    TCase *hours = tcase_create("hours");
    tcase_add_checked_fixture(hours, folder_open, office_close);
    tcase_set_timeout(hours, 60);
    suite_add_tcase(suite, hours);
    tcase_add_loop_test(hours, the_office_is_open_by_the_clocks_of_its_zone, 0, COUNT(rows));
    tcase_add_loop_test(hours, after_hours_means_when_the_office_is_not_open, 0, COUNT(rows));
    tcase_add_test(hours, a_call_is_forwarded_at_once_only_always_or_after_hours);
    return suite_run(suite);
}
