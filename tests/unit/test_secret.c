/* Secrets: HMAC against the vectors of RFC 4231, files that only their owner may read. */
#include "base/secret.h"
#include "base/text.h"
#include "support.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- HMAC-SHA-256: RFC 4231, section 4 ---- */

static const char test_4_key[] =
    "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17"
    "\x18\x19";

static char *repeated(char byte, size_t count)
{
    char *text = mem_bytes(office.mem, count + 1);
    memset(text, byte, count);
    text[count] = '\0';
    return text;
}

static const struct {
    const char *key; /* NULL: key_byte times key_len */
    char key_byte;
    size_t key_len;
    const char *data; /* NULL: data_byte times data_len */
    char data_byte;
    size_t data_len;
    const char *mac;
} vectors[] = {
    { NULL, 0x0b, 20, "Hi There", 0, 0,
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
    { "Jefe", 0, 0, "what do ya want for nothing?", 0, 0,
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
    { NULL, (char)0xaa, 20, NULL, (char)0xdd, 50,
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe" },
    { test_4_key, 0, 0, NULL, (char)0xcd, 50,
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b" },
    { NULL, (char)0xaa, 131, "Test Using Larger Than Block-Size Key - Hash Key First", 0, 0,
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
    { NULL, (char)0xaa, 131,
      "This is a test using a larger than block-size key and a larger than block-size data. The "
      "key needs to be hashed before being used by the HMAC algorithm.",
      0, 0, "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2" },
};

START_TEST(hmac_agrees_with_rfc_4231)
{
    const char *key = vectors[_i].key, *data = vectors[_i].data;
    unsigned char mac[SECRET_MAC_MAX];
    if (!key)
        key = repeated(vectors[_i].key_byte, vectors[_i].key_len);
    if (!data)
        data = repeated(vectors[_i].data_byte, vectors[_i].data_len);
    struct secret_part whole = { data, strlen(data) };
    size_t len =
        secret_hmac(SECRET_SHA256, (struct secret_part){ key, strlen(key) }, &whole, 1, mac);
    ck_assert_str_eq(secret_hex(office.mem, mac, len), vectors[_i].mac);
}
END_TEST

START_TEST(hmac_over_parts_is_that_over_the_whole)
{
    static const char text[] = "1788282240.{\"message\":{}}";
    static const struct secret_part key = { "k", 1 };
    unsigned char one[SECRET_MAC_MAX], many[SECRET_MAC_MAX];
    for (size_t cut = 0; cut < sizeof text; cut++) {
        struct secret_part whole = { text, sizeof text - 1 };
        size_t head = cut < sizeof text - 1 ? cut : sizeof text - 1;
        struct secret_part parts[] = { { text, head },
                                       { "", 0 },
                                       { text + head, sizeof text - 1 - head } };
        size_t len = secret_hmac(SECRET_SHA256, key, &whole, 1, one);
        ck_assert_uint_eq(secret_hmac(SECRET_SHA256, key, parts, 3, many), len);
        ck_assert_mem_eq(one, many, len);
    }
}
END_TEST

START_TEST(a_hash_depends_on_key_and_bytes)
{
    unsigned char a[SECRET_HASH_BYTES], b[SECRET_HASH_BYTES], key[SECRET_KEY_BYTES] = { 1 };
    /* BLAKE2b-256 of "abc", by b2sum -l 256 */
    secret_hash(NULL, "abc", 3, a);
    ck_assert_str_eq(secret_hex(office.mem, a, sizeof a),
                     "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    secret_hash(key, "abc", 3, b);
    ck_assert_mem_ne(a, b, sizeof a);
    key[31] = 1;
    secret_hash(key, "abc", 3, a);
    ck_assert_mem_ne(a, b, sizeof a);
}
END_TEST

START_TEST(texts_are_equal_only_when_they_are)
{
    ck_assert(secret_equal("", ""));
    ck_assert(secret_equal("secret", "secret"));
    ck_assert(!secret_equal("secret", "Secret"));
    ck_assert(!secret_equal("secre", "secret"));
    ck_assert(!secret_equal("secrett", "secret"));
    ck_assert(!secret_equal("", "secret"));
}
END_TEST

/* ---- tokens ---- */

static void fill_with_ff(const struct randomness *source, void *bytes, size_t len)
{
    (void)source;
    memset(bytes, 0xff, len);
}

START_TEST(tokens_are_url_safe_base64_of_the_source)
{
    struct randomness source = { fill_with_ff };
    ck_assert_str_eq(secret_token(office.mem, &source, 6), "________");
    ck_assert_uint_eq(strlen(secret_token(office.mem, &source, 32)), 43);
    const char *one = secret_token(office.mem, &randomness_system, 32);
    const char *other = secret_token(office.mem, &randomness_system, 32);
    ck_assert_str_ne(one, other);
    ck_assert_uint_eq(
        strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 43);
}
END_TEST

/* ---- files ---- */

static const char digits[] = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F";

START_TEST(a_key_file_holds_64_digits)
{
    static const struct {
        const char *before;
        int digits; /* of them stand in the file */
        const char *after;
        enum err err;
    } rows[] = {
        { "", 64, "", ERR_NONE },      { "", 64, "\n", ERR_NONE },    { "", 64, "\r\nx", ERR_NONE },
        { "", 0, "", ERR_INVALID },    { "\n", 64, "", ERR_INVALID }, { "", 64, "0", ERR_INVALID },
        { "", 64, "00", ERR_INVALID }, { " ", 64, "", ERR_INVALID },  { "", 62, "", ERR_INVALID },
        { "", 63, "", ERR_INVALID },   { "x", 63, "", ERR_INVALID },  { "", 62, ":0", ERR_INVALID },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        unsigned char key[SECRET_KEY_BYTES];
        const char *text = mem_printf(office.mem, "%s%.*s%s", rows[i].before, rows[i].digits,
                                      digits, rows[i].after);
        const char *path = file_write("key", text, 0600);
        ck_assert_msg(secret_key_read(path, key) == rows[i].err, "row %zu: %s", i, text);
        if (rows[i].err == ERR_NONE)
            for (int k = 0; k < SECRET_KEY_BYTES; k++)
                ck_assert_int_eq(key[k], k);
    }
}
END_TEST

START_TEST(a_key_file_is_for_its_owner_alone)
{
    static const struct {
        unsigned mode;
        enum err key, line;
    } rows[] = {
        { 0600, ERR_NONE, ERR_NONE },     { 0400, ERR_NONE, ERR_NONE },
        { 0640, ERR_DENIED, ERR_NONE },   { 0660, ERR_DENIED, ERR_NONE },
        { 0604, ERR_DENIED, ERR_DENIED }, { 0644, ERR_DENIED, ERR_DENIED },
        { 0602, ERR_DENIED, ERR_DENIED }, { 0777, ERR_DENIED, ERR_DENIED },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        unsigned char key[SECRET_KEY_BYTES];
        char *line;
        const char *path = file_write("key", digits, rows[i].mode);
        ck_assert_msg(secret_key_read(path, key) == rows[i].key, "mode %o", rows[i].mode);
        ck_assert_msg(secret_line_read(office.mem, path, &line) == rows[i].line, "mode %o",
                      rows[i].mode);
        unlink(path);
    }
}
END_TEST

START_TEST(a_missing_file_is_not_found_whether_or_not_the_log_can_be_written)
{
    unsigned char key[SECRET_KEY_BYTES];
    const char *path = mem_printf(office.mem, "%s/none", office.folder);
    char *line;
    ck_assert_int_eq(secret_key_read(path, key), ERR_NOT_FOUND);
    ck_assert_int_eq(secret_line_read(office.mem, path, &line), ERR_NOT_FOUND);
    int kept = dup(STDERR_FILENO);
    close(STDERR_FILENO);
    enum err err = secret_key_read(path, key);
    dup2(kept, STDERR_FILENO);
    close(kept);
    ck_assert_int_eq(err, ERR_NOT_FOUND);
}
END_TEST

START_TEST(a_folder_is_no_key)
{
    unsigned char key[SECRET_KEY_BYTES];
    ck_assert_int_eq(secret_key_read(office.folder, key), ERR_INVALID);
}
END_TEST

START_TEST(a_line_is_what_stands_before_the_first_break)
{
    static const char *const rows[][2] = {
        { "secret", "secret" },     { "secret\n", "secret" },           { "secret\r\n", "secret" },
        { "a b \nsecond", "a b " }, { "caf\xc3\xa9\n", "caf\xc3\xa9" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *line = NULL;
        const char *path = file_write("secret", rows[i][0], 0600);
        ck_assert_int_eq(secret_line_read(office.mem, path, &line), ERR_NONE);
        ck_assert_str_eq(line, rows[i][1]);
    }
    char *line;
    ck_assert_int_eq(secret_line_read(office.mem, file_write("secret", "\n", 0600), &line),
                     ERR_INVALID);
}
END_TEST

START_TEST(a_secret_is_written_once_for_its_owner)
{
    const char *path = mem_printf(office.mem, "%s/new", office.folder);
    struct stat st;
    char *line;
    umask(0);
    ck_assert_int_eq(secret_line_write(path, "hush"), ERR_NONE);
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0600);
    ck_assert_int_eq(secret_line_write(path, "other"), ERR_CONFLICT);
    ck_assert_int_eq(secret_line_read(office.mem, path, &line), ERR_NONE);
    ck_assert_str_eq(line, "hush");
    ck_assert_int_eq(secret_line_write(mem_printf(office.mem, "%s/no/such", office.folder), "a"),
                     ERR_FAILED);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("secret");
    TCase *hashes = tcase_create("hashes"), *files = tcase_create("files");
    tcase_add_checked_fixture(hashes, folder_open, office_close);
    tcase_add_checked_fixture(files, folder_open, office_close);
    suite_add_tcase(suite, hashes);
    suite_add_tcase(suite, files);
    tcase_add_loop_test(hashes, hmac_agrees_with_rfc_4231, 0, COUNT(vectors));
    tcase_add_test(hashes, hmac_over_parts_is_that_over_the_whole);
    tcase_add_test(hashes, a_hash_depends_on_key_and_bytes);
    tcase_add_test(hashes, texts_are_equal_only_when_they_are);
    tcase_add_test(hashes, tokens_are_url_safe_base64_of_the_source);
    tcase_add_test(files, a_key_file_holds_64_digits);
    tcase_add_test(files, a_key_file_is_for_its_owner_alone);
    tcase_add_test(files, a_missing_file_is_not_found_whether_or_not_the_log_can_be_written);
    tcase_add_test(files, a_folder_is_no_key);
    tcase_add_test(files, a_line_is_what_stands_before_the_first_break);
    tcase_add_test(files, a_secret_is_written_once_for_its_owner);
    return suite_run(suite);
}
