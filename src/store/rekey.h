/* Rotation of the sealing key, column by column, while the service runs. */
#ifndef AR_STORE_REKEY_H
#define AR_STORE_REKEY_H

#include "store/db.h"

enum { REKEY_BATCH = 200 };

/* Seals anew, with the newest key, up to REKEY_BATCH values of one column that are sealed with
 * another or not at all, in one transaction; *moved is how many. A column whose *moved is 0 is
 * done. To be called for each column of rekey_columns in turn, as often as it takes; it may be
 * stopped anywhere. */
struct rekey_column {
    const char *table, *column;
};
extern const struct rekey_column rekey_columns[];
extern const size_t rekey_column_count;

enum err rekey_batch(struct db *db, struct seal *seal, const struct rekey_column *column,
                     int64_t *moved) AR_MUST_USE;
/* Whether the file has the keys with which the oldest and the newest value of each of those columns
 * are sealed. */
enum err rekey_keys_known(struct db *db, struct seal *seal, bool *known) AR_MUST_USE;

#endif
