/* What is old goes, in small steps, and no figure with it. */
#include "desk/purge.h"
#include "store/audit.h"
#include "store/phone_calls.h"
#include "support.h"
#include <string.h>

static struct purge purge;

static void begin(void)
{
    office_open();
    office.config.retain_recordings_days = 10;
    office.config.retain_transcripts_days = 20;
    office.config.retain_details_days = 30;
    office.config.retain_tasks_days = 35;
    office.config.retain_journal_days = 5;
    office.config.retain_audit_days = 40;
    purge = (struct purge){
        .db = office.db, .config = &office.config, .key = office.app->master, .now = OFFICE_NOW
    };
}

/* Calls of that age, each with all that a call can leave. */
static void calls_add(int count, int64_t brokerage_id, int64_t agent_id, int64_t days)
{
    sql_run("INSERT INTO phone_calls (brokerage_id, agent_id, phone_number_id, property_id, "
            "direction, phone_number, caller_phone, claimed_phone, vapi_call_id, status, "
            "duration_seconds, cost_micros, transcription, summary, caller_name, message, "
            "recording_url, created_at, updated_at) "
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
            "SELECT %lld, %lld, %lld, %lld, 'inbound', '+12125550123', '+12125550123', '555', "
            "'%lld-%lld-' || i, 'completed', 60, 5, 'said', 'asked', 'Ann', 'call me', "
            "'https://tape.example', %lld, 1 FROM n",
            count, (long long)brokerage_id, (long long)agent_id, (long long)office.number_id,
            (long long)office.main_id, (long long)agent_id, (long long)days,
            (long long)(OFFICE_NOW - days * DAY_MS));
    sql_run("INSERT INTO recordings (phone_call_id, kind, url, created_at) "
            "SELECT id, 'mono', 'u', 1 FROM phone_calls WHERE true ON CONFLICT DO NOTHING");
    sql_run("INSERT INTO transcript_segments (phone_call_id, position, role, text) "
            "SELECT id, 1, 'user', 'said' FROM phone_calls");
    sql_run("INSERT INTO tool_results (phone_call_id, tool_call_id, name, ok, sentence, facts, "
            "created_at) SELECT id, 't', 'x', 1, 's', '{}', 1 FROM phone_calls WHERE true "
            "ON CONFLICT DO NOTHING");
    sql_run("INSERT INTO webhook_journal (received_at, form, type, dedup_key, phone_call_id, body) "
            "SELECT created_at, 'vapi', 'x', vapi_call_id, id, 'b' FROM phone_calls WHERE true "
            "ON CONFLICT DO NOTHING");
}

static void purged(void)
{
    memset(purge.removed, 0, sizeof purge.removed);
    ck_assert_int_eq(purge_run(&purge), ERR_NONE);
}

static int64_t held(const char *what)
{
    return sql_int("SELECT COUNT(%s) FROM phone_calls", what);
}

START_TEST(each_kind_goes_at_its_age_and_all_figures_stay)
{
    static const int64_t ages[] = { 1, 7, 12, 25, 35 };
    for (size_t i = 0; i < COUNT(ages); i++)
        calls_add(1, office.brokerage_id, office.agent_id, ages[i]);
    const char *figures = sql_text("SELECT SUM(total) || ' ' || SUM(seconds) || ' ' || "
                                   "SUM(cost_micros) FROM call_rollups");
    const char *numbers = sql_text("SELECT total_calls || ' ' || total_seconds || ' ' || "
                                   "total_cost_micros || ' ' || last_call_at FROM phone_numbers");
    purged();
    ck_assert_int_eq(held("recording_url"), 2);
    ck_assert_int_eq(held("transcription"), 3);
    ck_assert_int_eq(held("phone_number"), 4);
    ck_assert_int_eq(held("summary"), 4);
    ck_assert_int_eq(held("erased_at"), 1);
    ck_assert_int_eq(held("*"), 5);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM recordings"), 2);
    ck_assert_int_eq(sql_int("SELECT COUNT(DISTINCT phone_call_id) FROM transcript_segments"), 3);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM tool_results"), 4);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM webhook_journal"), 1);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM outbox WHERE kind = 'vapi_delete_call'"), 3);
    ck_assert_int_eq(purge.removed[RETAINED_DETAILS], 2);
    ck_assert_str_eq(sql_text("SELECT SUM(total) || ' ' || SUM(seconds) || ' ' || "
                              "SUM(cost_micros) FROM call_rollups"),
                     figures);
    ck_assert_str_eq(sql_text("SELECT total_calls || ' ' || total_seconds || ' ' || "
                              "total_cost_micros || ' ' || last_call_at FROM phone_numbers"),
                     numbers);
}
END_TEST

