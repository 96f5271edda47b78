/* ai-realtor understand when|where|phone|amount|intent|redact */
#include "cli/understand.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/lines.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef enum err understand_how(struct understanding *one);

static enum err question_read(struct understanding *one, const char *line, size_t len)
{
    const char *why;
    one->why = line ? "the line is not a JSON object" : "the line is too long";
    if (!line || json_read(one->mem, line, len, &one->in, &why) ||
        !json_is(one->in, json_type_object))
        return ERR_INVALID;
    one->why = "\"text\" is missing, or no string";
    one->text = json_text_at(one->in, "text");
    return one->text ? ERR_NONE : ERR_INVALID;
}

static void answer_write(struct understanding *one, enum err err)
{
    size_t len;
    if (err)
        json_put_text(one->out, "error",
                      err == ERR_INVALID ? one->why : "the listings cannot be read");
    const char *text = json_text(one->mem, one->out, &len);
    fwrite(text, 1, len, one->asker->cli->out);
    fputc('\n', one->asker->cli->out);
}

static bool line_answer(struct asker *asker, const char *line, size_t len, understand_how *how)
{
    struct understanding one = { .asker = asker, .mem = mem_context(asker->cli->mem) };
    enum err err = question_read(&one, line, len);
    one.out = json_object_on(one.mem);
    if (!err)
        err = how(&one);
    answer_write(&one, err);
    mem_free(one.mem);
    return err == ERR_NONE;
}

static int lines_answer(struct cli *cli, int fd, const char *path, understand_how *how)
{
    struct asker asker = { .cli = cli, .brokerage_id = NO_VALUE };
    struct lines *lines = lines_begin(cli->mem, fd, cli->out);
    const char *line;
    size_t len;
    long count = 0, bad = 0;
    for (; lines_next(lines, &line, &len); count++)
        bad += !line_answer(&asker, line, len, how);
    if (lines->error)
        return cli_fail(cli, CLI_FAILED, "%s cannot be read: %s", path, strerror(lines->error));
    if (asker.code)
        return asker.code;
    return bad == 0
               ? CLI_DONE
               : cli_fail(cli, CLI_FAILED, "%ld of %ld lines could not be answered", bad, count);
}

static int understand(struct cli *cli, understand_how *how)
{
    const char *path = cli->options->operand_count ? cli->options->operands[0] : "-";
    if (strcmp(path, "-") == 0)
        return lines_answer(cli, STDIN_FILENO, "the standard input", how);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return cli_fail(cli, errno == ENOENT ? CLI_NOT_FOUND : CLI_FAILED, "%s cannot be read: %s",
                        path, strerror(errno));
    int code = lines_answer(cli, fd, path, how);
    close(fd);
    return code;
}

static const struct option_spec listings_specs[] = {
    { "agent-id", "ID", "An agent of the brokerage whose listings count (the first brokerage)" },
};

/* ---- the commands ---- */

#define LINES                                                                                      \
    "Reads a JSON object from each line of FILE or the standard input and writes one line for\n"   \
    "each, in order.  A line that makes no sense gets {\"error\": …}, and in the end exit code " \
    "1.\n\n"

static int when_main(struct cli *cli)
{
    return understand(cli, understand_when);
}

const struct command command_understand_when = {
    .name = "understand when",
    .operands = "[FILE]",
    .about = "Tell the date and time that words mean",
    .help = LINES
    "Asked:    {\"text\": …, \"now\"?: …, \"timezone\"?: \"UTC\"}\n"
    "Answered: {\"instant\": …}, {\"past\": why}, {\"invalid\": why} or {\"ask\": question}\n\n"
    "Example:\n"
    "  echo '{\"text\": \"half past four on Friday\", \"timezone\": \"America/New_York\"}' |\n"
    "      ai-realtor understand when\n",
    .operand_max = 1,
    .run = when_main,
};

static int where_main(struct cli *cli)
{
    return understand(cli, understand_where);
}

const struct command command_understand_where = {
    .name = "understand where",
    .operands = "[FILE]",
    .about = "Tell the listing that words mean",
    .help = LINES
    "Asked:    {\"text\": …}\n"
    "Answered: {\"property_id\": …, \"score\": …}, {\"ask\": [id, …]} or {\"none\": true}\n\n"
    "Example:\n"
    "  echo '{\"text\": \"the condo on one twenty-three Main\"}' |\n"
    "      ai-realtor understand where\n",
    COMMAND_SPECS(listings_specs),
    .operand_max = 1,
    .run = where_main,
};

static int phone_main(struct cli *cli)
{
    return understand(cli, understand_phone);
}

const struct command command_understand_phone = {
    .name = "understand phone",
    .operands = "[FILE]",
    .about = "Tell the telephone number that words mean",
    .help = LINES "Asked:    {\"text\": …, \"region\"?: \"US\"}\n"
                  "Answered: {\"e164\": …}, {\"local\": seven digits} or {\"invalid\": why}\n\n"
                  "Example:\n"
                  "  echo '{\"text\": \"four one five, triple five, oh one two three\"}' |\n"
                  "      ai-realtor understand phone\n",
    .operand_max = 1,
    .run = phone_main,
};

static int amount_main(struct cli *cli)
{
    return understand(cli, understand_amount);
}

const struct command command_understand_amount = {
    .name = "understand amount",
    .operands = "[FILE]",
    .about = "Tell the amount of money that words mean",
    .help = LINES
    "Asked:    {\"text\": …, \"property_id\"?: …}\n"
    "Answered: {\"dollars\": …} or {\"invalid\": why}; of a listing the asking price counts\n\n"
    "Example:\n"
    "  echo '{\"text\": \"three ninety-nine nine\"}' |\n"
    "      ai-realtor understand amount\n",
    COMMAND_SPECS(listings_specs),
    .operand_max = 1,
    .run = amount_main,
};

static int intent_main(struct cli *cli)
{
    return understand(cli, understand_intent);
}

const struct command command_understand_intent = {
    .name = "understand intent",
    .operands = "[FILE]",
    .about = "Tell what a caller's turn is about",
    .help = LINES "Asked:    {\"text\": …}\n"
                  "Answered: {\"intent\": …, \"confidence\": 0 to 1}\n\n"
                  "Example:\n"
                  "  echo '{\"text\": \"can I see it on Sunday\"}' |\n"
                  "      ai-realtor understand intent\n",
    .operand_max = 1,
    .run = intent_main,
};

static int redact_main(struct cli *cli)
{
    return understand(cli, understand_redact);
}

const struct command command_understand_redact = {
    .name = "understand redact",
    .operands = "[FILE]",
    .about = "Take what may not be kept out of a text",
    .help = LINES "Asked:    {\"text\": …, \"caller_name\"?: …, \"listing_address\"?: …}\n"
                  "Answered: {\"text\": …}\n\n"
                  "Example:\n"
                  "  echo '{\"text\": \"This is Ann Lee, call 415 555 0142\"}' |\n"
                  "      ai-realtor understand redact\n",
    .operand_max = 1,
    .run = redact_main,
};
