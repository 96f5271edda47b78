#include "base/mem.h"
#include "heard/redact.h"
#include "understand_rows.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- the labelled sentences ---- */

/* Counted over all rows: things that must go or stay, and those that did not. */
static struct {
    size_t gone, leaks, stays, losses;
} score;

static bool row_check(void *mem, struct json_object *in, struct json_object *expect,
                      const char **answer)
{
    char *clean = redact(mem, row_text(in, "text"), row_text(in, "caller_name"),
                         row_text(in, "listing_address"));
    struct json_object *gone = json_object_object_get(expect, "gone");
    struct json_object *stays = json_object_object_get(expect, "stays");
    size_t leaks = 0, losses = 0;
    for (size_t i = 0; i < json_object_array_length(gone); i++)
        leaks += strstr(clean, json_object_get_string(json_object_array_get_idx(gone, i))) != NULL;
    for (size_t i = 0; i < json_object_array_length(stays); i++)
        losses += !strstr(clean, json_object_get_string(json_object_array_get_idx(stays, i)));
    score.gone += json_object_array_length(gone);
    score.stays += json_object_array_length(stays);
    score.leaks += leaks;
    score.losses += losses;
    *answer = clean;
    return leaks + losses == 0;
}

START_TEST(sentences_are_redacted_as_labelled)
{
    int wrong = rows_check("understand-redact.jsonl", row_check);
    printf("leaks: %zu of %zu, losses: %zu of %zu\n", score.leaks, score.gone, score.losses,
           score.stays);
    ck_assert_int_eq(wrong, 0);
}
END_TEST

/* ---- the rest ---- */

static void check_redacted(const char *text, const char *name, const char *address,
                           const char *expected)
{
    void *mem = mem_context(NULL);
    ck_assert_str_eq(redact(mem, text, name, address), expected);
    mem_free(mem);
}

START_TEST(what_is_gone_says_what_it_was)
{
    check_redacted("Call +1 (415) 555-0182 or jo@example.com.", NULL, NULL,
                   "Call [phone] or [email].");
    check_redacted("SSN 123-45-6789, DOB 3/14/1985, PIN 4821", NULL, NULL,
                   "SSN [id], DOB [birth date], PIN [secret]");
    check_redacted("Visa 4111 1111 1111 1111; IBAN DE89 3704 0044 0532 0130 00", NULL, NULL,
                   "Visa [card]; IBAN [bank]");
    check_redacted("John Smith (driver's license D1234567) lives at 9 Elm Ct, Dover, NJ 07801.",
                   "John Smith", NULL,
                   "John [name] (driver's license [licence]) lives at [address].");
}
END_TEST

START_TEST(a_name_in_the_listings_street_stays)
{
    check_redacted("Mr. Smith asked about 12 Smith St.", "John Smith", "12 Smith Street",
                   "Mr. [name] asked about 12 Smith St.");
    check_redacted("twelve smith, says john smith", "John Smith", "12 Smith St",
                   "twelve smith, says john [name]");
}
END_TEST

START_TEST(text_without_anything_personal_is_unchanged)
{
    static const char *const rows[] = {
        "",
        "\n\t  ",
        "$850,000, 3 bed — “nice” … 日本語 \xf0\x9f\x8f\xa0",
        "\xff\xfe\xc3 bytes \x80\x81 that are no UTF-8 \xe2\x82",
        "Viewing on 2026-06-14 at 14:00, MLS 20261234, zip 08401",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_redacted(rows[i], "\xff\xfe", "\xc3 \xff St", rows[i]);
}
END_TEST

/* A mebibyte of one piece of text after another. */
static char *mebibyte(void *mem, const char *piece)
{
    enum { MEBIBYTE = 1 << 20 };
    char *text = mem_new_array(mem, char, MEBIBYTE + 1);
    size_t len = strlen(piece);
    for (size_t at = 0; at + len <= MEBIBYTE; at += len)
        memcpy(text + at, piece, len);
    return text;
}

START_TEST(length_costs_no_more_than_length)
{
    static const char *const pieces[] = {
        "1 ",       "a",           "1",        "one two ",  "at ",        "a@",
        "john at ", "name is ",    "born in ", "a b c ",    "I live at ", "4155550182 ",
        ".",        "de smith ",   "dot ",     "iban 1 a ", "password ",  "1,000,",
        "\xff",     "@gmail.com ", "Oak St ",  "-1",        "is ",        "zero ",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        void *mem = mem_context(NULL);
        clock_t begin = clock();
        ck_assert_ptr_nonnull(redact(mem, mebibyte(mem, pieces[i]), "de Smith", "1 Oak St"));
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        ck_assert_msg(seconds < 10, "%s took %.1f s", pieces[i], seconds);
        mem_free(mem);
    }
}
END_TEST

START_TEST(nothing_that_may_come_in_does_harm)
{
    static const char *const pieces[] = {
        "1 ",    "oh ",  "hundred ", "\xff\xfe", "\xe2\x80\x99", "@",       ".com ", "my name is ",
        "born ", "pin ", "at ",      "dot ",     "I live at ",   "St, ",    "A",     "GB29",
        "apt ",  "#",    "Smith",    "'s ",      "iban ",        "PO box ", "is ",   "double ",
    };
    unsigned seed = 7;
    for (int round = 0; round < 3000; round++) {
        void *mem = mem_context(NULL);
        char *text = mem_strdup(mem, "");
        for (int words = 0; words < 60; words++) {
            seed = seed * 1664525 + 1013904223;
            mem_append(mem, &text, "%s", pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        ck_assert_ptr_nonnull(redact(mem, text, text, text));
        mem_free(mem);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redact");
    TCase *labelled = tcase_create("labelled");
    tcase_add_test(labelled, sentences_are_redacted_as_labelled);
    tcase_set_timeout(labelled, 60);
    suite_add_tcase(suite, labelled);
    TCase *rest = tcase_create("rest");
    tcase_add_test(rest, what_is_gone_says_what_it_was);
    tcase_add_test(rest, a_name_in_the_listings_street_stays);
    tcase_add_test(rest, text_without_anything_personal_is_unchanged);
    tcase_add_test(rest, length_costs_no_more_than_length);
    tcase_add_test(rest, nothing_that_may_come_in_does_harm);
    tcase_set_timeout(rest, 300);
    suite_add_tcase(suite, rest);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
