/* Slowing down who fails too often: the buckets, across processes, and what is answered. */
#include "base/log.h"
#include "base/throttle.h"
#include "support.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LIMIT = 10 };

static struct throttle *throttle;

static struct throttle *mapped(void)
{
    struct throttle *map;
    unsigned char key[SECRET_KEY_BYTES] = "a key of thirty-two bytes, or so";
    const char *path = mem_printf(office.mem, "%s/throttle", office.folder);
    ck_assert_int_eq(throttle_open(office.mem, path, key, LIMIT, &map), ERR_NONE);
    return map;
}

static void begin(void)
{
    folder_open();
    throttle = mapped();
}

/* How many of `tries` failures at that instant are let through. */
static int let_through(struct throttle *map, const char *address, int64_t now, int tries)
{
    int through = 0;
    for (int i = 0; i < tries; i++)
        through += throttle_fail(map, address, now) == 0;
    return through;
}

/* ---- buckets ---- */

START_TEST(an_address_has_so_many_failures_and_then_one_at_a_time)
{
    ck_assert_int_eq(let_through(throttle, "192.0.2.1", OFFICE_NOW, 50), LIMIT);
    int64_t wait = throttle_fail(throttle, "192.0.2.1", OFFICE_NOW);
    ck_assert_int_eq(wait, 6000);
    ck_assert_int_eq(throttle_fail(throttle, "192.0.2.1", OFFICE_NOW + wait - 1), 1);
    ck_assert_int_eq(let_through(throttle, "192.0.2.1", OFFICE_NOW + wait, 5), 1);
    ck_assert_int_eq(let_through(throttle, "192.0.2.1", OFFICE_NOW + wait + 60000, 50), LIMIT);
}
END_TEST

START_TEST(other_addresses_are_not_touched)
{
    let_through(throttle, "192.0.2.1", OFFICE_NOW, 50);
    ck_assert_int_eq(let_through(throttle, "192.0.2.2", OFFICE_NOW, 50), LIMIT);
    ck_assert_int_eq(let_through(throttle, "2001:db8::1", OFFICE_NOW, 50), LIMIT);
}
END_TEST

