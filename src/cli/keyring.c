#include "cli/keyring.h"
#include "desk/keys.h"

int keyring_add(struct cli *cli, const struct agent *agent, struct api_key *key, char **shown)
{
    const unsigned char *master;
    char *prefix, *hash;
    if (cli_master(cli, &master))
        return cli_fail(cli, CLI_CONFIG,
                        "the master key %s cannot be used; ai-realtor doctor tells "
                        "more",
                        cli->config.master_key_file);
    *shown = key_issue(cli->mem, cli->random, master, &prefix, &hash);
    key->agent_id = agent->head.id;
    key->prefix = prefix;
    key->hash = hash;
    key->created_at = clock_now(&cli->clock);
    enum err err = api_key_insert(cli->db, key);
    if (!err)
        err = cli_audit(cli, "create", "api_keys", agent->head.brokerage_id, key->id);
    return err ? cli_fail_err(cli, err, "add the key") : CLI_DONE;
}
