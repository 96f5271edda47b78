/* Which times to offer. */
#include "base/mem.h"
#include "desk/diary.h"
#include "heard/when.h"
#include <string.h>

/* Slots begin so far apart. Where no hours are given none is offered by night; and where no notice
 * is, the agent is given this time to get there. */
#define STEP_MS (30 * MINUTE_MS)
static const char day_opens[] = "09:00", day_closes[] = "19:00";
#define LEAD_MS HOUR_MS

/* Free slots, in no particular order. */
struct candidates {
    struct diary *diary;
    int64_t from, to; /* bounds of their beginnings */
    int64_t *list;
    size_t count;
};

/* A slot within the hours of that day. */
static void candidate_add(struct candidates *all, int64_t day, int64_t start)
{
    const struct diary *diary = all->diary;
    if (start < all->from || start >= all->to || diary_blacked_out(diary, day, day, start) ||
        diary_busy_judge(diary, start, true) != SLOT_FREE)
        return;
    for (size_t i = 0; i < all->count; i++)
        if (all->list[i] == start)
            return;
    all->list = mem_resize(diary->desk->mem, all->list, int64_t, all->count + 1);
    all->list[all->count++] = start;
}

static enum zone_fit instant_of(const struct zone *zone, int64_t day, int64_t time,
                                int64_t *instant)
{
    struct civil at = civil_from_days(day);
    at.hour = (int)(time / HOUR_MS);
    at.minute = (int)(time / MINUTE_MS % 60);
    return zone_instant(zone, &at, instant, NULL);
}

/* The slots of one day between two times of its clock. Looking into a zone costs more than all the
 * rest, so that is done for each slot only where the clocks change between the two. */
static void hours_add(struct candidates *all, int64_t day, const char *opens, const char *closes)
{
    const struct zone *zone = all->diary->zone;
    int64_t first = diary_clock(opens), last = diary_clock(closes), from, to;
    instant_of(zone, day, first, &from);
    instant_of(zone, day, last, &to);
    bool plain = to - from == last - first;
    for (int64_t time = first; time + all->diary->length <= last; time += STEP_MS) {
        int64_t start = from + time - first;
        if (plain || instant_of(zone, day, time, &start) != ZONE_SKIPPED)
            candidate_add(all, day, start);
    }
}

static void day_add(struct candidates *all, int64_t day)
{
    const struct viewing_policy *policy = &all->diary->policy;
    struct civil at = civil_from_days(day);
    int weekday = civil_weekday(at.year, at.month, at.day);
    for (size_t i = 0; i < policy->hour_count; i++)
        if (policy->hours[i].weekday == weekday)
            hours_add(all, day, policy->hours[i].opens_at, policy->hours[i].closes_at);
    if (policy->hour_count == 0)
        hours_add(all, day, day_opens, day_closes);
}

/* All free slots that begin from `from` on and before `to`. */
static enum err candidates_find(struct diary *diary, int64_t from, int64_t to,
                                struct candidates *all)
{
    int64_t notice = diary->policy.rules.notice_minutes;
    int64_t soonest = diary->desk->now + (notice == NO_VALUE ? LEAD_MS : notice * MINUTE_MS);
    *all = (struct candidates){ .diary = diary, .from = from > soonest ? from : soonest, .to = to };
    if (all->from >= to)
        return ERR_NONE;
    int64_t day = zone_day(diary->zone, all->from), last = zone_day(diary->zone, to - 1);
    if (diary->policy.rules.same_day == SAME_DAY_REFUSED &&
        day == zone_day(diary->zone, diary->desk->now))
        day++;
    enum err err = diary_read(diary, all->from, to + diary->length);
    for (; !err && day <= last; day++)
        day_add(all, day);
    return err;
}

static int64_t distance(int64_t a, int64_t b)
{
    return a < b ? b - a : a - b;
}

