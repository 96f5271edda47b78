/* commits FILE SECONDS: how fast the disk lets SQLite commit one row at a time.
 *
 * WAL and synchronous=FULL: each INSERT is its own transaction and waits for its fsync.  FILE is
 * created if need be.  Prints {"rps", "p50_ms", "p99_ms"} as one JSON line. */
#include "measure.h"
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { SAMPLES_LIMIT = 1 << 22 };

static void must(sqlite3 *db, int result, int wanted)
{
    errno = 0;
    if (result != wanted)
        measure_fail("commits: %s", sqlite3_errmsg(db));
}

static sqlite3 *database_open(const char *file)
{
    sqlite3 *db;
    must(NULL, sqlite3_open(file, &db), SQLITE_OK);
    must(db, sqlite3_busy_timeout(db, 5000), SQLITE_OK);
    must(
        db,
        sqlite3_exec(db,
                     "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                     "CREATE TABLE IF NOT EXISTS line (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
                     NULL, NULL, NULL),
        SQLITE_OK);
    return db;
}

/* Commits rows for so many nanoseconds; the duration of each goes to samples. Returns how many. */
static size_t commits_measure(sqlite3 *db, int64_t duration, int64_t *samples)
{
    static const char sql[] = "INSERT INTO line (text) VALUES "
                              "('one row of about a hundred bytes, which is what a short "
                              "record with a few columns comes to when written')";
    sqlite3_stmt *insert;
    size_t count = 0;

    must(db, sqlite3_prepare_v2(db, sql, -1, &insert, NULL), SQLITE_OK);
    int64_t start = measure_now(), before = start;
    while (count < SAMPLES_LIMIT && before - start < duration) {
        must(db, sqlite3_step(insert), SQLITE_DONE);
        must(db, sqlite3_reset(insert), SQLITE_OK);
        int64_t after = measure_now();
        samples[count++] = after - before;
        before = after;
    }
    must(db, sqlite3_finalize(insert), SQLITE_OK);
    return count;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        measure_fail("usage: commits FILE SECONDS");
    double seconds = strtod(argv[2], NULL);
    int64_t *samples = calloc(SAMPLES_LIMIT, sizeof *samples);
    if (!samples)
        measure_fail("commits");

    sqlite3 *db = database_open(argv[1]);
    int64_t start = measure_now();
    size_t count = commits_measure(db, (int64_t)(seconds * 1e9), samples);
    double elapsed = (double)(measure_now() - start) / 1e9;
    measure_sort(samples, count);
    (void)printf("{\"rps\":%.0f,\"p50_ms\":%.3f,\"p99_ms\":%.3f}\n", (double)count / elapsed,
                 (double)measure_percentile(samples, count, 0.50) / 1e6,
                 (double)measure_percentile(samples, count, 0.99) / 1e6);
    must(db, sqlite3_close(db), SQLITE_OK);
    free(samples);
    return 0;
}
