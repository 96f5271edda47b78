/* The front desk: a call told in any order, twice, too late, for somebody else; the five tools; the
 * heartbeat of a listing. Events go to desk_receive; the wire's two forms go through dispatch. */
#include "base/instant.h"
#include "desk/desk.h"
#include "desk/listing.h"
#include "desk/tools.h"
#include "store/phone_calls.h"
#include "support.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- events ---- */

static struct event event_of(enum event_kind kind, const char *key, int second)
{
    struct event event;
    event_init(&event, "vapi");
    event.kind = kind;
    event.type = "test";
    event.dedup_key = key;
    event.body = "{}";
    event.at = OFFICE_NOW + second * SECOND_MS;
    event.facts = (struct call_facts){ .provider_call_id = "call-1",
                                       .direction = DIRECTION_INBOUND,
                                       .provider_phone_id = "vapi-number-1",
                                       .other_number = "+12125550123",
                                       .created_at = OFFICE_NOW,
                                       .started_at = NO_VALUE };
    return event;
}

static struct event speech_of(const char *key, int second, enum speaker speaker, const char *text)
{
    struct event event = event_of(EVENT_SPEECH, key, second);
    event.speech = (struct segment){ (int)speaker, text, event.at };
    return event;
}

static struct event tool_of(const char *id, int second, const char *name, const char *arguments)
{
    struct event event = event_of(EVENT_TOOLS, mem_printf(office.mem, "tool:%s", id), second);
    event.tools = mem_new(office.mem, struct tool_call);
    event.tool_count = 1;
    *event.tools = (struct tool_call){ .id = id,
                                       .name = name,
                                       .arguments = arguments ? json_of(arguments) : NULL };
    return event;
}

static struct event status_of(const char *key, int second, enum call_status status)
{
    struct event event = event_of(EVENT_STATUS, key, second);
    event.status = (int)status;
    if (status >= CALL_COMPLETED)
        event.ended_reason = "customer-ended-call";
    else if (status == CALL_IN_PROGRESS)
        event.facts.started_at = OFFICE_NOW + 2 * SECOND_MS;
    return event;
}

static struct segment final_segments[] = { { SPEAKER_ASSISTANT, "Bay Realty.", OFFICE_NOW + 2000 },
                                           { SPEAKER_USER, "An offer, please.",
                                             OFFICE_NOW + 5000 } };

static struct event report_of(const char *key, int second)
{
    struct event event = event_of(EVENT_REPORT, key, second);
    event.report = (struct call_report){
        .status = CALL_COMPLETED,
        .ended_reason = "customer-ended-call",
        .started_at = OFFICE_NOW + 2 * SECOND_MS,
        .ended_at = OFFICE_NOW + 129 * SECOND_MS,
        .duration_seconds = 127,
        .cost_micros = 213400,
        .transcription = "AI: Bay Realty.\nUser: An offer, please.\n",
        .recording_url = "https://recordings.example/1.wav",
        .segments = final_segments,
        .segment_count = COUNT(final_segments),
        .intent = WORD_NONE,
        .outcome = WORD_NONE,
        .confidence = NAN,
    };
    return event;
}

/* The desk at some later moment. */
static struct answer receive_at(void *mem, const struct event *event, int64_t now)
{
    struct desk desk = desk_on(mem);
    struct answer answer;
    desk.now = now;
    enum err err = desk_receive(&desk, event, &answer);
    ck_assert_msg(err == ERR_NONE, "%s: %s", event->dedup_key, err_name(err));
    return answer;
}

static struct answer receive(const struct event *event)
{
    return receive_at(office.mem, event, OFFICE_NOW);
}

/* ---- the record, as text ---- */

/* All that a call leaves, but for ids and the moments at which messages happened to come. */
static char *record_told(void)
{
    static const char *const queries[] = {
        "SELECT quote(direction) || quote(phone_number) || quote(called_number) || "
        "quote(vapi_call_id) || quote(status) || quote(ended_reason) || quote(duration_seconds) || "
        "quote(cost_micros) || quote(transcription) || quote(intent) || quote(intent_source) || "
        "quote(confidence_score) || quote(outcome) || quote(outcome_source) || "
        "quote(caller_name) || quote(caller_phone) || quote(claimed_phone) || quote(message) || "
        "quote(follow_up_created) || quote(recording_url) || quote(reported) || "
        "quote(created_at) || quote(property_id) || quote(phone_number_id) FROM phone_calls",
        "SELECT 'times ' || quote(started_at) || quote(ended_at) FROM phone_calls",
        "SELECT 'summary ' || quote(summary) || quote(summary_source) FROM phone_calls",
        "SELECT role || quote(text) || quote(spoken_at) FROM transcript_segments "
        "ORDER BY spoken_at, text",
        "SELECT kind || quote(title) || quote(notes) || status || priority || quote(property_id) "
        "|| "
        "quote(caller_name) || quote(caller_phone) || quote(claimed_phone) || "
        "CASE kind WHEN 'viewing' THEN quote(scheduled_at) ELSE '' END FROM scheduled_tasks "
        "ORDER BY kind, title",
        "SELECT quote(amount_cents) || quote(contingencies) || status || quote(caller_name) || "
        "quote(claimed_phone) || quote(property_id) FROM offers",
        "SELECT kind || url FROM recordings ORDER BY kind",
        "SELECT quote(total_calls) || quote(total_seconds) || quote(total_cost_micros) || "
        "quote(last_call_at) FROM phone_numbers",
        "SELECT quote(total) || quote(completed) || quote(missed) || quote(seconds) || "
        "quote(intent_make_offer) || quote(outcome_offer_created) FROM call_rollups",
        "SELECT quote(property_id) || quote(inbound) || quote(viewings) || quote(offers) "
        "FROM property_rollups WHERE inbound OR viewings OR offers ORDER BY property_id",
        "SELECT name || ok || quote(sentence) FROM tool_results ORDER BY tool_call_id",
        "SELECT dedup_key FROM webhook_journal ORDER BY dedup_key",
    };
    char *text = mem_strdup(office.mem, "");
    for (size_t i = 0; i < COUNT(queries); i++)
        mem_append(office.mem, &text, "%s\n", sql_text("%s", queries[i]));
    return text;
}

/* The record that these leave in this order; the database is as before afterwards. */
static char *record_of(const struct event *const *events, size_t count)
{
    void *mem = mem_context(office.mem);
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
    for (size_t i = 0; i < count; i++)
        receive_at(mem, events[i], OFFICE_NOW + (int64_t)i * 700);
    char *record = record_told();
    db_rollback(office.db);
    mem_free(mem);
    return record;
}

