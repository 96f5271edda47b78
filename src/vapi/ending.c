/* endedReason (reference, section 6). The list grows monthly: exact matches, then prefixes, then
 * what the word itself suggests. */
#include "base/text.h"
#include "vapi/vapi.h"
#include <string.h>

struct ending_row {
    const char *reason;
    struct vapi_ending ending;
};

#define COMPLETED                                                                                  \
    {                                                                                              \
        CALL_COMPLETED, false                                                                      \
    }
#define FORWARDED                                                                                  \
    {                                                                                              \
        CALL_COMPLETED, true                                                                       \
    }
#define NO_ANSWER                                                                                  \
    {                                                                                              \
        CALL_NO_ANSWER, false                                                                      \
    }
#define FAILED                                                                                     \
    {                                                                                              \
        CALL_FAILED, false                                                                         \
    }

static const struct ending_row exact[] = {
    { "customer-ended-call", COMPLETED },
    { "assistant-ended-call", COMPLETED },
    { "assistant-ended-call-with-hangup-task", COMPLETED },
    { "assistant-ended-call-after-message-spoken", COMPLETED },
    { "assistant-said-end-call-phrase", COMPLETED },
    { "silence-timed-out", COMPLETED },
    { "exceeded-max-duration", COMPLETED },
    { "call.in-progress.twilio-completed-call", COMPLETED },
    { "call.in-progress.sip-completed-call", COMPLETED },
    { "vonage-completed", COMPLETED },
    { "vonage-disconnected", COMPLETED },
    { "call.ending.hook-executed-say", COMPLETED },
    /* The caller gave up around a transfer. */
    { "customer-ended-call-before-warm-transfer", COMPLETED },
    { "customer-ended-call-after-warm-transfer-attempt", COMPLETED },
    { "customer-ended-call-during-transfer", COMPLETED },

    { "assistant-forwarded-call", FORWARDED },
    { "assistant-request-returned-forwarding-phone-number", FORWARDED },
    { "call.ringing.hook-executed-transfer", FORWARDED },
    { "call.ending.hook-executed-transfer", FORWARDED },

    /* The transfer failed; the conversation before it did not. */
    { "call.forwarding.operator-busy", COMPLETED },
    { "call.forwarding.no-answer", COMPLETED },
    { "call.in-progress.error-transfer-failed", COMPLETED },
    { "call.in-progress.error-warm-transfer-max-duration", COMPLETED },
    { "call.in-progress.error-warm-transfer-assistant-cancelled", COMPLETED },
    { "call.in-progress.error-warm-transfer-silence-timeout", COMPLETED },
    { "call.in-progress.error-warm-transfer-microphone-timeout", COMPLETED },

    { "customer-did-not-answer", NO_ANSWER },
    { "call.in-progress.error-providerfault-outbound-sip-408-request-timeout", NO_ANSWER },
    { "call.in-progress.error-providerfault-outbound-sip-480-temporarily-unavailable", NO_ANSWER },
    { "call.ringing.sip-inbound-caller-hungup-before-call-connect", NO_ANSWER },
    { "voicemail", NO_ANSWER },

    { "customer-busy", { CALL_BUSY, false } },

    { "manually-canceled", FAILED },
    { "scheduled-call-deleted", FAILED },
    { "call-deleted", FAILED },
    { "assistant-request-returned-error", FAILED },
    { "call.ringing.hook-executed-say", FAILED },
    { "assistant-request-failed", FAILED },
    { "assistant-request-returned-invalid-assistant", FAILED },
    { "assistant-request-returned-no-assistant", FAILED },
    { "assistant-request-returned-unspeakable-error", FAILED },
    { "assistant-not-found", FAILED },
    { "assistant-not-valid", FAILED },
    { "call-start-error-neither-assistant-nor-server-set", FAILED },
    { "assistant-join-timed-out", FAILED },
    { "worker-shutdown", FAILED },
    { "phone-call-provider-closed-websocket", FAILED },
    { "phone-call-provider-bypass-enabled-but-no-call-received", FAILED },
    { "twilio-failed-to-connect-call", FAILED },
    { "twilio-reported-customer-misdialed", FAILED },
    { "vonage-failed-to-connect-call", FAILED },
    { "vonage-rejected", FAILED },
    { "customer-did-not-give-microphone-permission", FAILED },
};

static const char *const failed_prefixes[] = { "call.start.", "call.ringing.error-",
                                               "call.in-progress.error-", "pipeline-" };
static const char *const failed_words[] = { "error", "fault", "failed" };

static bool sounds_failed(const char *reason)
{
    for (size_t i = 0; i < sizeof failed_prefixes / sizeof *failed_prefixes; i++)
        if (text_starts_with(reason, failed_prefixes[i]))
            return true;
    for (size_t i = 0; i < sizeof failed_words / sizeof *failed_words; i++)
        if (strstr(reason, failed_words[i]))
            return true;
    return false;
}

struct vapi_ending vapi_ending_of(const char *ended_reason, bool was_answered)
{
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        if (text_equal(exact[i].reason, ended_reason))
            return exact[i].ending;
    bool failed = ended_reason && sounds_failed(ended_reason);
    return (struct vapi_ending){ was_answered && !failed ? CALL_COMPLETED : CALL_FAILED, false };
}
