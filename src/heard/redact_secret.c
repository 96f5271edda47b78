#include "heard/redact_rules.h"
#include <string.h>

/* ---- passwords ---- */

static const char password_words[] = "password passwords passcode passphrase pw pwd login";
static const char links[] = "is was its should be will to s";
static const char no_values[] =
    "required wrong not incorrect the expired protected needed reset set "
    "same changing changed updated sent emailed texted stolen lost working "
    "fine ok okay good strong weak secret private hidden a in on for at it that this missing "
    "forgotten case";
static const char ends[] = "and but so for thanks thank please then if when because or";

enum { PASSWORD_WORDS = 8 };

static bool is_spaced(const struct redact_text *text, size_t i)
{
    return i + 1 >= text->words.count || redact_gap_is(text, i, " ,;") ||
           redact_sentence_ends(text, i);
}

/* Whether what begins with word i looks made up: "hunter2", "lemon-tree". */
static bool is_made_up(const struct redact_text *text, size_t i)
{
    return redact_is_number(text, i) || !is_spaced(text, i) || redact_glued(text, i);
}

/* The place behind the words that belong to the password beginning at `from`: what is written
 * without a space, or what is spoken up to the next clause. */
static size_t password_end(const struct redact_text *text, size_t from)
{
    bool spoken = redact_glued(text, from) == false && is_spaced(text, from);
    bool number = redact_is_number(text, from);
    size_t to = from + 1;
    for (; to < text->words.count && to < from + PASSWORD_WORDS; to++) {
        bool spaced = is_spaced(text, to - 1) && !redact_glued(text, to - 1);
        if (redact_sentence_ends(text, to - 1) || (spaced && !spoken) ||
            (spaced && !redact_gap_is(text, to - 1, " ")) || redact_word_in(text, to, ends) ||
            (number && spaced && !redact_is_number(text, to)))
            break;
    }
    return to;
}

/* The last word of "password for the portal". */
static size_t subject_end(const struct redact_text *text, size_t word)
{
    enum { LONGEST = 5 };
    if (!redact_word_in(text, word + 1, "for to on of at in"))
        return word;
    for (size_t i = word + 1; i < word + LONGEST && redact_gap_is(text, i - 1, " "); i++)
        if (redact_word_in(text, i + 1, "is was") || redact_gap_is(text, i, " :="))
            if (redact_word_in(text, i + 1, "is was") || !redact_gap_is(text, i, " "))
                return i;
    return word;
}

static void password_mark(struct redact_text *text, size_t word)
{
    word = subject_end(text, word);
    size_t from = word + 1;
    while (redact_word_in(text, from, links) && from < word + 4)
        from++;
    if (from >= text->words.count || redact_sentence_ends(text, from - 1) ||
        redact_word_in(text, word + 1, "to"))
        return;
    bool linked = from > word + 1 || !redact_gap_is(text, word, " ") ||
                  (word > 0 && redact_word_in(text, word - 1, "its thats"));
    if (is_made_up(text, from) || (linked && !redact_word_in(text, from, no_values)))
        redact_mark(text, from, password_end(text, from), LABEL_SECRET);
}

/* "Spring2026! is the password", "with Spring2026! as my password" */
static void password_mark_before(struct redact_text *text, size_t word)
{
    size_t to = word;
    while (to > 0 && word - to < 3 && redact_word_in(text, to - 1, "the my our a portal wifi"))
        to--;
    if (to == 0 || to == word || !redact_word_in(text, to - 1, "is as") || to == 1)
        return;
    size_t last = to - 2, from = last;
    while (from > 0 && (redact_glued(text, from - 1) || !is_spaced(text, from - 1)))
        from--;
    if (from < last || is_made_up(text, from))
        redact_mark(text, from, last + 1, LABEL_SECRET);
}

void redact_passwords(struct redact_text *text)
{
    for (size_t i = 0; i < text->words.count; i++)
        if (redact_word_in(text, i, password_words)) {
            password_mark(text, i);
            password_mark_before(text, i);
        }
}

/* ---- numbers with letters in them ---- */

enum { LEAD_WORDS = 6, IBAN_LEAST = 15, IBAN_MOST = 34, LICENCE_DIGITS = 4, LETTERED_WORDS = 40 };

