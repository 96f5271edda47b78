/* JSON: strict about what is read, exact about what is written. */
#include "base/instant.h"
#include "base/json.h"
#include "base/text.h"
#include "support.h"
#include <math.h>
#include <string.h>

#define BYTES(literal) (literal), sizeof(literal) - 1

static enum err read_bytes(const char *bytes, size_t len, struct json_object **json,
                           const char **why)
{
    /* A copy of just these bytes, so that the sanitizer sees what reads beyond them. */
    char *copy = mem_bytes(office.mem, len ? len : 1);
    memcpy(copy, bytes, len);
    return json_read(office.mem, copy, len, json, why);
}

/* ---- reading ---- */

static const struct {
    const char *bytes;
    size_t len;
} proper[] = {
    { BYTES("{}") },
    { BYTES("[]") },
    { BYTES(" {\"a\": [1, -2.5e3, true, false, null, \"x\"]} \n") },
    { BYTES("0") },
    { BYTES("-12") },
    { BYTES("1.5") },
    { BYTES("1e3") },
    { BYTES("\"text\"") },
    { BYTES("true") },
    { BYTES("null") },
    { BYTES("\"\\ud83d\\ude00\"") },
    { BYTES("\"\xf0\x9f\x98\x80\"") },
    { BYTES("{\"a\":1,\"a\":2}") }, /* RFC 8259 leaves it open; the last one counts */
};

START_TEST(proper_json_is_read)
{
    struct json_object *json;
    const char *why;
    for (size_t i = 0; i < COUNT(proper); i++)
        ck_assert_msg(read_bytes(proper[i].bytes, proper[i].len, &json, &why) == ERR_NONE, "%s: %s",
                      proper[i].bytes, why);
}
END_TEST

static const struct {
    const char *bytes;
    size_t len;
} improper[] = {
    { BYTES("") },
    { BYTES(" ") },
    { BYTES("\n\t ") },
    { BYTES("{") },
    { BYTES("[1") },
    { BYTES("[1,") },
    { BYTES("{\"a\"") },
    { BYTES("{\"a\":") },
    { BYTES("\"abc") },
    { BYTES("tru") },
    { BYTES("nul") },
    { BYTES("-") },
    { BYTES("{} {}") },
    { BYTES("{}x") },
    { BYTES("[1]]") },
    { BYTES("1 2") },
    { BYTES("12x") },
    { BYTES("{}\0") },
    { BYTES("{}\0garbage") },
    { BYTES("[1]\0{}") },
    { BYTES("12\0") },
    { BYTES("\0{}") },
    { BYTES("\"a\0b\"") }, /* a control character has to be escaped */
    { BYTES("{'a':1}") },
    { BYTES("{a:1}") },
    { BYTES("[1,]") },
    { BYTES("{\"a\":1,}") },
    { BYTES("// c\n{}") },
    { BYTES("/* c */{}") },
    { BYTES("[1 /* c */]") },
    { BYTES("NaN") },
    { BYTES("[NaN]") },
    { BYTES("Infinity") },
    { BYTES("[-Infinity]") },
    { BYTES("[+1]") },
    { BYTES("[.5]") },
    { BYTES("[01]") },
    { BYTES("[0x10]") },
    { BYTES("[True]") },
    { BYTES("[TRUE]") },
    { BYTES("\xef\xbb\xbf{}") }, /* RFC 8259: a parser may refuse a byte order mark */
    { BYTES("\"\xff\"") },
    { BYTES("\"\xc0\x80\"") },
    { BYTES("\"\xed\xa0\x80\"") }, /* a surrogate in UTF-8 */
    { BYTES("\"\xe2\x82\"") },
    { BYTES("{\"\xff\":1}") },
    { BYTES("\"\\x41\"") },
    { BYTES("\"\\u12\"") },
    { BYTES("\"\\u12G4\"") },
};

START_TEST(improper_json_is_refused_with_a_phrase)
{
    struct json_object *json;
    const char *why = NULL;
    ck_assert_msg(read_bytes(improper[_i].bytes, improper[_i].len, &json, &why) == ERR_INVALID,
                  "row %d: \"%s\" was read", _i, improper[_i].bytes);
    ck_assert_ptr_null(json);
    ck_assert(why && *why);
}
END_TEST

