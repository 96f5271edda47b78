/* What goes wrong around the program: the disk is full, the database is replaced, removed or
 * damaged under it, the key file changes, the clock is set back. */
#include "base/log.h"
#include "store/audit.h"
#include "support.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *key_file;

static const char *hex_of(unsigned char byte)
{
    char *hex = mem_strdup(office.mem, "");
    for (int i = 0; i < SECRET_KEY_BYTES; i++)
        mem_append(office.mem, &hex, "%02x", byte);
    return hex;
}

/* The responder as it starts, on the office's files. */
static enum err app_start(void)
{
    struct app *app;
    enum err err = app_open(office.mem, &office.config, false, &app);
    if (err)
        return err;
    app->clock = clock_fixed(OFFICE_NOW);
    office.app = app;
    office.db = app->write;
    return ERR_NONE;
}

static void app_stop(void)
{
    app_close(office.app);
    office.app = NULL;
    office.db = NULL;
}

static void begin(void)
{
    const char *why = "?", *path;
    char *none[] = { NULL };
    office_open();
    key_file = file_write("master.key", hex_of(office.app->master[0]), 0600);
    file_write("webhook-secret", OFFICE_SECRET, 0600);
    path = file_write("faults.conf",
                      "database = ai-realtor.db\nmaster_key_file = master.key\n"
                      "webhook_secret_file = webhook-secret\nfailures_per_minute = 5\n",
                      0600);
    app_stop();
    ck_assert_msg(config_read(office.mem, path, none, &office.config, &why) == ERR_NONE, "%s", why);
    log_set_level((enum log_level)(LOG_ERROR + 1));
    ck_assert_int_eq(app_start(), ERR_NONE);
}

static void end(void)
{
    log_set_level(LOG_ERROR);
    office_close();
}

static int serial;

static struct reply listing_post(void)
{
    return request_ask("POST", "/properties",
                       mem_printf(office.mem, "{'address': '%d Fault Ave'}", ++serial));
}

static int64_t listings(void)
{
    return json_int_at(request_ask("GET", "/properties", NULL).json, "total");
}

static struct reply ring(const char *call)
{
    return request_incoming(mem_printf(office.mem,
                                       "{'phone_number': '+14155550188', 'vapi_call_id': '%s', "
                                       "'vapi_phone_id': 'vapi-number-1'}",
                                       call));
}

/* Out of order, in words for anybody and with nothing of our insides. */
static void out_of_order_check(struct reply reply)
{
    ck_assert_status(reply, 503);
    ck_assert_ptr_nonnull(strstr(reply.text, "Retry-After: "));
    ck_assert_ptr_null(strstr(reply.text, office.folder));
    ck_assert_ptr_null(strstr(reply.text, "ai-realtor.db"));
    ck_assert_ptr_null(strstr(reply.text, "SQL"));
}

static void sound_check(void)
{
    struct db *db;
    const char *finding;
    ck_assert_int_eq(db_open(office.config.database, DB_WRITE, 1000, &db), ERR_NONE);
    ck_assert_int_eq(db_check(db, office.mem, &finding), ERR_NONE);
    ck_assert_str_eq(finding, "ok");
    db_close(db);
}

/* ---- the disk is full ---- */

