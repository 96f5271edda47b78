#include "desk/viewing_states.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/properties.h"
#include <string.h>

enum { NOTES_MAX = 4000 };

/* ---- states ---- */

static bool is_over(int state)
{
    return state == VIEWING_DONE || state == VIEWING_NO_SHOW;
}

/* Why the viewing cannot get into the state; NULL if it can. */
static const char *refusal_of(const struct desk *desk, const struct task *task,
                              enum viewing_state state)
{
    if (task->state == VIEWING_CANCELLED)
        return "This viewing was cancelled.";
    if (is_over(task->state) && !is_over((int)state))
        return "This viewing is over.";
    if (is_over((int)state) && task->scheduled_at > desk->now)
        return "This viewing has not begun.";
    return NULL;
}

static const char *notes_with(void *mem, const char *notes, const char *reason)
{
    char *text =
        mem_printf(mem, "%s%sCancelled: %s", notes ? notes : "", notes ? "\n" : "", reason);
    return text_utf8_clip(mem, text, NOTES_MAX);
}

enum err viewing_state_put(const struct desk *desk, const struct task *before,
                           enum viewing_state state, const char *reason, struct task *after,
                           const char **why)
{
    *after = *before;
    *why = NULL;
    if (before->state == (int)state)
        return ERR_NONE;
    *why = refusal_of(desk, before, state);
    if (*why)
        return ERR_CONFLICT;
    after->state = (int)state;
    if (!text_blank(reason))
        after->notes = notes_with(desk->mem, before->notes, reason);
    enum err err = task_update(desk->db, desk->mem, before, after, desk->now);
    if (!err && after->property_id != NO_VALUE)
        err = property_touch(desk->db, after->property_id, desk->now);
    return err;
}

/* ---- places in time ---- */

/* What shares time with it, of what the diary has read. */
static void taken_collect(const struct diary *diary, int64_t start, struct busy **taken,
                          size_t *count)
{
    *taken = mem_new_array(diary->desk->mem, struct busy, diary->busy_count + 1);
    for (size_t i = 0; i < diary->busy_count; i++)
        if (start < diary->busy[i].end && diary->busy[i].start < start + diary->length)
            (*taken)[(*count)++] = diary->busy[i];
}

enum err viewing_fit(const struct desk *desk, struct task *task, struct busy **taken, size_t *count)
{
    struct property property;
    struct diary diary;
    enum slot slot;
    *count = 0;
    if (task->kind != TASK_VIEWING || task->status == TASK_CANCELLED ||
        task->property_id == NO_VALUE || task->scheduled_at == NO_VALUE)
        return ERR_NONE;
    enum err err = table_get(desk->db, desk->mem, &table_properties, task->property_id, &property);
    property.head.agent_id = task->head.agent_id;
    if (!err)
        err = diary_open(desk, &property, &diary);
    if (err)
        return err;
    if (task->duration_minutes == NO_VALUE)
        task->duration_minutes = diary.length / MINUTE_MS;
    diary.length = task->duration_minutes * MINUTE_MS;
    diary.by_hand = true;
    diary.except_task = task->head.id;
    err = diary_judge(&diary, task->scheduled_at, false, &slot);
    if (err || slot == SLOT_FREE)
        return err;
    taken_collect(&diary, task->scheduled_at, taken, count);
    return ERR_CONFLICT;
}
