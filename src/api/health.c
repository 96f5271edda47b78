/* Whether the service is up, for load balancers and monitors. */
#include "api/handlers.h"

void health_show(struct exchange *x)
{
    int64_t one;
    enum err err = db_get_int(x->db, "SELECT COUNT(*) FROM brokerages", DB_NO_ARGS, &one);
    if (err) {
        exchange_fail(x, err == ERR_FAILED ? ERR_FULL : err);
        return;
    }
    struct json_object *json = json_object_on(x->mem);
    json_put_text(json, "status", "ok");
    json_put_text(json, "version", PACKAGE_VERSION);
    exchange_json(x, 200, json);
}
