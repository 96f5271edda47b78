/* Answering the phone: what the receptionist says and is told. */
#ifndef AR_DESK_GREET_H
#define AR_DESK_GREET_H

#include "desk/desk.h"

/* Composes who the speech model is for this call. The time it is told is the call's beginning, so
 * the same call is always answered the same. */
enum err receptionist_compose(const struct desk *desk, const struct phone_number *number,
                              const struct phone_call *call,
                              struct receptionist *receptionist) AR_MUST_USE;
/* Whether a caller who asks for a person can be put through to one. */
bool receptionist_can_transfer(const struct phone_number *number);

#endif
