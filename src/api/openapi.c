#include "api/openapi.h"
#include "api/handlers.h"
#include "api/resource.h"
#include "base/mem.h"
#include <ctype.h>
#include <string.h>

/* ---- parameters ---- */

static struct json_object *parameter_put(struct json_object *list, const char *name, const char *in,
                                         bool required, const char *about)
{
    struct json_object *parameter = json_put_object(list, NULL);
    json_put_text(parameter, "name", name);
    json_put_text(parameter, "in", in);
    json_put_bool(parameter, "required", required);
    json_put_text(parameter, "description", about);
    return json_put_object(parameter, "schema");
}

static void query_put(struct json_object *list, const char *name, enum field_type type,
                      const struct words *words, const char *about)
{
    struct field field = { .type = type, .words = words };
    /* A day is as good as an instant here, and neither amounts nor texts have a bound of their own.
     */
    if (type == FIELD_INSTANT || type == FIELD_PHONE)
        field.type = FIELD_TEXT;
    struct json_object *schema = parameter_put(list, name, "query", false, about);
    if (type == FIELD_CENTS)
        json_put_text(schema, "type", "number");
    else
        openapi_put_value(schema, &field, false);
}

static void page_put(struct json_object *list)
{
    struct json_object *limit = parameter_put(list, "limit", "query", false, "How many at most");
    json_put_text(limit, "type", "integer");
    json_put_int(limit, "minimum", 1);
    json_put_int(limit, "maximum", 100);
    json_put_int(limit, "default", 50);
    struct json_object *offset = parameter_put(list, "offset", "query", false, "How many to skip");
    json_put_text(offset, "type", "integer");
    json_put_int(offset, "minimum", 0);
    json_put_int(offset, "default", 0);
}

static void path_put(struct json_object *list, const char *pattern)
{
    if (strstr(pattern, "{id}")) {
        struct json_object *schema = parameter_put(list, "id", "path", true, "The record's id");
        json_put_text(schema, "type", "integer");
        json_put_int(schema, "minimum", 1);
    }
    if (strstr(pattern, "{phone}")) {
        struct json_object *schema =
            parameter_put(list, "phone", "path", true, "The caller's number, E.164");
        json_put_text(schema, "type", "string");
        json_put_text(schema, "pattern", "^\\+?[1-9][0-9]{6,14}$");
    }
}

static void header_put(struct json_object *list, const char *name, const char *about)
{
    json_put_text(parameter_put(list, name, "header", false, about), "type", "string");
}

static void conditions_put(struct json_object *list, const struct route *route)
{
    if (route->is_one && route->method != HTTP_GET)
        header_put(list, "If-Match",
                   "Only if the record still has this tag, or one of these; else 412");
    else if (route->is_one)
        header_put(list, "If-None-Match",
                   "Only if the record has another tag than these; else 304");
}

static void parameters_put(struct json_object *operation, const struct route *route)
{
    struct json_object *list = json_put_array(operation, "parameters");
    const struct table *table = route->is_list && route->resource ? route->resource->table : NULL;
    path_put(list, route->pattern);
    if (route->is_list)
        page_put(list);
    for (size_t i = 0; i < route->param_count; i++)
        query_put(list, route->params[i].name, route->params[i].type, route->params[i].words,
                  route->params[i].about);
    conditions_put(list, route);
    for (size_t i = 0; table && i < table->filter_count; i++)
        query_put(list, table->filters[i].name, table->filters[i].type, table->filters[i].words,
                  table->filters[i].about);
}

/* ---- bodies ---- */

static void reference_put(struct json_object *to, const char *key, const char *name,
                          const char *suffix)
{
    char *target = mem_printf(NULL, "#/components/schemas/%s%s", name, suffix);
    json_put_text(json_put_object(to, key), "$ref", target);
    mem_free(target);
}

static void content_put(struct json_object *to, const char *type, const char *name,
                        const char *suffix)
{
    reference_put(json_put_object(json_put_object(to, "content"), type), "schema", name, suffix);
}

