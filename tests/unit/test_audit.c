/* The audit log: what is noted, and that nothing can be changed in it unseen. */
#include "store/audit.h"
#include "support.h"
#include <string.h>

static const unsigned char *key(void)
{
    return office.app->master;
}

static void entry_add(const char *action, int64_t subject_id)
{
    struct audit_entry entry = {
        .head = { .created_at = OFFICE_NOW + subject_id, .brokerage_id = 1, .agent_id = NO_VALUE },
        .actor = "cli:test",
        .api_key_id = NO_VALUE,
        .action = action,
        .subject = "properties",
        .subject_id = subject_id,
    };
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
    ck_assert_int_eq(audit_append(office.db, office.mem, key(), &entry), ERR_NONE);
    ck_assert_int_eq(db_commit(office.db), ERR_NONE);
}

static struct audit_proof prove(const char *wanted)
{
    struct audit_proof proof;
    ck_assert_int_eq(audit_verify(office.app->read, key(), wanted, &proof), ERR_NONE);
    return proof;
}

/* A log of ten rows. */
static void log_open(void)
{
    database_open();
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
    ck_assert_int_eq(audit_begin(office.db, key()), ERR_NONE);
    ck_assert_int_eq(db_commit(office.db), ERR_NONE);
    for (int i = 1; i <= 10; i++)
        entry_add("update", i);
}

/* ---- the chain ---- */

START_TEST(an_untouched_log_is_whole)
{
    struct audit_proof proof = prove(NULL);
    ck_assert_ptr_null(proof.fault);
    ck_assert_int_eq(proof.count, 10);
    ck_assert_str_eq(proof.head, sql_text("SELECT last_hash FROM audit_head"));
    ck_assert(!proof.found);
    ck_assert(prove(sql_text("SELECT hash FROM audit_log WHERE id = 3")).found);
    ck_assert(!prove("5f0c").found);
}
END_TEST

START_TEST(a_log_of_many_rows_is_whole)
{
    for (int i = 11; i <= 1200; i++)
        entry_add("create", i);
    ck_assert_ptr_null(prove(NULL).fault);
    ck_assert_int_eq(prove(NULL).count, 1200);
}
END_TEST

static const struct {
    const char *what, *sql;
    int64_t broken;
} tamperings[] = {
    { "changed", "UPDATE audit_log SET at = at + 1 WHERE id = 4", 4 },
    { "changed", "UPDATE audit_log SET actor = 'cli:other' WHERE id = 1", 1 },
    { "changed", "UPDATE audit_log SET brokerage_id = NULL WHERE id = 7", 7 },
    { "changed", "UPDATE audit_log SET agent_id = 1 WHERE id = 7", 7 },
    { "changed", "UPDATE audit_log SET api_key_id = 1 WHERE id = 10", 10 },
    { "changed", "UPDATE audit_log SET action = 'delete' WHERE id = 5", 5 },
    { "changed", "UPDATE audit_log SET subject = 'tasks' WHERE id = 5", 5 },
    { "changed", "UPDATE audit_log SET subject_id = NULL WHERE id = 5", 5 },
    { "changed", "UPDATE audit_log SET fields = '' WHERE id = 5", 5 },
    { "hash", "UPDATE audit_log SET hash = '00' WHERE id = 6", 6 },
    { "two fields as one",
      "UPDATE audit_log SET actor = 'cli:testupdate', action = 'x' WHERE id = 2", 2 },
    { "first removed", "DELETE FROM audit_log WHERE id = 1", 1 },
    { "one removed", "DELETE FROM audit_log WHERE id = 6", 6 },
    { "one removed, the others moved up",
      "DELETE FROM audit_log WHERE id = 6; UPDATE audit_log SET id = id - 1 WHERE id > 6", 6 },
    { "the last removed", "DELETE FROM audit_log WHERE id = 10", 10 },
    { "the end cut off", "DELETE FROM audit_log WHERE id > 4", 5 },
    { "all removed", "DELETE FROM audit_log", 1 },
    { "two exchanged",
      "UPDATE audit_log SET id = 100 WHERE id = 3; UPDATE audit_log SET id = 3 WHERE id = 8; "
      "UPDATE audit_log SET id = 8 WHERE id = 100",
      3 },
    { "one repeated",
      "INSERT INTO audit_log SELECT 11, at, actor, brokerage_id, agent_id, api_key_id, action, "
      "subject, subject_id, fields, hash FROM audit_log WHERE id = 10",
      11 },
    { "one before the first",
      "INSERT INTO audit_log SELECT 0, at, actor, brokerage_id, agent_id, api_key_id, action, "
      "subject, subject_id, fields, hash FROM audit_log WHERE id = 10",
      0 },
    { "the end cut off, and the head set back",
      "DELETE FROM audit_log WHERE id > 4; UPDATE audit_head SET last_id = 4, last_hash = "
      "(SELECT hash FROM audit_log WHERE id = 4)",
      NO_VALUE },
    { "the beginning cut off, and the head set forward",
      "UPDATE audit_head SET base_id = 4, base_hash = (SELECT hash FROM audit_log WHERE id = 4); "
      "DELETE FROM audit_log WHERE id <= 4",
      NO_VALUE },
    { "the head removed", "DELETE FROM audit_head", NO_VALUE },
    { "everything removed", "DELETE FROM audit_log; DELETE FROM audit_head", NO_VALUE },
    { "the seal removed", "UPDATE audit_head SET seal = ''", NO_VALUE },
};