START_TEST(depth_is_bounded)
{
    struct json_object *json;
    const char *why;
    for (int depth = 1; depth <= 100000; depth = depth < 40 ? depth + 1 : depth * 7) {
        char *text = mem_bytes(office.mem, 2 * (size_t)depth);
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        enum err err = json_read(office.mem, text, 2 * (size_t)depth, &json, &why);
        ck_assert_msg(err == (depth < JSON_DEPTH_MAX ? ERR_NONE : ERR_INVALID) ||
                          depth == JSON_DEPTH_MAX,
                      "depth %d", depth);
        if (err)
            ck_assert_ptr_nonnull(strstr(why, "deep"));
    }
}
END_TEST

START_TEST(lone_surrogates_are_replaced)
{
    static const char *const rows[] = { "\"a\\ud800b\"", "\"\\udc00\"", "\"\\ud800\\ud800\"",
                                        "\"\\ud83d\"" };
    struct json_object *json;
    const char *why;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (read_bytes(rows[i], strlen(rows[i]), &json, &why) != ERR_NONE)
            continue;
        const char *text = json_object_get_string(json);
        ck_assert_msg(text_utf8_valid(text, strlen(text)), "%s", rows[i]);
        ck_assert_ptr_nonnull(strstr(text, "\xef\xbf\xbd"));
    }
}
END_TEST

START_TEST(a_nul_inside_a_string_becomes_the_replacement_character)
{
    struct json_object *json;
    const char *why, text[] = "{\"a\":\"x\\u0000y\",\"b\":[\"\\u0000\",\"\\u0000\\u0000z\"]}";
    ck_assert_int_eq(read_bytes(text, strlen(text), &json, &why), ERR_NONE);
    ck_assert_str_eq(json_text_at(json, "a"), "x\xef\xbf\xbdy");
    struct json_object *list = json_get(json, "b");
    ck_assert_str_eq(json_object_get_string(json_object_array_get_idx(list, 0)), "\xef\xbf\xbd");
    ck_assert_str_eq(json_object_get_string(json_object_array_get_idx(list, 1)),
                     "\xef\xbf\xbd\xef\xbf\xbdz");
}
END_TEST

START_TEST(random_bytes_are_read_or_refused_without_harm)
{
    static const char alphabet[] = "{}[]\",:0123456789.eE+-truefalsn\\u \n\xc3\xa9\xff";
    uint32_t state = 5;
    for (int i = 0; i < 50000; i++) {
        char text[40];
        size_t len = random_below(&state, sizeof text);
        for (size_t k = 0; k < len; k++)
            text[k] = alphabet[random_below(&state, sizeof alphabet)];
        struct json_object *json;
        const char *why;
        void *mem = mem_context(NULL);
        if (json_read(mem, text, len, &json, &why) == ERR_NONE) {
            size_t out_len;
            const char *out = json_text(mem, json, &out_len);
            struct json_object *again;
            ck_assert_msg(json_read(mem, out, out_len, &again, &why) == ERR_NONE,
                          "what was read from \"%.*s\" is written as \"%s\"", (int)len, text, out);
        }
        mem_free(mem);
    }
}
END_TEST

/* ---- numbers ---- */

