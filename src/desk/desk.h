/* The front desk: takes in what happens in calls and says what to answer.
 *
 * Everything works inside the write transaction of the caller, which makes journal, effect and
 * answer durable together. */
#ifndef AR_DESK_DESK_H
#define AR_DESK_DESK_H

#include "base/config.h"
#include "desk/event.h"
#include "store/agents.h"
#include "store/db.h"
#include "store/phone_numbers.h"

/* What the desk works with during one request. */
struct desk {
    void *mem;
    struct db *db;
    int64_t now;
    const struct config *config;
    /* The agent whose key came with the message, or NO_VALUE: whose primary number is meant when
     * the message names none, and whose brokerage alone it may touch. */
    int64_t agent_id, brokerage_id;
};

/* Journals the event, acts on it and fills the answer. The same event again changes nothing and
 * gets the same answer. ERR_NOT_FOUND: it names a call of ours that is not there (or another
 * brokerage's). */
enum err desk_receive(const struct desk *desk, const struct event *event,
                      struct answer *answer) AR_MUST_USE;

/* The call's record after a change of its facts: summary composed where nobody else wrote one. */
char *desk_summary(void *mem, const struct phone_call *call, const char *address);

#endif
