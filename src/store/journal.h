/* What came in from the provider, and what tools answered: the memory that makes a message which is
 * delivered twice have one effect. */
#ifndef AR_STORE_JOURNAL_H
#define AR_STORE_JOURNAL_H

#include "store/db.h"

struct journal_entry {
    int64_t received_at;
    const char *form; /* "seed" or "vapi" */
    const char *type;
    const char *dedup_key;
    const char *provider_call_id; /* NULL when it has none */
    int64_t phone_call_id;        /* NO_VALUE when it belongs to no call we know */
    const char *body;             /* without credentials */
};
/* Keeps the entry; *fresh is false when one with that dedup_key is kept already. */
enum err journal_add(struct db *db, const struct journal_entry *entry, bool *fresh) AR_MUST_USE;

struct tool_result {
    bool ok;
    const char *sentence;
    const char *facts; /* JSON object */
};
enum err tool_result_add(struct db *db, int64_t call_id, const char *tool_call_id, const char *name,
                         const struct tool_result *result, int64_t now) AR_MUST_USE;
/* What that tool call of that call was answered; ERR_NOT_FOUND when it is new. */
enum err tool_result_find(struct db *db, void *mem, int64_t call_id, const char *tool_call_id,
                          struct tool_result *result) AR_MUST_USE;
/* The id that the call's latest tool call goes by, and a number that grows with each; NULL and 0
 * before the first. */
enum err tool_result_last(struct db *db, void *mem, int64_t call_id, const char **tool_call_id,
                          int64_t *serial) AR_MUST_USE;

#endif
