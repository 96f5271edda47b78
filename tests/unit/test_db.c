/* The database driver: parameters, errors, transactions and their parts, other processes. */
#include "base/instant.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/db.h"
#include "support.h"
#include <math.h>
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
    ck_assert_int_eq(db_open(db_path(), DB_CREATE, 2000, &db), ERR_NONE);
    ck_assert_int_eq(db_script(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER UNIQUE, "
                                   "r REAL, s TEXT CHECK (s <> 'bad') NOT NULL DEFAULT 'x',"
                                   "parent INTEGER REFERENCES t (id)) STRICT"),
                     ERR_NONE);
}

static void end(void)
{
    db_close(db);
    office_close();
}

static enum err add(int64_t n)
{
    return db_run(db, "INSERT INTO t (n) VALUES ($1)", DB_ARGS(db_int(n)));
}

/* So many rows in one transaction. */
static void add_many(int64_t rows)
{
    ck_assert_int_eq(db_begin(db), ERR_NONE);
    for (int64_t i = 0; i < rows; i++)
        ck_assert_int_eq(add(i), ERR_NONE);
    ck_assert_int_eq(db_commit(db), ERR_NONE);
}

static int64_t count(void)
{
    int64_t n;
    ck_assert_int_eq(db_get_int(db, "SELECT COUNT(*) FROM t", DB_NO_ARGS, &n), ERR_NONE);
    return n;
}

/* ---- parameters and values ---- */

START_TEST(parameters_go_by_their_numbers_in_any_order_and_repeated)
{
    static const struct {
        const char *sql;
        int64_t value; /* of $1 = 1, $2 = 20, $3 = 300 */
    } rows[] = {
        { "SELECT $1 + $2 + $3", 321 },
        { "SELECT $3 - $2 * $1", 280 },
        { "SELECT $2 + $2 + $2", 60 },
        { "SELECT $3 + $1 + $3", 601 },
        { "SELECT $3", 300 },
        { "SELECT 7", 7 },
        { "SELECT ($2 + $1) * $2", 420 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t value;
        ck_assert_int_eq(
            db_get_int(db, rows[i].sql, DB_ARGS(db_int(1), db_int(20), db_int(300)), &value),
            ERR_NONE);
        ck_assert_msg(value == rows[i].value, "%s: %lld", rows[i].sql, (long long)value);
    }
}
END_TEST

START_TEST(more_than_nine_parameters_are_told_apart)
{
    struct db_value values[40];
    char *sql = mem_strdup(office.mem, "SELECT 0");
    int64_t sum = 0, value;
    for (int i = 0; i < 40; i++) {
        values[i] = db_int((i + 1) * (i + 1));
        int coefficient = i % 7;
        sum += (int64_t)(i + 1) * (i + 1) * coefficient;
        mem_append(office.mem, &sql, " + %d * $%d", coefficient, i + 1);
    }
    ck_assert_int_eq(db_get_int(db, sql, values, 40, &value), ERR_NONE);
    ck_assert_int_eq(value, sum);
}
END_TEST

/* The sum of so many parameters, each of which is 1. */
static enum err sum_of(size_t count, int64_t *sum)
{
    struct db_value values[300];
    void *mem = mem_context(NULL);
    char *sql = mem_strdup(mem, "SELECT 0");
    for (size_t i = 0; i < count; i++) {
        values[i] = db_int(1);
        mem_append(mem, &sql, " + $%zu", i + 1);
    }
    enum err err = db_get_int(db, sql, values, count, sum);
    mem_free(mem);
    return err;
}

START_TEST(many_parameters_are_taken_and_too_many_refused)
{
    int64_t sum = 0;
    ck_assert_int_eq(sum_of(66, &sum), ERR_NONE);
    ck_assert_int_eq(sum, 66);
    ck_assert_int_eq(sum_of(255, &sum), ERR_NONE);
    ck_assert_int_eq(sum, 255);
    ck_assert_int_eq(sum_of(256, &sum), ERR_FAILED);
}
END_TEST

START_TEST(a_parameter_without_a_value_is_a_failure)
{
    int64_t value;
    log_set_level(LOG_ERROR);
    ck_assert_int_eq(db_get_int(db, "SELECT $2", DB_ARGS(db_int(1)), &value), ERR_FAILED);
    /* and the connection is as good as before */
    ck_assert_int_eq(db_get_int(db, "SELECT $2", DB_ARGS(db_int(1), db_int(2)), &value), ERR_NONE);
    ck_assert_int_eq(value, 2);
}
END_TEST

START_TEST(what_is_not_known_is_null_both_ways)
{
    struct db_rows *rows;
    ck_assert_int_eq(db_select(db, "SELECT $1, $2, $3, $1 IS NULL, $2 IS NULL, $3 IS NULL",
                               DB_ARGS(db_int(NO_VALUE), db_real(NAN), db_text(NULL)), &rows),
                     ERR_NONE);
    ck_assert(db_next(rows));
    ck_assert_int_eq(db_column_count(rows), 6);
    ck_assert(db_int_at(rows, 0) == NO_VALUE);
    ck_assert(isnan(db_real_at(rows, 1)));
    ck_assert_ptr_null(db_text_at(office.mem, rows, 2));
    for (int i = 3; i < 6; i++)
        ck_assert_int_eq(db_int_at(rows, i), 1);
    ck_assert(!db_next(rows));
    ck_assert_int_eq(db_done(rows), ERR_NONE);
}
END_TEST

START_TEST(values_come_back_as_they_went)
{
    static const int64_t integers[] = { 0, -1, INT64_MAX, INT64_MIN + 1 };
    static const double reals[] = { 0, -0.5, 1e300, 5e-324 };
    static const char *const texts[] = { "", "a'b\"c", "caf\xc3\xa9 \xf0\x9f\x98\x80", "%s$1?",
                                         "'; DROP TABLE t; --" };
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct db_rows *rows;
        ck_assert_int_eq(
            db_select(db, "SELECT $1, $2, $3",
                      DB_ARGS(db_int(integers[i % 4]), db_real(reals[i % 4]), db_text(texts[i])),
                      &rows),
            ERR_NONE);
        ck_assert(db_next(rows));
        ck_assert_int_eq(db_int_at(rows, 0), integers[i % 4]);
        ck_assert_double_eq(db_real_at(rows, 1), reals[i % 4]);
        ck_assert_str_eq(db_text_at(office.mem, rows, 2), texts[i]);
        ck_assert_int_eq(db_done(rows), ERR_NONE);
    }
}
END_TEST

