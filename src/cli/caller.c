/* ai-realtor caller show|export|erase|block|unblock|blocked */
#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/show.h"
#include "desk/callers.h"
#include "heard/phone.h"
#include "store/do_not_call.h"

/* The operand as E.164, and the brokerage that this tool is for. */
struct subject {
    const char *phone;
    struct scope scope;
    struct caller caller;
};

static int phone_read(struct cli *cli, const char **phone)
{
    const char *said = cli->options->operands[0];
    char heard[PHONE_TEXT];
    *phone = said;
    if (phone_is_e164(said))
        return CLI_DONE;
    if (phone_hear(said, "US", heard) != PHONE_E164)
        return cli_fail(cli, CLI_USAGE, "\"%s\" is no whole telephone number", said);
    *phone = mem_strdup(cli->mem, heard);
    return CLI_DONE;
}

static int subject_open(struct cli *cli, enum db_mode mode, struct subject *subject)
{
    struct brokerage brokerage;
    int code = phone_read(cli, &subject->phone);
    if (!code)
        code = cli_open(cli, mode);
    if (code)
        return code;
    enum err err = brokerage_first(cli->db, cli->mem, &brokerage);
    if (err)
        return cli_fail_err(cli, err, "find the brokerage");
    subject->scope = (struct scope){ .brokerage_id = brokerage.head.id, .agent_id = NO_VALUE };
    return CLI_DONE;
}

static int caller_find(struct cli *cli, struct subject *subject)
{
    enum err err =
        caller_read(cli->db, cli->mem, &subject->scope, subject->phone, &subject->caller);
    if (err == ERR_NOT_FOUND)
        return cli_fail(cli, CLI_NOT_FOUND, "nothing is held of that number");
    return err ? cli_fail_err(cli, err, "read what is held of the caller") : CLI_DONE;
}

/* ---- show ---- */

static int caller_show(struct cli *cli)
{
    struct subject subject;
    struct json_object *json = json_object_on(cli->mem);
    int code = subject_open(cli, DB_READ, &subject);
    if (!code)
        code = caller_find(cli, &subject);
    if (code)
        return code;
    caller_put_summary(json, &subject.caller);
    if (cli->json) {
        show_json(cli, json);
        return CLI_DONE;
    }
    json_object_object_foreach(json, name, value)
    {
        if (value)
            fprintf(cli->out, "%-18s %s\n", name,
                    show_safe(cli->mem, json_object_get_string(value)));
    }
    return CLI_DONE;
}

const struct command command_caller_show = {
    .name = "caller show",
    .operands = "PHONE",
    .about = "Show how much is held of a caller",
    .help = "Example:\n"
            "  ai-realtor caller show +14155550123\n",
    .operand_min = 1,
    .operand_max = 1,
    .has_json = true,
    .run = caller_show,
};

/* ---- export ---- */

struct export
{
    struct subject subject;
    struct json_object *json;
};

static int export_work(struct cli *cli, void *with)
{
    struct export *export = with;
    const struct subject *subject = &export->subject;
    int code = caller_find(cli, &export->subject);
    if (code)
        return code;
    enum err err = caller_put_export(cli->db, cli->mem, &subject->caller, clock_now(&cli->clock),
                                     export->json);
    if (err)
        return cli_fail_err(cli, err, "read what is held of the caller");
    err = cli_audit(cli, "export", "callers", subject->scope.brokerage_id,
                    caller_last_call_id(&subject->caller));
    return err ? cli_fail_err(cli, err, "note the export in the audit log") : CLI_DONE;
}

/* Shown only once the audit log tells of it. */
static int caller_export(struct cli *cli)
{
    struct export export = { .json = json_object_on(cli->mem) };
    int code = subject_open(cli, DB_WRITE, &export.subject);
    if (!code)
        code = cli_transact(cli, export_work, &export);
    if (!code)
        show_json(cli, export.json);
    return code;
}

const struct command command_caller_export = {
    .name = "caller export",
    .operands = "PHONE",
    .about = "Write all that is held of a caller, as JSON",
    .help = "The audit log tells of it: who, when, and the caller's latest call.\n\n"
            "Example:\n"
            "  ai-realtor caller export +14155550123 > caller.json\n",
    .operand_min = 1,
    .operand_max = 1,
    .run = caller_export,
};

/* ---- erase ---- */

static int erase_work(struct cli *cli, void *with)
{
    struct subject *subject = with;
    int code = caller_find(cli, subject);
    if (code)
        return code;
    enum err err = caller_erase(cli->db, cli->mem, &subject->caller, clock_now(&cli->clock));
    if (!err)
        err = cli_audit(cli, "erase", "callers", subject->scope.brokerage_id, NO_VALUE);
    return err ? cli_fail_err(cli, err, "erase the caller") : CLI_DONE;
}

static void erased_tell(struct cli *cli, const struct caller *caller)
{
    struct json_object *json = json_object_on(cli->mem);
    caller_put_erasure(json, caller, clock_now(&cli->clock));
    if (cli->json)
        show_json(cli, json);
    else
        fprintf(cli->out, "erased from %s, %s, %s; deletion at Vapi is queued\n",
                number_of(cli->mem, (int64_t)caller->call_count, "call"),
                number_of(cli->mem, (int64_t)caller->task_count, "task"),
                number_of(cli->mem, (int64_t)caller->offer_count, "offer"));
}

