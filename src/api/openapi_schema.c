/* Tables as JSON Schemas. */
#include "api/openapi.h"
#include "base/mem.h"
#include "desk/fields.h"

static const struct {
    const char *type, *format, *pattern;
} types[] = {
    [FIELD_INT] = { "integer", NULL, NULL },
    [FIELD_ID] = { "integer", NULL, NULL },
    [FIELD_BOOL] = { "boolean", NULL, NULL },
    [FIELD_TEXT] = { "string", NULL, NULL },
    [FIELD_WORD] = { "string", NULL, NULL },
    [FIELD_CENTS] = { "number", NULL, NULL },
    [FIELD_MICROS] = { "number", NULL, NULL },
    [FIELD_REAL] = { "number", NULL, NULL },
    [FIELD_INSTANT] = { "string", "date-time", NULL },
    [FIELD_PHONE] = { "string", NULL, NULL },
    [FIELD_CLOCK] = { "string", NULL, "^([01][0-9]|2[0-3]):[0-5][0-9]$" },
    [FIELD_DATE] = { "string", "date", NULL },
    [FIELD_ZONE] = { "string", NULL, NULL },
};

static void words_put(struct json_object *schema, const struct words *words, bool nullable)
{
    struct json_object *list = json_put_array(schema, "enum");
    for (int i = 0; i < words->count; i++)
        json_put_text(list, NULL, words->list[i]);
    if (nullable)
        json_put_null(list, NULL);
}

static void bounds_put(struct json_object *schema, const struct field *field)
{
    bool is_text = field->type == FIELD_TEXT;
    bool is_number = field->type == FIELD_INT || field->type == FIELD_REAL;
    if (is_text && field->min > 0)
        json_put_int(schema, "minLength", field->min);
    if ((is_text || is_number) && field->max > 0)
        json_put_int(schema, is_text ? "maxLength" : "maximum", field->max);
    if (is_number && field->max > 0)
        json_put_int(schema, "minimum", field->min);
    if (field->type == FIELD_CENTS) {
        json_put_int(schema, "exclusiveMinimum", 0);
        json_put_int(schema, "maximum", field->max);
    }
}

void openapi_put_value(struct json_object *schema, const struct field *field, bool nullable)
{
    if (nullable) {
        struct json_object *list = json_put_array(schema, "type");
        json_put_text(list, NULL, types[field->type].type);
        json_put_text(list, NULL, "null");
    } else {
        json_put_text(schema, "type", types[field->type].type);
    }
    if (types[field->type].format)
        json_put_text(schema, "format", types[field->type].format);
    if (types[field->type].pattern)
        json_put_text(schema, "pattern", types[field->type].pattern);
    if (field->type == FIELD_WORD)
        words_put(schema, field->words, nullable);
    bounds_put(schema, field);
    if (field->about)
        json_put_text(schema, "description", field->about);
}

static bool is_nullable(const struct field *field)
{
    return !(field->flags & (FIELD_REQUIRED | FIELD_NOT_NULL)) && field->type != FIELD_BOOL;
}

static struct json_object *schema_begin(struct json_object *schemas, const char *name,
                                        const char *suffix)
{
    char *key = mem_printf(NULL, "%s%s", name, suffix);
    struct json_object *schema = json_put_object(schemas, key);
    mem_free(key);
    json_put_text(schema, "type", "object");
    json_put_bool(schema, "additionalProperties", false);
    return schema;
}

static void answer_put(struct json_object *schemas, const char *name, const struct table *table)
{
    struct json_object *schema = schema_begin(schemas, name, "");
    struct json_object *required = json_put_array(schema, "required");
    struct json_object *properties = json_put_object(schema, "properties");
    /* AgentMe adds members to an Agent. */
    json_object_object_del(schema, "additionalProperties");
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        if (field->flags & FIELD_HIDDEN)
            continue;
        json_put_text(required, NULL, field_label(field));
        openapi_put_value(json_put_object(properties, field_label(field)), field,
                          is_nullable(field));
    }
}

static void input_put(struct json_object *schemas, const char *name, const struct table *table,
                      bool creating)
{
    struct json_object *schema = schema_begin(schemas, name, creating ? "Input" : "Change");
    struct json_object *required = creating ? json_put_array(schema, "required") : NULL;
    struct json_object *properties = json_put_object(schema, "properties");
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        if (field->flags & (FIELD_READ_ONLY | FIELD_HIDDEN))
            continue;
        if (required && field->flags & FIELD_REQUIRED)
            json_put_text(required, NULL, field_label(field));
        openapi_put_value(json_put_object(properties, field_label(field)), field,
                          is_nullable(field));
    }
}

void openapi_put_table(struct json_object *schemas, const char *name, const struct table *table)
{
    answer_put(schemas, name, table);
    input_put(schemas, name, table, true);
    input_put(schemas, name, table, false);
}
