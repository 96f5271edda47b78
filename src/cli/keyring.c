#include "cli/keyring.h"
#include "desk/keys.h"
#include <sodium.h>

int keyring_add(struct cli *cli, const struct agent *agent, struct api_key *key, char **shown)
{
    unsigned char master[SECRET_KEY_BYTES];
    char *prefix, *hash;
    if (secret_key_read(cli->config.master_key_file, master))
        return cli_fail(cli, CLI_CONFIG,
                        "the master key %s cannot be used; ai-realtor doctor tells "
                        "more",
                        cli->config.master_key_file);
    *shown = key_issue(cli->mem, cli->random, master, &prefix, &hash);
    sodium_memzero(master, sizeof master);
    key->agent_id = agent->head.id;
    key->prefix = prefix;
    key->hash = hash;
    key->created_at = clock_now(&cli->clock);
    enum err err = api_key_insert(cli->db, key);
    return err ? cli_fail_err(cli, err, "add the key") : CLI_DONE;
}
