#include "base/json.h"
#include "base/instant.h"
#include "base/mem.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

static int release(struct json_object **held)
{
    json_object_put(*held);
    return 0;
}

struct json_object *json_keep(void *mem, struct json_object *json)
{
    struct json_object **held = mem_new(mem, struct json_object *);
    *held = json;
    talloc_set_destructor(held, release);
    return json;
}

struct json_object *json_object_on(void *mem)
{
    return json_keep(mem, mem_check(json_object_new_object()));
}

/* Replaces NULs, which json-c keeps inside its counted strings, so that C strings hold it all. */
static void strings_denul(struct json_object *json);

static void string_denul(struct json_object *json)
{
    size_t len = (size_t)json_object_get_string_len(json);
    const char *text = json_object_get_string(json);
    if (strlen(text) == len)
        return;
    char *clean = mem_strdup(NULL, "");
    for (size_t i = 0; i < len;) {
        mem_append(NULL, &clean, "%s", text + i);
        i += strlen(text + i);
        if (i++ < len)
            mem_append(NULL, &clean, "\xef\xbf\xbd");
    }
    json_object_set_string(json, clean);
    mem_free(clean);
}

static void strings_denul(struct json_object *json)
{
    switch (json_object_get_type(json)) {
    case json_type_string:
        string_denul(json);
        break;
    case json_type_object: {
        json_object_object_foreach(json, key, member)
        {
            (void)key;
            strings_denul(member);
        }
        break;
    }
    case json_type_array:
        for (size_t i = 0; i < json_object_array_length(json); i++)
            strings_denul(json_object_array_get_idx(json, i));
        break;
    default:
        break;
    }
}

/* Whether what json-c lets pass although RFC 8259 does not is absent outside of strings: NaN,
 * Infinity and single quotes. */
static bool is_strict(const char *bytes, size_t len)
{
    bool inside = false;
    for (size_t i = 0; i < len; i++)
        if (bytes[i] == '"')
            inside = !inside;
        else if (inside)
            i += bytes[i] == '\\';
        else if (bytes[i] == 'N' || bytes[i] == 'I' || bytes[i] == '\'')
            return false;
    return true;
}

static const char *parse_failure(enum json_tokener_error error)
{
    switch (error) {
    case json_tokener_continue:
        return "the JSON text is cut short";
    case json_tokener_error_depth:
        return "the JSON text is nested too deeply";
    default:
        return "the body is not valid JSON";
    }
}

enum err json_read(void *mem, const char *bytes, size_t len, struct json_object **value,
                   const char **why)
{
    *value = NULL;
    *why = "the body is empty; JSON was expected";
    if (len == 0)
        return ERR_INVALID;
    *why = "the JSON text is too long";
    if (len > INT32_MAX)
        return ERR_INVALID;
    /* json-c takes overlong sequences and surrogates for UTF-8, and a NUL for the end. */
    *why = "the JSON text is not valid UTF-8";
    if (!text_utf8_valid(bytes, len))
        return ERR_INVALID;
    *why = parse_failure(json_tokener_error_parse_unexpected);
    if (!is_strict(bytes, len))
        return ERR_INVALID;
    struct json_tokener *tokener = mem_check(json_tokener_new_ex(JSON_DEPTH_MAX));
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    struct json_object *json = json_tokener_parse_ex(tokener, bytes, (int)len);
    enum json_tokener_error error = json_tokener_get_error(tokener);
    /* A bare number is only known to be over when something follows it. */
    if (error == json_tokener_continue) {
        json = json_tokener_parse_ex(tokener, "", 1);
        error = json_tokener_get_error(tokener) == json_tokener_success ? json_tokener_success
                                                                        : json_tokener_continue;
    }
    json_tokener_free(tokener);
    *why = parse_failure(error);
    if (error != json_tokener_success)
        return ERR_INVALID;
    *value = json_keep(mem, json);
    if (memmem(bytes, len, "\\u0000", 6))
        strings_denul(json);
    return ERR_NONE;
}

void json_put(struct json_object *to, const char *key, struct json_object *value)
{
    int failed = key ? json_object_object_add(to, key, value) : json_object_array_add(to, value);
    if (failed)
        mem_exhausted();
}

void json_put_null(struct json_object *to, const char *key)
{
    json_put(to, key, NULL);
}

void json_put_text(struct json_object *to, const char *key, const char *text)
{
    json_put(to, key, text ? mem_check(json_object_new_string(text)) : NULL);
}

void json_put_int(struct json_object *to, const char *key, int64_t value)
{
    json_put(to, key, value == NO_VALUE ? NULL : mem_check(json_object_new_int64(value)));
}

