#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "cli/show.h"
#include "cli/simulate.h"
#include "desk/hours.h"
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

enum { SLOTS_MAX = 80, SLOTS_A_DAY = 8, FIRST_SLOT_HOUR = 14 };

/* ---- printing ---- */

static const char *paint(const struct sim *sim, const char *code)
{
    return sim->colour ? code : "";
}

#define DIM "\033[2m"
#define RED "\033[31m"
#define GREEN "\033[32m"
#define CYAN "\033[36m"
#define PLAIN "\033[0m"

static void line_print(const struct sim *sim, double ms, const char *colour, const char *who,
                       const char *text)
{
    fprintf(sim->cli->out, "%s%7.1f ms%s  %s%-7s %s%s\n", paint(sim, DIM), ms, paint(sim, PLAIN),
            paint(sim, colour), who, show_safe(sim->cli->mem, text), paint(sim, PLAIN));
}

void simulate_complain(struct sim *sim, const char *complaint, ...)
{
    va_list args;
    va_start(args, complaint);
    char *text = mem_vprintf(sim->cli->mem, complaint, args);
    va_end(args);
    sim->wrong++;
    fprintf(sim->cli->out, "%s            WRONG   %s%s\n", paint(sim, RED),
            show_safe(sim->cli->mem, text), paint(sim, PLAIN));
}

/* ---- messages ---- */

static int post(struct sim *sim, const char *path, struct json_object *body,
                struct web_reply *reply)
{
    int code = web_post(sim->web, path, body, reply);
    if (!code && reply->status >= 300 && reply->status != 404)
        simulate_complain(sim, "HTTP %ld: %s", reply->status, json_text_at(reply->json, "detail"));
    return code;
}

static int post_all(struct sim *sim, struct json_object *(*const *makers)(const struct sim *),
                    const char *what)
{
    struct web_reply reply;
    for (; *makers; makers++) {
        int code = post(sim, sim->form->path(sim), (*makers)(sim), &reply);
        if (code)
            return code;
        line_print(sim, reply.ms, DIM, "", what);
        if (reply.status != 200)
            simulate_complain(sim, "HTTP %ld where 200 was due", reply.status);
    }
    return CLI_DONE;
}

/* Somebody says something: it goes out as a final transcript, and into the report. */
static int say(struct sim *sim, int speaker, const char *text)
{
    struct web_reply reply;
    int64_t length = sim->scenario->seconds * SECOND_MS;
    struct segment segment = { .speaker = speaker, .text = text };
    segment.spoken_at = sim->begun_at + length * (int64_t)(sim->said_count + 1) /
                                            (int64_t)(sim->turns + sim->said_count + 2);
    sim->said = mem_resize(sim->cli->mem, sim->said, struct segment, sim->said_count + 1);
    sim->said[sim->said_count++] = segment;
    int code = post(sim, sim->form->path(sim), sim->form->speech(sim, &segment), &reply);
    if (!code)
        line_print(sim, reply.ms, speaker == SPEAKER_ASSISTANT ? GREEN : CYAN,
                   speaker == SPEAKER_ASSISTANT ? "AI:" : "CALLER:", text);
    return code;
}

/* ---- tools ---- */

/* The local time of a slot, half an hour apart in the afternoons from tomorrow on. */
static char *slot_time(const struct sim *sim, int slot)
{
    const struct zone *zone = zone_find(sim->number.timezone);
    struct civil today = zone ? zone_civil(zone, sim->now) : civil_from_utc(sim->now);
    int64_t days = civil_to_days(today.year, today.month, today.day) + 1 + slot / SLOTS_A_DAY;
    struct civil day = civil_from_days(days);
    int minutes = FIRST_SLOT_HOUR * 60 + slot % SLOTS_A_DAY * 30;
    return mem_printf(sim->cli->mem, "%04d-%02d-%02dT%02d:%02d:00", day.year, day.month, day.day,
                      minutes / 60, minutes % 60);
}

/* The arguments with the slot's time in them. */
static struct json_object *arguments_make(const struct sim *sim, const struct sim_step *step,
                                          int slot)
{
    void *mem = sim->cli->mem;
    static const char mark[] = "{slot}";
    const char *text = step->arguments, *at = strstr(text, mark), *why;
    struct json_object *arguments;
    if (at)
        text = mem_printf(mem, "%.*s%s%s", (int)(at - text), text, slot_time(sim, slot),
                          at + strlen(mark));
    return json_read(mem, text, strlen(text), &arguments, &why) ? json_object_on(mem) : arguments;
}

