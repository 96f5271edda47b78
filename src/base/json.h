/* json-c with the project's habits: bounded strict parsing, getters that do not convert silently,
 * makers that do not fail silently.
 *
 * Ownership: json_read and json_object_on put the tree on a talloc context, which releases it.
 * Every json_put_* gives what it makes to the object or array named first.  Getters lend. */
#ifndef AR_BASE_JSON_H
#define AR_BASE_JSON_H

#include "base/err.h"
#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JSON_DEPTH_MAX = 32 };

/* Parses exactly one JSON text (RFC 8259) of len bytes. ERR_INVALID: not JSON, deeper than
 * JSON_DEPTH_MAX, not UTF-8; *why then is a phrase for people. A NUL inside a string becomes
 * U+FFFD, since no text of ours may hold one. */
enum err json_read(void *mem, const char *bytes, size_t len, struct json_object **value,
                   const char **why) AR_MUST_USE;
/* json for a talloc context to release: takes over one reference. Returns json. */
struct json_object *json_keep(void *mem, struct json_object *json);
struct json_object *json_object_on(void *mem);

/* ---- making; key NULL appends to an array ---- */
void json_put(struct json_object *to, const char *key, struct json_object *value);
void json_put_null(struct json_object *to, const char *key);
/* NULL makes null. */
void json_put_text(struct json_object *to, const char *key, const char *text);
/* NO_VALUE makes null. */
void json_put_int(struct json_object *to, const char *key, int64_t value);
void json_put_bool(struct json_object *to, const char *key, bool value);
/* NAN makes null. */
void json_put_real(struct json_object *to, const char *key, double value);
/* value in units of 10^-digits, shown exactly; NO_VALUE makes null. */
void json_put_decimal(struct json_object *to, const char *key, int64_t value, int digits);
/* RFC 3339; NO_VALUE makes null. */
void json_put_instant(struct json_object *to, const char *key, int64_t instant);
/* A new empty object or array under key; lent. */
struct json_object *json_put_object(struct json_object *to, const char *key);
struct json_object *json_put_array(struct json_object *to, const char *key);

/* Writes the value out now; from here on its text is this, at no further cost. It must not change.
 */
void json_freeze(struct json_object *json);

/* The value as compact JSON text, on mem. */
char *json_text(void *mem, struct json_object *json, size_t *len);

/* ---- reading; a NULL or wrongly typed json answers "absent" ---- */
struct json_object *json_get(struct json_object *json, const char *key);
/* The member reached by a path such as "call.customer.number". */
struct json_object *json_at(struct json_object *json, const char *path);
/* The string at path, or NULL if it is absent or no string. Lent. */
const char *json_text_at(struct json_object *json, const char *path);
/* A JSON number that is an integer, or a string that is one; NO_VALUE otherwise. */
int64_t json_int_at(struct json_object *json, const char *path);
/* A number, or a string that is one; NAN otherwise. */
double json_real_at(struct json_object *json, const char *path);
bool json_is(struct json_object *json, enum json_type type);
/* A JSON number as integer of 10^-digits units (rounded when it has an exponent); false if not. */
bool json_decimal(struct json_object *json, int digits, int64_t *value);

#endif