/* A task and an offer of each call, and one of each that an agent entered. */
static void records_add(void)
{
    sql_run(
        "INSERT INTO scheduled_tasks (brokerage_id, agent_id, phone_call_id, kind, title, notes, "
        "caller_name, caller_phone, claimed_phone, scheduled_at, created_at, updated_at) "
        "SELECT brokerage_id, agent_id, id, 'viewing', 'Show Ann the house', 'n', 'Ann', "
        "'+12125550123', '555', 7, created_at, 1 FROM phone_calls UNION ALL "
        "SELECT %lld, %lld, NULL, 'follow_up', 'Send Ann a card', NULL, 'Ann', NULL, NULL, 7, 1, 1",
        (long long)office.brokerage_id, (long long)office.agent_id);
    sql_run(
        "INSERT INTO offers (brokerage_id, agent_id, property_id, phone_call_id, amount_cents, "
        "contingencies, caller_name, caller_phone, claimed_phone, notes, created_at, updated_at) "
        "SELECT brokerage_id, agent_id, %lld, id, 5, 'c', 'Ann', '+12125550123', '555', 'n', 1, 1 "
        "FROM phone_calls UNION ALL "
        "SELECT %lld, %lld, %lld, NULL, 5, NULL, 'Ann', NULL, NULL, NULL, 1, 1",
        (long long)office.main_id, (long long)office.brokerage_id, (long long)office.agent_id,
        (long long)office.main_id);
}

START_TEST(tasks_and_offers_of_old_calls_stay_bare)
{
    static const char *const tables[] = { "scheduled_tasks", "offers" };
    calls_add(1, office.brokerage_id, office.agent_id, 34);
    calls_add(2, office.brokerage_id, office.agent_id, 36);
    records_add();
    purged();
    ck_assert_int_eq(purge.removed[RETAINED_TASKS], 4);
    for (size_t i = 0; i < COUNT(tables); i++) {
        ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM %s", tables[i]), 4);
        ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM %s WHERE caller_name IS NULL AND "
                                 "caller_phone IS NULL AND claimed_phone IS NULL AND notes IS NULL "
                                 "AND updated_at = %lld AND phone_call_id IN "
                                 "(SELECT id FROM phone_calls WHERE created_at < %lld)",
                                 tables[i], (long long)OFFICE_NOW,
                                 (long long)(OFFICE_NOW - 35 * DAY_MS)),
                         2);
        ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM %s WHERE caller_name = 'Ann'", tables[i]),
                         2);
    }
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM scheduled_tasks WHERE title LIKE '%%Ann%%'"), 2);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM scheduled_tasks WHERE scheduled_at = 7"), 4);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM offers WHERE contingencies IS NOT NULL"), 1);
    purge.from_old = true;
    purged();
    ck_assert_int_eq(purge.removed[RETAINED_TASKS], 0);
}
END_TEST