static bool takes_record(const struct route *route)
{
    return route->handler == resource_create || route->handler == resource_update;
}

static void request_put(struct json_object *operation, const struct route *route)
{
    if (!route->takes && !takes_record(route))
        return;
    struct json_object *body = json_put_object(operation, "requestBody");
    json_put_bool(body, "required", route->param_count == 0 && !route->may_take);
    if (route->takes)
        content_put(body, "application/json", route->takes, "");
    else
        content_put(body, "application/json", route->resource->schema,
                    route->handler == resource_create ? "Input" : "Change");
}

static void page_schema_put(struct json_object *response, const struct resource *resource)
{
    struct json_object *content = json_put_object(response, "content");
    struct json_object *schema =
        json_put_object(json_put_object(content, "application/json"), "schema");
    json_put_text(schema, "type", "object");
    const char *const members[] = { resource->plural, "total", "limit", "offset" };
    struct json_object *required = json_put_array(schema, "required");
    struct json_object *properties = json_put_object(schema, "properties");
    for (size_t i = 0; i < 4; i++) {
        struct json_object *member = json_put_object(properties, members[i]);
        json_put_text(required, NULL, members[i]);
        json_put_text(member, "type", i == 0 ? "array" : "integer");
        if (i == 0)
            reference_put(member, "items", resource->schema, "");
    }
}

static void tag_put(struct json_object *response)
{
    struct json_object *header = json_put_object(json_put_object(response, "headers"), "ETag");
    json_put_text(header, "description", "The record's tag: another whenever the record is");
    json_put_text(json_put_object(header, "schema"), "type", "string");
}

/* 304 has no body. */
static void unmodified_put(struct json_object *responses, const struct route *route)
{
    if (!route->is_one || route->method != HTTP_GET)
        return;
    struct json_object *response = json_put_object(responses, "304");
    json_put_text(response, "description", http_status_text(304));
    tag_put(response);
}

static void text_put(struct json_object *to, const char *type)
{
    struct json_object *content = json_put_object(json_put_object(to, "content"), type);
    json_put_text(json_put_object(content, "schema"), "type", "string");
}

static void success_put(struct json_object *responses, const struct route *route)
{
    char status[8];
    snprintf(status, sizeof status, "%d", route->success);
    struct json_object *response = json_put_object(responses, status);
    json_put_text(response, "description", http_status_text(route->success));
    if (route->is_one && route->success != 204)
        tag_put(response);
    if (route->media)
        text_put(response, route->media);
    else if (route->gives)
        content_put(response, "application/json", route->gives, "");
    else if (route->is_list)
        page_schema_put(response, route->resource);
    else if (route->success != 204)
        content_put(response, "application/json", route->resource->schema, "");
}

/* ---- errors ---- */

static void problem_put(struct json_object *responses, int status, bool applies)
{
    char key[8];
    if (!applies)
        return;
    snprintf(key, sizeof key, "%d", status);
    struct json_object *response = json_put_object(responses, key);
    json_put_text(response, "description", http_status_text(status));
    content_put(response, "application/problem+json", "Problem", "");
}

static void problems_put(struct json_object *responses, const struct route *route)
{
    bool body = route->takes || takes_record(route);
    bool writes = route->method != HTTP_GET;
    enum access access = route->access;
    bool locked = access != ACCESS_OPEN;
    problem_put(responses, 400, true);
    problem_put(responses, 401, locked && access != ACCESS_CALENDAR);
    problem_put(responses, 403, access == ACCESS_BROKER);
    problem_put(responses, 404,
                strchr(route->pattern, '{') || access == ACCESS_WEBHOOK ||
                    access == ACCESS_CALENDAR || route->may_lack);
    problem_put(responses, 409, writes);
    problem_put(responses, 412, route->is_one);
    problem_put(responses, 413, body);
    problem_put(responses, 415, body);
    problem_put(responses, 422, true);
    problem_put(responses, 429, locked);
    problem_put(responses, 500, true);
    problem_put(responses, 501, access == ACCESS_CALENDAR);
    problem_put(responses, 503, true);
}

