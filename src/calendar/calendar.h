/* A calendar to subscribe to, as text (RFC 5545).
 *
 * libical does it, and lives in a module of its own: it brings ICU along, which would double the
 * start of every plain CGI process. The module is loaded when a calendar is asked for. */
#ifndef AR_CALENDAR_CALENDAR_H
#define AR_CALENDAR_CALENDAR_H

#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum calendar_status { CALENDAR_TENTATIVE, CALENDAR_CONFIRMED, CALENDAR_CANCELLED };

/* Texts are UTF-8 of any content; NULL leaves the property out. Instants are milliseconds UTC. */
struct calendar_event {
    const char *uid;      /* the same for ever */
    int64_t sequence;     /* higher after each change */
    int64_t starts, ends; /* end excluded */
    int64_t created, changed;
    enum calendar_status status;
    const char *summary, *location, *description;
    int64_t alarm_minutes; /* before it starts; 0 for none */
};

struct calendar {
    const char *name, *about;
    const char *zone; /* IANA's name; one that libical does not know makes all times UTC */
    int64_t now;
    int64_t refresh_minutes; /* how often to ask again */
    const struct calendar_event *events;
    size_t count;
};

/* What the module has under the name "ai_realtor_calendar". */
struct calendar_module {
    int version;
    /* The text, for free(); NULL: out of memory. */
    char *(*write)(const struct calendar *calendar);
};
enum { CALENDAR_VERSION = 1 };
#define CALENDAR_FILE "calendar.so"

/* Loads the module: `path`, or where that is NULL the one beside the program or else the one that
 * was installed. It stays for as long as the process. ERR_NOT_FOUND: there is none that fits; *why,
 * on mem, says which was tried and what was wrong. */
enum err calendar_load(void *mem, const char *path, const struct calendar_module **module,
                       const char **why) AR_MUST_USE;

#endif
