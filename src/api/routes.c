/* The whole HTTP interface: one row an endpoint. The first that fits is taken, so what is spelt out
 * stands above {id}. /openapi.json is made from these rows. */
#include "api/handlers.h"
#include "api/resource.h"

#define PARAMS(list) .params = (list), .param_count = sizeof(list) / sizeof(list)[0]

static const struct param period_params[] = {
    { "from", FIELD_INSTANT, NULL, "Not before this instant (RFC 3339) or day" },
    { "to", FIELD_INSTANT, NULL, "Before this instant, or up to the end of this day" },
};
static const struct param incoming_params[] = {
    { "phone_number", FIELD_TEXT, NULL, "The caller's number (short form without a body)" },
    { "vapi_call_id", FIELD_TEXT, NULL,
      "The provider's id of the call (short form without a body)" },
    { "vapi_phone_id", FIELD_TEXT, NULL,
      "The provider's id of our number (short form without a body)" },
};

static const struct param day_params[] = {
    { "day", FIELD_DATE, NULL, "On this day, in the time zone of the agent" },
};
static const struct param calendar_params[] = {
    { "token", FIELD_TEXT, NULL, "From the address that was made for the agent" },
    { "cancelled", FIELD_TEXT, NULL,
      "no leaves out what was cancelled; yes, the default, does not" },
};

#define LIST(path, access_, about, of, label)                                                      \
    {                                                                                              \
        .method = HTTP_GET, .pattern = path, .access = access_, .handler = resource_list,          \
        .resource = &of, .tag = label, .summary = about, .success = 200, .is_list = true           \
    }
#define CREATE(path, access_, about, of, label)                                                    \
    {                                                                                              \
        .method = HTTP_POST, .pattern = path, .access = access_, .handler = resource_create,       \
        .resource = &of, .tag = label, .summary = about, .success = 201                            \
    }
#define READ(path, about, of, label)                                                               \
    {                                                                                              \
        .method = HTTP_GET, .pattern = path, .access = ACCESS_KEY, .handler = resource_get,        \
        .resource = &of, .tag = label, .summary = about, .success = 200, .is_one = true            \
    }
#define UPDATE(path, about, of, label)                                                             \
    {                                                                                              \
        .method = HTTP_PUT, .pattern = path, .access = ACCESS_KEY, .handler = resource_update,     \
        .resource = &of, .tag = label, .summary = about, .success = 200, .is_one = true            \
    }
#define REMOVE(path, about, of, label)                                                             \
    {                                                                                              \
        .method = HTTP_DELETE, .pattern = path, .access = ACCESS_KEY, .handler = resource_delete,  \
        .resource = &of, .tag = label, .summary = about, .success = 204, .is_one = true            \
    }
#define SHOW(path, function, of, label, about, schema)                                             \
    {                                                                                              \
        .method = HTTP_GET, .pattern = path, .access = ACCESS_KEY, .handler = function,            \
        .resource = of, .tag = label, .summary = about, .gives = schema, .success = 200            \
    }
#define VIEWING(action, function, about, body)                                                     \
    {                                                                                              \
        .method = HTTP_POST, .pattern = "/viewings/{id}/" action, .access = ACCESS_KEY,            \
        .handler = function, .resource = &resource_viewings, .tag = "Viewings", .summary = about,  \
        .takes = body, .may_take = true, .success = 200, .is_one = true                            \
    }

