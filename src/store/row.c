#include "store/row.h"
#include "base/mem.h"
#include <string.h>

/* A place of the record's own row. */
static struct seal_place place_of(const struct table *table, const struct field *field,
                                  const void *record)
{
    return (struct seal_place){ table->name, field->name, ((const struct row_head *)record)->id };
}

static struct db_value plain_value(const struct field *field, const void *record)
{
    switch (field_value(field->type)) {
    case VALUE_BOOL:
        return db_int(*field_bool(field, record));
    case VALUE_WORD:
        return db_text(words_name(field->words, *field_word(field, record)));
    case VALUE_REAL:
        return db_real(*field_real(field, record));
    case VALUE_TEXT:
        return db_text(*field_text(field, record));
    default:
        return db_int(*field_int(field, record));
    }
}

struct db_value row_value(void *mem, const struct db *db, const struct table *table,
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
    switch (field_value(field->type)) {
    case VALUE_BOOL:
        *field_bool(field, record) = db_int_at(rows, column) == 1;
        break;
    case VALUE_WORD: {
        char *word = (char *)(uintptr_t)db_text_at(mem, rows, column);
        *field_word(field, record) = words_find(field->words, word);
        mem_free(word);
        break;
    }
    case VALUE_REAL:
        *field_real(field, record) = db_real_at(rows, column);
        break;
    case VALUE_TEXT:
        *field_text(field, record) = db_text_at(mem, rows, column);
        break;
    default:
        *field_int(field, record) = db_int_at(rows, column);
    }
}

/* The id comes first in every table, so the sealed columns behind it know their row. */
enum err row_read(void *mem, const struct table *table, const struct db_rows *rows, void *record)
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

bool row_writes(const struct field *field)
{
    return !(field->flags & FIELD_DERIVED) && strcmp(field->name, "id") != 0;
}

size_t row_values(void *mem, const struct db *db, const struct table *table, const void *record,
                  struct db_value values[COLUMNS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < table->field_count; i++)
        if (row_writes(&table->fields[i]))
            values[count++] = row_value(mem, db, table, &table->fields[i], record);
    return count;
}
