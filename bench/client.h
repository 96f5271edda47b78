/* An HTTP/1.1 client that keeps N connections busy from one thread, with epoll. */
#ifndef AR_BENCH_CLIENT_H
#define AR_BENCH_CLIENT_H

#include "request.h"
#include <netinet/in.h>
#include <stdio.h>

enum { CLIENT_CONNECTIONS = 1024, CLIENT_STATUSES = 1000 };

struct client_plan {
    struct request request;
    struct sockaddr_in address;
    int connections;
    double seconds; /* measure so long; 0: send `count` requests */
    double warm_up; /* seconds before; their requests are sent but not counted */
    uint64_t count; /* 0: no limit */
    uint64_t first; /* number of the first request */
    long pid;       /* 0: none */
    FILE *bodies;   /* where answers' bodies go; NULL: nowhere */
};

struct client_report {
    int64_t *samples; /* nanoseconds from first byte sent to last byte read; the caller frees */
    size_t count;
    double seconds; /* that the counted requests took together */
    uint64_t bytes; /* of all bodies */
    double cpu;     /* seconds used by plan.pid meanwhile; -1: not known */
    double own_cpu; /* seconds used by this process meanwhile */
    uint64_t statuses[CLIENT_STATUSES];
    uint64_t errors;
};

/* Carries the plan out and fills report, which the caller has zeroed.  Ends the program if the
 * server cannot be reached, or says what this client does not understand (an answer without
 * Content-Length). */
void client_run(const struct client_plan *plan, struct client_report *report);

#endif
