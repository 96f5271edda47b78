#ifdef HAVE_CONFIG_H
#include <config.h>
#endif
#include "base/text.h"
#include "cli/help.h"
#include <string.h>

static const char exits[] = "Exit codes:\n"
                            "  0   done\n"
                            "  1   it failed\n"
                            "  2   wrong usage\n"
                            "  3   there is no such thing\n"
                            "  4   it contradicts what is there already\n"
                            "  71  memory ran out\n"
                            "  75  the database is busy or full; try again\n"
                            "  78  the configuration is missing or wrong\n";

static void command_line(FILE *out, const struct command *command)
{
    int used = fprintf(out, "  %s%s%s", command->name, command->operands ? " " : "",
                       command->operands ? command->operands : "");
    fprintf(out, "%*s%s\n", used < 28 ? 28 - used : 1, "", command->about);
}

int help_all(FILE *out, const struct option_specs *specs)
{
    fputs("usage: ai-realtor [--config FILE] SUBCOMMAND [OPTION]...\n"
          "The back office of a brokerage's telephone receptionist.\n\nSubcommands:\n",
          out);
    for (size_t i = 0; i < command_count; i++)
        command_line(out, commands[i]);
    fputs("\nOptions:\n", out);
    option_specs_print(out, specs);
    fprintf(out, "\nai-realtor SUBCOMMAND --help shows its options and an example.\n\n%s", exits);
    return CLI_DONE;
}

int help_command(FILE *out, const struct command *command, const struct option_specs *specs)
{
    fprintf(out, "usage: ai-realtor %s [OPTION]...%s%s\n%s.\n\n%s\nOptions:\n", command->name,
            command->operands ? " " : "", command->operands ? command->operands : "",
            command->about, command->help);
    option_specs_print(out, specs);
    fprintf(out, "\n%s", exits);
    return CLI_DONE;
}

int help_version(FILE *out)
{
    fputs("ai-realtor " PACKAGE_VERSION "\n", out);
    return CLI_DONE;
}

bool help_group(FILE *out, const char *word)
{
    size_t len = strlen(word);
    bool any = false;
    for (size_t i = 0; i < command_count; i++) {
        const char *name = commands[i]->name;
        if (len == 0 || !text_starts_with(name, word) || name[len] != ' ')
            continue;
        if (!any)
            fprintf(out, "ai-realtor %s what?\n", word);
        any = true;
        command_line(out, commands[i]);
    }
    return any;
}
