#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "cli/show.h"
#include "cli/simulate.h"
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

enum { SLOTS_MAX = 80 };

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

/* Whatever follows the ring is answered 200, even what cannot be done. */
static int post(struct sim *sim, struct json_object *body, struct web_reply *reply)
{
    int code = web_post(sim->web, sim->form->path(sim), body, reply);
    const char *detail = code ? NULL : json_text_at(reply->json, "detail");
    if (!code && reply->status != 200)
        simulate_complain(sim, "HTTP %ld where 200 was due: %s", reply->status,
                          detail ? detail : "");
    return code;
}

/* "status-update" or "ended": what the message calls itself. */
static const char *message_name(struct json_object *body)
{
    const char *type = json_text_at(body, "message.type");
    return type ? type : json_text_at(body, "event");
}

static int post_all(struct sim *sim, struct json_object *(*const *makers)(const struct sim *),
                    const char *what)
{
    struct web_reply reply;
    for (; *makers; makers++) {
        struct json_object *body = (*makers)(sim);
        int code = post(sim, body, &reply);
        if (code)
            return code;
        line_print(sim, reply.ms, DIM, "",
                   mem_printf(sim->cli->mem, "%s: %s", message_name(body), what));
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
    int code = post(sim, sim->form->speech(sim, &segment), &reply);
    if (!code)
        line_print(sim, reply.ms, speaker == SPEAKER_ASSISTANT ? GREEN : CYAN,
                   speaker == SPEAKER_ASSISTANT ? "AI:" : "CALLER:", text);
    return code;
}

/* ---- tools ---- */

static int tool_post(struct sim *sim, const struct sim_step *step, int slot, struct sim_reply *read)
{
    struct web_reply reply;
    struct json_object *arguments = simulate_arguments(sim, step, slot);
    *read = (struct sim_reply){ 0 };
    int code = post(sim, sim->form->tool(sim, step->text, arguments), &reply);
    if (code)
        return code;
    sim->form->tool_read(sim, &reply, read);
    line_print(
        sim, reply.ms, DIM, "",
        mem_printf(sim->cli->mem, "%s %s", step->text, json_text(sim->cli->mem, arguments, NULL)));
    return CLI_DONE;
}

/* What the tool refused is for the speech model, which puts it in its own words. */
static int slot_refused_play(struct sim *sim, const struct sim_step *step,
                             const struct sim_reply *read, int next)
{
    fprintf(sim->cli->out, "%s            -> %s%s\n", paint(sim, DIM),
            show_safe(sim->cli->mem, read->sentence), paint(sim, PLAIN));
    int code = say(sim, SPEAKER_ASSISTANT, "I am sorry, that time is taken. When else?");
    if (code)
        return code;
    return say(sim, SPEAKER_USER,
               mem_printf(sim->cli->mem, "How about %s?", simulate_slot_said(sim, step, next)));
}

/* A slot that is taken, by an earlier run perhaps, leads to the next one, as between people. */
static int tool_play(struct sim *sim, const struct sim_step *step)
{
    struct sim_reply read;
    bool has_slot = simulate_has_slot(step);
    int code = tool_post(sim, step, 0, &read);
    for (int slot = 1; !code && has_slot && !read.ok && read.sentence && slot < SLOTS_MAX; slot++) {
        code = slot_refused_play(sim, step, &read, slot);
        if (!code)
            code = tool_post(sim, step, slot, &read);
    }
    if (code)
        return code;
    if (!read.ok || !read.sentence)
        simulate_complain(sim, "%s did not work: %s", step->text,
                          read.sentence ? read.sentence : "");
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

static void ring_check(struct sim *sim, const struct sim_reply *read, long status)
{
    static const char *const done[] = { "answered", "forwarded", "refused" };
    enum sim_ring expected = simulate_ring(sim);
    if (!read->ok)
        simulate_complain(sim, "the ring was answered with HTTP %ld and nothing to say", status);
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
    web_headers_set(sim->web, NULL);
    int code = web_post(sim->web, "/incoming", sim->form->ring(sim), &reply);
    if (code)
        return code;
    sim->form->ring_read(sim, &reply, read);
    web_headers_set(sim->web, read->headers);
    sim->ring = read->ring;
    sim->record_id = read->call_id;
    line_print(
        sim, reply.ms, DIM, "",
        mem_printf(mem, "ring: %s calls %s", sim->scenario->caller, sim->number.phone_number));
    ring_check(sim, read, reply.status);
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

/* ---- one scenario ---- */

int simulate_play(struct cli *cli, struct web *web, const struct sim_form *form,
                  const struct scenario *scenario, int *wrong)
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
    int code = simulate_number(&sim);
    if (code)
        return code;
    fprintf(cli->out, "%s: %s (%s)\n", scenario->name, scenario->about, form->about);
    code = call_play(&sim);
    fputc('\n', cli->out);
    *wrong += sim.wrong;
    return code;
}
