#include "base/faults.h"
#include "base/mem.h"

enum { FAULTS_MAX = 50 };

struct faults faults_on(void *mem)
{
    return (struct faults){ .mem = mem };
}

enum err fault_add(struct faults *faults, const char *field, const char *detail, ...)
{
    if (faults->count == FAULTS_MAX)
        return ERR_INVALID;
    faults->list = mem_resize(faults->mem, faults->list, struct fault, faults->count + 1);
    va_list args;
    va_start(args, detail);
    faults->list[faults->count++] = (struct fault){
        .field = mem_strdup(faults->mem, field),
        .detail = mem_vprintf(faults->mem, detail, args),
    };
    va_end(args);
    return ERR_INVALID;
}
