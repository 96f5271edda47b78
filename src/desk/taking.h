/* Whose call an event belongs to; for desk_receive alone. */
#ifndef AR_DESK_TAKING_H
#define AR_DESK_TAKING_H

#include "desk/desk.h"
#include "store/phone_calls.h"

/* What is known while one event is taken in. */
struct taking {
    const struct desk *desk;
    const struct event *event;
    struct answer *answer;
    struct phone_number number;
    bool has_number;
    struct phone_call before, call; /* as read, and as it becomes */
    bool has_call;
};

/* Finds the call that the event names, by our id or the provider's, and then the number of a call
 * that is known (it may be gone), or the number called. What is not there is no error, unless the
 * event names a call of ours that is not (or is another brokerage's): ERR_NOT_FOUND. */
enum err taking_find_call(struct taking *taking) AR_MUST_USE;
enum err taking_number_of_call(struct taking *taking) AR_MUST_USE;
enum err taking_find_number(struct taking *taking) AR_MUST_USE;
/* Makes the call that the event is the first to tell of, for the number that was found. */
enum err taking_create_call(struct taking *taking) AR_MUST_USE;
/* What later messages know of the call and earlier ones did not. */
void taking_add_facts(struct taking *taking);

#endif
