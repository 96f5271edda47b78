/* The audit log: every change that a person or a key made, and every export of a caller, in a chain
 * of hashes.
 *
 * A row's hash is BLAKE2b-256, keyed with the master key, over the hash of the row before it and
 * the row's own fields. The chain's two ends (the hash before the oldest row that is kept, and the
 * last row) stand in one row of audit_head under a seal of the same key, so that appending costs
 * the same however long the log is. Who can write the database but has not the key cannot change,
 * remove, reorder or cut off rows unseen; putting a whole older database in place is seen only by
 * comparing with a hash that was noted elsewhere. A head that does not fit stays so: later rows do
 * not heal it.
 *
 * Rows tell ids, what was done and the names of the fields that changed; never a value. */
#ifndef AR_STORE_AUDIT_H
#define AR_STORE_AUDIT_H

#include "base/secret.h"
#include "store/table.h"

struct audit_entry {
    struct row_head head; /* created_at is when; the ids may be NO_VALUE, updated_at is not used */
    const char *actor;    /* "key", "webhook", or "cli:" and the system user */
    int64_t api_key_id;   /* NO_VALUE: none */
    const char *action;   /* "create", "update", "delete", "export", … */
    const char *subject;  /* the table */
    int64_t subject_id;   /* NO_VALUE: the whole of it */
    const char *fields;   /* the columns that changed, with commas; NULL */
    const char *hash;     /* hexadecimal; filled by audit_append */
};
extern const struct table table_audit;

/* Begins the log of a new database: without it the first row's chain proves nothing. Keeps what is
 * begun already. Inside the caller's write transaction, as all that follows but audit_verify. */
enum err audit_begin(struct db *db, const unsigned char key[SECRET_KEY_BYTES]) AR_MUST_USE;
/* Appends the entry and fills its id and hash, on mem. */
enum err audit_append(struct db *db, void *mem, const unsigned char key[SECRET_KEY_BYTES],
                      struct audit_entry *entry) AR_MUST_USE;
/* "address,price_cents": the columns in which the two records differ, on mem; NULL when none. */
char *audit_changes(void *mem, const struct table *table, const void *before, const void *after);
/* Removes at most `most` of the oldest rows, those from before `before`; what is left stays
 * provable. ERR_INVALID (logged): the head does not fit, so nothing is removed. */
enum err audit_prune(struct db *db, const unsigned char key[SECRET_KEY_BYTES], int64_t before,
                     int64_t most, int64_t *removed) AR_MUST_USE;

struct audit_proof {
    int64_t count;                        /* rows that were proved, up to the first broken one */
    char head[2 * SECRET_HASH_BYTES + 1]; /* the last proved row's hash */
    int64_t broken_id;                    /* the first row that does not fit; NO_VALUE: all fit */
    const char *fault;                    /* a sentence's end; NULL: the log is whole */
    bool found; /* `wanted` is the hash of a row, or of the chain's base */
};
/* Proves the whole log, as it stands at one moment, while others append to it. wanted (a hash noted
 * earlier) may be NULL. An error only when it cannot be read. */
enum err audit_verify(struct db *db, const unsigned char key[SECRET_KEY_BYTES], const char *wanted,
                      struct audit_proof *proof) AR_MUST_USE;

#endif
