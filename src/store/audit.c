#include "store/audit.h"
#include "base/instant.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/audit_chain.h"
#include <string.h>

#define READ_ONLY (FIELD_READ_ONLY | FIELD_FIXED)

static const struct field audit_fields[] = {
    COLUMN(struct row_head, id, FIELD_ID, READ_ONLY | FIELD_NOT_NULL),
    { .name = "at",
      .type = FIELD_INSTANT,
      .flags = READ_ONLY | FIELD_NOT_NULL,
      .offset = offsetof(struct row_head, created_at) },
    COLUMN(struct audit_entry, actor, FIELD_TEXT, READ_ONLY | FIELD_NOT_NULL),
    COLUMN(struct row_head, brokerage_id, FIELD_ID, READ_ONLY),
    COLUMN(struct row_head, agent_id, FIELD_ID, READ_ONLY),
    COLUMN(struct audit_entry, api_key_id, FIELD_ID, READ_ONLY),
    COLUMN(struct audit_entry, action, FIELD_TEXT, READ_ONLY | FIELD_NOT_NULL),
    COLUMN(struct audit_entry, subject, FIELD_TEXT, READ_ONLY | FIELD_NOT_NULL),
    COLUMN(struct audit_entry, subject_id, FIELD_ID, READ_ONLY),
    COLUMN(struct audit_entry, fields, FIELD_TEXT, READ_ONLY),
    COLUMN(struct audit_entry, hash, FIELD_TEXT, READ_ONLY | FIELD_NOT_NULL),
};
static const struct filter audit_filters[] = {
    { "action", "action = ?", FIELD_TEXT, NULL, "What was done" },
    { "subject", "subject = ?", FIELD_TEXT, NULL, "The table that it was done to" },
    { "subject_id", "subject_id = ?", FIELD_ID, NULL, "The record that it was done to" },
    { "agent_id", "agent_id = ?", FIELD_ID, NULL, "The agent whose key did it" },
    { "from", "at >= ?", FIELD_INSTANT, NULL, "Not before this instant or day" },
    { "to", "at < ?", FIELD_INSTANT, NULL, "Before this instant, or to the end of this day" },
};
const struct table table_audit = {
    .name = "audit_log",
    .one = "audit entry",
    .size = sizeof(struct audit_entry),
    TABLE_FIELDS(audit_fields),
    .order = "id DESC",
    TABLE_FILTERS(audit_filters),
};

enum err audit_begin(struct db *db, const unsigned char key[SECRET_KEY_BYTES])
{
    void *mem = mem_context(NULL);
    struct audit_head head;
    enum err err = audit_head_read(db, mem, &head);
    if (!err && !*head.seal) {
        head.seal = audit_head_seal(mem, key, &head);
        err = audit_head_write(db, &head);
    }
    mem_free(mem);
    return err;
}

/* The row's place: behind the head's, and behind whatever somebody else may have put there. */
static enum err id_choose(struct db *db, const struct audit_head *head, int64_t *id)
{
    enum err err = db_next_id(db, table_audit.name, id);
    if (!err && *id <= head->last_id)
        *id = head->last_id + 1;
    return err;
}

static enum err row_insert(struct db *db, const struct audit_entry *entry)
{
    return db_run(
        db,
        "INSERT INTO audit_log (id, at, actor, brokerage_id, agent_id, api_key_id, action, "
        "subject, subject_id, fields, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        DB_ARGS(db_int(entry->head.id), db_int(entry->head.created_at), db_text(entry->actor),
                db_int(entry->head.brokerage_id), db_int(entry->head.agent_id),
                db_int(entry->api_key_id), db_text(entry->action), db_text(entry->subject),
                db_int(entry->subject_id), db_text(entry->fields), db_text(entry->hash)));
}

/* The head moves on to the entry. One that does not fit keeps the seal that does not. */
static enum err head_advance(struct db *db, void *mem, const unsigned char key[SECRET_KEY_BYTES],
                             struct audit_head *head, const struct audit_entry *entry)
{
    bool fits = audit_head_fits(key, head);
    head->last_id = entry->head.id;
    head->last_hash = entry->hash;
    if (fits)
        head->seal = audit_head_seal(mem, key, head);
    else
        log_line(LOG_ERROR, "audit_broken", "row=%lld detail=\"run: ai-realtor audit verify\"",
                 (long long)entry->head.id);
    return audit_head_write(db, head);
}

enum err audit_append(struct db *db, void *mem, const unsigned char key[SECRET_KEY_BYTES],
                      struct audit_entry *entry)
{
    struct audit_head head;
    enum err err = audit_head_read(db, mem, &head);
    if (!err)
        err = id_choose(db, &head, &entry->head.id);
    if (err)
        return err;
    entry->hash = audit_entry_hash(mem, key, head.last_hash, entry);
    err = row_insert(db, entry);
    return err ? err : head_advance(db, mem, key, &head, entry);
}

char *audit_changes(void *mem, const struct table *table, const void *before, const void *after)
{
    char *names = NULL;
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        bool counts = !(field->flags & FIELD_DERIVED) && strcmp(field->name, "updated_at") != 0;
        if (counts && !field_equal(field, before, after))
            mem_append(mem, &names, "%s%s", names ? "," : "", field->name);
    }
    return names;
}

/* ---- pruning ---- */

/* Moves the head's base past the oldest rows that may go; *count is how many. */
static enum err base_advance(struct db *db, void *mem, struct audit_head *head, int64_t before,
                             int64_t most, int64_t *count)
{
    struct db_rows *rows;
    enum err err =
        db_select(db, "SELECT id, at, hash FROM audit_log WHERE id > $1 ORDER BY id LIMIT $2",
                  DB_ARGS(db_int(head->base_id), db_int(most)), &rows);
    *count = 0;
    if (err)
        return err;
    while (db_next(rows) && db_int_at(rows, 1) < before) {
        head->base_id = db_int_at(rows, 0);
        head->base_hash = db_text_at(mem, rows, 2);
        ++*count;
    }
    return db_done(rows);
}

enum err audit_prune(struct db *db, const unsigned char key[SECRET_KEY_BYTES], int64_t before,
                     int64_t most, int64_t *removed)
{
    void *mem = mem_context(NULL);
    struct audit_head head;
    *removed = 0;
    enum err err = audit_head_read(db, mem, &head);
    if (!err && !audit_head_fits(key, &head)) {
        log_line(LOG_ERROR, "audit_broken", "detail=\"run: ai-realtor audit verify\"");
        err = ERR_INVALID;
    }
    if (!err)
        err = base_advance(db, mem, &head, before, most, removed);
    if (!err && *removed > 0) {
        head.seal = audit_head_seal(mem, key, &head);
        err = audit_head_write(db, &head);
        if (!err)
            err = db_run(db, "DELETE FROM audit_log WHERE id <= $1", DB_ARGS(db_int(head.base_id)));
    }
    mem_free(mem);
    return err;
}
