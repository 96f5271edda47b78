/* ai-realtor: the command-line tool, for people and for cron. */
#include "cli/cli.h"

extern char **environ;

int main(int argc, char **argv)
{
    return cli_main(argc, argv, environ);
}
