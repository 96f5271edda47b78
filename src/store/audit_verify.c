/* Proving the audit log: walking the chain from the head's base to its last row. */
#include "base/instant.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/audit_chain.h"
#include <stdio.h>
#include <string.h>

enum { BATCH = 500 };

struct walk {
    const unsigned char *key;
    const char *wanted;
    struct audit_proof *proof;
    int64_t id; /* of the last row that fits */
};

static void found_note(struct walk *walk, const char *hash)
{
    walk->proof->found |= text_equal(walk->wanted, hash);
    snprintf(walk->proof->head, sizeof walk->proof->head, "%s", hash);
}

static bool fault_note(struct walk *walk, int64_t id, const char *fault)
{
    walk->proof->broken_id = id;
    walk->proof->fault = fault;
    return false;
}

/* Whether the row is the one that follows what was walked so far. */
static bool row_check(struct walk *walk, void *mem, const struct audit_entry *entry)
{
    if (entry->head.id != walk->id + 1)
        return fault_note(walk, walk->id + 1, "is missing");
    if (!text_equal(audit_entry_hash(mem, walk->key, walk->proof->head, entry), entry->hash))
        return fault_note(walk, entry->head.id, "was changed, or was never written by us");
    walk->id = entry->head.id;
    walk->proof->count++;
    found_note(walk, entry->hash);
    return true;
}

/* The next rows; *more is false when there are none, or one of them does not fit. */
static enum err batch_check(struct walk *walk, struct db *db, bool *more)
{
    void *mem = mem_context(NULL), *records;
    size_t count;
    enum err err = table_where(db, mem, &table_audit, "id > $1 ORDER BY id LIMIT $2",
                               DB_ARGS(db_int(walk->id), db_int(BATCH)), &records, &count);
    const struct audit_entry *entries = records;
    *more = !err && count > 0;
    for (size_t i = 0; i < count && *more; i++)
        *more = row_check(walk, mem, &entries[i]);
    mem_free(mem);
    return err;
}

/* After the rows: they must end where the head says, and the head must be ours. */
static void ends_check(struct walk *walk, const struct audit_head *head)
{
    if (walk->proof->fault)
        return;
    if (walk->id < head->last_id)
        fault_note(walk, walk->id + 1, "is missing, and what followed it");
    else if (walk->id > head->last_id || !text_equal(walk->proof->head, head->last_hash) ||
             !audit_head_fits(walk->key, head))
        fault_note(walk, NO_VALUE,
                   "the head of the chain is gone or was changed; rows may be missing at its ends");
}

static enum err chain_check(struct walk *walk, struct db *db, void *mem)
{
    struct audit_head head;
    bool more = true;
    enum err err = audit_head_read(db, mem, &head);
    if (err)
        return err;
    walk->id = head.base_id;
    found_note(walk, head.base_hash);
    /* Rows from before the base belong to nothing. */
    int64_t stray;
    err = db_get_int(db, "SELECT MIN(id) FROM audit_log WHERE id <= $1",
                     DB_ARGS(db_int(head.base_id)), &stray);
    if (!err && stray != NO_VALUE)
        more = fault_note(walk, stray, "stands before the chain's beginning");
    while (!err && more)
        err = batch_check(walk, db, &more);
    if (!err)
        ends_check(walk, &head);
    return err;
}

enum err audit_verify(struct db *db, const unsigned char key[SECRET_KEY_BYTES], const char *wanted,
                      struct audit_proof *proof)
{
    void *mem = mem_context(NULL);
    *proof = (struct audit_proof){ .broken_id = NO_VALUE };
    struct walk walk = { .key = key, .wanted = wanted, .proof = proof };
    /* One transaction, so that rows and head are of one moment. */
    enum err err = db_script(db, "BEGIN");
    if (!err) {
        err = chain_check(&walk, db, mem);
        enum err end = db_script(db, "COMMIT");
        err = err ? err : end;
    }
    mem_free(mem);
    return err;
}
