/* Responses as CGI output: Status first, one blank line, no header that was not meant. */
#include "http/response.h"
#include "support.h"
#include <string.h>

static struct http_request request;
static struct http_response response;

static void begin(void)
{
    folder_open();
    request = (struct http_request){ .mem = office.mem, .id = "req-1", .method = HTTP_GET };
    http_response_init(office.mem, &response);
}

static const char *text_of(void)
{
    size_t len;
    char *text = http_response_text(&response, &request, &len);
    ck_assert_uint_eq(strlen(text), len);
    return text;
}

static const char *body_of(const char *text)
{
    const char *body = strstr(text, "\r\n\r\n");
    ck_assert_ptr_nonnull(body);
    return body + 4;
}

/* The value of the header, or NULL; ends the test if it comes twice. */
static const char *header_of(const char *text, const char *name)
{
    char *mark = mem_printf(office.mem, "\r\n%s: ", name);
    const char *at = strstr(text, mark), *end = strstr(text, "\r\n\r\n");
    if (!at || at > end)
        return NULL;
    at += strlen(mark);
    ck_assert_msg(!strstr(at, mark) || strstr(at, mark) > end, "%s comes twice", name);
    return mem_strndup(office.mem, at, strcspn(at, "\r"));
}

START_TEST(json_is_told_with_status_type_and_length)
{
    struct json_object *json = json_of("{'a':'\xc3\xa9'}");
    http_response_json(&response, 201, json);
    const char *text = text_of();
    ck_assert(strncmp(text, "Status: 201 Created\r\n", 21) == 0);
    ck_assert_str_eq(header_of(text, "Content-Type"), "application/json");
    ck_assert_str_eq(header_of(text, "Content-Length"), "10");
    ck_assert_str_eq(header_of(text, "X-Request-Id"), "req-1");
    ck_assert_str_eq(header_of(text, "Cache-Control"), "no-store");
    ck_assert_str_eq(header_of(text, "X-Content-Type-Options"), "nosniff");
    ck_assert_str_eq(body_of(text), "{\"a\":\"\xc3\xa9\"}");
}
END_TEST

START_TEST(head_has_the_headers_of_get_and_no_body)
{
    http_response_json(&response, 200, json_of("{'a':1}"));
    const char *get = text_of();
    request.is_head = true;
    const char *head = text_of();
    ck_assert_str_eq(body_of(head), "");
    ck_assert_str_eq(header_of(head, "Content-Length"), "7");
    ck_assert(strncmp(get, head, strlen(head)) == 0);
}
END_TEST

START_TEST(no_content_has_neither_body_nor_type_nor_length)
{
    response.status = 204;
    const char *text = text_of();
    ck_assert(strncmp(text, "Status: 204 No Content\r\n", 24) == 0);
    ck_assert_ptr_null(header_of(text, "Content-Type"));
    ck_assert_ptr_null(header_of(text, "Content-Length"));
    ck_assert_str_eq(body_of(text), "");
}
END_TEST

START_TEST(nothing_in_a_value_makes_another_header)
{
    static const char *const values[] = { "a\r\nSet-Cookie: x=1",         "a\nSet-Cookie: x=1",
                                          "a\rSet-Cookie: x=1",           "a\r\n\r\n<html>",
                                          "a\xe2\x80\xa8Set-Cookie: x=1", "a\v\f\x1b" };
    for (size_t i = 0; i < COUNT(values); i++) {
        http_response_init(office.mem, &response);
        http_response_header(&response, "Location", values[i]);
        const char *text = text_of();
        ck_assert_msg(header_of(text, "Set-Cookie") == NULL, "row %zu", i);
        ck_assert_str_eq(body_of(text), "");
        const char *value = header_of(text, "Location");
        ck_assert_ptr_nonnull(value);
        for (const char *p = value; *p; p++)
            ck_assert_msg((unsigned char)*p >= 0x20, "row %zu", i);
    }
}
END_TEST