/* No file may grow beyond so many bytes; RLIM_INFINITY: any may. */
static void size_limit(rlim_t bytes)
{
    struct rlimit limit;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static rlim_t wal_size(void)
{
    struct stat st;
    ck_assert_int_eq(stat(mem_printf(office.mem, "%s-wal", office.config.database), &st), 0);
    return (rlim_t)st.st_size;
}

START_TEST(a_full_disk_refuses_what_it_cannot_keep_and_recovers)
{
    enum { PIECE = 1500, PIECES = 60 };
    int64_t before = listings();
    int refused = 0, kept = 0;
    for (rlim_t i = 0; i < PIECES; i++) {
        size_limit(wal_size() + i * PIECE);
        struct reply reply = listing_post();
        size_limit(RLIM_INFINITY);
        if (reply.status == 201)
            kept++;
        else
            out_of_order_check(reply);
        refused += reply.status != 201;
        ck_assert_int_eq(listings(), before + kept);
    }
    ck_assert_int_gt(refused, 0);
    ck_assert_int_gt(kept, 0);
    sound_check();
    ck_assert_status(listing_post(), 201);
}
END_TEST

START_TEST(a_full_disk_can_still_be_read)
{
    size_limit(0);
    int64_t seen = listings();
    out_of_order_check(ring("full-1"));
    size_limit(RLIM_INFINITY);
    ck_assert_int_gt(seen, 0);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM phone_calls"), 0);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM webhook_journal"), 0);
    ck_assert_status(ring("full-1"), 200);
}
END_TEST

START_TEST(guesses_on_a_full_disk_do_not_end_the_process)
{
    request_headers headers = { "X-API-Key: ark_0123456789ab_x", "REMOTE_ADDR=192.0.2.9", NULL };
    size_limit(0);
    for (int i = 0; i < 20; i++)
        ck_assert_status(request_send("GET", "/voice-assistant/properties", headers, NULL), 401);
    size_limit(RLIM_INFINITY);
}
END_TEST

/* ---- another file, or none, is in the database's place ---- */

static const char *backup_make(void)
{
    const char *path = mem_printf(office.mem, "%s/backup.db", office.folder);
    ck_assert_int_eq(db_backup(office.db, path), ERR_NONE);
    return path;
}

START_TEST(a_restored_backup_is_noticed_and_written_to)
{
    const char *backup = backup_make();
    int64_t before = listings();
    for (int i = 0; i < 5; i++)
        ck_assert_status(listing_post(), 201);
    ck_assert_int_eq(rename(backup, office.config.database), 0);
    ck_assert_int_eq(listings(), before);
    ck_assert_status(listing_post(), 201);
    ck_assert_int_eq(listings(), before + 1);
    app_stop();
    sound_check();
    ck_assert_int_eq(app_start(), ERR_NONE);
    ck_assert_int_eq(listings(), before + 1);
}
END_TEST

/* Another process, which notices later, must not take what is written meanwhile for its own. */
START_TEST(two_processes_notice_one_after_the_other)
{
    struct app *first = office.app, *second;
    const char *backup = backup_make();
    int64_t before = listings();
    ck_assert_int_eq(app_start(), ERR_NONE);
    second = office.app;
    ck_assert_status(listing_post(), 201);
    ck_assert_int_eq(rename(backup, office.config.database), 0);
    office.app = first;
    ck_assert_int_eq(listings(), before);
    ck_assert_status(listing_post(), 201);
    office.app = second;
    ck_assert_int_eq(listings(), before + 1);
    ck_assert_status(listing_post(), 201);
    office.app = first;
    ck_assert_int_eq(listings(), before + 2);
    app_close(second);
    ck_assert_status(listing_post(), 201);
    app_stop();
    sound_check();
    ck_assert_int_eq(app_start(), ERR_NONE);
    ck_assert_int_eq(listings(), before + 3);
}
END_TEST

/* It meets the WAL of those who have not noticed yet. */
START_TEST(a_process_that_starts_then_takes_no_wal_of_another_file)
{
    struct app *first = office.app, *second;
    const char *backup = backup_make();
    int64_t before = listings();
    ck_assert_status(listing_post(), 201);
    ck_assert_int_eq(rename(backup, office.config.database), 0);
    ck_assert_int_eq(app_start(), ERR_NONE);
    second = office.app;
    ck_assert_int_eq(listings(), before);
    ck_assert_status(listing_post(), 201);
    office.app = first;
    ck_assert_int_eq(listings(), before + 1);
    ck_assert_status(listing_post(), 201);
    app_close(second);
    app_stop();
    sound_check();
    ck_assert_int_eq(app_start(), ERR_NONE);
    ck_assert_int_eq(listings(), before + 2);
}
END_TEST

