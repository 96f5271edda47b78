/* The diary, as callers meet it: what is offered, held, booked, moved and cancelled. */
#include "base/instant.h"
#include "base/text.h"
#include "support.h"
#include <string.h>

/* Tuesday, September 1, 10:04 AM in Los Angeles, when the tests begin. */

static int serial;

/* What the tool answers in that call: its result, or "! " and its error. "ANN" and "BEN" are
 * callers, "NOBODY" withholds the number; a call is one of theirs: "ANN 2". ' stands for ". */
static const char *ask(const char *call, const char *tool, const char *arguments)
{
    static const char *const names[] = { "ANN", "BEN", "NOBODY" };
    static const char *const numbers[] = { "+12125550101", "+12125550102", "anonymous" };
    const char *number = mem_printf(office.mem, "+1212555%04d", *call);
    for (size_t i = 0; i < COUNT(names); i++)
        if (text_starts_with(call, names[i]))
            number = numbers[i];
    struct reply reply = request_incoming(
        mem_printf(office.mem,
                   "{'message':{'type':'tool-calls','call':{'id':'%s','type':'inboundPhoneCall',"
                   "'phoneNumberId':'vapi-number-1','customer':{'number':'%s'}},"
                   "'toolCallList':[{'id':'t%d','function':{'name':'%s','arguments':%s}}]}}",
                   call, number, ++serial, tool, arguments));
    ck_assert_status(reply, 200);
    struct json_object *result = json_object_array_get_idx(json_get(reply.json, "results"), 0);
    const char *text = json_text_at(result, "result");
    if (!text)
        text = mem_printf(office.mem, "! %s", json_text_at(result, "error"));
    ck_assert_ptr_null(strpbrk(text, "\r\n"));
    return text;
}

static const char *schedule(const char *call, const char *address, const char *when)
{
    return ask(call, "schedule_viewing",
               mem_printf(office.mem, "{'address':'%s','caller_name':'%s','date_time':'%s'}",
                          address, call, when));
}

static const char *check(const char *call, const char *address, const char *when)
{
    return ask(call, "check_availability",
               when ? mem_printf(office.mem, "{'address':'%s','date_time':'%s'}", address, when)
                    : mem_printf(office.mem, "{'address':'%s'}", address));
}

static void hang_up(const char *call)
{
    ck_assert_status(
        request_incoming(mem_printf(office.mem,
                                    "{'message':{'type':'status-update','status':'ended',"
                                    "'call':{'id':'%s','phoneNumberId':'vapi-number-1'}}}",
                                    call)),
        200);
}

/* A row of the broker's settings; property NO_VALUE: the agent's. */
static void rule(const char *column, const char *value, int64_t property_id)
{
    sql_run("INSERT INTO viewing_rules (brokerage_id, agent_id, property_id, %s, created_at, "
            "updated_at) VALUES (%lld, %lld, %s, %s, 1, 1)",
            column, (long long)office.brokerage_id, (long long)office.agent_id,
            property_id == NO_VALUE ? "NULL"
                                    : mem_printf(office.mem, "%lld", (long long)property_id),
            value);
}

static void hours(const char *weekday, const char *opens, const char *closes)
{
    sql_run("INSERT INTO viewing_hours (brokerage_id, agent_id, property_id, weekday, opens_at, "
            "closes_at, created_at, updated_at) VALUES (%lld, %lld, %lld, '%s', '%s', '%s', 1, 1)",
            (long long)office.brokerage_id, (long long)office.agent_id, (long long)office.main_id,
            weekday, opens, closes);
}

static void open_house(int64_t property_id, const char *starts, const char *ends)
{
    int64_t from, to;
    ck_assert_int_eq(instant_parse(starts, &from), ERR_NONE);
    ck_assert_int_eq(instant_parse(ends, &to), ERR_NONE);
    sql_run("INSERT INTO open_houses (brokerage_id, agent_id, property_id, starts_at, ends_at, "
            "created_at, updated_at) VALUES (%lld, %lld, %lld, %lld, %lld, 1, 1)",
            (long long)office.brokerage_id, (long long)office.agent_id, (long long)property_id,
            (long long)from, (long long)to);
}

/* All viewings: property, local date and time, state, status, revision. */
static const char *diary(void)
{
    return sql_text(
        "SELECT property_id || ' ' || strftime('%%m-%%d %%H:%%M', scheduled_at / 1000 - "
        "25200, 'unixepoch') || ' ' || state || ' ' || status || ' ' || revision "
        "FROM scheduled_tasks WHERE kind = 'viewing' ORDER BY id");
}

#define says(text, part) ck_assert_msg(strstr(text, part) != NULL, "%s\nlacks %s", text, part)
#define fails(text, part)                                                                          \
    do {                                                                                           \
        const char *failed = text;                                                                 \
        ck_assert_msg(text_starts_with(failed, "! ") && strstr(failed, part), "%s\nlacks %s",      \
                      failed, part);                                                               \
    } while (0)

/* ---- what is offered ---- */

START_TEST(a_day_is_offered_by_slots_that_lie_apart)
{
    says(check("ANN", "123 Main St", "Saturday"),
         "For a viewing of 123 Main St I can offer Saturday, September 5 at 9:00 AM, 2:00 PM or "
         "6:30 PM. Which one suits?");
    says(check("ANN", "123 Main St", "tomorrow afternoon"),
         "Wednesday, September 2 at 12:00 PM, 2:30 PM or 4:30 PM.");
    says(check("ANN", "123 Main St", "2026-09-05"), "Saturday, September 5 at 9:00 AM");
    says(check("ANN", "123 Main St", "2026-09-05"), "\"date_time\":\"2026-09-05T09:00\"");
}
END_TEST

