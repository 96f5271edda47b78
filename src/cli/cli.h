/* The command-line tool: a table of subcommands, and what each of them works with. */
#ifndef AR_CLI_CLI_H
#define AR_CLI_CLI_H

#include "base/config.h"
#include "base/faults.h"
#include "base/instant.h"
#include "cli/options.h"
#include "desk/desk.h"
#include "store/agents.h"
#include <stdio.h>

/* How it went, as sysexits.h has it where that has a number. */
enum cli_exit {
    CLI_DONE = 0,
    CLI_FAILED = 1,
    CLI_USAGE = 2,
    CLI_NOT_FOUND = 3,
    CLI_CONFLICT = 4,
    CLI_BUSY = 75,  /* EX_TEMPFAIL: the database is busy or full */
    CLI_CONFIG = 78 /* EX_CONFIG */
};

/* One run of the tool. */
struct cli {
    void *mem;
    const char *config_path; /* as given; NULL: the default */
    char **environment;
    FILE *out, *err;
    struct clock clock;
    const struct randomness *random;
    bool json;
    const struct command *command;
    const struct options *options;
    /* After cli_open: */
    struct config config;
    struct db *db;
    struct seal *seal; /* NULL after cli_open_locked */
    /* After cli_master: */
    unsigned char master[SECRET_KEY_BYTES];
    bool has_master;
};

struct command {
    const char *name;     /* "agent add" */
    const char *operands; /* "FILE.csv"; NULL for none */
    const char *about;    /* one line */
    const char *help;     /* what else there is to know, and an example */
    const struct option_spec *specs;
    size_t spec_count;
    const struct table *record; /* its writable fields are options too */
    const struct table *list;   /* its filters are options too, with --limit and --offset */
    int operand_min, operand_max;
    bool has_json;
    int (*run)(struct cli *cli);
};
extern const struct command *const commands[];
extern const size_t command_count;

/* Runs the tool and returns its exit code. */
int cli_main(int argc, char **argv, char **environment);

/* ---- what subcommands use ---- */

/* One plain sentence on standard error; returns code. */
int cli_fail(struct cli *cli, int code, const char *sentence, ...) AR_PRINTF(3, 4);
/* The same for an error of the layers below; what says what was tried: "add the agent". */
int cli_fail_err(struct cli *cli, enum err err, const char *what, ...) AR_PRINTF(3, 4);
/* A line for every fault, with the members named as options; returns CLI_USAGE. */
int cli_fail_faults(struct cli *cli, const struct faults *faults);

/* Reads the configuration; 0 or an exit code, with the failure told. */
int cli_configure(struct cli *cli) AR_MUST_USE;
/* Configures, opens the database and checks its schema, and unlocks what is sealed in it. */
int cli_open(struct cli *cli, enum db_mode mode) AR_MUST_USE;
/* The same without the key file: for what looks at no sealed column. */
int cli_open_locked(struct cli *cli, enum db_mode mode) AR_MUST_USE;
/* Reads the key file for a database that is open. */
int cli_unlock(struct cli *cli) AR_MUST_USE;
/* The agent whom new records belong to unless they name another: the first active one. */
int cli_agent(struct cli *cli, int64_t id, struct agent *agent) AR_MUST_USE;
/* A desk for changes inside the open transaction. */
struct desk cli_desk(const struct cli *cli, const struct agent *agent);

/* Runs work inside a write transaction: kept when it returns CLI_DONE, undone otherwise. */
int cli_transact(struct cli *cli, int (*work)(struct cli *cli, void *with), void *with) AR_MUST_USE;

/* The master key, read once; lent. The same errors as secret_key_read. */
enum err cli_master(struct cli *cli, const unsigned char **master) AR_MUST_USE;
/* Note in the audit log (store/audit.h), inside the open transaction, what this run did: to a row
 * of the table named subject, or with a record, of which the changed fields are named. The actor is
 * the system's user. */
enum err cli_audit(struct cli *cli, const char *action, const char *subject, int64_t brokerage_id,
                   int64_t id) AR_MUST_USE;
enum err cli_audit_fields(struct cli *cli, const char *action, const char *subject,
                          int64_t brokerage_id, int64_t id, const char *fields) AR_MUST_USE;
enum err cli_audit_created(struct cli *cli, const struct table *table,
                           const void *record) AR_MUST_USE;
enum err cli_audit_changed(struct cli *cli, const struct table *table, const void *before,
                           const void *after) AR_MUST_USE;

/* The operand at place as an id. */
int cli_id(struct cli *cli, size_t place, int64_t *id) AR_MUST_USE;
/* An option as an id; NO_VALUE when it was not given. */
int cli_option_id(struct cli *cli, const char *name, int64_t *id) AR_MUST_USE;

#endif
