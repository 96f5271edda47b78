/* The record of one call as events add to it: better knowledge replaces worse, never the reverse,
 * so that messages in any order leave the same record. */
#ifndef AR_DESK_RECORD_H
#define AR_DESK_RECORD_H

#include "desk/event.h"

/* A status never moves back; a final one is replaced only by the provider's report. */
void record_status(struct phone_call *call, enum call_status status);
/* The intent a tool shows counts until an analysis knows better; among tools the weightiest counts.
 */
void record_intent(struct phone_call *call, enum intent intent, double confidence,
                   enum knowledge source);
/* What was done outweighs what is said to have been done; among deeds the weightiest counts. */
void record_outcome(struct phone_call *call, enum outcome outcome, enum knowledge source);
/* What a tool did of that kind is undone, all of it: what is left of the call counts. */
void record_outcome_undone(struct phone_call *call, enum outcome outcome);
/* Who has refused to be recorded has refused, whatever else is said before or after. */
void record_consent(struct phone_call *call, enum consent consent);
/* Keeps the fuller of two names. */
void record_caller_name(struct phone_call *call, const char *name);

#endif
