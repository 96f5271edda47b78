#include "cli/options.h"
#include "base/instant.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/fields.h"
#include <getopt.h>
#include <string.h>

/* Values of getopt_long that are neither '?' nor ':'. */
enum { FIRST_PLACE = 1000, PAGE_DEFAULT = 50, PAGE_MAX = 1000000 };

char *option_name(void *mem, const char *label)
{
    char *name = mem_strdup(mem, label);
    for (char *p = name; *p; p++)
        if (*p == '_')
            *p = '-';
    return name;
}

/* ---- making ---- */

void option_specs_add(void *mem, struct option_specs *specs, const struct option_spec *list,
                      size_t count)
{
    if (count == 0)
        return;
    specs->list = mem_resize(mem, specs->list, struct option_spec, specs->count + count);
    for (size_t i = 0; i < count; i++)
        specs->list[specs->count++] = list[i];
}

static const char *value_shown(void *mem, enum field_type type, const struct words *words)
{
    static const char *const shown[] = {
        [FIELD_INT] = "NUMBER",     [FIELD_ID] = "ID",       [FIELD_BOOL] = "true|false",
        [FIELD_TEXT] = "TEXT",      [FIELD_WORD] = "WORD",   [FIELD_CENTS] = "DOLLARS",
        [FIELD_MICROS] = "DOLLARS", [FIELD_REAL] = "NUMBER", [FIELD_INSTANT] = "INSTANT",
        [FIELD_PHONE] = "NUMBER",   [FIELD_CLOCK] = "HH:MM", [FIELD_DATE] = "YYYY-MM-DD",
        [FIELD_ZONE] = "ZONE",
    };
    if (type != FIELD_WORD)
        return shown[type];
    char *text = NULL;
    for (int i = 0; i < words->count; i++)
        mem_append(mem, &text, "%s%s", i ? "|" : "", words->list[i]);
    return text;
}

void option_specs_add_fields(void *mem, struct option_specs *specs, const struct table *table)
{
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        struct option_spec spec = { .name = option_name(mem, field_label(field)),
                                    .value = value_shown(mem, field->type, field->words),
                                    .about = field->about };
        if (strcmp(field->name, "agent_id") == 0)
            spec.about = "Whose it is; the first agent's unless given";
        if (field->flags & FIELD_REQUIRED)
            spec.about = mem_printf(mem, "%s (needed)", field->about);
        if (!(field->flags & (FIELD_READ_ONLY | FIELD_DERIVED | FIELD_HIDDEN)))
            option_specs_add(mem, specs, &spec, 1);
    }
}

void option_specs_add_filters(void *mem, struct option_specs *specs, const struct table *table)
{
    static const struct option_spec page[] = {
        { "limit", "NUMBER", "At most so many (50)" },
        { "offset", "NUMBER", "Leave out so many first" },
    };
    for (size_t i = 0; i < table->filter_count; i++) {
        const struct filter *filter = &table->filters[i];
        struct option_spec spec = { .name = option_name(mem, filter->name),
                                    .value = value_shown(mem, filter->type, filter->words),
                                    .about = filter->about };
        option_specs_add(mem, specs, &spec, 1);
    }
    option_specs_add(mem, specs, page, sizeof page / sizeof page[0]);
}

/* ---- reading ---- */

/* Two options of one name would be ambiguous to getopt_long: the first one counts. */
static struct option *long_options(void *mem, const struct option_specs *specs)
{
    struct option *list = mem_new_array(mem, struct option, specs->count + 1);
    for (size_t i = 0; i < specs->count; i++)
        list[i] = (struct option){
            .name = specs->list[i].name,
            .has_arg = specs->list[i].value ? required_argument : no_argument,
            .val = FIRST_PLACE + (int)i,
        };
    return list;
}

static enum err reading_refuse(void *mem, int code, char **argv, const char **why)
{
    const char *given = argv[optind - 1];
    *why = mem_printf(mem, code == ':' ? "%s needs a value" : "there is no option %s here", given);
    return ERR_INVALID;
}

enum err options_read(void *mem, const struct option_specs *specs, int argc, char **argv,
                      bool in_order, struct options *options, const char **why)
{
    struct option *list = long_options(mem, specs);
    *options = (struct options){ .specs = specs->list,
                                 .spec_count = specs->count,
                                 .values = mem_new_array(mem, const char *, specs->count) };
    int code;
    optind = 0; /* glibc: begin anew */
    opterr = 0;
    while ((code = getopt_long(argc, argv, in_order ? "+:" : ":", list, NULL)) != -1) {
        if (code < FIRST_PLACE)
            return reading_refuse(mem, code, argv, why);
        options->values[code - FIRST_PLACE] = optarg ? optarg : "";
    }
    options->operands = argv + optind;
    options->operand_count = (size_t)(argc - optind);
    return ERR_NONE;
}

