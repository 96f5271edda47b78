/* ai-realtor key add|list|revoke */
#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/keyring.h"
#include "cli/show.h"
#include "desk/keys.h"
#include <string.h>

/* ---- add ---- */

static const struct option_spec add_specs[] = {
    { "agent-id", "ID", "Whose key it is; the first agent's unless given" },
    { "name", "TEXT", "What it is for, as in \"website\" (needed)" },
    { "role", "agent|broker",
      "agent: what is the agent's own; broker: the whole brokerage (agent)" },
    { "expires", "INSTANT", "When it ends, as in 2027-01-01T00:00:00Z; never unless given" },
};

/* The options as a key without agent and secret. */
static int key_read(struct cli *cli, struct api_key *key)
{
    const char *role = options_get(cli->options, "role");
    const char *expires = options_get(cli->options, "expires");
    *key = (struct api_key){ .name = options_get(cli->options, "name"),
                             .role = role ? words_find(&words_role, role) : ROLE_AGENT,
                             .expires_at = NO_VALUE };
    if (text_blank(key->name) || !text_utf8_valid(key->name, strlen(key->name)))
        return cli_fail(cli, CLI_USAGE, "say with --name what the key is for");
    if (key->role == WORD_NONE)
        return cli_fail(cli, CLI_USAGE, "--role must be agent or broker");
    if (key->role == ROLE_CALENDAR)
        return cli_fail(cli, CLI_USAGE,
                        "a calendar's key is made with its address: ai-realtor agent calendar");
    if (expires && instant_parse(expires, &key->expires_at))
        return cli_fail(cli, CLI_USAGE,
                        "--expires must be an instant such as 2027-01-01T00:00:00Z");
    return CLI_DONE;
}

static int key_agent(struct cli *cli, struct agent *agent)
{
    int64_t id;
    int code = cli_option_id(cli, "agent-id", &id);
    return code ? code : cli_agent(cli, id, agent);
}

struct key_adding {
    struct api_key key;
    char *shown;
};

static int key_write(struct cli *cli, void *with)
{
    struct key_adding *adding = with;
    struct agent agent;
    int code = key_agent(cli, &agent);
    return code ? code : keyring_add(cli, &agent, &adding->key, &adding->shown);
}

static void key_show(struct cli *cli, const struct key_adding *adding)
{
    if (!cli->json) {
        fprintf(cli->out, "%s\n", adding->shown);
        fprintf(cli->err, "This is key %lld. It is shown this once; only its hash is kept.\n",
                (long long)adding->key.id);
        return;
    }
    struct json_object *json = json_object_on(cli->mem);
    json_put_int(json, "id", adding->key.id);
    json_put_text(json, "key", adding->shown);
    json_put_text(json, "role", words_name(&words_role, adding->key.role));
    json_put_int(json, "agent_id", adding->key.agent_id);
    show_json(cli, json);
}

static int key_add(struct cli *cli)
{
    struct key_adding adding;
    int code = key_read(cli, &adding.key);
    if (!code)
        code = cli_open(cli, DB_WRITE);
    int64_t end = code ? NO_VALUE : adding.key.expires_at;
    if (end != NO_VALUE && end <= clock_now(&cli->clock))
        code = cli_fail(cli, CLI_USAGE, "--expires is in the past");
    if (!code)
        code = cli_transact(cli, key_write, &adding);
    if (!code)
        key_show(cli, &adding);
    return code;
}

const struct command command_key_add = {
    .name = "key add",
    .about = "Make an API key and show it, once",
    .help = "The key alone goes to standard output, so that it can be put into a file.\n\n"
            "Example:\n"
            "  ai-realtor key add --name website --role agent > website.key\n",
    COMMAND_SPECS(add_specs),
    .has_json = true,
    .run = key_add,
};

/* ---- list ---- */

static const char *key_state(const struct cli *cli, const struct api_key *key)
{
    if (key->revoked_at != NO_VALUE)
        return "revoked";
    if (key->expires_at != NO_VALUE && key->expires_at <= clock_now(&cli->clock))
        return "expired";
    return key->agent_is_active ? "good" : "agent inactive";
}

