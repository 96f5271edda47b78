#include "api/precondition.h"
#include "base/mem.h"
#include <string.h>

enum { TAG_BYTES = 16, TAG_DIGITS = 2 * TAG_BYTES };

char *entity_tag(const struct exchange *x, const char *bytes, size_t len)
{
    unsigned char hash[SECRET_HASH_BYTES];
    secret_hash(x->app->master, bytes, len, hash);
    return mem_printf(x->mem, "\"%s\"", secret_hex(x->mem, hash, TAG_BYTES));
}

/* Whether the quoted text is our tag. Web servers that compress an answer put "-gzip" or the like
 * behind it; what it is the tag of stays the same. */
static bool tag_equal(const char *quoted, size_t len, const char *tag)
{
    return len >= TAG_DIGITS + 2 && strncmp(quoted, tag, TAG_DIGITS + 1) == 0 &&
           (len == TAG_DIGITS + 2 || quoted[TAG_DIGITS + 1] == '-');
}

/* Whether a list of tags names this one, or is "*". Weak tags count where `weak_counts`. What is no
 * list of tags names none. */
static bool tag_listed(const char *list, const char *tag, bool weak_counts)
{
    static const char between[] = " \t,";
    list += strspn(list, between);
    if (*list == '*')
        return list[1 + strspn(list + 1, between)] == '\0';
    while (*list) {
        bool weak = strncmp(list, "W/", 2) == 0;
        list += weak ? 2 : 0;
        const char *end = *list == '"' ? strchr(list + 1, '"') : NULL;
        if (!end)
            return false;
        size_t len = (size_t)(end + 1 - list);
        if ((weak_counts || !weak) && tag_equal(list, len, tag))
            return true;
        list = end + 1 + strspn(end + 1, between);
    }
    return false;
}

static void answer_unmodified(struct exchange *x, const char *tag)
{
    x->response->status = 304;
    x->response->content_type = NULL;
    x->response->headers = NULL;
    http_response_header(x->response, "ETag", tag);
}

bool precondition_sent(const struct exchange *x)
{
    return http_header(x->request, "If-Match") || http_header(x->request, "If-None-Match");
}

bool precondition_holds(struct exchange *x, const char *tag)
{
    const char *match = http_header(x->request, "If-Match");
    const char *none = http_header(x->request, "If-None-Match");
    if (match && !tag_listed(match, tag, false)) {
        exchange_problem(x, 412, "This has changed since you read it; read it again.");
        return false;
    }
    if (!none || !tag_listed(none, tag, true))
        return true;
    if (x->request->method == HTTP_GET)
        answer_unmodified(x, tag);
    else
        exchange_problem(x, 412, "This is as you say that it must not be (If-None-Match).");
    return false;
}
