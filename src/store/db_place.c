/* The SQLite driver: whether the file that is open is still the one that its name leads to.
 *
 * Somebody who restores a backup may put it in the place of the database while we run. What is
 * written then into the open file is lost, and what is beside the new one (-wal, -shm) is the old
 * one's: a WAL does not say to which file it belongs. */
#include "base/log.h"
#include "base/mem.h"
#include "store/db_sqlite.h"
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* No file has this number: what could not be asked for is taken for what it was. */
#define ID_UNKNOWN ((ino_t)-1)

static struct file_id file_id(const char *path)
{
    struct stat st;
    if (stat(path, &st) == 0)
        return (struct file_id){ st.st_dev, st.st_ino };
    return (struct file_id){ 0, errno == ENOENT ? 0 : ID_UNKNOWN };
}

static bool is_same(struct file_id a, struct file_id b)
{
    return (a.device == b.device && a.inode == b.inode) || a.inode == ID_UNKNOWN;
}

void db_place_note(struct db *db, const char *path, bool has_wal)
{
    db->path = mem_strdup(db, path);
    db->wal_path = mem_printf(db, "%s-wal", path);
    db->file = file_id(path);
    if (has_wal)
        db->wal = file_id(db->wal_path);
}

enum db_place db_place(const struct db *db)
{
    struct file_id now = file_id(db->path);
    if (!is_same(now, db->file))
        return now.inode == 0 ? DB_GONE : DB_REPLACED;
    /* Another WAL is there once a process has left a file that was replaced. */
    bool has_wal = db->wal.inode != 0;
    return has_wal && !is_same(file_id(db->wal_path), db->wal) ? DB_REPLACED : DB_HERE;
}

/* What is beside the name goes with the file that was there, so that the next to open the new one
 * begins with a WAL of its own. */
static void wal_remove(const struct db *db)
{
    if (db->wal.inode == 0 || !is_same(file_id(db->wal_path), db->wal))
        return;
    char *shm = mem_printf(NULL, "%s-shm", db->path);
    unlink(db->wal_path);
    unlink(shm);
    mem_free(shm);
}

void db_place_leave(struct db *db)
{
    int keep = 1;
    if (db_place(db) == DB_HERE)
        return;
    /* By name it would be another's that is deleted. */
    sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    if (is_same(file_id(db->path), db->file))
        return; /* others use it with another WAL */
    if (sqlite3_wal_checkpoint_v2(db->sqlite, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL))
        log_line(LOG_WARN, "database", "doing=leave detail=\"%s\"", sqlite3_errmsg(db->sqlite));
    wal_remove(db);
}