/* ---- statements ---- */

START_TEST(a_query_may_run_inside_itself)
{
    struct db_rows *outer, *inner;
    int64_t seen = 0;
    static const char sql[] = "SELECT id FROM t ORDER BY id";
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(add(i), ERR_NONE);
    ck_assert_int_eq(db_select(db, sql, DB_NO_ARGS, &outer), ERR_NONE);
    while (db_next(outer)) {
        ck_assert_int_eq(db_select(db, sql, DB_NO_ARGS, &inner), ERR_NONE);
        while (db_next(inner))
            seen += db_int_at(inner, 0) * db_int_at(outer, 0);
        ck_assert_int_eq(db_done(inner), ERR_NONE);
    }
    ck_assert_int_eq(db_done(outer), ERR_NONE);
    ck_assert_int_eq(seen, 36);
}
END_TEST

START_TEST(more_statements_than_are_kept_still_run)
{
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 400; i++) {
            char sql[40];
            int64_t value;
            snprintf(sql, sizeof sql, "SELECT %d + $1", i);
            ck_assert_int_eq(db_get_int(db, sql, DB_ARGS(db_int(1)), &value), ERR_NONE);
            ck_assert_int_eq(value, i + 1);
        }
}
END_TEST

START_TEST(no_row_is_not_found_and_a_bad_statement_a_failure)
{
    int64_t value;
    ck_assert_int_eq(db_get_int(db, "SELECT id FROM t WHERE id = $1", DB_ARGS(db_int(1)), &value),
                     ERR_NOT_FOUND);
    ck_assert_int_eq(db_run(db, "SELEKT 1", DB_NO_ARGS), ERR_FAILED);
    ck_assert_int_eq(db_run(db, "SELECT * FROM nowhere", DB_NO_ARGS), ERR_FAILED);
    ck_assert_int_eq(db_done(NULL), ERR_NONE);
}
END_TEST

