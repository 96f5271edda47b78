/* Every route x every kind of caller. A route without a row here fails. */
#include "support.h"
#include <string.h>

/* ---- who asks ---- */

enum caller {
    NO_KEY,
    BAD_KEY,
    EXPIRED,
    REVOKED,
    INACTIVE,
    AGENT,          /* whose everything is */
    COLLEAGUE,      /* an agent of the same brokerage */
    STRANGER,       /* an agent of another brokerage */
    BROKER,         /* of the agent's brokerage */
    STRANGE_BROKER, /* of another */
    WEBHOOK,
    CALLER_COUNT
};

static const char *const caller_names[CALLER_COUNT] = { "no key",
                                                        "a bad key",
                                                        "an expired key",
                                                        "a revoked key",
                                                        "an inactive agent's key",
                                                        "the agent",
                                                        "a colleague",
                                                        "a stranger",
                                                        "the broker",
                                                        "a strange broker",
                                                        "the webhook secret" };

static const char *caller_headers[CALLER_COUNT];

static void key_header(enum caller caller, const char *key)
{
    caller_headers[caller] = mem_printf(office.mem, "X-API-Key: %s", key);
}

/* A key of the agent's that is no longer good. */
static void ended_key(enum caller caller, const char *change)
{
    key_header(caller, key_add(office.agent_id, ROLE_BROKER));
    sql_run("UPDATE api_keys SET %s WHERE id = (SELECT MAX(id) FROM api_keys)", change);
}

static void callers_make(void)
{
    int64_t elsewhere = brokerage_add("Elsewhere Realty");
    int64_t idle = agent_add(office.brokerage_id, "Ida Idle");
    caller_headers[NO_KEY] = "Accept: */*";
    key_header(BAD_KEY, mem_printf(office.mem, "%.63s!", office.key));
    ended_key(EXPIRED, mem_printf(office.mem, "expires_at = %lld", (long long)OFFICE_NOW));
    ended_key(REVOKED, "revoked_at = 1");
    key_header(INACTIVE, key_add(idle, ROLE_BROKER));
    sql_run("UPDATE agents SET is_active = 0 WHERE id = %lld", (long long)idle);
    key_header(AGENT, office.key);
    key_header(COLLEAGUE, key_add(agent_add(office.brokerage_id, "Carl Colleague"), ROLE_AGENT));
    key_header(STRANGER, key_add(agent_add(elsewhere, "Sam Stranger"), ROLE_AGENT));
    key_header(BROKER, office.broker_key);
    key_header(STRANGE_BROKER, key_add(agent_add(elsewhere, "Eve Elsewhere"), ROLE_BROKER));
    caller_headers[WEBHOOK] = "X-Vapi-Secret: " OFFICE_SECRET;
}

/* ---- what they ask for: a fresh one of the agent's for each ---- */

static int serial;

static const char *made(const char *path, const char *body)
{
    struct reply reply = request_ask("POST", path, body);
    ck_assert_status(reply, 201);
    return mem_printf(office.mem, "%lld", (long long)json_int_at(reply.json, "id"));
}

static const char *number_make(void)
{
    return made("/phone-numbers",
                mem_printf(office.mem, "{'phone_number': '+1415556%04d'}", ++serial));
}

static const char *property_make(void)
{
    return made("/properties", mem_printf(office.mem, "{'address': '%d Test Ave'}", ++serial));
}

static const char *task_make(void)
{
    return made("/tasks", "{'kind': 'follow_up', 'title': 'Call back'}");
}

/* One that has begun, at a time of its own. */
static const char *viewing_make(void)
{
    serial++;
    return made("/tasks", mem_printf(office.mem,
                                     "{'kind': 'viewing', 'title': 'Viewing', 'property_id': %lld, "
                                     "'scheduled_at': '2026-08-%02dT%02d:00:00Z'}",
                                     (long long)office.main_id, 1 + serial / 20, serial % 20));
}

static const char *offer_make(void)
{
    return made("/offers", mem_printf(office.mem, "{'property_id': %lld, 'amount': 1000}",
                                      (long long)office.main_id));
}

static const char *hours_make(void)
{
    return made("/viewing-hours", mem_printf(office.mem,
                                             "{'property_id': %lld, 'weekday': 'monday', "
                                             "'opens_at': '09:00', 'closes_at': '17:00'}",
                                             (long long)office.main_id));
}

