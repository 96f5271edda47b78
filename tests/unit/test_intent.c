#include "base/mem.h"
#include "heard/intent.h"
#include "understand_rows.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the labelled turns, none of which the model was trained on ---- */

/* What must not be lost: shares of all rows. */
static const double right_least = 0.955, calibration_error_most = 0.05;

/* By tenth of confidence. */
static struct {
    int guesses, hits;
    double confidence;
} tenths[10];
static int row_count;

static bool row_check(void *mem, struct json_object *in, struct json_object *expect,
                      const char **answer)
{
    (void)mem;
    struct intent_guess guess = intent_guess(row_text(in, "text"));
    int tenth = (int)fmin(9, 10 * guess.confidence);
    *answer = words_name(&words_intent, (int)guess.intent);
    bool right = strcmp(*answer, row_text(expect, "intent")) == 0;
    tenths[tenth].guesses++;
    tenths[tenth].hits += right;
    tenths[tenth].confidence += guess.confidence;
    row_count++;
    return right;
}

START_TEST(turns_are_understood_as_labelled)
{
    int wrong = rows_check("understand-intent.jsonl", row_check);
    double error = 0;
    for (int i = 0; i < 10; i++)
        error += fabs(tenths[i].confidence - tenths[i].hits) / row_count;
    printf("expected calibration error %.3f\n", error);
    fflush(stdout);
    ck_assert_double_ge(1 - (double)wrong / row_count, right_least);
    ck_assert_double_lt(error, calibration_error_most);
}
END_TEST

/* The training file, in one piece. */
static char *training_read(void *mem)
{
    const char *source = getenv("srcdir");
    FILE *file = fopen(mem_printf(mem, "%s/data/intents.tsv", source ? source : "."), "r");
    ck_assert_ptr_nonnull(file);
    char line[4096], *text = mem_strdup(mem, "");
    while (fgets(line, sizeof line, file))
        mem_append(mem, &text, "%s", line);
    fclose(file);
    return text;
}

static char *training;

static bool row_is_new(void *mem, struct json_object *in, struct json_object *expect,
                       const char **answer)
{
    (void)expect;
    *answer = "it is in data/intents.tsv too";
    return !strcasestr(training, mem_printf(mem, "\t%s\n", row_text(in, "text")));
}

START_TEST(no_labelled_turn_was_trained_on)
{
    void *mem = mem_context(NULL);
    training = training_read(mem);
    ck_assert_int_eq(rows_check("understand-intent.jsonl", row_is_new), 0);
    mem_free(mem);
}
END_TEST

/* ---- the rest ---- */

START_TEST(no_words_are_general)
{
    static const char *const rows_of_nothing[] = { "", " \n\t", "... ?!", "uh um", "\xff\xfe" };
    ck_assert_int_eq(intent_guess(NULL).intent, INTENT_GENERAL);
    for (size_t i = 0; i < sizeof rows_of_nothing / sizeof *rows_of_nothing; i++)
        ck_assert_int_eq(intent_guess(rows_of_nothing[i]).intent, INTENT_GENERAL);
}
END_TEST

START_TEST(anything_may_come_in)
{
    static const char *const pieces[] = {
        "a ", "agent ", "not ", ", ", "but ", "\xc3", "\xe2\x80\x99s ", "123 ", "visit", "?", "é",
    };
    unsigned seed = 11;
    for (int round = 0; round < 3000; round++) {
        char text[3000] = "";
        for (int words = 0; words < 300; words++) {
            seed = seed * 1664525 + 1013904223;
            strcat(text, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        double confidence = intent_guess(text).confidence;
        ck_assert_double_ge(confidence, 0.2);
        ck_assert_double_le(confidence, 1);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("intent");
    TCase *labelled = tcase_create("labelled");
    tcase_add_test(labelled, turns_are_understood_as_labelled);
    tcase_add_test(labelled, no_labelled_turn_was_trained_on);
    tcase_set_timeout(labelled, 60);
    suite_add_tcase(suite, labelled);
    TCase *rest = tcase_create("rest");
    tcase_add_test(rest, no_words_are_general);
    tcase_add_test(rest, anything_may_come_in);
    tcase_set_timeout(rest, 120);
    suite_add_tcase(suite, rest);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
