#include "store/outbox.h"
#include "base/instant.h"
#include "base/mem.h"

/* Of calls that the provider may still know, and that do not wait already. */
#define QUEUE(at)                                                                                  \
    "INSERT INTO outbox (kind, phone_call_id, payload, not_before, created_at) "                   \
    "SELECT 'vapi_delete_call', c.id, c.vapi_call_id, " at " FROM phone_calls AS c "               \
    "WHERE c.vapi_call_id IS NOT NULL AND c.provider_deleted_at IS NULL AND NOT EXISTS ("          \
    "SELECT 1 FROM outbox WHERE phone_call_id = c.id AND kind = 'vapi_delete_call' "               \
    "AND done_at IS NULL) AND "
#define QUEUE_SPAN                                                                                 \
    QUEUE("$4, $4") "c.brokerage_id = $1 AND c.created_at >= $2 AND c.created_at < $3 AND "
#define RECORDED                                                                                   \
    "(c.recording_url IS NOT NULL OR EXISTS (SELECT 1 FROM recordings WHERE phone_call_id = "      \
    "c.id))"

enum err outbox_delete_call(struct db *db, int64_t call_id, int64_t not_before, int64_t now)
{
    return db_run(db, QUEUE("$2, $3") "c.id = $1",
                  DB_ARGS(db_int(call_id), db_int(not_before), db_int(now)));
}

enum err outbox_delete_calls(struct db *db, int64_t brokerage_id, int64_t from, int64_t to,
                             bool recorded, int64_t now)
{
    return db_run(db, recorded ? QUEUE_SPAN RECORDED : QUEUE_SPAN "NOT " RECORDED,
                  DB_ARGS(db_int(brokerage_id), db_int(from), db_int(to), db_int(now)));
}

/* ---- carrying it out ---- */

enum err outbox_due(struct db *db, void *mem, const char *kind, int64_t now, int64_t most,
                    struct outbox_job **jobs, size_t *count)
{
    struct db_rows *rows;
    *jobs = NULL;
    *count = 0;
    enum err err = db_select(db,
                             "SELECT o.id, o.phone_call_id, c.brokerage_id, o.payload, o.attempts, "
                             "o.created_at FROM outbox AS o "
                             "LEFT JOIN phone_calls AS c ON c.id = o.phone_call_id "
                             "WHERE o.done_at IS NULL AND o.not_before <= $1 AND o.kind = $2 "
                             "ORDER BY o.not_before, o.id LIMIT $3",
                             DB_ARGS(db_int(now), db_text(kind), db_int(most)), &rows);
    if (err)
        return err;
    while (db_next(rows)) {
        *jobs = mem_resize(mem, *jobs, struct outbox_job, *count + 1);
        (*jobs)[(*count)++] = (struct outbox_job){ .id = db_int_at(rows, 0),
                                                   .phone_call_id = db_int_at(rows, 1),
                                                   .brokerage_id = db_int_at(rows, 2),
                                                   .payload = db_text_at(mem, rows, 3),
                                                   .attempts = db_int_at(rows, 4),
                                                   .created_at = db_int_at(rows, 5) };
    }
    return db_done(rows);
}

enum err outbox_end(struct db *db, int64_t id, const char *last_error, int64_t now)
{
    enum err err = ERR_NONE;
    if (!last_error)
        err = db_run(db,
                     "UPDATE phone_calls SET provider_deleted_at = $2 "
                     "WHERE id = (SELECT phone_call_id FROM outbox WHERE id = $1)",
                     DB_ARGS(db_int(id), db_int(now)));
    if (err)
        return err;
    return db_run(db,
                  "UPDATE outbox SET done_at = $2, last_error = $3, attempts = attempts + 1 "
                  "WHERE id = $1 AND done_at IS NULL",
                  DB_ARGS(db_int(id), db_int(now), db_text(last_error)));
}

enum err outbox_postpone(struct db *db, int64_t id, const char *last_error, int64_t not_before)
{
    return db_run(db,
                  "UPDATE outbox SET not_before = $2, last_error = $3, attempts = attempts + 1 "
                  "WHERE id = $1 AND done_at IS NULL",
                  DB_ARGS(db_int(id), db_int(not_before), db_text(last_error)));
}

/* ---- how it stands ---- */

enum err outbox_look(struct db *db, void *mem, int64_t now, struct outbox_state *state)
{
    struct db_rows *rows;
    *state = (struct outbox_state){ .oldest = NO_VALUE };
    /* What is put off for a while after a failure has been waiting since it was queued. */
    enum err err = db_select(
        db,
        "SELECT COUNT(*), MIN(created_at), (SELECT last_error FROM outbox WHERE done_at IS NULL "
        "AND (not_before <= $1 OR attempts > 0) ORDER BY created_at, id LIMIT 1), "
        "(SELECT COUNT(*) FROM outbox WHERE done_at IS NOT NULL AND last_error IS NOT NULL) "
        "FROM outbox WHERE done_at IS NULL AND (not_before <= $1 OR attempts > 0)",
        DB_ARGS(db_int(now)), &rows);
    if (err)
        return err;
    if (db_next(rows)) {
        state->waiting = db_int_at(rows, 0);
        state->oldest = db_int_at(rows, 1);
        state->last_error = db_text_at(mem, rows, 2);
        state->given_up = db_int_at(rows, 3);
    }
    return db_done(rows);
}

#define ENDED "FROM outbox WHERE done_at < $1"

enum err outbox_ended_count(struct db *db, int64_t before, int64_t *count)
{
    return db_get_int(db, "SELECT COUNT(*) " ENDED, DB_ARGS(db_int(before)), count);
}

enum err outbox_ended_remove(struct db *db, int64_t before, int64_t most, int64_t *removed)
{
    enum err err = db_run(db, "DELETE FROM outbox WHERE id IN (SELECT id " ENDED " LIMIT $2)",
                          DB_ARGS(db_int(before), db_int(most)));
    *removed = db_changes(db);
    return err;
}
