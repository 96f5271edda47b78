/* Sealed columns: what stands between a text and the place where it is kept. */
#include "base/instant.h"
#include "base/mem.h"
#include "store/db_sqlite.h"

void db_seal(struct db *db, struct seal *seal)
{
    db->seal = seal;
}

struct db_value db_sealed(void *mem, const struct db *db, const struct seal_place *place,
                          const char *text)
{
    return db_text(text && db->seal ? seal_text(mem, db->seal, place, text) : text);
}

enum err db_unsealed_at(void *mem, const struct db_rows *rows, int column,
                        const struct seal_place *place, const char **text)
{
    char *kept = (char *)(uintptr_t)db_text_at(mem, rows, column);
    *text = kept;
    if (!kept || !rows->db->seal)
        return ERR_NONE;
    enum err err = seal_open_text(mem, rows->db->seal, place, kept, text);
    mem_free(kept);
    return err;
}

enum err db_next_id(struct db *db, const char *table, int64_t *id)
{
    char sql[224];
    snprintf(sql, sizeof sql,
             "SELECT COALESCE(MAX(id), 0) + 1 FROM (SELECT MAX(id) AS id FROM %s UNION ALL "
             "SELECT last_id FROM id_floors WHERE table_name = '%s') AS given",
             table, table);
    return db_get_int(db, sql, DB_NO_ARGS, id);
}