/* Shuffles the events, some of them twice, and compares what they leave with the given order. */
static void orders_check(const struct event *events, size_t count, int orders, uint32_t seed)
{
    enum { ROOM = 40 };
    const struct event *list[ROOM];
    size_t extra = count / 3;
    ck_assert_uint_le(count + extra, ROOM);
    for (size_t i = 0; i < count; i++)
        list[i] = &events[i];
    const char *wanted = record_of(list, count);
    const char *forks = getenv("CK_FORK");
    if (forks && strcmp(forks, "no") == 0) /* under valgrind, which is slow and looks at memory */
        orders = orders / 20 + 1;
    ck_assert_ptr_nonnull(strstr(wanted, "call-1"));
    for (int order = 0; order < orders; order++) {
        for (size_t i = 0; i < count; i++)
            list[i] = &events[i];
        for (size_t i = 0; i < extra; i++)
            list[count + i] = &events[random_below(&seed, (uint32_t)count)];
        for (size_t i = count + extra - 1; i > 0; i--) {
            size_t k = random_below(&seed, (uint32_t)i + 1);
            const struct event *swap = list[i];
            list[i] = list[k];
            list[k] = swap;
        }
        const char *record = record_of(list, count + extra);
        if (strcmp(record, wanted) == 0)
            continue;
        char *told = mem_strdup(office.mem, "");
        for (size_t i = 0; i < count + extra; i++)
            mem_append(office.mem, &told, "%s ", list[i]->dedup_key);
        ck_abort_msg("order %d: %s\n-- left\n%s-- instead of\n%s", order, told, record, wanted);
    }
}

/* ---- the order of messages ---- */

/* Everything that can happen in a call, once; the last `without` kinds are left to the tests. */
static size_t story_tell(struct event *list)
{
    size_t n = 0;
    list[n++] = event_of(EVENT_RING, "ring", 0);
    list[n++] = status_of("status:in-progress", 2, CALL_IN_PROGRESS);
    list[n++] = speech_of("speech:1", 2, SPEAKER_ASSISTANT, "Bay Realty.");
    list[n++] = speech_of("speech:2", 5, SPEAKER_USER, "I like 123 Main Street.");
    list[n++] = tool_of("t1", 6, "lookup_property", "{'address':'123 Main St'}");
    list[n++] = tool_of("t2", 20, "schedule_viewing",
                        "{'address':'123 Main St','caller_name':'John Doe',"
                        "'phone':'415 555 0199','date_time':'2026-09-02T14:00'}");
    list[n++] = tool_of("t3", 40, "create_offer",
                        "{'address':'123 Main St','caller_name':'John Doe',"
                        "'phone':'415 555 0199','amount':'$400,000',"
                        "'contingencies':'inspection'}");
    list[n++] = tool_of("t4", 60, "take_message",
                        "{'caller_name':'John Doe','phone':'415 555 0199',"
                        "'message':'Please call me back.'}");
    list[n++] = event_of(EVENT_TRANSFER_WANTED, "transfer-wanted", 80);
    list[n++] = event_of(EVENT_TRANSFERRED, "transferred", 90);
    list[n++] = event_of(EVENT_STALLED, "hang", 95);
    list[n++] = status_of("status:ended", 129, CALL_COMPLETED);
    return n;
}

START_TEST(messages_in_any_order_leave_the_same_record)
{
    struct event list[20];
    size_t count = story_tell(list);
    list[count++] = report_of("report", 130);
    orders_check(list, count, 350, 1);
}
END_TEST

START_TEST(a_report_with_analysis_leaves_the_same_record_in_any_order)
{
    struct event list[20];
    size_t count = story_tell(list);
    list[count] = report_of("report", 130);
    list[count].report.intent = INTENT_SCHEDULE_VIEWING;
    list[count].report.outcome = OUTCOME_VIEWING_SCHEDULED;
    list[count].report.confidence = 0.8;
    list[count].report.caller_name = "Mr. John Doe";
    list[count].report.summary = "John wants to buy.";
    list[count].report.transferred = true;
    list[count].report.stereo_recording_url = "https://recordings.example/2.wav";
    orders_check(list, count + 1, 150, 2);
}
END_TEST

START_TEST(a_call_that_nobody_answered_has_no_beginning_in_any_order)
{
    struct event list[3] = { event_of(EVENT_RING, "ring", 0),
                             status_of("status:in-progress", 2, CALL_IN_PROGRESS),
                             report_of("report", 30) };
    list[2].report = (struct call_report){ .status = CALL_NO_ANSWER,
                                           .ended_reason = "customer-did-not-answer",
                                           .started_at = NO_VALUE,
                                           .ended_at = OFFICE_NOW + 30 * SECOND_MS,
                                           .duration_seconds = NO_VALUE,
                                           .cost_micros = NO_VALUE,
                                           .intent = WORD_NONE,
                                           .outcome = WORD_NONE,
                                           .confidence = NAN };
    orders_check(list, 3, 30, 3);
}
END_TEST

START_TEST(of_two_reports_the_later_counts_in_any_order)
{
    struct event list[3] = { event_of(EVENT_RING, "ring", 0), report_of("report:1", 130),
                             report_of("report:2", 140) };
    list[1].report.cost_micros = 1;
    list[1].report.ended_at = OFFICE_NOW + 100 * SECOND_MS;
    list[2].report.intent = INTENT_MAKE_OFFER;
    list[2].report.confidence = 0.7;
    orders_check(list, 3, 30, 4);
}
END_TEST

START_TEST(an_analysis_of_the_lesser_report_counts_alike_in_any_order)
{
    struct event list[3] = { event_of(EVENT_RING, "ring", 0), report_of("report:1", 130),
                             report_of("report:2", 140) };
    list[1].report.ended_at = OFFICE_NOW + 100 * SECOND_MS;
    list[1].report.intent = INTENT_MAKE_OFFER;
    list[1].report.confidence = 0.7;
    list[1].report.summary = "By the first.";
    orders_check(list, 3, 30, 5);
}
END_TEST

START_TEST(the_first_message_that_comes_makes_the_call)
{
    struct event list[20];
    size_t count = story_tell(list);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(db_begin(office.db), ERR_NONE);
        receive(&list[i]);
        ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM phone_calls WHERE vapi_call_id = 'call-1' "
                                 "AND phone_number = '+12125550123' AND created_at = %lld",
                                 (long long)OFFICE_NOW),
                         1);
        db_rollback(office.db);
    }
}
END_TEST

/* ---- twice ---- */