static const char *rules_make(void)
{
    return made("/viewing-rules", mem_printf(office.mem, "{'property_id': %s}", property_make()));
}

static const char *blackout_make(void)
{
    return made("/viewing-blackouts", "{'first_day': '2026-09-07'}");
}

static const char *open_house_make(void)
{
    return made("/open-houses", mem_printf(office.mem,
                                           "{'property_id': %lld, 'starts_at': "
                                           "'2026-09-05T20:00:00Z', 'ends_at': "
                                           "'2026-09-05T22:00:00Z'}",
                                           (long long)office.main_id));
}

static const char *agent_it(void)
{
    return mem_printf(office.mem, "%lld", (long long)office.agent_id);
}

/* A call of a caller of its own; its id. */
static const char *call_make(void)
{
    struct reply reply =
        request_incoming(mem_printf(office.mem,
                                    "{'phone_number': '+1415557%04d', 'vapi_call_id': 'made-%d', "
                                    "'vapi_phone_id': 'vapi-number-1'}",
                                    serial + 1, serial + 1));
    ck_assert_status(reply, 200);
    serial++;
    const char *id = mem_printf(office.mem, "%lld", (long long)json_int_at(reply.json, "call_id"));
    sql_run("UPDATE phone_calls SET recording_url = 'https://storage.example/r' WHERE id = %s", id);
    return id;
}

static const char *phone_make(void)
{
    call_make();
    return mem_printf(office.mem, "%%2B1415557%04d", serial);
}

static const char *blocked_make(void)
{
    const char *phone = phone_make();
    struct reply reply =
        request_ask("PUT", mem_printf(office.mem, "/callers/%s/do-not-call", phone), "{}");
    ck_assert_status(reply, 200);
    return phone;
}

/* ---- what is answered ---- */

#define UNKNOWN 401, 401, 401, 401, 401
/* Open to everybody; to any good key; to those who may see the agent's; to brokers, of their own;
 * to brokers, of the agent's; to webhooks and to keys of the brokerage. */
#define OPEN(s)                                                                                    \
    {                                                                                              \
        s, s, s, s, s, s, s, s, s, s, s                                                            \
    }
#define KEYS(s)                                                                                    \
    {                                                                                              \
        UNKNOWN, s, s, s, s, s, 401                                                                \
    }
#define OWN(s)                                                                                     \
    {                                                                                              \
        UNKNOWN, s, 404, 404, s, 404, 401                                                          \
    }
#define BROKERS(s)                                                                                 \
    {                                                                                              \
        UNKNOWN, 403, 403, 403, s, s, 401                                                          \
    }
#define OUR_BROKER(s)                                                                              \
    {                                                                                              \
        UNKNOWN, 403, 403, 403, s, 404, 401                                                        \
    }
#define WEBHOOKS(s)                                                                                \
    {                                                                                              \
        UNKNOWN, s, s, 404, s, 404, s                                                              \
    }

