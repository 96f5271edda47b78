#include "store/agents.h"
#include "base/instant.h"
#include "base/mem.h"

static const struct field agent_fields[] = {
    COLUMN(struct row_head, id, FIELD_ID, FIELD_READ_ONLY | FIELD_NOT_NULL,
           .about = "Identifies the agent"),
    COLUMN(struct row_head, brokerage_id, FIELD_ID, FIELD_READ_ONLY | FIELD_FIXED | FIELD_NOT_NULL,
           .about = "The brokerage the agent works for"),
    COLUMN(struct agent, name, FIELD_TEXT, FIELD_REQUIRED, .min = 1, .max = 200,
           .about = "As callers are told it"),
    COLUMN(struct agent, email, FIELD_TEXT, 0, .max = 254, .about = "For notifications"),
    COLUMN(struct agent, phone, FIELD_PHONE, 0, .about = "The agent's own telephone"),
    COLUMN(struct agent, is_active, FIELD_BOOL, FIELD_NOT_NULL,
           .about = "Keys of an agent who is not active are refused"),
    TIME_COLUMNS,
};
const struct table table_agents = {
    .name = "agents",
    .one = "agent",
    .size = sizeof(struct agent),
    TABLE_FIELDS(agent_fields),
    .order = "id",
};

static const struct field brokerage_fields[] = {
    COLUMN(struct row_head, id, FIELD_ID, FIELD_READ_ONLY | FIELD_NOT_NULL,
           .about = "Identifies the brokerage"),
    COLUMN(struct brokerage, name, FIELD_TEXT, FIELD_NOT_NULL, .min = 1, .max = 200,
           .about = "As callers are told it"),
    COLUMN(struct brokerage, timezone, FIELD_ZONE, FIELD_NOT_NULL,
           .about = "IANA time zone of new numbers, and wherever nothing else is said"),
    TIME_COLUMNS,
};
const struct table table_brokerages = {
    .name = "brokerages",
    .one = "brokerage",
    .size = sizeof(struct brokerage),
    TABLE_FIELDS(brokerage_fields),
    .order = "id",
};

enum err brokerage_insert(struct db *db, const char *name, const char *timezone, int64_t now,
                          int64_t *id)
{
    return db_get_int(db,
                      "INSERT INTO brokerages (name, timezone, created_at, updated_at) "
                      "VALUES ($1, $2, $3, $3) RETURNING id",
                      DB_ARGS(db_text(name), db_text(timezone), db_int(now)), id);
}

enum err brokerage_get(struct db *db, void *mem, int64_t id, struct brokerage *brokerage)
{
    enum err err = table_get(db, mem, &table_brokerages, id, brokerage);
    brokerage->head.brokerage_id = id;
    return err;
}

enum err brokerage_first(struct db *db, void *mem, struct brokerage *brokerage)
{
    struct selection any = { .limit = 1 };
    enum err err = table_first(db, mem, &table_brokerages, &any, brokerage);
    if (!err)
        brokerage->head.brokerage_id = brokerage->head.id;
    return err;
}

enum err agent_timezone(struct db *db, void *mem, int64_t agent_id, const char **timezone)
{
    struct db_rows *rows;
    enum err err = db_select(
        db,
        "SELECT COALESCE((SELECT timezone FROM viewing_rules WHERE agent_id = a.id "
        "AND property_id IS NULL), (SELECT timezone FROM phone_numbers WHERE agent_id = a.id "
        "AND is_primary = 1), b.timezone) "
        "FROM agents a JOIN brokerages b ON b.id = a.brokerage_id WHERE a.id = $1",
        DB_ARGS(db_int(agent_id)), &rows);
    if (err)
        return err;
    bool found = db_next(rows);
    if (found)
        *timezone = db_text_at(mem, rows, 0);
    err = db_done(rows);
    return err ? err : found ? ERR_NONE : ERR_NOT_FOUND;
}

enum err api_key_insert(struct db *db, struct api_key *key)
{
    return db_get_int(
        db,
        "INSERT INTO api_keys (agent_id, name, role, prefix, hash, created_at, expires_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        DB_ARGS(db_int(key->agent_id), db_text(key->name),
                db_text(words_name(&words_role, key->role)), db_text(key->prefix),
                db_text(key->hash), db_int(key->created_at), db_int(key->expires_at)),
        &key->id);
}

