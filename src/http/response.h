/* A response, kept whole in memory until it may leave: an error found late is still a clean answer,
 * and no answer to a write leaves before its commit. */
#ifndef AR_HTTP_RESPONSE_H
#define AR_HTTP_RESPONSE_H

#include "base/json.h"
#include "http/request.h"

struct http_response {
    void *mem;
    int status;
    const char *content_type; /* NULL for a response without a body */
    const char *body;
    size_t body_len;
    const char *cache; /* Cache-Control; NULL: no-store */
    char *headers;     /* further header lines, each with CRLF; NULL for none */
    const char *route; /* the route's pattern, for the log */
    int64_t agent_id;  /* who asked, for the log; NO_VALUE */
};

void http_response_init(void *mem, struct http_response *response);
/* Adds a header; line breaks and controls in the value become spaces. */
void http_response_header(struct http_response *response, const char *name, const char *value);
void http_response_json(struct http_response *response, int status, struct json_object *json);
/* A problem document (RFC 9457). detail is for people; instance is the request's id. */
struct json_object *http_response_problem(struct http_response *response, const char *request_id,
                                          int status, const char *detail);
/* The reason phrase of a status (RFC 9110, section 15). */
const char *http_status_text(int status);

/* The whole as CGI output (RFC 3875, section 6): Status first. No body for HEAD. */
char *http_response_text(const struct http_response *response, const struct http_request *request,
                         size_t *len);

#endif
