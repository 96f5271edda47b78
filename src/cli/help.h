/* The help texts, from the table of subcommands. */
#ifndef AR_CLI_HELP_H
#define AR_CLI_HELP_H

#include "cli/cli.h"

/* Each returns CLI_DONE. */
int help_all(FILE *out, const struct option_specs *specs);
int help_command(FILE *out, const struct command *command, const struct option_specs *specs);
int help_version(FILE *out);
/* The subcommands that begin with that word; false if there are none. */
bool help_group(FILE *out, const char *word);

#endif
