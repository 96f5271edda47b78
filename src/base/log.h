/* One line an event, in logfmt, on standard error: what the web server keeps as its error log.
 *
 * No personal data: numbers, names, texts and keys of people never go in here; ids do. */
#ifndef AR_BASE_LOG_H
#define AR_BASE_LOG_H

#include "base/err.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Lines below this level are left out. LOG_INFO at start. */
void log_set_level(enum log_level level);
/* The level of that name, or -1. */
int log_level_find(const char *name);

/* Keeps information back until log_release, warning or error, so that a round of requests costs one
 * write. At most LOG_HELD bytes are kept. */
enum { LOG_HELD = 16384 };
void log_hold(void);
/* Writes what is kept back, and goes on holding. */
void log_release(void);

/* Writes "time=… level=… event=EVENT FIELDS" in one write(2). fields is a printf format of logfmt
 * pairs; controls in the result become '?', so that nothing from outside can forge a line. */
void log_line(enum log_level level, const char *event, const char *fields, ...) AR_PRINTF(3, 4);

#endif
