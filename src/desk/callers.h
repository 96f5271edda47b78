/* What is held of a caller, as shown to who has a right to know. */
#ifndef AR_DESK_CALLERS_H
#define AR_DESK_CALLERS_H

#include "base/json.h"
#include "store/callers.h"

/* Adds how much there is: the name and the last call, and counts. */
void caller_put_summary(struct json_object *to, const struct caller *caller);
/* Adds all of it: calls with consent, messages, transcripts and recordings, tasks, offers. */
enum err caller_put_export(struct db *db, void *mem, const struct caller *caller, int64_t now,
                           struct json_object *to) AR_MUST_USE;
/* The caller's latest call, by which the audit log tells whose the export was: a caller has no id,
 * and a log that holds the number would outlive the caller's erasure. NO_VALUE: there is none. */
int64_t caller_last_call_id(const struct caller *caller);
/* Adds how much of it was erased, without saying whose it was. */
void caller_put_erasure(struct json_object *to, const struct caller *caller, int64_t now);

#endif
