/* What lies where strangers may get at it: files in a web server's folders, keys in its log,
 * secrets in addresses. */
#include "base/mem.h"
#include "base/text.h"
#include "cli/doctor.h"
#include "desk/keys.h"
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    DEPTH_MAX = 8,
    ENTRIES_MAX = 50000,
    HEAD_BYTES = 1 << 20,
    LOG_BYTES = 1 << 26,
    LINE_BYTES = 16384
};

/* ---- a web server's folders ---- */

struct search {
    struct cli *cli;
    int entries;
    const char *found; /* the first file that should not be there */
};

/* Ours among all SQLite files: its schema, which stands near the beginning, names our tables. */
static bool is_our_database(const char *path)
{
    static const char magic[] = "SQLite format 3", table[] = "webhook_journal";
    char *head = mem_bytes(NULL, HEAD_BYTES);
    FILE *file = fopen(path, "re");
    size_t len = file ? fread(head, 1, HEAD_BYTES, file) : 0;
    bool ours = len > sizeof magic && memcmp(head, magic, sizeof magic) == 0 &&
                memmem(head, len, table, sizeof table - 1) != NULL;
    if (file)
        fclose(file);
    mem_free(head);
    return ours;
}

static bool is_ours(struct cli *cli, const char *path, const char *name)
{
    const struct config *config = &cli->config;
    const char *const secrets[] = { config->master_key_file, config->webhook_secret_file,
                                    config->vapi_api_key_file };
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
        const char *slash = secrets[i] ? strrchr(secrets[i], '/') : NULL;
        if (text_equal(name, slash ? slash + 1 : secrets[i]))
            return true;
    }
    return is_our_database(path);
}

/* Links are not followed. */
static void folder_search(struct search *search, const char *folder, int depth)
{
    const struct dirent *entry;
    struct stat st;
    DIR *dir = depth < DEPTH_MAX ? opendir(folder) : NULL;
    while (dir && !search->found && search->entries < ENTRIES_MAX && (entry = readdir(dir))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *path = mem_printf(search->cli->mem, "%s/%s", folder, entry->d_name);
        search->entries++;
        if (lstat(path, &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode))
            folder_search(search, path, depth + 1);
        else if (S_ISREG(st.st_mode) && is_ours(search->cli, path, entry->d_name))
            search->found = path;
    }
    if (dir)
        closedir(dir);
}

/* Where web servers of this system look for files, or what was named. */
static const char *web_file_find(struct cli *cli)
{
    static const char *const usual[] = { "/var/www", "/srv/www", "/usr/share/nginx/html",
                                         "/usr/lib/cgi-bin" };
    const char *named = options_get(cli->options, "web-root");
    struct search search = { .cli = cli };
    for (size_t i = 0; i < sizeof usual / sizeof usual[0] && !named && !search.found; i++)
        folder_search(&search, usual[i], 0);
    if (named)
        folder_search(&search, named, 0);
    return search.found;
}

/* The part of the path by which hosts know what to show; NULL. */
static const char *shown_part(const char *path)
{
    static const char *const parts[] = { "/public_html/", "/htdocs/", "/cgi-bin/", "/wwwroot/" };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strstr(path, parts[i]))
            return parts[i];
    return NULL;
}

static void web_check(struct cli *cli, struct findings *findings)
{
    static const char what[] = "Nothing of ours in a web server's folders";
    char whole[PATH_MAX];
    const char *path = realpath(cli->config.database, whole) ? whole : cli->config.database;
    const char *found = shown_part(path) ? path : web_file_find(cli);
    if (found)
        finding_add(findings, FINDING_WEAK, what,
                    "anybody may fetch %s; put it where no web server looks", found);
    else
        finding_add(findings, FINDING_DONE, what, NULL);
}

/* ---- keys in its log ---- */

/* Whether the line holds a key that is still good. */
static bool line_tells_key(struct cli *cli, const char *line, int64_t now)
{
    struct api_key key;
    for (const char *p = strstr(line, KEY_MARK); p; p = strstr(p + 1, KEY_MARK)) {
        char prefix[KEY_PREFIX_SIZE], *shown = mem_strndup(cli->mem, p, KEY_LENGTH);
        if (key_prefix(shown, prefix) &&
            api_key_find(cli->db, cli->mem, prefix, &key) == ERR_NONE &&
            finding_key_good(&key, now))
            return true;
    }
    return false;
}

static bool log_tells_key(struct cli *cli, const char *path)
{
    FILE *file = fopen(path, "re");
    char *line = mem_bytes(cli->mem, LINE_BYTES);
    bool found = false;
    if (!file)
        return false;
    /* The newest part of a very long one. */
    if (fseek(file, -(long)LOG_BYTES, SEEK_END) != 0)
        rewind(file);
    while (!found && fgets(line, LINE_BYTES, file))
        found = line_tells_key(cli, line, clock_now(&cli->clock));
    fclose(file);
    return found;
}

static void log_check(struct cli *cli, struct findings *findings)
{
    static const char what[] = "No key in a web server's log";
    static const char *const usual[] = { "/var/log/apache2/access.log",
                                         "/var/log/apache2/other_vhosts_access.log",
                                         "/var/log/lighttpd/access.log",
                                         "/var/log/nginx/access.log" };
    const char *named = options_get(cli->options, "access-log"), *found = NULL;
    if (!cli->db)
        return;
    for (size_t i = 0; i < sizeof usual / sizeof usual[0] && !named && !found; i++)
        found = log_tells_key(cli, usual[i]) ? usual[i] : NULL;
    if (named && log_tells_key(cli, named))
        found = named;
    if (found)
        finding_add(findings, FINDING_WEAK, what,
                    "a key that is still good stands in an address in %s: revoke it, and send keys "
                    "in the header X-API-Key",
                    found);
    else
        finding_add(findings, FINDING_DONE, what, NULL);
}

/* ---- secrets in addresses ---- */

static void address_check(struct cli *cli, struct findings *findings)
{
    static const char what[] = "No secret in an address";
    const char *url = cli->config.public_url;
    if (url && strpbrk(url, "@?#"))
        finding_add(findings, FINDING_WEAK, what,
                    "public_url holds more than an address: addresses stand in logs");
    else if (cli->config.webhook_callback_token)
        finding_add(findings, FINDING_WEAK, what,
                    "with webhook_callback_token = yes each call's token stands in an address, and "
                    "so in the web server's log; use it only where headers cannot be set");
    else
        finding_add(findings, FINDING_DONE, what, NULL);
}

void doctor_exposed(struct cli *cli, struct findings *findings)
{
    web_check(cli, findings);
    log_check(cli, findings);
    address_check(cli, findings);
}
