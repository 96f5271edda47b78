/* Comma-separated values (RFC 4180): quoted cells with embedded commas, quotes and line breaks;
 * lines end with CRLF, LF or CR; a UTF-8 byte order mark is skipped, and so are blank lines. */
#ifndef AR_CLI_CSV_H
#define AR_CLI_CSV_H

#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>

enum { CSV_CELLS_MAX = 256 };

struct csv {
    const char *next, *end;
    size_t line;     /* of next, from 1 */
    const char *why; /* after ERR_INVALID: what is wrong in that line, for people */
};

struct csv_row {
    size_t line; /* in which it begins */
    char **cells;
    size_t count;
};

/* Reads the text, which is borrowed and valid UTF-8 without NUL. */
struct csv csv_begin(const char *text, size_t len);
/* The next row, on mem; line breaks within cells become "\n". ERR_NOT_FOUND: there is none.
 * ERR_INVALID: csv->why in csv->line; nothing after that can be trusted. */
enum err csv_next(struct csv *csv, void *mem, struct csv_row *row) AR_MUST_USE;

#endif
