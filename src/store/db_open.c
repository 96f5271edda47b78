/* The SQLite driver: opening and closing. */
#include "base/log.h"
#include "base/mem.h"
#include "store/db_sqlite.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* SQLite loses its way when it writes more than 128 KiB to a file at once. */
enum { UNDO_BYTES = 126 << 10 };

/* The order matters: with the timeout set after the switch to WAL, processes that start together
 * fail. */
static enum err connection_set_up(struct db *db, enum db_mode mode)
{
    sqlite3_extended_result_codes(db->sqlite, 1);
    sqlite3_busy_timeout(db->sqlite, db->busy_ms);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_limit(db->sqlite, SQLITE_LIMIT_ATTACHED, 0);
    static const char write_mode[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                                     "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON";
    static const char read_mode[] = "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY";
    return db_script(db, mode == DB_READ ? read_mode : write_mode);
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

/* Who only reads keeps no lock file, and needs none that is not there. */
static enum err claim(struct db *db, enum db_mode mode, const char *path)
{
    if (mode != DB_READ) {
        enum err err = lock_open(db, path);
        return err ? err : db_place_claim(db, db->lock_fd);
    }
    int fd = open(mem_printf(db, "%s-lock", path), O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return ERR_NONE;
    enum err err = db_place_claim(db, fd);
    close(fd);
    return err;
}

/* One thread uses each connection, and nobody asks for statistics: both cost time at every call.
 * What a part may have to undo is kept in one piece of memory, and in a file only beyond that; kept
 * in memory alone (temp_store) it would be in pieces of 1 KiB.
 * Has no effect, and does no harm, once SQLite has been started. */
static void sqlite_set_up(void)
{
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, UNDO_BYTES);
    /* A limit to the size of files is an error like a full disk, not the process's end. */
    signal(SIGXFSZ, SIG_IGN);
}

/* SQLite opens what it may not write all the same, for reading, and would stay so. */
static bool may_write(const struct db *db)
{
    return sqlite3_db_readonly(db->sqlite, "main") != 1;
}

/* What a person can do about a file that could not be opened. */
static const char *opening_advice(const struct db *db, enum err err)
{
    static const char not_ours[] = "it, or its directory, may not be written by this user";
    int fault = sqlite3_system_errno(db->sqlite);
    switch (sqlite3_errcode(db->sqlite) & 0xff) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return "it is damaged, or no database; restore a backup";
    case SQLITE_READONLY:
        return not_ours;
    case SQLITE_CANTOPEN:
        if (fault == ENOENT)
            return "there is no such file: put a backup there, or run ai-realtor init";
        return fault ? strerror(fault) : "it, or a file beside it, cannot be opened";
    default:
        return may_write(db) ? err_name(err) : not_ours;
    }
}

static enum err file_open(struct db *db, enum db_mode mode, const char *path)
{
    int flags = SQLITE_OPEN_READWRITE | (mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0);
    db_place_expect(db, path);
    int code = sqlite3_open_v2(path, &db->sqlite, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK)
        return db_code_err(db, code, "open");
    return mode == DB_READ || may_write(db) ? ERR_NONE : ERR_FULL;
}

/* SQLite opens the WAL when it first reads, so that it is time to remove a wrong one until then. */
static enum err connection_open(struct db *db, enum db_mode mode, const char *path)
{
    enum err err = file_open(db, mode, path);
    if (!err)
        err = claim(db, mode, path);
    /* A new file is switched to WAL by one process at a time: SQLite does not wait there. */
    if (!err && mode == DB_CREATE)
        err = db_turn_wait(db->lock_fd, db->busy_ms);
    if (!err)
        err = connection_set_up(db, mode);
    if (err || mode == DB_READ)
        return err;
    db_place_note(db);
    flock(db->lock_fd, LOCK_UN);
    return ERR_NONE;
}

enum err db_open(const char *path, enum db_mode mode, int busy_ms, struct db **out)
{
    struct db *db = mem_new(NULL, struct db);
    db->lock_fd = -1;
    db->busy_ms = busy_ms;
    *out = NULL;
    sqlite_set_up();
    enum err err = connection_open(db, mode, path);
    if (err) {
        log_line(LOG_ERROR, "database_unusable", "file=\"%s\" detail=\"%s\"", path,
                 opening_advice(db, err));
        db_close(db);
        return err;
    }
    *out = db;
    return ERR_NONE;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < STATEMENTS_MAX; i++)
        if (db->statements[i])
            db_rows_free(db->statements[i]);
    if (db->path)
        db_place_leave(db);
    sqlite3_close(db->sqlite);
    if (db->lock_fd >= 0)
        close(db->lock_fd);
    mem_free(db);
}