START_TEST(without_a_day_the_soonest_are_offered_with_an_hour_to_get_there)
{
    says(check("ANN", "123 Main St", NULL),
         "Tuesday, September 1 at 11:30 AM, 12:00 PM or 12:30 PM.");
    says(check("ANN", "123 Main St", "as soon as possible"),
         "Tuesday, September 1 at 11:30 AM, 12:00 PM or 12:30 PM.");
}
END_TEST

START_TEST(a_time_is_told_to_be_free_or_taken)
{
    says(check("ANN", "123 Main St", "2026-09-02T14:00"),
         "Yes, Wednesday, September 2 at 2:00 PM is free for a viewing of 123 Main St.");
    says(schedule("ANN", "123 Main St", "2026-09-02T14:00"), "Great!");
    says(check("BEN", "123 Main St", "2026-09-02T14:00"),
         "Wednesday, September 2 at 2:00 PM is already taken for a viewing of 123 Main St. I can "
         "offer Wednesday, September 2 at 1:00 PM, 1:30 PM or 2:30 PM.");
}
END_TEST

START_TEST(what_cannot_be_understood_or_seen_is_asked_about)
{
    fails(check("ANN", "123 Main St", "yesterday"), "past");
    fails(check("ANN", "123 Main St", "next friday"), "Do you mean");
    fails(check("ANN", "9 Elm Ct", "Saturday"), "no longer available");
    fails(ask("ANN", "check_availability", "{}"), "Which property");
}
END_TEST

START_TEST(a_day_that_is_full_gives_the_nearest_others)
{
    rule("length_minutes", "480", office.main_id);
    hours("saturday", "09:00", "17:00");
    hours("sunday", "10:00", "18:00");
    says(schedule("ANN", "123 Main St", "2026-09-05T09:00"), "Great!");
    says(check("BEN", "123 Main St", "Saturday"),
         "Nothing is free for a viewing of 123 Main St then, on Saturday, September 5. For a "
         "viewing of 123 Main St I can offer Sunday, September 6 at 10:00 AM, Saturday, September "
         "12 at 9:00 AM, or Sunday, September 13 at 10:00 AM.");
}
END_TEST

/* ---- what is held ---- */

START_TEST(an_offer_is_held_for_the_call_until_it_hangs_up)
{
    schedule("ANN", "123 Main St", "2026-09-02T14:00");
    fails(schedule("BEN", "123 Main St", "2026-09-02T14:10"),
          "1:30 PM, 2:30 PM or 3:00 PM. Which one suits?");
    fails(schedule("CAT", "123 Main St", "2026-09-02T14:30"), "already taken");
    fails(schedule("CAT", "123 Main St", "2026-09-02T13:45"), "already taken");
    says(schedule("BEN", "123 Main St", "2026-09-02T14:30"), "Great!");
    says(schedule("CAT", "123 Main St", "2026-09-02T13:30"), "Great!");
    fails(schedule("DAN", "123 Main St", "2026-09-02T14:30"), "3:00 PM");
    fails(schedule("EVE", "123 Main St", "2026-09-02T15:00"), "already taken");
    hang_up("DAN");
    says(schedule("EVE", "123 Main St", "2026-09-02T15:00"), "Great!");
}
END_TEST

START_TEST(an_offer_is_let_go_after_five_minutes)
{
    check("ANN", "123 Main St", "2026-09-02T14:00");
    office.app->clock = clock_fixed(OFFICE_NOW + 5 * MINUTE_MS - 1);
    fails(schedule("BEN", "123 Main St", "2026-09-02T14:00"), "already taken");
    office.app->clock = clock_fixed(OFFICE_NOW + 5 * MINUTE_MS);
    says(schedule("BEN", "123 Main St", "2026-09-02T14:00"), "Great!");
    fails(schedule("ANN", "123 Main St", "2026-09-02T14:00"), "already taken");
}
END_TEST

START_TEST(who_calls_again_finds_what_was_held_in_the_call_that_broke_off)
{
    check("ANN", "123 Main St", "2026-09-02T14:00");
    check("NOBODY", "123 Main St", "2026-09-02T16:00");
    fails(schedule("BEN", "123 Main St", "2026-09-02T14:00"), "already taken");
    says(schedule("ANN 2", "123 Main St", "2026-09-02T14:00"), "Great!");
    fails(schedule("NOBODY 2", "123 Main St", "2026-09-02T16:00"), "already taken");
}
END_TEST

START_TEST(a_call_that_is_over_holds_nothing)
{
    check("ANN", "123 Main St", "Saturday");
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM slot_holds"), 3);
    hang_up("ANN");
    check("ANN", "123 Main St", "Saturday");
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM slot_holds"), 0);
}
END_TEST

START_TEST(the_time_is_held_while_the_name_is_asked)
{
    fails(
        ask("ANN", "schedule_viewing", "{'address':'123 Main St','date_time':'2026-09-02T14:00'}"),
        "name");
    fails(schedule("BEN", "123 Main St", "2026-09-02T14:00"), "already taken");
    says(schedule("ANN", "123 Main St", "2026-09-02T14:00"), "Great!");
}
END_TEST

