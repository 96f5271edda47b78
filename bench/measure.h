/* What the measuring programs share: a clock, order statistics, and one way to give up. */
#ifndef AR_BENCH_MEASURE_H
#define AR_BENCH_MEASURE_H

#include <stddef.h>
#include <stdint.h>

/* Nanoseconds of a clock that is never set back. */
int64_t measure_now(void);

/* Sorts samples ascending, in place. */
void measure_sort(int64_t *samples, size_t count);

/* The sample below which `fraction` (0 to 1) of the sorted samples lie; 0 if there are none. */
int64_t measure_percentile(const int64_t *sorted, size_t count, double fraction);

/* The whole positive number that text is, up to limit; ends the program if it is none. */
long measure_number(const char *what, const char *text, long limit);

/* Processor seconds (user and system) that a process has used; -1 if there is no such process. */
double measure_cpu(long pid);

/* Prints the message and, if errno is set, its reason; exits 1. */
_Noreturn void measure_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
