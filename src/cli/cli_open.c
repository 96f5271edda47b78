/* What nearly every subcommand begins and ends with. */
#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/show.h"
#include "store/master.h"
#include "store/migrate.h"
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

/* ---- telling what went wrong ---- */

static int say(struct cli *cli, int code, const char *sentence)
{
    fflush(cli->out); /* so that both come out in order */
    fprintf(cli->err, "ai-realtor%s%s: %s\n", cli->command ? " " : "",
            cli->command ? cli->command->name : "", show_safe(cli->mem, sentence));
    return code;
}

int cli_fail(struct cli *cli, int code, const char *sentence, ...)
{
    va_list args;
    va_start(args, sentence);
    char *text = mem_vprintf(cli->mem, sentence, args);
    va_end(args);
    return say(cli, code, text);
}

int cli_fail_err(struct cli *cli, enum err err, const char *what, ...)
{
    static const struct {
        int code;
        const char *why;
    } rows[] = {
        [ERR_NONE] = { CLI_FAILED, "nothing is wrong" },
        [ERR_NOT_FOUND] = { CLI_NOT_FOUND, "it is not there" },
        [ERR_CONFLICT] = { CLI_CONFLICT, "it contradicts what is there already" },
        [ERR_INVALID] = { CLI_FAILED, "a value is not allowed" },
        [ERR_DENIED] = { CLI_FAILED, "access is denied" },
        [ERR_BUSY] = { CLI_BUSY, "another program holds the database; try again" },
        [ERR_FULL] = { CLI_BUSY, "the database cannot be written; is the disk full or the file "
                                 "another user's?" },
        [ERR_FAILED] = { CLI_FAILED, "see the line above" },
    };
    va_list args;
    va_start(args, what);
    char *text = mem_vprintf(cli->mem, what, args);
    va_end(args);
    return cli_fail(cli, rows[err].code, "cannot %s: %s", text, rows[err].why);
}

int cli_fail_faults(struct cli *cli, const struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        cli_fail(cli, CLI_USAGE, "--%s %s", option_name(cli->mem, faults->list[i].field),
                 faults->list[i].detail);
    return CLI_USAGE;
}

/* ---- beginning ---- */

int cli_configure(struct cli *cli)
{
    const char *why;
    int64_t instant;
    enum err err = config_read(cli->mem, cli->config_path, cli->environment, &cli->config, &why);
    if (err == ERR_NOT_FOUND)
        return cli_fail(cli, CLI_CONFIG,
                        "%s; name the file with --config, or make one with: "
                        "ai-realtor init",
                        why);
    if (err == ERR_DENIED)
        return cli_fail(cli, CLI_CONFIG,
                        "%s; run it as the user whose file that is: sudo -u www-data", why);
    if (err)
        return cli_fail(cli, CLI_CONFIG, "%s", why);
    if (cli->config.clock && instant_parse(cli->config.clock, &instant) == ERR_NONE)
        cli->clock = clock_from(instant);
    return CLI_DONE;
}

int cli_open_locked(struct cli *cli, enum db_mode mode)
{
    int code = cli_configure(cli);
    if (code)
        return code;
    const char *path = cli->config.database;
    /* Opening for writing would make an empty one. */
    if (access(path, F_OK) != 0)
        return cli_fail(cli, CLI_CONFIG, "there is no database %s; make one with: ai-realtor init",
                        path);
    enum err err = db_open(path, mode, (int)cli->config.busy_timeout_ms, &cli->db);
    if (err)
        return cli_fail_err(cli, err, "open the database %s", path);
    err = migrate_check(cli->db);
    if (err == ERR_CONFLICT)
        return cli_fail(cli, CLI_CONFIG,
                        "the schema of %s is not this program's; run: ai-realtor "
                        "migrate",
                        path);
    return err ? cli_fail_err(cli, err, "read the database %s", path) : CLI_DONE;
}

int cli_unlock(struct cli *cli)
{
    const char *path = cli->config.master_key_file;
    if (seal_open(cli->mem, path, cli->random, &cli->seal))
        return cli_fail(cli, CLI_CONFIG,
                        "the master key %s cannot be used; ai-realtor doctor tells more", path);
    db_seal(cli->db, cli->seal);
    const unsigned char *master;
    enum err err = cli_master(cli, &master);
    if (!err)
        err = master_check(cli->db, cli->seal, master);
    if (err == ERR_DENIED)
        return cli_fail(cli, CLI_CONFIG,
                        "%s is not the master key that %s was made with; put the right one back",
                        path, cli->config.database);
    return err ? cli_fail_err(cli, err, "read the database %s", cli->config.database) : CLI_DONE;
}

int cli_open(struct cli *cli, enum db_mode mode)
{
    int code = cli_open_locked(cli, mode);
    return code ? code : cli_unlock(cli);
}

int cli_agent(struct cli *cli, int64_t id, struct agent *agent)
{
    struct selection selection = { 0 };
    selection_add(&selection, id == NO_VALUE ? "is_active = ?" : "id = ?",
                  db_int(id == NO_VALUE ? 1 : id));
    enum err err = table_first(cli->db, cli->mem, &table_agents, &selection, agent);
    if (err == ERR_NOT_FOUND && id != NO_VALUE)
        return cli_fail(cli, CLI_NOT_FOUND, "there is no agent %lld; see: ai-realtor agent list",
                        (long long)id);
    if (err == ERR_NOT_FOUND)
        return cli_fail(cli, CLI_NOT_FOUND,
                        "there is no active agent; add one with: ai-realtor "
                        "agent add");
    return err ? cli_fail_err(cli, err, "find the agent") : CLI_DONE;
}

struct desk cli_desk(const struct cli *cli, const struct agent *agent)
{
    return (struct desk){ .mem = cli->mem,
                          .db = cli->db,
                          .now = clock_now(&cli->clock),
                          .config = &cli->config,
                          .agent_id = agent->head.id,
                          .brokerage_id = agent->head.brokerage_id };
}

int cli_id(struct cli *cli, size_t place, int64_t *id)
{
    const char *text = cli->options->operands[place];
    if (text_to_int(text, 1, INT64_MAX, id))
        return CLI_DONE;
    return cli_fail(cli, CLI_USAGE, "\"%s\" is no id, a whole number from 1", text);
}

int cli_option_id(struct cli *cli, const char *name, int64_t *id)
{
    const char *text = options_get(cli->options, name);
    *id = NO_VALUE;
    if (!text || text_to_int(text, 1, INT64_MAX, id))
        return CLI_DONE;
    return cli_fail(cli, CLI_USAGE, "--%s must be an id, a whole number from 1", name);
}

/* ---- changing ---- */

int cli_transact(struct cli *cli, int (*work)(struct cli *cli, void *with), void *with)
{
    enum err err = db_begin(cli->db);
    if (err)
        return cli_fail_err(cli, err, "begin to write");
    int code = work(cli, with);
    if (code != CLI_DONE) {
        db_rollback(cli->db);
        return code;
    }
    err = db_commit(cli->db);
    return err ? cli_fail_err(cli, err, "write the change") : CLI_DONE;
}
