#include "desk/record.h"
#include "base/text.h"
#include <string.h>

void record_status(struct phone_call *call, enum call_status status)
{
    if (!call->reported && (int)status > call->status && call->status < CALL_COMPLETED)
        call->status = (int)status;
}

static int intent_weight(int intent, int source)
{
    static const int weights[INTENT_COUNT] = {
        [INTENT_GENERAL] = 1,          [INTENT_PROPERTY_INQUIRY] = 2, [INTENT_SPEAK_AGENT] = 3,
        [INTENT_SCHEDULE_VIEWING] = 4, [INTENT_MAKE_OFFER] = 5,
    };
    if (intent == WORD_NONE)
        return 0;
    int rank = source == KNOWN_BY_ANALYSIS ? 20 : source == KNOWN_BY_GUESS ? 0 : 10;
    return weights[intent] + rank;
}

void record_intent(struct phone_call *call, enum intent intent, double confidence,
                   enum knowledge source)
{
    if (intent_weight((int)intent, (int)source) <= intent_weight(call->intent, call->intent_source))
        return;
    call->intent = (int)intent;
    call->intent_source = (int)source;
    call->confidence_score = confidence;
}

static int outcome_weight(int outcome, int source)
{
    static const int deeds[OUTCOME_COUNT] = {
        [OUTCOME_INFORMATION_PROVIDED] = 1, [OUTCOME_TRANSFERRED] = 12,
        [OUTCOME_MESSAGE_TAKEN] = 13,       [OUTCOME_VIEWING_SCHEDULED] = 14,
        [OUTCOME_OFFER_CREATED] = 15,
    };
    if (outcome == WORD_NONE)
        return 0;
    /* An analysis is one opinion: above having told something, below anything that was done. */
    return source == KNOWN_BY_ANALYSIS ? 5 + outcome : deeds[outcome];
}

void record_outcome(struct phone_call *call, enum outcome outcome, enum knowledge source)
{
    if (outcome_weight((int)outcome, (int)source) <=
        outcome_weight(call->outcome, call->outcome_source))
        return;
    call->outcome = (int)outcome;
    call->outcome_source = (int)source;
}

void record_outcome_undone(struct phone_call *call, enum outcome outcome)
{
    if (call->outcome == (int)outcome && call->outcome_source == KNOWN_BY_TOOL)
        call->outcome = call->message ? OUTCOME_MESSAGE_TAKEN : OUTCOME_INFORMATION_PROVIDED;
}

void record_consent(struct phone_call *call, enum consent consent)
{
    if ((int)consent > call->consent)
        call->consent = (int)consent;
}

void record_caller_name(struct phone_call *call, const char *name)
{
    if (text_blank(name))
        return;
    size_t known = call->caller_name ? strlen(call->caller_name) : 0;
    size_t len = strlen(name);
    if (len > known || (len == known && strcmp(name, call->caller_name) < 0))
        call->caller_name = name;
}