/* ---- the broker's rules ---- */

START_TEST(outside_the_hours_nothing_is_booked_and_what_is_offered_is_inside)
{
    hours("saturday", "10:00", "12:00");
    says(schedule("ANN", "123 Main St", "2026-09-05T10:00"), "Great!");
    says(schedule("ANN", "123 Main St", "2026-09-05T11:30"), "Great!");
    fails(schedule("BEN", "123 Main St", "2026-09-05T11:45"),
          "is outside the viewing hours of 123 Main St. I can offer Saturday, September 5 at 10:30 "
          "AM or 11:00 AM, or Saturday, September 12 at 10:00 AM.");
    fails(schedule("BEN", "123 Main St", "2026-09-05T09:59"), "outside the viewing hours");
    fails(schedule("BEN", "123 Main St", "2026-09-06T10:30"), "outside the viewing hours");
    says(schedule("BEN", "456 Oak Ave", "2026-09-06T22:00"), "Great!");
}
END_TEST

START_TEST(hours_are_those_of_the_rules_zone)
{
    rule("timezone", "'America/New_York'", office.main_id);
    hours("saturday", "10:00", "12:00");
    says(schedule("ANN", "123 Main St", "2026-09-05T07:00"), "Saturday, September 5 at 7:00 AM");
    fails(schedule("ANN", "123 Main St", "2026-09-05T10:00"), "outside the viewing hours");
}
END_TEST

START_TEST(blackouts_of_days_and_of_hours)
{
    sql_run("INSERT INTO viewing_blackouts (brokerage_id, agent_id, property_id, first_day, "
            "last_day, starts_at, ends_at, created_at, updated_at) VALUES "
            "(1, %lld, NULL, '2026-09-05', '2026-09-06', NULL, NULL, 1, 1), "
            "(1, %lld, %lld, NULL, NULL, %lld, %lld, 1, 1)",
            (long long)office.agent_id, (long long)office.agent_id, (long long)office.main_id,
            (long long)(OFFICE_NOW + DAY_MS), (long long)(OFFICE_NOW + DAY_MS + HOUR_MS));
    fails(schedule("ANN", "123 Main St", "2026-09-05T00:00"), "cannot be viewed on Saturday");
    fails(schedule("ANN", "456 Oak Ave", "2026-09-06T23:45"),
          "I can offer Monday, September 7 at 9:00 AM, 9:30 AM or 10:00 AM.");
    fails(schedule("ANN", "123 Main St", "2026-09-04T23:45"), "cannot be viewed");
    fails(schedule("ANN", "123 Main St", "2026-09-02T11:00"), "cannot be viewed");
    says(schedule("ANN", "456 Oak Ave", "2026-09-02T10:30"), "Great!");
    says(schedule("ANN", "123 Main St", "2026-09-02T11:04"), "Great!");
    says(schedule("BEN", "123 Main St", "2026-09-07T00:00"), "Great!");
}
END_TEST

START_TEST(notice_and_no_same_day)
{
    rule("notice_minutes", "120", office.main_id);
    rule("same_day", "'refused'", office.oak_id);
    fails(schedule("ANN", "123 Main St", "2026-09-01T12:03"),
          "is too soon: viewings of 123 Main St are booked at least 2 hours ahead. I can offer "
          "Tuesday, September 1 at 12:30 PM");
    says(schedule("ANN", "123 Main St", "2026-09-01T12:04"), "Great!");
    fails(schedule("ANN", "456 Oak Ave", "2026-09-01T23:00"),
          "are not booked for the same day. I can offer Wednesday, September 2 at 9:00 AM");
    says(schedule("ANN", "456 Oak Ave", "2026-09-02T00:00"), "Great!");
}
END_TEST

START_TEST(between_viewings_the_longer_buffer_is_free)
{
    rule("buffer_minutes", "15", NO_VALUE);
    rule("buffer_minutes", "30", office.oak_id);
    says(schedule("ANN", "123 Main St", "2026-09-02T14:00"), "Great!");
    fails(schedule("BEN", "123 Main St", "2026-09-02T14:44"), "already taken");
    hang_up("BEN");
    says(schedule("CAT", "123 Main St", "2026-09-02T14:45"), "Great!");
    fails(schedule("CAT", "456 Oak Ave", "2026-09-02T15:40"), "already taken");
    says(schedule("CAT", "456 Oak Ave", "2026-09-02T15:45"), "Great!");
    fails(schedule("DAN", "123 Main St", "2026-09-02T13:20"), "already taken");
    says(schedule("DAN", "123 Main St", "2026-09-02T13:15"), "Great!");
}
END_TEST

START_TEST(an_agent_with_rules_is_never_at_two_places)
{
    says(schedule("ANN", "123 Main St", "2026-09-02T14:00"), "Great!");
    /* Before anything was said of the agent it is a request; but nothing like it is offered. */
    says(schedule("CAT", "456 Oak Ave", "2026-09-02T13:30"), "Great!");
    says(check("BEN", "456 Oak Ave", "2026-09-02T13:30"),
         "I can offer Wednesday, September 2 at 12:30 PM, 1:00 PM or 2:30 PM.");
    says(schedule("BEN", "456 Oak Ave", "2026-09-02T14:00"), "Great!");
    rule("length_minutes", "30", NO_VALUE);
    hang_up("BEN");
    fails(schedule("DAN", "123 Main St", "2026-09-02T13:45"), "already taken");
    fails(schedule("DAN", "123 Main St", "2026-09-02T13:31"), "already taken");
    says(schedule("DAN", "456 Oak Ave", "2026-09-02T13:00"), "Great!");
}
END_TEST