static const struct {
    enum http_method method;
    const char *pattern;
    int statuses[CALLER_COUNT];
    const char *(*target)(void); /* what stands for {id} */
    const char *body;            /* %d: four digits that are new each time */
} rows[] = {
    { HTTP_POST, "/incoming", WEBHOOKS(200), NULL,
      "{'phone_number': '+14155550123', 'vapi_call_id': 'rung-%d', "
      "'vapi_phone_id': 'vapi-number-1'}" },
    { HTTP_POST, "/callback/{id}", WEBHOOKS(200), call_make,
      "{'event': 'transcript', 'text': 'Hello %d.'}" },

    { HTTP_POST, "/phone-numbers", KEYS(201), NULL, "{'phone_number': '+1415558%d'}" },
    { HTTP_GET, "/phone-numbers", KEYS(200), NULL, NULL },
    { HTTP_GET, "/phone-numbers/{id}", OWN(200), number_make, NULL },
    { HTTP_PUT, "/phone-numbers/{id}", OWN(200), number_make, "{'friendly_name': 'Line %d'}" },
    { HTTP_DELETE, "/phone-numbers/{id}", OWN(204), number_make, NULL },
    { HTTP_POST, "/phone-numbers/{id}/set-primary", OWN(200), number_make, NULL },

    { HTTP_GET, "/phone-calls", KEYS(200), NULL, NULL },
    { HTTP_GET, "/phone-calls/analytics/overview", KEYS(200), NULL, NULL },
    { HTTP_GET, "/phone-calls/analytics/by-property", KEYS(200), NULL, NULL },
    { HTTP_GET, "/phone-calls/recording/{id}", OWN(200), call_make, NULL },
    { HTTP_GET, "/phone-calls/transcription/{id}", OWN(200), call_make, NULL },
    { HTTP_GET, "/phone-calls/{id}", OWN(200), call_make, NULL },

    { HTTP_POST, "/properties", KEYS(201), NULL, "{'address': '%d New St'}" },
    { HTTP_GET, "/properties", KEYS(200), NULL, NULL },
    { HTTP_GET, "/properties/{id}", OWN(200), property_make, NULL },
    { HTTP_PUT, "/properties/{id}", OWN(200), property_make, "{'price': %d}" },
    { HTTP_DELETE, "/properties/{id}", OWN(204), property_make, NULL },
    { HTTP_GET, "/properties/{id}/heartbeat", OWN(200), property_make, NULL },
    { HTTP_GET, "/properties/{id}/stages", OWN(200), property_make, NULL },

    { HTTP_POST, "/tasks", KEYS(201), NULL, "{'kind': 'follow_up', 'title': 'Call %d'}" },
    { HTTP_GET, "/tasks", KEYS(200), NULL, NULL },
    /* The token alone opens it; see test_feed. */
    { HTTP_GET, "/tasks/calendar.ics", OPEN(404), NULL, NULL },
    { HTTP_GET, "/tasks/{id}", OWN(200), task_make, NULL },
    { HTTP_PUT, "/tasks/{id}", OWN(200), task_make, "{'title': 'Call %d'}" },
    { HTTP_DELETE, "/tasks/{id}", OWN(204), task_make, NULL },
    { HTTP_GET, "/viewings", KEYS(200), NULL, NULL },
    { HTTP_GET, "/viewings/{id}", OWN(200), viewing_make, NULL },
    { HTTP_PUT, "/viewings/{id}", OWN(200), viewing_make, "{'duration_minutes': 20}" },
    { HTTP_POST, "/viewings/{id}/confirm", OWN(200), viewing_make, NULL },
    { HTTP_POST, "/viewings/{id}/cancel", OWN(200), viewing_make, NULL },
    { HTTP_POST, "/viewings/{id}/done", OWN(200), viewing_make, NULL },
    { HTTP_POST, "/viewings/{id}/no-show", OWN(200), viewing_make, NULL },
    /* for the agent's listing, property 1: to the others there is no such */
    { HTTP_POST,
      "/offers",
      { UNKNOWN, 201, 422, 422, 201, 422, 401 },
      NULL,
      "{'property_id': 1, 'amount': %d}" },
    { HTTP_GET, "/offers", KEYS(200), NULL, NULL },
    { HTTP_GET, "/offers/{id}", OWN(200), offer_make, NULL },
    { HTTP_PUT, "/offers/{id}", OWN(200), offer_make, "{'amount': %d}" },
    { HTTP_DELETE, "/offers/{id}", OWN(204), offer_make, NULL },

    /* for the agent's listing or the agent; each may have one set of rules */
    { HTTP_POST,
      "/viewing-rules",
      { UNKNOWN, 201, 201, 201, 201, 201, 401 },
      NULL,
      "{'length_minutes': 45}" },
    { HTTP_GET, "/viewing-rules", KEYS(200), NULL, NULL },
    { HTTP_GET, "/viewing-rules/{id}", OWN(200), rules_make, NULL },
    { HTTP_PUT, "/viewing-rules/{id}", OWN(200), rules_make, "{'max_parties': 2}" },
    { HTTP_DELETE, "/viewing-rules/{id}", OWN(204), rules_make, NULL },
    { HTTP_POST,
      "/viewing-hours",
      { UNKNOWN, 201, 422, 422, 201, 422, 401 },
      NULL,
      "{'property_id': 1, 'weekday': 'friday', 'opens_at': '10:00', 'closes_at': '12:00'}" },
    { HTTP_GET, "/viewing-hours", KEYS(200), NULL, NULL },
    { HTTP_GET, "/viewing-hours/{id}", OWN(200), hours_make, NULL },
    { HTTP_PUT, "/viewing-hours/{id}", OWN(200), hours_make, "{'opens_at': '10:00'}" },
    { HTTP_DELETE, "/viewing-hours/{id}", OWN(204), hours_make, NULL },
    { HTTP_POST, "/viewing-blackouts", KEYS(201), NULL, "{'first_day': '2026-12-24'}" },
    { HTTP_GET, "/viewing-blackouts", KEYS(200), NULL, NULL },
    { HTTP_GET, "/viewing-blackouts/{id}", OWN(200), blackout_make, NULL },
    { HTTP_PUT, "/viewing-blackouts/{id}", OWN(200), blackout_make, "{'note': 'Holiday'}" },
    { HTTP_DELETE, "/viewing-blackouts/{id}", OWN(204), blackout_make, NULL },
    { HTTP_POST,
      "/open-houses",
      { UNKNOWN, 201, 422, 422, 201, 422, 401 },
      NULL,
      "{'property_id': 1, 'starts_at': '2026-09-06T20:00:00Z', 'ends_at': "
      "'2026-09-06T22:00:00Z'}" },
    { HTTP_GET, "/open-houses", KEYS(200), NULL, NULL },
    { HTTP_GET, "/open-houses/{id}", OWN(200), open_house_make, NULL },
    { HTTP_PUT, "/open-houses/{id}", OWN(200), open_house_make, "{'note': 'Balloons'}" },
    { HTTP_DELETE, "/open-houses/{id}", OWN(204), open_house_make, NULL },

    /* What is held of a caller is told of the asker's own calls alone. */
    { HTTP_GET, "/callers/{phone}", OWN(200), phone_make, NULL },
    { HTTP_GET, "/callers/{phone}/export", OUR_BROKER(200), phone_make, NULL },
    { HTTP_DELETE, "/callers/{phone}", OUR_BROKER(200), phone_make, NULL },
    { HTTP_PUT, "/callers/{phone}/do-not-call", KEYS(200), phone_make, "{}" },
    { HTTP_DELETE, "/callers/{phone}/do-not-call", OUR_BROKER(204), blocked_make, NULL },

    { HTTP_GET, "/do-not-call", BROKERS(200), NULL, NULL },
    { HTTP_GET, "/retention", BROKERS(200), NULL, NULL },
    { HTTP_PUT, "/retention", BROKERS(200), NULL, "{'journal': %d}" },

    { HTTP_GET, "/agents/me", KEYS(200), NULL, NULL },
    { HTTP_POST, "/agents/me/calendar", KEYS(201), NULL, NULL },
    { HTTP_GET, "/agents/me/calendar", KEYS(200), NULL, NULL },
    { HTTP_DELETE, "/agents/me/calendar", KEYS(204), NULL, NULL },
    { HTTP_POST, "/agents", BROKERS(201), NULL, "{'name': 'Agent %d'}" },
    { HTTP_GET, "/agents", KEYS(200), NULL, NULL },
    { HTTP_GET, "/agents/{id}", OWN(200), agent_it, NULL },
    { HTTP_PUT, "/agents/{id}", OWN(200), agent_it, "{'name': 'Jane %d'}" },

    { HTTP_GET, "/healthz", OPEN(200), NULL, NULL },
    { HTTP_GET, "/openapi.json", OPEN(200), NULL, NULL },
};

