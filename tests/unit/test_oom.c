/* Memory that runs out: each request is served again and again in a process of its own, and each
 * time another allocation fails, whichever library asked for it. Each time the process ends as
 * base/mem.h says; the database is sound and holds all of the message or none of it, and all where
 * an answer went out; and the same message, sent once more, is answered as if nothing had been.
 *
 * OOM_EVERY=1 tries every allocation; otherwise it is each 397th, beginning with a different one in
 * each scenario. */
#include "base/log.h"
#include "support.h"
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || !defined(__GLIBC__)
#define IS_POSSIBLE false
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_POSSIBLE false
#endif
#endif
#ifndef IS_POSSIBLE
#define IS_POSSIBLE true
#endif

enum { EVERY = 397, AGAIN = 8, TEXT_MAX = 1 << 21 };

/* ---- an allocator that fails ---- */

/* What the linker puts in the place of the C library's (local.mk), and what it calls that. */
void *__wrap___libc_malloc(size_t size);
void *__wrap___libc_calloc(size_t count, size_t size);
void *__wrap___libc_realloc(void *block, size_t size);
void *__wrap___libc_memalign(size_t alignment, size_t size);
void *__real___libc_malloc(size_t size);
void *__real___libc_calloc(size_t count, size_t size);
void *__real___libc_realloc(void *block, size_t size);
void *__real___libc_memalign(size_t alignment, size_t size);

static long *asked_shared; /* with the child that counts */
static long *asked;        /* the same, once it counts */
static long failing;       /* 0: none */

static bool fails(void)
{
    return asked && ++*asked == failing;
}

void *__wrap___libc_malloc(size_t size)
{
    return fails() ? NULL : __real___libc_malloc(size);
}

void *__wrap___libc_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real___libc_calloc(count, size);
}

void *__wrap___libc_realloc(void *block, size_t size)
{
    return fails() ? NULL : __real___libc_realloc(block, size);
}

void *__wrap___libc_memalign(size_t alignment, size_t size)
{
    return fails() ? NULL : __real___libc_memalign(alignment, size);
}

/* ---- what is asked ---- */

enum asker { NOBODY, STRANGER, AGENT, BROKER, PROVIDER, SIGNER };

struct request {
    const char *method, *path,
        *body; /* ' in a body stands for "; "@name" is one of Vapi's samples */
    enum asker asker;
};

#define CALL_ID "01a05ded-90c0-7d3e-9b52-4f8e1c6a20d7"
#define RING                                                                                       \
    {                                                                                              \
        "POST", "/incoming", "@assistant-request", PROVIDER                                        \
    }
#define REPORT                                                                                     \
    {                                                                                              \
        "POST", "/incoming", "@end-of-call-report.completed", PROVIDER                             \
    }
#define SEED_RING                                                                                  \
    {                                                                                              \
        "POST", "/incoming",                                                                       \
            "{'phone_number': '+14155550188', 'vapi_call_id': 'seed-1', 'vapi_phone_id': '" PHONE  \
            "'}",                                                                                  \
            PROVIDER                                                                               \
    }
#define PHONE "b7f0c2a4-5d1e-4f3a-9c86-2e4d7a1b9f03"

