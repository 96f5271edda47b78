/* rekey: seal everything with a new key. */
#include "store/rekey.h"
#include "cli/cli.h"
#include "cli/commands.h"

/* The key changes under the write lock: a responder looks at the key file once it holds that lock,
 * so nothing is sealed with the old key from then on. */
static int key_change(struct cli *cli, enum err (*change)(struct seal *seal), const char *action,
                      const char *doing)
{
    enum err err = db_begin(cli->db);
    if (!err)
        err = change(cli->seal);
    if (!err)
        err = cli_audit(cli, action, "seal_keys", NO_VALUE, NO_VALUE);
    if (!err)
        err = db_commit(cli->db);
    else
        db_rollback(cli->db);
    return err ? cli_fail_err(cli, err, "%s in %s", doing, cli->config.master_key_file) : CLI_DONE;
}

static int columns_move(struct cli *cli, int64_t *total)
{
    for (size_t i = 0; i < rekey_column_count; i++) {
        int64_t moved;
        do {
            enum err err = rekey_batch(cli->db, cli->seal, &rekey_columns[i], &moved);
            if (err)
                return cli_fail_err(cli, err,
                                    "seal %s.%s anew; what is done stays done, run it again",
                                    rekey_columns[i].table, rekey_columns[i].column);
            *total += moved;
        } while (moved > 0);
    }
    return CLI_DONE;
}

static int rekey_run(struct cli *cli)
{
    int64_t total = 0;
    int code = cli_open(cli, DB_WRITE);
    /* More than one key: an earlier run was interrupted, and is now carried on. */
    if (!code && seal_key_count(cli->seal) == 1)
        code = key_change(cli, seal_key_add, "create", "add a key");
    if (!code)
        code = columns_move(cli, &total);
    if (!code)
        code = key_change(cli, seal_keys_forget, "delete", "forget the old key");
    if (!code)
        fprintf(
            cli->out,
            "%lld values sealed with the key %s\n"
            "Copy %s anew, apart from the backups, and keep the copy from before as long as the "
            "backups from before: they need it.\n",
            (long long)total, seal_key_id(cli->seal), cli->config.master_key_file);
    return code;
}

const struct command command_rekey = {
    .name = "rekey",
    .about = "Seal all that callers said with a new key, while the service runs",
    .help =
        "The new key is added to the master key file, every sealed value is moved to it in small\n"
        "steps, then the old key is dropped. When it is interrupted, run it again.  Backups\n"
        "that were made before need the key file as it was then: keep a copy of it with care.\n\n"
        "Example:\n"
        "  ai-realtor --config /etc/ai-realtor.conf rekey\n",
    .run = rekey_run,
};
