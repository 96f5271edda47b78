#include "store/outbox.h"

enum err outbox_delete_call(struct db *db, int64_t call_id, int64_t not_before, int64_t now)
{
    return db_run(db,
                  "INSERT INTO outbox (kind, phone_call_id, payload, not_before, created_at) "
                  "SELECT 'vapi_delete_call', id, vapi_call_id, $2, $3 FROM phone_calls "
                  "WHERE id = $1 AND vapi_call_id IS NOT NULL AND NOT EXISTS ("
                  "SELECT 1 FROM outbox WHERE phone_call_id = $1 AND kind = 'vapi_delete_call' "
                  "AND done_at IS NULL)",
                  DB_ARGS(db_int(call_id), db_int(not_before), db_int(now)));
}

enum err outbox_delete_recorded(struct db *db, int64_t brokerage_id, int64_t from, int64_t to,
                                int64_t now)
{
    return db_run(
        db,
        "INSERT INTO outbox (kind, phone_call_id, payload, not_before, created_at) "
        "SELECT 'vapi_delete_call', c.id, c.vapi_call_id, $4, $4 FROM phone_calls AS c "
        "WHERE c.brokerage_id = $1 AND c.created_at >= $2 AND c.created_at < $3 "
        "AND c.vapi_call_id IS NOT NULL AND (c.recording_url IS NOT NULL "
        "OR EXISTS (SELECT 1 FROM recordings WHERE phone_call_id = c.id)) AND NOT EXISTS ("
        "SELECT 1 FROM outbox WHERE phone_call_id = c.id AND kind = 'vapi_delete_call' "
        "AND done_at IS NULL)",
        DB_ARGS(db_int(brokerage_id), db_int(from), db_int(to), db_int(now)));
}
