/* Work that may wait for cron: the network is no place to go while a caller waits. */
#ifndef AR_STORE_OUTBOX_H
#define AR_STORE_OUTBOX_H

#include "store/db.h"

/* Queues the deletion of the call's data at the provider, not to be tried before that instant: kind
 * "vapi_delete_call", payload the provider's id. Does nothing for a call without such an id, or
 * when it waits in the queue already. */
enum err outbox_delete_call(struct db *db, int64_t call_id, int64_t not_before,
                            int64_t now) AR_MUST_USE;

/* The same at once for all calls of from <= created_at < to of which a recording is known. */
enum err outbox_delete_recorded(struct db *db, int64_t brokerage_id, int64_t from, int64_t to,
                                int64_t now) AR_MUST_USE;

#endif