#define KEY_COLUMNS                                                                                \
    "SELECT k.id, k.agent_id, a.brokerage_id, k.name, k.prefix, k.hash, k.role, k.created_at, "    \
    "k.expires_at, k.revoked_at, k.last_used_at, a.name, a.is_active "                             \
    "FROM api_keys k JOIN agents a ON a.id = k.agent_id "

static struct api_key key_read(void *mem, const struct db_rows *rows)
{
    return (struct api_key){
        .id = db_int_at(rows, 0),
        .agent_id = db_int_at(rows, 1),
        .brokerage_id = db_int_at(rows, 2),
        .name = db_text_at(mem, rows, 3),
        .prefix = db_text_at(mem, rows, 4),
        .hash = db_text_at(mem, rows, 5),
        .role = words_find(&words_role, db_text_at(mem, rows, 6)),
        .created_at = db_int_at(rows, 7),
        .expires_at = db_int_at(rows, 8),
        .revoked_at = db_int_at(rows, 9),
        .last_used_at = db_int_at(rows, 10),
        .agent_name = db_text_at(mem, rows, 11),
        .agent_is_active = db_int_at(rows, 12) == 1,
    };
}

static enum err key_select(struct db *db, void *mem, const char *sql, struct db_value arg,
                           struct api_key *key)
{
    struct db_rows *rows;
    enum err err = db_select(db, sql, DB_ARGS(arg), &rows);
    if (err)
        return err;
    bool found = db_next(rows);
    if (found)
        *key = key_read(mem, rows);
    err = db_done(rows);
    return err ? err : found ? ERR_NONE : ERR_NOT_FOUND;
}

enum err api_key_find(struct db *db, void *mem, const char *prefix, struct api_key *key)
{
    return key_select(db, mem, KEY_COLUMNS "WHERE k.prefix = $1", db_text(prefix), key);
}

enum err calendar_key_get(struct db *db, void *mem, int64_t agent_id, struct api_key *key)
{
    return key_select(db, mem,
                      KEY_COLUMNS
                      "WHERE k.agent_id = $1 AND k.role = 'calendar' AND k.revoked_at IS NULL",
                      db_int(agent_id), key);
}

enum err calendar_key_revoke(struct db *db, int64_t agent_id, int64_t now)
{
    enum err err = db_run(db,
                          "UPDATE api_keys SET revoked_at = $2 WHERE agent_id = $1 "
                          "AND role = 'calendar' AND revoked_at IS NULL",
                          DB_ARGS(db_int(agent_id), db_int(now)));
    return err ? err : db_changes(db) > 0 ? ERR_NONE : ERR_NOT_FOUND;
}

enum err api_key_list(struct db *db, void *mem, struct api_key **keys, size_t *count)
{
    struct db_rows *rows;
    enum err err = db_select(db, KEY_COLUMNS "ORDER BY k.id", DB_NO_ARGS, &rows);
    *keys = NULL;
    *count = 0;
    if (err)
        return err;
    while (db_next(rows)) {
        *keys = mem_resize(mem, *keys, struct api_key, *count + 1);
        (*keys)[(*count)++] = key_read(mem, rows);
    }
    return db_done(rows);
}

enum err api_key_revoke(struct db *db, int64_t id, int64_t now)
{
    enum err err =
        db_run(db, "UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
               DB_ARGS(db_int(id), db_int(now)));
    return err ? err : db_changes(db) == 1 ? ERR_NONE : ERR_NOT_FOUND;
}

/* A use in the future is a clock that was set back. */
bool api_key_use_counts(const struct api_key *key, int64_t now)
{
    return key->last_used_at == NO_VALUE || key->last_used_at <= now - KEY_USE_MS ||
           key->last_used_at > now;
}

enum err api_key_use(struct db *db, int64_t id, int64_t at)
{
    return db_run(db,
                  "UPDATE api_keys SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL "
                  "OR last_used_at <= $3 OR last_used_at > $2)",
                  DB_ARGS(db_int(id), db_int(at), db_int(at - KEY_USE_MS)));
}
