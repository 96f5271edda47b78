/* What is said once of the whole installation. */
#ifndef AR_STORE_INSTALLATION_H
#define AR_STORE_INSTALLATION_H

#include "store/db.h"

/* The random domain that makes the UIDs of this installation's calendars its own; on mem.
 * ERR_NOT_FOUND: it has none yet. */
enum err installation_domain(struct db *db, void *mem, const char **domain) AR_MUST_USE;
/* Gives the installation that domain unless it has one, which then stays. */
enum err installation_domain_settle(struct db *db, const char *domain) AR_MUST_USE;

#endif
