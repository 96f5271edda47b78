/* What a server makes of a path: lines REQUEST_URI, SCRIPT_NAME, PATH_INFO, QUERY_STRING; "-" for
 * one that is not set. */
#include "base/text.h"
#include "fuzz.h"
#include "http/path.h"

static const char *line_of(void *mem, const uint8_t **data, size_t *size)
{
    const char *line = fuzz_text(mem, data, size, '\n');
    return strcmp(line, "-") == 0 ? NULL : line;
}

static void segment_check(const char *segment)
{
    FUZZ_CHECK(*segment && !strchr(segment, '/'));
    FUZZ_CHECK(strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0);
    FUZZ_CHECK(text_utf8_valid(segment, strlen(segment)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http_request request = { .mem = mem_context(NULL) };
    const char *lines[4];
    for (int i = 0; i < 4; i++)
        lines[i] = line_of(request.mem, &data, &size);
    path_settle(&request, lines[0], lines[1], lines[2], lines[3], "/voice-assistant");
    FUZZ_CHECK(request.mount != NULL);
    for (size_t i = 0; i < request.segment_count; i++)
        segment_check(request.segments[i]);
    for (size_t i = 0; i < request.query_count; i++) {
        const struct http_param *param = &request.query[i];
        FUZZ_CHECK(text_utf8_valid(param->name, strlen(param->name)));
        FUZZ_CHECK(text_utf8_valid(param->value, strlen(param->value)));
        FUZZ_CHECK(http_query(&request, param->name) == param->value);
    }
    mem_free(request.mem);
    return 0;
}
