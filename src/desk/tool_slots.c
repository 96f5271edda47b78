/* What the viewing tools say of times: what was understood, what is free, what was booked. */
#include "base/mem.h"
#include "base/text.h"
#include "desk/record.h"
#include "desk/tool_args.h"
#include "desk/viewings.h"
#include "heard/when.h"
#include <string.h>

const struct zone *run_zone(const struct tool_run *run)
{
    const struct zone *zone = zone_find(run->timezone);
    return zone ? zone : zone_find("UTC");
}

char *start_spoken(const struct tool_run *run, int64_t start)
{
    return when_spoken(run->desk->mem, start, run->desk->now, run_zone(run));
}

bool start_is_far(struct tool_run *run, int64_t start)
{
    bool far = start > run->desk->now + VIEWING_AHEAD_MS;
    if (far)
        tool_fail(run, "That is more than ten years ahead. Ask the caller for an earlier day.");
    return far;
}

int64_t arg_start(struct tool_run *run, const char *name)
{
    /* A bare number is no time of day that anybody said. */
    bool worded = json_is(json_get(run->arguments, name), json_type_string);
    const char *said = worded ? arg_text(run, name, 200) : NULL;
    if (!said) {
        tool_fail(run, "For which day and time? Ask the caller.");
        return NO_VALUE;
    }
    struct when when = when_hear(run->desk->mem, said, run->desk->now, run_zone(run));
    switch (when.kind) {
    case WHEN_INSTANT:
        return start_is_far(run, when.instant) ? NO_VALUE : when.instant;
    case WHEN_PAST:
        tool_fail(run, "That time is already past. Ask the caller for another day and time.");
        break;
    case WHEN_ASK:
        tool_fail(run, "%s", when.why);
        break;
    default:
        tool_fail(run, "I did not understand the day and time. Ask the caller to say both again.");
    }
    return NO_VALUE;
}

/* ---- offers ---- */

/* The time as the next tool takes it: local to the call's zone. */
static const char *local_text(void *mem, const struct zone *zone, int64_t instant)
{
    struct civil at = zone_civil(zone, instant);
    return mem_printf(mem, "%04d-%02d-%02dT%02d:%02d", at.year, at.month, at.day, at.hour,
                      at.minute);
}

static void offers_put(struct tool_run *run, const struct offers *offers)
{
    struct json_object *list = json_put_array(run->facts, "alternatives");
    for (size_t i = 0; i < offers->count; i++) {
        struct json_object *slot = json_put_object(list, NULL);
        json_put_instant(slot, "scheduled_at", offers->starts[i]);
        json_put_text(slot, "date_time",
                      local_text(run->desk->mem, run_zone(run), offers->starts[i]));
    }
}

enum err offers_hold(struct tool_run *run, const struct diary *diary, const struct offers *offers)
{
    offers_put(run, offers);
    /* Who has hung up decides no more. */
    bool is_over = run->call->status >= CALL_COMPLETED;
    return is_over ? ERR_NONE : diary_hold(diary, run->call->head.id, offers);
}

enum err slots_offer(struct tool_run *run, struct diary *diary, const struct slot_wish *wish,
                     struct offers *offers, const char **spoken)
{
    const struct desk *desk = run->desk;
    *spoken = NULL;
    enum err err = diary_propose(diary, wish, offers);
    if (err || offers->count == 0)
        return err;
    *spoken = offers_spoken(desk->mem, offers, desk->now, run_zone(run));
    return offers_hold(run, diary, offers);
}

/* "2 hours", "90 minutes". */
static const char *span_spoken(void *mem, int64_t minutes)
{
    bool hours = minutes % 60 == 0, days = minutes % 1440 == 0;
    int64_t count = days ? minutes / 1440 : hours ? minutes / 60 : minutes;
    return number_of(mem, count, days ? "day" : hours ? "hour" : "minute");
}

const char *open_house_spoken(struct tool_run *run, const struct open_house *open)
{
    void *mem = run->desk->mem;
    const char *from = start_spoken(run, open->starts_at), *to = start_spoken(run, open->ends_at);
    const char *clock = strstr(to, " at ");
    bool same_day = clock && strncmp(from, to, (size_t)(clock - to) + 4) == 0;
    return mem_printf(mem, "from %s to %s", from, same_day ? clock + 4 : to);
}

