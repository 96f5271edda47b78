#include "store/table.h"
#include "base/instant.h"
#include "base/mem.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

enum { COLUMNS_MAX = 48 };

/* What is composed once for each table and connection. */
enum statement { STATEMENT_COLUMNS, STATEMENT_INSERT, STATEMENT_GET, STATEMENT_DELETE };

static void *member(const struct field *field, const void *record)
{
    return (char *)(uintptr_t)record + field->offset;
}

int64_t *field_int(const struct field *field, const void *record)
{
    return member(field, record);
}

bool *field_bool(const struct field *field, const void *record)
{
    return member(field, record);
}

int *field_word(const struct field *field, const void *record)
{
    return member(field, record);
}

double *field_real(const struct field *field, const void *record)
{
    return member(field, record);
}

const char **field_text(const struct field *field, const void *record)
{
    return member(field, record);
}

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
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        switch (field->type) {
        case FIELD_BOOL:
            *field_bool(field, record) = false;
            break;
        case FIELD_WORD:
            *field_word(field, record) = WORD_NONE;
            break;
        case FIELD_REAL:
            *field_real(field, record) = NAN;
            break;
        case FIELD_TEXT:
        case FIELD_PHONE:
        case FIELD_CLOCK:
        case FIELD_DATE:
        case FIELD_ZONE:
            *field_text(field, record) = NULL;
            break;
        default:
            *field_int(field, record) = NO_VALUE;
        }
    }
}

/* ---- between a record and its columns ---- */

/* A place of the record's own row. */
static struct seal_place place_of(const struct table *table, const struct field *field,
                                  const void *record)
{
    return (struct seal_place){ table->name, field->name, ((const struct row_head *)record)->id };
}

static struct db_value plain_value(const struct field *field, const void *record)
{
    switch (field->type) {
    case FIELD_BOOL:
        return db_int(*field_bool(field, record));
    case FIELD_WORD:
        return db_text(words_name(field->words, *field_word(field, record)));
    case FIELD_REAL:
        return db_real(*field_real(field, record));
    case FIELD_TEXT:
    case FIELD_PHONE:
    case FIELD_CLOCK:
    case FIELD_DATE:
    case FIELD_ZONE:
        return db_text(*field_text(field, record));
    default:
        return db_int(*field_int(field, record));
    }
}

/* The column's value; a sealed one is made on mem and needs the record's id. */
static struct db_value field_value(void *mem, const struct db *db, const struct table *table,
                                   const struct field *field, const void *record)
{
    if (!(field->flags & FIELD_SEALED))
        return plain_value(field, record);
    struct seal_place place = place_of(table, field, record);
    return db_sealed(mem, db, &place, *field_text(field, record));
}

static void plain_read(void *mem, const struct field *field, const struct db_rows *rows, int column,
                       void *record)
{
    switch (field->type) {
    case FIELD_BOOL:
        *field_bool(field, record) = db_int_at(rows, column) == 1;
        break;
    case FIELD_WORD: {
        char *word = (char *)(uintptr_t)db_text_at(mem, rows, column);
        *field_word(field, record) = words_find(field->words, word);
        mem_free(word);
        break;
    }
    case FIELD_REAL:
        *field_real(field, record) = db_real_at(rows, column);
        break;
    case FIELD_TEXT:
    case FIELD_PHONE:
    case FIELD_CLOCK:
    case FIELD_DATE:
    case FIELD_ZONE:
        *field_text(field, record) = db_text_at(mem, rows, column);
        break;
    default:
        *field_int(field, record) = db_int_at(rows, column);
    }
}

/* The id comes first in every table, so the sealed columns behind it know their row. */
static enum err record_read(void *mem, const struct table *table, const struct db_rows *rows,
                            void *record)
{
    enum err worst = ERR_NONE;
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        if (!(field->flags & FIELD_SEALED)) {
            plain_read(mem, field, rows, (int)i, record);
            continue;
        }
        struct seal_place place = place_of(table, field, record);
        enum err err = db_unsealed_at(mem, rows, (int)i, &place, field_text(field, record));
        worst = err ? err : worst;
    }
    return worst;
}

static bool is_sealed(const struct table *table)
{
    for (size_t i = 0; i < table->field_count; i++)
        if (table->fields[i].flags & FIELD_SEALED)
            return true;
    return false;
}

static bool is_written(const struct field *field)
{
    return !(field->flags & FIELD_DERIVED) && strcmp(field->name, "id") != 0;
}

/* The values of the written columns, in order; returns how many. */
static size_t record_values(void *mem, const struct db *db, const struct table *table,
                            const void *record, struct db_value values[COLUMNS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < table->field_count; i++)
        if (is_written(&table->fields[i]))
            values[count++] = field_value(mem, db, table, &table->fields[i], record);
    return count;
}

/* ---- statements ---- */

static char *column_list(void *mem, const struct table *table)
{
    char *text = NULL;
    for (size_t i = 0; i < table->field_count; i++)
        mem_append(mem, &text, "%s%s", i ? ", " : "", table->fields[i].name);
    return text;
}

