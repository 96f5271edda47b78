#include "heard/redact.h"
#include "base/mem.h"
#include "heard/redact_rules.h"
#include <string.h>

static const char *const replacements[] = {
    [LABEL_PHONE] = "[phone]",      [LABEL_EMAIL] = "[email]",   [LABEL_ID] = "[id]",
    [LABEL_CARD] = "[card]",        [LABEL_BANK] = "[bank]",     [LABEL_LICENCE] = "[licence]",
    [LABEL_BIRTH] = "[birth date]", [LABEL_SECRET] = "[secret]", [LABEL_NAME] = "[name]",
    [LABEL_ADDRESS] = "[address]",
};

/* Where the thing that begins with word i begins: with its "+" or "(". */
static size_t start_of(const struct redact_text *text, size_t i, size_t after)
{
    size_t from = text->places[i].from;
    while (text->labels[i] == LABEL_PHONE && from > after && strchr("+(", text->text[from - 1]))
        from--;
    return from;
}

/* The place behind the words from i on that are one thing. */
static size_t thing_end(const struct redact_text *text, size_t i)
{
    size_t end = i + 1;
    while (end < text->words.count && text->labels[end] == text->labels[i])
        end++;
    return end;
}

static size_t labelled_count(const struct redact_text *text)
{
    size_t count = 0;
    for (size_t i = 0; i < text->words.count; i++)
        count += text->labels[i] != LABEL_NONE;
    return count;
}

static char *text_write(void *mem, const struct redact_text *text)
{
    enum { LONGEST = sizeof "[birth date]" };
    size_t written = 0, room = strlen(text->text) + labelled_count(text) * LONGEST + 1;
    char *clean = mem_new_array(mem, char, room), *out = clean;
    for (size_t i = 0; i < text->words.count;) {
        if (text->labels[i] == LABEL_NONE) {
            i++;
            continue;
        }
        size_t from = start_of(text, i, written), end = thing_end(text, i);
        out = mempcpy(out, text->text + written, from - written);
        out = stpcpy(out, replacements[text->labels[i]]);
        written = text->places[end - 1].to;
        i = end;
    }
    strcpy(out, text->text + written);
    return clean;
}

char *redact(void *mem, const char *text, const char *caller_name, const char *listing_address)
{
    void *scratch = mem_context(NULL);
    struct redact_text words = redact_text_read(scratch, text);
    redact_listing_keep(scratch, &words, listing_address);
    redact_emails(&words);
    redact_births(&words);
    redact_passwords(&words);
    redact_access_codes(&words);
    redact_homes(&words);
    redact_lettered(&words);
    redact_numbers(&words);
    redact_introductions(&words);
    redact_names(scratch, &words, caller_name);
    char *clean = text_write(mem, &words);
    mem_free(scratch);
    return clean;
}
