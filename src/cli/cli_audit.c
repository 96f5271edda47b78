/* What the tool changed or took out, on its way into the audit log. */
#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "store/audit.h"
#include <pwd.h>
#include <string.h>
#include <unistd.h>

enum { USER_MAX = 64 };

static const char *variable_get(struct cli *cli, const char *name)
{
    size_t len = strlen(name);
    for (char **entry = cli->environment; entry && *entry; entry++)
        if (strncmp(*entry, name, len) == 0 && (*entry)[len] == '=')
            return *entry + len + 1;
    return NULL;
}

/* "cli:www-data", and who stands behind that user by sudo's word: "cli:www-data sudo:ann". */
static const char *actor_compose(struct cli *cli)
{
    const struct passwd *user = getpwuid(geteuid());
    const char *sudo = variable_get(cli, "SUDO_USER");
    char *actor = user ? mem_printf(cli->mem, "cli:%s", user->pw_name)
                       : mem_printf(cli->mem, "cli:%ld", (long)geteuid());
    if (!text_blank(sudo) && strlen(sudo) <= USER_MAX && text_utf8_valid(sudo, strlen(sudo)))
        mem_append(cli->mem, &actor, " sudo:%s", text_one_line(cli->mem, sudo));
    return actor;
}

enum err cli_master(struct cli *cli, const unsigned char **master)
{
    *master = cli->master;
    if (cli->has_master)
        return ERR_NONE;
    enum err err = secret_key_read(cli->config.master_key_file, cli->master);
    cli->has_master = !err;
    return err;
}

static enum err entry_append(struct cli *cli, const char *action, const char *subject,
                             const struct row_head *head, const char *fields)
{
    const unsigned char *master;
    enum err err = cli_master(cli, &master);
    if (err)
        return err;
    struct audit_entry entry = {
        .head = { .brokerage_id = head->brokerage_id,
                  .agent_id = NO_VALUE,
                  .created_at = clock_now(&cli->clock) },
        .actor = actor_compose(cli),
        .api_key_id = NO_VALUE,
        .action = action,
        .subject = subject,
        .subject_id = head->id,
        .fields = fields,
    };
    void *mem = mem_context(cli->mem);
    err = audit_append(cli->db, mem, master, &entry);
    mem_free(mem);
    return err;
}

enum err cli_audit_fields(struct cli *cli, const char *action, const char *subject,
                          int64_t brokerage_id, int64_t id, const char *fields)
{
    const struct row_head head = { .id = id, .brokerage_id = brokerage_id };
    return entry_append(cli, action, subject, &head, fields);
}

enum err cli_audit(struct cli *cli, const char *action, const char *subject, int64_t brokerage_id,
                   int64_t id)
{
    return cli_audit_fields(cli, action, subject, brokerage_id, id, NULL);
}

enum err cli_audit_created(struct cli *cli, const struct table *table, const void *record)
{
    return entry_append(cli, "create", table->name, record, NULL);
}

enum err cli_audit_changed(struct cli *cli, const struct table *table, const void *before,
                           const void *after)
{
    void *mem = mem_context(cli->mem);
    const char *fields = audit_changes(mem, table, before, after);
    enum err err = fields ? entry_append(cli, "update", table->name, after, fields) : ERR_NONE;
    mem_free(mem);
    return err;
}
