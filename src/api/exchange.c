/* What a handler works with: its answers and its part of the write transaction. */
#include "api/api.h"

/* ---- answers ---- */

void exchange_json(struct exchange *x, int status, struct json_object *json)
{
    http_response_json(x->response, status, json);
}

void exchange_problem(struct exchange *x, int status, const char *detail)
{
    http_response_problem(x->response, x->request->id, status, detail);
}

static const struct {
    int status;
    const char *detail;
} failures[] = {
    [ERR_NONE] = { 500, "This should not have happened." },
    [ERR_NOT_FOUND] = { 404, "There is no such thing, or it is not yours." },
    [ERR_CONFLICT] = { 409, "This contradicts what is there already." },
    [ERR_INVALID] = { 422, "Some of what was sent is not acceptable." },
    [ERR_DENIED] = { 403, "Your key does not allow this." },
    [ERR_BUSY] = { 503, "The service is busy; try again in a moment." },
    [ERR_FULL] = { 503, "The service is out of order at the moment; its log says why." },
    [ERR_FAILED] = { 500, "Something went wrong here; the log has the details." },
};

void exchange_refuse(const struct http_request *request, struct http_response *response,
                     enum err err)
{
    int status = failures[err].status;
    response->headers = NULL;
    response->cache = NULL;
    http_response_problem(response, request->id, status, failures[err].detail);
    if (status == 503)
        http_response_header(response, "Retry-After", err == ERR_FULL ? "30" : "1");
}

/* The problem document with its errors: [{field, detail}]. */
static void faults_answer(struct exchange *x)
{
    struct json_object *problem =
        http_response_problem(x->response, x->request->id, 422, failures[ERR_INVALID].detail);
    struct json_object *errors = json_put_array(problem, "errors");
    for (size_t i = 0; i < x->faults.count; i++) {
        struct json_object *error = json_put_object(errors, NULL);
        json_put_text(error, "field", x->faults.list[i].field);
        json_put_text(error, "detail", x->faults.list[i].detail);
    }
    x->response->body = json_text(x->mem, problem, &x->response->body_len);
}

/* The problem document with what is in the way. */
static void conflicts_answer(struct exchange *x)
{
    struct json_object *problem = http_response_problem(x->response, x->request->id, 409,
                                                        "Something else is there at that time.");
    json_object_object_add(problem, "conflicts",
                           json_object_get(json_get(x->conflicts, "conflicts")));
    x->response->body = json_text(x->mem, problem, &x->response->body_len);
}

void exchange_fail(struct exchange *x, enum err err)
{
    if (err == ERR_INVALID)
        faults_answer(x);
    else if (err == ERR_CONFLICT && x->conflicts)
        conflicts_answer(x);
    else
        exchange_refuse(x->request, x->response, err);
}

/* ---- writing ---- */

enum err exchange_write(struct exchange *x)
{
    struct app *app = x->app;
    if (x->writing)
        return ERR_NONE;
    /* The transaction broke in the middle of the round: nothing may join what is lost. */
    if (app->round_open && !db_in_transaction(app->write))
        return ERR_FULL;
    enum err err = app_connect(app, true);
    if (!err && !app->round_open)
        err = db_begin(app->write);
    if (!err)
        err = db_part_begin(app->write);
    if (err)
        return err;
    app->round_open = true;
    x->writing = true;
    x->db = app->write;
    return ERR_NONE;
}