static void sort(int64_t *list, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && list[k] < list[k - 1]; k--) {
            int64_t swapped = list[k];
            list[k] = list[k - 1];
            list[k - 1] = swapped;
        }
}

static void nearest_pick(struct candidates *all, int64_t near, struct offers *offers)
{
    offers->count = 0;
    while (offers->count < OFFERS_MAX && all->count > 0) {
        size_t best = 0;
        for (size_t i = 1; i < all->count; i++)
            if (distance(all->list[i], near) < distance(all->list[best], near))
                best = i;
        offers->starts[offers->count++] = all->list[best];
        all->list[best] = all->list[--all->count];
    }
    sort(offers->starts, offers->count);
}

/* The first, one in the middle and the last: they leave a caller the most to choose from. */
static void spread_pick(struct candidates *all, struct offers *offers)
{
    sort(all->list, all->count);
    if (all->count <= OFFERS_MAX) {
        for (size_t i = 0; i < all->count; i++)
            offers->starts[i] = all->list[i];
        offers->count = all->count;
        return;
    }
    offers->starts[0] = all->list[0];
    offers->starts[1] = all->list[all->count / 2];
    offers->starts[2] = all->list[all->count - 1];
    offers->count = 3;
}

enum err diary_propose(struct diary *diary, const struct slot_wish *wish, struct offers *offers)
{
    static const struct {
        int64_t before, after; /* days */
    } widths[] = { { 1, 1 }, { 3, 7 }, { 7, 28 }, { 7, 62 }, { 7, 186 } };
    struct candidates all = { 0 };
    enum err err = ERR_NONE;
    *offers = (struct offers){ 0 };
    if (wish->from != NO_VALUE) {
        err = candidates_find(diary, wish->from, wish->to, &all);
        spread_pick(&all, offers);
        offers->as_wished = offers->count > 0;
    }
    for (size_t i = 0; i < sizeof widths / sizeof widths[0] && !err && !offers->as_wished; i++) {
        err = candidates_find(diary, wish->near - widths[i].before * DAY_MS,
                              wish->near + widths[i].after * DAY_MS, &all);
        if (err || all.count >= OFFERS_MAX || i + 1 == sizeof widths / sizeof widths[0]) {
            nearest_pick(&all, wish->near, offers);
            break;
        }
    }
    return err;
}

enum err diary_hold(const struct diary *diary, int64_t call_id, const struct offers *offers)
{
    const struct desk *desk = diary->desk;
    enum err err = slot_holds_release(desk->db, call_id);
    for (size_t i = 0; i < offers->count && !err; i++) {
        struct slot_hold hold = { .phone_call_id = call_id,
                                  .property_id = diary->property->head.id,
                                  .agent_id = diary->property->head.agent_id,
                                  .start = offers->starts[i],
                                  .end = offers->starts[i] + diary->length,
                                  .expires_at = desk->now + HOLD_MS };
        err = slot_hold_add(desk->db, &hold, desk->now);
    }
    return err;
}

/* ---- aloud ---- */

/* Whether the offer is for the same day as the one before it. */
static bool is_same_day(const struct offers *offers, size_t i, const struct zone *zone)
{
    return i > 0 && i < offers->count &&
           zone_day(zone, offers->starts[i]) == zone_day(zone, offers->starts[i - 1]);
}

char *offers_spoken(void *mem, const struct offers *offers, int64_t now, const struct zone *zone)
{
    char *text = NULL;
    for (size_t i = 0; i < offers->count; i++) {
        bool same_day = is_same_day(offers, i, zone);
        const char *spoken = when_spoken(mem, offers->starts[i], now, zone);
        const char *clock = same_day ? strstr(spoken, " at ") : NULL;
        const char *between = i == 0                                          ? ""
                              : same_day && !is_same_day(offers, i + 1, zone) ? " or "
                              : same_day || i + 1 < offers->count             ? ", "
                                                                              : ", or ";
        mem_append(mem, &text, "%s%s", between, clock ? clock + 4 : spoken);
    }
    return text;
}
