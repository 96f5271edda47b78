/* Bringing a database up to date. */
#ifndef AR_CLI_UPKEEP_H
#define AR_CLI_UPKEEP_H

#include "cli/cli.h"

/* Migrates the open database, and if that changed anything computes anew what is kept of listings
 * for finding them. *from and *to are the versions. Tells what was done, and of `path` what went
 * wrong; 0 or an exit code. */
int upkeep_migrate(struct cli *cli, const char *path, int64_t *from, int64_t *to) AR_MUST_USE;

/* Makes the file for a copy of the database, of this user alone from its first byte on, so that
 * nobody's is overwritten, not even one that appears meanwhile; 0 or an exit code. */
int upkeep_claim(struct cli *cli, const char *path) AR_MUST_USE;

#endif
