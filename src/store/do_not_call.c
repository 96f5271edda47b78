#include "store/do_not_call.h"

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

enum err do_not_call_remove(struct db *db, int64_t brokerage_id, const char *phone)
{
    enum err err =
        db_run(db, "DELETE FROM do_not_call WHERE brokerage_id = $1 AND phone_number = $2",
               DB_ARGS(db_int(brokerage_id), db_text(phone)));
    return err ? err : db_changes(db) == 1 ? ERR_NONE : ERR_NOT_FOUND;
}
