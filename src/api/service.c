/* The application's life: opened once, asked many times, committed once a round. */
#include "api/api.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/migrate.h"

static enum err secrets_read(void *mem, struct app *app)
{
    char *line = NULL;
    secret_start();
    enum err err = secret_key_read(app->config->master_key_file, app->master);
    if (err || !app->config->webhook_secret_file)
        return err;
    err = secret_line_read(mem, app->config->webhook_secret_file, &line);
    app->webhook_secret = line;
    /* Without a secret the rest still works; webhooks are refused. */
    return err == ERR_NOT_FOUND ? ERR_NONE : err;
}

static enum err connection_open(struct app *app, enum db_mode mode, struct db **db)
{
    bool first = !app->read && !app->write;
    enum err err = db_open(app->config->database, mode, (int)app->config->busy_timeout_ms, db);
    return err || !first ? err : migrate_check(*db);
}

enum err app_connect(struct app *app, bool writing)
{
    struct db **db = writing ? &app->write : &app->read;
    if (*db)
        return ERR_NONE;
    if (app->one_request && writing) {
        enum err err = connection_open(app, DB_WRITE, &app->write);
        app->read = app->write;
        return err;
    }
    return connection_open(app, writing ? DB_WRITE : DB_READ, db);
}

enum err app_open(void *mem, const struct config *config, bool one_request, struct app **out)
{
    struct app *app = mem_new(mem, struct app);
    int64_t instant;
    app->config = config;
    app->random = &randomness_system;
    app->clock = clock_system;
    app->one_request = one_request;
    if (config->clock && instant_parse(config->clock, &instant) == ERR_NONE)
        app->clock = clock_from(instant);
    enum err err = secrets_read(mem, app);
    /* A responder wants to know at its start, not at its first caller, that it cannot work. */
    if (!err && !one_request)
        err = app_connect(app, true);
    if (err) {
        app_close(app);
        log_line(LOG_ERROR, "start_failed", "error=\"%s\"", err_name(err));
        return err;
    }
    *out = app;
    return ERR_NONE;
}

void app_close(struct app *app)
{
    if (app->read != app->write)
        db_close(app->read);
    /* Last, so that it is the one that checkpoints: else every later process recovers the whole
     * WAL. */
    db_close(app->write);
}

static bool service_handle(void *state, struct http_request *request,
                           struct http_response *response)
{
    return dispatch(state, request, response);
}

static enum err service_commit(void *state)
{
    struct app *app = state;
    app->round_open = false;
    /* A full disk makes SQLite roll back by itself: then nothing that waits was kept. */
    return db_in_transaction(app->write) ? db_commit(app->write) : ERR_FULL;
}

static void service_refuse(void *state, struct http_request *request,
                           struct http_response *response, enum err err)
{
    (void)state;
    dispatch_refuse(request, response, err);
}

static char *service_request_id(void *state, void *mem)
{
    const struct app *app = state;
    const struct randomness *random = app ? app->random : &randomness_system;
    unsigned char bytes[8];
    random->fill(random, bytes, sizeof bytes);
    return secret_hex(mem, bytes, sizeof bytes);
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
                                  .refuse = service_refuse,
                                  .request_id = service_request_id };
}

static bool closed_handle(void *state, struct http_request *request, struct http_response *response)
{
    (void)state;
    dispatch_refuse(request, response, ERR_BUSY);
    return false;
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
                                  .refuse = service_refuse,
                                  .request_id = service_request_id };
}