START_TEST(changes_are_counted)
{
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(add(i), ERR_NONE);
    ck_assert_int_eq(db_run(db, "UPDATE t SET r = 1 WHERE n < $1", DB_ARGS(db_int(3))), ERR_NONE);
    ck_assert_int_eq(db_changes(db), 3);
    ck_assert_int_eq(db_run(db, "DELETE FROM t WHERE n = $1", DB_ARGS(db_int(99))), ERR_NONE);
    ck_assert_int_eq(db_changes(db), 0);
}
END_TEST

/* ---- rules ---- */

START_TEST(rules_of_the_schema_are_conflicts_or_invalid)
{
    ck_assert_int_eq(add(1), ERR_NONE);
    ck_assert_int_eq(add(1), ERR_CONFLICT);
    ck_assert_int_eq(db_run(db, "INSERT INTO t (id) VALUES (1)", DB_NO_ARGS), ERR_CONFLICT);
    ck_assert_int_eq(db_run(db, "INSERT INTO t (parent) VALUES (77)", DB_NO_ARGS), ERR_CONFLICT);
    ck_assert_int_eq(db_run(db, "INSERT INTO t (s) VALUES ('bad')", DB_NO_ARGS), ERR_INVALID);
    ck_assert_int_eq(db_run(db, "INSERT INTO t (s) VALUES (NULL)", DB_NO_ARGS), ERR_INVALID);
    ck_assert_int_eq(db_run(db, "INSERT INTO t (n) VALUES ('text')", DB_NO_ARGS), ERR_INVALID);
    ck_assert_int_eq(count(), 1);
}
END_TEST

START_TEST(a_read_connection_cannot_write)
{
    struct db *reader;
    ck_assert_int_eq(db_open(db_path(), DB_READ, 100, &reader), ERR_NONE);
    ck_assert_int_ne(db_run(reader, "INSERT INTO t (n) VALUES (1)", DB_NO_ARGS), ERR_NONE);
    db_close(reader);
    ck_assert_int_eq(count(), 0);
}
END_TEST

START_TEST(a_file_that_is_missing_or_no_database_cannot_be_opened)
{
    struct db *other = NULL;
    ck_assert_int_ne(
        db_open(mem_printf(office.mem, "%s/none.db", office.folder), DB_READ, 100, &other),
        ERR_NONE);
    ck_assert_ptr_null(other);
    ck_assert_int_ne(
        db_open(mem_printf(office.mem, "%s/none.db", office.folder), DB_WRITE, 100, &other),
        ERR_NONE);
    ck_assert_int_ne(access(mem_printf(office.mem, "%s/none.db", office.folder), F_OK), 0);
    ck_assert_int_ne(
        db_open(mem_printf(office.mem, "%s/no/such.db", office.folder), DB_CREATE, 100, &other),
        ERR_NONE);
    const char *path = file_write("not.db",
                                  "this is certainly not a database, is it? "
                                  "It goes on for quite a while to make sure of that. "
                                  "One hundred bytes are what SQLite's header takes.",
                                  0600);
    ck_assert_int_ne(db_open(path, DB_WRITE, 100, &other), ERR_NONE);
    ck_assert_ptr_null(other);
    db_close(NULL);
}
END_TEST

/* What the log says of a file that cannot be opened. */
static const char *opening_said(const char *path, enum db_mode mode)
{
    struct db *other = NULL;
    FILE *said = tmpfile();
    int kept = dup(STDERR_FILENO);
    ck_assert(said && kept >= 0 && dup2(fileno(said), STDERR_FILENO) >= 0);
    enum err err = db_open(path, mode, 100, &other);
    dup2(kept, STDERR_FILENO);
    close(kept);
    ck_assert_int_ne(err, ERR_NONE);
    char *line = mem_bytes(office.mem, 1024);
    rewind(said);
    line[fread(line, 1, 1023, said)] = '\0';
    fclose(said);
    return line;
}

