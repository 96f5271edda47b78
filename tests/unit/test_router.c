/* The table of routes: that it is sound, that it is described, and what its gate lets through. */
#include "api/handlers.h"
#include "api/openapi.h"
#include "api/resource.h"
#include "support.h"
#include <string.h>

static const char *method_name(enum http_method method)
{
    return method == HTTP_GET    ? "GET"
           : method == HTTP_POST ? "POST"
           : method == HTTP_PUT  ? "PUT"
                                 : "DELETE";
}

/* The pattern with something in the place of {id}, and a number in that of {phone}. */
static const char *path_with(const char *pattern, const char *id)
{
    const char *mark = strchr(pattern, '{');
    if (!mark)
        return pattern;
    const char *value = strncmp(mark, "{id}", 4) == 0 ? id : "+12125550199";
    return mem_printf(office.mem, "%.*s%s%s", (int)(mark - pattern), pattern, value,
                      strchr(mark, '}') + 1);
}

static bool takes_body(const struct route *route)
{
    return route->method == HTTP_POST || route->method == HTTP_PUT;
}

/* ---- the rows ---- */

START_TEST(every_row_is_complete)
{
    const struct route *route = &routes[_i];
    ck_assert_ptr_nonnull(route->handler);
    ck_assert_ptr_nonnull(route->summary);
    ck_assert_ptr_nonnull(route->tag);
    ck_assert_int_eq(route->pattern[0], '/');
    ck_assert(route->success == 200 || route->success == 201 || route->success == 204);
    ck_assert(route->method == HTTP_GET || route->method == HTTP_POST ||
              route->method == HTTP_PUT || route->method == HTTP_DELETE);
    ck_assert_msg(route->gives || route->resource || route->media || route->success == 204,
                  "%s answers nothing", route->pattern);
    ck_assert_msg((route->success == 201) ==
                      (route->handler == resource_create || route->handler == calendar_open),
                  "%s", route->pattern);
    ck_assert_msg((route->success == 204) == (route->method == HTTP_DELETE && !route->gives), "%s",
                  route->pattern);
    const char *mark = strchr(route->pattern, '{');
    ck_assert_msg(!mark || ((strncmp(mark, "{id}", 4) == 0 || strncmp(mark, "{phone}", 7) == 0) &&
                            !strchr(mark + 1, '{')),
                  "%s", route->pattern);
    for (size_t i = 0; i < route->param_count; i++)
        ck_assert_ptr_nonnull(route->params[i].about);
}
END_TEST

START_TEST(every_row_has_a_method_and_pattern_of_its_own)
{
    for (size_t i = 0; i < route_count; i++)
        for (size_t k = i + 1; k < route_count; k++)
            ck_assert_msg(routes[i].method != routes[k].method ||
                              strcmp(routes[i].pattern, routes[k].pattern) != 0,
                          "%s %s stands twice", method_name(routes[i].method), routes[i].pattern);
}
END_TEST

/* A row above that fits the same path with {id} would take its requests. */
START_TEST(every_row_can_be_reached)
{
    for (size_t n = 0; n < route_count; n++) {
        const struct route *route = &routes[n];
        const char *key = route->access == ACCESS_BROKER ? office.broker_key : office.key;
        const char *header = mem_printf(office.mem, "X-API-Key: %s", key);
        request_headers headers = { header, "Content-Type: application/json", NULL };
        struct reply reply = request_send(
            method_name(route->method),
            mem_printf(office.mem, "/voice-assistant%s", path_with(route->pattern, "1")), headers,
            takes_body(route) ? "{}" : NULL);
        ck_assert_msg(reply.status != 405 && reply.status != 401 && reply.status < 500, "%s",
                      reply.text);
        if (reply.status == 404)
            ck_assert(strchr(route->pattern, '{') || route->may_lack ||
                      route->access == ACCESS_CALENDAR);
        else if (reply.status < 300)
            ck_assert_int_eq(reply.status, route->success);
        else
            ck_assert_msg(reply.status == 422 || reply.status == 409, "%s", reply.text);
    }
}
END_TEST

/* ---- what the document says ---- */

static const char *method_key(enum http_method method)
{
    return method == HTTP_GET    ? "get"
           : method == HTTP_POST ? "post"
           : method == HTTP_PUT  ? "put"
                                 : "delete";
}

