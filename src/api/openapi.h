/* The OpenAPI document, made from the table of routes and the tables' descriptions, so that it
 * cannot say anything else than the program does; the shapes that no table describes are in
 * openapi-base.json. */
#ifndef AR_API_OPENAPI_H
#define AR_API_OPENAPI_H

#include "base/json.h"

/* openapi-base.json, built in. */
extern const char openapi_base[];

/* The whole document, on mem. server_url is where it is served; NULL leaves "/voice-assistant". */
struct json_object *openapi_compose(void *mem, const char *server_url);

/* Adds to `schemas` how a table's records look: Name (as answered), NameInput (to make one, with
 * what is required) and NameChange (to change one). */
struct table;
void openapi_put_table(struct json_object *schemas, const char *name, const struct table *table);
/* The JSON Schema of one field's value. */
struct field;
void openapi_put_value(struct json_object *schema, const struct field *field, bool nullable);

#endif
