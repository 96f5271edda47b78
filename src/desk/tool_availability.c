/* check_availability: when a property can be viewed. */
#include "base/mem.h"
#include "base/text.h"
#include "desk/record.h"
#include "desk/tool_args.h"
#include "desk/viewings.h"
#include "heard/when.h"
#include <string.h>

/* What a caller asked about. */
struct asked {
    enum { ASKED_SOON, ASKED_TIME, ASKED_DAY, ASKED_NOTHING } kind;
    int64_t start;    /* ASKED_TIME */
    int64_t from, to; /* ASKED_DAY */
    const char *day;  /* ASKED_DAY: "Saturday, September 5" */
};

static const struct {
    const char *word;
    int from, to; /* hours */
} parts[] = {
    { "morning", 6, 12 },  { "noon", 11, 14 },    { "afternoon", 12, 17 },
    { "evening", 17, 22 }, { "tonight", 17, 22 },
};

static int64_t hour_of(const struct zone *zone, int64_t day, int hour)
{
    struct civil at = civil_from_days(hour < 24 ? day : day + 1);
    int64_t instant;
    at.hour = hour % 24;
    zone_instant(zone, &at, &instant, NULL);
    return instant;
}

/* The day of a text that names a day without a time: what it would be with one. */
static bool day_hear(struct tool_run *run, const char *said, int64_t *day)
{
    static const char *const times[] = { "23:59", "noon", "15:00", "19:00" };
    const struct desk *desk = run->desk;
    const struct zone *zone = run_zone(run);
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        const char *text = mem_printf(desk->mem, "%s at %s", said, times[i]);
        struct when when = when_hear(desk->mem, text, desk->now, zone);
        if (when.kind != WHEN_INSTANT)
            continue;
        *day = zone_day(zone, when.instant);
        return true;
    }
    return false;
}

static struct asked day_asked(struct tool_run *run, const char *said, int64_t day)
{
    const struct zone *zone = run_zone(run);
    struct asked asked = { .kind = ASKED_DAY };
    int from = 0, to = 24;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strcasestr(said, parts[i].word)) {
            from = parts[i].from;
            to = parts[i].to;
        }
    asked.from = hour_of(zone, day, from);
    asked.to = hour_of(zone, day, to);
    asked.day = when_day_spoken(run->desk->mem, day, run->desk->now, zone);
    return asked;
}

/* ASKED_NOTHING: the tool has failed with what to ask. */
static struct asked asked_hear(struct tool_run *run)
{
    const struct desk *desk = run->desk;
    const char *said = arg_text(run, "date_time", 200);
    int64_t day;
    if (!said)
        return (struct asked){ .kind = ASKED_SOON };
    struct when when = when_hear(desk->mem, said, desk->now, run_zone(run));
    if (when.kind == WHEN_INSTANT)
        return (struct asked){ .kind = ASKED_TIME, .start = when.instant };
    if (when.kind == WHEN_ASK && day_hear(run, said, &day))
        return day_asked(run, said, day);
    if (when.kind == WHEN_INVALID)
        return (struct asked){ .kind = ASKED_SOON };
    tool_fail(run, "%s",
              when.kind == WHEN_PAST ? "That time is already past. Ask the caller for another day."
                                     : when.why);
    return (struct asked){ .kind = ASKED_NOTHING };
}

static bool is_far(struct tool_run *run, const struct asked *asked)
{
    bool of_day = asked->kind == ASKED_DAY;
    return (of_day || asked->kind == ASKED_TIME) &&
           start_is_far(run, of_day ? asked->from : asked->start);
}

/* ---- the answers ---- */

/* " There is an open house from … to …." of the next two weeks; or nothing. */
static enum err open_house_tell(struct tool_run *run, const struct diary *diary, const char **text)
{
    struct open_house *list;
    size_t count;
    const struct desk *desk = run->desk;
    *text = "";
    enum err err = open_houses_list(desk->db, desk->mem, diary->property->head.id, desk->now,
                                    desk->now + 14 * DAY_MS, &list, &count);
    if (!err && count > 0)
        *text = mem_printf(desk->mem,
                           " There is an open house %s; nobody needs an appointment for that.",
                           open_house_spoken(run, &list[0]));
    return err;
}

static enum err time_tell(struct tool_run *run, struct diary *diary, int64_t start,
                          const char **sentence)
{
    struct offers wanted = { .starts = { start }, .count = 1 };
    enum slot slot;
    enum err err = diary_judge(diary, start, false, &slot);
    if (err || slot != SLOT_FREE)
        return err ? err : slot_explain(run, diary, start, slot, sentence);
    *sentence =
        mem_printf(run->desk->mem, "Yes, %s is free for a viewing of %s. Shall I book it?",
                   start_spoken(run, start), listing_address(run->desk->mem, diary->property));
    return offers_hold(run, diary, &wanted);
}

static enum err days_tell(struct tool_run *run, struct diary *diary, const struct asked *asked,
                          const char **sentence)
{
    void *mem = run->desk->mem;
    bool of_day = asked->kind == ASKED_DAY;
    struct slot_wish wish = { .near = of_day ? asked->from + (asked->to - asked->from) / 2
                                             : run->desk->now,
                              .from = of_day ? asked->from : NO_VALUE,
                              .to = of_day ? asked->to : NO_VALUE };
    const char *address = listing_address(mem, diary->property);
    struct offers offers;
    const char *spoken;
    enum err err = slots_offer(run, diary, &wish, &offers, &spoken);
    if (err)
        return err;
    const char *nothing = of_day && !offers.as_wished
                              ? mem_printf(mem, "Nothing is free for a viewing of %s then, on %s. ",
                                           address, asked->day)
                              : "";
    if (spoken)
        *sentence = mem_printf(mem, "%sFor a viewing of %s I can offer %s. Which one suits?",
                               nothing, address, spoken);
    else
        *sentence = mem_printf(mem,
                               "Nothing is free for a viewing of %s in the next weeks. Offer to "
                               "take a message.",
                               address);
    return ERR_NONE;
}

enum err tool_check_availability(struct tool_run *run)
{
    struct property property;
    struct diary diary;
    bool found, viewable;
    const char *sentence, *open_house;
    enum err err = arg_property(run, &property, &found);
    if (err || !found)
        return err;
    err = property_viewable(run, &property, &viewable);
    if (err || !viewable)
        return err;
    struct asked asked = asked_hear(run);
    if (asked.kind == ASKED_NOTHING || is_far(run, &asked))
        return ERR_NONE;
    err = diary_open(run->desk, &property, &diary);
    diary.caller = run->call;
    if (!err)
        err = asked.kind == ASKED_TIME ? time_tell(run, &diary, asked.start, &sentence)
                                       : days_tell(run, &diary, &asked, &sentence);
    if (!err)
        err = open_house_tell(run, &diary, &open_house);
    if (err)
        return err;
    json_put_int(run->facts, "property_id", property.head.id);
    if (run->call->property_id == NO_VALUE)
        run->call->property_id = property.head.id;
    record_outcome(run->call, OUTCOME_INFORMATION_PROVIDED, KNOWN_BY_TOOL);
    return tool_say(run, "%s%s", sentence, open_house);
}