static void security_put(struct json_object *operation, enum access access)
{
    static const char *const names[] = {
        "apiKey",    "bearer",       "vapiSecret", "vapiSignature", "documentSignature",
        "callToken", "calendarToken"
    };
    static const struct {
        size_t first, count;
    } ranges[] = {
        [ACCESS_OPEN] = { 0, 0 },    [ACCESS_KEY] = { 0, 2 },      [ACCESS_BROKER] = { 0, 2 },
        [ACCESS_WEBHOOK] = { 0, 6 }, [ACCESS_CALENDAR] = { 6, 1 },
    };
    struct json_object *security = json_put_array(operation, "security");
    for (size_t i = 0; i < ranges[access].count; i++)
        json_put_array(json_put_object(security, NULL), names[ranges[access].first + i]);
}

/* ---- paths ---- */

/* "listPhoneNumbers": a verb for the method and the path's words in camel case. */
static char *operation_id(void *mem, const struct route *route)
{
    const char *verb = route->is_list && route->resource   ? "list"
                       : route->method == HTTP_GET         ? "get"
                       : route->method == HTTP_PUT         ? "update"
                       : route->method == HTTP_DELETE      ? "delete"
                       : route->handler == resource_create ? "create"
                                                           : "post";
    char *id = mem_strdup(mem, verb);
    bool capital = true;
    for (const char *p = route->pattern; *p; p++) {
        if (isalnum((unsigned char)*p))
            mem_append(mem, &id, "%c", capital ? toupper((unsigned char)*p) : *p);
        capital = !isalnum((unsigned char)*p);
    }
    return id;
}

static const char *method_key(enum http_method method)
{
    return method == HTTP_GET    ? "get"
           : method == HTTP_POST ? "post"
           : method == HTTP_PUT  ? "put"
                                 : "delete";
}

static void operation_put(void *mem, struct json_object *paths, const struct route *route)
{
    struct json_object *path = json_get(paths, route->pattern);
    if (!path)
        path = json_put_object(paths, route->pattern);
    struct json_object *operation = json_put_object(path, method_key(route->method));
    json_put_text(operation, "operationId", operation_id(mem, route));
    json_put_text(operation, "summary", route->summary);
    json_put_text(operation, "description", route->summary);
    json_put_text(json_put_array(operation, "tags"), NULL, route->tag);
    security_put(operation, route->access);
    parameters_put(operation, route);
    request_put(operation, route);
    struct json_object *responses = json_put_object(operation, "responses");
    success_put(responses, route);
    unmodified_put(responses, route);
    problems_put(responses, route);
}

struct json_object *openapi_compose(void *mem, const char *server_url)
{
    static const struct resource *const resources[] = {
        &resource_numbers,       &resource_properties,    &resource_tasks,
        &resource_offers,        &resource_agents,        &resource_calls,
        &resource_viewing_rules, &resource_viewing_hours, &resource_viewing_blackouts,
        &resource_open_houses,
    };
    struct json_object *document;
    const char *why;
    if (json_read(mem, openapi_base, strlen(openapi_base), &document, &why))
        return json_object_on(mem);
    json_put_text(json_get(document, "info"), "version", PACKAGE_VERSION);
    json_put_text(json_put_object(json_get(document, "servers"), NULL), "url",
                  server_url ? server_url : "/voice-assistant");
    struct json_object *schemas = json_at(document, "components.schemas");
    for (size_t i = 0; i < sizeof resources / sizeof resources[0]; i++)
        openapi_put_table(schemas, resources[i]->schema, resources[i]->table);
    for (size_t i = 0; i < route_count; i++)
        operation_put(mem, json_get(document, "paths"), &routes[i]);
    return document;
}

void openapi_show(struct exchange *x)
{
    exchange_json(x, 200,
                  openapi_compose(x->mem, http_base_url(x->request, x->app->config->public_url)));
}
