/* /tasks/calendar.ics, and who gets its address: /agents/me/calendar. */
#include "calendar/calendar.h"
#include "api/handlers.h"
#include "api/precondition.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/feed.h"
#include <stdlib.h>
#include <string.h>

/* ---- the feed ---- */

/* The module, loaded when it is first needed; else the answer is there. */
static const struct calendar_module *module_of(struct exchange *x)
{
    struct app *app = x->app;
    const char *why = NULL;
    if (!app->calendar &&
        calendar_load(x->mem, app->config->calendar_module, &app->calendar, &why)) {
        log_line(LOG_ERROR, "calendar_module", "detail=\"%s\"", text_one_line(x->mem, why));
        exchange_problem(x, 501, "This installation has no calendar module; its log says why.");
    }
    return app->calendar;
}

/* May be kept, but asked about each time. */
static void calendar_answer(struct exchange *x, const char *text)
{
    struct http_response *response = x->response;
    size_t len = strlen(text);
    char *tag = entity_tag(x, text, len);
    if (!precondition_holds(x, tag)) {
        response->cache = response->status == 304 ? "private, no-cache" : NULL;
        return;
    }
    response->status = 200;
    response->content_type = "text/calendar; charset=utf-8";
    response->cache = "private, no-cache";
    response->body = text;
    response->body_len = len;
    http_response_header(response, "ETag", tag);
}

/* Whether cancelled viewings are shown; false with 422 answered to anything but yes and no. */
static bool cancelled_read(struct exchange *x, bool *shown)
{
    const char *value = http_query(x->request, "cancelled");
    *shown = !value || strcmp(value, "yes") == 0;
    if (*shown || strcmp(value, "no") == 0)
        return true;
    exchange_fail(x, fault_add(&x->faults, "cancelled", "must be yes or no"));
    return false;
}

void calendar_show(struct exchange *x)
{
    struct desk desk = exchange_desk(x);
    struct calendar calendar;
    bool with_cancelled;
    if (!cancelled_read(x, &with_cancelled))
        return;
    enum err err = feed_compose(&desk, x->who.agent_id, with_cancelled, &calendar);
    const struct calendar_module *module = err ? NULL : module_of(x);
    if (err)
        exchange_fail(x, err);
    if (!module)
        return;
    char *text = module->write(&calendar);
    if (!text)
        mem_exhausted();
    calendar_answer(x, mem_strdup(x->mem, text));
    free(text);
}

/* ---- its address ---- */

/* What was made, with the address that is shown this once. */
static void address_answer(struct exchange *x, const struct api_key *key, const char *shown)
{
    const char *base = http_base_url(x->request, x->app->config->public_url);
    char *url = feed_url(x->mem, base ? base : x->request->mount, shown);
    const char *rest = strstr(url, "://");
    struct json_object *json = json_object_on(x->mem);
    json_put_text(json, "url", url);
    json_put_text(json, "webcal_url", rest ? mem_printf(x->mem, "webcal%s", rest) : NULL);
    json_put_instant(json, "created_at", key->created_at);
    exchange_json(x, 201, json);
    http_response_header(x->response, "Location",
                         mem_printf(x->mem, "%s/agents/me/calendar", x->request->mount));
}

void calendar_open(struct exchange *x)
{
    struct api_key key;
    char *shown;
    enum err err = exchange_write(x);
    struct desk desk = exchange_desk(x);
    if (!err)
        err = feed_open(&desk, x->who.agent_id, x->app->random, x->app->master, &key, &shown);
    if (!err)
        err = exchange_audit(x, "create", "api_keys", key.id);
    if (err)
        exchange_fail(x, err);
    else
        address_answer(x, &key, shown);
}

void calendar_about(struct exchange *x)
{
    struct api_key key;
    enum err err = calendar_key_get(x->db, x->mem, x->who.agent_id, &key);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    struct json_object *json = json_object_on(x->mem);
    json_put_instant(json, "created_at", key.created_at);
    json_put_instant(json, "last_used_at", key.last_used_at);
    exchange_json(x, 200, json);
}

void calendar_close(struct exchange *x)
{
    struct api_key key;
    enum err err = exchange_write(x);
    if (!err)
        err = calendar_key_get(x->db, x->mem, x->who.agent_id, &key);
    if (!err)
        err = calendar_key_revoke(x->db, x->who.agent_id, x->now);
    if (!err)
        err = exchange_audit(x, "revoke", "api_keys", key.id);
    if (err)
        exchange_fail(x, err);
    else
        x->response->status = 204;
}
