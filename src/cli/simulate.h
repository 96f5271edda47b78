/* Playing whole calls over HTTP, as the provider would: what is played (scenarios.c), in which form
 * of the wire (simulate_seed.c, simulate_vapi.c), and the playing itself (simulate_play.c). */
#ifndef AR_CLI_SIMULATE_H
#define AR_CLI_SIMULATE_H

#include "base/json.h"
#include "cli/web.h"
#include "store/phone_calls.h"
#include "store/phone_numbers.h"

/* ---- what is played ---- */

enum sim_who {
    SIM_CALLER, /* text: what the caller says */
    SIM_AI,     /* text: what the speech model says by itself */
    SIM_TOOL    /* text: the tool that the speech model uses; it then says the tool's sentence */
};

#define SIM_SLOT "{slot}"   /* in arguments: a local time that is tried, then the next one */
#define SIM_LATER "{later}" /* the same two weeks later */

struct sim_step {
    enum sim_who who;
    const char *text;
    const char *arguments; /* JSON */
    const char *expect;    /* must be in the tool's sentence */
};

enum sim_number { SIM_MAIN, SIM_FORWARDING, SIM_UNKNOWN };

/* A member of the record that the call leaves, and its value as text. */
struct sim_fact {
    const char *member, *value;
};

struct scenario {
    const char *name, *about;
    enum sim_number number;
    const char *caller; /* E.164 */
    int64_t seconds;
    const struct sim_step *steps;
    size_t step_count;
    const struct sim_fact *facts;
    size_t fact_count;
};
extern const struct scenario scenarios[];
extern const size_t scenario_count;

/* ---- one call ---- */

enum sim_ring { SIM_ANSWERED, SIM_FORWARDED, SIM_REFUSED };

/* How an answer reads, in either form. */
struct sim_reply {
    enum sim_ring ring;
    bool ok;
    const char *sentence; /* NULL: none */
    const char *forward_to;
    int64_t call_id;             /* our own id of the call, or NO_VALUE */
    struct json_object *headers; /* of a ring: what all further messages shall carry; or NULL */
};

struct sim {
    struct cli *cli;
    struct web *web;
    const struct sim_form *form;
    const struct scenario *scenario;
    struct phone_number number;
    const char *call_id; /* the provider's */
    int64_t record_id;   /* ours, where the answer told it */
    int64_t begun_at, now;
    enum sim_ring ring;
    struct segment *said; /* for the report */
    size_t said_count;
    size_t turns; /* how many are played, to spread them over the call */
    int wrong;    /* answers that are not what the story needs */
    bool colour;
};

/* A form of the wire. Makers return messages on cli's memory. */
struct sim_form {
    const char *name, *about;
    struct json_object *(*ring)(const struct sim *sim);
    void (*ring_read)(const struct sim *sim, const struct web_reply *reply, struct sim_reply *read);
    struct json_object *(*speech)(const struct sim *sim, const struct segment *segment);
    struct json_object *(*tool)(const struct sim *sim, const char *name,
                                struct json_object *arguments);
    void (*tool_read)(const struct sim *sim, const struct web_reply *reply, struct sim_reply *read);
    /* What comes when the call is answered, and when it is over; each ends with NULL. */
    struct json_object *(*const *begin)(const struct sim *sim);
    struct json_object *(*const *end)(const struct sim *sim);
    const char *(*path)(const struct sim *sim); /* of all that follows the ring */
};
extern const struct sim_form sim_form_seed, sim_form_vapi;

/* Plays the scenario, prints it as it happens, and adds to *wrong how many answers are not what the
 * story needs. The exit code says only whether it could be played to its end. */
int simulate_play(struct cli *cli, struct web *web, const struct sim_form *form,
                  const struct scenario *scenario, int *wrong) AR_MUST_USE;
/* Prints the record that the call left, and counts in sim->wrong what the story misses in it. */
int simulate_record(struct sim *sim) AR_MUST_USE;
/* Whether this is the demonstration that init makes; an exit code, with the refusal told. */
int simulate_demo_check(struct cli *cli, struct web *web) AR_MUST_USE;
/* Finds the number that the scenario calls, through the interface. */
int simulate_number(struct sim *sim) AR_MUST_USE;
/* What must become of a call to it now. */
enum sim_ring simulate_ring(const struct sim *sim);
/* Whether the step's arguments hold a time that may turn out to be taken. */
bool simulate_has_slot(const struct sim_step *step);
/* The step's arguments with the time of a slot, counted from 0, in them; and that time as it is
 * said. */
struct json_object *simulate_arguments(const struct sim *sim, const struct sim_step *step,
                                       int slot);
const char *simulate_slot_said(const struct sim *sim, const struct sim_step *step, int slot);
/* Counts a fault of the story and prints it. */
void simulate_complain(struct sim *sim, const char *complaint, ...) AR_PRINTF(2, 3);

#endif
