/* What a good key asks for: a byte that chooses the path, then lines: the query string, If-Match,
 * If-None-Match; then the body of a change. Whatever they say, it is the asker's fault or nobody's.
 */
#include "fuzz_office.h"

static const char *key;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    fuzz_office_open();
    key = mem_printf(office.mem, "X-API-Key: %s", office.broker_key);
    return 0;
}

/* The nth route with a number, a phone number and so on where its pattern has a brace. */
static const char *path_of(void *mem, size_t n)
{
    const char *pattern = routes[n].pattern, *mark = strchr(pattern, '{');
    if (!mark)
        return pattern;
    return mem_printf(mem, "%.*s%s%s", (int)(mark - pattern), pattern,
                      strncmp(mark, "{phone}", 7) == 0 ? "+14155550123" : "1",
                      strchr(mark, '}') + 1);
}

static const char *method_of(enum http_method method)
{
    return method == HTTP_GET    ? "GET"
           : method == HTTP_POST ? "POST"
           : method == HTTP_PUT  ? "PUT"
                                 : "DELETE";
}

static void route_ask(void *mem, size_t route, char *const lines[3], const char *body)
{
    struct http_limits limits = { "/voice-assistant", 65536 };
    struct http_request request;
    struct http_response response;
    size_t len;
    const char *const headers[] = { key, "Content-Type: application/json",
                                    mem_printf(mem, "If-Match: %s", lines[1]),
                                    mem_printf(mem, "If-None-Match: %s", lines[2]), NULL };
    const char *target = mem_printf(mem, "/voice-assistant%s?%s", path_of(mem, route), lines[0]);
    struct http_source source = body_source(mem, body, strlen(body));
    http_request_read(mem, "fuzz",
                      request_environment(mem, method_of(routes[route].method), target, headers,
                                          routes[route].takes ? body : NULL),
                      &source, &limits, &request);
    http_response_init(mem, &response);
    dispatch(office.app, &request, &response);
    FUZZ_CHECK(response.status >= 200 && response.status < 500);
    FUZZ_CHECK(http_response_text(&response, &request, &len) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    void *mem = mem_context(NULL);
    char *lines[3];
    size_t route = size > 0 ? data[0] % route_count : 0;
    data += size > 0;
    size -= size > 0;
    for (int i = 0; i < 3; i++)
        lines[i] = fuzz_text(mem, &data, &size, '\n');
    route_ask(mem, route, lines, mem_strndup(mem, (const char *)data, size));
    db_rollback(office.app->write);
    db_snapshot_end(office.app->read);
    office.app->round_open = false;
    mem_free(mem);
    return 0;
}
