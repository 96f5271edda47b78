/* The requests that `load` sends: HTTP/1.1, all alike but for the placeholders in path and body.
 *
 *   @SEQ@  the request's number, 12 digits: the last group of a UUID, the tail of any unique id
 *   @ID@   a number from 1 to ids, another one each time, in no order */
#ifndef AR_BENCH_REQUEST_H
#define AR_BENCH_REQUEST_H

#include <stddef.h>
#include <stdint.h>

enum { REQUEST_LIMIT = 64 * 1024 }; /* bytes of a whole request */

struct request {
    const char *method;
    const char *host;    /* "127.0.0.1:8000" */
    const char *path;    /* begins with a slash; may hold placeholders */
    const char *headers; /* "Name: value\r\n" each, or "" */
    const char *body;    /* may hold placeholders; NULL: none is sent */
    uint64_t ids;        /* @ID@ is at most this; not 0 */
};

/* Writes the request with number `seq` to out, body and Content-Length fitted to one another.
 * Returns its bytes; ends the program if they are more than REQUEST_LIMIT. */
size_t request_render(const struct request *request, uint64_t seq, char out[REQUEST_LIMIT]);

#endif
