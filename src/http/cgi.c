/* One request by plain CGI. */
#include "base/instant.h"
#include "base/log.h"
#include "base/mem.h"
#include "http/server.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

void http_log(const struct http_request *request, const struct http_response *response,
              int64_t began)
{
    char agent[32] = "-";
    if (response->agent_id != NO_VALUE)
        snprintf(agent, sizeof agent, "%lld", (long long)response->agent_id);
    log_line(response->status >= 500 ? LOG_WARN : LOG_INFO, "request",
             "id=%s method=%s route=%s status=%d ms=%lld agent=%s", request->id,
             request->method_name, response->route ? response->route : "-", response->status,
             (long long)(monotonic_ms() - began), agent);
}

static ptrdiff_t input_read(void *from, char *buffer, size_t len)
{
    (void)from;
    ssize_t got;
    do
        got = read(STDIN_FILENO, buffer, len);
    while (got < 0 && errno == EINTR);
    return got;
}

static bool output_write(const char *text, size_t len)
{
    while (len > 0) {
        ssize_t put = write(STDOUT_FILENO, text, len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        text += put;
        len -= (size_t)put;
    }
    return true;
}

/* Lets the web server know that the answer is whole, though the process goes on for a moment. */
static void output_end(void)
{
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0)
        return;
    dup2(nowhere, STDOUT_FILENO);
    close(nowhere);
}

int http_serve_cgi(const struct http_service *service, char *const *environment)
{
    void *mem = mem_context(NULL);
    int64_t began = monotonic_ms();
    struct http_source source = { input_read, NULL };
    struct http_request request;
    struct http_response response;
    http_request_read(mem, service->request_id(service->state, mem), environment, &source,
                      &service->limits, &request);
    http_response_init(mem, &response);
    if (service->handle(service->state, &request, &response)) {
        enum err err = service->commit(service->state);
        if (err)
            service->refuse(service->state, &request, &response, err);
    }
    size_t len;
    char *text = http_response_text(&response, &request, &len);
    bool written = output_write(text, len);
    http_log(&request, &response, began);
    output_end();
    service->rest(service->state);
    mem_free(mem);
    return written ? 0 : 1;
}
