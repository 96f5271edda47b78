/* Requests: the method, the body by its announced length, headers, the address seen from outside.
 */
#include "http/request.h"
#include "support.h"
#include <string.h>

enum { BODY_MAX = 1000 };

static struct http_request request;

static void read_request(char *const *environment, const char *body, size_t len)
{
    struct http_limits limits = { "/voice-assistant", BODY_MAX };
    struct http_source source = body_source(office.mem, body, len);
    http_request_read(office.mem, "id", environment, &source, &limits, &request);
}

/* A body of len bytes; content_length NULL: not sent. */
static void send_body(const char *method, const char *content_length, size_t len)
{
    char *body = mem_bytes(office.mem, len + 1);
    memset(body, 'b', len);
    char *environment[] = {
        mem_printf(office.mem, "REQUEST_METHOD=%s", method),
        mem_strdup(office.mem, "REQUEST_URI=/voice-assistant/tasks"),
        content_length ? mem_printf(office.mem, "CONTENT_LENGTH=%s", content_length) : NULL, NULL
    };
    read_request(environment, body, len);
}

/* ---- bodies ---- */

static const struct {
    const char *length;
    size_t sent;
    int refusal;
    size_t read;
} bodies[] = {
    { "5", 5, 0, 5 },
    { "5", 9, 0, 5 }, /* what follows is somebody else's */
    { "0", 0, 0, 0 },
    { "0", 5, 0, 0 },
    { "0005", 5, 0, 5 },
    { "1000", 1000, 0, 1000 },
    { NULL, 0, 0, 0 },
    { NULL, 5, 0, 5 },
    { NULL, 1000, 0, 1000 },
    { "", 5, 0, 5 },
    { "5", 4, 400, 0 },
    { "5", 0, 400, 0 },
    { "-1", 5, 400, 0 },
    { "+5", 5, 400, 0 },
    { " 5", 5, 400, 0 },
    { "5 ", 5, 400, 0 },
    { "5, 5", 5, 400, 0 },
    { "5,6", 5, 400, 0 },
    { "0x5", 5, 400, 0 },
    { "5.0", 5, 400, 0 },
    { "five", 5, 400, 0 },
    { "1001", 1001, 413, 0 },
    { "1001", 0, 413, 0 },
    { "9223372036854775807", 5, 413, 0 },
    { "9223372036854775808", 5, 413, 0 },
    { "18446744073709551616", 5, 413, 0 },
    { "99999999999999999999999999999999", 5, 413, 0 },
    { NULL, 1001, 413, 0 },
    { NULL, 100000, 413, 0 },
};

START_TEST(a_body_is_read_as_announced_and_within_its_bounds)
{
    send_body("POST", bodies[_i].length, bodies[_i].sent);
    ck_assert_msg(request.refusal == bodies[_i].refusal, "row %d: %d", _i, request.refusal);
    if (request.refusal) {
        ck_assert_ptr_nonnull(request.refusal_detail);
        return;
    }
    ck_assert_uint_eq(request.body_len, bodies[_i].read);
    ck_assert_int_eq(request.body[request.body_len], '\0');
    ck_assert_uint_eq(strlen(request.body), request.body_len);
}
END_TEST

START_TEST(only_methods_with_a_body_have_one)
{
    static const struct {
        const char *method;
        bool has_body;
    } rows[] = { { "POST", true },  { "PUT", true },     { "GET", false },
                 { "HEAD", false }, { "DELETE", false }, { "PATCH", false } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        send_body(rows[i].method, "5", 5);
        ck_assert_msg(request.refusal == 0 && request.body_len == (rows[i].has_body ? 5 : 0), "%s",
                      rows[i].method);
    }
}
END_TEST

static ptrdiff_t break_off(void *from, char *buffer, size_t len)
{
    int *calls = from;
    if ((*calls)++ > 0)
        return -1;
    memset(buffer, 'b', len < 3 ? len : 3);
    return len < 3 ? (ptrdiff_t)len : 3;
}