const struct route routes[] = {
    /* the calls themselves */
    { .method = HTTP_POST,
      .pattern = "/incoming",
      .access = ACCESS_WEBHOOK,
      .handler = webhook_incoming,
      .tag = "Call handling",
      .summary = "Take a call, or any of Vapi's server messages",
      .takes = "IncomingMessage",
      .gives = "IncomingAnswer",
      .success = 200,
      PARAMS(incoming_params),
      .any_query = true },
    { .method = HTTP_POST,
      .pattern = "/callback/{id}",
      .access = ACCESS_WEBHOOK,
      .handler = webhook_callback,
      .tag = "Call handling",
      .summary = "Tell what happens in a call",
      .takes = "CallbackMessage",
      .gives = "CallbackAnswer",
      .success = 200,
      .any_query = true },

    /* phone numbers */
    CREATE("/phone-numbers", ACCESS_KEY, "Add a phone number", resource_numbers, "Phone numbers"),
    LIST("/phone-numbers", ACCESS_KEY, "List the phone numbers", resource_numbers, "Phone numbers"),
    READ("/phone-numbers/{id}", "Show a phone number", resource_numbers, "Phone numbers"),
    UPDATE("/phone-numbers/{id}", "Change a phone number", resource_numbers, "Phone numbers"),
    REMOVE("/phone-numbers/{id}", "Delete a phone number; its calls stay", resource_numbers,
           "Phone numbers"),
    { .method = HTTP_POST,
      .pattern = "/phone-numbers/{id}/set-primary",
      .access = ACCESS_KEY,
      .handler = number_set_primary,
      .resource = &resource_numbers,
      .tag = "Phone numbers",
      .summary = "Make it the agent's primary number",
      .gives = "PhoneNumber",
      .success = 200,
      .is_one = true },

    /* call history and analytics */
    LIST("/phone-calls", ACCESS_KEY, "List the calls, latest first", resource_calls,
         "Call history"),
    { .method = HTTP_GET,
      .pattern = "/phone-calls/analytics/overview",
      .access = ACCESS_KEY,
      .handler = analytics_show_overview,
      .tag = "Analytics",
      .summary = "What the calls add up to",
      .gives = "AnalyticsOverview",
      .success = 200,
      PARAMS(period_params) },
    { .method = HTTP_GET,
      .pattern = "/phone-calls/analytics/by-property",
      .access = ACCESS_KEY,
      .handler = analytics_show_by_property,
      .tag = "Analytics",
      .summary = "What happened around each property, busiest first",
      .gives = "AnalyticsByProperty",
      .success = 200,
      .is_list = true,
      PARAMS(period_params) },
    SHOW("/phone-calls/recording/{id}", call_recording, &resource_calls, "Call history",
         "Where a call's recording lies", "CallRecording"),
    SHOW("/phone-calls/transcription/{id}", call_transcription, &resource_calls, "Call history",
         "What was said in a call", "CallTranscription"),
    READ("/phone-calls/{id}", "Show a call", resource_calls, "Call history"),

    /* properties */
    CREATE("/properties", ACCESS_KEY, "Add a property", resource_properties, "Properties"),
    LIST("/properties", ACCESS_KEY, "List the properties", resource_properties, "Properties"),
    READ("/properties/{id}", "Show a property", resource_properties, "Properties"),
    UPDATE("/properties/{id}", "Change a property", resource_properties, "Properties"),
    REMOVE("/properties/{id}", "Delete a property; its calls stay", resource_properties,
           "Properties"),
    SHOW("/properties/{id}/heartbeat", property_heartbeat, &resource_properties, "Properties",
         "How the work on a property stands", "Heartbeat"),
    SHOW("/properties/{id}/stages", property_stages, &resource_properties, "Properties",
         "The stages a property went through", "PropertyStages"),

    /* tasks and offers */
    CREATE("/tasks", ACCESS_KEY, "Add a task", resource_tasks, "Tasks"),
    { .method = HTTP_GET,
      .pattern = "/tasks",
      .access = ACCESS_KEY,
      .handler = resource_list,
      .resource = &resource_tasks,
      .tag = "Tasks",
      .summary = "List the tasks, earliest first",
      .success = 200,
      .is_list = true,
      PARAMS(day_params) },
    { .method = HTTP_GET,
      .pattern = "/tasks/calendar.ics",
      .access = ACCESS_CALENDAR,
      .handler = calendar_show,
      .tag = "Tasks",
      .summary = "An agent's viewings and open houses, for calendars to subscribe to",
      .media = "text/calendar",
      .success = 200,
      .is_one = true,
      .any_query = true,
      PARAMS(calendar_params) },
    READ("/tasks/{id}", "Show a task", resource_tasks, "Tasks"),
    UPDATE("/tasks/{id}", "Change a task", resource_tasks, "Tasks"),
    REMOVE("/tasks/{id}", "Delete a task", resource_tasks, "Tasks"),

    /* viewings: tasks, as an agent's day needs them */
    { .method = HTTP_GET,
      .pattern = "/viewings",
      .access = ACCESS_KEY,
      .handler = resource_list,
      .resource = &resource_viewings,
      .tag = "Viewings",
      .summary = "List the viewings, earliest first",
      .success = 200,
      .is_list = true,
      PARAMS(day_params) },
    READ("/viewings/{id}", "Show a viewing", resource_viewings, "Viewings"),
    { .method = HTTP_PUT,
      .pattern = "/viewings/{id}",
      .access = ACCESS_KEY,
      .handler = viewing_move_by_agent,
      .resource = &resource_viewings,
      .tag = "Viewings",
      .summary = "Move a viewing",
      .takes = "ViewingMove",
      .success = 200,
      .is_one = true },
    VIEWING("confirm", viewing_confirm, "Confirm a viewing", NULL),
    VIEWING("cancel", viewing_cancel_by_agent, "Cancel a viewing", "ViewingCancelling"),
    VIEWING("done", viewing_set_done, "Note that a viewing took place", NULL),
    VIEWING("no-show", viewing_set_no_show, "Note that nobody came to a viewing", NULL),

    CREATE("/offers", ACCESS_KEY, "Add an offer", resource_offers, "Offers"),
    LIST("/offers", ACCESS_KEY, "List the offers, latest first", resource_offers, "Offers"),
    READ("/offers/{id}", "Show an offer", resource_offers, "Offers"),
    UPDATE("/offers/{id}", "Change an offer", resource_offers, "Offers"),
    REMOVE("/offers/{id}", "Delete an offer", resource_offers, "Offers"),

    /* how viewings are booked */
    CREATE("/viewing-rules", ACCESS_KEY, "Add a set of viewing rules", resource_viewing_rules,
           "Viewing rules"),
    LIST("/viewing-rules", ACCESS_KEY, "List the viewing rules", resource_viewing_rules,
         "Viewing rules"),
    READ("/viewing-rules/{id}", "Show a set of viewing rules", resource_viewing_rules,
         "Viewing rules"),
    UPDATE("/viewing-rules/{id}", "Change a set of viewing rules", resource_viewing_rules,
           "Viewing rules"),
    REMOVE("/viewing-rules/{id}", "Delete a set of viewing rules", resource_viewing_rules,
           "Viewing rules"),
    CREATE("/viewing-hours", ACCESS_KEY, "Add weekly viewing hours", resource_viewing_hours,
           "Viewing rules"),
    LIST("/viewing-hours", ACCESS_KEY, "List the weekly viewing hours", resource_viewing_hours,
         "Viewing rules"),
    READ("/viewing-hours/{id}", "Show weekly viewing hours", resource_viewing_hours,
         "Viewing rules"),
    UPDATE("/viewing-hours/{id}", "Change weekly viewing hours", resource_viewing_hours,
           "Viewing rules"),
    REMOVE("/viewing-hours/{id}", "Delete weekly viewing hours", resource_viewing_hours,
           "Viewing rules"),
    CREATE("/viewing-blackouts", ACCESS_KEY, "Add a blackout: no viewings then",
           resource_viewing_blackouts, "Viewing rules"),
    LIST("/viewing-blackouts", ACCESS_KEY, "List the blackouts", resource_viewing_blackouts,
         "Viewing rules"),
    READ("/viewing-blackouts/{id}", "Show a blackout", resource_viewing_blackouts, "Viewing rules"),
    UPDATE("/viewing-blackouts/{id}", "Change a blackout", resource_viewing_blackouts,
           "Viewing rules"),
    REMOVE("/viewing-blackouts/{id}", "Delete a blackout", resource_viewing_blackouts,
           "Viewing rules"),
    CREATE("/open-houses", ACCESS_KEY, "Add an open house", resource_open_houses, "Viewing rules"),
    LIST("/open-houses", ACCESS_KEY, "List the open houses, earliest first", resource_open_houses,
         "Viewing rules"),
    READ("/open-houses/{id}", "Show an open house", resource_open_houses, "Viewing rules"),
    UPDATE("/open-houses/{id}", "Change an open house", resource_open_houses, "Viewing rules"),
    REMOVE("/open-houses/{id}", "Delete an open house", resource_open_houses, "Viewing rules"),

    /* callers */
    SHOW("/callers/{phone}", caller_show, NULL, "Callers", "How much is held of a caller",
         "Caller"),
    { .method = HTTP_GET,
      .pattern = "/callers/{phone}/export",
      .access = ACCESS_BROKER,
      .handler = caller_export,
      .tag = "Callers",
      .summary = "All that is held of a caller; the audit log tells who asked",
      .gives = "CallerExport",
      .success = 200 },
    { .method = HTTP_DELETE,
      .pattern = "/callers/{phone}",
      .access = ACCESS_BROKER,
      .handler = caller_delete,
      .tag = "Callers",
      .summary = "Erase a caller everywhere; totals stay",
      .gives = "CallerErasure",
      .success = 200 },
    { .method = HTTP_PUT,
      .pattern = "/callers/{phone}/do-not-call",
      .access = ACCESS_KEY,
      .handler = caller_block,
      .tag = "Callers",
      .summary = "Never call this number",
      .gives = "Caller",
      .success = 200 },
    { .method = HTTP_DELETE,
      .pattern = "/callers/{phone}/do-not-call",
      .access = ACCESS_BROKER,
      .handler = caller_unblock,
      .tag = "Callers",
      .summary = "The number may be called again",
      .success = 204 },

    { .method = HTTP_GET,
      .pattern = "/do-not-call",
      .access = ACCESS_BROKER,
      .handler = callers_blocked,
      .tag = "Callers",
      .summary = "List the numbers that must not be called",
      .gives = "DoNotCallList",
      .success = 200,
      .is_list = true },
    { .method = HTTP_GET,
      .pattern = "/retention",
      .access = ACCESS_BROKER,
      .handler = retention_show,
      .tag = "Callers",
      .summary = "For how long what callers said is kept",
      .gives = "Retention",
      .success = 200 },
    { .method = HTTP_PUT,
      .pattern = "/retention",
      .access = ACCESS_BROKER,
      .handler = retention_change,
      .tag = "Callers",
      .summary = "Change for how long what callers said is kept",
      .takes = "RetentionChange",
      .gives = "Retention",
      .success = 200 },

    /* agents */
    SHOW("/agents/me", agent_me, &resource_agents, "Agents", "Whose key this is", "AgentMe"),
    { .method = HTTP_GET,
      .pattern = "/agents/me/calendar",
      .access = ACCESS_KEY,
      .handler = calendar_about,
      .tag = "Agents",
      .summary = "Since when the agent's calendar has an address, and when it was last used",
      .gives = "CalendarUse",
      .success = 200,
      .may_lack = true },
    { .method = HTTP_POST,
      .pattern = "/agents/me/calendar",
      .access = ACCESS_KEY,
      .handler = calendar_open,
      .tag = "Agents",
      .summary = "Give the agent's calendar a new address; it is shown this once, and the one "
                 "before ends",
      .gives = "CalendarAddress",
      .success = 201 },
    { .method = HTTP_DELETE,
      .pattern = "/agents/me/calendar",
      .access = ACCESS_KEY,
      .handler = calendar_close,
      .tag = "Agents",
      .summary = "Take the address of the agent's calendar away",
      .success = 204,
      .may_lack = true },
    CREATE("/agents", ACCESS_BROKER, "Add an agent", resource_agents, "Agents"),
    LIST("/agents", ACCESS_KEY, "List the agents", resource_agents, "Agents"),
    READ("/agents/{id}", "Show an agent", resource_agents, "Agents"),
    UPDATE("/agents/{id}", "Change an agent", resource_agents, "Agents"),

    /* about the service */
    { .method = HTTP_GET,
      .pattern = "/healthz",
      .access = ACCESS_OPEN,
      .handler = health_show,
      .tag = "Service",
      .summary = "Whether the service is up",
      .gives = "Health",
      .success = 200 },
    { .method = HTTP_GET,
      .pattern = "/openapi.json",
      .access = ACCESS_OPEN,
      .handler = openapi_show,
      .tag = "Service",
      .summary = "This description",
      .gives = "OpenApi",
      .success = 200 },
};
const size_t route_count = sizeof routes / sizeof routes[0];
