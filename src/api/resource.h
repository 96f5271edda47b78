/* The usual verbs over a kind of record: one implementation for all of them. */
#ifndef AR_API_RESOURCE_H
#define AR_API_RESOURCE_H

#include "api/api.h"
#include "store/tasks.h"

void resource_list(struct exchange *x);
void resource_create(struct exchange *x);
void resource_get(struct exchange *x);
void resource_update(struct exchange *x);
void resource_delete(struct exchange *x);

/* Reads record x->id of the route's resource if the asker may see it; else the answer is 404. */
bool resource_read(struct exchange *x, void *record);
/* The same inside the write transaction, if the record is as If-Match and If-None-Match demand;
 * else the answer is 404 or 412. */
bool resource_read_to_change(struct exchange *x, void *record);
/* Answers with the record and its tag; a GET that names the tag with 304. */
void resource_answer(struct exchange *x, int status, const void *record);
/* A list's envelope: {plural: [], total, limit, offset}; returns the array. */
struct json_object *resource_envelope(struct json_object *json, const char *plural,
                                      const struct selection *selection, int64_t total);
/* Adds a fault unless property_id (NO_VALUE is fine) is a property of the asker's brokerage. */
enum err property_of_scope(struct exchange *x, int64_t property_id) AR_MUST_USE;

/* Narrows a list of tasks to the parameter `day`, in the zone of their agent. */
enum err day_select(struct exchange *x, struct selection *selection) AR_MUST_USE;
/* Whether a task that is a viewing can be then and there; else ERR_CONFLICT, and what is in the way
 * goes with the answer. */
enum err viewing_check_free(struct exchange *x, struct task *task) AR_MUST_USE;

extern const struct resource resource_numbers, resource_properties, resource_tasks, resource_offers,
    resource_agents, resource_calls, resource_viewings, resource_viewing_rules,
    resource_viewing_hours, resource_viewing_blackouts, resource_open_houses;

#endif
