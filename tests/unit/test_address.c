#include "base/mem.h"
#include "heard/address.h"
#include "understand_rows.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a brokerage's listings, found as the store would ---- */

struct listing {
    int64_t id;
    struct address *address;
    char **terms;
    size_t term_count;
};

static struct listing *listings;
static size_t listing_count;
static void *listings_mem;

static void listing_add(struct json_object *row)
{
    struct listing *listing = &listings[listing_count++];
    listing->id = json_object_get_int64(json_object_object_get(row, "property_id"));
    listing->address =
        address_parse_listing(listings_mem, row_text(row, "address"), row_text(row, "unit"),
                              row_text(row, "city"), row_text(row, "state"), row_text(row, "zip"));
    listing->terms = address_terms(listings_mem, listing->address, false, &listing->term_count);
}

static void listings_load(void)
{
    listings_mem = mem_context(NULL);
    const char *source = getenv("srcdir");
    struct json_object *rows = json_object_from_file(
        mem_printf(listings_mem, "%s/tests/data/listings.json", source ? source : "."));
    ck_assert_ptr_nonnull(rows);
    listings = mem_new_array(listings_mem, struct listing, json_object_array_length(rows));
    for (size_t i = 0; i < json_object_array_length(rows); i++)
        listing_add(json_object_array_get_idx(rows, i));
    json_object_put(rows);
}

static void listings_free(void)
{
    mem_free(listings_mem);
    listing_count = 0;
}

static bool is_term(const struct address *said, const char *term, const char *listed)
{
    return address_term_begins(term)
               ? !strncmp(term, listed, strlen(term)) && address_term_fits(said, listed)
               : !strcmp(term, listed);
}

static bool share_term(const struct listing *listing, const struct address *said,
                       char *const *terms, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < listing->term_count; k++)
            if (is_term(said, terms[i], listing->terms[k]))
                return true;
    return false;
}

/* The kind of the answer and the ids that go with it, as text: "one 5", "ask 3 4", "none". */
static char *answer_text(void *mem, const struct address *said, bool by_terms)
{
    static const char *const kinds[] = { "one", "ask", "none" };
    const struct address **candidates = mem_new_array(mem, const struct address *, listing_count);
    size_t *places = mem_new_array(mem, size_t, listing_count);
    size_t count = 0, term_count;
    char **terms = address_terms(mem, said, true, &term_count);
    for (size_t i = 0; i < listing_count; i++)
        if (!by_terms || share_term(&listings[i], said, terms, term_count)) {
            places[count] = i;
            candidates[count++] = listings[i].address;
        }
    struct address_match match = address_choose(mem, said, candidates, count);
    char *text = mem_strdup(mem, kinds[match.kind]);
    for (size_t i = 0; i < match.count; i++)
        mem_append(mem, &text, " %lld", (long long)listings[places[match.which[i]]].id);
    return text;
}

static char *expected_text(void *mem, struct json_object *expect)
{
    struct json_object *id;
    if (row_has(expect, "none"))
        return mem_strdup(mem, "none");
    if (json_object_object_get_ex(expect, "property_id", &id))
        return mem_printf(mem, "one %lld", (long long)json_object_get_int64(id));
    struct json_object *ids = json_object_object_get(expect, "ask");
    char *text = mem_strdup(mem, "ask");
    for (size_t i = 0; i < json_object_array_length(ids); i++)
        mem_append(mem, &text, " %lld",
                   (long long)json_object_get_int64(json_object_array_get_idx(ids, i)));
    return text;
}

static bool row_check(void *mem, struct json_object *in, struct json_object *expect,
                      const char **answer)
{
    struct address *said = address_parse_said(mem, row_text(in, "text"));
    const char *all = answer_text(mem, said, false);
    *answer = answer_text(mem, said, true);
    if (strcmp(all, *answer))
        *answer = mem_printf(mem, "%s (without terms %s)", *answer, all);
    return !strcmp(*answer, expected_text(mem, expect));
}

START_TEST(listings_are_understood_as_labelled)
{
    ck_assert_int_eq(rows_check("understand-where.jsonl", row_check), 0);
}
END_TEST

/* ---- the parts ---- */

