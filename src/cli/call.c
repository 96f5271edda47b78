/* ai-realtor call list|show */
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/show.h"
#include "desk/fields.h"
#include "store/phone_calls.h"

static int call_list(struct cli *cli)
{
    static const char *const labels[] = { "id",           "created_at", "direction",
                                          "phone_number", "status",     "duration_seconds",
                                          "intent",       "outcome",    "caller_name" };
    struct record_list list = { .table = &table_phone_calls,
                                .plural = "calls",
                                SHOW_LABELS(labels) };
    return show_selected(cli, &list);
}

const struct command command_call_list = {
    .name = "call list",
    .about = "List the calls, latest first",
    .help = "Example:\n"
            "  ai-realtor call list --outcome message_taken --from 2026-09-01 --limit 10\n",
    .list = &table_phone_calls,
    .has_json = true,
    .run = call_list,
};

/* ---- show ---- */

static void segments_json(struct json_object *json, const struct segment *segments, size_t count)
{
    struct json_object *array = json_put_array(json, "segments");
    for (size_t i = 0; i < count; i++) {
        struct json_object *segment = json_put_object(array, NULL);
        json_put_text(segment, "role", words_name(&words_speaker, segments[i].speaker));
        json_put_text(segment, "text", segments[i].text);
        json_put_instant(segment, "spoken_at", segments[i].spoken_at);
    }
}

static void segments_print(struct cli *cli, const struct segment *segments, size_t count)
{
    if (count > 0)
        fputc('\n', cli->out);
    for (size_t i = 0; i < count; i++)
        fprintf(cli->out, "%s: %s\n", segments[i].speaker == SPEAKER_ASSISTANT ? "AI" : "CALLER",
                show_safe(cli->mem, segments[i].text));
}

static int call_print(struct cli *cli, int64_t id)
{
    struct phone_call call;
    struct segment *segments;
    size_t count;
    enum err err = table_get(cli->db, cli->mem, &table_phone_calls, id, &call);
    if (err == ERR_NOT_FOUND)
        return cli_fail(cli, CLI_NOT_FOUND, "there is no call %lld; see: ai-realtor call list",
                        (long long)id);
    if (!err)
        err = segments_list(cli->db, cli->mem, id, &segments, &count);
    if (err)
        return cli_fail_err(cli, err, "read the call");
    if (!cli->json) {
        show_record(cli, &table_phone_calls, &call);
        segments_print(cli, segments, count);
        return CLI_DONE;
    }
    struct json_object *json = json_object_on(cli->mem);
    record_put_json(json, &table_phone_calls, &call, false);
    segments_json(json, segments, count);
    show_json(cli, json);
    return CLI_DONE;
}

static int call_show(struct cli *cli)
{
    int64_t id;
    int code = cli_id(cli, 0, &id);
    if (!code)
        code = cli_open(cli, DB_READ);
    return code ? code : call_print(cli, id);
}

const struct command command_call_show = {
    .name = "call show",
    .operands = "ID",
    .about = "Show a call and what was said in it",
    .help = "Example:\n"
            "  ai-realtor call show 17\n",
    .operand_min = 1,
    .operand_max = 1,
    .has_json = true,
    .run = call_show,
};
