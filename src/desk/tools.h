/* What a caller can have done: the tools that the speech model is given. */
#ifndef AR_DESK_TOOLS_H
#define AR_DESK_TOOLS_H

#include "desk/desk.h"

struct tool_param {
    const char *name;
    const char *type; /* JSON Schema: "string", "number", "integer" */
    bool required;
    const char *description;
};

/* One run of a tool within a call. */
struct tool_run {
    const struct desk *desk;
    struct phone_call *call;           /* changed in place; the desk writes it back */
    const struct phone_number *number; /* NULL when the number is gone */
    const char *timezone;
    struct json_object *arguments;
    bool ok;
    const char *sentence;
    struct json_object *facts;
};

struct tool {
    const char *name;
    const char *alias; /* another name it is known by, or NULL */
    const char *description;
    const char *filler; /* what is said while it runs */
    int intent;         /* what asking for it shows of the caller's wish; WORD_NONE: nothing */
    const struct tool_param *params;
    size_t param_count;
    /* Fills ok, sentence and facts. An error is the store's alone: what the caller got wrong is a
     * sentence. */
    enum err (*run)(struct tool_run *run);
};

extern const struct tool tools[];
extern const size_t tool_count;

/* The tool of that name or alias, or NULL. */
const struct tool *tool_find(const char *name);
/* The parameters as a JSON Schema object, on mem. */
struct json_object *tool_schema(void *mem, const struct tool *tool);

/* The tools' work: one file each, tool_*.c. */
enum err tool_lookup_property(struct tool_run *run);
enum err tool_schedule_viewing(struct tool_run *run);
enum err tool_check_availability(struct tool_run *run);
enum err tool_reschedule_viewing(struct tool_run *run);
enum err tool_cancel_viewing(struct tool_run *run);
enum err tool_create_offer(struct tool_run *run);
enum err tool_take_message(struct tool_run *run);
enum err tool_search_properties(struct tool_run *run);
enum err tool_stop_recording(struct tool_run *run);

#endif
