/* Running the tools that a message asks for. */
#ifndef AR_DESK_TOOLBOX_H
#define AR_DESK_TOOLBOX_H

#include "desk/tools.h"

/* How sure an intent is that shows in the tool the speech model chose: it heard the caller and
 * acted on it, which is strong evidence, though not the caller's own word. */
#define TOOL_CONFIDENCE 0.9

/* Runs each tool call of the event that has not run before, in order, and answers all of them; what
 * ran before gets the answer it got then. number may be NULL. */
enum err toolbox_run(const struct desk *desk, struct phone_call *call,
                     const struct phone_number *number, const struct event *event,
                     struct answer *answer) AR_MUST_USE;
/* Answers each tool call of the event with that sentence: nothing can be done. */
void toolbox_refuse(void *mem, const struct event *event, const char *sentence,
                    struct answer *answer);

#endif
