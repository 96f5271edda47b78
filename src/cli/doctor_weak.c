/* What is weak or broken about an installation's files and settings. */
#include "base/mem.h"
#include "base/signature.h"
#include "base/text.h"
#include "calendar/calendar.h"
#include "cli/doctor.h"
#include <errno.h>
#include <libgen.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file that must be there, and may be open to nobody else; `exposed` says how bad it is if it is.
 */
struct private_file {
    const char *path, *what;
    mode_t forbidden;
    enum finding_state exposed;
    const char *without;
};

/* Whose all files must be: whoever owns the database's folder, as the programs run as that user. */
static bool owner_find(struct cli *cli, uid_t *owner)
{
    struct stat st;
    bool found = stat(dirname(mem_strdup(cli->mem, cli->config.database)), &st) == 0;
    *owner = found ? st.st_uid : 0;
    return found;
}

static void file_check(struct findings *findings, const struct private_file *file)
{
    struct stat st;
    const char *path = file->path;
    if (!path || stat(path, &st) != 0)
        finding_add(findings, FINDING_BROKEN, file->what, "%s: %s; %s",
                    path ? path : "it is not configured", strerror(path ? errno : ENOENT),
                    file->without);
    else if (access(path, R_OK) != 0)
        finding_add(findings, FINDING_BROKEN, file->what,
                    "%s cannot be read; run as the web server's user, or give it the file: chown "
                    "www-data %s",
                    path, path);
    else if (st.st_mode & file->forbidden)
        finding_add(findings, file->exposed, file->what, "others may read it; run: chmod 600 %s",
                    path);
    else
        finding_add(findings, FINDING_DONE, file->what, NULL);
}

/* Root reads what the programs, which run as somebody else, do not. */
static void file_owner_check(struct cli *cli, struct findings *findings, const char *path)
{
    struct stat st;
    uid_t owner;
    if (!path || stat(path, &st) != 0 || !owner_find(cli, &owner) || st.st_uid == owner)
        return;
    finding_add(findings, st.st_mode & S_IRWXG ? FINDING_WEAK : FINDING_BROKEN,
                "Files and folder of one user",
                "%s is not of the user who owns the database's folder; run: chown %ld %s", path,
                (long)owner, path);
}

/* An empty file is no secret. */
static void webhook_secret_check(struct cli *cli, struct findings *findings)
{
    static const char what[] = "Webhook secret there";
    const struct config *config = &cli->config;
    struct signature_secrets secrets;
    if (!config->webhook_secret_file || access(config->webhook_secret_file, R_OK) != 0)
        return;
    enum err err = signature_secrets_read(cli->mem, config->webhook_secret_file,
                                          config->webhook_secret_is_base64, &secrets);
    if (err == ERR_INVALID)
        finding_add(
            findings, FINDING_BROKEN, what,
            "%s holds no secret that can be used; no webhook is accepted until a line of it "
            "is one",
            config->webhook_secret_file);
    else if (!err)
        finding_add(findings, FINDING_DONE, what, NULL);
}

/* Secrets that others may read are refused by the programs (base/secret.h). */
static void files_check(struct cli *cli, struct findings *findings)
{
    const struct config *config = &cli->config;
    const struct private_file files[] = {
        { config->master_key_file, "Master key readable, and by its owner alone", S_IRWXG | S_IRWXO,
          FINDING_BROKEN, "no API key can be checked without it" },
        { config->webhook_secret_file, "Webhook secret private", S_IRWXO, FINDING_BROKEN,
          "no webhook is accepted without it" },
        { config->database, "Database private", S_IRWXO, FINDING_WEAK, "run: ai-realtor init" },
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        file_check(findings, &files[i]);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        file_owner_check(cli, findings, files[i].path);
    const struct private_file vapi = { config->vapi_api_key_file, "Vapi API key private", S_IRWXO,
                                       FINDING_BROKEN, "nothing is deleted at Vapi without it" };
    if (vapi.path && access(vapi.path, F_OK) == 0)
        file_check(findings, &vapi);
}

static void url_check(struct cli *cli, struct findings *findings)
{
    static const char what[] = "Public address set, and with TLS";
    const char *url = cli->config.public_url;
    if (!url)
        finding_add(
            findings, FINDING_WEAK, what,
            "set public_url = https://YOUR-HOST%s in the configuration; until then we believe "
            "what each request says of its host",
            cli->config.mount);
    else if (!text_starts_with(url, "https://"))
        finding_add(findings, FINDING_WEAK, what,
                    "Vapi sends callers' data to %s in clear; use https://", url);
    else
        finding_add(findings, FINDING_DONE, what, NULL);
}

static void integrity_check(struct cli *cli, struct findings *findings)
{
    static const char what[] = "Database intact";
    const char *finding;
    if (!cli->db)
        return;
    if (db_check(cli->db, cli->mem, &finding))
        finding_add(findings, FINDING_BROKEN, what, "it cannot be checked; see the line above");
    else if (strcmp(finding, "ok") != 0)
        finding_add(findings, FINDING_BROKEN, what, "%s; restore a backup", finding);
    else
        finding_add(findings, FINDING_DONE, what, NULL);
}

static void calendar_check(struct cli *cli, struct findings *findings)
{
    static const char what[] = "Agents' calendars can be subscribed to";
    const struct calendar_module *module;
    const char *why;
    if (calendar_load(cli->mem, cli->config.calendar_module, &module, &why))
        finding_add(findings, FINDING_MISSING, what,
                    "%s; install " CALENDAR_FILE ", or say where it is: calendar_module = PATH",
                    text_one_line(cli->mem, why));
    else
        finding_add(findings, FINDING_DONE, what, NULL);
}

void doctor_weak_points(struct cli *cli, struct findings *findings)
{
    files_check(cli, findings);
    webhook_secret_check(cli, findings);
    url_check(cli, findings);
    doctor_access(cli, findings);
    doctor_exposed(cli, findings);
    integrity_check(cli, findings);
    calendar_check(cli, findings);
    if (cli->config.clock)
        finding_add(findings, FINDING_WEAK, "The clock is the system's",
                    "clock = %s is for tests; take it out", cli->config.clock);
}
