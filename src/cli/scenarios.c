/* The stories. They are of the brokerage that `ai-realtor init --demo` makes; numbers are fiction.
 */
#include "cli/simulate.h"

#define STEPS(list) .steps = (list), .step_count = sizeof(list) / sizeof(list)[0]
#define FACTS(list) .facts = (list), .fact_count = sizeof(list) / sizeof(list)[0]

static const struct sim_step viewing_steps[] = {
    { SIM_CALLER, "Tell me about 123 Main St", NULL, NULL },
    { SIM_TOOL, "lookup_property", "{\"address\": \"123 Main St\"}", "$850,000" },
    { SIM_CALLER, "Yes, tomorrow 2pm. I'm John, 555-1234", NULL, NULL },
    { SIM_TOOL, "schedule_viewing",
      "{\"address\": \"123 Main St\", \"caller_name\": \"John\", \"phone\": \"555-1234\", "
      "\"date_time\": \"" SIM_SLOT "\"}",
      "123 Main St" },
    { SIM_CALLER, "Great, thank you. Bye.", NULL, NULL },
};
static const struct sim_fact viewing_facts[] = {
    { "status", "completed" }, { "intent", "schedule_viewing" }, { "outcome", "viewing_scheduled" },
    { "caller_name", "John" }, { "duration_seconds", "127" },    { "follow_up_created", "true" },
};

static const struct sim_step move_steps[] = {
    { SIM_CALLER, "When could I see 456 Oak Avenue?", NULL, NULL },
    { SIM_TOOL, "check_availability", "{\"address\": \"456 Oak Avenue\"}", "I can offer" },
    { SIM_CALLER, "Rather in the afternoon. It's Lena Brandt.", NULL, NULL },
    { SIM_TOOL, "schedule_viewing",
      "{\"address\": \"456 Oak Avenue\", \"caller_name\": \"Lena Brandt\", "
      "\"date_time\": \"" SIM_SLOT "\"}",
      "456 Oak Avenue" },
    { SIM_CALLER, "Oh, I am away then. Could we make it two weeks later?", NULL, NULL },
    { SIM_TOOL, "reschedule_viewing",
      "{\"address\": \"456 Oak Avenue\", \"date_time\": \"" SIM_LATER "\"}", "is moved from" },
    { SIM_CALLER, "You know what, let's leave it for now. Please cancel it.", NULL, NULL },
    { SIM_TOOL, "cancel_viewing", "{\"address\": \"456 Oak Avenue\"}", "is cancelled" },
    { SIM_CALLER, "No, thank you. Bye.", NULL, NULL },
};
static const struct sim_step cancel_steps[] = {
    { SIM_CALLER, "I'd like to see 123 Main Street. Omar Haddad.", NULL, NULL },
    { SIM_TOOL, "schedule_viewing",
      "{\"address\": \"123 Main St\", \"caller_name\": \"Omar Haddad\", "
      "\"date_time\": \"" SIM_SLOT "\"}",
      "123 Main St" },
    { SIM_CALLER, "Ah no, I have to work. Cancel that, please.", NULL, NULL },
    { SIM_AI, "You are sure that I should cancel it?", NULL, NULL },
    { SIM_CALLER, "Yes, cancel it.", NULL, NULL },
    { SIM_TOOL, "cancel_viewing", "{}", "is cancelled" },
    { SIM_CALLER, "Not now. Bye.", NULL, NULL },
};
static const struct sim_fact change_facts[] = {
    { "status", "completed" },
    { "intent", "schedule_viewing" },
    { "outcome", "viewing_scheduled" },
};

