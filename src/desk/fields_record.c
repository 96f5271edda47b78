#include "base/mem.h"
#include "base/text.h"
#include "desk/fields.h"

enum { LABEL_MAX = 100 }; /* characters of an unknown member that are told back */

/* ---- to JSON ---- */

void field_put_json(struct json_object *to, const struct field *field, const void *record)
{
    const char *label = field_label(field);
    switch (field->type) {
    case FIELD_BOOL:
        json_put_bool(to, label, *field_bool(field, record));
        break;
    case FIELD_WORD:
        json_put_text(to, label, words_name(field->words, *field_word(field, record)));
        break;
    case FIELD_CENTS:
        json_put_decimal(to, label, *field_int(field, record), 2);
        break;
    case FIELD_MICROS:
        json_put_decimal(to, label, *field_int(field, record), 6);
        break;
    case FIELD_REAL:
        json_put_real(to, label, *field_real(field, record));
        break;
    case FIELD_INSTANT:
        json_put_instant(to, label, *field_int(field, record));
        break;
    case FIELD_TEXT:
    case FIELD_PHONE:
    case FIELD_CLOCK:
    case FIELD_DATE:
    case FIELD_ZONE:
        json_put_text(to, label, *field_text(field, record));
        break;
    case FIELD_INT:
    case FIELD_ID:
        json_put_int(to, label, *field_int(field, record));
        break;
    }
}

void record_put_json(struct json_object *to, const struct table *table, const void *record,
                     bool show_hidden)
{
    for (size_t i = 0; i < table->field_count; i++)
        if (show_hidden || !(table->fields[i].flags & FIELD_HIDDEN))
            field_put_json(to, &table->fields[i], record);
}

/* ---- from JSON ---- */

/* Whether the field has the same value in both records. */
static bool field_same(const struct field *field, const void *a, const void *b)
{
    void *mem = mem_context(NULL);
    struct json_object *left = json_object_on(mem), *right = json_object_on(mem);
    field_put_json(left, field, a);
    field_put_json(right, field, b);
    bool same = json_object_equal(left, right) != 0;
    mem_free(mem);
    return same;
}

static enum err fixed_check(void *mem, const struct table *table, const struct field *field,
                            struct json_object *value, void *record, struct faults *faults)
{
    void *changed = mem_memdup(faults->mem, record, table->size);
    enum err err = field_set_json(mem, field, value, changed, faults);
    if (err || field_same(field, record, changed))
        return err;
    return fault_add(faults, field_label(field), "cannot be changed");
}

/* Whether the value is just what a client was shown of the field: then it may come back with the
 * rest. */
static bool is_shown_as(const struct field *field, const void *record, struct json_object *value)
{
    void *mem = mem_context(NULL);
    struct json_object *shown = json_object_on(mem);
    field_put_json(shown, field, record);
    bool same = text_equal(json_object_get_string(json_get(shown, field_label(field))),
                           json_object_get_string(value));
    mem_free(mem);
    return same;
}

static enum err member_read(void *mem, const struct table *table, const char *label,
                            struct json_object *value, bool creating, void *record,
                            struct faults *faults)
{
    const struct field *field = field_find(table, label);
    if (!field || field->flags & FIELD_HIDDEN)
        return fault_add(faults, text_utf8_clip(faults->mem, label, LABEL_MAX), "is not known");
    if (field->flags & (FIELD_READ_ONLY | FIELD_DERIVED))
        return !creating && is_shown_as(field, record, value)
                   ? ERR_NONE
                   : fault_add(faults, label, "cannot be set");
    if (field->flags & FIELD_FIXED && !creating)
        return fixed_check(mem, table, field, value, record, faults);
    return field_set_json(mem, field, value, record, faults);
}

static enum err required_check(const struct table *table, struct json_object *object,
                               struct faults *faults)
{
    enum err err = ERR_NONE;
    for (size_t i = 0; i < table->field_count; i++) {
        const char *label = field_label(&table->fields[i]);
        if (table->fields[i].flags & FIELD_REQUIRED &&
            !json_object_object_get_ex(object, label, NULL))
            err = fault_add(faults, label, "is missing");
    }
    return err;
}

enum err record_read_json(void *mem, const struct table *table, struct json_object *object,
                          bool creating, void *record, struct faults *faults)
{
    if (!json_is(object, json_type_object))
        return fault_add(faults, "", "must be a JSON object");
    enum err err = creating ? required_check(table, object, faults) : ERR_NONE;
    json_object_object_foreach(object, label, value)
    {
        if (member_read(mem, table, label, value, creating, record, faults))
            err = ERR_INVALID;
    }
    return err;
}
