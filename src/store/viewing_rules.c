#include "store/viewing_rules.h"
#include "base/instant.h"
#include "base/mem.h"
#include "store/properties.h"

#define RULES(column, type, flags, ...)                                                            \
    COLUMN(struct viewing_rules, column, type, flags, __VA_ARGS__)
#define HOURS(column, type, flags, ...)                                                            \
    COLUMN(struct viewing_hours, column, type, flags, __VA_ARGS__)
#define BLACKOUT(column, type, flags, ...)                                                         \
    COLUMN(struct viewing_blackout, column, type, flags, __VA_ARGS__)
#define OPEN_HOUSE(column, type, flags, ...)                                                       \
    COLUMN(struct open_house, column, type, flags, __VA_ARGS__)

/* ---- rules ---- */

static const struct field rule_fields[] = {
    HEAD_COLUMNS(0),
    RULES(property_id, FIELD_ID, FIELD_FIXED,
          .about = "The property they are for; null: all that the agent shows"),
    RULES(length_minutes, FIELD_INT, 0, .min = 5, .max = 480, .about = "How long a viewing lasts"),
    RULES(buffer_minutes, FIELD_INT, 0, .max = 480,
          .about = "What must be free before and after a viewing"),
    RULES(notice_minutes, FIELD_INT, 0, .max = 43200,
          .about = "How long beforehand a viewing must be booked"),
    RULES(same_day, FIELD_WORD, 0, .words = &words_same_day,
          .about = "Whether a viewing may be booked for the day of the call"),
    RULES(max_parties, FIELD_INT, 0, .min = 1, .max = 50,
          .about = "How many parties may view at once"),
    RULES(confirm_by, FIELD_WORD, 0, .words = &words_confirm_by,
          .about = "Who must agree before a viewing that was booked is confirmed"),
    RULES(timezone, FIELD_ZONE, 0, .about = "Where hours and days count"),
    TIME_COLUMNS,
};

static const struct filter filters[] = {
    { "property_id", "property_id = ?", FIELD_ID, NULL, "For this property" },
    { "agent_id", "agent_id = ?", FIELD_ID, NULL, "Of this agent" },
};

const struct table table_viewing_rules = {
    .name = "viewing_rules",
    .one = "set of viewing rules",
    .size = sizeof(struct viewing_rules),
    TABLE_FIELDS(rule_fields),
    .order = "id",
    TABLE_FILTERS(filters),
};

/* ---- hours ---- */

static const struct field hour_fields[] = {
    HEAD_COLUMNS(0),
    HOURS(property_id, FIELD_ID, FIELD_FIXED,
          .about = "The property they are for; null: all that the agent shows"),
    HOURS(weekday, FIELD_WORD, FIELD_REQUIRED, .words = &words_weekday, .about = "Day of the week"),
    HOURS(opens_at, FIELD_CLOCK, FIELD_REQUIRED, .about = "HH:MM; when viewings may begin"),
    HOURS(closes_at, FIELD_CLOCK, FIELD_REQUIRED, .about = "HH:MM; when the last one must be over"),
    TIME_COLUMNS,
};

const struct table table_viewing_hours = {
    .name = "viewing_hours",
    .one = "viewing hours",
    .size = sizeof(struct viewing_hours),
    TABLE_FIELDS(hour_fields),
    .order = "id",
    TABLE_FILTERS(filters),
};

/* ---- blackouts ---- */

static const struct field blackout_fields[] = {
    HEAD_COLUMNS(0),
    BLACKOUT(property_id, FIELD_ID, FIELD_FIXED,
             .about = "The property it is for; null: all that the agent shows"),
    BLACKOUT(first_day, FIELD_DATE, 0, .about = "The first of whole days"),
    BLACKOUT(last_day, FIELD_DATE, 0, .about = "The last of them; the first unless given"),
    BLACKOUT(starts_at, FIELD_INSTANT, 0, .about = "Instead of days: when it begins"),
    BLACKOUT(ends_at, FIELD_INSTANT, 0, .about = "Instead of days: when it ends"),
    BLACKOUT(note, FIELD_TEXT, 0, .max = 500, .about = "Why; never spoken"),
    TIME_COLUMNS,
};

const struct table table_viewing_blackouts = {
    .name = "viewing_blackouts",
    .one = "blackout",
    .size = sizeof(struct viewing_blackout),
    TABLE_FIELDS(blackout_fields),
    .order = "id",
    TABLE_FILTERS(filters),
};

/* ---- open houses ---- */

static const struct field open_house_fields[] = {
    HEAD_COLUMNS(0),
    OPEN_HOUSE(property_id, FIELD_ID, FIELD_REQUIRED | FIELD_FIXED,
               .about = "The property that is open to everybody"),
    OPEN_HOUSE(starts_at, FIELD_INSTANT, FIELD_REQUIRED, .about = "When it begins"),
    OPEN_HOUSE(ends_at, FIELD_INSTANT, FIELD_REQUIRED, .about = "When it ends"),
    OPEN_HOUSE(note, FIELD_TEXT, 0, .max = 500, .about = "For the agent; never spoken"),
    TIME_COLUMNS,
};

static const struct filter open_house_filters[] = {
    { "property_id", "property_id = ?", FIELD_ID, NULL, "Of this property" },
    { "agent_id", "agent_id = ?", FIELD_ID, NULL, "Of this agent" },
    { "from", "starts_at >= ?", FIELD_INSTANT, NULL, "Beginning not before this instant or day" },
    { "to", "starts_at < ?", FIELD_INSTANT, NULL, "Beginning before this instant or day" },
};

const struct table table_open_houses = {
    .name = "open_houses",
    .one = "open house",
    .size = sizeof(struct open_house),
    TABLE_FIELDS(open_house_fields),
    .order = "starts_at, id",
    TABLE_FILTERS(open_house_filters),
};

enum err open_houses_list(struct db *db, void *mem, int64_t property_id, int64_t from, int64_t to,
                          struct open_house **list, size_t *count)
{
    return table_where(
        db, mem, &table_open_houses,
        "property_id = $1 AND ends_at > $2 AND starts_at < $3 ORDER BY starts_at, id",
        DB_ARGS(db_int(property_id), db_int(from), db_int(to)), (void **)list, count);
}

enum err viewing_rules_hand_over(struct db *db, int64_t property_id, int64_t agent_id)
{
    static const char *const statements[] = {
        "UPDATE viewing_rules SET agent_id = $2 WHERE property_id = $1",
        "UPDATE viewing_hours SET agent_id = $2 WHERE property_id = $1",
        "UPDATE viewing_blackouts SET agent_id = $2 WHERE property_id = $1",
        "UPDATE open_houses SET agent_id = $2 WHERE property_id = $1",
    };
    enum err err = ERR_NONE;
    for (size_t i = 0; i < sizeof statements / sizeof statements[0] && !err; i++)
        err = db_run(db, statements[i], DB_ARGS(db_int(property_id), db_int(agent_id)));
    return err;
}
