/* The CSV reader, against RFC 4180's examples and what spreadsheets really write. */
#include "base/mem.h"
#include "cli/csv.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

/* All cells, "|" between them and "/" behind each row; or "line N: why". */
static char *read_all(void *mem, const char *text, size_t len)
{
    struct csv csv = csv_begin(text, len);
    struct csv_row row;
    char *all = mem_strdup(mem, "");
    enum err err;
    while ((err = csv_next(&csv, mem, &row)) == ERR_NONE) {
        for (size_t i = 0; i < row.count; i++)
            mem_append(mem, &all, "%s%s", i ? "|" : "", row.cells[i]);
        mem_append(mem, &all, "/");
    }
    return err == ERR_NOT_FOUND ? all : mem_printf(mem, "line %zu: %s", csv.line, csv.why);
}

START_TEST(rows_and_cells_come_out_as_they_were_meant)
{
    static const struct {
        const char *text, *cells;
    } rows[] = {
        { "", "" },
        { "\xef\xbb\xbf", "" },
        { "a,b,c\r\n1,2,3\r\n", "a|b|c/1|2|3/" },
        { "a,b\n1,2", "a|b/1|2/" },
        { "a,b\r1,2\r", "a|b/1|2/" },
        { "\xef\xbb\xbfname\nx", "name/x/" },
        { "\n\n\r\na\n\n\nb\n", "a/b/" },
        { "\"a,b\",c", "a,b|c/" },
        { "\"say \"\"hi\"\"\",x", "say \"hi\"|x/" },
        { "\"two\r\nlines\",x\r\ny,z", "two\nlines|x/y|z/" },
        { "\"\",\"\"", "|/" },
        { ",", "|/" },
        { "a,\n", "a|/" },
        { " a , b ", " a | b /" },
        { "\"\"\"\"", "\"/" },
        { "\"a\"", "a/" },
        { "caf\xc3\xa9", "caf\xc3\xa9/" },
        { "\"open", "line 1: a cell begins with a quote that is never closed" },
        { "x\n\"open\n\n,", "line 2: a cell begins with a quote that is never closed" },
        { "a\n\"b\"c", "line 2: something follows a closing quote" },
        { "a\nb\nc\"d", "line 3: a quote stands within a cell that does not begin with one" },
    };
    void *mem = mem_context(NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        ck_assert_str_eq(read_all(mem, rows[i].text, strlen(rows[i].text)), rows[i].cells);
    mem_free(mem);
}
END_TEST

START_TEST(a_row_knows_the_line_in_which_it_begins)
{
    static const char text[] = "a\n\n\"b\nb\nb\"\r\nc\n";
    static const size_t lines[] = { 1, 3, 6 };
    void *mem = mem_context(NULL);
    struct csv csv = csv_begin(text, strlen(text));
    struct csv_row row;
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(csv_next(&csv, mem, &row), ERR_NONE);
        ck_assert_uint_eq(row.line, lines[i]);
    }
    ck_assert_int_eq(csv_next(&csv, mem, &row), ERR_NOT_FOUND);
    mem_free(mem);
}
END_TEST

START_TEST(a_row_of_too_many_cells_is_refused)
{
    char text[2 * CSV_CELLS_MAX];
    memset(text, ',', sizeof text);
    void *mem = mem_context(NULL);
    ck_assert_str_eq(read_all(mem, text, sizeof text), "line 1: there are too many cells");
    mem_free(mem);
}
END_TEST

/* Every text of these characters up to a length: nothing may be read beyond its end (which the
 * allocator's tools see), and reading must end. */
START_TEST(no_text_whatever_is_read_beyond_its_end)
{
    static const char alphabet[] = "a,\"\r\n";
    enum { LETTERS = sizeof alphabet - 1, LENGTH = 6 };
    long total = 1;
    for (int i = 0; i < LENGTH; i++)
        total *= LETTERS;
    for (long n = 0; n < total; n++) {
        void *mem = mem_context(NULL);
        char *text = mem_bytes(mem, LENGTH);
        long rest = n;
        for (int i = 0; i < LENGTH; i++, rest /= LETTERS)
            text[i] = alphabet[rest % LETTERS];
        ck_assert_ptr_nonnull(read_all(mem, text, LENGTH));
        mem_free(mem);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cli_csv");
    TCase *tests = tcase_create("csv");
    tcase_add_test(tests, rows_and_cells_come_out_as_they_were_meant);
    tcase_add_test(tests, a_row_knows_the_line_in_which_it_begins);
    tcase_add_test(tests, a_row_of_too_many_cells_is_refused);
    tcase_add_test(tests, no_text_whatever_is_read_beyond_its_end);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