static char *insert_sql(void *mem, const struct table *table)
{
    char *names = NULL, *places = NULL;
    int n = 0;
    for (size_t i = 0; i < table->field_count; i++) {
        if (!is_written(&table->fields[i]))
            continue;
        mem_append(mem, &names, "%s%s", n ? ", " : "", table->fields[i].name);
        mem_append(mem, &places, "%s$%d", n ? ", " : "", n + 1);
        n++;
    }
    /* A NULL id lets the database choose. RETURNING costs SQLite a table of its own each time. */
    return mem_printf(mem, "INSERT INTO %s (%s, id) VALUES (%s, $%d)%s", table->name, names, places,
                      n + 1, is_sealed(table) ? "" : " RETURNING id");
}

static char *statement_compose(void *mem, const struct table *table, enum statement kind)
{
    switch (kind) {
    case STATEMENT_COLUMNS:
        return column_list(mem, table);
    case STATEMENT_INSERT:
        return insert_sql(mem, table);
    case STATEMENT_DELETE:
        return mem_printf(mem, "DELETE FROM %s WHERE id = $1", table->name);
    default:
        return mem_printf(mem, "SELECT %s FROM %s WHERE id = $1", column_list(mem, table),
                          table->name);
    }
}

static const char *statement_sql(struct db *db, const struct table *table, enum statement kind)
{
    const char *known = db_memo_get(db, table->fields, (int)kind);
    if (known)
        return known;
    void *mem = mem_context(NULL);
    const char *sql =
        db_memo_put(db, table->fields, (int)kind, statement_compose(mem, table, kind));
    mem_free(mem);
    return sql;
}

static const char *columns_of(struct db *db, const struct table *table)
{
    return statement_sql(db, table, STATEMENT_COLUMNS);
}

/* " WHERE a = $1 AND b = $2": the conditions' question marks numbered in order. */
static char *where_sql(void *mem, const struct selection *selection, struct db_value *values)
{
    char *text = mem_strdup(mem, "");
    for (size_t i = 0; i < selection->count; i++) {
        const struct condition *condition = &selection->conditions[i];
        const char *mark = strchr(condition->sql, '?');
        mem_append(mem, &text, "%s%.*s$%zu%s", i ? " AND " : " WHERE ",
                   (int)(mark - condition->sql), condition->sql, i + 1, mark + 1);
        values[i] = condition->value;
    }
    return text;
}

enum err table_insert(struct db *db, const struct table *table, void *record)
{
    struct db_value values[COLUMNS_MAX];
    struct row_head *head = record;
    void *mem = mem_context(NULL);
    enum err err = ERR_NONE;
    head->id = NO_VALUE;
    if (is_sealed(table))
        err = db_next_id(db, table->name, &head->id);
    if (!err) {
        size_t count = record_values(mem, db, table, record, values);
        const char *sql = statement_sql(db, table, STATEMENT_INSERT);
        values[count++] = db_int(head->id);
        err = is_sealed(table) ? db_run(db, sql, values, count)
                               : db_get_int(db, sql, values, count, &head->id);
    }
    mem_free(mem);
    return err;
}

bool field_equal(const struct field *field, const void *a, const void *b)
{
    switch (field->type) {
    case FIELD_BOOL:
        return *field_bool(field, a) == *field_bool(field, b);
    case FIELD_WORD:
        return *field_word(field, a) == *field_word(field, b);
    case FIELD_REAL: {
        double x = *field_real(field, a), y = *field_real(field, b);
        return isnan(x) ? isnan(y) : x == y;
    }
    case FIELD_TEXT:
    case FIELD_PHONE:
    case FIELD_CLOCK:
    case FIELD_DATE:
    case FIELD_ZONE:
        return text_equal(*field_text(field, a), *field_text(field, b));
    default:
        return *field_int(field, a) == *field_int(field, b);
    }
}

static bool is_changed(const struct field *field, const void *before, const void *after)
{
    return is_written(field) && !(field->flags & FIELD_FIXED) && !field_equal(field, before, after);
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
        values[count++] = field_value(mem, db, table, field, after);
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
    enum err err = db_run(db, statement_sql(db, table, STATEMENT_DELETE), DB_ARGS(db_int(id)));
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
    enum err read = found ? record_read(mem, table, rows, record) : ERR_NOT_FOUND;
    err = db_done(rows);
    return err ? err : read;
}

enum err table_get(struct db *db, void *mem, const struct table *table, int64_t id, void *record)
{
    return first_row(db, mem, table, statement_sql(db, table, STATEMENT_GET), DB_ARGS(db_int(id)),
                     record);
}

enum err table_first(struct db *db, void *mem, const struct table *table,
                     const struct selection *selection, void *record)
{
    struct db_value values[CONDITIONS_MAX];
    char *sql = mem_printf(mem, "SELECT %s FROM %s%s ORDER BY %s LIMIT 1", columns_of(db, table),
                           table->name, where_sql(mem, selection, values), table->order);
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
        enum err err = record_read(mem, table, rows, list + *count * table->size);
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
    char *sql =
        mem_printf(mem, "SELECT %s FROM %s WHERE %s", columns_of(db, table), table->name, where);
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
    char *where = where_sql(mem, selection, values);
    char *sql = mem_printf(mem, "SELECT %s FROM %s%s ORDER BY %s LIMIT $%zu OFFSET $%zu",
                           columns_of(db, table), table->name, where, table->order, n + 1, n + 2);
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
