/* Keeping nothing too long: what the policy says is old goes, in small transactions, between which
 * calls go on. */
#ifndef AR_DESK_PURGE_H
#define AR_DESK_PURGE_H

#include "base/config.h"
#include "base/json.h"
#include "base/secret.h"
#include "store/retention.h"

struct purge {
    struct db *db; /* for writing; no transaction is open */
    const struct config *config;
    const unsigned char *key; /* of the audit log */
    int64_t now;
    bool dry_run;  /* only count */
    bool from_old; /* look at the oldest again, not only at what became old since the last time */
    int64_t removed[RETAINED_COUNT]; /* rows removed or stripped; add up */
};

/* For how many days that is kept: the brokerage's own rule, else the configuration's; 0 for ever.
 */
int64_t purge_days(const struct config *config, const struct retention *own, enum retained kind);
/* {"recordings": {"days", "from": "brokerage" or "configuration"}, …} */
void purge_put_days(struct json_object *to, const struct config *config,
                    const struct retention *own);
/* "recordings=3,journal=12": what was removed, for the audit log, on mem; NULL for nothing. */
char *purge_counts(void *mem, const struct purge *purge);
/* Removes what is old of every brokerage. What was done before an error stays done. Calls db_scrub
 * at its end where anything was removed. */
enum err purge_run(struct purge *purge) AR_MUST_USE;

#endif
