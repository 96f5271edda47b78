/* end-of-call-report: each fact, each of its places, and what is not to be believed. */
#include "base/mem.h"
#include "base/text.h"
#include "vapi_samples.h"
#include <math.h>
#include <string.h>

#define COMPLETED "end-of-call-report.completed.json"
#define LEGACY "end-of-call-report.completed.legacy-fields.json"

static struct call_report report_of(const char *members)
{
    struct event event =
        event_of(message_of(mem_printf(mem, "'type':'end-of-call-report',%s", members)));
    ck_assert_int_eq(event.kind, EVENT_REPORT);
    return event.report;
}

static struct call_report report_of_body(struct json_object *body)
{
    struct event event = event_of(body);
    ck_assert_int_eq(event.kind, EVENT_REPORT);
    return event.report;
}

static void same_segments(const struct call_report *a, const struct call_report *b, bool times)
{
    ck_assert_uint_eq(a->segment_count, b->segment_count);
    for (size_t i = 0; i < a->segment_count; i++) {
        ck_assert_int_eq(a->segments[i].speaker, b->segments[i].speaker);
        ck_assert_str_eq(a->segments[i].text, b->segments[i].text);
        if (times)
            ck_assert_int_eq(a->segments[i].spoken_at, b->segments[i].spoken_at);
    }
}

START_TEST(the_completed_call_is_told_whole)
{
    struct call_report report = event_of_sample(COMPLETED).report;
    ck_assert_int_eq(report.status, CALL_COMPLETED);
    ck_assert(!report.transferred);
    ck_assert_str_eq(report.ended_reason, "customer-ended-call");
    ck_assert_int_eq(report.started_at, INT64_C(1788282247412));
    ck_assert_int_eq(report.ended_at, INT64_C(1788282323812));
    ck_assert_int_eq(report.duration_seconds, 76);
    ck_assert_int_eq(report.cost_micros, 142500);
    ck_assert(text_starts_with(report.transcription, "AI: Thank you for calling Harborview"));
    ck_assert(text_starts_with(report.summary, "John Carter called about 123 Main St."));
    ck_assert(text_starts_with(report.recording_url, "https://storage.vapi.ai/"));
    ck_assert(strstr(report.stereo_recording_url, "-stereo.mp3") != NULL);
    ck_assert_int_eq(report.intent, INTENT_SCHEDULE_VIEWING);
    ck_assert_int_eq(report.outcome, OUTCOME_VIEWING_SCHEDULED);
    ck_assert(isnan(report.confidence));
    ck_assert_str_eq(report.caller_name, "John Carter");
    /* 24 entries, of which a system prompt, five tool calls and five results were not spoken. */
    ck_assert_uint_eq(report.segment_count, 13);
    ck_assert_int_eq(report.segments[0].speaker, SPEAKER_ASSISTANT);
    ck_assert_int_eq(report.segments[0].spoken_at, INT64_C(1788282248312));
    ck_assert_int_eq(report.segments[1].speaker, SPEAKER_USER);
    ck_assert_str_eq(report.segments[12].text, "Thanks for calling Harborview Realty. Goodbye.");
}
END_TEST

START_TEST(older_bodies_tell_the_same)
{
    struct event whole = event_of_sample(COMPLETED);
    struct event both = event_of_sample(LEGACY);
    struct json_object *body = sample(LEGACY);
    json_set(body, "message.artifact", NULL);
    json_set(body, "message.analysis.summary", NULL);
    json_set(body, "message.startedAt", NULL);
    json_set(body, "message.endedAt", NULL);
    json_set(body, "message.endedReason", NULL);
    json_set(body, "message.cost", NULL);
    struct event legacy = event_of(body);
    const struct event *const others[] = { &both, &legacy };
    for (size_t i = 0; i < 2; i++) {
        const struct call_report *a = &whole.report, *b = &others[i]->report;
        ck_assert_str_eq(others[i]->dedup_key, whole.dedup_key);
        ck_assert_int_eq(b->started_at, a->started_at);
        ck_assert_int_eq(b->duration_seconds, a->duration_seconds);
        ck_assert_str_eq(b->transcription, a->transcription);
        ck_assert_str_eq(b->summary, a->summary);
        ck_assert_str_eq(b->recording_url, a->recording_url);
        ck_assert_str_eq(b->stereo_recording_url, a->stereo_recording_url);
        same_segments(a, b, true);
    }
}
END_TEST