START_TEST(what_is_tampered_with_is_found_at_its_row)
{
    sql_run("%s", tamperings[_i].sql);
    struct audit_proof proof = prove(NULL);
    ck_assert_msg(proof.fault != NULL, "%s", tamperings[_i].what);
    ck_assert_msg(proof.broken_id == tamperings[_i].broken, "%s: %s at %lld", tamperings[_i].what,
                  proof.fault, (long long)proof.broken_id);
    /* Going on does not heal it. */
    entry_add("create", 50);
    entry_add("create", 51);
    proof = prove(NULL);
    ck_assert_msg(proof.fault != NULL, "%s, healed", tamperings[_i].what);
    if (tamperings[_i].broken != NO_VALUE)
        ck_assert_int_eq(proof.broken_id, tamperings[_i].broken);
}
END_TEST

START_TEST(another_key_proves_nothing)
{
    struct audit_proof proof;
    memset(office.app->master, 8, sizeof office.app->master);
    ck_assert_int_eq(audit_verify(office.db, key(), NULL, &proof), ERR_NONE);
    ck_assert_int_eq(proof.broken_id, 1);
}
END_TEST

START_TEST(a_log_that_was_never_begun_is_not_whole)
{
    sql_run("DELETE FROM audit_log; DELETE FROM audit_head");
    entry_add("create", 1);
    ck_assert_ptr_nonnull(prove(NULL).fault);
}
END_TEST

START_TEST(what_is_begun_is_not_begun_again)
{
    sql_run("DELETE FROM audit_log WHERE id > 4; UPDATE audit_head SET last_id = 4");
    ck_assert_int_eq(audit_begin(office.db, key()), ERR_NONE);
    ck_assert_ptr_nonnull(prove(NULL).fault);
}
END_TEST

/* ---- pruning ---- */

static int64_t prune(int64_t before, int64_t most)
{
    int64_t removed;
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
    ck_assert_int_eq(audit_prune(office.db, key(), before, most, &removed), ERR_NONE);
    ck_assert_int_eq(db_commit(office.db), ERR_NONE);
    return removed;
}

START_TEST(old_rows_go_and_the_rest_stays_whole)
{
    ck_assert_int_eq(prune(OFFICE_NOW, 100), 0);
    ck_assert_int_eq(prune(OFFICE_NOW + 4, 2), 2);
    ck_assert_int_eq(prune(OFFICE_NOW + 4, 100), 1);
    ck_assert_int_eq(sql_int("SELECT MIN(id) FROM audit_log"), 4);
    ck_assert_ptr_null(prove(NULL).fault);
    ck_assert_int_eq(prove(NULL).count, 7);
    ck_assert_int_eq(prune(OFFICE_NOW + 1000, 100), 7);
    ck_assert_ptr_null(prove(NULL).fault);
    entry_add("create", 11);
    ck_assert_int_eq(sql_int("SELECT id FROM audit_log"), 11);
    ck_assert_ptr_null(prove(NULL).fault);
    sql_run("DELETE FROM audit_log");
    ck_assert_int_eq(prove(NULL).broken_id, 11);
}
END_TEST

