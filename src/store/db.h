/* The database driver: the narrow interface behind which SQLite stands (PostgreSQL may beside it).
 *
 * SQL uses $1, $2, … and is portable where it can be. Statements are prepared once per connection
 * and kept. Several processes may use one file: writers queue on a lock file before BEGIN
 * IMMEDIATE, since SQLite's own waiting polls and is unfair. Durability is synchronous=FULL: what
 * db_commit answered ERR_NONE to survives a power cut.
 *
 * Errors: ERR_BUSY another process holds the database too long; ERR_FULL it cannot grow or be
 * written; ERR_CONFLICT a UNIQUE or FOREIGN KEY rule forbids it; ERR_INVALID a CHECK forbids it;
 * ERR_FAILED the rest. Only ERR_CONFLICT and ERR_BUSY are not logged here: they are part of normal
 * life. */
#ifndef AR_STORE_DB_H
#define AR_STORE_DB_H

#include "base/err.h"
#include "base/seal.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct db_rows;

enum db_mode { DB_READ, DB_WRITE, DB_CREATE };

/* Opens the file, for writing in WAL mode; only DB_CREATE makes one that is missing. */
enum err db_open(const char *path, enum db_mode mode, int busy_ms, struct db **db) AR_MUST_USE;
/* Finalises, checkpoints when it is the last one, closes. NULL is fine. */
void db_close(struct db *db);

/* Whether the open file is still the one that its name leads to, or another has taken its place, or
 * none. What is written to one that is not here is lost. */
enum db_place { DB_HERE, DB_REPLACED, DB_GONE };
enum db_place db_place(const struct db *db);

/* ---- values ---- */

enum db_type { DB_TYPE_NULL, DB_TYPE_INT, DB_TYPE_REAL, DB_TYPE_TEXT };

struct db_value {
    enum db_type type;
    int64_t integer;
    double real;
    const char *text; /* borrowed until the statement is done */
};

/* NO_VALUE, NAN and a NULL text become SQL NULL. */
struct db_value db_int(int64_t value);
struct db_value db_real(double value);
struct db_value db_text(const char *value);

/* A parameter list for the calls below: DB_ARGS(db_int(1), db_text("x")). */
#define DB_ARGS(...)                                                                               \
    (const struct db_value[]){ __VA_ARGS__ },                                                      \
        sizeof((const struct db_value[]){ __VA_ARGS__ }) / sizeof(struct db_value)
#define DB_NO_ARGS NULL, 0

/* ---- statements ---- */

/* Runs a statement that answers no rows. */
enum err db_run(struct db *db, const char *sql, const struct db_value *args,
                size_t count) AR_MUST_USE;
/* How many rows the last db_run on this connection inserted, changed or deleted. */
int64_t db_changes(const struct db *db);
/* Runs a script of several statements without parameters. */
enum err db_script(struct db *db, const char *sql) AR_MUST_USE;

/* Begins a query. Then db_next until it is false, then db_done, always, on every path. */
enum err db_select(struct db *db, const char *sql, const struct db_value *args, size_t count,
                   struct db_rows **rows) AR_MUST_USE;
bool db_next(struct db_rows *rows);
/* Ends the query: the error that ended db_next, if one did. NULL is fine. */
enum err db_done(struct db_rows *rows) AR_MUST_USE;

int db_column_count(const struct db_rows *rows);
int64_t db_int_at(const struct db_rows *rows, int column);
double db_real_at(const struct db_rows *rows, int column);
/* A copy on mem; NULL for SQL NULL. */
const char *db_text_at(void *mem, const struct db_rows *rows, int column);

/* The integer in the first column of the first row; ERR_NOT_FOUND when there is no row. */
enum err db_get_int(struct db *db, const char *sql, const struct db_value *args, size_t count,
                    int64_t *value) AR_MUST_USE;

/* ---- sealed columns (base/seal.h) ---- */

/* The keys with which sealed columns are written and read; borrowed for the connection's life.
 * Without them texts are kept in clear, which is for tests. */
void db_seal(struct db *db, struct seal *seal);
/* text as that place keeps it; NULL becomes SQL NULL. */
struct db_value db_sealed(void *mem, const struct db *db, const struct seal_place *place,
                          const char *text);
/* The text of a sealed column, on mem; NULL for SQL NULL. ERR_FAILED as seal_open_text. */
enum err db_unsealed_at(void *mem, const struct db_rows *rows, int column,
                        const struct seal_place *place, const char **text) AR_MUST_USE;
/* The id that the table's next row may take, which no deleted row has had (sql/0003): a sealed
 * value must know its row beforehand. Only inside a write transaction. */
enum err db_next_id(struct db *db, const char *table, int64_t *id) AR_MUST_USE;

/* ---- transactions ---- */

/* Begins a write transaction, after waiting at most the busy time for its turn. */
enum err db_begin(struct db *db) AR_MUST_USE;
/* The same without waiting: ERR_BUSY at once when it is another's turn. */
enum err db_begin_at_once(struct db *db) AR_MUST_USE;
enum err db_commit(struct db *db) AR_MUST_USE;
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);
/* Begins, unless it has begun, a view of the database as it is now: what is read until
 * db_snapshot_end belongs together, and costs one lock. For a connection of DB_READ. */
enum err db_snapshot(struct db *db) AR_MUST_USE;
void db_snapshot_end(struct db *db);
/* A part of the transaction that can be undone alone. Ends with keep or undo. */
enum err db_part_begin(struct db *db) AR_MUST_USE;
enum err db_part_keep(struct db *db) AR_MUST_USE;
void db_part_undo(struct db *db);

/* ---- upkeep ---- */

/* From now on a commit of this connection leaves what the WAL holds where it is, unless that is
 * DB_WAL_MOST pages: moving it into the file is for db_checkpoint, when nobody waits. */
enum { DB_WAL_ENOUGH = 1000, DB_WAL_MOST = 16384 };
void db_checkpoint_defer(struct db *db);
/* Moves what the WAL holds into the file if it is DB_WAL_ENOUGH pages, as far as no reader needs it
 * where it is. Outside of transactions. */
enum err db_checkpoint(struct db *db) AR_MUST_USE;

/* Copies the whole database into a new file while others use it, then checks the copy. */
enum err db_backup(struct db *db, const char *path) AR_MUST_USE;
/* "ok", or what the integrity check found first. */
enum err db_check(struct db *db, void *mem, const char **finding) AR_MUST_USE;

/* After deletions: moves what the WAL holds into the file, where deleted content is overwritten,
 * and empties the WAL, so that no file shows it any more. Outside of transactions. ERR_BUSY:
 * somebody reads what was before; try again later. */
enum err db_scrub(struct db *db) AR_MUST_USE;

/* A text kept with the connection under (owner, kind); for statements composed once. NULL: none. */
const char *db_memo_get(const struct db *db, const void *owner, int kind);
const char *db_memo_put(struct db *db, const void *owner, int kind, const char *text);

#endif
