#include "store/table_sql.h"
#include "base/mem.h"
#include "store/row.h"
#include <string.h>

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
        if (!row_writes(&table->fields[i]))
            continue;
        mem_append(mem, &names, "%s%s", n ? ", " : "", table->fields[i].name);
        mem_append(mem, &places, "%s$%d", n ? ", " : "", n + 1);
        n++;
    }
    return mem_printf(mem, "INSERT INTO %s (%s, id) VALUES (%s, $%d)", table->name, names, places,
                      n + 1);
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

const char *table_sql(struct db *db, const struct table *table, enum statement kind)
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

const char *table_sql_columns(struct db *db, const struct table *table)
{
    return table_sql(db, table, STATEMENT_COLUMNS);
}

char *table_sql_where(void *mem, const struct selection *selection, struct db_value *values)
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
