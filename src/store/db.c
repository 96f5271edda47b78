/* The SQLite driver: what its codes mean, turns and transactions, and what is remembered with a
 * connection. */
#include "base/instant.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/db_sqlite.h"
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/time.h>

enum err db_code_err(const struct db *db, int code, const char *doing)
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
    bool damaged = (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
    log_line(LOG_ERROR, "database", "doing=%s code=%d detail=\"%s%s\"", doing, extended,
             db->sqlite ? sqlite3_errmsg(db->sqlite) : sqlite3_errstr(code),
             damaged ? "; run: ai-realtor doctor" : "");
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

/* ---- the queue of writers ---- */

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

enum err db_turn_wait(int lock_fd, int busy_ms)
{
    if (flock(lock_fd, LOCK_EX | LOCK_NB) == 0)
        return ERR_NONE;
    int64_t deadline = monotonic_ms() + busy_ms;
    int taken;
    alarm_set(busy_ms > 0 ? busy_ms : 1);
    do
        taken = flock(lock_fd, LOCK_EX);
    while (taken != 0 && errno == EINTR && monotonic_ms() < deadline);
    alarm_set(0);
    return taken == 0 ? ERR_NONE : ERR_BUSY;
}

/* With the turn taken. */
static enum err transaction_begin(struct db *db)
{
    enum err err = db_run(db, "BEGIN IMMEDIATE", DB_NO_ARGS);
    /* Under the lock: whoever changes the keys does it under the lock too. */
    if (!err && db->seal)
        err = seal_refresh(db->seal);
    if (err)
        db_rollback(db);
    return err;
}

/* ---- transactions ---- */

enum err db_begin(struct db *db)
{
    enum err err = db_turn_wait(db->lock_fd, db->busy_ms);
    return err ? err : transaction_begin(db);
}

enum err db_begin_at_once(struct db *db)
{
    return flock(db->lock_fd, LOCK_EX | LOCK_NB) == 0 ? transaction_begin(db) : ERR_BUSY;
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

enum err db_snapshot(struct db *db)
{
    return db_in_transaction(db) ? ERR_NONE : db_run(db, "BEGIN", DB_NO_ARGS);
}

void db_snapshot_end(struct db *db)
{
    if (db_in_transaction(db) && db_run(db, "ROLLBACK", DB_NO_ARGS) != ERR_NONE)
        log_line(LOG_ERROR, "database", "doing=snapshot_end");
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

/* ---- memos ---- */

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
