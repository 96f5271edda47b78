/* Which webhooks are let in: vectors that OpenSSL and Node computed, every kind of credential and
 * how it can be wrong, time, several secrets, and what may be configured. */
#include "api/webhook_auth.h"
#include "base/signature.h"
#include "base/text.h"
#include "support.h"
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const verdict_names[] = {
    [WEBHOOK_NO_SECRET] = "no_secret",   [WEBHOOK_NO_CREDENTIAL] = "no_credential",
    [WEBHOOK_BAD_SECRET] = "bad_secret", [WEBHOOK_BAD_SIGNATURE] = "bad_signature",
    [WEBHOOK_STALE] = "stale",           [WEBHOOK_GOOD] = "good",
};

static struct config config;
static struct signature_secrets secrets;

static void secrets_are(const char *text)
{
    const char *path = file_write("webhook-secret", text, 0600);
    ck_assert_int_eq(
        signature_secrets_read(office.mem, path, config.webhook_secret_is_base64, &secrets),
        ERR_NONE);
}

static enum err configure(const char *text, const char **why)
{
    char *none[] = { NULL };
    *why = "";
    return config_read(office.mem, file_write("test.conf", text, 0600), none, &config, why);
}

static void defaults(void)
{
    const char *why;
    folder_open();
    ck_assert_int_eq(configure("", &why), ERR_NONE);
    secrets_are("secret-1\n");
}

/* What headers, as "NAME: value" texts, show for that body. */
static enum webhook_verdict shown(const char *const *headers, struct secret_part body)
{
    struct http_request request = { .mem = office.mem,
                                    .method = HTTP_POST,
                                    .method_name = "POST",
                                    .body = body.bytes,
                                    .body_len = body.len };
    request.environment = request_environment(office.mem, "POST", "/", headers, NULL);
    return webhook_verify(&config, &secrets, &request, OFFICE_NOW);
}

static struct secret_part part(const char *text)
{
    return (struct secret_part){ text, strlen(text) };
}

static char *header(const char *name, const char *value)
{
    return mem_printf(office.mem, "%s: %s", name, value);
}

static char *repeated(size_t count, char with)
{
    char *text = mem_bytes(office.mem, count + 1);
    memset(text, with, count);
    text[count] = '\0';
    return text;
}

#define ck_assert_verdict(found, wanted, about)                                                    \
    ck_assert_msg((found) == (wanted), "%s: %s, not %s", about, verdict_names[found],              \
                  verdict_names[wanted])

/* ---- vectors (tests/data/webhook-vectors.mjs) ---- */

enum column {
    NAME,
    VERDICT,
    ALGORITHM,
    ENCODING,
    IS_BASE64,
    SECRET,
    PREFIX,
    PAYLOAD,
    TIMESTAMP,
    ID,
    METHOD,
    SIGNATURE,
    BODY,
    COLUMNS
};

static bool columns_cut(char *line, char *columns[COLUMNS])
{
    size_t count = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *cell; count < COLUMNS && (cell = strsep(&line, "\t")); count++)
        columns[count] = strcmp(cell, "-") == 0 ? "" : cell;
    return count == COLUMNS && strcmp(columns[NAME], "name") != 0;
}

static void vector_check(char *columns[COLUMNS])
{
    static unsigned char bytes[1024];
    size_t len = 0;
    ck_assert_int_eq(
        sodium_hex2bin(bytes, sizeof bytes, columns[BODY], strlen(columns[BODY]), "", &len, NULL),
        0);
    config.webhook_algorithm = columns[ALGORITHM];
    config.webhook_encoding = columns[ENCODING];
    config.webhook_secret_is_base64 = strcmp(columns[IS_BASE64], "yes") == 0;
    config.webhook_signature_prefix = *columns[PREFIX] ? columns[PREFIX] : NULL;
    config.webhook_payload = columns[PAYLOAD];
    config.webhook_message_id_header = "webhook-id";
    secrets_are(columns[SECRET]);
    const char *headers[] = { header("x-signature", columns[SIGNATURE]),
                              header("x-timestamp", columns[TIMESTAMP]),
                              header("webhook-id", columns[ID]), NULL };
    struct http_request request = { .mem = office.mem,
                                    .method_name = columns[METHOD],
                                    .body = (const char *)bytes,
                                    .body_len = len };
    request.environment = request_environment(office.mem, "POST", "/", headers, NULL);
    enum webhook_verdict found = webhook_verify(&config, &secrets, &request, OFFICE_NOW);
    ck_assert_msg(strcmp(verdict_names[found], columns[VERDICT]) == 0, "%s: %s, not %s",
                  columns[NAME], verdict_names[found], columns[VERDICT]);
}

