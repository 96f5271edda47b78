#include "vapi/segments.h"
#include "base/mem.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

/* More than are said in the longest call. */
enum { SEGMENTS_MAX = 20000 };

int segments_speaker(const char *role)
{
    static const struct {
        const char *role;
        int speaker;
    } roles[] = { { "user", SPEAKER_USER },
                  { "bot", SPEAKER_ASSISTANT },
                  { "assistant", SPEAKER_ASSISTANT } };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (text_equal(roles[i].role, role))
            return roles[i].speaker;
    return WORD_NONE;
}

/* ---- lists of turns ---- */

static int64_t turn_time(struct json_object *turn, int64_t started_at)
{
    int64_t at = message_epoch(turn, "time");
    double seconds = json_real_at(turn, "secondsFromStart");
    if (at == NO_VALUE && started_at != NO_VALUE && seconds >= 0 && seconds <= 86400)
        at = started_at + llround(seconds * 1000);
    return at;
}

/* Adds a turn that was spoken. One without a time gets that of the turn before, which keeps the
 * order. */
static void turn_read(struct json_object *turn, struct call_report *report)
{
    static message_paths texts = { "message", "content", NULL };
    struct segment segment = { .speaker = segments_speaker(json_text_at(turn, "role")),
                               .text = message_text(turn, texts),
                               .spoken_at = turn_time(turn, report->started_at) };
    if (segment.speaker == WORD_NONE || !segment.text)
        return;
    if (segment.spoken_at == NO_VALUE && report->segment_count > 0)
        segment.spoken_at = report->segments[report->segment_count - 1].spoken_at;
    report->segments[report->segment_count++] = segment;
}

static void turns_read(void *mem, struct json_object *turns, struct call_report *report)
{
    size_t count = json_is(turns, json_type_array) ? json_object_array_length(turns) : 0;
    size_t most = count < SEGMENTS_MAX ? count : SEGMENTS_MAX;
    report->segments = mem_new_array(mem, struct segment, most + 1);
    for (size_t i = 0; i < count && report->segment_count < most; i++)
        turn_read(json_object_array_get_idx(turns, i), report);
}

/* ---- the transcript as one text ---- */

struct label {
    int speaker;
    const char *text; /* "AI" */
};

/* The label that the line starts with, *line then being what follows it; NULL if there is none. */
static const struct label *label_find(const struct label labels[2], const char **line)
{
    for (size_t i = 0; i < 2; i++) {
        size_t len = strlen(labels[i].text);
        if (strncmp(*line, labels[i].text, len) == 0 && (*line)[len] == ':') {
            *line += len + 1;
            return &labels[i];
        }
    }
    return NULL;
}

static void turn_add(void *mem, const struct label *label, const char *start, const char *end,
                     struct call_report *report)
{
    if (!label || report->segment_count == SEGMENTS_MAX)
        return;
    char *text = text_trim(mem, mem_strndup(mem, start, (size_t)(end - start)));
    if (*text)
        report->segments[report->segment_count++] =
            (struct segment){ .speaker = label->speaker, .text = text, .spoken_at = NO_VALUE };
}

static void lines_read(void *mem, const char *transcript, const struct label labels[2],
                       struct call_report *report)
{
    const struct label *speaking = NULL;
    const char *line = transcript, *start = transcript;
    report->segments = mem_new_array(mem, struct segment, SEGMENTS_MAX);
    while (*line) {
        const char *said = line;
        const struct label *label = label_find(labels, &said);
        if (label) {
            turn_add(mem, speaking, start, line, report);
            speaking = label;
            start = said;
        }
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    turn_add(mem, speaking, start, line, report);
}

/* The labels are what the assistant's transcript plan says (reference, section 5). */
static void transcript_split(const struct message *message, struct call_report *report)
{
    static message_paths ours = { "assistant.artifactPlan.transcriptPlan.assistantName",
                                  "call.assistant.artifactPlan.transcriptPlan.assistantName",
                                  NULL };
    static message_paths theirs = { "assistant.artifactPlan.transcriptPlan.userName",
                                    "call.assistant.artifactPlan.transcriptPlan.userName", NULL };
    const char *assistant = message_text(message->json, ours);
    const char *user = message_text(message->json, theirs);
    const struct label labels[2] = { { SPEAKER_ASSISTANT, assistant ? assistant : "AI" },
                                     { SPEAKER_USER, user ? user : "User" } };
    if (report->transcription)
        lines_read(message->mem, report->transcription, labels, report);
}

void segments_read(const struct message *message)
{
    static const char *const places[] = { "artifact.messages", "messages",
                                          "artifact.messagesOpenAIFormatted",
                                          "messagesOpenAIFormatted" };
    struct call_report *report = &message->event->report;
    for (size_t i = 0; i < sizeof places / sizeof *places && report->segment_count == 0; i++)
        turns_read(message->mem, json_at(message->json, places[i]), report);
    if (report->segment_count == 0)
        transcript_split(message, report);
}
