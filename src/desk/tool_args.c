#include "desk/tool_args.h"
#include "base/mem.h"
#include "base/text.h"
#include "desk/record.h"
#include "heard/amount.h"
#include "heard/phone.h"
#include <stdarg.h>

/* The members of a list one after the other, as a caller would say them. */
static const char *list_text(void *mem, struct json_object *list)
{
    char *text = NULL;
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        struct json_object *member = json_object_array_get_idx(list, i);
        if (json_is(member, json_type_string))
            mem_append(mem, &text, "%s%s", text ? ", " : "", json_object_get_string(member));
    }
    return text;
}

static const char *line_of(void *mem, const char *text, size_t max)
{
    if (text_blank(text))
        return NULL;
    text = text_trim(mem, text_one_line(mem, text));
    return *text ? text_utf8_clip(mem, text, max) : NULL;
}

const char *arg_text(struct tool_run *run, const char *name, size_t max)
{
    struct json_object *value = json_get(run->arguments, name);
    bool plain = json_is(value, json_type_string) || json_is(value, json_type_int) ||
                 json_is(value, json_type_double);
    return plain ? line_of(run->desk->mem, json_object_get_string(value), max) : NULL;
}

const char *arg_texts(struct tool_run *run, const char *name, size_t max)
{
    struct json_object *value = json_get(run->arguments, name);
    if (!json_is(value, json_type_array))
        return arg_text(run, name, max);
    return line_of(run->desk->mem, list_text(run->desk->mem, value), max);
}

int64_t arg_cents(struct tool_run *run, const char *name, int64_t asking_cents)
{
    struct json_object *value = json_get(run->arguments, name);
    int64_t cents = NO_VALUE;
    if (json_is(value, json_type_string)) {
        const char *text = arg_text(run, name, 200);
        return text && amount_hear(text, asking_cents, &cents) ? cents : NO_VALUE;
    }
    bool sound = json_decimal(value, 2, &cents) && cents > 0 && cents < INT64_C(1000000000000);
    return sound ? cents : NO_VALUE;
}

int64_t arg_count(struct tool_run *run, const char *name)
{
    int64_t count = json_int_at(run->arguments, name);
    return count >= 0 && count <= 1000 ? count : NO_VALUE;
}

static enum err tool_end(struct tool_run *run, bool ok, const char *sentence, va_list args)
{
    run->ok = ok;
    run->sentence = mem_vprintf(run->desk->mem, sentence, args);
    return ERR_NONE;
}

enum err tool_fail(struct tool_run *run, const char *sentence, ...)
{
    va_list args;
    va_start(args, sentence);
    enum err err = tool_end(run, false, sentence, args);
    va_end(args);
    return err;
}

enum err tool_say(struct tool_run *run, const char *sentence, ...)
{
    va_list args;
    va_start(args, sentence);
    enum err err = tool_end(run, true, sentence, args);
    va_end(args);
    return err;
}

/* ---- which property ---- */

static enum err property_by_id(struct tool_run *run, int64_t id, struct property *property)
{
    enum err err = table_get(run->desk->db, run->desk->mem, &table_properties, id, property);
    bool foreign = !err && property->head.brokerage_id != run->call->head.brokerage_id;
    return foreign ? ERR_NOT_FOUND : err;
}

/* "Which one do you mean: A, B or C?" with their ids in the facts. */
static enum err which_ask(struct tool_run *run, const struct listing_found *found)
{
    void *mem = run->desk->mem;
    char *list = NULL;
    size_t shown = found->count < 4 ? found->count : 4;
    struct json_object *candidates = json_put_array(run->facts, "candidates");
    for (size_t i = 0; i < shown; i++) {
        const struct property *property = &found->list[i];
        const char *address = listing_address(mem, property);
        mem_append(mem, &list, "%s%s%s%s",
                   i == 0           ? ""
                   : i + 1 == shown ? " or "
                                    : ", ",
                   address, property->city ? " in " : "", property->city ? property->city : "");
        struct json_object *candidate = json_put_object(candidates, NULL);
        json_put_int(candidate, "property_id", property->head.id);
        json_put_text(candidate, "address", address);
    }
    if (found->count == 1)
        return tool_fail(run, "Do you mean %s? Please ask the caller.", list);
    return tool_fail(run, "There are several listings like that. Ask which one is meant: %s%s?",
                     list, shown < found->count ? ", or another" : "");
}

static enum err property_by_address(struct tool_run *run, const char *address,
                                    struct property *property, bool *found)
{
    struct listing_found listing;
    enum err err = listing_find(run->desk, run->call->head.brokerage_id, address, &listing);
    if (err)
        return err;
    if (listing.kind == LISTING_NONE)
        return tool_fail(run,
                         "I do not find a listing at %s. Ask the caller to say the address "
                         "again, or offer to search by city.",
                         address);
    if (listing.kind == LISTING_SEVERAL)
        return which_ask(run, &listing);
    *property = listing.list[0];
    *found = true;
    return ERR_NONE;
}

enum err arg_property(struct tool_run *run, struct property *property, bool *found)
{
    int64_t id = json_int_at(run->arguments, "property_id");
    const char *address = arg_text(run, "address", 200);
    *found = false;
    if (id == NO_VALUE && !address)
        id = run->call->property_id;
    if (id == NO_VALUE && !address)
        return tool_fail(run, "Which property is it about? Ask the caller for the address.");
    enum err err = id != NO_VALUE ? property_by_id(run, id, property) : ERR_NOT_FOUND;
    *found = err == ERR_NONE;
    if (err != ERR_NOT_FOUND)
        return err;
    if (address)
        return property_by_address(run, address, property, found);
    return tool_fail(run, "I do not find that listing. Ask the caller for the address.");
}

/* ---- who ---- */

void arg_caller(struct tool_run *run, const char **name)
{
    struct phone_call *call = run->call;
    char heard[PHONE_TEXT];
    *name = arg_text(run, "caller_name", 200);
    record_caller_name(call, *name);
    const char *claimed = arg_text(run, "phone", 40);
    if (!claimed)
        return;
    enum phone_kind kind = phone_hear(claimed, "US", heard);
    bool known_whole = call->claimed_phone && phone_is_e164(call->claimed_phone);
    if (kind != PHONE_INVALID && (!known_whole || kind == PHONE_E164))
        call->claimed_phone = mem_strdup(run->desk->mem, heard);
}

const char *callback_number(const struct phone_call *call)
{
    return call->claimed_phone ? call->claimed_phone : call->caller_phone;
}

const char *callback_spoken(void *mem, const struct phone_call *call)
{
    const char *number = callback_number(call);
    return number ? phone_spoken(mem, number) : NULL;
}