static const struct scenario {
    const char *name;
    struct request asked;
    int status;
    bool from_start; /* the start of the process is part of it */
    bool once;       /* sent again, it is another one */
    struct request before[3];
} scenarios[] = {
    { "a start", { "GET", "/healthz", NULL, NOBODY }, .status = 200, .from_start = true },
    { "a wrong key", { "GET", "/phone-calls", NULL, STRANGER }, .status = 401 },
    { "an incoming call, the document's form", SEED_RING, .status = 200 },
    { "an incoming call, Vapi's form", RING, .status = 200 },
    { "a signed call", { "POST", "/incoming", "@assistant-request", SIGNER }, .status = 200 },
    { "a line of a transcript",
      { "POST", "/callback/1", "{'event': 'transcript', 'role': 'user', 'text': 'Hello.'}",
        PROVIDER },
      .status = 200,
      .before = { SEED_RING } },
    { "a tool, the document's form",
      { "POST", "/callback/1",
        "{'event': 'function_call', 'name': 'create_offer', 'arguments': {'address': '123 Main "
        "Street', 'amount': 'eight hundred thousand', 'buyer_name': 'John'}}",
        PROVIDER },
      .status = 200,
      .before = { SEED_RING } },
    { "a listing that is looked up",
      { "POST", "/incoming", "@tool-calls.lookup_property", PROVIDER },
      .status = 200,
      .before = { RING } },
    { "a viewing",
      { "POST", "/incoming", "@tool-calls.schedule_viewing", PROVIDER },
      .status = 200,
      .before = { RING } },
    { "a message",
      { "POST", "/incoming", "@tool-calls.take_message", PROVIDER },
      .status = 200,
      .before = { RING } },
    { "a search",
      { "POST", "/incoming", "@tool-calls.search_properties", PROVIDER },
      .status = 200,
      .before = { RING } },
    { "a conversation so far",
      { "POST", "/incoming", "@conversation-update", PROVIDER },
      .status = 200,
      .before = { RING } },
    { "the end of a call", REPORT, .status = 200, .before = { RING } },
    { "the end of a call, the document's form",
      { "POST", "/callback/1",
        "{'event': 'ended', 'status': 'completed', 'duration': 61, 'cost': 0.12}", PROVIDER },
      .status = 200,
      .before = { SEED_RING } },
    { "a list of calls",
      { "GET", "/phone-calls?limit=10&status=completed", NULL, AGENT },
      .status = 200,
      .before = { RING, REPORT } },
    { "a transcript",
      { "GET", "/phone-calls/transcription/1", NULL, AGENT },
      .status = 200,
      .before = { RING, REPORT } },
    { "analytics",
      { "GET", "/phone-calls/analytics/overview", NULL, BROKER },
      .status = 200,
      .before = { RING, REPORT } },
    { "a caller's export",
      { "GET", "/callers/%2B14155550123/export", NULL, BROKER },
      .status = 200,
      .once = true,
      .before = { RING, REPORT } },
    { "a caller's erasure",
      { "DELETE", "/callers/%2B14155550123", NULL, BROKER },
      .status = 200,
      .once = true,
      .before = { RING, REPORT } },
    { "a new listing",
      { "POST", "/properties", "{'address': '77 Test Ave', 'city': 'Oakland', 'price': 500000}",
        AGENT },
      .status = 201,
      .once = true },
    { "a changed listing",
      { "PUT", "/properties/1", "{'price': 500001.5}", AGENT },
      .status = 200,
      .once = true },
    { "a fault of the sender's",
      { "POST", "/tasks", "{'kind': 'x', 'title': 3}", AGENT },
      .status = 422 },
    { "what is not JSON", { "POST", "/tasks", "{'kind': ", AGENT }, .status = 400 },
    { "the description of the interface", { "GET", "/openapi.json", NULL, NOBODY }, .status = 200 },
};

static const char *body_read(const char *body)
{
    if (!body)
        return "";
    if (*body != '@') {
        char *text = mem_strdup(office.mem, body);
        for (char *p = text; *p; p++)
            *p = *p == '\'' ? '"' : *p;
        return text;
    }
    char *text = mem_bytes(office.mem, TEXT_MAX);
    const char *path =
        mem_printf(office.mem, "%s/tests/data/vapi/%s.json", getenv("abs_top_srcdir"), body + 1);
    int fd = open(path, O_RDONLY);
    ssize_t len = fd < 0 ? -1 : read(fd, text, TEXT_MAX - 1);
    ck_assert_msg(len > 0, "%s", path);
    close(fd);
    text[len] = '\0';
    return text;
}

/* ---- an installation of its own ---- */

static const char *config_path, *database, *template;

