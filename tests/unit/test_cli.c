/* The command-line tool as one uses it: an installation made in a folder of its own, listings
 * imported into it; exit codes, and what is kept and what is not. */
#include "base/json.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/show.h"
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void *mem;
static char folder[] = "/tmp/ai-realtor-test-XXXXXX";
static char *configuration;

/* ---- running it ---- */

static char *file_read(const char *path)
{
    static char text[1 << 16];
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return mem_strdup(mem, text);
}

static void file_write(const char *name, const char *text)
{
    FILE *file = fopen(mem_printf(mem, "%s/%s", folder, name), "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    fclose(file);
}

static int redirect(int fd, const char *path)
{
    int kept = dup(fd), file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    ck_assert_int_ge(file, 0);
    dup2(file, fd);
    close(file);
    return kept;
}

/* Runs a command line, "{}" being the folder; *output is what it printed, errors behind the rest.
 */
static int run(const char *line, char **output)
{
    char *words[32] = { (char *)(uintptr_t) "ai-realtor" }, *environment[] = { NULL }, *rest = NULL;
    int count = 1;
    char *out = mem_printf(mem, "%s/out", folder);
    char *copy = mem_strdup(mem, line);
    if (configuration) {
        words[count++] = mem_strdup(mem, "--config");
        words[count++] = configuration;
    }
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        words[count++] =
            strncmp(word, "{}", 2) == 0 ? mem_printf(mem, "%s%s", folder, word + 2) : word;
    words[count] = NULL;
    unlink(out);
    fflush(NULL);
    int kept = redirect(STDOUT_FILENO, out), kept_err = redirect(STDERR_FILENO, out);
    int code = cli_main(count, words, environment);
    fflush(NULL);
    dup2(kept, STDOUT_FILENO);
    dup2(kept_err, STDERR_FILENO);
    close(kept);
    close(kept_err);
    *output = file_read(out);
    return code;
}

static void runs(int code, const char *line, const char *expected)
{
    char *output;
    int got = run(line, &output);
    ck_assert_msg(got == code, "%s: %d, not %d: %s", line, got, code, output);
    ck_assert_msg(strstr(output, expected) != NULL, "%s: %s", line, output);
}

static struct json_object *runs_json(int code, const char *line)
{
    char *output;
    const char *why;
    struct json_object *json = NULL;
    ck_assert_int_eq(run(line, &output), code);
    ck_assert_msg(json_read(mem, output, strlen(output), &json, &why) == ERR_NONE, "%s", output);
    return json;
}

static void begin(void)
{
    mem = mem_context(NULL);
    configuration = NULL;
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    runs(CLI_DONE, "init --state {} --demo", "made brokerage");
    configuration = mem_printf(mem, "%s/ai-realtor.conf", folder);
}

static void end(void)
{
    static const char *const names[] = {
        "ai-realtor.conf", "master.key",         "webhook-secret", "api-key", "out",
        "ai-realtor.db",   "ai-realtor.db-lock", "list.csv",       "copy.db"
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlink(mem_printf(mem, "%s/%s", folder, names[i]));
    rmdir(folder);
    mem_free(mem);
}

/* ---- init ---- */

START_TEST(init_makes_private_files_and_keeps_them_when_repeated)
{
    static const char *const names[] = { "ai-realtor.conf", "master.key", "webhook-secret",
                                         "api-key", "ai-realtor.db" };
    char *keys[sizeof names / sizeof names[0]];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct stat st;
        const char *path = mem_printf(mem, "%s/%s", folder, names[i]);
        ck_assert_int_eq(stat(path, &st), 0);
        ck_assert_int_eq(st.st_mode & 0777, 0600);
        keys[i] = file_read(path);
    }
    runs(CLI_DONE, "init --state {} --demo --company Other", "kept brokerage \"Emprezario\"");
    runs(CLI_DONE, "init --state {} --demo --company Other",
         "not used: --company; to change it: ai-realtor brokerage set --name");
    for (size_t i = 0; i + 1 < sizeof names / sizeof names[0]; i++)
        ck_assert_str_eq(file_read(mem_printf(mem, "%s/%s", folder, names[i])), keys[i]);
    ck_assert_int_eq(json_int_at(runs_json(CLI_DONE, "property list --json"), "total"), 8);
    ck_assert_int_eq(json_int_at(runs_json(CLI_DONE, "key list --json"), "total"), 1);
}
END_TEST

/* ---- the brokerage ---- */

START_TEST(a_brokerage_gets_another_name_and_zone)
{
    char *output;
    runs(CLI_DONE, "brokerage show", "Emprezario");
    runs(CLI_USAGE, "brokerage set", "--name or --timezone is needed");
    runs(CLI_USAGE, "brokerage set --timezone Mars/Olympus", "--timezone");
    struct json_object *json =
        runs_json(CLI_DONE, "brokerage set --name Harborview --timezone America/New_York --json");
    ck_assert_str_eq(json_text_at(json, "name"), "Harborview");
    runs(CLI_DONE, "brokerage show", "America/New_York");
    runs(CLI_DONE, "audit list --subject brokerages", "name,timezone");
    ck_assert_int_eq(run("init --state {} --company Harborview", &output), CLI_DONE);
    ck_assert_ptr_null(strstr(output, "not used"));
    runs(CLI_DONE, "audit verify", "whole");
}
END_TEST

/* ---- exit codes ---- */

START_TEST(every_outcome_has_its_exit_code)
{
    static const struct {
        const char *line;
        int code;
        const char *said;
    } rows[] = {
        { "--help", CLI_DONE, "Exit codes" },
        { "number add --help", CLI_DONE, "--friendly-name" },
        { "call show --help", CLI_DONE, "Example" },
        { "agent list", CLI_DONE, "Maria Lopez" },
        { "doctor", CLI_DONE, "[x] Database migration run" },
        { "migrate", CLI_DONE, "up to date" },
        { "", CLI_USAGE, "usage:" },
        { "number", CLI_USAGE, "number add" },
        { "nonsense", CLI_USAGE, "no subcommand" },
        { "agent list --nonsense", CLI_USAGE, "--nonsense" },
        { "agent list --limit", CLI_USAGE, "needs a value" },
        { "agent list --limit 0", CLI_USAGE, "--limit" },
        { "agent list one", CLI_USAGE, "one word too many" },
        { "number add", CLI_USAGE, "--phone-number is needed" },
        { "number add --phone-number 4155550100 --forward-when always", CLI_USAGE,
          "--forward-to-number" },
        { "property add --address Here --price cheap", CLI_USAGE, "--price" },
        { "key add --name x --expires 2020-01-01T00:00:00Z", CLI_USAGE, "in the past" },
        { "number add --phone-number 12", CLI_USAGE, "or a US one such as 415-555-1234" },
        { "call list --from yesterday", CLI_USAGE, "must be a day such as 2026-09-01" },
        { "call list --to 2026-13-01", CLI_USAGE, "must be a day such as 2026-09-01" },
        { "call list --from 2026-09-01 --to 2026-09-01T17:04:00Z", CLI_DONE, "" },
        { "call show nine", CLI_USAGE, "no id" },
        { "simulate --scenario opera", CLI_USAGE, "no scenario" },
        { "simulate --url ftp://127.0.0.1", CLI_USAGE, "http" },
        { "simulate --form fax", CLI_USAGE, "--form" },
        { "simulate --url http://127.0.0.1:1", CLI_FAILED, "cannot be reached" },
        { "call show 9", CLI_NOT_FOUND, "no call 9" },
        { "key revoke 9", CLI_NOT_FOUND, "no key 9" },
        { "property import {}/nowhere.csv", CLI_NOT_FOUND, "cannot be read" },
        { "number add --phone-number 415-555-1234", CLI_CONFLICT, "there already" },
        { "backup {}/ai-realtor.conf", CLI_CONFLICT, "not overwritten" },
        { "backup {}/copy.db", CLI_DONE, "checked" },
        { "restore {}/nowhere.db", CLI_NOT_FOUND, "cannot be read" },
        { "restore {}/ai-realtor.conf", CLI_FAILED, "no database" },
        { "restore {}/copy.db", CLI_DONE, "in the place of" },
        { "agent list --config {}/nowhere.conf", CLI_CONFIG, "nowhere.conf" },
        { "understand", CLI_USAGE, "understand redact" },
        { "understand where --help", CLI_DONE, "--agent-id" },
        { "understand when {}/nowhere.jsonl", CLI_NOT_FOUND, "cannot be read" },
        { "understand when {}", CLI_FAILED, "cannot be read" },
        { "understand when {}/ai-realtor.conf", CLI_FAILED, "lines could not be answered" },
        { "understand where --agent-id 9 {}/ai-realtor.conf", CLI_FAILED, "not a JSON object" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        runs(rows[i].code, rows[i].line, rows[i].said);
}
END_TEST

/* Root reads what the programs would not. */
START_TEST(a_key_of_another_user_is_found)
{
    if (geteuid() != 0)
        return;
    const char *path = mem_printf(mem, "%s/master.key", folder);
    ck_assert_int_eq(chown(path, 1, 1), 0);
    runs(CLI_FAILED, "doctor", "master.key is not of the user who owns the database's folder");
    ck_assert_int_eq(chown(path, 0, 0), 0);
    runs(CLI_DONE, "doctor", "[x] Webhook secret there");
    runs(CLI_DONE, "init --state {} --owner root", "What is left to do: sudo -u root ai-realtor");
}
END_TEST

START_TEST(an_installation_works_wherever_its_folder_lies)
{
    char *text = file_read(configuration);
    ck_assert_ptr_null(strstr(text, folder));
    ck_assert_ptr_nonnull(strstr(text, "\ndatabase = ai-realtor.db\n"));
}
END_TEST

START_TEST(a_database_of_another_version_is_refused_and_not_made_anew)
{
    runs(CLI_DONE, "agent list", "Maria");
    unlink(mem_printf(mem, "%s/ai-realtor.db", folder));
    runs(CLI_CONFIG, "agent list", "ai-realtor init");
    file_write("ai-realtor.db", "");
    runs(CLI_CONFIG, "agent list", "ai-realtor migrate");
    runs(CLI_DONE, "migrate", "schema version 0 brought to");
    runs(CLI_NOT_FOUND, "property add --address Here", "agent add");
}
END_TEST

/* ---- import ---- */

static int64_t imports(int code, const char *options, const char *text, const char *member)
{
    file_write("list.csv", text);
    return json_int_at(
        runs_json(code, mem_printf(mem, "property import --json %s {}/list.csv", options)), member);
}

START_TEST(an_import_adds_updates_and_leaves_alone)
{
    static const char text[] = "\xef\xbb\xbf"
                               "Price,ADDRESS,city,description\r\n"
                               "\"$865,000\",\"123 main street\",San Francisco,\r\n"
                               "420000,456 Oak Ave,Oakland,\"Two\r\nlines\"\r\n"
                               "300000,77 New Road,Oakland,\"Says \"\"hi\"\"\"\r\n";
    ck_assert_int_eq(imports(CLI_DONE, "--dry-run", text, "added"), 1);
    ck_assert_int_eq(json_int_at(runs_json(CLI_DONE, "property list --json"), "total"), 8);
    ck_assert_int_eq(imports(CLI_DONE, "", text, "added"), 1);
    ck_assert_int_eq(imports(CLI_DONE, "", text, "unchanged"), 3);
    struct json_object *list = json_get(runs_json(CLI_DONE, "property list --json"), "properties");
    ck_assert_uint_eq(json_object_array_length(list), 9);
    struct json_object *first = json_object_array_get_idx(list, 0);
    ck_assert_int_eq(json_int_at(first, "price"), 865000);
    ck_assert_ptr_null(json_text_at(first, "description"));
    ck_assert_str_eq(json_text_at(first, "stage"), "researched");
    struct json_object *last = json_object_array_get_idx(list, 8);
    ck_assert_str_eq(json_text_at(last, "description"), "Says \"hi\"");
}
END_TEST

START_TEST(a_bad_line_keeps_the_whole_file_out)
{
    static const char text[] = "address,price,listing_status\n"
                               "1 Good St,100,\n"
                               "2 Bad St,-1,gone\n"
                               "3 Short St\n"
                               "1 good street,200,sold\n";
    ck_assert_int_eq(imports(CLI_FAILED, "", text, "bad"), 3);
    ck_assert_int_eq(json_int_at(runs_json(CLI_DONE, "property list --json"), "total"), 8);
    runs(CLI_FAILED, "property import {}/list.csv", "line 3: price must be");
    runs(CLI_FAILED, "property import {}/list.csv", "line 3: listing_status must be");
    runs(CLI_FAILED, "property import {}/list.csv", "line 4: has 1 cells where the header has 3");
    runs(CLI_FAILED, "property import {}/list.csv",
         "line 5: address is the same listing as in line 2");
    ck_assert_int_eq(imports(CLI_DONE, "--skip-bad", text, "added"), 1);
    ck_assert_int_eq(json_int_at(runs_json(CLI_DONE, "property list --json"), "total"), 9);
}
END_TEST

START_TEST(a_file_of_the_wrong_form_is_refused_even_with_skip_bad)
{
    static const struct {
        const char *text, *said;
    } rows[] = {
        { "", "the file is empty" },
        { "price\n1\n", "address is missing" },
        { "address,colour\n", "colour is not a column of listings; see: ai-realtor property" },
        { "address,id\n", "id cannot be set" },
        { "address,agent_id\n", "--agent-id" },
        { "address,Address\n", "address is there twice" },
        { "address\n1 Good St\n\"2 Open St\n", "line 3: a cell begins with a quote" },
        { "address\ncaf\xe9\n", "not UTF-8" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        file_write("list.csv", rows[i].text);
        runs(CLI_FAILED, "property import --skip-bad {}/list.csv", rows[i].said);
    }
    ck_assert_int_eq(json_int_at(runs_json(CLI_DONE, "property list --json"), "total"), 8);
}
END_TEST

/* ---- showing ---- */

START_TEST(what_callers_said_cannot_steer_the_terminal)
{
    ck_assert_str_eq(show_safe(mem, "a\x1b[2Jb\nc\x7f"
                                    "d\xc2\x9b"
                                    "e\xc3\xa9"),
                     "a [2Jb c d e\xc3\xa9");
    ck_assert_str_eq(show_safe(mem, NULL), "-");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cli");
    TCase *tests = tcase_create("cli");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, init_makes_private_files_and_keeps_them_when_repeated);
    tcase_add_test(tests, a_brokerage_gets_another_name_and_zone);
    tcase_add_test(tests, every_outcome_has_its_exit_code);
    tcase_add_test(tests, a_key_of_another_user_is_found);
    tcase_add_test(tests, an_installation_works_wherever_its_folder_lies);
    tcase_add_test(tests, a_database_of_another_version_is_refused_and_not_made_anew);
    tcase_add_test(tests, an_import_adds_updates_and_leaves_alone);
    tcase_add_test(tests, a_bad_line_keeps_the_whole_file_out);
    tcase_add_test(tests, a_file_of_the_wrong_form_is_refused_even_with_skip_bad);
    tcase_add_test(tests, what_callers_said_cannot_steer_the_terminal);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