START_TEST(a_body_that_breaks_off_is_refused)
{
    int calls = 0;
    char *environment[] = { mem_strdup(office.mem, "REQUEST_METHOD=POST"),
                            mem_strdup(office.mem, "REQUEST_URI=/voice-assistant/tasks"), NULL };
    struct http_limits limits = { "/voice-assistant", BODY_MAX };
    struct http_source source = { break_off, &calls };
    http_request_read(office.mem, "id", environment, &source, &limits, &request);
    ck_assert_int_eq(request.refusal, 400);
}
END_TEST

START_TEST(a_body_of_megabytes_is_whole)
{
    size_t len = 3000000;
    char *body = mem_bytes(office.mem, len);
    for (size_t i = 0; i < len; i++)
        body[i] = (char)('a' + i % 26);
    char *environment[] = { mem_strdup(office.mem, "REQUEST_METHOD=POST"),
                            mem_strdup(office.mem, "REQUEST_URI=/voice-assistant/tasks"), NULL };
    struct http_limits limits = { "/voice-assistant", 8 << 20 };
    struct http_source source = body_source(office.mem, body, len);
    http_request_read(office.mem, "id", environment, &source, &limits, &request);
    ck_assert_int_eq(request.refusal, 0);
    ck_assert_uint_eq(request.body_len, len);
    ck_assert_mem_eq(request.body, body, len);
}
END_TEST

/* ---- methods and headers ---- */

