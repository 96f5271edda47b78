#include "base/err.h"

const char *err_name(enum err err)
{
    static const char *const names[] = {
        [ERR_NONE] = "ok",           [ERR_NOT_FOUND] = "not found", [ERR_CONFLICT] = "conflict",
        [ERR_INVALID] = "invalid",   [ERR_DENIED] = "denied",       [ERR_BUSY] = "busy",
        [ERR_FULL] = "out of order", [ERR_FAILED] = "failed",
    };
    return names[err];
}
