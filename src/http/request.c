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
    request->refusal = status;
    request->refusal_detail = detail;
}

/* Reads until `want` bytes or the end; refuses what exceeds body_max. */
static void body_take(struct http_request *request, const struct http_source *source, size_t want,
                      size_t body_max)
{
    size_t room = want < 16384 ? want : 16384;
    char *body = mem_bytes(request->mem, room + 1);
    size_t len = 0;
    for (;;) {
        if (len == room && room < want) {
            room = room * 2 < want ? room * 2 : want;
            body = mem_check(talloc_realloc_size(request->mem, body, room + 1));
        }
        ptrdiff_t got = len == room ? 0 : source->read(source->from, body + len, room - len);
        if (got <= 0) {
            if (got < 0)
                refuse(request, 400, "the body breaks off");
            break;
        }
        len += (size_t)got;
    }
    body[len] = '\0';
    request->body = body;
    request->body_len = len;
    if (len > body_max)
        refuse(request, 413, "the body is too large");
}

/* CONTENT_LENGTH may be absent (read to the end), wrong, huge or a lie. */
static void body_read(struct http_request *request, const struct http_source *source,
                      size_t body_max)
{
    const char *length = http_variable(request, "CONTENT_LENGTH");
    bool has_body = request->method == HTTP_POST || request->method == HTTP_PUT;
    int64_t want;
    request->body = "";
    if (!has_body)
        return;
    if (!length || !*length) {
        body_take(request, source, body_max + 1, body_max);
        return;
    }
    if (!isdigit((unsigned char)*length) || strspn(length, "0123456789") != strlen(length)) {
        refuse(request, 400, "Content-Length is not a number");
        return;
    }
    if (!text_to_int(length, 0, (int64_t)body_max, &want)) {
        refuse(request, 413, "the body is too large");
        return;
    }
    body_take(request, source, (size_t)want, body_max);
    if (!request->refusal && request->body_len < (size_t)want)
        refuse(request, 400, "the body is shorter than its Content-Length");
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
    if (!request->refusal)
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

const char *http_base_url(const struct http_request *request, const char *public_url)
{
    const char *host = http_header(request, "Host");
    if (public_url) {
        size_t len = strlen(public_url), tail = strlen(request->mount);
        while (len > 0 && public_url[len - 1] == '/')
            len--;
        bool mounted = len >= tail && strncmp(public_url + len - tail, request->mount, tail) == 0;
        return mem_printf(request->mem, "%.*s%s", (int)len, public_url,
                          mounted ? "" : request->mount);
    }
    if (!host || !host_valid(host))
        return NULL;
    const char *https = http_variable(request, "HTTPS");
    const char *forwarded = http_header(request, "X-Forwarded-Proto");
    bool secure =
        (https && text_equal_nocase(https, "on")) || (forwarded && strcmp(forwarded, "https") == 0);
    return mem_printf(request->mem, "http%s://%s%s", secure ? "s" : "", host, request->mount);
}
