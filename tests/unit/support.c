#include "support.h"
#include "base/log.h"
#include "base/text.h"
#include "desk/keys.h"
#include "desk/listing.h"
#include "store/agents.h"
#include "store/audit.h"
#include "store/migrate.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct office office;

/* ---- fixtures ---- */

void folder_open(void)
{
    const char *place = getenv("TMPDIR");
    secret_start();
    log_set_level(LOG_ERROR);
    office = (struct office){ .mem = mem_context(NULL) };
    char *folder = mem_printf(office.mem, "%s/ar-XXXXXX", place && *place ? place : "/tmp");
    ck_assert_msg(mkdtemp(folder) != NULL, "%s: %s", folder, strerror(errno));
    office.folder = folder;
}

static const struct signature_secret office_secret = {
    OFFICE_SECRET, { OFFICE_SECRET, sizeof OFFICE_SECRET - 1 }
};

static void app_make(void)
{
    const char *why = "?",
               *path = file_write("ai-realtor.conf", "database = ai-realtor.db\n", 0600);
    char *none[] = { NULL };
    struct app *app = office.app = mem_new(office.mem, struct app);
    int64_t from, to;
    ck_assert_msg(config_read(office.mem, path, none, &office.config, &why) == ERR_NONE, "%s", why);
    office.config.failures_per_minute = 0;
    app->config = &office.config;
    app->clock = clock_fixed(OFFICE_NOW);
    app->random = &randomness_system;
    app->webhook_secrets = (struct signature_secrets){ &office_secret, 1 };
    memset(app->master, 7, sizeof app->master);
    ck_assert_int_eq(db_open(office.config.database, DB_CREATE, 5000, &app->write), ERR_NONE);
    /* These tests are about what is kept, not about power cuts. */
    ck_assert_int_eq(db_script(app->write, "PRAGMA synchronous = OFF"), ERR_NONE);
    ck_assert_int_eq(migrate(app->write, &from, &to), ERR_NONE);
    ck_assert_int_eq(audit_begin(app->write, app->master), ERR_NONE);
    ck_assert_int_eq(db_open(office.config.database, DB_READ, 5000, &app->read), ERR_NONE);
    office.db = app->write;
}

void database_open(void)
{
    folder_open();
    app_make();
}

static void details_set(void)
{
    sql_run("UPDATE properties SET bathrooms = 2, square_feet = 1800, stage = 'researched', "
            "private_notes = 'seller is in a hurry' WHERE id = %lld",
            (long long)office.main_id);
    sql_run("UPDATE properties SET listing_status = 'sold' WHERE id = %lld",
            (long long)office.sold_id);
}

void office_open(void)
{
    database_open();
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
    office.brokerage_id = brokerage_add("Bay Realty");
    office.agent_id = agent_add(office.brokerage_id, "Jane Agent");
    office.broker_id = agent_add(office.brokerage_id, "Bob Broker");
    office.key = key_add(office.agent_id, ROLE_AGENT);
    office.broker_key = key_add(office.broker_id, ROLE_BROKER);
    office.number_id =
        number_add(office.brokerage_id, office.agent_id, "+14155550100", "vapi-number-1");
    office.main_id =
        listing_add(office.brokerage_id, office.agent_id, "123 Main St", "Oakland", 850000, 3);
    office.oak_id =
        listing_add(office.brokerage_id, office.agent_id, "456 Oak Ave", "Oakland", 600000, 2);
    office.sold_id =
        listing_add(office.brokerage_id, office.agent_id, "9 Elm Ct", "Berkeley", 700000, 3);
    details_set();
    ck_assert_int_eq(db_commit(office.db), ERR_NONE);
}

static int entry_remove(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)kind, (void)at;
    return remove(path);
}

void office_close(void)
{
    if (office.app)
        app_close(office.app);
    if (office.folder)
        nftw(office.folder, entry_remove, 8, FTW_DEPTH | FTW_PHYS);
    mem_free(office.mem);
    office = (struct office){ 0 };
}

/* ---- making things ---- */

