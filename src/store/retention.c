#include "store/retention.h"
#include "base/instant.h"
#include "base/mem.h"
#include "store/outbox.h"

static const char *const kinds[RETAINED_COUNT] = { "recordings", "transcripts", "details",
                                                   "tasks",      "journal",     "audit" };
const struct words words_retained = { "kind", RETAINED_COUNT, kinds };

/* ---- the periods ---- */

enum err retention_get(struct db *db, int64_t brokerage_id, struct retention *retention)
{
    struct db_rows *rows;
    enum err err = db_select(db,
                             "SELECT retain_recordings_days, retain_transcripts_days, "
                             "retain_details_days, retain_tasks_days, retain_journal_days, "
                             "retain_audit_days "
                             "FROM brokerages WHERE id = $1",
                             DB_ARGS(db_int(brokerage_id)), &rows);
    if (err)
        return err;
    bool found = db_next(rows);
    for (int kind = 0; found && kind < RETAINED_COUNT; kind++)
        retention->days[kind] = db_int_at(rows, kind);
    err = db_done(rows);
    return err ? err : found ? ERR_NONE : ERR_NOT_FOUND;
}

enum err retention_set(struct db *db, int64_t brokerage_id, const struct retention *retention,
                       int64_t now)
{
    const int64_t *days = retention->days;
    return db_run(db,
                  "UPDATE brokerages SET retain_recordings_days = $2, "
                  "retain_transcripts_days = $3, retain_details_days = $4, "
                  "retain_tasks_days = $5, retain_journal_days = $6, retain_audit_days = $7, "
                  "updated_at = $8 "
                  "WHERE id = $1",
                  DB_ARGS(db_int(brokerage_id), db_int(days[RETAINED_RECORDINGS]),
                          db_int(days[RETAINED_TRANSCRIPTS]), db_int(days[RETAINED_DETAILS]),
                          db_int(days[RETAINED_TASKS]), db_int(days[RETAINED_JOURNAL]),
                          db_int(days[RETAINED_AUDIT]), db_int(now)));
}

char *retention_changes(void *mem, const struct retention *before, const struct retention *after)
{
    char *text = NULL;
    for (int kind = 0; kind < RETAINED_COUNT; kind++)
        if (before->days[kind] != after->days[kind])
            mem_append(mem, &text, "%s%s", text ? "," : "", kinds[kind]);
    return text;
}

enum err retention_brokerages(struct db *db, void *mem, int64_t **ids, size_t *count)
{
    struct db_rows *rows;
    *ids = NULL;
    *count = 0;
    enum err err = db_select(db, "SELECT id FROM brokerages ORDER BY id", DB_NO_ARGS, &rows);
    if (err)
        return err;
    while (db_next(rows)) {
        *ids = mem_resize(mem, *ids, int64_t, *count + 1);
        (*ids)[(*count)++] = db_int_at(rows, 0);
    }
    return db_done(rows);
}

/* ---- what is removed ---- */

/* In all statements: $1 the brokerage, $2 and $3 the span, $4 how many at most, $5 now. */
#define SPAN "c.brokerage_id = $1 AND c.created_at >= $2 AND c.created_at < $3"
#define CALLS_WITH(what) "FROM phone_calls AS c WHERE " SPAN " AND c." what
#define ROWS_OF(table)                                                                             \
    "FROM phone_calls AS c JOIN " table " AS r ON r.phone_call_id = c.id WHERE " SPAN
#define STRIP(of, what, set)                                                                       \
    {                                                                                              \
        of, "SELECT COUNT(*) " CALLS_WITH(what),                                                   \
            "UPDATE phone_calls SET " set                                                          \
            " WHERE id IN (SELECT c.id " CALLS_WITH(what) " LIMIT $4)"                             \
    }
#define REMOVE(of, table)                                                                          \
    {                                                                                              \
        of, "SELECT COUNT(*) " ROWS_OF(table),                                                     \
            "DELETE FROM " table " WHERE id IN (SELECT r.id " ROWS_OF(table) " LIMIT $4)"          \
    }

/* What tells of a caller in rows of that table, which stay. A title must be, so it is replaced. */
#define BARE_TITLE "'Of a caller who is no longer known'"
#define BARE_TASK                                                                                  \
    "(r.title <> " BARE_TITLE " OR r.notes IS NOT NULL OR r.caller_name IS NOT NULL "              \
    "OR r.caller_phone IS NOT NULL OR r.claimed_phone IS NOT NULL)"
#define BARE_OFFER                                                                                 \
    "(r.contingencies IS NOT NULL OR r.notes IS NOT NULL OR r.caller_name IS NOT NULL "            \
    "OR r.caller_phone IS NOT NULL OR r.claimed_phone IS NOT NULL)"
#define BARE(of, table, told, set)                                                                 \
    {                                                                                              \
        of, "SELECT COUNT(*) " ROWS_OF(table) " AND " told,                                        \
            "UPDATE " table " SET " set ", notes = NULL, caller_name = NULL, "                     \
            "caller_phone = NULL, claimed_phone = NULL, updated_at = $5 "                          \
            "WHERE id IN (SELECT r.id " ROWS_OF(table) " AND " told " LIMIT $4)"                   \
    }

