/* Envelope, common facts, status updates, transcripts, endings. */
#include "base/mem.h"
#include "base/text.h"
#include "vapi_samples.h"
#include <string.h>

#define CALL "01a05ded-90c0-7d3e-9b52-4f8e1c6a20d7"
#define OUTBOUND "01a05e76-e500-7c44-b7d1-e5a9c3f8e2b6"

START_TEST(every_sample_is_what_it_says)
{
    static const struct {
        const char *name;
        enum event_kind kind;
        const char *key;
    } rows[] = {
        { "assistant-request", EVENT_RING, "vapi:" CALL ":assistant-request" },
        { "status-update.in-progress", EVENT_STATUS, "vapi:" CALL ":status-update:in-progress" },
        { "status-update.forwarding", EVENT_STATUS, "vapi:" CALL ":status-update:forwarding" },
        { "status-update.ended", EVENT_STATUS, "vapi:" CALL ":status-update:ended" },
        { "status-update.outbound.queued", EVENT_STATUS, "vapi:" OUTBOUND ":status-update:queued" },
        { "status-update.outbound.ringing", EVENT_STATUS,
          "vapi:" OUTBOUND ":status-update:ringing" },
        { "transcript.partial.user", EVENT_OTHER, NULL },
        { "transcript.final.user", EVENT_SPEECH, "vapi:" CALL ":transcript:1788282271712:user" },
        { "transcript.final.assistant", EVENT_SPEECH,
          "vapi:" CALL ":transcript:1788282279312:assistant" },
        { "transcript.final-only-type", EVENT_SPEECH,
          "vapi:" CALL ":transcript:1788282271712:user" },
        { "conversation-update", EVENT_OTHER, NULL },
        { "tool-calls.lookup_property", EVENT_TOOLS,
          "vapi:" CALL ":tool-calls:call_Hv1LookupQ2sT8xWbR4nE6yZ" },
        { "tool-calls.lookup_property.flat-shape", EVENT_TOOLS,
          "vapi:" CALL ":tool-calls:call_Hv1LookupQ2sT8xWbR4nE6yZ" },
        { "tool-calls.schedule_viewing", EVENT_TOOLS,
          "vapi:" CALL ":tool-calls:call_Hv2SchedM7kJ1pLcV9aD3fG" },
        { "tool-calls.schedule_viewing.arguments-string", EVENT_TOOLS,
          "vapi:" CALL ":tool-calls:call_Hv2SchedM7kJ1pLcV9aD3fG" },
        { "tool-calls.search_properties", EVENT_TOOLS, NULL },
        { "tool-calls.create_offer", EVENT_TOOLS, NULL },
        { "tool-calls.take_message", EVENT_TOOLS, NULL },
        { "function-call.legacy", EVENT_TOOLS, NULL },
        { "end-of-call-report.completed", EVENT_REPORT,
          "vapi:" CALL ":end-of-call-report:customer-ended-call:1788282323812:142500" },
        { "end-of-call-report.completed.legacy-fields", EVENT_REPORT,
          "vapi:" CALL ":end-of-call-report:customer-ended-call:1788282323812:142500" },
        { "end-of-call-report.forwarded", EVENT_REPORT, NULL },
        { "end-of-call-report.assistant-error", EVENT_REPORT, NULL },
        { "end-of-call-report.outbound.customer-did-not-answer", EVENT_REPORT, NULL },
        { "end-of-call-report.outbound.customer-busy", EVENT_REPORT, NULL },
        { "end-of-call-report.outbound.voicemail", EVENT_REPORT, NULL },
        { "transfer-destination-request", EVENT_TRANSFER_WANTED, NULL },
        { "transfer-update", EVENT_TRANSFERRED, NULL },
        { "hang", EVENT_STALLED, NULL },
        { "handoff-destination-request", EVENT_OTHER, NULL },
        { "knowledge-base-request", EVENT_OTHER, NULL },
        { "speech-update", EVENT_OTHER, NULL },
        { "session.created", EVENT_OTHER, NULL },
        { "chat.created", EVENT_OTHER, NULL },
        { "campaign.predial", EVENT_OTHER, NULL },
        { "assistant.started", EVENT_OTHER, NULL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json_object *body = sample(mem_printf(mem, "%s.json", rows[i].name));
        struct event event = event_of(body);
        ck_assert_msg(vapi_is_message(body), "%s", rows[i].name);
        ck_assert_msg(event.kind == rows[i].kind, "%s is %d", rows[i].name, event.kind);
        ck_assert_str_eq(event.form, "vapi");
        ck_assert_str_eq(event.type, json_text_at(body, "message.type"));
        ck_assert_msg((event.kind != EVENT_OTHER) == (event.dedup_key && event.body), "%s",
                      rows[i].name);
        if (rows[i].key)
            ck_assert_str_eq(event.dedup_key, rows[i].key);
    }
}
END_TEST

START_TEST(only_an_envelope_with_a_type_is_a_message)
{
    static const char *const rows[] = { "{}",
                                        "[]",
                                        "'x'",
                                        "null",
                                        "{'message':null}",
                                        "{'message':{}}",
                                        "{'message':'hello'}",
                                        "{'message':{'type':7}}",
                                        "{'type':'assistant-request'}",
                                        "{'message':[{'type':'x'}]}" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json_object *body = json_of(rows[i]);
        ck_assert_msg(!vapi_is_message(body), "%s", rows[i]);
        ck_assert_int_eq(event_of(body).kind, EVENT_OTHER);
    }
    ck_assert(vapi_is_message(json_of("{'message':{'type':'never-heard-of'}}")));
}
END_TEST

/* ---- facts ---- */

START_TEST(the_facts_of_a_call_are_found)
{
    struct event event = event_of_sample("assistant-request.json");
    const struct call_facts *facts = &event.facts;
    ck_assert_str_eq(facts->provider_call_id, CALL);
    ck_assert_int_eq(facts->direction, DIRECTION_INBOUND);
    ck_assert_str_eq(facts->provider_phone_id, "b7f0c2a4-5d1e-4f3a-9c86-2e4d7a1b9f03");
    ck_assert_str_eq(facts->our_number, "+14155551234");
    ck_assert_str_eq(facts->other_number, "+14155550123");
    ck_assert_int_eq(facts->created_at, INT64_C(1788282245312));
    ck_assert_int_eq(facts->started_at, NO_VALUE);
    ck_assert_int_eq(event.at, INT64_C(1788282245362));
    ck_assert_int_eq(event.phone_call_id, NO_VALUE);
    event = event_of_sample("status-update.outbound.ringing.json");
    ck_assert_int_eq(event.facts.direction, DIRECTION_OUTBOUND);
    event = event_of_sample("status-update.in-progress.json");
    ck_assert_int_eq(event.facts.started_at, INT64_C(1788282247412));
}
END_TEST

START_TEST(facts_have_second_places)
{
    struct json_object *body = sample("assistant-request.json");
    json_set(body, "message.call.customer", NULL);
    json_set(body, "message.call.phoneNumberId", "null");
    json_set(body, "message.phoneNumber.number", NULL);
    json_set(body, "message.phoneNumber.sipUri", "'sip:office@sip.vapi.ai'");
    json_set(body, "message.customer.number", "'+14155550177'");
    struct call_facts facts = event_of(body).facts;
    ck_assert_str_eq(facts.other_number, "+14155550177");
    ck_assert_str_eq(facts.provider_phone_id, "b7f0c2a4-5d1e-4f3a-9c86-2e4d7a1b9f03");
    ck_assert_str_eq(facts.our_number, "sip:office@sip.vapi.ai");
    json_set(body, "message.customer", "{'number':'','sipUri':'sip:ann@example.org'}");
    ck_assert_str_eq(event_of(body).facts.other_number, "sip:ann@example.org");
    json_set(body, "message.customer", "{'number':'anonymous'}");
    ck_assert_str_eq(event_of(body).facts.other_number, "anonymous");
    json_set(body, "message.customer", NULL);
    ck_assert_ptr_null(event_of(body).facts.other_number);
    json_set(body, "message.call.type", "'webCall'");
    ck_assert_int_eq(event_of(body).facts.direction, WORD_NONE);
}
END_TEST

START_TEST(a_time_out_of_our_era_is_not_known)
{
    static const struct {
        const char *timestamp;
        int64_t at;
    } rows[] = { { "1788282245362", INT64_C(1788282245362) },
                 { "1788282245362.4", INT64_C(1788282245362) },
                 { "'1788282245362'", INT64_C(1788282245362) },
                 { "1788282245", NO_VALUE },
                 { "-1", NO_VALUE },
                 { "1e300", NO_VALUE },
                 { "'nan'", NO_VALUE },
                 { "'2026-09-01T17:04:05Z'", NO_VALUE },
                 { "{}", NO_VALUE } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json_object *body = message_of("'type':'hang'");
        json_set(body, "message.timestamp", rows[i].timestamp);
        ck_assert_msg(event_of(body).at == rows[i].at, "%s", rows[i].timestamp);
    }
}
END_TEST

START_TEST(without_a_call_nothing_can_be_done)
{
    static const char *const rows[] = {
        "'assistant-request'",  "'status-update','status':'ended'",
        "'end-of-call-report'", "'hang'",
        "'transfer-update'",    "'function-call','functionCall':{'name':'x'}"
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json_object *body = message_of(mem_printf(mem, "'type':%s", rows[i]));
        ck_assert_msg(event_of(body).kind != EVENT_OTHER, "%s", rows[i]);
        json_set(body, "message.call", NULL);
        struct event event = event_of(body);
        ck_assert_msg(event.kind == EVENT_OTHER, "%s", rows[i]);
        ck_assert_ptr_null(event.body);
        json_set(body, "message.call", "{'id':''}");
        ck_assert_msg(event_of(body).kind == EVENT_OTHER, "%s", rows[i]);
    }
}
END_TEST

START_TEST(long_keys_are_hashed)
{
    struct json_object *body = message_of("'type':'status-update','status':'ended'");
    char id[200];
    memset(id, 'x', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    json_set(body, "message.call.id", mem_printf(mem, "'%s'", id));
    struct event event = event_of(body);
    ck_assert_str_eq(event.facts.provider_call_id, id);
    ck_assert_uint_eq(strlen(event.dedup_key), 5 + 64);
    json_set(body, "message.status", "'ringing'");
    ck_assert_str_ne(event_of(body).dedup_key, event.dedup_key);
    /* An id that nobody could keep is none. */
    json_set(body, "message.call.id", mem_printf(mem, "'%s%s'", id, id));
    ck_assert_int_eq(event_of(body).kind, EVENT_OTHER);
}
END_TEST

/* ---- status-update ---- */

START_TEST(statuses_are_ours)
{
    static const struct {
        const char *name;
        enum event_kind kind;
        int status;
        bool forwarding;
    } rows[] = { { "scheduled", EVENT_STATUS, CALL_INITIATED, false },
                 { "queued", EVENT_STATUS, CALL_INITIATED, false },
                 { "ringing", EVENT_STATUS, CALL_INITIATED, false },
                 { "in-progress", EVENT_STATUS, CALL_IN_PROGRESS, false },
                 { "forwarding", EVENT_STATUS, CALL_IN_PROGRESS, true },
                 { "ended", EVENT_STATUS, CALL_FAILED, false },
                 { "not-found", EVENT_OTHER, WORD_NONE, false },
                 { "deletion-failed", EVENT_OTHER, WORD_NONE, false },
                 { "Ended", EVENT_OTHER, WORD_NONE, false } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct event event = event_of(
            message_of(mem_printf(mem, "'type':'status-update','status':'%s'", rows[i].name)));
        ck_assert_msg(event.kind == rows[i].kind && event.status == rows[i].status &&
                          event.forwarding == rows[i].forwarding,
                      "%s", rows[i].name);
    }
}
END_TEST

START_TEST(an_ended_call_ended_somehow)
{
    struct event event = event_of_sample("status-update.ended.json");
    ck_assert_int_eq(event.status, CALL_COMPLETED);
    ck_assert_str_eq(event.ended_reason, "customer-ended-call");
    ck_assert_int_eq(event.duration_seconds, 76);
    struct json_object *body = sample("status-update.ended.json");
    json_set(body, "message.endedReason", NULL);
    ck_assert_str_eq(event_of(body).ended_reason, "customer-ended-call");
    json_set(body, "message.endedReason", "'customer-busy'");
    ck_assert_int_eq(event_of(body).status, CALL_BUSY);
}
END_TEST

/* ---- transcript ---- */

START_TEST(finals_are_speech_whatever_their_type)
{
    struct event event = event_of_sample("transcript.final.user.json");
    ck_assert_int_eq(event.speech.speaker, SPEAKER_USER);
    ck_assert_str_eq(event.speech.text,
                     "Yes please. Can I see it tomorrow at two in the afternoon?");
    ck_assert_int_eq(event.speech.spoken_at, event.at);
    struct json_object *body = sample("transcript.final.user.json");
    json_set(body, "message.type", "'transcript[transcriptType=\\'final\\']'");
    ck_assert_str_eq(event_of(body).dedup_key, event.dedup_key);
    json_set(body, "message.transcriptType", NULL);
    ck_assert_str_eq(event_of(body).dedup_key, event.dedup_key);
    /* Without either there is no telling. */
    json_set(body, "message.type", "'transcript'");
    ck_assert_int_eq(event_of(body).kind, EVENT_OTHER);
    json_set(body, "message.transcriptType", "'partial'");
    ck_assert_int_eq(event_of(body).kind, EVENT_OTHER);
}
END_TEST

START_TEST(finals_without_a_time_are_told_apart_by_what_they_say)
{
    struct json_object *body = sample("transcript.final.user.json");
    json_set(body, "message.timestamp", NULL);
    struct event first = event_of(body);
    ck_assert_int_eq(first.kind, EVENT_SPEECH);
    ck_assert_int_eq(first.speech.spoken_at, NO_VALUE);
    ck_assert_str_eq(event_of(body).dedup_key, first.dedup_key);
    json_set(body, "message.role", "'assistant'");
    ck_assert_str_ne(event_of(body).dedup_key, first.dedup_key);
    json_set(body, "message.role", "'user'");
    json_set(body, "message.transcript", "'Something else.'");
    ck_assert_str_ne(event_of(body).dedup_key, first.dedup_key);
    json_set(body, "message.transcript", "'  '");
    ck_assert_int_eq(event_of(body).kind, EVENT_OTHER);
    json_set(body, "message.transcript", "'x'");
    json_set(body, "message.role", "'system'");
    ck_assert_int_eq(event_of(body).kind, EVENT_OTHER);
}
END_TEST

/* ---- endedReason ---- */

START_TEST(every_reason_of_today_is_classified)
{
    /* These say "error", and yet nothing of ours failed: section 6 of the reference. */
    static const char *const not_failed[] = {
        "call.in-progress.error-transfer-failed",
        "call.in-progress.error-warm-transfer-max-duration",
        "call.in-progress.error-warm-transfer-assistant-cancelled",
        "call.in-progress.error-warm-transfer-silence-timeout",
        "call.in-progress.error-warm-transfer-microphone-timeout",
        "call.in-progress.error-providerfault-outbound-sip-408-request-timeout",
        "call.in-progress.error-providerfault-outbound-sip-480-temporarily-unavailable",
    };
    struct json_object *list = json_at(schema_find("Call"), "properties.endedReason.enum");
    ck_assert_uint_gt(json_object_array_length(list), 600);
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        const char *reason = json_object_get_string(json_object_array_get_idx(list, i));
        struct vapi_ending answered = vapi_ending_of(reason, true);
        bool excepted = false,
             bad = strstr(reason, "error") || strstr(reason, "fault") || strstr(reason, "failed");
        for (size_t k = 0; k < sizeof not_failed / sizeof *not_failed; k++)
            excepted = excepted || strcmp(not_failed[k], reason) == 0;
        ck_assert_msg(answered.status >= CALL_COMPLETED && answered.status <= CALL_BUSY, "%s",
                      reason);
        /* None is left to the default, which depends on whether the call was answered. */
        ck_assert_msg(answered.status == vapi_ending_of(reason, false).status, "%s", reason);
        ck_assert_msg(!bad || excepted || answered.status == CALL_FAILED, "%s", reason);
    }
}
END_TEST

START_TEST(reasons_are_classified_as_the_reference_says)
{
    static const struct {
        const char *reason;
        int status;
        bool transferred;
    } rows[] = {
        { "customer-ended-call", CALL_COMPLETED, false },
        { "assistant-said-end-call-phrase", CALL_COMPLETED, false },
        { "exceeded-max-duration", CALL_COMPLETED, false },
        { "customer-ended-call-during-transfer", CALL_COMPLETED, false },
        { "assistant-forwarded-call", CALL_COMPLETED, true },
        { "assistant-request-returned-forwarding-phone-number", CALL_COMPLETED, true },
        { "call.forwarding.operator-busy", CALL_COMPLETED, false },
        { "call.in-progress.error-transfer-failed", CALL_COMPLETED, false },
        { "call.in-progress.error-warm-transfer-silence-timeout", CALL_COMPLETED, false },
        { "customer-did-not-answer", CALL_NO_ANSWER, false },
        { "call.in-progress.error-providerfault-outbound-sip-408-request-timeout", CALL_NO_ANSWER,
          false },
        { "call.ringing.sip-inbound-caller-hungup-before-call-connect", CALL_NO_ANSWER, false },
        { "voicemail", CALL_NO_ANSWER, false },
        { "customer-busy", CALL_BUSY, false },
        { "manually-canceled", CALL_FAILED, false },
        { "assistant-request-returned-error", CALL_FAILED, false },
        { "twilio-reported-customer-misdialed", CALL_FAILED, false },
        { "call.start.error-subscription-insufficient-credits", CALL_FAILED, false },
        { "call.in-progress.error-configfault-never-seen", CALL_FAILED, false },
        { "pipeline-error-openai-llm-failed", CALL_FAILED, false },
        { "some-new-error", CALL_FAILED, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int answered = 0; answered < 2; answered++) {
            struct vapi_ending ending = vapi_ending_of(rows[i].reason, answered != 0);
            ck_assert_msg(ending.status == rows[i].status &&
                              ending.transferred == rows[i].transferred,
                          "%s", rows[i].reason);
        }
    static const char *const unheard[] = { NULL, "", "hangup", "a-new-way", "Customer-Busy" };
    for (size_t i = 0; i < sizeof unheard / sizeof *unheard; i++) {
        ck_assert_int_eq(vapi_ending_of(unheard[i], true).status, CALL_COMPLETED);
        ck_assert_int_eq(vapi_ending_of(unheard[i], false).status, CALL_FAILED);
    }
}
END_TEST

TCase *vapi_read_tests(void)
{
    TCase *tcase = tcase_create("read");
    tcase_add_test(tcase, every_sample_is_what_it_says);
    tcase_add_test(tcase, only_an_envelope_with_a_type_is_a_message);
    tcase_add_test(tcase, the_facts_of_a_call_are_found);
    tcase_add_test(tcase, facts_have_second_places);
    tcase_add_test(tcase, a_time_out_of_our_era_is_not_known);
    tcase_add_test(tcase, without_a_call_nothing_can_be_done);
    tcase_add_test(tcase, long_keys_are_hashed);
    tcase_add_test(tcase, statuses_are_ours);
    tcase_add_test(tcase, an_ended_call_ended_somehow);
    tcase_add_test(tcase, finals_are_speech_whatever_their_type);
    tcase_add_test(tcase, finals_without_a_time_are_told_apart_by_what_they_say);
    tcase_add_test(tcase, every_reason_of_today_is_classified);
    tcase_add_test(tcase, reasons_are_classified_as_the_reference_says);
    return tcase;
}
