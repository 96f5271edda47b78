/* Who could get in: keys that lie about unused, copies that others may read, a log that was
 * touched; and what is still to be deleted. */
#include "base/mem.h"
#include "base/text.h"
#include "cli/doctor.h"
#include "store/audit.h"
#include "store/master.h"
#include "store/outbox.h"
#include "store/rekey.h"
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { UNUSED_DAYS = 90 };

/* ---- keys ---- */

bool finding_key_good(const struct api_key *key, int64_t now)
{
    return key->revoked_at == NO_VALUE && key->agent_is_active &&
           (key->expires_at == NO_VALUE || key->expires_at > now);
}

/* A key that would go on for ever without anybody missing it. */
static void key_check(struct findings *findings, const struct api_key *key, int64_t now)
{
    char day[INSTANT_TEXT];
    bool used = key->last_used_at != NO_VALUE;
    int64_t since = used ? key->last_used_at : key->created_at;
    if (key->expires_at != NO_VALUE || since > now - UNUSED_DAYS * DAY_MS)
        return;
    instant_format(since, day);
    finding_add(
        findings, FINDING_WEAK,
        mem_printf(findings->mem, "Key %lld, which never ends, is in use", (long long)key->id),
        "%s %.10s; if nobody needs it: ai-realtor key revoke %lld",
        used ? "it was last used on" : "it was never used since", day, (long long)key->id);
}

static void keys_check(struct cli *cli, struct findings *findings)
{
    struct api_key *keys;
    size_t count, good = 0;
    int64_t now = clock_now(&cli->clock);
    if (!cli->db || api_key_list(cli->db, cli->mem, &keys, &count))
        return;
    for (size_t i = 0; i < count; i++)
        good += keys[i].role != ROLE_CALENDAR && finding_key_good(&keys[i], now);
    finding_step(findings, good > 0, "An API key that is in use",
                 "ai-realtor key add --name website --role broker");
    for (size_t i = 0; i < count; i++)
        if (finding_key_good(&keys[i], now))
            key_check(findings, &keys[i], now);
}

/* ---- copies ---- */

/* Whether a file of that name is the database, what belongs to it, or looks like a copy of it. */
static bool is_copy(const char *name, const char *database)
{
    static const char *const marks[] = { ".db", ".sqlite", ".sql", ".bak", "backup" };
    bool copy = text_starts_with(name, database);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        copy |= strstr(name, marks[i]) != NULL;
    return copy;
}