START_TEST(a_street_line_is_taken_apart)
{
    static const struct {
        const char *line, *number, *before, *name, *suffix, *after, *unit;
    } rows[] = {
        { "123 E Main St Apt 4", "123", "e", "main", "st", NULL, "4" },
        { "45-12 Bell Boulevard #3-B", "4512", NULL, "bell", "blvd", NULL, "3b" },
        { "12B Cherry Ln", "12b", NULL, "cherry", "ln", NULL, NULL },
        { "1 1/2 Hancock St", "1-1/2", NULL, "hancock", "st", NULL, NULL },
        { "1½ Hancock St", "1-1/2", NULL, "hancock", "st", NULL, NULL },
        { "10 Twenty-Third Street", "10", NULL, "23", "st", NULL, NULL },
        { "One Main Street", "1", NULL, "main", "st", NULL, NULL },
        { "4 Saint Charles Avenue", "4", NULL, "st charles", "ave", NULL, NULL },
        { "2 North Ave", "2", NULL, "n", "ave", NULL, NULL },
        { "3 Avenue N", "3", NULL, "ave n", NULL, NULL, NULL },
        { "6 Avenue of the Oaks", "6", NULL, "ave oaks", NULL, NULL, NULL },
        { "1 Central Park West", "1", NULL, "central", "park", "w", NULL },
        { "9 North East Bay Dr", "9", "ne", "bay", "dr", NULL, NULL },
        { "500 Broadway", "500", NULL, "broadway", NULL, NULL, NULL },
        { "12 State Road 9 Unit PH", "12", NULL, "route 9", NULL, NULL, "ph" },
        { "77 US Hwy 1", "77", NULL, "usroute 1", NULL, NULL, NULL },
        { "", NULL, NULL, "", NULL, NULL, NULL },
    };
    void *mem = mem_context(NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct address *a = address_parse_listing(mem, rows[i].line, NULL, NULL, NULL, NULL);
        char *name = mem_strdup(mem, "");
        for (size_t k = 0; k < a->word_count; k++)
            mem_append(mem, &name, "%s%s", k ? " " : "", a->words[k]);
        ck_assert_pstr_eq(a->number, rows[i].number);
        ck_assert_pstr_eq(a->before, rows[i].before);
        ck_assert_str_eq(name, rows[i].name);
        ck_assert_pstr_eq(a->suffix, rows[i].suffix);
        ck_assert_pstr_eq(a->after, rows[i].after);
        ck_assert_pstr_eq(a->unit, rows[i].unit);
    }
    mem_free(mem);
}
END_TEST

START_TEST(city_state_and_zip_may_end_the_street_line)
{
    void *mem = mem_context(NULL);
    struct address *a = address_parse_listing(
        mem, "12 Oak St, Apt 3, St. Clair, New Jersey 08401-1234", NULL, NULL, NULL, NULL);
    ck_assert_str_eq(address_key(mem, a), "12||oak|st||3|st clair|nj|");
    ck_assert_str_eq(a->zip, "08401");
    a = address_parse_listing(mem, "12 Oak St, Ashby NJ", "Apt #3", "Ashby", "N.J.", NULL);
    ck_assert_str_eq(address_key(mem, a), "12||oak|st||3|ashby|nj|");
    mem_free(mem);
}
END_TEST

START_TEST(one_address_has_one_key)
{
    static const char *const rows[][2] = {
        { "123 East Main Street", "123 E. MAIN ST" },
        { "45-12 Bell Blvd Apt. 3B", "4512 bell boulevard #3-b" },
        { "120 Third Avenue", "120 3rd Ave" },
        { "8 Mount Vernon Rd", "8 Mt. Vernon Road" },
        { "36 José Martí Way", "36 Jose Marti Wy" },
        { "1200 State Route 9", "1200 Rte. 9" },
        { "5 O'Brien Way", "5 O’Brien Way" },
    };
    void *mem = mem_context(NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *keys[2];
        for (size_t k = 0; k < 2; k++)
            keys[k] =
                address_key(mem, address_parse_listing(mem, rows[i][k], NULL, "Ashby", "NJ", NULL));
        ck_assert_str_eq(keys[0], keys[1]);
    }
    mem_free(mem);
}
END_TEST

/* ---- rules that the brokerage above has no case for ---- */

/* The answer for said, given street lines up to a NULL. */
static struct address_match choose(void *mem, const char *said, const char *const lines[])
{
    const struct address *candidates[8];
    size_t count = 0;
    for (; lines[count]; count++)
        candidates[count] = address_parse_listing(mem, lines[count], NULL, "Ashby", "NJ", NULL);
    return address_choose(mem, address_parse_said(mem, said), candidates, count);
}

