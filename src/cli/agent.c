/* ai-realtor agent add|list */
#include "cli/commands.h"
#include "cli/show.h"
#include "desk/fields.h"

static int agent_write(struct cli *cli, void *with)
{
    struct agent *agent = with;
    struct brokerage brokerage;
    enum err err = brokerage_first(cli->db, cli->mem, &brokerage);
    if (err)
        return cli_fail_err(cli, err, "find the brokerage");
    agent->head.brokerage_id = brokerage.head.id;
    agent->head.created_at = agent->head.updated_at = clock_now(&cli->clock);
    err = table_insert(cli->db, &table_agents, agent);
    if (!err)
        err = cli_audit_created(cli, &table_agents, agent);
    return err ? cli_fail_err(cli, err, "add the agent") : CLI_DONE;
}

static int agent_add(struct cli *cli)
{
    struct faults faults = faults_on(cli->mem);
    struct agent agent = { .is_active = true };
    if (options_to_record(cli->mem, cli->options, &table_agents, &agent, &faults))
        return cli_fail_faults(cli, &faults);
    int code = cli_open(cli, DB_WRITE);
    if (!code)
        code = cli_transact(cli, agent_write, &agent);
    if (!code)
        show_added(cli, &table_agents, &agent);
    return code;
}

const struct command command_agent_add = {
    .name = "agent add",
    .about = "Add an agent to the brokerage",
    .help = "Example:\n"
            "  ai-realtor agent add --name \"Maria Lopez\" --email maria@example.com\n",
    .record = &table_agents,
    .has_json = true,
    .run = agent_add,
};

static int agent_list(struct cli *cli)
{
    static const char *const labels[] = { "id", "name", "email", "phone", "is_active" };
    struct record_list list = { .table = &table_agents, .plural = "agents", SHOW_LABELS(labels) };
    return show_selected(cli, &list);
}

const struct command command_agent_list = {
    .name = "agent list",
    .about = "List the agents",
    .help = "Example:\n"
            "  ai-realtor agent list --json\n",
    .list = &table_agents,
    .has_json = true,
    .run = agent_list,
};