/* Leaves what a process leaves that was killed: a listing that only the WAL has. */
static void die_writing(void)
{
    app_stop();
    pid_t child = fork();
    if (child == 0) {
        bool kept = app_start() == ERR_NONE && listing_post().status == 201;
        _exit(kept ? 0 : 1);
    }
    int status = -1;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}

START_TEST(a_backup_is_put_in_place_after_a_crash)
{
    const char *backup = backup_make();
    int64_t before = listings();
    die_writing();
    ck_assert_int_eq(rename(backup, office.config.database), 0);
    ck_assert_int_eq(app_start(), ERR_NONE);
    ck_assert_int_eq(listings(), before);
    ck_assert_status(listing_post(), 201);
    sound_check();
}
END_TEST

static void file_copy(const char *from, const char *to)
{
    char bytes[4096];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    ck_assert(in && out);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, in)) > 0;)
        ck_assert_uint_eq(fwrite(bytes, 1, n, out), n);
    ck_assert_int_eq(fclose(in) + fclose(out), 0);
}

/* Carried to another place, a WAL goes with its file though both have new numbers. */
START_TEST(a_copy_of_all_files_keeps_what_the_wal_has)
{
    static const char *const ends[] = { "", "-wal", "-lock" };
    int64_t before = listings();
    die_writing();
    const char *copy = mem_printf(office.mem, "%s/copy.db", office.folder);
    for (size_t i = 0; i < COUNT(ends); i++)
        file_copy(mem_printf(office.mem, "%s%s", office.config.database, ends[i]),
                  mem_printf(office.mem, "%s%s", copy, ends[i]));
    office.config.database = copy;
    ck_assert_int_eq(app_start(), ERR_NONE);
    ck_assert_int_eq(listings(), before + 1);
}
END_TEST

START_TEST(what_was_kept_until_then_is_in_the_file_that_was_replaced)
{
    const char *backup = backup_make(), *aside = mem_printf(office.mem, "%s.old", backup);
    int64_t before = listings();
    ck_assert_status(listing_post(), 201);
    ck_assert_int_eq(rename(office.config.database, aside), 0);
    ck_assert_int_eq(rename(backup, office.config.database), 0);
    ck_assert_int_eq(listings(), before);
    app_stop();
    office.config.database = aside;
    ck_assert_int_eq(app_start(), ERR_NONE);
    ck_assert_int_eq(listings(), before + 1);
}
END_TEST

START_TEST(nothing_is_answered_that_went_into_a_replaced_file)
{
    void *mem = office.mem;
    const char *backup = backup_make(), *body = "{\"address\": \"1 Lost Ave\"}";
    request_headers headers = { mem_printf(mem, "X-API-Key: %s", office.key),
                                "Content-Type: application/json", NULL };
    struct http_service service = app_service(office.app);
    struct http_source source = body_source(mem, body, strlen(body));
    struct http_request request;
    struct http_response response;
    http_request_read(
        mem, "1", request_environment(mem, "POST", "/voice-assistant/properties", headers, body),
        &source, &service.limits, &request);
    http_response_init(mem, &response);
    ck_assert(service.handle(service.state, &request, &response));
    ck_assert_int_eq(rename(backup, office.config.database), 0);
    ck_assert_int_eq(service.commit(service.state), ERR_FULL);
    service.rest(service.state);
    ck_assert_status(listing_post(), 201);
}
END_TEST

START_TEST(a_database_that_is_gone_is_missed_until_it_is_back)
{
    const char *path = office.config.database, *aside = mem_printf(office.mem, "%s.away", path);
    ck_assert_int_eq(rename(path, aside), 0);
    out_of_order_check(listing_post());
    out_of_order_check(request_ask("GET", "/properties", NULL));
    ck_assert_int_eq(access(path, F_OK), -1);
    ck_assert_int_eq(rename(aside, path), 0);
    ck_assert_status(listing_post(), 201);
}
END_TEST

