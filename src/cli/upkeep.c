/* ai-realtor migrate and backup */
#include "cli/upkeep.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "desk/listing.h"
#include "store/migrate.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct reindexing {
    int64_t last, total;
    size_t count;
};

static int reindex_work(struct cli *cli, void *with)
{
    struct reindexing *work = with;
    void *mem = mem_context(cli->mem);
    enum err err = listing_reindex(cli->db, mem, &work->last, &work->count);
    mem_free(mem);
    work->total += (int64_t)work->count;
    return err ? cli_fail_err(cli, err, "compute anew by what listings are found") : CLI_DONE;
}

/* In small transactions: calls go on. */
static int reindex(struct cli *cli)
{
    struct reindexing work = { 0 };
    int code;
    do
        code = cli_transact(cli, reindex_work, &work);
    while (!code && work.count == LISTINGS_A_TIME);
    if (!code && work.total > 0)
        fprintf(cli->out, "%s made ready for finding\n",
                number_of(cli->mem, work.total, "listing"));
    return code;
}

int upkeep_migrate(struct cli *cli, const char *path, int64_t *from, int64_t *to)
{
    enum err err = migrate(cli->db, from, to);
    if (err == ERR_CONFLICT)
        return cli_fail(cli, CLI_CONFLICT, "%s is of a newer ai-realtor; install that version",
                        path);
    if (err)
        return cli_fail_err(cli, err, "bring %s up to date", path);
    if (*from == *to)
        return CLI_DONE;
    fprintf(cli->out, "schema version %lld brought to %lld\n", (long long)*from, (long long)*to);
    return reindex(cli);
}

static int migrate_run(struct cli *cli)
{
    int64_t from, to;
    int code = cli_configure(cli);
    if (code)
        return code;
    const char *path = cli->config.database;
    if (access(path, F_OK) != 0)
        return cli_fail(cli, CLI_CONFIG, "there is no database %s; make one with: ai-realtor init",
                        path);
    enum err err = db_open(path, DB_WRITE, (int)cli->config.busy_timeout_ms, &cli->db);
    if (err)
        return cli_fail_err(cli, err, "open the database %s", path);
    code = upkeep_migrate(cli, path, &from, &to);
    if (!code && from == to)
        fprintf(cli->out, "the schema is up to date: version %lld\n", (long long)to);
    return code;
}

const struct command command_migrate = {
    .name = "migrate",
    .about = "Bring the database's schema up to date; safe to repeat",
    .help = "Run it after an upgrade, before the web server starts the new program; take a backup "
            "first.\n\n"
            "Example:\n"
            "  ai-realtor --config /etc/ai-realtor.conf migrate\n",
    .run = migrate_run,
};

int upkeep_claim(struct cli *cli, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) {
        close(fd);
        return CLI_DONE;
    }
    if (errno == EEXIST)
        return cli_fail(cli, CLI_CONFLICT,
                        "%s is there already and is not overwritten; name another "
                        "file",
                        path);
    return cli_fail(cli, CLI_FAILED, "%s cannot be written: %s", path, strerror(errno));
}

static int backup_run(struct cli *cli)
{
    const char *path = cli->options->operands[0];
    int code = cli_open_locked(cli, DB_READ);
    if (!code)
        code = upkeep_claim(cli, path);
    if (code)
        return code;
    enum err err = db_backup(cli->db, path);
    if (err) {
        unlink(path);
        return cli_fail_err(cli, err, "write the backup %s", path);
    }
    fprintf(cli->out, "%s written and checked\n", path);
    return CLI_DONE;
}

const struct command command_backup = {
    .name = "backup",
    .operands = "FILE",
    .about = "Copy the database into a new file while it is in use, and check the copy",
    .help = "The copy is a complete database. It holds callers' data: keep it as private as the "
            "original,\nand keep master.key apart from it.\n\n"
            "Example:\n"
            "  ai-realtor backup /var/backups/ai-realtor-$(date +%F).db\n",
    .operand_min = 1,
    .operand_max = 1,
    .run = backup_run,
};
