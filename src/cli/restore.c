/* ai-realtor restore: a backup in the place of the database, while the service runs. The copy is
 * made ready beside the database and renamed over it, so that at every moment one of the two is
 * there whole; the processes notice (store/db_place.c). */
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/upkeep.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct restore {
    const char *from;   /* the backup */
    const char *path;   /* the database */
    const char *folder; /* where that is */
    const char *made;   /* the copy that is made ready there, this run's own */
};

static int failed_at(struct cli *cli, const char *path)
{
    return cli_fail(cli, CLI_FAILED, "%s cannot be written: %s", path, strerror(errno));
}

static int copy_make(struct cli *cli, const struct restore *restore)
{
    struct db *from;
    if (access(restore->from, R_OK) != 0)
        return cli_fail(cli, CLI_NOT_FOUND, "%s cannot be read: %s", restore->from,
                        strerror(errno));
    if (db_open(restore->from, DB_READ, (int)cli->config.busy_timeout_ms, &from))
        return cli_fail(cli, CLI_FAILED, "%s is no database, or damaged", restore->from);
    int code = upkeep_claim(cli, restore->made);
    if (!code && db_backup(from, restore->made))
        code = cli_fail(cli, CLI_FAILED,
                        "%s cannot be copied whole: it is no database, or "
                        "damaged, or the disk is full",
                        restore->from);
    db_close(from);
    return code;
}

static int restore_note(struct cli *cli, void *with)
{
    (void)with;
    enum err err = cli_audit(cli, "restore", "database", NO_VALUE, NO_VALUE);
    return err ? cli_fail_err(cli, err, "note it in the audit log") : CLI_DONE;
}

/* Up to date, readable with the master key, and with the restoring in its log. */
static int copy_prepare(struct cli *cli, const struct restore *restore)
{
    cli->config.database = restore->from; /* for what is told of it */
    int64_t from, to;
    int code = CLI_DONE;
    if (db_open(restore->made, DB_WRITE, (int)cli->config.busy_timeout_ms, &cli->db))
        code = cli_fail(cli, CLI_FAILED, "the copy %s cannot be opened", restore->made);
    if (!code)
        code = upkeep_migrate(cli, restore->from, &from, &to);
    if (!code)
        code = cli_unlock(cli);
    if (!code)
        code = cli_transact(cli, restore_note, NULL);
    db_close(cli->db);
    cli->db = NULL;
    return code;
}

static int folder_sync(struct cli *cli, const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good ? CLI_DONE : failed_at(cli, folder);
}

/* The user whose the database is, or else its folder. */
static int copy_give(struct cli *cli, const struct restore *restore)
{
    struct stat had, made;
    bool known = stat(restore->path, &had) == 0 || stat(restore->folder, &had) == 0;
    if (!known || stat(restore->made, &made) != 0)
        return failed_at(cli, restore->made);
    bool ours = had.st_uid == made.st_uid && had.st_gid == made.st_gid;
    if (ours || chown(restore->made, had.st_uid, had.st_gid) == 0)
        return CLI_DONE;
    return cli_fail(cli, CLI_FAILED, "%s is another user's: run it as that user or as root",
                    restore->path);
}

static int copy_place(struct cli *cli, const struct restore *restore)
{
    if (rename(restore->made, restore->path) != 0)
        return failed_at(cli, restore->path);
    return folder_sync(cli, restore->folder);
}

/* What stands beside the copy while it is open for writing. */
static void copy_tidy(struct cli *cli, const struct restore *restore)
{
    static const char *const ends[] = { "", "-lock", "-wal", "-shm" };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        unlink(mem_printf(cli->mem, "%s%s", restore->made, ends[i]));
}

static int restore_run(struct cli *cli)
{
    int code = cli_configure(cli);
    if (code)
        return code;
    const char *path = cli->config.database;
    struct restore restore = { cli->options->operands[0], path, dirname(mem_strdup(cli->mem, path)),
                               mem_printf(cli->mem, "%s-restore.%ld", path, (long)getpid()) };
    code = copy_make(cli, &restore);
    if (!code)
        code = copy_prepare(cli, &restore);
    if (!code)
        code = copy_give(cli, &restore);
    if (!code)
        code = copy_place(cli, &restore);
    copy_tidy(cli, &restore);
    if (!code)
        fprintf(cli->out,
                "a copy of %s is in the place of %s\n"
                "What was deleted or erased since it was made is there again: run ai-realtor "
                "purge, and erase anew who asked for it.\n",
                restore.from, path);
    return code;
}

const struct command command_restore = {
    .name = "restore",
    .operands = "FILE",
    .about = "Put a copy of a backup in the database's place, while the service runs",
    .help = "The copy is checked, brought up to date and tried with the master key first. What the "
            "database\nholds now is lost: make a backup of it before, if it can still be read. "
            "FILE stays as it is.\n\n"
            "Example:\n"
            "  ai-realtor backup /var/backups/ai-realtor/today.db\n"
            "  ai-realtor restore /var/backups/ai-realtor/2026-11-20.db\n",
    .operand_min = 1,
    .operand_max = 1,
    .run = restore_run,
};
