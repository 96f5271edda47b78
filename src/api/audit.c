/* What people and keys changed or took out, on its way into the audit log. */
#include "store/audit.h"
#include "api/api.h"

enum err exchange_audit_fields(struct exchange *x, const char *action, const char *subject,
                               int64_t id, const char *fields)
{
    const struct principal *who = &x->who;
    struct audit_entry entry = {
        .head = { .brokerage_id = who->has_key ? who->scope.brokerage_id : NO_VALUE,
                  .agent_id = who->has_key ? who->agent_id : NO_VALUE,
                  .created_at = x->now },
        .actor = who->has_key ? "key" : "webhook",
        .api_key_id = who->has_key ? who->key_id : NO_VALUE,
        .action = action,
        .subject = subject,
        .subject_id = id,
        .fields = fields,
    };
    return audit_append(x->db, x->mem, x->app->master, &entry);
}

enum err exchange_audit(struct exchange *x, const char *action, const char *subject, int64_t id)
{
    return exchange_audit_fields(x, action, subject, id, NULL);
}

enum err exchange_audit_change(struct exchange *x, const char *action, const struct table *table,
                               const void *before, const void *after)
{
    const struct row_head *head = after;
    const char *fields = audit_changes(x->mem, table, before, after);
    return fields ? exchange_audit_fields(x, action, table->name, head->id, fields) : ERR_NONE;
}