static const char *asker_header(enum asker asker, const char *body)
{
    static const struct signature_form form = { .payload = "{body}",
                                                .algorithm = SECRET_SHA256,
                                                .encoding = SIGNATURE_HEX };
    struct secret_part fields[SIGNATURE_FIELDS] = { [SIGNATURE_BODY] = { body, strlen(body) } };
    const char *const headers[] = {
        [NOBODY] = "Accept: */*",
        [STRANGER] = "X-API-Key: ark_0123456789ab_0123456789012345678901234567890123456789012",
        [AGENT] = mem_printf(office.mem, "X-API-Key: %s", office.key),
        [BROKER] = mem_printf(office.mem, "X-API-Key: %s", office.broker_key),
        [PROVIDER] = "X-Vapi-Secret: " OFFICE_SECRET,
        [SIGNER] = mem_printf(
            office.mem, "X-Vapi-Signature: %s",
            signature_make(office.mem, &form,
                           (struct secret_part){ OFFICE_SECRET, sizeof OFFICE_SECRET - 1 },
                           fields)),
    };
    return headers[asker];
}

/* The brokerage of the other tests, with the files that a responder reads at its start. */
static void installation_make(void)
{
    char hex[2 * SECRET_KEY_BYTES + 1];
    office_open();
    sql_run("UPDATE phone_numbers SET provider_phone_id = '" PHONE "'");
    for (size_t i = 0; i < SECRET_KEY_BYTES; i++)
        snprintf(hex + 2 * i, 3, "%02x", office.app->master[i]);
    file_write("master.key", hex, 0600);
    file_write("webhook-secret", OFFICE_SECRET, 0600);
    config_path = file_write("oom.conf",
                             "database = ai-realtor.db\nmaster_key_file = master.key\n"
                             "webhook_secret_file = webhook-secret\nlog_level = error\n"
                             "webhook_signature_header = X-Vapi-Signature\n"
                             "webhook_payload = {body}\nclock = 2026-09-01T17:04:00Z\n",
                             0600);
    database = mem_strdup(office.mem, office.config.database);
    template = mem_printf(office.mem, "%s-template", database);
    app_close(office.app);
    office.app = NULL;
    office.db = NULL;
}

static void file_copy(const char *from, const char *to)
{
    static char bytes[1 << 16];
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ck_assert_msg(in >= 0 && out >= 0, "%s, %s", from, to);
    for (ssize_t got; (got = read(in, bytes, sizeof bytes)) > 0;)
        ck_assert_int_eq(write(out, bytes, (size_t)got), got);
    close(in);
    close(out);
}

static void database_reset(void)
{
    unlink(mem_printf(office.mem, "%s-wal", database));
    unlink(mem_printf(office.mem, "%s-shm", database));
    file_copy(template, database);
}

/* ---- one process, one request ---- */

static int body_fd, answer_fd;

static void sequence_fill(void *bytes, size_t len)
{
    static unsigned char next;
    for (size_t i = 0; i < len; i++)
        ((unsigned char *)bytes)[i] = next++;
}

static const char *sequence_name(void)
{
    return "sequence";
}

/* The same in each process: what is written can be compared. */
static struct randombytes_implementation sequence = { .implementation_name = sequence_name,
                                                      .buf = sequence_fill };

static void descriptors_set(const char *body)
{
    ck_assert_int_eq(ftruncate(body_fd, 0) + ftruncate(answer_fd, 0), 0);
    ck_assert_int_eq(pwrite(body_fd, body, strlen(body), 0), (ssize_t)strlen(body));
    lseek(body_fd, 0, SEEK_SET);
    lseek(answer_fd, 0, SEEK_SET);
}

static void count_from_here(long nth)
{
    failing = nth;
    asked = asked_shared;
}

