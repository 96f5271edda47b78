/* /incoming and /callback/{id}: both forms of the wire, one way through the desk. */
#include "api/call_token.h"
#include "api/handlers.h"
#include "api/seed.h"
#include "api/webhook_auth.h"
#include "base/mem.h"
#include "vapi/vapi.h"

/* Lets the desk act on the event; false with the failure answered. */
static bool event_act(struct exchange *x, const struct event *event, struct answer *answer)
{
    if (!webhook_admits(x, event))
        return false;
    enum err err = event->kind == EVENT_OTHER ? ERR_NONE : exchange_write(x);
    struct desk desk = exchange_desk(x);
    if (!err)
        err = desk_receive(&desk, event, answer);
    if (err)
        exchange_fail(x, err);
    return !err;
}

/* How Vapi shall reach us from now on. The secret is told only to who has it: a key opens one
 * brokerage, the secret all of them. */
static struct vapi_setting setting_of(const struct exchange *x, const struct answer *answer)
{
    const struct app *app = x->app;
    const char *base = http_base_url(x->request, app->config->public_url);
    bool tell = x->who.has_secret && !app->config->vapi_credential_id;
    return (struct vapi_setting){
        .config = app->config,
        .server_url = mem_printf(x->mem, "%s/incoming", base ? base : x->request->mount),
        .webhook_secret = tell ? app->webhook_secrets.list[0].text : NULL,
        .call_token_header = CALL_TOKEN_HEADER,
        .call_token = answer->kind == ANSWER_ASSISTANT
                          ? call_token_make(x->mem, app->master, answer->receptionist.brokerage_id,
                                            answer->phone_call_id)
                          : NULL,
    };
}

static void vapi_take(struct exchange *x, struct json_object *body)
{
    struct event event;
    struct answer answer;
    vapi_event_read(x->mem, x->app->master, body, &event);
    event.phone_call_id = event.kind == EVENT_OTHER ? NO_VALUE : x->id;
    if (!event_act(x, &event, &answer))
        return;
    struct vapi_setting setting = setting_of(x, &answer);
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