START_TEST(several_parties_may_view_at_once)
{
    rule("max_parties", "2", office.main_id);
    says(schedule("ANN", "123 Main St", "2026-09-02T14:00"), "Great!");
    says(schedule("BEN", "123 Main St", "2026-09-02T14:15"), "Great!");
    fails(schedule("CAT", "123 Main St", "2026-09-02T14:20"), "already taken");
    says(schedule("CAT", "123 Main St", "2026-09-02T13:40"), "Great!");
    says(schedule("DAN", "123 Main St", "2026-09-02T14:30"), "Great!");
    fails(schedule("EVE", "123 Main St", "2026-09-02T14:20"), "already taken");
}
END_TEST

START_TEST(an_open_house_needs_no_appointment_and_keeps_its_agent)
{
    open_house(office.main_id, "2026-09-05T20:00:00Z", "2026-09-05T22:00:00Z");
    fails(schedule("ANN", "123 Main St", "2026-09-05T13:30"),
          "There is an open house at 123 Main St from Saturday, September 5 at 1:00 PM to 3:00 PM: "
          "everybody may just come, without an appointment. I can offer Saturday, September 5 at "
          "12:00 PM, 12:30 PM or 3:00 PM.");
    says(check("ANN", "123 Main St", "tomorrow"),
         "There is an open house from Saturday, September 5 at 1:00 PM to 3:00 PM;");
    rule("length_minutes", "30", NO_VALUE);
    fails(schedule("ANN", "456 Oak Ave", "2026-09-05T14:45"), "already taken");
    says(schedule("ANN", "456 Oak Ave", "2026-09-05T15:00"), "Great!");
}
END_TEST

START_TEST(who_must_agree_is_said)
{
    says(schedule("ANN", "123 Main St", "2026-09-02T14:00"), "The agent will call 2");
    rule("confirm_by", "'nobody'", office.main_id);
    rule("confirm_by", "'seller'", office.oak_id);
    says(schedule("ANN", "123 Main St", "2026-09-03T14:00"), "at 2:00 PM. It is confirmed.");
    says(schedule("ANN", "456 Oak Ave", "2026-09-04T14:00"),
         "The agent will ask the seller and call 2");
    says(schedule("NOBODY", "456 Oak Ave", "2026-09-05T14:00"),
         "The agent will ask the seller and be in touch");
    ck_assert_str_eq(diary(), "1 09-02 14:00 requested pending 1\n"
                              "1 09-03 14:00 confirmed confirmed 1\n"
                              "2 09-04 14:00 requested pending 1\n"
                              "2 09-05 14:00 requested pending 1");
}
END_TEST

START_TEST(the_length_is_the_propertys)
{
    rule("length_minutes", "60", office.main_id);
    says(schedule("ANN", "123 Main St", "2026-09-02T14:00"), "Great!");
    fails(schedule("BEN", "123 Main St", "2026-09-02T14:45"), "already taken");
    ck_assert_int_eq(sql_int("SELECT duration_minutes FROM scheduled_tasks"), 60);
}
END_TEST

/* ---- twice ---- */

START_TEST(said_twice_it_is_one_viewing)
{
    says(schedule("ANN", "123 Main St", "2026-09-02T14:00"), "Great!");
    says(schedule("ANN", "123 Main St", "tomorrow at two"), "Great!");
    says(schedule("ANN 2", "123 Main St", "2026-09-02T14:00"), "Great!");
    ck_assert_str_eq(diary(), "1 09-02 14:00 requested pending 1");
}
END_TEST

START_TEST(another_time_that_overlaps_ones_own_moves_it)
{
    schedule("ANN", "123 Main St", "2026-09-02T14:00");
    says(schedule("ANN", "123 Main St", "2026-09-02T14:15"), "2:15 PM");
    ck_assert_str_eq(diary(), "1 09-02 14:15 rescheduled pending 2");
    says(schedule("ANN", "123 Main St", "2026-09-02T15:00"), "3:00 PM");
    ck_assert_str_eq(diary(),
                     "1 09-02 14:15 rescheduled pending 2\n1 09-02 15:00 requested pending 1");
}
END_TEST

/* ---- moving and cancelling ---- */

START_TEST(a_viewing_is_moved_from_another_call_of_the_same_number)
{
    schedule("ANN", "123 Main St", "2026-09-02T14:00");
    hang_up("ANN");
    says(ask("ANN 2", "reschedule_viewing", "{'date_time':'Friday at 3pm'}"),
         "The viewing of 123 Main St is moved from Wednesday, September 2 at 2:00 PM to Friday, "
         "September 4 at 3:00 PM. The agent will call 2");
    says(ask("ANN 2", "reschedule_viewing", "{'date_time':'2026-09-04T15:00'}"),
         "The viewing of 123 Main St is on Friday, September 4 at 3:00 PM.");
    ck_assert_str_eq(diary(), "1 09-04 15:00 rescheduled pending 2");
    ck_assert_str_eq(sql_text("SELECT outcome || intent FROM phone_calls "
                              "WHERE vapi_call_id = 'ANN 2'"),
                     "viewing_scheduledschedule_viewing");
    says(schedule("BEN", "123 Main St", "2026-09-02T14:00"), "Great!");
    fails(ask("ANN 2", "reschedule_viewing", "{'date_time':'2026-09-02T14:15'}"),
          "already taken for a viewing of 123 Main St. I can offer");
    ck_assert_str_eq(diary(),
                     "1 09-04 15:00 rescheduled pending 2\n1 09-02 14:00 requested pending 1");
}
END_TEST