const char *file_write(const char *name, const char *text, unsigned mode)
{
    char *path = mem_printf(office.mem, "%s/%s", office.folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    size_t len = strlen(text);
    ck_assert_msg(fd >= 0 && write(fd, text, len) == (ssize_t)len, "%s: %s", path, strerror(errno));
    ck_assert_int_eq(fchmod(fd, mode), 0);
    close(fd);
    return path;
}

int64_t brokerage_add(const char *name)
{
    int64_t id;
    ck_assert_int_eq(brokerage_insert(office.db, name, "America/Los_Angeles", OFFICE_NOW, &id),
                     ERR_NONE);
    return id;
}

int64_t agent_add(int64_t brokerage_id, const char *name)
{
    struct agent agent;
    table_clear(&table_agents, &agent);
    agent.head = (struct row_head){ .brokerage_id = brokerage_id,
                                    .created_at = OFFICE_NOW,
                                    .updated_at = OFFICE_NOW };
    agent.name = name;
    agent.is_active = true;
    ck_assert_int_eq(table_insert(office.db, &table_agents, &agent), ERR_NONE);
    return agent.head.id;
}

const char *key_add(int64_t agent_id, enum role role)
{
    char *prefix, *hash;
    char *sent = key_issue(office.mem, &randomness_system, office.app->master, &prefix, &hash);
    struct api_key key = { .agent_id = agent_id,
                           .name = "test",
                           .prefix = prefix,
                           .hash = hash,
                           .role = (int)role,
                           .created_at = OFFICE_NOW,
                           .expires_at = NO_VALUE };
    ck_assert_int_eq(api_key_insert(office.db, &key), ERR_NONE);
    return sent;
}

int64_t number_add(int64_t brokerage_id, int64_t agent_id, const char *e164,
                   const char *provider_phone_id)
{
    struct phone_number number;
    phone_number_init(&number);
    number.head = (struct row_head){ .brokerage_id = brokerage_id,
                                     .agent_id = agent_id,
                                     .created_at = OFFICE_NOW,
                                     .updated_at = OFFICE_NOW };
    number.phone_number = e164;
    number.provider_phone_id = provider_phone_id;
    number.timezone = "America/Los_Angeles";
    ck_assert_int_eq(phone_number_insert(office.db, &number), ERR_NONE);
    return number.head.id;
}

struct desk desk_on(void *mem)
{
    return (struct desk){ .mem = mem,
                          .db = office.db,
                          .now = OFFICE_NOW,
                          .config = &office.config,
                          .agent_id = NO_VALUE,
                          .brokerage_id = NO_VALUE };
}

int64_t listing_add(int64_t brokerage_id, int64_t agent_id, const char *address, const char *city,
                    int64_t dollars, int64_t bedrooms)
{
    struct property property;
    struct desk desk = desk_on(office.mem);
    property_init(&property);
    property.head = (struct row_head){ .brokerage_id = brokerage_id,
                                       .agent_id = agent_id,
                                       .created_at = OFFICE_NOW,
                                       .updated_at = OFFICE_NOW };
    property.address = address;
    property.city = city;
    property.state = "CA";
    property.price_cents = dollars * 100;
    property.bedrooms = bedrooms;
    ck_assert_int_eq(listing_insert(&desk, &property), ERR_NONE);
    return property.head.id;
}

/* ---- asking the database ---- */

char *sql_text(const char *sql, ...)
{
    struct db_rows *rows;
    va_list args;
    va_start(args, sql);
    char *query = mem_vprintf(office.mem, sql, args);
    va_end(args);
    char *text = mem_strdup(office.mem, "");
    ck_assert_msg(db_select(office.db, query, DB_NO_ARGS, &rows) == ERR_NONE, "%s", query);
    while (db_next(rows)) {
        const char *cell = db_text_at(office.mem, rows, 0);
        mem_append(office.mem, &text, "%s%s", *text ? "\n" : "", cell ? cell : "NULL");
    }
    ck_assert_msg(db_done(rows) == ERR_NONE, "%s", query);
    return text;
}

int64_t sql_int(const char *sql, ...)
{
    int64_t value;
    va_list args;
    va_start(args, sql);
    char *query = mem_vprintf(office.mem, sql, args);
    va_end(args);
    ck_assert_msg(db_get_int(office.db, query, DB_NO_ARGS, &value) == ERR_NONE, "%s", query);
    return value;
}

void sql_run(const char *sql, ...)
{
    va_list args;
    va_start(args, sql);
    char *query = mem_vprintf(office.mem, sql, args);
    va_end(args);
    ck_assert_msg(db_script(office.db, query) == ERR_NONE, "%s", query);
}

/* ---- JSON ---- */

static char *quoted(const char *text)
{
    char *copy = mem_strdup(office.mem, text);
    for (char *p = copy; *p; p++)
        if (*p == '\'')
            *p = '"';
    return copy;
}

struct json_object *json_of(const char *text)
{
    struct json_object *json;
    const char *why;
    const char *real = quoted(text);
    ck_assert_msg(json_read(office.mem, real, strlen(real), &json, &why) == ERR_NONE, "%s: %s", why,
                  text);
    return json;
}

/* ---- requests ---- */

struct body {
    const char *at;
    size_t left;
};

static ptrdiff_t body_read(void *from, char *buffer, size_t len)
{
    enum { PIECE = 700 };
    struct body *body = from;
    size_t take = len < body->left ? len : body->left;
    take = take < PIECE ? take : PIECE;
    memcpy(buffer, body->at, take);
    body->at += take;
    body->left -= take;
    return (ptrdiff_t)take;
}

struct http_source body_source(void *mem, const char *text, size_t len)
{
    struct body *body = mem_new(mem, struct body);
    *body = (struct body){ text, len };
    return (struct http_source){ body_read, body };
}

/* "X-API-Key: a" as "HTTP_X_API_KEY=a"; "Content-Type: a" as "CONTENT_TYPE=a". */
static char *header_variable(void *mem, const char *header)
{
    if (!strchr(header, ':')) /* a variable already */
        return mem_strdup(mem, header);
    size_t len = strcspn(header, ":");
    bool plain = strncasecmp(header, "Content-Type", len) == 0 ||
                 strncasecmp(header, "Content-Length", len) == 0;
    const char *value = header + len + (header[len] == ':');
    char *text = mem_printf(mem, "%s%.*s=%s", plain ? "" : "HTTP_", (int)len, header,
                            value + strspn(value, " "));
    for (char *p = text; *p != '='; p++)
        *p = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
    return text;
}

char **request_environment(void *mem, const char *method, const char *target,
                           const char *const *headers, const char *body)
{
    size_t n = 0;
    char **list = mem_new_array(mem, char *, 40);
    for (; headers && *headers && n < 30; headers++)
        list[n++] = header_variable(mem, *headers);
    const char *query = strchr(target, '?');
    list[n++] = mem_printf(mem, "REQUEST_METHOD=%s", method);
    list[n++] = mem_printf(mem, "REQUEST_URI=%s", target);
    list[n++] = mem_strdup(mem, "SCRIPT_NAME=/voice-assistant");
    list[n++] = mem_printf(mem, "QUERY_STRING=%s", query ? query + 1 : "");
    list[n++] = mem_strdup(mem, "HTTP_HOST=desk.example");
    list[n++] = mem_strdup(mem, "HTTPS=on");
    if (body)
        list[n++] = mem_printf(mem, "CONTENT_LENGTH=%zu", strlen(body));
    list[n] = NULL;
    return list;
}

static struct json_object *body_parse(const char *text)
{
    struct json_object *json;
    const char *why, *body = strstr(text, "\r\n\r\n");
    if (!body || json_read(office.mem, body + 4, strlen(body + 4), &json, &why))
        return NULL;
    return json;
}

struct reply request_send(const char *method, const char *target, const char *const *headers,
                          const char *body)
{
    void *mem = office.mem;
    struct http_service service = app_service(office.app);
    struct http_source source = body_source(mem, body ? body : "", body ? strlen(body) : 0);
    struct http_request request;
    struct http_response response;
    struct reply reply;
    size_t len;
    http_request_read(mem, service.request_id(service.state, mem),
                      request_environment(mem, method, target, headers, body), &source,
                      &service.limits, &request);
    http_response_init(mem, &response);
    reply.waited = service.handle(service.state, &request, &response);
    enum err err = reply.waited ? service.commit(service.state) : ERR_NONE;
    if (err)
        service.refuse(service.state, &request, &response, err);
    service.rest(service.state);
    reply.text = http_response_text(&response, &request, &len);
    reply.status = response.status;
    reply.json = body_parse(reply.text);
    return reply;
}

static struct reply ask(const char *key, const char *method, const char *path, const char *body)
{
    const char *headers[] = { mem_printf(office.mem, "X-API-Key: %s", key),
                              "Content-Type: application/json", NULL };
    return request_send(method, mem_printf(office.mem, "/voice-assistant%s", path), headers,
                        body ? quoted(body) : NULL);
}

struct reply request_ask(const char *method, const char *path, const char *body)
{
    return ask(office.key, method, path, body);
}

struct reply request_ask_broker(const char *method, const char *path, const char *body)
{
    return ask(office.broker_key, method, path, body);
}

struct reply request_incoming(const char *body)
{
    static request_headers headers = { "X-Vapi-Secret: " OFFICE_SECRET,
                                       "Content-Type: application/json", NULL };
    return request_send("POST", "/voice-assistant/incoming", headers, quoted(body));
}

/* ---- randomness ---- */

uint32_t random_below(uint32_t *state, uint32_t limit)
{
    *state = *state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*state * limit) >> 32);
}

int suite_run(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
