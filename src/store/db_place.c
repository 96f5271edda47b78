/* The SQLite driver: whether the file that is open is still the one that its name leads to.
 *
 * Somebody who restores a backup may put it in the place of the database while we run. What is
 * written then into the open file is lost, and what is beside the new one (-wal, -shm) is the old
 * one's: a WAL does not say to which file it belongs. */
#include "base/log.h"
#include "base/mem.h"
#include "store/db_sqlite.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

void db_place_note(struct db *db, const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return;
    db->path = mem_strdup(db, path);
    db->device = st.st_dev;
    db->inode = st.st_ino;
}

enum db_place db_place(const struct db *db)
{
    struct stat st;
    if (!db->path)
        return DB_HERE;
    if (stat(db->path, &st) != 0)
        return errno == ENOENT ? DB_GONE : DB_HERE;
    return st.st_dev == db->device && st.st_ino == db->inode ? DB_HERE : DB_REPLACED;
}

void db_place_leave(struct db *db)
{
    int keep = 1;
    if (db_place(db) == DB_HERE)
        return;
    /* What the WAL holds goes where it belongs, so that nothing of it gets into the new file; the
     * WAL itself may be another process's already. */
    if (sqlite3_wal_checkpoint_v2(db->sqlite, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL))
        log_line(
            LOG_ERROR, "database",
            "doing=leave file=\"%s\" detail=\"%s; if %s-wal is older than the file, remove it\"",
            db->path, sqlite3_errmsg(db->sqlite), db->path);
    sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
}
