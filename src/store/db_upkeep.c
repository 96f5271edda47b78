/* The SQLite driver: checks and backups. */
#include "base/log.h"
#include "base/mem.h"
#include "store/db_sqlite.h"
#include <string.h>

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
        return db_code_err(copy, sqlite3_errcode(copy->sqlite), "backup");
    int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    return db_code_err(copy, code, "backup");
}

enum err db_backup(struct db *db, const char *path)
{
    struct db *copy = mem_new(NULL, struct db);
    copy->lock_fd = -1;
    const char *finding = "ok";
    int code =
        sqlite3_open_v2(path, &copy->sqlite, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    enum err err = db_code_err(copy, code, "backup_open");
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

static enum err checkpoint(struct db *db, int how, const char *doing)
{
    int code = sqlite3_wal_checkpoint_v2(db->sqlite, NULL, how, NULL, NULL);
    return db_code_err(db, code, doing);
}

/* After each commit, in place of SQLite's own checkpoints. */
static int wal_note(void *state, sqlite3 *sqlite, const char *name, int pages)
{
    struct db *db = state;
    (void)sqlite;
    (void)name;
    db->wal_pages = pages;
    /* The commit is durable whatever becomes of this. */
    if (pages >= DB_WAL_MOST)
        (void)!checkpoint(db, SQLITE_CHECKPOINT_PASSIVE, "checkpoint");
    return SQLITE_OK;
}

void db_checkpoint_defer(struct db *db)
{
    sqlite3_wal_hook(db->sqlite, wal_note, db);
}

enum err db_checkpoint(struct db *db)
{
    if (db->wal_pages < DB_WAL_ENOUGH)
        return ERR_NONE;
    db->wal_pages = 0;
    return checkpoint(db, SQLITE_CHECKPOINT_PASSIVE, "checkpoint");
}

enum err db_scrub(struct db *db)
{
    return checkpoint(db, SQLITE_CHECKPOINT_TRUNCATE, "scrub");
}
