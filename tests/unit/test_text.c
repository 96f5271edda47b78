/* Texts: what is UTF-8, what is a number, what one line is. */
#include "base/instant.h"
#include "base/text.h"
#include "support.h"
#include <string.h>

#define BYTES(literal) (literal), sizeof(literal) - 1

/* ---- UTF-8 ---- */

static const struct {
    const char *bytes;
    size_t len;
    bool valid;
} sequences[] = {
    { BYTES(""), true },
    { BYTES("plain"), true },
    { BYTES("caf\xc3\xa9"), true },
    { BYTES("\x01\x7f"), true },
    { BYTES("\xc2\x80"), true },
    { BYTES("\xdf\xbf"), true },
    { BYTES("\xe0\xa0\x80"), true },
    { BYTES("\xed\x9f\xbf"), true },
    { BYTES("\xee\x80\x80"), true },
    { BYTES("\xef\xbf\xbf"), true },
    { BYTES("\xf0\x90\x80\x80"), true },
    { BYTES("\xf4\x8f\xbf\xbf"), true },
    { BYTES("a\0b"), false },
    { BYTES("\0"), false },
    { BYTES("\x80"), false },
    { BYTES("\xbf"), false },
    { BYTES("\xc0\x80"), false },         /* NUL, overlong */
    { BYTES("\xc1\xbf"), false },         /* overlong */
    { BYTES("\xe0\x9f\xbf"), false },     /* overlong */
    { BYTES("\xf0\x8f\xbf\xbf"), false }, /* overlong */
    { BYTES("\xed\xa0\x80"), false },     /* a surrogate */
    { BYTES("\xed\xbf\xbf"), false },
    { BYTES("\xf4\x90\x80\x80"), false }, /* beyond U+10FFFF */
    { BYTES("\xf5\x80\x80\x80"), false },
    { BYTES("\xff"), false },
    { BYTES("\xc3"), false }, /* cut short */
    { BYTES("\xe2\x82"), false },
    { BYTES("\xf0\x9f\x98"), false },
    { BYTES("\xc3("), false }, /* no continuation */
    { BYTES("\xe2(\xa1"), false },
    { BYTES("\xe2\x82("), false },
    { BYTES("\xf0\x90\x80("), false },
};

START_TEST(only_well_formed_utf8_without_nul_is_valid)
{
    for (size_t i = 0; i < COUNT(sequences); i++)
        ck_assert_msg(text_utf8_valid(sequences[i].bytes, sequences[i].len) == sequences[i].valid,
                      "row %zu", i);
}
END_TEST

/* Code point by code point: what an independent encoder writes is valid, surrogates are not. */
START_TEST(every_code_point_is_valid_but_surrogates)
{
    for (uint32_t c = 1; c <= 0x10ffff; c++) {
        char out[4];
        size_t n = 0;
        if (c < 0x80) {
            out[n++] = (char)c;
        } else if (c < 0x800) {
            out[n++] = (char)(0xc0 | c >> 6);
        } else if (c < 0x10000) {
            out[n++] = (char)(0xe0 | c >> 12);
            out[n++] = (char)(0x80 | (c >> 6 & 63));
        } else {
            out[n++] = (char)(0xf0 | c >> 18);
            out[n++] = (char)(0x80 | (c >> 12 & 63));
            out[n++] = (char)(0x80 | (c >> 6 & 63));
        }
        if (c >= 0x80)
            out[n++] = (char)(0x80 | (c & 63));
        bool surrogate = c >= 0xd800 && c < 0xe000;
        if (text_utf8_valid(out, n) == surrogate)
            ck_abort_msg("U+%04X", c);
        if (n > 1 && text_utf8_valid(out, n - 1))
            ck_abort_msg("U+%04X cut", c);
    }
}
END_TEST

