/* The application's lasting things: secrets and connections. */
#include "api/api.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/migrate.h"

static enum err secrets_read(void *mem, struct app *app)
{
    const struct config *config = app->config;
    secret_start();
    enum err err = secret_key_read(config->master_key_file, app->master);
    if (!err)
        err = seal_open(mem, config->master_key_file, app->random, &app->seal);
    if (err || !config->webhook_secret_file)
        return err;
    err = signature_secrets_read(mem, config->webhook_secret_file, config->webhook_secret_is_base64,
                                 &app->webhook_secrets);
    /* Without a secret the rest still works; webhooks are refused. */
    return err == ERR_NOT_FOUND || err == ERR_INVALID ? ERR_NONE : err;
}

static enum err connection_open(struct app *app, enum db_mode mode, struct db **db)
{
    bool first = !app->read && !app->write;
    enum err err = db_open(app->config->database, mode, (int)app->config->busy_timeout_ms, db);
    if (!err && first && migrate_check(*db))
        err = ERR_FULL; /* out of order until somebody migrates or upgrades */
    if (!err)
        db_seal(*db, app->seal);
    return err;
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
    if (!err && !one_request)
        db_checkpoint_defer(app->write);
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
