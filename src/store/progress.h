/* How far an installation has come: what its data show of the integration checklist. */
#ifndef AR_STORE_PROGRESS_H
#define AR_STORE_PROGRESS_H

#include "store/db.h"

/* What is there. Of calls, messages and tasks it is only told whether there are any: 0 or 1.
 * Simulated calls (provider ids "sim-…") count, but for the messages. */
enum progress {
    PROGRESS_NUMBERS,       /* active telephone numbers */
    PROGRESS_PROVIDED,      /* of them, with a provider's id that is not the demonstration's */
    PROGRESS_REAL_MESSAGES, /* messages from Vapi, not from a simulation */
    PROGRESS_CALLS,         /* completed calls */
    PROGRESS_TRANSCRIBED,   /* calls with a transcript */
    PROGRESS_TASKS,
    PROGRESS_LISTINGS,
    PROGRESS_HOURS, /* any viewing hours */
    PROGRESS_COUNT
};
enum err progress_read(struct db *db, int64_t counts[PROGRESS_COUNT]) AR_MUST_USE;
/* How often that tool did what it was asked. */
enum err progress_tool(struct db *db, const char *name, int64_t *count) AR_MUST_USE;

#endif
