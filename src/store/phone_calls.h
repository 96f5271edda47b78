/* The calls and what was said in them. */
#ifndef AR_STORE_PHONE_CALLS_H
#define AR_STORE_PHONE_CALLS_H

#include "store/table.h"

struct phone_call {
    struct row_head head;
    int64_t phone_number_id, property_id;
    int direction;
    const char *phone_number, *called_number, *vapi_call_id;
    int status;
    const char *ended_reason;
    int64_t duration_seconds, cost_micros;
    const char *transcription, *summary;
    int summary_source;
    int intent, intent_source;
    double confidence_score;
    int outcome, outcome_source;
    const char *caller_name, *caller_phone, *claimed_phone, *message;
    bool follow_up_created;
    const char *recording_url;
    int consent;
    bool reported;
    int64_t started_at, ended_at;
    int64_t erased_at; /* NO_VALUE: it holds what is known of the caller */
};
extern const struct table table_phone_calls;

/* A record with the defaults of a new call. */
void phone_call_init(struct phone_call *call);
/* ERR_CONFLICT when vapi_call_id is known already. */
enum err phone_call_insert(struct db *db, struct phone_call *call) AR_MUST_USE;
/* Every call of every brokerage is found by its provider's id; ERR_NOT_FOUND. */
enum err phone_call_find(struct db *db, void *mem, const char *vapi_call_id,
                         struct phone_call *call) AR_MUST_USE;

struct segment {
    int speaker;
    const char *text;
    int64_t spoken_at;
};
/* Appends a segment of a running call. One without a time was spoken now, and not before the last
 * one, whatever clocks do. */
enum err segment_append(struct db *db, int64_t call_id, const struct segment *segment,
                        int64_t now) AR_MUST_USE;
/* Puts these in the place of all that the call has. */
enum err segments_replace(struct db *db, int64_t call_id, const struct segment *list,
                          size_t count) AR_MUST_USE;
/* All segments in the order in which they were spoken. */
enum err segments_list(struct db *db, void *mem, int64_t call_id, struct segment **list,
                       size_t *count) AR_MUST_USE;

/* Notes where a recording lies; a second one of the same kind replaces the first. */
enum err recording_put(struct db *db, int64_t call_id, const char *kind, const char *url,
                       int64_t now) AR_MUST_USE;

struct recording {
    const char *kind, *url;
    int64_t created_at;
};
enum err recordings_list(struct db *db, void *mem, int64_t call_id, struct recording **list,
                         size_t *count) AR_MUST_USE;
/* Forgets where all recordings of the call lie, but for the call's own recording_url. */
enum err recordings_delete(struct db *db, int64_t call_id) AR_MUST_USE;

#endif