START_TEST(a_viewing_may_overlap_where_it_was)
{
    schedule("ANN", "123 Main St", "2026-09-02T14:00");
    says(ask("ANN", "reschedule_viewing", "{'date_time':'2026-09-02T14:15'}"), "is moved from");
}
END_TEST

START_TEST(nobody_gets_at_the_viewing_of_another_number)
{
    schedule("ANN", "123 Main St", "2026-09-02T14:00");
    const char *const claims =
        "{'date_time':'2026-09-03T14:00','phone':'+12125550101','caller_number':'+12125550101',"
        "'caller_name':'ANN','task_id':1,'address':'123 Main St'}";
    fails(ask("BEN", "reschedule_viewing", claims), "I find no viewing");
    fails(ask("BEN", "cancel_viewing", claims), "I find no viewing");
    fails(ask("NOBODY", "reschedule_viewing", claims), "withheld");
    fails(ask("NOBODY", "cancel_viewing", claims), "withheld");
    says(schedule("NOBODY", "456 Oak Ave", "2026-09-02T15:00"), "Great!");
    fails(ask("NOBODY 2", "cancel_viewing", "{}"), "withheld");
    says(ask("NOBODY", "cancel_viewing", "{}"), "is cancelled");
    ck_assert_str_eq(diary(),
                     "1 09-02 14:00 requested pending 1\n2 09-02 15:00 cancelled cancelled 2");
}
END_TEST

START_TEST(another_brokerages_viewings_are_not_seen)
{
    schedule("ANN", "123 Main St", "2026-09-02T14:00");
    sql_run("UPDATE scheduled_tasks SET brokerage_id = %lld, phone_call_id = NULL",
            (long long)brokerage_add("Elsewhere"));
    fails(ask("ANN", "cancel_viewing", "{}"), "I find no viewing");
}
END_TEST

START_TEST(of_several_the_one_is_asked_for)
{
    schedule("ANN", "123 Main St", "2026-09-02T14:00");
    schedule("ANN", "456 Oak Ave", "2026-09-03T15:00");
    fails(ask("ANN", "cancel_viewing", "{}"),
          "There are several viewings. Ask the caller which one is meant: the viewing of 123 Main "
          "St on Wednesday, September 2 at 2:00 PM, or the viewing of 456 Oak Ave on Thursday, "
          "September 3 at 3:00 PM?");
    fails(ask("ANN", "cancel_viewing", "{'task_id':77}"), "There is no such viewing.");
    says(ask("ANN", "cancel_viewing", "{'address':'456 Oak Avenue'}"),
         "The viewing of 456 Oak Ave on Thursday, September 3 at 3:00 PM is cancelled.");
    says(ask("ANN", "cancel_viewing", "{'address':'456 Oak Avenue'}"), "3:00 PM is cancelled.");
    says(ask("ANN", "cancel_viewing", "{'task_id':'1'}"), "2:00 PM is cancelled.");
    says(ask("ANN", "cancel_viewing", "{}"), "is cancelled.");
    ck_assert_str_eq(diary(),
                     "1 09-02 14:00 cancelled cancelled 2\n2 09-03 15:00 cancelled cancelled 2");
}
END_TEST

static const char *outcome_of(const char *call)
{
    return sql_text("SELECT outcome || ' ' || (SELECT outcome_viewing_scheduled FROM call_rollups) "
                    "FROM phone_calls WHERE vapi_call_id = '%s'",
                    call);
}

START_TEST(a_call_that_cancels_what_it_booked_has_scheduled_nothing)
{
    schedule("ANN", "123 Main St", "2026-09-02T14:00");
    schedule("ANN", "456 Oak Ave", "2026-09-03T15:00");
    ask("ANN", "cancel_viewing", "{'address':'456 Oak Avenue'}");
    ck_assert_str_eq(outcome_of("ANN"), "viewing_scheduled 1");
    ask("ANN", "cancel_viewing", "{}");
    ck_assert_str_eq(outcome_of("ANN"), "information_provided 0");
    schedule("ANN", "123 Main St", "2026-09-02T16:00");
    ck_assert_str_eq(outcome_of("ANN"), "viewing_scheduled 1");
    ask("ANN", "take_message", "{'message':'I may be late','caller_name':'Ann'}");
    ask("ANN", "cancel_viewing", "{}");
    ck_assert_str_eq(outcome_of("ANN"), "message_taken 0");
}
END_TEST

START_TEST(what_was_cancelled_is_free_again_and_what_is_past_is_not_found)
{
    schedule("ANN", "123 Main St", "2026-09-02T14:00");
    ask("ANN", "cancel_viewing", "{}");
    says(schedule("BEN", "123 Main St", "2026-09-02T14:00"), "Great!");
    office.app->clock = clock_fixed(OFFICE_NOW + 2 * DAY_MS);
    fails(ask("BEN 2", "cancel_viewing", "{}"), "I find no viewing");
    fails(ask("ANN 2", "cancel_viewing", "{}"), "I find no viewing");
    ck_assert_int_eq(sql_int("SELECT SUM(viewings) FROM property_rollups"), 2);
}
END_TEST

