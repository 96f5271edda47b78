/* Paths: whatever a server makes of a request's target, the segments behind the mount come out. The
 * variables are those that servers send (reference/model-codebases.md, "FastCGI responders"). */
#include "http/path.h"
#include "support.h"
#include <string.h>

static struct http_request request;

/* Settles the path; the segments joined by "|", or the refusal as text. */
static const char *settled(const char *uri, const char *script_name, const char *path_info,
                           const char *query, const char *mount)
{
    request = (struct http_request){ .mem = office.mem };
    path_settle(&request, uri, script_name, path_info, query, mount);
    if (request.refusal)
        return mem_printf(office.mem, "%d", request.refusal);
    char *text = mem_strdup(office.mem, "");
    for (size_t i = 0; i < request.segment_count; i++)
        mem_append(office.mem, &text, "%s%s", i ? "|" : "", request.segments[i]);
    return text;
}

/* ---- servers ---- */

#define VA "/voice-assistant"

static const struct {
    const char *server;
    const char *uri, *script_name, *path_info;
    const char *mount;    /* configured */
    const char *segments; /* what comes out */
    const char *found;    /* the mount that was found */
} servers[] = {
    { "lighttpd, prefix", VA "/phone-calls/5", VA, "/phone-calls/5", VA, "phone-calls|5", VA },
    { "lighttpd, prefix with a slash at its end", VA "/phone-calls/5", VA "/phone-calls", "/5", VA,
      "phone-calls|5", VA },
    { "lighttpd at the root", "/phone-calls/5", "", "/phone-calls/5", VA, "phone-calls|5", "" },
    { "lighttpd cgi-bin", "/cgi-bin" VA "/tasks", "/cgi-bin" VA, "/tasks", VA, "tasks",
      "/cgi-bin" VA },
    { "mod_fcgid, ScriptAlias", VA "/tasks", VA, "/tasks", VA, "tasks", VA },
    { "mod_fcgid at the root", "/tasks/7", "", "/tasks/7", VA, "tasks|7", "" },
    { "mod_proxy_fcgi with ProxyPass: no PATH_INFO", VA "/tasks/7", VA "/tasks/7", NULL, VA,
      "tasks|7", VA },
    { "mod_proxy_fcgi with a split", VA "/tasks/7", VA, "/tasks/7", VA, "tasks|7", VA },
    { "mod_cgi", "/cgi-bin" VA "/tasks", "/cgi-bin" VA, "/tasks", VA, "tasks", "/cgi-bin" VA },
    { "another mount by configuration", "/desk/tasks", "/desk", "/tasks", "/desk", "tasks",
      "/desk" },
    { "another name, told by SCRIPT_NAME", "/cgi-bin/va.cgi/tasks", "/cgi-bin/va.cgi", "/tasks", VA,
      "tasks", "/cgi-bin/va.cgi" },
    { "another name, told by PATH_INFO", "/x/va/tasks", NULL, "/tasks", VA, "tasks", "/x/va" },
    { "an absolute target", "https://desk.example" VA "/tasks", VA, "/tasks", VA, "tasks", VA },
    { "an absolute target with a port", "http://desk.example:8000" VA "/tasks?x=1", VA, "/tasks",
      VA, "tasks", VA },
    { "without REQUEST_URI", NULL, VA, "/tasks/7", VA, "tasks|7", VA },
    { "with an empty REQUEST_URI", "", VA, "/tasks/7", VA, "tasks|7", VA },
    { "the mount alone", VA, VA, "", VA, "", VA },
    { "a name that begins like the mount", VA "-2/tasks", VA "-2", "/tasks", VA, "tasks", VA "-2" },
    { "nothing at all", NULL, NULL, NULL, VA, "", "" },
};

START_TEST(every_server_s_variables_give_the_same_path)
{
    const char *segments = settled(servers[_i].uri, servers[_i].script_name, servers[_i].path_info,
                                   NULL, servers[_i].mount);
    ck_assert_msg(strcmp(segments, servers[_i].segments) == 0, "%s: %s", servers[_i].server,
                  segments);
    ck_assert_msg(strcmp(request.mount, servers[_i].found) == 0, "%s: mount %s", servers[_i].server,
                  request.mount);
}
END_TEST

/* ---- segments ---- */

static const struct {
    const char *path; /* behind the mount */
    const char *segments;
} paths[] = {
    { "/phone-calls", "phone-calls" },
    { "/phone-calls/", "404" },
    { "/", "404" },
    { "//phone-calls", "404" },
    { "/phone-calls//5", "404" },
    { "/./phone-calls", "404" },
    { "/x/../phone-calls", "404" },
    { "/%2e%2e/phone-calls", "404" },
    { "/%2E/phone-calls", "404" },
    { "/phone%2Dcalls", "phone-calls" },
    { "/%70hone-calls", "phone-calls" },
    { "/a%20b", "a b" },
    { "/a+b", "a+b" },   /* a plus is a space in queries alone */
    { "/%2541", "%41" }, /* decoded once */
    { "/a%2Fb", "400" },
    { "/a%2fb", "400" },
    { "/a%00b", "400" },
    { "/%00", "400" },
    { "/a%", "400" },
    { "/a%4", "400" },
    { "/a%zz", "400" },
    { "/%c3%a9", "\xc3\xa9" },
    { "/\xc3\xa9", "\xc3\xa9" },
    { "/%ff", "400" },
    { "/\xff", "400" },
    { "/%c0%af", "400" },
    { "/%ed%a0%80", "400" },
    { "/1/2/3/4/5/6/7/8", "1|2|3|4|5|6|7|8" },
    { "/1/2/3/4/5/6/7/8/9", "404" },
    { "/phone-calls?status=completed", "phone-calls" },
    { "/phone-calls#top", "phone-calls" },
    { "/%3Fx", "?x" },
};

