#include "desk/feed.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/listing.h"
#include "store/agent_diary.h"
#include "store/installation.h"
#include <string.h>

enum { REFRESH_MINUTES = 15, ALARM_MINUTES = 60 };

struct feed {
    const struct desk *desk;
    int64_t agent_id;
    const char *domain;
    struct property *properties; /* of all events, by id */
    size_t property_count;
    struct calendar_event *events;
    size_t count;
};

/* NULL: none, or gone. */
static const struct property *property_of(const struct feed *feed, int64_t id)
{
    size_t low = 0, high = feed->property_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (feed->properties[middle].head.id < id)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < feed->property_count && feed->properties[low].head.id == id;
    return found ? &feed->properties[low] : NULL;
}

/* "123 Main St, unit 4, Oakland, CA 94601": what a map finds. */
static char *location_of(void *mem, const struct property *property)
{
    const char *rest[] = { property->city, property->state, property->zip };
    char *text = listing_address(mem, property);
    for (size_t i = 0; i < 3; i++)
        if (!text_blank(rest[i]))
            mem_append(mem, &text, "%s%s", i == 2 ? " " : ", ", rest[i]);
    return text;
}

static char *viewing_summary(void *mem, const struct task *task, const struct property *property)
{
    static const char *const beginnings[] = {
        [VIEWING_REQUESTED] = "To confirm: viewing",
        [VIEWING_CONFIRMED] = "Viewing",
        [VIEWING_RESCHEDULED] = "Viewing",
        [VIEWING_CANCELLED] = "Cancelled: viewing",
        [VIEWING_DONE] = "Viewing",
        [VIEWING_NO_SHOW] = "No-show: viewing",
    };
    bool open = task->status == TASK_PENDING;
    char *text = mem_strdup(mem, beginnings[open ? VIEWING_REQUESTED : task->state]);
    if (property)
        mem_append(mem, &text, " of %s", listing_address(mem, property));
    if (!text_blank(task->caller_name)) {
        char *name = text_trim(mem, text_one_line(mem, task->caller_name));
        mem_append(mem, &text, " with %.*s", (int)strcspn(name, " "), name);
    }
    return text;
}

static char *viewing_description(void *mem, const struct task *task)
{
    char *text = NULL;
    if (!text_blank(task->caller_name))
        mem_append(mem, &text, "Visitor: %s\n", task->caller_name);
    if (!text_blank(task->caller_phone))
        mem_append(mem, &text, "Called from: %s\n", task->caller_phone);
    if (!text_blank(task->claimed_phone) && !text_equal(task->claimed_phone, task->caller_phone))
        mem_append(mem, &text, "To be called at: %s\n", task->claimed_phone);
    mem_append(mem, &text, "Task %lld", (long long)task->head.id);
    return text;
}

static enum calendar_status status_of(const struct task *task)
{
    return task->status == TASK_CANCELLED ? CALENDAR_CANCELLED
           : task->status == TASK_PENDING ? CALENDAR_TENTATIVE
                                          : CALENDAR_CONFIRMED;
}

/* The same for ever. After a backup was put back an id may be given again, but not its time of
 * making. */
static char *uid_of(const struct feed *feed, const char *kind, const struct row_head *head)
{
    return mem_printf(feed->desk->mem, "%s-%lld-%llx@%s", kind, (long long)head->id,
                      (unsigned long long)head->created_at, feed->domain);
}

static void viewing_add(struct feed *feed, const struct task *task)
{
    void *mem = feed->desk->mem;
    const struct property *property = property_of(feed, task->property_id);
    int64_t minutes = task->duration_minutes == NO_VALUE ? feed->desk->config->viewing_minutes
                                                         : task->duration_minutes;
    bool ahead = task->status == TASK_PENDING || task->status == TASK_CONFIRMED;
    feed->events[feed->count++] = (struct calendar_event){
        .uid = uid_of(feed, "task", &task->head),
        .sequence = task->revision,
        .starts = task->scheduled_at,
        .ends = task->scheduled_at + minutes * MINUTE_MS,
        .created = task->head.created_at,
        .changed = task->head.updated_at,
        .status = status_of(task),
        .summary = viewing_summary(mem, task, property),
        .location = property ? location_of(mem, property) : NULL,
        .description = viewing_description(mem, task),
        .alarm_minutes = ahead ? ALARM_MINUTES : 0,
    };
}

/* An open house counts no revisions: the seconds since it was made rise with each change as well.
 */
static void open_house_add(struct feed *feed, const struct open_house *house)
{
    void *mem = feed->desk->mem;
    const struct property *property = property_of(feed, house->property_id);
    feed->events[feed->count++] = (struct calendar_event){
        .uid = uid_of(feed, "open-house", &house->head),
        .sequence = (house->head.updated_at - house->head.created_at) / SECOND_MS,
        .starts = house->starts_at,
        .ends = house->ends_at,
        .created = house->head.created_at,
        .changed = house->head.updated_at,
        .status = CALENDAR_CONFIRMED,
        .summary = property ? mem_printf(mem, "Open house at %s", listing_address(mem, property))
                            : "Open house",
        .location = property ? location_of(mem, property) : NULL,
        .description = house->note,
        .alarm_minutes = ALARM_MINUTES,
    };
}

/* ---- reading ---- */

static enum err events_read(struct feed *feed, bool with_cancelled)
{
    const struct desk *desk = feed->desk;
    int64_t from = desk->now - FEED_PAST_DAYS * DAY_MS;
    int64_t cancelled_from = with_cancelled ? desk->now - FEED_CANCELLED_DAYS * DAY_MS : INT64_MAX;
    struct task *tasks;
    struct open_house *houses;
    size_t task_count, house_count;
    enum err err = viewings_of_agent(desk->db, desk->mem, feed->agent_id, from, cancelled_from,
                                     FEED_EVENTS_MAX, &tasks, &task_count);
    if (!err)
        err = open_houses_of_agent(desk->db, desk->mem, feed->agent_id, from, FEED_EVENTS_MAX,
                                   &houses, &house_count);
    if (!err)
        err = properties_of_diary(desk->db, desk->mem, feed->agent_id, from, &feed->properties,
                                  &feed->property_count);
    if (err)
        return err;
    feed->events = mem_new_array(desk->mem, struct calendar_event, task_count + house_count + 1);
    for (size_t i = 0; i < task_count; i++)
        viewing_add(feed, &tasks[i]);
    for (size_t i = 0; i < house_count; i++)
        open_house_add(feed, &houses[i]);
    return ERR_NONE;
}

enum err feed_compose(const struct desk *desk, int64_t agent_id, bool with_cancelled,
                      struct calendar *calendar)
{
    struct feed feed = { .desk = desk, .agent_id = agent_id };
    struct agent agent;
    const char *zone = NULL;
    enum err err = table_get(desk->db, desk->mem, &table_agents, agent_id, &agent);
    if (!err)
        err = agent_timezone(desk->db, desk->mem, agent_id, &zone);
    if (!err)
        err = installation_domain(desk->db, desk->mem, &feed.domain);
    if (!err)
        err = events_read(&feed, with_cancelled);
    if (err)
        return err;
    *calendar = (struct calendar){
        .name = mem_printf(desk->mem, "Viewings (%s)", agent.name),
        .about = "What callers have booked with the telephone receptionist, and open houses",
        .zone = zone,
        .now = desk->now,
        .refresh_minutes = REFRESH_MINUTES,
        .events = feed.events,
        .count = feed.count,
    };
    return ERR_NONE;
}