static const char *short_form(const char *tool, const char *arguments)
{
    struct reply reply =
        request_ask("POST", "/callback/1",
                    mem_printf(office.mem, "{'event':'function_call','name':'%s','arguments':%s}",
                               tool, arguments));
    ck_assert_status(reply, 200);
    const char *text = json_text_at(reply.json, "result");
    return text ? text : json_text_at(reply.json, "error");
}

/* The short form's messages need no id. What comes twice in a row has one effect; what is asked
 * again after something else is answered by how things stand now. */
START_TEST(what_is_asked_again_in_the_short_form_is_done_again)
{
    static const char booking[] = "{'property_id':1,'caller_name':'Ann','date_time':"
                                  "'2026-09-02T14:00'}";
    check("ANN", "123 Main St", NULL);
    for (int twice = 0; twice < 2; twice++)
        says(short_form("schedule_viewing", booking), "is scheduled");
    for (int twice = 0; twice < 2; twice++)
        says(short_form("cancel_viewing", "{}"), "is cancelled");
    ck_assert_str_eq(diary(), "1 09-02 14:00 cancelled cancelled 2");
    says(short_form("schedule_viewing", booking), "is scheduled");
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM scheduled_tasks WHERE state = 'requested'"), 1);
    says(short_form("cancel_viewing", "{}"), "is cancelled");
    says(schedule("BEN", "123 Main St", "2026-09-02T14:00"), "is scheduled");
    says(short_form("schedule_viewing", booking), "is already taken");
    for (int twice = 0; twice < 2; twice++)
        short_form("take_message", "{'message':'Call me'}");
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM scheduled_tasks WHERE kind = 'follow_up'"), 1);
}
END_TEST

START_TEST(no_call_fills_the_diary)
{
    for (int i = 0; i < 50; i++)
        says(schedule("ANN", "123 Main St",
                      mem_printf(office.mem, "2026-10-%02dT%d:00", 1 + i / 4, 10 + i % 4)),
             "is scheduled");
    fails(schedule("ANN", "123 Main St", "2026-10-14T10:00"), "no more can be booked");
    fails(schedule("ANN 2", "456 Oak Ave", "2026-10-14T10:00"), "no more can be booked");
    says(schedule("ANN", "123 Main St", "2026-10-12T10:00"), "is scheduled");
    says(schedule("ANN", "123 Main St", "2026-10-12T10:15"), "October 12 at 10:15 AM");
    says(schedule("BEN", "123 Main St", "2026-10-14T10:00"), "is scheduled");
    says(ask("ANN", "cancel_viewing", "{'task_id':1}"), "is cancelled");
    says(schedule("ANN 2", "456 Oak Ave", "2026-10-14T12:00"), "is scheduled");
}
END_TEST

START_TEST(what_an_agent_made_longer_stays_so_when_it_is_moved)
{
    says(schedule("ANN", "123 Main St", "2026-09-02T14:00"), "is scheduled");
    sql_run("UPDATE scheduled_tasks SET duration_minutes = 60");
    says(schedule("BEN", "123 Main St", "2026-09-03T15:00"), "is scheduled");
    fails(ask("ANN", "reschedule_viewing", "{'date_time':'2026-09-03T14:15'}"), "already taken");
    says(ask("ANN", "reschedule_viewing", "{'date_time':'2026-09-03T14:00'}"), "is moved from");
    ck_assert_int_eq(sql_int("SELECT duration_minutes FROM scheduled_tasks WHERE id = 1"), 60);
}
END_TEST

START_TEST(ten_years_ahead_is_as_far_as_is_booked)
{
    says(schedule("ANN", "123 Main St", "2036-09-01T10:00"), "is scheduled");
    fails(schedule("ANN", "123 Main St", "2036-09-03T10:00"), "more than ten years ahead");
    fails(schedule("ANN", "123 Main St", "9999-12-31T23:59"), "more than ten years ahead");
    fails(ask("ANN", "reschedule_viewing", "{'date_time':'3026-01-01T10:00'}"),
          "more than ten years ahead");
    fails(check("ANN", "123 Main St", "3026-01-01T10:00"), "more than ten years ahead");
    fails(check("ANN", "123 Main St", "3026-01-01"), "more than ten years ahead");
    ck_assert_str_eq(diary(), "1 09-01 10:00 requested pending 1");
}
END_TEST

/* ---- by hand ---- */

