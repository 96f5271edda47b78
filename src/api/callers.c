/* /callers/{phone}: what is held of a caller, and the caller's rights to it. */
#include "desk/callers.h"
#include "api/handlers.h"
#include "api/resource.h"
#include "store/do_not_call.h"

/* What the asker may see of the caller; else the failure is answered. */
static bool caller_find(struct exchange *x, struct caller *caller)
{
    enum err err = caller_read(x->db, x->mem, &x->who.scope, x->phone, caller);
    if (err)
        exchange_fail(x, err);
    return !err;
}

static void summary_answer(struct exchange *x, const struct caller *caller)
{
    struct json_object *json = json_object_on(x->mem);
    caller_put_summary(json, caller);
    exchange_json(x, 200, json);
}

void caller_show(struct exchange *x)
{
    struct caller caller;
    if (caller_find(x, &caller))
        summary_answer(x, &caller);
}

/* A read that is written down: the answer goes out when it is certain that the log tells of it. */
void caller_export(struct exchange *x)
{
    struct caller caller;
    struct json_object *json = json_object_on(x->mem);
    enum err err = exchange_write(x);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    if (!caller_find(x, &caller))
        return;
    err = caller_put_export(x->db, x->mem, &caller, x->now, json);
    if (!err)
        err = exchange_audit(x, "export", "callers", caller_last_call_id(&caller));
    if (err)
        exchange_fail(x, err);
    else
        exchange_json(x, 200, json);
}

/* The receipt in the audit log says that somebody was erased, not who. */
void caller_delete(struct exchange *x)
{
    struct caller caller;
    enum err err = exchange_write(x);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    if (!caller_find(x, &caller))
        return;
    err = caller_erase(x->db, x->mem, &caller, x->now);
    if (!err)
        err = exchange_audit(x, "erase", "callers", NO_VALUE);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    x->app->scrub_due = true;
    struct json_object *json = json_object_on(x->mem);
    caller_put_erasure(json, &caller, x->now);
    exchange_json(x, 200, json);
}

/* ---- the do-not-call list ---- */

void callers_blocked(struct exchange *x)
{
    static const struct table no_filters = { .filter_count = 0 };
    struct selection page = { 0 };
    struct blocked *list;
    size_t count;
    int64_t total;
    enum err err = exchange_selection(x, &no_filters, &page);
    if (!err)
        err = do_not_call_list(x->db, x->mem, x->who.scope.brokerage_id, page.limit, page.offset,
                               &list, &count, &total);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    struct json_object *json = json_object_on(x->mem);
    struct json_object *numbers = resource_envelope(json, "numbers", &page, total);
    for (size_t i = 0; i < count; i++) {
        struct json_object *number = json_put_object(numbers, NULL);
        json_put_text(number, "phone_number", list[i].phone);
        json_put_instant(number, "do_not_call_since", list[i].since);
    }
    exchange_json(x, 200, json);
}

void caller_block(struct exchange *x)
{
    struct caller caller;
    enum err err = exchange_write(x);
    if (!err)
        err = do_not_call_add(x->db, x->who.scope.brokerage_id, x->phone, x->now);
    if (!err)
        err = exchange_audit(x, "block", "do_not_call", NO_VALUE);
    if (err)
        exchange_fail(x, err);
    else if (caller_find(x, &caller))
        summary_answer(x, &caller);
}

void caller_unblock(struct exchange *x)
{
    enum err err = exchange_write(x);
    if (!err)
        err = do_not_call_remove(x->db, x->who.scope.brokerage_id, x->phone);
    if (!err)
        err = exchange_audit(x, "unblock", "do_not_call", NO_VALUE);
    if (err)
        exchange_fail(x, err);
    else
        x->response->status = 204;
    /* It may have been the last trace of a caller who was erased. */
    x->app->scrub_due |= !err;
}
