#include "http/request.h"
#include "base/mem.h"
#include "base/text.h"
#include "http/path.h"
#include <ctype.h>
#include <string.h>

const char *http_variable(const struct http_request *request, const char *name)
{
    size_t len = strlen(name);
    for (char *const *entry = request->environment; entry && *entry; entry++)
        if (strncmp(*entry, name, len) == 0 && (*entry)[len] == '=')
            return *entry + len + 1;
    return NULL;
}

const char *http_header(const struct http_request *request, const char *name)
{
    char variable[64] = "HTTP_";
    size_t n = strlen(variable);
    for (const char *p = name; *p && n < sizeof variable - 1; p++)
        variable[n++] = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
    variable[n] = '\0';
    return http_variable(request, variable);
}

const char *http_query(const struct http_request *request, const char *name)
{
    for (size_t i = 0; i < request->query_count; i++)
        if (strcmp(request->query[i].name, name) == 0)
            return request->query[i].value;
    return NULL;
}

static void method_read(struct http_request *request)
{
    static const struct {
        const char *name;
        enum http_method method;
    } rows[] = { { "GET", HTTP_GET },
                 { "HEAD", HTTP_GET },
                 { "POST", HTTP_POST },
                 { "PUT", HTTP_PUT },
                 { "DELETE", HTTP_DELETE } };
    const char *name = http_variable(request, "REQUEST_METHOD");
    request->method_name = "other";
    for (size_t i = 0; name && i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(rows[i].name, name) == 0) {
            request->method = rows[i].method;
            request->method_name = rows[i].name;
        }
    request->is_head = name && strcmp(name, "HEAD") == 0;
}

static void refuse(struct http_request *request, int status, const char *detail)
{
    if (request->refusal)
        return;
    request->refusal = status;
    request->refusal_detail = detail;
}

/* Reads until `want` bytes or the end. */
static void body_take(struct http_request *request, const struct http_source *source, size_t want)
{
    size_t room = want < 16384 ? want : 16384, len = 0;
    char *body = mem_bytes(request->mem, room + 1);
    for (;;) {
        if (len == room && room < want) {
            room = room * 2 < want ? room * 2 : want;
            body = mem_check(talloc_realloc_size(request->mem, body, room + 1));
        }
        ptrdiff_t got = len == room ? 0 : source->read(source->from, body + len, room - len);
        if (got < 0)
            refuse(request, 400, "the body breaks off");
        if (got <= 0)
            break;
        len += (size_t)got;
    }
    body[len] = '\0';
    request->body = body;
    request->body_len = len;
}

/* Reads past what is refused: Apache drops the answer of a program that leaves the body lying. What
 * is more than twice the limit is not worth it. */
static void body_skip(const struct http_source *source, size_t body_max)
{
    char sink[16384];
    for (size_t len = 0; len <= 2 * body_max;) {
        ptrdiff_t got = source->read(source->from, sink, sizeof sink);
        if (got <= 0)
            return;
        len += (size_t)got;
    }
}

/* How many bytes to read by CONTENT_LENGTH, which may be absent (to the end), wrong, huge or a lie.
 */
static size_t body_length(struct http_request *request, size_t body_max)
{
    const char *length = http_variable(request, "CONTENT_LENGTH");
    int64_t want;
    if (!length || !*length)
        return body_max + 1;
    if (strspn(length, "0123456789") != strlen(length))
        refuse(request, 400, "Content-Length is not a number");
    else if (text_to_int(length, 0, (int64_t)body_max, &want))
        return (size_t)want;
    else
        refuse(request, 413, "the body is too large");
    return 0;
}

static void body_read(struct http_request *request, const struct http_source *source,
                      size_t body_max)
{
    bool has_body = request->method == HTTP_POST || request->method == HTTP_PUT;
    request->body = "";
    if (!has_body && !http_variable(request, "CONTENT_LENGTH"))
        return;
    size_t want = body_length(request, body_max);
    if (!has_body && want > 0)
        body_skip(source, want);
    if (!has_body)
        return;
    if (!request->refusal)
        body_take(request, source, want);
    if (!request->refusal && request->body_len > body_max)
        refuse(request, 413, "the body is too large");
    else if (!request->refusal && want <= body_max && request->body_len < want)
        refuse(request, 400, "the body is shorter than its Content-Length");
    if (request->refusal)
        body_skip(source, body_max);
}

void http_request_read(void *mem, const char *id, char *const *environment,
                       const struct http_source *source, const struct http_limits *limits,
                       struct http_request *request)
{
    *request = (struct http_request){ .mem = mem, .id = id, .environment = environment };
    method_read(request);
    path_settle(request, http_variable(request, "REQUEST_URI"),
                http_variable(request, "SCRIPT_NAME"), http_variable(request, "PATH_INFO"),
                http_variable(request, "QUERY_STRING"), limits->mount);
    body_read(request, source, limits->body_max);
}

/* Whether text is a plausible Host: nothing in it could break out of a URL or a header. */
static bool host_valid(const char *host)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
    size_t len = strlen(host);
    return len > 0 && len < 256 && strspn(host, allowed) == len;
}

/* A public_url with a path is the whole base; one without is where the mount hangs. */
static const char *public_base(const struct http_request *request, const char *public_url)
{
    size_t len = strlen(public_url);
    while (len > 0 && public_url[len - 1] == '/')
        len--;
    const char *authority = strstr(public_url, "://");
    authority = authority ? authority + 3 : public_url;
    bool has_path = memchr(authority, '/', (size_t)(public_url + len - authority)) != NULL;
    return mem_printf(request->mem, "%.*s%s", (int)len, public_url, has_path ? "" : request->mount);
}

const char *http_base_url(const struct http_request *request, const char *public_url)
{
    const char *host = http_header(request, "Host");
    if (public_url)
        return public_base(request, public_url);
    if (!host || !host_valid(host))
        return NULL;
    const char *https = http_variable(request, "HTTPS");
    const char *forwarded = http_header(request, "X-Forwarded-Proto");
    bool secure =
        (https && text_equal_nocase(https, "on")) || (forwarded && strcmp(forwarded, "https") == 0);
    return mem_printf(request->mem, "http%s://%s%s", secure ? "s" : "", host, request->mount);
}
