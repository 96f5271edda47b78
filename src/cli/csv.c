#include "cli/csv.h"
#include "base/mem.h"
#include <string.h>

static const char byte_order_mark[] = "\xef\xbb\xbf";

struct csv csv_begin(const char *text, size_t len)
{
    struct csv csv = { .next = text, .end = text + len, .line = 1 };
    size_t mark = sizeof byte_order_mark - 1;
    if (len >= mark && memcmp(text, byte_order_mark, mark) == 0)
        csv.next += mark;
    return csv;
}

static enum err refuse(struct csv *csv, const char *why)
{
    csv->why = why;
    return ERR_INVALID;
}

static bool at(const struct csv *csv, char c)
{
    return csv->next < csv->end && *csv->next == c;
}

/* Steps over a line break; false if there is none here. */
static bool break_skip(struct csv *csv)
{
    if (!at(csv, '\r') && !at(csv, '\n'))
        return false;
    csv->next += at(csv, '\r') && csv->end - csv->next > 1 && csv->next[1] == '\n' ? 2 : 1;
    csv->line++;
    return true;
}

static bool at_cell_end(const struct csv *csv)
{
    return csv->next == csv->end || *csv->next == ',' || *csv->next == '\r' || *csv->next == '\n';
}

/* The inside of a quoted cell. A cell is at most as long as what is left of the text. */
static enum err quoted_read(struct csv *csv, char *out)
{
    size_t begin = csv->line;
    csv->next++;
    for (;;) {
        if (csv->next == csv->end) {
            csv->line = begin;
            return refuse(csv, "a cell begins with a quote that is never closed");
        }
        if (break_skip(csv)) {
            *out++ = '\n';
            continue;
        }
        if (at(csv, '"') && (++csv->next, !at(csv, '"')))
            break;
        *out++ = *csv->next++;
    }
    *out = '\0';
    return at_cell_end(csv) ? ERR_NONE : refuse(csv, "something follows a closing quote");
}

static enum err plain_read(struct csv *csv, char *out)
{
    while (!at_cell_end(csv)) {
        if (at(csv, '"'))
            return refuse(csv, "a quote stands within a cell that does not begin with one");
        *out++ = *csv->next++;
    }
    *out = '\0';
    return ERR_NONE;
}

/* Bytes up to the end of the cell: an upper bound that does not grow with the rest of the text. */
static size_t cell_room(const struct csv *csv)
{
    const char *p = csv->next;
    bool quoted = at(csv, '"');
    if (!quoted)
        while (p < csv->end && !memchr(",\r\n", *p, 3))
            p++;
    for (bool inside = false; quoted && p < csv->end; p++) {
        inside ^= *p == '"';
        if (!inside && memchr(",\r\n", *p, 3))
            break;
    }
    return (size_t)(p - csv->next) + 1;
}

static enum err cell_read(struct csv *csv, void *mem, struct csv_row *row)
{
    if (row->count == CSV_CELLS_MAX)
        return refuse(csv, "there are too many cells");
    if (row->count % 16 == 0)
        row->cells = mem_resize(mem, row->cells, char *, row->count + 16);
    char *cell = mem_bytes(mem, cell_room(csv));
    row->cells[row->count++] = cell;
    return at(csv, '"') ? quoted_read(csv, cell) : plain_read(csv, cell);
}

enum err csv_next(struct csv *csv, void *mem, struct csv_row *row)
{
    while (break_skip(csv))
        ;
    *row = (struct csv_row){ .line = csv->line };
    if (csv->next == csv->end)
        return ERR_NOT_FOUND;
    for (;;) {
        enum err err = cell_read(csv, mem, row);
        if (err)
            return err;
        if (!at(csv, ','))
            break;
        csv->next++;
    }
    break_skip(csv);
    return ERR_NONE;
}
