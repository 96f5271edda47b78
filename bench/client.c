#include "client.h"
#include "measure.h"
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_LIMIT = 64 * 1024, ERRORS_LIMIT = 100, SILENCE_MS = 10000 };

struct connection {
    int fd; /* -1: closed */
    int64_t began;
    size_t out_len, out_sent;
    size_t in_len;              /* of the answer's head and what came with it */
    size_t body_len, body_left; /* meaningful once the head is complete */
    int status;                 /* 0: the head is not complete */
    bool closing;               /* the server will close after this answer */
    char out[REQUEST_LIMIT];
    char in[ANSWER_LIMIT + 1];
};

struct client {
    const struct client_plan *plan;
    struct client_report *report;
    int epoll;
    int open;           /* connections with a request under way */
    uint64_t sent;      /* requests begun */
    size_t room;        /* of report->samples */
    int64_t start, end; /* of the time that counts; end INT64_MAX: until all are sent */
    bool counting;
};

static double own_cpu(void)
{
    struct rusage use;
    (void)getrusage(RUSAGE_SELF, &use);
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
           (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

static void connection_open(struct client *client, struct connection *connection)
{
    int one = 1;
    struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = connection };
    connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection->fd < 0 ||
        connect(connection->fd, (const struct sockaddr *)&client->plan->address,
                sizeof client->plan->address) ||
        setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) ||
        epoll_ctl(client->epoll, EPOLL_CTL_ADD, connection->fd, &event))
        measure_fail("load: cannot connect");
}

static void connection_close(struct connection *connection)
{
    (void)close(connection->fd);
    connection->fd = -1;
}

/* Sends what the socket takes of the rest of the request. False if the connection is broken. */
static bool connection_send(struct connection *connection)
{
    while (connection->out_sent < connection->out_len) {
        ssize_t sent =
            send(connection->fd, connection->out + connection->out_sent,
                 connection->out_len - connection->out_sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0)
            return errno == EAGAIN || errno == EINTR;
        connection->out_sent += (size_t)sent;
    }
    return true;
}

/* Begins the next request on the connection, or closes it if no more are to be sent. */
static void connection_next(struct client *client, struct connection *connection)
{
    const struct client_plan *plan = client->plan;
    int64_t now = measure_now();

    if (now >= client->end || (plan->count && client->sent >= plan->count)) {
        connection_close(connection);
        client->open--;
        return;
    }
    connection->out_len =
        request_render(&plan->request, plan->first + client->sent++, connection->out);
    connection->out_sent = 0;
    connection->in_len = 0;
    connection->status = 0;
    connection->began = now;
    if (!connection_send(connection))
        measure_fail("load: cannot send");
}

/* Counts the answer that is complete. */
static void answer_count(struct client *client, const struct connection *connection)
{
    struct client_report *report = client->report;
    int64_t now = measure_now();

    if (!client->counting || now >= client->end)
        return;
    if (report->count == client->room) {
        client->room = client->room ? client->room * 2 : 4096;
        report->samples = realloc(report->samples, client->room * sizeof *report->samples);
        if (!report->samples)
            measure_fail("load");
    }
    report->samples[report->count++] = now - connection->began;
    report->statuses[connection->status]++;
    report->bytes += connection->body_len;
}

/* Takes so many bytes of the body. */
static void body_take(struct client *client, struct connection *connection, const char *bytes,
                      size_t len)
{
    size_t taken = len < connection->body_left ? len : connection->body_left;
    connection->body_left -= taken;
    if (client->plan->bodies)
        (void)fwrite(bytes, 1, taken, client->plan->bodies);
}

