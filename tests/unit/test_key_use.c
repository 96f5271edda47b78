/* API keys over time: their last use is kept, their end counts at once. */
#include "store/agents.h"
#include "support.h"
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int64_t last_used(int64_t id)
{
    return sql_int("SELECT last_used_at FROM api_keys WHERE id = %lld", (long long)id);
}

static int status_of(const char *key)
{
    request_headers headers = { mem_printf(office.mem, "X-API-Key: %s", key), NULL };
    return request_send("GET", "/voice-assistant/agents/me", headers, NULL).status;
}

static void clock_move(int64_t ms)
{
    office.app->clock = clock_fixed(OFFICE_NOW + ms);
}

/* ---- last use ---- */

START_TEST(a_use_is_kept_once_a_minute)
{
    static const struct {
        int64_t at, kept;
    } rows[] = {
        { 0, 0 },         { 59999, 0 },       { 60000, 60000 },
        { 90000, 60000 }, { 200000, 200000 }, { 10000, 10000 }
    }; /* the clock was set back */
    ck_assert_int_eq(last_used(1), NO_VALUE);
    for (size_t i = 0; i < COUNT(rows); i++) {
        clock_move(rows[i].at);
        ck_assert_int_eq(status_of(office.key), 200);
        ck_assert_msg(last_used(1) == OFFICE_NOW + rows[i].kept, "row %zu", i);
    }
    ck_assert_int_eq(last_used(2), NO_VALUE);
}
END_TEST

/* The answer to a reader does not wait for a commit: keeping comes when it is out. */
START_TEST(a_reader_stays_a_reader)
{
    request_headers headers = { mem_printf(office.mem, "X-API-Key: %s", office.key), NULL };
    struct reply reply = request_send("GET", "/voice-assistant/tasks", headers, NULL);
    ck_assert(!reply.waited);
    ck_assert_int_eq(last_used(1), OFFICE_NOW);
}
END_TEST

START_TEST(what_is_refused_is_no_use)
{
    sql_run("UPDATE api_keys SET revoked_at = 1 WHERE id = 1");
    ck_assert_int_eq(status_of(office.key), 401);
    ck_assert_int_eq(last_used(1), NO_VALUE);
}
END_TEST

/* Another process that writes is let go first; the use is kept later. */
START_TEST(keeping_does_not_wait_for_others)
{
    struct db *other;
    ck_assert_int_eq(db_open(office.config.database, DB_WRITE, 5000, &other), ERR_NONE);
    ck_assert_int_eq(db_begin(other), ERR_NONE);
    int64_t began = monotonic_ms();
    ck_assert_int_eq(status_of(office.key), 200);
    ck_assert_int_lt(monotonic_ms() - began, 1000);
    ck_assert_uint_eq(office.app->key_use_count, 1);
    ck_assert_int_eq(db_commit(other), ERR_NONE);
    db_close(other);
    ck_assert_int_eq(status_of(office.key), 200);
    ck_assert_uint_eq(office.app->key_use_count, 0);
    ck_assert_int_eq(last_used(1), OFFICE_NOW);
}
END_TEST

START_TEST(many_keys_at_once_are_no_trouble)
{
    struct api_key key = { .last_used_at = NO_VALUE };
    for (key.id = 1; key.id <= 3 * KEY_USES_MAX; key.id++)
        key_use_note(office.app, &key, OFFICE_NOW);
    ck_assert_uint_eq(office.app->key_use_count, KEY_USES_MAX);
    key_uses_keep(office.app);
    ck_assert_uint_eq(office.app->key_use_count, 0);
    ck_assert_int_eq(last_used(1), OFFICE_NOW);
}
END_TEST

/* ---- the end ---- */

/* Runs the change in a process of its own, with a connection of its own. */
static void elsewhere(const char *sql)
{
    int status;
    if (fork() == 0) {
        struct db *db;
        bool done = db_open(office.config.database, DB_WRITE, 5000, &db) == ERR_NONE &&
                    db_script(db, sql) == ERR_NONE;
        _exit(done ? 0 : 1);
    }
    ck_assert_int_gt(wait(&status), 0);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

START_TEST(what_ends_a_key_elsewhere_ends_it_here_at_once)
{
    static const char *const changes[] = {
        "UPDATE api_keys SET revoked_at = 1 WHERE id = 1",
        "UPDATE api_keys SET expires_at = 1 WHERE id = 1",
        "UPDATE agents SET is_active = 0 WHERE id = 1",
        "DELETE FROM api_keys WHERE id = 1",
    };
    ck_assert_int_eq(status_of(office.key), 200);
    elsewhere(changes[_i]);
    ck_assert_int_eq(status_of(office.key), 401);
    ck_assert_int_eq(status_of(office.broker_key), 200);
}
END_TEST

START_TEST(a_key_expires_by_the_clock)
{
    sql_run("UPDATE api_keys SET expires_at = %lld WHERE id = 1", (long long)(OFFICE_NOW + 10));
    clock_move(9);
    ck_assert_int_eq(status_of(office.key), 200);
    clock_move(10);
    ck_assert_int_eq(status_of(office.key), 401);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("key use");
    TCase *tests = tcase_create("keys");
    tcase_add_checked_fixture(tests, office_open, office_close);
    tcase_add_test(tests, a_use_is_kept_once_a_minute);
    tcase_add_test(tests, a_reader_stays_a_reader);
    tcase_add_test(tests, what_is_refused_is_no_use);
    tcase_add_test(tests, keeping_does_not_wait_for_others);
    tcase_add_test(tests, many_keys_at_once_are_no_trouble);
    tcase_add_loop_test(tests, what_ends_a_key_elsewhere_ends_it_here_at_once, 0, 4);
    tcase_add_test(tests, a_key_expires_by_the_clock);
    suite_add_tcase(suite, tests);
    return suite_run(suite);
}
