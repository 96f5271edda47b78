/* Who is asking. */
#include "api/api.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/keys.h"
#include "store/agents.h"
#include <string.h>

/* How far a signature's timestamp may be off: what clocks drift and deliveries take. */
enum { SIGNATURE_WINDOW_MS = 5 * 60 * 1000 };

static const char *bearer(const struct http_request *request)
{
    const char *header = http_header(request, "Authorization");
    return header && strncasecmp(header, "Bearer ", 7) == 0 ? header + 7 : NULL;
}

/* ---- API keys ---- */

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
    if (!given || !key_prefix(given, prefix))
        return ERR_DENIED;
    enum err err = api_key_find(x->db, x->mem, prefix, &key);
    if (err)
        return err == ERR_NOT_FOUND ? ERR_DENIED : err;
    if (!key_is_good(x, &key, given))
        return ERR_DENIED;
    x->who = (struct principal){
        .has_key = true,
        .key_id = key.id,
        .agent_id = key.agent_id,
        .role = key.role,
        .scope = { key.brokerage_id, key.role == ROLE_BROKER ? NO_VALUE : key.agent_id },
    };
    x->response->agent_id = key.agent_id;
    return ERR_NONE;
}

/* ---- webhooks (Vapi reference, section 8) ---- */

static bool signature_is(const struct exchange *x, const char *given,
                         const struct secret_part *parts, size_t count)
{
    unsigned char mac[SECRET_MAC_BYTES];
    secret_hmac(x->app->webhook_secret, parts, count, mac);
    if (text_starts_with(given, "sha256="))
        given += strlen("sha256=");
    return secret_equal(text_lower(x->mem, given), secret_hex(x->mem, mac, sizeof mac));
}

/* Vapi's default: HMAC-SHA-256 over "{timestamp}.{body}", in seconds or milliseconds. */
static bool signed_by_vapi(const struct exchange *x)
{
    const char *signature = http_header(x->request, "x-signature");
    const char *timestamp = http_header(x->request, "x-timestamp");
    int64_t at;
    if (!signature || !timestamp || !text_to_int(timestamp, 0, INT64_MAX / 1000, &at))
        return false;
    at = at > INT64_C(100000000000) ? at : at * 1000;
    if (at < x->now - SIGNATURE_WINDOW_MS || at > x->now + SIGNATURE_WINDOW_MS)
        return false;
    struct secret_part parts[] = { { timestamp, strlen(timestamp) },
                                   { ".", 1 },
                                   { x->request->body, x->request->body_len } };
    return signature_is(x, signature, parts, 3);
}

/* The user's document: X-Vapi-Signature, over the body alone. */
static bool signed_by_document(const struct exchange *x)
{
    const char *signature = http_header(x->request, "X-Vapi-Signature");
    struct secret_part part = { x->request->body, x->request->body_len };
    return signature && signature_is(x, signature, &part, 1);
}

static bool webhook_is_good(const struct exchange *x)
{
    const char *secret = x->app->webhook_secret;
    const char *plain = http_header(x->request, "X-Vapi-Secret");
    const char *token = bearer(x->request);
    if (!secret)
        return false;
    return (plain && secret_equal(plain, secret)) || (token && secret_equal(token, secret)) ||
           signed_by_vapi(x) || signed_by_document(x);
}

bool authenticate(struct exchange *x)
{
    enum access access = x->route->access;
    if (access == ACCESS_OPEN || (access == ACCESS_WEBHOOK && webhook_is_good(x)))
        return true;
    const char *key = http_header(x->request, "X-API-Key");
    enum err err = key_check(x, key ? key : bearer(x->request));
    if (err == ERR_DENIED) {
        exchange_problem(x, 401,
                         access == ACCESS_WEBHOOK
                             ? "Send a valid webhook signature or secret, or an API key."
                             : "Send a valid key as X-API-Key or Authorization: Bearer.");
        http_response_header(x->response, "WWW-Authenticate", "Bearer realm=\"ai-realtor\"");
        return false;
    }
    if (!err && access == ACCESS_BROKER && x->who.role != ROLE_BROKER)
        err = ERR_DENIED;
    if (err)
        exchange_fail(x, err);
    return !err;
}
