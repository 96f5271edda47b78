#include "measure.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int64_t measure_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static int sample_compare(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

void measure_sort(int64_t *samples, size_t count)
{
    if (count)
        qsort(samples, count, sizeof *samples, sample_compare);
}

int64_t measure_percentile(const int64_t *sorted, size_t count, double fraction)
{
    if (!count)
        return 0;
    size_t index = (size_t)(fraction * (double)count);
    return sorted[index < count ? index : count - 1];
}

long measure_number(const char *what, const char *text, long limit)
{
    char *end;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (errno || end == text || *end || number < 1 || number > limit)
        measure_fail("%s: a number from 1 to %ld is wanted, not '%s'", what, limit, text);
    return number;
}

double measure_cpu(long pid)
{
    char path[64], line[1024];
    unsigned long user, system;
    (void)snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    FILE *stat = fopen(path, "r");
    if (!stat)
        return -1;
    char *got = fgets(line, sizeof line, stat);
    (void)fclose(stat);
    /* The name, field 2, may hold spaces and brackets; the last bracket closes it. */
    char *rest = got ? strrchr(line, ')') : NULL;
    if (!rest || sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
                        &system) != 2)
        return -1;
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

void measure_fail(const char *format, ...)
{
    const char *reason = errno ? strerror(errno) : NULL;
    va_list args;
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fprintf(stderr, "%s%s\n", reason ? ": " : "", reason ? reason : "");
    exit(1);
}