START_TEST(every_row_is_described)
{
    const struct route *route = &routes[_i];
    struct json_object *document = openapi_compose(office.mem, NULL);
    struct json_object *path = json_get(json_get(document, "paths"), route->pattern);
    struct json_object *operation = json_get(path, method_key(route->method));
    ck_assert_msg(operation != NULL, "%s %s is not described", method_name(route->method),
                  route->pattern);
    struct json_object *responses = json_get(operation, "responses");
    ck_assert_ptr_nonnull(json_get(responses, mem_printf(office.mem, "%d", route->success)));
    ck_assert_ptr_nonnull(json_text_at(operation, "operationId"));
    bool locked = json_get(responses, "401") != NULL;
    ck_assert(locked == (route->access != ACCESS_OPEN && route->access != ACCESS_CALENDAR));
}
END_TEST

START_TEST(everything_described_is_a_row)
{
    struct json_object *paths = json_get(openapi_compose(office.mem, NULL), "paths");
    size_t operations = 0;
    json_object_object_foreach(paths, pattern, path)
    {
        json_object_object_foreach(path, key, operation)
        {
            bool known = false;
            for (size_t i = 0; i < route_count; i++)
                known |= strcmp(routes[i].pattern, pattern) == 0 &&
                         strcmp(method_key(routes[i].method), key) == 0;
            ck_assert_msg(known, "%s %s", key, pattern);
            ck_assert(json_is(operation, json_type_object));
            operations++;
        }
    }
    ck_assert_uint_eq(operations, route_count);
}
END_TEST

static void references_check(struct json_object *document, struct json_object *json)
{
    if (json_is(json, json_type_array))
        for (size_t i = 0; i < json_object_array_length(json); i++)
            references_check(document, json_object_array_get_idx(json, i));
    if (!json_is(json, json_type_object))
        return;
    json_object_object_foreach(json, key, value)
    {
        if (strcmp(key, "$ref") != 0) {
            references_check(document, value);
            continue;
        }
        static const char start[] = "#/components/schemas/";
        const char *target = json_object_get_string(value);
        ck_assert_msg(strncmp(target, start, strlen(start)) == 0, "%s", target);
        ck_assert_msg(json_get(json_at(document, "components.schemas"), target + strlen(start)) !=
                          NULL,
                      "%s is nowhere", target);
    }
}

START_TEST(every_reference_leads_somewhere)
{
    struct json_object *document = openapi_compose(office.mem, "https://desk.example/va");
    references_check(document, document);
    struct json_object *server = json_object_array_get_idx(json_get(document, "servers"), 0);
    ck_assert_str_eq(json_text_at(server, "url"), "https://desk.example/va");
}
END_TEST

START_TEST(operation_ids_are_distinct)
{
    struct json_object *paths = json_get(openapi_compose(office.mem, NULL), "paths");
    struct json_object *seen = json_object_on(office.mem);
    json_object_object_foreach(paths, pattern, path)
    {
        json_object_object_foreach(path, key, operation)
        {
            const char *id = json_text_at(operation, "operationId");
            ck_assert_msg(json_get(seen, id) == NULL, "%s %s: %s again", key, pattern, id);
            json_put_bool(seen, id, true);
        }
    }
}
END_TEST

START_TEST(the_document_is_served_to_anybody)
{
    struct reply reply = request_send("GET", "/voice-assistant/openapi.json", NULL, NULL);
    ck_assert_status(reply, 200);
    ck_assert_str_eq(json_text_at(reply.json, "openapi"), "3.1.0");
    reply = request_send("GET", "/voice-assistant/healthz", NULL, NULL);
    ck_assert_status(reply, 200);
    ck_assert_str_eq(json_text_at(reply.json, "status"), "ok");
    ck_assert(!reply.waited);
}
END_TEST

/* ---- the gate ---- */

START_TEST(what_is_no_id_is_not_found)
{
    for (size_t n = 0; n < route_count; n++) {
        static const char *const ids[] = { "0",
                                           "-1",
                                           "9223372036854775808",
                                           "18446744073709551617",
                                           "abc",
                                           "1x",
                                           "1.0",
                                           "1e1",
                                           "%31%00",
                                           "01x",
                                           "+1",
                                           " 1",
                                           "99999999" };
        const struct route *route = &routes[n];
        if (!strstr(route->pattern, "{id}"))
            continue;
        for (size_t i = 0; i < COUNT(ids); i++) {
            const char *path = path_with(route->pattern, ids[i]);
            struct reply reply =
                request_ask(method_name(route->method), path,
                            takes_body(route) ? "{'event':'transcript','text':'x'}" : NULL);
            bool malformed = strstr(ids[i], "%00") != NULL;
            ck_assert_msg(reply.status == (malformed ? 400 : 404), "%s: %s", path, reply.text);
            ck_assert_int_eq(json_int_at(reply.json, "status"), reply.status);
        }
    }
}
END_TEST

