/* The statements that follow from a table's description; for the store's tables alone. */
#ifndef AR_STORE_TABLE_SQL_H
#define AR_STORE_TABLE_SQL_H

#include "store/table.h"

enum statement { STATEMENT_COLUMNS, STATEMENT_INSERT, STATEMENT_GET, STATEMENT_DELETE };

/* The text, composed once for each table and connection and kept with it. Parameters: of an INSERT
 * the written columns and the id; else the id. */
const char *table_sql(struct db *db, const struct table *table, enum statement kind);
/* All columns, as SELECT takes them. */
const char *table_sql_columns(struct db *db, const struct table *table);
/* " WHERE a = $1 AND b = $2": the conditions' question marks numbered in order; values receives
 * what they compare with. On mem. */
char *table_sql_where(void *mem, const struct selection *selection, struct db_value *values);

#endif
