/* Zones, by GLib: GTimeZone reads the system's database without touching the process's own TZ.
 * (GLib 2.74 errs on Europe/Dublin after 2037, as its winter is the one with saving time.) */
#include "base/instant.h"
#include <glib.h>
#include <string.h>

struct zone {
    GTimeZone *rules;
    char *name;
};

enum { NAME_MOST = 64 };

/* GLib opens a file of that name, so nothing but the form of IANA's names may pass: Area/Location,
 * "UTC".  A capital begins each; what else lies in that directory ("posixrules", "right/…") has
 * none. */
static bool name_is_plain(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  "_+-/";
    return name[0] >= 'A' && name[0] <= 'Z' && strnlen(name, NAME_MOST) < NAME_MOST &&
           name[strspn(name, letters)] == '\0';
}

/* GLib also reads POSIX rules such as "FOO3BAR", which are nobody's name for a place. */
static bool name_is_rule(const char *name)
{
    static const char *const names[] = { "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT",
                                         "GMT0",    "GMT+0",   "GMT-0" };
    if (!strpbrk(name, "0123456789") || strncmp(name, "Etc/", 4) == 0)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(name, names[i]) == 0)
            return false;
    return true;
}

static struct zone *zone_load(const char *name)
{
    GTimeZone *rules = g_time_zone_new_identifier(name);
    if (!rules)
        return NULL;
    struct zone *zone = g_new(struct zone, 1);
    *zone = (struct zone){ rules, g_strdup(name) };
    return zone;
}

const struct zone *zone_find(const char *name)
{
    static GHashTable *found; /* the cache: bounded, as only names in the database get in */
    if (!name || !name_is_plain(name) || name_is_rule(name))
        return NULL;
    if (!found)
        found = g_hash_table_new(g_str_hash, g_str_equal);
    struct zone *zone = g_hash_table_lookup(found, name);
    if (!zone && (zone = zone_load(name)))
        g_hash_table_insert(found, zone->name, zone);
    return zone;
}

const char *zone_name(const struct zone *zone)
{
    return zone->name;
}

static gint interval_at(const struct zone *zone, int64_t instant)
{
    int64_t second = instant / SECOND_MS - (instant % SECOND_MS < 0);
    return g_time_zone_find_interval(zone->rules, G_TIME_TYPE_UNIVERSAL, second);
}

int zone_offset(const struct zone *zone, int64_t instant)
{
    return g_time_zone_get_offset(zone->rules, interval_at(zone, instant));
}

const char *zone_abbreviation(const struct zone *zone, int64_t instant)
{
    return g_time_zone_get_abbreviation(zone->rules, interval_at(zone, instant));
}

struct civil zone_civil(const struct zone *zone, int64_t instant)
{
    int64_t shown;
    if (__builtin_add_overflow(instant, zone_offset(zone, instant) * SECOND_MS, &shown))
        shown = instant; /* civil_from_utc limits what is so far away */
    return civil_from_utc(shown);
}

int64_t zone_day(const struct zone *zone, int64_t instant)
{
    struct civil civil = zone_civil(zone, instant);
    return civil_day(&civil);
}

/* Offsets stay within 16 hours of UTC, so those a day before and a day after are the one in force
 * and, around a change of the clocks, the other; a time is shown wherever one of them gives it. */
enum zone_fit zone_instant(const struct zone *zone, const struct civil *civil, int64_t *instant,
                           int64_t *second)
{
    int64_t local = civil_to_utc(civil);
    int old_offset = zone_offset(zone, local - DAY_MS),
        new_offset = zone_offset(zone, local + DAY_MS);
    int64_t by_old = local - old_offset * SECOND_MS, by_new = local - new_offset * SECOND_MS;
    bool old_fits = zone_offset(zone, by_old) == old_offset;
    bool new_fits = zone_offset(zone, by_new) == new_offset;
    *instant = new_fits && !old_fits ? by_new : by_old;
    if (!old_fits && !new_fits)
        return ZONE_SKIPPED;
    if (!old_fits || !new_fits || by_old == by_new)
        return ZONE_ONCE;
    if (second)
        *second = by_new;
    return ZONE_TWICE;
}