static const struct {
    const char *path;
    const char *allow;
} paths[] = {
    { "/incoming", "POST" },
    { "/callback/1", "POST" },
    { "/phone-numbers", "POST, GET, HEAD" },
    { "/phone-numbers/1", "GET, HEAD, PUT, DELETE" },
    { "/phone-numbers/1/set-primary", "POST" },
    { "/phone-calls", "GET, HEAD" },
    { "/phone-calls/1", "GET, HEAD" },
    { "/phone-calls/analytics/overview", "GET, HEAD" },
    { "/tasks", "POST, GET, HEAD" },
    { "/agents/me", "GET, HEAD" },
    { "/healthz", "GET, HEAD" },
};

START_TEST(another_method_is_refused_with_those_that_are_taken)
{
    for (size_t n = 0; n < COUNT(paths); n++) {
        static const char *const methods[] = { "GET", "POST", "PUT", "DELETE", "PATCH", "TRACE" };
        const char *line = mem_printf(office.mem, "\r\nAllow: %s\r\n", paths[n].allow);
        for (size_t i = 0; i < COUNT(methods); i++) {
            if (strstr(paths[n].allow, methods[i]))
                continue;
            struct reply reply = request_ask(methods[i], paths[n].path, NULL);
            ck_assert_status(reply, 405);
            ck_assert_msg(strstr(reply.text, line) != NULL, "%s %s: %s", methods[i], paths[n].path,
                          reply.text);
        }
    }
}
END_TEST

START_TEST(what_is_nowhere_is_not_found)
{
    static const char *const nowhere[] = { "/",
                                           "",
                                           "/phone",
                                           "/phone-call",
                                           "/phone-callsx",
                                           "/Phone-Calls",
                                           "/phone-calls/1/2",
                                           "/tasks/1/x",
                                           "/phone-calls/analytics",
                                           "/mcp/x",
                                           "/incoming/1" };
    for (size_t i = 0; i < COUNT(nowhere); i++)
        ck_assert_msg(request_ask("GET", nowhere[i], NULL).status == 404, "%s", nowhere[i]);
}
END_TEST

START_TEST(an_unknown_query_parameter_is_named)
{
    for (size_t n = 0; n < route_count; n++) {
        const struct route *route = &routes[n];
        if (route->any_query)
            continue;
        const char *path = mem_printf(office.mem, "%s?surprise=1", path_with(route->pattern, "1"));
        struct reply reply =
            request_ask_broker(method_name(route->method), path, takes_body(route) ? "{}" : NULL);
        ck_assert_status(reply, 422);
        struct json_object *error = json_object_array_get_idx(json_get(reply.json, "errors"), 0);
        ck_assert_str_eq(json_text_at(error, "field"), "surprise");
        ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM phone_numbers"), 1);
    }
}
END_TEST

START_TEST(a_row_that_is_locked_wants_a_key)
{
    for (size_t n = 0; n < route_count; n++) {
        const struct route *route = &routes[n];
        static const char *const credentials[] = {
            NULL,
            "X-API-Key: ",
            "X-API-Key: ark_12345678_abc",
            "Authorization: Basic YTpi",
            "Authorization: Bearer",
            "Authorization: Bearer wrong",
            "X-Vapi-Secret: wrong",
            "X-Vapi-Secret: ",
            "x-signature: 00",
            "X-Vapi-Signature: 00",
        };
        const char *target =
            mem_printf(office.mem, "/voice-assistant%s", path_with(route->pattern, "1"));
        for (size_t i = 0; i < COUNT(credentials); i++) {
            request_headers headers = { credentials[i], NULL };
            struct reply reply = request_send(method_name(route->method), target, headers,
                                              takes_body(route) ? "{}" : NULL);
            if (route->access == ACCESS_OPEN) {
                ck_assert_status(reply, 200);
                continue;
            }
            if (route->access == ACCESS_CALENDAR) {
                ck_assert_status(reply, 404);
                continue;
            }
            ck_assert_status(reply, 401);
            ck_assert_ptr_nonnull(strstr(reply.text, "\r\nWWW-Authenticate: Bearer"));
        }
    }
}
END_TEST

