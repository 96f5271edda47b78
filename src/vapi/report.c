/* end-of-call-report: all that is known of a call once it is over (reference, section 5). Members
 * are looked for where the schema has them, then where older bodies had them. */
#include "base/mem.h"
#include "base/text.h"
#include "vapi/analysis.h"
#include "vapi/message.h"
#include "vapi/segments.h"
#include "vapi/url.h"
#include "vapi/vapi.h"
#include <math.h>
#include <string.h>

/* Dollars; a call that costs more is a fault in the message. */
static const double cost_max = 100000;

static int64_t cost_read(struct json_object *json)
{
    static message_paths paths = { "cost", "call.cost", "costBreakdown.total", NULL };
    int64_t micros;
    double dollars = message_real(json, paths);
    if (!(dollars >= 0 && dollars <= cost_max))
        return NO_VALUE;
    return json_decimal(json_get(json, "cost"), 6, &micros) ? micros : llround(dollars * 1e6);
}

/* ---- transfers ---- */

/* What the last attempt came to; an attempt is no proof that anybody answered (section 6). */
static bool transferred_read(struct json_object *json, bool by_reason)
{
    static const struct {
        const char *status;
        bool transferred;
    } results[] = {
        { "connected", true },  { "completed", true }, { "no-answer", false }, { "busy", false },
        { "voicemail", false }, { "failed", false },   { "cancelled", false },
    };
    struct json_object *transfers = json_at(json, "artifact.transfers");
    size_t count = json_is(transfers, json_type_array) ? json_object_array_length(transfers) : 0;
    if (count == 0)
        return by_reason;
    const char *status = json_text_at(json_object_array_get_idx(transfers, count - 1), "status");
    for (size_t i = 0; i < sizeof results / sizeof *results; i++)
        if (text_equal(results[i].status, status))
            return results[i].transferred;
    return by_reason;
}

/* ---- recordings ---- */

/* What a consent plan came to; one that ended without consent is a refusal, and then no recording
 * may be kept or shown (section 11). */
static int consent_read(struct json_object *json)
{
    static const char *const places[] = { "compliance.recordingConsent",
                                          "call.compliance.recordingConsent" };
    int consent = CONSENT_UNKNOWN;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct json_object *plan = json_at(json, places[i]);
        if (plan && text_blank(json_text_at(plan, "grantedAt")))
            consent = CONSENT_REFUSED;
        else if (plan && consent == CONSENT_UNKNOWN)
            consent = CONSENT_GIVEN;
    }
    return consent;
}

static const char *url_read(struct json_object *json, message_paths paths)
{
    for (; *paths; paths++) {
        const char *url = json_text_at(json, *paths);
        if (url && url_is_plain(url))
            return url;
    }
    return NULL;
}

static void recordings_read(struct json_object *json, struct call_report *report)
{
    static message_paths mono = { "artifact.recordingUrl", "artifact.recording.mono.combinedUrl",
                                  "recordingUrl", NULL };
    static message_paths stereo = { "artifact.stereoRecordingUrl", "artifact.recording.stereoUrl",
                                    "stereoRecordingUrl", NULL };
    report->consent = consent_read(json);
    if (report->consent == CONSENT_REFUSED)
        return;
    report->recording_url = url_read(json, mono);
    report->stereo_recording_url = url_read(json, stereo);
}

/* ---- the whole ---- */

static void ending_read(struct json_object *json, struct call_report *report)
{
    static message_paths reason = { "endedReason", "call.endedReason", NULL };
    static message_paths started = { "startedAt", "call.startedAt", NULL };
    static message_paths ended = { "endedAt", "call.endedAt", NULL };
    report->ended_reason = message_text(json, reason);
    report->started_at = message_instant(json, started);
    report->ended_at = message_instant(json, ended);
    report->duration_seconds = message_duration(json, report->started_at, report->ended_at);
    report->cost_micros = cost_read(json);
    struct vapi_ending ending =
        vapi_ending_of(report->ended_reason, report->started_at != NO_VALUE);
    report->status = ending.status;
    report->transferred = transferred_read(json, ending.transferred);
}

void report_read(const struct message *message)
{
    static message_paths transcript = { "artifact.transcript", "transcript", NULL };
    struct event *event = message->event;
    struct call_report *report = &event->report;
    ending_read(message->json, report);
    report->transcription = message_text(message->json, transcript);
    recordings_read(message->json, report);
    analysis_read(message);
    segments_read(message);
    if (event->facts.started_at == NO_VALUE)
        event->facts.started_at = report->started_at;
    /* A retry has other bytes and the same facts; another report has other facts. */
    message_settle(message, EVENT_REPORT, "end-of-call-report:%s:%lld:%lld%s",
                   report->ended_reason ? report->ended_reason : "", (long long)report->ended_at,
                   (long long)report->cost_micros,
                   report->consent == CONSENT_REFUSED ? ":refused" : "");
}
