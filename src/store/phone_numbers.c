#include "store/phone_numbers.h"
#include "base/instant.h"
#include "base/mem.h"

#define NUMBER(column, type, flags, ...)                                                           \
    COLUMN(struct phone_number, column, type, flags, __VA_ARGS__)

static const struct field fields[] = {
    HEAD_COLUMNS(FIELD_FIXED),
    NUMBER(phone_number, FIELD_PHONE, FIELD_REQUIRED, .about = "The number itself, E.164; unique"),
    NUMBER(friendly_name, FIELD_TEXT, 0, .max = 200,
           .about = "\"Main Line\", \"Listings Hotline\""),
    NUMBER(provider, FIELD_WORD, FIELD_NOT_NULL, .words = &words_provider,
           .about = "Who carries its calls"),
    NUMBER(provider_phone_id, FIELD_TEXT, 0, .min = 1, .max = 200,
           .about = "The provider's id of the number; unique"),
    NUMBER(is_active, FIELD_BOOL, FIELD_NOT_NULL, .about = "Whether calls to it are answered"),
    NUMBER(is_primary, FIELD_BOOL, FIELD_NOT_NULL,
           .about = "The agent's main number; exactly one is"),
    NUMBER(greeting_message, FIELD_TEXT, 0, .max = 1000, .about = "What callers hear first"),
    NUMBER(ai_voice_id, FIELD_TEXT, 0, .max = 200, .about = "The voice provider's voice"),
    NUMBER(ai_assistant_id, FIELD_TEXT, 0, .max = 200,
           .about = "A saved Vapi assistant to use instead of the one composed for each call"),
    NUMBER(forward_to_number, FIELD_PHONE, 0, .about = "Where calls are forwarded to"),
    NUMBER(forward_when, FIELD_WORD, FIELD_NOT_NULL, .words = &words_forward_when,
           .about = "When calls are forwarded; unavailable: when the caller asks for a person"),
    NUMBER(business_hours_start, FIELD_CLOCK, 0, .about = "HH:MM; together with the end"),
    NUMBER(business_hours_end, FIELD_CLOCK, 0,
           .about = "HH:MM; earlier than the start for hours that span midnight"),
    NUMBER(timezone, FIELD_ZONE, FIELD_NOT_NULL,
           .about = "IANA time zone of its hours and of what callers are told"),
    NUMBER(can_receive_calls, FIELD_BOOL, FIELD_NOT_NULL, .about = "Takes calls"),
    NUMBER(can_make_calls, FIELD_BOOL, FIELD_NOT_NULL, .about = "Places calls"),
    NUMBER(can_receive_texts, FIELD_BOOL, FIELD_NOT_NULL, .about = "Takes text messages"),
    NUMBER(can_send_texts, FIELD_BOOL, FIELD_NOT_NULL, .about = "Sends text messages"),
    NUMBER(recording_enabled, FIELD_BOOL, FIELD_NOT_NULL, .about = "Whether calls are recorded"),
    NUMBER(transcription_enabled, FIELD_BOOL, FIELD_NOT_NULL,
           .about = "Whether calls are transcribed"),
    NUMBER(announce_recording, FIELD_BOOL, FIELD_NOT_NULL,
           .about = "Whether callers are told that the call is recorded, when it is"),
    NUMBER(recording_notice, FIELD_TEXT, 0, .max = 300,
           .about = "In which words; \"This call is recorded.\" unless given"),
    NUMBER(total_calls, FIELD_INT, FIELD_READ_ONLY | FIELD_DERIVED | FIELD_NOT_NULL,
           .about = "Calls so far"),
    NUMBER(total_minutes, FIELD_REAL, FIELD_READ_ONLY | FIELD_DERIVED | FIELD_NOT_NULL,
           .about = "How long the calls lasted so far"),
    NUMBER(total_cost_micros, FIELD_MICROS, FIELD_READ_ONLY | FIELD_DERIVED | FIELD_NOT_NULL,
           .label = "total_cost", .about = "What the calls cost so far, US dollars"),
    NUMBER(last_call_at, FIELD_INSTANT, FIELD_READ_ONLY | FIELD_DERIVED,
           .about = "When the last call began"),
    TIME_COLUMNS,
};

