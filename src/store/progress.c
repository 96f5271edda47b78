#include "store/progress.h"

/* Whether there is any is all that matters, so a million calls are not counted through. */
static const char *const queries[PROGRESS_COUNT] = {
    [PROGRESS_NUMBERS] = "SELECT COUNT(*) FROM phone_numbers WHERE is_active = 1",
    [PROGRESS_PROVIDED] =
        "SELECT COUNT(*) FROM phone_numbers WHERE is_active = 1 "
        "AND provider_phone_id IS NOT NULL AND provider_phone_id NOT LIKE 'demo-%'",
    [PROGRESS_REAL_MESSAGES] =
        "SELECT COUNT(*) FROM (SELECT 1 FROM webhook_journal "
        "WHERE form = 'vapi' AND provider_call_id NOT LIKE 'sim-%' LIMIT 1) AS t",
    [PROGRESS_CALLS] = "SELECT COUNT(*) FROM (SELECT 1 FROM phone_calls "
                       "WHERE status = 'completed' LIMIT 1) AS t",
    [PROGRESS_TRANSCRIBED] =
        "SELECT COUNT(*) FROM (SELECT 1 FROM transcript_segments LIMIT 1) AS t",
    [PROGRESS_TASKS] = "SELECT COUNT(*) FROM (SELECT 1 FROM scheduled_tasks LIMIT 1) AS t",
    [PROGRESS_LISTINGS] = "SELECT COUNT(*) FROM properties",
    [PROGRESS_HOURS] = "SELECT COUNT(*) FROM (SELECT 1 FROM viewing_hours LIMIT 1) AS t",
};

enum err progress_read(struct db *db, int64_t counts[PROGRESS_COUNT])
{
    enum err err = ERR_NONE;
    for (int i = 0; i < PROGRESS_COUNT && !err; i++)
        err = db_get_int(db, queries[i], DB_NO_ARGS, &counts[i]);
    return err;
}

enum err progress_tool(struct db *db, const char *name, int64_t *count)
{
    return db_get_int(db, "SELECT COUNT(*) FROM tool_results WHERE ok = 1 AND name = $1",
                      DB_ARGS(db_text(name)), count);
}
