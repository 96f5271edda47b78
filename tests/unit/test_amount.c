#include "base/mem.h"
#include "heard/amount.h"
#include "understand_rows.h"
#include <check.h>
#include <string.h>

static int64_t row_cents(struct json_object *object, const char *key)
{
    double dollars = json_object_get_double(json_object_object_get(object, key));
    return row_has(object, key) ? (int64_t)(dollars * 100 + 0.5) : NO_VALUE;
}

static bool row_check(void *mem, struct json_object *in, struct json_object *expect,
                      const char **answer)
{
    int64_t cents = NO_VALUE;
    bool heard = amount_hear(row_text(in, "text"), row_cents(in, "asking"), &cents);
    *answer = heard ? amount_format(mem, cents) : "nothing";
    return (heard ? cents : NO_VALUE) == row_cents(expect, "dollars");
}

START_TEST(amounts_are_heard_as_labelled)
{
    ck_assert_int_eq(rows_check("understand-amount.jsonl", row_check), 0);
}
END_TEST

START_TEST(amounts_are_written_with_thousands_and_only_needed_cents)
{
    static const struct {
        int64_t cents;
        const char *text;
    } rows[] = {
        { 85000000, "$850,000" },
        { 123450, "$1,234.50" },
        { 0, "$0" },
        { 5, "$0.05" },
        { 99999, "$999.99" },
        { 100000, "$1,000" },
        { -500, "-$5" },
        { 120000000000, "$1,200,000,000" },
        { NO_VALUE, "" },
        { INT64_MAX, "$92,233,720,368,547,758.07" },
    };
    void *mem = mem_context(NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_str_eq(amount_format(mem, rows[i].cents), rows[i].text);
    mem_free(mem);
}
END_TEST

START_TEST(nothing_that_may_come_in_does_harm)
{
    static const char *const pieces[] = { "nine ",    "million ",  "a ",      "hundred ", "$",
                                          "9",        ".",         "9,999,",  "point ",   "no ",
                                          "\xff\xfe", "-",         "asking ", "percent ", "half ",
                                          "and ",     "9 billion " };
    static const int64_t asking[] = { NO_VALUE, 0, -1, 1, 42500000, INT64_MAX, INT64_MIN + 1 };
    char text[3000];
    enum { PIECES = sizeof pieces / sizeof *pieces, ASKING = sizeof asking / sizeof *asking };
    for (int i = 0; i < PIECES * PIECES * ASKING; i++) {
        text[0] = '\0';
        while (strlen(text) < sizeof text - 30) {
            strcat(text, pieces[i % PIECES]);
            strcat(text, pieces[i / PIECES % PIECES]);
        }
        int64_t cents = 1;
        if (amount_hear(text, asking[i / PIECES / PIECES], &cents))
            ck_assert(cents > 0 && cents <= INT64_C(1000000000000));
    }
}
END_TEST

static Suite *amount_suite(void)
{
    Suite *suite = suite_create("amount");
    TCase *tcase = tcase_create("amount");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, amounts_are_heard_as_labelled);
    tcase_add_test(tcase, amounts_are_written_with_thousands_and_only_needed_cents);
    tcase_add_test(tcase, nothing_that_may_come_in_does_harm);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(amount_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
