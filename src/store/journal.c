#include "store/journal.h"
#include "base/instant.h"
#include "base/mem.h"

enum err journal_add(struct db *db, const struct journal_entry *entry, bool *fresh)
{
    struct seal_place place = { "webhook_journal", "body", NO_VALUE };
    enum err err = db_next_id(db, place.table, &place.row);
    if (err)
        return err;
    void *mem = mem_context(NULL);
    err = db_run(db,
                 "INSERT INTO webhook_journal (id, received_at, form, type, dedup_key, "
                 "provider_call_id, phone_call_id, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
                 "ON CONFLICT DO NOTHING",
                 DB_ARGS(db_int(place.row), db_int(entry->received_at), db_text(entry->form),
                         db_text(entry->type), db_text(entry->dedup_key),
                         db_text(entry->provider_call_id), db_int(entry->phone_call_id),
                         db_sealed(mem, db, &place, entry->body)));
    mem_free(mem);
    *fresh = !err && db_changes(db) == 1;
    return err;
}

static struct seal_place result_place(const char *column, int64_t row)
{
    return (struct seal_place){ "tool_results", column, row };
}

enum err tool_result_add(struct db *db, int64_t call_id, const char *tool_call_id, const char *name,
                         const struct tool_result *result, int64_t now)
{
    int64_t id;
    enum err err = db_next_id(db, "tool_results", &id);
    if (err)
        return err;
    void *mem = mem_context(NULL);
    struct seal_place sentence = result_place("sentence", id), facts = result_place("facts", id);
    err = db_run(db,
                 "INSERT INTO tool_results (id, phone_call_id, tool_call_id, name, ok, sentence, "
                 "facts, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                 DB_ARGS(db_int(id), db_int(call_id), db_text(tool_call_id), db_text(name),
                         db_int(result->ok), db_sealed(mem, db, &sentence, result->sentence),
                         db_sealed(mem, db, &facts, result->facts), db_int(now)));
    mem_free(mem);
    return err;
}

static enum err result_read(void *mem, const struct db_rows *rows, struct tool_result *result)
{
    int64_t id = db_int_at(rows, 0);
    struct seal_place sentence = result_place("sentence", id), facts = result_place("facts", id);
    result->ok = db_int_at(rows, 1) == 1;
    enum err err = db_unsealed_at(mem, rows, 2, &sentence, &result->sentence);
    return err ? err : db_unsealed_at(mem, rows, 3, &facts, &result->facts);
}

enum err tool_result_find(struct db *db, void *mem, int64_t call_id, const char *tool_call_id,
                          struct tool_result *result)
{
    struct db_rows *rows;
    enum err err = db_select(db,
                             "SELECT id, ok, sentence, facts FROM tool_results "
                             "WHERE phone_call_id = $1 AND tool_call_id = $2",
                             DB_ARGS(db_int(call_id), db_text(tool_call_id)), &rows);
    if (err)
        return err;
    enum err read = db_next(rows) ? result_read(mem, rows, result) : ERR_NOT_FOUND;
    err = db_done(rows);
    return err ? err : read;
}

enum err tool_result_last(struct db *db, void *mem, int64_t call_id, const char **tool_call_id,
                          int64_t *serial)
{
    struct db_rows *rows;
    *tool_call_id = NULL;
    *serial = 0;
    enum err err = db_select(db,
                             "SELECT tool_call_id, id FROM tool_results WHERE phone_call_id = $1 "
                             "ORDER BY id DESC LIMIT 1",
                             DB_ARGS(db_int(call_id)), &rows);
    if (err)
        return err;
    if (db_next(rows)) {
        *tool_call_id = db_text_at(mem, rows, 0);
        *serial = db_int_at(rows, 1);
    }
    return db_done(rows);
}
