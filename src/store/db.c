/* The SQLite driver. */
#include "store/db.h"
#include "base/instant.h"
#include "base/log.h"
#include "base/mem.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/file.h>
#include <sys/time.h>
#include <unistd.h>

enum { STATEMENTS_MAX = 256, ARGS_MAX = 64, MEMOS_MAX = 64 };

/* A prepared statement. slots[i] is the number n of the $n that SQLite knows as parameter i+1:
 * SQLite numbers named parameters by first appearance. */
struct db_rows {
    struct db *db;
    const char *sql;
    sqlite3_stmt *stmt;
    unsigned char slots[ARGS_MAX];
    int slot_count;
    bool busy;
    bool kept;
    int code;
};

struct memo {
    const void *owner;
    int kind;
    const char *text;
};

struct db {
    sqlite3 *sqlite;
    int lock_fd; /* -1 on a read connection */
    int busy_ms;
    struct db_rows *statements[STATEMENTS_MAX];
    struct memo memos[MEMOS_MAX];
    size_t memo_count;
};

static enum err code_to_err(const struct db *db, int code, const char *doing)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ERR_NONE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_NOMEM:
        mem_exhausted();
    default:
        break;
    }
    int extended = db->sqlite ? sqlite3_extended_errcode(db->sqlite) : code;
    if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY ||
        extended == SQLITE_CONSTRAINT_FOREIGNKEY)
        return ERR_CONFLICT;
    /* SQLite's message names tables and columns, never their content. */
    log_line(LOG_ERROR, "database", "doing=%s code=%d detail=\"%s\"", doing, extended,
             db->sqlite ? sqlite3_errmsg(db->sqlite) : sqlite3_errstr(code));
    switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return ERR_FULL;
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
        return ERR_INVALID;
    default:
        return ERR_FAILED;
    }
}

/* ---- opening ---- */

/* The order matters: with the timeout set after the switch to WAL, processes that start together
 * fail. */
static enum err connection_set_up(struct db *db, enum db_mode mode)
{
    sqlite3_extended_result_codes(db->sqlite, 1);
    sqlite3_busy_timeout(db->sqlite, db->busy_ms);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_limit(db->sqlite, SQLITE_LIMIT_ATTACHED, 0);
    /* temp_store: what a part may have to undo is kept in memory, not in a file of its own. */
    static const char write_mode[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                                     "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
                                     "PRAGMA temp_store=MEMORY";
    static const char read_mode[] = "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY";
    return db_script(db, mode == DB_WRITE ? write_mode : read_mode);
}

static enum err lock_open(struct db *db, const char *path)
{
    char *lock = mem_printf(db, "%s-lock", path);
    db->lock_fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (db->lock_fd >= 0)
        return ERR_NONE;
    log_line(LOG_ERROR, "database", "doing=lock_open detail=\"%s\"", strerror(errno));
    return ERR_FULL;
}

enum err db_open(const char *path, enum db_mode mode, int busy_ms, struct db **out)
{
    struct db *db = mem_new(NULL, struct db);
    db->lock_fd = -1;
    db->busy_ms = busy_ms;
    *out = NULL;
    int flags =
        mode == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
    int code = sqlite3_open_v2(path, &db->sqlite, flags | SQLITE_OPEN_NOMUTEX, NULL);
    enum err err = code == SQLITE_OK ? ERR_NONE : code_to_err(db, code, "open");
    if (!err && mode == DB_WRITE)
        err = lock_open(db, path);
    if (!err)
        err = connection_set_up(db, mode);
    if (err) {
        db_close(db);
        return err;
    }
    *out = db;
    return ERR_NONE;
}

static void statement_free(struct db_rows *rows)
{
    sqlite3_finalize(rows->stmt);
    mem_free(rows);
}

void db_close(struct db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < STATEMENTS_MAX; i++)
        if (db->statements[i])
            statement_free(db->statements[i]);
    sqlite3_close(db->sqlite);
    if (db->lock_fd >= 0)
        close(db->lock_fd);
    mem_free(db);
}

/* ---- values ---- */

struct db_value db_int(int64_t value)
{
    return (struct db_value){ .type = value == NO_VALUE ? DB_TYPE_NULL : DB_TYPE_INT,
                              .integer = value };
}

struct db_value db_real(double value)
{
    return (struct db_value){ .type = isnan(value) ? DB_TYPE_NULL : DB_TYPE_REAL, .real = value };
}

struct db_value db_text(const char *value)
{
    return (struct db_value){ .type = value ? DB_TYPE_TEXT : DB_TYPE_NULL, .text = value };
}

/* ---- statements ---- */

/* Enough of the text to tell statements apart quickly: its length, its beginning and its end. */
static size_t sql_hash(const char *sql)
{
    enum { BEGINNING = 24, END = 40 };
    size_t len = strlen(sql), hash = len;
    size_t tail = len > END ? len - END : 0;
    for (size_t i = 0; i < len && i < BEGINNING; i++)
        hash = hash * 31 + (unsigned char)sql[i];
    for (size_t i = tail; i < len; i++)
        hash = hash * 31 + (unsigned char)sql[i];
    return hash;
}