static void key_put(const struct cli *cli, struct json_object *array, const struct api_key *key)
{
    struct json_object *json = json_put_object(array, NULL);
    json_put_int(json, "id", key->id);
    json_put_int(json, "agent_id", key->agent_id);
    json_put_text(json, "agent_name", key->agent_name);
    json_put_text(json, "name", key->name);
    json_put_text(json, "role", words_name(&words_role, key->role));
    json_put_text(json, "prefix", key->prefix);
    json_put_text(json, "state", key_state(cli, key));
    json_put_instant(json, "created_at", key->created_at);
    json_put_instant(json, "expires_at", key->expires_at);
    json_put_instant(json, "revoked_at", key->revoked_at);
    json_put_instant(json, "last_used_at", key->last_used_at);
}

/* "2026-09-01"; "-" for a key that was never used. */
static const char *day_of(void *mem, int64_t instant)
{
    char text[INSTANT_TEXT];
    if (instant == NO_VALUE)
        return "-";
    instant_format(instant, text);
    return mem_strndup(mem, text, 10);
}

static void keys_print(struct cli *cli, const struct api_key *keys, size_t count)
{
    static const char *const titles[] = { "id",     "agent", "name",     "role",
                                          "prefix", "state", "last_used" };
    struct columns columns = columns_begin(cli->mem, titles, sizeof titles / sizeof titles[0]);
    for (size_t i = 0; i < count; i++) {
        columns_add(&columns, mem_printf(cli->mem, "%lld", (long long)keys[i].id));
        columns_add(&columns, show_safe(cli->mem, keys[i].agent_name));
        columns_add(&columns, show_safe(cli->mem, keys[i].name));
        columns_add(&columns, words_name(&words_role, keys[i].role));
        columns_add(&columns, keys[i].prefix);
        columns_add(&columns, key_state(cli, &keys[i]));
        columns_add(&columns, day_of(cli->mem, keys[i].last_used_at));
    }
    columns_print(cli->out, &columns);
}

static int key_list(struct cli *cli)
{
    struct api_key *keys;
    size_t count;
    int code = cli_open(cli, DB_READ);
    if (code)
        return code;
    enum err err = api_key_list(cli->db, cli->mem, &keys, &count);
    if (err)
        return cli_fail_err(cli, err, "read the keys");
    if (!cli->json) {
        keys_print(cli, keys, count);
        return CLI_DONE;
    }
    struct json_object *json = json_object_on(cli->mem);
    struct json_object *array = json_put_array(json, "keys");
    for (size_t i = 0; i < count; i++)
        key_put(cli, array, &keys[i]);
    json_put_int(json, "total", (int64_t)count);
    show_json(cli, json);
    return CLI_DONE;
}

const struct command command_key_list = {
    .name = "key list",
    .about = "List the API keys, without their secret parts",
    .help = "Example:\n"
            "  ai-realtor key list\n",
    .has_json = true,
    .run = key_list,
};

/* ---- revoke ---- */

static int key_retire(struct cli *cli, void *with)
{
    const int64_t *id = with;
    enum err err = api_key_revoke(cli->db, *id, clock_now(&cli->clock));
    if (err == ERR_NOT_FOUND)
        return cli_fail(cli, CLI_NOT_FOUND, "there is no key %lld in use; see: ai-realtor key list",
                        (long long)*id);
    if (!err)
        err = cli_audit(cli, "revoke", "api_keys", NO_VALUE, *id);
    return err ? cli_fail_err(cli, err, "revoke the key") : CLI_DONE;
}

static int key_revoke(struct cli *cli)
{
    int64_t id;
    int code = cli_id(cli, 0, &id);
    if (!code)
        code = cli_open(cli, DB_WRITE);
    if (!code)
        code = cli_transact(cli, key_retire, &id);
    if (!code)
        fprintf(cli->out, "key %lld revoked\n", (long long)id);
    return code;
}

const struct command command_key_revoke = {
    .name = "key revoke",
    .operands = "ID",
    .about = "Refuse an API key from now on",
    .help = "Example:\n"
            "  ai-realtor key revoke 2\n",
    .operand_min = 1,
    .operand_max = 1,
    .run = key_revoke,
};
