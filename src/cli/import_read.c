#include "base/mem.h"
#include "base/text.h"
#include "cli/csv.h"
#include "cli/import.h"
#include "cli/known.h"
#include "desk/fields.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 64 << 20 };

/* ---- the file ---- */

static int file_take(struct cli *cli, FILE *file, const char *path, char **text, size_t *len)
{
    size_t room = 1 << 16;
    *text = mem_bytes(cli->mem, room);
    *len = 0;
    for (size_t got; (got = fread(*text + *len, 1, room - *len, file)) > 0;) {
        *len += got;
        if (*len > FILE_MAX)
            return cli_fail(cli, CLI_FAILED, "%s is larger than %d MiB", path, FILE_MAX >> 20);
        if (*len == room)
            *text = mem_resize(cli->mem, *text, char, room *= 2);
    }
    if (ferror(file))
        return cli_fail(cli, CLI_FAILED, "%s cannot be read: %s", path, strerror(errno));
    if (!text_utf8_valid(*text, *len))
        return cli_fail(cli, CLI_FAILED, "%s is not UTF-8 text; save it as \"CSV UTF-8\"", path);
    return CLI_DONE;
}

int import_file_read(struct cli *cli, const char *path, char **text, size_t *len)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return cli_fail(cli, errno == ENOENT ? CLI_NOT_FOUND : CLI_FAILED, "%s cannot be read: %s",
                        path, strerror(errno));
    int code = file_take(cli, file, path, text, len);
    fclose(file);
    return code;
}

/* ---- faults ---- */

void import_faults_add(struct import *import, size_t line, const struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        import->faults =
            mem_resize(import->mem, import->faults, struct import_fault, import->fault_count + 1);
        import->faults[import->fault_count++] =
            (struct import_fault){ line, faults->list[i].field, faults->list[i].detail };
    }
    import->bad_lines += faults->count > 0;
}

/* ---- the header ---- */

struct header {
    const struct field *fields[CSV_CELLS_MAX];
    size_t count;
};

static void column_read(const struct header *header, const char *name, struct faults *faults,
                        const struct field **field)
{
    *field = field_find(&table_properties, name);
    if (!*field)
        fault_add(faults, text_utf8_clip(faults->mem, name, 100),
                  "is not a column of listings; see: ai-realtor property import --help");
    else if ((*field)->flags & FIELD_READ_ONLY)
        fault_add(faults, name, "cannot be set");
    else if (strcmp(name, "agent_id") == 0)
        fault_add(faults, name, "is given with --agent-id");
    for (size_t i = 0; *field && i < header->count; i++)
        if (header->fields[i] == *field)
            fault_add(faults, name, "is there twice");
}

/* A fault of the file's form, after which nothing more is read. */
static enum err form_refuse(struct import *import, size_t line, const char *why)
{
    struct faults faults = faults_on(import->mem);
    enum err err = fault_add(&faults, "", "%s", why);
    import_faults_add(import, line, &faults);
    return err;
}

static enum err columns_read(struct import *import, const struct csv_row *row,
                             struct header *header)
{
    struct faults faults = faults_on(import->mem);
    bool has_address = false;
    header->count = 0;
    for (size_t i = 0; i < row->count; i++) {
        const struct field *field;
        const char *name = text_lower(import->mem, text_trim(import->mem, row->cells[i]));
        column_read(header, name, &faults, &field);
        has_address |= strcmp(name, "address") == 0;
        header->fields[header->count++] = field;
    }
    if (!has_address)
        fault_add(&faults, "address", "is missing; every listing needs one");
    import_faults_add(import, row->line, &faults);
    return faults.count ? ERR_INVALID : ERR_NONE;
}

static enum err header_read(struct import *import, struct csv *csv, struct header *header)
{
    struct csv_row row;
    switch (csv_next(csv, import->mem, &row)) {
    case ERR_NONE:
        return columns_read(import, &row, header);
    case ERR_NOT_FOUND:
        return form_refuse(import, 1, "the file is empty");
    default:
        return form_refuse(import, csv->line, csv->why);
    }
}

