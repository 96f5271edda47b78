#include "base/mem.h"
#include "heard/phone.h"
#include "understand_rows.h"
#include <check.h>
#include <stdio.h>
#include <string.h>

static bool row_check(void *mem, struct json_object *in, struct json_object *expect,
                      const char **answer)
{
    static const char *const keys[] = { "e164", "local", "invalid" };
    char out[PHONE_TEXT];
    enum phone_kind kind = phone_hear(row_text(in, "text"), row_text(in, "region"), out);
    *answer = mem_printf(mem, "%s %s", keys[kind], out);
    if (!row_has(expect, keys[kind]))
        return false;
    return kind == PHONE_INVALID ? *out == '\0' : strcmp(row_text(expect, keys[kind]), out) == 0;
}

START_TEST(numbers_are_heard_as_labelled)
{
    ck_assert_int_eq(rows_check("understand-phone.jsonl", row_check), 0);
}
END_TEST

START_TEST(e164_is_a_plus_and_7_to_15_digits)
{
    static const struct {
        const char *text;
        bool is;
    } rows[] = {
        { "+14155550123", true },
        { "+2905123", true },
        { "+123456789012345", true },
        { "14155550123", false },
        { "+1234567890123456", false },
        { "+123456", false },
        { "+04155550123", false },
        { "+1415555012x", false },
        { "+1 4155550123", false },
        { "", false },
        { "+", false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(phone_is_e164(rows[i].text) == rows[i].is, "%s", rows[i].text);
    ck_assert(!phone_is_e164(NULL));
}
END_TEST

START_TEST(numbers_tell_their_region)
{
    static const char *const rows[][2] = {
        { "+14155550123", "US" },  { "+18005551212", "US" },  { "+14165550123", "CA" },
        { "+16046812200", "CA" },  { "+17872345678", "PR" },  { "+18762101234", "JM" },
        { "+12423591234", "BS" },  { "+442079460018", "GB" }, { "+441481256789", "GG" },
        { "+441534456789", "JE" }, { "+79123456789", "RU" },  { "+77012345678", "KZ" },
        { "+390612345678", "IT" }, { "+80012345678", NULL },  { "+99912345678", NULL },
        { "4155550123", NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_pstr_eq(phone_region(rows[i][0]), rows[i][1]);
}
END_TEST

START_TEST(numbers_are_said_back_in_groups)
{
    void *mem = mem_context(NULL);
    ck_assert_str_eq(phone_spoken(mem, "+14155551234"), "415 555 1234");
    ck_assert_str_eq(phone_spoken(mem, "+442079460018"), "+44 207 946 0018");
    ck_assert_str_eq(phone_spoken(mem, "+4930123456"), "+49 301 23 456");
    ck_assert_str_eq(phone_spoken(mem, "5550123"), "555 0123");
    mem_free(mem);
}
END_TEST

START_TEST(nothing_that_may_come_in_does_harm)
{
    char out[PHONE_TEXT], text[5000];
    static const char *const pieces[] = {
        "double ", "nine ",    "hundred ", "\xff\xfe", "+", "7", "no ", "thousand million billion ",
        "a",       "\xe2\x80", "ext "
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        text[0] = '\0';
        while (strlen(text) + strlen(pieces[i]) < sizeof text)
            strcat(text, pieces[i]);
        ck_assert_int_eq(phone_hear(text, "US", out), PHONE_INVALID);
    }
    ck_assert_int_eq(phone_hear("415 555 0123", NULL, out), PHONE_INVALID);
    ck_assert_int_eq(phone_hear("415 555 0123", "\xff", out), PHONE_INVALID);
}
END_TEST

static Suite *phone_suite(void)
{
    Suite *suite = suite_create("phone");
    TCase *tcase = tcase_create("phone");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, numbers_are_heard_as_labelled);
    tcase_add_test(tcase, e164_is_a_plus_and_7_to_15_digits);
    tcase_add_test(tcase, numbers_tell_their_region);
    tcase_add_test(tcase, numbers_are_said_back_in_groups);
    tcase_add_test(tcase, nothing_that_may_come_in_does_harm);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(phone_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
