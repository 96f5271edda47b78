/* Brokerages, their agents, and the agents' API keys. */
#ifndef AR_STORE_AGENTS_H
#define AR_STORE_AGENTS_H

#include "store/table.h"

struct agent {
    struct row_head head; /* agent_id is not used */
    const char *name, *email, *phone;
    bool is_active;
};
extern const struct table table_agents;

struct brokerage {
    struct row_head head; /* brokerage_id is its own id; agent_id is not used */
    const char *name, *timezone;
};
extern const struct table table_brokerages;

/* Makes a brokerage; *id is its new id. */
enum err brokerage_insert(struct db *db, const char *name, const char *timezone, int64_t now,
                          int64_t *id) AR_MUST_USE;
enum err brokerage_get(struct db *db, void *mem, int64_t id,
                       struct brokerage *brokerage) AR_MUST_USE;
/* The brokerage with the lowest id: the one that a small installation has. */
enum err brokerage_first(struct db *db, void *mem, struct brokerage *brokerage) AR_MUST_USE;

/* Where the agent's days begin and end: the zone that the agent's viewing rules name, else that of
 * the agent's primary number, else the brokerage's. */
enum err agent_timezone(struct db *db, void *mem, int64_t agent_id,
                        const char **timezone) AR_MUST_USE;

struct api_key {
    int64_t id, agent_id, brokerage_id;
    const char *name, *prefix, *hash;
    int role;
    int64_t created_at, expires_at, revoked_at, last_used_at;
    const char *agent_name;
    bool agent_is_active;
};
enum err api_key_insert(struct db *db, struct api_key *key) AR_MUST_USE;
/* The key with that public prefix, revoked or not. */
enum err api_key_find(struct db *db, void *mem, const char *prefix,
                      struct api_key *key) AR_MUST_USE;
/* The key in use that opens the agent's calendar (role calendar), and its end. ERR_NOT_FOUND: there
 * is none. */
enum err calendar_key_get(struct db *db, void *mem, int64_t agent_id,
                          struct api_key *key) AR_MUST_USE;
enum err calendar_key_revoke(struct db *db, int64_t agent_id, int64_t now) AR_MUST_USE;
enum err api_key_list(struct db *db, void *mem, struct api_key **keys, size_t *count) AR_MUST_USE;
enum { KEY_USE_MS = 60000 }; /* how exactly it is kept when a key was last used */
/* Whether its use now is to be kept: none within KEY_USE_MS is. */
bool api_key_use_counts(const struct api_key *key, int64_t now);
/* Keeps that the key was used then, unless another process has kept a use within KEY_USE_MS. */
enum err api_key_use(struct db *db, int64_t id, int64_t at) AR_MUST_USE;
/* ERR_NOT_FOUND when there is no such key or it is revoked already. */
enum err api_key_revoke(struct db *db, int64_t id, int64_t now) AR_MUST_USE;

#endif
