/* The HTTP interface: the table of routes, and what every handler works with.
 *
 * A handler decodes, calls desk/ or store/, encodes. It reads from x->db; before it changes
 * anything it calls exchange_write. Its answer is sent after the commit, or replaced when that
 * fails. */
#ifndef AR_API_API_H
#define AR_API_API_H

#include "base/config.h"
#include "base/faults.h"
#include "base/instant.h"
#include "base/secret.h"
#include "desk/desk.h"
#include "http/response.h"
#include "http/server.h"

/* The process's lasting things. The connections are opened when they are first needed: a plain CGI
 * process, which serves one request, opens just one. */
struct key_use {
    int64_t key_id, at;
};
enum { KEY_USES_MAX = 64 };

struct calendar_module;

struct app {
    const struct config *config;
    struct clock clock;
    const struct randomness *random;
    struct db *read, *write;
    bool one_request; /* reading and writing share a connection */
    bool place_known; /* in this round: that the open database is the one in place */
    unsigned char master[SECRET_KEY_BYTES];
    struct seal *seal;
    struct signature_secrets webhook_secrets;
    bool round_open; /* answers are waiting for the write transaction's commit */
    bool scrub_due;  /* after the commit nothing of what was deleted may be left in the files */
    struct throttle *throttle; /* NULL: not needed yet, or not to be had */
    bool throttle_tried;
    const struct calendar_module *calendar; /* NULL: not asked for yet */
    struct key_use key_uses[KEY_USES_MAX];  /* to be kept when nobody waits */
    size_t key_use_count;
};

/* Reads the secrets that the configuration names. Errors are logged. */
enum err app_open(void *mem, const struct config *config, bool one_request,
                  struct app **app) AR_MUST_USE;
/* Opens the connection for reading, or the one for writing, unless it is open, and checks the
 * schema the first time. */
enum err app_connect(struct app *app, bool writing) AR_MUST_USE;
/* Once a round, before it reads anything: opens the database anew if another file has taken its
 * place. ERR_FULL: there is none. */
enum err app_place_check(struct app *app) AR_MUST_USE;
void app_close(struct app *app);
/* The application as the transports see it. */
struct http_service app_service(struct app *app);
/* A service that answers 503 to everything: for when app_open failed. */
struct http_service app_out_of_service(const struct config *config);

/* ---- one request ---- */

enum access {
    ACCESS_OPEN,    /* anybody */
    ACCESS_KEY,     /* an API key */
    ACCESS_BROKER,  /* an API key of role broker */
    ACCESS_WEBHOOK, /* what webhook_auth.h lists */
    ACCESS_CALENDAR /* the key (role calendar) in the query's `token` */
};

struct principal {
    bool has_secret; /* of the webhooks; then there is no key */
    bool has_key;
    int64_t key_id, agent_id;
    int role;
    struct scope scope;
};

struct exchange {
    struct app *app;
    void *mem;
    int64_t now;
    const struct http_request *request;
    struct http_response *response;
    const struct route *route;
    int64_t id;        /* what stood for {id} in the path */
    const char *phone; /* for {phone}: E.164 */
    struct principal who;
    const struct phone_call *call; /* whose token came with the request; NULL: none came */
    struct db *db;
    bool writing;
    struct faults faults;
    struct json_object *conflicts; /* {"conflicts": []}: what a 409 is about; NULL: not told */
};

/* A query parameter of a route that is not a filter of its table. */
struct param {
    const char *name;
    enum field_type type;
    const struct words *words;
    const char *about;
};

/* A kind of record with the usual verbs. Hooks may be NULL; they work inside the write transaction.
 */
struct resource {
    const struct table *table;
    const char *plural; /* the member that holds a page of them */
    const char *schema; /* its name in the OpenAPI document */
    void (*init)(void *record);
    /* What narrows its lists beyond the filters; adds faults. */
    enum err (*select)(struct exchange *x, struct selection *selection);
    /* Whether a record of the table is one of them. */
    bool (*includes)(const void *record);
    /* What must hold beyond the single fields; adds faults. */
    enum err (*check)(struct exchange *x, void *record);
    enum err (*insert)(struct exchange *x, void *record);
    enum err (*update)(struct exchange *x, const void *before, void *after);
    enum err (*remove)(struct exchange *x, void *record);
    const char *conflict; /* what a 409 says of a new one that is there already; NULL: as ever */
};

