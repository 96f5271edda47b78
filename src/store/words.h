/* The enumerations: named once here in C, CHECKed in sql/. Values are indexes into the lists. */
#ifndef AR_STORE_WORDS_H
#define AR_STORE_WORDS_H

#include "base/err.h"

struct words {
    const char *what; /* "status", for messages */
    int count;
    const char *const *list;
};

enum { WORD_NONE = -1 };

/* The index of the word, or WORD_NONE. text may be NULL. */
int words_find(const struct words *words, const char *text);
/* The word at index; NULL for WORD_NONE. */
const char *words_name(const struct words *words, int index);
/* "a, b or c", for messages. */
const char *words_listed(void *mem, const struct words *words);

enum direction { DIRECTION_INBOUND, DIRECTION_OUTBOUND };
enum call_status {
    CALL_INITIATED,
    CALL_IN_PROGRESS,
    CALL_COMPLETED,
    CALL_FAILED,
    CALL_NO_ANSWER,
    CALL_BUSY
};
enum intent {
    INTENT_PROPERTY_INQUIRY,
    INTENT_SCHEDULE_VIEWING,
    INTENT_MAKE_OFFER,
    INTENT_SPEAK_AGENT,
    INTENT_GENERAL,
    INTENT_COUNT
};
enum outcome {
    OUTCOME_INFORMATION_PROVIDED,
    OUTCOME_VIEWING_SCHEDULED,
    OUTCOME_OFFER_CREATED,
    OUTCOME_MESSAGE_TAKEN,
    OUTCOME_TRANSFERRED,
    OUTCOME_COUNT
};
/* How an intent, outcome or summary is known: a tool did it, the provider's language model says so,
 * or the provider's signalling shows it. */
enum knowledge { KNOWN_BY_TOOL, KNOWN_BY_ANALYSIS, KNOWN_BY_PROVIDER, KNOWN_BY_GUESS };
/* To being recorded; in this order: who refused once has refused. */
enum consent { CONSENT_UNKNOWN, CONSENT_GIVEN, CONSENT_REFUSED };
enum provider { PROVIDER_VAPI, PROVIDER_TWILIO, PROVIDER_PLIVO };
enum forward_when { FORWARD_ALWAYS, FORWARD_UNAVAILABLE, FORWARD_AFTER_HOURS, FORWARD_NEVER };
enum stage {
    STAGE_NEW_PROPERTY,
    STAGE_ENRICHED,
    STAGE_RESEARCHED,
    STAGE_WAITING_FOR_CONTRACTS,
    STAGE_COMPLETE
};
enum listing_status { LISTING_ACTIVE, LISTING_PENDING, LISTING_SOLD, LISTING_OFF_MARKET };
enum task_kind { TASK_VIEWING, TASK_FOLLOW_UP, TASK_OFFER };
enum task_status { TASK_PENDING, TASK_CONFIRMED, TASK_COMPLETED, TASK_CANCELLED };
enum viewing_state {
    VIEWING_REQUESTED,
    VIEWING_CONFIRMED,
    VIEWING_RESCHEDULED,
    VIEWING_CANCELLED,
    VIEWING_DONE,
    VIEWING_NO_SHOW
};
enum same_day { SAME_DAY_ALLOWED, SAME_DAY_REFUSED };
/* Who must agree to a viewing after it was booked. */
enum confirm_by { CONFIRM_NOBODY, CONFIRM_AGENT, CONFIRM_SELLER };
enum priority { PRIORITY_LOW, PRIORITY_NORMAL, PRIORITY_HIGH, PRIORITY_URGENT };
enum offer_status { OFFER_LEAD };
enum role { ROLE_AGENT, ROLE_BROKER, ROLE_CALENDAR };
enum speaker { SPEAKER_ASSISTANT, SPEAKER_USER };
enum health { HEALTH_HEALTHY, HEALTH_STALE, HEALTH_BLOCKED };

extern const struct words words_direction, words_call_status, words_intent, words_outcome,
    words_knowledge, words_provider, words_forward_when, words_stage, words_listing_status,
    words_property_type, words_task_kind, words_task_status, words_priority, words_offer_status,
    words_role, words_speaker, words_health, words_consent, words_viewing_state, words_same_day,
    words_confirm_by, words_weekday;

#endif