START_TEST(a_database_of_a_newer_program_is_left_alone)
{
    const char *backup = backup_make();
    struct db *db;
    ck_assert_int_eq(db_open(backup, DB_WRITE, 1000, &db), ERR_NONE);
    ck_assert_int_eq(db_script(db, "PRAGMA user_version = 9999"), ERR_NONE);
    db_close(db);
    ck_assert_int_eq(rename(backup, office.config.database), 0);
    for (int i = 0; i < 3; i++)
        out_of_order_check(listing_post());
    office.db = NULL;
}
END_TEST

/* ---- it is damaged ---- */

static void bytes_put(off_t at, size_t count, uint32_t *random)
{
    unsigned char bytes[4096];
    int fd = open(office.config.database, O_WRONLY);
    ck_assert_int_ge(fd, 0);
    for (size_t i = 0; i < count; i++)
        bytes[i] = (unsigned char)random_below(random, 256);
    ck_assert_int_eq(pwrite(fd, bytes, count, at), (ssize_t)count);
    close(fd);
}

static off_t database_size(void)
{
    struct stat st;
    ck_assert_int_eq(stat(office.config.database, &st), 0);
    return st.st_size;
}

START_TEST(no_database_at_all_is_said_at_the_start)
{
    uint32_t random = 7;
    app_stop();
    bytes_put(0, 100, &random);
    ck_assert_int_ne(app_start(), ERR_NONE);
}
END_TEST

START_TEST(a_damaged_database_is_an_error_and_no_crash)
{
    enum { ROUNDS = 25 };
    static const char *const paths[] = { "/properties",
                                         "/phone-calls",
                                         "/phone-calls/1",
                                         "/phone-calls/transcription/1",
                                         "/phone-calls/analytics/overview",
                                         "/callers/%2B14155550188",
                                         "/tasks",
                                         "/agents",
                                         "/healthz" };
    uint32_t random = (uint32_t)_i + 1;
    ck_assert_status(ring("damaged"), 200);
    app_stop();
    off_t size = database_size();
    for (int i = 0; i < ROUNDS; i++)
        bytes_put((off_t)random_below(&random, (uint32_t)size - 200), 1 + random_below(&random, 99),
                  &random);
    if (app_start())
        return;
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct reply reply = request_ask_broker("GET", paths[i], NULL);
        ck_assert_ptr_null(strstr(reply.text, office.folder));
        ck_assert_ptr_null(strstr(reply.text, "malformed"));
        ck_assert_ptr_nonnull(reply.json);
    }
    ring("damaged");
    ring("damaged-2");
    listing_post();
    request_ask_broker("DELETE", "/callers/%2B14155550188", NULL);
}
END_TEST

/* ---- the key file ---- */

static void key_replace(const char *text, unsigned mode)
{
    const struct timespec then = { .tv_sec = 5000 + ++serial };
    const struct timespec later[] = { then, then };
    file_write("master.key", text, mode);
    ck_assert_int_eq(utimensat(AT_FDCWD, key_file, later, 0), 0);
}

START_TEST(another_key_in_the_files_place_seals_nothing)
{
    static const struct {
        unsigned char byte;
        unsigned mode;
        const char *text;
    } rows[] = { { 9, 0600, NULL }, { 7, 0644, NULL }, { 0, 0600, "no key" }, { 0, 0600, "" } };
    ck_assert_status(ring("key-1"), 200);
    ck_assert_status(request_ask("POST", "/tasks", "{'kind': 'follow_up', 'title': 'Call'}"), 201);
    for (size_t i = 0; i < COUNT(rows); i++) {
        key_replace(rows[i].text ? rows[i].text : hex_of(rows[i].byte), rows[i].mode);
        out_of_order_check(ring("key-2"));
        /* What is sealed can be read, and whoever asks is known. */
        ck_assert_status(request_ask("GET", "/phone-calls/1", NULL), 200);
        key_replace(hex_of(7), 0600);
        ck_assert_status(ring(mem_printf(office.mem, "key-again-%zu", i)), 200);
    }
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM webhook_journal WHERE body NOT LIKE "
                             "'sealed:1:%.8s:%%'",
                             seal_key_id(office.app->seal)),
                     0);
}
END_TEST

