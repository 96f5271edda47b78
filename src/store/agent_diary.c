#include "store/agent_diary.h"

enum err viewings_of_agent(struct db *db, void *mem, int64_t agent_id, int64_t from,
                           int64_t cancelled_from, int64_t limit, struct task **list, size_t *count)
{
    return table_where(
        db, mem, &table_tasks,
        "agent_id = $1 AND scheduled_at >= $2 AND kind = 'viewing' "
        "AND (status <> 'cancelled' OR updated_at >= $3) ORDER BY scheduled_at, id LIMIT $4",
        DB_ARGS(db_int(agent_id), db_int(from), db_int(cancelled_from), db_int(limit)),
        (void **)list, count);
}

enum err open_houses_of_agent(struct db *db, void *mem, int64_t agent_id, int64_t from,
                              int64_t limit, struct open_house **list, size_t *count)
{
    return table_where(db, mem, &table_open_houses,
                       "agent_id = $1 AND starts_at >= $2 ORDER BY starts_at, id LIMIT $3",
                       DB_ARGS(db_int(agent_id), db_int(from), db_int(limit)), (void **)list,
                       count);
}

enum err properties_of_diary(struct db *db, void *mem, int64_t agent_id, int64_t from,
                             struct property **list, size_t *count)
{
    return table_where(
        db, mem, &table_properties,
        "id IN (SELECT property_id FROM scheduled_tasks WHERE agent_id = $1 AND scheduled_at >= $2 "
        "UNION SELECT property_id FROM open_houses WHERE agent_id = $1 AND starts_at >= $2) "
        "ORDER BY id",
        DB_ARGS(db_int(agent_id), db_int(from)), (void **)list, count);
}
