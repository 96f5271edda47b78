/* voice-assistant: the responder. FastCGI when a web server gives it a listening socket, else one
 * CGI request. */
#include "api/api.h"
#include "base/log.h"
#include "base/mem.h"
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static int usage(FILE *to, int code)
{
    fputs("Usage: voice-assistant [--config FILE]\n"
          "The telephone receptionist's responder; a web server starts it, by FastCGI or CGI.\n"
          "See voice-assistant(8).\n",
          to);
    return code;
}

static int serve(const struct http_service *service)
{
    return http_is_fastcgi() ? http_serve_fastcgi(service) : http_serve_cgi(service, environ);
}

/* A CGI client deserves an answer even where there is nothing to configure the service with. */
static int serve_unconfigured(const char *why)
{
    static const struct config bare = { .mount = "/voice-assistant", .max_body_bytes = 0 };
    struct http_service closed = app_out_of_service(&bare);
    log_line(LOG_ERROR, "configuration", "detail=\"%s\"", why);
    if (isatty(STDIN_FILENO))
        return EX_CONFIG;
    serve(&closed);
    return EX_CONFIG;
}

int main(int argc, char **argv)
{
    const char *path = NULL, *why = NULL;
    struct config config;
    struct app *app;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return usage(stdout, 0);
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        return printf("voice-assistant %s\n", PACKAGE_VERSION) < 0;
    if (argc == 3 && strcmp(argv[1], "--config") == 0)
        path = argv[2];
    /* CGI passes a query without "=" as arguments (RFC 3875, section 4.4); only a terminal is told
     * off. */
    else if (argc > 1 && isatty(STDIN_FILENO))
        return usage(stderr, EX_USAGE);
    void *mem = mem_context(NULL);
    if (config_read(mem, path, environ, &config, &why))
        return serve_unconfigured(why);
    log_set_level((enum log_level)log_level_find(config.log_level));
    bool open = app_open(mem, &config, !http_is_fastcgi(), &app) == ERR_NONE;
    struct http_service service = open ? app_service(app) : app_out_of_service(&config);
    int code = serve(&service);
    if (open)
        app_close(app);
    mem_free(mem);
    return open ? code : EX_TEMPFAIL;
}
