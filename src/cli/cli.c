#include "cli/cli.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "cli/help.h"
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

static const struct option_spec common_specs[] = {
    { "config", "FILE", "The configuration ($AI_REALTOR_CONFIG, " SYSCONFDIR "/ai-realtor.conf)" },
    { "help", NULL, "Show this help" },
};
static const struct option_spec version_spec = { "version", NULL, "Show the version" };
static const struct option_spec json_spec = { "json", NULL, "Answer in JSON" };

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* ---- which subcommand ---- */

/* How many of the words name the command: 0 if they do not. */
static size_t words_match(const struct command *command, char **words, size_t count)
{
    const char *name = command->name;
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(words[i]);
        if (len == 0 || strncmp(name, words[i], len) != 0)
            return 0;
        if (name[len] == '\0')
            return i + 1;
        if (name[len] != ' ')
            return 0;
        name += len + 1;
    }
    return 0;
}

static const struct command *command_find(char **words, size_t count, size_t *used)
{
    for (size_t i = 0; i < command_count; i++) {
        *used = words_match(commands[i], words, count);
        if (*used > 0)
            return commands[i];
    }
    return NULL;
}

static struct option_specs command_specs(void *mem, const struct command *command)
{
    struct option_specs specs = { 0 };
    option_specs_add(mem, &specs, command->specs, command->spec_count);
    if (command->record)
        option_specs_add_fields(mem, &specs, command->record);
    if (command->list)
        option_specs_add_filters(mem, &specs, command->list);
    if (command->has_json)
        option_specs_add(mem, &specs, &json_spec, 1);
    option_specs_add(mem, &specs, common_specs, COUNT(common_specs));
    return specs;
}

/* ---- running one ---- */

static int operands_check(struct cli *cli)
{
    const struct command *command = cli->command;
    int count = (int)cli->options->operand_count;
    if (count < command->operand_min)
        return cli_fail(cli, CLI_USAGE, "%s is missing; see --help", command->operands);
    if (count > command->operand_max)
        return cli_fail(cli, CLI_USAGE, "\"%s\" is one word too many; see --help",
                        cli->options->operands[command->operand_max]);
    return CLI_DONE;
}

static int command_run(struct cli *cli, int argc, char **argv)
{
    struct option_specs specs = command_specs(cli->mem, cli->command);
    struct options options;
    const char *why;
    if (options_read(cli->mem, &specs, argc, argv, false, &options, &why))
        return cli_fail(cli, CLI_USAGE, "%s; see --help", why);
    cli->options = &options;
    if (options_has(&options, "help"))
        return help_command(cli->out, cli->command, &specs);
    if (options_has(&options, "config"))
        cli->config_path = options_get(&options, "config");
    cli->json = options_has(&options, "json");
    int code = operands_check(cli);
    if (code == CLI_DONE)
        code = cli->command->run(cli);
    db_close(cli->db);
    return code;
}

/* A group such as "number" without its verb is answered with what there is. */
static int unknown_refuse(struct cli *cli, const char *word)
{
    if (help_group(cli->err, word))
        return CLI_USAGE;
    return cli_fail(cli, CLI_USAGE, "there is no subcommand \"%s\"; see ai-realtor --help", word);
}

static int words_run(struct cli *cli, const struct options *options)
{
    size_t used;
    char **words = options->operands;
    cli->command = command_find(words, options->operand_count, &used);
    if (!cli->command)
        return unknown_refuse(cli, words[0]);
    /* The last word of the name stands where getopt expects the program's. */
    return command_run(cli, (int)(options->operand_count - used + 1), words + used - 1);
}

static int whole_run(struct cli *cli, int argc, char **argv)
{
    struct option_specs specs = { 0 };
    struct options options;
    const char *why;
    option_specs_add(cli->mem, &specs, common_specs, COUNT(common_specs));
    option_specs_add(cli->mem, &specs, &version_spec, 1);
    if (options_read(cli->mem, &specs, argc, argv, true, &options, &why))
        return cli_fail(cli, CLI_USAGE, "%s; see ai-realtor --help", why);
    cli->config_path = options_get(&options, "config");
    if (options_has(&options, "help"))
        return help_all(cli->out, &specs);
    if (options_has(&options, "version"))
        return help_version(cli->out);
    if (options.operand_count > 0)
        return words_run(cli, &options);
    help_all(cli->err, &specs);
    return CLI_USAGE;
}

/* What was said counts only if it was written: a full disk must not look like success. */
static int output_finish(struct cli *cli, int code)
{
    bool lost = fflush(cli->out) != 0 || ferror(cli->out);
    return lost && code == CLI_DONE ? cli_fail(cli, CLI_FAILED, "the output could not be written")
                                    : code;
}

int cli_main(int argc, char **argv, char **environment)
{
    struct cli cli = { .mem = mem_context(NULL),
                       .environment = environment,
                       .out = stdout,
                       .err = stderr,
                       .clock = clock_system,
                       .random = &randomness_system };
    umask(077); /* whatever this tool writes is private */
    secret_start();
    log_set_level(LOG_ERROR);
    int code = output_finish(&cli, argc > 0 ? whole_run(&cli, argc, argv) : CLI_USAGE);
    mem_free(cli.mem);
    sodium_memzero(cli.master, sizeof cli.master);
    return code;
}
