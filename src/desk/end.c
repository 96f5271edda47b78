#include "desk/end.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/listing.h"
#include "desk/record.h"
#include "heard/intent.h"
#include "heard/redact.h"
#include <math.h>
#include <string.h>

void end_note(struct phone_call *call, const struct event *event, int64_t now)
{
    if (call->reported)
        return;
    if (call->ended_at == NO_VALUE)
        call->ended_at = event->at != NO_VALUE ? event->at : now;
    if (event->ended_reason)
        call->ended_reason = event->ended_reason;
    if (event->duration_seconds != NO_VALUE)
        call->duration_seconds = event->duration_seconds;
    if (event->cost_micros != NO_VALUE)
        call->cost_micros = event->cost_micros;
    if (event->recording_url)
        call->recording_url = event->recording_url;
    if (call->duration_seconds != NO_VALUE && call->started_at == NO_VALUE)
        call->started_at = call->ended_at - call->duration_seconds * SECOND_MS;
}

static int compare(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

/* Whether the report tells more than the one that the record holds: ends later, or else costs more,
 * or (to be decided the same way in any order) has the greater reason. */
static bool tells_more(const struct phone_call *call, const struct call_report *report)
{
    if (!call->reported)
        return true;
    int order = compare(report->ended_at, call->ended_at);
    if (order == 0)
        order = compare(report->cost_micros, call->cost_micros);
    if (order == 0)
        order = strcmp(report->ended_reason ? report->ended_reason : "",
                       call->ended_reason ? call->ended_reason : "");
    return order > 0;
}

/* A report that does not tell more still has its say where the other's analysis was silent. */
static void analysis_take(struct phone_call *call, const struct call_report *report, bool more)
{
    if (report->intent != WORD_NONE && (more || call->intent_source != KNOWN_BY_ANALYSIS)) {
        call->intent = report->intent;
        call->intent_source = KNOWN_BY_ANALYSIS;
        call->confidence_score = report->confidence;
    }
    if (report->outcome != WORD_NONE)
        record_outcome(call, (enum outcome)report->outcome, KNOWN_BY_ANALYSIS);
    if (report->transferred)
        record_outcome(call, OUTCOME_TRANSFERRED, KNOWN_BY_PROVIDER);
    record_caller_name(call, report->caller_name);
    if (!text_blank(report->summary) && (more || call->summary_source != KNOWN_BY_ANALYSIS)) {
        call->summary = report->summary;
        call->summary_source = KNOWN_BY_ANALYSIS;
    }
}

static void times_take(struct phone_call *call, const struct call_report *report, int64_t now)
{
    /* A call that nobody answered has no beginning, whatever earlier messages suggested. */
    call->started_at = report->started_at;
    call->ended_at = report->ended_at != NO_VALUE ? report->ended_at
                     : call->ended_at != NO_VALUE ? call->ended_at
                                                  : now;
    call->duration_seconds = report->duration_seconds;
    call->cost_micros = report->cost_micros;
}

static enum err recordings_take(const struct desk *desk, const struct phone_call *call,
                                const struct call_report *report)
{
    enum err err = ERR_NONE;
    if (call->consent == CONSENT_REFUSED)
        return ERR_NONE;
    if (report->recording_url)
        err = recording_put(desk->db, call->head.id, "mono", report->recording_url, desk->now);
    if (!err && report->stereo_recording_url)
        err = recording_put(desk->db, call->head.id, "stereo", report->stereo_recording_url,
                            desk->now);
    return err;
}

enum err end_report(const struct desk *desk, struct phone_call *call,
                    const struct call_report *report)
{
    bool more = tells_more(call, report);
    record_consent(call, (enum consent)report->consent);
    analysis_take(call, report, more);
    if (!more)
        return ERR_NONE;
    call->status = report->status;
    call->ended_reason = report->ended_reason;
    call->recording_url = report->recording_url;
    call->transcription = report->transcription;
    times_take(call, report, desk->now);
    call->reported = true;
    enum err err = ERR_NONE;
    if (report->segment_count > 0)
        err = segments_replace(desk->db, call->head.id, report->segments, report->segment_count);
    return err ? err : recordings_take(desk, call, report);
}

/* ---- the intent ---- */

/* Below this a guess is more often wrong than a caller's record can bear. */
static const double guess_floor = 0.6;

enum err end_guess(const struct desk *desk, struct phone_call *call)
{
    struct segment *segments;
    size_t count;
    bool open = call->intent == WORD_NONE || call->intent_source == KNOWN_BY_GUESS;
    if (call->status < CALL_COMPLETED || !open)
        return ERR_NONE;
    enum err err = segments_list(desk->db, desk->mem, call->head.id, &segments, &count);
    /* Anew from all that was said: the report may have replaced what was heard before. */
    call->intent = call->intent_source = WORD_NONE;
    call->confidence_score = NAN;
    for (size_t i = 0; i < count; i++) {
        if (segments[i].speaker != SPEAKER_USER)
            continue;
        struct intent_guess guess = intent_guess(segments[i].text);
        if (guess.confidence >= guess_floor)
            record_intent(call, guess.intent, guess.confidence, KNOWN_BY_GUESS);
    }
    return err;
}

/* ---- the summary ---- */

static const char *const wishes[INTENT_COUNT] = {
    [INTENT_PROPERTY_INQUIRY] = "asked about",
    [INTENT_SCHEDULE_VIEWING] = "asked to see",
    [INTENT_MAKE_OFFER] = "wanted to make an offer on",
    [INTENT_SPEAK_AGENT] = "asked for an agent about",
    [INTENT_GENERAL] = "asked what is on offer, and about",
};
static const char *const bare_wishes[INTENT_COUNT] = {
    [INTENT_PROPERTY_INQUIRY] = "asked about a property",
    [INTENT_SCHEDULE_VIEWING] = "asked for a viewing",
    [INTENT_MAKE_OFFER] = "wanted to make an offer",
    [INTENT_SPEAK_AGENT] = "asked for an agent",
    [INTENT_GENERAL] = "asked what is on offer",
};
static const char *const results[OUTCOME_COUNT] = {
    [OUTCOME_INFORMATION_PROVIDED] = "Information was given.",
    [OUTCOME_VIEWING_SCHEDULED] = "A viewing was scheduled.",
    [OUTCOME_OFFER_CREATED] = "An offer was recorded.",
    [OUTCOME_MESSAGE_TAKEN] = "A message was taken.",
    [OUTCOME_TRANSFERRED] = "The call was transferred.",
};

static const char *unanswered(const struct phone_call *call)
{
    switch (call->status) {
    case CALL_NO_ANSWER:
        return "Nobody answered.";
    case CALL_BUSY:
        return "The line was busy.";
    case CALL_FAILED:
        return "The call failed.";
    default:
        return NULL;
    }
}

static void wish_tell(void *mem, char **text, const struct phone_call *call, const char *address)
{
    /* The first name says enough; the rest of it is in the record. */
    const char *name = call->caller_name ? call->caller_name : "A caller";
    size_t first = call->caller_name ? strcspn(name, " ") : strlen(name);
    const char *who = mem_strndup(mem, name, first);
    if (call->intent == WORD_NONE)
        mem_append(mem, text, address ? "%s called about %s." : "%s called.", who, address);
    else if (address)
        mem_append(mem, text, "%s %s %s.", who, wishes[call->intent], address);
    else
        mem_append(mem, text, "%s %s.", who, bare_wishes[call->intent]);
}

char *desk_summary(void *mem, const struct phone_call *call, const char *address)
{
    char *text = NULL;
    const char *failure = unanswered(call);
    if (call->direction == DIRECTION_OUTBOUND)
        mem_append(mem, &text, "Outbound call%s%s.", address ? " about " : "",
                   address ? address : "");
    else
        wish_tell(mem, &text, call, address);
    if (call->outcome != WORD_NONE)
        mem_append(mem, &text, " %s", results[call->outcome]);
    if (call->message)
        mem_append(mem, &text, " Message: %s", call->message);
    if (failure)
        mem_append(mem, &text, " %s", failure);
    else if (call->duration_seconds != NO_VALUE)
        mem_append(mem, &text, " It lasted %s.", number_of(mem, call->duration_seconds, "second"));
    return text;
}

/* The address of the listing the call was about; NULL when there is none. */
static enum err address_find(const struct desk *desk, const struct phone_call *call,
                             const char **address)
{
    struct property property;
    *address = NULL;
    if (call->property_id == NO_VALUE)
        return ERR_NONE;
    enum err err = table_get(desk->db, desk->mem, &table_properties, call->property_id, &property);
    if (!err)
        *address = listing_address(desk->mem, &property);
    return err == ERR_NOT_FOUND ? ERR_NONE : err;
}

enum err end_summarise(const struct desk *desk, struct phone_call *call)
{
    const char *address;
    if (call->status < CALL_COMPLETED)
        return ERR_NONE;
    enum err err = address_find(desk, call, &address);
    if (err)
        return err;
    bool analysed = call->summary_source == KNOWN_BY_ANALYSIS;
    const char *text = analysed ? call->summary : desk_summary(desk->mem, call, address);
    /* Summaries go further than the record: into lists, notifications, exports. */
    call->summary = redact(desk->mem, text, call->caller_name, address);
    if (!analysed)
        call->summary_source = KNOWN_BY_PROVIDER;
    return ERR_NONE;
}
