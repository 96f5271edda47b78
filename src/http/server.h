/* The two ways in: a FastCGI responder that works in rounds, and one plain CGI request.
 *
 * A round accepts what is waiting on the listening socket and runs each request. Answers that
 * depend on a write are held back until the service has committed once for all of them (design:
 * "How writes are made fast and stay durable"). */
#ifndef AR_HTTP_SERVER_H
#define AR_HTTP_SERVER_H

#include "http/response.h"

/* What the transports ask of the application. */
struct http_service {
    void *state;
    struct http_limits limits;
    int64_t
        requests_max; /* a FastCGI process ends after so many, and the web server starts another */
    /* Fills the response. True: it may leave only after `commit` has succeeded. */
    bool (*handle)(void *state, struct http_request *request, struct http_response *response);
    /* Makes what was written since the last call durable; on failure all of it is undone. */
    enum err (*commit)(void *state);
    /* A round of requests is over; what was kept for them may go. */
    void (*rest)(void *state);
    /* After rounds nobody has asked for anything for a while: time for what may wait. */
    void (*idle)(void *state);
    /* Replaces the response of a request whose commit failed. */
    void (*refuse)(void *state, struct http_request *request, struct http_response *response,
                   enum err err);
    /* A new request id. */
    char *(*request_id)(void *state, void *mem);
};

/* Serves until SIGTERM or SIGUSR1, or requests_max, then finishes what is in hand. 0 or an exit
 * code. */
int http_serve_fastcgi(const struct http_service *service);
/* Serves the one request of the environment and standard input. 0 or an exit code. */
int http_serve_cgi(const struct http_service *service, char *const *environment);
/* Whether the process was started with a FastCGI listening socket. */
bool http_is_fastcgi(void);

/* One log line: request id, method, route pattern, status, milliseconds, agent. */
void http_log(const struct http_request *request, const struct http_response *response,
              int64_t began);

#endif
