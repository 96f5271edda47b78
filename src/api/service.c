/* The application as the transports see it: asked many times, committed once a round. */
#include "api/api.h"
#include "base/log.h"
#include "base/mem.h"
#include <stdio.h>

static bool service_handle(void *state, struct http_request *request,
                           struct http_response *response)
{
    return dispatch(state, request, response);
}

/* Our own view of what was before would be in the way. Another process's is not for long: then the
 * next commit does it. */
static void scrub(struct app *app)
{
    if (app->read != app->write && app->read)
        db_snapshot_end(app->read);
    app->scrub_due = db_scrub(app->write) != ERR_NONE;
}

static enum err service_commit(void *state)
{
    struct app *app = state;
    app->round_open = false;
    /* A full disk makes SQLite roll back by itself: then nothing that waits was kept. */
    enum err err = db_in_transaction(app->write) ? db_commit(app->write) : ERR_FULL;
    /* What went into a file that is not in its place any more is lost. */
    if (!err && db_place(app->write) != DB_HERE)
        err = ERR_FULL;
    if (!err && app->scrub_due)
        scrub(app);
    return err;
}

static void service_refuse(void *state, struct http_request *request,
                           struct http_response *response, enum err err)
{
    (void)state;
    exchange_refuse(request, response, err);
}

/* Unique, and not to be guessed from another installation's: a random beginning for each process
 * and a count. */
static char *service_request_id(void *state, void *mem)
{
    static char begins[2 * 5 + 1];
    static unsigned count;
    const struct app *app = state;
    const struct randomness *random = app ? app->random : &randomness_system;
    unsigned char bytes[5];
    if (!begins[0]) {
        random->fill(random, bytes, sizeof bytes);
        snprintf(begins, sizeof begins, "%s", secret_hex(mem, bytes, sizeof bytes));
    }
    return mem_printf(mem, "%s%06x", begins, count++);
}

static void service_rest(void *state)
{
    struct app *app = state;
    if (app->read && app->read != app->write)
        db_snapshot_end(app->read);
    key_uses_keep(app);
    app->place_known = false;
}

static void service_idle(void *state)
{
    struct app *app = state;
    if (app->write && db_checkpoint(app->write))
        log_line(LOG_WARN, "database", "doing=idle_checkpoint");
}

static struct http_limits limits_of(const struct config *config)
{
    return (struct http_limits){ config->mount, (size_t)config->max_body_bytes };
}

struct http_service app_service(struct app *app)
{
    return (struct http_service){ .state = app,
                                  .limits = limits_of(app->config),
                                  .requests_max = app->config->requests_per_process,
                                  .handle = service_handle,
                                  .commit = service_commit,
                                  .rest = service_rest,
                                  .idle = service_idle,
                                  .refuse = service_refuse,
                                  .request_id = service_request_id };
}

static bool closed_handle(void *state, struct http_request *request, struct http_response *response)
{
    (void)state;
    exchange_refuse(request, response, ERR_FULL);
    return false;
}

static void closed_rest(void *state)
{
    (void)state;
}

static enum err closed_commit(void *state)
{
    (void)state;
    return ERR_NONE;
}

struct http_service app_out_of_service(const struct config *config)
{
    return (struct http_service){ .limits = limits_of(config),
                                  .requests_max = 1,
                                  .handle = closed_handle,
                                  .commit = closed_commit,
                                  .rest = closed_rest,
                                  .idle = closed_rest,
                                  .refuse = service_refuse,
                                  .request_id = service_request_id };
}