START_TEST(methods_are_known_by_their_exact_names)
{
    static const struct {
        const char *name;
        enum http_method method;
        bool is_head;
    } rows[] = {
        { "GET", HTTP_GET, false },       { "HEAD", HTTP_GET, true },
        { "POST", HTTP_POST, false },     { "PUT", HTTP_PUT, false },
        { "DELETE", HTTP_DELETE, false }, { "PATCH", HTTP_OTHER, false },
        { "get", HTTP_OTHER, false },     { "", HTTP_OTHER, false },
        { "GETX", HTTP_OTHER, false },    { "OPTIONS", HTTP_OTHER, false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        send_body(rows[i].name, NULL, 0);
        ck_assert_msg(request.method == rows[i].method && request.is_head == rows[i].is_head, "%s",
                      rows[i].name);
    }
    char *nothing[] = { NULL };
    read_request(nothing, "", 0);
    ck_assert_int_eq(request.method, HTTP_OTHER);
}
END_TEST

START_TEST(headers_are_found_by_their_names_in_any_case)
{
    char *environment[] = { "HTTP_X_API_KEY=key",
                            "HTTP_X_API_KEY_2=other",
                            "HTTP_HOST=h",
                            "HTTP_EMPTY=",
                            "NOT_A_HEADER=x",
                            "BROKEN",
                            NULL };
    request = (struct http_request){ .mem = office.mem, .environment = environment };
    ck_assert_str_eq(http_header(&request, "X-API-Key"), "key");
    ck_assert_str_eq(http_header(&request, "x-api-key"), "key");
    ck_assert_str_eq(http_header(&request, "Host"), "h");
    ck_assert_str_eq(http_header(&request, "Empty"), "");
    ck_assert_ptr_null(http_header(&request, "X-API"));
    ck_assert_ptr_null(http_header(&request, "Not-A-Header"));
    ck_assert_ptr_null(http_variable(&request, "BROKEN"));
    ck_assert_ptr_null(http_variable(&request, "BROKE"));
    ck_assert_ptr_null(http_header(
        &request, "X-A-Header-Whose-Name-Is-So-Long-That-Nobody-Would-Ever-Think-Of-Sending-It"));
}
END_TEST

/* ---- where we are, seen from outside ---- */

static const struct {
    const char *public_url, *host, *https, *forwarded, *mount;
    const char *base; /* NULL: not known */
} bases[] = {
    { NULL, "desk.example", NULL, NULL, "/va", "http://desk.example/va" },
    { NULL, "desk.example", "on", NULL, "/va", "https://desk.example/va" },
    { NULL, "desk.example", "ON", NULL, "/va", "https://desk.example/va" },
    { NULL, "desk.example", "off", NULL, "/va", "http://desk.example/va" },
    { NULL, "desk.example", NULL, "https", "/va", "https://desk.example/va" },
    { NULL, "desk.example", NULL, "http", "/va", "http://desk.example/va" },
    { NULL, "desk.example", NULL, "gopher", "/va", "http://desk.example/va" },
    { NULL, "127.0.0.1:8000", NULL, NULL, "/va", "http://127.0.0.1:8000/va" },
    { NULL, "[::1]:8000", NULL, NULL, "/va", "http://[::1]:8000/va" },
    { NULL, "desk.example", NULL, NULL, "", "http://desk.example" },
    { NULL, NULL, NULL, NULL, "/va", NULL },
    { NULL, "", NULL, NULL, "/va", NULL },
    { NULL, "a/b", NULL, NULL, "/va", NULL },
    { NULL, "a\r\nX: y", NULL, NULL, "/va", NULL },
    { NULL, "a b", NULL, NULL, "/va", NULL },
    { NULL, "a\"b", NULL, NULL, "/va", NULL },
    { NULL, "u@h", NULL, NULL, "/va", NULL },
    { NULL, "h?x", NULL, NULL, "/va", NULL },
    { NULL, "h#x", NULL, NULL, "/va", NULL },
    { NULL, "h\xc3\xa9", NULL, NULL, "/va", NULL },
    { "https://public.example", "evil.example", NULL, NULL, "/va", "https://public.example/va" },
    { "https://public.example/", "h", NULL, NULL, "/va", "https://public.example/va" },
    { "https://public.example/va", "h", NULL, NULL, "/va", "https://public.example/va" },
    { "https://public.example/va/", "h", NULL, NULL, "/va", "https://public.example/va" },
    { "https://public.example//", NULL, NULL, NULL, "/va", "https://public.example/va" },
    { "https://public.example", NULL, NULL, NULL, "", "https://public.example" },
};

START_TEST(the_base_url_is_the_public_one_or_what_a_plausible_host_says)
{
    size_t n = 0;
    char *environment[4];
    if (bases[_i].host)
        environment[n++] = mem_printf(office.mem, "HTTP_HOST=%s", bases[_i].host);
    if (bases[_i].https)
        environment[n++] = mem_printf(office.mem, "HTTPS=%s", bases[_i].https);
    if (bases[_i].forwarded)
        environment[n++] = mem_printf(office.mem, "HTTP_X_FORWARDED_PROTO=%s", bases[_i].forwarded);
    environment[n] = NULL;
    request = (struct http_request){ .mem = office.mem,
                                     .environment = environment,
                                     .mount = bases[_i].mount };
    const char *base = http_base_url(&request, bases[_i].public_url);
    if (bases[_i].base)
        ck_assert_pstr_eq(base, bases[_i].base);
    else
        ck_assert_ptr_null(base);
}
END_TEST

START_TEST(a_host_of_any_length_is_no_trouble)
{
    char *host = mem_bytes(office.mem, 70000);
    memset(host, 'h', 69999);
    host[69999] = '\0';
    char *environment[] = { mem_printf(office.mem, "HTTP_HOST=%s", host), NULL };
    request = (struct http_request){ .mem = office.mem, .environment = environment, .mount = "" };
    ck_assert_ptr_null(http_base_url(&request, NULL));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("request");
    TCase *tcase = tcase_create("request");
    tcase_add_checked_fixture(tcase, folder_open, office_close);
    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(tcase, a_body_is_read_as_announced_and_within_its_bounds, 0, COUNT(bodies));
    tcase_add_test(tcase, only_methods_with_a_body_have_one);
    tcase_add_test(tcase, a_body_that_breaks_off_is_refused);
    tcase_add_test(tcase, a_body_of_megabytes_is_whole);
    tcase_add_test(tcase, methods_are_known_by_their_exact_names);
    tcase_add_test(tcase, headers_are_found_by_their_names_in_any_case);
    tcase_add_loop_test(tcase, the_base_url_is_the_public_one_or_what_a_plausible_host_says, 0,
                        COUNT(bases));
    tcase_add_test(tcase, a_host_of_any_length_is_no_trouble);
    return suite_run(suite);
}
