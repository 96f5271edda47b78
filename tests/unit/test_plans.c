/* What the database does to answer: every statement that requests and store functions run is
 * gathered as it runs, and none of them may read a table that grows from one end to the other. */
#include "base/instant.h"
#include "desk/purge.h"
#include "store/agents.h"
#include "store/analytics.h"
#include "store/phone_calls.h"
#include "store/properties.h"
#include "store/slots.h"
#include "support.h"
#include <sqlite3.h>
#include <string.h>

/* ---- gathering ---- */

enum { STATEMENTS_MAX = 600 };

static char *statements[STATEMENTS_MAX];
static size_t statement_count;

static int statement_note(unsigned what, void *context, void *stmt, void *text)
{
    (void)what, (void)context, (void)text;
    const char *sql = sqlite3_sql(stmt);
    for (size_t i = 0; i < statement_count; i++)
        if (strcmp(statements[i], sql) == 0)
            return 0;
    ck_assert_uint_lt(statement_count, STATEMENTS_MAX);
    statements[statement_count++] = mem_strdup(NULL, sql);
    return 0;
}

/* SQLite calls it for every connection that is opened. */
static int connection_hook(sqlite3 *connection, char **fault,
                           const struct sqlite3_api_routines *api)
{
    (void)fault, (void)api;
    return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT, statement_note, NULL);
}

static sqlite3 *plain; /* a connection of the test's own, for EXPLAIN */

static void begin(void)
{
    sqlite3_auto_extension((void (*)(void))connection_hook);
    office_open();
    sqlite3_reset_auto_extension();
    ck_assert_int_eq(sqlite3_open(office.config.database, &plain), SQLITE_OK);
    for (size_t i = 0; i < statement_count; i++)
        mem_free(statements[i]);
    statement_count = 0;
}

static void end(void)
{
    sqlite3_close(plain);
    office_close();
    for (size_t i = 0; i < statement_count; i++)
        mem_free(statements[i]);
    statement_count = 0;
}

/* ---- plans ---- */

static char *plan_of(const char *sql)
{
    sqlite3_stmt *stmt;
    char *plan = mem_strdup(office.mem, "");
    const char *query = mem_printf(office.mem, "EXPLAIN QUERY PLAN %s", sql);
    ck_assert_msg(sqlite3_prepare_v2(plain, query, -1, &stmt, NULL) == SQLITE_OK, "%s: %s",
                  sqlite3_errmsg(plain), sql);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        mem_append(office.mem, &plan, "%s\n", sqlite3_column_text(stmt, 3));
    sqlite3_finalize(stmt);
    return plan;
}

/* What is read from end to end although it grows with every call or listing; NULL if nothing. */
static const char *scanned(const char *plan)
{
    static const char *const growing[] = {
        "phone_calls",
        "transcript_segments",
        "scheduled_tasks",
        "offers",
        "properties",
        "property_terms",
        "property_stages",
        "webhook_journal",
        "tool_results",
        "recordings",
        "property_rollups",
        "call_rollups",
        "outbox",
        "audit_log",
        "api_keys",
        "p",
        "c",
        "k",
    };
    for (const char *line = strstr(plan, "SCAN "); line; line = strstr(line + 1, "SCAN "))
        for (size_t i = 0; i < COUNT(growing); i++) {
            size_t len = strlen(growing[i]);
            const char *name = line + 5;
            if (strncmp(name, growing[i], len) == 0 && strchr(" \n", name[len]))
                return growing[i];
        }
    return NULL;
}

static void plans_check(void)
{
    static const char *const kinds[] = { "SELECT", "INSERT", "UPDATE", "DELETE", "WITH" };
    size_t checked = 0;
    for (size_t i = 0; i < statement_count; i++) {
        bool has_plan = false;
        for (size_t k = 0; k < COUNT(kinds); k++)
            has_plan |= strncmp(statements[i], kinds[k], strlen(kinds[k])) == 0;
        if (!has_plan)
            continue;
        const char *plan = plan_of(statements[i]), *whole = scanned(plan);
        ck_assert_msg(whole == NULL, "reads all of %s: %s\n%s", whole, statements[i], plan);
        checked++;
    }
    ck_assert_msg(checked > 0, "nothing was run");
}

