/* spawn RUNS PROGRAM-A PROGRAM-B: what it costs to start one program, against another.
 *
 * Runs the two in turn, RUNS times each, with this environment, nothing on standard input and their
 * output thrown away, and times each from its start until it has been waited for.  Prints the
 * medians and the median of the pairs' ratios as one JSON line: {"a_ms", "b_ms", "ratio"}. */
#include "measure.h"
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Nanoseconds that one run of the program takes. Ends the program if it fails. */
static int64_t program_run(char *path, const posix_spawn_file_actions_t *files)
{
    char *argv[] = { path, NULL };
    int status;
    pid_t pid;

    int64_t start = measure_now();
    errno = posix_spawn(&pid, path, files, NULL, argv, environ);
    if (errno || waitpid(pid, &status, 0) != pid)
        measure_fail("spawn: %s", path);
    int64_t end = measure_now();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        measure_fail("spawn: %s ended with status %#x", path, (unsigned)status);
    return end - start;
}

static double median_ms(int64_t *samples, size_t count)
{
    measure_sort(samples, count);
    return (double)measure_percentile(samples, count, 0.5) / 1e6;
}

int main(int argc, char **argv)
{
    posix_spawn_file_actions_t files;
    if (argc != 4)
        measure_fail("usage: spawn RUNS PROGRAM-A PROGRAM-B");
    size_t runs = (size_t)measure_number("RUNS", argv[1], 100000);
    int64_t *a = calloc(runs, sizeof *a), *b = calloc(runs, sizeof *b);
    int64_t *ratio = calloc(runs, sizeof *ratio);
    if (!a || !b || !ratio || posix_spawn_file_actions_init(&files) ||
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0) ||
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0))
        measure_fail("spawn");

    for (size_t i = 0; i < runs; i++) {
        a[i] = program_run(argv[2], &files);
        b[i] = program_run(argv[3], &files);
        ratio[i] = a[i] * 1000000 / b[i];
    }
    (void)printf("{\"a_ms\":%.3f,\"b_ms\":%.3f,\"ratio\":%.3f}\n", median_ms(a, runs),
                 median_ms(b, runs), median_ms(ratio, runs));
    (void)posix_spawn_file_actions_destroy(&files);
    free(a);
    free(b);
    free(ratio);
    return 0;
}
