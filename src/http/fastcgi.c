/* The FastCGI responder's rounds. */
#include "base/instant.h"
#include "base/log.h"
#include "base/mem.h"
#include "http/server.h"
#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum {
    LISTEN_FD = 0,
    ROUND_MAX = 64,
    READ_SECONDS = 5,
    POOL_BYTES = 49152,
    DRAIN_BYTES = 1 << 24,
    KEPT_BYTES = 4 << 20,
    KEPT_PIECE = 2 << 20
};

/* One request in hand; `waiting` ones hold an answer back until the commit. */
struct turn {
    void *mem; /* emptied after each request, kept for the next */
    FCGX_Request fcgi;
    struct http_request request;
    struct http_response response;
    int64_t began;
    bool waiting;
};

struct round {
    const struct http_service *service;
    struct turn turns[ROUND_MAX];
    size_t waiting[ROUND_MAX];
    size_t waiting_count;
    int64_t served;
};

static const struct timespec idle_after = { .tv_nsec = 50 * 1000 * 1000 };
static volatile sig_atomic_t stopping;

static void stop_note(int signal)
{
    (void)signal;
    stopping = 1;
    FCGX_ShutdownPending();
}

/* Without SA_RESTART, so that waiting ends; blocked except while waiting, so that none is missed.
 */
static void signals_set_up(sigset_t *while_waiting)
{
    struct sigaction stop = { .sa_handler = stop_note };
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    sigset_t blocked;
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGUSR1, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGHUP, &ignore, NULL);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGUSR1);
    sigprocmask(SIG_BLOCK, &blocked, while_waiting);
    sigdelset(while_waiting, SIGTERM);
    sigdelset(while_waiting, SIGUSR1);
}

/* What one round frees the next one needs: giving it back to the kernel each time costs more than
 * all the work of a short request. Single pieces beyond KEPT_PIECE still go back at once. */
static void memory_keep(void)
{
    mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    mallopt(M_MMAP_THRESHOLD, KEPT_PIECE);
}

/* What is read of one request, and until when. */
struct stream {
    FCGX_Stream *in;
    int64_t deadline; /* of the whole body: each part of it may take as long as the socket allows */
};

static ptrdiff_t stream_read(void *from, char *buffer, size_t len)
{
    struct stream *stream = from;
    if (monotonic_ms() > stream->deadline)
        return -1;
    int got = FCGX_GetStr(buffer, len > 1 << 20 ? 1 << 20 : (int)len, stream->in);
    return got == 0 && FCGX_GetError(stream->in) ? -1 : got;
}

/* Reads what is left up to the end of the stream: a web server that is still sending when the
 * answer comes, be it the empty record that ends a GET, takes that for a broken pipe. */
static void stream_drain(struct stream *stream)
{
    char sink[4096];
    size_t budget = DRAIN_BYTES;
    ptrdiff_t got;
    do {
        got = stream_read(stream, sink, sizeof sink);
        budget -= got > 0 ? (size_t)got : 0;
    } while (got > 0 && budget >= sizeof sink);
}

static void turn_answer(struct turn *turn)
{
    size_t len;
    char *text = http_response_text(&turn->response, &turn->request, &len);
    FCGX_PutStr(text, (int)len, turn->fcgi.out);
    /* Else libfcgi waits on each connection until the web server has closed its end. */
    FCGX_Detach(&turn->fcgi);
    FCGX_Finish_r(&turn->fcgi);
    http_log(&turn->request, &turn->response, turn->began);
    talloc_free_children(turn->mem);
}

static void turn_run(struct round *round, size_t index)
{
    struct turn *turn = &round->turns[index];
    const struct http_service *service = round->service;
    struct timeval patience = { .tv_sec = READ_SECONDS };
    void *mem = turn->mem;
    struct stream stream = { turn->fcgi.in, monotonic_ms() + READ_SECONDS * SECOND_MS };
    struct http_source source = { stream_read, &stream };
    /* A web server that stalls in the middle of a body must not stall the others for ever. */
    const char *length = FCGX_GetParam("CONTENT_LENGTH", turn->fcgi.envp);
    if (length && strcmp(length, "0") != 0)
        setsockopt(turn->fcgi.ipcFd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    turn->began = monotonic_ms();
    http_request_read(mem, service->request_id(service->state, mem), turn->fcgi.envp, &source,
                      &service->limits, &turn->request);
    stream_drain(&stream);
    http_response_init(mem, &turn->response);
    round->served++;
    if (service->handle(service->state, &turn->request, &turn->response))
        round->waiting[round->waiting_count++] = index;
    else
        turn_answer(turn);
}

static void round_finish(struct round *round)
{
    if (round->waiting_count == 0)
        return;
    const struct http_service *service = round->service;
    enum err err = service->commit(service->state);
    for (size_t i = 0; i < round->waiting_count; i++) {
        struct turn *turn = &round->turns[round->waiting[i]];
        if (err)
            service->refuse(service->state, &turn->request, &turn->response, err);
        turn_answer(turn);
    }
    round->waiting_count = 0;
}

/* Accepts what is waiting, at most ROUND_MAX, runs it, then commits and answers. Nothing is
 * accepted once the round looks at the database: who asks after another process has answered would
 * be told what was before. */
static void round_run(struct round *round)
{
    size_t count = 0;
    while (count < ROUND_MAX && FCGX_Accept_r(&round->turns[count].fcgi) >= 0)
        count++;
    for (size_t i = 0; i < count; i++)
        turn_run(round, i);
    round_finish(round);
    round->service->rest(round->service->state);
    log_release();
}

/* As FCGX_IsCGI finds it, which would also install libfcgi's handlers: with those, a signal before
 * ours are there would leave a process that neither accepts nor ends. */
bool http_is_fastcgi(void)
{
    struct sockaddr_storage peer;
    socklen_t len = sizeof peer;
    return getpeername(LISTEN_FD, (struct sockaddr *)&peer, &len) != 0 && errno == ENOTCONN;
}

int http_serve_fastcgi(const struct http_service *service)
{
    sigset_t while_waiting;
    struct pollfd listening = { .fd = LISTEN_FD, .events = POLLIN };
    struct round *round = mem_new(NULL, struct round);
    round->service = service;
    signals_set_up(&while_waiting);
    memory_keep();
    log_hold();
    FCGX_Init();
    for (size_t i = 0; i < ROUND_MAX; i++) {
        FCGX_InitRequest(&round->turns[i].fcgi, LISTEN_FD, FCGI_FAIL_ACCEPT_ON_INTR);
        round->turns[i].mem = mem_check(talloc_pool(round, POOL_BYTES));
    }
    fcntl(LISTEN_FD, F_SETFL, fcntl(LISTEN_FD, F_GETFL) | O_NONBLOCK);
    bool rested = true;
    while (!stopping && (service->requests_max == 0 || round->served < service->requests_max)) {
        int ready = ppoll(&listening, 1, rested ? NULL : &idle_after, &while_waiting);
        if (ready < 0 && errno != EINTR)
            break;
        if (ready > 0)
            round_run(round);
        else if (ready == 0)
            service->idle(service->state);
        rested = ready == 0;
    }
    log_release();
    mem_free(round);
    return 0;
}