static enum err statement_prepare(struct db *db, const char *sql, struct db_rows **out)
{
    struct db_rows *rows = mem_new(db, struct db_rows);
    rows->db = db;
    rows->sql = mem_strdup(rows, sql);
    int code =
        sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &rows->stmt, NULL);
    if (code != SQLITE_OK) {
        mem_free(rows);
        return code_to_err(db, code, "prepare");
    }
    rows->slot_count = sqlite3_bind_parameter_count(rows->stmt);
    for (int i = 0; i < rows->slot_count && i < ARGS_MAX; i++) {
        const char *name = sqlite3_bind_parameter_name(rows->stmt, i + 1);
        rows->slots[i] = (unsigned char)strtol(name + 1, NULL, 10);
    }
    *out = rows;
    return ERR_NONE;
}

/* The kept statement for sql, or a new one; one that is in use is left alone. */
static enum err statement_take(struct db *db, const char *sql, struct db_rows **rows)
{
    size_t home = sql_hash(sql) % STATEMENTS_MAX;
    for (size_t i = 0; i < STATEMENTS_MAX; i++) {
        struct db_rows **place = &db->statements[(home + i) % STATEMENTS_MAX];
        if (*place && ((*place)->busy || strcmp((*place)->sql, sql) != 0))
            continue;
        enum err err = *place ? ERR_NONE : statement_prepare(db, sql, place);
        if (err)
            return err;
        (*place)->kept = true;
        *rows = *place;
        return ERR_NONE;
    }
    return statement_prepare(db, sql, rows);
}

static int value_bind(sqlite3_stmt *stmt, int place, const struct db_value *value)
{
    switch (value->type) {
    case DB_TYPE_INT:
        return sqlite3_bind_int64(stmt, place, value->integer);
    case DB_TYPE_REAL:
        return sqlite3_bind_double(stmt, place, value->real);
    case DB_TYPE_TEXT:
        return sqlite3_bind_text(stmt, place, value->text, -1, SQLITE_STATIC);
    default:
        return sqlite3_bind_null(stmt, place);
    }
}

enum err db_select(struct db *db, const char *sql, const struct db_value *args, size_t count,
                   struct db_rows **out)
{
    struct db_rows *rows = NULL;
    *out = NULL;
    enum err err = statement_take(db, sql, &rows);
    if (err)
        return err;
    rows->busy = true;
    rows->code = SQLITE_OK;
    for (int i = 0; i < rows->slot_count && rows->code == SQLITE_OK; i++) {
        size_t n = rows->slots[i];
        rows->code =
            n >= 1 && n <= count ? value_bind(rows->stmt, i + 1, &args[n - 1]) : SQLITE_RANGE;
    }
    if (rows->code != SQLITE_OK)
        return db_done(rows);
    *out = rows;
    return ERR_NONE;
}

bool db_next(struct db_rows *rows)
{
    rows->code = sqlite3_step(rows->stmt);
    return rows->code == SQLITE_ROW;
}

enum err db_done(struct db_rows *rows)
{
    if (!rows)
        return ERR_NONE;
    enum err err = code_to_err(rows->db, rows->code, "step");
    sqlite3_reset(rows->stmt);
    sqlite3_clear_bindings(rows->stmt);
    rows->busy = false;
    if (!rows->kept)
        statement_free(rows);
    return err;
}

enum err db_run(struct db *db, const char *sql, const struct db_value *args, size_t count)
{
    struct db_rows *rows;
    enum err err = db_select(db, sql, args, count, &rows);
    if (err)
        return err;
    while (db_next(rows))
        ;
    return db_done(rows);
}

int64_t db_changes(const struct db *db)
{
    return sqlite3_changes64(db->sqlite);
}

enum err db_script(struct db *db, const char *sql)
{
    return code_to_err(db, sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL), "script");
}

int db_column_count(const struct db_rows *rows)
{
    return sqlite3_column_count(rows->stmt);
}

static bool is_null(const struct db_rows *rows, int column)
{
    return sqlite3_column_type(rows->stmt, column) == SQLITE_NULL;
}

int64_t db_int_at(const struct db_rows *rows, int column)
{
    return is_null(rows, column) ? NO_VALUE : sqlite3_column_int64(rows->stmt, column);
}

double db_real_at(const struct db_rows *rows, int column)
{
    return is_null(rows, column) ? NAN : sqlite3_column_double(rows->stmt, column);
}

const char *db_text_at(void *mem, const struct db_rows *rows, int column)
{
    const char *text = (const char *)sqlite3_column_text(rows->stmt, column);
    return text ? mem_strndup(mem, text, (size_t)sqlite3_column_bytes(rows->stmt, column)) : NULL;
}

