/* ai-realtor agent calendar: the address under which a phone subscribes to an agent's viewings. */
#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/show.h"
#include "cli/web.h"
#include "desk/feed.h"

static const struct option_spec specs[] = {
    { "revoke", NULL, "Take the address away instead; nobody reads the calendar then" },
};

/* The agents of that id or name; a name that several have is none's. */
static int agent_find(struct cli *cli, struct agent *found)
{
    const char *wanted = cli->options->operands[0];
    struct selection all = { .limit = INT64_MAX };
    struct agent *agents;
    size_t count, fits = 0;
    int64_t id;
    if (text_to_int(wanted, 1, INT64_MAX, &id))
        return cli_agent(cli, id, found);
    enum err err =
        table_list(cli->db, cli->mem, &table_agents, &all, (void **)&agents, &count, NULL);
    if (err)
        return cli_fail_err(cli, err, "read the agents");
    for (size_t i = 0; i < count; i++)
        if (text_equal_nocase(agents[i].name, wanted)) {
            *found = agents[i];
            fits++;
        }
    if (fits > 1)
        return cli_fail(cli, CLI_CONFLICT,
                        "%zu agents are named \"%s\"; give an id of: ai-realtor agent list", fits,
                        wanted);
    return fits ? CLI_DONE
                : cli_fail(cli, CLI_NOT_FOUND,
                           "there is no agent \"%s\"; see: ai-realtor agent list", wanted);
}

struct opening {
    struct agent agent;
    struct api_key key;
    char *shown;
};

static int address_make(struct cli *cli, void *with)
{
    struct opening *opening = with;
    const unsigned char *master;
    int code = agent_find(cli, &opening->agent);
    if (code)
        return code;
    if (cli_master(cli, &master))
        return cli_fail(cli, CLI_CONFIG,
                        "the master key %s cannot be used; ai-realtor doctor tells more",
                        cli->config.master_key_file);
    struct desk desk = cli_desk(cli, &opening->agent);
    enum err err = feed_open(&desk, opening->agent.head.id, cli->random, master, &opening->key,
                             &opening->shown);
    if (!err)
        err =
            cli_audit(cli, "create", "api_keys", opening->agent.head.brokerage_id, opening->key.id);
    return err ? cli_fail_err(cli, err, "make the address") : CLI_DONE;
}

static int address_revoke(struct cli *cli, void *with)
{
    struct opening *opening = with;
    int code = agent_find(cli, &opening->agent);
    if (code)
        return code;
    int64_t id = opening->agent.head.id;
    enum err err = calendar_key_get(cli->db, cli->mem, id, &opening->key);
    if (err == ERR_NOT_FOUND)
        return cli_fail(cli, CLI_NOT_FOUND, "the calendar of %s has no address",
                        opening->agent.name);
    if (!err)
        err = calendar_key_revoke(cli->db, id, clock_now(&cli->clock));
    if (!err)
        err =
            cli_audit(cli, "revoke", "api_keys", opening->agent.head.brokerage_id, opening->key.id);
    return err ? cli_fail_err(cli, err, "take the address away") : CLI_DONE;
}

static void address_show(struct cli *cli, const struct opening *opening)
{
    const char *host = cli->config.public_url ? cli->config.public_url : "https://YOUR-HOST";
    char *url = feed_url(cli->mem, web_base(cli->mem, host, cli->config.mount), opening->shown);
    if (!cli->json) {
        fprintf(cli->out, "%s\n", url);
        fprintf(cli->err,
                "Whoever has this address reads the calendar of %s. It is shown this once; one "
                "made before has ended.\n",
                opening->agent.name);
        return;
    }
    struct json_object *json = json_object_on(cli->mem);
    json_put_int(json, "agent_id", opening->agent.head.id);
    json_put_int(json, "key_id", opening->key.id);
    json_put_text(json, "url", url);
    show_json(cli, json);
}

static int agent_calendar(struct cli *cli)
{
    struct opening opening;
    bool revoke = options_has(cli->options, "revoke");
    int code = cli_open(cli, DB_WRITE);
    if (!code)
        code = cli_transact(cli, revoke ? address_revoke : address_make, &opening);
    if (code)
        return code;
    if (revoke)
        fprintf(cli->out, "the calendar of %s has no address any more\n", opening.agent.name);
    else
        address_show(cli, &opening);
    return CLI_DONE;
}

const struct command command_agent_calendar = {
    .name = "agent calendar",
    .operands = "NAME|ID",
    .about = "Make the address under which an agent's phone shows the viewings",
    .help = "The address alone goes to standard output. A new one replaces the one before.\n\n"
            "Examples:\n"
            "  ai-realtor agent calendar \"Maria Lopez\"\n"
            "  ai-realtor agent calendar 2 --revoke\n",
    COMMAND_SPECS(specs),
    .operand_min = 1,
    .operand_max = 1,
    .has_json = true,
    .run = agent_calendar,
};
