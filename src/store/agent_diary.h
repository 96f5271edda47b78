/* What one agent's calendar shows. */
#ifndef AR_STORE_AGENT_DIARY_H
#define AR_STORE_AGENT_DIARY_H

#include "store/properties.h"
#include "store/tasks.h"
#include "store/viewing_rules.h"

/* The agent's viewings that begin at `from` or later, earliest first, at most limit; of cancelled
 * ones those that were changed at `cancelled_from` or later. */
enum err viewings_of_agent(struct db *db, void *mem, int64_t agent_id, int64_t from,
                           int64_t cancelled_from, int64_t limit, struct task **list,
                           size_t *count) AR_MUST_USE;
/* The agent's open houses that begin at `from` or later, earliest first, at most limit. */
enum err open_houses_of_agent(struct db *db, void *mem, int64_t agent_id, int64_t from,
                              int64_t limit, struct open_house **list, size_t *count) AR_MUST_USE;
/* The properties of all of these, by id. */
enum err properties_of_diary(struct db *db, void *mem, int64_t agent_id, int64_t from,
                             struct property **list, size_t *count) AR_MUST_USE;

#endif
