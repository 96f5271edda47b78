#include "cli/lines.h"
#include "base/mem.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

struct lines *lines_begin(void *mem, int fd, FILE *out)
{
    struct lines *lines = mem_new(mem, struct lines);
    *lines = (struct lines){ .fd = fd, .out = out, .bytes = mem_bytes(lines, LINE_MAX_BYTES) };
    return lines;
}

/* Reads what there is, behind what is not taken; false when there is no more. */
static bool more_read(struct lines *lines)
{
    ssize_t got;
    if (lines->ended)
        return false;
    memmove(lines->bytes, lines->bytes + lines->begin, lines->end - lines->begin);
    lines->end -= lines->begin;
    lines->begin = 0;
    fflush(lines->out);
    do
        got = read(lines->fd, lines->bytes + lines->end, LINE_MAX_BYTES - lines->end);
    while (got < 0 && errno == EINTR);
    lines->error = got < 0 ? errno : 0;
    lines->ended = got <= 0;
    lines->end += lines->ended ? 0 : (size_t)got;
    return !lines->ended;
}

/* Takes away the rest of a line that is too long, with its line feed. */
static void rest_skip(struct lines *lines)
{
    char *feed;
    do {
        feed = memchr(lines->bytes + lines->begin, '\n', lines->end - lines->begin);
        lines->begin = feed ? (size_t)(feed - lines->bytes) + 1 : lines->end;
    } while (!feed && more_read(lines));
}

bool lines_next(struct lines *lines, const char **line, size_t *len)
{
    size_t seen = 0;
    char *feed;
    do {
        feed = memchr(lines->bytes + lines->begin + seen, '\n', lines->end - lines->begin - seen);
        seen = lines->end - lines->begin;
    } while (!feed && seen < LINE_MAX_BYTES && more_read(lines));
    *line = lines->bytes + lines->begin;
    *len = feed ? (size_t)(feed - *line) : seen;
    lines->begin += *len + (feed != NULL);
    if (!feed && seen == LINE_MAX_BYTES) {
        *line = NULL;
        rest_skip(lines);
    }
    return lines->error == 0 && (feed || seen > 0);
}
