#include "api/resource.h"
#include "api/precondition.h"
#include "base/mem.h"
#include "desk/fields.h"
#include "store/agents.h"
#include "store/properties.h"
#include <string.h>

static struct row_head *head_of(void *record)
{
    return record;
}

/* Agents are not owned by an agent: each is its own. */
static bool may_see(const struct exchange *x, const struct table *table, const void *record)
{
    struct row_head head = *(const struct row_head *)record;
    if (table == &table_agents)
        head.agent_id = head.id;
    return scope_holds(&x->who.scope, &head);
}

static void scope_add(const struct exchange *x, const struct table *table,
                      struct selection *selection)
{
    const struct scope *scope = &x->who.scope;
    if (table == &table_agents && scope->agent_id != NO_VALUE)
        selection_add(selection, "id = ?", db_int(scope->agent_id));
    else
        selection_scope(selection, scope);
}

struct json_object *resource_envelope(struct json_object *json, const char *plural,
                                      const struct selection *selection, int64_t total)
{
    struct json_object *list = json_put_array(json, plural);
    json_put_int(json, "total", total);
    json_put_int(json, "limit", selection->limit);
    json_put_int(json, "offset", selection->offset);
    return list;
}

void resource_list(struct exchange *x)
{
    const struct resource *resource = x->route->resource;
    const struct table *table = resource->table;
    struct selection selection = { 0 };
    void *records;
    size_t count;
    int64_t total;
    scope_add(x, table, &selection);
    enum err err = exchange_selection(x, table, &selection);
    if (!err && resource->select)
        err = resource->select(x, &selection);
    if (!err)
        err = table_list(x->db, x->mem, table, &selection, &records, &count, &total);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    struct json_object *json = json_object_on(x->mem);
    struct json_object *list = resource_envelope(json, resource->plural, &selection, total);
    for (size_t i = 0; i < count; i++)
        record_put_json(json_put_object(list, NULL), table, (char *)records + i * table->size,
                        false);
    exchange_json(x, 200, json);
}

static struct json_object *record_json(struct exchange *x, const void *record)
{
    struct json_object *json = json_object_on(x->mem);
    record_put_json(json, x->route->resource->table, record, false);
    return json;
}

/* Where the record is read: the part of the route's pattern up to {id}, and the id. */
static char *record_location(const struct exchange *x, int64_t id)
{
    const char *pattern = x->route->pattern, *mark = strstr(pattern, "/{id}");
    int len = mark ? (int)(mark - pattern) : (int)strlen(pattern);
    return mem_printf(x->mem, "%s%.*s/%lld", x->request->mount, len, pattern, (long long)id);
}

void resource_answer(struct exchange *x, int status, const void *record)
{
    struct http_response *response = x->response;
    exchange_json(x, status, record_json(x, record));
    char *tag = entity_tag(x, response->body, response->body_len);
    if (x->request->method == HTTP_GET && !precondition_holds(x, tag))
        return;
    http_response_header(response, "ETag", tag);
    /* It says what the tag of an answer to a change belongs to (RFC 9110, section 6.4.2). */
    if (x->request->method != HTTP_GET)
        http_response_header(response, status == 201 ? "Location" : "Content-Location",
                             record_location(x, ((const struct row_head *)record)->id));
}

bool resource_read(struct exchange *x, void *record)
{
    const struct resource *resource = x->route->resource;
    enum err err = table_get(x->db, x->mem, resource->table, x->id, record);
    bool is_one = !err && (!resource->includes || resource->includes(record));
    if (!err && !(is_one && may_see(x, resource->table, record)))
        err = ERR_NOT_FOUND;
    if (err)
        exchange_fail(x, err);
    return !err;
}

bool resource_read_to_change(struct exchange *x, void *record)
{
    size_t len;
    if (!resource_read(x, record))
        return false;
    if (!precondition_sent(x))
        return true;
    const char *text = json_text(x->mem, record_json(x, record), &len);
    return precondition_holds(x, entity_tag(x, text, len));
}

static void *record_new(const struct exchange *x)
{
    return mem_check(talloc_zero_size(x->mem, x->route->resource->table->size));
}

