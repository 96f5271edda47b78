/* What unit tests share: a folder of their own, a database with the schema, a brokerage with
 * agents, numbers and listings, and requests sent to the application as a web server would send
 * them.
 *
 * Everything hangs on office.mem and lies in office.folder; both go with the test. */
#ifndef AR_TESTS_SUPPORT_H
#define AR_TESTS_SUPPORT_H

#include "api/api.h"
#include "base/mem.h"
#include "store/phone_numbers.h"
#include "store/properties.h"
#include <check.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Tuesday, 2026-09-01, 10:04 in Los Angeles. */
#define OFFICE_NOW INT64_C(1788282240000)
#define OFFICE_SECRET "the webhook secret"

struct office {
    void *mem;
    const char *folder; /* of this test alone, under $TMPDIR */
    struct config config;
    struct app *app; /* the clock stands at OFFICE_NOW; the secret is OFFICE_SECRET */
    struct db *db;   /* its write connection */
    int64_t brokerage_id, agent_id, broker_id, number_id;
    const char *key;        /* of Jane Agent, role agent */
    const char *broker_key; /* of Bob Broker, role broker */
    int64_t main_id; /* 123 Main St, Oakland: $850,000, 3 bed, 2 bath, 1,800 sqft, researched */
    int64_t oak_id;  /* 456 Oak Ave, Oakland: $600,000, 2 bed */
    int64_t sold_id; /* 9 Elm Ct, sold */
};
extern struct office office;

/* ---- fixtures ---- */

/* office.mem and office.folder alone. */
void folder_open(void);
/* office.mem, the folder and an empty database with the schema: office.db. */
void database_open(void);
/* All of it. The number is +14155550100 (provider's id "vapi-number-1"), Los Angeles. */
void office_open(void);
/* Undoes whichever of them was called. */
void office_close(void);

/* ---- making things; each ends the test when it fails, and commits unless a transaction is open
 * ---- */

/* A file of that name in the folder, with that mode; its path. */
const char *file_write(const char *name, const char *text, unsigned mode);
int64_t brokerage_add(const char *name);
int64_t agent_add(int64_t brokerage_id, const char *name);
/* A key for the agent; what is to be sent. */
const char *key_add(int64_t agent_id, enum role role);
/* A number with the defaults of a new one. */
int64_t number_add(int64_t brokerage_id, int64_t agent_id, const char *e164,
                   const char *provider_phone_id);
int64_t listing_add(int64_t brokerage_id, int64_t agent_id, const char *address, const char *city,
                    int64_t dollars, int64_t bedrooms);
/* A desk on the write connection, for nobody in particular. */
struct desk desk_on(void *mem);

/* The integer that a query answers; NO_VALUE for NULL; ends the test where there is no row. */
int64_t sql_int(const char *sql, ...) AR_PRINTF(1, 2);
/* The first column of all rows, one a line. */
char *sql_text(const char *sql, ...) AR_PRINTF(1, 2);
/* Runs a statement. */
void sql_run(const char *sql, ...) AR_PRINTF(1, 2);

/* JSON text with ' for ", parsed. */
struct json_object *json_of(const char *text);

/* ---- requests ---- */

struct reply {
    int status;
    struct json_object *json; /* the body, parsed; NULL where it is not JSON */
    const char *text;         /* the whole CGI output */
    bool waited;              /* it depended on a commit */
};

/* Headers as "Name: value" texts, or variables as "NAME=value", ended by NULL; NULL for none. */
typedef const char *const request_headers[];

/* Sends the request: environment and body read, dispatched, committed. target is the raw request
 * target, mount included. In headers and body ' does not stand for ". body NULL: no body. */
struct reply request_send(const char *method, const char *target, const char *const *headers,
                          const char *body);
/* The same with the agent's key, a target below the mount, and ' for " in the body. */
struct reply request_ask(const char *method, const char *path, const char *body);
/* The same with the broker's key. */
struct reply request_ask_broker(const char *method, const char *path, const char *body);
/* POST to /incoming with the webhook secret; ' for " in the body. */
struct reply request_incoming(const char *body);
/* The environment of such a request, for http_request_read; further "NAME=value" texts go first and
 * win. */
char **request_environment(void *mem, const char *method, const char *target,
                           const char *const *headers, const char *body);
/* A source that gives the text piece by piece. */
struct http_source body_source(void *mem, const char *body, size_t len);

/* Whether the reply has that status; else ends the test with what came. */
#define ck_assert_status(reply, wanted)                                                            \
    ck_assert_msg((reply).status == (wanted), "status %d instead of %d: %s", (reply).status,       \
                  (wanted), (reply).text)

/* ---- randomness that can be repeated ---- */

/* The next of a sequence of numbers below limit. */
uint32_t random_below(uint32_t *state, uint32_t limit);

/* Runs the suite by the environment's rules; the exit status of main. */
int suite_run(Suite *suite);

#endif
