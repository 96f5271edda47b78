#include "store/installation.h"

enum err installation_domain(struct db *db, void *mem, const char **domain)
{
    struct db_rows *rows;
    enum err err = db_select(db, "SELECT domain FROM installation WHERE id = 1", DB_NO_ARGS, &rows);
    if (err)
        return err;
    *domain = db_next(rows) ? db_text_at(mem, rows, 0) : NULL;
    err = db_done(rows);
    return err ? err : *domain ? ERR_NONE : ERR_NOT_FOUND;
}

enum err installation_domain_settle(struct db *db, const char *domain)
{
    return db_run(
        db, "INSERT INTO installation (id, domain) VALUES (1, $1) ON CONFLICT (id) DO NOTHING",
        DB_ARGS(db_text(domain)));
}