/* The first copy in the folder that others may read; NULL if there is none. */
static const char *exposed_find(struct cli *cli, DIR *folder, const char *database)
{
    const struct dirent *entry;
    struct stat st;
    while ((entry = readdir(folder)))
        if (strcmp(entry->d_name, database) != 0 && is_copy(entry->d_name, database) &&
            fstatat(dirfd(folder), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(st.st_mode) && st.st_mode & S_IRWXO)
            return mem_strdup(cli->mem, entry->d_name);
    return NULL;
}

/* The database itself is looked at with the other private files. */
static void copies_check(struct cli *cli, struct findings *findings)
{
    static const char what[] = "Copies beside the database private";
    const char *path = cli->config.database, *slash = strrchr(path, '/');
    const char *place = slash ? mem_strndup(cli->mem, path, (size_t)(slash - path + 1)) : "./";
    DIR *folder = opendir(place);
    if (!folder)
        return;
    const char *exposed = exposed_find(cli, folder, slash ? slash + 1 : path);
    closedir(folder);
    if (exposed)
        finding_add(findings, FINDING_WEAK, what, "others may read it; run: chmod 600 %s%s", place,
                    exposed);
    else
        finding_add(findings, FINDING_DONE, what, NULL);
}

/* ---- the master key ---- */

/* A backup from before rekey opens with the key file of its day alone. */
static void sealed_check(struct cli *cli, struct findings *findings, struct seal *seal)
{
    static const char what[] = "What callers said can be read";
    bool known;
    if (rekey_keys_known(cli->db, seal, &known))
        finding_add(findings, FINDING_BROKEN, what, "it cannot be looked at; see the line above");
    else if (!known)
        finding_add(findings, FINDING_BROKEN, what,
                    "some was sealed with a key that %s does not hold; was the database restored "
                    "from before a rekey? Then put the copy of that day in its place",
                    cli->config.master_key_file);
    else
        finding_add(findings, FINDING_DONE, what, NULL);
}

/* False where nothing that hangs on the key can be judged. */
static bool master_is_right(struct cli *cli, struct findings *findings)
{
    static const char what[] = "Master key the database's";
    const unsigned char *master;
    struct seal *seal;
    if (!cli->db)
        return false;
    enum err err = cli_master(cli, &master);
    if (!err)
        err = seal_open(cli->mem, cli->config.master_key_file, cli->random, &seal);
    if (err == ERR_INVALID)
        finding_add(findings, FINDING_BROKEN, what,
                    "%s holds no key, which is 64 hexadecimal digits; put a copy of the right one "
                    "in its place",
                    cli->config.master_key_file);
    if (err)
        return false;
    err = master_check(cli->db, seal, master);
    if (err == ERR_DENIED)
        finding_add(findings, FINDING_BROKEN, what,
                    "%s is not the key that %s was made with; put the right one back",
                    cli->config.master_key_file, cli->config.database);
    else if (!err)
        finding_add(findings, FINDING_DONE, what, NULL);
    if (!err)
        sealed_check(cli, findings, seal);
    return !err;
}

/* ---- the audit log ---- */

static void audit_check(struct cli *cli, struct findings *findings)
{
    static const char what[] = "Audit log whole";
    const unsigned char *master;
    struct audit_proof proof;
    if (!cli->db || cli_master(cli, &master))
        return;
    if (audit_verify(cli->db, master, NULL, &proof))
        finding_add(findings, FINDING_BROKEN, what, "it cannot be read; see the line above");
    else if (proof.fault)
        finding_add(findings, FINDING_BROKEN, what,
                    "somebody changed it behind the program; see: ai-realtor audit verify");
    else
        finding_add(findings, FINDING_DONE, what, NULL);
}

/* ---- what waits for the network ---- */

/* cron is to come by every few minutes. */
static void outbox_check(struct cli *cli, struct findings *findings)
{
    static const char what[] = "Deletions at Vapi carried out";
    struct outbox_state state;
    char since[INSTANT_TEXT];
    int64_t now = clock_now(&cli->clock);
    if (!cli->db || outbox_look(cli->db, cli->mem, now, &state))
        return;
    bool late = state.waiting > 0 && state.oldest < now - DAY_MS;
    const char *key = cli->config.vapi_api_key_file;
    if (state.waiting > 0 && (!key || access(key, F_OK) != 0)) {
        finding_add(findings, FINDING_WEAK, what,
                    "%lld %s for a private key of your Vapi account; write it into %s",
                    (long long)state.waiting, state.waiting == 1 ? "waits" : "wait",
                    key ? key : "a file, and its name into the configuration: vapi_api_key_file");
    } else if (late) {
        instant_format(state.oldest, since);
        finding_add(findings, FINDING_WEAK, what,
                    "%lld %s since %.10s%s%s; let cron run: ai-realtor deliver",
                    (long long)state.waiting, state.waiting == 1 ? "waits" : "wait", since,
                    state.last_error ? ", the last time with " : "",
                    state.last_error ? state.last_error : "");
    } else if (state.given_up > 0) {
        finding_add(findings, FINDING_WEAK, what,
                    "%lld were given up, since Vapi refuses them; delete these calls in its "
                    "dashboard. Which: ai-realtor audit list --action give_up",
                    (long long)state.given_up);
    } else {
        finding_add(findings, FINDING_DONE, what, NULL);
    }
}

void doctor_access(struct cli *cli, struct findings *findings)
{
    keys_check(cli, findings);
    copies_check(cli, findings);
    if (master_is_right(cli, findings))
        audit_check(cli, findings);
    outbox_check(cli, findings);
}
