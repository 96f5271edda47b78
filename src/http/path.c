#include "http/path.h"
#include "base/mem.h"
#include "base/text.h"
#include <string.h>

enum { SEGMENTS_MAX = 8, PARAMS_MAX = 32 };

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

char *path_decode(void *mem, const char *raw, size_t len, bool plus_is_space)
{
    char *text = mem_bytes(mem, len + 1);
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (raw[i] != '%') {
            text[n++] = plus_is_space && raw[i] == '+' ? ' ' : raw[i];
            continue;
        }
        int high = i + 1 < len ? hex_digit(raw[i + 1]) : -1;
        int low = i + 2 < len ? hex_digit(raw[i + 2]) : -1;
        if (high < 0 || low < 0)
            return NULL;
        text[n++] = (char)(high * 16 + low);
        i += 2;
    }
    text[n] = '\0';
    return text_utf8_valid(text, n) ? text : NULL;
}

static void refuse(struct http_request *request, int status, const char *detail)
{
    if (request->refusal)
        return;
    request->refusal = status;
    request->refusal_detail = detail;
}

/* Whether path is mount, or mount followed by a slash. */
static bool lies_under(const char *path, const char *mount)
{
    size_t len = strlen(mount);
    return len > 0 && strncmp(path, mount, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

/* Length of the mount at the start of path. The known mounts come first: mod_proxy_fcgi may put the
 * whole path into SCRIPT_NAME. Else SCRIPT_NAME tells (a program installed under another name),
 * else PATH_INFO by what it leaves over. */
static size_t mount_length(void *mem, const char *path, const char *mount, const char *script_name,
                           const char *path_info)
{
    const char *below_cgi_bin = mem_printf(mem, "/cgi-bin%s", mount);
    if (lies_under(path, mount))
        return strlen(mount);
    if (lies_under(path, below_cgi_bin))
        return strlen(below_cgi_bin);
    if (script_name && lies_under(path, script_name))
        return strlen(script_name);
    size_t len = strlen(path), rest = path_info ? strlen(path_info) : 0;
    return rest > 0 && rest <= len && strcmp(path + len - rest, path_info) == 0 ? len - rest : 0;
}

static void segment_add(struct http_request *request, const char *raw, size_t len)
{
    char *segment = path_decode(request->mem, raw, len, false);
    if (!segment || strchr(segment, '/')) {
        refuse(request, 400, "the path holds bytes that no path of this service has");
        return;
    }
    bool dots = strcmp(segment, ".") == 0 || strcmp(segment, "..") == 0;
    if (len == 0 || dots || request->segment_count == SEGMENTS_MAX) {
        refuse(request, 404, "there is nothing at this path");
        return;
    }
    request->segments[request->segment_count++] = segment;
}

static void segments_read(struct http_request *request, const char *path)
{
    request->segments = mem_new_array(request->mem, const char *, SEGMENTS_MAX);
    while (*path == '/') {
        size_t len = strcspn(++path, "/");
        segment_add(request, path, len);
        path += len;
    }
}

static void query_read(struct http_request *request, const char *query)
{
    request->query = mem_new_array(request->mem, struct http_param, PARAMS_MAX);
    while (query && *query) {
        size_t len = strcspn(query, "&");
        const char *equals = memchr(query, '=', len);
        size_t name_len = equals ? (size_t)(equals - query) : len;
        struct http_param param = {
            path_decode(request->mem, query, name_len, true),
            equals ? path_decode(request->mem, equals + 1, len - name_len - 1, true) : "",
        };
        if (!param.name || !param.value || request->query_count == PARAMS_MAX)
            refuse(request, 400, "the query string is malformed");
        else if (len > 0 && http_query(request, param.name))
            refuse(request, 400, "a query parameter is given twice");
        else if (len > 0)
            request->query[request->query_count++] = param;
        query += len + (query[len] == '&');
    }
}

void path_settle(struct http_request *request, const char *target, const char *script_name,
                 const char *path_info, const char *query_string, const char *mount)
{
    void *mem = request->mem;
    /* Without REQUEST_URI the server's decoded parts must do; "%" in them is then literal, and
     * refused. */
    if (!target || !*target)
        target =
            mem_printf(mem, "%s%s", script_name ? script_name : "", path_info ? path_info : "");
    const char *scheme_end = *target == '/' ? NULL : strstr(target, "://");
    if (scheme_end)
        target = scheme_end + 3 + strcspn(scheme_end + 3, "/");
    size_t path_len = strcspn(target, "?#");
    const char *path = mem_strndup(mem, target, path_len);
    if (!query_string && target[path_len] == '?')
        query_string = target + path_len + 1;
    size_t skip = mount_length(mem, path, mount, script_name, path_info);
    request->mount = mem_strndup(mem, path, skip);
    segments_read(request, path + skip);
    query_read(request, query_string);
}