START_TEST(a_retry_is_the_same_and_another_report_is_not)
{
    struct json_object *body = sample(COMPLETED);
    const char *key = event_of(body).dedup_key;
    json_set(body, "message.artifact.presignedMonoUrl", "'https://x.example/?X-Amz-Signature=2'");
    json_set(body, "message.timestamp", "1788282399999");
    ck_assert_str_eq(event_of(body).dedup_key, key);
    static const char *const changes[][2] = { { "message.endedReason", "'customer-busy'" },
                                              { "message.endedAt", "'2026-09-01T18:05:23Z'" },
                                              { "message.cost", "0.15" } };
    for (size_t i = 0; i < 3; i++) {
        body = sample(COMPLETED);
        json_set(body, changes[i][0], changes[i][1]);
        ck_assert_str_ne(event_of(body).dedup_key, key);
    }
}
END_TEST

START_TEST(other_endings)
{
    struct call_report report = event_of_sample("end-of-call-report.forwarded.json").report;
    ck_assert_int_eq(report.status, CALL_COMPLETED);
    ck_assert(report.transferred);
    report = event_of_sample("end-of-call-report.assistant-error.json").report;
    ck_assert_int_eq(report.status, CALL_FAILED);
    ck_assert_int_eq(report.intent, WORD_NONE);
    ck_assert_int_eq(report.duration_seconds, 19);
    report = event_of_sample("end-of-call-report.outbound.customer-did-not-answer.json").report;
    ck_assert_int_eq(report.status, CALL_NO_ANSWER);
    ck_assert_int_eq(report.started_at, NO_VALUE);
    ck_assert_int_eq(report.duration_seconds, NO_VALUE);
    ck_assert_int_eq(report.cost_micros, 0);
    ck_assert_uint_eq(report.segment_count, 0);
    ck_assert_ptr_null(report.transcription);
    ck_assert_ptr_null(report.recording_url);
    report = event_of_sample("end-of-call-report.outbound.customer-busy.json").report;
    ck_assert_int_eq(report.status, CALL_BUSY);
    report = event_of_sample("end-of-call-report.outbound.voicemail.json").report;
    ck_assert_int_eq(report.status, CALL_NO_ANSWER);
}
END_TEST

