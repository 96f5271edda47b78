#include "store/callers.h"
#include "base/instant.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/do_not_call.h"
#include "store/outbox.h"
#include <string.h>

/* ---- reading ---- */

/* Records of one table, gathered from several queries. */
struct gathering {
    const struct table *table;
    char *list;
    size_t count;
};

static void gather(void *mem, struct gathering *to, const void *records, size_t count)
{
    size_t size = to->table->size;
    to->list = mem_check(talloc_realloc_size(mem, to->list, (to->count + count + 1) * size));
    memcpy(to->list + to->count * size, records, count * size);
    to->count += count;
}

static enum err gather_where(struct db *db, void *mem, struct gathering *to, const char *where,
                             const struct db_value *args, size_t arg_count)
{
    void *records;
    size_t count;
    enum err err = table_where(db, mem, to->table, where, args, arg_count, &records, &count);
    if (!err && count > 0)
        gather(mem, to, records, count);
    return err;
}

/* Claimed numbers are sealed, so the calls with a withheld number, which are few, are looked
 * through. */
static enum err gather_withheld(struct db *db, void *mem, struct gathering *to,
                                const struct scope *scope, const char *phone)
{
    struct phone_call *calls;
    size_t count;
    enum err err = table_where(
        db, mem, &table_phone_calls,
        "brokerage_id = $1 AND phone_number IS NULL "
        "AND claimed_phone IS NOT NULL AND COALESCE($2, agent_id) = agent_id "
        "ORDER BY created_at, id",
        DB_ARGS(db_int(scope->brokerage_id), db_int(scope->agent_id)), (void **)&calls, &count);
    for (size_t i = 0; i < count && !err; i++)
        if (text_equal(calls[i].claimed_phone, phone))
            gather(mem, to, &calls[i], 1);
    return err;
}

static enum err calls_read(struct db *db, void *mem, const struct scope *scope,
                           struct caller *caller)
{
    struct gathering calls = { .table = &table_phone_calls };
    enum err err = gather_where(
        db, mem, &calls,
        "brokerage_id = $1 AND phone_number = $2 "
        "AND COALESCE($3, agent_id) = agent_id ORDER BY created_at, id",
        DB_ARGS(db_int(scope->brokerage_id), db_text(caller->phone), db_int(scope->agent_id)));
    if (!err)
        err = gather_withheld(db, mem, &calls, scope, caller->phone);
    caller->calls = (struct phone_call *)(void *)calls.list;
    caller->call_count = calls.count;
    return err;
}

/* Tasks or offers: those that name the number, and all that came of the calls. */
static enum err records_read(struct db *db, void *mem, const struct scope *scope,
                             const struct caller *caller, struct gathering *records)
{
    enum err err = gather_where(
        db, mem, records,
        "brokerage_id = $1 AND caller_phone = $2 "
        "AND COALESCE($3, agent_id) = agent_id ORDER BY id",
        DB_ARGS(db_int(scope->brokerage_id), db_text(caller->phone), db_int(scope->agent_id)));
    for (size_t i = 0; i < caller->call_count && !err; i++)
        err = gather_where(db, mem, records,
                           "phone_call_id = $1 AND caller_phone IS DISTINCT FROM $2 ORDER BY id",
                           DB_ARGS(db_int(caller->calls[i].head.id), db_text(caller->phone)));
    return err;
}

enum err caller_read(struct db *db, void *mem, const struct scope *scope, const char *phone,
                     struct caller *caller)
{
    struct gathering tasks = { .table = &table_tasks }, offers = { .table = &table_offers };
    *caller = (struct caller){ .phone = phone, .do_not_call_since = NO_VALUE };
    enum err err = calls_read(db, mem, scope, caller);
    if (!err)
        err = records_read(db, mem, scope, caller, &tasks);
    if (!err)
        err = records_read(db, mem, scope, caller, &offers);
    if (err)
        return err;
    caller->tasks = (struct task *)(void *)tasks.list;
    caller->task_count = tasks.count;
    caller->offers = (struct offer *)(void *)offers.list;
    caller->offer_count = offers.count;
    err = do_not_call_since(db, scope->brokerage_id, phone, &caller->do_not_call_since);
    bool any = caller->call_count + caller->task_count + caller->offer_count > 0;
    return err == ERR_NOT_FOUND && any ? ERR_NONE : err;
}

/* ---- erasing ---- */

static const char erased_title[] = "Of a caller who was erased";

/* Sealed is what was said by or about a caller; besides that the numbers tell who it was. */
static bool tells_of_caller(const struct field *field)
{
    return field->flags & FIELD_SEALED || strcmp(field->name, "caller_phone") == 0 ||
           strcmp(field->name, "phone_number") == 0;
}

static void record_strip(const struct table *table, void *record)
{
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        if (tells_of_caller(field))
            *field_text(field, record) = field->flags & FIELD_REQUIRED ? erased_title : NULL;
    }
}

static enum err call_rows_delete(struct db *db, int64_t call_id)
{
    static const char *const statements[] = {
        "DELETE FROM transcript_segments WHERE phone_call_id = $1",
        "DELETE FROM recordings WHERE phone_call_id = $1",
        "DELETE FROM tool_results WHERE phone_call_id = $1",
        "DELETE FROM webhook_journal WHERE phone_call_id = $1",
        "DELETE FROM slot_holds WHERE phone_call_id = $1",
    };
    enum err err = ERR_NONE;
    for (size_t i = 0; i < sizeof statements / sizeof statements[0] && !err; i++)
        err = db_run(db, statements[i], DB_ARGS(db_int(call_id)));
    return err;
}

/* A call that may still be running cannot be deleted at the provider before it is over: none lasts
 * longer than half a day. */
static enum err call_erase(struct db *db, void *mem, const struct phone_call *call, int64_t now)
{
    struct phone_call after = *call;
    after.erased_at = now;
    record_strip(&table_phone_calls, &after);
    enum err err = table_change(db, mem, &table_phone_calls, call, &after, now);
    if (!err)
        err = call_rows_delete(db, call->head.id);
    int64_t over = call->ended_at == NO_VALUE ? now + DAY_MS / 2 : now;
    return err ? err : outbox_delete_call(db, call->head.id, over, now);
}

enum err caller_erase(struct db *db, void *mem, const struct caller *caller, int64_t now)
{
    enum err err = ERR_NONE;
    for (size_t i = 0; i < caller->call_count && !err; i++)
        err = call_erase(db, mem, &caller->calls[i], now);
    for (size_t i = 0; i < caller->task_count && !err; i++) {
        struct task after = caller->tasks[i];
        record_strip(&table_tasks, &after);
        err = task_update(db, mem, &caller->tasks[i], &after, now);
    }
    for (size_t i = 0; i < caller->offer_count && !err; i++) {
        struct offer after = caller->offers[i];
        record_strip(&table_offers, &after);
        err = table_change(db, mem, &table_offers, &caller->offers[i], &after, now);
    }
    return err;
}