START_TEST(an_agent_may_break_the_hours_but_double_books_nothing)
{
    hours("saturday", "10:00", "12:00");
    rule("buffer_minutes", "30", NO_VALUE);
#define ENTER(property, at)                                                                        \
    request_ask("POST", "/tasks",                                                                  \
                "{'kind':'viewing','title':'x','property_id':" property ",'scheduled_at':'" at     \
                "'}")
    ck_assert_status(ENTER("1", "2026-09-02T21:00:00Z"), 201);
    ck_assert_status(ENTER("1", "2026-09-02T21:15:00Z"), 409);
    ck_assert_status(ENTER("2", "2026-09-02T21:15:00Z"), 409);
    ck_assert_status(ENTER("2", "2026-09-02T21:30:00Z"), 201);
    struct reply reply = request_ask("PUT", "/tasks/1", "{'status':'confirmed','state':'no_show'}");
    ck_assert_status(reply, 422);
    ck_assert_status(request_ask("PUT", "/tasks/1", "{'scheduled_at':'2026-09-02T21:10:00Z'}"),
                     409);
    reply = request_ask("PUT", "/tasks/1", "{'scheduled_at':'2026-09-02T20:30:00Z'}");
    ck_assert_status(reply, 200);
    ck_assert_str_eq(json_text_at(reply.json, "state"), "rescheduled");
    ck_assert_int_eq(json_int_at(reply.json, "revision"), 2);
    reply = request_ask("PUT", "/tasks/1", "{'status':'confirmed'}");
    ck_assert_str_eq(json_text_at(reply.json, "state"), "confirmed");
    ck_assert_status(
        request_ask("POST", "/tasks", "{'kind':'follow_up','title':'x','state':'confirmed'}"), 422);
}
END_TEST

/* The slot of a viewing that was cancelled is another's: neither word for taking place again takes
 * it back, and none that says the opposite of the other gets in. */
START_TEST(what_was_cancelled_does_not_come_back_into_a_slot_that_is_taken)
{
    static const char *const revivals[] = { "{'state':'confirmed'}", "{'state':'rescheduled'}",
                                            "{'status':'pending'}", "{'state':'done'}" };
    ck_assert_status(ENTER("1", "2026-09-02T21:00:00Z"), 201);
    ck_assert_status(request_ask("PUT", "/tasks/1", "{'state':'cancelled'}"), 200);
    ck_assert_status(ENTER("1", "2026-09-02T21:00:00Z"), 201);
    for (size_t i = 0; i < COUNT(revivals); i++)
        ck_assert_status(request_ask("PUT", "/tasks/1", revivals[i]), 409);
    ck_assert_status(request_ask("PUT", "/tasks/2", "{'state':'cancelled','duration_minutes':600}"),
                     200);
    ck_assert_status(request_ask("PUT", "/tasks/1", "{'state':'confirmed'}"), 200);
    ck_assert_status(ENTER("1", "2026-09-02T21:00:00Z','state':'confirmed"), 409);
    ck_assert_status(ENTER("1", "2026-09-02T21:00:00Z','state':'confirmed','status':'cancelled"),
                     422);
    struct reply reply = ENTER("1", "2026-09-02T21:00:00Z','state':'cancelled");
    ck_assert_status(reply, 201);
    reply = ENTER("1", "2026-09-01T21:00:00Z','state':'done");
    ck_assert_status(reply, 201);
    ck_assert_ptr_nonnull(json_text_at(reply.json, "completed_at"));
    ck_assert_str_eq(sql_text("SELECT group_concat(state || ' ' || status, ', ') FROM "
                              "scheduled_tasks"),
                     "confirmed confirmed, cancelled cancelled, cancelled cancelled, done "
                     "completed");
}
END_TEST

START_TEST(a_viewing_of_a_property_that_is_gone_becomes_none_of_another)
{
    says(schedule("ANN", "123 Main St", "2026-09-02T14:00"), "is scheduled");
    ck_assert_status(request_ask("DELETE", "/properties/1", NULL), 204);
    says(ask("ANN", "lookup_property", "{'address':'456 Oak Ave'}"), "456 Oak Ave");
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM phone_calls WHERE property_id = 2"), 1);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM scheduled_tasks WHERE property_id IS NULL"), 1);
}
END_TEST

/* ---- what a broker sets ---- */

static const struct {
    const char *path, *body;
    int status;
    const char *field;
} settings[] = {
    { "/viewing-hours", "{'weekday':'monday','opens_at':'09:00','closes_at':'17:00'}", 201, NULL },
    { "/viewing-hours", "{'weekday':'monday','opens_at':'09:00','closes_at':'09:00'}", 422,
      "closes_at" },
    { "/viewing-hours", "{'weekday':'someday','opens_at':'09:00','closes_at':'17:00'}", 422,
      "weekday" },
    { "/viewing-hours", "{'weekday':'monday','opens_at':'9:00','closes_at':'17:00'}", 422,
      "opens_at" },
    { "/viewing-hours", "{'weekday':'monday'}", 422, "closes_at" },
    { "/viewing-hours",
      "{'property_id':99,'weekday':'monday','opens_at':'09:00','closes_at':'17:00'}", 422,
      "property_id" },
    { "/viewing-blackouts", "{'first_day':'2026-12-24','last_day':'2026-12-26'}", 201, NULL },
    { "/viewing-blackouts", "{'first_day':'2026-12-24'}", 201, NULL },
    { "/viewing-blackouts", "{'first_day':'2026-02-29'}", 422, "first_day" },
    { "/viewing-blackouts", "{'first_day':'2026-12-24','last_day':'2026-12-23'}", 422, "last_day" },
    { "/viewing-blackouts", "{}", 422, "first_day" },
    { "/viewing-blackouts", "{'starts_at':'2026-09-05T20:00:00Z','ends_at':'2026-09-05T20:00:00Z'}",
      422, "ends_at" },
    { "/viewing-blackouts", "{'starts_at':'2026-09-05T20:00:00Z'}", 422, "ends_at" },
    { "/viewing-blackouts", "{'first_day':'2026-12-24','ends_at':'2026-12-25T00:00:00Z'}", 422,
      "ends_at" },
    { "/viewing-blackouts",
      "{'first_day':'2026-12-24','starts_at':'2026-09-05T20:00:00Z',"
      "'ends_at':'2026-09-05T21:00:00Z'}",
      422, "first_day" },
    { "/open-houses",
      "{'property_id':1,'starts_at':'2026-09-05T20:00:00Z','ends_at':'2026-09-06T20:00:00Z'}", 201,
      NULL },
    { "/open-houses",
      "{'property_id':1,'starts_at':'2026-09-05T20:00:00Z','ends_at':'2026-09-06T20:00:01Z'}", 422,
      "ends_at" },
    { "/open-houses", "{'starts_at':'2026-09-05T20:00:00Z','ends_at':'2026-09-05T21:00:00Z'}", 422,
      "property_id" },
    { "/viewing-rules",
      "{'property_id':1,'length_minutes':45,'buffer_minutes':0,'notice_minutes':0,"
      "'same_day':'refused','max_parties':2,'confirm_by':'seller','timezone':'Europe/Berlin'}",
      201, NULL },
    { "/viewing-rules", "{'length_minutes':4}", 422, "length_minutes" },
    { "/viewing-rules", "{'max_parties':0}", 422, "max_parties" },
    { "/viewing-rules", "{'timezone':'Mars/Base'}", 422, "timezone" },
};