START_TEST(only_a_broker_s_key_opens_what_is_the_broker_s)
{
    for (size_t n = 0; n < route_count; n++) {
        const struct route *route = &routes[n];
        if (route->access != ACCESS_BROKER)
            continue;
        const char *body = !takes_body(route)          ? NULL
                           : route->method == HTTP_PUT ? "{'journal':3}"
                                                       : "{'name':'New Agent'}";
        const char *path = path_with(route->pattern, "1");
        ck_assert_status(request_ask(method_name(route->method), path, body), 403);
        /* So that there is something to be had of the caller. */
        ck_assert_status(request_ask("PUT", path_with("/callers/{phone}/do-not-call", "1"), NULL),
                         200);
        ck_assert_status(request_ask_broker(method_name(route->method), path, body),
                         route->success);
    }
}
END_TEST

START_TEST(a_key_that_is_revoked_expired_or_its_agent_s_no_more_is_none)
{
    static const char *const ends[] = {
        "UPDATE api_keys SET revoked_at = 1",
        "UPDATE api_keys SET expires_at = 1788282240000",
        "UPDATE agents SET is_active = 0",
    };
    ck_assert_status(request_ask("GET", "/tasks", NULL), 200);
    sql_run("UPDATE api_keys SET expires_at = 1788282240001");
    ck_assert_status(request_ask("GET", "/tasks", NULL), 200);
    sql_run("%s", ends[_i]);
    ck_assert_status(request_ask("GET", "/tasks", NULL), 401);
}
END_TEST

START_TEST(without_a_webhook_secret_no_webhook_is_accepted)
{
    static const char body[] = "{\"vapi_call_id\":\"c\",\"vapi_phone_id\":\"vapi-number-1\"}";
    static const char *const credentials[] = { NULL, "X-Vapi-Secret: ", "X-Vapi-Secret: (null)",
                                               "Authorization: Bearer " };
    office.app->webhook_secrets.count = 0;
    for (size_t i = 0; i < COUNT(credentials); i++) {
        request_headers headers = { credentials[i], NULL };
        ck_assert_status(request_send("POST", "/voice-assistant/incoming", headers, body), 401);
    }
}
END_TEST

/* ---- bodies ---- */

static const struct {
    const char *type, *body;
    int status;
} bodies[] = {
    { "application/json", "{\"friendly_name\":\"a\"}", 200 },
    { "application/json; charset=utf-8", "{\"friendly_name\":\"a\"}", 200 },
    { "APPLICATION/JSON", "{\"friendly_name\":\"a\"}", 200 },
    { "application/vnd.x+json", "{\"friendly_name\":\"a\"}", 200 },
    { "", "{\"friendly_name\":\"a\"}", 200 },
    { "text/plain", "{\"friendly_name\":\"a\"}", 415 },
    { "application/x-www-form-urlencoded", "friendly_name=a", 415 },
    { "application/jsonx", "{}", 415 },
    { "application/json", "", 400 },
    { "application/json", "{", 400 },
    { "application/json", "{}{}", 400 },
    { "application/json", "{\"friendly_name\":NaN}", 400 },
    { "application/json", "{\"friendly_name\":\"\xff\"}", 400 },
    { "application/json", "[]", 422 },
    { "application/json", "\"text\"", 422 },
    { "application/json", "null", 422 },
    { "application/json", "{\"friendly_name\":1}", 422 },
    { "application/json", "{\"nonsense\":1}", 422 },
    { "application/json", "{\"id\":7}", 422 },
    { "application/json", "{\"phone_number\":null}", 422 },
    { "application/json", "{\"friendly_name\":\"'; DROP TABLE phone_numbers; --\"}", 200 },
    { "application/json", "{\"friendly_name\":\"%s%n%s\"}", 200 },
    { "application/json", "{\"friendly_name\":null}", 200 },
};

START_TEST(bodies_are_taken_or_refused_and_never_a_failure_of_ours)
{
    const char *key = mem_printf(office.mem, "X-API-Key: %s", office.key);
    const char *type = mem_printf(office.mem, "Content-Type: %s", bodies[_i].type);
    request_headers headers = { key, type, NULL };
    const char *before = sql_text("SELECT friendly_name FROM phone_numbers");
    struct reply reply =
        request_send("PUT", "/voice-assistant/phone-numbers/1", headers, bodies[_i].body);
    ck_assert_msg(reply.status == bodies[_i].status, "row %d: %s", _i, reply.text);
    ck_assert_ptr_nonnull(reply.json);
    if (reply.status >= 400)
        ck_assert_str_eq(sql_text("SELECT friendly_name FROM phone_numbers"), before);
    ck_assert_status(request_ask("GET", "/phone-numbers/1", NULL), 200);
}
END_TEST