START_TEST(the_same_message_twice_has_one_effect_and_the_same_answer)
{
    struct event list[20];
    size_t count = story_tell(list);
    for (size_t i = 0; i < count; i++) {
        struct answer first = receive(&list[i]);
        const char *record = record_told();
        struct answer again = receive_at(office.mem, &list[i], OFFICE_NOW + HOUR_MS);
        ck_assert_str_eq(record_told(), record);
        ck_assert_int_eq(again.kind, first.kind);
        ck_assert_int_eq(again.phone_call_id, first.phone_call_id);
        ck_assert_uint_eq(again.tool_count, first.tool_count);
        for (size_t k = 0; k < first.tool_count; k++) {
            ck_assert_str_eq(again.tools[k].sentence, first.tools[k].sentence);
            ck_assert_int_eq(again.tools[k].ok, first.tools[k].ok);
            ck_assert_str_eq(json_text(office.mem, again.tools[k].facts, NULL),
                             json_text(office.mem, first.tools[k].facts, NULL));
        }
        if (first.kind == ANSWER_ASSISTANT)
            ck_assert_str_eq(again.receptionist.prompt, first.receptionist.prompt);
    }
}
END_TEST

START_TEST(a_tool_call_in_another_message_is_still_the_same_one)
{
    struct event event = tool_of("t1", 1, "take_message", "{'message':'Call me.'}");
    receive(&event);
    event.dedup_key = "another key";
    receive(&event);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM scheduled_tasks"), 1);
}
END_TEST

START_TEST(one_tool_id_in_two_calls_is_two_tool_calls)
{
    struct event event = tool_of("t1", 1, "take_message", "{'message':'Call me.'}");
    receive(&event);
    event.facts.provider_call_id = "call-2";
    event.dedup_key = "other";
    receive(&event);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM scheduled_tasks"), 2);
}
END_TEST

/* ---- late ---- */

START_TEST(what_comes_after_the_report_changes_nothing_that_it_said)
{
    struct event list[20], report = report_of("report", 130);
    size_t count = story_tell(list);
    receive(&report);
    for (size_t i = 0; i < count; i++)
        receive_at(office.mem, &list[i], OFFICE_NOW + DAY_MS);
    ck_assert_str_eq(
        sql_text("SELECT status || ' ' || duration_seconds || ' ' || ended_at "
                 "FROM phone_calls"),
        mem_printf(office.mem, "completed 127 %lld", (long long)(OFFICE_NOW + 129 * SECOND_MS)));
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM transcript_segments"), 2);
}
END_TEST

/* ---- whose ---- */

START_TEST(a_number_that_is_not_ours_is_refused_politely_and_kept)
{
    struct event ring = event_of(EVENT_RING, "ring", 0);
    struct event tool = tool_of("t1", 1, "lookup_property", "{'address':'123 Main St'}");
    struct event report = report_of("report", 130);
    ring.facts.provider_phone_id = tool.facts.provider_phone_id = "somebody else's";
    report.facts.provider_phone_id = NULL;
    struct answer answer = receive(&ring);
    ck_assert_int_eq(answer.kind, ANSWER_REFUSED);
    ck_assert_ptr_nonnull(answer.sentence);
    answer = receive(&tool);
    ck_assert_int_eq(answer.kind, ANSWER_TOOLS);
    ck_assert(!answer.tools[0].ok);
    ck_assert_str_eq(answer.tools[0].id, "t1");
    ck_assert_int_eq(receive(&report).kind, ANSWER_NOTED);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM phone_calls"), 0);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM webhook_journal WHERE dedup_key = 'report'"), 1);
}
END_TEST

START_TEST(a_number_that_takes_no_calls_says_so)
{
    static const char *const ways[] = { "is_active", "can_receive_calls" };
    struct event ring = event_of(EVENT_RING, "ring", 0);
    sql_run("UPDATE phone_numbers SET %s = 0", ways[_i]);
    struct answer answer = receive(&ring);
    ck_assert_int_eq(answer.kind, ANSWER_REFUSED);
    ck_assert_ptr_nonnull(strstr(answer.sentence, "not in service"));
}
END_TEST

START_TEST(a_call_goes_on_when_its_number_is_deleted)
{
    struct event list[20], report = report_of("report", 130);
    size_t count = story_tell(list);
    struct phone_number number;
    receive(&list[0]);
    ck_assert_int_eq(
        table_get(office.db, office.mem, &table_phone_numbers, office.number_id, &number),
        ERR_NONE);
    ck_assert_int_eq(phone_number_delete(office.db, &number), ERR_NONE);
    for (size_t i = 1; i < count; i++)
        receive(&list[i]);
    receive(&report);
    ck_assert_str_eq(sql_text("SELECT status || ' ' || outcome || ' ' || called_number "
                              "FROM phone_calls WHERE phone_number_id IS NULL"),
                     "completed offer_created +14155550100");
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM tool_results WHERE ok = 1"), 4);
}
END_TEST

START_TEST(a_key_opens_its_own_brokerage_s_calls_alone)
{
    struct event ring = event_of(EVENT_RING, "ring", 0);
    struct event speech = speech_of("speech", 1, SPEAKER_USER, "Hello?");
    int64_t id = receive(&ring).phone_call_id;
    struct desk desk = desk_on(office.mem);
    struct answer answer;
    int64_t elsewhere = brokerage_add("Elsewhere");
    desk.agent_id = agent_add(elsewhere, "Stranger");
    desk.brokerage_id = elsewhere;
    ck_assert_int_eq(desk_receive(&desk, &speech, &answer), ERR_NOT_FOUND);
    speech.facts.provider_call_id = NULL;
    speech.phone_call_id = id;
    ck_assert_int_eq(desk_receive(&desk, &speech, &answer), ERR_NOT_FOUND);
    ring.facts.provider_call_id = "another";
    ring.dedup_key = "another";
    ck_assert_int_eq(desk_receive(&desk, &ring, &answer), ERR_NONE);
    ck_assert_int_eq(answer.kind, ANSWER_REFUSED);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM phone_calls"), 1);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM transcript_segments"), 0);
}
END_TEST

START_TEST(a_key_without_a_number_means_its_agent_s_primary_one)
{
    struct event ring = event_of(EVENT_RING, "ring", 0);
    struct desk desk = desk_on(office.mem);
    struct answer answer;
    ring.facts.provider_phone_id = NULL;
    desk.agent_id = office.agent_id;
    desk.brokerage_id = office.brokerage_id;
    ck_assert_int_eq(desk_receive(&desk, &ring, &answer), ERR_NONE);
    ck_assert_int_eq(answer.kind, ANSWER_ASSISTANT);
    ck_assert_int_eq(sql_int("SELECT phone_number_id FROM phone_calls"), office.number_id);
}
END_TEST

