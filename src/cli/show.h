/* Showing records: to people as aligned columns or as lines of "name: value", to programs as JSON.
 */
#ifndef AR_CLI_SHOW_H
#define AR_CLI_SHOW_H

#include "base/json.h"
#include "cli/cli.h"

/* Text for a terminal: one line, without control characters, on mem; "-" for NULL. */
char *show_safe(void *mem, const char *text);
/* A field as people read it: "$850,000", "yes", "2026-09-01 17:04 UTC"; "-" for what is not known.
 */
char *show_value(void *mem, const struct field *field, const void *record);

/* A table of texts, filled row by row from the left. */
struct columns {
    void *mem;
    size_t width; /* cells a row */
    const char **cells;
    size_t count;
};
/* The titles become the first row. */
struct columns columns_begin(void *mem, const char *const *titles, size_t width);
void columns_add(struct columns *columns, const char *cell);
void columns_print(FILE *out, const struct columns *columns);

/* A page of a table's records: as {plural: […], "total": n}, or the fields with those labels. */
struct record_list {
    const struct table *table;
    const char *plural;
    const char *const *labels;
    size_t label_count;
    const void *records;
    size_t count;
    int64_t total;
};
#define SHOW_LABELS(list) .labels = (list), .label_count = sizeof(list) / sizeof(list)[0]
void show_list(struct cli *cli, const struct record_list *list);
/* Reads the page that the options ask for and shows it; returns an exit code. */
int show_selected(struct cli *cli, struct record_list *list);

/* All fields of one record, but what is not known, as lines. */
void show_record(struct cli *cli, const struct table *table, const void *record);
/* What was added: the record in JSON, or its kind and id. */
void show_added(struct cli *cli, const struct table *table, const void *record);
/* JSON, indented, with a line break. */
void show_json(struct cli *cli, struct json_object *json);

#endif
