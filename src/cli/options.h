/* Options as data, read by getopt_long. */
#ifndef AR_CLI_OPTIONS_H
#define AR_CLI_OPTIONS_H

#include "base/faults.h"
#include "store/table.h"
#include <stdbool.h>
#include <stdio.h>

struct option_spec {
    const char *name;  /* "friendly-name" */
    const char *value; /* what stands for its value in the help; NULL: a switch */
    const char *about;
};

/* What was given. */
struct options {
    const struct option_spec *specs;
    size_t spec_count;
    const char **values; /* of specs, by place; NULL: not given; "" for a switch */
    char **operands;
    size_t operand_count;
};

/* The list of specs on mem: a command's own, those of a table's fields, those of a table's filters.
 */
struct option_specs {
    struct option_spec *list;
    size_t count;
};
void option_specs_add(void *mem, struct option_specs *specs, const struct option_spec *list,
                      size_t count);
void option_specs_add_fields(void *mem, struct option_specs *specs, const struct table *table);
void option_specs_add_filters(void *mem, struct option_specs *specs, const struct table *table);

/* Reads argv[1] on; argv is permuted. With in_order it stops at the first operand. ERR_INVALID with
 * *why, a phrase for people. */
enum err options_read(void *mem, const struct option_specs *specs, int argc, char **argv,
                      bool in_order, struct options *options, const char **why) AR_MUST_USE;
/* The value of an option, or NULL; a switch that was given is "". */
const char *options_get(const struct options *options, const char *name);
bool options_has(const struct options *options, const char *name);

/* Puts the options that are fields of the table into the record. */
enum err options_to_record(void *mem, const struct options *options, const struct table *table,
                           void *record, struct faults *faults) AR_MUST_USE;
/* Adds the options that are filters of the table to the selection, and the page. */
enum err options_to_selection(void *mem, const struct options *options, const struct table *table,
                              struct selection *selection, struct faults *faults) AR_MUST_USE;

/* "friendly_name" as "friendly-name", on mem. */
char *option_name(void *mem, const char *label);
/* Prints a list of them for a help text. */
void option_specs_print(FILE *out, const struct option_specs *specs);

#endif
