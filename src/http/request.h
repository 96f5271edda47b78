/* A request, settled: the same whatever server and transport it came through. */
#ifndef AR_HTTP_REQUEST_H
#define AR_HTTP_REQUEST_H

#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum http_method {
    HTTP_GET = 1,
    HTTP_HEAD = 2,
    HTTP_POST = 4,
    HTTP_PUT = 8,
    HTTP_DELETE = 16,
    HTTP_OTHER = 0
};

struct http_param {
    const char *name, *value;
};

struct http_request {
    void *mem; /* lives as long as the request */
    const char *id;
    enum http_method method; /* HEAD is told as GET, with is_head set */
    bool is_head;
    const char *method_name; /* as sent, if it is one of ours; else "other" */
    const char *mount;       /* what stood before the path, "/voice-assistant" */
    const char **segments;   /* the decoded path behind the mount */
    size_t segment_count;
    struct http_param *query;
    size_t query_count;
    const char *body;
    size_t body_len;
    char *const *environment; /* borrowed from the transport, until the answer is sent */
    int refusal;              /* 0, or the status of a request that cannot be taken */
    const char *refusal_detail;
};

/* Where a body comes from: up to len bytes into buffer; 0 at its end, -1 when it breaks off. */
struct http_source {
    ptrdiff_t (*read)(void *from, char *buffer, size_t len);
    void *from;
};

struct http_limits {
    const char *mount; /* the mount that the configuration names */
    size_t body_max;
};

/* Settles method, path, query and body from a CGI environment (RFC 3875). Whatever is wrong is left
 * in refusal: 400, 404, 413 or 415 is for the caller to answer. environment is borrowed. */
void http_request_read(void *mem, const char *id, char *const *environment,
                       const struct http_source *source, const struct http_limits *limits,
                       struct http_request *request);

/* A CGI variable, or NULL. */
const char *http_variable(const struct http_request *request, const char *name);
/* A header by its name ("X-API-Key"), in any case; NULL if it was not sent. */
const char *http_header(const struct http_request *request, const char *name);
/* A query parameter's value, or NULL. */
const char *http_query(const struct http_request *request, const char *name);

/* scheme://host and mount of this request as its sender sees them; public_url wins where it is set
 * (it may end with the mount or not). NULL if neither is known. */
const char *http_base_url(const struct http_request *request, const char *public_url);

#endif
