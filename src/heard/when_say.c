/* Days and times said back. */
#include "base/mem.h"
#include "heard/when.h"
#include "heard/when_said.h"

char *when_day_spoken(void *mem, int64_t days, int64_t now, const struct zone *zone)
{
    static const char *const weekdays[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                            "Friday", "Saturday", "Sunday" };
    static const char *const months[] = { "January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December" };
    struct civil date = civil_from_days(days);
    char *text =
        mem_printf(mem, "%s, %s %d", weekdays[day_weekday(days)], months[date.month - 1], date.day);
    if (date.year != zone_civil(zone, now).year)
        mem_append(mem, &text, ", %d", date.year);
    return text;
}

char *when_spoken(void *mem, int64_t instant, int64_t now, const struct zone *zone)
{
    struct civil civil = zone_civil(zone, instant);
    int64_t days = civil_day(&civil);
    int hour = civil.hour % 12 ? civil.hour % 12 : 12;
    return mem_printf(mem, "%s at %d:%02d %s", when_day_spoken(mem, days, now, zone), hour,
                      civil.minute, civil.hour < 12 ? "AM" : "PM");
}
