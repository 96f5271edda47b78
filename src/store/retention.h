/* How long what callers said is kept, and removing what is older, little by little.
 *
 * Calls themselves stay, bare of what tells of the caller, so that all totals stay exact. A mark
 * for each brokerage and kind says how far this has come: nothing is looked at twice. */
#ifndef AR_STORE_RETENTION_H
#define AR_STORE_RETENTION_H

#include "store/db.h"
#include "store/words.h"

enum retained {
    RETAINED_RECORDINGS,  /* where they lie; deletion at the provider is queued */
    RETAINED_TRANSCRIPTS, /* what was said */
    RETAINED_DETAILS,     /* who called, the message, the summary, what tools answered */
    RETAINED_TASKS,       /* whom tasks and offers that came of calls are about */
    RETAINED_JOURNAL,     /* the provider's messages */
    RETAINED_AUDIT,       /* see audit_prune */
    RETAINED_COUNT
};
extern const struct words words_retained;

/* Days; 0 for ever, NO_VALUE as the configuration has it. */
struct retention {
    int64_t days[RETAINED_COUNT];
};
enum err retention_get(struct db *db, int64_t brokerage_id,
                       struct retention *retention) AR_MUST_USE;
enum err retention_set(struct db *db, int64_t brokerage_id, const struct retention *retention,
                       int64_t now) AR_MUST_USE;
/* "recordings,audit": the kinds whose periods differ, on mem; NULL when none does. */
char *retention_changes(void *mem, const struct retention *before, const struct retention *after);
/* The ids of all brokerages, on mem. */
enum err retention_brokerages(struct db *db, void *mem, int64_t **ids, size_t *count) AR_MUST_USE;

enum { RETENTION_BATCH = 200 };

/* A brokerage's calls of from <= created_at < to, and what of them is to go; any kind but audit. */
struct retention_span {
    int64_t brokerage_id;
    enum retained kind;
    int64_t from, to;
};
/* Where the last purge ended: 0 at first. */
enum err retention_mark(struct db *db, int64_t brokerage_id, enum retained kind,
                        int64_t *done_before) AR_MUST_USE;
/* Shortens a span that holds more than RETENTION_BATCH calls to the first of them. */
enum err retention_cut(struct db *db, struct retention_span *span) AR_MUST_USE;
/* How many rows are to go. */
enum err retention_count(struct db *db, const struct retention_span *span,
                         int64_t *count) AR_MUST_USE;
/* Removes or strips at most RETENTION_BATCH rows, in the caller's transaction. Fewer than that: the
 * span is done, and the mark stands at its end. */
enum err retention_remove(struct db *db, const struct retention_span *span, int64_t now,
                          int64_t *removed) AR_MUST_USE;

/* The same for messages of numbers that are nobody's, from before that instant. */
enum err strangers_count(struct db *db, int64_t before, int64_t *count) AR_MUST_USE;
enum err strangers_remove(struct db *db, int64_t before, int64_t *removed) AR_MUST_USE;
/* How many rows of the audit log audit_prune would remove in all. */
enum err retention_audit_count(struct db *db, int64_t before, int64_t *count) AR_MUST_USE;

#endif