START_TEST(characters_are_counted_and_clipped_whole)
{
    static const struct {
        const char *text;
        size_t length, max;
        const char *clipped;
    } rows[] = {
        { "", 0, 3, "" },
        { "abc", 3, 3, "abc" },
        { "abcd", 4, 3, "abc" },
        { "\xc3\xa9t\xc3\xa9", 3, 1, "\xc3\xa9" },
        { "\xf0\x9f\x98\x80\xf0\x9f\x98\x80", 2, 1, "\xf0\x9f\x98\x80" },
        { "\xe2\x82\xac"
          "5",
          2, 0, "" },
        { "e\xcc\x81", 2, 9, "e\xcc\x81" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_uint_eq(text_utf8_length(rows[i].text), rows[i].length);
        ck_assert_str_eq(text_utf8_clip(office.mem, rows[i].text, rows[i].max), rows[i].clipped);
    }
}
END_TEST

/* ---- white space and lines ---- */

START_TEST(breaks_and_controls_become_single_spaces)
{
    static const char *const rows[][2] = {
        { "", "" },
        { "one line", "one line" },
        { "a\nb", "a b" },
        { "a\r\nb", "a b" },
        { "a\n\n\n\tb", "a b" },
        { "a \n b", "a  b" },
        { "\n a", " a" },
        { "a\n", "a" },
        { "a  ", "a" },
        { "a\x1b[31mb", "a [31mb" },
        { "a\x7f"
          "b",
          "a b" },
        { "a\xe2\x80\xa8"
          "b",
          "a b" },
        { "a\xe2\x80\xa9"
          "b",
          "a b" },
        { "a\xc2\x85"
          "b\xc2\x9f"
          "c\xc2\xa0"
          "d",
          "a b c\xc2\xa0"
          "d" },
        { "\xe2\x80\x94", "\xe2\x80\x94" },
        { "caf\xc3\xa9\n", "caf\xc3\xa9" },
        { "\r\n\t", "" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *line = text_one_line(office.mem, rows[i][0]);
        ck_assert_msg(strcmp(line, rows[i][1]) == 0, "row %zu: \"%s\"", i, line);
    }
}
END_TEST

START_TEST(blank_is_null_empty_or_white_space)
{
    static const char *const blank[] = { NULL, "", " ", "\t\r\n\v\f " };
    static const char *const other[] = { "a", " a", "0", "\xc2\xa0" };
    for (size_t i = 0; i < COUNT(blank); i++)
        ck_assert_msg(text_blank(blank[i]), "row %zu", i);
    for (size_t i = 0; i < COUNT(other); i++)
        ck_assert_msg(!text_blank(other[i]), "row %zu", i);
}
END_TEST

START_TEST(trimming_takes_white_space_off_both_ends_alone)
{
    ck_assert_str_eq(text_trim(office.mem, " \t a b \r\n"), "a b");
    ck_assert_str_eq(text_trim(office.mem, "ab"), "ab");
    ck_assert_str_eq(text_trim(office.mem, " \n "), "");
    ck_assert_str_eq(text_trim(office.mem, ""), "");
}
END_TEST

START_TEST(lower_case_concerns_ascii_alone)
{
    ck_assert_str_eq(text_lower(office.mem, "ABZ az 019 @[`{"), "abz az 019 @[`{");
    ck_assert_str_eq(text_lower(office.mem, "\xc3\x89T\xc3\x89"), "\xc3\x89t\xc3\x89");
}
END_TEST

START_TEST(texts_compare_with_null_and_without_case)
{
    ck_assert(text_equal(NULL, NULL) && text_equal("a", "a"));
    ck_assert(!text_equal(NULL, "") && !text_equal("a", NULL) && !text_equal("a", "A"));
    ck_assert(text_equal_nocase(NULL, NULL) && text_equal_nocase("aB", "Ab"));
    ck_assert(!text_equal_nocase(NULL, "") && !text_equal_nocase("a", "ab"));
    ck_assert(text_starts_with("abc", "ab") && text_starts_with("abc", ""));
    ck_assert(!text_starts_with("ab", "abc") && !text_starts_with("", "a"));
}
END_TEST

/* ---- numbers ---- */

static const struct {
    const char *text;
    int digits;
    bool ok;
    int64_t value;
} decimals[] = {
    { "0", 2, true, 0 },
    { "-0", 2, true, 0 },
    { "1", 2, true, 100 },
    { "12.5", 2, true, 1250 },
    { "-12.5", 1, true, -125 },
    { "0.01", 2, true, 1 },
    { "0.1", 6, true, 100000 },
    { "007", 0, true, 7 },
    { "5.0", 0, true, 5 },
    { "5.000000", 2, true, 500 },
    { "5.00000000000000000000000", 2, true, 500 },
    { "0.29", 2, true, 29 }, /* not 28: no floating point on the way */
    { "1.005", 3, true, 1005 },
    { "9223372036854775807", 0, true, INT64_MAX },
    { "-9223372036854775807", 0, true, -INT64_MAX },
    { "92233720368547758.07", 2, true, INT64_MAX },
    { "-9223372036854775808", 0, false, 0 }, /* that is NO_VALUE */
    { "9223372036854775808", 0, false, 0 },
    { "92233720368547758.08", 2, false, 0 },
    { "99999999999999999999999999", 0, false, 0 },
    { "0.001", 2, false, 0 },
    { "1.5", 0, false, 0 },
    { "", 2, false, 0 },
    { "-", 2, false, 0 },
    { ".", 2, false, 0 },
    { ".5", 2, false, 0 },
    { "5.", 2, false, 0 },
    { "1.2.3", 2, false, 0 },
    { "1,000", 2, false, 0 },
    { "+1", 2, false, 0 },
    { "--1", 2, false, 0 },
    { " 1", 2, false, 0 },
    { "1 ", 2, false, 0 },
    { "1e3", 2, false, 0 },
    { "0x10", 2, false, 0 },
    { "inf", 2, false, 0 },
    { "nan", 2, false, 0 },
    { "\xd9\xa1", 2, false, 0 }, /* a digit, but no ASCII one */
};

START_TEST(decimals_are_read_exactly_or_not_at_all)
{
    for (size_t i = 0; i < COUNT(decimals); i++) {
        int64_t value = 0;
        bool ok = decimal_parse(decimals[i].text, decimals[i].digits, &value);
        ck_assert_msg(ok == decimals[i].ok, "\"%s\"", decimals[i].text);
        ck_assert_msg(!ok || value == decimals[i].value, "\"%s\": %lld", decimals[i].text,
                      (long long)value);
    }
}
END_TEST

START_TEST(decimals_are_written_in_the_shortest_form)
{
    static const struct {
        int64_t value;
        int digits;
        const char *text;
    } rows[] = {
        { 0, 2, "0" },
        { 85000050, 2, "850000.5" },
        { 85000000, 2, "850000" },
        { 1, 2, "0.01" },
        { -1, 2, "-0.01" },
        { -150, 2, "-1.5" },
        { 1, 6, "0.000001" },
        { 42, 0, "42" },
        { INT64_MAX, 2, "92233720368547758.07" },
        { -INT64_MAX, 0, "-9223372036854775807" },
        { INT64_MIN, 0, "-9223372036854775808" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(decimal_format(office.mem, rows[i].value, rows[i].digits), rows[i].text);
}
END_TEST

START_TEST(what_is_written_is_read_back)
{
    uint32_t state = 1;
    for (int i = 0; i < 20000; i++) {
        uint64_t bits =
            (uint64_t)random_below(&state, UINT32_MAX) << 32 | random_below(&state, UINT32_MAX);
        int64_t value = (int64_t)(bits >> random_below(&state, 64)), back;
        int digits = (int)random_below(&state, 7);
        if (value == INT64_MIN)
            continue;
        const char *text = decimal_format(office.mem, value, digits);
        ck_assert_msg(decimal_parse(text, digits, &back) && back == value, "%s, %d", text, digits);
    }
}
END_TEST

START_TEST(integers_are_read_within_their_bounds)
{
    static const struct {
        const char *text;
        int64_t min, max;
        bool ok;
        int64_t value;
    } rows[] = {
        { "1", 1, 10, true, 1 },
        { "10", 1, 10, true, 10 },
        { "0", 1, 10, false, 0 },
        { "11", 1, 10, false, 0 },
        { "-5", -5, 5, true, -5 },
        { "9223372036854775807", 0, INT64_MAX, true, INT64_MAX },
        { "9223372036854775808", 0, INT64_MAX, false, 0 },
        { "18446744073709551617", 0, INT64_MAX, false, 0 },
        { "5.0", 0, 10, false, 0 },
        { "5.", 0, 10, false, 0 },
        { "", 0, 10, false, 0 },
        { " 5", 0, 10, false, 0 },
        { "5 ", 0, 10, false, 0 },
        { "+5", 0, 10, false, 0 },
        { "5x", 0, 10, false, 0 },
        { "0x5", 0, 10, false, 0 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t value = 0;
        bool ok = text_to_int(rows[i].text, rows[i].min, rows[i].max, &value);
        ck_assert_msg(ok == rows[i].ok && (!ok || value == rows[i].value), "\"%s\"", rows[i].text);
    }
}
END_TEST

START_TEST(thousands_are_grouped)
{
    static const struct {
        int64_t value;
        const char *text;
    } rows[] = {
        { 0, "0" },
        { 999, "999" },
        { 1000, "1,000" },
        { -1000, "-1,000" },
        { -999, "-999" },
        { 1234567, "1,234,567" },
        { 100000, "100,000" },
        { INT64_MAX, "9,223,372,036,854,775,807" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(number_grouped(office.mem, rows[i].value), rows[i].text);
}
END_TEST

START_TEST(a_count_agrees_with_its_noun)
{
    ck_assert_str_eq(number_of(office.mem, 0, "day"), "0 days");
    ck_assert_str_eq(number_of(office.mem, 1, "day"), "1 day");
    ck_assert_str_eq(number_of(office.mem, 1200, "day"), "1,200 days");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *utf8 = tcase_create("utf8"), *lines = tcase_create("lines"),
          *numbers = tcase_create("numbers");
    TCase *all[] = { utf8, lines, numbers };
    for (size_t i = 0; i < COUNT(all); i++) {
        tcase_add_checked_fixture(all[i], folder_open, office_close);
        tcase_set_timeout(all[i], 60);
        suite_add_tcase(suite, all[i]);
    }
    tcase_add_test(utf8, only_well_formed_utf8_without_nul_is_valid);
    tcase_add_test(utf8, every_code_point_is_valid_but_surrogates);
    tcase_add_test(utf8, characters_are_counted_and_clipped_whole);
    tcase_add_test(lines, breaks_and_controls_become_single_spaces);
    tcase_add_test(lines, blank_is_null_empty_or_white_space);
    tcase_add_test(lines, trimming_takes_white_space_off_both_ends_alone);
    tcase_add_test(lines, lower_case_concerns_ascii_alone);
    tcase_add_test(lines, texts_compare_with_null_and_without_case);
    tcase_add_test(numbers, decimals_are_read_exactly_or_not_at_all);
    tcase_add_test(numbers, decimals_are_written_in_the_shortest_form);
    tcase_add_test(numbers, what_is_written_is_read_back);
    tcase_add_test(numbers, integers_are_read_within_their_bounds);
    tcase_add_test(numbers, thousands_are_grouped);
    tcase_add_test(numbers, a_count_agrees_with_its_noun);
    return suite_run(suite);
}
