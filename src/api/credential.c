/* Credentials that were shown: the wrong ones are slowed down, the use of the good ones is noted.
 */
#include "api/api.h"
#include "base/mem.h"
#include "base/throttle.h"
#include "store/agents.h"

/* ---- wrong ones ---- */

/* Without the file nobody is slowed down; the log says so, once. */
static struct throttle *throttle_of(struct app *app)
{
    int64_t limit = app->config->failures_per_minute;
    if (app->throttle_tried || limit == 0)
        return app->throttle;
    app->throttle_tried = true;
    char *path = mem_printf(app, "%s-throttle", app->config->database);
    if (throttle_open(app, path, app->master, limit, &app->throttle))
        app->throttle = NULL;
    return app->throttle;
}

static void answer_429(struct exchange *x, int64_t wait_ms)
{
    exchange_problem(x, 429,
                     "Too many wrong credentials came from your address; wait before the next.");
    http_response_header(
        x->response, "Retry-After",
        mem_printf(x->mem, "%lld", (long long)((wait_ms + SECOND_MS - 1) / SECOND_MS)));
}

bool credential_guessed(struct exchange *x)
{
    struct throttle *throttle = throttle_of(x->app);
    const char *address = http_variable(x->request, "REMOTE_ADDR");
    int64_t wait = throttle ? throttle_fail(throttle, address, x->now) : 0;
    if (wait > 0)
        answer_429(x, wait);
    return wait > 0;
}

bool credential_refuse(struct exchange *x, const char *detail, bool is_guess)
{
    if (is_guess && credential_guessed(x))
        return false;
    exchange_problem(x, 401, detail);
    http_response_header(x->response, "WWW-Authenticate", "Bearer realm=\"ai-realtor\"");
    return false;
}

/* ---- good ones ---- */

void key_use_note(struct app *app, const struct api_key *key, int64_t now)
{
    if (!api_key_use_counts(key, now) || app->key_use_count == KEY_USES_MAX)
        return;
    for (size_t i = 0; i < app->key_use_count; i++)
        if (app->key_uses[i].key_id == key->id)
            return;
    app->key_uses[app->key_use_count++] = (struct key_use){ key->id, now };
}

/* A process of one request has perhaps opened the database for reading alone. */
static enum err writer_open(struct app *app)
{
    if (app->one_request && !app->write) {
        db_close(app->read);
        app->read = NULL;
    }
    return app_connect(app, true);
}

static enum err uses_write(struct app *app)
{
    enum err err = db_begin_at_once(app->write);
    if (err)
        return err;
    for (size_t i = 0; i < app->key_use_count && !err; i++)
        err = api_key_use(app->write, app->key_uses[i].key_id, app->key_uses[i].at);
    if (!err)
        return db_commit(app->write);
    db_rollback(app->write);
    return err;
}

void key_uses_keep(struct app *app)
{
    if (app->key_use_count == 0)
        return;
    enum err err = writer_open(app);
    if (!err)
        err = uses_write(app);
    /* Whatever else is wrong the next writer is told: a use less is no loss. */
    if (err != ERR_BUSY)
        app->key_use_count = 0;
}