static int request_serve(char *const *environment, bool from_start, long nth)
{
    const char *why;
    struct config config;
    struct app *app;
    char *none[] = { NULL };
    if (from_start)
        count_from_here(nth);
    void *mem = mem_context(NULL);
    if (config_read(mem, config_path, none, &config, &why))
        return EX_CONFIG;
    log_set_level(LOG_ERROR);
    if (app_open(mem, &config, false, &app))
        return EX_TEMPFAIL;
    app->clock = clock_fixed(OFFICE_NOW);
    randombytes_set_implementation(&sequence);
    if (!from_start)
        count_from_here(nth);
    struct http_service service = app_service(app);
    int code = http_serve_cgi(&service, environment);
    app_close(app);
    mem_free(mem);
    return code;
}

static _Noreturn void child_run(const struct request *request, const char *body, bool from_start,
                                long nth)
{
    request_headers headers = { asker_header(request->asker, body),
                                "Content-Type: application/json", "REMOTE_ADDR=192.0.2.7", NULL };
    char **environment = request_environment(
        office.mem, request->method, mem_printf(office.mem, "/voice-assistant%s", request->path),
        headers, *body ? body : NULL);
    dup2(body_fd, STDIN_FILENO);
    dup2(answer_fd, STDOUT_FILENO);
    dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
    _exit(request_serve(environment, from_start, nth));
}

struct ending {
    bool exited; /* else by a signal */
    int code;    /* exit status, or the signal */
    int status;  /* of the answer; 0: none */
    const char *text;
};

static const char *answer_read(void)
{
    char *text = mem_bytes(office.mem, TEXT_MAX);
    ssize_t len = pread(answer_fd, text, TEXT_MAX - 1, 0);
    ck_assert_int_ge(len, 0);
    text[len] = '\0';
    return text;
}

/* nth 0: nothing fails. */
static struct ending request_run(const struct request *request, bool from_start, long nth)
{
    int status;
    const char *body = body_read(request->body);
    descriptors_set(body);
    *asked_shared = 0;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        child_run(request, body, from_start, nth);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    struct ending ending = { .exited = WIFEXITED(status) };
    ending.code = ending.exited ? WEXITSTATUS(status) : WTERMSIG(status);
    ending.text = answer_read();
    if (strncmp(ending.text, "Status: ", 8) == 0)
        ending.status = (int)strtol(ending.text + 8, NULL, 10);
    return ending;
}

/* ---- what is held ---- */

static char *row_expression(const char *table)
{
    return sql_text("SELECT group_concat('quote(' || name || ')', '||'',''||') FROM "
                    "pragma_table_info('%s')",
                    table);
}

/* All that the database holds, but for when a key was last used: that may come later. Ends the test
 * if it is not sound. */
