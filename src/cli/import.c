/* ai-realtor property import FILE.csv */
#include "cli/import.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "desk/listing.h"

static const struct option_spec specs[] = {
    { "agent-id", "ID", "Whose the new listings are; the first agent's unless given" },
    { "dry-run", NULL, "Show what would change, and change nothing" },
    { "skip-bad", NULL, "Leave out the bad lines and keep the others" },
};

struct importing {
    const char *text;
    size_t len;
    int64_t agent_id;
    struct import import;
    bool is_undone; /* as it should be; no failure */
};

static enum err row_update(struct cli *cli, const struct desk *desk, struct import_row *row)
{
    enum err err = listing_update(desk, &row->before, &row->after);
    return err ? err : cli_audit_changed(cli, &table_properties, &row->before, &row->after);
}

static enum err row_add(struct cli *cli, const struct desk *desk, struct import_row *row)
{
    row->after.head.agent_id = desk->agent_id;
    row->after.head.brokerage_id = desk->brokerage_id;
    row->after.head.created_at = row->after.head.updated_at = desk->now;
    enum err err = listing_insert(desk, &row->after);
    return err ? err : cli_audit_created(cli, &table_properties, &row->after);
}

static enum err row_same(struct cli *cli, const struct desk *desk, struct import_row *row)
{
    (void)cli, (void)desk, (void)row;
    return ERR_NONE;
}

static enum err (*const row_writes[IMPORT_ACTIONS])(struct cli *cli, const struct desk *desk,
                                                    struct import_row *row) = {
    [IMPORT_ADD] = row_add,
    [IMPORT_UPDATE] = row_update,
    [IMPORT_SAME] = row_same,
};

/* The good rows; each works on a context of its own, since there may be many. */
static int rows_write(struct cli *cli, const struct agent *agent, struct import *import)
{
    struct desk desk = cli_desk(cli, agent);
    for (size_t i = 0; i < import->row_count; i++) {
        desk.mem = mem_context(cli->mem);
        enum err err = row_writes[import->rows[i].action](cli, &desk, &import->rows[i]);
        mem_free(desk.mem);
        if (err)
            return cli_fail_err(cli, err, "keep line %zu", import->rows[i].line);
    }
    return CLI_DONE;
}

/* CLI_DONE only if the rows are to be kept: everything else is undone. */
static int import_write(struct cli *cli, void *with)
{
    struct importing *importing = with;
    struct import *import = &importing->import;
    struct agent agent;
    int code = cli_agent(cli, importing->agent_id, &agent);
    if (code)
        return code;
    enum err err = import_read(cli, &agent, importing->text, importing->len, import);
    if (err && err != ERR_INVALID)
        return cli_fail_err(cli, err, "read the listings that are there");
    import->is_malformed = err == ERR_INVALID;
    if (err || import->dry_run || (import->bad_lines && !import->skip_bad)) {
        importing->is_undone = true;
        return CLI_FAILED;
    }
    return rows_write(cli, &agent, import);
}

static int import_begin(struct cli *cli, struct importing *importing)
{
    char *text = NULL;
    importing->import = (struct import){ .mem = cli->mem,
                                         .dry_run = options_has(cli->options, "dry-run"),
                                         .skip_bad = options_has(cli->options, "skip-bad") };
    int code = cli_option_id(cli, "agent-id", &importing->agent_id);
    if (!code)
        code = import_file_read(cli, cli->options->operands[0], &text, &importing->len);
    importing->text = text;
    return code;
}

/* A dry run has done its part when all lines were good, or bad ones may be left out. */
static int import_end(struct cli *cli, struct importing *importing, int code)
{
    struct import *import = &importing->import;
    if (code && !importing->is_undone)
        return code;
    import->kept = !importing->is_undone;
    import_report(cli, import);
    return import->is_malformed || (import->bad_lines && !import->skip_bad) ? CLI_FAILED : CLI_DONE;
}

static int import_run(struct cli *cli)
{
    struct importing importing = { 0 };
    int code = import_begin(cli, &importing);
    if (!code)
        code = cli_open(cli, DB_WRITE);
    if (!code)
        code = import_end(cli, &importing, cli_transact(cli, import_write, &importing));
    return code;
}

const struct command command_property_import = {
    .name = "property import",
    .operands = "FILE.csv",
    .about = "Add or update listings from a CSV file",
    .help =
        "The first line names the columns, in any order, as in property list --json: address "
        "(needed),\nunit, city, state, zip, price, bedrooms, bathrooms, square_feet, year_built,\n"
        "property_type, listing_status, mls_number, description, private_notes, stage,\n"
        "blocked_reason, next_action. A listing of the same address is updated. An empty cell\n"
        "means \"not known\". Bad lines are told by number; nothing of the file is kept then,\n"
        "unless --skip-bad.\n\n"
        "Example:\n"
        "  ai-realtor property import --dry-run listings.csv\n",
    COMMAND_SPECS(specs),
    .operand_min = 1,
    .operand_max = 1,
    .has_json = true,
    .run = import_run,
};