/* ---- what is run ---- */

START_TEST(a_call_from_ring_to_report_reads_by_index)
{
    static const char *const bodies[] = {
        "{'message':{'type':'assistant-request','call':{'id':'c1','type':'inboundPhoneCall',"
        "'phoneNumberId':'vapi-number-1','customer':{'number':'+12125550123'}}}}",
        "{'message':{'type':'status-update','status':'in-progress','call':{'id':'c1'}}}",
        "{'message':{'type':'transcript','transcriptType':'final','role':'user','transcript':'Hi',"
        "'timestamp':1788282250000,'call':{'id':'c1'}}}",
        "{'message':{'type':'tool-calls','call':{'id':'c1'},'toolCallList':["
        "{'id':'t1','function':{'name':'lookup_property','arguments':{'address':'123 Main'}}},"
        "{'id':'t2','function':{'name':'schedule_viewing','arguments':{'address':'123 Main St',"
        "'caller_name':'John','date_time':'2026-09-02T14:00'}}},"
        "{'id':'t3','function':{'name':'create_offer','arguments':{'address':'123 Main St',"
        "'caller_name':'John','amount':'400k'}}},"
        "{'id':'t4','function':{'name':'take_message','arguments':{'message':'Call me',"
        "'caller_name':'John','agent_name':'Bob'}}},"
        "{'id':'t5','function':{'name':'search_properties','arguments':{'city':'Oakland',"
        "'max_price':900000,'bedrooms':2}}},"
        "{'id':'t6','function':{'name':'check_availability','arguments':{'address':'456 Oak Ave',"
        "'date_time':'tomorrow'}}},"
        "{'id':'t7','function':{'name':'schedule_viewing','arguments':{'address':'456 Oak Ave',"
        "'caller_name':'John','date_time':'2026-09-01T10:30'}}},"
        "{'id':'t8','function':{'name':'reschedule_viewing','arguments':{'address':'123 Main St',"
        "'date_time':'2026-09-03T14:00'}}},"
        "{'id':'t9','function':{'name':'cancel_viewing','arguments':{'address':'123 Main St'}}},"
        "{'id':'t10','function':{'name':'cancel_viewing','arguments':{'address':'123 Main "
        "St'}}}]}}",
        "{'message':{'type':'end-of-call-report','endedReason':'customer-ended-call',"
        "'call':{'id':'c1'},'artifact':{'recordingUrl':'https://r.example/a.wav',"
        "'transcript':'AI: Hello'},'durationSeconds':127,'cost':0.2}}",
    };
    for (int twice = 0; twice < 2; twice++)
        for (size_t i = 0; i < COUNT(bodies); i++)
            ck_assert_status(request_incoming(bodies[i]), 200);
    ck_assert_uint_gt(statement_count, 20);
    plans_check();
}
END_TEST

/* Every list for an agent and for a broker, bare and with each of its filters. */
START_TEST(every_list_and_every_filter_reads_by_index)
{
    for (size_t i = 0; i < route_count; i++) {
        const struct route *route = &routes[i];
        if (!route->is_list || !route->resource)
            continue;
        ck_assert_status(request_ask("GET", route->pattern, NULL), 200);
        ck_assert_status(request_ask_broker("GET", route->pattern, NULL), 200);
        const struct table *table = route->resource->table;
        for (size_t k = 0; k < table->filter_count; k++) {
            const struct filter *filter = &table->filters[k];
            const char *value = filter->type == FIELD_WORD      ? filter->words->list[0]
                                : filter->type == FIELD_INSTANT ? "2026-09-01"
                                : filter->type == FIELD_BOOL    ? "true"
                                : filter->type == FIELD_PHONE   ? "%2B12125550123"
                                : filter->type == FIELD_TEXT    ? "Oakland"
                                                                : "1";
            const char *path =
                mem_printf(office.mem, "%s?%s=%s", route->pattern, filter->name, value);
            ck_assert_status(request_ask("GET", path, NULL), 200);
            ck_assert_status(request_ask_broker("GET", path, NULL), 200);
        }
    }
    plans_check();
}
END_TEST