START_TEST(signatures_are_those_of_openssl_and_node)
{
    const char *place = getenv("abs_top_srcdir");
    FILE *file = fopen(
        mem_printf(office.mem, "%s/tests/data/webhook-vectors.tsv", place ? place : "."), "re");
    char *line = NULL, *columns[COLUMNS];
    size_t size = 0, count = 0;
    ck_assert_ptr_nonnull(file);
    while (getline(&line, &size, file) > 0)
        if (*line != '#' && columns_cut(line, columns)) {
            vector_check(columns);
            count++;
        }
    free(line);
    fclose(file);
    ck_assert_uint_ge(count, 200);
}
END_TEST

/* ---- secrets that are shown ---- */

static const struct {
    const char *headers[3];
    enum webhook_verdict verdict;
} showings[] = {
    { { NULL }, WEBHOOK_NO_CREDENTIAL },
    { { "X-Vapi-Secret: secret-1" }, WEBHOOK_GOOD },
    { { "x-vapi-secret: secret-1" }, WEBHOOK_GOOD },
    { { "X-Vapi-Secret: Bearer secret-1" }, WEBHOOK_GOOD },
    { { "X-Vapi-Secret:" }, WEBHOOK_NO_CREDENTIAL },
    { { "X-Vapi-Secret: \t " }, WEBHOOK_NO_CREDENTIAL },
    { { "X-Vapi-Secret: Secret-1" }, WEBHOOK_BAD_SECRET },
    { { "X-Vapi-Secret: secret-" }, WEBHOOK_BAD_SECRET },
    { { "X-Vapi-Secret: secret-11" }, WEBHOOK_BAD_SECRET },
    { { "X-Vapi-Secret: secret-1, secret-1" }, WEBHOOK_BAD_SECRET },
    { { "X-Vapi-Secret: wrong", "Authorization: Bearer secret-1" }, WEBHOOK_GOOD },
    { { "Authorization: Bearer secret-1" }, WEBHOOK_GOOD },
    { { "Authorization: bearer secret-1" }, WEBHOOK_GOOD },
    { { "Authorization: secret-1" }, WEBHOOK_GOOD },
    { { "Authorization: Bearer Bearer secret-1" }, WEBHOOK_BAD_SECRET },
    { { "Authorization: Basic c2VjcmV0LTE=" }, WEBHOOK_BAD_SECRET },
    { { "Authorization: Bearer " }, WEBHOOK_BAD_SECRET },
    { { "Authorization:" }, WEBHOOK_NO_CREDENTIAL },
    { { "X-My-Token: secret-1" }, WEBHOOK_GOOD },
    { { "X-My-Token: Bearer secret-1" }, WEBHOOK_GOOD },
    { { "X-My-Token: nonsense" }, WEBHOOK_BAD_SECRET },
    { { "X-My-Token2: secret-1" }, WEBHOOK_NO_CREDENTIAL },
    { { "X-API-Key: secret-1" }, WEBHOOK_NO_CREDENTIAL },
    { { "x-signature:" }, WEBHOOK_NO_CREDENTIAL },
    { { "x-signature: secret-1" }, WEBHOOK_BAD_SIGNATURE },
    { { "x-signature: 00", "X-Vapi-Secret: wrong" }, WEBHOOK_BAD_SIGNATURE },
    { { "x-signature: 00", "X-Vapi-Secret: secret-1" }, WEBHOOK_GOOD },
    { { "x-timestamp: 1788282240" }, WEBHOOK_NO_CREDENTIAL },
    { { "X-Vapi-Signature: sha256=" }, WEBHOOK_BAD_SIGNATURE },
};

START_TEST(a_secret_is_good_in_each_of_its_headers)
{
    config.webhook_token_header = "X-My-Token";
    ck_assert_verdict(shown(showings[_i].headers, part("{}")), showings[_i].verdict,
                      showings[_i].headers[0] ? showings[_i].headers[0] : "nothing");
}
END_TEST

START_TEST(without_secrets_nothing_is_good)
{
    secrets.count = 0;
    ck_assert_verdict(shown(showings[_i].headers, part("{}")), WEBHOOK_NO_SECRET, "any");
}
END_TEST

START_TEST(a_very_long_header_is_only_wrong)
{
    static const char *const names[] = { "X-Vapi-Secret", "Authorization", "x-signature",
                                         "X-Vapi-Signature" };
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *headers[] = { header(names[i], repeated(100000, 'a')),
                                  header("x-timestamp", repeated(100000, '1')), NULL };
        ck_assert_int_lt(shown(headers, part("{}")), WEBHOOK_STALE);
    }
}
END_TEST

/* ---- signatures by our own hand, for what vectors cannot say ---- */