static const struct step {
    enum retained kind;
    const char *count, *remove;
} steps[] = {
    REMOVE(RETAINED_RECORDINGS, "recordings"),
    STRIP(RETAINED_RECORDINGS, "recording_url IS NOT NULL", "recording_url = NULL"),
    REMOVE(RETAINED_TRANSCRIPTS, "transcript_segments"),
    STRIP(RETAINED_TRANSCRIPTS, "transcription IS NOT NULL", "transcription = NULL"),
    REMOVE(RETAINED_DETAILS, "tool_results"),
    REMOVE(RETAINED_DETAILS, "slot_holds"),
    STRIP(RETAINED_DETAILS, "erased_at IS NULL",
          "phone_number = NULL, caller_phone = NULL, claimed_phone = NULL, caller_name = NULL, "
          "message = NULL, summary = NULL, erased_at = $5"),
    BARE(RETAINED_TASKS, "scheduled_tasks", BARE_TASK, "title = " BARE_TITLE),
    BARE(RETAINED_TASKS, "offers", BARE_OFFER, "contingencies = NULL"),
    REMOVE(RETAINED_JOURNAL, "webhook_journal"),
};
static const size_t step_count = sizeof steps / sizeof steps[0];

enum err retention_count(struct db *db, const struct retention_span *span, int64_t *count)
{
    *count = 0;
    for (size_t i = 0; i < step_count; i++) {
        int64_t rows;
        if (steps[i].kind != span->kind)
            continue;
        enum err err = db_get_int(
            db, steps[i].count,
            DB_ARGS(db_int(span->brokerage_id), db_int(span->from), db_int(span->to)), &rows);
        if (err)
            return err;
        *count += rows;
    }
    return ERR_NONE;
}

/* ---- how far it has come ---- */

enum err retention_mark(struct db *db, int64_t brokerage_id, enum retained kind,
                        int64_t *done_before)
{
    enum err err = db_get_int(
        db, "SELECT done_before FROM retention_marks WHERE brokerage_id = $1 AND kind = $2",
        DB_ARGS(db_int(brokerage_id), db_text(kinds[kind])), done_before);
    if (err == ERR_NOT_FOUND)
        *done_before = 0;
    return err == ERR_NOT_FOUND ? ERR_NONE : err;
}

/* A mark never goes back: another purge may have been here meanwhile. */
static enum err mark_move(struct db *db, const struct retention_span *span)
{
    return db_run(
        db,
        "INSERT INTO retention_marks (brokerage_id, kind, done_before) "
        "VALUES ($1, $2, $3) ON CONFLICT (brokerage_id, kind) DO UPDATE "
        "SET done_before = excluded.done_before "
        "WHERE retention_marks.done_before < excluded.done_before",
        DB_ARGS(db_int(span->brokerage_id), db_text(kinds[span->kind]), db_int(span->to)));
}

enum err retention_cut(struct db *db, struct retention_span *span)
{
    int64_t next;
    enum err err = db_get_int(db,
                              "SELECT created_at FROM phone_calls WHERE brokerage_id = $1 "
                              "AND created_at >= $2 AND created_at < $3 "
                              "ORDER BY created_at LIMIT 1 OFFSET $4",
                              DB_ARGS(db_int(span->brokerage_id), db_int(span->from),
                                      db_int(span->to), db_int(RETENTION_BATCH)),
                              &next);
    if (err)
        return err == ERR_NOT_FOUND ? ERR_NONE : err;
    span->to = next > span->from ? next : span->from + 1;
    return ERR_NONE;
}

/* The provider deletes a call whole: with its recording, or, where there is none, with what was
 * said. */
static bool provider_deletes(enum retained kind)
{
    return kind == RETAINED_RECORDINGS || kind == RETAINED_TRANSCRIPTS || kind == RETAINED_DETAILS;
}

enum err retention_remove(struct db *db, const struct retention_span *span, int64_t now,
                          int64_t *removed)
{
    enum err err = ERR_NONE;
    *removed = 0;
    if (provider_deletes(span->kind))
        err = outbox_delete_calls(db, span->brokerage_id, span->from, span->to,
                                  span->kind == RETAINED_RECORDINGS, now);
    for (size_t i = 0; i < step_count && !err && *removed < RETENTION_BATCH; i++) {
        if (steps[i].kind != span->kind)
            continue;
        err = db_run(db, steps[i].remove,
                     DB_ARGS(db_int(span->brokerage_id), db_int(span->from), db_int(span->to),
                             db_int(RETENTION_BATCH - *removed), db_int(now)));
        *removed += db_changes(db);
    }
    return err || *removed == RETENTION_BATCH ? err : mark_move(db, span);
}

/* ---- messages that belong to no call ---- */

#define STRANGERS "FROM webhook_journal WHERE phone_call_id IS NULL AND received_at < $1"

enum err strangers_count(struct db *db, int64_t before, int64_t *count)
{
    return db_get_int(db, "SELECT COUNT(*) " STRANGERS, DB_ARGS(db_int(before)), count);
}

enum err strangers_remove(struct db *db, int64_t before, int64_t *removed)
{
    enum err err =
        db_run(db, "DELETE FROM webhook_journal WHERE id IN (SELECT id " STRANGERS " LIMIT $2)",
               DB_ARGS(db_int(before), db_int(RETENTION_BATCH)));
    *removed = db_changes(db);
    return err;
}

/* Walks from the oldest row to the first that stays: no further than what is counted. */
enum err retention_audit_count(struct db *db, int64_t before, int64_t *count)
{
    return db_get_int(db,
                      "SELECT COUNT(*) FROM audit_log WHERE id < COALESCE((SELECT id FROM "
                      "audit_log WHERE id > 0 AND at >= $1 ORDER BY id LIMIT 1), "
                      "9223372036854775807)",
                      DB_ARGS(db_int(before)), count);
}
