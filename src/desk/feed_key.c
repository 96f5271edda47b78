/* Who may read an agent's calendar: who has its address. */
#include "base/mem.h"
#include "base/text.h"
#include "desk/feed.h"
#include "desk/keys.h"
#include "store/installation.h"

enum { DOMAIN_BYTES = 9 };

enum err feed_open(const struct desk *desk, int64_t agent_id, const struct randomness *random,
                   const unsigned char master[SECRET_KEY_BYTES], struct api_key *key, char **shown)
{
    char *prefix, *hash, *token = secret_token(desk->mem, random, DOMAIN_BYTES);
    char *domain = text_lower(desk->mem, token);
    enum err err = installation_domain_settle(desk->db, domain);
    if (!err)
        err = calendar_key_revoke(desk->db, agent_id, desk->now);
    if (err && err != ERR_NOT_FOUND)
        return err;
    *shown = key_issue(desk->mem, random, master, &prefix, &hash);
    *key = (struct api_key){ .agent_id = agent_id,
                             .name = "calendar",
                             .prefix = prefix,
                             .hash = hash,
                             .role = ROLE_CALENDAR,
                             .created_at = desk->now,
                             .expires_at = NO_VALUE,
                             .revoked_at = NO_VALUE,
                             .last_used_at = NO_VALUE };
    return api_key_insert(desk->db, key);
}

char *feed_url(void *mem, const char *base, const char *shown)
{
    return mem_printf(mem, "%s/tasks/calendar.ics?token=%s", base, shown);
}
