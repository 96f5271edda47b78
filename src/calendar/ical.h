/* Inside the module: the zone. */
#ifndef AR_CALENDAR_ICAL_H
#define AR_CALENDAR_ICAL_H

#include <libical/ical.h>
#include <stdint.h>

/* The zone's VTIMEZONE, under its plain name: what has been in force since `from` (seconds since
 * 1970) and what follows. Names that a client looks up ("America/New_York") get through where
 * libical's own TZIDs do not, and offsets of 1883, which have seconds, stay out. */
icalcomponent *ical_zone_component(icaltimezone *zone, const char *name, int64_t from);

/* A property of that kind with the instant (milliseconds): in the zone under its plain name, or in
 * UTC where zone is NULL or its clocks show that time a second time. */
icalproperty *ical_time_property(icalproperty_kind kind, int64_t instant, icaltimezone *zone,
                                 const char *name);

#endif
