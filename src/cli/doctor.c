/* ai-realtor doctor */
#include "cli/doctor.h"
#include "base/log.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/show.h"

/* ---- findings ---- */

void finding_add(struct findings *findings, enum finding_state state, const char *what,
                 const char *how, ...)
{
    const char *advice = NULL;
    if (how) {
        va_list args;
        va_start(args, how);
        advice = mem_vprintf(findings->mem, how, args);
        va_end(args);
    }
    findings->list = mem_resize(findings->mem, findings->list, struct finding, findings->count + 1);
    findings->list[findings->count++] =
        (struct finding){ state, mem_strdup(findings->mem, what), advice };
}

void finding_step(struct findings *findings, bool done, const char *what, const char *how)
{
    if (done)
        finding_add(findings, FINDING_DONE, what, NULL);
    else
        finding_add(findings, FINDING_MISSING, what, "%s", how);
}

/* ---- telling ---- */

static const char *const marks[] = { "[x]", "[ ]", " ! ", "!!!" };
static const char *const words[] = { "done", "missing", "weak", "broken" };

static void findings_print(struct cli *cli, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->list[i];
        fprintf(cli->out, "%s %s\n", marks[finding->state], finding->what);
        if (finding->how)
            fprintf(cli->out, "      -> %s\n", finding->how);
    }
}

static void findings_json(struct cli *cli, const struct findings *findings)
{
    struct json_object *json = json_object_on(cli->mem);
    struct json_object *array = json_put_array(json, "findings");
    for (size_t i = 0; i < findings->count; i++) {
        struct json_object *finding = json_put_object(array, NULL);
        json_put_text(finding, "what", findings->list[i].what);
        json_put_text(finding, "state", words[findings->list[i].state]);
        json_put_text(finding, "how", findings->list[i].how);
    }
    show_json(cli, json);
}

static bool any_broken(const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->list[i].state == FINDING_BROKEN)
            return true;
    return false;
}

static int doctor_run(struct cli *cli)
{
    struct findings findings = { .mem = cli->mem };
    int code = cli_configure(cli);
    if (code)
        return code;
    doctor_checklist(cli, &findings);
    doctor_weak_points(cli, &findings);
    if (cli->json)
        findings_json(cli, &findings);
    else
        findings_print(cli, &findings);
    return any_broken(&findings) ? CLI_FAILED : CLI_DONE;
}

static const struct option_spec doctor_specs[] = {
    { "web-root", "FOLDER", "Where a web server looks for files (Debian's places)" },
    { "access-log", "FILE", "A web server's access log (Debian's places)" },
};

const struct command command_doctor = {
    .name = "doctor",
    .about = "Show what is set up, what is still missing and how to do it",
    .help = "[x] done, [ ] still to be done, ! weak, !!! broken. The exit code is 1 only when "
            "something "
            "is\nbroken.\n\n"
            "Example:\n"
            "  ai-realtor --config /etc/ai-realtor.conf doctor\n",
    COMMAND_SPECS(doctor_specs),
    .has_json = true,
    .run = doctor_run,
};
