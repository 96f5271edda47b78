/* Everything that is held of one caller, wherever it lies.
 *
 * A caller is a number: the calls that were signalled from or to it, those with a withheld number
 * in which it was given to call back, what came of these calls, and the tasks and offers that name
 * it. */
#ifndef AR_STORE_CALLERS_H
#define AR_STORE_CALLERS_H

#include "store/offers.h"
#include "store/phone_calls.h"
#include "store/tasks.h"

struct caller {
    const char *phone; /* E.164 */
    struct phone_call *calls;
    size_t call_count;
    struct task *tasks;
    size_t task_count;
    struct offer *offers;
    size_t offer_count;
    int64_t do_not_call_since; /* NO_VALUE: not on the list */
};
/* Reads what the scope may see, on mem, oldest first. ERR_NOT_FOUND: nothing, and the number is not
 * on the do-not-call list either. */
enum err caller_read(struct db *db, void *mem, const struct scope *scope, const char *phone,
                     struct caller *caller) AR_MUST_USE;
/* Takes out of the calls, tasks and offers whatever tells of the caller, with the transcripts,
 * recordings, tool answers and messages, and queues the deletion at the provider. The rows stay
 * bare for the totals; the do-not-call list stays, since it is to be obeyed. In the caller's write
 * transaction; db_scrub comes after its commit. */
enum err caller_erase(struct db *db, void *mem, const struct caller *caller,
                      int64_t now) AR_MUST_USE;

#endif
