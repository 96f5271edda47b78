#include "desk/fields.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/fields_take.h"
#include <math.h>
#include <string.h>

/* How the values of a type come in: as whole numbers of 10^-digits units, or through `text`. */
enum shape { SHAPE_SCALED, SHAPE_REAL, SHAPE_BOOL, SHAPE_TEXT };

static const struct {
    enum shape shape;
    int digits;
    enum err (*take)(const struct taking *taking, const char *text);
    const char *must; /* what to say when the value is of another kind */
} rules[] = {
    [FIELD_INT] = { SHAPE_SCALED, 0, NULL, "must be a whole number" },
    [FIELD_ID] = { SHAPE_SCALED, 0, NULL, "must be an id, a whole number from 1" },
    [FIELD_BOOL] = { SHAPE_BOOL, 0, NULL, "must be true or false" },
    [FIELD_TEXT] = { SHAPE_TEXT, 0, take_plain, "must be a text" },
    [FIELD_WORD] = { SHAPE_TEXT, 0, take_word, "must be a text" },
    [FIELD_CENTS] = { SHAPE_SCALED, 2, NULL,
                      "must be a number of dollars with at most 2 decimals" },
    [FIELD_MICROS] = { SHAPE_SCALED, 6, NULL,
                       "must be a number of dollars with at most 6 decimals" },
    [FIELD_REAL] = { SHAPE_REAL, 0, NULL, "must be a number" },
    [FIELD_INSTANT] = { SHAPE_TEXT, 0, take_instant,
                        "must be an instant such as 2026-09-01T17:04:00Z" },
    [FIELD_PHONE] = { SHAPE_TEXT, 0, take_phone,
                      "must be a phone number in E.164 form, such as +14155551234, or a US one "
                      "such as 415-555-1234" },
    [FIELD_CLOCK] = { SHAPE_TEXT, 0, take_clock,
                      "must be a time from 00:00 to 23:59, such as 09:00" },
    [FIELD_DATE] = { SHAPE_TEXT, 0, take_date, "must be a date such as 2026-09-01" },
    [FIELD_ZONE] = { SHAPE_TEXT, 0, take_zone,
                     "must be an IANA time zone, such as America/Los_Angeles" },
};

const char *field_label(const struct field *field)
{
    return field->label ? field->label : field->name;
}

const struct field *field_find(const struct table *table, const char *label)
{
    for (size_t i = 0; i < table->field_count; i++)
        if (strcmp(field_label(&table->fields[i]), label) == 0)
            return &table->fields[i];
    return NULL;
}

enum err take_refuse(const struct taking *taking)
{
    return fault_add(taking->faults, field_label(taking->field), "%s",
                     rules[taking->field->type].must);
}

/* ---- numbers ---- */

/* The largest value in the field's unit; a maximum of 0 is none. */
static int64_t bound(const struct field *field, int64_t limit)
{
    int64_t scaled = limit;
    for (int i = 0; i < rules[field->type].digits; i++)
        if (__builtin_mul_overflow(scaled, 10, &scaled))
            return limit < 0 ? -INT64_MAX : INT64_MAX;
    return scaled;
}

static enum err range_refuse(const struct taking *taking)
{
    const struct field *field = taking->field;
    const char *label = field_label(field);
    if (field->max == 0)
        return fault_add(taking->faults, label, "must be at least %lld", (long long)field->min);
    return fault_add(taking->faults, label, "must be from %lld to %lld", (long long)field->min,
                     (long long)field->max);
}

static enum err scaled_take(const struct taking *taking, int64_t value)
{
    const struct field *field = taking->field;
    if (field->type == FIELD_ID && value < 1)
        return take_refuse(taking);
    if (value < bound(field, field->min) || (field->max && value > bound(field, field->max)))
        return range_refuse(taking);
    *field_int(field, taking->record) = value;
    return ERR_NONE;
}

static enum err real_take(const struct taking *taking, double value)
{
    const struct field *field = taking->field;
    if (!isfinite(value))
        return take_refuse(taking);
    if (value < (double)field->min || (field->max && value > (double)field->max))
        return range_refuse(taking);
    *field_real(field, taking->record) = value;
    return ERR_NONE;
}

/* ---- what both ways share ---- */

static void value_clear(const struct field *field, void *record)
{
    struct table one = { .fields = field, .field_count = 1 };
    table_clear(&one, record);
}