static const char *open_house_reason(struct tool_run *run, const struct diary *diary, int64_t start)
{
    struct open_house *list;
    size_t count;
    void *mem = run->desk->mem;
    const char *address = listing_address(mem, diary->property);
    enum err err = open_houses_list(run->desk->db, mem, diary->property->head.id, start,
                                    start + diary->length, &list, &count);
    return mem_printf(mem,
                      "There is an open house at %s%s%s: everybody may just come, without an "
                      "appointment.",
                      address, err || count == 0 ? "" : " ",
                      err || count == 0 ? " then" : open_house_spoken(run, &list[0]));
}

static const char *reason_spoken(struct tool_run *run, const struct diary *diary, int64_t start,
                                 enum slot slot)
{
    void *mem = run->desk->mem;
    const char *when = start_spoken(run, start);
    const char *address = listing_address(mem, diary->property);
    switch (slot) {
    case SLOT_OPEN_HOUSE:
        return open_house_reason(run, diary, start);
    case SLOT_CLOSED:
        return mem_printf(mem, "%s is outside the viewing hours of %s.", when, address);
    case SLOT_BLACKED_OUT:
        return mem_printf(mem, "%s cannot be viewed on %s.", address, when);
    case SLOT_SHORT_NOTICE:
        return mem_printf(mem, "%s is too soon: viewings of %s are booked at least %s ahead.", when,
                          address, span_spoken(mem, diary->policy.rules.notice_minutes));
    case SLOT_SAME_DAY:
        return mem_printf(mem, "%s is too soon: viewings of %s are not booked for the same day.",
                          when, address);
    default:
        return mem_printf(mem, "%s is already taken for a viewing of %s.", when, address);
    }
}

enum err slot_explain(struct tool_run *run, struct diary *diary, int64_t start, enum slot slot,
                      const char **sentence)
{
    struct slot_wish wish = { .near = start, .from = NO_VALUE, .to = NO_VALUE };
    struct offers offers;
    const char *spoken;
    void *mem = run->desk->mem;
    const char *reason = reason_spoken(run, diary, start, slot);
    enum err err = slots_offer(run, diary, &wish, &offers, &spoken);
    if (spoken)
        *sentence = mem_printf(mem, "%s I can offer %s. Which one suits?", reason, spoken);
    else
        *sentence = mem_printf(
            mem, "%s Ask the caller for another time, or offer to take a message.", reason);
    return err;
}

enum err slot_refuse(struct tool_run *run, struct diary *diary, int64_t start, enum slot slot)
{
    const char *sentence;
    enum err err = slot_explain(run, diary, start, slot, &sentence);
    return err ? err : tool_fail(run, "%s", sentence);
}

enum err property_viewable(struct tool_run *run, const struct property *property, bool *viewable)
{
    *viewable =
        property->listing_status != LISTING_SOLD && property->listing_status != LISTING_OFF_MARKET;
    if (*viewable)
        return ERR_NONE;
    return tool_fail(run,
                     "%s is no longer available, so it cannot be viewed. Offer to search for "
                     "something similar.",
                     listing_address(run->desk->mem, property));
}

/* ---- what was done ---- */

static const char *promise_of(struct tool_run *run, const struct diary *diary)
{
    void *mem = run->desk->mem;
    const char *callback = callback_spoken(mem, run->call);
    bool asks_seller = diary->policy.rules.confirm_by == CONFIRM_SELLER;
    if (diary->policy.rules.confirm_by == CONFIRM_NOBODY)
        return "It is confirmed.";
    if (!callback)
        return asks_seller ? "The agent will ask the seller and be in touch to confirm."
                           : "The agent will be in touch to confirm.";
    return mem_printf(mem, "The agent will %scall %s to confirm.",
                      asks_seller ? "ask the seller and " : "", callback);
}

enum err viewing_tell(struct tool_run *run, const struct diary *diary, const struct task *task,
                      const char *done)
{
    const struct property *property = diary->property;
    json_put_int(run->facts, "task_id", task->head.id);
    json_put_int(run->facts, "property_id", property->head.id);
    json_put_text(run->facts, "address", property->address);
    json_put_instant(run->facts, "scheduled_at", task->scheduled_at);
    json_put_text(run->facts, "timezone", zone_name(run_zone(run)));
    run->call->property_id = property->head.id;
    run->call->follow_up_created = true;
    record_outcome(run->call, OUTCOME_VIEWING_SCHEDULED, KNOWN_BY_TOOL);
    return tool_say(run, "%s %s", done, promise_of(run, diary));
}