START_TEST(a_wrong_listing_is_worse_than_a_question)
{
    static const struct {
        const char *said;
        const char *const lines[5];
        enum address_kind kind;
        size_t count;
    } rows[] = {
        { "12 Oak Lane", { "12 Oak St", "12 Oak Ave" }, ADDRESS_ASK, 2 },
        { "12 Oak Lane", { "12 Oak St" }, ADDRESS_ONE, 1 },
        { "12 Oak Ave Unit 3", { "12 Oak St Unit 3", "12 Oak Ave Unit 4" }, ADDRESS_NONE, 0 },
        { "5 Reid Street", { "5 Reed St", "5 Read St" }, ADDRESS_ASK, 2 },
        { "5 Reed Street", { "5 Reed St", "5 Read St" }, ADDRESS_ONE, 1 },
        { "9 Main St", { "9 Main St", "9 E Main St" }, ADDRESS_ONE, 1 },
        { "9 Main", { "9 N Main St", "9 E Main St" }, ADDRESS_ASK, 2 },
        { "9 Pine St", { "9 Vine St" }, ADDRESS_NONE, 0 },
        { "9 Blue St", { "9 Oak St" }, ADDRESS_NONE, 0 },
        { "9 Oak St unit 2", { "9 Oak St" }, ADDRESS_NONE, 0 },
        { "9 Oak St, Ashby, NJ 08401", { "9 Oak St" }, ADDRESS_ONE, 1 },
        { "9 Oak St, Ashby, PA", { "9 Oak St" }, ADDRESS_NONE, 0 },
        { "9 Oak", { "9 Oak Hill Rd" }, ADDRESS_NONE, 0 },
        { "9 Washington", { "9 Oak St" }, ADDRESS_NONE, 0 },
        { "", { "9 Oak St" }, ADDRESS_NONE, 0 },
    };
    void *mem = mem_context(NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct address_match match = choose(mem, rows[i].said, rows[i].lines);
        ck_assert_msg(match.kind == rows[i].kind && match.count == rows[i].count, "%s: %d %zu",
                      rows[i].said, (int)match.kind, match.count);
    }
    mem_free(mem);
}
END_TEST

/* ---- hostile input ---- */

START_TEST(nothing_that_may_come_in_does_harm)
{
    static const char *const pieces[] = {
        "1 ",   "one ", "hundred ", "\xff\xfe", "\xe2\x82", "unit ", "st ",  "#",    "1/2",
        "no, ", "oak ", "double ",  "12b-",     "\xc2\xbd", "n ",    "and ", "half", "route ",
    };
    static const char *const lines[] = { "1 Oak St", "11 One Hundred St N Unit 1", "", "# # #",
                                         NULL };
    void *mem = mem_context(NULL);
    unsigned seed = 1;
    for (int round = 0; round < 2000; round++) {
        char text[3000] = "";
        size_t len = 0;
        for (seed = seed * 1664525 + 1013904223; len < seed % 2900; seed = seed * 1664525 + 1) {
            const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof pieces[0])];
            len = (size_t)(stpcpy(text + len, piece) - text);
        }
        void *round_mem = mem_context(mem);
        size_t count;
        struct address *listing = address_parse_listing(round_mem, text, text, text, text, text);
        address_key(round_mem, listing);
        address_terms(round_mem, listing, false, &count);
        address_terms(round_mem, address_parse_said(round_mem, text), true, &count);
        const struct address *candidate = listing;
        address_choose(round_mem, address_parse_said(round_mem, "1 Oak"), &candidate, 1);
        choose(round_mem, text, lines);
        mem_free(round_mem);
    }
    struct address *nothing = address_parse_listing(mem, NULL, NULL, NULL, NULL, NULL);
    ck_assert_str_eq(address_key(mem, nothing), "||||||||");
    ck_assert_int_eq(address_choose(mem, address_parse_said(mem, NULL), NULL, 0).kind,
                     ADDRESS_NONE);
    mem_free(mem);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("address");
    TCase *labelled = tcase_create("labelled");
    tcase_add_unchecked_fixture(labelled, listings_load, listings_free);
    tcase_add_test(labelled, listings_are_understood_as_labelled);
    tcase_set_timeout(labelled, 60);
    suite_add_tcase(suite, labelled);
    TCase *parts = tcase_create("parts");
    tcase_add_test(parts, a_street_line_is_taken_apart);
    tcase_add_test(parts, city_state_and_zip_may_end_the_street_line);
    tcase_add_test(parts, one_address_has_one_key);
    tcase_add_test(parts, a_wrong_listing_is_worse_than_a_question);
    tcase_add_test(parts, nothing_that_may_come_in_does_harm);
    tcase_set_timeout(parts, 120);
    suite_add_tcase(suite, parts);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