static const char *signed_header(const char *name, const struct signature_form *form,
                                 const char *secret, const char *timestamp, const char *id,
                                 const char *body)
{
    const struct secret_part fields[SIGNATURE_FIELDS] = { part(timestamp), part(body), part("POST"),
                                                          part(id) };
    return header(name, signature_make(office.mem, form, part(secret), fields));
}

static enum webhook_verdict shown_signed(const char *secret, const char *timestamp)
{
    struct signature_form form = config_signature(&config);
    const char *headers[] = { signed_header("x-signature", &form, secret, timestamp, "", "{}"),
                              header("x-timestamp", timestamp), NULL };
    return shown(headers, part("{}"));
}

START_TEST(the_window_is_as_wide_as_configured)
{
    static const int64_t windows[] = { 1, 300, 86400 };
    for (size_t i = 0; i < COUNT(windows); i++)
        for (int sign = -1; sign <= 1; sign += 2) {
            int64_t edge = OFFICE_NOW + sign * windows[i] * 1000;
            config.webhook_window_seconds = windows[i];
            char *in = mem_printf(office.mem, "%lld", (long long)edge);
            char *out = mem_printf(office.mem, "%lld", (long long)edge + sign);
            char *seconds = mem_printf(office.mem, "%lld", (long long)edge / 1000 + sign);
            ck_assert_verdict(shown_signed("secret-1", in), WEBHOOK_GOOD, in);
            ck_assert_verdict(shown_signed("secret-1", out), WEBHOOK_STALE, out);
            ck_assert_verdict(shown_signed("secret-1", seconds), WEBHOOK_STALE, seconds);
            ck_assert_verdict(shown_signed("secret-2", out), WEBHOOK_BAD_SIGNATURE, out);
        }
}
END_TEST

START_TEST(a_signed_time_must_be_sent_once)
{
    struct signature_form form = config_signature(&config);
    const char *good = signed_header("x-signature", &form, "secret-1", "1788282240", "", "{}");
    const char *const times[] = { NULL, "x-timestamp:", "x-timestamp: 1788282240, 1788282240" };
    for (size_t i = 0; i < COUNT(times); i++) {
        const char *headers[] = { good, times[i], NULL };
        ck_assert_verdict(shown(headers, part("{}")), WEBHOOK_BAD_SIGNATURE,
                          times[i] ? times[i] : "none");
    }
}
END_TEST

START_TEST(every_secret_of_the_file_is_good)
{
    static const char *const good[] = { "new one", "old", "oldest#" };
    secrets_are("# rotated on Monday\n\n  new one  \r\nold\n#gone\n\noldest#");
    ck_assert_uint_eq(secrets.count, COUNT(good));
    ck_assert_str_eq(secrets.list[0].text, "new one");
    for (size_t i = 0; i < COUNT(good); i++) {
        const char *headers[] = { header("X-Vapi-Secret", good[i]), NULL };
        ck_assert_verdict(shown(headers, part("{}")), WEBHOOK_GOOD, good[i]);
        ck_assert_verdict(shown_signed(good[i], "1788282240"), WEBHOOK_GOOD, good[i]);
    }
    ck_assert_verdict(shown_signed("gone", "1788282240"), WEBHOOK_BAD_SIGNATURE, "gone");
    ck_assert_verdict(shown_signed("", "1788282240"), WEBHOOK_BAD_SIGNATURE, "empty");
}
END_TEST