START_TEST(segments_are_decoded_once_and_odd_ones_refused)
{
    const char *uri = mem_printf(office.mem, VA "%s", paths[_i].path);
    const char *segments = settled(uri, VA, NULL, NULL, VA);
    ck_assert_msg(strcmp(segments, paths[_i].segments) == 0, "%s: %s", paths[_i].path, segments);
}
END_TEST

START_TEST(a_long_path_is_refused_without_harm)
{
    char *uri = mem_bytes(office.mem, 100001);
    memset(uri, '/', 100000);
    uri[100000] = '\0';
    ck_assert_str_eq(settled(uri, VA, NULL, NULL, VA), "404");
    memset(uri, 'a', 100000);
    memcpy(uri, VA "/", strlen(VA "/"));
    ck_assert_uint_eq(strlen(settled(uri, VA, NULL, NULL, VA)), 100000 - strlen(VA "/"));
}
END_TEST

/* ---- queries ---- */

static const struct {
    const char *query;
    const char *params; /* name=value joined by "|", or the refusal */
} queries[] = {
    { "", "" },
    { "a=1", "a=1" },
    { "a=1&b=2", "a=1|b=2" },
    { "a=", "a=" },
    { "a", "a=" },
    { "a=b=c", "a=b=c" },
    { "&&a=1&", "a=1" },
    { "a=x+y%20z%2B", "a=x y z+" },
    { "phone_number=%2B14155550123", "phone_number=+14155550123" },
    { "a%3D=%26", "a==&" },
    { "a=1&a=2", "400" },
    { "a=1&%61=2", "400" },
    { "a=%", "400" },
    { "a=%00", "400" },
    { "a=%ff", "400" },
    { "%ff=1", "400" },
    { "A=1&a=2", "A=1|a=2" },
    { "a=\xc3\xa9", "a=\xc3\xa9" },
};

static const char *params_told(void)
{
    if (request.refusal)
        return mem_printf(office.mem, "%d", request.refusal);
    char *text = mem_strdup(office.mem, "");
    for (size_t i = 0; i < request.query_count; i++)
        mem_append(office.mem, &text, "%s%s=%s", i ? "|" : "", request.query[i].name,
                   request.query[i].value);
    return text;
}

START_TEST(queries_are_decoded_and_none_is_given_twice)
{
    settled(VA "/tasks", VA, NULL, queries[_i].query, VA);
    ck_assert_msg(strcmp(params_told(), queries[_i].params) == 0, "%s: %s", queries[_i].query,
                  params_told());
    if (*queries[_i].query && !strchr(queries[_i].query, '#')) {
        settled(mem_printf(office.mem, VA "/tasks?%s", queries[_i].query), VA, NULL, NULL, VA);
        ck_assert_str_eq(params_told(), queries[_i].params);
    }
}
END_TEST

START_TEST(a_query_holds_32_parameters_and_no_more)
{
    char *query = NULL;
    for (int i = 0; i < 32; i++)
        mem_append(office.mem, &query, "%sp%d=%d", i ? "&" : "", i, i);
    settled(VA "/tasks", VA, NULL, query, VA);
    ck_assert_int_eq(request.refusal, 0);
    ck_assert_str_eq(http_query(&request, "p31"), "31");
    ck_assert_ptr_null(http_query(&request, "p32"));
    ck_assert_ptr_null(http_query(&request, "p"));
    mem_append(office.mem, &query, "&p32=32");
    settled(VA "/tasks", VA, NULL, query, VA);
    ck_assert_int_eq(request.refusal, 400);
}
END_TEST

START_TEST(decoding_reads_no_further_than_it_may)
{
    char *bytes = mem_memdup(office.mem, "%4", 2);
    ck_assert_ptr_null(path_decode(office.mem, bytes, 2, false));
    bytes = mem_memdup(office.mem, "%", 1);
    ck_assert_ptr_null(path_decode(office.mem, bytes, 1, false));
    ck_assert_str_eq(path_decode(office.mem, "%41%42", 3, false), "A");
    ck_assert_str_eq(path_decode(office.mem, "a+b", 3, true), "a b");
    ck_assert_str_eq(path_decode(office.mem, "", 0, true), "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("path");
    TCase *path = tcase_create("path");
    tcase_add_checked_fixture(path, folder_open, office_close);
    suite_add_tcase(suite, path);
    tcase_add_loop_test(path, every_server_s_variables_give_the_same_path, 0, COUNT(servers));
    tcase_add_loop_test(path, segments_are_decoded_once_and_odd_ones_refused, 0, COUNT(paths));
    tcase_add_test(path, a_long_path_is_refused_without_harm);
    tcase_add_loop_test(path, queries_are_decoded_and_none_is_given_twice, 0, COUNT(queries));
    tcase_add_test(path, a_query_holds_32_parameters_and_no_more);
    tcase_add_test(path, decoding_reads_no_further_than_it_may);
    return suite_run(suite);
}