const char *options_get(const struct options *options, const char *name)
{
    for (size_t i = 0; i < options->spec_count; i++)
        if (strcmp(options->specs[i].name, name) == 0)
            return options->values[i];
    return NULL;
}

bool options_has(const struct options *options, const char *name)
{
    return options_get(options, name) != NULL;
}

/* ---- into records and selections ---- */

enum err options_to_record(void *mem, const struct options *options, const struct table *table,
                           void *record, struct faults *faults)
{
    enum err err = ERR_NONE;
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        const char *text = options_get(options, option_name(mem, field_label(field)));
        if (text && field_set_text(mem, field, text, record, faults))
            err = ERR_INVALID;
        else if (!text && field->flags & FIELD_REQUIRED)
            err = fault_add(faults, field_label(field), "is needed");
    }
    return err;
}

union filter_value {
    int64_t integer;
    const char *text;
    double real;
    int word;
    bool truth;
};

static struct db_value filter_db(const struct filter *filter, const union filter_value *value)
{
    switch (field_value(filter->type)) {
    case VALUE_BOOL:
        return db_int(value->truth);
    case VALUE_WORD:
        return db_text(words_name(filter->words, value->word));
    case VALUE_REAL:
        return db_real(value->real);
    case VALUE_TEXT:
        return db_text(value->text);
    default:
        return db_int(value->integer);
    }
}

/* A day stands for the instant at which it begins (UTC); as "to", it is included. */
static bool is_day(const struct filter *filter, const char *text)
{
    return filter->type == FIELD_INSTANT && strlen(text) == strlen("2026-09-01");
}

static enum err filter_add(void *mem, const struct filter *filter, const char *text,
                           struct selection *selection, struct faults *faults)
{
    const struct field field = { .name = filter->name,
                                 .type = filter->type,
                                 .words = filter->words };
    union filter_value value;
    bool day = is_day(filter, text);
    if (text_blank(text))
        return fault_add(faults, filter->name, "needs a value");
    if (day)
        text = mem_printf(mem, "%sT00:00:00Z", text);
    if (filter->type == FIELD_INSTANT && instant_parse(text, &value.integer))
        return fault_add(faults, filter->name,
                         "must be a day such as 2026-09-01, or an instant such as "
                         "2026-09-01T17:04:00Z");
    enum err err = field_set_text(mem, &field, text, &value, faults);
    if (err)
        return err;
    if (day && strcmp(filter->name, "to") == 0)
        value.integer += DAY_MS;
    selection_add(selection, filter->sql, filter_db(filter, &value));
    return ERR_NONE;
}

static enum err page_read(const struct options *options, struct selection *selection,
                          struct faults *faults)
{
    const char *limit = options_get(options, "limit"), *offset = options_get(options, "offset");
    enum err err = ERR_NONE;
    selection->limit = PAGE_DEFAULT;
    if (limit && !text_to_int(limit, 1, PAGE_MAX, &selection->limit))
        err = fault_add(faults, "limit", "must be a whole number from 1 to %d", PAGE_MAX);
    if (offset && !text_to_int(offset, 0, INT64_MAX, &selection->offset))
        err = fault_add(faults, "offset", "must be a whole number from 0");
    return err;
}

enum err options_to_selection(void *mem, const struct options *options, const struct table *table,
                              struct selection *selection, struct faults *faults)
{
    enum err err = page_read(options, selection, faults);
    for (size_t i = 0; i < table->filter_count; i++) {
        const char *text = options_get(options, option_name(mem, table->filters[i].name));
        if (text && filter_add(mem, &table->filters[i], text, selection, faults))
            err = ERR_INVALID;
    }
    return err;
}

/* ---- showing ---- */

enum { ABOUT_COLUMN = 32 };

void option_specs_print(FILE *out, const struct option_specs *specs)
{
    for (size_t i = 0; i < specs->count; i++) {
        const struct option_spec *spec = &specs->list[i];
        int used = fprintf(out, "  --%s%s%s", spec->name, spec->value ? " " : "",
                           spec->value ? spec->value : "");
        if (used >= ABOUT_COLUMN) {
            fputc('\n', out);
            used = 0;
        }
        fprintf(out, "%*s%s\n", ABOUT_COLUMN - used, "", spec->about);
    }
}
