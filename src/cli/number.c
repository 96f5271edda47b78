/* ai-realtor number add|list */
#include "cli/commands.h"
#include "cli/show.h"
#include "desk/numbers.h"

/* Whose it is, and the time zone of the brokerage unless another was given. */
static int number_place(struct cli *cli, struct phone_number *number)
{
    struct agent agent;
    struct brokerage brokerage;
    int code = cli_agent(cli, number->head.agent_id, &agent);
    if (code)
        return code;
    enum err err = brokerage_get(cli->db, cli->mem, agent.head.brokerage_id, &brokerage);
    if (err)
        return cli_fail_err(cli, err, "find the brokerage");
    number->head.agent_id = agent.head.id;
    number->head.brokerage_id = brokerage.head.id;
    number->head.created_at = number->head.updated_at = clock_now(&cli->clock);
    if (!number->timezone)
        number->timezone = brokerage.timezone;
    return CLI_DONE;
}

static int number_write(struct cli *cli, void *with)
{
    struct phone_number *number = with;
    int code = number_place(cli, number);
    if (code)
        return code;
    enum err err = phone_number_insert(cli->db, number);
    if (err == ERR_CONFLICT)
        return cli_fail(cli, CLI_CONFLICT,
                        "%s, or that provider's id, is there already; see: "
                        "ai-realtor number list",
                        number->phone_number);
    if (!err)
        err = cli_audit_created(cli, &table_phone_numbers, number);
    return err ? cli_fail_err(cli, err, "add the number") : CLI_DONE;
}

static int number_add(struct cli *cli)
{
    struct faults faults = faults_on(cli->mem);
    struct phone_number number = { 0 };
    phone_number_init(&number);
    enum err err =
        options_to_record(cli->mem, cli->options, &table_phone_numbers, &number, &faults);
    if (!err)
        err = number_check(&number, &faults);
    if (err)
        return cli_fail_faults(cli, &faults);
    int code = cli_open(cli, DB_WRITE);
    if (!code)
        code = cli_transact(cli, number_write, &number);
    if (!code)
        show_added(cli, &table_phone_numbers, &number);
    return code;
}

const struct command command_number_add = {
    .name = "number add",
    .about = "Add one of the brokerage's telephone numbers",
    .help = "The agent's first number becomes the primary one. --provider-phone-id is Vapi's id of "
            "the\nnumber (dashboard, Phone Numbers), by which its calls are known.\n\n"
            "Example:\n"
            "  ai-realtor number add --phone-number +14155551234 --friendly-name \"Main Line\" \\\n"
            "      --provider-phone-id b7f0c2a4-5d1e-4f3a-9c86-2e4d7a1b9f03 \\\n"
            "      --business-hours-start 09:00 --business-hours-end 18:00\n",
    .record = &table_phone_numbers,
    .has_json = true,
    .run = number_add,
};

static int number_list(struct cli *cli)
{
    static const char *const labels[] = {
        "id",           "phone_number",      "friendly_name", "is_active",   "is_primary",
        "forward_when", "provider_phone_id", "total_calls",   "last_call_at"
    };
    struct record_list list = { .table = &table_phone_numbers,
                                .plural = "phone_numbers",
                                SHOW_LABELS(labels) };
    return show_selected(cli, &list);
}

const struct command command_number_list = {
    .name = "number list",
    .about = "List the telephone numbers",
    .help = "Example:\n"
            "  ai-realtor number list --is-active true\n",
    .list = &table_phone_numbers,
    .has_json = true,
    .run = number_list,
};