static int caller_erase_run(struct cli *cli)
{
    struct subject subject;
    int code = subject_open(cli, DB_WRITE, &subject);
    if (!code)
        code = cli_transact(cli, erase_work, &subject);
    if (code)
        return code;
    erased_tell(cli, &subject.caller);
    enum err err = db_scrub(cli->db);
    return err ? cli_fail_err(cli, err,
                              "overwrite what was deleted (it is erased, but its traces "
                              "stay in the files for a while)")
               : CLI_DONE;
}

const struct command command_caller_erase = {
    .name = "caller erase",
    .operands = "PHONE",
    .about = "Erase a caller everywhere, for good; totals stay",
    .help = "Names, numbers, words and recordings are taken out of calls, tasks and offers, and\n"
            "deletion at Vapi is queued.  What agents wrote into other records, and backups, are\n"
            "not touched.  There is no way back.\n\n"
            "Example:\n"
            "  ai-realtor caller erase +14155550123\n",
    .operand_min = 1,
    .operand_max = 1,
    .has_json = true,
    .run = caller_erase_run,
};

/* ---- the do-not-call list ---- */

static int block_work(struct cli *cli, void *with)
{
    const struct subject *subject = with;
    int64_t brokerage_id = subject->scope.brokerage_id;
    enum err err = do_not_call_add(cli->db, brokerage_id, subject->phone, clock_now(&cli->clock));
    if (!err)
        err = cli_audit(cli, "block", "do_not_call", brokerage_id, NO_VALUE);
    return err ? cli_fail_err(cli, err, "put the number on the list") : CLI_DONE;
}

static int unblock_work(struct cli *cli, void *with)
{
    const struct subject *subject = with;
    int64_t brokerage_id = subject->scope.brokerage_id;
    enum err err = do_not_call_remove(cli->db, brokerage_id, subject->phone);
    if (err == ERR_NOT_FOUND)
        return cli_fail(cli, CLI_NOT_FOUND, "that number is not on the do-not-call list");
    if (!err)
        err = cli_audit(cli, "unblock", "do_not_call", brokerage_id, NO_VALUE);
    return err ? cli_fail_err(cli, err, "take the number off the list") : CLI_DONE;
}

static int blocked_list(struct cli *cli)
{
    struct brokerage brokerage;
    struct blocked *list;
    size_t count;
    char since[INSTANT_TEXT];
    int code = cli_open(cli, DB_READ);
    if (code)
        return code;
    enum err err = brokerage_first(cli->db, cli->mem, &brokerage);
    if (!err)
        err = do_not_call_list(cli->db, cli->mem, brokerage.head.id, INT64_MAX, 0, &list, &count,
                               NULL);
    if (err)
        return cli_fail_err(cli, err, "read the list");
    struct json_object *json = json_object_on(cli->mem);
    struct json_object *numbers = json_put_array(json, "numbers");
    for (size_t i = 0; i < count; i++) {
        struct json_object *number = json_put_object(numbers, NULL);
        json_put_text(number, "phone_number", list[i].phone);
        json_put_instant(number, "do_not_call_since", list[i].since);
        instant_format(list[i].since, since);
        if (!cli->json)
            fprintf(cli->out, "%-16s since %s\n", list[i].phone, since);
    }
    if (cli->json)
        show_json(cli, json);
    return CLI_DONE;
}

const struct command command_caller_blocked = {
    .name = "caller blocked",
    .about = "List the do-not-call list",
    .help = "Example:\n"
            "  ai-realtor caller blocked --json\n",
    .has_json = true,
    .run = blocked_list,
};

static int list_change(struct cli *cli, int (*work)(struct cli *cli, void *with),
                       const char *result)
{
    struct subject subject;
    int code = subject_open(cli, DB_WRITE, &subject);
    if (!code)
        code = cli_transact(cli, work, &subject);
    if (!code)
        fprintf(cli->out, "%s %s\n", subject.phone, result);
    return code;
}

static int caller_block(struct cli *cli)
{
    return list_change(cli, block_work, "is on the do-not-call list");
}

static int caller_unblock(struct cli *cli)
{
    int code = list_change(cli, unblock_work, "may be called again");
    enum err err = code ? ERR_NONE : db_scrub(cli->db);
    return err && err != ERR_BUSY ? cli_fail_err(cli, err, "overwrite what was deleted") : code;
}

const struct command command_caller_block = {
    .name = "caller block",
    .operands = "PHONE",
    .about = "Put a number on the do-not-call list",
    .help = "Example:\n"
            "  ai-realtor caller block +14155550123\n",
    .operand_min = 1,
    .operand_max = 1,
    .run = caller_block,
};

const struct command command_caller_unblock = {
    .name = "caller unblock",
    .operands = "PHONE",
    .about = "Take a number off the do-not-call list",
    .help = "Example:\n"
            "  ai-realtor caller unblock +14155550123\n",
    .operand_min = 1,
    .operand_max = 1,
    .run = caller_unblock,
};
