/* load: keeps a web server on this machine busy and says how it did.
 *
 *   load [options] http://127.0.0.1:PORT/PATH
 *     -c N       connections, kept alive, one request at a time on each (1)
 *     -d SECONDS how long to measure, or -n N: how many requests to send
 *     -w SECONDS how long to warm up before; what ends in that time is not counted (0)
 *     -m METHOD  (GET)      -H 'Name: value'  a header, repeatable      -b FILE  the body
 *     -s N       the number of the first request, for @SEQ@ (1)
 *     -i N       the highest @ID@ (1)
 *     -p PID     a process whose CPU time is of interest
 *     -o FILE    append the bodies of the answers to FILE
 *
 * Prints one JSON line: requests, seconds, rps, p50_ms, p99_ms, max_ms, bytes (of a body, on
 * average), cpu_per_1000 (CPU seconds of PID per thousand requests, or null), load_cpu (this
 * program's share of one processor), status {code: count}, errors (connections that broke off).
 * Exits 1 if there was an error.  Addresses other than 127.0.0.0/8 are refused: this is no tool to
 * point at other people. */
#include "client.h"
#include "measure.h"
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "Name: value\r\n" appended to headers, which is reallocated. */
static char *header_append(char *headers, const char *line)
{
    size_t len = strlen(headers), more = strlen(line);
    char *grown = realloc(headers, len + more + 3);
    if (!grown)
        measure_fail("load");
    memcpy(grown + len, line, more);
    memcpy(grown + len + more, "\r\n", 3);
    return grown;
}

/* The whole file as a string. Never freed: it is needed to the end. */
static char *file_read(const char *path)
{
    char *text = calloc(1, REQUEST_LIMIT + 1);
    FILE *file = fopen(path, "r");
    if (!file || !text)
        measure_fail("%s", path);
    text[fread(text, 1, REQUEST_LIMIT, file)] = '\0';
    (void)fclose(file);
    return text;
}

/* Splits the URL into the request's host and path, and the server's address. */
static void url_parse(const char *url, struct client_plan *plan)
{
    static char host[64], number[64];
    int end = 0;
    unsigned port;
    errno = 0;
    if (sscanf(url, "http://%63[0-9.]:%u%n", number, &port, &end) != 2 || url[end] != '/' ||
        !port || port > UINT16_MAX || inet_pton(AF_INET, number, &plan->address.sin_addr) != 1 ||
        ntohl(plan->address.sin_addr.s_addr) >> 24 != IN_LOOPBACKNET)
        measure_fail("load: http://127.0.0.1:PORT/PATH is wanted, on this machine, not '%s'", url);
    plan->address.sin_family = AF_INET;
    plan->address.sin_port = htons((uint16_t)port);
    (void)snprintf(host, sizeof host, "%.30s:%u", number, port);
    plan->request.host = host;
    plan->request.path = url + end;
}

static double seconds_parse(const char *what, const char *text)
{
    char *end;
    double seconds = strtod(text, &end);
    errno = 0;
    if (end == text || *end || !(seconds >= 0 && seconds <= 3600))
        measure_fail("load: %s: seconds are wanted, not '%s'", what, text);
    return seconds;
}

static void option_take(struct client_plan *plan, char **headers, int option, const char *value)
{
    switch (option) {
    case 'c':
        plan->connections = (int)measure_number("-c", value, CLIENT_CONNECTIONS);
        break;
    case 'd':
        plan->seconds = seconds_parse("-d", value);
        break;
    case 'n':
        plan->count = (uint64_t)measure_number("-n", value, INT32_MAX);
        break;
    case 'w':
        plan->warm_up = seconds_parse("-w", value);
        break;
    case 'm':
        plan->request.method = value;
        break;
    case 'H':
        *headers = header_append(*headers, value);
        break;
    case 'b':
        plan->request.body = file_read(value);
        break;
    case 's':
        plan->first = (uint64_t)measure_number("-s", value, INT64_MAX / 2);
        break;
    case 'i':
        plan->request.ids = (uint64_t)measure_number("-i", value, INT64_MAX / 2);
        break;
    case 'p':
        plan->pid = measure_number("-p", value, INT32_MAX);
        break;
    case 'o':
        plan->bodies = fopen(value, "a");
        if (!plan->bodies)
            measure_fail("%s", value);
        break;
    default:
        errno = 0;
        measure_fail("load: see the head of load.c for the options");
    }
}

static void report_print(struct client_report *report)
{
    double count = (double)report->count;
    const char *comma = "";

    measure_sort(report->samples, report->count);
    (void)printf("{\"requests\":%zu,\"seconds\":%.3f,\"rps\":%.0f", report->count, report->seconds,
                 count / report->seconds);
    (void)printf(",\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f",
                 (double)measure_percentile(report->samples, report->count, 0.50) / 1e6,
                 (double)measure_percentile(report->samples, report->count, 0.99) / 1e6,
                 (double)measure_percentile(report->samples, report->count, 1.00) / 1e6);
    (void)printf(",\"bytes\":%.0f,\"cpu_per_1000\":", (double)report->bytes / count);
    if (report->cpu >= 0)
        (void)printf("%.4f", report->cpu / count * 1000);
    else
        (void)fputs("null", stdout);
    (void)printf(",\"load_cpu\":%.2f,\"status\":{", report->own_cpu / report->seconds);
    for (int code = 0; code < CLIENT_STATUSES; code++) {
        if (report->statuses[code]) {
            (void)printf("%s\"%03d\":%" PRIu64, comma, code, report->statuses[code]);
            comma = ",";
        }
    }
    (void)printf("},\"errors\":%" PRIu64 "}\n", report->errors);
}

int main(int argc, char **argv)
{
    struct client_plan plan = { .request = { .method = "GET", .ids = 1 },
                                .connections = 1,
                                .first = 1 };
    char *headers = calloc(1, 1);
    int option;

    while ((option = getopt(argc, argv, "c:d:n:w:m:H:b:s:i:p:o:")) != -1)
        option_take(&plan, &headers, option, optarg);
    errno = 0;
    if (optind != argc - 1 || (plan.seconds > 0) == (plan.count > 0))
        measure_fail("load: one URL and one of -d and -n are wanted");
    url_parse(argv[optind], &plan);
    plan.request.headers = headers;

    struct client_report report = { 0 };
    client_run(&plan, &report);
    report_print(&report);
    if (plan.bodies && fclose(plan.bodies))
        measure_fail("load: -o");
    free(report.samples);
    free(headers);
    return report.errors > 0;
}
