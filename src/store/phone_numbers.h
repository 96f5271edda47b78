/* The brokerage's own telephone numbers. One of an agent's numbers is the primary one, always
 * exactly one where there are any: these functions keep it so, inside the caller's write
 * transaction. */
#ifndef AR_STORE_PHONE_NUMBERS_H
#define AR_STORE_PHONE_NUMBERS_H

#include "store/table.h"

struct phone_number {
    struct row_head head;
    const char *phone_number, *friendly_name;
    int provider;
    const char *provider_phone_id;
    bool is_active, is_primary;
    const char *greeting_message, *ai_voice_id, *ai_assistant_id, *forward_to_number;
    int forward_when;
    const char *business_hours_start, *business_hours_end, *timezone;
    bool can_receive_calls, can_make_calls, can_receive_texts, can_send_texts;
    bool recording_enabled, transcription_enabled, announce_recording;
    const char *recording_notice; /* NULL: the usual sentence */
    int64_t total_calls, total_cost_micros;
    double total_minutes;
    int64_t last_call_at;
};
extern const struct table table_phone_numbers;

/* A record with the defaults of a new number. */
void phone_number_init(struct phone_number *number);
/* A number that says where to forward to, but not when, forwards callers who want a person.
 * ERR_CONFLICT when the number or the provider's id is taken. */
enum err phone_number_insert(struct db *db, struct phone_number *number) AR_MUST_USE;
/* ERR_CONFLICT too when it would leave the agent without a primary number. */
enum err phone_number_update(struct db *db, void *mem, const struct phone_number *before,
                             struct phone_number *after, int64_t now) AR_MUST_USE;
/* Deletes it; its calls stay; the agent's oldest other number becomes primary if this one was. */
enum err phone_number_delete(struct db *db, const struct phone_number *number) AR_MUST_USE;
/* By the provider's id, else by E.164, whichever is given; ERR_NOT_FOUND. */
enum err phone_number_find(struct db *db, void *mem, const char *provider_phone_id,
                           const char *e164, struct phone_number *number) AR_MUST_USE;
/* The agent's primary number. */
enum err phone_number_primary(struct db *db, void *mem, int64_t agent_id,
                              struct phone_number *number) AR_MUST_USE;

#endif
