#include "store/journal.h"

enum err journal_add(struct db *db, const struct journal_entry *entry, bool *fresh)
{
    enum err err =
        db_run(db,
               "INSERT INTO webhook_journal (received_at, form, type, dedup_key, "
               "provider_call_id, phone_call_id, body) VALUES ($1, $2, $3, $4, $5, $6, $7) "
               "ON CONFLICT (dedup_key) DO NOTHING",
               DB_ARGS(db_int(entry->received_at), db_text(entry->form), db_text(entry->type),
                       db_text(entry->dedup_key), db_text(entry->provider_call_id),
                       db_int(entry->phone_call_id), db_text(entry->body)));
    *fresh = !err && db_changes(db) == 1;
    return err;
}

enum err tool_result_add(struct db *db, int64_t call_id, const char *tool_call_id, const char *name,
                         const struct tool_result *result, int64_t now)
{
    return db_run(
        db,
        "INSERT INTO tool_results (phone_call_id, tool_call_id, name, ok, sentence, facts, "
        "created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        DB_ARGS(db_int(call_id), db_text(tool_call_id), db_text(name), db_int(result->ok),
                db_text(result->sentence), db_text(result->facts), db_int(now)));
}

enum err tool_result_find(struct db *db, void *mem, int64_t call_id, const char *tool_call_id,
                          struct tool_result *result)
{
    struct db_rows *rows;
    enum err err = db_select(db,
                             "SELECT ok, sentence, facts FROM tool_results "
                             "WHERE phone_call_id = $1 AND tool_call_id = $2",
                             DB_ARGS(db_int(call_id), db_text(tool_call_id)), &rows);
    if (err)
        return err;
    bool found = db_next(rows);
    if (found)
        *result = (struct tool_result){ .ok = db_int_at(rows, 0) == 1,
                                        .sentence = db_text_at(mem, rows, 1),
                                        .facts = db_text_at(mem, rows, 2) };
    err = db_done(rows);
    return err ? err : found ? ERR_NONE : ERR_NOT_FOUND;
}
