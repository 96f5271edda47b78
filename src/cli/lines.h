/* Lines of a file or a pipe. */
#ifndef AR_CLI_LINES_H
#define AR_CLI_LINES_H

#include <stdbool.h>
#include <stdio.h>

enum { LINE_MAX_BYTES = 1 << 20 };

struct lines {
    int fd;
    FILE *out; /* flushed before waiting for more: who asks line by line is answered line by line */
    char *bytes;
    size_t begin, end; /* what is read but not taken */
    bool ended;
    int error; /* errno of a failed read; 0 */
};

/* Belongs to mem; the descriptor stays the caller's. */
struct lines *lines_begin(void *mem, int fd, FILE *out);
/* The next line without its line feed, lent until the next call; a last one may lack it. False at
 * the end or on a failure (see error). A line beyond LINE_MAX_BYTES is NULL. */
bool lines_next(struct lines *lines, const char **line, size_t *len);

#endif
