/* The integration checklist of the user's document. */
#include "base/mem.h"
#include "cli/doctor.h"
#include "cli/web.h"
#include "desk/tools.h"
#include "store/migrate.h"
#include "store/progress.h"
#include <unistd.h>

/* Opens the database; false when there is none to look into. */
static bool database_open(struct cli *cli, struct findings *findings)
{
    static const char step[] = "Database migration run";
    const char *path = cli->config.database;
    if (access(path, F_OK) != 0) {
        finding_add(findings, FINDING_BROKEN, step, "there is no %s; run: ai-realtor init", path);
        return false;
    }
    enum err err = db_open(path, DB_READ, (int)cli->config.busy_timeout_ms, &cli->db);
    if (!err)
        err = migrate_check(cli->db);
    if (!err)
        finding_add(findings, FINDING_DONE, step, NULL);
    else if (err == ERR_CONFLICT)
        finding_add(findings, FINDING_BROKEN, step,
                    "its schema is not this program's; run: ai-realtor "
                    "migrate");
    else if (err == ERR_FAILED)
        finding_add(findings, FINDING_BROKEN, step,
                    "%s is damaged, or no database; restore a backup", path);
    else
        finding_add(findings, FINDING_BROKEN, step, "%s cannot be read and written; is it yours?",
                    path);
    return !err;
}

static const char *webhook_url(struct cli *cli)
{
    const char *url = cli->config.public_url ? cli->config.public_url : "https://YOUR-HOST";
    return mem_printf(cli->mem, "%s/incoming", web_base(cli->mem, url, cli->config.mount));
}

static void vapi_steps(struct cli *cli, struct findings *findings, const int64_t *counts)
{
    bool provided = counts[PROGRESS_PROVIDED] > 0, heard = counts[PROGRESS_REAL_MESSAGES] > 0;
    finding_step(findings, provided || heard, "VAPI account created",
                 "make one at https://dashboard.vapi.ai");
    finding_step(
        findings, provided || heard, "Phone number purchased",
        "in Vapi's dashboard, Phone Numbers: buy or import one, and leave its assistant empty");
    finding_add(
        findings, FINDING_DONE, "Assistant configured in VAPI",
        "nothing to do: we compose it for each call (or set ai_assistant_id on the number)");
    finding_step(
        findings, heard, "Webhook URL set in VAPI",
        mem_printf(cli->mem,
                   "in Vapi's dashboard, the number's Server URL: %s, with an HMAC credential "
                   "of the secret in %s",
                   webhook_url(cli), cli->config.webhook_secret_file));
    finding_step(findings, counts[PROGRESS_NUMBERS] > 0, "Phone number created in system",
                 "ai-realtor number add --phone-number +1... --provider-phone-id ID");
}

static void call_steps(struct findings *findings, const int64_t *counts)
{
    finding_step(findings, counts[PROGRESS_LISTINGS] > 0, "Listings in the system",
                 "ai-realtor property import listings.csv");
    finding_step(findings, counts[PROGRESS_HOURS] > 0, "Viewing hours set",
                 "until then callers may book any hour; for each weekday: ai-realtor viewing-hours "
                 "add --weekday monday --opens-at 09:00 --closes-at 18:00");
    finding_step(findings, counts[PROGRESS_CALLS] > 0, "Test call completed", "call your number");
    finding_step(findings, counts[PROGRESS_TRANSCRIBED] > 0, "Transcription working",
                 "it shows after a call; is transcription_enabled set on the number?");
}

static void tool_steps(struct cli *cli, struct findings *findings)
{
    finding_add(findings, FINDING_DONE, "Function calls working", NULL);
    struct finding *whole = &findings->list[findings->count - 1];
    size_t place = (size_t)(whole - findings->list);
    bool all = true;
    for (size_t i = 0; i < tool_count; i++) {
        int64_t count = 0;
        if (progress_tool(cli->db, tools[i].name, &count))
            return;
        all &= count > 0;
        finding_step(findings, count > 0, mem_printf(cli->mem, "  %s", tools[i].name),
                     "ask for it in a call to your number");
    }
    if (!all)
        findings->list[place].state = FINDING_MISSING;
}

void doctor_checklist(struct cli *cli, struct findings *findings)
{
    int64_t counts[PROGRESS_COUNT];
    if (!database_open(cli, findings))
        return;
    if (progress_read(cli->db, counts)) {
        finding_add(findings, FINDING_BROKEN, "The data can be read", "see the line above");
        return;
    }
    vapi_steps(cli, findings, counts);
    call_steps(findings, counts);
    tool_steps(cli, findings);
    finding_step(findings, counts[PROGRESS_TASKS] > 0, "Tasks being created",
                 "book a viewing in a call to your number");
    finding_step(findings, false, "Analytics dashboard checked",
                 mem_printf(cli->mem, "look at GET %s/phone-calls/analytics/overview yourself",
                            cli->config.mount));
    finding_step(findings, false, "MCP tools tested (via Nanobot)",
                 "this version has no MCP interface yet");
}
