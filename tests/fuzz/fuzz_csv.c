/* A file of comma-separated values. */
#include "base/text.h"
#include "cli/csv.h"
#include "fuzz.h"

static void row_check(const struct csv_row *row, size_t *line)
{
    FUZZ_CHECK(row->line > *line && row->count >= 1 && row->count <= CSV_CELLS_MAX);
    for (size_t i = 0; i < row->count; i++)
        FUZZ_CHECK(text_utf8_valid(row->cells[i], strlen(row->cells[i])));
    *line = row->line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!text_utf8_valid((const char *)data, size))
        return 0;
    void *mem = mem_context(NULL);
    struct csv csv = csv_begin((const char *)data, size);
    struct csv_row row;
    size_t line = 0;
    enum err err;
    while ((err = csv_next(&csv, mem, &row)) == ERR_NONE)
        row_check(&row, &line);
    FUZZ_CHECK(err == ERR_NOT_FOUND || (err == ERR_INVALID && csv.why));
    mem_free(mem);
    return 0;
}
