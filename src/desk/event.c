#include "desk/event.h"
#include <math.h>

void event_init(struct event *event, const char *form)
{
    *event = (struct event){
        .kind = EVENT_OTHER,
        .form = form,
        .at = NO_VALUE,
        .phone_call_id = NO_VALUE,
        .facts = { .direction = WORD_NONE, .created_at = NO_VALUE, .started_at = NO_VALUE },
        .status = WORD_NONE,
        .consent = CONSENT_UNKNOWN,
        .duration_seconds = NO_VALUE,
        .cost_micros = NO_VALUE,
        .speech = { .speaker = SPEAKER_USER, .spoken_at = NO_VALUE },
        .report = { .status = WORD_NONE,
                    .started_at = NO_VALUE,
                    .ended_at = NO_VALUE,
                    .duration_seconds = NO_VALUE,
                    .cost_micros = NO_VALUE,
                    .intent = WORD_NONE,
                    .outcome = WORD_NONE,
                    .confidence = NAN,
                    .consent = CONSENT_UNKNOWN },
    };
}

struct event event_bare(const struct event *event)
{
    struct event bare = *event;
    struct call_report *report = &bare.report;
    bare.recording_url = bare.facts.other_number = NULL;
    report->transcription = report->summary = report->caller_name = NULL;
    report->recording_url = report->stereo_recording_url = NULL;
    report->segments = NULL;
    report->segment_count = 0;
    return bare;
}
