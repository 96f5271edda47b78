#include "store/words.h"
#include "base/mem.h"
#include <string.h>

int words_find(const struct words *words, const char *text)
{
    for (int i = 0; text && i < words->count; i++)
        if (strcmp(words->list[i], text) == 0)
            return i;
    return WORD_NONE;
}

const char *words_name(const struct words *words, int index)
{
    return index >= 0 && index < words->count ? words->list[index] : NULL;
}

const char *words_listed(void *mem, const struct words *words)
{
    char *text = NULL;
    for (int i = 0; i < words->count; i++)
        mem_append(mem, &text, "%s%s",
                   i == 0                  ? ""
                   : i == words->count - 1 ? " or "
                                           : ", ",
                   words->list[i]);
    return text;
}

#define WORDS(name, title, ...)                                                                    \
    static const char *const name##_list[] = { __VA_ARGS__ };                                      \
    const struct words words_##name = { title, sizeof name##_list / sizeof name##_list[0],         \
                                        name##_list }

WORDS(direction, "direction", "inbound", "outbound");
WORDS(call_status, "status", "initiated", "in_progress", "completed", "failed", "no_answer",
      "busy");
WORDS(intent, "intent", "property_inquiry", "schedule_viewing", "make_offer", "speak_agent",
      "general");
WORDS(outcome, "outcome", "information_provided", "viewing_scheduled", "offer_created",
      "message_taken", "transferred");
WORDS(knowledge, "source", "tool", "analysis", "provider", "guess");
WORDS(consent, "consent", "unknown", "given", "refused");
WORDS(provider, "provider", "vapi", "twilio", "plivo");
WORDS(forward_when, "forward_when", "always", "unavailable", "after_hours", "never");
WORDS(stage, "stage", "new_property", "enriched", "researched", "waiting_for_contracts",
      "complete");
WORDS(listing_status, "listing status", "active", "pending", "sold", "off_market");
WORDS(property_type, "property type", "house", "condo", "townhouse", "multi_family", "land",
      "commercial", "other");
WORDS(task_kind, "kind", "viewing", "follow_up", "offer");
WORDS(task_status, "status", "pending", "confirmed", "completed", "cancelled");
WORDS(viewing_state, "state", "requested", "confirmed", "rescheduled", "cancelled", "done",
      "no_show");
WORDS(same_day, "same_day", "allowed", "refused");
WORDS(confirm_by, "confirm_by", "nobody", "agent", "seller");
WORDS(weekday, "weekday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
      "sunday");
WORDS(priority, "priority", "low", "normal", "high", "urgent");
WORDS(offer_status, "status", "lead", "submitted", "countered", "accepted", "rejected",
      "withdrawn");
WORDS(role, "role", "agent", "broker", "calendar");
WORDS(speaker, "role", "assistant", "user");
WORDS(health, "health", "healthy", "stale", "blocked");
