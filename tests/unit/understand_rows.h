/* The labelled rows of tests/data/understand-*.jsonl: {"in": {"text", …}, "expect": {…}}. */
#ifndef AR_TESTS_UNDERSTAND_ROWS_H
#define AR_TESTS_UNDERSTAND_ROWS_H

#include <json-c/json.h>
#include <stdbool.h>

/* The text at key; NULL if there is none. */
const char *row_text(struct json_object *object, const char *key);
bool row_has(struct json_object *object, const char *key);

/* Gives each row of the file to `check`, which says whether the answer is as expected and, on mem,
 * what it was. Prints the rows that differ and a line with the share of the right ones, and returns
 * how many differ. The data lie in $srcdir/tests/data. */
int rows_check(const char *file, bool (*check)(void *mem, struct json_object *in,
                                               struct json_object *expect, const char **answer));

#endif
