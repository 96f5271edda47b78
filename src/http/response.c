#include "http/response.h"
#include "base/instant.h"
#include "base/mem.h"
#include "base/text.h"
#include <string.h>

const char *http_status_text(int status)
{
    static const struct {
        int status;
        const char *text;
    } rows[] = {
        { 200, "OK" },
        { 201, "Created" },
        { 204, "No Content" },
        { 304, "Not Modified" },
        { 400, "Bad Request" },
        { 401, "Unauthorized" },
        { 403, "Forbidden" },
        { 404, "Not Found" },
        { 405, "Method Not Allowed" },
        { 409, "Conflict" },
        { 412, "Precondition Failed" },
        { 413, "Content Too Large" },
        { 415, "Unsupported Media Type" },
        { 422, "Unprocessable Content" },
        { 429, "Too Many Requests" },
        { 500, "Internal Server Error" },
        { 501, "Not Implemented" },
        { 503, "Service Unavailable" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].status == status)
            return rows[i].text;
    return "Unknown";
}

void http_response_init(void *mem, struct http_response *response)
{
    *response =
        (struct http_response){ .mem = mem, .status = 500, .body = "", .agent_id = NO_VALUE };
}

void http_response_header(struct http_response *response, const char *name, const char *value)
{
    mem_append(response->mem, &response->headers, "%s: %s\r\n", name,
               text_one_line(response->mem, value));
}

static void body_set(struct http_response *response, int status, const char *type,
                     struct json_object *json)
{
    response->status = status;
    response->content_type = type;
    response->body = json_text(response->mem, json, &response->body_len);
}

void http_response_json(struct http_response *response, int status, struct json_object *json)
{
    body_set(response, status, "application/json", json);
}

struct json_object *http_response_problem(struct http_response *response, const char *request_id,
                                          int status, const char *detail)
{
    struct json_object *json = json_object_on(response->mem);
    json_put_text(json, "type", "about:blank");
    json_put_text(json, "title", http_status_text(status));
    json_put_int(json, "status", status);
    json_put_text(json, "detail", detail);
    json_put_text(json, "instance", request_id);
    body_set(response, status, "application/problem+json", json);
    return json;
}

char *http_response_text(const struct http_response *response, const struct http_request *request,
                         size_t *len)
{
    void *mem = response->mem;
    char *head =
        mem_printf(mem, "Status: %d %s\r\n", response->status, http_status_text(response->status));
    if (response->content_type)
        mem_append(mem, &head, "Content-Type: %s\r\nContent-Length: %zu\r\n",
                   response->content_type, response->body_len);
    mem_append(mem, &head,
               "Cache-Control: %s\r\nX-Content-Type-Options: nosniff\r\n"
               "Referrer-Policy: no-referrer\r\nX-Request-Id: %s\r\n%s\r\n",
               response->cache ? response->cache : "no-store", request->id,
               response->headers ? response->headers : "");
    size_t head_len = strlen(head);
    size_t body_len = request->is_head || !response->content_type ? 0 : response->body_len;
    char *text = mem_bytes(mem, head_len + body_len + 1);
    memcpy(text, head, head_len);
    memcpy(text + head_len, response->body, body_len);
    text[head_len + body_len] = '\0';
    *len = head_len + body_len;
    return text;
}
