#include "desk/hours.h"
#include "base/instant.h"
#include <stdio.h>

/* "HH:MM" as minutes after midnight; -1 for anything else. */
static int minutes_of(const char *clock)
{
    int hour, minute;
    return clock && sscanf(clock, "%2d:%2d", &hour, &minute) == 2 ? hour * 60 + minute : -1;
}

bool hours_open(const struct phone_number *number, int64_t now)
{
    int start = minutes_of(number->business_hours_start);
    int end = minutes_of(number->business_hours_end);
    const struct zone *zone = zone_find(number->timezone);
    if (start < 0 || end < 0 || start == end || !zone)
        return true;
    struct civil local = zone_civil(zone, now);
    int minute = local.hour * 60 + local.minute;
    return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

bool hours_forwarded(const struct phone_number *number, int64_t now)
{
    if (!number->forward_to_number)
        return false;
    return number->forward_when == FORWARD_ALWAYS ||
           (number->forward_when == FORWARD_AFTER_HOURS && !hours_open(number, now));
}
