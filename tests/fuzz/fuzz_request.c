/* A request as a web server hands it over: lines "NAME=value" of its environment, an empty line,
 * the body. It is answered, whatever it is, and what it wrote is undone. */
#include "fuzz_office.h"

static char *key, *secret;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    fuzz_office_open();
    key = mem_printf(office.mem, "HTTP_X_API_KEY=%s", office.broker_key);
    secret = mem_strdup(office.mem, "HTTP_X_VAPI_SECRET=" OFFICE_SECRET);
    return 0;
}

static void answer_check(const struct http_response *response, const struct http_request *request)
{
    size_t len;
    const char *text = http_response_text(response, request, &len);
    FUZZ_CHECK(response->status >= 200 && response->status < 500);
    FUZZ_CHECK(strncmp(text, "Status: ", 8) == 0 && strstr(text, "\r\n\r\n"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { ENTRIES_MAX = 24 };
    char *environment[ENTRIES_MAX + 3];
    size_t n = 0;
    void *mem = mem_context(NULL);
    struct http_limits limits = { "/voice-assistant", 65536 };
    struct http_request request;
    struct http_response response;
    while (size > 0 && n < ENTRIES_MAX) {
        char *entry = fuzz_text(mem, &data, &size, '\n');
        if (!*entry)
            break;
        environment[n++] = entry;
    }
    environment[n++] = key; /* an entry of the input's own comes first and wins */
    environment[n++] = secret;
    environment[n] = NULL;
    struct http_source source = body_source(mem, (const char *)data, size);
    http_request_read(mem, "fuzz", environment, &source, &limits, &request);
    http_response_init(mem, &response);
    dispatch(office.app, &request, &response);
    answer_check(&response, &request);
    db_rollback(office.app->write);
    office.app->round_open = false;
    mem_free(mem);
    return 0;
}