static const struct {
    const char *text;
    int digits;
    bool ok;
    int64_t value;
} decimals[] = {
    { "0", 2, true, 0 },
    { "1", 2, true, 100 },
    { "0.29", 2, true, 29 },
    { "1.1", 2, true, 110 },
    { "4.35", 2, true, 435 },
    { "-0.01", 2, true, -1 },
    { "0.1", 6, true, 100000 },
    { "0.000001", 6, true, 1 },
    { "850000.50", 2, true, 85000050 },
    { "1.00", 0, true, 1 },
    { "9223372036854775807", 0, true, INT64_MAX },
    { "90071992547409.93", 2, true, INT64_C(9007199254740993) }, /* beyond a double's reach */
    { "1e3", 2, true, 100000 },
    { "1.5E2", 0, true, 150 },
    { "2e-1", 2, true, 20 },
    { "0.001", 2, false, 0 },
    { "1.5", 0, false, 0 },
    { "15e-1", 0, false, 0 },
    { "9223372036854775808", 0, false, 0 },
    { "18446744073709551615", 0, false, 0 },
    { "-9223372036854775809", 0, false, 0 },
    { "99999999999999999999999999999999", 0, false, 0 },
    { "1e400", 0, false, 0 },
    { "-1e400", 2, false, 0 },
    { "1e18", 2, false, 0 },
    { "1e300", 0, false, 0 },
    { "\"1\"", 0, false, 0 },
    { "null", 0, false, 0 },
    { "true", 0, false, 0 },
    { "[1]", 0, false, 0 },
};

START_TEST(numbers_are_taken_exactly_or_not_at_all)
{
    struct json_object *json;
    const char *why;
    for (size_t i = 0; i < COUNT(decimals); i++) {
        int64_t value = 0;
        ck_assert_int_eq(read_bytes(decimals[i].text, strlen(decimals[i].text), &json, &why),
                         ERR_NONE);
        bool ok = json_decimal(json, decimals[i].digits, &value);
        ck_assert_msg(ok == decimals[i].ok && (!ok || value == decimals[i].value), "%s: %lld",
                      decimals[i].text, (long long)value);
    }
}
END_TEST

