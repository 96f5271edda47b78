/* The configuration: file, then environment; what is wrong is named with its place. */
#include "base/config.h"
#include "base/text.h"
#include "support.h"
#include <string.h>

static char *nothing[] = { NULL };

static struct config config;
static const char *why;

static enum err read_with(const char *text, char **environment)
{
    const char *path = file_write("test.conf", text, 0600);
    why = "";
    return config_read(office.mem, path, environment, &config, &why);
}

static const char *in_folder(const char *name)
{
    return mem_printf(office.mem, "%s/%s", office.folder, name);
}

START_TEST(an_empty_file_gives_the_defaults)
{
    ck_assert_msg(read_with("", nothing) == ERR_NONE, "%s", why);
    ck_assert_str_eq(config.database, in_folder("ai-realtor.db"));
    ck_assert_str_eq(config.mount, "/voice-assistant");
    ck_assert_str_eq(config.log_level, "info");
    ck_assert_ptr_null(config.public_url);
    ck_assert_ptr_null(config.clock);
    ck_assert_int_eq(config.max_body_bytes, 8 * 1024 * 1024);
    ck_assert_int_eq(config.busy_timeout_ms, 5000);
    ck_assert_int_eq(config.viewing_minutes, 30);
}
END_TEST

START_TEST(every_default_is_acceptable_and_every_key_can_be_set)
{
    for (size_t i = 0; i < config_key_count; i++) {
        const struct config_key *key = &config_keys[i];
        int64_t number;
        if (key->kind == CONFIG_NUMBER)
            ck_assert_msg(key->fallback && text_to_int(key->fallback, key->min, key->max, &number),
                          "%s", key->name);
        else if (key->fallback)
            ck_assert_msg(read_with(mem_printf(office.mem, "%s = %s\n", key->name, key->fallback),
                                    nothing) == ERR_NONE,
                          "%s: %s", key->name, why);
    }
}
END_TEST

START_TEST(the_file_sets_keys_among_comments_and_blank_lines)
{
    ck_assert_msg(read_with("# a comment\n; another\n\n"
                            "public_url = https://desk.example/voice-assistant\n"
                            "  \n"
                            "viewing_minutes=45\n"
                            "model:gpt-5\n"
                            "log_level = warn ; quiet\n",
                            nothing) == ERR_NONE,
                  "%s", why);
    ck_assert_str_eq(config.public_url, "https://desk.example/voice-assistant");
    ck_assert_int_eq(config.viewing_minutes, 45);
    ck_assert_str_eq(config.model, "gpt-5");
    ck_assert_str_eq(config.log_level, "warn");
}
END_TEST

START_TEST(the_environment_wins_over_the_file)
{
    char *environment[] = { "PATH=/bin",
                            "AI_REALTOR_VIEWING_MINUTES=60",
                            "AI_REALTOR_DATABASE=/srv/other.db",
                            "AI_REALTOR_UNHEARD_OF=1",
                            "AI_REALTOR_",
                            "AI_REALTOR_PUBLIC_URL=",
                            NULL };
    ck_assert_msg(read_with("viewing_minutes = 45\ndatabase = a.db\npublic_url = http://a\n",
                            environment) == ERR_NONE,
                  "%s", why);
    ck_assert_int_eq(config.viewing_minutes, 60);
    ck_assert_str_eq(config.database, "/srv/other.db");
    ck_assert_ptr_null(config.public_url);
}
END_TEST

START_TEST(the_environment_names_the_file)
{
    char *environment[] = { mem_printf(office.mem, "AI_REALTOR_CONFIG=%s", in_folder("named.conf")),
                            NULL };
    file_write("named.conf", "model = from-named\n", 0600);
    ck_assert_int_eq(config_read(office.mem, NULL, environment, &config, &why), ERR_NONE);
    ck_assert_str_eq(config.model, "from-named");
}
END_TEST

START_TEST(files_count_from_the_configuration_s_folder)
{
    ck_assert_int_eq(read_with("database = data/a.db\nmaster_key_file = /etc/k\n"
                               "webhook_secret_file = ../s\n",
                               nothing),
                     ERR_NONE);
    ck_assert_str_eq(config.database, in_folder("data/a.db"));
    ck_assert_str_eq(config.master_key_file, "/etc/k");
    ck_assert_str_eq(config.webhook_secret_file, in_folder("../s"));
}
END_TEST

START_TEST(a_missing_file_is_named)
{
    ck_assert_int_eq(config_read(office.mem, in_folder("none.conf"), nothing, &config, &why),
                     ERR_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(why, "none.conf"));
    ck_assert_ptr_nonnull(strstr(why, "No such file"));
}
END_TEST