/* Reads status and length if the head is complete, and what came of the body with it. */
static void head_take(struct client *client, struct connection *connection)
{
    connection->in[connection->in_len] = '\0';
    char *end = strstr(connection->in, "\r\n\r\n");
    if (!end)
        return;
    char *body = end + 4;
    end[2] = '\0';
    char *length = strcasestr(connection->in, "\r\nContent-Length:");
    errno = 0;
    if (sscanf(connection->in, "HTTP/1.%*1[01] %3d", &connection->status) != 1 ||
        connection->status < 100 || (!length && connection->status != 204))
        measure_fail("load: an answer that begins '%.12s' and has %s Content-Length",
                     connection->in, length ? "a" : "no");
    connection->body_len = length ? strtoul(length + 17, NULL, 10) : 0;
    connection->body_left = connection->body_len;
    connection->closing = strcasestr(connection->in, "\r\nConnection: close") != NULL;
    body_take(client, connection, body, connection->in_len - (size_t)(body - connection->in));
}

/* The answer is complete: count it, and go on to the next request. */
static void answer_finish(struct client *client, struct connection *connection)
{
    answer_count(client, connection);
    if (connection->closing) {
        connection_close(connection);
        connection_open(client, connection);
    }
    connection_next(client, connection);
}

/* The connection broke off: count that, and try the next request on a new one. */
static void connection_fail(struct client *client, struct connection *connection)
{
    errno = 0;
    if (++client->report->errors >= ERRORS_LIMIT)
        measure_fail("load: %d connections broke off", ERRORS_LIMIT);
    connection_close(connection);
    connection_open(client, connection);
    connection_next(client, connection);
}

/* Sends and reads what can be sent and read without waiting. */
static void connection_advance(struct client *client, struct connection *connection)
{
    if (!connection_send(connection)) {
        connection_fail(client, connection);
        return;
    }
    for (;;) {
        size_t at = connection->status ? 0 : connection->in_len;
        ssize_t got = recv(connection->fd, connection->in + at, ANSWER_LIMIT - at, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got <= 0) {
            connection_fail(client, connection);
            return;
        }
        if (connection->status) {
            body_take(client, connection, connection->in, (size_t)got);
        } else {
            connection->in_len += (size_t)got;
            head_take(client, connection);
        }
        if (connection->status && !connection->body_left) {
            answer_finish(client, connection);
            return;
        }
    }
}

/* Begins to count, once the warm-up is over. */
static void count_begin(struct client *client)
{
    client->counting = true;
    client->start = measure_now();
    client->report->cpu = client->plan->pid ? measure_cpu(client->plan->pid) : -1;
    client->report->own_cpu = own_cpu();
}

static void count_end(struct client *client)
{
    struct client_report *report = client->report;
    report->seconds = (double)(measure_now() - client->start) / 1e9;
    report->own_cpu = own_cpu() - report->own_cpu;
    if (report->cpu >= 0)
        report->cpu = measure_cpu(client->plan->pid) - report->cpu;
}

/* Lets the connections work until `until` has come or none has anything left to do. */
static void client_work(struct client *client, int64_t until)
{
    struct epoll_event events[64];
    while (client->open && measure_now() < until) {
        int ready = epoll_wait(client->epoll, events, 64, SILENCE_MS);
        if (ready == 0 || (ready < 0 && errno != EINTR))
            measure_fail("load: the server does not answer");
        for (int i = 0; i < ready; i++)
            connection_advance(client, events[i].data.ptr);
    }
}

void client_run(const struct client_plan *plan, struct client_report *report)
{
    struct client client = { .plan = plan, .report = report, .open = plan->connections };
    struct connection *connections = calloc((size_t)plan->connections, sizeof *connections);
    client.epoll = epoll_create1(EPOLL_CLOEXEC);
    if (!connections || client.epoll < 0)
        measure_fail("load");

    int64_t begin = measure_now() + (int64_t)(plan->warm_up * 1e9);
    client.end = plan->count ? INT64_MAX : begin + (int64_t)(plan->seconds * 1e9);
    for (int i = 0; i < plan->connections; i++) {
        connection_open(&client, &connections[i]);
        connection_next(&client, &connections[i]);
    }
    if (plan->warm_up > 0)
        client_work(&client, begin);
    count_begin(&client);
    client_work(&client, client.end);
    count_end(&client);
    client_work(&client, INT64_MAX); /* the last answers, which no longer count */
    errno = 0;
    if (!report->count)
        measure_fail("load: no answer came in time");
    (void)close(client.epoll);
    free(connections);
}