START_TEST(a_file_without_a_usable_secret_is_refused)
{
    static const struct {
        const char *text;
        bool is_base64;
        enum err err;
    } rows[] = {
        { "", false, ERR_INVALID },           { "\n\n# none\n  \n", false, ERR_INVALID },
        { "c2VjcmV0", true, ERR_NONE },       { "c2VjcmV0LTE", true, ERR_NONE },
        { "_-_-", true, ERR_NONE },           { "no base64!", true, ERR_INVALID },
        { "c2VjcmV0\n=", true, ERR_INVALID },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(signature_secrets_read(office.mem,
                                             file_write("webhook-secret", rows[i].text, 0600),
                                             rows[i].is_base64, &secrets) == rows[i].err,
                      "row %zu", i);
    const char *path = file_write("webhook-secret", repeated(5000, 's'), 0600);
    ck_assert_int_eq(signature_secrets_read(office.mem, path, false, &secrets), ERR_INVALID);
    path = mem_printf(office.mem, "%s/none", office.folder);
    ck_assert_int_eq(signature_secrets_read(office.mem, path, false, &secrets), ERR_NOT_FOUND);
}
END_TEST

START_TEST(the_document_s_form_stands_beside_any_other_until_switched_off)
{
    /* echo -n '{}' | openssl dgst -sha256 -hmac secret-1 */
    static const char made[] = "feb9ae264e118fc825bff12078db9ff101e1f8bcffda1c6ea69d2dc74c617a98";
    config.webhook_algorithm = "sha512";
    config.webhook_encoding = "base64";
    for (int on = 1; on >= 0; on--) {
        const char *plain[] = { header("X-Vapi-Signature", made), NULL };
        const char *prefixed[] = {
            header("X-Vapi-Signature", mem_printf(office.mem, "sha256=%s", made)), NULL
        };
        enum webhook_verdict wanted = on ? WEBHOOK_GOOD : WEBHOOK_NO_CREDENTIAL;
        config.webhook_document_signature = on;
        ck_assert_verdict(shown(plain, part("{}")), wanted, "plain");
        ck_assert_verdict(shown(prefixed, part("{}")), wanted, "prefixed");
        ck_assert_int_ne(shown(plain, part("{} ")), WEBHOOK_GOOD);
    }
}
END_TEST

START_TEST(a_message_id_is_bound_to_its_body)
{
    config.webhook_message_id_header = "webhook-id";
    config.webhook_payload = "{svix-id}.{timestamp}.{body}";
    struct signature_form form = config_signature(&config);
    const char *headers[] = { signed_header("x-signature", &form, "secret-1", "1788282240", "msg_1",
                                            "{}"),
                              "x-timestamp: 1788282240", "webhook-id: msg_1", NULL };
    ck_assert_verdict(shown(headers, part("{}")), WEBHOOK_GOOD, "first");
    ck_assert_verdict(shown(headers, part("{}")), WEBHOOK_GOOD, "again");
    ck_assert_verdict(shown(headers, part("{\"a\":1}")), WEBHOOK_BAD_SIGNATURE, "another body");
    headers[2] = NULL;
    ck_assert_verdict(shown(headers, part("{}")), WEBHOOK_BAD_SIGNATURE, "no id");
}
END_TEST

/* ---- what may be configured (what may not: test_config) ---- */

static const char *const settings[] = {
    "webhook_payload = {body}\nwebhook_timestamp_header = none\n",
    "webhook_payload = {body}\n",
    "webhook_payload = v0:{method}:{timestamp}:{body}\n",
    "webhook_signature_header = none\n",
    "webhook_payload = {svix-id}.{body}\nwebhook_message_id_header = svix-id\n",
    "webhook_algorithm = sha1\nwebhook_encoding = base64\n",
};

START_TEST(what_vapi_can_sign_can_be_configured)
{
    const char *why;
    ck_assert_msg(configure(settings[_i], &why) == ERR_NONE, "%s: %s", settings[_i], why);
}
END_TEST

START_TEST(a_header_s_name_has_an_end)
{
    const char *why;
    const char *longest = repeated(50, 'x');
    ck_assert_int_eq(
        configure(mem_printf(office.mem, "webhook_token_header = %s\n", longest), &why), ERR_NONE);
    ck_assert_int_eq(
        configure(mem_printf(office.mem, "webhook_token_header = %sx\n", longest), &why),
        ERR_INVALID);
    config.webhook_token_header = longest;
    const char *headers[] = { header(longest, "secret-1"), NULL };
    ck_assert_verdict(shown(headers, part("{}")), WEBHOOK_GOOD, "the longest name");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("webhook_auth");
    TCase *shows = tcase_create("shown"), *signs = tcase_create("signed"),
          *sets = tcase_create("configured");
    tcase_add_checked_fixture(shows, defaults, office_close);
    tcase_add_checked_fixture(signs, defaults, office_close);
    tcase_add_checked_fixture(sets, defaults, office_close);
    suite_add_tcase(suite, shows);
    suite_add_tcase(suite, signs);
    suite_add_tcase(suite, sets);
    tcase_add_loop_test(shows, a_secret_is_good_in_each_of_its_headers, 0, COUNT(showings));
    tcase_add_loop_test(shows, without_secrets_nothing_is_good, 0, COUNT(showings));
    tcase_add_test(shows, a_very_long_header_is_only_wrong);
    tcase_add_test(signs, signatures_are_those_of_openssl_and_node);
    tcase_add_test(signs, the_window_is_as_wide_as_configured);
    tcase_add_test(signs, a_signed_time_must_be_sent_once);
    tcase_add_test(signs, every_secret_of_the_file_is_good);
    tcase_add_test(signs, a_file_without_a_usable_secret_is_refused);
    tcase_add_test(signs, the_document_s_form_stands_beside_any_other_until_switched_off);
    tcase_add_test(signs, a_message_id_is_bound_to_its_body);
    tcase_add_loop_test(sets, what_vapi_can_sign_can_be_configured, 0, COUNT(settings));
    tcase_add_test(sets, a_header_s_name_has_an_end);
    return suite_run(suite);
}
