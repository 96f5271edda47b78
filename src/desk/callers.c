#include "desk/callers.h"
#include "base/instant.h"
#include "desk/fields.h"

/* Of several the latest, so what is told is what is true now. */
static const char *name_of(const struct caller *caller)
{
    for (size_t i = caller->call_count; i-- > 0;)
        if (caller->calls[i].caller_name)
            return caller->calls[i].caller_name;
    for (size_t i = caller->task_count; i-- > 0;)
        if (caller->tasks[i].caller_name)
            return caller->tasks[i].caller_name;
    return NULL;
}

static void ends_put(struct json_object *to, const struct caller *caller)
{
    int64_t first = NO_VALUE, last = NO_VALUE;
    for (size_t i = 0; i < caller->call_count; i++) {
        int64_t at = caller->calls[i].head.created_at;
        first = first == NO_VALUE || at < first ? at : first;
        last = at > last ? at : last;
    }
    json_put_instant(to, "first_call_at", first);
    json_put_instant(to, "last_call_at", last);
}

void caller_put_summary(struct json_object *to, const struct caller *caller)
{
    json_put_text(to, "phone_number", caller->phone);
    json_put_text(to, "caller_name", name_of(caller));
    json_put_int(to, "calls", (int64_t)caller->call_count);
    ends_put(to, caller);
    json_put_int(to, "tasks", (int64_t)caller->task_count);
    json_put_int(to, "offers", (int64_t)caller->offer_count);
    json_put_bool(to, "do_not_call", caller->do_not_call_since != NO_VALUE);
    json_put_instant(to, "do_not_call_since", caller->do_not_call_since);
}

/* ---- all of it ---- */

static enum err segments_put(struct db *db, void *mem, int64_t call_id, struct json_object *to)
{
    struct segment *list;
    size_t count;
    enum err err = segments_list(db, mem, call_id, &list, &count);
    struct json_object *array = json_put_array(to, "segments");
    for (size_t i = 0; i < count && !err; i++) {
        struct json_object *segment = json_put_object(array, NULL);
        json_put_text(segment, "role", words_name(&words_speaker, list[i].speaker));
        json_put_text(segment, "text", list[i].text);
        json_put_instant(segment, "spoken_at", list[i].spoken_at);
    }
    return err;
}

static enum err recordings_put(struct db *db, void *mem, int64_t call_id, struct json_object *to)
{
    struct recording *list;
    size_t count;
    enum err err = recordings_list(db, mem, call_id, &list, &count);
    struct json_object *array = json_put_array(to, "recordings");
    for (size_t i = 0; i < count && !err; i++) {
        struct json_object *recording = json_put_object(array, NULL);
        json_put_text(recording, "kind", list[i].kind);
        json_put_text(recording, "url", list[i].url);
        json_put_instant(recording, "created_at", list[i].created_at);
    }
    return err;
}

static enum err calls_put(struct db *db, void *mem, const struct caller *caller,
                          struct json_object *to)
{
    struct json_object *array = json_put_array(to, "calls");
    enum err err = ERR_NONE;
    for (size_t i = 0; i < caller->call_count && !err; i++) {
        struct json_object *call = json_put_object(array, NULL);
        record_put_json(call, &table_phone_calls, &caller->calls[i], false);
        err = segments_put(db, mem, caller->calls[i].head.id, call);
        if (!err)
            err = recordings_put(db, mem, caller->calls[i].head.id, call);
    }
    return err;
}

static void records_put(struct json_object *to, const char *key, const struct table *table,
                        const void *records, size_t count)
{
    struct json_object *array = json_put_array(to, key);
    for (size_t i = 0; i < count; i++)
        record_put_json(json_put_object(array, NULL), table,
                        (const char *)records + i * table->size, false);
}

enum err caller_put_export(struct db *db, void *mem, const struct caller *caller, int64_t now,
                           struct json_object *to)
{
    json_put_text(to, "phone_number", caller->phone);
    json_put_instant(to, "exported_at", now);
    json_put_instant(to, "do_not_call_since", caller->do_not_call_since);
    enum err err = calls_put(db, mem, caller, to);
    records_put(to, "tasks", &table_tasks, caller->tasks, caller->task_count);
    records_put(to, "offers", &table_offers, caller->offers, caller->offer_count);
    return err;
}

int64_t caller_last_call_id(const struct caller *caller)
{
    return caller->call_count > 0 ? caller->calls[caller->call_count - 1].head.id : NO_VALUE;
}

void caller_put_erasure(struct json_object *to, const struct caller *caller, int64_t now)
{
    json_put_instant(to, "erased_at", now);
    json_put_int(to, "calls", (int64_t)caller->call_count);
    json_put_int(to, "tasks", (int64_t)caller->task_count);
    json_put_int(to, "offers", (int64_t)caller->offer_count);
}
