/* ai-realtor init */
#include "cli/init.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/keyring.h"
#include "desk/keys.h"
#include "store/audit.h"
#include "store/migrate.h"
#include <pwd.h>
#include <string.h>
#include <unistd.h>

static const struct option_spec specs[] = {
    { "state", "DIR", "Where everything is put (./var)" },
    { "demo", NULL, "Fill in a demonstration: an agent, two numbers, eight listings" },
    { "company", "NAME", "The brokerage, as callers are told it (Our Brokerage)" },
    { "agent", "NAME", "The first agent, as callers are told (The Agent)" },
    { "timezone", "ZONE", "The brokerage's IANA time zone (America/Los_Angeles)" },
    { "public-url", "URL", "Where Vapi reaches us, as in https://www.example.com/voice-assistant" },
    { "port", "N", "The same as --public-url http://127.0.0.1:N, to try it on this machine" },
    { "owner", "USER", "Give all files to that user (as root): the one the web server runs as" },
};

/* ---- what is asked for ---- */

static int owner_read(struct cli *cli, struct init *init)
{
    const char *name = options_get(cli->options, "owner");
    const struct passwd *user = name ? getpwnam(name) : NULL;
    init->has_owner = user != NULL;
    if (!name)
        return CLI_DONE;
    if (!user)
        return cli_fail(cli, CLI_USAGE, "there is no user \"%s\" on this machine", name);
    init->owner = user->pw_uid;
    init->group = user->pw_gid;
    return CLI_DONE;
}

static int url_read(struct cli *cli, struct init *init)
{
    const char *url = options_get(cli->options, "public-url");
    const char *port = options_get(cli->options, "port");
    int64_t number;
    if (port && !text_to_int(port, 1, 65535, &number))
        return cli_fail(cli, CLI_USAGE, "--port must be a whole number from 1 to 65535");
    if (port && !url)
        url = mem_printf(cli->mem, "http://127.0.0.1:%s", port);
    init->public_url = url;
    if (!url)
        return CLI_DONE;
    bool is_web = text_starts_with(url, "https://") || text_starts_with(url, "http://");
    if (is_web && strlen(url) < 150 && strcspn(url, " \t\r\n;#\"") == strlen(url))
        return CLI_DONE;
    return cli_fail(cli, CLI_USAGE,
                    "--public-url must be an address such as "
                    "https://www.example.com/voice-assistant");
}

static int asked_read(struct cli *cli, struct init *init)
{
    static const struct {
        const char *name, *demo, *other;
    } defaults[] = {
        { "state", "./var", "./var" },
        { "company", "Emprezario", "Our Brokerage" },
        { "agent", "Maria Lopez", "The Agent" },
        { "timezone", "America/Los_Angeles", "America/Los_Angeles" },
    };
    const char **const places[] = { &init->state, &init->company, &init->agent, &init->timezone };
    init->demo = options_has(cli->options, "demo");
    for (size_t i = 0; i < sizeof defaults / sizeof defaults[0]; i++) {
        const char *given = options_get(cli->options, defaults[i].name);
        *places[i] = given ? given : init->demo ? defaults[i].demo : defaults[i].other;
        if (text_blank(*places[i]) || !text_utf8_valid(*places[i], strlen(*places[i])) ||
            strlen(*places[i]) > 200)
            return cli_fail(cli, CLI_USAGE, "--%s needs a value of 1 to 200 bytes of UTF-8",
                            defaults[i].name);
    }
    if (!zone_find(init->timezone))
        return cli_fail(cli, CLI_USAGE,
                        "--timezone must be an IANA time zone such as "
                        "America/New_York");
    int code = url_read(cli, init);
    return code ? code : owner_read(cli, init);
}

/* ---- the database ---- */

static int database_open(struct cli *cli)
{
    int64_t from, to;
    const char *path = cli->config.database;
    bool made = access(path, F_OK) != 0;
    enum err err = db_open(path, DB_CREATE, (int)cli->config.busy_timeout_ms, &cli->db);
    if (!err)
        err = migrate(cli->db, &from, &to);
    if (err == ERR_CONFLICT)
        return cli_fail(cli, CLI_CONFLICT, "%s is of a newer ai-realtor; install that version",
                        path);
    if (err)
        return cli_fail_err(cli, err, "make the database %s", path);
    init_tell(cli, made, path);
    return CLI_DONE;
}

static enum err log_begin(struct cli *cli)
{
    const unsigned char *master;
    enum err err = cli_master(cli, &master);
    return err ? err : audit_begin(cli->db, master);
}

static enum err brokerage_make(struct cli *cli, const struct init *init)
{
    int64_t now = clock_now(&cli->clock);
    struct agent agent = { .head = { .created_at = now, .updated_at = now },
                           .name = init->agent,
                           .email = init->demo ? "maria@emprezario.example" : NULL,
                           .phone = init->demo ? "+14155550142" : NULL,
                           .is_active = true };
    enum err err =
        brokerage_insert(cli->db, init->company, init->timezone, now, &agent.head.brokerage_id);
    if (!err)
        err = table_insert(cli->db, &table_agents, &agent);
    if (!err)
        err = log_begin(cli);
    if (!err)
        err = cli_audit(cli, "create", "brokerages", agent.head.brokerage_id,
                        agent.head.brokerage_id);
    return err ? err : cli_audit_created(cli, &table_agents, &agent);
}

