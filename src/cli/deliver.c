/* ai-realtor deliver */
#include "outbox/deliver.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/show.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { MOST_DEFAULT = 200, MOST_MAX = 10000 };

static const struct option_spec deliver_specs[] = {
    { "dry-run", NULL, "Only list what would be done; nobody is asked" },
    { "limit", "NUMBER", "At most so many in this run (200)" },
};

/* Two at once would ask for everything twice. The file stays; the lock ends with the process. */
static int runner_lock(struct cli *cli)
{
    const char *path = mem_printf(cli->mem, "%s-outbox", cli->config.database);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return cli_fail(cli, CLI_FAILED, "%s cannot be opened: %s", path, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return CLI_DONE;
    close(fd);
    return cli_fail(cli, CLI_BUSY, "another ai-realtor deliver is at work");
}

static enum err receipt_write(void *with, const struct outbox_job *job, const char *action)
{
    return cli_audit(with, action, "phone_calls", job->brokerage_id, job->phone_call_id);
}

/* ---- telling ---- */

static const char *const result_names[DELIVER_RESULTS] = { "deleted", "gone_already", "postponed",
                                                           "given_up" };

static void results_tell(struct cli *cli, const struct deliver *deliver, int64_t waiting)
{
    if (cli->json) {
        struct json_object *json = json_object_on(cli->mem);
        for (int i = 0; i < DELIVER_RESULTS; i++)
            json_put_int(json, result_names[i], deliver->counts[i]);
        json_put_int(json, "waiting", waiting);
        json_put_text(json, "last_error", *deliver->last_error ? deliver->last_error : NULL);
        show_json(cli, json);
        return;
    }
    fprintf(cli->out,
            "deleted at Vapi %lld, gone already %lld, postponed %lld, given up %lld, "
            "waiting %lld\n",
            (long long)deliver->counts[DELIVER_DONE], (long long)deliver->counts[DELIVER_GONE],
            (long long)deliver->counts[DELIVER_POSTPONED],
            (long long)deliver->counts[DELIVER_GIVEN_UP], (long long)waiting);
}

static int stop_tell(struct cli *cli, const struct deliver *deliver)
{
    switch (deliver->stop) {
    case DELIVER_DENIED:
        return cli_fail(cli, CLI_CONFIG,
                        "Vapi refused the API key in %s (%s); make a private key in its dashboard, "
                        "and put it there",
                        cli->config.vapi_api_key_file, deliver->last_error);
    case DELIVER_LIMITED:
        return cli_fail(cli, CLI_FAILED, "Vapi asks to wait; the rest comes with the next run");
    case DELIVER_FAILING:
        return cli_fail(cli, CLI_FAILED, "Vapi fails again and again (%s); the next run goes on",
                        deliver->last_error);
    default:
        break;
    }
    if (deliver->counts[DELIVER_GIVEN_UP] > 0)
        return cli_fail(cli, CLI_FAILED,
                        "Vapi refused %d times to delete a call (%s); delete it in Vapi's "
                        "dashboard. Which: ai-realtor audit list --action give_up",
                        DELIVER_TRIES, deliver->last_error);
    if (deliver->counts[DELIVER_POSTPONED] > 0)
        return cli_fail(cli, CLI_FAILED, "some could not be done (%s); they are tried again",
                        deliver->last_error);
    return CLI_DONE;
}

static int jobs_list(struct cli *cli, const struct outbox_job *jobs, size_t count)
{
    struct json_object *json = json_object_on(cli->mem);
    struct json_object *list = json_put_array(json, "waiting");
    char since[INSTANT_TEXT];
    for (size_t i = 0; i < count; i++) {
        instant_format(jobs[i].created_at, since);
        struct json_object *job = json_put_object(list, NULL);
        json_put_int(job, "call_id", jobs[i].phone_call_id);
        json_put_text(job, "since", since);
        json_put_int(job, "attempts", jobs[i].attempts);
        if (!cli->json)
            fprintf(cli->out, "would delete call %lld at Vapi: queued %s, attempts %lld\n",
                    (long long)jobs[i].phone_call_id, since, (long long)jobs[i].attempts);
    }
    if (cli->json)
        show_json(cli, json);
    else if (count == 0)
        fprintf(cli->out, "nothing waits\n");
    return CLI_DONE;
}

/* ---- running ---- */

static int key_read(struct cli *cli, char **key)
{
    const char *path = cli->config.vapi_api_key_file;
    if (!path || access(path, F_OK) != 0)
        return cli_fail(cli, CLI_CONFIG,
                        "deletions at Vapi wait, and there is no key for it: put a private key of "
                        "Vapi's dashboard into %s, with mode 600",
                        path ? path : "a file that vapi_api_key_file names");
    if (secret_line_read(cli->mem, path, key))
        return cli_fail(cli, CLI_CONFIG,
                        "the Vapi API key in %s cannot be used: it must be one "
                        "line, in a file that nobody else may read",
                        path);
    return CLI_DONE;
}

static int queue_run(struct cli *cli, struct deliver *deliver)
{
    struct outbox_state state;
    char *key;
    int code = key_read(cli, &key);
    if (code)
        return code;
    deliver->api = vapi_api_open(cli->mem, cli->config.vapi_api_url, key);
    enum err err = deliver_run(deliver);
    sodium_memzero(key, strlen(key));
    if (err)
        return cli_fail_err(cli, err, "keep what was delivered; run it again");
    err = outbox_look(cli->db, cli->mem, clock_now(&cli->clock), &state);
    if (err)
        return cli_fail_err(cli, err, "read the queue");
    results_tell(cli, deliver, state.waiting);
    return stop_tell(cli, deliver);
}

static int limit_read(struct cli *cli, int64_t *most)
{
    const char *text = options_get(cli->options, "limit");
    *most = MOST_DEFAULT;
    if (!text || text_to_int(text, 1, MOST_MAX, most))
        return CLI_DONE;
    return cli_fail(cli, CLI_USAGE, "--limit must be a number from 1 to %d", MOST_MAX);
}

static int deliver_main(struct cli *cli)
{
    struct deliver deliver = { .random = cli->random, .receipt = receipt_write, .with = cli };
    struct outbox_job *jobs;
    size_t count;
    int code = limit_read(cli, &deliver.most);
    if (!code)
        code = cli_open_locked(cli, DB_WRITE);
    if (code)
        return code;
    deliver.db = cli->db;
    deliver.clock = cli->clock;
    enum err err = outbox_due(cli->db, cli->mem, "vapi_delete_call", clock_now(&cli->clock),
                              deliver.most, &jobs, &count);
    if (err)
        return cli_fail_err(cli, err, "read the queue");
    if (count == 0 || options_has(cli->options, "dry-run"))
        return jobs_list(cli, jobs, count);
    code = runner_lock(cli);
    return code ? code : queue_run(cli, &deliver);
}

const struct command command_deliver = {
    .name = "deliver",
    .about = "Carry out what waits for the network: deletion of calls at Vapi",
    .help = "For cron, every quarter of an hour.  What fails is tried again later, at last once a\n"
            "day.  Needs a private key of Vapi's in the file that vapi_api_key_file names.\n\n"
            "Example:\n"
            "  ai-realtor deliver --dry-run\n",
    COMMAND_SPECS(deliver_specs),
    .has_json = true,
    .run = deliver_main,
};
