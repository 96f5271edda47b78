/* hello [BYTES]: the least a FastCGI responder can do, as the measure for ours.
 *
 * Answers every request with 200 and a JSON string of as many bytes as its query asks
 * (/hello?300), else BYTES.  One thread; FCGX_Detach before FCGX_Finish_r, as ours does. */
#include "measure.h"
#include <errno.h>
#include <fcgiapp.h>
#include <string.h>

enum { BYTES_LIMIT = 1 << 20 };

static char body[BYTES_LIMIT];

/* How many bytes this request asks for: its whole query, a number; else `standard`. */
static int bytes_wanted(const FCGX_Request *request, int standard)
{
    const char *query = FCGX_GetParam("QUERY_STRING", request->envp);
    return query && *query ? (int)measure_number("query", query, BYTES_LIMIT) : standard;
}

int main(int argc, char **argv)
{
    FCGX_Request request;
    int standard = argc > 1 ? (int)measure_number("BYTES", argv[1], BYTES_LIMIT) : 300;

    memset(body, 'x', sizeof body);
    body[0] = '"';
    if (FCGX_Init() || FCGX_InitRequest(&request, 0, 0)) {
        errno = 0;
        measure_fail("hello: libfcgi does not start");
    }
    while (FCGX_Accept_r(&request) == 0) {
        int bytes = bytes_wanted(&request, standard);
        FCGX_FPrintF(request.out,
                     "Status: 200 OK\r\nContent-Type: application/json\r\n"
                     "Content-Length: %d\r\n\r\n",
                     bytes);
        FCGX_PutStr(body, bytes - 1, request.out);
        FCGX_PutStr("\"", 1, request.out);
        FCGX_Detach(&request);
        FCGX_Finish_r(&request);
    }
    return 0;
}