/* ---- answering ---- */

START_TEST(after_hours_calls_are_forwarded_by_the_number_s_clock)
{
    static const struct {
        const char *at;
        bool forwarded;
    } rows[] = {
        { "2026-09-01T16:30:00Z", false }, { "2026-09-02T01:00:00Z", true },
        { "2026-03-07T16:30:00Z", true },  { "2026-03-08T16:30:00Z", false }, /* clocks forward */
        { "2026-10-31T16:30:00Z", false }, { "2026-11-01T16:30:00Z", true },  /* and back */
    };
    struct event ring = event_of(EVENT_RING, "ring", 0);
    sql_run("UPDATE phone_numbers SET forward_when = 'after_hours', "
            "forward_to_number = '+14155550199', business_hours_start = '09:00', "
            "business_hours_end = '18:00'");
    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_int_eq(instant_parse(rows[i].at, &ring.facts.created_at), ERR_NONE);
        ck_assert_int_eq(db_begin(office.db), ERR_NONE);
        struct answer answer = receive(&ring);
        ck_assert_msg(answer.kind == (rows[i].forwarded ? ANSWER_FORWARD : ANSWER_ASSISTANT), "%s",
                      rows[i].at);
        if (rows[i].forwarded) {
            ck_assert_str_eq(answer.forward_to, "+14155550199");
            ck_assert_str_eq(sql_text("SELECT outcome FROM phone_calls"), "transferred");
        }
        db_rollback(office.db);
    }
}
END_TEST

START_TEST(the_receptionist_knows_company_agent_and_local_time)
{
    struct event ring = event_of(EVENT_RING, "ring", 0);
    struct answer answer = receive(&ring);
    const struct receptionist *who = &answer.receptionist;
    static const char *const parts[] = { "Bay Realty", "Jane Agent", "Tuesday, September 1",
                                         "10:04 AM",   "2026",       "America/Los_Angeles",
                                         "PDT" };
    for (size_t i = 0; i < COUNT(parts); i++)
        ck_assert_msg(strstr(who->prompt, parts[i]) != NULL, "%s: %s", parts[i], who->prompt);
    ck_assert_str_eq(who->greeting,
                     "Thanks for calling Bay Realty. This call is recorded. How can I help?");
    ck_assert(!who->can_transfer && who->recording_enabled && who->transcription_enabled);
    sql_run("UPDATE phone_numbers SET greeting_message = 'Hi!', recording_enabled = 0, "
            "forward_to_number = '+14155550199', forward_when = 'unavailable'");
    ring.facts.provider_call_id = ring.dedup_key = "another";
    answer = receive(&ring);
    ck_assert_str_eq(answer.receptionist.greeting, "Hi!");
    ck_assert(answer.receptionist.can_transfer && !answer.receptionist.recording_enabled);
}
END_TEST

START_TEST(a_transfer_goes_where_a_person_can_be_reached)
{
    struct event wanted = event_of(EVENT_TRANSFER_WANTED, "wanted", 5);
    struct answer answer = receive(&wanted);
    ck_assert_int_eq(answer.kind, ANSWER_REFUSED);
    ck_assert_ptr_nonnull(strstr(answer.sentence, "message"));
    sql_run("UPDATE phone_numbers SET forward_to_number = '+14155550199', "
            "forward_when = 'unavailable'");
    answer = receive(&wanted);
    ck_assert_int_eq(answer.kind, ANSWER_FORWARD);
    ck_assert_str_eq(answer.forward_to, "+14155550199");
    ck_assert_str_eq(sql_text("SELECT intent FROM phone_calls"), "speak_agent");
}
END_TEST

/* ---- the five tools ---- */

static struct tool_answer tool_run(const char *name, const char *arguments)
{
    static int serial;
    const char *id = mem_printf(office.mem, "run-%d", ++serial);
    struct event event = tool_of(id, serial, name, arguments);
    struct answer answer = receive(&event);
    ck_assert_int_eq(answer.kind, ANSWER_TOOLS);
    ck_assert_uint_eq(answer.tool_count, 1);
    ck_assert_ptr_null(strpbrk(answer.tools[0].sentence, "\r\n"));
    return answer.tools[0];
}

static const struct {
    const char *name, *arguments;
    bool ok;
    const char *sentence; /* holds this */
} runs[] = {
    { "lookup_property", "{'address':'123 Main Street'}", true,
      "123 Main St is $850,000, 3 bed, 2 bath, 1,800 sqft. Currently researched and healthy. Want "
      "to schedule a viewing?" },
    { "lookup_property", "{'property_id':1}", true, "123 Main St is $850,000" },
    { "lookup_property", "{'property_id':'1'}", true, "123 Main St is $850,000" },
    { "lookup_property", "{'address':'9 Elm Court'}", true, "It has been sold." },
    { "lookup_property", "{'address':'77 Nowhere Lane'}", false, "77 Nowhere Lane" },
    { "lookup_property", "{'property_id':99}", false, "Ask the caller" },
    { "lookup_property", "{'property_id':-1}", false, "Ask the caller" },
    { "lookup_property", "{}", false, "Which property" },
    { "lookup_property", "{'address':'  '}", false, "Which property" },
    { "lookup_property", "{'address':{'street':'123 Main'}}", false, "Which property" },
    { "lookup_property", NULL, false, "ask the caller again" },
    { "schedule_viewing",
      "{'address':'123 Main St','caller_name':'John','date_time':'2026-09-02T14:00'}", true,
      "Great! The viewing of 123 Main St is scheduled for Wednesday, September 2 at 2:00 PM. The "
      "agent will call" },
    { "schedule_viewing",
      "{'address':'123 Main St','caller_name':'John','date_time':'2026-09-02T21:00:00Z'}", true,
      "2:00 PM" },
    { "schedule_viewing",
      "{'address':'123 Main St','caller_name':'John','date_time':"
      "'2026-08-31T14:00'}",
      false, "past" },
    { "schedule_viewing", "{'address':'123 Main St','caller_name':'John'}", false,
      "For which day and time" },
    { "schedule_viewing", "{'address':'123 Main St','caller_name':'John','date_time':'whenever'}",
      false, "" },
    { "schedule_viewing", "{'address':'123 Main St','date_time':'2026-09-02T14:00'}", false,
      "caller's name" },
    { "schedule_viewing", "{'caller_name':'John','date_time':'2026-09-02T14:00'}", false,
      "Which property" },
    { "schedule_viewing",
      "{'address':'9 Elm Ct','caller_name':'John','date_time':'2026-09-02T14:00'}", false,
      "no longer available" },
    { "create_offer", "{'address':'123 Main St','caller_name':'John','amount':'400k'}", true,
      "I have noted your offer of $400,000 on 123 Main St" },
    { "create_offer", "{'address':'123 Main St','caller_name':'John','amount':400000}", true,
      "$400,000" },
    { "create_offer",
      "{'address':'123 Main St','caller_name':'John','amount':'$400,000',"
      "'contingencies':'inspection'}",
      true, "inspection" },
    { "create_offer", "{'address':'123 Main St','caller_name':'John','amount':-5}", false,
      "How much" },
    { "create_offer", "{'address':'123 Main St','caller_name':'John','amount':1e400}", false,
      "How much" },
    { "create_offer", "{'address':'123 Main St','caller_name':'John'}", false, "How much" },
    { "create_offer", "{'address':'123 Main St','amount':'400k'}", false, "caller's name" },
    { "create_offer", "{'address':'9 Elm Ct','caller_name':'John','amount':'400k'}", false,
      "no longer for sale" },
    { "take_message", "{'message':'Please call me.','caller_name':'John'}", true,
      "I have passed your message on. Somebody will call you back at" },
    { "take_message", "{'message':'Please call me.','agent_name':'bob'}", true, "Bob Broker" },
    { "take_message", "{'caller_name':'John'}", false, "What is the message" },
    { "take_message", "{'message':'\\n\\n'}", false, "What is the message" },
    { "search_properties", "{'city':'Oakland'}", true,
      "We have 2 homes in Oakland: 456 Oak Ave in Oakland: $600,000" },
    { "get_properties", "{'max_price':'700k','bedrooms':2}", true, "We have 1 home " },
    { "search_properties", "{'city':'Atlantis'}", true, "We have nothing in Atlantis" },
    { "search_properties", "{'city':'%'}", true, "We have nothing" },
    { "no_such_tool", "{}", false, "no such tool" },
    { "", "{}", false, "no such tool" },
};

