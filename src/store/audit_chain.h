/* How rows of the audit log are chained, and the chain's head: for audit.c and audit_verify.c. */
#ifndef AR_STORE_AUDIT_CHAIN_H
#define AR_STORE_AUDIT_CHAIN_H

#include "store/audit.h"

/* What audit_head holds. Before the first row both ends are the same. */
struct audit_head {
    int64_t base_id, last_id;
    const char *base_hash, *last_hash;
    const char *seal;
};

/* A head for a log that has none; its seal fits nothing. */
struct audit_head audit_head_none(void);
/* Reads the head on mem; audit_head_none when there is none. */
enum err audit_head_read(struct db *db, void *mem, struct audit_head *head) AR_MUST_USE;
enum err audit_head_write(struct db *db, const struct audit_head *head) AR_MUST_USE;
/* The seal that belongs to the head's ends, on mem; and whether it is the one that it has. */
char *audit_head_seal(void *mem, const unsigned char key[SECRET_KEY_BYTES],
                      const struct audit_head *head);
bool audit_head_fits(const unsigned char key[SECRET_KEY_BYTES], const struct audit_head *head);

/* The entry's hash behind the row with that hash, in hexadecimal, on mem. */
char *audit_entry_hash(void *mem, const unsigned char key[SECRET_KEY_BYTES], const char *previous,
                       const struct audit_entry *entry);

#endif
