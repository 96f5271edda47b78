/* Values and records from outside: what is taken, what is refused and how that is said; the checks
 * between a number's fields; API keys. */
#include "base/instant.h"
#include "base/mem.h"
#include "desk/fields.h"
#include "desk/keys.h"
#include "desk/numbers.h"
#include "store/phone_calls.h"
#include "store/properties.h"
#include "store/tasks.h"
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void *mem;
static struct faults faults;

static void begin(void)
{
    mem = mem_context(NULL);
    faults = faults_on(mem);
}

static void end(void)
{
    mem_free(mem);
}

static struct json_object *parsed(const char *text)
{
    struct json_object *value;
    const char *why;
    ck_assert_msg(json_read(mem, text, strlen(text), &value, &why) == ERR_NONE, "%s: %s", text,
                  why);
    return value;
}

/* The first fault of a record read from text as "field: detail", or "" when it is taken. */
static const char *read_property(const char *text, bool creating, struct property *property)
{
    faults = faults_on(mem);
    enum err err =
        record_read_json(mem, &table_properties, parsed(text), creating, property, &faults);
    ck_assert_int_eq(err == ERR_NONE, faults.count == 0);
    return err ? mem_printf(mem, "%s: %s", faults.list[0].field, faults.list[0].detail) : "";
}

static const char *as_json(const struct table *table, const void *record)
{
    struct json_object *object = json_object_on(mem);
    record_put_json(object, table, record, false);
    return json_text(mem, object, NULL);
}

/* ---- single values ---- */

struct sample {
    const struct table *table;
    const char *label;
    const char *given;
    const char *shown; /* as JSON; NULL: refused */
};

static const char *shown(const struct sample *sample, bool from_json)
{
    union {
        struct property property;
        struct phone_number number;
        struct task task;
    } record = { 0 };
    const struct field *field = field_find(sample->table, sample->label);
    table_clear(sample->table, &record);
    ck_assert_ptr_nonnull(field);
    enum err err = from_json ? field_set_json(mem, field, parsed(sample->given), &record, &faults)
                             : field_set_text(mem, field, sample->given, &record, &faults);
    if (err)
        return NULL;
    struct json_object *object = json_object_on(mem);
    field_put_json(object, field, &record);
    struct json_object *value = json_get(object, sample->label);
    return value ? json_text(mem, value, NULL) : "null";
}

static void check_samples(const struct sample *samples, size_t count, bool from_json)
{
    for (size_t i = 0; i < count; i++) {
        const char *got = shown(&samples[i], from_json);
        ck_assert_msg(got == samples[i].shown ||
                          (got && samples[i].shown && strcmp(got, samples[i].shown) == 0),
                      "row %zu: %s from %s: %s", i, samples[i].label, samples[i].given,
                      got ? got : "refused");
    }
}

#define P &table_properties
#define N &table_phone_numbers
#define T &table_tasks

