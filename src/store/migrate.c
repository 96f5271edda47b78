#include "store/migrate.h"
#include "base/log.h"
#include <stdio.h>

/* PRAGMA user_version is SQLite's place for this; it rolls back with the transaction around it. */
static enum err version_read(struct db *db, int64_t *version)
{
    return db_get_int(db, "PRAGMA user_version", DB_NO_ARGS, version);
}

static int64_t version_known(void)
{
    return migrations[migration_count - 1].version;
}

static enum err newer_refuse(int64_t version)
{
    log_line(LOG_ERROR, "schema_newer",
             "found=%lld known=%lld detail=\"a newer program made this "
             "database; install that version\"",
             (long long)version, (long long)version_known());
    return ERR_CONFLICT;
}

/* Applies the step unless another process did in the meantime: the version counts once locked. */
static enum err step_apply(struct db *db, const struct migration *step)
{
    char bump[48]; /* a PRAGMA takes no parameters */
    int64_t version;
    snprintf(bump, sizeof bump, "PRAGMA user_version = %lld", (long long)step->version);
    enum err err = db_begin(db);
    if (err)
        return err;
    err = version_read(db, &version);
    if (!err && version < step->version) {
        err = db_script(db, step->sql);
        if (!err)
            err = db_script(db, bump);
    }
    if (err) {
        db_rollback(db);
        return err;
    }
    return db_commit(db);
}

enum err migrate(struct db *db, int64_t *from, int64_t *to)
{
    enum err err = version_read(db, from);
    if (!err && *from > version_known())
        err = newer_refuse(*from);
    for (size_t i = 0; i < migration_count && !err; i++)
        if (*from < migrations[i].version)
            err = step_apply(db, &migrations[i]);
    return err ? err : version_read(db, to);
}

enum err migrate_check(struct db *db)
{
    int64_t version;
    enum err err = version_read(db, &version);
    if (err)
        return err;
    if (version > version_known())
        return newer_refuse(version);
    if (version == version_known())
        return ERR_NONE;
    log_line(LOG_ERROR, "schema_older", "found=%lld needed=%lld detail=\"run: ai-realtor migrate\"",
             (long long)version, (long long)version_known());
    return ERR_CONFLICT;
}