START_TEST(what_cannot_be_opened_is_told_with_what_to_do)
{
    static const char missing[] =
        "detail=\"there is no such file: put a backup there, or run ai-realtor init\"";
    const char *none = mem_printf(office.mem, "%s/none.db", office.folder);
    const char *said = opening_said(none, DB_WRITE);
    ck_assert_ptr_nonnull(strstr(said, "event=database_unusable"));
    ck_assert_ptr_nonnull(strstr(said, mem_printf(office.mem, "file=\"%s\"", none)));
    ck_assert_ptr_nonnull(strstr(said, missing));
    ck_assert_ptr_nonnull(strstr(opening_said(none, DB_READ), missing));
    const char *text =
        file_write("text.db", "this is no database, and says so at some length", 0600);
    said = opening_said(text, DB_WRITE);
    ck_assert_ptr_null(strstr(said, "there is no such file"));
    ck_assert_ptr_nonnull(strstr(said, "it is damaged, or no database; restore a backup"));
    ck_assert_ptr_null(strstr(opening_said(office.folder, DB_WRITE), "there is no such file"));
}
END_TEST

/* ---- transactions and their parts ---- */

START_TEST(a_rollback_leaves_nothing_and_a_commit_all)
{
    ck_assert_int_eq(db_begin(db), ERR_NONE);
    ck_assert(db_in_transaction(db));
    ck_assert_int_eq(add(1), ERR_NONE);
    db_rollback(db);
    ck_assert(!db_in_transaction(db));
    ck_assert_int_eq(count(), 0);
    ck_assert_int_eq(db_begin(db), ERR_NONE);
    ck_assert_int_eq(add(1), ERR_NONE);
    ck_assert_int_eq(db_commit(db), ERR_NONE);
    ck_assert(!db_in_transaction(db));
    ck_assert_int_eq(count(), 1);
    db_rollback(db);
    db_part_undo(db);
    ck_assert_int_eq(count(), 1);
}
END_TEST

START_TEST(parts_are_kept_or_undone_alone)
{
    ck_assert_int_eq(db_begin(db), ERR_NONE);
    for (int i = 0; i < 6; i++) {
        ck_assert_int_eq(db_part_begin(db), ERR_NONE);
        ck_assert_int_eq(add(i), ERR_NONE);
        if (i % 2)
            db_part_undo(db);
        else
            ck_assert_int_eq(db_part_keep(db), ERR_NONE);
    }
    ck_assert_int_eq(db_commit(db), ERR_NONE);
    ck_assert_int_eq(count(), 3);
}
END_TEST

START_TEST(a_part_within_a_part_is_undone_without_the_outer_one)
{
    ck_assert_int_eq(db_begin(db), ERR_NONE);
    ck_assert_int_eq(db_part_begin(db), ERR_NONE);
    ck_assert_int_eq(add(1), ERR_NONE);
    ck_assert_int_eq(db_part_begin(db), ERR_NONE);
    ck_assert_int_eq(add(2), ERR_NONE);
    db_part_undo(db);
    ck_assert_int_eq(db_part_keep(db), ERR_NONE);
    ck_assert_int_eq(db_commit(db), ERR_NONE);
    ck_assert_int_eq(count(), 1);
}
END_TEST

START_TEST(a_rule_broken_in_a_part_does_not_end_the_transaction)
{
    ck_assert_int_eq(db_begin(db), ERR_NONE);
    ck_assert_int_eq(add(1), ERR_NONE);
    ck_assert_int_eq(db_part_begin(db), ERR_NONE);
    ck_assert_int_eq(add(2), ERR_NONE);
    ck_assert_int_eq(add(1), ERR_CONFLICT);
    db_part_undo(db);
    ck_assert(db_in_transaction(db));
    ck_assert_int_eq(db_commit(db), ERR_NONE);
    ck_assert_int_eq(count(), 1);
}
END_TEST