START_TEST(a_call_without_a_recording_is_deleted_at_the_provider_with_its_words)
{
    calls_add(1, office.brokerage_id, office.agent_id, 15);
    calls_add(2, office.brokerage_id, office.agent_id, 25);
    calls_add(1, office.brokerage_id, office.agent_id, 26);
    sql_run("UPDATE phone_calls SET recording_url = NULL");
    sql_run("DELETE FROM recordings");
    sql_run("UPDATE phone_calls SET provider_deleted_at = 1 WHERE created_at = %lld",
            (long long)(OFFICE_NOW - 26 * DAY_MS));
    purged();
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM outbox"), 2);
    purge.from_old = true;
    purged();
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM outbox"), 2);
    sql_run("UPDATE phone_calls SET recording_url = 'https://tape.example/1'");
    sql_run("DELETE FROM outbox");
    office.config.retain_recordings_days = 0;
    purged();
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM outbox"), 0);
}
END_TEST

START_TEST(what_was_removed_is_said_in_one_line)
{
    ck_assert_ptr_null(purge_counts(office.mem, &purge));
    calls_add(3, office.brokerage_id, office.agent_id, 12);
    purged();
    ck_assert_str_eq(purge_counts(office.mem, &purge), "recordings=6,journal=3");
}
END_TEST

START_TEST(many_calls_of_one_instant_go_in_small_steps)
{
    enum { MANY = 3 * RETENTION_BATCH + 7 };
    struct retention_span span = { office.brokerage_id, RETAINED_TRANSCRIPTS, 0, OFFICE_NOW };
    int64_t removed;
    calls_add(MANY, office.brokerage_id, office.agent_id, 50);
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
    ck_assert_int_eq(retention_remove(office.db, &span, OFFICE_NOW, &removed), ERR_NONE);
    ck_assert_int_eq(removed, RETENTION_BATCH);
    ck_assert_int_eq(db_commit(office.db), ERR_NONE);
    purged();
    ck_assert_int_eq(purge.removed[RETAINED_TRANSCRIPTS], 2 * MANY - RETENTION_BATCH);
    ck_assert_int_eq(purge.removed[RETAINED_RECORDINGS], 2 * MANY);
    ck_assert_int_eq(purge.removed[RETAINED_JOURNAL], MANY);
    ck_assert_int_eq(held("erased_at"), MANY);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM transcript_segments"), 0);
}
END_TEST

START_TEST(a_dry_run_counts_and_removes_nothing)
{
    calls_add(3, office.brokerage_id, office.agent_id, 50);
    purge.dry_run = true;
    purged();
    int64_t counted[RETAINED_COUNT];
    memcpy(counted, purge.removed, sizeof counted);
    ck_assert_int_eq(held("erased_at"), 0);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM retention_marks"), 0);
    purge.dry_run = false;
    purged();
    ck_assert_mem_eq(counted, purge.removed, sizeof counted);
}
END_TEST

START_TEST(what_was_done_is_not_looked_at_again_unless_asked)
{
    calls_add(1, office.brokerage_id, office.agent_id, 50);
    purged();
    sql_run("UPDATE phone_calls SET transcription = 'late'");
    purged();
    ck_assert_int_eq(held("transcription"), 1);
    purge.from_old = true;
    purged();
    ck_assert_int_eq(held("transcription"), 0);
}
END_TEST

START_TEST(a_brokerage_has_its_own_periods)
{
    struct retention own;
    int64_t elsewhere = brokerage_add("Elsewhere");
    calls_add(1, elsewhere, agent_add(elsewhere, "Stranger"), 50);
    ck_assert_int_eq(retention_get(office.db, elsewhere, &own), ERR_NONE);
    for (int kind = 0; kind < RETAINED_COUNT; kind++)
        ck_assert_int_eq(own.days[kind], NO_VALUE);
    own.days[RETAINED_TRANSCRIPTS] = 0;
    own.days[RETAINED_DETAILS] = 60;
    ck_assert_int_eq(retention_set(office.db, elsewhere, &own, OFFICE_NOW), ERR_NONE);
    purged();
    ck_assert_int_eq(held("transcription"), 1);
    ck_assert_int_eq(held("phone_number"), 1);
    ck_assert_int_eq(held("recording_url"), 0);
}
END_TEST