static int brokerage_ensure(struct cli *cli, const struct init *init, struct brokerage *brokerage)
{
    enum err err = brokerage_first(cli->db, cli->mem, brokerage);
    bool made = err == ERR_NOT_FOUND;
    if (made)
        err = brokerage_make(cli, init);
    if (!err)
        err = brokerage_first(cli->db, cli->mem, brokerage);
    if (err)
        return cli_fail_err(cli, err, "add the brokerage");
    init_tell(cli, made, mem_printf(cli->mem, "brokerage \"%s\"", brokerage->name));
    return CLI_DONE;
}

/* What was asked for, but is otherwise already. */
static void unused_tell(struct cli *cli, const struct brokerage *brokerage,
                        const struct agent *agent)
{
    const struct {
        const char *option, *is, *how;
    } rows[] = {
        { "company", brokerage->name, "ai-realtor brokerage set --name" },
        { "timezone", brokerage->timezone, "ai-realtor brokerage set --timezone" },
        { "agent", agent->name, "ai-realtor agent add, or over HTTP PUT /agents/{id}" },
        { "public-url", cli->config.public_url, "public_url in the configuration" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *given = options_get(cli->options, rows[i].option);
        if (given && !text_equal(given, rows[i].is))
            fprintf(cli->out, "not used: --%s; to change it: %s\n", rows[i].option, rows[i].how);
    }
}

/* ---- the API key ---- */

/* Whether the file's key is one of this database's. */
static bool key_is_known(struct cli *cli, const char *path)
{
    unsigned char master[SECRET_KEY_BYTES];
    char prefix[KEY_PREFIX_SIZE], *given;
    struct api_key key;
    return secret_line_read(cli->mem, path, &given) == ERR_NONE && key_prefix(given, prefix) &&
           api_key_find(cli->db, cli->mem, prefix, &key) == ERR_NONE &&
           secret_key_read(cli->config.master_key_file, master) == ERR_NONE &&
           key_matches(master, given, key.hash);
}

struct filling {
    const struct init *init;
    char *key; /* NULL: the file has one */
};

static int key_ensure(struct cli *cli, const struct agent *agent, struct filling *filling)
{
    const char *path = init_path(cli, filling->init, "api-key");
    struct api_key key = { .name = "init", .role = ROLE_BROKER, .expires_at = NO_VALUE };
    if (access(path, F_OK) != 0)
        return keyring_add(cli, agent, &key, &filling->key);
    init_tell(cli, false, path);
    if (!key_is_known(cli, path))
        return cli_fail(cli, CLI_CONFLICT,
                        "%s holds a key that this database does not know; move it "
                        "away and run init again",
                        path);
    return CLI_DONE;
}

static int database_fill(struct cli *cli, void *with)
{
    struct filling *filling = with;
    struct brokerage brokerage;
    struct agent agent;
    int code = brokerage_ensure(cli, filling->init, &brokerage);
    if (!code)
        code = cli_agent(cli, NO_VALUE, &agent);
    if (!code)
        unused_tell(cli, &brokerage, &agent);
    if (!code && filling->init->demo)
        code = demo_fill(cli, filling->init, &agent);
    return code ? code : key_ensure(cli, &agent, filling);
}

/* The key's file comes last: a key in the database that nobody has seen harms nobody. */
static int key_write(struct cli *cli, const struct filling *filling)
{
    const char *path = init_path(cli, filling->init, "api-key");
    if (!filling->key)
        return CLI_DONE;
    if (secret_line_write(path, filling->key))
        return cli_fail(cli, CLI_FAILED, "%s could not be written", path);
    init_tell(cli, true, path);
    return CLI_DONE;
}

static int database_make(struct cli *cli, const struct init *init)
{
    struct filling filling = { .init = init };
    cli->config_path = init_path(cli, init, "ai-realtor.conf");
    int code = cli_configure(cli);
    if (!code)
        code = database_open(cli);
    if (!code)
        code = cli_transact(cli, database_fill, &filling);
    return code ? code : key_write(cli, &filling);
}

static int init_run(struct cli *cli)
{
    struct init init = { 0 };
    int code = asked_read(cli, &init);
    if (!code)
        code = init_files(cli, &init);
    if (!code)
        code = database_make(cli, &init);
    if (!code)
        code = init_chown(cli, &init);
    if (!code)
        fprintf(cli->out,
                "What is left to do: %s%s%sai-realtor --config %s/ai-realtor.conf doctor\n",
                init.has_owner ? "sudo -u " : "",
                init.has_owner ? options_get(cli->options, "owner") : "", init.has_owner ? " " : "",
                init.state);
    return code;
}

const struct command command_init = {
    .name = "init",
    .about = "Make the folder with configuration, secrets, database and a first API key",
    .help =
        "Whatever is there already is kept, so init may be repeated. Only the files' owner can "
        "read\nthem: run init as the user that the web server runs as, or as root with --owner.\n\n"
        "Examples:\n"
        "  ai-realtor init --demo\n"
        "  sudo ai-realtor init --state /var/lib/ai-realtor --owner www-data \\\n"
        "      --company \"Harborview Realty\" --agent \"Ann Lee\" --timezone America/New_York\n",
    COMMAND_SPECS(specs),
    .run = init_run,
};
