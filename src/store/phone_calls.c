#include "store/phone_calls.h"
#include "base/instant.h"
#include "base/mem.h"

#define CALL(column, type, flags, ...) COLUMN(struct phone_call, column, type, flags, __VA_ARGS__)
#define KEPT FIELD_READ_ONLY

static const struct field fields[] = {
    HEAD_COLUMNS(KEPT | FIELD_FIXED),
    CALL(phone_number_id, FIELD_ID, KEPT, .about = "Our number; null once that is deleted"),
    CALL(property_id, FIELD_ID, KEPT, .about = "The property it was about"),
    CALL(direction, FIELD_WORD, KEPT | FIELD_FIXED | FIELD_NOT_NULL, .words = &words_direction,
         .about = "Who called whom"),
    CALL(phone_number, FIELD_PHONE, KEPT,
         .about = "The other party's number (caller, or who was called); null when withheld"),
    CALL(called_number, FIELD_PHONE, KEPT, .about = "Our number, as it was"),
    CALL(vapi_call_id, FIELD_TEXT, KEPT | FIELD_FIXED, .about = "The provider's id of the call"),
    CALL(status, FIELD_WORD, KEPT | FIELD_NOT_NULL, .words = &words_call_status,
         .about = "How far it has come"),
    CALL(ended_reason, FIELD_TEXT, KEPT, .about = "Why it ended, in the provider's words"),
    CALL(duration_seconds, FIELD_INT, KEPT, .about = "How long it lasted"),
    CALL(cost_micros, FIELD_MICROS, KEPT, .label = "cost", .about = "What it cost, US dollars"),
    CALL(transcription, FIELD_TEXT, KEPT | FIELD_SEALED, .about = "All that was said"),
    CALL(summary, FIELD_TEXT, KEPT | FIELD_SEALED, .about = "What it was about, in short"),
    CALL(summary_source, FIELD_WORD, KEPT | FIELD_HIDDEN, .words = &words_knowledge),
    CALL(intent, FIELD_WORD, KEPT, .words = &words_intent, .about = "What the caller wanted"),
    CALL(intent_source, FIELD_WORD, KEPT | FIELD_HIDDEN, .words = &words_knowledge),
    CALL(confidence_score, FIELD_REAL, KEPT, .about = "How sure the intent is, 0 to 1"),
    CALL(outcome, FIELD_WORD, KEPT, .words = &words_outcome, .about = "What came of it"),
    CALL(outcome_source, FIELD_WORD, KEPT | FIELD_HIDDEN, .words = &words_knowledge),
    CALL(caller_name, FIELD_TEXT, KEPT | FIELD_SEALED, .about = "As the caller gave it"),
    CALL(caller_phone, FIELD_PHONE, KEPT, .about = "The number signalled by the network"),
    CALL(claimed_phone, FIELD_TEXT, KEPT | FIELD_SEALED,
         .about = "The number the caller asked to be called at"),
    CALL(message, FIELD_TEXT, KEPT | FIELD_SEALED, .about = "Left for the agent"),
    CALL(follow_up_created, FIELD_BOOL, KEPT, .about = "Whether a task came of it"),
    CALL(recording_url, FIELD_TEXT, KEPT | FIELD_SEALED, .about = "The provider's recording"),
    CALL(consent, FIELD_WORD, KEPT | FIELD_NOT_NULL, .words = &words_consent,
         .about = "Whether the caller agreed to be recorded; refused: no recording is kept"),
    CALL(reported, FIELD_BOOL, KEPT | FIELD_HIDDEN),
    COLUMN(struct row_head, created_at, FIELD_INSTANT, KEPT | FIELD_FIXED | FIELD_NOT_NULL,
           .about = "When it first rang"),
    CALL(started_at, FIELD_INSTANT, KEPT, .about = "When it was answered"),
    CALL(ended_at, FIELD_INSTANT, KEPT, .about = "When it ended"),
    CALL(erased_at, FIELD_INSTANT, KEPT,
         .about = "When what was known of the caller was taken out; null while it is there"),
    COLUMN(struct row_head, updated_at, FIELD_INSTANT, KEPT | FIELD_NOT_NULL,
           .about = "When the record last changed"),
};

static const struct filter filters[] = {
    { "direction", "direction = ?", FIELD_WORD, &words_direction, "inbound or outbound" },
    { "status", "status = ?", FIELD_WORD, &words_call_status, "In this status" },
    { "intent", "intent = ?", FIELD_WORD, &words_intent, "With this intent" },
    { "outcome", "outcome = ?", FIELD_WORD, &words_outcome, "With this outcome" },
    { "property_id", "property_id = ?", FIELD_ID, NULL, "About this property" },
    { "phone_number", "phone_number = ?", FIELD_PHONE, NULL, "With this other party, E.164" },
    { "phone_number_id", "phone_number_id = ?", FIELD_ID, NULL, "At this number of ours" },
    { "agent_id", "agent_id = ?", FIELD_ID, NULL, "Of this agent" },
    { "from", "created_at >= ?", FIELD_INSTANT, NULL, "Not before this instant (RFC 3339) or day" },
    { "to", "created_at < ?", FIELD_INSTANT, NULL, "Before this instant (RFC 3339) or day" },
};

const struct table table_phone_calls = {
    .name = "phone_calls",
    .one = "call",
    .size = sizeof(struct phone_call),
    TABLE_FIELDS(fields),
    .order = "created_at DESC, id DESC",
    TABLE_FILTERS(filters),
};

void phone_call_init(struct phone_call *call)
{
    table_clear(&table_phone_calls, call);
    call->status = CALL_INITIATED;
    call->consent = CONSENT_UNKNOWN;
}

enum err phone_call_insert(struct db *db, struct phone_call *call)
{
    return table_insert(db, &table_phone_calls, call);
}

