/* What is taken of the time of a property and of its agent: viewings, open houses, and slots held
 * for callers who are still deciding. */
#ifndef AR_STORE_SLOTS_H
#define AR_STORE_SLOTS_H

#include "store/db.h"

enum busy_kind { BUSY_VIEWING, BUSY_HOLD, BUSY_OPEN_HOUSE };

struct busy {
    enum busy_kind kind;
    int64_t id;          /* the task's, or open house's; NO_VALUE for a hold */
    int64_t property_id; /* NO_VALUE: a viewing of a property that is gone */
    int64_t phone_call_id;
    int64_t start, end; /* end excluded */
    int64_t buffer;     /* milliseconds that must be free around it */
};

/* Whose time is asked for. */
struct busy_query {
    int64_t property_id, agent_id;
    int64_t from,
        to; /* what overlaps this is answered, and what ends or begins within a day of it */
    int64_t now;
    int64_t except_task, except_call; /* a task, and a call's holds, that do not count; NO_VALUE */
    const char *except_caller;        /* nor those of other calls from this number; NULL */
};
enum err busy_list(struct db *db, void *mem, const struct busy_query *query, struct busy **list,
                   size_t *count) AR_MUST_USE;

struct slot_hold {
    int64_t phone_call_id, property_id, agent_id;
    int64_t start, end, expires_at;
};
/* Keeps the slot for the call, and forgets holds that have expired by `now`. */
enum err slot_hold_add(struct db *db, const struct slot_hold *hold, int64_t now) AR_MUST_USE;
/* Lets all go that are held for the call. */
enum err slot_holds_release(struct db *db, int64_t phone_call_id) AR_MUST_USE;

#endif
