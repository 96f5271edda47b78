#include "base/throttle.h"
#include "base/instant.h"
#include "base/log.h"
#include "base/mem.h"
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Processes share the slots: a lock inside a process would guard nothing. */
static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "64-bit atomics must be lock-free");

typedef _Atomic(int64_t) slot; /* milliseconds: when the bucket is empty */

enum { FILE_BYTES = THROTTLE_SLOTS * (int)sizeof(slot), WINDOW_MS = 60000, PREFIX_BYTES = 8 };

struct throttle {
    slot *slots;
    int64_t interval; /* milliseconds in which one failure leaks away */
    unsigned char key[SECRET_KEY_BYTES];
};

static int throttle_unmap(struct throttle *throttle)
{
    munmap(throttle->slots, FILE_BYTES);
    return 0;
}

/* The file with its full length, and room on the disk for it: a process that looks past the end of
 * a shared file, or writes where a full disk has no room, is ended. */
static int file_open(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return -1;
    bool whole = fstat(fd, &st) == 0 &&
                 (st.st_size >= FILE_BYTES || (errno = posix_fallocate(fd, 0, FILE_BYTES)) == 0);
    if (whole)
        return fd;
    close(fd);
    return -1;
}

enum err throttle_open(void *mem, const char *path, const unsigned char key[SECRET_KEY_BYTES],
                       int64_t per_minute, struct throttle **out)
{
    int fd = file_open(path);
    void *map =
        fd < 0 ? MAP_FAILED : mmap(NULL, FILE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
        log_line(LOG_ERROR, "throttle", "file=\"%s\" detail=\"%s\"", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    if (map == MAP_FAILED)
        return ERR_FULL;
    struct throttle *throttle = mem_new(mem, struct throttle);
    throttle->slots = map;
    throttle->interval = WINDOW_MS / per_minute > 0 ? WINDOW_MS / per_minute : 1;
    memcpy(throttle->key, key, sizeof throttle->key);
    talloc_set_destructor(throttle, throttle_unmap);
    *out = throttle;
    return ERR_NONE;
}

/* What of the address counts: an IPv4 address, plain or mapped, or the network half of IPv6.
 * Returns its length in `bytes`. */
static size_t address_reduce(const char *address, unsigned char bytes[sizeof(struct in6_addr)])
{
    static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
    enum { V4_BYTES = 4 };
    if (!address)
        return 0;
    if (inet_pton(AF_INET, address, bytes) == 1)
        return V4_BYTES;
    if (inet_pton(AF_INET6, address, bytes) != 1)
        return 0;
    if (memcmp(bytes, mapped, sizeof mapped) != 0)
        return PREFIX_BYTES;
    memmove(bytes, bytes + sizeof mapped, V4_BYTES);
    return V4_BYTES;
}

static slot *slot_find(struct throttle *throttle, const char *address)
{
    static const char mark[] = "throttle ";
    unsigned char text[sizeof mark + sizeof(struct in6_addr)], hash[SECRET_HASH_BYTES];
    memcpy(text, mark, sizeof mark);
    size_t len = address_reduce(address, text + sizeof mark);
    secret_hash(throttle->key, text, sizeof mark + len, hash);
    return &throttle->slots[(hash[0] << 8 | hash[1]) % THROTTLE_SLOTS];
}

int64_t throttle_fail(struct throttle *throttle, const char *address, int64_t now)
{
    slot *place = slot_find(throttle, address);
    int64_t was = atomic_load(place), empty, wait;
    do {
        /* Further ahead than full is none of ours, or of a clock that was set back since. */
        empty = was < now || was > now + WINDOW_MS ? now : was;
        wait = empty + throttle->interval - now - WINDOW_MS;
        if (wait > 0)
            return wait;
    } while (!atomic_compare_exchange_weak(place, &was, empty + throttle->interval));
    return 0;
}