static bool is_letter_piece(const struct redact_text *text, size_t i)
{
    const char *plain = text->words.all[i].plain;
    bool glued = redact_glued(text, i) || (i > 0 && redact_glued(text, i - 1));
    size_t longest = text->words.all[i].capital ? 5 : glued ? 4 : 2;
    return !plain[1] || (strlen(plain) <= longest && !redact_hint_at(text, i) &&
                         !redact_word_in(text, i, "im id so or if we he do an by go up us me am"));
}

/* Whether word i is one of "as in whiskey" behind a letter. */
static bool is_spelling_aid(const struct redact_text *text, size_t i)
{
    for (size_t k = 1; k <= 3 && k <= i; k++)
        if (!text->words.all[i - k].plain[1] && redact_word_in(text, i - k + 1, "as") &&
            redact_word_in(text, i - k + 2, "in"))
            return true;
    return false;
}

static bool is_code_piece(const struct redact_text *text, size_t i)
{
    return i < text->words.count &&
           (redact_is_number(text, i) || is_letter_piece(text, i) || is_spelling_aid(text, i));
}

/* The place behind the letters and digits that begin with word `from`, and how many digits. */
static size_t code_end(const struct redact_text *text, size_t from, size_t *digits)
{
    size_t to = from;
    *digits = 0;
    while (is_code_piece(text, to) && to < from + LETTERED_WORDS &&
           (to == from || redact_gap_is(text, to - 1, " -.,"))) {
        bool written = text->words.all[to].number == SPOKEN_DIGITS;
        *digits += written ? strlen(text->words.all[to].plain) : redact_is_number(text, to);
        to++;
    }
    return to;
}

/* The licence or account whose hint is word `hint`. */
static void code_mark(struct redact_text *text, size_t hint, enum redact_label label)
{
    size_t from = hint + 1, digits;
    while (from <= hint + LEAD_WORDS && !is_code_piece(text, from) &&
           !redact_sentence_ends(text, from - 1))
        from++;
    if (from > hint + LEAD_WORDS || redact_sentence_ends(text, from - 1))
        return;
    size_t to = code_end(text, from, &digits);
    if (digits > LICENCE_DIGITS)
        redact_mark(text, from, to, label);
}

static bool is_iban_piece(const struct redact_text *text, size_t i)
{
    const struct token *word = &text->words.all[i];
    return word->number == SPOKEN_DIGITS || word->capital || (word->proper && !word->plain[1]);
}

/* "... is my IBAN" */
static void code_mark_before(struct redact_text *text, size_t hint)
{
    size_t to = hint, digits;
    while (to > 0 && hint - to < 3 && redact_word_in(text, to - 1, "is my the s"))
        to--;
    size_t from = to;
    while (from > 0 && to < hint && to - from < LETTERED_WORDS && is_code_piece(text, from - 1) &&
           redact_gap_is(text, from - 1, " -.,"))
        from--;
    code_end(text, from, &digits);
    if (digits > LICENCE_DIGITS)
        redact_mark(text, from, to, LABEL_BANK);
}

/* "DE89 3704 0044 0532 0130 00", whose country is word i. */
static void iban_mark(struct redact_text *text, size_t i)
{
    const struct token *country = &text->words.all[i];
    if (!country->capital || strlen(country->plain) != 2 || !redact_glued(text, i))
        return;
    size_t to = i, length = 0;
    while (to < text->words.count && length < IBAN_MOST && is_iban_piece(text, to) &&
           (to == i || redact_gap_is(text, to - 1, " -")))
        length += strlen(text->words.all[to++].plain);
    if (length >= IBAN_LEAST)
        redact_mark(text, i, to, LABEL_BANK);
}

void redact_lettered(struct redact_text *text)
{
    for (size_t i = 0; i < text->words.count; i++) {
        iban_mark(text, i);
        bool spelt = i > 2 && redact_word_in(text, i, "n") && redact_word_in(text, i - 1, "a") &&
                     redact_word_in(text, i - 2, "b") && redact_word_in(text, i - 3, "i");
        if (spelt || redact_word_in(text, i, "iban")) {
            code_mark(text, i, LABEL_BANK);
            code_mark_before(text, i);
        } else if (redact_hint_here(text, i) == HINT_LICENCE)
            code_mark(text, i, LABEL_LICENCE);
    }
}
