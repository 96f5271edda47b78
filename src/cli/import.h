/* A listing file on its way into the store, and what is told of it. */
#ifndef AR_CLI_IMPORT_H
#define AR_CLI_IMPORT_H

#include "cli/cli.h"
#include "store/properties.h"

enum import_action { IMPORT_ADD, IMPORT_UPDATE, IMPORT_SAME, IMPORT_ACTIONS };

/* A good row: the listing as it was (not for IMPORT_ADD) and as it will be. */
struct import_row {
    size_t line;
    enum import_action action;
    struct property before, after;
};

struct import_fault {
    size_t line; /* 0: the whole file */
    const char *column, *detail;
};

struct import {
    void *mem;
    bool dry_run, skip_bad;
    struct import_row *rows;
    size_t row_count;
    struct import_fault *faults;
    size_t fault_count;
    size_t bad_lines;
    bool is_malformed; /* its header or form is wrong: skip_bad does not help */
    bool kept;
};

/* Adds one row's faults; an empty list adds nothing. */
void import_faults_add(struct import *import, size_t line, const struct faults *faults);

/* Reads the whole file at path, which must be UTF-8; 0 or an exit code with the failure told. */
int import_file_read(struct cli *cli, const char *path, char **text, size_t *len) AR_MUST_USE;
/* Reads all rows of the text for the agent's brokerage, compares them with what it has, and fills
 * the import; writes nothing. Must run inside the write transaction that will write them.
 * ERR_INVALID: the header or the form of the file is wrong, and a fault says so. */
enum err import_read(struct cli *cli, const struct agent *agent, const char *text, size_t len,
                     struct import *import) AR_MUST_USE;

/* Tells what came of it. */
void import_report(struct cli *cli, const struct import *import);

#endif
