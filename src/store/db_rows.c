/* The SQLite driver: statements, their parameters and rows. */
#include "base/instant.h"
#include "base/mem.h"
#include "store/db_sqlite.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void db_rows_free(struct db_rows *rows)
{
    sqlite3_finalize(rows->stmt);
    mem_free(rows);
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
        return db_code_err(db, code, "prepare");
    }
    rows->slot_count = sqlite3_bind_parameter_count(rows->stmt);
    if (rows->slot_count > ARGS_MAX) {
        db_rows_free(rows);
        return db_code_err(db, SQLITE_RANGE, "prepare");
    }
    for (int i = 0; i < rows->slot_count; i++) {
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
    enum err err = db_code_err(rows->db, rows->code, "step");
    sqlite3_reset(rows->stmt);
    sqlite3_clear_bindings(rows->stmt);
    rows->busy = false;
    if (!rows->kept)
        db_rows_free(rows);
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
    return db_code_err(db, sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL), "script");
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
