/* From a request to its handler, and from an outcome to a status. */
#include "api/api.h"
#include "base/mem.h"
#include "base/text.h"
#include "heard/phone.h"
#include <string.h>

/* Keeps or undoes what the handler wrote; true if its answer has to wait for the commit. */
static bool write_settle(struct exchange *x)
{
    if (!x->writing)
        return false;
    if (x->response->status < 400) {
        enum err err = db_part_keep(x->app->write);
        if (!err)
            return true;
        exchange_fail(x, err);
    }
    db_part_undo(x->app->write);
    /* Nothing of it is left, but the transaction is open and wants its end. */
    return true;
}

/* ---- matching ---- */

/* One record has one address: "01" is none. */
static bool id_take(struct exchange *x, const char *segment)
{
    return *segment != '0' && text_to_int(segment, 1, INT64_MAX, &x->id);
}

/* E.164; the plus may be missing, since many a client takes it for a space. */
static bool phone_take(struct exchange *x, const char *segment)
{
    x->phone = *segment == '+' ? segment : mem_printf(x->mem, "+%s", segment);
    return phone_is_e164(x->phone);
}

/* What may stand for a name in braces. */
static const struct {
    const char *name;
    bool (*take)(struct exchange *x, const char *segment);
} placeholders[] = { { "{id}", id_take }, { "{phone}", phone_take } };

static bool segment_fits(struct exchange *x, const char *pattern, size_t len, const char *segment)
{
    if (*pattern != '{')
        return strncmp(pattern, segment, len) == 0 && segment[len] == '\0';
    for (size_t i = 0; i < sizeof placeholders / sizeof placeholders[0]; i++)
        if (strncmp(placeholders[i].name, pattern, len) == 0)
            return placeholders[i].take(x, segment);
    return false;
}

/* Whether the segments fit the pattern; x gets what stood for its placeholders. */
static bool pattern_fits(const char *pattern, struct exchange *x)
{
    const struct http_request *request = x->request;
    x->id = NO_VALUE;
    x->phone = NULL;
    for (size_t i = 0; i < request->segment_count; i++) {
        if (*pattern++ != '/')
            return false;
        size_t len = strcspn(pattern, "/");
        if (!segment_fits(x, pattern, len, request->segments[i]))
            return false;
        pattern += len;
    }
    return *pattern == '\0' && request->segment_count > 0;
}

static const char *method_name(enum http_method method)
{
    return method == HTTP_GET    ? "GET, HEAD"
           : method == HTTP_POST ? "POST"
           : method == HTTP_PUT  ? "PUT"
                                 : "DELETE";
}

/* The route for the request; else NULL, with *allowed the methods its path has, or NULL. */
static const struct route *route_find(struct exchange *x, char **allowed)
{
    for (size_t i = 0; i < route_count; i++) {
        if (!pattern_fits(routes[i].pattern, x))
            continue;
        x->response->route = routes[i].pattern;
        if (routes[i].method == x->request->method)
            return &routes[i];
        mem_append(x->mem, allowed, "%s%s", *allowed ? ", " : "", method_name(routes[i].method));
    }
    return NULL;
}

static bool query_known(const struct route *route, const char *name)
{
    if (route->is_list && (strcmp(name, "limit") == 0 || strcmp(name, "offset") == 0))
        return true;
    for (size_t i = 0; i < route->param_count; i++)
        if (strcmp(route->params[i].name, name) == 0)
            return true;
    const struct table *table = route->is_list && route->resource ? route->resource->table : NULL;
    for (size_t i = 0; table && i < table->filter_count; i++)
        if (strcmp(table->filters[i].name, name) == 0)
            return true;
    return false;
}

static enum err query_check(struct exchange *x)
{
    enum err err = ERR_NONE;
    for (size_t i = 0; i < x->request->query_count && !x->route->any_query; i++)
        if (!query_known(x->route, x->request->query[i].name))
            err = fault_add(&x->faults, x->request->query[i].name,
                            "is not a parameter of this endpoint");
    return err;
}

static void route_run(struct exchange *x)
{
    struct app *app = x->app;
    enum err err = app_place_check(app);
    if (!err)
        err = app_connect(app, app->one_request && x->request->method != HTTP_GET);
    if (!err && app->read != app->write)
        err = db_snapshot(app->read);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    x->db = app->read;
    if (!authenticate(x))
        return;
    err = query_check(x);
    if (err)
        exchange_fail(x, err);
    else
        x->route->handler(x);
}

bool dispatch(struct app *app, struct http_request *request, struct http_response *response)
{
    struct exchange x = {
        .app = app,
        .mem = request->mem,
        .now = clock_now(&app->clock),
        .request = request,
        .response = response,
        .id = NO_VALUE,
        .faults = faults_on(request->mem),
    };
    char *allowed = NULL;
    if (request->refusal) {
        exchange_problem(&x, request->refusal, request->refusal_detail);
        return false;
    }
    x.route = route_find(&x, &allowed);
    if (x.route) {
        route_run(&x);
    } else if (allowed) {
        exchange_problem(&x, 405, "This path does not take that method.");
        http_response_header(response, "Allow", allowed);
    } else {
        exchange_fail(&x, ERR_NOT_FOUND);
    }
    return write_settle(&x);
}