static int tool_post(struct sim *sim, const struct sim_step *step, int slot, struct sim_reply *read)
{
    struct web_reply reply;
    struct json_object *arguments = arguments_make(sim, step, slot);
    *read = (struct sim_reply){ 0 };
    int code = post(sim, sim->form->path(sim), sim->form->tool(sim, step->text, arguments), &reply);
    if (code)
        return code;
    sim->form->tool_read(sim, &reply, read);
    line_print(
        sim, reply.ms, DIM, "",
        mem_printf(sim->cli->mem, "%s %s", step->text, json_text(sim->cli->mem, arguments, NULL)));
    return CLI_DONE;
}

/* A slot that is taken, by an earlier run perhaps, leads to the next one, as between people. */
static int tool_play(struct sim *sim, const struct sim_step *step)
{
    struct sim_reply read;
    bool has_slot = strstr(step->arguments, "{slot}") != NULL;
    int code = tool_post(sim, step, 0, &read);
    for (int slot = 1; !code && has_slot && !read.ok && read.sentence && slot < SLOTS_MAX; slot++) {
        code = say(sim, SPEAKER_ASSISTANT, read.sentence);
        if (!code)
            code = say(sim, SPEAKER_USER,
                       mem_printf(sim->cli->mem, "Then what about %s?", slot_time(sim, slot)));
        if (!code)
            code = tool_post(sim, step, slot, &read);
    }
    if (code)
        return code;
    if (!read.ok || !read.sentence)
        simulate_complain(sim, "%s did not work", step->text);
    else if (step->expect && !strstr(read.sentence, step->expect))
        simulate_complain(sim, "\"%s\" is not in what %s answered", step->expect, step->text);
    return read.sentence ? say(sim, SPEAKER_ASSISTANT, read.sentence) : CLI_DONE;
}

static int steps_play(struct sim *sim)
{
    int code = CLI_DONE;
    for (size_t i = 0; i < sim->scenario->step_count && !code; i++) {
        const struct sim_step *step = &sim->scenario->steps[i];
        sim->turns = sim->scenario->step_count - i;
        if (step->who == SIM_TOOL)
            code = tool_play(sim, step);
        else
            code = say(sim, step->who == SIM_AI ? SPEAKER_ASSISTANT : SPEAKER_USER, step->text);
    }
    return code;
}

/* ---- the ring ---- */

static enum sim_ring ring_expected(const struct sim *sim)
{
    if (sim->scenario->number == SIM_UNKNOWN)
        return SIM_REFUSED;
    return hours_forwarded(&sim->number, sim->now) ? SIM_FORWARDED : SIM_ANSWERED;
}

static void ring_check(struct sim *sim, const struct sim_reply *read)
{
    static const char *const done[] = { "answered", "forwarded", "refused" };
    enum sim_ring expected = ring_expected(sim);
    if (!read->ok)
        simulate_complain(sim, "the ring was not answered as it should be");
    if (read->ring != expected)
        simulate_complain(sim, "the call was %s where it should be %s", done[read->ring],
                          done[expected]);
    if (read->forward_to && !text_equal(read->forward_to, sim->number.forward_to_number))
        simulate_complain(sim, "it was forwarded to another number than the one set");
}

static int ring_play(struct sim *sim, struct sim_reply *read)
{
    struct web_reply reply;
    void *mem = sim->cli->mem;
    *read = (struct sim_reply){ .call_id = NO_VALUE };
    int code = post(sim, "/incoming", sim->form->ring(sim), &reply);
    if (code)
        return code;
    sim->form->ring_read(sim, &reply, read);
    sim->ring = read->ring;
    sim->record_id = read->call_id;
    line_print(
        sim, reply.ms, DIM, "",
        mem_printf(mem, "ring: %s calls %s", sim->scenario->caller, sim->number.phone_number));
    ring_check(sim, read);
    if (read->forward_to)
        line_print(sim, reply.ms, GREEN, "", mem_printf(mem, "forwarded to %s", read->forward_to));
    else if (read->ring == SIM_REFUSED && read->sentence)
        line_print(sim, reply.ms, GREEN, "AI:", read->sentence);
    return CLI_DONE;
}

