/* Sealing: what is kept can be read in its place with its key, and nowhere and with nothing else.
 */
#include "base/mem.h"
#include "base/seal.h"
#include "store/offers.h"
#include "store/phone_calls.h"
#include "store/rekey.h"
#include "store/tasks.h"
#include "support.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct seal *seal;
static const char *key_file;
static const struct seal_place place = { "phone_calls", "message", 7 };

static void begin(void)
{
    folder_open();
    key_file = mem_printf(office.mem, "%s/seal.key", office.folder);
    unsigned char bytes[SECRET_KEY_BYTES];
    randomness_system.fill(&randomness_system, bytes, sizeof bytes);
    ck_assert_int_eq(secret_line_write(key_file, secret_hex(office.mem, bytes, sizeof bytes)),
                     ERR_NONE);
    ck_assert_int_eq(seal_open(office.mem, key_file, &randomness_system, &seal), ERR_NONE);
}

static void end(void)
{
    office_close();
}

static const char *opened(const char *sealed)
{
    const char *text;
    ck_assert_int_eq(seal_open_text(office.mem, seal, &place, sealed, &text), ERR_NONE);
    return text;
}

START_TEST(texts_come_back_as_they_were)
{
    char *large = mem_bytes(office.mem, 100001);
    memset(large, 'x', 100000);
    large[100000] = '\0';
    const char *const texts[] = { "", "a", "call me at 415 555 0123", "Zoë 🚗\n", large };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *sealed = seal_text(office.mem, seal, &place, texts[i]);
        ck_assert_str_eq(opened(sealed), texts[i]);
        ck_assert(strlen(texts[i]) < 8 || !strstr(sealed, texts[i]));
    }
}
END_TEST

START_TEST(the_same_text_is_never_sealed_the_same)
{
    ck_assert_str_ne(seal_text(office.mem, seal, &place, "x"),
                     seal_text(office.mem, seal, &place, "x"));
}
END_TEST

START_TEST(what_is_not_sealed_is_read_as_it_is)
{
    ck_assert_str_eq(opened("plain"), "plain");
}
END_TEST

START_TEST(a_value_cannot_be_moved)
{
    static const struct seal_place others[] = { { "phone_calls", "message", 8 },
                                                { "phone_calls", "summary", 7 },
                                                { "offers", "message", 7 } };
    const char *sealed = seal_text(office.mem, seal, &place, "secret");
    const char *text;
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(seal_open_text(office.mem, seal, &others[i], sealed, &text), ERR_FAILED);
        ck_assert_ptr_null(text);
    }
}
END_TEST

START_TEST(every_altered_or_cut_value_is_refused)
{
    char *sealed = seal_text(office.mem, seal, &place, "secret");
    size_t head = strlen("sealed:1:01234567:"), len = strlen(sealed);
    const char *text;
    for (size_t i = head; i < len; i++) {
        char *altered = mem_strdup(office.mem, sealed);
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        ck_assert_int_eq(seal_open_text(office.mem, seal, &place, altered, &text), ERR_FAILED);
        altered = mem_strndup(office.mem, sealed, i);
        ck_assert_int_eq(seal_open_text(office.mem, seal, &place, altered, &text), ERR_FAILED);
    }
}
END_TEST

START_TEST(another_key_opens_nothing)
{
    struct seal *other;
    const char *text, *file = mem_printf(office.mem, "%s/other.key", office.folder);
    ck_assert_int_eq(secret_line_write(file, mem_printf(office.mem, "%064d", 1)), ERR_NONE);
    ck_assert_int_eq(seal_open(office.mem, file, &randomness_system, &other), ERR_NONE);
    const char *sealed = seal_text(office.mem, seal, &place, "secret");
    ck_assert_int_eq(seal_open_text(office.mem, other, &place, sealed, &text), ERR_FAILED);
}
END_TEST

START_TEST(a_new_key_seals_and_the_old_one_still_opens_until_it_is_forgotten)
{
    const char *text;
    for (int turn = 0; turn < 3; turn++) {
        const char *old = seal_text(office.mem, seal, &place, "old");
        const char *old_id = mem_strdup(office.mem, seal_key_id(seal));
        ck_assert_int_eq(seal_key_add(seal), ERR_NONE);
        ck_assert_str_ne(seal_key_id(seal), old_id);
        ck_assert_str_eq(opened(old), "old");
        const char *new = seal_text(office.mem, seal, &place, "new");
        ck_assert_int_eq(seal_keys_forget(seal), ERR_NONE);
        ck_assert_uint_eq(seal_key_count(seal), 1);
        ck_assert_str_eq(opened(new), "new");
        ck_assert_int_eq(seal_open_text(office.mem, seal, &place, old, &text), ERR_FAILED);
    }
    struct stat st;
    ck_assert_int_eq(stat(key_file, &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0600);
}
END_TEST

START_TEST(a_process_that_meets_a_newer_key_looks_at_the_file)
{
    struct seal *other;
    ck_assert_int_eq(seal_open(office.mem, key_file, &randomness_system, &other), ERR_NONE);
    ck_assert_int_eq(seal_key_add(other), ERR_NONE);
    ck_assert_str_eq(opened(seal_text(office.mem, other, &place, "newer")), "newer");
    ck_assert_str_eq(seal_key_id(seal), seal_key_id(other));
}
END_TEST

START_TEST(every_sealed_column_is_moved_by_rekey)
{
    static const struct table *const tables[] = { &table_phone_calls, &table_tasks, &table_offers };
    for (size_t t = 0; t < 3; t++)
        for (size_t i = 0; i < tables[t]->field_count; i++) {
            const struct field *field = &tables[t]->fields[i];
            bool listed = false;
            for (size_t k = 0; k < rekey_column_count; k++)
                listed |= strcmp(rekey_columns[k].table, tables[t]->name) == 0 &&
                          strcmp(rekey_columns[k].column, field->name) == 0;
            ck_assert_msg(listed == !!(field->flags & FIELD_SEALED), "%s.%s", tables[t]->name,
                          field->name);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("seal");
    TCase *keys = tcase_create("keys");
    tcase_add_checked_fixture(keys, begin, end);
    suite_add_tcase(suite, keys);
    tcase_add_test(keys, texts_come_back_as_they_were);
    tcase_add_test(keys, the_same_text_is_never_sealed_the_same);
    tcase_add_test(keys, what_is_not_sealed_is_read_as_it_is);
    tcase_add_test(keys, a_value_cannot_be_moved);
    tcase_add_test(keys, every_altered_or_cut_value_is_refused);
    tcase_add_test(keys, another_key_opens_nothing);
    tcase_add_test(keys, a_new_key_seals_and_the_old_one_still_opens_until_it_is_forgotten);
    tcase_add_test(keys, a_process_that_meets_a_newer_key_looks_at_the_file);
    tcase_add_test(keys, every_sealed_column_is_moved_by_rekey);
    return suite_run(suite);
}
