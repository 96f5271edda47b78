/* The module's one function. */
#include "calendar/ical.h"
#include "calendar/calendar.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HORIZON_SECONDS = 400 * 86400 };

/* What goes with every event of a calendar. */
struct writing {
    const struct calendar *calendar;
    icaltimezone *zone; /* NULL: all is in UTC */
};

/* ---- texts ---- */

/* A copy in which every line break is one LF, or a space where `one_line`, and no other control
 * is left: the format has no way to write them. */
static char *text_plain(const char *text, bool one_line)
{
    char *copy = malloc(strlen(text) + 1), *to = copy;
    if (!copy)
        return NULL;
    for (const char *from = text; *from; from++) {
        unsigned char c = (unsigned char)*from;
        if (c == '\r' && from[1] == '\n')
            continue;
        if (c == '\r' || c == '\n')
            *to++ = one_line ? ' ' : '\n';
        else
            *to++ = c < 0x20 || c == 0x7f ? ' ' : *from;
    }
    *to = '\0';
    return copy;
}

static void text_add(icalcomponent *to, icalproperty_kind kind, const char *text)
{
    char *plain = text ? text_plain(text, kind != ICAL_DESCRIPTION_PROPERTY) : NULL;
    if (plain && *plain) {
        icalproperty *property = icalproperty_new(kind);
        icalproperty_set_value(property, icalvalue_new_text(plain));
        icalcomponent_add_property(to, property);
    }
    free(plain);
}

/* A property whose name is not RFC 5545's. Text is marked as such, and escaped; a bare
 * word goes as it is, for clients that look no closer. */
static void extra_add(icalcomponent *to, const char *name, const char *text, bool is_word)
{
    char *plain = text ? text_plain(text, true) : NULL;
    if (plain && *plain) {
        icalproperty *property = icalproperty_new_x(plain);
        icalproperty_set_x_name(property, name);
        if (!is_word)
            icalproperty_set_value(property, icalvalue_new_text(plain));
        icalcomponent_add_property(to, property);
    }
    free(plain);
}

/* ---- events ---- */

static void time_add(icalcomponent *to, icalproperty_kind kind, int64_t instant,
                     const struct writing *writing)
{
    icalcomponent_add_property(to, ical_time_property(kind, instant, writing ? writing->zone : NULL,
                                                      writing ? writing->calendar->zone : NULL));
}

static void status_add(icalcomponent *to, enum calendar_status status)
{
    static const icalproperty_status statuses[] = {
        [CALENDAR_TENTATIVE] = ICAL_STATUS_TENTATIVE,
        [CALENDAR_CONFIRMED] = ICAL_STATUS_CONFIRMED,
        [CALENDAR_CANCELLED] = ICAL_STATUS_CANCELLED,
    };
    bool busy = status != CALENDAR_CANCELLED;
    icalcomponent_add_property(to, icalproperty_new_status(statuses[status]));
    icalcomponent_add_property(
        to, icalproperty_new_transp(busy ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT));
}

static void alarm_add(icalcomponent *to, const struct calendar_event *event)
{
    if (event->alarm_minutes == 0)
        return;
    icalcomponent *alarm = icalcomponent_new(ICAL_VALARM_COMPONENT);
    struct icaltriggertype trigger = { .duration = icaldurationtype_from_int(
                                           (int)(-60 * event->alarm_minutes)) };
    icalcomponent_add_property(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
    icalcomponent_add_property(alarm, icalproperty_new_trigger(trigger));
    text_add(alarm, ICAL_DESCRIPTION_PROPERTY, event->summary ? event->summary : "Viewing");
    icalcomponent_add_component(to, alarm);
}

/* DTSTAMP is when this state of the event came about, so that an unchanged calendar is the same
 * text. */
static icalcomponent *event_make(const struct calendar_event *event, const struct writing *writing)
{
    icalcomponent *component = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    text_add(component, ICAL_UID_PROPERTY, event->uid);
    time_add(component, ICAL_DTSTAMP_PROPERTY, event->changed, NULL);
    time_add(component, ICAL_CREATED_PROPERTY, event->created, NULL);
    time_add(component, ICAL_LASTMODIFIED_PROPERTY, event->changed, NULL);
    icalcomponent_add_property(component, icalproperty_new_sequence((int)event->sequence));
    time_add(component, ICAL_DTSTART_PROPERTY, event->starts, writing);
    time_add(component, ICAL_DTEND_PROPERTY, event->ends, writing);
    status_add(component, event->status);
    text_add(component, ICAL_SUMMARY_PROPERTY, event->summary);
    text_add(component, ICAL_LOCATION_PROPERTY, event->location);
    text_add(component, ICAL_DESCRIPTION_PROPERTY, event->description);
    alarm_add(component, event);
    return component;
}

/* ---- the calendar ---- */

static void head_add(icalcomponent *to, const struct calendar *calendar)
{
    char period[32];
    snprintf(period, sizeof period, "PT%lldM", (long long)calendar->refresh_minutes);
    icalcomponent_add_property(to, icalproperty_new_version("2.0"));
    icalcomponent_add_property(to, icalproperty_new_prodid("-//ai-realtor//voice-assistant//EN"));
    icalcomponent_add_property(to, icalproperty_new_calscale("GREGORIAN"));
    icalcomponent_add_property(to, icalproperty_new_method(ICAL_METHOD_PUBLISH));
    /* RFC 7986's names, and those that clients read instead. */
    text_add(to, ICAL_NAME_PROPERTY, calendar->name);
    extra_add(to, "X-WR-CALNAME", calendar->name, false);
    text_add(to, ICAL_DESCRIPTION_PROPERTY, calendar->about);
    extra_add(to, "X-WR-CALDESC", calendar->about, false);
    extra_add(to, "X-WR-TIMEZONE", calendar->zone, true);
    icalproperty *refresh = icalproperty_new_refreshinterval(
        icaldurationtype_from_int((int)calendar->refresh_minutes * 60));
    icalproperty_add_parameter(refresh, icalparameter_new_value(ICAL_VALUE_DURATION));
    icalcomponent_add_property(to, refresh);
    extra_add(to, "X-PUBLISHED-TTL", period, true);
}

/* Seconds; the times of the events may lie that far back. */
static int64_t earliest(const struct calendar *calendar)
{
    int64_t first = calendar->now;
    for (size_t i = 0; i < calendar->count; i++)
        if (calendar->events[i].starts < first)
            first = calendar->events[i].starts;
    return first / 1000 - HORIZON_SECONDS;
}

static char *calendar_write(const struct calendar *calendar)
{
    struct writing writing = { .calendar = calendar };
    icalerror_set_errors_are_fatal(false);
    if (calendar->zone)
        writing.zone = icaltimezone_get_builtin_timezone(calendar->zone);
    icalcomponent *whole = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
    head_add(whole, calendar);
    icalcomponent *zone =
        writing.zone ? ical_zone_component(writing.zone, calendar->zone, earliest(calendar)) : NULL;
    if (zone)
        icalcomponent_add_component(whole, zone);
    else
        writing.zone = NULL;
    for (size_t i = 0; i < calendar->count; i++)
        icalcomponent_add_component(whole, event_make(&calendar->events[i], &writing));
    char *text = icalcomponent_as_ical_string_r(whole);
    icalcomponent_free(whole);
    return text;
}

extern const struct calendar_module ai_realtor_calendar __attribute__((visibility("default")));
const struct calendar_module ai_realtor_calendar = { CALENDAR_VERSION, calendar_write };
