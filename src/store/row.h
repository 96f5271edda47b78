/* A record's way into a row and out of it; for the store's tables alone. */
#ifndef AR_STORE_ROW_H
#define AR_STORE_ROW_H

#include "store/table.h"

enum { COLUMNS_MAX = 48 };

/* Whether we write the column: not the id, nor what the database computes. */
bool row_writes(const struct field *field);

/* The column's value; a sealed one is made on mem and needs the record's id. */
struct db_value row_value(void *mem, const struct db *db, const struct table *table,
                          const struct field *field, const void *record);
/* The values of the written columns, in order; returns how many. */
size_t row_values(void *mem, const struct db *db, const struct table *table, const void *record,
                  struct db_value values[COLUMNS_MAX]);
/* Fills the record from a row of all the table's columns; its texts go on mem. ERR_FAILED: a sealed
 * one could not be opened; the others are there. */
enum err row_read(void *mem, const struct table *table, const struct db_rows *rows,
                  void *record) AR_MUST_USE;

#endif
