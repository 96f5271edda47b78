/* What is taken already of the time of a property and its agent. */
#include "desk/diary.h"

enum err diary_read(struct diary *diary, int64_t from, int64_t to)
{
    if (diary->busy && from >= diary->from && to <= diary->to)
        return ERR_NONE;
    const struct desk *desk = diary->desk;
    struct busy_query query = { .property_id = diary->property->head.id,
                                .agent_id = diary->property->head.agent_id,
                                .from = from,
                                .to = to,
                                .now = desk->now,
                                .except_task = diary->except_task,
                                .except_call = NO_VALUE };
    if (diary->caller) {
        query.except_call = diary->caller->head.id;
        query.except_caller = diary->caller->phone_number;
    }
    diary->from = from;
    diary->to = to;
    return busy_list(desk->db, desk->mem, &query, &diary->busy, &diary->busy_count);
}

static bool is_here(const struct diary *diary, const struct busy *busy)
{
    return busy->property_id == diary->property->head.id;
}

/* What must be free between the two: the longer of both buffers. */
static int64_t gap_of(const struct diary *diary, const struct busy *busy)
{
    return diary->by_hand ? 0 : busy->buffer > diary->buffer ? busy->buffer : diary->buffer;
}

static bool overlaps(const struct diary *diary, const struct busy *busy, int64_t start, int64_t gap)
{
    return start < busy->end + gap && busy->start < start + diary->length + gap;
}

static bool is_party(const struct diary *diary, const struct busy *busy, int64_t start)
{
    return busy->kind != BUSY_OPEN_HOUSE && is_here(diary, busy) &&
           overlaps(diary, busy, start, gap_of(diary, busy));
}

/* How many parties of those that share time with a viewing at `start` are there at `moment`. */
static int64_t parties_at(const struct diary *diary, int64_t start, int64_t moment)
{
    int64_t count = 0;
    for (size_t i = 0; i < diary->busy_count; i++) {
        const struct busy *busy = &diary->busy[i];
        int64_t gap = gap_of(diary, busy);
        if (is_party(diary, busy, start) && busy->start - gap <= moment && moment < busy->end + gap)
            count++;
    }
    return count;
}

/* Their number only rises where one of them begins. */
static bool is_full(const struct diary *diary, int64_t start)
{
    for (size_t i = 0; i < diary->busy_count; i++) {
        const struct busy *busy = &diary->busy[i];
        int64_t begins = busy->start - gap_of(diary, busy);
        if (is_party(diary, busy, start) &&
            parties_at(diary, start, begins > start ? begins : start) >= diary->parties)
            return true;
    }
    return false;
}

enum slot diary_busy_judge(const struct diary *diary, int64_t start, bool proposing)
{
    bool elsewhere_counts = proposing || diary->policy.is_kept;
    for (size_t i = 0; i < diary->busy_count; i++) {
        const struct busy *busy = &diary->busy[i];
        if (is_here(diary, busy)) {
            if (busy->kind == BUSY_OPEN_HOUSE && !diary->by_hand && overlaps(diary, busy, start, 0))
                return SLOT_OPEN_HOUSE;
        } else if (elsewhere_counts && overlaps(diary, busy, start, gap_of(diary, busy))) {
            return SLOT_TAKEN;
        }
    }
    return is_full(diary, start) ? SLOT_TAKEN : SLOT_FREE;
}
