#include "base/json.h"
#include "base/mem.h"
#include "cli/import.h"
#include "cli/show.h"
#include "desk/fields.h"
#include <string.h>

static const char *const actions[] = { "add", "update", "same" };
static const char *const done[] = { "added", "updated", "unchanged" };

static void counts_take(const struct import *import, size_t counts[IMPORT_ACTIONS])
{
    for (size_t i = 0; i < import->row_count; i++)
        counts[import->rows[i].action]++;
}

/* ---- for programs ---- */

static void changes_put(void *mem, struct json_object *to, const struct import_row *row)
{
    struct json_object *before = json_object_on(mem), *after = json_object_on(mem);
    record_put_json(before, &table_properties, &row->before, false);
    record_put_json(after, &table_properties, &row->after, false);
    json_object_object_foreach(after, label, value)
    {
        struct json_object *old = json_get(before, label);
        if (json_object_equal(old, value) || strcmp(label, "updated_at") == 0)
            continue;
        struct json_object *pair = json_put_array(to, label);
        json_put(pair, NULL, json_object_get(old));
        json_put(pair, NULL, json_object_get(value));
    }
}

static void row_put(void *mem, struct json_object *array, const struct import_row *row, bool kept)
{
    struct json_object *json = json_put_object(array, NULL);
    json_put_int(json, "line", (int64_t)row->line);
    json_put_text(json, "action", actions[row->action]);
    json_put_text(json, "address", row->after.address);
    json_put_int(json, "property_id",
                 kept || row->action != IMPORT_ADD ? row->after.head.id : NO_VALUE);
    if (row->action == IMPORT_UPDATE)
        changes_put(mem, json_put_object(json, "changes"), row);
}

static void report_json(struct cli *cli, const struct import *import)
{
    size_t counts[IMPORT_ACTIONS] = { 0 };
    struct json_object *json = json_object_on(cli->mem);
    counts_take(import, counts);
    json_put_bool(json, "dry_run", import->dry_run);
    json_put_bool(json, "kept", import->kept);
    for (int i = 0; i < IMPORT_ACTIONS; i++)
        json_put_int(json, done[i], (int64_t)counts[i]);
    json_put_int(json, "bad", (int64_t)import->bad_lines);
    struct json_object *rows = json_put_array(json, "rows");
    for (size_t i = 0; i < import->row_count; i++)
        row_put(cli->mem, rows, &import->rows[i], import->kept);
    struct json_object *errors = json_put_array(json, "errors");
    for (size_t i = 0; i < import->fault_count; i++) {
        struct json_object *error = json_put_object(errors, NULL);
        json_put_int(error, "line", (int64_t)import->faults[i].line);
        json_put_text(error, "column", import->faults[i].column);
        json_put_text(error, "detail", import->faults[i].detail);
    }
    show_json(cli, json);
}

/* ---- for people ---- */

static void changes_print(struct cli *cli, const struct import_row *row)
{
    for (size_t i = 0; i < table_properties.field_count; i++) {
        const struct field *field = &table_properties.fields[i];
        char *old = show_value(cli->mem, field, &row->before);
        char *new = show_value(cli->mem, field, &row->after);
        if (strcmp(old, new) != 0 && !(field->flags & FIELD_READ_ONLY))
            fprintf(cli->out, "    %s: %s -> %s\n", field_label(field), old, new);
    }
}

static void row_print(struct cli *cli, const struct import_row *row)
{
    fprintf(cli->out, "line %zu: %s %s%s%s\n", row->line, actions[row->action],
            show_safe(cli->mem, row->after.address), row->after.city ? ", " : "",
            row->after.city ? show_safe(cli->mem, row->after.city) : "");
    if (row->action == IMPORT_UPDATE)
        changes_print(cli, row);
}

static void fault_print(struct cli *cli, const struct import_fault *fault)
{
    const char *column = show_safe(cli->mem, fault->column);
    fprintf(cli->err, "line %zu: %s%s%s\n", fault->line, column, *column ? " " : "", fault->detail);
}

static void report_print(struct cli *cli, const struct import *import)
{
    size_t counts[IMPORT_ACTIONS] = { 0 };
    counts_take(import, counts);
    for (size_t i = 0; i < import->fault_count; i++)
        fault_print(cli, &import->faults[i]);
    for (size_t i = 0; i < import->row_count && import->dry_run; i++)
        row_print(cli, &import->rows[i]);
    fprintf(cli->out, "%s%zu added, %zu updated, %zu unchanged, %zu bad\n",
            import->kept      ? ""
            : import->dry_run ? "nothing kept, a dry run; it would be: "
                              : "nothing kept; without the bad lines it would be: ",
            counts[IMPORT_ADD], counts[IMPORT_UPDATE], counts[IMPORT_SAME], import->bad_lines);
}

void import_report(struct cli *cli, const struct import *import)
{
    if (cli->json)
        report_json(cli, import);
    else
        report_print(cli, import);
}
