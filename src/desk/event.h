/* What happens in a call, and what is answered, in nobody's wire format.
 *
 * vapi/ and api/seed turn messages into these and these into answers; the desk acts on them. Every
 * text is borrowed from the request's context, valid UTF-8, and of any length: the desk bounds what
 * it keeps. */
#ifndef AR_DESK_EVENT_H
#define AR_DESK_EVENT_H

#include "base/instant.h"
#include "base/json.h"
#include "store/phone_calls.h"
#include "store/words.h"

enum event_kind {
    EVENT_OTHER,           /* nothing that concerns us: acknowledged, not kept */
    EVENT_RING,            /* a call comes in: who are we? */
    EVENT_STATUS,          /* the call moved on */
    EVENT_SPEECH,          /* somebody said something, finally worded */
    EVENT_TOOLS,           /* the speech model asks for something to be done */
    EVENT_TRANSFER_WANTED, /* the speech model wants to transfer: to whom? */
    EVENT_TRANSFERRED,     /* a transfer took place */
    EVENT_STALLED,         /* the assistant is stuck; kept for the record */
    EVENT_REPORT           /* the call is over, with all that is known of it */
};

/* What a message says of its call; NULL and NO_VALUE where it does not. */
struct call_facts {
    const char *provider_call_id;
    int direction; /* enum direction or WORD_NONE */
    const char *provider_phone_id;
    const char *our_number;   /* as sent */
    const char *other_number; /* as sent: may be "anonymous" or a SIP address */
    int64_t created_at, started_at;
};

struct tool_call {
    const char *id;
    const char *name;
    struct json_object *arguments; /* an object; NULL when what came was none */
    /* The id is made of what is asked for. Asked again right away it is the same message once more;
     * after something else was asked it is a new wish. */
    bool id_is_wish;
};

struct call_report {
    int status; /* enum call_status: how it ended */
    bool transferred;
    const char *ended_reason; /* the provider's own word */
    int64_t started_at, ended_at, duration_seconds, cost_micros;
    const char *transcription, *summary, *recording_url, *stereo_recording_url;
    int consent; /* enum consent, to being recorded */
    struct segment *segments;
    size_t segment_count;
    /* The provider's analysis. */
    int intent, outcome;
    double confidence; /* NAN */
    const char *caller_name;
};

struct event {
    enum event_kind kind;
    const char *form;      /* "seed" or "vapi" */
    const char *type;      /* the message's own type */
    const char *dedup_key; /* messages with the same one are one message */
    const char *body; /* for the journal: the message without credentials; NULL: nothing kept */
    int64_t at;       /* the message's own time, or NO_VALUE */
    int64_t phone_call_id; /* our id of the call where the path named it, or NO_VALUE */
    struct call_facts facts;

    int status;               /* EVENT_STATUS: enum call_status */
    bool forwarding;          /* EVENT_STATUS: being forwarded */
    const char *ended_reason; /* EVENT_STATUS, when ended */
    int consent;              /* EVENT_STATUS: enum consent, to being recorded */
    int64_t duration_seconds, cost_micros;
    const char *recording_url;
    struct segment speech;   /* EVENT_SPEECH; spoken_at may be NO_VALUE */
    struct tool_call *tools; /* EVENT_TOOLS */
    size_t tool_count;
    struct call_report report; /* EVENT_REPORT */
};

/* All "not known". */
void event_init(struct event *event, const char *form);
/* The event without anything that tells of the caller: what is left is when, how long, what for. */
struct event event_bare(const struct event *event);

/* ---- answers ---- */

struct tool_answer {
    const char *id, *name;
    bool ok;
    const char *sentence;      /* to be spoken; one line */
    struct json_object *facts; /* an object, perhaps empty */
};

enum answer_kind {
    ANSWER_NOTED,     /* nothing to say */
    ANSWER_ASSISTANT, /* answer the phone as `receptionist` */
    ANSWER_FORWARD,   /* connect the caller to forward_to */
    ANSWER_REFUSED,   /* say the sentence and hang up; or: it cannot be done */
    ANSWER_TOOLS
};

/* Who the speech model is to be, for one call. */
struct receptionist {
    int64_t phone_call_id, brokerage_id;
    const char *company;
    const char *greeting;     /* the first message */
    const char *prompt;       /* the system prompt */
    const char *voice_id;     /* NULL: the configured one */
    const char *assistant_id; /* a saved assistant to use; NULL: compose one */
    const char *agent_name;
    bool recording_enabled, transcription_enabled;
    const char *recording_notice; /* what the greeting says of recording; NULL: nothing */
    bool can_transfer;            /* a person can be reached */
};

struct answer {
    enum answer_kind kind;
    int64_t phone_call_id; /* NO_VALUE when no call is known */
    struct receptionist receptionist;
    const char *forward_to; /* E.164 */
    const char *sentence;   /* ANSWER_FORWARD, ANSWER_REFUSED */
    struct tool_answer *tools;
    size_t tool_count;
};

#endif