void resource_get(struct exchange *x)
{
    void *record = record_new(x);
    if (resource_read(x, record))
        resource_answer(x, 200, record);
}

/* A new record belongs to the agent it names, who must be one the asker may act for. */
static enum err owner_settle(struct exchange *x, struct row_head *head)
{
    struct agent agent;
    if (x->route->resource->table == &table_agents)
        return ERR_NONE;
    if (head->agent_id == NO_VALUE || head->agent_id == x->who.agent_id) {
        head->agent_id = x->who.agent_id;
        return ERR_NONE;
    }
    enum err err = table_get(x->db, x->mem, &table_agents, head->agent_id, &agent);
    if (err && err != ERR_NOT_FOUND)
        return err;
    bool reachable =
        !err && x->who.role == ROLE_BROKER && agent.head.brokerage_id == x->who.scope.brokerage_id;
    return reachable
               ? ERR_NONE
               : fault_add(&x->faults, "agent_id", "is not an agent whom your key may act for");
}

static enum err checks_run(struct exchange *x, void *record)
{
    const struct resource *resource = x->route->resource;
    enum err err = owner_settle(x, head_of(record));
    return err || !resource->check ? err : resource->check(x, record);
}

void resource_create(struct exchange *x)
{
    const struct resource *resource = x->route->resource;
    struct json_object *body = exchange_body(x);
    void *record = record_new(x);
    if (!body)
        return;
    resource->init(record);
    enum err err = record_read_json(x->mem, resource->table, body, true, record, &x->faults);
    struct row_head *head = head_of(record);
    head->brokerage_id = x->who.scope.brokerage_id;
    head->created_at = head->updated_at = x->now;
    if (!err)
        err = exchange_write(x);
    if (!err)
        err = checks_run(x, record);
    if (!err)
        err = resource->insert(x, record);
    if (!err)
        err = exchange_audit(x, "create", resource->table->name, head->id);
    if (!err)
        err = table_get(x->db, x->mem, resource->table, head->id, record);
    if (err == ERR_CONFLICT && resource->conflict)
        exchange_problem(x, 409, resource->conflict);
    else if (err)
        exchange_fail(x, err);
    else
        resource_answer(x, 201, record);
}

void resource_update(struct exchange *x)
{
    const struct resource *resource = x->route->resource;
    struct json_object *body = exchange_body(x);
    void *before = record_new(x), *after = record_new(x);
    if (!body)
        return;
    enum err err = exchange_write(x);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    if (!resource_read_to_change(x, before))
        return;
    memcpy(after, before, resource->table->size);
    err = record_read_json(x->mem, resource->table, body, false, after, &x->faults);
    if (!err)
        err = checks_run(x, after);
    if (!err)
        err = resource->update
                  ? resource->update(x, before, after)
                  : table_change(x->db, x->mem, resource->table, before, after, x->now);
    if (!err)
        err = table_get(x->db, x->mem, resource->table, x->id, after);
    if (!err)
        err = exchange_audit_change(x, "update", resource->table, before, after);
    if (err)
        exchange_fail(x, err);
    else
        resource_answer(x, 200, after);
}

void resource_delete(struct exchange *x)
{
    const struct resource *resource = x->route->resource;
    void *record = record_new(x);
    enum err err = exchange_write(x);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    if (!resource_read_to_change(x, record))
        return;
    err = resource->remove ? resource->remove(x, record)
                           : table_delete(x->db, resource->table, x->id);
    if (!err)
        err = exchange_audit(x, "delete", resource->table->name, x->id);
    if (err) {
        exchange_fail(x, err);
        return;
    }
    x->response->status = 204;
    x->response->content_type = NULL;
}

enum err property_of_scope(struct exchange *x, int64_t property_id)
{
    struct property property;
    if (property_id == NO_VALUE)
        return ERR_NONE;
    enum err err = table_get(x->db, x->mem, &table_properties, property_id, &property);
    if (!err && !scope_holds(&x->who.scope, &property.head))
        err = ERR_NOT_FOUND;
    return err == ERR_NOT_FOUND
               ? fault_add(&x->faults, "property_id", "is not one of your properties")
               : err;
}