enum err db_get_int(struct db *db, const char *sql, const struct db_value *args, size_t count,
                    int64_t *value)
{
    struct db_rows *rows;
    enum err err = db_select(db, sql, args, count, &rows);
    if (err)
        return err;
    bool found = db_next(rows);
    if (found)
        *value = db_int_at(rows, 0);
    err = db_done(rows);
    return err ? err : found ? ERR_NONE : ERR_NOT_FOUND;
}

/* ---- transactions ---- */

static void alarm_ignore(int signal)
{
    (void)signal;
}

/* Arms or (0) disarms a timer whose signal ends a blocking call; SA_RESTART would defeat it. */
static void alarm_set(int ms)
{
    struct sigaction action = { .sa_handler = alarm_ignore };
    struct itimerval timer = { .it_value = { .tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000 } };
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
}

/* Waits for the lock file, which queues writers in order, at most busy_ms. */
static enum err turn_wait(const struct db *db)
{
    if (flock(db->lock_fd, LOCK_EX | LOCK_NB) == 0)
        return ERR_NONE;
    int64_t deadline = monotonic_ms() + db->busy_ms;
    int taken;
    alarm_set(db->busy_ms > 0 ? db->busy_ms : 1);
    do
        taken = flock(db->lock_fd, LOCK_EX);
    while (taken != 0 && errno == EINTR && monotonic_ms() < deadline);
    alarm_set(0);
    return taken == 0 ? ERR_NONE : ERR_BUSY;
}

enum err db_begin(struct db *db)
{
    enum err err = turn_wait(db);
    if (!err)
        err = db_run(db, "BEGIN IMMEDIATE", DB_NO_ARGS);
    if (err)
        flock(db->lock_fd, LOCK_UN);
    return err;
}

enum err db_commit(struct db *db)
{
    enum err err = db_run(db, "COMMIT", DB_NO_ARGS);
    if (err)
        db_rollback(db);
    else
        flock(db->lock_fd, LOCK_UN);
    return err;
}

void db_rollback(struct db *db)
{
    /* A full disk may have rolled back already; then there is nothing left to undo. */
    if (db_in_transaction(db) && db_run(db, "ROLLBACK", DB_NO_ARGS) != ERR_NONE)
        log_line(LOG_ERROR, "database", "doing=rollback");
    flock(db->lock_fd, LOCK_UN);
}

bool db_in_transaction(const struct db *db)
{
    return !sqlite3_get_autocommit(db->sqlite);
}

enum err db_part_begin(struct db *db)
{
    return db_run(db, "SAVEPOINT part", DB_NO_ARGS);
}

enum err db_part_keep(struct db *db)
{
    return db_run(db, "RELEASE part", DB_NO_ARGS);
}

void db_part_undo(struct db *db)
{
    if (!db_in_transaction(db))
        return;
    if (db_run(db, "ROLLBACK TO part", DB_NO_ARGS) || db_run(db, "RELEASE part", DB_NO_ARGS))
        log_line(LOG_ERROR, "database", "doing=part_undo");
}

/* ---- upkeep ---- */

enum err db_check(struct db *db, void *mem, const char **finding)
{
    struct db_rows *rows;
    enum err err = db_select(db, "PRAGMA integrity_check(1)", DB_NO_ARGS, &rows);
    if (err)
        return err;
    *finding = db_next(rows) ? db_text_at(mem, rows, 0) : "no answer";
    return db_done(rows);
}

static enum err backup_copy(struct db *db, struct db *copy)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy->sqlite, "main", db->sqlite, "main");
    if (!backup)
        return code_to_err(copy, sqlite3_errcode(copy->sqlite), "backup");
    int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    return code_to_err(copy, code, "backup");
}

enum err db_backup(struct db *db, const char *path)
{
    struct db *copy = mem_new(NULL, struct db);
    copy->lock_fd = -1;
    const char *finding = "ok";
    int code =
        sqlite3_open_v2(path, &copy->sqlite, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    enum err err = code_to_err(copy, code, "backup_open");
    if (!err)
        err = backup_copy(db, copy);
    if (!err) /* one plain file is easier to carry off than a WAL pair */
        err = db_script(copy, "PRAGMA journal_mode=DELETE");
    if (!err)
        err = db_check(copy, copy, &finding);
    if (!err && strcmp(finding, "ok") != 0) {
        log_line(LOG_ERROR, "database", "doing=backup_check detail=\"%s\"", finding);
        err = ERR_FAILED;
    }
    db_close(copy);
    return err;
}

const char *db_memo_get(const struct db *db, const void *owner, int kind)
{
    for (size_t i = 0; i < db->memo_count; i++)
        if (db->memos[i].owner == owner && db->memos[i].kind == kind)
            return db->memos[i].text;
    return NULL;
}

const char *db_memo_put(struct db *db, const void *owner, int kind, const char *text)
{
    assert(db->memo_count < MEMOS_MAX);
    db->memos[db->memo_count++] = (struct memo){ owner, kind, mem_strdup(db, text) };
    return db->memos[db->memo_count - 1].text;
}