START_TEST(json_values_are_taken_strictly)
{
    static const struct sample samples[] = {
        { P, "price", "850000", "850000" },
        { P, "price", "850000.5", "850000.5" },
        { P, "price", "8.5e5", "850000" },
        { P, "price", "1.005", NULL },
        { P, "price", "0", NULL },
        { P, "price", "-5", NULL },
        { P, "price", "10000000000", "10000000000" },
        { P, "price", "10000000000.01", NULL },
        { P, "price", "1e300", NULL },
        { P, "price", "\"850000\"", NULL },
        { P, "price", "null", "null" },
        { P, "bedrooms", "3", "3" },
        { P, "bedrooms", "3.0", "3" },
        { P, "bedrooms", "3.5", NULL },
        { P, "bedrooms", "true", NULL },
        { P, "bedrooms", "9223372036854775808", NULL },
        { P, "bathrooms", "2.5", "2.5" },
        { P, "bathrooms", "1e999", NULL },
        { P, "bathrooms", "1001", NULL },
        { P, "agent_id", "0", NULL },
        { P, "agent_id", "-1", NULL },
        { P, "agent_id", "7", "7" },
        { P, "address", "\"123 Main St\"", "\"123 Main St\"" },
        { P, "address", "\"  \\t\"", NULL },
        { P, "address", "\"\"", NULL },
        { P, "address", "null", NULL },
        { P, "address", "123", NULL },
        { P, "address", "\"a\\u0007b\"", NULL },
        { P, "address", "\"a\\u0085b\"", NULL },
        { P, "description", "\"two\\n\\tlines\"", "\"two\\n\\tlines\"" },
        { P, "description", "\"\"", "\"\"" },
        { P, "listing_status", "\"sold\"", "\"sold\"" },
        { P, "listing_status", "\"Sold\"", NULL },
        { P, "listing_status", "null", NULL },
        { N, "is_active", "true", "true" },
        { N, "is_active", "1", NULL },
        { N, "is_active", "\"true\"", NULL },
        { N, "is_active", "null", NULL },
        { N, "phone_number", "\"+14155551234\"", "\"+14155551234\"" },
        { N, "phone_number", "\"(415) 555-1234\"", "\"+14155551234\"" },
        { N, "phone_number", "\"+1 415-555-1234\"", "\"+14155551234\"" },
        { N, "phone_number", "\"+1415555123\"", NULL },
        { N, "phone_number", "\"555-1234\"", NULL },
        { N, "phone_number", "\"\"", NULL },
        { N, "phone_number", "14155551234", NULL },
        { N, "business_hours_start", "\"00:00\"", "\"00:00\"" },
        { N, "business_hours_start", "\"23:59\"", "\"23:59\"" },
        { N, "business_hours_start", "\"24:00\"", NULL },
        { N, "business_hours_start", "\"9:00\"", NULL },
        { N, "business_hours_start", "\"09:60\"", NULL },
        { N, "business_hours_start", "\"09-00\"", NULL },
        { N, "business_hours_start", "null", "null" },
        { N, "timezone", "\"America/New_York\"", "\"America/New_York\"" },
        { N, "timezone", "\"America/Nowhere\"", NULL },
        { N, "timezone", "\"../../etc/passwd\"", NULL },
        { N, "timezone", "\"\"", NULL },
        { T, "scheduled_at", "\"2026-09-01T10:04:00-07:00\"", "\"2026-09-01T17:04:00Z\"" },
        { T, "scheduled_at", "\"tomorrow\"", NULL },
        { T, "scheduled_at", "1788282240", NULL },
    };
    check_samples(samples, COUNT(samples), true);
}
END_TEST

START_TEST(texts_are_taken_as_people_write_them)
{
    static const struct sample samples[] = {
        { P, "price", "850000", "850000" },
        { P, "price", " $1,850,000.50 ", "1850000.5" },
        { P, "price", "850,000,", NULL },
        { P, "price", "850000,123", NULL },
        { P, "price", "850.000,000", NULL },
        { P, "price", "8,50", NULL },
        { P, "price", ",850", NULL },
        { P, "price", "$", NULL },
        { P, "price", "nan", NULL },
        { P, "price", "99999999999999999999", NULL },
        { P, "price", "", "null" },
        { P, "square_feet", "1,800", "1800" },
        { P, "square_feet", "$1800", NULL },
        { P, "square_feet", "0x10", NULL },
        { P, "bathrooms", "2.5", "2.5" },
        { P, "bathrooms", "inf", NULL },
        { P, "bathrooms", "1e2", NULL },
        { P, "listing_status", "Active", "\"active\"" },
        { P, "listing_status", "", NULL },
        { P, "address", " 123 Main St ", "\"123 Main St\"" },
        { P, "address", " ", NULL },
        { P, "address", "caf\xe9", NULL },
        { P, "zip", "94105", "\"94105\"" },
        { P, "agent_id", "7", "7" },
        { P, "agent_id", "seven", NULL },
        { N, "is_active", "Yes", "true" },
        { N, "is_active", "false", "false" },
        { N, "is_active", "maybe", NULL },
        { N, "is_active", "", NULL },
        { N, "phone_number", "415-555-1234", "\"+14155551234\"" },
        { T, "scheduled_at", "2026-09-01T17:04:00Z", "\"2026-09-01T17:04:00Z\"" },
    };
    check_samples(samples, COUNT(samples), false);
}
END_TEST

