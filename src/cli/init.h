/* Making an installation: a folder with configuration, secrets and database. */
#ifndef AR_CLI_INIT_H
#define AR_CLI_INIT_H

#include "cli/cli.h"
#include <sys/types.h>

struct init {
    const char *state; /* absolute */
    const char *company, *agent, *timezone;
    const char *public_url; /* NULL: what each request says */
    bool demo;
    bool has_owner;
    uid_t owner;
    gid_t group;
};

/* Each returns an exit code, tells what it made and what it kept, and overwrites nothing. */

/* The folder, which becomes init->state, and in it the configuration and the secrets. */
int init_files(struct cli *cli, struct init *init) AR_MUST_USE;
/* Gives all that belongs to the installation to the owner asked for. */
int init_chown(struct cli *cli, const struct init *init) AR_MUST_USE;
/* A file of the installation, on cli's memory. */
char *init_path(struct cli *cli, const struct init *init, const char *name);
void init_tell(struct cli *cli, bool made, const char *what);

/* The demonstration's numbers and listings, inside the open transaction, each only where the
 * brokerage has none. */
int demo_fill(struct cli *cli, const struct init *init, const struct agent *agent) AR_MUST_USE;

#endif
