/* /retention: for how long what callers said is kept. */
#include "store/retention.h"
#include "api/handlers.h"
#include "desk/purge.h"

static void periods_answer(struct exchange *x, const struct retention *own)
{
    struct json_object *json = json_object_on(x->mem);
    purge_put_days(json, x->app->config, own);
    exchange_json(x, 200, json);
}

void retention_show(struct exchange *x)
{
    struct retention own;
    enum err err = retention_get(x->db, x->who.scope.brokerage_id, &own);
    if (err)
        exchange_fail(x, err);
    else
        periods_answer(x, &own);
}

/* null goes back to the configuration's period. */
static enum err period_read(struct exchange *x, const char *name, struct json_object *value,
                            struct retention *own)
{
    int kind = words_find(&words_retained, name);
    int64_t days = json_is(value, json_type_int) ? json_object_get_int64(value) : NO_VALUE;
    if (kind == WORD_NONE)
        return fault_add(&x->faults, name, "is not kept: it must be %s",
                         words_listed(x->mem, &words_retained));
    if (value && (days < 0 || days > RETAIN_DAYS_MAX))
        return fault_add(&x->faults, name,
                         "must be a number of days from 0 (for ever) to %d, or null",
                         RETAIN_DAYS_MAX);
    own->days[kind] = days;
    return ERR_NONE;
}

static enum err periods_read(struct exchange *x, struct json_object *body, struct retention *own)
{
    enum err worst = ERR_NONE;
    json_object_object_foreach(body, name, value)
    {
        enum err err = period_read(x, name, value, own);
        worst = err ? err : worst;
    }
    return worst;
}

static enum err periods_change(struct exchange *x, struct json_object *body, struct retention *own)
{
    int64_t id = x->who.scope.brokerage_id;
    struct retention before;
    enum err err = retention_get(x->db, id, &before);
    *own = before;
    if (!err)
        err = periods_read(x, body, own);
    char *changed = err ? NULL : retention_changes(x->mem, &before, own);
    if (!changed)
        return err;
    err = retention_set(x->db, id, own, x->now);
    return err ? err : exchange_audit_fields(x, "retention", "brokerages", id, changed);
}

void retention_change(struct exchange *x)
{
    struct retention own;
    struct json_object *body = exchange_body(x);
    if (!body)
        return;
    enum err err = exchange_write(x);
    if (!err)
        err = periods_change(x, body, &own);
    if (err)
        exchange_fail(x, err);
    else
        periods_answer(x, &own);
}