START_TEST(head_is_get_without_the_body)
{
    struct reply get = request_ask("GET", "/phone-numbers/1", NULL);
    struct reply head = request_ask("HEAD", "/phone-numbers/1", NULL);
    ck_assert_status(head, 200);
    ck_assert_ptr_null(head.json);
    const char *length = strstr(get.text, "Content-Length: ");
    ck_assert_ptr_nonnull(
        strstr(head.text, mem_strndup(office.mem, length, strcspn(length, "\r"))));
}
END_TEST

/* ---- whose records ---- */

START_TEST(another_brokerage_s_records_are_not_there)
{
    static const struct {
        const char *method, *path, *body;
    } rows[] = {
        { "GET", "/phone-numbers/1", NULL },
        { "PUT", "/phone-numbers/1", "{'friendly_name':'mine'}" },
        { "DELETE", "/phone-numbers/1", NULL },
        { "POST", "/phone-numbers/1/set-primary", NULL },
        { "GET", "/properties/1", NULL },
        { "PUT", "/properties/1", "{'unit':'mine'}" },
        { "DELETE", "/properties/1", NULL },
        { "GET", "/properties/1/heartbeat", NULL },
        { "GET", "/properties/1/stages", NULL },
        { "GET", "/agents/1", NULL },
        { "PUT", "/agents/1", "{'name':'mine'}" },
    };
    static const char *const lists[] = { "/phone-numbers",
                                         "/properties",
                                         "/phone-calls",
                                         "/tasks",
                                         "/offers",
                                         "/phone-numbers?agent_id=1",
                                         "/properties?agent_id=1" };
    int64_t stranger = agent_add(brokerage_add("Elsewhere"), "Stranger");
    office.key = key_add(stranger, _i ? ROLE_BROKER : ROLE_AGENT);
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_status(request_ask(rows[i].method, rows[i].path, rows[i].body), 404);
    for (size_t i = 0; i < COUNT(lists); i++) {
        struct reply reply = request_ask("GET", lists[i], NULL);
        ck_assert_status(reply, 200);
        ck_assert_msg(json_int_at(reply.json, "total") == 0, "%s: %s", lists[i], reply.text);
    }
    ck_assert_status(request_ask("POST", "/offers", "{'property_id':1,'amount':5}"), 422);
    ck_assert_status(
        request_ask("POST", "/tasks", "{'kind':'viewing','title':'x','property_id':1}"), 422);
    ck_assert_status(request_ask("POST", "/properties", "{'address':'1 A St','agent_id':1}"), 422);
    struct reply me = request_ask("GET", "/agents/me", NULL);
    ck_assert_int_eq(json_int_at(me.json, "id"), stranger);
    ck_assert_str_eq(json_text_at(me.json, "brokerage_name"), "Elsewhere");
}
END_TEST

START_TEST(an_agent_sees_own_records_and_a_broker_the_brokerage_s)
{
    struct reply mine = request_ask("POST", "/tasks", "{'kind':'follow_up','title':'mine'}");
    struct reply theirs =
        request_ask_broker("POST", "/tasks", "{'kind':'follow_up','title':'theirs'}");
    ck_assert_status(mine, 201);
    ck_assert_status(theirs, 201);
    const char *path =
        mem_printf(office.mem, "/tasks/%lld", (long long)json_int_at(theirs.json, "id"));
    ck_assert_status(request_ask("GET", path, NULL), 404);
    ck_assert_status(request_ask_broker("GET", path, NULL), 200);
    ck_assert_int_eq(json_int_at(request_ask("GET", "/tasks", NULL).json, "total"), 1);
    ck_assert_int_eq(json_int_at(request_ask_broker("GET", "/tasks", NULL).json, "total"), 2);
}
END_TEST

/* ---- a busy or full database ---- */

/* What a person reads of it: whether to try again at once, or to ask who looks after it. */
static void unavailable_check(struct reply reply, const char *detail, const char *after)
{
    ck_assert_status(reply, 503);
    ck_assert_ptr_nonnull(strstr(reply.text, "application/problem+json"));
    ck_assert_str_eq(json_text_at(reply.json, "title"), "Service Unavailable");
    ck_assert_int_eq(json_int_at(reply.json, "status"), 503);
    ck_assert_str_eq(json_text_at(reply.json, "detail"), detail);
    ck_assert_ptr_nonnull(json_text_at(reply.json, "instance"));
    ck_assert_ptr_nonnull(
        strstr(reply.text, mem_printf(office.mem, "\r\nRetry-After: %s\r\n", after)));
}

