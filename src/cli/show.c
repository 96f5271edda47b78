#include "cli/show.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/fields.h"
#include "heard/amount.h"
#include <math.h>
#include <string.h>

/* ---- values ---- */

char *show_safe(void *mem, const char *text)
{
    if (!text)
        return mem_strdup(mem, "-");
    char *line = text_one_line(mem, text), *out = line;
    /* C1 controls, too, steer a terminal. */
    for (const char *p = line; *p; p++)
        if ((unsigned char)*p == 0xc2 && (unsigned char)p[1] >= 0x80 && (unsigned char)p[1] < 0xa0)
            p++;
        else
            *out++ = *p;
    *out = '\0';
    return line;
}

static char *show_instant(void *mem, int64_t instant)
{
    struct civil at = civil_from_utc(instant);
    return mem_printf(mem, "%04d-%02d-%02d %02d:%02d UTC", at.year, at.month, at.day, at.hour,
                      at.minute);
}

static char *show_integer(void *mem, const struct field *field, int64_t value)
{
    if (value == NO_VALUE)
        return mem_strdup(mem, "-");
    switch (field->type) {
    case FIELD_CENTS:
        return amount_format(mem, value);
    case FIELD_MICROS:
        return mem_printf(mem, "$%s", decimal_format(mem, value, 6));
    case FIELD_INSTANT:
        return show_instant(mem, value);
    default:
        return mem_printf(mem, "%lld", (long long)value);
    }
}

char *show_value(void *mem, const struct field *field, const void *record)
{
    switch (field_value(field->type)) {
    case VALUE_BOOL:
        return mem_strdup(mem, *field_bool(field, record) ? "yes" : "no");
    case VALUE_WORD:
        return show_safe(mem, words_name(field->words, *field_word(field, record)));
    case VALUE_REAL: {
        double value = *field_real(field, record);
        return isnan(value) ? mem_strdup(mem, "-") : mem_printf(mem, "%.10g", value);
    }
    case VALUE_TEXT:
        return show_safe(mem, *field_text(field, record));
    default:
        return show_integer(mem, field, *field_int(field, record));
    }
}

/* ---- columns ---- */

struct columns columns_begin(void *mem, const char *const *titles, size_t width)
{
    struct columns columns = { .mem = mem, .width = width };
    for (size_t i = 0; i < width; i++) {
        char *title = mem_strdup(mem, titles[i]);
        for (char *p = title; *p; p++)
            if (*p == '_')
                *p = ' ';
        columns_add(&columns, title);
    }
    return columns;
}

void columns_add(struct columns *columns, const char *cell)
{
    columns->cells = mem_resize(columns->mem, columns->cells, const char *, columns->count + 1);
    columns->cells[columns->count++] = cell;
}

static size_t column_width(const struct columns *columns, size_t column)
{
    size_t widest = 0;
    for (size_t i = column; i < columns->count; i += columns->width) {
        size_t length = text_utf8_length(columns->cells[i]);
        widest = length > widest ? length : widest;
    }
    return widest;
}

void columns_print(FILE *out, const struct columns *columns)
{
    size_t *widths = mem_new_array(columns->mem, size_t, columns->width);
    for (size_t i = 0; i < columns->width; i++)
        widths[i] = column_width(columns, i);
    for (size_t i = 0; i < columns->count; i++) {
        size_t column = i % columns->width;
        bool last = column + 1 == columns->width;
        size_t room = widths[column] - text_utf8_length(columns->cells[i]);
        fprintf(out, "%s%*s", columns->cells[i], last ? 0 : (int)room + 2, "");
        if (last)
            fputc('\n', out);
    }
}

/* ---- lists ---- */

static const void *list_at(const struct record_list *list, size_t place)
{
    return (const char *)list->records + place * list->table->size;
}

static void list_json(struct cli *cli, const struct record_list *list)
{
    struct json_object *json = json_object_on(cli->mem);
    struct json_object *array = json_put_array(json, list->plural);
    for (size_t i = 0; i < list->count; i++)
        record_put_json(json_put_object(array, NULL), list->table, list_at(list, i), false);
    json_put_int(json, "total", list->total);
    show_json(cli, json);
}

void show_list(struct cli *cli, const struct record_list *list)
{
    if (cli->json) {
        list_json(cli, list);
        return;
    }
    struct columns columns = columns_begin(cli->mem, list->labels, list->label_count);
    for (size_t i = 0; i < list->count; i++)
        for (size_t k = 0; k < list->label_count; k++)
            columns_add(&columns, show_value(cli->mem, field_find(list->table, list->labels[k]),
                                             list_at(list, i)));
    columns_print(cli->out, &columns);
    if (list->total > (int64_t)list->count)
        fprintf(cli->out, "%zu of %lld; see --limit and --offset\n", list->count,
                (long long)list->total);
}

int show_selected(struct cli *cli, struct record_list *list)
{
    struct faults faults = faults_on(cli->mem);
    struct selection selection = { 0 };
    void *records;
    if (options_to_selection(cli->mem, cli->options, list->table, &selection, &faults))
        return cli_fail_faults(cli, &faults);
    int code = cli_open(cli, DB_READ);
    if (code)
        return code;
    enum err err = table_list(cli->db, cli->mem, list->table, &selection, &records, &list->count,
                              &list->total);
    if (err)
        return cli_fail_err(cli, err, "read the list");
    list->records = records;
    show_list(cli, list);
    return CLI_DONE;
}

/* ---- one record ---- */

void show_record(struct cli *cli, const struct table *table, const void *record)
{
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        char *value = show_value(cli->mem, field, record);
        if (!(field->flags & FIELD_HIDDEN) && strcmp(value, "-") != 0)
            fprintf(cli->out, "%-22s %s\n", field_label(field), value);
    }
}

void show_added(struct cli *cli, const struct table *table, const void *record)
{
    const struct row_head *head = record;
    if (!cli->json) {
        fprintf(cli->out, "%s %lld added\n", table->one, (long long)head->id);
        return;
    }
    struct json_object *json = json_object_on(cli->mem);
    record_put_json(json, table, record, false);
    show_json(cli, json);
}

void show_json(struct cli *cli, struct json_object *json)
{
    fprintf(cli->out, "%s\n",
            json_object_to_json_string_ext(json, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
                                                     JSON_C_TO_STRING_NOSLASHESCAPE));
}