void json_put_bool(struct json_object *to, const char *key, bool value)
{
    json_put(to, key, mem_check(json_object_new_boolean(value)));
}

void json_put_real(struct json_object *to, const char *key, double value)
{
    if (isnan(value)) {
        json_put_null(to, key);
        return;
    }
    char text[32];
    snprintf(text, sizeof text, "%.10g", value);
    json_put(to, key, mem_check(json_object_new_double_s(value, text)));
}

void json_put_decimal(struct json_object *to, const char *key, int64_t value, int digits)
{
    if (value == NO_VALUE) {
        json_put_null(to, key);
        return;
    }
    char *text = decimal_format(NULL, value, digits);
    json_put(to, key, mem_check(json_object_new_double_s((double)value / pow(10, digits), text)));
    mem_free(text);
}

void json_put_instant(struct json_object *to, const char *key, int64_t instant)
{
    char text[INSTANT_TEXT];
    if (instant != NO_VALUE)
        instant_format(instant, text);
    json_put_text(to, key, instant == NO_VALUE ? NULL : text);
}

struct json_object *json_put_object(struct json_object *to, const char *key)
{
    struct json_object *made = mem_check(json_object_new_object());
    json_put(to, key, made);
    return made;
}

struct json_object *json_put_array(struct json_object *to, const char *key)
{
    struct json_object *made = mem_check(json_object_new_array());
    json_put(to, key, made);
    return made;
}

void json_freeze(struct json_object *json)
{
    const char *text = json_object_to_json_string_ext(json, JSON_C_TO_STRING_PLAIN |
                                                                JSON_C_TO_STRING_NOSLASHESCAPE);
    char *copy = strdup(text ? text : "null");
    json_object_set_serializer(json, json_object_userdata_to_json_string, mem_check(copy),
                               json_object_free_userdata);
}

char *json_text(void *mem, struct json_object *json, size_t *len)
{
    size_t length = 0;
    const char *text = mem_check((char *)json_object_to_json_string_length(
        json, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &length));
    if (len)
        *len = length;
    return mem_strndup(mem, text, length);
}

bool json_is(struct json_object *json, enum json_type type)
{
    return json_object_get_type(json) == type;
}

struct json_object *json_get(struct json_object *json, const char *key)
{
    struct json_object *member = NULL;
    if (json_is(json, json_type_object))
        json_object_object_get_ex(json, key, &member);
    return member;
}

struct json_object *json_at(struct json_object *json, const char *path)
{
    char key[64];
    while (json && *path) {
        size_t len = strcspn(path, ".");
        if (len >= sizeof key)
            return NULL;
        memcpy(key, path, len);
        key[len] = '\0';
        json = json_get(json, key);
        path += len + (path[len] == '.');
    }
    return json;
}

const char *json_text_at(struct json_object *json, const char *path)
{
    struct json_object *member = json_at(json, path);
    return json_is(member, json_type_string) ? json_object_get_string(member) : NULL;
}

int64_t json_int_at(struct json_object *json, const char *path)
{
    struct json_object *member = json_at(json, path);
    int64_t value;
    if (json_is(member, json_type_string))
        return text_to_int(json_object_get_string(member), -INT64_MAX, INT64_MAX, &value)
                   ? value
                   : NO_VALUE;
    return json_decimal(member, 0, &value) ? value : NO_VALUE;
}

double json_real_at(struct json_object *json, const char *path)
{
    struct json_object *member = json_at(json, path);
    if (json_is(member, json_type_int) || json_is(member, json_type_double))
        return json_object_get_double(member);
    const char *text = json_is(member, json_type_string) ? json_object_get_string(member) : NULL;
    char *end = NULL;
    /* strtod knows spaces, hexadecimal, "inf" and "nan" too. */
    bool plain = text && *text && text[strspn(text, "+-.0123456789eE")] == '\0';
    double value = plain ? strtod(text, &end) : NAN;
    return end && *end == '\0' ? value : NAN;
}

bool json_decimal(struct json_object *json, int digits, int64_t *value)
{
    if (!json_is(json, json_type_int) && !json_is(json, json_type_double))
        return false;
    const char *text = json_object_get_string(json);
    if (!text)
        mem_exhausted();
    if (decimal_parse(text, digits, value))
        return true;
    if (!strpbrk(text, "eE"))
        return false;
    double scaled = json_object_get_double(json) * pow(10, digits);
    /* 2^62 is exactly representable; beyond it llround could overflow. */
    if (!isfinite(scaled) || fabs(scaled) > 0x1p62 || (digits == 0 && scaled != rint(scaled)))
        return false;
    *value = llround(scaled);
    return true;
}
