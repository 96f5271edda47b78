/* ai-realtor audit list|verify */
#include "store/audit.h"
#include "cli/commands.h"
#include "cli/show.h"
#include <string.h>

static int audit_list(struct cli *cli)
{
    static const char *const labels[] = { "id",     "at",      "actor",      "agent_id",
                                          "action", "subject", "subject_id", "fields" };
    struct record_list list = { .table = &table_audit, .plural = "entries", SHOW_LABELS(labels) };
    return show_selected(cli, &list);
}

const struct command command_audit_list = {
    .name = "audit list",
    .about = "List what people and keys changed, latest first",
    .help = "Each line tells who changed which record, and which of its fields; never the values.\n"
            "--json has all of an entry, its hash too.\n\n"
            "Example:\n"
            "  ai-realtor audit list --subject api_keys --from 2026-09-01\n",
    .list = &table_audit,
    .has_json = true,
    .run = audit_list,
};

/* ---- verify ---- */

static const struct option_spec verify_specs[] = {
    { "head", "HASH", "A hash that was noted earlier, which must still be in the log" },
};

static void proof_json(struct cli *cli, const struct audit_proof *proof, bool whole)
{
    struct json_object *json = json_object_on(cli->mem);
    json_put_bool(json, "whole", whole);
    json_put_int(json, "entries", proof->count);
    json_put_text(json, "head", proof->head);
    json_put_int(json, "broken_id", proof->broken_id);
    json_put_text(json, "fault", proof->fault);
    show_json(cli, json);
}

static int proof_tell(struct cli *cli, const struct audit_proof *proof, const char *wanted)
{
    bool lost = wanted && !proof->found;
    if (cli->json)
        proof_json(cli, proof, !proof->fault && !lost);
    if (proof->fault && proof->broken_id == NO_VALUE)
        return cli_fail(cli, CLI_FAILED, "the log is broken: %s", proof->fault);
    if (proof->fault)
        return cli_fail(cli, CLI_FAILED, "the log is broken: entry %lld %s",
                        (long long)proof->broken_id, proof->fault);
    if (lost)
        return cli_fail(cli, CLI_FAILED,
                        "the log fits, but has no entry with the hash %s: an older one is in its "
                        "place",
                        wanted);
    if (!cli->json)
        fprintf(cli->out, "the log is whole: entries %lld, head %s\n", (long long)proof->count,
                proof->head);
    return CLI_DONE;
}

static int audit_prove(struct cli *cli)
{
    const char *wanted = options_get(cli->options, "head");
    const unsigned char *master;
    struct audit_proof proof;
    int code = cli_open(cli, DB_READ);
    if (code)
        return code;
    enum err err = cli_master(cli, &master);
    if (!err)
        err = audit_verify(cli->db, master, wanted, &proof);
    return err ? cli_fail_err(cli, err, "read the audit log") : proof_tell(cli, &proof, wanted);
}

const struct command command_audit_verify = {
    .name = "audit verify",
    .about = "Prove that nothing in the audit log was changed, removed or put in",
    .help = "Says the first entry that does not fit, with exit code 1. Note the head that it "
            "prints, away\nfrom this machine, and give it next time: that alone shows that a whole "
            "older database\nwas put in place of this one.\n\n"
            "Examples:\n"
            "  ai-realtor audit verify\n"
            "  ai-realtor audit verify --head 5f0c…\n",
    COMMAND_SPECS(verify_specs),
    .has_json = true,
    .run = audit_prove,
};