START_TEST(headers_keep_their_order)
{
    http_response_header(&response, "Allow", "GET, HEAD");
    http_response_header(&response, "Retry-After", "1");
    const char *text = text_of();
    ck_assert_str_eq(header_of(text, "Allow"), "GET, HEAD");
    ck_assert_str_eq(header_of(text, "Retry-After"), "1");
    ck_assert(strstr(text, "Allow") < strstr(text, "Retry-After"));
}
END_TEST

START_TEST(a_problem_is_an_rfc_9457_document)
{
    static const int statuses[] = { 400, 401, 403, 404, 405, 409, 413, 415, 422, 500, 503 };
    for (size_t i = 0; i < COUNT(statuses); i++) {
        struct json_object *json =
            http_response_problem(&response, "req-1", statuses[i], "What went wrong.");
        const char *text = text_of();
        ck_assert_str_eq(header_of(text, "Content-Type"), "application/problem+json");
        ck_assert_str_eq(json_text_at(json, "type"), "about:blank");
        ck_assert_str_eq(json_text_at(json, "title"), http_status_text(statuses[i]));
        ck_assert_str_ne(json_text_at(json, "title"), "Unknown");
        ck_assert_int_eq(json_int_at(json, "status"), statuses[i]);
        ck_assert_str_eq(json_text_at(json, "detail"), "What went wrong.");
        ck_assert_str_eq(json_text_at(json, "instance"), "req-1");
        ck_assert(strncmp(text, mem_printf(office.mem, "Status: %d ", statuses[i]), 12) == 0);
    }
}
END_TEST

START_TEST(a_response_that_nobody_filled_is_a_500)
{
    ck_assert(strncmp(text_of(), "Status: 500 ", 12) == 0);
}
END_TEST

START_TEST(every_status_that_routes_and_failures_give_has_its_phrase)
{
    for (size_t i = 0; i < route_count; i++)
        ck_assert_str_ne(http_status_text(routes[i].success), "Unknown");
    for (int err = ERR_NONE; err <= ERR_FAILED; err++) {
        http_response_init(office.mem, &response);
        exchange_refuse(&request, &response, (enum err)err);
        ck_assert_str_ne(http_status_text(response.status), "Unknown");
        ck_assert_int_ge(response.status, 400);
        bool later = response.status == 503;
        ck_assert_msg((header_of(text_of(), "Retry-After") != NULL) == later, "%s",
                      err_name((enum err)err));
    }
}
END_TEST

START_TEST(a_refusal_takes_back_what_the_handler_had_said)
{
    http_response_json(&response, 201, json_of("{'id':1}"));
    http_response_header(&response, "Location", "/voice-assistant/tasks/1");
    exchange_refuse(&request, &response, ERR_FULL);
    const char *text = text_of();
    ck_assert_ptr_null(header_of(text, "Location"));
    ck_assert_str_eq(header_of(text, "Retry-After"), "30");
    ck_assert_ptr_null(strstr(text, "\"id\""));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("response");
    TCase *tcase = tcase_create("response");
    tcase_add_checked_fixture(tcase, begin, office_close);
    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, json_is_told_with_status_type_and_length);
    tcase_add_test(tcase, head_has_the_headers_of_get_and_no_body);
    tcase_add_test(tcase, no_content_has_neither_body_nor_type_nor_length);
    tcase_add_test(tcase, nothing_in_a_value_makes_another_header);
    tcase_add_test(tcase, headers_keep_their_order);
    tcase_add_test(tcase, a_problem_is_an_rfc_9457_document);
    tcase_add_test(tcase, a_response_that_nobody_filled_is_a_500);
    tcase_add_test(tcase, every_status_that_routes_and_failures_give_has_its_phrase);
    tcase_add_test(tcase, a_refusal_takes_back_what_the_handler_had_said);
    return suite_run(suite);
}
