#include "base/mem.h"
#include "calendar/calendar.h"
#include <dlfcn.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* The module's place beside the running program; NULL if that cannot be told. */
static char *beside_program(void *mem)
{
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
    if (len <= 0)
        return NULL;
    path[len] = '\0';
    char *slash = strrchr(path, '/');
    return slash ? mem_printf(mem, "%.*s/" CALENDAR_FILE, (int)(slash - path), path) : NULL;
}

static const struct calendar_module *module_open(void *mem, const char *path, const char **why)
{
    void *file = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const struct calendar_module *module = file ? dlsym(file, "ai_realtor_calendar") : NULL;
    if (!module)
        *why = mem_strdup(mem, dlerror());
    else if (module->version == CALENDAR_VERSION)
        return module;
    else
        *why = mem_printf(mem, "%s: is of another version of the program", path);
    if (file)
        dlclose(file);
    return NULL;
}

enum err calendar_load(void *mem, const char *path, const struct calendar_module **module,
                       const char **why)
{
    const char *beside = path ? NULL : beside_program(mem);
    if (!path)
        path = beside && access(beside, R_OK) == 0 ? beside : MODULE_DIR "/" CALENDAR_FILE;
    *module = module_open(mem, path, why);
    return *module ? ERR_NONE : ERR_NOT_FOUND;
}