START_TEST(a_tool_says_what_it_did_or_what_to_ask)
{
    struct tool_answer answer = tool_run(runs[_i].name, runs[_i].arguments);
    ck_assert_msg(answer.ok == runs[_i].ok && strstr(answer.sentence, runs[_i].sentence),
                  "%s %s: %d, %s", runs[_i].name, runs[_i].arguments, answer.ok, answer.sentence);
    ck_assert(json_is(answer.facts, json_type_object));
    ck_assert_ptr_null(strstr(json_text(office.mem, answer.facts, NULL), "hurry"));
}
END_TEST

START_TEST(a_lookup_s_facts_are_the_listing_s_without_what_is_private)
{
    struct json_object *facts = tool_run("lookup_property", "{'property_id':1}").facts;
    ck_assert_int_eq(json_int_at(facts, "property_id"), office.main_id);
    ck_assert_double_eq(json_real_at(facts, "price"), 850000);
    ck_assert_str_eq(json_text_at(facts, "stage"), "researched");
    ck_assert_str_eq(json_text_at(facts, "health"), "healthy");
    ck_assert_ptr_null(json_get(facts, "private_notes"));
    ck_assert_ptr_null(json_get(facts, "next_action"));
}
END_TEST

START_TEST(several_listings_are_asked_about)
{
    listing_add(office.brokerage_id, office.agent_id, "123 Main St", "Berkeley", 500000, 2);
    struct tool_answer answer = tool_run("lookup_property", "{'address':'123 Main'}");
    ck_assert(!answer.ok);
    ck_assert_ptr_nonnull(strstr(answer.sentence, "Oakland"));
    ck_assert_ptr_nonnull(strstr(answer.sentence, "Berkeley"));
    ck_assert_uint_eq(json_object_array_length(json_get(answer.facts, "candidates")), 2);
    ck_assert(tool_run("lookup_property", "{'address':'123 Main St, Berkeley'}").ok);
}
END_TEST

START_TEST(a_viewing_is_a_task_and_a_taken_time_is_refused)
{
    struct tool_answer first =
        tool_run("schedule_viewing",
                 "{'address':'123 Main St','caller_name':'John','date_time':'2026-09-02T14:00'}");
    struct tool_answer again =
        tool_run("schedule_viewing",
                 "{'property_id':1,'caller_name':'John','date_time':'2026-09-02T14:00'}");
    ck_assert(first.ok && again.ok);
    ck_assert_int_eq(json_int_at(again.facts, "task_id"), json_int_at(first.facts, "task_id"));
    struct event other = tool_of("other", 1, "schedule_viewing",
                                 "{'property_id':1,'caller_name':'Ann',"
                                 "'date_time':'2026-09-02T14:15'}");
    other.facts.provider_call_id = "call-2";
    struct answer answer = receive(&other);
    ck_assert(!answer.tools[0].ok);
    ck_assert_ptr_nonnull(strstr(answer.tools[0].sentence, "already taken"));
    ck_assert_str_eq(
        sql_text("SELECT kind || ' ' || scheduled_at || ' ' || duration_minutes || ' ' "
                 "|| agent_id || ' ' || caller_name FROM scheduled_tasks"),
        "viewing 1788382800000 30 1 John");
    ck_assert_str_eq(sql_text("SELECT outcome || ' ' || intent || ' ' || follow_up_created || ' ' "
                              "|| property_id FROM phone_calls WHERE vapi_call_id = 'call-1'"),
                     "viewing_scheduled schedule_viewing 1 1");
}
END_TEST

START_TEST(an_offer_is_a_lead_with_an_urgent_task_and_a_better_thought_changes_it)
{
    tool_run("create_offer", "{'property_id':1,'caller_name':'John','amount':'400k',"
                             "'contingencies':'inspection'}");
    tool_run("create_offer", "{'property_id':1,'caller_name':'John','amount':'410k'}");
    ck_assert_str_eq(sql_text("SELECT amount_cents || ' ' || status || ' ' || contingencies "
                              "FROM offers"),
                     "41000000 lead inspection");
    ck_assert_str_eq(sql_text("SELECT kind || ' ' || priority FROM scheduled_tasks"),
                     "offer urgent");
    const char *title = sql_text("SELECT title FROM scheduled_tasks");
    ck_assert_msg(strstr(title, "$410,000") != NULL, "the agent is still told: %s", title);
}
END_TEST

