#include "base/mem.h"
#include "base/secret.h"
#include "cli/init.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_LONGEST = 150 }; /* inih reads lines of 200 bytes */

/* All that init and the programs make in the folder. */
static const char *const file_names[] = {
    "ai-realtor.conf",        "master.key",           "webhook-secret",    "api-key",
    "ai-realtor.db",          "ai-realtor.db-lock",   "ai-realtor.db-wal", "ai-realtor.db-shm",
    "ai-realtor.db-throttle", "ai-realtor.db-outbox", "vapi-api-key",
};

char *init_path(struct cli *cli, const struct init *init, const char *name)
{
    return mem_printf(cli->mem, "%s/%s", init->state, name);
}

void init_tell(struct cli *cli, bool made, const char *what)
{
    fprintf(cli->out, "%s %s\n", made ? "made" : "kept", what);
}

/* ---- the folder ---- */

/* The configuration file is read line by line, with comments and without quotes. */
static int state_check(struct cli *cli, const char *path)
{
    bool good = strlen(path) <= PATH_LONGEST;
    for (const char *p = path; *p; p++)
        good &= (unsigned char)*p > ' ' && *p != ';' && *p != '#';
    if (good)
        return CLI_DONE;
    return cli_fail(cli, CLI_USAGE,
                    "the path %s is too long or has a character that a "
                    "configuration file cannot hold; use another --state",
                    path);
}

static int state_make(struct cli *cli, struct init *init)
{
    int code = state_check(cli, init->state);
    if (code)
        return code;
    bool made = mkdir(init->state, 0700) == 0;
    char *absolute = made || errno == EEXIST ? realpath(init->state, NULL) : NULL;
    if (!absolute)
        return cli_fail(cli, CLI_FAILED, "the folder %s cannot be made: %s", init->state,
                        strerror(errno));
    init->state = mem_strdup(cli->mem, absolute);
    free(absolute);
    init_tell(cli, made, init->state);
    return state_check(cli, init->state);
}

/* ---- the files ---- */

static char *configuration_compose(struct cli *cli, const struct init *init)
{
    char *text = mem_strdup(
        cli->mem,
        "# ai-realtor.conf: written by `ai-realtor init`; see ai-realtor.conf(5).\n"
        "# Environment variables override it: AI_REALTOR_DATABASE for database.\n\n"
        "# Files count from the folder of this one.\n"
        "database = ai-realtor.db\n"
        "# without it no API key works and nothing callers said can be read, from backups\n"
        "# either: keep a copy apart from them, and a new one after each rekey\n"
        "master_key_file = master.key\n"
        "# what Vapi signs its messages with\n"
        "webhook_secret_file = webhook-secret\n\n"
        "# Where Vapi reaches us. Unset: what each request itself says.\n");
    if (init->public_url)
        mem_append(cli->mem, &text, "public_url = %s\n", init->public_url);
    else
        mem_append(cli->mem, &text, "#public_url = https://www.example.com/voice-assistant\n");
    mem_append(cli->mem, &text, "\n# The others, with their defaults.\n");
    for (size_t i = 0; i < config_key_count; i++) {
        const struct config_key *key = &config_keys[i];
        bool said = strstr(text, mem_printf(cli->mem, "\n%s = ", key->name)) != NULL;
        if (!said && strcmp(key->name, "public_url") != 0)
            mem_append(cli->mem, &text, "#%s = %s\n", key->name,
                       key->fallback ? key->fallback : "");
    }
    return text;
}

static int configuration_write(struct cli *cli, const struct init *init)
{
    const char *path = init_path(cli, init, "ai-realtor.conf");
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno != EEXIST)
        return cli_fail(cli, CLI_FAILED, "%s cannot be written: %s", path, strerror(errno));
    init_tell(cli, fd >= 0, path);
    if (fd < 0)
        return CLI_DONE;
    bool written = dprintf(fd, "%s", configuration_compose(cli, init)) > 0;
    if (close(fd) == 0 && written)
        return CLI_DONE;
    unlink(path);
    return cli_fail(cli, CLI_FAILED, "%s could not be written: %s", path, strerror(errno));
}

static int secret_write(struct cli *cli, const struct init *init, const char *name, char *secret)
{
    const char *path = init_path(cli, init, name);
    enum err err = secret_line_write(path, secret);
    sodium_memzero(secret, strlen(secret));
    if (err && err != ERR_CONFLICT)
        return cli_fail(cli, CLI_FAILED, "%s could not be written", path);
    init_tell(cli, !err, path);
    return CLI_DONE;
}

static char *master_make(struct cli *cli)
{
    unsigned char bytes[SECRET_KEY_BYTES];
    cli->random->fill(cli->random, bytes, sizeof bytes);
    char *hex = secret_hex(cli->mem, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    return hex;
}

int init_files(struct cli *cli, struct init *init)
{
    int code = state_make(cli, init);
    if (!code)
        code = configuration_write(cli, init);
    if (!code)
        code = secret_write(cli, init, "master.key", master_make(cli));
    if (!code)
        code = secret_write(cli, init, "webhook-secret", secret_token(cli->mem, cli->random, 32));
    return code;
}

/* ---- whose they are ---- */

int init_chown(struct cli *cli, const struct init *init)
{
    if (!init->has_owner)
        return CLI_DONE;
    bool good = lchown(init->state, init->owner, init->group) == 0;
    for (size_t i = 0; i < sizeof file_names / sizeof file_names[0] && good; i++) {
        const char *path = init_path(cli, init, file_names[i]);
        good = lchown(path, init->owner, init->group) == 0 || errno == ENOENT;
    }
    if (good)
        return CLI_DONE;
    return cli_fail(cli, CLI_FAILED,
                    "the files in %s cannot be given away: %s; --owner is for root", init->state,
                    strerror(errno));
}