static int answered_play(struct sim *sim, const struct sim_reply *ring)
{
    sim->turns = sim->scenario->step_count + 1;
    int code = post_all(sim, sim->form->begin, "the call is answered");
    if (!code && ring->sentence)
        code = say(sim, SPEAKER_ASSISTANT, ring->sentence);
    return code ? code : steps_play(sim);
}

static int call_play(struct sim *sim)
{
    struct sim_reply ring;
    int code = ring_play(sim, &ring);
    if (code || !ring.ok || ring.ring == SIM_REFUSED)
        return code;
    if (ring.ring == SIM_ANSWERED)
        code = answered_play(sim, &ring);
    if (!code)
        code = post_all(sim, sim->form->end,
                        mem_printf(sim->cli->mem, "the call is over after %lld seconds",
                                   (long long)sim->scenario->seconds));
    return code ? code : simulate_record(sim);
}

/* ---- the number ---- */

static bool number_fits(const struct sim *sim, struct json_object *json)
{
    bool active = json_object_get_boolean(json_get(json, "is_active"));
    bool primary = json_object_get_boolean(json_get(json, "is_primary"));
    bool forwards = text_equal(json_text_at(json, "forward_when"), "after_hours");
    return active && (sim->scenario->number == SIM_FORWARDING ? forwards : primary);
}

static void number_take(struct sim *sim, struct json_object *json)
{
    sim->number = (struct phone_number){
        .is_active = true,
        .can_receive_calls = true,
        .phone_number = json_text_at(json, "phone_number"),
        .provider_phone_id = json_text_at(json, "provider_phone_id"),
        .forward_to_number = json_text_at(json, "forward_to_number"),
        .forward_when = words_find(&words_forward_when, json_text_at(json, "forward_when")),
        .business_hours_start = json_text_at(json, "business_hours_start"),
        .business_hours_end = json_text_at(json, "business_hours_end"),
        .timezone = json_text_at(json, "timezone"),
    };
}

static int number_find(struct sim *sim)
{
    struct web_reply reply;
    if (sim->scenario->number == SIM_UNKNOWN) {
        sim->number = (struct phone_number){ .phone_number = "+14155550100",
                                             .provider_phone_id = "no-such-phone",
                                             .timezone = "UTC" };
        return CLI_DONE;
    }
    int code = web_get(sim->web, "/phone-numbers?limit=100", &reply);
    if (code)
        return code;
    struct json_object *list = json_get(reply.json, "phone_numbers");
    if (reply.status != 200 || !json_is(list, json_type_array))
        return cli_fail(sim->cli, CLI_FAILED,
                        "HTTP %ld where the list of numbers should be; is the "
                        "API key this installation's?",
                        reply.status);
    for (size_t i = 0; i < json_object_array_length(list); i++)
        if (number_fits(sim, json_object_array_get_idx(list, i))) {
            number_take(sim, json_object_array_get_idx(list, i));
            if (sim->number.phone_number && sim->number.timezone)
                return CLI_DONE;
        }
    return cli_fail(sim->cli, CLI_FAILED,
                    "scenario %s needs %s; make the demonstration with: "
                    "ai-realtor init --demo",
                    sim->scenario->name,
                    sim->scenario->number == SIM_FORWARDING ? "a number that forwards after hours"
                                                            : "an active primary number");
}

/* ---- one scenario ---- */

int simulate_play(struct cli *cli, struct web *web, const struct sim_form *form,
                  const struct scenario *scenario)
{
    struct sim sim = { .cli = cli,
                       .web = web,
                       .form = form,
                       .scenario = scenario,
                       .record_id = NO_VALUE,
                       .now = clock_now(&cli->clock) };
    sim.call_id = mem_printf(cli->mem, "sim-%s", secret_token(cli->mem, cli->random, 18));
    sim.begun_at = sim.now - scenario->seconds * SECOND_MS;
    sim.colour = cli->out == stdout && isatty(STDOUT_FILENO);
    int code = number_find(&sim);
    if (code)
        return code;
    fprintf(cli->out, "%s: %s (%s)\n", scenario->name, scenario->about, form->about);
    code = call_play(&sim);
    fputc('\n', cli->out);
    return code ? code : sim.wrong ? CLI_FAILED : CLI_DONE;
}