START_TEST(a_message_is_kept_with_a_task_for_the_agent_asked_for)
{
    tool_run("take_message",
             "{'message':'Line one\\nline two','caller_name':'Ann','agent_name':'Bob Broker'}");
    ck_assert_str_eq(sql_text("SELECT message || '|' || caller_name FROM phone_calls"),
                     "Line one line two|Ann");
    ck_assert_str_eq(
        sql_text("SELECT kind || ' ' || priority || ' ' || agent_id || ' ' || title "
                 "FROM scheduled_tasks"),
        mem_printf(office.mem, "follow_up high %lld Call back Ann", (long long)office.broker_id));
}
END_TEST

START_TEST(another_brokerage_s_listings_are_not_there)
{
    int64_t elsewhere = brokerage_add("Elsewhere");
    int64_t theirs = listing_add(elsewhere, agent_add(elsewhere, "Stranger"), "55 Secret Rd",
                                 "Oakland", 100000, 3);
    ck_assert(!tool_run("lookup_property", "{'address':'55 Secret Rd'}").ok);
    ck_assert(!tool_run("lookup_property",
                        mem_printf(office.mem, "{'property_id':%lld}", (long long)theirs))
                   .ok);
    ck_assert_ptr_null(
        strstr(tool_run("search_properties", "{'city':'Oakland'}").sentence, "Secret"));
}
END_TEST

START_TEST(the_number_a_caller_claims_is_kept_beside_the_one_that_called)
{
    tool_run("take_message", "{'message':'x','phone':'four one five 555 0177'}");
    ck_assert_str_eq(sql_text("SELECT claimed_phone || ' ' || caller_phone FROM phone_calls"),
                     "+14155550177 +12125550123");
    tool_run("take_message", "{'message':'y','phone':'none of your business'}");
    ck_assert_str_eq(sql_text("SELECT claimed_phone FROM phone_calls"), "+14155550177");
}
END_TEST

START_TEST(texts_of_ten_thousand_characters_are_bounded)
{
    char *name = mem_bytes(office.mem, 10001);
    memset(name, 'n', 10000);
    name[10000] = '\0';
    static const char *const formats[] = {
        "{'message':'%s','caller_name':'%s','phone':'%s','agent_name':'%s'}",
        "{'address':'%s','caller_name':'%s','date_time':'%s','phone':'%s'}",
        "{'property_id':1,'caller_name':'%s','amount':'%s','contingencies':'%s','phone':'%s'}",
        "{'city':'%s','min_price':'%s','max_price':'%s','bedrooms':'%s'}",
    };
    static const char *const names[] = { "take_message", "schedule_viewing", "create_offer",
                                         "search_properties" };
    for (size_t i = 0; i < COUNT(names); i++) {
        char *arguments = mem_strdup(office.mem, "");
        for (const char *p = formats[i]; *p; p++)
            if (strncmp(p, "%s", 2) == 0) {
                mem_append(office.mem, &arguments, "%s", name);
                p++;
            } else {
                mem_append(office.mem, &arguments, "%c", *p);
            }
        tool_run(names[i], arguments);
    }
    ck_assert_int_le(sql_int("SELECT MAX(LENGTH(caller_name)) FROM phone_calls"), 200);
    ck_assert_int_le(sql_int("SELECT MAX(LENGTH(notes)) FROM scheduled_tasks"), 4000);
    ck_assert_int_le(sql_int("SELECT MAX(LENGTH(title)) FROM scheduled_tasks"), 300);
}
END_TEST

START_TEST(every_tool_s_schema_names_its_parameters)
{
    for (size_t i = 0; i < tool_count; i++) {
        struct json_object *schema = tool_schema(office.mem, &tools[i]);
        ck_assert_str_eq(json_text_at(schema, "type"), "object");
        ck_assert_uint_eq((size_t)json_object_object_length(json_get(schema, "properties")),
                          tools[i].param_count);
        ck_assert_ptr_eq(tool_find(tools[i].name), &tools[i]);
        if (tools[i].alias)
            ck_assert_ptr_eq(tool_find(tools[i].alias), &tools[i]);
    }
    ck_assert_ptr_null(tool_find(NULL));
    ck_assert_ptr_null(tool_find(""));
}
END_TEST

/* ---- summaries, heartbeats ---- */

START_TEST(a_summary_is_made_of_the_facts)
{
    struct event list[20], report = report_of("report", 130);
    size_t count = story_tell(list);
    for (size_t i = 0; i < count; i++)
        receive(&list[i]);
    receive(&report);
    ck_assert_str_eq(sql_text("SELECT summary FROM phone_calls"),
                     "John wanted to make an offer on 123 Main St. An offer was recorded. "
                     "Message: Please call me back. It lasted 127 seconds.");
}
END_TEST

START_TEST(an_analysis_s_summary_is_kept)
{
    struct event report = report_of("report", 130),
                 late = tool_of("t", 1, "take_message", "{'message':'x'}");
    report.report.summary = "John called.";
    receive(&report);
    receive(&late);
    ck_assert_str_eq(sql_text("SELECT summary FROM phone_calls"), "John called.");
}
END_TEST

static const struct {
    int stage;
    int64_t days_in_stage, days_since_activity;
    const char *blocked;
    enum health health;
    const char *sentence;
} beats[] = {
    { STAGE_NEW_PROPERTY, 1, 1, NULL, HEALTH_HEALTHY, "Currently new property and healthy." },
    { STAGE_NEW_PROPERTY, 9, 3, NULL, HEALTH_HEALTHY, "Currently new property and healthy." },
    { STAGE_NEW_PROPERTY, 9, 4, NULL, HEALTH_STALE, "Currently new property and stale." },
    { STAGE_ENRICHED, 6, 5, NULL, HEALTH_HEALTHY, "Currently enriched and healthy." },
    { STAGE_ENRICHED, 6, 6, NULL, HEALTH_STALE, "Currently enriched and stale." },
    { STAGE_RESEARCHED, 8, 8, NULL, HEALTH_STALE, "Currently researched and stale." },
    { STAGE_WAITING_FOR_CONTRACTS, 10, 10, NULL, HEALTH_HEALTHY,
      "Currently waiting for contracts and healthy." },
    { STAGE_WAITING_FOR_CONTRACTS, 11, 11, NULL, HEALTH_STALE,
      "Currently waiting for contracts and stale." },
    { STAGE_COMPLETE, 1000, 1000, NULL, HEALTH_HEALTHY, "Currently complete and healthy." },
    { STAGE_RESEARCHED, 1, 1, "title dispute", HEALTH_BLOCKED,
      "Currently researched and blocked." },
    { STAGE_COMPLETE, 1, 1, "title dispute", HEALTH_BLOCKED, "Currently complete and blocked." },
    { STAGE_RESEARCHED, 1, 1, "  ", HEALTH_HEALTHY, "Currently researched and healthy." },
};