START_TEST(a_broken_log_is_not_pruned)
{
    int64_t removed;
    sql_run("UPDATE audit_head SET seal = 'x'");
    ck_assert_int_eq(audit_prune(office.db, key(), OFFICE_NOW + 1000, 100, &removed), ERR_INVALID);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM audit_log"), 10);
}
END_TEST

/* ---- what is noted ---- */

static char *noted(void)
{
    return sql_text("SELECT actor || ' ' || action || ' ' || subject || ' ' || subject_id || ' ' "
                    "|| COALESCE(fields, '-') FROM audit_log ORDER BY id");
}

START_TEST(what_keys_change_is_noted_without_values)
{
    int64_t id = json_int_at(
        request_ask("POST", "/properties", "{'address': '1 Secret Ln', 'price': 750000}").json,
        "id");
    const char *path = mem_printf(office.mem, "/properties/%lld", (long long)id);
    ck_assert_status(request_ask("PUT", path, "{'price': 760000, 'city': 'Hidden'}"), 200);
    ck_assert_status(request_ask("PUT", path, "{'price': 760000}"), 200);
    ck_assert_status(request_ask("PUT", path, "{'price': -1}"), 422);
    ck_assert_status(request_ask("GET", path, NULL), 200);
    ck_assert_status(request_ask("DELETE", path, NULL), 204);
    ck_assert_status(request_ask("DELETE", path, NULL), 404);
    ck_assert_str_eq(noted(), mem_printf(office.mem,
                                         "key create properties %lld -\n"
                                         "key update properties %lld city,price_cents\n"
                                         "key delete properties %lld -",
                                         (long long)id, (long long)id, (long long)id));
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM audit_log WHERE agent_id = %lld AND "
                             "brokerage_id = %lld AND api_key_id = 1 AND at = %lld",
                             (long long)office.agent_id, (long long)office.brokerage_id,
                             (long long)OFFICE_NOW),
                     3);
}
END_TEST

START_TEST(the_primary_number_is_noted)
{
    number_add(office.brokerage_id, office.agent_id, "+14155550111", NULL);
    ck_assert_status(request_ask("POST", "/phone-numbers/2/set-primary", NULL), 200);
    ck_assert_str_eq(noted(), "key set_primary phone_numbers 2 is_primary");
}
END_TEST

START_TEST(a_change_that_is_undone_is_not_noted)
{
    ck_assert_status(request_ask("POST", "/phone-numbers", "{'phone_number': '+14155550100'}"),
                     409);
    ck_assert_status(request_ask_broker("PUT", "/agents/2", "{'is_active': false}"), 422);
    ck_assert_str_eq(noted(), "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("audit");
    TCase *chain = tcase_create("chain"), *notes = tcase_create("notes");
    tcase_add_checked_fixture(chain, log_open, office_close);
    tcase_add_test(chain, an_untouched_log_is_whole);
    tcase_add_test(chain, a_log_of_many_rows_is_whole);
    tcase_add_loop_test(chain, what_is_tampered_with_is_found_at_its_row, 0, COUNT(tamperings));
    tcase_add_test(chain, another_key_proves_nothing);
    tcase_add_test(chain, a_log_that_was_never_begun_is_not_whole);
    tcase_add_test(chain, what_is_begun_is_not_begun_again);
    tcase_add_test(chain, old_rows_go_and_the_rest_stays_whole);
    tcase_add_test(chain, a_broken_log_is_not_pruned);
    tcase_add_checked_fixture(notes, office_open, office_close);
    tcase_add_test(notes, what_keys_change_is_noted_without_values);
    tcase_add_test(notes, the_primary_number_is_noted);
    tcase_add_test(notes, a_change_that_is_undone_is_not_noted);
    suite_add_tcase(suite, chain);
    suite_add_tcase(suite, notes);
    return suite_run(suite);
}