START_TEST(what_a_broker_sets_is_checked)
{
    struct reply reply = request_ask("POST", settings[_i].path, settings[_i].body);
    ck_assert_status(reply, settings[_i].status);
    if (settings[_i].field)
        says(reply.text, mem_printf(office.mem, "\"%s\"", settings[_i].field));
}
END_TEST

START_TEST(an_agent_and_a_property_have_one_set_of_rules_each)
{
    ck_assert_status(request_ask("POST", "/viewing-rules", "{'length_minutes':45}"), 201);
    struct reply second = request_ask("POST", "/viewing-rules", "{'length_minutes':45}");
    ck_assert_status(second, 409);
    says(second.text, "PUT /viewing-rules/{id}");
    ck_assert_status(request_ask("POST", "/viewing-rules", "{'property_id':1}"), 201);
    ck_assert_status(request_ask("POST", "/viewing-rules", "{'property_id':1}"), 409);
    ck_assert_status(request_ask_broker("POST", "/viewing-rules", "{'property_id':2}"), 201);
    ck_assert_int_eq(sql_int("SELECT agent_id FROM viewing_rules WHERE property_id = 2"),
                     office.agent_id);
    ck_assert_status(request_ask("PUT", "/viewing-rules/1", "{'length_minutes':null}"), 200);
    says(schedule("ANN", "456 Oak Ave", "2026-09-02T14:00"), "Great!");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        a_day_is_offered_by_slots_that_lie_apart,
        without_a_day_the_soonest_are_offered_with_an_hour_to_get_there,
        a_time_is_told_to_be_free_or_taken,
        what_cannot_be_understood_or_seen_is_asked_about,
        a_day_that_is_full_gives_the_nearest_others,
        an_offer_is_held_for_the_call_until_it_hangs_up,
        an_offer_is_let_go_after_five_minutes,
        who_calls_again_finds_what_was_held_in_the_call_that_broke_off,
        a_call_that_is_over_holds_nothing,
        the_time_is_held_while_the_name_is_asked,
        outside_the_hours_nothing_is_booked_and_what_is_offered_is_inside,
        hours_are_those_of_the_rules_zone,
        blackouts_of_days_and_of_hours,
        notice_and_no_same_day,
        between_viewings_the_longer_buffer_is_free,
        an_agent_with_rules_is_never_at_two_places,
        several_parties_may_view_at_once,
        an_open_house_needs_no_appointment_and_keeps_its_agent,
        who_must_agree_is_said,
        the_length_is_the_propertys,
        said_twice_it_is_one_viewing,
        another_time_that_overlaps_ones_own_moves_it,
        a_viewing_is_moved_from_another_call_of_the_same_number,
        a_viewing_may_overlap_where_it_was,
        nobody_gets_at_the_viewing_of_another_number,
        another_brokerages_viewings_are_not_seen,
        of_several_the_one_is_asked_for,
        a_call_that_cancels_what_it_booked_has_scheduled_nothing,
        what_was_cancelled_is_free_again_and_what_is_past_is_not_found,
        what_is_asked_again_in_the_short_form_is_done_again,
        no_call_fills_the_diary,
        ten_years_ahead_is_as_far_as_is_booked,
        what_an_agent_made_longer_stays_so_when_it_is_moved,
        an_agent_may_break_the_hours_but_double_books_nothing,
        what_was_cancelled_does_not_come_back_into_a_slot_that_is_taken,
        a_viewing_of_a_property_that_is_gone_becomes_none_of_another,
    };
    Suite *suite = suite_create("diary");
    TCase *tc = tcase_create("diary");
    tcase_add_checked_fixture(tc, office_open, office_close);
    for (size_t i = 0; i < COUNT(tests); i++)
        tcase_add_test(tc, tests[i]);
    tcase_add_loop_test(tc, what_a_broker_sets_is_checked, 0, COUNT(settings));
    tcase_add_test(tc, an_agent_and_a_property_have_one_set_of_rules_each);
    suite_add_tcase(suite, tc);
    return suite_run(suite);
}