START_TEST(a_heartbeat_tells_stage_health_and_days)
{
    struct property property;
    property_init(&property);
    property.stage = beats[_i].stage;
    property.stage_changed_at = OFFICE_NOW - beats[_i].days_in_stage * DAY_MS;
    property.last_activity_at = OFFICE_NOW - beats[_i].days_since_activity * DAY_MS;
    property.blocked_reason = beats[_i].blocked;
    struct heartbeat beat = listing_heartbeat(office.mem, &property, OFFICE_NOW);
    ck_assert_int_eq(beat.stage, beats[_i].stage);
    ck_assert_int_eq(beat.health, beats[_i].health);
    ck_assert_str_eq(beat.sentence, beats[_i].sentence);
    ck_assert_int_eq(beat.days_in_stage, beats[_i].days_in_stage);
    ck_assert_int_eq(beat.days_since_activity, beats[_i].days_since_activity);
    ck_assert_ptr_nonnull(beat.next_action);
    ck_assert((beat.reason != NULL) == (beat.health != HEALTH_HEALTHY));
    property.next_action = "Call the notary";
    beat = listing_heartbeat(office.mem, &property, OFFICE_NOW);
    ck_assert_str_eq(beat.next_action, "Call the notary");
    ck_assert_ptr_null(strstr(beat.sentence, "notary"));
}
END_TEST

START_TEST(a_clock_set_back_makes_no_negative_days)
{
    struct property property;
    property_init(&property);
    property.stage_changed_at = property.last_activity_at = OFFICE_NOW + 5 * DAY_MS;
    struct heartbeat beat = listing_heartbeat(office.mem, &property, OFFICE_NOW);
    ck_assert_int_eq(beat.days_in_stage, 0);
    ck_assert_int_eq(beat.days_since_activity, 0);
}
END_TEST

/* ---- over the wire ---- */

START_TEST(the_short_form_tells_a_whole_call)
{
    struct reply reply = request_incoming("{'phone_number':'+12125550123','vapi_call_id':'short-1',"
                                          "'vapi_phone_id':'vapi-number-1'}");
    ck_assert_status(reply, 200);
    ck_assert(reply.waited);
    static const char *const members[] = { "call_id",
                                           "greeting",
                                           "prompt",
                                           "voice_id",
                                           "callback_url",
                                           "recording_enabled",
                                           "transcription_enabled",
                                           "functions" };
    for (size_t i = 0; i < COUNT(members); i++)
        ck_assert_msg(json_get(reply.json, members[i]) != NULL, "%s", members[i]);
    const char *path =
        mem_printf(office.mem, "/callback/%lld", (long long)json_int_at(reply.json, "call_id"));
    ck_assert_str_eq(json_text_at(reply.json, "callback_url"),
                     mem_printf(office.mem, "https://desk.example/voice-assistant%s", path));
    ck_assert_status(request_ask("POST", path,
                                 "{'event':'transcript','text':'Hello','role':'user',"
                                 "'timestamp':'2026-09-01T17:04:05Z'}"),
                     200);
    reply = request_ask("POST", path,
                        "{'event':'function_call','name':'lookup_property',"
                        "'arguments':{'address':'123 Main St'}}");
    ck_assert_status(reply, 200);
    ck_assert_ptr_nonnull(strstr(json_text_at(reply.json, "result"), "$850,000"));
    ck_assert_status(request_ask("POST", path,
                                 "{'event':'ended','status':'completed',"
                                 "'duration':127,'cost':0.21,"
                                 "'recording_url':'https://r.example/1.wav'}"),
                     200);
    ck_assert_str_eq(
        sql_text("SELECT status || ' ' || duration_seconds || ' ' || cost_micros || ' ' "
                 "|| intent || ' ' || recording_url FROM phone_calls"),
        "completed 127 210000 property_inquiry https://r.example/1.wav");
}
END_TEST

static const struct {
    const char *path, *body;
    int status;
} shorts[] = {
    { "/incoming", "{'vapi_phone_id':'vapi-number-1'}", 422 },
    { "/incoming", "{'vapi_call_id':''}", 422 },
    { "/incoming", "{'vapi_call_id':5}", 422 },
    { "/incoming", "{'vapi_call_id':'c','vapi_phone_id':'nobody'}", 404 },
    { "/incoming", "{'vapi_call_id':'c'}", 200 }, /* the key's own primary number */
    { "/incoming?vapi_call_id=c&vapi_phone_id=vapi-number-1", "", 200 },
    { "/incoming?vapi_call_id=c&vapi_phone_id=%2B14155550100", "", 200 },
    { "/incoming", "{'message':{}}", 422 },
    { "/callback/1", "{'event':'transcript','text':'x'}", 404 },
    { "/callback/1", "{'event':'unheard of'}", 422 },
    { "/callback/1", "{}", 422 },
    { "/callback/1", "{'event':'ended','status':'fine'}", 422 },
    { "/callback/1", "{'event':'ended','status':'in_progress'}", 422 },
    { "/callback/1", "{'event':'ended','status':'completed','duration':-1}", 422 },
    { "/callback/1", "{'event':'ended','status':'completed','duration':1e300}", 422 },
    { "/callback/1", "{'event':'ended','status':'completed','cost':'a'}", 422 },
    { "/callback/1", "{'event':'ended','status':'completed','recording_url':'javascript:1'}", 422 },
    { "/callback/1", "{'event':'function_call'}", 422 },
    { "/callback/1", "{'event':'transcript'}", 422 },
    { "/callback/1", "{'event':'transcript','text':'x','timestamp':'noon'}", 422 },
};

START_TEST(the_short_form_is_checked)
{
    struct reply reply = request_ask("POST", shorts[_i].path, shorts[_i].body);
    ck_assert_msg(reply.status == shorts[_i].status, "row %d: %s", _i, reply.text);
    if (reply.status != 200)
        ck_assert_int_eq(sql_int("SELECT (SELECT COUNT(*) FROM phone_calls) + "
                                 "(SELECT COUNT(*) FROM webhook_journal)"),
                         0);
}
END_TEST