static const struct sim_step offer_steps[] = {
    { SIM_CALLER, "I want to make an offer on 456 Oak Avenue", NULL, NULL },
    { SIM_TOOL, "lookup_property", "{\"address\": \"456 Oak Avenue\"}", "$420,000" },
    { SIM_AI, "How much would you like to offer, and in what name?", NULL, NULL },
    { SIM_CALLER, "I'll offer $400k, with an inspection. Priya Shah, 415 555 0171.", NULL, NULL },
    { SIM_TOOL, "create_offer",
      "{\"address\": \"456 Oak Avenue\", \"caller_name\": \"Priya Shah\", \"phone\": \"415 555 "
      "0171\", "
      "\"amount\": \"$400k\", \"contingencies\": \"inspection\"}",
      "$400,000" },
    { SIM_CALLER, "I'll wait for the call then. Goodbye.", NULL, NULL },
};
static const struct sim_fact offer_facts[] = {
    { "status", "completed" },       { "intent", "make_offer" },
    { "outcome", "offer_created" },  { "caller_name", "Priya Shah" },
    { "follow_up_created", "true" },
};

static const struct sim_step message_steps[] = {
    { SIM_CALLER, "Let me talk to an agent", NULL, NULL },
    { SIM_AI, "Nobody is free right now. May I take a message?", NULL, NULL },
    { SIM_CALLER, "Yes. Sam Reed, 415 555 0119. Is there parking at 123 Main?", NULL, NULL },
    { SIM_TOOL, "take_message",
      "{\"caller_name\": \"Sam Reed\", \"phone\": \"415 555 0119\", "
      "\"message\": \"Is there parking at 123 Main St?\"}",
      "message" },
    { SIM_CALLER, "Thanks, bye.", NULL, NULL },
};
static const struct sim_fact message_facts[] = {
    { "status", "completed" },       { "intent", "speak_agent" },
    { "outcome", "message_taken" },  { "message", "Is there parking at 123 Main St?" },
    { "follow_up_created", "true" },
};

static const struct sim_step search_steps[] = {
    { SIM_CALLER, "What do you have in Oakland under 700 thousand with two bedrooms?", NULL, NULL },
    { SIM_TOOL, "search_properties",
      "{\"city\": \"Oakland\", \"max_price\": \"700k\", \"bedrooms\": 2}", "456 Oak Avenue" },
    { SIM_CALLER, "I'll think about it. Thanks.", NULL, NULL },
};
static const struct sim_fact search_facts[] = {
    { "status", "completed" },
    { "intent", "general" },
    { "outcome", "information_provided" },
};

static const struct sim_step hotline_steps[] = {
    { SIM_CALLER, "Sorry, wrong number.", NULL, NULL },
};
static const struct sim_fact hotline_facts[] = {
    { "status", "completed" },
};

const struct scenario scenarios[] = {
    { .name = "viewing",
      .about = "John asks about 123 Main St and books a viewing",
      .caller = "+14155550123",
      .seconds = 127,
      STEPS(viewing_steps),
      FACTS(viewing_facts) },
    { .name = "move",
      .about = "a viewing is booked, moved by two weeks, and cancelled in the end",
      .caller = "+14155550136",
      .seconds = 133,
      STEPS(move_steps),
      FACTS(change_facts) },
    { .name = "cancel",
      .about = "a viewing is booked and cancelled",
      .caller = "+14155550142",
      .seconds = 71,
      STEPS(cancel_steps),
      FACTS(change_facts) },
    { .name = "offer",
      .about = "an offer of $400k for 456 Oak Avenue",
      .caller = "+14155550171",
      .seconds = 94,
      STEPS(offer_steps),
      FACTS(offer_facts) },
    { .name = "message",
      .about = "a message for the agent",
      .caller = "+14155550119",
      .seconds = 48,
      STEPS(message_steps),
      FACTS(message_facts) },
    { .name = "search",
      .about = "homes in Oakland under $700,000",
      .caller = "+14155550155",
      .seconds = 41,
      STEPS(search_steps),
      FACTS(search_facts) },
    { .name = "after-hours",
      .about = "the number that forwards after hours",
      .number = SIM_FORWARDING,
      .caller = "+14155550164",
      .seconds = 20,
      STEPS(hotline_steps),
      FACTS(hotline_facts) },
    { .name = "unknown-number",
      .about = "a number that is not ours",
      .number = SIM_UNKNOWN,
      .caller = "+14155550177",
      .seconds = 5 },
};
const size_t scenario_count = sizeof scenarios / sizeof scenarios[0];