/* ---- asking ---- */

static const char *method_name(enum http_method method)
{
    return method == HTTP_GET    ? "GET"
           : method == HTTP_POST ? "POST"
           : method == HTTP_PUT  ? "PUT"
                                 : "DELETE";
}

static const char *path_of(size_t row)
{
    const char *pattern = rows[row].pattern, *mark = strchr(pattern, '{');
    if (!mark)
        return mem_printf(office.mem, "/voice-assistant%s", pattern);
    return mem_printf(office.mem, "/voice-assistant%.*s%s%s", (int)(mark - pattern), pattern,
                      rows[row].target(), strchr(mark, '}') + 1);
}

/* The row's body with a new number in it, and " for '. */
static const char *body_of(size_t row)
{
    const char *body = rows[row].body, *mark = body ? strstr(body, "%d") : NULL;
    if (!body)
        return NULL;
    char *text = mark ? mem_printf(office.mem, "%.*s%d%s", (int)(mark - body), body,
                                   1000 + ++serial, mark + 2)
                      : mem_strdup(office.mem, body);
    for (char *p = text; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    return text;
}

/* A number that is another when something was noted of a change. */
static int64_t traces(void)
{
    return sql_int("SELECT (SELECT last_id * 100000 FROM audit_head) + (SELECT COUNT(*) FROM "
                   "webhook_journal)");
}

START_TEST(each_caller_is_answered_as_the_row_says)
{
    size_t row = (size_t)_i;
    for (int caller = 0; caller < CALLER_COUNT; caller++) {
        const char *path = path_of(row);
        request_headers headers = { caller_headers[caller], "Content-Type: application/json",
                                    NULL };
        int64_t before = traces();
        struct reply reply =
            request_send(method_name(rows[row].method), path, headers, body_of(row));
        ck_assert_msg(reply.status == rows[row].statuses[caller],
                      "%s %s by %s: status %d instead of %d: %s", method_name(rows[row].method),
                      path, caller_names[caller], reply.status, rows[row].statuses[caller],
                      reply.text);
        /* What is refused leaves nothing; what changes or exports something leaves its trace. */
        bool told = rows[row].method != HTTP_GET || strstr(rows[row].pattern, "/export");
        ck_assert_msg((traces() != before) == (told && reply.status < 400), "%s %s by %s",
                      method_name(rows[row].method), path, caller_names[caller]);
    }
}
END_TEST

START_TEST(every_route_has_a_row)
{
    for (size_t i = 0; i < route_count; i++) {
        size_t found = 0;
        for (size_t k = 0; k < COUNT(rows); k++)
            found += rows[k].method == routes[i].method &&
                     strcmp(rows[k].pattern, routes[i].pattern) == 0;
        ck_assert_msg(found == 1, "%s %s has %zu rows in tests/unit/test_access.c",
                      method_name(routes[i].method), routes[i].pattern, found);
    }
    ck_assert_uint_eq(COUNT(rows), route_count);
}
END_TEST

/* What a route says of itself, and what its row says of strangers, is one. */
START_TEST(a_row_fits_its_routes_access)
{
    for (size_t i = 0; i < route_count; i++)
        for (size_t k = 0; k < COUNT(rows); k++) {
            const int *statuses = rows[k].statuses;
            if (rows[k].method != routes[i].method ||
                strcmp(rows[k].pattern, routes[i].pattern) != 0)
                continue;
            bool is_locked = routes[i].access != ACCESS_OPEN && routes[i].access != ACCESS_CALENDAR;
            ck_assert_msg((statuses[NO_KEY] == 401) == is_locked, "%s", rows[k].pattern);
            ck_assert_msg((statuses[AGENT] == 403) == (routes[i].access == ACCESS_BROKER), "%s",
                          rows[k].pattern);
            ck_assert_msg((statuses[WEBHOOK] == 401) ==
                              (routes[i].access == ACCESS_KEY || routes[i].access == ACCESS_BROKER),
                          "%s", rows[k].pattern);
        }
}
END_TEST

/* ---- what a list shows ---- */

START_TEST(lists_show_each_his_own)
{
    static const char *const lists[] = { "/phone-numbers", "/phone-calls", "/properties", "/tasks",
                                         "/offers" };
    number_make(), call_make(), property_make(), task_make(), offer_make();
    for (size_t i = 0; i < COUNT(lists); i++)
        for (int caller = AGENT; caller <= STRANGE_BROKER; caller++) {
            request_headers headers = { caller_headers[caller], NULL };
            struct reply reply = request_send(
                "GET", mem_printf(office.mem, "/voice-assistant%s", lists[i]), headers, NULL);
            bool sees = caller == AGENT || caller == BROKER;
            ck_assert_msg((json_int_at(reply.json, "total") > 0) == sees, "%s by %s: %s", lists[i],
                          caller_names[caller], reply.text);
        }
}
END_TEST

static void begin(void)
{
    office_open();
    serial = 0;
    callers_make();
    sql_run("INSERT INTO api_keys (agent_id, name, role, prefix, hash, created_at) "
            "SELECT id, 'calendar', 'calendar', 'p' || id, 'h', 0 FROM agents");
    ck_assert_int_eq(office.main_id, 1); /* which bodies above name */
}

int main(void)
{
    Suite *suite = suite_create("access");
    TCase *tests = tcase_create("routes");
    tcase_add_checked_fixture(tests, begin, office_close);
    tcase_add_loop_test(tests, each_caller_is_answered_as_the_row_says, 0, COUNT(rows));
    tcase_add_test(tests, every_route_has_a_row);
    tcase_add_test(tests, a_row_fits_its_routes_access);
    tcase_add_test(tests, lists_show_each_his_own);
    suite_add_tcase(suite, tests);
    return suite_run(suite);
}