START_TEST(lengths_are_counted_in_characters)
{
    struct property property = { 0 };
    property_init(&property);
    const struct field *zip = field_find(&table_properties, "zip");
    char *twelve = NULL;
    for (int i = 0; i < 12; i++)
        mem_append(mem, &twelve, "\xc3\xa9");
    ck_assert_int_eq(field_set_text(mem, zip, twelve, &property, &faults), ERR_NONE);
    mem_append(mem, &twelve, "x");
    ck_assert_int_eq(field_set_text(mem, zip, twelve, &property, &faults), ERR_INVALID);
    ck_assert_str_eq(faults.list[0].detail, "must have at most 12 characters");
}
END_TEST

/* ---- records ---- */

START_TEST(a_record_is_read_by_labels_and_shown_by_them)
{
    struct property property = { 0 };
    property_init(&property);
    ck_assert_str_eq(
        read_property("{\"address\": \"123 Main St\", \"price\": 850000, \"bedrooms\": 3, "
                      "\"bathrooms\": null, \"stage\": \"researched\"}",
                      true, &property),
        "");
    ck_assert_int_eq(property.price_cents, 85000000);
    ck_assert_int_eq(property.stage, STAGE_RESEARCHED);
    ck_assert(isnan(property.bathrooms));
    const char *json = as_json(&table_properties, &property);
    ck_assert_ptr_nonnull(strstr(json, "\"price\":850000,"));
    ck_assert_ptr_nonnull(strstr(json, "\"city\":null"));
    ck_assert_ptr_null(strstr(json, "price_cents"));
}
END_TEST