/* Faults: the text, the line it is in (0: of the whole), and what the reason must speak of. */
static const struct {
    const char *text;
    int line;
    const char *names;
} faults[] = {
    { "databse = a.db\n", 1, "databse" },
    { "# one\n\nmodel = a\nmodle = b\n", 4, "modle" },
    { "[server]\nmodel = a\n", 2, "[server]" },
    { "model a\n", 1, "key = value" },
    { "viewing_minutes = soon\n", 1, "viewing_minutes" },
    { "viewing_minutes = 4\n", 1, "from 5 to 480" },
    { "viewing_minutes = 30.5\n", 1, "viewing_minutes" },
    { "viewing_minutes = -30\n", 1, "viewing_minutes" },
    { "viewing_minutes =\n", 1, "viewing_minutes" },
    { "busy_timeout_ms = 99999999999999999999\n", 1, "busy_timeout_ms" },
    { "max_body_bytes = 8M\n", 1, "max_body_bytes" },
    { "Model = a\n", 1, "Model" },
    { "log_level = loud\n", 0, "log_level" },
    { "log_level =\n", 0, "log_level" },
    { "clock = noon\n", 0, "clock" },
    { "public_url = desk.example\n", 0, "public_url" },
    { "mount = voice-assistant\n", 0, "mount" },
    { "mount =\n", 0, "mount" },
    { "database =\n", 0, "database" },
    { "master_key_file =\n", 0, "master_key_file" },
    { "webhook_payload = {svix-id}.{body}\n", 0, "webhook_message_id_header" },
    { "webhook_timestamp_header = none\n", 0, "webhook_timestamp_header" },
    { "webhook_payload = {timestamp}\n", 1, "webhook_payload must hold {body}" },
    { "webhook_payload =\n", 1, "webhook_payload" },
    { "#\nwebhook_payload = {url}.{body}\n", 2, "webhook_payload may hold" },
    { "webhook_payload = {Body}{body}\n", 1, "not \"{Body}{body}\"" },
    { "webhook_payload = {body\n", 1, "webhook_payload may hold" },
    { "webhook_payload = body}{body}\n", 1, "not \"}{body}\"" },
    { "webhook_payload = {{body}}\n", 1, "webhook_payload may hold" },
    { "webhook_algorithm = md5\n", 1, "webhook_algorithm must be" },
    { "webhook_algorithm = SHA256\n", 1, "webhook_algorithm must be" },
    { "webhook_algorithm =\n", 1, "webhook_algorithm must be" },
    { "webhook_encoding = base32\n", 1, "webhook_encoding must be" },
    { "webhook_signature_header = x signature\n", 1, "webhook_signature_header must be" },
    { "webhook_signature_header =\n", 0, "webhook_signature_header" },
    { "webhook_timestamp_header = x_timestamp\n", 1, "webhook_timestamp_header must be" },
    { "webhook_token_header = x:y\n", 1, "webhook_token_header must be" },
    { "webhook_secret_is_base64 = true\n", 1, "must be yes or no" },
    { "webhook_document_signature =\n", 1, "must be yes or no" },
    { "webhook_callback_token = 1\n", 1, "must be yes or no" },
    { "webhook_window_seconds = 0\n", 1, "from 1 to 86400" },
};

START_TEST(what_is_wrong_is_named_with_file_line_and_reason)
{
    ck_assert_msg(read_with(faults[_i].text, nothing) == ERR_INVALID, "row %d: %s", _i,
                  faults[_i].text);
    const char *place =
        faults[_i].line ? mem_printf(office.mem, "%s:%d: ", in_folder("test.conf"), faults[_i].line)
                        : in_folder("test.conf");
    ck_assert_msg(strncmp(why, place, strlen(place)) == 0, "row %d: %s", _i, why);
    ck_assert_msg(strstr(why, faults[_i].names) != NULL, "row %d: %s", _i, why);
}
END_TEST

START_TEST(the_first_of_two_faults_is_told_with_its_own_line)
{
    ck_assert_int_eq(read_with("model = a\nnonsense\nunknown = 1\n", nothing), ERR_INVALID);
    ck_assert_ptr_nonnull(strstr(why, ":2: "));
    ck_assert_msg(strstr(why, "unknown") == NULL, "%s", why);
}
END_TEST

START_TEST(a_bad_value_in_the_environment_is_named_with_its_variable)
{
    char *environment[] = { "AI_REALTOR_VIEWING_MINUTES=x", NULL };
    ck_assert_int_eq(read_with("", environment), ERR_INVALID);
    ck_assert_ptr_nonnull(strstr(why, "AI_REALTOR_VIEWING_MINUTES"));
}
END_TEST

START_TEST(a_long_line_is_read_whole_or_refused)
{
    char *name = mem_bytes(office.mem, 1001);
    memset(name, 'm', 1000);
    name[1000] = '\0';
    enum err err = read_with(mem_printf(office.mem, "model = %s\n", name), nothing);
    ck_assert_msg(err == ERR_INVALID || strcmp(config.model, name) == 0, "%zu of 1000 characters",
                  strlen(config.model));
}
END_TEST

START_TEST(an_indented_line_does_not_replace_the_value_above_it)
{
    enum err err = read_with("model = a\n  voice_id = b\n", nothing);
    ck_assert_msg(err == ERR_INVALID ||
                      (strcmp(config.model, "a") == 0 && strcmp(config.voice_id, "b") == 0),
                  "model is \"%s\", voice_id is \"%s\"", config.model, config.voice_id);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("config");
    TCase *good = tcase_create("good"), *bad = tcase_create("bad");
    tcase_add_checked_fixture(good, folder_open, office_close);
    tcase_add_checked_fixture(bad, folder_open, office_close);
    suite_add_tcase(suite, good);
    suite_add_tcase(suite, bad);
    tcase_add_test(good, an_empty_file_gives_the_defaults);
    tcase_add_test(good, every_default_is_acceptable_and_every_key_can_be_set);
    tcase_add_test(good, the_file_sets_keys_among_comments_and_blank_lines);
    tcase_add_test(good, the_environment_wins_over_the_file);
    tcase_add_test(good, the_environment_names_the_file);
    tcase_add_test(good, files_count_from_the_configuration_s_folder);
    tcase_add_test(bad, a_missing_file_is_named);
    tcase_add_loop_test(bad, what_is_wrong_is_named_with_file_line_and_reason, 0, COUNT(faults));
    tcase_add_test(bad, the_first_of_two_faults_is_told_with_its_own_line);
    tcase_add_test(bad, a_bad_value_in_the_environment_is_named_with_its_variable);
    tcase_add_test(bad, a_long_line_is_read_whole_or_refused);
    tcase_add_test(bad, an_indented_line_does_not_replace_the_value_above_it);
    return suite_run(suite);
}