/* The shapes of bodies, by name; openapi.c describes each. */
struct route {
    enum http_method method;
    const char *pattern; /* "/properties/{id}/heartbeat" */
    enum access access;
    void (*handler)(struct exchange *x);
    const struct resource *resource;
    const char *tag;
    const char *summary;
    const char *takes; /* schema of the request body; NULL for none */
    bool may_take;     /* a body is not needed */
    const char *gives; /* schema of the answer */
    const char *media; /* type of an answer that is not JSON; NULL */
    int success;       /* its status */
    const struct param *params;
    size_t param_count;
    bool is_list;   /* takes limit, offset and the table's filters */
    bool is_one;    /* reads or changes one thing, which has a tag (precondition.h) */
    bool may_lack;  /* 404, though nothing in the path stands for a record */
    bool any_query; /* further query parameters are ignored, not refused */
};
extern const struct route routes[];
extern const size_t route_count;

/* Runs one request through the table; true if the answer depends on the commit. */
bool dispatch(struct app *app, struct http_request *request, struct http_response *response);

/* ---- what handlers use ---- */

/* From here on x->db is the write connection, inside a part of the open transaction that is undone
 * unless the answer is below 400. */
enum err exchange_write(struct exchange *x) AR_MUST_USE;
/* Answers with what err means: 404, 409, 422 with the faults, 503, 500. */
void exchange_fail(struct exchange *x, enum err err);
/* The same outside of an exchange: for a request whose commit failed. */
void exchange_refuse(const struct http_request *request, struct http_response *response,
                     enum err err);
void exchange_problem(struct exchange *x, int status, const char *detail);
void exchange_json(struct exchange *x, int status, struct json_object *json);
/* The body as a JSON object. On failure the answer is there already. */
struct json_object *exchange_body(struct exchange *x);
/* A desk that works for this request. */
struct desk exchange_desk(struct exchange *x);
/* The page asked for and the table's filters, scope included. ERR_INVALID with faults. */
enum err exchange_selection(struct exchange *x, const struct table *table,
                            struct selection *selection) AR_MUST_USE;
/* The parameters `from` and `to`. */
struct period;
enum err exchange_period(struct exchange *x, struct period *period) AR_MUST_USE;

/* Who is asking, by API key or as a webhook; false with 401 or 403 answered. */
bool authenticate(struct exchange *x);
/* Fills x->who by the API key that was sent. ERR_DENIED: none, or none that is good. */
enum err key_authenticate(struct exchange *x) AR_MUST_USE;
/* Answers 401 to a request without a good credential; always false. `is_guess` says that a wrong
 * one was shown: an address that shows too many is answered 429 (base/throttle.h). */
bool credential_refuse(struct exchange *x, const char *detail, bool is_guess);
/* Notes a wrong credential; true with 429 answered if its address had its share of them. */
bool credential_guessed(struct exchange *x);
/* Notes that the key was used, and keeps what was noted, once a minute for each key. Keeping
 * writes, so it waits until the answers are out; another process that writes just then is let go
 * first. */
struct api_key;
void key_use_note(struct app *app, const struct api_key *key, int64_t now);
void key_uses_keep(struct app *app);

/* Notes in the audit log (store/audit.h), inside the write transaction that exchange_write began,
 * what the asker did to a record of the table named `subject`; id may be NO_VALUE. */
enum err exchange_audit(struct exchange *x, const char *action, const char *subject,
                        int64_t id) AR_MUST_USE;
/* The same with what is to stand in the entry's fields. */
enum err exchange_audit_fields(struct exchange *x, const char *action, const char *subject,
                               int64_t id, const char *fields) AR_MUST_USE;
/* The same for a record that was changed, with the names of the fields; nothing if none was. */
enum err exchange_audit_change(struct exchange *x, const char *action, const struct table *table,
                               const void *before, const void *after) AR_MUST_USE;

#endif