START_TEST(readers_see_what_is_committed)
{
    struct db *reader;
    int64_t n;
    ck_assert_int_eq(db_open(db_path(), DB_READ, 100, &reader), ERR_NONE);
    ck_assert_int_eq(db_begin(db), ERR_NONE);
    ck_assert_int_eq(add(1), ERR_NONE);
    ck_assert_int_eq(db_get_int(reader, "SELECT COUNT(*) FROM t", DB_NO_ARGS, &n), ERR_NONE);
    ck_assert_int_eq(n, 0);
    ck_assert_int_eq(db_commit(db), ERR_NONE);
    ck_assert_int_eq(db_get_int(reader, "SELECT COUNT(*) FROM t", DB_NO_ARGS, &n), ERR_NONE);
    ck_assert_int_eq(n, 1);
    db_close(reader);
}
END_TEST

START_TEST(a_full_disk_is_told_and_undone)
{
    ck_assert_int_eq(db_script(db, "PRAGMA max_page_count = 20"), ERR_NONE);
    char *much = mem_bytes(office.mem, 200001);
    memset(much, 'a', 200000);
    much[200000] = '\0';
    ck_assert_int_eq(db_begin(db), ERR_NONE);
    ck_assert_int_eq(add(1), ERR_NONE);
    ck_assert_int_eq(db_run(db, "INSERT INTO t (s) VALUES ($1)", DB_ARGS(db_text(much))), ERR_FULL);
    db_rollback(db);
    ck_assert_int_eq(count(), 0);
    ck_assert_int_eq(db_begin(db), ERR_NONE);
    ck_assert_int_eq(add(2), ERR_NONE);
    ck_assert_int_eq(db_commit(db), ERR_NONE);
}
END_TEST

/* ---- other processes ---- */

/* Forks; the child runs `work` on a connection of its own and exits with what that says. */
static pid_t child_start(int (*work)(struct db *mine, int fd), int fd)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    struct db *mine;
    if (db_open(db_path(), DB_WRITE, 200, &mine))
        _exit(99);
    int code = work(mine, fd);
    db_close(mine);
    _exit(code);
}