static const char *database_dump(void)
{
    const char *finding;
    ck_assert_int_eq(db_open(database, DB_WRITE, 1000, &office.db), ERR_NONE);
    ck_assert_int_eq(db_check(office.db, office.mem, &finding), ERR_NONE);
    ck_assert_str_eq(finding, "ok");
    ck_assert_int_eq(sql_int("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    char *dump = mem_strdup(office.mem, ""), *rest,
         *tables = sql_text("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN "
                            "('api_keys') AND name NOT LIKE 'sqlite%%' ORDER BY 1");
    for (char *table = strtok_r(tables, "\n", &rest); table; table = strtok_r(NULL, "\n", &rest))
        mem_append(office.mem, &dump, "%s:\n%s\n", table,
                   sql_text("SELECT %s AS r FROM %s ORDER BY 1", row_expression(table), table));
    db_close(office.db);
    office.db = NULL;
    return dump;
}

static long step(void)
{
    const char *text = getenv("OOM_EVERY");
    long given = text ? strtol(text, NULL, 10) : EVERY;
    return given > 0 ? given : EVERY;
}

/* ---- what must hold ---- */

/* What the undisturbed request does. */
struct model {
    const char *before, *after, *answer;
    long asked;
};

/* A phrase for what is wrong, or NULL. */
static const char *ending_fault(const struct model *model, const struct ending *ending,
                                const char *dump)
{
    bool is_before = strcmp(dump, model->before) == 0, is_after = strcmp(dump, model->after) == 0;
    if (!ending->exited)
        return "ended by a signal";
    if (ending->code != EX_OSERR)
        return "went on";
    if (!is_before && !is_after)
        return "half-written";
    if (*ending->text && strcmp(ending->text, model->answer) != 0)
        return "another answer";
    if (*ending->text && !is_after)
        return "answered, but not kept";
    return NULL;
}

static void usual_check(const struct scenario *scenario, const struct ending *ending, long nth)
{
    ck_assert_msg(ending->exited && ending->code == 0 && ending->status == scenario->status,
                  "%s: after allocation %ld has failed: %s %d: %s", scenario->name, nth,
                  ending->exited ? "exit" : "signal", ending->code, ending->text);
}

static struct model model_make(const struct scenario *scenario)
{
    struct model model = { .before = database_dump() };
    struct ending ending = request_run(&scenario->asked, scenario->from_start, 0);
    usual_check(scenario, &ending, 0);
    model.answer = ending.text;
    model.asked = *asked_shared;
    model.after = database_dump();
    ck_assert_int_gt(model.asked, 0);
    return model;
}

/* The same, sent once more; what has been done already and cannot be done twice is another request.
 */
static void again_try(const struct scenario *scenario, const struct model *model, bool is_done,
                      long nth)
{
    if (scenario->once && is_done)
        return;
    struct ending ending = request_run(&scenario->asked, false, 0);
    usual_check(scenario, &ending, nth);
    ck_assert_msg(strcmp(database_dump(), model->after) == 0,
                  "%s: sent again after allocation %ld has failed: another effect", scenario->name,
                  nth);
}

/* Lets the nth allocation fail and looks; what remains is the same most of the time, so that not
 * each time shows something new when it is sent again. */
static void failure_try(const struct scenario *scenario, const struct model *model, long nth)
{
    database_reset();
    struct ending ending = request_run(&scenario->asked, scenario->from_start, nth);
    const char *dump = database_dump(), *fault = ending_fault(model, &ending, dump);
    bool is_done = strcmp(dump, model->before) != 0;
    ck_assert_msg(!fault, "%s: allocation %ld of %ld fails: %s (%d): %s", scenario->name, nth,
                  model->asked, fault, ending.code, ending.text);
    if (is_done || nth / step() % AGAIN == 0)
        again_try(scenario, model, is_done, nth);
}

START_TEST(memory_runs_out)
{
    const struct scenario *scenario = &scenarios[_i];
    void *mem = office.mem;
    for (size_t i = 0; scenario->before[i].method; i++)
        ck_assert_int_eq(request_run(&scenario->before[i], false, 0).status, 200);
    (void)database_dump(); /* which leaves one plain file */
    file_copy(database, template);
    struct model model = model_make(scenario);
    for (long nth = 1 + _i % step(); nth <= model.asked; nth += step()) {
        office.mem = mem_context(mem);
        failure_try(scenario, &model, nth);
        mem_free(office.mem);
        office.mem = mem;
    }
}
END_TEST

static void begin(void)
{
    installation_make();
    asked_shared =
        mmap(NULL, sizeof *asked_shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert(asked_shared != MAP_FAILED);
    body_fd = memfd_create("body", MFD_CLOEXEC);
    answer_fd = memfd_create("answer", MFD_CLOEXEC);
    ck_assert(body_fd >= 0 && answer_fd >= 0);
}

static void end(void)
{
    munmap(asked_shared, sizeof *asked_shared);
    close(body_fd);
    close(answer_fd);
    office_close();
}

int main(void)
{
    if (!IS_POSSIBLE) {
        puts("1..0 # SKIP the sanitizer brings its own allocator");
        return 0;
    }
    Suite *suite = suite_create("oom");
    TCase *tests = tcase_create("requests");
    tcase_set_timeout(tests, 3600);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_loop_test(tests, memory_runs_out, 0, COUNT(scenarios));
    suite_add_tcase(suite, tests);
    return suite_run(suite);
}
