/* The table of tools: what the speech model is told of each. */
#include "desk/tools.h"
#include "base/text.h"
#include <string.h>

static const struct tool_param lookup_params[] = {
    { "property_id", "integer", false, "The listing's id, if an earlier result gave it" },
    { "address", "string", false, "The address as the caller said it" },
};
static const struct tool_param viewing_params[] = {
    { "property_id", "integer", false, "The listing's id, if an earlier result gave it" },
    { "address", "string", false, "The address, if the id is not known" },
    { "caller_name", "string", true, "The caller's name" },
    { "phone", "string", false, "The number to call back, if the caller gave one" },
    { "date_time", "string", true,
      "Day and time, as ISO 8601 local time (2026-09-02T14:00) or as the caller said it" },
};
static const struct tool_param availability_params[] = {
    { "property_id", "integer", false, "The listing's id, if an earlier result gave it" },
    { "address", "string", false, "The address, if the id is not known" },
    { "date_time", "string", false,
      "The day, or day and time, the caller asks about, as ISO 8601 local time or as the caller "
      "said "
      "it; leave it out for the soonest" },
};
static const struct tool_param reschedule_params[] = {
    { "property_id", "integer", false, "The listing's id, if the caller has several viewings" },
    { "address", "string", false, "The address, if the caller has several viewings" },
    { "task_id", "integer", false, "The viewing's id, if an earlier result gave it" },
    { "date_time", "string", true,
      "The new day and time, as ISO 8601 local time (2026-09-02T14:00) or as the caller said it" },
};
static const struct tool_param cancel_params[] = {
    { "property_id", "integer", false, "The listing's id, if the caller has several viewings" },
    { "address", "string", false, "The address, if the caller has several viewings" },
    { "task_id", "integer", false, "The viewing's id, if an earlier result gave it" },
};
static const struct tool_param offer_params[] = {
    { "property_id", "integer", false, "The listing's id, if an earlier result gave it" },
    { "address", "string", false, "The address, if the id is not known" },
    { "caller_name", "string", true, "The caller's name" },
    { "phone", "string", false, "The number to call back, if the caller gave one" },
    { "amount", "string", true, "The amount in dollars as the caller said it, such as 400k" },
    { "contingencies", "string", false,
      "Conditions of the offer, such as inspection or financing" },
};
static const struct tool_param message_params[] = {
    { "caller_name", "string", true, "The caller's name" },
    { "phone", "string", false, "The number to call back, if the caller gave one" },
    { "message", "string", true, "What the agent should know, in the caller's words" },
    { "agent_name", "string", false, "The agent the caller asked for, if any" },
    { "property_id", "integer", false, "The listing it is about, if any" },
};
static const struct tool_param search_params[] = {
    { "city", "string", false, "City or town" },
    { "min_price", "number", false, "Lowest price in dollars" },
    { "max_price", "number", false, "Highest price in dollars" },
    { "bedrooms", "integer", false, "At least so many bedrooms" },
};

#define PARAMS(list) .params = (list), .param_count = sizeof(list) / sizeof(list)[0]

const struct tool tools[] = {
    { .name = "lookup_property",
      .description =
          "Tell about one property: price, size, status. Use it whenever the caller asks "
          "about a particular address or listing, before answering.",
      .filler = "Let me pull that up.",
      .intent = INTENT_PROPERTY_INQUIRY,
      PARAMS(lookup_params),
      .run = tool_lookup_property },
    { .name = "schedule_viewing",
      .description = "Book a viewing of a property. Ask for the name, day and time first.",
      .filler = "Let me book that.",
      .intent = INTENT_SCHEDULE_VIEWING,
      PARAMS(viewing_params),
      .run = tool_schedule_viewing },
    { .name = "check_availability",
      .description = "Find out when a property can be viewed: up to three free times near what the "
                     "caller asks for, which are kept for this call for five minutes.",
      .filler = "Let me look at the calendar.",
      .intent = INTENT_SCHEDULE_VIEWING,
      PARAMS(availability_params),
      .run = tool_check_availability },
    { .name = "reschedule_viewing",
      .description = "Move a viewing that the caller booked to another day or time. It is found by "
                     "the number the caller calls from.",
      .filler = "Let me change that.",
      .intent = INTENT_SCHEDULE_VIEWING,
      PARAMS(reschedule_params),
      .run = tool_reschedule_viewing },
    { .name = "cancel_viewing",
      .description = "Cancel a viewing that the caller booked, once the caller has said so for "
                     "certain. It is found by the number the caller calls from.",
      .filler = "Let me take care of that.",
      .intent = INTENT_SCHEDULE_VIEWING,
      PARAMS(cancel_params),
      .run = tool_cancel_viewing },
    { .name = "create_offer",
      .description =
          "Note an offer on a property and alert the agent. Ask for the amount, the name "
          "and any contingencies first.",
      .filler = "I am writing that down.",
      .intent = INTENT_MAKE_OFFER,
      PARAMS(offer_params),
      .run = tool_create_offer },
    { .name = "take_message",
      .description = "Take a message for an agent, or a request to be called back.",
      .filler = "Let me note that.",
      .intent = INTENT_SPEAK_AGENT,
      PARAMS(message_params),
      .run = tool_take_message },
    { .name = "search_properties",
      .alias = "get_properties",
      .description = "Find homes for sale by city, price and bedrooms.",
      .filler = "Let me see what we have.",
      .intent = INTENT_GENERAL,
      PARAMS(search_params),
      .run = tool_search_properties },
    { .name = "stop_recording",
      .description = "Keep no recording of this call. Use it at once when the caller does not want "
                     "to be recorded.",
      .filler = "Of course.",
      .intent = WORD_NONE,
      .run = tool_stop_recording },
};
const size_t tool_count = sizeof tools / sizeof tools[0];

const struct tool *tool_find(const char *name)
{
    for (size_t i = 0; name && i < tool_count; i++)
        if (strcmp(tools[i].name, name) == 0 || text_equal(tools[i].alias, name))
            return &tools[i];
    return NULL;
}

struct json_object *tool_schema(void *mem, const struct tool *tool)
{
    struct json_object *schema = json_object_on(mem);
    json_put_text(schema, "type", "object");
    struct json_object *properties = json_put_object(schema, "properties");
    struct json_object *required = json_put_array(schema, "required");
    for (size_t i = 0; i < tool->param_count; i++) {
        const struct tool_param *param = &tool->params[i];
        struct json_object *property = json_put_object(properties, param->name);
        json_put_text(property, "type", param->type);
        json_put_text(property, "description", param->description);
        if (param->required)
            json_put_text(required, NULL, param->name);
    }
    return schema;
}
