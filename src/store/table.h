/* Tables as data: one description of a table's columns serves its statements here, its JSON and its
 * documentation in api/, its CSV and options in cli/.
 *
 * A record is a plain structure that begins with struct row_head; its texts belong to the context
 * the record was read on. */
#ifndef AR_STORE_TABLE_H
#define AR_STORE_TABLE_H

#include "store/db.h"
#include "store/field.h"

/* What every record that belongs to somebody begins with. */
struct row_head {
    int64_t id;
    int64_t brokerage_id;
    int64_t agent_id;
    int64_t created_at;
    int64_t updated_at;
};

/* A way to narrow a list: `sql` has one "?" for the value that a client gave as parameter `name`.
 */
struct filter {
    const char *name;
    const char *sql;
    enum field_type type;
    const struct words *words;
    const char *about;
};

struct table {
    const char *name;
    const char *one; /* "phone number", for messages */
    size_t size;     /* of the structure */
    const struct field *fields;
    size_t field_count;
    const char *order; /* ORDER BY of lists; ends with the id, so that pages are stable */
    const struct filter *filters;
    size_t filter_count;
};

/* The members of a struct table that follow from its arrays. */
#define TABLE_FIELDS(list) .fields = (list), .field_count = sizeof(list) / sizeof(list)[0]
#define TABLE_FILTERS(list) .filters = (list), .filter_count = sizeof(list) / sizeof(list)[0]

/* A column's description: COLUMN(struct offer, notes, FIELD_TEXT, 0, .max = 4000). */
#define COLUMN(record, column, kind, flag_set, ...)                                                \
    {                                                                                              \
        .name = #column, .type = (kind), .flags = (flag_set), .offset = offsetof(record, column),  \
        __VA_ARGS__                                                                                \
    }

/* The columns of struct row_head: HEAD_COLUMNS begins a table's list, TIME_COLUMNS ends it. */
#define HEAD_COLUMNS(agent_flags)                                                                  \
    COLUMN(struct row_head, id, FIELD_ID, FIELD_READ_ONLY | FIELD_NOT_NULL,                        \
           .about = "Identifies the record"),                                                      \
        COLUMN(struct row_head, brokerage_id, FIELD_ID,                                            \
               FIELD_READ_ONLY | FIELD_FIXED | FIELD_NOT_NULL,                                     \
               .about = "The brokerage it belongs to"),                                            \
        COLUMN(struct row_head, agent_id, FIELD_ID, (agent_flags) | FIELD_NOT_NULL,                \
               .about = "The agent it belongs to; the key's own agent unless given")
#define TIME_COLUMNS                                                                               \
    COLUMN(struct row_head, created_at, FIELD_INSTANT,                                             \
           FIELD_READ_ONLY | FIELD_FIXED | FIELD_NOT_NULL, .about = "When it was made"),           \
        COLUMN(struct row_head, updated_at, FIELD_INSTANT, FIELD_READ_ONLY | FIELD_NOT_NULL,       \
               .about = "When it last changed")

/* Who asks: records of one agent, or (agent_id NO_VALUE) of the whole brokerage. */
struct scope {
    int64_t brokerage_id;
    int64_t agent_id;
};
bool scope_holds(const struct scope *scope, const struct row_head *head);

/* A condition of a list: sql with one "?" for the value, such as "status = ?". */
struct condition {
    const char *sql;
    struct db_value value;
};

enum { CONDITIONS_MAX = 16 };

struct selection {
    struct condition conditions[CONDITIONS_MAX];
    size_t count;
    int64_t limit, offset;
};
void selection_add(struct selection *selection, const char *sql, struct db_value value);
/* Adds the condition that keeps to the scope. */
void selection_scope(struct selection *selection, const struct scope *scope);

const struct field *table_field(const struct table *table, const char *name);
/* Sets every field of a zeroed record to "not known" (booleans to false). */
void table_clear(const struct table *table, void *record);

/* Inserts the record and sets its id. */
enum err table_insert(struct db *db, const struct table *table, void *record) AR_MUST_USE;
/* Reads record `id`; ERR_NOT_FOUND. Its texts go on mem. */
enum err table_get(struct db *db, void *mem, const struct table *table, int64_t id,
                   void *record) AR_MUST_USE;
/* Reads the first record that fits the conditions, in the table's order. */
enum err table_first(struct db *db, void *mem, const struct table *table,
                     const struct selection *selection, void *record) AR_MUST_USE;
/* Whether table_change would write anything. */
bool table_differs(const struct table *table, const void *before, const void *after);
/* Writes the columns in which `after` differs from `before`, what the record was read as, and sets
 * after's updated_at to now if there are any. Untouched columns cost no index and fire no trigger.
 */
enum err table_change(struct db *db, void *mem, const struct table *table, const void *before,
                      void *after, int64_t now) AR_MUST_USE;
enum err table_delete(struct db *db, const struct table *table, int64_t id) AR_MUST_USE;
/* Reads a page into an array on mem, and how many there are in all. total may be NULL. */
enum err table_list(struct db *db, void *mem, const struct table *table,
                    const struct selection *selection, void **records, size_t *count,
                    int64_t *total) AR_MUST_USE;

/* Reads all records that fit `where` (a condition and what may follow it: ORDER BY, LIMIT). */
enum err table_where(struct db *db, void *mem, const struct table *table, const char *where,
                     const struct db_value *args, size_t arg_count, void **records,
                     size_t *count) AR_MUST_USE;

#endif
