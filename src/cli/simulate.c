/* ai-realtor simulate */
#include "cli/simulate.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "cli/commands.h"
#include <string.h>

static const struct option_spec specs[] = {
    { "scenario", "NAME|all",
      "The story: viewing, move, cancel, offer, message, search, after-hours, "
      "unknown-number (viewing)" },
    { "form", "seed|vapi", "The form of the wire: the short one or Vapi's own messages (vapi)" },
    { "url", "URL",
      "Where the web server answers (public_url, or "
      "http://127.0.0.1:8000/voice-assistant)" },
    { "api-key-file", "FILE", "A broker's key (api-key beside the webhook secret)" },
    { "yes", NULL, "Play it even where the demonstration is not" },
};

static const char *base_url(struct cli *cli)
{
    const char *given = options_get(cli->options, "url");
    if (!given)
        given = cli->config.public_url ? cli->config.public_url : "http://127.0.0.1:8000";
    return web_base(cli->mem, given, cli->config.mount);
}

static int key_read(struct cli *cli, char **key)
{
    const char *path = options_get(cli->options, "api-key-file");
    const char *beside = cli->config.webhook_secret_file;
    const char *slash = beside ? strrchr(beside, '/') : NULL;
    if (!path && slash)
        path = mem_printf(cli->mem, "%.*s/api-key", (int)(slash - beside), beside);
    if (path && secret_line_read(cli->mem, path, key) == ERR_NONE)
        return CLI_DONE;
    return cli_fail(cli, CLI_CONFIG, "the API key %s cannot be read; name one with --api-key-file",
                    path ? path : "");
}

/* The current one of the webhook secrets, and the key. */
static int secrets_read(struct cli *cli, struct signature_secrets *secrets, char **key)
{
    const char *path = cli->config.webhook_secret_file;
    if (!path ||
        signature_secrets_read(cli->mem, path, cli->config.webhook_secret_is_base64, secrets))
        return cli_fail(cli, CLI_CONFIG,
                        "the webhook secret %s cannot be read; ai-realtor doctor "
                        "tells more",
                        path ? path : "");
    return key_read(cli, key);
}

static int form_find(struct cli *cli, const struct sim_form **form)
{
    const char *name = options_get(cli->options, "form");
    *form = text_equal(name, "seed") ? &sim_form_seed : &sim_form_vapi;
    if (name && !text_equal(name, (*form)->name))
        return cli_fail(cli, CLI_USAGE, "--form must be seed or vapi");
    return CLI_DONE;
}

static bool is_chosen(const struct scenario *scenario, const char *name)
{
    return text_equal(name, "all") || text_equal(name, scenario->name);
}

/* Plays those of that name, and goes on when an answer was wrong. */
static int scenarios_play(struct cli *cli, struct web *web, const struct sim_form *form,
                          const char *name)
{
    int code = CLI_DONE, wrong = 0;
    for (size_t i = 0; i < scenario_count && !code; i++)
        if (is_chosen(&scenarios[i], name))
            code = simulate_play(cli, web, form, &scenarios[i], &wrong);
    if (!code && wrong)
        code = cli_fail(cli, CLI_FAILED, "%d answer%s not what the story needs", wrong,
                        wrong == 1 ? " was" : "s were");
    return code;
}

static int scenario_check(struct cli *cli, const char *name)
{
    for (size_t i = 0; i < scenario_count; i++)
        if (is_chosen(&scenarios[i], name))
            return CLI_DONE;
    return cli_fail(cli, CLI_USAGE, "there is no scenario \"%s\"; see --help", name);
}

static int url_check(struct cli *cli)
{
    const char *url = options_get(cli->options, "url");
    if (!url || text_starts_with(url, "http://") || text_starts_with(url, "https://"))
        return CLI_DONE;
    return cli_fail(cli, CLI_USAGE, "--url must begin with http:// or https://");
}

static int simulate_run(struct cli *cli)
{
    const struct sim_form *form;
    struct web *web;
    struct signature_secrets secrets;
    char *key;
    const char *name = options_get(cli->options, "scenario");
    setvbuf(cli->out, NULL, _IOLBF, 0); /* it is shown as it happens */
    if (!name)
        name = scenarios[0].name;
    int code = scenario_check(cli, name);
    if (!code)
        code = form_find(cli, &form);
    if (!code)
        code = url_check(cli);
    if (!code)
        code = cli_configure(cli);
    if (!code)
        code = secrets_read(cli, &secrets, &key);
    if (!code)
        code = web_open(cli, base_url(cli), &secrets.list[0], key, &web);
    if (!code && !options_has(cli->options, "yes"))
        code = simulate_demo_check(cli, web);
    return code ? code : scenarios_play(cli, web, form, name);
}

const struct command command_simulate = {
    .name = "simulate",
    .about = "Play a whole call through the web server, as Vapi would",
    .help =
        "The call is a real one to the program: it is logged, and viewings are booked. The stories "
        "are\nof the brokerage that init --demo makes; elsewhere --yes is needed. Exit code 1 when "
        "an\nanswer is not what the story needs.\n\n"
        "Example:\n"
        "  ai-realtor simulate --scenario all --url http://127.0.0.1:8000/voice-assistant\n",
    COMMAND_SPECS(specs),
    .run = simulate_run,
};
