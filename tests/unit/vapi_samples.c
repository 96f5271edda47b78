#include "vapi_samples.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *mem;

void samples_setup(void)
{
    secret_start();
    mem = mem_context(NULL);
}

void samples_teardown(void)
{
    mem_free(mem);
}

/* ---- files ---- */

static const char *folder(void)
{
    const char *srcdir = getenv("abs_top_srcdir");
    if (!srcdir)
        srcdir = getenv("srcdir");
    const char *const places[] = { getenv("SAMPLES"),
                                   mem_printf(mem, "%s/tests/data/vapi", srcdir ? srcdir : "."),
                                   "../shared/reference/vapi" };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i] && access(mem_printf(mem, "%s/hang.json", places[i]), R_OK) == 0)
            return places[i];
    ck_abort_msg("no samples: set SAMPLES to their folder");
    return NULL;
}

static struct json_object *parse(const char *text, size_t len, const char *name)
{
    struct json_tokener *tokener = json_tokener_new_ex(100);
    struct json_object *json = json_tokener_parse_ex(tokener, text, (int)len);
    enum json_tokener_error error = json_tokener_get_error(tokener);
    json_tokener_free(tokener);
    ck_assert_msg(error == json_tokener_success, "%s: %s", name, json_tokener_error_desc(error));
    return json;
}

/* The caller owns a reference. */
static struct json_object *read_stream(FILE *stream, const char *name)
{
    size_t len = 0, size = 1 << 16;
    char *text = malloc(size);
    ck_assert_msg(stream != NULL, "%s", name);
    for (size_t got; (got = fread(text + len, 1, size - len, stream)) > 0;) {
        len += got;
        if (len == size)
            text = realloc(text, size *= 2);
    }
    struct json_object *json = parse(text, len, name);
    free(text);
    return json;
}

struct json_object *sample(const char *name)
{
    FILE *stream = fopen(mem_printf(mem, "%s/%s", folder(), name), "r");
    struct json_object *json = json_keep(mem, read_stream(stream, name));
    fclose(stream);
    return json;
}

static int is_sample(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".json") == 0 && strcmp(entry->d_name, "openapi.json") != 0;
}

