#include "base/log.h"
#include "base/instant.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum log_level lowest = LOG_INFO;
static char held[LOG_HELD];
static size_t held_len;
static bool holding;
static const char *const names[] = { "debug", "info", "warn", "error" };

void log_set_level(enum log_level level)
{
    lowest = level;
}

int log_level_find(const char *name)
{
    for (int i = 0; i <= LOG_ERROR; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

void log_hold(void)
{
    holding = true;
}

void log_release(void)
{
    ssize_t ignored = held_len ? write(STDERR_FILENO, held, held_len) : 0;
    (void)ignored;
    held_len = 0;
}

static void line_keep(const char *line, size_t len)
{
    if (held_len + len > sizeof held)
        log_release();
    memcpy(held + held_len, line, len);
    held_len += len;
}

void log_line(enum log_level level, const char *event, const char *fields, ...)
{
    char line[1024], when[INSTANT_TEXT];
    if (level < lowest)
        return;
    instant_format(clock_now(&clock_system), when);
    int used =
        snprintf(line, sizeof line - 1, "time=%s level=%s event=%s ", when, names[level], event);
    size_t len = (size_t)used;
    va_list args;
    va_start(args, fields);
    int more = vsnprintf(line + len, sizeof line - 1 - len, fields, args);
    va_end(args);
    len = more < 0 ? len : strlen(line);
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
            line[i] = '?';
    line[len++] = '\n';
    line_keep(line, len);
    if (!holding || level > LOG_INFO)
        log_release();
}
