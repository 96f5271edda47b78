/* The SQLite driver: whether the file that is open is still the one that its name leads to.
 *
 * Somebody who restores a backup may put it in the place of the database while we run. What is
 * written then into the open file is lost, and what is beside the new one (-wal, -shm) is the old
 * one's: a WAL does not say to which file it belongs. So the lock file does: which WAL was last
 * seen with which file. */
#include "base/log.h"
#include "base/mem.h"
#include "store/db_sqlite.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* No file has this number: what could not be asked for is taken for what it was. */
#define ID_UNKNOWN UINT64_MAX

/* What the lock file holds. */
struct pair {
    struct file_id file, wal;
};

/* With the time of its birth, since a number is given again. */
static struct file_id file_id(const char *path)
{
    struct statx st;
    if (statx(AT_FDCWD, path, 0, STATX_INO | STATX_BTIME, &st) != 0)
        return (struct file_id){ .inode = errno == ENOENT ? 0 : ID_UNKNOWN };
    bool dated = st.stx_mask & STATX_BTIME;
    return (struct file_id){ .device = (uint64_t)st.stx_dev_major << 32 | st.stx_dev_minor,
                             .inode = st.stx_ino,
                             .born_s = dated ? st.stx_btime.tv_sec : 0,
                             .born_ns = dated ? st.stx_btime.tv_nsec : 0 };
}

static bool is_equal(struct file_id a, struct file_id b)
{
    return a.device == b.device && a.inode == b.inode && a.born_s == b.born_s &&
           a.born_ns == b.born_ns;
}

static bool is_same(struct file_id a, struct file_id b)
{
    return is_equal(a, b) || a.inode == ID_UNKNOWN;
}

static bool is_there(struct file_id id)
{
    return id.inode != 0 && id.inode != ID_UNKNOWN;
}

static struct pair pair_read(int lock_fd)
{
    struct pair pair;
    if (pread(lock_fd, &pair, sizeof pair, 0) != (ssize_t)sizeof pair)
        return (struct pair){ 0 };
    return pair;
}

/* Whether the WAL that is there was another file's. Of a WAL without a date nobody can tell. */
static bool wal_is_left(const struct db *db, int lock_fd)
{
    struct pair pair = pair_read(lock_fd);
    struct file_id file = file_id(db->path), wal = file_id(db->wal_path);
    return is_there(wal) && wal.born_s != 0 && is_equal(wal, pair.wal) && is_there(file) &&
           is_there(pair.file) && !is_equal(file, pair.file);
}

static void wal_unlink(const struct db *db)
{
    char *shm = mem_printf(NULL, "%s-shm", db->path);
    unlink(db->wal_path);
    unlink(shm);
    mem_free(shm);
}

void db_place_expect(struct db *db, const char *path)
{
    db->path = mem_strdup(db, path);
    db->wal_path = mem_printf(db, "%s-wal", path);
    db->file = file_id(path);
}

enum err db_place_claim(const struct db *db, int lock_fd)
{
    if (!wal_is_left(db, lock_fd))
        return ERR_NONE;
    enum err err = db_turn_wait(lock_fd, db->busy_ms);
    if (err)
        return err;
    if (wal_is_left(db, lock_fd)) {
        log_line(LOG_WARN, "database_replaced",
                 "file=\"%s\" detail=\"what was beside it was another file's, and is removed\"",
                 db->path);
        wal_unlink(db);
    }
    flock(lock_fd, LOCK_UN);
    return ERR_NONE;
}

/* The file is the same before and after: so this is its WAL. */
static void pair_keep(const struct db *db, const struct pair *pair)
{
    if (!is_equal(file_id(db->path), pair->file))
        return;
    if (pwrite(db->lock_fd, pair, sizeof *pair, 0) != (ssize_t)sizeof *pair)
        log_line(LOG_WARN, "database", "doing=note detail=\"%s\"", strerror(errno));
}

void db_place_note(struct db *db)
{
    if (db->file.inode == 0)
        db->file = file_id(db->path); /* it was made just now */
    db->wal = file_id(db->wal_path);
    struct pair known = pair_read(db->lock_fd), now = { db->file, db->wal };
    bool is_known = is_equal(known.file, now.file) && is_equal(known.wal, now.wal);
    /* In vain: then the next one keeps it. */
    if (is_known || db_turn_wait(db->lock_fd, db->busy_ms))
        return;
    pair_keep(db, &now);
    flock(db->lock_fd, LOCK_UN);
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
    if (db->wal.inode == 0 || db_turn_wait(db->lock_fd, db->busy_ms))
        return;
    if (is_equal(file_id(db->wal_path), db->wal))
        wal_unlink(db);
    flock(db->lock_fd, LOCK_UN);
}

/* Whether it is the open file that has no name any more, which SQLite knows. */
static bool has_moved(const struct db *db)
{
    int moved = 0;
    sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved;
}

void db_place_leave(struct db *db)
{
    int keep = 1;
    if (db_place(db) == DB_HERE)
        return;
    /* By name it would be another's that is deleted. */
    sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    if (!has_moved(db))
        return; /* others use it with another WAL */
    if (sqlite3_wal_checkpoint_v2(db->sqlite, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL))
        log_line(LOG_WARN, "database", "doing=leave detail=\"%s\"", sqlite3_errmsg(db->sqlite));
    wal_remove(db);
}