START_TEST(a_full_database_gives_503_and_keeps_nothing)
{
    sql_run("PRAGMA max_page_count = 1");
    int64_t pages = sql_int("PRAGMA page_count");
    sql_run("PRAGMA max_page_count = %lld", (long long)pages);
    char *body = mem_printf(office.mem, "{'address':'1 A St','description':'%03900d'}", 7);
    int status = 201;
    for (int i = 0; i < 40 && status == 201; i++) {
        struct reply reply = request_ask("POST", "/properties", body);
        status = reply.status;
        if (status != 201)
            unavailable_check(reply, "The service is out of order at the moment; its log says why.",
                              "30");
    }
    ck_assert_int_eq(status, 503);
    ck_assert_status(request_ask("GET", "/properties", NULL), 200);
    sql_run("PRAGMA max_page_count = 100000");
    ck_assert_status(request_ask("POST", "/properties", body), 201);
}
END_TEST

START_TEST(a_locked_database_gives_503_and_reads_go_on)
{
    struct db *other;
    struct app *app = office.app;
    db_close(app->write);
    ck_assert_int_eq(db_open(office.config.database, DB_WRITE, 50, &app->write), ERR_NONE);
    office.db = app->write;
    ck_assert_int_eq(db_open(office.config.database, DB_WRITE, 50, &other), ERR_NONE);
    ck_assert_int_eq(db_begin(other), ERR_NONE);
    struct reply reply = request_ask("POST", "/tasks", "{'kind':'follow_up','title':'x'}");
    unavailable_check(reply, "The service is busy; try again in a moment.", "1");
    ck_assert_status(request_ask("GET", "/tasks", NULL), 200);
    db_rollback(other);
    db_close(other);
    ck_assert_status(request_ask("POST", "/tasks", "{'kind':'follow_up','title':'x'}"), 201);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("router");
    TCase *rows = tcase_create("rows"), *gate = tcase_create("gate"), *body = tcase_create("body");
    TCase *all[] = { rows, gate, body };
    int every = (int)route_count;
    for (size_t i = 0; i < COUNT(all); i++) {
        tcase_add_checked_fixture(all[i], all[i] == rows ? folder_open : office_open, office_close);
        tcase_set_timeout(all[i], 60);
        suite_add_tcase(suite, all[i]);
    }
    tcase_add_loop_test(rows, every_row_is_complete, 0, every);
    tcase_add_test(rows, every_row_has_a_method_and_pattern_of_its_own);
    tcase_add_test(gate, every_row_can_be_reached);
    tcase_add_loop_test(rows, every_row_is_described, 0, every);
    tcase_add_test(rows, everything_described_is_a_row);
    tcase_add_test(rows, every_reference_leads_somewhere);
    tcase_add_test(rows, operation_ids_are_distinct);
    tcase_add_test(gate, the_document_is_served_to_anybody);
    tcase_add_test(gate, what_is_no_id_is_not_found);
    tcase_add_test(gate, another_method_is_refused_with_those_that_are_taken);
    tcase_add_test(gate, what_is_nowhere_is_not_found);
    tcase_add_test(gate, an_unknown_query_parameter_is_named);
    tcase_add_test(gate, a_row_that_is_locked_wants_a_key);
    tcase_add_test(gate, only_a_broker_s_key_opens_what_is_the_broker_s);
    tcase_add_loop_test(gate, a_key_that_is_revoked_expired_or_its_agent_s_no_more_is_none, 0, 3);
    tcase_add_test(gate, without_a_webhook_secret_no_webhook_is_accepted);
    tcase_add_loop_test(gate, another_brokerage_s_records_are_not_there, 0, 2);
    tcase_add_test(gate, an_agent_sees_own_records_and_a_broker_the_brokerage_s);
    tcase_add_loop_test(body, bodies_are_taken_or_refused_and_never_a_failure_of_ours, 0,
                        COUNT(bodies));
    tcase_add_test(body, head_is_get_without_the_body);
    tcase_add_test(body, a_full_database_gives_503_and_keeps_nothing);
    tcase_add_test(body, a_locked_database_gives_503_and_reads_go_on);
    return suite_run(suite);
}
