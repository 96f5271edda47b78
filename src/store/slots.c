#include "store/slots.h"
#include "base/instant.h"
#include "base/mem.h"

/* clang-format off: SQL reads better by its own lines. */

#define BUFFER                                                                                     \
    "COALESCE((SELECT buffer_minutes FROM viewing_rules AS r WHERE r.property_id = "               \
    "b.property_id), "                                                                             \
    "(SELECT buffer_minutes FROM viewing_rules AS r WHERE r.agent_id = b.agent_id "                \
    "AND r.property_id IS NULL), 0) * 60000"

/* A viewing, a hold or an open house lasts a day at most, or is seen all the same by its beginning:
 * that bounds the part of the index that is read.  $1 the property, $2 the agent, $3 and $4 the
 * span, $5 now, $6 to $8 the task, the call and the caller that do not count. */
#define VIEWINGS(whose)                                                                            \
    "SELECT 0, b.id, b.property_id, b.phone_call_id, b.scheduled_at, "                             \
    "b.scheduled_at + COALESCE(b.duration_minutes, 30) * 60000, " BUFFER                           \
    " FROM scheduled_tasks AS b WHERE " whose                                                      \
    " AND b.scheduled_at > $3 - 172800000 AND b.scheduled_at < $4 + 86400000 "                     \
    "AND b.kind = 'viewing' AND b.status <> 'cancelled' AND b.id <> COALESCE($6, 0)"
#define HOLDS(whose)                                                                               \
    "SELECT 1, NULL, b.property_id, b.phone_call_id, b.starts_at, b.ends_at, " BUFFER              \
    " FROM slot_holds AS b WHERE " whose                                                           \
    " AND b.starts_at > $3 - 172800000 AND b.starts_at < $4 + 86400000 "                           \
    "AND b.expires_at > $5 AND b.phone_call_id <> COALESCE($7, 0) "                                \
    "AND COALESCE((SELECT phone_number FROM phone_calls AS c WHERE c.id = b.phone_call_id), '') "  \
    "<> COALESCE($8, '-')"
#define OPEN_HOUSES(whose)                                                                         \
    "SELECT 2, b.id, b.property_id, NULL, b.starts_at, b.ends_at, " BUFFER                         \
    " FROM open_houses AS b WHERE " whose                                                          \
    " AND b.starts_at > $3 - 172800000 AND b.starts_at < $4 + 86400000"

/* The property's, and what its agent has elsewhere. */
#define HERE "b.property_id = $1"
#define ELSEWHERE "b.agent_id = $2 AND b.property_id IS DISTINCT FROM $1"

static const char busy_sql[] =
    VIEWINGS(HERE) " UNION ALL " VIEWINGS(ELSEWHERE) " UNION ALL " HOLDS(HERE) " UNION ALL " HOLDS(
        ELSEWHERE) " UNION ALL " OPEN_HOUSES(HERE) " UNION ALL " OPEN_HOUSES(ELSEWHERE);

/* clang-format on */

enum err busy_list(struct db *db, void *mem, const struct busy_query *query, struct busy **list,
                   size_t *count)
{
    struct db_rows *rows;
    size_t room = 0;
    *list = NULL;
    *count = 0;
    enum err err =
        db_select(db, busy_sql,
                  DB_ARGS(db_int(query->property_id), db_int(query->agent_id), db_int(query->from),
                          db_int(query->to), db_int(query->now), db_int(query->except_task),
                          db_int(query->except_call), db_text(query->except_caller)),
                  &rows);
    if (err)
        return err;
    while (db_next(rows)) {
        if (*count == room) {
            room = room ? 2 * room : 16;
            *list = mem_resize(mem, *list, struct busy, room);
        }
        (*list)[(*count)++] = (struct busy){
            .kind = (enum busy_kind)db_int_at(rows, 0),
            .id = db_int_at(rows, 1),
            .property_id = db_int_at(rows, 2),
            .phone_call_id = db_int_at(rows, 3),
            .start = db_int_at(rows, 4),
            .end = db_int_at(rows, 5),
            .buffer = db_int_at(rows, 6),
        };
    }
    return db_done(rows);
}

enum err slot_hold_add(struct db *db, const struct slot_hold *hold, int64_t now)
{
    enum err err =
        db_run(db, "DELETE FROM slot_holds WHERE expires_at <= $1", DB_ARGS(db_int(now)));
    if (err)
        return err;
    return db_run(db,
                  "INSERT INTO slot_holds (phone_call_id, property_id, agent_id, starts_at, "
                  "ends_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
                  DB_ARGS(db_int(hold->phone_call_id), db_int(hold->property_id),
                          db_int(hold->agent_id), db_int(hold->start), db_int(hold->end),
                          db_int(hold->expires_at)));
}

enum err slot_holds_release(struct db *db, int64_t phone_call_id)
{
    return db_run(db, "DELETE FROM slot_holds WHERE phone_call_id = $1",
                  DB_ARGS(db_int(phone_call_id)));
}
