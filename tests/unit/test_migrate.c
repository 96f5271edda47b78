/* The schema's steps: from nothing, again, at once from several processes, and never backwards. */
#include "store/migrate.h"
#include "support.h"
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct db *db;

static const char *db_path(void)
{
    return mem_printf(office.mem, "%s/test.db", office.folder);
}

static void begin(void)
{
    folder_open();
    ck_assert_int_eq(db_open(db_path(), DB_CREATE, 5000, &db), ERR_NONE);
    office.db = db;
}

static void end(void)
{
    db_close(db);
    office_close();
}

static int64_t newest(void)
{
    return migrations[migration_count - 1].version;
}

START_TEST(steps_are_numbered_from_one_without_gaps)
{
    for (size_t i = 0; i < migration_count; i++) {
        ck_assert_int_eq(migrations[i].version, (int64_t)i + 1);
        ck_assert_ptr_nonnull(migrations[i].name);
        ck_assert(strlen(migrations[i].sql) > 0);
    }
}
END_TEST

START_TEST(a_fresh_file_gets_the_whole_schema)
{
    static const char *const tables[] = {
        "brokerages",  "agents",          "api_keys",   "phone_numbers",   "properties",
        "phone_calls", "scheduled_tasks", "offers",     "webhook_journal", "transcript_segments",
        "outbox",      "tool_results",    "recordings", "call_rollups",    "audit_log",
    };
    int64_t from, to;
    const char *finding;
    ck_assert_int_ne(migrate_check(db), ERR_NONE);
    ck_assert_int_eq(migrate(db, &from, &to), ERR_NONE);
    ck_assert_int_eq(from, 0);
    ck_assert_int_eq(to, newest());
    ck_assert_int_eq(migrate_check(db), ERR_NONE);
    for (size_t i = 0; i < COUNT(tables); i++)
        ck_assert_msg(sql_int("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' "
                              "AND name = '%s'",
                              tables[i]) == 1,
                      "%s", tables[i]);
    ck_assert_int_eq(db_check(db, office.mem, &finding), ERR_NONE);
    ck_assert_str_eq(finding, "ok");
}
END_TEST

START_TEST(every_table_is_strict)
{
    int64_t from, to;
    ck_assert_int_eq(migrate(db, &from, &to), ERR_NONE);
    ck_assert_str_eq(sql_text("SELECT name FROM pragma_table_list WHERE schema = 'main' "
                              "AND name NOT LIKE 'sqlite_%%' AND strict = 0"),
                     "");
}
END_TEST

START_TEST(repeating_it_changes_nothing)
{
    int64_t from, to;
    ck_assert_int_eq(migrate(db, &from, &to), ERR_NONE);
    const char *schema = sql_text("SELECT sql FROM sqlite_schema ORDER BY name");
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(migrate(db, &from, &to), ERR_NONE);
        ck_assert_int_eq(from, newest());
        ck_assert_int_eq(to, newest());
    }
    ck_assert_str_eq(sql_text("SELECT sql FROM sqlite_schema ORDER BY name"), schema);
}
END_TEST

START_TEST(each_older_version_is_brought_up_to_date_with_its_rows)
{
    int64_t from, to, id;
    for (size_t i = 0; i + 1 < migration_count; i++) {
        ck_assert_int_eq(db_script(db, migrations[i].sql), ERR_NONE);
        sql_run("PRAGMA user_version = %lld", (long long)migrations[i].version);
    }
    sql_run("INSERT INTO brokerages (id, name, timezone, created_at, updated_at) "
            "VALUES (1, 'Old', 'UTC', 1, 1)");
    sql_run("INSERT INTO audit_log (id, at, actor, action, subject, subject_id, hash) "
            "VALUES (1, 1, 'key', 'delete', 'offers', 7, '')");
    ck_assert_int_ne(migrate_check(db), ERR_NONE);
    ck_assert_int_eq(migrate(db, &from, &to), ERR_NONE);
    ck_assert_int_eq(from, migrations[migration_count - 2].version);
    ck_assert_int_eq(to, newest());
    ck_assert_str_eq(sql_text("SELECT name FROM brokerages"), "Old");
    ck_assert_int_eq(db_next_id(db, "offers", &id), ERR_NONE);
    ck_assert_int_eq(id, 8); /* the audit log knows of seven */
}
END_TEST

START_TEST(a_newer_schema_is_refused_and_left_alone)
{
    int64_t from, to;
    ck_assert_int_eq(migrate(db, &from, &to), ERR_NONE);
    sql_run("PRAGMA user_version = %lld", (long long)newest() + 1);
    ck_assert_int_eq(migrate(db, &from, &to), ERR_CONFLICT);
    ck_assert_int_eq(migrate_check(db), ERR_CONFLICT);
    ck_assert_int_eq(sql_int("PRAGMA user_version"), newest() + 1);
}
END_TEST

START_TEST(a_step_that_fails_leaves_nothing)
{
    int64_t from, to;
    sql_run("CREATE TABLE offers (id INTEGER)"); /* in the way of the first step */
    ck_assert_int_ne(migrate(db, &from, &to), ERR_NONE);
    ck_assert_int_eq(sql_int("PRAGMA user_version"), 0);
    ck_assert_str_eq(sql_text("SELECT name FROM sqlite_schema WHERE type = 'table'"), "offers");
    ck_assert(!db_in_transaction(db));
}
END_TEST

/* Opens a fresh file and migrates it as soon as the gate opens; the exit status. */
static int migrate_at(const char *path, int gate)
{
    struct db *mine;
    int64_t from, to;
    char go;
    if (read(gate, &go, 1) != 0)
        return 1;
    if (db_open(path, DB_CREATE, 10000, &mine))
        return 2;
    if (migrate(mine, &from, &to))
        return 3;
    if (to != newest() || migrate_check(mine))
        return 4;
    db_close(mine);
    return 0;
}

START_TEST(eight_processes_at_once_make_one_schema)
{
    for (int round = 0; round < 5; round++) {
        const char *path = mem_printf(office.mem, "%s/fresh-%d.db", office.folder, round);
        int gate[2];
        pid_t children[8];
        ck_assert_int_eq(pipe(gate), 0);
        fflush(NULL);
        for (int i = 0; i < 8; i++)
            if ((children[i] = fork()) == 0) {
                close(gate[1]);
                _exit(migrate_at(path, gate[0]));
            }
        close(gate[0]);
        close(gate[1]); /* the gate opens */
        for (int i = 0; i < 8; i++) {
            int status;
            ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
            ck_assert_msg(status == 0, "round %d, process %d: status %d", round, i,
                          WEXITSTATUS(status));
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("migrate");
    TCase *steps = tcase_create("steps");
    tcase_add_checked_fixture(steps, begin, end);
    tcase_set_timeout(steps, 60);
    suite_add_tcase(suite, steps);
    tcase_add_test(steps, steps_are_numbered_from_one_without_gaps);
    tcase_add_test(steps, a_fresh_file_gets_the_whole_schema);
    tcase_add_test(steps, every_table_is_strict);
    tcase_add_test(steps, repeating_it_changes_nothing);
    tcase_add_test(steps, each_older_version_is_brought_up_to_date_with_its_rows);
    tcase_add_test(steps, a_newer_schema_is_refused_and_left_alone);
    tcase_add_test(steps, a_step_that_fails_leaves_nothing);
    tcase_add_test(steps, eight_processes_at_once_make_one_schema);
    return suite_run(suite);
}