START_TEST(for_ever_is_for_ever)
{
    office.config.retain_recordings_days = office.config.retain_transcripts_days = 0;
    office.config.retain_details_days = office.config.retain_journal_days = 0;
    office.config.retain_audit_days = 0;
    calls_add(1, office.brokerage_id, office.agent_id, 30000);
    purged();
    ck_assert_int_eq(held("recording_url") + held("transcription") + held("phone_number"), 3);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM webhook_journal"), 1);
}
END_TEST

START_TEST(messages_of_nobody_go_too)
{
    for (int days = 4; days < 8; days++)
        sql_run("INSERT INTO webhook_journal (received_at, form, type, dedup_key, body) "
                "VALUES (%lld, 'vapi', 'x', '%d', 'b')",
                (long long)(OFFICE_NOW - days * DAY_MS), days);
    purged();
    ck_assert_int_eq(purge.removed[RETAINED_JOURNAL], 2);
    ck_assert_str_eq(sql_text("SELECT dedup_key FROM webhook_journal ORDER BY id"), "4\n5");
}
END_TEST

/* Whoever keeps it longest decides: the log is one chain. */
START_TEST(the_audit_log_loses_its_beginning_and_stays_whole)
{
    struct audit_proof proof;
    struct retention own;
    for (int days = 50; days > 30; days -= 5) {
        struct audit_entry entry = { .head = { .created_at = OFFICE_NOW - days * DAY_MS },
                                     .actor = "key",
                                     .action = "create",
                                     .subject = "offers" };
        ck_assert_int_eq(db_begin(office.db), ERR_NONE);
        ck_assert_int_eq(audit_begin(office.db, purge.key), ERR_NONE);
        ck_assert_int_eq(audit_append(office.db, office.mem, purge.key, &entry), ERR_NONE);
        ck_assert_int_eq(db_commit(office.db), ERR_NONE);
    }
    int64_t elsewhere = brokerage_add("Elsewhere");
    ck_assert_int_eq(retention_get(office.db, elsewhere, &own), ERR_NONE);
    own.days[RETAINED_AUDIT] = 47;
    ck_assert_int_eq(retention_set(office.db, elsewhere, &own, OFFICE_NOW), ERR_NONE);
    purge.dry_run = true;
    purged();
    ck_assert_int_eq(purge.removed[RETAINED_AUDIT], 1);
    purge.dry_run = false;
    purged();
    ck_assert_int_eq(purge.removed[RETAINED_AUDIT], 1);
    ck_assert_int_eq(audit_verify(office.db, purge.key, NULL, &proof), ERR_NONE);
    ck_assert_int_eq(proof.count, 3);
    ck_assert_ptr_null(proof.fault);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("retention");
    TCase *retention = tcase_create("retention");
    tcase_add_checked_fixture(retention, begin, office_close);
    tcase_set_timeout(retention, 60);
    suite_add_tcase(suite, retention);
    tcase_add_test(retention, each_kind_goes_at_its_age_and_all_figures_stay);
    tcase_add_test(retention, tasks_and_offers_of_old_calls_stay_bare);
    tcase_add_test(retention, a_call_without_a_recording_is_deleted_at_the_provider_with_its_words);
    tcase_add_test(retention, what_was_removed_is_said_in_one_line);
    tcase_add_test(retention, many_calls_of_one_instant_go_in_small_steps);
    tcase_add_test(retention, a_dry_run_counts_and_removes_nothing);
    tcase_add_test(retention, what_was_done_is_not_looked_at_again_unless_asked);
    tcase_add_test(retention, a_brokerage_has_its_own_periods);
    tcase_add_test(retention, for_ever_is_for_ever);
    tcase_add_test(retention, messages_of_nobody_go_too);
    tcase_add_test(retention, the_audit_log_loses_its_beginning_and_stays_whole);
    return suite_run(suite);
}
