/* Work that may wait for cron: the network is no place to go while a caller waits. */
#ifndef AR_STORE_OUTBOX_H
#define AR_STORE_OUTBOX_H

#include "store/db.h"
#include <stddef.h>

/* Queues the deletion of the call's data at the provider, not to be tried before that instant: kind
 * "vapi_delete_call", payload the provider's id. Does nothing for a call without such an id, one
 * that was deleted there, or one that waits in the queue already. */
enum err outbox_delete_call(struct db *db, int64_t call_id, int64_t not_before,
                            int64_t now) AR_MUST_USE;

/* The same at once for all calls of from <= created_at < to: those of which a recording is known,
 * or the others. */
enum err outbox_delete_calls(struct db *db, int64_t brokerage_id, int64_t from, int64_t to,
                             bool recorded, int64_t now) AR_MUST_USE;

/* ---- carrying it out (src/outbox/) ---- */

/* A row that waits. */
struct outbox_job {
    int64_t id;
    int64_t phone_call_id, brokerage_id;
    const char *payload;
    int64_t attempts; /* so far */
    int64_t created_at;
};
/* The rows of that kind whose time has come, at most `most`, whoever waits longest first; on mem.
 */
enum err outbox_due(struct db *db, void *mem, const char *kind, int64_t now, int64_t most,
                    struct outbox_job **jobs, size_t *count) AR_MUST_USE;
/* It is done, and the provider holds nothing of the call any more; or given up, where last_error
 * says why. In the caller's write transaction, as the
 * next. */
enum err outbox_end(struct db *db, int64_t id, const char *last_error, int64_t now) AR_MUST_USE;
/* It failed, and is to be tried again not before that instant. */
enum err outbox_postpone(struct db *db, int64_t id, const char *last_error,
                         int64_t not_before) AR_MUST_USE;

/* How the queue stands. */
struct outbox_state {
    int64_t waiting;        /* rows whose time has come */
    int64_t oldest;         /* since when the longest of them is in the queue; NO_VALUE */
    int64_t given_up;       /* rows that ended with an error */
    const char *last_error; /* of the one that waits longest; NULL */
};
enum err outbox_look(struct db *db, void *mem, int64_t now, struct outbox_state *state) AR_MUST_USE;
/* Forgets, or only counts, what ended before that instant: at most `most` rows. */
enum err outbox_ended_count(struct db *db, int64_t before, int64_t *count) AR_MUST_USE;
enum err outbox_ended_remove(struct db *db, int64_t before, int64_t most,
                             int64_t *removed) AR_MUST_USE;

#endif
