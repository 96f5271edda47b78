/* Codes of doors, gates and alarms. */
#include "heard/redact_rules.h"
#include <string.h>

static const char devices[] = "lockbox keybox keypad padlock alarm combination combo keycode "
                              "passcode doorcode";
static const char doors[] = "door doors gate gates garage keypad lobby entrance entry alarm lock "
                            "lockbox building elevator panel fence";
/* What stands between a device and its code, and what says that the code follows. */
static const char subjects[] = "to for of at on in into the my our your that this front back side "
                               "main rear garage gate door building lock box lobby entry entrance "
                               "alarm keypad disarm arm open house unit apartment mailbox safe "
                               "pool club bike shed card they he she "
                               "i gave given got have told me us";
static const char links[] = "is was s its takes set number now are should just be has reads";
static const char signs[] = "star pound hash asterisk";

enum { SUBJECT_WORDS = 8, LEAST = 3, MOST = 8, CODE_WORDS = 8, NEAR = 8 };

/* The place behind the code that begins with word `from`; `from` if none does. */
static size_t code_end(const struct redact_text *text, size_t from)
{
    static const char units[] = "square sq sqft feet foot dollars bucks a per years days months "
                                "hours minutes percent thousand million k units homes";
    size_t to = from, digits = 0;
    while (to < from + CODE_WORDS && redact_is_number(text, to) &&
           (to == from ||
            (redact_gap_is(text, to - 1, " -.,") && !redact_sentence_ends(text, to - 1)))) {
        bool written = text->words.all[to].number == SPOKEN_DIGITS;
        digits += written ? strlen(text->words.all[to].plain) : 1;
        to++;
    }
    bool money = from > 0 && !redact_gap_is(text, from - 1, " ,:#*-'\"");
    for (size_t k = to; k < to + 3; k++)
        money = money || redact_class_at(text, k) & WORD_SUFFIX;
    money = money || (to < text->words.count && redact_word_in(text, to, units));
    return digits >= LEAST && digits <= MOST && !money ? to : from;
}

/* Marks the code at word `from`, with a "star" before it and a "pound" behind. */
static void code_mark(struct redact_text *text, size_t from)
{
    size_t begin = from + redact_word_in(text, from, signs), end = code_end(text, begin);
    if (end > begin)
        redact_mark(text, from, end + redact_word_in(text, end, signs), LABEL_SECRET);
}

static bool is_near(const struct redact_text *text, size_t from, size_t to, const char *list)
{
    for (size_t i = from; i < to; i++)
        if (redact_word_in(text, i, list))
            return true;
    return false;
}

static size_t back_from(size_t i, size_t words)
{
    return i > words ? i - words : 0;
}

/* "the combination to the lock is ...", "lock box 1492": the device's last word is `word`. */
static void device_mark(struct redact_text *text, size_t word)
{
    size_t at = word + 1;
    while (at <= word + SUBJECT_WORDS && redact_word_in(text, at, subjects) &&
           !redact_sentence_ends(text, at - 1))
        at++;
    size_t subject = at;
    while (at <= subject + 3 && redact_word_in(text, at, links) &&
           !redact_sentence_ends(text, at - 1))
        at++;
    bool linked = at > subject || at == word + 1 || !redact_gap_is(text, at - 1, " ");
    if (linked && at < text->words.count && !redact_sentence_ends(text, at - 1))
        code_mark(text, at);
}

/* "punch in 6601 at the front door" */
static void typed_mark(struct redact_text *text, size_t verb)
{
    size_t at = verb + 1;
    while (at < verb + 4 && redact_word_in(text, at, "in the code number"))
        at++;
    if (is_near(text, verb + 1, at + CODE_WORDS + NEAR, doors) ||
        is_near(text, back_from(verb, NEAR), verb, doors) ||
        (verb > 1 && redact_word_in(text, verb - 1, "in") &&
         redact_word_in(text, verb - 2, "get come let")))
        code_mark(text, at);
}

/* "the garage opens with 5512" */
static void opened_mark(struct redact_text *text, size_t with)
{
    size_t from = back_from(with, NEAR);
    if (is_near(text, from, with, doors) &&
        is_near(text, from, with, "open opens opened unlock unlocks get gets in"))
        code_mark(text, with + 1);
}

static bool is_device(const struct redact_text *text, size_t i)
{
    if (redact_word_in(text, i, "box"))
        return i > 0 && redact_word_in(text, i - 1, "lock key");
    bool code = redact_hint_at(text, i) == HINT_CODE && redact_hint_here(text, i) == HINT_SECRET;
    bool sign = redact_word_in(text, i, "gate door garage entry") &&
                redact_gap_is(text, i, " :#") && !redact_gap_is(text, i, " ");
    return code || sign || redact_word_in(text, i, devices);
}

/* "star 5512", "*7731#"; but "a five star 1200 unit" */
static void sign_mark(struct redact_text *text, size_t i)
{
    bool star =
        i > 0 && redact_word_in(text, i - 1, signs) && (i < 2 || !redact_is_number(text, i - 2));
    size_t from = text->places[i].from;
    if (star)
        code_mark(text, i - 1);
    else if (from > 0 && text->text[from - 1] == '*' && redact_is_number(text, i))
        code_mark(text, i);
}

void redact_access_codes(struct redact_text *text)
{
    for (size_t i = 0; i < text->words.count; i++) {
        if (is_device(text, i))
            device_mark(text, i);
        else if (redact_word_in(text, i, "punch key type press enter push"))
            typed_mark(text, i);
        else if (redact_word_in(text, i, "with using"))
            opened_mark(text, i);
        sign_mark(text, i);
    }
}