START_TEST(what_a_client_may_not_set_is_named)
{
    static const struct {
        const char *text, *fault;
        bool creating;
    } rows[] = {
        { "{}", "address: is missing", true },
        { "{}", "", false },
        { "[]", ": must be a JSON object", true },
        { "{\"address\": null}", "address: must not be null", true },
        { "{\"address\": \"1 A St\", \"id\": 4}", "id: cannot be set", true },
        { "{\"address\": \"1 A St\", \"price_cents\": 4}", "price_cents: is not known", true },
        { "{\"address\": \"1 A St\", \"\": 4}", ": is not known", true },
        { "{\"stage\": \"done\"}",
          "stage: must be new_property, enriched, researched, waiting_for_contracts or complete",
          false },
        { "{\"bedrooms\": 1001}", "bedrooms: must be from 0 to 1000", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct property property = { 0 };
        property_init(&property);
        ck_assert_str_eq(read_property(rows[i].text, rows[i].creating, &property), rows[i].fault);
    }
}
END_TEST

START_TEST(a_fixed_member_may_be_repeated_but_not_changed)
{
    struct phone_number number = { 0 };
    phone_number_init(&number);
    number.head.agent_id = 4;
    ck_assert_int_eq(record_read_json(mem, &table_phone_numbers, parsed("{\"agent_id\": 4}"), false,
                                      &number, &faults),
                     ERR_NONE);
    ck_assert_int_eq(record_read_json(mem, &table_phone_numbers, parsed("{\"agent_id\": 5}"), false,
                                      &number, &faults),
                     ERR_INVALID);
    ck_assert_str_eq(faults.list[0].detail, "cannot be changed");
    ck_assert_int_eq(number.head.agent_id, 4);
}
END_TEST

START_TEST(hidden_columns_are_shown_only_when_asked_for)
{
    struct phone_call call = { 0 };
    phone_call_init(&call);
    ck_assert_ptr_null(strstr(as_json(&table_phone_calls, &call), "reported"));
    struct json_object *all = json_object_on(mem);
    record_put_json(all, &table_phone_calls, &call, true);
    ck_assert_ptr_nonnull(json_get(all, "reported"));
}
END_TEST

START_TEST(a_long_unknown_member_is_not_told_back_in_full)
{
    struct property property = { 0 };
    char *text = mem_strdup(mem, "{\"");
    for (int i = 0; i < 5000; i++)
        mem_append(mem, &text, "\xc3\xa9");
    mem_append(mem, &text, "\": 1}");
    property_init(&property);
    (void)read_property(text, false, &property);
    ck_assert_uint_eq(strlen(faults.list[0].field), 200);
}
END_TEST

/* ---- between a number's fields ---- */

START_TEST(a_numbers_fields_must_fit_together)
{
    static const struct {
        const char *start, *end, *to;
        int when;
        const char *field; /* NULL: fine */
    } rows[] = {
        { NULL, NULL, NULL, FORWARD_NEVER, NULL },
        { "09:00", "18:00", NULL, FORWARD_NEVER, NULL },
        { "09:00", NULL, NULL, FORWARD_NEVER, "business_hours_end" },
        { NULL, "18:00", NULL, FORWARD_NEVER, "business_hours_start" },
        { "18:00", "09:00", "+14155550188", FORWARD_AFTER_HOURS, NULL },
        { NULL, NULL, "+14155550188", FORWARD_AFTER_HOURS, "business_hours_start" },
        { NULL, NULL, NULL, FORWARD_ALWAYS, "forward_to_number" },
        { NULL, NULL, "+14155550100", FORWARD_ALWAYS, "forward_to_number" },
        { NULL, NULL, "+14155550188", FORWARD_NEVER, NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct phone_number number = { .phone_number = "+14155550100",
                                       .business_hours_start = rows[i].start,
                                       .business_hours_end = rows[i].end,
                                       .forward_to_number = rows[i].to,
                                       .forward_when = rows[i].when };
        faults = faults_on(mem);
        enum err err = number_check(&number, &faults);
        ck_assert_int_eq(err == ERR_NONE, rows[i].field == NULL);
        if (rows[i].field)
            ck_assert_str_eq(faults.list[0].field, rows[i].field);
    }
}
END_TEST

/* ---- keys ---- */

START_TEST(a_key_is_known_by_its_hash_alone)
{
    static const unsigned char master[SECRET_KEY_BYTES] = "thirty-two bytes, all of them ok";
    static const unsigned char other[SECRET_KEY_BYTES] = "another thirty-two byte long key";
    char *prefix, *hash, found[KEY_PREFIX_SIZE];
    secret_start();
    char *key = key_issue(mem, &randomness_system, master, &prefix, &hash);
    ck_assert_uint_eq(strlen(key), 64);
    ck_assert(key_prefix(key, found));
    ck_assert_str_eq(found, prefix);
    ck_assert_ptr_null(strstr(hash, key));
    ck_assert(key_matches(master, key, hash));
    ck_assert(!key_matches(other, key, hash));
    ck_assert(key_is_ours(master, key));
    ck_assert(!key_is_ours(other, key));
    for (size_t i = 13; i < 64; i++) { /* no character can be another */
        char kept = key[i];
        key[i] = kept == 'A' ? 'B' : 'A';
        ck_assert_msg(!key_is_ours(master, key) && !key_matches(master, key, hash), "at %zu", i);
        key[i] = kept;
    }
    key[63] = '\0';
    ck_assert(!key_prefix(key, found));
}
END_TEST

START_TEST(what_is_no_key_has_no_prefix)
{
    static const char *const rows[] = {
        NULL,
        "",
        "ark_",
        "ark_12345678",
        "key_12345678_1234567890123456789012345678901234567890123",
        "ark_12345678912345678901234567890123456789012345678901234567890",
    };
    char prefix[KEY_PREFIX_SIZE];
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(!key_prefix(rows[i], prefix), "row %zu", i);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fields");
    TCase *tests = tcase_create("fields");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, json_values_are_taken_strictly);
    tcase_add_test(tests, texts_are_taken_as_people_write_them);
    tcase_add_test(tests, lengths_are_counted_in_characters);
    tcase_add_test(tests, a_record_is_read_by_labels_and_shown_by_them);
    tcase_add_test(tests, what_a_client_may_not_set_is_named);
    tcase_add_test(tests, a_fixed_member_may_be_repeated_but_not_changed);
    tcase_add_test(tests, hidden_columns_are_shown_only_when_asked_for);
    tcase_add_test(tests, a_long_unknown_member_is_not_told_back_in_full);
    tcase_add_test(tests, a_numbers_fields_must_fit_together);
    tcase_add_test(tests, a_key_is_known_by_its_hash_alone);
    tcase_add_test(tests, what_is_no_key_has_no_prefix);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
