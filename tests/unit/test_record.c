/* The record of a call: whatever order knowledge comes in, the better one stays. */
#include "base/instant.h"
#include "desk/record.h"
#include "support.h"
#include <math.h>
#include <string.h>

static struct phone_call new_call(void)
{
    struct phone_call call;
    phone_call_init(&call);
    return call;
}

/* ---- status ---- */

START_TEST(a_status_never_moves_back)
{
    for (int from = CALL_INITIATED; from <= CALL_BUSY; from++)
        for (int to = CALL_INITIATED; to <= CALL_BUSY; to++) {
            struct phone_call call = new_call();
            call.status = from;
            record_status(&call, (enum call_status)to);
            int wanted = from >= CALL_COMPLETED ? from : to > from ? to : from;
            ck_assert_msg(call.status == wanted, "%s, then %s: %s", words_call_status.list[from],
                          words_call_status.list[to], words_call_status.list[call.status]);
        }
}
END_TEST

START_TEST(nothing_moves_what_the_report_said)
{
    struct phone_call call = new_call();
    call.reported = true;
    for (int to = CALL_INITIATED; to <= CALL_BUSY; to++) {
        record_status(&call, (enum call_status)to);
        ck_assert_int_eq(call.status, CALL_INITIATED);
    }
}
END_TEST

/* ---- intent and outcome ---- */

struct opinion {
    int value;
    enum knowledge source;
};

static size_t opinions_all(struct opinion *list, int values)
{
    size_t n = 0;
    for (int value = 0; value < values; value++) {
        list[n++] = (struct opinion){ value, KNOWN_BY_TOOL };
        list[n++] = (struct opinion){ value, KNOWN_BY_ANALYSIS };
    }
    return n;
}

static struct phone_call told(const struct opinion *list, size_t count, bool intents)
{
    struct phone_call call = new_call();
    for (size_t i = 0; i < count; i++)
        if (intents)
            record_intent(&call, (enum intent)list[i].value, list[i].value / 10.0, list[i].source);
        else
            record_outcome(&call, (enum outcome)list[i].value, list[i].source);
    return call;
}

static bool same(const struct phone_call *a, const struct phone_call *b)
{
    return a->intent == b->intent && a->intent_source == b->intent_source &&
           (a->confidence_score == b->confidence_score ||
            (isnan(a->confidence_score) && isnan(b->confidence_score))) &&
           a->outcome == b->outcome && a->outcome_source == b->outcome_source;
}

/* Each pair in both orders, and each triple in all six. */
START_TEST(opinions_leave_the_same_record_in_any_order)
{
    struct opinion all[20];
    size_t count = opinions_all(all, _i ? INTENT_COUNT : OUTCOME_COUNT);
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < count; b++)
            for (size_t c = 0; c < count; c++) {
                struct opinion abc[] = { all[a], all[b], all[c] };
                struct opinion others[][3] = { { all[a], all[c], all[b] },
                                               { all[b], all[a], all[c] },
                                               { all[b], all[c], all[a] },
                                               { all[c], all[a], all[b] },
                                               { all[c], all[b], all[a] } };
                struct phone_call first = told(abc, 3, _i);
                for (size_t i = 0; i < COUNT(others); i++) {
                    struct phone_call other = told(others[i], 3, _i);
                    ck_assert_msg(same(&first, &other), "%zu, %zu, %zu", a, b, c);
                }
            }
}
END_TEST

START_TEST(an_analysis_knows_the_intent_better_than_a_tool)
{
    for (int tool = 0; tool < INTENT_COUNT; tool++)
        for (int analysis = 0; analysis < INTENT_COUNT; analysis++) {
            struct opinion both[] = { { tool, KNOWN_BY_TOOL }, { analysis, KNOWN_BY_ANALYSIS } };
            struct phone_call call = told(both, 2, true);
            ck_assert_int_eq(call.intent, analysis);
            ck_assert_int_eq(call.intent_source, KNOWN_BY_ANALYSIS);
            ck_assert_double_eq(call.confidence_score, analysis / 10.0);
        }
}
END_TEST

START_TEST(the_weightiest_wish_of_several_tools_counts)
{
    static const int order[] = { INTENT_GENERAL, INTENT_PROPERTY_INQUIRY, INTENT_SPEAK_AGENT,
                                 INTENT_SCHEDULE_VIEWING, INTENT_MAKE_OFFER };
    for (size_t a = 0; a < COUNT(order); a++)
        for (size_t b = 0; b < COUNT(order); b++) {
            struct opinion both[] = { { order[a], KNOWN_BY_TOOL }, { order[b], KNOWN_BY_TOOL } };
            ck_assert_int_eq(told(both, 2, true).intent, order[a > b ? a : b]);
        }
}
END_TEST

START_TEST(what_was_done_outweighs_what_is_said_to_have_been_done)
{
    static const int deeds[] = { OUTCOME_TRANSFERRED, OUTCOME_MESSAGE_TAKEN,
                                 OUTCOME_VIEWING_SCHEDULED, OUTCOME_OFFER_CREATED };
    for (size_t deed = 0; deed < COUNT(deeds); deed++)
        for (int said = 0; said < OUTCOME_COUNT; said++) {
            struct opinion both[] = { { said, KNOWN_BY_ANALYSIS }, { deeds[deed], KNOWN_BY_TOOL } };
            ck_assert_int_eq(told(both, 2, false).outcome, deeds[deed]);
        }
    struct opinion both[] = { { OUTCOME_VIEWING_SCHEDULED, KNOWN_BY_ANALYSIS },
                              { OUTCOME_INFORMATION_PROVIDED, KNOWN_BY_TOOL } };
    ck_assert_int_eq(told(both, 2, false).outcome, OUTCOME_VIEWING_SCHEDULED);
}
END_TEST

/* ---- names ---- */

START_TEST(the_fuller_name_stays)
{
    static const struct {
        const char *first, *second, *kept;
    } rows[] = {
        { NULL, "John", "John" },
        { "John", NULL, "John" },
        { "John", "", "John" },
        { "John", "  ", "John" },
        { "John", "John Doe", "John Doe" },
        { "John Doe", "John", "John Doe" },
        { "Jon", "Jan", "Jan" },
        { "Jan", "Jon", "Jan" },
        { NULL, NULL, NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct phone_call call = new_call();
        record_caller_name(&call, rows[i].first);
        record_caller_name(&call, rows[i].second);
        if (rows[i].kept)
            ck_assert_pstr_eq(call.caller_name, rows[i].kept);
        else
            ck_assert_ptr_null(call.caller_name);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("record");
    TCase *record = tcase_create("record");
    tcase_add_checked_fixture(record, folder_open, office_close);
    tcase_set_timeout(record, 60);
    suite_add_tcase(suite, record);
    tcase_add_test(record, a_status_never_moves_back);
    tcase_add_test(record, nothing_moves_what_the_report_said);
    tcase_add_loop_test(record, opinions_leave_the_same_record_in_any_order, 0, 2);
    tcase_add_test(record, an_analysis_knows_the_intent_better_than_a_tool);
    tcase_add_test(record, the_weightiest_wish_of_several_tools_counts);
    tcase_add_test(record, what_was_done_outweighs_what_is_said_to_have_been_done);
    tcase_add_test(record, the_fuller_name_stays);
    return suite_run(suite);
}