START_TEST(duration_is_computed_and_read_only_when_it_cannot_be)
{
    static const struct {
        const char *members;
        int64_t seconds;
    } rows[] = {
        { "'startedAt':'2026-09-01T17:00:00Z','endedAt':'2026-09-01T17:02:07Z',"
          "'durationSeconds':5",
          127 },
        { "'startedAt':'2026-09-01T17:00:00Z','durationSeconds':76.4,'durationMs':9000", 76 },
        { "'durationMs':76400,'durationMinutes':9", 76 },
        { "'durationMinutes':1.2733", 76 },
        { "'durationSeconds':'76.4'", 76 },
        /* An end before the beginning is no duration. */
        { "'startedAt':'2026-09-01T17:00:00Z','endedAt':'2026-09-01T16:00:00Z',"
          "'durationSeconds':5",
          5 },
        { "'startedAt':'2026-09-01T17:00:00Z','endedAt':'2036-09-01T16:00:00Z'", NO_VALUE },
        { "'startedAt':'yesterday','endedAt':1788282323812", NO_VALUE },
        { "'durationSeconds':-1", NO_VALUE },
        { "'durationSeconds':1e300", NO_VALUE },
        { "'durationSeconds':'nan','durationMs':'inf'", NO_VALUE },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(report_of(rows[i].members).duration_seconds == rows[i].seconds, "%s",
                      rows[i].members);
}
END_TEST

START_TEST(cost_is_exact_in_micros)
{
    static const struct {
        const char *cost;
        int64_t micros;
    } rows[] = { { "0.1425", 142500 },      { "0", 0 },
                 { "1", 1000000 },          { "0.0000014", 1 },
                 { "0.123456789", 123457 }, { "1.5e-3", 1500 },
                 { "'0.25'", 250000 },      { "-0.1", NO_VALUE },
                 { "1e30", NO_VALUE },      { "'free'", NO_VALUE },
                 { "null", NO_VALUE },      { "{}", NO_VALUE } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(report_of(mem_printf(mem, "'cost':%s", rows[i].cost)).cost_micros ==
                          rows[i].micros,
                      "%s", rows[i].cost);
    ck_assert_int_eq(report_of("'costBreakdown':{'total':0.5}").cost_micros, 500000);
}
END_TEST

/* ---- turns ---- */

START_TEST(turns_come_from_whichever_copy_there_is)
{
    struct call_report whole = event_of_sample(COMPLETED).report;
    struct json_object *body = sample(COMPLETED);
    json_set(body, "message.artifact.messages", "[]");
    struct call_report openai = report_of_body(body);
    same_segments(&whole, &openai, false);
    ck_assert_int_eq(openai.segments[0].spoken_at, NO_VALUE);
    json_set(body, "message.artifact.messagesOpenAIFormatted", "null");
    struct call_report split = report_of_body(body);
    same_segments(&whole, &split, false);
    json_set(body, "message.artifact.transcript",
             "'Ava: Hello\\nthere.\\n\\nGuest: Hi: AI: x\\nGuest:\\n'");
    ck_assert_uint_eq(report_of_body(body).segment_count, 0);
    json_set(body, "message.assistant",
             "{'artifactPlan':{'transcriptPlan':"
             "{'assistantName':'Ava','userName':'Guest'}}}");
    split = report_of_body(body);
    ck_assert_uint_eq(split.segment_count, 2);
    ck_assert_int_eq(split.segments[0].speaker, SPEAKER_ASSISTANT);
    ck_assert_str_eq(split.segments[0].text, "Hello\nthere.");
    ck_assert_str_eq(split.segments[1].text, "Hi: AI: x");
}
END_TEST

START_TEST(only_what_was_said_is_a_turn)
{
    struct call_report report = report_of(
        "'startedAt':'2026-09-01T17:00:00Z','artifact':{'messages':[null,7,'x',[],{},"
        "{'role':'system','message':'s'},{'role':'tool_calls','message':'t'},"
        "{'role':'tool','message':'t'},{'role':'user','message':''},{'role':'user','message':7},"
        "{'role':'bot','message':'one','time':1788282248312,'duration':1},"
        "{'role':'assistant','message':'two','secondsFromStart':1.5},"
        "{'role':'user','message':'three','time':'soon','secondsFromStart':-1}]}");
    ck_assert_uint_eq(report.segment_count, 3);
    ck_assert_int_eq(report.segments[0].spoken_at, INT64_C(1788282248312));
    ck_assert_int_eq(report.segments[1].speaker, SPEAKER_ASSISTANT);
    ck_assert_int_eq(report.segments[1].spoken_at, report.started_at + 1500);
    ck_assert_int_eq(report.segments[2].speaker, SPEAKER_USER);
    /* Stored turns are sorted by time, so an unknown one must not jump ahead. */
    ck_assert_int_eq(report.segments[2].spoken_at, report.started_at + 1500);
}
END_TEST

/* ---- recordings ---- */

START_TEST(no_recording_without_consent)
{
    struct json_object *body = sample(LEGACY);
    ck_assert_ptr_nonnull(report_of_body(body).recording_url); /* granted */
    static const char *const refusals[] = { "{'type':'verbal'}", "{'grantedAt':null}",
                                            "{'grantedAt':''}", "{'grantedAt':true}", "true" };
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        json_set(body, "message.compliance.recordingConsent", refusals[i]);
        struct event event = event_of(body);
        ck_assert_msg(!event.report.recording_url && !event.report.stereo_recording_url, "%s",
                      refusals[i]);
        ck_assert_ptr_null(strstr(event.body, ".mp3"));
    }
    json_set(body, "message.compliance.recordingConsent", "null");
    ck_assert_ptr_nonnull(report_of_body(body).recording_url);
    json_set(body, "message.call.compliance", "{'recordingConsent':{'type':'verbal'}}");
    ck_assert_ptr_null(report_of_body(body).recording_url);
}
END_TEST

START_TEST(only_plain_urls_are_recordings)
{
    static const char *const bad[] = { "'javascript:alert(1)'",
                                       "'file:///etc/passwd'",
                                       "''",
                                       "7",
                                       "'https://a b/'",
                                       "'https://x.example/a\\nb'",
                                       "'https://storage.vapi.ai/x.mp3?X-Amz-Signature=abc'",
                                       "'https://storage.vapi.ai/x.mp3?sv=1&sig=abc'",
                                       "'https://user:pw@storage.vapi.ai/x.mp3'" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(
            !report_of(mem_printf(mem, "'artifact':{'recordingUrl':%s}", bad[i])).recording_url,
            "%s", bad[i]);
    char url[2001];
    memset(url, 'a', sizeof url - 1);
    url[sizeof url - 1] = '\0';
    memcpy(url, "https://", 8);
    ck_assert_ptr_nonnull(report_of(mem_printf(mem, "'recordingUrl':'%s'", url)).recording_url);
    ck_assert_ptr_null(report_of(mem_printf(mem, "'recordingUrl':'%sa'", url)).recording_url);
    struct call_report report =
        report_of("'artifact':{'recording':{'mono':{'combinedUrl':'https://a.example/m'},"
                  "'stereoUrl':'https://a.example/s@b'}},'recordingUrl':'https://a.example/old'");
    ck_assert_str_eq(report.recording_url, "https://a.example/m");
    ck_assert_str_eq(report.stereo_recording_url, "https://a.example/s@b");
}
END_TEST

/* ---- analysis, transfers ---- */

START_TEST(analysis_is_believed_within_reason)
{
    struct call_report report = report_of(
        "'analysis':{'structuredData':{'intent':'offer','confidence':'0.75','outcome':'none',"
        "'caller_name':' Ann\\nLee ','summary':'Ann made an offer.'}}");
    ck_assert_int_eq(report.intent, INTENT_MAKE_OFFER);
    ck_assert(report.confidence == 0.75);
    ck_assert_int_eq(report.outcome, WORD_NONE);
    ck_assert_str_eq(report.caller_name, "Ann Lee");
    ck_assert_str_eq(report.summary, "Ann made an offer.");
    static const char *const odd[] = {
        "{'intent':'burglary','confidence':1.01,'outcome':7,'caller_name':'Unknown'}",
        "{'intent':null,'confidence':-0.1,'outcome':'sold','caller_name':'n/a','summary':' '}",
        "{'intent':{},'confidence':'nan','outcome':[],'caller_name':'  '}",
        "{'intent':3,'confidence':1e308,'outcome':'','caller_name':{}}",
        "'intent'",
        "[]",
        "null",
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        report = report_of(mem_printf(mem, "'analysis':{'structuredData':%s}", odd[i]));
        ck_assert_msg(report.intent == WORD_NONE && report.outcome == WORD_NONE &&
                          isnan(report.confidence) && !report.caller_name && !report.summary,
                      "%s", odd[i]);
    }
}
END_TEST

START_TEST(structured_outputs_fill_in)
{
    struct call_report report = report_of(
        "'analysis':{'structuredData':{'intent':'general'}},"
        "'artifact':{'structuredOutputs':{'one':7,'two':{'name':'x','result':'good'},"
        "'three':{'name':'call','result':{'intent':'speak_agent','outcome':'Message_Taken',"
        "'confidence':1,'caller_name':'Bo'}}}}");
    ck_assert_int_eq(report.intent, INTENT_GENERAL);
    ck_assert_int_eq(report.outcome, OUTCOME_MESSAGE_TAKEN);
    ck_assert(report.confidence == 1);
    ck_assert_str_eq(report.caller_name, "Bo");
}
END_TEST

START_TEST(a_transfer_that_nobody_answered_is_none)
{
    static const struct {
        const char *transfers;
        bool transferred;
    } rows[] = { { "[]", true },
                 { "[{'status':'connected'}]", true },
                 { "[{'status':'busy'},{'status':'completed'}]", true },
                 { "[{'status':'no-answer'}]", false },
                 { "[{'status':'connected'},{'status':'cancelled'}]", false },
                 { "[{'status':'odd'}]", true },
                 { "[7]", true },
                 { "{}", true } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(report_of(mem_printf(mem,
                                           "'endedReason':'assistant-forwarded-call',"
                                           "'artifact':{'transfers':%s}",
                                           rows[i].transfers))
                              .transferred == rows[i].transferred,
                      "%s", rows[i].transfers);
}
END_TEST

TCase *vapi_report_tests(void)
{
    TCase *tcase = tcase_create("report");
    tcase_add_test(tcase, the_completed_call_is_told_whole);
    tcase_add_test(tcase, older_bodies_tell_the_same);
    tcase_add_test(tcase, a_retry_is_the_same_and_another_report_is_not);
    tcase_add_test(tcase, other_endings);
    tcase_add_test(tcase, duration_is_computed_and_read_only_when_it_cannot_be);
    tcase_add_test(tcase, cost_is_exact_in_micros);
    tcase_add_test(tcase, turns_come_from_whichever_copy_there_is);
    tcase_add_test(tcase, only_what_was_said_is_a_turn);
    tcase_add_test(tcase, no_recording_without_consent);
    tcase_add_test(tcase, only_plain_urls_are_recordings);
    tcase_add_test(tcase, analysis_is_believed_within_reason);
    tcase_add_test(tcase, structured_outputs_fill_in);
    tcase_add_test(tcase, a_transfer_that_nobody_answered_is_none);
    return tcase;
}
