#include "api/call_token.h"
#include "base/mem.h"
#include "base/text.h"
#include <string.h>

enum { ID_DIGITS_MAX = 19 };

char *call_token_make(void *mem, const unsigned char master[SECRET_KEY_BYTES], int64_t brokerage_id,
                      int64_t phone_call_id)
{
    unsigned char hash[SECRET_HASH_BYTES];
    /* The word in front keeps this apart from all else that the master key hashes. */
    char *text =
        mem_printf(mem, "call-token %lld %lld", (long long)brokerage_id, (long long)phone_call_id);
    secret_hash(master, text, strlen(text), hash);
    return mem_printf(mem, "%lld.%s", (long long)phone_call_id,
                      secret_base64_url(mem, hash, sizeof hash));
}

/* The token that came with the request, or NULL. */
static const char *token_sent(const struct exchange *x)
{
    const char *token = http_header(x->request, CALL_TOKEN_HEADER);
    if (!token && x->id != NO_VALUE)
        token = http_query(x->request, "token");
    return token;
}

static enum err call_get(struct exchange *x, const char *token, struct phone_call *call)
{
    size_t digits = strcspn(token, ".");
    int64_t id;
    if (digits > ID_DIGITS_MAX ||
        !text_to_int(mem_strndup(x->mem, token, digits), 1, INT64_MAX, &id))
        return ERR_DENIED;
    enum err err = table_get(x->db, x->mem, &table_phone_calls, id, call);
    return err == ERR_NOT_FOUND ? ERR_DENIED : err;
}

enum err call_token_read(struct exchange *x)
{
    const char *token = token_sent(x);
    if (!token)
        return ERR_NONE;
    struct phone_call *call = mem_new(x->mem, struct phone_call);
    enum err err = call_get(x, token, call);
    if (err)
        return err;
    char *right = call_token_make(x->mem, x->app->master, call->head.brokerage_id, call->head.id);
    if (!secret_equal(token, right))
        return ERR_DENIED;
    x->call = call;
    return ERR_NONE;
}

bool call_token_covers(const struct phone_call *call, const struct event *event)
{
    const char *theirs = event->facts.provider_call_id;
    bool named = event->phone_call_id != NO_VALUE || theirs;
    bool ours = event->phone_call_id == NO_VALUE || event->phone_call_id == call->head.id;
    bool same = !theirs || text_equal(theirs, call->vapi_call_id);
    return ours && same && (named || event->kind == EVENT_OTHER);
}
