/* The schema's version and the steps that lead to it (sql/NNNN-*.sql, built into the programs). */
#ifndef AR_STORE_MIGRATE_H
#define AR_STORE_MIGRATE_H

#include "store/db.h"

struct migration {
    int64_t version;
    const char *name;
    const char *sql;
};
extern const struct migration migrations[];
extern const size_t migration_count;

/* Brings the schema up to date, each step in a transaction of its own; safe to repeat and to run
 * from several processes at once. *from and *to are the versions before and after. ERR_CONFLICT:
 * the database is of a newer program (logged). */
enum err migrate(struct db *db, int64_t *from, int64_t *to) AR_MUST_USE;
/* ERR_NONE only if the schema is exactly what this program knows; logged otherwise. */
enum err migrate_check(struct db *db) AR_MUST_USE;

#endif
