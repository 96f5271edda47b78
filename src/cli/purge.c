/* ai-realtor purge and retention */
#include "desk/purge.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/show.h"
#include <string.h>

static const struct option_spec purge_specs[] = {
    { "dry-run", NULL, "Only count what would go" },
    { "all", NULL, "Look at the oldest calls again, not only at what is newly old" },
};

static void removed_tell(struct cli *cli, const struct purge *purge)
{
    if (cli->json) {
        struct json_object *json = json_object_on(cli->mem);
        json_put_bool(json, "dry_run", purge->dry_run);
        struct json_object *removed = json_put_object(json, "removed");
        for (int kind = 0; kind < RETAINED_COUNT; kind++)
            json_put_int(removed, words_name(&words_retained, kind), purge->removed[kind]);
        show_json(cli, json);
        return;
    }
    for (int kind = 0; kind < RETAINED_COUNT; kind++)
        fprintf(cli->out, "%-12s %s %s\n", words_name(&words_retained, kind),
                number_of(cli->mem, purge->removed[kind], "row"),
                purge->dry_run ? "would go" : "removed");
}

/* The receipt: how much of what went, not whose. */
static int receipt_work(struct cli *cli, void *with)
{
    enum err err =
        cli_audit_fields(cli, "purge", "brokerages", NO_VALUE, NO_VALUE, (const char *)with);
    return err ? cli_fail_err(cli, err, "note the purge in the audit log") : CLI_DONE;
}

static int receipt_keep(struct cli *cli, const struct purge *purge)
{
    char *counts = purge_counts(cli->mem, purge);
    return counts && !purge->dry_run ? cli_transact(cli, receipt_work, counts) : CLI_DONE;
}

static int purge_main(struct cli *cli)
{
    const unsigned char *master;
    int code = cli_open(cli, DB_WRITE);
    if (code)
        return code;
    enum err err = cli_master(cli, &master);
    if (err)
        return cli_fail_err(cli, err, "read the master key %s", cli->config.master_key_file);
    struct purge purge = {
        .db = cli->db,
        .config = &cli->config,
        .key = master,
        .now = clock_now(&cli->clock),
        .dry_run = options_has(cli->options, "dry-run"),
        .from_old = options_has(cli->options, "all"),
    };
    err = purge_run(&purge);
    removed_tell(cli, &purge);
    code = receipt_keep(cli, &purge);
    return err ? cli_fail_err(cli, err,
                              "remove all of it; what is told above is done, run it again")
               : code;
}

const struct command command_purge = {
    .name = "purge",
    .about = "Remove what is older than its retention period, while the service runs",
    .help = "For cron, once a day.  Calls stay, bare of who called and what was said, so that all\n"
            "totals stay exact.  The periods: ai-realtor retention.\n\n"
            "Example:\n"
            "  ai-realtor purge --dry-run\n",
    COMMAND_SPECS(purge_specs),
    .has_json = true,
    .run = purge_main,
};

/* ---- the periods ---- */

#define DAYS "DAYS|default"
static const struct option_spec retention_specs[RETAINED_COUNT] = {
    { "recordings", DAYS, "Where recordings lie; deletion at Vapi is queued" },
    { "transcripts", DAYS, "What was said" },
    { "details", DAYS, "Who called, messages, summaries" },
    { "tasks", DAYS, "Whom tasks and offers that came of calls are about" },
    { "journal", DAYS, "Vapi's messages" },
    { "audit", DAYS, "The audit log" },
};

static int periods_read(struct cli *cli, struct retention *own, bool *changed)
{
    *changed = false;
    for (int kind = 0; kind < RETAINED_COUNT; kind++) {
        const char *text = options_get(cli->options, words_name(&words_retained, kind));
        if (!text)
            continue;
        *changed = true;
        if (strcmp(text, "default") == 0)
            own->days[kind] = NO_VALUE;
        else if (!text_to_int(text, 0, RETAIN_DAYS_MAX, &own->days[kind]))
            return cli_fail(cli, CLI_USAGE,
                            "--%s must be a number of days up to %d, 0 (for ever) or default",
                            words_name(&words_retained, kind), RETAIN_DAYS_MAX);
    }
    return CLI_DONE;
}

static void periods_show(struct cli *cli, const struct retention *own)
{
    struct json_object *json = json_object_on(cli->mem);
    purge_put_days(json, &cli->config, own);
    if (cli->json) {
        show_json(cli, json);
        return;
    }
    json_object_object_foreach(json, name, one)
    {
        int64_t days = json_int_at(one, "days");
        const char *period = days == 0 ? "for ever" : number_of(cli->mem, days, "day");
        fprintf(cli->out, "%-12s %-12s (%s)\n", name, period, json_text_at(one, "from"));
    }
}

struct periods {
    int64_t brokerage_id;
    struct retention before, own;
};

static int periods_work(struct cli *cli, void *with)
{
    const struct periods *periods = with;
    int64_t id = periods->brokerage_id;
    char *changed = retention_changes(cli->mem, &periods->before, &periods->own);
    if (!changed)
        return CLI_DONE;
    enum err err = retention_set(cli->db, id, &periods->own, clock_now(&cli->clock));
    if (!err)
        err = cli_audit_fields(cli, "retention", "brokerages", id, id, changed);
    return err ? cli_fail_err(cli, err, "change the periods") : CLI_DONE;
}

static int retention_main(struct cli *cli)
{
    struct brokerage brokerage;
    struct periods periods;
    bool changed;
    int code = cli_open(cli, DB_WRITE);
    if (code)
        return code;
    enum err err = brokerage_first(cli->db, cli->mem, &brokerage);
    if (!err)
        err = retention_get(cli->db, brokerage.head.id, &periods.own);
    if (err)
        return cli_fail_err(cli, err, "read the periods");
    periods.brokerage_id = brokerage.head.id;
    periods.before = periods.own;
    code = periods_read(cli, &periods.own, &changed);
    if (!code && changed)
        code = cli_transact(cli, periods_work, &periods);
    if (!code)
        periods_show(cli, &periods.own);
    return code;
}

const struct command command_retention = {
    .name = "retention",
    .about = "Show for how long what callers said is kept, or change it",
    .help = "0 keeps it for ever, default goes back to the configuration's period.  purge removes\n"
            "what is older.\n\n"
            "Example:\n"
            "  ai-realtor retention --recordings 30 --transcripts 180\n",
    COMMAND_SPECS(retention_specs),
    .has_json = true,
    .run = retention_main,
};
