/* Hanging up: what the end of a call adds to its record. */
#ifndef AR_DESK_END_H
#define AR_DESK_END_H

#include "desk/desk.h"

/* The quick news that a call is over: when, why, and what little came with it. */
void end_note(struct phone_call *call, const struct event *event, int64_t now);
/* The provider's report, which replaces what was noted while the call ran. Of two reports of one
 * call the later and dearer counts. */
enum err end_report(const struct desk *desk, struct phone_call *call,
                    const struct call_report *report) AR_MUST_USE;
/* Guesses the intent of an ended call from the caller's turns, unless a tool or an analysis showed
 * it. */
enum err end_guess(const struct desk *desk, struct phone_call *call) AR_MUST_USE;
/* Writes a summary of an ended call from its facts, unless the provider's analysis wrote one; takes
 * what is personal out of either (heard/redact.h). */
enum err end_summarise(const struct desk *desk, struct phone_call *call) AR_MUST_USE;

#endif
