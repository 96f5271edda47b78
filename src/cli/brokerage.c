/* ai-realtor brokerage show|set */
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/show.h"

static void brokerage_tell(struct cli *cli, const struct brokerage *brokerage)
{
    if (!cli->json) {
        show_record(cli, &table_brokerages, brokerage);
        return;
    }
    struct json_object *json = json_object_on(cli->mem);
    json_put_int(json, "id", brokerage->head.id);
    json_put_text(json, "name", brokerage->name);
    json_put_text(json, "timezone", brokerage->timezone);
    show_json(cli, json);
}

static int brokerage_show(struct cli *cli)
{
    struct brokerage brokerage;
    int code = cli_open_locked(cli, DB_READ);
    if (code)
        return code;
    enum err err = brokerage_first(cli->db, cli->mem, &brokerage);
    if (err)
        return cli_fail_err(cli, err, "find the brokerage");
    brokerage_tell(cli, &brokerage);
    return CLI_DONE;
}

const struct command command_brokerage_show = {
    .name = "brokerage show",
    .about = "Show the brokerage's name and time zone",
    .help = "Example:\n"
            "  ai-realtor brokerage show --json\n",
    .has_json = true,
    .run = brokerage_show,
};

static int brokerage_write(struct cli *cli, void *with)
{
    struct brokerage before, *after = with;
    struct faults faults = faults_on(cli->mem);
    enum err err = brokerage_first(cli->db, cli->mem, &before);
    if (err)
        return cli_fail_err(cli, err, "find the brokerage");
    *after = before;
    if (options_to_record(cli->mem, cli->options, &table_brokerages, after, &faults))
        return cli_fail_faults(cli, &faults);
    err =
        table_change(cli->db, cli->mem, &table_brokerages, &before, after, clock_now(&cli->clock));
    if (!err)
        err = cli_audit_changed(cli, &table_brokerages, &before, after);
    return err ? cli_fail_err(cli, err, "change the brokerage") : CLI_DONE;
}

static int brokerage_set(struct cli *cli)
{
    struct brokerage brokerage;
    if (!options_has(cli->options, "name") && !options_has(cli->options, "timezone"))
        return cli_fail(cli, CLI_USAGE, "--name or --timezone is needed");
    int code = cli_open(cli, DB_WRITE);
    if (!code)
        code = cli_transact(cli, brokerage_write, &brokerage);
    if (!code)
        brokerage_tell(cli, &brokerage);
    return code;
}

const struct command command_brokerage_set = {
    .name = "brokerage set",
    .about = "Change the brokerage's name, as callers are told it, or its time zone",
    .help = "Callers are told it from the next call on. Numbers keep their own time zone and\n"
            "greeting; those are changed over HTTP: PUT /phone-numbers/{id}.\n\n"
            "Example:\n"
            "  ai-realtor brokerage set --name \"Harborview Realty\" --timezone America/New_York\n",
    .record = &table_brokerages,
    .has_json = true,
    .run = brokerage_set,
};
