/* The application's lasting things: secrets and connections. */
#include "api/api.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/master.h"
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

/* Whether the database is one that this program and this key may work on. */
static enum err database_check(struct app *app, struct db *db)
{
    if (migrate_check(db))
        return ERR_FULL; /* out of order until somebody migrates or upgrades */
    enum err err = app->seal ? master_check(db, app->seal, app->master) : ERR_NONE;
    if (err != ERR_DENIED)
        return err;
    log_line(LOG_ERROR, "key_wrong",
             "file=\"%s\" detail=\"it is not the key that %s was made with; put the right one "
             "back\"",
             app->config->master_key_file, app->config->database);
    return ERR_FULL;
}

static enum err connection_open(struct app *app, enum db_mode mode, struct db **db)
{
    bool first = !app->read && !app->write;
    enum err err = db_open(app->config->database, mode, (int)app->config->busy_timeout_ms, db);
    if (!err)
        db_seal(*db, app->seal);
    if (!err && first)
        err = database_check(app, *db);
    if (err) {
        db_close(*db);
        *db = NULL;
    }
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
    enum err err = connection_open(app, writing ? DB_WRITE : DB_READ, db);
    if (!err && writing)
        db_checkpoint_defer(app->write);
    return err;
}

static void connections_close(struct app *app)
{
    if (app->read != app->write)
        db_close(app->read);
    /* Last, so that it is the one that checkpoints: else every later process recovers the whole
     * WAL. */
    db_close(app->write);
    app->read = app->write = NULL;
}

static enum err reopen(struct app *app)
{
    log_line(LOG_WARN, "database_replaced",
             "file=\"%s\" detail=\"another file has taken its place; going on with that\"",
             app->config->database);
    connections_close(app);
    return app_connect(app, true);
}

enum err app_place_check(struct app *app)
{
    if (app->place_known || !app->write)
        return ERR_NONE;
    enum db_place place = db_place(app->write);
    if (place == DB_GONE) {
        log_line(LOG_ERROR, "database_gone",
                 "file=\"%s\" detail=\"somebody removed it; restore a backup\"",
                 app->config->database);
        return ERR_FULL;
    }
    enum err err = place == DB_REPLACED ? reopen(app) : ERR_NONE;
    app->place_known = !err;
    return err;
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
    connections_close(app);
}
