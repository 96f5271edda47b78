/* What it costs to understand one utterance:
 *
 *     utterance KIND FILE.jsonl
 *
 * Understands the text of each labelled row many times over and prints how many there are, and the
 * median, 99th percentile and longest of their times. Built and run by bench/utterance. */
#include "base/json.h"
#include "base/mem.h"
#include "heard/amount.h"
#include "heard/intent.h"
#include "heard/phone.h"
#include "heard/redact.h"
#include "heard/when.h"
#include "measure.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MOST = 20000, LINE_MOST = 8192, TIMES = 25 };

/* ---- the kinds ---- */

static void when_do(void *mem, struct json_object *in)
{
    int64_t now = 0;
    const char *zone = json_text_at(in, "timezone"), *instant = json_text_at(in, "now");
    if (instant && instant_parse(instant, &now))
        measure_fail("utterance: \"now\" is no instant");
    (void)when_hear(mem, json_text_at(in, "text"), now, zone_find(zone ? zone : "UTC"));
}

static void phone_do(void *mem, struct json_object *in)
{
    char number[PHONE_TEXT];
    (void)mem;
    (void)phone_hear(json_text_at(in, "text"), json_text_at(in, "region"), number);
}

static void amount_do(void *mem, struct json_object *in)
{
    int64_t cents, asking = json_int_at(in, "asking");
    (void)mem;
    (void)amount_hear(json_text_at(in, "text"), asking == NO_VALUE ? asking : asking * 100, &cents);
}

static void intent_do(void *mem, struct json_object *in)
{
    (void)mem;
    (void)intent_guess(json_text_at(in, "text"));
}

static void redact_do(void *mem, struct json_object *in)
{
    (void)redact(mem, json_text_at(in, "text"), json_text_at(in, "caller_name"),
                 json_text_at(in, "listing_address"));
}

static const struct kind {
    const char *name;
    void (*understand)(void *mem, struct json_object *in);
} kinds[] = { { "when", when_do },
              { "phone", phone_do },
              { "amount", amount_do },
              { "intent", intent_do },
              { "redact", redact_do } };

static const struct kind *kind_find(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    measure_fail("utterance: there is no kind %s", name);
}

/* ---- measuring ---- */

/* Nanoseconds that one row takes, memory taken and given back: the median of several times, since
 * other programs' turns are not its cost. */
static int64_t row_measure(const struct kind *kind, struct json_object *in)
{
    int64_t times[TIMES];
    for (int i = 0; i < TIMES; i++) {
        int64_t begin = measure_now();
        void *mem = mem_context(NULL);
        kind->understand(mem, in);
        mem_free(mem);
        times[i] = measure_now() - begin;
    }
    measure_sort(times, TIMES);
    return measure_percentile(times, TIMES, 0.5);
}

static size_t rows_measure(const struct kind *kind, FILE *file, int64_t *samples)
{
    char line[LINE_MOST];
    size_t count = 0;
    while (count < ROWS_MOST && fgets(line, sizeof line, file)) {
        struct json_object *row;
        const char *why;
        void *mem = mem_context(NULL);
        if (json_read(mem, line, strlen(line), &row, &why))
            measure_fail("utterance: line %zu: %s", count + 1, why);
        samples[count++] = row_measure(kind, json_get(row, "in"));
        mem_free(mem);
    }
    return count;
}

int main(int argc, char **argv)
{
    static int64_t samples[ROWS_MOST];
    if (argc != 3)
        measure_fail("utterance: KIND FILE.jsonl");
    const struct kind *kind = kind_find(argv[1]);
    FILE *file = fopen(argv[2], "re");
    if (!file)
        measure_fail("utterance: %s", argv[2]);
    size_t count = rows_measure(kind, file, samples);
    (void)fclose(file);
    measure_sort(samples, count);
    (void)printf("%-8s %6zu %10.1f %10.1f %10.1f\n", kind->name, count,
                 (double)measure_percentile(samples, count, 0.5) / 1000,
                 (double)measure_percentile(samples, count, 0.99) / 1000,
                 (double)samples[count ? count - 1 : 0] / 1000);
    return 0;
}
