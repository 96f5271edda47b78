/* /incoming and /callback/{id}: both forms of the wire, one way through the desk. */
#include "api/handlers.h"
#include "api/seed.h"
#include "base/mem.h"
#include "vapi/vapi.h"

/* Lets the desk act on the event; false with the failure answered. */
static bool event_act(struct exchange *x, const struct event *event, struct answer *answer)
{
    enum err err = event->kind == EVENT_OTHER ? ERR_NONE : exchange_write(x);
    struct desk desk = exchange_desk(x);
    if (!err)
        err = desk_receive(&desk, event, answer);
    if (err)
        exchange_fail(x, err);
    return !err;
}

static void vapi_take(struct exchange *x, struct json_object *body)
{
    struct event event;
    struct answer answer;
    const char *base = http_base_url(x->request, x->app->config->public_url);
    struct vapi_setting setting = {
        .config = x->app->config,
        .server_url = mem_printf(x->mem, "%s/incoming", base ? base : x->request->mount),
        .webhook_secret = x->app->config->vapi_credential_id ? NULL : x->app->webhook_secret,
    };
    vapi_event_read(x->mem, body, &event);
    event.phone_call_id = event.kind == EVENT_OTHER ? NO_VALUE : x->id;
    if (event_act(x, &event, &answer))
        exchange_json(x, 200, vapi_answer_write(x->mem, &setting, &event, &answer));
}

static void seed_take(struct exchange *x, struct event *event)
{
    struct answer answer;
    if (event_act(x, event, &answer))
        seed_answer(x, &answer, http_base_url(x->request, x->app->config->public_url));
}

void webhook_incoming(struct exchange *x)
{
    struct json_object *body = NULL;
    struct event event;
    bool by_query = x->request->body_len == 0 && x->request->query_count > 0;
    if (!by_query && !(body = exchange_body(x)))
        return;
    if (body && vapi_is_message(body)) {
        vapi_take(x, body);
        return;
    }
    enum err err = seed_incoming_read(x, body, &event);
    if (err)
        exchange_fail(x, err);
    else
        seed_take(x, &event);
}

void webhook_callback(struct exchange *x)
{
    struct json_object *body = exchange_body(x);
    struct event event;
    if (!body)
        return;
    if (vapi_is_message(body)) {
        vapi_take(x, body);
        return;
    }
    enum err err = seed_callback_read(x, body, &event);
    if (err)
        exchange_fail(x, err);
    else
        seed_take(x, &event);
}