START_TEST(a_key_file_that_is_gone_is_missed_at_the_next_start)
{
    ck_assert_int_eq(unlink(key_file), 0);
    ck_assert_status(ring("key-1"), 200);
    app_stop();
    ck_assert_int_eq(app_start(), ERR_NOT_FOUND);
    key_replace(hex_of(7), 0600);
    ck_assert_int_eq(app_start(), ERR_NONE);
}
END_TEST

START_TEST(a_start_with_another_key_is_refused)
{
    app_stop();
    key_replace(hex_of(9), 0600);
    ck_assert_int_eq(app_start(), ERR_FULL); /* before anything was sealed */
    key_replace(hex_of(7), 0600);
    ck_assert_int_eq(app_start(), ERR_NONE);
    ck_assert_status(ring("key-1"), 200);
    app_stop();
    key_replace(hex_of(9), 0600);
    ck_assert_int_eq(app_start(), ERR_FULL); /* and after */
    key_replace(hex_of(7), 0644);
    ck_assert_int_eq(app_start(), ERR_DENIED);
}
END_TEST

START_TEST(an_audit_log_that_was_changed_does_not_make_the_key_wrong)
{
    ck_assert_status(ring("key-1"), 200);
    sql_run("UPDATE audit_head SET seal = 'x'");
    app_stop();
    ck_assert_int_eq(app_start(), ERR_NONE);
}
END_TEST

/* ---- the clock is set back ---- */

static void clock_set(int64_t instant)
{
    office.app->clock = clock_fixed(instant);
}

