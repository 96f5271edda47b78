/* row: the least a plain CGI program can do with our database, as the measure for ours.
 *
 * Opens the file that $AI_REALTOR_DATABASE names, reads the call whose id is the last segment of
 * $REQUEST_URI, prints it with CGI headers, closes and exits. */
#include "measure.h"
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    errno = 0;
    if (!value)
        measure_fail("row: %s is not set", name);
    return value;
}

static void row_print(sqlite3_stmt *row)
{
    (void)fputs("Status: 200 OK\r\nContent-Type: text/plain\r\n\r\n", stdout);
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        const unsigned char *value = sqlite3_column_text(row, i);
        (void)printf("%s: %s\n", sqlite3_column_name(row, i), value ? (const char *)value : "-");
    }
}

int main(void)
{
    const char *slash = strrchr(variable("REQUEST_URI"), '/');
    sqlite3 *db;
    sqlite3_stmt *row;

    if (sqlite3_open_v2(variable("AI_REALTOR_DATABASE"), &db, SQLITE_OPEN_READWRITE, NULL) ||
        sqlite3_busy_timeout(db, 5000) ||
        sqlite3_prepare_v2(db, "SELECT * FROM phone_calls WHERE id = $1", -1, &row, NULL) ||
        sqlite3_bind_int64(row, 1, slash ? strtoll(slash + 1, NULL, 10) : 0) ||
        sqlite3_step(row) != SQLITE_ROW)
        measure_fail("row: %s", sqlite3_errmsg(db));
    row_print(row);
    (void)sqlite3_finalize(row);
    return sqlite3_close(db) != SQLITE_OK;
}
