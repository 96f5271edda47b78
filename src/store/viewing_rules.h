/* What a broker says of viewings: rules, weekly hours, blackouts and open houses, each of an agent
 * (property_id NO_VALUE) or of one property. */
#ifndef AR_STORE_VIEWING_RULES_H
#define AR_STORE_VIEWING_RULES_H

#include "store/table.h"

struct viewing_rules {
    struct row_head head;
    int64_t property_id;
    int64_t length_minutes, buffer_minutes, notice_minutes;
    int same_day; /* enum same_day */
    int64_t max_parties;
    int confirm_by; /* enum confirm_by */
    const char *timezone;
};

struct viewing_hours {
    struct row_head head;
    int64_t property_id;
    int weekday; /* 0 Monday to 6 Sunday */
    const char *opens_at, *closes_at;
};

/* Whole days from first_day to last_day, or the time from starts_at to ends_at. */
struct viewing_blackout {
    struct row_head head;
    int64_t property_id;
    const char *first_day, *last_day;
    int64_t starts_at, ends_at;
    const char *note;
};

struct open_house {
    struct row_head head;
    int64_t property_id;
    int64_t starts_at, ends_at;
    const char *note;
};

extern const struct table table_viewing_rules, table_viewing_hours, table_viewing_blackouts,
    table_open_houses;

/* What holds for one property: its own rules and, where they do not say, its agent's; what neither
 * says is not known. The zone is the rules', else that of the agent's primary number, else the
 * brokerage's. Hours are the property's if it has any, else the agent's; blackouts are those of
 * both. */
struct viewing_policy {
    struct viewing_rules rules;
    bool is_kept; /* anything was said of it or its agent: rules, hours or blackouts */
    const char *timezone;
    struct viewing_hours *hours;
    size_t hour_count;
    struct viewing_blackout *blackouts;
    size_t blackout_count;
};

struct property;
enum err viewing_policy_read(struct db *db, void *mem, const struct property *property,
                             struct viewing_policy *policy) AR_MUST_USE;

/* The property's open houses that end after `from` and begin before `to`, earliest first. */
enum err open_houses_list(struct db *db, void *mem, int64_t property_id, int64_t from, int64_t to,
                          struct open_house **list, size_t *count) AR_MUST_USE;

/* Gives what was said of the property to its new agent. */
enum err viewing_rules_hand_over(struct db *db, int64_t property_id, int64_t agent_id) AR_MUST_USE;

#endif