char **sample_names(size_t *count)
{
    struct dirent **entries;
    int found = scandir(folder(), &entries, is_sample, alphasort);
    ck_assert_int_gt(found, 40);
    char **names = mem_new_array(mem, char *, found);
    for (int i = 0; i < found; i++) {
        names[i] = mem_strdup(mem, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    *count = (size_t)found;
    return names;
}

/* ---- making messages ---- */

struct json_object *json_of(const char *text)
{
    char *copy = mem_strdup(mem, text);
    for (char *p = copy; *p; p++)
        if (*p == '\'')
            *p = '"';
    struct json_object *json;
    const char *why;
    ck_assert_msg(json_read(mem, copy, strlen(copy), &json, &why) == ERR_NONE, "%s: %s", why, copy);
    return json;
}

struct json_object *message_of(const char *members)
{
    return json_of(mem_printf(mem, "{'message':{'timestamp':1788282245362,'call':{'id':'c1'}%s%s}}",
                              *members ? "," : "", members));
}

struct event event_of(struct json_object *body)
{
    struct event event;
    vapi_event_read(mem, NULL, body, &event);
    return event;
}

struct event event_of_sample(const char *name)
{
    return event_of(sample(name));
}

void json_set(struct json_object *json, const char *path, const char *value)
{
    const char *dot = strrchr(path, '.');
    struct json_object *parent =
        dot ? json_at(json, mem_strndup(mem, path, (size_t)(dot - path))) : json;
    ck_assert_msg(parent != NULL, "%s", path);
    if (value)
        json_put(parent, dot ? dot + 1 : path, json_object_get(json_of(value)));
    else
        json_object_object_del(parent, dot ? dot + 1 : path);
}

/* ---- the OpenAPI document ---- */

static struct json_object *schemas(void)
{
    static struct json_object *document; /* outlives the test: it is big */
    if (!document) {
        const char *plain = mem_printf(mem, "%s/openapi.json", folder());
        bool packed = access(plain, R_OK) != 0;
        FILE *stream =
            packed ? popen(mem_printf(mem, "gzip -dc '%s.gz'", plain), "r") : fopen(plain, "r");
        document = read_stream(stream, "openapi.json");
        (packed ? pclose : fclose)(stream);
    }
    return json_at(document, "components.schemas");
}

struct json_object *schema_find(const char *name)
{
    struct json_object *schema = json_get(schemas(), name);
    ck_assert_msg(schema != NULL, "no schema %s", name);
    return schema;
}

static const char *fault_at(struct json_object *schema, struct json_object *value,
                            const char *path);

static bool listed(struct json_object *list, struct json_object *value)
{
    for (size_t i = 0; i < json_object_array_length(list); i++)
        if (json_object_equal(json_object_array_get_idx(list, i), value))
            return true;
    return false;
}

static const char *object_fault(struct json_object *schema, struct json_object *value,
                                const char *path)
{
    struct json_object *properties = json_get(schema, "properties");
    struct json_object *others = json_get(schema, "additionalProperties");
    struct json_object *required = json_get(schema, "required");
    for (size_t i = 0; required && i < json_object_array_length(required); i++) {
        const char *name = json_object_get_string(json_object_array_get_idx(required, i));
        if (!json_get(value, name))
            return mem_printf(mem, "%s.%s is missing", path, name);
    }
    json_object_object_foreach(value, key, member)
    {
        struct json_object *inner = json_get(properties, key);
        const char *fault = NULL;
        if (properties && !inner && !others)
            return mem_printf(mem, "%s.%s is unknown", path, key);
        if (inner || json_is(others, json_type_object))
            fault = fault_at(inner ? inner : others, member, mem_printf(mem, "%s.%s", path, key));
        if (fault)
            return fault;
    }
    return NULL;
}

static const char *array_fault(struct json_object *schema, struct json_object *value,
                               const char *path)
{
    struct json_object *items = json_get(schema, "items");
    for (size_t i = 0; items && i < json_object_array_length(value); i++) {
        const char *fault = fault_at(items, json_object_array_get_idx(value, i),
                                     mem_printf(mem, "%s[%zu]", path, i));
        if (fault)
            return fault;
    }
    return NULL;
}

static bool type_fits(const char *type, struct json_object *schema, struct json_object *value)
{
    /* The document says "object" of some enumerations of texts (reference, section 12). */
    if (text_equal(type, "object") && json_get(schema, "enum"))
        type = "string";
    if (text_equal(type, "number"))
        return json_is(value, json_type_int) || json_is(value, json_type_double);
    static const struct {
        const char *name;
        enum json_type type;
    } types[] = { { "string", json_type_string },
                  { "boolean", json_type_boolean },
                  { "array", json_type_array },
                  { "object", json_type_object },
                  { "integer", json_type_int } };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_equal(types[i].name, type))
            return json_is(value, types[i].type);
    return true;
}

static const char *bounds_fault(struct json_object *schema, struct json_object *value,
                                const char *path)
{
    double number = json_is(value, json_type_string)
                        ? (double)text_utf8_length(json_object_get_string(value))
                        : json_object_get_double(value);
    bool text = json_is(value, json_type_string);
    double least = json_real_at(schema, text ? "minLength" : "minimum");
    double most = json_real_at(schema, text ? "maxLength" : "maximum");
    if ((!isnan(least) && number < least) || (!isnan(most) && number > most))
        return mem_printf(mem, "%s is out of bounds: %g", path, number);
    struct json_object *words = json_get(schema, "enum");
    if (text && words && !listed(words, value))
        return mem_printf(mem, "%s may not be %s", path, json_object_get_string(value));
    return NULL;
}

static const char *fault_at(struct json_object *schema, struct json_object *value, const char *path)
{
    const char *ref = json_text_at(schema, "$ref"), *fault = NULL;
    struct json_object *all = json_get(schema, "allOf"), *one = json_get(schema, "oneOf");
    if (ref)
        return fault_at(schema_find(strrchr(ref, '/') + 1), value, path);
    if (all)
        return fault_at(json_object_array_get_idx(all, 0), value, path);
    for (size_t i = 0; one && i < json_object_array_length(one); i++) {
        const char *inner = fault_at(json_object_array_get_idx(one, i), value, path);
        if (!inner)
            return NULL;
        /* The alternative that was meant is the one that got furthest. */
        if (!fault || strlen(inner) > strlen(fault))
            fault = inner;
    }
    if (one)
        return fault;
    if (!type_fits(json_text_at(schema, "type"), schema, value))
        return mem_printf(mem, "%s is no %s", path, json_text_at(schema, "type"));
    if (json_is(value, json_type_object))
        return object_fault(schema, value, path);
    if (json_is(value, json_type_array))
        return array_fault(schema, value, path);
    return bounds_fault(schema, value, path);
}

const char *schema_fault(const char *schema, struct json_object *value)
{
    return fault_at(schema_find(schema), value, schema);
}
