/* Who is asking, by API key. */
#include "api/webhook_auth.h"
#include "desk/keys.h"
#include "store/agents.h"
#include <string.h>

static const char *bearer(const struct http_request *request)
{
    const char *header = http_header(request, "Authorization");
    return header && strncasecmp(header, "Bearer ", 7) == 0 ? header + 7 : NULL;
}

static bool key_is_good(const struct exchange *x, const struct api_key *key, const char *given)
{
    bool alive = key->revoked_at == NO_VALUE && key->agent_is_active &&
                 (key->expires_at == NO_VALUE || key->expires_at > x->now);
    return key_matches(x->app->master, given, key->hash) && alive;
}

/* Looks the key up and fills x->who. ERR_DENIED: it is no good key. */
static enum err key_check(struct exchange *x, const char *given)
{
    char prefix[KEY_PREFIX_SIZE];
    struct api_key key;
    if (!key_is_ours(x->app->master, given) || !key_prefix(given, prefix))
        return ERR_DENIED;
    enum err err = api_key_find(x->db, x->mem, prefix, &key);
    if (err)
        return err == ERR_NOT_FOUND ? ERR_DENIED : err;
    bool opens_calendar = key.role == ROLE_CALENDAR;
    if (!key_is_good(x, &key, given) || opens_calendar != (x->route->access == ACCESS_CALENDAR))
        return ERR_DENIED;
    x->who = (struct principal){
        .has_key = true,
        .key_id = key.id,
        .agent_id = key.agent_id,
        .role = key.role,
        .scope = { key.brokerage_id, key.role == ROLE_BROKER ? NO_VALUE : key.agent_id },
    };
    x->response->agent_id = key.agent_id;
    key_use_note(x->app, &key, x->now);
    return ERR_NONE;
}

static const char *key_shown(const struct exchange *x)
{
    const char *key = http_header(x->request, "X-API-Key");
    return key ? key : bearer(x->request);
}

enum err key_authenticate(struct exchange *x)
{
    return key_check(x, key_shown(x));
}

/* Who shows none has not tried, and who shows one of ours that has ended does not guess. */
static bool key_refuse(struct exchange *x)
{
    const char *shown = key_shown(x);
    return credential_refuse(x, "Send a valid key as X-API-Key or Authorization: Bearer.",
                             shown && !key_is_ours(x->app->master, shown));
}

/* A calendar whose address is wrong, or was replaced, is not there: 401 would make a phone ask for
 * a password, which there is none of. */
static bool calendar_authenticate(struct exchange *x)
{
    const char *token = http_query(x->request, "token");
    enum err err = key_check(x, token);
    bool is_guess = token && err == ERR_DENIED && !key_is_ours(x->app->master, token);
    if (is_guess && credential_guessed(x))
        return false;
    if (err)
        exchange_fail(x, err == ERR_DENIED ? ERR_NOT_FOUND : err);
    return !err;
}

bool authenticate(struct exchange *x)
{
    enum access access = x->route->access;
    if (access == ACCESS_OPEN)
        return true;
    if (access == ACCESS_WEBHOOK)
        return webhook_authenticate(x);
    if (access == ACCESS_CALENDAR)
        return calendar_authenticate(x);
    enum err err = key_authenticate(x);
    if (err == ERR_DENIED)
        return key_refuse(x);
    if (!err && access == ACCESS_BROKER && x->who.role != ROLE_BROKER)
        err = ERR_DENIED;
    if (err)
        exchange_fail(x, err);
    return !err;
}
