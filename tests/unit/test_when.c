#include "base/mem.h"
#include "heard/when.h"
#include "understand_rows.h"
#include <check.h>
#include <string.h>

static int64_t at(const char *text)
{
    int64_t instant = NO_VALUE;
    ck_assert_msg(instant_parse(text, &instant) == ERR_NONE, "%s", text);
    return instant;
}

static bool row_check(void *mem, struct json_object *in, struct json_object *expect,
                      const char **answer)
{
    static const char *const keys[] = { "instant", "past", "invalid", "ask" };
    const struct zone *zone = zone_find(row_text(in, "timezone"));
    int64_t now = at(row_text(in, "now"));
    struct when when = when_hear(mem, row_text(in, "text"), now, zone);
    const char *told =
        when.kind == WHEN_INSTANT ? when_spoken(mem, when.instant, now, zone) : when.why;
    *answer = mem_printf(mem, "%s: %s", keys[when.kind], told);
    if (!row_has(expect, keys[when.kind]))
        return false;
    return when.kind != WHEN_INSTANT || when.instant == at(row_text(expect, "instant"));
}

START_TEST(times_are_heard_as_labelled)
{
    ck_assert_int_eq(rows_check("understand-when.jsonl", row_check), 0);
}
END_TEST

START_TEST(what_is_not_clear_is_told_in_one_sentence)
{
    static const struct {
        const char *text;
        enum when_kind kind;
        const char *why;
    } rows[] = {
        { "tomorrow", WHEN_ASK, "What time exactly on Wednesday, September 2?" },
        { "tomorrow morning", WHEN_ASK,
          "What time exactly in the morning on Wednesday, September 2?" },
        { "next Friday at 3", WHEN_ASK,
          "Do you mean Friday, September 4, or Friday, September 11?" },
        { "Friday or Saturday at 3", WHEN_ASK, "Which day exactly do you mean?" },
        { "today at 9", WHEN_PAST, "Tuesday, September 1 at 9:00 AM has already passed." },
        { "February 30", WHEN_INVALID, "There is no such date." },
        { "tomorrow at 25:00", WHEN_INVALID, "There is no such time of day." },
        { "hello", WHEN_INVALID, "I did not hear a date or time." },
        { "March 14 2027 at 2:30 am", WHEN_INVALID,
          "Clocks are set forward then, and skip 2:30 AM." },
        { "November 1 at 1:30 am", WHEN_ASK,
          "That time comes twice: do you mean 1:30 AM PDT, or an hour later, 1:30 AM PST?" },
    };
    void *mem = mem_context(NULL);
    const struct zone *zone = zone_find("America/Los_Angeles");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct when when = when_hear(mem, rows[i].text, at("2026-09-01T10:15:00-07:00"), zone);
        ck_assert_int_eq(when.kind, rows[i].kind);
        ck_assert_int_eq(when.instant, NO_VALUE);
        ck_assert_str_eq(when.why, rows[i].why);
    }
    mem_free(mem);
}
END_TEST

START_TEST(instants_are_said_back_with_the_year_when_it_is_another)
{
    void *mem = mem_context(NULL);
    const struct zone *zone = zone_find("America/New_York");
    int64_t now = at("2026-09-01T12:00:00Z");
    ck_assert_str_eq(when_spoken(mem, at("2026-09-02T18:00:00Z"), now, zone),
                     "Wednesday, September 2 at 2:00 PM");
    ck_assert_str_eq(when_spoken(mem, at("2027-01-01T05:05:00Z"), now, zone),
                     "Friday, January 1, 2027 at 12:05 AM");
    mem_free(mem);
}
END_TEST

START_TEST(nothing_that_may_come_in_does_harm)
{
    static const char *const pieces[] = {
        "next ",    "friday ", "9",      ":",          "/",      "-",       "a ",     "week ",
        "from ",    "day ",    "after ", "in ",        "no ",    "twenty ", "first ", "september ",
        "\xff\xfe", "half ",   "to ",    "999999999 ", "years ", "months ", "the "
    };
    static const int64_t nows[] = { 0, INT64_MAX, INT64_MIN, 253402300799999, -62135596800000 };
    enum { PIECES = sizeof pieces / sizeof *pieces };
    const struct zone *zone = zone_find("Australia/Lord_Howe");
    char text[3000];
    for (int i = 0; i < PIECES * PIECES; i++) {
        void *mem = mem_context(NULL);
        text[0] = '\0';
        while (strlen(text) < sizeof text - 30) {
            strcat(text, pieces[i % PIECES]);
            strcat(text, pieces[i / PIECES]);
        }
        struct when when = when_hear(mem, text, nows[i % 5], zone);
        ck_assert((when.kind == WHEN_INSTANT) == (when.why == NULL));
        mem_free(mem);
    }
}
END_TEST

static Suite *when_suite(void)
{
    Suite *suite = suite_create("when");
    TCase *tcase = tcase_create("when");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, times_are_heard_as_labelled);
    tcase_add_test(tcase, what_is_not_clear_is_told_in_one_sentence);
    tcase_add_test(tcase, instants_are_said_back_with_the_year_when_it_is_another);
    tcase_add_test(tcase, nothing_that_may_come_in_does_harm);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(when_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
