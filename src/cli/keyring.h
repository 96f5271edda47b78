/* Making API keys for an agent. */
#ifndef AR_CLI_KEYRING_H
#define AR_CLI_KEYRING_H

#include "cli/cli.h"

/* Completes key (name, role and expires_at are given) with a new secret and inserts it, inside the
 * open transaction; *shown is the whole key. Returns an exit code. */
int keyring_add(struct cli *cli, const struct agent *agent, struct api_key *key, char **shown);

#endif
