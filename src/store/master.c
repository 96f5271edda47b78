#include "store/master.h"
#include "base/mem.h"
#include "store/audit_chain.h"

static enum err last_is_known(struct db *db, void *mem, struct seal *seal, bool *known)
{
    struct db_rows *rows;
    enum err err = db_select(db, "SELECT body FROM webhook_journal ORDER BY id DESC LIMIT 1",
                             DB_NO_ARGS, &rows);
    if (err)
        return err;
    *known = db_next(rows) && seal_knows(seal, db_text_at(mem, rows, 0));
    return db_done(rows);
}

enum err master_check(struct db *db, struct seal *seal, const unsigned char key[SECRET_KEY_BYTES])
{
    void *mem = mem_context(NULL);
    struct audit_head head;
    enum err err = audit_head_read(db, mem, &head);
    /* None has been sealed yet, or it fits. */
    bool known = !err && (!*head.seal || audit_head_fits(key, &head));
    if (!err && !known)
        err = last_is_known(db, mem, seal, &known);
    mem_free(mem);
    return err || known ? err : ERR_DENIED;
}