static int child_end(pid_t pid)
{
    int status;
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static int begin_only(struct db *mine, int fd)
{
    (void)fd;
    int64_t began = monotonic_ms();
    enum err err = db_begin(mine);
    int64_t took = monotonic_ms() - began;
    if (err == ERR_NONE)
        db_rollback(mine);
    return err != ERR_BUSY ? 1 : took < 150 ? 2 : took > 3000 ? 3 : 0;
}

START_TEST(another_process_waits_its_time_and_is_told_busy)
{
    ck_assert_int_eq(db_begin(db), ERR_NONE);
    ck_assert_int_eq(add(1), ERR_NONE);
    ck_assert_int_eq(child_end(child_start(begin_only, -1)), 0);
    ck_assert_int_eq(db_commit(db), ERR_NONE);
}
END_TEST

static int begin_and_write(struct db *mine, int fd)
{
    char ready = 'r';
    if (db_begin(mine) || db_run(mine, "INSERT INTO t (n) VALUES (1000)", DB_NO_ARGS))
        return 1;
    if (write(fd, &ready, 1) != 1)
        return 2;
    usleep(100000);
    return db_commit(mine) != ERR_NONE;
}

START_TEST(a_writer_gets_its_turn_when_the_other_is_done)
{
    int ends[2];
    char ready;
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = child_start(begin_and_write, ends[1]);
    ck_assert_int_eq(read(ends[0], &ready, 1), 1);
    ck_assert_int_eq(db_begin(db), ERR_NONE);
    ck_assert_int_eq(add(1), ERR_NONE);
    ck_assert_int_eq(db_commit(db), ERR_NONE);
    ck_assert_int_eq(child_end(child), 0);
    ck_assert_int_eq(count(), 2);
}
END_TEST

static int die_writing(struct db *mine, int fd)
{
    (void)fd;
    if (db_begin(mine) || db_run(mine, "INSERT INTO t (n) VALUES (1000)", DB_NO_ARGS))
        return 1;
    _exit(0);
}

START_TEST(a_writer_that_died_leaves_nothing_and_blocks_nobody)
{
    ck_assert_int_eq(child_end(child_start(die_writing, -1)), 0);
    ck_assert_int_eq(db_begin(db), ERR_NONE);
    ck_assert_int_eq(add(1), ERR_NONE);
    ck_assert_int_eq(db_commit(db), ERR_NONE);
    ck_assert_int_eq(count(), 1);
}
END_TEST

static int write_twenty(struct db *mine, int fd)
{
    (void)fd;
    for (int i = 0; i < 20; i++) {
        enum err err;
        while ((err = db_begin(mine)) == ERR_BUSY)
            ;
        if (err || db_run(mine, "INSERT INTO t (r) VALUES (1)", DB_NO_ARGS) || db_commit(mine))
            return 1;
    }
    return 0;
}

START_TEST(four_writers_at_once_lose_nothing)
{
    pid_t children[4];
    for (int i = 0; i < 4; i++)
        children[i] = child_start(write_twenty, -1);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(child_end(children[i]), 0);
    ck_assert_int_eq(count(), 80);
}
END_TEST

/* ---- upkeep ---- */

START_TEST(a_backup_is_a_whole_database_in_one_file)
{
    const char *path = mem_printf(office.mem, "%s/copy.db", office.folder), *finding;
    struct db *copy;
    int64_t n;
    add_many(100);
    ck_assert_int_eq(db_backup(db, path), ERR_NONE);
    ck_assert_int_ne(access(mem_printf(office.mem, "%s-wal", path), F_OK), 0);
    ck_assert_int_eq(add(100), ERR_NONE);
    ck_assert_int_eq(db_open(path, DB_READ, 100, &copy), ERR_NONE);
    ck_assert_int_eq(db_get_int(copy, "SELECT COUNT(*) FROM t", DB_NO_ARGS, &n), ERR_NONE);
    ck_assert_int_eq(n, 100);
    ck_assert_int_eq(db_check(copy, office.mem, &finding), ERR_NONE);
    ck_assert_str_eq(finding, "ok");
    db_close(copy);
}
END_TEST

START_TEST(a_backup_replaces_what_an_older_one_holds)
{
    const char *path = mem_printf(office.mem, "%s/copy.db", office.folder);
    struct db *copy;
    int64_t n;
    ck_assert_int_eq(add(1), ERR_NONE);
    ck_assert_int_eq(db_backup(db, path), ERR_NONE);
    ck_assert_int_eq(add(2), ERR_NONE);
    ck_assert_int_eq(db_backup(db, path), ERR_NONE);
    ck_assert_int_eq(db_open(path, DB_READ, 100, &copy), ERR_NONE);
    ck_assert_int_eq(db_get_int(copy, "SELECT COUNT(*) FROM t", DB_NO_ARGS, &n), ERR_NONE);
    ck_assert_int_eq(n, 2);
    db_close(copy);
}
END_TEST

START_TEST(a_backup_that_cannot_be_written_is_a_failure)
{
    ck_assert_int_ne(db_backup(db, mem_printf(office.mem, "%s/no/such.db", office.folder)),
                     ERR_NONE);
    ck_assert_int_eq(add(1), ERR_NONE);
}
END_TEST

START_TEST(damage_is_found)
{
    const char *finding = "ok";
    add_many(2000);
    db_close(db);
    FILE *file = fopen(db_path(), "r+b");
    ck_assert_int_eq(fseek(file, 3 * 4096, SEEK_SET), 0);
    for (int i = 0; i < 4096; i++)
        fputc(0x55, file);
    fclose(file);
    ck_assert_int_eq(db_open(db_path(), DB_WRITE, 100, &db), ERR_NONE);
    enum err err = db_check(db, office.mem, &finding);
    ck_assert_msg(err || strcmp(finding, "ok") != 0, "nothing was found");
    ck_assert_int_ne(db_backup(db, mem_printf(office.mem, "%s/copy.db", office.folder)), ERR_NONE);
}
END_TEST

/* ---- memos ---- */

START_TEST(memos_are_kept_by_owner_and_kind)
{
    static const int owners[2];
    char text[] = "first";
    ck_assert_ptr_null(db_memo_get(db, &owners[0], 0));
    ck_assert_str_eq(db_memo_put(db, &owners[0], 0, text), "first");
    text[0] = 'F'; /* it was copied */
    db_memo_put(db, &owners[0], 1, "second");
    db_memo_put(db, &owners[1], 0, "third");
    ck_assert_str_eq(db_memo_get(db, &owners[0], 0), "first");
    ck_assert_str_eq(db_memo_get(db, &owners[0], 1), "second");
    ck_assert_str_eq(db_memo_get(db, &owners[1], 0), "third");
    ck_assert_ptr_null(db_memo_get(db, &owners[1], 1));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db");
    TCase *statements = tcase_create("statements"), *transactions = tcase_create("transactions"),
          *processes = tcase_create("processes"), *upkeep = tcase_create("upkeep");
    TCase *all[] = { statements, transactions, processes, upkeep };
    for (size_t i = 0; i < COUNT(all); i++) {
        tcase_add_checked_fixture(all[i], begin, end);
        tcase_set_timeout(all[i], 60);
        suite_add_tcase(suite, all[i]);
    }
    tcase_add_test(statements, parameters_go_by_their_numbers_in_any_order_and_repeated);
    tcase_add_test(statements, more_than_nine_parameters_are_told_apart);
    tcase_add_test(statements, many_parameters_are_taken_and_too_many_refused);
    tcase_add_test(statements, a_parameter_without_a_value_is_a_failure);
    tcase_add_test(statements, what_is_not_known_is_null_both_ways);
    tcase_add_test(statements, values_come_back_as_they_went);
    tcase_add_test(statements, a_query_may_run_inside_itself);
    tcase_add_test(statements, more_statements_than_are_kept_still_run);
    tcase_add_test(statements, no_row_is_not_found_and_a_bad_statement_a_failure);
    tcase_add_test(statements, changes_are_counted);
    tcase_add_test(statements, rules_of_the_schema_are_conflicts_or_invalid);
    tcase_add_test(statements, a_read_connection_cannot_write);
    tcase_add_test(statements, a_file_that_is_missing_or_no_database_cannot_be_opened);
    tcase_add_test(statements, what_cannot_be_opened_is_told_with_what_to_do);
    tcase_add_test(transactions, a_rollback_leaves_nothing_and_a_commit_all);
    tcase_add_test(transactions, parts_are_kept_or_undone_alone);
    tcase_add_test(transactions, a_part_within_a_part_is_undone_without_the_outer_one);
    tcase_add_test(transactions, a_rule_broken_in_a_part_does_not_end_the_transaction);
    tcase_add_test(transactions, readers_see_what_is_committed);
    tcase_add_test(transactions, a_full_disk_is_told_and_undone);
    tcase_add_test(processes, another_process_waits_its_time_and_is_told_busy);
    tcase_add_test(processes, a_writer_gets_its_turn_when_the_other_is_done);
    tcase_add_test(processes, a_writer_that_died_leaves_nothing_and_blocks_nobody);
    tcase_add_test(processes, four_writers_at_once_lose_nothing);
    tcase_add_test(upkeep, a_backup_is_a_whole_database_in_one_file);
    tcase_add_test(upkeep, a_backup_replaces_what_an_older_one_holds);
    tcase_add_test(upkeep, a_backup_that_cannot_be_written_is_a_failure);
    tcase_add_test(upkeep, damage_is_found);
    tcase_add_test(upkeep, memos_are_kept_by_owner_and_kind);
    return suite_run(suite);
}
