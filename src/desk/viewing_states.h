/* What an agent does with a viewing. */
#ifndef AR_DESK_VIEWING_STATES_H
#define AR_DESK_VIEWING_STATES_H

#include "desk/desk.h"
#include "desk/diary.h"
#include "store/tasks.h"

/* Puts the viewing into that state: *after is what it is now. A viewing that is in it already stays
 * as it is. `reason` (NULL: none) goes with its notes. ERR_CONFLICT with *why: a cancelled viewing
 * can only be looked at, one that was held neither confirmed nor cancelled, and none was held or
 * missed before it began. */
enum err viewing_state_put(const struct desk *desk, const struct task *before,
                           enum viewing_state state, const char *reason, struct task *after,
                           const char **why) AR_MUST_USE;

/* Whether the task, a viewing, can be then and there when its agent decides by hand: no more
 * parties than the property takes, the agent not elsewhere. A length that is not known becomes the
 * property's. ERR_CONFLICT: it cannot; *taken, on desk->mem, is what is in the way. */
enum err viewing_fit(const struct desk *desk, struct task *task, struct busy **taken,
                     size_t *count) AR_MUST_USE;

#endif