static enum err null_take(const struct taking *taking, const char *refusal)
{
    if (taking->field->flags & (FIELD_REQUIRED | FIELD_NOT_NULL) ||
        taking->field->type == FIELD_BOOL)
        return fault_add(taking->faults, field_label(taking->field), "%s", refusal);
    value_clear(taking->field, taking->record);
    return ERR_NONE;
}

/* Whether text is digits in groups of three, as in "1,850,000.50". */
static bool is_grouped(const char *text)
{
    static const char digits[] = "0123456789";
    size_t first = strspn(text, digits);
    const char *p = text + first;
    while (*p == ',' && strspn(p + 1, digits) == 3)
        p += 4;
    return first >= 1 && first <= 3 && p > text + first && (*p == '\0' || *p == '.');
}

/* The text without those commas and, for dollars, without "$". */
static char *ungrouped(void *mem, const struct field *field, const char *text)
{
    char *plain = mem_strdup(mem, text + (field->type == FIELD_CENTS && *text == '$'));
    if (!is_grouped(plain))
        return plain;
    char *out = plain;
    for (const char *p = plain; *p; p++)
        if (*p != ',')
            *out++ = *p;
    *out = '\0';
    return plain;
}

static enum err bool_read(const struct taking *taking, const char *text)
{
    static const char *const said[] = { "false", "true", "no", "yes" };
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        if (text_equal_nocase(text, said[i])) {
            *field_bool(taking->field, taking->record) = i % 2 == 1;
            return ERR_NONE;
        }
    return take_refuse(taking);
}

static enum err number_read(const struct taking *taking, const char *text)
{
    const struct field *field = taking->field;
    int64_t value;
    char *plain = ungrouped(taking->faults->mem, field, text);
    if (field->type != FIELD_REAL)
        return decimal_parse(plain, rules[field->type].digits, &value) ? scaled_take(taking, value)
                                                                       : take_refuse(taking);
    if (!decimal_parse(plain, 6, &value))
        return take_refuse(taking);
    return real_take(taking, (double)value / 1e6);
}

enum err field_set_text(void *mem, const struct field *field, const char *text, void *record,
                        struct faults *faults)
{
    struct taking taking = { mem, field, record, faults };
    char *trimmed = text_trim(faults->mem, text);
    if (!*trimmed)
        return null_take(&taking, "must not be empty");
    if (rules[field->type].shape == SHAPE_BOOL)
        return bool_read(&taking, trimmed);
    if (rules[field->type].shape != SHAPE_TEXT)
        return number_read(&taking, trimmed);
    return rules[field->type].take(
        &taking, field->type == FIELD_WORD ? text_lower(faults->mem, trimmed) : trimmed);
}

/* ---- JSON ---- */

static enum err scaled_read_json(const struct taking *taking, struct json_object *value)
{
    int64_t scaled;
    return json_decimal(value, rules[taking->field->type].digits, &scaled)
               ? scaled_take(taking, scaled)
               : take_refuse(taking);
}

static enum err real_read_json(const struct taking *taking, struct json_object *value)
{
    if (!json_is(value, json_type_int) && !json_is(value, json_type_double))
        return take_refuse(taking);
    return real_take(taking, json_object_get_double(value));
}

static enum err bool_read_json(const struct taking *taking, struct json_object *value)
{
    if (!json_is(value, json_type_boolean))
        return take_refuse(taking);
    *field_bool(taking->field, taking->record) = json_object_get_boolean(value);
    return ERR_NONE;
}

static enum err text_read_json(const struct taking *taking, struct json_object *value)
{
    if (!json_is(value, json_type_string))
        return take_refuse(taking);
    return rules[taking->field->type].take(taking, json_object_get_string(value));
}

enum err field_set_json(void *mem, const struct field *field, struct json_object *value,
                        void *record, struct faults *faults)
{
    static enum err (*const readers[])(const struct taking *, struct json_object *) = {
        [SHAPE_SCALED] = scaled_read_json,
        [SHAPE_REAL] = real_read_json,
        [SHAPE_BOOL] = bool_read_json,
        [SHAPE_TEXT] = text_read_json,
    };
    struct taking taking = { mem, field, record, faults };
    if (!value)
        return null_take(&taking, "must not be null");
    return readers[rules[field->type].shape](&taking, value);
}
