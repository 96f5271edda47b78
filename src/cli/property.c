/* ai-realtor property add|list */
#include "cli/commands.h"
#include "cli/show.h"
#include "desk/listing.h"

static int property_write(struct cli *cli, void *with)
{
    struct property *property = with;
    struct agent agent;
    int code = cli_agent(cli, property->head.agent_id, &agent);
    if (code)
        return code;
    struct desk desk = cli_desk(cli, &agent);
    property->head.agent_id = agent.head.id;
    property->head.brokerage_id = agent.head.brokerage_id;
    property->head.created_at = property->head.updated_at = desk.now;
    enum err err = listing_insert(&desk, property);
    if (!err)
        err = cli_audit_created(cli, &table_properties, property);
    return err ? cli_fail_err(cli, err, "add the listing") : CLI_DONE;
}

static int property_add(struct cli *cli)
{
    struct faults faults = faults_on(cli->mem);
    struct property property = { 0 };
    property_init(&property);
    if (options_to_record(cli->mem, cli->options, &table_properties, &property, &faults))
        return cli_fail_faults(cli, &faults);
    int code = cli_open(cli, DB_WRITE);
    if (!code)
        code = cli_transact(cli, property_write, &property);
    if (!code)
        show_added(cli, &table_properties, &property);
    return code;
}

const struct command command_property_add = {
    .name = "property add",
    .about = "Add a listing",
    .help = "Example:\n"
            "  ai-realtor property add --address \"123 Main St\" --city \"San Francisco\" --state "
            "CA \\\n"
            "      --price 850000 --bedrooms 3 --bathrooms 2 --square-feet 1800\n",
    .record = &table_properties,
    .has_json = true,
    .run = property_add,
};

static int property_list(struct cli *cli)
{
    static const char *const labels[] = { "id",        "address",        "unit",
                                          "city",      "price",          "bedrooms",
                                          "bathrooms", "listing_status", "stage" };
    struct record_list list = { .table = &table_properties,
                                .plural = "properties",
                                SHOW_LABELS(labels) };
    return show_selected(cli, &list);
}

const struct command command_property_list = {
    .name = "property list",
    .about = "List the listings",
    .help = "Example:\n"
            "  ai-realtor property list --city Oakland --max-price 900000\n",
    .list = &table_properties,
    .has_json = true,
    .run = property_list,
};
