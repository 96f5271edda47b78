#include "store/rekey.h"
#include "base/instant.h"
#include "base/mem.h"

const struct rekey_column rekey_columns[] = {
    { "phone_calls", "transcription" },
    { "phone_calls", "summary" },
    { "phone_calls", "caller_name" },
    { "phone_calls", "claimed_phone" },
    { "phone_calls", "message" },
    { "phone_calls", "recording_url" },
    { "transcript_segments", "text" },
    { "scheduled_tasks", "title" },
    { "scheduled_tasks", "notes" },
    { "scheduled_tasks", "caller_name" },
    { "scheduled_tasks", "claimed_phone" },
    { "offers", "contingencies" },
    { "offers", "caller_name" },
    { "offers", "claimed_phone" },
    { "offers", "notes" },
    { "webhook_journal", "body" },
    { "tool_results", "sentence" },
    { "tool_results", "facts" },
    { "recordings", "url" },
};
const size_t rekey_column_count = sizeof rekey_columns / sizeof rekey_columns[0];

struct old_value {
    int64_t id;
    const char *text;
};

/* The next values that are not sealed with the newest key, opened. */
static enum err old_values_read(struct db *db, void *mem, const struct seal *seal,
                                const struct rekey_column *column, struct old_value *list,
                                size_t *count)
{
    struct db_rows *rows;
    char *current = mem_printf(mem, "sealed:1:%s:%%", seal_key_id(seal));
    char *sql =
        mem_printf(mem, "SELECT id, %s FROM %s WHERE %s IS NOT NULL AND %s NOT LIKE $1 LIMIT $2",
                   column->column, column->table, column->column, column->column);
    *count = 0;
    enum err worst = ERR_NONE;
    enum err err = db_select(db, sql, DB_ARGS(db_text(current), db_int(REKEY_BATCH)), &rows);
    if (err)
        return err;
    while (*count < REKEY_BATCH && db_next(rows)) {
        struct old_value *value = &list[(*count)++];
        value->id = db_int_at(rows, 0);
        struct seal_place place = { column->table, column->column, value->id };
        err = db_unsealed_at(mem, rows, 1, &place, &value->text);
        worst = err ? err : worst;
    }
    err = db_done(rows);
    return err ? err : worst;
}

static enum err values_write(struct db *db, void *mem, const struct rekey_column *column,
                             const struct old_value *list, size_t count)
{
    char *sql =
        mem_printf(mem, "UPDATE %s SET %s = $1 WHERE id = $2", column->table, column->column);
    enum err err = ERR_NONE;
    for (size_t i = 0; i < count && !err; i++) {
        struct seal_place place = { column->table, column->column, list[i].id };
        err =
            db_run(db, sql, DB_ARGS(db_sealed(mem, db, &place, list[i].text), db_int(list[i].id)));
    }
    return err;
}

enum err rekey_batch(struct db *db, struct seal *seal, const struct rekey_column *column,
                     int64_t *moved)
{
    void *mem = mem_context(NULL);
    struct old_value *list = mem_new_array(mem, struct old_value, REKEY_BATCH);
    size_t count = 0;
    enum err err = db_begin(db);
    if (!err) {
        err = old_values_read(db, mem, seal, column, list, &count);
        if (!err)
            err = values_write(db, mem, column, list, count);
        if (err)
            db_rollback(db);
        else
            err = db_commit(db);
    }
    *moved = (int64_t)count;
    mem_free(mem);
    return err;
}

static enum err end_is_known(struct db *db, void *mem, struct seal *seal,
                             const struct rekey_column *column, const char *order, bool *known)
{
    struct db_rows *rows;
    char *sql =
        mem_printf(mem, "SELECT %s FROM %s WHERE %s LIKE 'sealed:%%' ORDER BY id %s LIMIT 1",
                   column->column, column->table, column->column, order);
    enum err err = db_select(db, sql, DB_NO_ARGS, &rows);
    if (err)
        return err;
    if (db_next(rows))
        *known &= seal_knows(seal, db_text_at(mem, rows, 0));
    return db_done(rows);
}

enum err rekey_keys_known(struct db *db, struct seal *seal, bool *known)
{
    void *mem = mem_context(NULL);
    enum err err = ERR_NONE;
    *known = true;
    for (size_t i = 0; i < rekey_column_count && *known && !err; i++) {
        err = end_is_known(db, mem, seal, &rekey_columns[i], "ASC", known);
        if (!err)
            err = end_is_known(db, mem, seal, &rekey_columns[i], "DESC", known);
    }
    mem_free(mem);
    return err;
}
