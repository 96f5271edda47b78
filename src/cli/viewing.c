/* ai-realtor viewing-rules|viewing-hours|viewing-blackout|open-house add|list|remove: how viewings
 * are booked. */
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/show.h"
#include "desk/viewing_settings.h"

static int setting_write(struct cli *cli, void *record)
{
    const struct table *table = cli->command->record;
    struct faults faults = faults_on(cli->mem);
    struct row_head *head = record;
    struct agent agent;
    int code = cli_agent(cli, head->agent_id, &agent);
    if (code)
        return code;
    head->agent_id = agent.head.id;
    head->brokerage_id = agent.head.brokerage_id;
    head->created_at = head->updated_at = clock_now(&cli->clock);
    enum err err = viewing_setting_check(cli->db, cli->mem, table, record, &faults);
    if (err == ERR_INVALID)
        return cli_fail_faults(cli, &faults);
    if (!err)
        err = table_insert(cli->db, table, record);
    if (err == ERR_CONFLICT)
        return cli_fail(cli, CLI_CONFLICT,
                        "there are rules for that already; remove them first, or change them over "
                        "HTTP: PUT /viewing-rules/{id}");
    if (!err)
        err = cli_audit_created(cli, table, record);
    return err ? cli_fail_err(cli, err, "add the %s", table->one) : CLI_DONE;
}

static int setting_add(struct cli *cli)
{
    const struct table *table = cli->command->record;
    struct faults faults = faults_on(cli->mem);
    void *record = mem_check(talloc_zero_size(cli->mem, table->size));
    table_clear(table, record);
    if (options_to_record(cli->mem, cli->options, table, record, &faults))
        return cli_fail_faults(cli, &faults);
    int code = cli_open(cli, DB_WRITE);
    if (!code)
        code = cli_transact(cli, setting_write, record);
    if (!code)
        show_added(cli, table, record);
    return code;
}

static int rows_list(struct cli *cli, const char *plural, const char *const *labels, size_t count)
{
    struct record_list list = {
        .table = cli->command->list, .plural = plural, .labels = labels, .label_count = count
    };
    return show_selected(cli, &list);
}

static int row_remove(struct cli *cli, void *with)
{
    const struct table *table = with;
    struct row_head *head = mem_check(talloc_zero_size(cli->mem, table->size));
    int64_t id;
    int code = cli_id(cli, 0, &id);
    if (code)
        return code;
    enum err err = table_get(cli->db, cli->mem, table, id, head);
    if (err == ERR_NOT_FOUND)
        return cli_fail(cli, CLI_NOT_FOUND, "there is no %s %lld", table->one, (long long)id);
    if (!err)
        err = table_delete(cli->db, table, id);
    if (!err)
        err = cli_audit(cli, "delete", table->name, head->brokerage_id, id);
    if (err)
        return cli_fail_err(cli, err, "remove the %s", table->one);
    fprintf(cli->out, "%s %lld removed\n", table->one, (long long)id);
    return CLI_DONE;
}

static int table_remove(struct cli *cli, const struct table *table)
{
    struct table *of = mem_memdup(cli->mem, table, sizeof *table);
    int code = cli_open(cli, DB_WRITE);
    return code ? code : cli_transact(cli, row_remove, of);
}

/* The three commands of a table. */
#define SETTING(key, title, of, many, what, example, ...)                                          \
    static int key##_list(struct cli *cli)                                                         \
    {                                                                                              \
        static const char *const labels[] = { "id", "agent_id", "property_id", __VA_ARGS__ };      \
        return rows_list(cli, many, labels, sizeof labels / sizeof labels[0]);                     \
    }                                                                                              \
    static int key##_remove(struct cli *cli)                                                       \
    {                                                                                              \
        return table_remove(cli, &of);                                                             \
    }                                                                                              \
    const struct command command_##key##_add = {                                                   \
        .name = title " add",                                                                      \
        .about = "Say " what,                                                                      \
        .help = "Without --property-id it holds for all that the agent shows.\n\nExample:\n"       \
                "  ai-realtor " title " add " example "\n",                                        \
        .record = &of,                                                                             \
        .has_json = true,                                                                          \
        .run = setting_add,                                                                        \
    };                                                                                             \
    const struct command command_##key##_list = {                                                  \
        .name = title " list",                                                                     \
        .about = "List " what,                                                                     \
        .help = "Example:\n  ai-realtor " title " list --property-id 3\n",                         \
        .list = &of,                                                                               \
        .has_json = true,                                                                          \
        .run = key##_list,                                                                         \
    };                                                                                             \
    const struct command command_##key##_remove = {                                                \
        .name = title " remove",                                                                   \
        .operands = "ID",                                                                          \
        .about = "Take that back",                                                                 \
        .help = "Example:\n  ai-realtor " title " remove 7\n",                                     \
        .operand_min = 1,                                                                          \
        .operand_max = 1,                                                                          \
        .run = key##_remove,                                                                       \
    }

SETTING(viewing_rules, "viewing-rules", table_viewing_rules, "viewing_rules",
        "how viewings are booked", "--buffer-minutes 15 --notice-minutes 120 --confirm-by agent",
        "length_minutes", "buffer_minutes", "notice_minutes", "same_day", "max_parties",
        "confirm_by", "timezone");
SETTING(viewing_hours, "viewing-hours", table_viewing_hours, "viewing_hours",
        "on which weekdays and hours viewings are",
        "--weekday saturday --opens-at 10:00 --closes-at 16:00", "weekday", "opens_at",
        "closes_at");
SETTING(viewing_blackout, "viewing-blackout", table_viewing_blackouts, "viewing_blackouts",
        "when there are no viewings", "--first-day 2026-12-24 --last-day 2026-12-26", "first_day",
        "last_day", "starts_at", "ends_at", "note");
SETTING(open_house, "open-house", table_open_houses, "open_houses",
        "when a property is open to all",
        "--property-id 3 --starts-at 2026-09-05T20:00:00Z --ends-at 2026-09-05T22:00:00Z",
        "starts_at", "ends_at", "note");
