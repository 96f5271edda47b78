#include "store/do_not_call.h"
#include "base/mem.h"

enum err do_not_call_since(struct db *db, int64_t brokerage_id, const char *phone, int64_t *since)
{
    return db_get_int(
        db, "SELECT created_at FROM do_not_call WHERE brokerage_id = $1 AND phone_number = $2",
        DB_ARGS(db_int(brokerage_id), db_text(phone)), since);
}

enum err do_not_call_add(struct db *db, int64_t brokerage_id, const char *phone, int64_t now)
{
    return db_run(db,
                  "INSERT INTO do_not_call (brokerage_id, phone_number, created_at) "
                  "VALUES ($1, $2, $3) ON CONFLICT (brokerage_id, phone_number) DO NOTHING",
                  DB_ARGS(db_int(brokerage_id), db_text(phone), db_int(now)));
}

enum err do_not_call_list(struct db *db, void *mem, int64_t brokerage_id, int64_t limit,
                          int64_t offset, struct blocked **list, size_t *count, int64_t *total)
{
    struct db_rows *rows;
    *list = NULL;
    *count = 0;
    enum err err = ERR_NONE;
    if (total)
        err = db_get_int(db, "SELECT COUNT(*) FROM do_not_call WHERE brokerage_id = $1",
                         DB_ARGS(db_int(brokerage_id)), total);
    if (!err)
        err = db_select(db,
                        "SELECT phone_number, created_at FROM do_not_call WHERE brokerage_id = $1 "
                        "ORDER BY phone_number LIMIT $2 OFFSET $3",
                        DB_ARGS(db_int(brokerage_id), db_int(limit), db_int(offset)), &rows);
    if (err)
        return err;
    while (db_next(rows)) {
        *list = mem_resize(mem, *list, struct blocked, *count + 1);
        (*list)[(*count)++] = (struct blocked){ db_text_at(mem, rows, 0), db_int_at(rows, 1) };
    }
    return db_done(rows);
}

enum err do_not_call_remove(struct db *db, int64_t brokerage_id, const char *phone)
{
    enum err err =
        db_run(db, "DELETE FROM do_not_call WHERE brokerage_id = $1 AND phone_number = $2",
               DB_ARGS(db_int(brokerage_id), db_text(phone)));
    return err ? err : db_changes(db) == 1 ? ERR_NONE : ERR_NOT_FOUND;
}
