#include "calendar/ical.h"
#include <stdbool.h>

enum { DAY_SECONDS = 86400, YEAR_SECONDS = 366 * DAY_SECONDS };

/* The last time at which the observance (STANDARD or DAYLIGHT) begins to hold, as seconds since
 * 1970; INT64_MAX: it goes on for ever. */
static int64_t last_onset(icalcomponent *observance)
{
    icaltimezone *utc = icaltimezone_get_utc_timezone();
    icalproperty *rule = icalcomponent_get_first_property(observance, ICAL_RRULE_PROPERTY);
    if (rule) {
        struct icalrecurrencetype recurrence = icalproperty_get_rrule(rule);
        if (icaltime_is_null_time(recurrence.until))
            return INT64_MAX;
        return icaltime_as_timet_with_zone(recurrence.until, utc);
    }
    int64_t last = icaltime_as_timet_with_zone(icalcomponent_get_dtstart(observance), utc);
    for (icalproperty *p = icalcomponent_get_first_property(observance, ICAL_RDATE_PROPERTY); p;
         p = icalcomponent_get_next_property(observance, ICAL_RDATE_PROPERTY)) {
        int64_t at = icaltime_as_timet_with_zone(icalproperty_get_rdate(p).time, utc);
        last = at > last ? at : last;
    }
    return last;
}

static int64_t first_onset(icalcomponent *observance)
{
    return icaltime_as_timet_with_zone(icalcomponent_get_dtstart(observance),
                                       icaltimezone_get_utc_timezone());
}

/* Whatever is in force at `from` began no earlier than this. Rules are yearly. */
static int64_t onset_in_force(icalcomponent *zone, int64_t from)
{
    int64_t latest = INT64_MIN;
    for (icalcomponent *c = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT); c;
         c = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
        int64_t onset = last_onset(c);
        if (onset > from)
            onset = first_onset(c) <= from - YEAR_SECONDS ? from - YEAR_SECONDS : INT64_MIN;
        latest = onset > latest ? onset : latest;
    }
    return latest;
}

icalcomponent *ical_zone_component(icaltimezone *zone, const char *name, int64_t from)
{
    icalcomponent *whole = icaltimezone_get_component(zone);
    if (!whole)
        return NULL;
    icalcomponent *kept = icalcomponent_new(ICAL_VTIMEZONE_COMPONENT);
    int64_t first = onset_in_force(whole, from);
    icalcomponent_add_property(kept, icalproperty_new_tzid(name));
    for (icalcomponent *c = icalcomponent_get_first_component(whole, ICAL_ANY_COMPONENT); c;
         c = icalcomponent_get_next_component(whole, ICAL_ANY_COMPONENT))
        if (last_onset(c) >= first)
            icalcomponent_add_component(kept, icalcomponent_new_clone(c));
    return kept;
}

static int64_t offset_at(icaltimezone *zone, int64_t second)
{
    struct icaltimetype time =
        icaltime_from_timet_with_zone((time_t)second, 0, icaltimezone_get_utc_timezone());
    int is_daylight;
    return icaltimezone_get_utc_offset_of_utc_time(zone, &time, &is_daylight);
}

/* Whether the zone's clocks showed the same before, as they do in the hour that comes twice: a
 * local time means the first one (RFC 5545, section 3.3.5). */
static bool is_shown_again(icaltimezone *zone, int64_t second)
{
    int64_t before = offset_at(zone, second - DAY_SECONDS);
    int64_t first = second + offset_at(zone, second) - before;
    return first < second && offset_at(zone, first) == before;
}

icalproperty *ical_time_property(icalproperty_kind kind, int64_t instant, icaltimezone *zone,
                                 const char *name)
{
    int64_t second = instant / 1000;
    bool is_local = zone && !is_shown_again(zone, second);
    struct icaltimetype time =
        icaltime_from_timet_with_zone((time_t)second, 0, icaltimezone_get_utc_timezone());
    if (is_local)
        time = icaltime_convert_to_zone(time, zone);
    icalproperty *property = icalproperty_new(kind);
    icalproperty_set_value(property, icalvalue_new_datetime(time));
    if (is_local)
        icalproperty_add_parameter(property, icalparameter_new_tzid(name));
    return property;
}