enum err phone_call_find(struct db *db, void *mem, const char *vapi_call_id,
                         struct phone_call *call)
{
    struct selection selection = { 0 };
    selection_add(&selection, "vapi_call_id = ?", db_text(vapi_call_id));
    return table_first(db, mem, &table_phone_calls, &selection, call);
}

static enum err segment_insert(struct db *db, int64_t call_id, int64_t position,
                               const struct segment *segment)
{
    struct seal_place place = { "transcript_segments", "text", NO_VALUE };
    enum err err = db_next_id(db, place.table, &place.row);
    if (err)
        return err;
    void *mem = mem_context(NULL);
    err = db_run(db,
                 "INSERT INTO transcript_segments (id, phone_call_id, position, role, text, "
                 "spoken_at) VALUES ($1, $2, $3, $4, $5, $6)",
                 DB_ARGS(db_int(place.row), db_int(call_id), db_int(position),
                         db_text(words_name(&words_speaker, segment->speaker)),
                         db_sealed(mem, db, &place, segment->text), db_int(segment->spoken_at)));
    mem_free(mem);
    return err;
}

enum err segment_append(struct db *db, int64_t call_id, const struct segment *segment, int64_t now)
{
    struct segment next = *segment;
    int64_t position = 1, last = NO_VALUE;
    struct db_rows *rows;
    enum err err = db_select(db,
                             "SELECT COALESCE(MAX(position), 0) + 1, MAX(spoken_at) "
                             "FROM transcript_segments WHERE phone_call_id = $1",
                             DB_ARGS(db_int(call_id)), &rows);
    if (err)
        return err;
    if (db_next(rows)) {
        position = db_int_at(rows, 0);
        last = db_int_at(rows, 1);
    }
    err = db_done(rows);
    /* NO_VALUE is the least of all integers. */
    if (next.spoken_at == NO_VALUE)
        next.spoken_at = now > last ? now : last;
    return err ? err : segment_insert(db, call_id, position, &next);
}

enum err segments_replace(struct db *db, int64_t call_id, const struct segment *list, size_t count)
{
    enum err err = db_run(db, "DELETE FROM transcript_segments WHERE phone_call_id = $1",
                          DB_ARGS(db_int(call_id)));
    for (size_t i = 0; i < count && !err; i++)
        err = segment_insert(db, call_id, (int64_t)i + 1, &list[i]);
    return err;
}

static enum err segment_read(void *mem, const struct db_rows *rows, struct segment *segment)
{
    struct seal_place place = { "transcript_segments", "text", db_int_at(rows, 0) };
    segment->speaker = words_find(&words_speaker, db_text_at(mem, rows, 1));
    segment->spoken_at = db_int_at(rows, 3);
    return db_unsealed_at(mem, rows, 2, &place, &segment->text);
}

enum err segments_list(struct db *db, void *mem, int64_t call_id, struct segment **list,
                       size_t *count)
{
    struct db_rows *rows;
    size_t room = 0;
    *list = NULL;
    *count = 0;
    enum err worst = ERR_NONE;
    enum err err = db_select(db,
                             "SELECT id, role, text, spoken_at FROM transcript_segments "
                             "WHERE phone_call_id = $1 ORDER BY spoken_at, position",
                             DB_ARGS(db_int(call_id)), &rows);
    if (err)
        return err;
    while (db_next(rows)) {
        if (*count == room) {
            room = room ? 2 * room : 32;
            *list = mem_resize(mem, *list, struct segment, room);
        }
        err = segment_read(mem, rows, &(*list)[(*count)++]);
        worst = err ? err : worst;
    }
    err = db_done(rows);
    return err ? err : worst;
}

enum err recording_put(struct db *db, int64_t call_id, const char *kind, const char *url,
                       int64_t now)
{
    struct seal_place place = { "recordings", "url", NO_VALUE };
    enum err err = db_run(db, "DELETE FROM recordings WHERE phone_call_id = $1 AND kind = $2",
                          DB_ARGS(db_int(call_id), db_text(kind)));
    if (!err)
        err = db_next_id(db, place.table, &place.row);
    if (err)
        return err;
    void *mem = mem_context(NULL);
    err = db_run(db,
                 "INSERT INTO recordings (id, phone_call_id, kind, url, created_at) "
                 "VALUES ($1, $2, $3, $4, $5)",
                 DB_ARGS(db_int(place.row), db_int(call_id), db_text(kind),
                         db_sealed(mem, db, &place, url), db_int(now)));
    mem_free(mem);
    return err;
}

enum err recordings_list(struct db *db, void *mem, int64_t call_id, struct recording **list,
                         size_t *count)
{
    struct db_rows *rows;
    enum err worst = ERR_NONE;
    *list = NULL;
    *count = 0;
    enum err err = db_select(db,
                             "SELECT id, kind, created_at, url FROM recordings "
                             "WHERE phone_call_id = $1 ORDER BY kind",
                             DB_ARGS(db_int(call_id)), &rows);
    if (err)
        return err;
    while (db_next(rows)) {
        struct seal_place place = { "recordings", "url", db_int_at(rows, 0) };
        *list = mem_resize(mem, *list, struct recording, *count + 1);
        struct recording *recording = &(*list)[(*count)++];
        recording->kind = db_text_at(mem, rows, 1);
        recording->created_at = db_int_at(rows, 2);
        err = db_unsealed_at(mem, rows, 3, &place, &recording->url);
        worst = err ? err : worst;
    }
    err = db_done(rows);
    return err ? err : worst;
}

enum err recordings_delete(struct db *db, int64_t call_id)
{
    return db_run(db, "DELETE FROM recordings WHERE phone_call_id = $1", DB_ARGS(db_int(call_id)));
}