START_TEST(odd_values_in_callbacks_are_no_failure_of_ours)
{
    static const char *const bodies[] = {
        "{'event':'function_call','name':'take_message','arguments':'{\\u0022message\\u0022:1}'}",
        "{'event':'function_call','name':'take_message','arguments':'not json'}",
        "{'event':'function_call','name':'take_message','arguments':[1]}",
        "{'event':'function_call','name':'take_message','arguments':null}",
        "{'event':'function_call','name':'%s%n','arguments':{}}",
        "{'event':'transcript','text':'x','timestamp':-9223372036854775807}",
        "{'event':'transcript','text':'x','timestamp':9223372036854775807}",
        "{'event':'transcript','text':'x\\u0000y','role':'\\u0000'}",
        "{'event':'ended','status':'completed','duration':1e7,'cost':9223372036854}",
        "{'event':'ended','status':'no-answer','ended_reason':5}",
    };
    struct reply reply = request_incoming("{'vapi_call_id':'odd','vapi_phone_id':'vapi-number-1'}");
    const char *path =
        mem_printf(office.mem, "/callback/%lld", (long long)json_int_at(reply.json, "call_id"));
    for (size_t i = 0; i < COUNT(bodies); i++) {
        reply = request_ask("POST", path, bodies[i]);
        ck_assert_msg(reply.status == 200, "%s: %s", bodies[i], reply.text);
    }
    ck_assert_status(request_ask("GET", "/phone-calls", NULL), 200);
    ck_assert_status(request_ask("GET", "/phone-calls/transcription/1", NULL), 200);
}
END_TEST

START_TEST(vapi_s_form_is_answered_as_vapi_expects)
{
    struct reply reply = request_incoming(
        "{'message':{'type':'assistant-request','call':{'id':'v1','type':'inboundPhoneCall',"
        "'phoneNumberId':'vapi-number-1','customer':{'number':'+12125550123'}}}}");
    ck_assert_status(reply, 200);
    ck_assert_ptr_nonnull(json_get(reply.json, "assistant"));
    reply = request_incoming(
        "{'message':{'type':'tool-calls','call':{'id':'v1'},'toolCallList':["
        "{'id':'a','function':{'name':'lookup_property','arguments':{'address':'123 Main'}}},"
        "{'id':'b','function':{'name':'nonsense','arguments':{}}},"
        "{'id':'c','function':{'arguments':{}}}]}}");
    ck_assert_status(reply, 200);
    struct json_object *results = json_get(reply.json, "results");
    ck_assert_uint_eq(json_object_array_length(results), 3);
    ck_assert_ptr_nonnull(json_text_at(json_object_array_get_idx(results, 0), "result"));
    ck_assert_ptr_nonnull(json_text_at(json_object_array_get_idx(results, 1), "error"));
    reply = request_incoming("{'message':{'type':'speech-update','call':{'id':'v1'}}}");
    ck_assert_status(reply, 200);
    ck_assert(!reply.waited);
    reply = request_incoming("{'message':{'type':'assistant-request','call':{'id':'v2',"
                             "'phoneNumberId':'unknown'}}}");
    ck_assert_status(reply, 200);
    ck_assert_ptr_nonnull(json_text_at(reply.json, "error"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("desk");
    TCase *order = tcase_create("order"), *whose = tcase_create("whose"),
          *answers = tcase_create("answers"), *tool = tcase_create("tools"),
          *beat = tcase_create("heartbeat"), *wire = tcase_create("wire");
    TCase *all[] = { order, whose, answers, tool, beat, wire };
    for (size_t i = 0; i < COUNT(all); i++) {
        tcase_add_checked_fixture(all[i], office_open, office_close);
        tcase_set_timeout(all[i], 240);
        suite_add_tcase(suite, all[i]);
    }
    tcase_add_test(order, messages_in_any_order_leave_the_same_record);
    tcase_add_test(order, a_report_with_analysis_leaves_the_same_record_in_any_order);
    tcase_add_test(order, a_call_that_nobody_answered_has_no_beginning_in_any_order);
    tcase_add_test(order, of_two_reports_the_later_counts_in_any_order);
    tcase_add_test(order, an_analysis_of_the_lesser_report_counts_alike_in_any_order);
    tcase_add_test(order, the_first_message_that_comes_makes_the_call);
    tcase_add_test(order, the_same_message_twice_has_one_effect_and_the_same_answer);
    tcase_add_test(order, a_tool_call_in_another_message_is_still_the_same_one);
    tcase_add_test(order, one_tool_id_in_two_calls_is_two_tool_calls);
    tcase_add_test(order, what_comes_after_the_report_changes_nothing_that_it_said);
    tcase_add_test(whose, a_number_that_is_not_ours_is_refused_politely_and_kept);
    tcase_add_loop_test(whose, a_number_that_takes_no_calls_says_so, 0, 2);
    tcase_add_test(whose, a_call_goes_on_when_its_number_is_deleted);
    tcase_add_test(whose, a_key_opens_its_own_brokerage_s_calls_alone);
    tcase_add_test(whose, a_key_without_a_number_means_its_agent_s_primary_one);
    tcase_add_test(answers, after_hours_calls_are_forwarded_by_the_number_s_clock);
    tcase_add_test(answers, the_receptionist_knows_company_agent_and_local_time);
    tcase_add_test(answers, a_transfer_goes_where_a_person_can_be_reached);
    tcase_add_loop_test(tool, a_tool_says_what_it_did_or_what_to_ask, 0, COUNT(runs));
    tcase_add_test(tool, a_lookup_s_facts_are_the_listing_s_without_what_is_private);
    tcase_add_test(tool, several_listings_are_asked_about);
    tcase_add_test(tool, a_viewing_is_a_task_and_a_taken_time_is_refused);
    tcase_add_test(tool, an_offer_is_a_lead_with_an_urgent_task_and_a_better_thought_changes_it);
    tcase_add_test(tool, a_message_is_kept_with_a_task_for_the_agent_asked_for);
    tcase_add_test(tool, another_brokerage_s_listings_are_not_there);
    tcase_add_test(tool, the_number_a_caller_claims_is_kept_beside_the_one_that_called);
    tcase_add_test(tool, texts_of_ten_thousand_characters_are_bounded);
    tcase_add_test(tool, every_tool_s_schema_names_its_parameters);
    tcase_add_test(beat, a_summary_is_made_of_the_facts);
    tcase_add_test(beat, an_analysis_s_summary_is_kept);
    tcase_add_loop_test(beat, a_heartbeat_tells_stage_health_and_days, 0, COUNT(beats));
    tcase_add_test(beat, a_clock_set_back_makes_no_negative_days);
    tcase_add_test(wire, the_short_form_tells_a_whole_call);
    tcase_add_loop_test(wire, the_short_form_is_checked, 0, COUNT(shorts));
    tcase_add_test(wire, odd_values_in_callbacks_are_no_failure_of_ours);
    tcase_add_test(wire, vapi_s_form_is_answered_as_vapi_expects);
    return suite_run(suite);
}