START_TEST(addresses_that_are_one)
{
    static const struct {
        const char *one, *other;
        bool same;
    } rows[] = {
        { "2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true },
        { "2001:db8:1:2::1", "2001:db8:1:3::1", false },
        { "::ffff:192.0.2.9", "192.0.2.9", true },
        { "::ffff:192.0.2.9", "::ffff:192.0.2.10", false },
        { NULL, "", true },
        { NULL, "unix:/tmp/x", true },
        { "192.0.2.01", "nonsense", true },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t at = OFFICE_NOW + (int64_t)i * 1000000;
        let_through(throttle, rows[i].one, at, LIMIT);
        ck_assert_msg((throttle_fail(throttle, rows[i].other, at) > 0) == rows[i].same, "row %zu",
                      i);
    }
}
END_TEST

START_TEST(the_file_does_not_grow_whoever_comes)
{
    struct stat st;
    char address[32];
    for (int i = 0; i < 100000; i++) {
        snprintf(address, sizeof address, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
        throttle_fail(throttle, address, OFFICE_NOW);
    }
    ck_assert_int_eq(stat(mem_printf(office.mem, "%s/throttle", office.folder), &st), 0);
    ck_assert_int_eq(st.st_size, THROTTLE_SLOTS * 8);
    ck_assert_int_eq(st.st_mode & 0777, 0600);
    /* Whoever shares a slot gets his turn when the flood is over. */
    ck_assert_int_eq(throttle_fail(throttle, "192.0.2.1", OFFICE_NOW + 60000), 0);
}
END_TEST

/* Whatever a crash or another program left there, and however the clock was set. */
START_TEST(nothing_stays_full_longer_than_a_minute)
{
    int fd = open(mem_printf(office.mem, "%s/throttle", office.folder), O_WRONLY);
    static const int64_t leftovers[] = { INT64_MAX, INT64_MIN, -1, OFFICE_NOW + 3600000 };
    for (size_t i = 0; i < COUNT(leftovers); i++) {
        for (size_t k = 0; k < THROTTLE_SLOTS; k++)
            ck_assert_int_eq(pwrite(fd, &leftovers[i], 8, (off_t)(8 * k)), 8);
        throttle_fail(throttle, "192.0.2.1", OFFICE_NOW);
        ck_assert_int_eq(throttle_fail(throttle, "192.0.2.1", OFFICE_NOW + 60000), 0);
    }
    close(fd);
}
END_TEST

START_TEST(a_file_that_is_cut_or_gone_is_made_whole)
{
    const char *path = mem_printf(office.mem, "%s/throttle", office.folder);
    ck_assert_int_eq(truncate(path, 100), 0);
    ck_assert_int_eq(let_through(mapped(), "192.0.2.1", OFFICE_NOW, 50), LIMIT);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(let_through(mapped(), "192.0.2.1", OFFICE_NOW, 50), LIMIT);
}
END_TEST

START_TEST(a_file_that_cannot_be_had_is_an_error)
{
    struct throttle *map;
    unsigned char key[SECRET_KEY_BYTES] = { 0 };
    const char *path = mem_printf(office.mem, "%s/no/throttle", office.folder);
    log_set_level(LOG_ERROR + 1);
    ck_assert_int_eq(throttle_open(office.mem, path, key, LIMIT, &map), ERR_FULL);
    ck_assert_int_eq(symlink("/etc/passwd", file_write("link", "", 0600)), -1);
    path = mem_printf(office.mem, "%s/symlink", office.folder);
    ck_assert_int_eq(symlink("/etc/passwd", path), 0);
    ck_assert_int_eq(throttle_open(office.mem, path, key, LIMIT, &map), ERR_FULL);
}
END_TEST

/* ---- processes ---- */

START_TEST(processes_share_the_buckets_and_lose_no_failure)
{
    enum { PROCESSES = 8, TRIES = 500 };
    int through = 0, status;
    for (int i = 0; i < PROCESSES; i++)
        if (fork() == 0)
            _exit(let_through(mapped(), "192.0.2.1", OFFICE_NOW, TRIES));
    for (int i = 0; i < PROCESSES; i++) {
        ck_assert_int_gt(wait(&status), 0);
        ck_assert(WIFEXITED(status));
        through += WEXITSTATUS(status);
    }
    ck_assert_int_eq(through, LIMIT);
}
END_TEST

/* ---- what is answered ---- */

/* A request with this header from that address. */
static struct reply from(const char *address, const char *header, const char *method,
                         const char *path)
{
    request_headers headers = { header, "Content-Type: application/json",
                                mem_printf(office.mem, "REMOTE_ADDR=%s", address), NULL };
    return request_send(method, mem_printf(office.mem, "/voice-assistant%s", path), headers,
                        strcmp(method, "POST") == 0 ? "{}" : NULL);
}

static const char *wrong = "X-API-Key: ark_wrong";

static void office_begin(void)
{
    office_open();
    office.config.failures_per_minute = LIMIT;
}

START_TEST(who_guesses_is_told_to_wait)
{
    for (int i = 0; i < LIMIT; i++)
        ck_assert_status(from("192.0.2.1", wrong, "GET", "/tasks"), 401);
    struct reply reply = from("192.0.2.1", wrong, "GET", "/tasks");
    ck_assert_status(reply, 429);
    ck_assert_ptr_nonnull(strstr(reply.text, "Retry-After: 6\r\n"));
    ck_assert_ptr_nonnull(strstr(reply.text, "Status: 429 Too Many Requests\r\n"));
    ck_assert_str_eq(json_text_at(reply.json, "title"), "Too Many Requests");
    ck_assert_status(from("192.0.2.2", wrong, "GET", "/tasks"), 401);
    office.app->clock = clock_fixed(OFFICE_NOW + 6000);
    ck_assert_status(from("192.0.2.1", wrong, "GET", "/tasks"), 401);
    ck_assert_status(from("192.0.2.1", wrong, "GET", "/tasks"), 429);
}
END_TEST

START_TEST(a_good_credential_is_never_slowed_down)
{
    for (int i = 0; i < 3 * LIMIT; i++)
        from("192.0.2.1", wrong, "POST", "/incoming");
    ck_assert_status(from("192.0.2.1", wrong, "POST", "/incoming"), 429);
    ck_assert_status(from("192.0.2.1", wrong, "GET", "/tasks"), 429);
    const char *good = mem_printf(office.mem, "X-API-Key: %s", office.key);
    ck_assert_status(from("192.0.2.1", good, "GET", "/tasks"), 200);
    ck_assert_status(from("192.0.2.1", "X-Vapi-Secret: " OFFICE_SECRET, "POST", "/incoming"), 422);
    /* Not even one that nobody has used before. */
    good = mem_printf(office.mem, "X-API-Key: %s", key_add(office.agent_id, ROLE_AGENT));
    ck_assert_status(from("192.0.2.1", good, "GET", "/tasks"), 200);
}
END_TEST

START_TEST(what_is_no_guess_does_not_count)
{
    sql_run("UPDATE api_keys SET revoked_at = 1 WHERE id = 1");
    const char *ended = mem_printf(office.mem, "X-API-Key: %s", office.key);
    for (int i = 0; i < 3 * LIMIT; i++) {
        ck_assert_status(from("192.0.2.1", "Accept: */*", "GET", "/tasks"), 401);
        ck_assert_status(from("192.0.2.1", "Accept: */*", "POST", "/incoming"), 401);
        ck_assert_status(from("192.0.2.1", ended, "GET", "/tasks"), 401);
    }
    ck_assert_status(from("192.0.2.1", wrong, "GET", "/tasks"), 401);
}
END_TEST

START_TEST(without_a_limit_nobody_is_slowed_down)
{
    office.config.failures_per_minute = 0;
    for (int i = 0; i < 200; i++)
        ck_assert_status(from("192.0.2.1", wrong, "GET", "/tasks"), 401);
    ck_assert_int_ne(access(mem_printf(office.mem, "%s-throttle", office.config.database), F_OK),
                     0);
}
END_TEST

/* A made-up key costs no query: the answer is the same without a database. */
START_TEST(a_guess_does_not_reach_the_database)
{
    sql_run("ALTER TABLE api_keys RENAME TO api_keys_away");
    ck_assert_status(from("192.0.2.1",
                          "X-API-Key: ark_12345678_"
                          "abcdefghijabcdefghijabcdefghijabcdefghijabcABCDEFGH",
                          "GET", "/tasks"),
                     401);
    const char *good = mem_printf(office.mem, "X-API-Key: %s", office.key);
    log_set_level(LOG_ERROR + 1);
    ck_assert_status(from("192.0.2.1", good, "GET", "/tasks"), 500);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("throttle");
    TCase *buckets = tcase_create("buckets"), *answers = tcase_create("answers");
    tcase_add_checked_fixture(buckets, begin, office_close);
    tcase_add_test(buckets, an_address_has_so_many_failures_and_then_one_at_a_time);
    tcase_add_test(buckets, other_addresses_are_not_touched);
    tcase_add_test(buckets, addresses_that_are_one);
    tcase_add_test(buckets, the_file_does_not_grow_whoever_comes);
    tcase_add_test(buckets, nothing_stays_full_longer_than_a_minute);
    tcase_add_test(buckets, a_file_that_is_cut_or_gone_is_made_whole);
    tcase_add_test(buckets, a_file_that_cannot_be_had_is_an_error);
    tcase_add_test(buckets, processes_share_the_buckets_and_lose_no_failure);
    tcase_add_checked_fixture(answers, office_begin, office_close);
    tcase_add_test(answers, who_guesses_is_told_to_wait);
    tcase_add_test(answers, a_good_credential_is_never_slowed_down);
    tcase_add_test(answers, what_is_no_guess_does_not_count);
    tcase_add_test(answers, without_a_limit_nobody_is_slowed_down);
    tcase_add_test(answers, a_guess_does_not_reach_the_database);
    suite_add_tcase(suite, buckets);
    suite_add_tcase(suite, answers);
    return suite_run(suite);
}