START_TEST(analytics_read_by_index)
{
    static const char *const paths[] = {
        "/phone-calls/analytics/overview",
        "/phone-calls/analytics/overview?from=2026-08-01T12:00:00Z&to=2026-09-01T12:00:00Z",
        "/phone-calls/analytics/by-property",
        "/phone-calls/analytics/by-property?from=2026-08-01T12:00:00Z&to=2026-09-01T12:00:00Z",
    };
    for (size_t i = 0; i < COUNT(paths); i++) {
        ck_assert_status(request_ask("GET", paths[i], NULL), 200);
        ck_assert_status(request_ask_broker("GET", paths[i], NULL), 200);
    }
    plans_check();
}
END_TEST

START_TEST(records_are_made_changed_and_deleted_by_index)
{
    static const struct {
        const char *path, *body, *change;
    } rows[] = {
        { "/phone-numbers", "{'phone_number':'+14155550177'}", "{'friendly_name':'Second'}" },
        { "/properties", "{'address':'5 New St','city':'Oakland'}", "{'address':'6 New St'}" },
        { "/tasks",
          "{'kind':'viewing','title':'See it','property_id':1,"
          "'scheduled_at':'2026-09-03T10:00:00Z'}",
          "{'scheduled_at':'2026-09-04T10:00:00Z'}" },
        { "/offers", "{'property_id':1,'amount':5}", "{'status':'submitted'}" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reply made = request_ask("POST", rows[i].path, rows[i].body);
        ck_assert_status(made, 201);
        const char *path = mem_printf(office.mem, "%s/%lld", rows[i].path,
                                      (long long)json_int_at(made.json, "id"));
        ck_assert_status(request_ask("GET", path, NULL), 200);
        ck_assert_status(request_ask("PUT", path, rows[i].change), 200);
        ck_assert_status(request_ask("DELETE", path, NULL), 204);
    }
    ck_assert_status(request_ask("POST", "/phone-numbers/1/set-primary", NULL), 200);
    ck_assert_status(request_ask("GET", "/properties/1/heartbeat", NULL), 200);
    ck_assert_status(request_ask("GET", "/properties/1/stages", NULL), 200);
    ck_assert_status(request_ask("GET", "/agents/me", NULL), 200);
    plans_check();
}
END_TEST

START_TEST(callers_and_what_is_old_are_found_by_index)
{
    struct purge purge = { .db = office.db,
                           .config = &office.config,
                           .key = office.app->master,
                           .now = OFFICE_NOW + 5000 * DAY_MS };
    ck_assert_status(request_incoming("{'phone_number':'+12125550177','vapi_call_id':'c1',"
                                      "'vapi_phone_id':'vapi-number-1'}"),
                     200);
    ck_assert_status(request_ask_broker("GET", "/callers/+12125550177/export", NULL), 200);
    ck_assert_status(request_ask_broker("DELETE", "/callers/+12125550177", NULL), 200);
    purge.dry_run = true;
    ck_assert_int_eq(purge_run(&purge), ERR_NONE);
    purge.dry_run = false;
    ck_assert_int_eq(purge_run(&purge), ERR_NONE);
    plans_check();
}
END_TEST

/* ---- the order of lists comes from the index ---- */

START_TEST(calls_come_in_the_index_s_order_without_sorting)
{
    ck_assert_status(request_ask("GET", "/phone-calls", NULL), 200);
    ck_assert_status(request_ask_broker("GET", "/phone-calls", NULL), 200);
    ck_assert_status(request_ask("GET", "/phone-calls?from=2026-08-01&to=2026-09-01", NULL), 200);
    size_t lists = 0;
    for (size_t i = 0; i < statement_count; i++) {
        if (!strstr(statements[i], "FROM phone_calls") || !strstr(statements[i], "ORDER BY"))
            continue;
        ck_assert_msg(strstr(plan_of(statements[i]), "TEMP B-TREE") == NULL, "%s\n%s",
                      statements[i], plan_of(statements[i]));
        lists++;
    }
    ck_assert_uint_eq(lists, 3);
}
END_TEST

/* The plan of the last statement that was run and has this part. */
static const char *plan_with(const char *part)
{
    const char *plan = NULL;
    for (size_t i = 0; i < statement_count; i++)
        if (strstr(statements[i], part))
            plan = plan_of(statements[i]);
    ck_assert_msg(plan, "%s was not run", part);
    return plan;
}

/* The hottest ones, each with the index it is to use. */
START_TEST(the_hottest_queries_use_the_index_made_for_them)
{
    struct phone_call call;
    struct busy *busy;
    struct busy_query query = { .property_id = 1, .agent_id = 1 };
    struct api_key key;
    size_t count;
    static const struct {
        const char *part, *index;
    } rows[] = {
        { "vapi_call_id = $1", "sqlite_autoindex_phone_calls_" },
        { "k.prefix = $1", "sqlite_autoindex_api_keys_" },
        { "scheduled_tasks AS b WHERE b.property_id", "scheduled_tasks_by_property" },
        { "scheduled_tasks AS b WHERE b.agent_id", "scheduled_tasks_by_agent" },
    };
    (void)!phone_call_find(office.db, office.mem, "x", &call);
    (void)!api_key_find(office.db, office.mem, "x", &key);
    (void)!busy_list(office.db, office.mem, &query, &busy, &count);
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(strstr(plan_with(rows[i].part), rows[i].index), "%s", rows[i].part);
}
END_TEST

/* Of the terms nothing but their index is read, each in the order of ids; of the listings those
 * found. */
START_TEST(what_a_caller_said_is_found_in_the_index_of_terms_alone)
{
    static const struct {
        const char *part, *steps[3];
    } rows[] = {
        { "WITH said",
          { "SEARCH some USING COVERING INDEX sqlite_autoindex_property_terms_1 "
            "(brokerage_id=? AND term=?)" } },
        { "WITH RECURSIVE begun",
          { "SEARCH t USING COVERING INDEX sqlite_autoindex_property_terms_1 "
            "(brokerage_id=? AND term>? AND term<?)" } },
        { "EXISTS",
          { "SEARCH properties USING INTEGER PRIMARY KEY (rowid=?)",
            "SEARCH some USING COVERING INDEX sqlite_autoindex_property_terms_1 "
            "(brokerage_id=? AND term=?)",
            "SEARCH more USING COVERING INDEX sqlite_autoindex_property_terms_1 "
            "(brokerage_id=? AND term=? AND property_id=?)" } },
    };
    char *street[] = { "p:MN/main", "p:MN/mane" }, *city[] = { "c:oakland", "c:alameda" }, **all;
    struct property_terms some = { street, 2 }, more = { city, 2 };
    struct property *list;
    size_t count;
    for (int i = 0; i < 3; i++)
        listing_add(office.brokerage_id, office.agent_id, mem_printf(office.mem, "%d Main St", i),
                    "Alameda", 1, 1);
    ck_assert_int_eq(
        property_terms_begun(office.db, office.mem, office.brokerage_id, "p:MN/", 9, &all, &count),
        ERR_NONE);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(all[0], "p:MN/main");
    ck_assert_int_eq(property_find_by_terms(office.db, office.mem, office.brokerage_id, &some,
                                            &more, 9, &list, &count),
                     ERR_NONE);
    ck_assert_uint_ge(count, 3);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *plan = plan_with(rows[i].part);
        for (size_t k = 0; k < COUNT(rows[i].steps) && rows[i].steps[k]; k++)
            ck_assert_msg(strstr(plan, rows[i].steps[k]), "%s:\n%s", rows[i].part, plan);
        ck_assert_msg(!strstr(plan, "FOR ORDER BY"), "%s", plan);
    }
    plans_check();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plans");
    TCase *plans = tcase_create("plans");
    tcase_add_checked_fixture(plans, begin, end);
    tcase_set_timeout(plans, 60);
    suite_add_tcase(suite, plans);
    tcase_add_test(plans, a_call_from_ring_to_report_reads_by_index);
    tcase_add_test(plans, every_list_and_every_filter_reads_by_index);
    tcase_add_test(plans, analytics_read_by_index);
    tcase_add_test(plans, records_are_made_changed_and_deleted_by_index);
    tcase_add_test(plans, callers_and_what_is_old_are_found_by_index);
    tcase_add_test(plans, calls_come_in_the_index_s_order_without_sorting);
    tcase_add_test(plans, the_hottest_queries_use_the_index_made_for_them);
    tcase_add_test(plans, what_a_caller_said_is_found_in_the_index_of_terms_alone);
    return suite_run(suite);
}
