/* What was said in a call, turn by turn, from whichever of the report's copies holds it. */
#ifndef AR_VAPI_SEGMENTS_H
#define AR_VAPI_SEGMENTS_H

#include "vapi/message.h"

/* enum speaker for "user", "bot" or "assistant"; WORD_NONE for all else (reference, section 4). */
int segments_speaker(const char *role);

/* Fills segments and segment_count of the event's report: from the messages, else from their copy
 * in OpenAI's format, else from the transcript, by its labels. report->started_at must be set: it
 * dates turns that only tell their distance from it. */
void segments_read(const struct message *message);

#endif
