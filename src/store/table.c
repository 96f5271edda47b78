#include "base/instant.h"
#include "base/mem.h"
#include "store/row.h"
#include "store/table_sql.h"
#include <string.h>

bool scope_holds(const struct scope *scope, const struct row_head *head)
{
    return scope->brokerage_id == head->brokerage_id &&
           (scope->agent_id == NO_VALUE || scope->agent_id == head->agent_id);
}

void selection_add(struct selection *selection, const char *sql, struct db_value value)
{
    if (selection->count < CONDITIONS_MAX)
        selection->conditions[selection->count++] = (struct condition){ sql, value };
}

void selection_scope(struct selection *selection, const struct scope *scope)
{
    if (scope->agent_id == NO_VALUE)
        selection_add(selection, "brokerage_id = ?", db_int(scope->brokerage_id));
    else
        selection_add(selection, "agent_id = ?", db_int(scope->agent_id));
}

const struct field *table_field(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->field_count; i++)
        if (strcmp(table->fields[i].name, name) == 0)
            return &table->fields[i];
    return NULL;
}

void table_clear(const struct table *table, void *record)
{
    for (size_t i = 0; i < table->field_count; i++)
        field_clear(&table->fields[i], record);
}

enum err table_insert(struct db *db, const struct table *table, void *record)
{
    struct db_value values[COLUMNS_MAX];
    struct row_head *head = record;
    void *mem = mem_context(NULL);
    enum err err = db_next_id(db, table->name, &head->id);
    if (!err) {
        size_t count = row_values(mem, db, table, record, values);
        values[count++] = db_int(head->id);
        err = db_run(db, table_sql(db, table, STATEMENT_INSERT), values, count);
    }
    mem_free(mem);
    return err;
}

static bool is_changed(const struct field *field, const void *before, const void *after)
{
    return row_writes(field) && !(field->flags & FIELD_FIXED) && !field_equal(field, before, after);
}

bool table_differs(const struct table *table, const void *before, const void *after)
{
    for (size_t i = 0; i < table->field_count; i++)
        if (is_changed(&table->fields[i], before, after))
            return true;
    return false;
}

enum err table_change(struct db *db, void *mem, const struct table *table, const void *before,
                      void *after, int64_t now)
{
    struct db_value values[COLUMNS_MAX];
    size_t count = 0;
    char *sets = NULL;
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        if (!is_changed(field, before, after))
            continue;
        values[count++] = row_value(mem, db, table, field, after);
        mem_append(mem, &sets, "%s = $%zu, ", field->name, count);
    }
    if (count == 0)
        return ERR_NONE;
    struct row_head *head = after;
    head->updated_at = now;
    values[count++] = db_int(now);
    values[count++] = db_int(head->id);
    char *sql = mem_printf(mem, "UPDATE %s SET %supdated_at = $%zu WHERE id = $%zu", table->name,
                           sets, count - 1, count);
    return db_run(db, sql, values, count);
}

enum err table_delete(struct db *db, const struct table *table, int64_t id)
{
    enum err err = db_run(db, table_sql(db, table, STATEMENT_DELETE), DB_ARGS(db_int(id)));
    return err ? err : db_changes(db) == 1 ? ERR_NONE : ERR_NOT_FOUND;
}

static enum err first_row(struct db *db, void *mem, const struct table *table, const char *sql,
                          const struct db_value *values, size_t count, void *record)
{
    struct db_rows *rows;
    enum err err = db_select(db, sql, values, count, &rows);
    if (err)
        return err;
    bool found = db_next(rows);
    enum err read = found ? row_read(mem, table, rows, record) : ERR_NOT_FOUND;
    err = db_done(rows);
    return err ? err : read;
}

enum err table_get(struct db *db, void *mem, const struct table *table, int64_t id, void *record)
{
    return first_row(db, mem, table, table_sql(db, table, STATEMENT_GET), DB_ARGS(db_int(id)),
                     record);
}

enum err table_first(struct db *db, void *mem, const struct table *table,
                     const struct selection *selection, void *record)
{
    struct db_value values[CONDITIONS_MAX];
    char *sql =
        mem_printf(mem, "SELECT %s FROM %s%s ORDER BY %s LIMIT 1", table_sql_columns(db, table),
                   table->name, table_sql_where(mem, selection, values), table->order);
    return first_row(db, mem, table, sql, values, selection->count, record);
}

static enum err rows_read(void *mem, const struct table *table, struct db_rows *rows,
                          void **records, size_t *count)
{
    size_t room = 0;
    char *list = NULL;
    enum err worst = ERR_NONE;
    while (db_next(rows)) {
        if (*count == room) {
            room = room ? 2 * room : 16;
            list = mem_check(talloc_realloc_size(mem, list, room * table->size));
        }
        enum err err = row_read(mem, table, rows, list + *count * table->size);
        worst = err ? err : worst;
        ++*count;
    }
    *records = list;
    enum err err = db_done(rows);
    return err ? err : worst;
}

enum err table_where(struct db *db, void *mem, const struct table *table, const char *where,
                     const struct db_value *args, size_t arg_count, void **records, size_t *count)
{
    struct db_rows *rows;
    char *sql = mem_printf(mem, "SELECT %s FROM %s WHERE %s", table_sql_columns(db, table),
                           table->name, where);
    *records = NULL;
    *count = 0;
    enum err err = db_select(db, sql, args, arg_count, &rows);
    return err ? err : rows_read(mem, table, rows, records, count);
}

enum err table_list(struct db *db, void *mem, const struct table *table,
                    const struct selection *selection, void **records, size_t *count,
                    int64_t *total)
{
    struct db_value values[CONDITIONS_MAX + 2];
    struct db_rows *rows;
    size_t n = selection->count;
    char *where = table_sql_where(mem, selection, values);
    char *sql =
        mem_printf(mem, "SELECT %s FROM %s%s ORDER BY %s LIMIT $%zu OFFSET $%zu",
                   table_sql_columns(db, table), table->name, where, table->order, n + 1, n + 2);
    *records = NULL;
    *count = 0;
    values[n] = db_int(selection->limit);
    values[n + 1] = db_int(selection->offset);
    enum err err = db_select(db, sql, values, n + 2, &rows);
    if (!err)
        err = rows_read(mem, table, rows, records, count);
    if (err || !total)
        return err;
    sql = mem_printf(mem, "SELECT COUNT(*) FROM %s%s", table->name, where);
    return db_get_int(db, sql, values, n, total);
}
