#include "request.h"
#include "measure.h"
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* A text under way into a buffer. */
struct sink {
    char *bytes;
    size_t len, room;
};

static void sink_put(struct sink *sink, const char *bytes, size_t len)
{
    errno = 0;
    if (len > sink->room - sink->len)
        measure_fail("the request is longer than %zu bytes", sink->room);
    memcpy(sink->bytes + sink->len, bytes, len);
    sink->len += len;
}

static void sink_put_text(struct sink *sink, const char *text)
{
    sink_put(sink, text, strlen(text));
}

/* A number from 1 to ids, spread by a multiplicative hash (Knuth's constant for 64 bits). */
static uint64_t id_pick(uint64_t seq, uint64_t ids)
{
    return 1 + (seq * UINT64_C(11400714819323198485) >> 20) % ids;
}

/* Puts text with its placeholders filled in. */
static void sink_put_filled(struct sink *sink, const char *text, const struct request *request,
                            uint64_t seq)
{
    char number[24];
    const char *at;

    while ((at = strchr(text, '@'))) {
        bool is_seq = strncmp(at, "@SEQ@", 5) == 0, is_id = strncmp(at, "@ID@", 4) == 0;
        sink_put(sink, text, (size_t)(at - text));
        text = at + (is_seq ? 5 : is_id ? 4 : 1);
        if (is_seq)
            (void)snprintf(number, sizeof number, "%012" PRIu64, seq);
        else if (is_id)
            (void)snprintf(number, sizeof number, "%" PRIu64, id_pick(seq, request->ids));
        sink_put_text(sink, is_seq || is_id ? number : "@");
    }
    sink_put_text(sink, text);
}

size_t request_render(const struct request *request, uint64_t seq, char out[REQUEST_LIMIT])
{
    static char body_bytes[REQUEST_LIMIT];
    struct sink body = { body_bytes, 0, REQUEST_LIMIT };
    struct sink head = { out, 0, REQUEST_LIMIT };
    char line[64];

    sink_put_text(&head, request->method);
    sink_put_text(&head, " ");
    sink_put_filled(&head, request->path, request, seq);
    sink_put_text(&head, " HTTP/1.1\r\nHost: ");
    sink_put_text(&head, request->host);
    sink_put_text(&head, "\r\n");
    sink_put_text(&head, request->headers);
    if (request->body) {
        sink_put_filled(&body, request->body, request, seq);
        (void)snprintf(line, sizeof line, "Content-Length: %zu\r\n", body.len);
        sink_put_text(&head, line);
    }
    sink_put_text(&head, "\r\n");
    sink_put(&head, body.bytes, body.len);
    return head.len;
}