START_TEST(integers_come_as_numbers_or_as_texts_of_one)
{
    static const struct {
        const char *text;
        int64_t value;
    } rows[] = {
        { "{'a':5}", 5 },
        { "{'a':'5'}", 5 },
        { "{'a':-5}", -5 },
        { "{'a':5.0}", 5 },
        { "{'a':5e0}", 5 },
        { "{'a':5.5}", NO_VALUE },
        { "{'a':' 5'}", NO_VALUE },
        { "{'a':'5x'}", NO_VALUE },
        { "{'a':''}", NO_VALUE },
        { "{'a':true}", NO_VALUE },
        { "{'a':null}", NO_VALUE },
        { "{'a':[5]}", NO_VALUE },
        { "{}", NO_VALUE },
        { "{'a':1e99}", NO_VALUE },
        { "{'a':'99999999999999999999'}", NO_VALUE },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(json_int_at(json_of(rows[i].text), "a") == rows[i].value, "%s", rows[i].text);
}
END_TEST

START_TEST(reals_come_as_numbers_or_as_texts_of_one)
{
    static const struct {
        const char *text;
        double value;
    } rows[] = {
        { "{'a':1.5}", 1.5 },    { "{'a':'1.5'}", 1.5 },   { "{'a':-2}", -2 },
        { "{'a':'1e3'}", 1000 }, { "{'a':'x'}", NAN },     { "{'a':''}", NAN },
        { "{'a':'1.5x'}", NAN }, { "{'a':true}", NAN },    { "{'a':null}", NAN },
        { "{}", NAN },           { "{'a':{}}", NAN },      { "{'a':'inf'}", NAN },
        { "{'a':'nan'}", NAN },  { "{'a':'0x1p4'}", NAN }, { "{'a':' 1'}", NAN },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        double value = json_real_at(json_of(rows[i].text), "a");
        ck_assert_msg(isnan(rows[i].value) ? isnan(value) : value == rows[i].value, "%s: %g",
                      rows[i].text, value);
    }
}
END_TEST

/* ---- getting ---- */

START_TEST(paths_reach_members_and_nothing_else)
{
    struct json_object *json = json_of("{'a':{'b':{'c':'deep'}},'l':[1],'t':'x','n':1}");
    ck_assert_str_eq(json_text_at(json, "a.b.c"), "deep");
    ck_assert_str_eq(json_text_at(json, "t"), "x");
    ck_assert_ptr_null(json_at(json, "a.b.c.d"));
    ck_assert_ptr_null(json_at(json, "a.x.c"));
    ck_assert_ptr_null(json_at(json, "l.0"));
    ck_assert_ptr_null(json_text_at(json, "n"));
    ck_assert_ptr_null(json_text_at(json, "a"));
    ck_assert_ptr_null(json_at(NULL, "a"));
    ck_assert_ptr_null(json_get(NULL, "a"));
    ck_assert_ptr_null(json_get(json_get(json, "l"), "a"));
    ck_assert_ptr_eq(json_at(json, ""), json);
    ck_assert_ptr_null(json_at(
        json, "a_member_whose_name_is_longer_than_any_that_is_ever_asked_for_in_this_program"));
}
END_TEST

/* ---- making ---- */

START_TEST(what_is_not_known_is_null)
{
    struct json_object *json = json_object_on(office.mem);
    json_put_text(json, "text", NULL);
    json_put_int(json, "int", NO_VALUE);
    json_put_real(json, "real", NAN);
    json_put_decimal(json, "decimal", NO_VALUE, 2);
    json_put_instant(json, "instant", NO_VALUE);
    json_put_null(json, "null");
    ck_assert_str_eq(json_text(office.mem, json, NULL),
                     "{\"text\":null,\"int\":null,\"real\":null,\"decimal\":null,"
                     "\"instant\":null,\"null\":null}");
}
END_TEST

START_TEST(what_is_known_is_written_exactly)
{
    struct json_object *json = json_object_on(office.mem);
    size_t len;
    json_put_text(json, "text", "a/b \"c\"\n\xc3\xa9");
    json_put_int(json, "int", INT64_MAX);
    json_put_bool(json, "bool", true);
    json_put_real(json, "real", 2.5);
    json_put_real(json, "tenth", 0.1);
    json_put_decimal(json, "money", INT64_C(9007199254740993), 2);
    json_put_decimal(json, "micros", 1, 6);
    json_put_instant(json, "instant", OFFICE_NOW);
    json_put_instant(json, "precise", OFFICE_NOW + 5);
    json_put_int(json_put_array(json, "list"), NULL, 1);
    json_put_int(json_put_object(json, "object"), "a", -1);
    const char *text = json_text(office.mem, json, &len);
    ck_assert_str_eq(text, "{\"text\":\"a/b \\\"c\\\"\\n\xc3\xa9\",\"int\":9223372036854775807,"
                           "\"bool\":true,\"real\":2.5,\"tenth\":0.1,"
                           "\"money\":90071992547409.93,\"micros\":0.000001,"
                           "\"instant\":\"2026-09-01T17:04:00Z\","
                           "\"precise\":\"2026-09-01T17:04:00.005Z\",\"list\":[1],"
                           "\"object\":{\"a\":-1}}");
    ck_assert_uint_eq(len, strlen(text));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json");
    TCase *reading = tcase_create("reading"), *numbers = tcase_create("numbers"),
          *making = tcase_create("making");
    TCase *all[] = { reading, numbers, making };
    for (size_t i = 0; i < COUNT(all); i++) {
        tcase_add_checked_fixture(all[i], folder_open, office_close);
        tcase_set_timeout(all[i], 60);
        suite_add_tcase(suite, all[i]);
    }
    tcase_add_test(reading, proper_json_is_read);
    tcase_add_loop_test(reading, improper_json_is_refused_with_a_phrase, 0, COUNT(improper));
    tcase_add_test(reading, depth_is_bounded);
    tcase_add_test(reading, lone_surrogates_are_replaced);
    tcase_add_test(reading, a_nul_inside_a_string_becomes_the_replacement_character);
    tcase_add_test(reading, random_bytes_are_read_or_refused_without_harm);
    tcase_add_test(reading, paths_reach_members_and_nothing_else);
    tcase_add_test(numbers, numbers_are_taken_exactly_or_not_at_all);
    tcase_add_test(numbers, integers_come_as_numbers_or_as_texts_of_one);
    tcase_add_test(numbers, reals_come_as_numbers_or_as_texts_of_one);
    tcase_add_test(making, what_is_not_known_is_null);
    tcase_add_test(making, what_is_known_is_written_exactly);
    return suite_run(suite);
}