/* ---- rows ---- */

/* An empty cell is "not known"; a field that must be known keeps its default or what it was. */
static bool is_left(const struct field *field, const char *cell)
{
    return text_blank(cell) && field->flags & FIELD_NOT_NULL;
}

static enum err cell_put(struct import *import, const struct field *field, const char *cell,
                         struct property *property, struct faults *faults)
{
    return is_left(field, cell) ? ERR_NONE
                                : field_set_text(import->mem, field, cell, property, faults);
}

/* Every cell is looked at, so that all faults of a row are told at once. */
static enum err cells_put(struct import *import, const struct header *header,
                          const struct csv_row *row, struct property *property,
                          struct faults *faults)
{
    enum err err = ERR_NONE;
    if (row->count != header->count)
        return fault_add(faults, "", "has %zu cells where the header has %zu", row->count,
                         header->count);
    for (size_t i = 0; i < row->count; i++)
        if (cell_put(import, header->fields[i], row->cells[i], property, faults))
            err = ERR_INVALID;
    return err;
}

/* Whether the row changes anything that clients see. */
static bool is_same(void *mem, const struct property *before, const struct property *after)
{
    void *scratch = mem_context(mem);
    struct json_object *a = json_object_on(scratch), *b = json_object_on(scratch);
    record_put_json(a, &table_properties, before, true);
    record_put_json(b, &table_properties, after, true);
    bool same = json_object_equal(a, b) != 0;
    mem_free(scratch);
    return same;
}

static void row_keep(struct import *import, const struct import_row *row)
{
    if ((import->row_count & (import->row_count - 1)) == 0)
        import->rows = mem_resize(import->mem, import->rows, struct import_row,
                                  import->row_count ? 2 * import->row_count : 1);
    import->rows[import->row_count++] = *row;
}

/* The listing of a good row; NULL with a fault when it cannot be told which, or an earlier line is
 * of the same one. */
static struct known_listing *listing_take(struct known *known, const struct import_row *row,
                                          struct faults *faults)
{
    size_t count;
    struct known_listing *listing = known_find(known, &row->after, &count);
    if (!listing)
        listing = known_add(known, &row->after);
    if (count > 1)
        fault_add(faults, "address", "fits %zu listings; give unit, city, state and zip", count);
    else if (listing->line)
        fault_add(faults, "address", "is the same listing as in line %zu", listing->line);
    if (faults->count)
        return NULL;
    listing->line = row->line;
    return listing;
}

/* A row becomes a listing: a new one, or one that is there with the row's values in it. */
static enum err row_read(struct import *import, const struct header *header,
                         const struct csv_row *cells, struct known *known, struct faults *faults)
{
    struct import_row row = { .line = cells->line, .action = IMPORT_ADD };
    property_init(&row.after);
    enum err err = cells_put(import, header, cells, &row.after, faults);
    struct known_listing *listing = err ? NULL : listing_take(known, &row, faults);
    if (!listing)
        return ERR_INVALID;
    if (listing->is_stored) {
        row.before = row.after = listing->property;
        err = cells_put(import, header, cells, &row.after, faults);
        row.action = is_same(import->mem, &row.before, &row.after) ? IMPORT_SAME : IMPORT_UPDATE;
    }
    if (!err)
        row_keep(import, &row);
    return err;
}

enum err import_read(struct cli *cli, const struct agent *agent, const char *text, size_t len,
                     struct import *import)
{
    struct csv csv = csv_begin(text, len);
    struct header header;
    struct csv_row row;
    struct known *known;
    enum err err = header_read(import, &csv, &header);
    if (!err)
        err = known_load(cli->db, import->mem, agent->head.brokerage_id, &known);
    if (err)
        return err;
    while ((err = csv_next(&csv, import->mem, &row)) == ERR_NONE) {
        struct faults faults = faults_on(import->mem);
        if (row_read(import, &header, &row, known, &faults))
            import_faults_add(import, row.line, &faults);
    }
    return err == ERR_NOT_FOUND ? ERR_NONE : form_refuse(import, csv.line, csv.why);
}
