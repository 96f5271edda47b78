/* What a story needs of the installation: a number to call, what becomes of the call there, times.
 */
#include "base/mem.h"
#include "base/text.h"
#include "cli/simulate.h"
#include "desk/hours.h"
#include "heard/when.h"
#include <string.h>

enum { SLOTS_A_DAY = 8, FIRST_SLOT_HOUR = 14 };

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

/* The installation's numbers, as JSON; an exit code. */
static int numbers_get(struct cli *cli, struct web *web, struct json_object **list)
{
    struct web_reply reply;
    int code = web_get(web, "/phone-numbers?limit=100", &reply);
    if (code)
        return code;
    *list = json_get(reply.json, "phone_numbers");
    if (reply.status == 200 && json_is(*list, json_type_array))
        return CLI_DONE;
    return cli_fail(cli, CLI_FAILED,
                    "HTTP %ld where the list of numbers should be; is the API key this "
                    "installation's?",
                    reply.status);
}

int simulate_demo_check(struct cli *cli, struct web *web)
{
    struct json_object *list;
    int code = numbers_get(cli, web, &list);
    if (code)
        return code;
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        const char *id = json_text_at(json_object_array_get_idx(list, i), "provider_phone_id");
        if (id && text_starts_with(id, "demo-phone-"))
            return CLI_DONE;
    }
    return cli_fail(
        cli, CLI_CONFLICT,
        "this is not the demonstration that init --demo makes: the invented call would "
        "stay among your callers' and take their times; to play it all the same: --yes");
}

int simulate_number(struct sim *sim)
{
    struct json_object *list;
    if (sim->scenario->number == SIM_UNKNOWN) {
        sim->number = (struct phone_number){ .phone_number = "+14155550100",
                                             .provider_phone_id = "no-such-phone",
                                             .timezone = "UTC" };
        return CLI_DONE;
    }
    int code = numbers_get(sim->cli, sim->web, &list);
    if (code)
        return code;
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

enum sim_ring simulate_ring(const struct sim *sim)
{
    if (sim->scenario->number == SIM_UNKNOWN)
        return SIM_REFUSED;
    return hours_forwarded(&sim->number, sim->now) ? SIM_FORWARDED : SIM_ANSWERED;
}

/* ---- times ---- */

static bool is_later(const struct sim_step *step)
{
    return strstr(step->arguments, SIM_LATER) != NULL;
}

bool simulate_has_slot(const struct sim_step *step)
{
    return is_later(step) || strstr(step->arguments, SIM_SLOT) != NULL;
}

/* The local time of a slot, half an hour apart in the afternoons from tomorrow on. */
static struct civil slot_civil(const struct sim *sim, const struct sim_step *step, int slot)
{
    const struct zone *zone = zone_find(sim->number.timezone);
    struct civil today = zone ? zone_civil(zone, sim->now) : civil_from_utc(sim->now);
    int64_t days = civil_day(&today) + 1 + slot / SLOTS_A_DAY + (is_later(step) ? 14 : 0);
    struct civil civil = civil_from_days(days);
    int minutes = FIRST_SLOT_HOUR * 60 + slot % SLOTS_A_DAY * 30;
    civil.hour = minutes / 60;
    civil.minute = minutes % 60;
    return civil;
}

const char *simulate_slot_said(const struct sim *sim, const struct sim_step *step, int slot)
{
    const struct zone *zone = zone_find(sim->number.timezone);
    struct civil civil = slot_civil(sim, step, slot);
    int64_t instant;
    if (!zone)
        zone = zone_find("UTC");
    zone_instant(zone, &civil, &instant, NULL);
    return when_spoken(sim->cli->mem, instant, sim->now, zone);
}

struct json_object *simulate_arguments(const struct sim *sim, const struct sim_step *step, int slot)
{
    void *mem = sim->cli->mem;
    const char *mark = is_later(step) ? SIM_LATER : SIM_SLOT;
    const char *text = step->arguments, *at = strstr(text, mark), *why;
    struct civil when = slot_civil(sim, step, slot);
    struct json_object *arguments;
    if (at)
        text =
            mem_printf(mem, "%.*s%04d-%02d-%02dT%02d:%02d:00%s", (int)(at - text), text, when.year,
                       when.month, when.day, when.hour, when.minute, at + strlen(mark));
    return json_read(mem, text, strlen(text), &arguments, &why) ? json_object_on(mem) : arguments;
}
