/* What the files of the SQLite driver share; nobody else looks in here. */
#ifndef AR_STORE_DB_SQLITE_H
#define AR_STORE_DB_SQLITE_H

#include "store/db.h"
#include <sqlite3.h>

enum { STATEMENTS_MAX = 256, ARGS_MAX = 255, MEMOS_MAX = 64 };

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

/* All 0: no file. */
struct file_id {
    uint64_t device, inode;
    int64_t born_s, born_ns; /* 0 where the file system does not tell */
};

struct db {
    sqlite3 *sqlite;
    struct seal *seal; /* NULL: sealed columns are in clear */
    int lock_fd;       /* -1 on a read connection */
    int busy_ms;
    const char *path, *wal_path; /* NULL until it is open */
    struct file_id file, wal;    /* what they led to then */
    int wal_pages;               /* as of the last commit, where checkpoints are deferred */
    struct db_rows *statements[STATEMENTS_MAX];
    struct memo memos[MEMOS_MAX];
    size_t memo_count;
};

/* What a result code of SQLite means; logs what is not part of normal life. */
enum err db_code_err(const struct db *db, int code, const char *doing);
/* Waits for its turn to write, at most busy_ms, with the lock file. ERR_BUSY: in vain. The turn
 * ends with flock(LOCK_UN). */
enum err db_turn_wait(int lock_fd, int busy_ms) AR_MUST_USE;
/* Before the path is opened: remembers which file it leads to. One that comes in between is taken
 * for another's then. */
void db_place_expect(struct db *db, const char *path);
/* Before the WAL is opened: removes one that was another file's. ERR_BUSY. */
enum err db_place_claim(const struct db *db, int lock_fd) AR_MUST_USE;
/* Once it is open for writing: remembers which WAL goes with it, in the lock file too. */
void db_place_note(struct db *db);
/* Before it is closed: sees to it that a file which has taken its place stays as it is. */
void db_place_leave(struct db *db);
/* Finalises a statement. */
void db_rows_free(struct db_rows *rows);

#endif
