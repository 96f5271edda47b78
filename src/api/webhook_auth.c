#include "api/webhook_auth.h"
#include "api/call_token.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include <string.h>

/* The form of the user's document. */
static const struct signature_form document_form = { .header = "X-Vapi-Signature",
                                                     .prefix = "sha256=",
                                                     .payload = "{body}",
                                                     .algorithm = SECRET_SHA256,
                                                     .encoding = SIGNATURE_HEX };

struct checking {
    const struct config *config;
    const struct signature_secrets *secrets;
    const struct http_request *request;
    int64_t now;
};

/* The header's value; NULL when it was not sent, or is empty, or has no name. */
static const char *header_of(const struct http_request *request, const char *name)
{
    const char *value = name ? http_header(request, name) : NULL;
    return text_blank(value) ? NULL : value;
}

/* ---- secrets that are shown ---- */

static enum webhook_verdict secret_check(const struct checking *checking, const char *header)
{
    static const char scheme[] = "Bearer ";
    const char *given = header_of(checking->request, header);
    bool good = false;
    if (!given)
        return WEBHOOK_NO_CREDENTIAL;
    if (strncasecmp(given, scheme, strlen(scheme)) == 0)
        given += strlen(scheme);
    for (size_t i = 0; i < checking->secrets->count; i++)
        good |= secret_equal(given, checking->secrets->list[i].text);
    return good ? WEBHOOK_GOOD : WEBHOOK_BAD_SECRET;
}

/* ---- signatures ---- */

static struct secret_part part_of(const char *text)
{
    return (struct secret_part){ text, text ? strlen(text) : 0 };
}

/* Seconds or milliseconds since 1970, by magnitude: Vapi does not tell which. */
static bool is_fresh(const struct checking *checking, const char *timestamp)
{
    static const int64_t seconds_max = INT64_C(100000000000);
    int64_t window = checking->config->webhook_window_seconds * SECOND_MS, at;
    if (!text_to_int(timestamp, 0, INT64_MAX / 2, &at))
        return false;
    at = at > seconds_max ? at : at * SECOND_MS;
    return at >= checking->now - window && at <= checking->now + window;
}

static enum webhook_verdict signature_check(const struct checking *checking,
                                            const struct signature_form *form)
{
    const struct http_request *request = checking->request;
    const char *given = header_of(request, form->header);
    const char *timestamp = header_of(request, form->timestamp_header);
    const struct secret_part fields[SIGNATURE_FIELDS] = {
        [SIGNATURE_TIMESTAMP] = part_of(timestamp),
        [SIGNATURE_BODY] = { request->body, request->body_len },
        [SIGNATURE_METHOD] = part_of(request->method_name),
        [SIGNATURE_ID] = part_of(header_of(request, form->id_header)),
    };
    bool good = false;
    if (!given)
        return WEBHOOK_NO_CREDENTIAL;
    for (size_t i = 0; i < checking->secrets->count && !good; i++)
        good = signature_fits(request->mem, form, checking->secrets->list[i].key, fields, given);
    if (!good)
        return WEBHOOK_BAD_SIGNATURE;
    bool timeless = !signature_holds(form, SIGNATURE_TIMESTAMP);
    return timeless || is_fresh(checking, timestamp) ? WEBHOOK_GOOD : WEBHOOK_STALE;
}

/* ---- all kinds ---- */

enum webhook_verdict webhook_verify(const struct config *config,
                                    const struct signature_secrets *secrets,
                                    const struct http_request *request, int64_t now)
{
    const struct checking checking = { config, secrets, request, now };
    const char *const headers[] = { "X-Vapi-Secret", "Authorization",
                                    config->webhook_token_header };
    const struct signature_form forms[] = { config_signature(config), document_form };
    const size_t form_count = config->webhook_document_signature ? 2 : 1;
    enum webhook_verdict best = WEBHOOK_NO_CREDENTIAL, verdict;
    if (secrets->count == 0)
        return WEBHOOK_NO_SECRET;
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        verdict = secret_check(&checking, headers[i]);
        best = verdict > best ? verdict : best;
    }
    for (size_t i = 0; i < form_count && best != WEBHOOK_GOOD; i++) {
        verdict = signature_check(&checking, &forms[i]);
        best = verdict > best ? verdict : best;
    }
    return best;
}

/* ---- letting in ---- */

/* Always false. */
static bool refuse(struct exchange *x, const char *reason, bool is_guess)
{
    log_line(LOG_WARN, "webhook_refused", "id=%s reason=%s", x->request->id, reason);
    return credential_refuse(x, "Send a valid webhook signature or secret, or an API key.",
                             is_guess);
}

static bool refuse_by(struct exchange *x, enum webhook_verdict verdict)
{
    static const char *const reasons[] = {
        [WEBHOOK_NO_SECRET] = "no_secret",   [WEBHOOK_NO_CREDENTIAL] = "no_credential",
        [WEBHOOK_BAD_SECRET] = "bad_secret", [WEBHOOK_BAD_SIGNATURE] = "bad_signature",
        [WEBHOOK_STALE] = "stale",
    };
    if (verdict == WEBHOOK_NO_CREDENTIAL && header_of(x->request, "X-API-Key"))
        verdict = WEBHOOK_BAD_SECRET;
    return refuse(x, reasons[verdict],
                  verdict == WEBHOOK_BAD_SECRET || verdict == WEBHOOK_BAD_SIGNATURE);
}

/* Not the call's token, or another call's. */
static const char bad_call_token[] = "bad_call_token";

bool webhook_authenticate(struct exchange *x)
{
    enum webhook_verdict verdict =
        webhook_verify(x->app->config, &x->app->webhook_secrets, x->request, x->now);
    enum err err = call_token_read(x);
    if (err == ERR_DENIED)
        return refuse(x, bad_call_token, true);
    x->who.has_secret = verdict == WEBHOOK_GOOD;
    if (!err && !x->who.has_secret) {
        err = key_authenticate(x);
        if (err == ERR_DENIED && !x->call)
            return refuse_by(x, verdict);
        if (err == ERR_DENIED) /* the token is enough by itself */
            err = ERR_NONE;
    }
    if (err)
        exchange_fail(x, err);
    return !err;
}

bool webhook_admits(struct exchange *x, const struct event *event)
{
    return !x->call || call_token_covers(x->call, event) || refuse(x, bad_call_token, true);
}