static const struct filter filters[] = {
    { "is_active", "is_active = ?", FIELD_BOOL, NULL,
      "Only active (true) or inactive (false) ones" },
    { "provider", "provider = ?", FIELD_WORD, &words_provider, "Only this provider's" },
    { "agent_id", "agent_id = ?", FIELD_ID, NULL, "Only this agent's" },
};

const struct table table_phone_numbers = {
    .name = "phone_numbers",
    .one = "phone number",
    .size = sizeof(struct phone_number),
    TABLE_FIELDS(fields),
    .order = "id",
    TABLE_FILTERS(filters),
};

void phone_number_init(struct phone_number *number)
{
    table_clear(&table_phone_numbers, number);
    number->provider = PROVIDER_VAPI;
    number->is_active = number->can_receive_calls = number->can_make_calls = true;
    number->recording_enabled = number->transcription_enabled = true;
    number->announce_recording = true;
    number->total_calls = number->total_cost_micros = 0;
    number->total_minutes = 0;
}

static enum err agent_demote(struct db *db, int64_t agent_id, int64_t now)
{
    return db_run(db,
                  "UPDATE phone_numbers SET is_primary = 0, updated_at = $2 "
                  "WHERE agent_id = $1 AND is_primary = 1",
                  DB_ARGS(db_int(agent_id), db_int(now)));
}

enum err phone_number_insert(struct db *db, struct phone_number *number)
{
    int64_t others;
    if (number->forward_when == WORD_NONE)
        number->forward_when = number->forward_to_number ? FORWARD_UNAVAILABLE : FORWARD_NEVER;
    enum err err =
        db_get_int(db, "SELECT COUNT(*) FROM phone_numbers WHERE agent_id = $1 AND is_primary = 1",
                   DB_ARGS(db_int(number->head.agent_id)), &others);
    if (err)
        return err;
    if (others == 0)
        number->is_primary = true;
    else if (number->is_primary)
        err = agent_demote(db, number->head.agent_id, number->head.created_at);
    return err ? err : table_insert(db, &table_phone_numbers, number);
}

enum err phone_number_update(struct db *db, void *mem, const struct phone_number *before,
                             struct phone_number *after, int64_t now)
{
    if (before->is_primary && !after->is_primary)
        return ERR_CONFLICT;
    enum err err = ERR_NONE;
    if (after->is_primary && !before->is_primary)
        err = agent_demote(db, after->head.agent_id, now);
    return err ? err : table_change(db, mem, &table_phone_numbers, before, after, now);
}

enum err phone_number_delete(struct db *db, const struct phone_number *number)
{
    enum err err = table_delete(db, &table_phone_numbers, number->head.id);
    if (err || !number->is_primary)
        return err;
    return db_run(db,
                  "UPDATE phone_numbers SET is_primary = 1 WHERE id = "
                  "(SELECT MIN(id) FROM phone_numbers WHERE agent_id = $1)",
                  DB_ARGS(db_int(number->head.agent_id)));
}

static enum err find_by(struct db *db, void *mem, const char *sql, const char *value,
                        struct phone_number *number)
{
    struct selection selection = { 0 };
    if (!value)
        return ERR_NOT_FOUND;
    selection_add(&selection, sql, db_text(value));
    return table_first(db, mem, &table_phone_numbers, &selection, number);
}

enum err phone_number_find(struct db *db, void *mem, const char *provider_phone_id,
                           const char *e164, struct phone_number *number)
{
    enum err err = find_by(db, mem, "provider_phone_id = ?", provider_phone_id, number);
    return err == ERR_NOT_FOUND ? find_by(db, mem, "phone_number = ?", e164, number) : err;
}

enum err phone_number_primary(struct db *db, void *mem, int64_t agent_id,
                              struct phone_number *number)
{
    struct selection selection = { 0 };
    selection_add(&selection, "is_primary = 1 AND agent_id = ?", db_int(agent_id));
    return table_first(db, mem, &table_phone_numbers, &selection, number);
}
