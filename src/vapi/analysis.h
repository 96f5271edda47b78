/* What Vapi's analysis made of a call: the data that vapi/plans.c asks for, read back. */
#ifndef AR_VAPI_ANALYSIS_H
#define AR_VAPI_ANALYSIS_H

#include "vapi/message.h"

/* Fills intent, outcome, confidence, caller_name and summary of the event's report from
 * analysis.structuredData, else from structured outputs with such members. A model wrote them:
 * what is not among the words, or out of range, is not known. */
void analysis_read(const struct message *message);

#endif