static struct reply say(int64_t call, const char *event)
{
    request_headers headers = { "X-Vapi-Secret: " OFFICE_SECRET, "Content-Type: application/json",
                                NULL };
    char *body = mem_strdup(office.mem, event);
    for (char *p = body; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    return request_send("POST",
                        mem_printf(office.mem, "/voice-assistant/callback/%lld", (long long)call),
                        headers, body);
}

static int64_t last_used(void)
{
    return sql_int("SELECT last_used_at FROM api_keys WHERE agent_id = %lld",
                   (long long)office.agent_id);
}

static void audit_whole_check(void)
{
    struct audit_proof proof;
    ck_assert_int_eq(audit_verify(office.db, office.app->master, NULL, &proof), ERR_NONE);
    ck_assert_msg(!proof.fault, "the audit log does not fit");
}

START_TEST(a_clock_that_is_set_back_stops_nothing)
{
    static const int64_t backs[] = { HOUR_MS, 365 * DAY_MS };
    int64_t back = backs[_i], call;
    ck_assert_status(listing_post(), 201);
    ck_assert_int_eq(last_used(), OFFICE_NOW);
    struct reply begun = ring("back-1");
    ck_assert_status(begun, 200);
    call = json_int_at(begun.json, "call_id");
    ck_assert_status(say(call, "{'event': 'transcript', 'role': 'user', 'text': 'Hello.'}"), 200);

    clock_set(OFFICE_NOW - back);
    /* the same message again has no second effect, and later ones go on with the call */
    ck_assert_int_eq(json_int_at(ring("back-1").json, "call_id"), call);
    ck_assert_status(say(call, "{'event': 'transcript', 'role': 'user', 'text': 'Still there?'}"),
                     200);
    ck_assert_status(say(call, "{'event': 'function_call', 'name': 'take_message', 'arguments': "
                               "{'caller_name': 'John', 'message': 'Call me.'}}"),
                     200);
    ck_assert_status(say(call, "{'event': 'ended', 'status': 'completed', 'duration': 60}"), 200);
    struct reply shown =
        request_ask("GET", mem_printf(office.mem, "/phone-calls/%lld", (long long)call), NULL);
    ck_assert_status(shown, 200);
    ck_assert_str_eq(json_text_at(shown.json, "status"), "completed");
    ck_assert_int_eq(json_int_at(shown.json, "duration_seconds"), 60);
    struct reply lines = request_ask(
        "GET", mem_printf(office.mem, "/phone-calls/transcription/%lld", (long long)call), NULL);
    struct json_object *segments = json_get(lines.json, "segments");
    ck_assert_uint_eq(json_object_array_length(segments), 2);
    ck_assert_str_eq(json_text_at(json_object_array_get_idx(segments, 0), "text"), "Hello.");
    /* keys, changes, guesses and new calls too */
    ck_assert_status(ring("back-2"), 200);
    ck_assert_status(listing_post(), 201);
    ck_assert_int_eq(last_used(), OFFICE_NOW - back);
    ck_assert_int_eq(json_int_at(request_ask("GET", "/phone-calls/analytics/overview", NULL).json,
                                 "total_calls"),
                     2);
    audit_whole_check();

    clock_set(OFFICE_NOW);
    ck_assert_status(ring("back-3"), 200);
    ck_assert_status(listing_post(), 201);
    audit_whole_check();
}
END_TEST

START_TEST(guessers_are_slowed_down_whatever_the_clock_does)
{
    request_headers headers = { "X-API-Key: ark_0123456789ab_x", "REMOTE_ADDR=192.0.2.9", NULL };
    for (int round = 0; round < 2; round++) {
        clock_set(OFFICE_NOW - round * 365 * DAY_MS);
        int status = 401;
        for (int i = 0; i < 20 && status == 401; i++)
            status = request_send("GET", "/voice-assistant/properties", headers, NULL).status;
        ck_assert_int_eq(status, 429);
        clock_set(OFFICE_NOW - round * 365 * DAY_MS + 2 * MINUTE_MS);
        ck_assert_int_eq(request_send("GET", "/voice-assistant/properties", headers, NULL).status,
                         401);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("faults");
    TCase *tests = tcase_create("faults");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, a_full_disk_refuses_what_it_cannot_keep_and_recovers);
    tcase_add_test(tests, a_full_disk_can_still_be_read);
    tcase_add_test(tests, guesses_on_a_full_disk_do_not_end_the_process);
    tcase_add_test(tests, a_restored_backup_is_noticed_and_written_to);
    tcase_add_test(tests, two_processes_notice_one_after_the_other);
    tcase_add_test(tests, a_process_that_starts_then_takes_no_wal_of_another_file);
    tcase_add_test(tests, a_backup_is_put_in_place_after_a_crash);
    tcase_add_test(tests, a_copy_of_all_files_keeps_what_the_wal_has);
    tcase_add_test(tests, what_was_kept_until_then_is_in_the_file_that_was_replaced);
    tcase_add_test(tests, nothing_is_answered_that_went_into_a_replaced_file);
    tcase_add_test(tests, a_database_that_is_gone_is_missed_until_it_is_back);
    tcase_add_test(tests, a_database_of_a_newer_program_is_left_alone);
    tcase_add_test(tests, no_database_at_all_is_said_at_the_start);
    tcase_add_loop_test(tests, a_damaged_database_is_an_error_and_no_crash, 0, 20);
    tcase_add_test(tests, another_key_in_the_files_place_seals_nothing);
    tcase_add_test(tests, a_key_file_that_is_gone_is_missed_at_the_next_start);
    tcase_add_test(tests, a_start_with_another_key_is_refused);
    tcase_add_test(tests, an_audit_log_that_was_changed_does_not_make_the_key_wrong);
    tcase_add_loop_test(tests, a_clock_that_is_set_back_stops_nothing, 0, 2);
    tcase_add_test(tests, guessers_are_slowed_down_whatever_the_clock_does);
    suite_add_tcase(suite, tests);
    return suite_run(suite);
}
