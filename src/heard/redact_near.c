#include "heard/redact_hint.h"
#include "heard/redact_rules.h"
#include <string.h>

enum { BEFORE = 8, AFTER = 6 }; /* words within which a hint counts */

static bool is_any_before(const struct redact_text *text, size_t i, size_t words, const char *list)
{
    for (size_t back = 1; back <= words && back <= i; back++)
        if (redact_word_in(text, i - back, list))
            return true;
    return false;
}

/* "zip code" and "area code" are no secrets. */
static enum redact_hint code_hint(const struct redact_text *text, size_t i)
{
    if (is_any_before(text, i, 1, "area country dialing"))
        return HINT_PHONE;
    if (is_any_before(text, i, 1, "sort routing swift bank"))
        return HINT_BANK;
    if (is_any_before(text, i, 1, "zip postal post building dress promo color zoning fire"))
        return HINT_AMOUNT;
    return HINT_SECRET;
}

/* Whether the letters up to word i spell it: "D.O.B.", "m l s". */
static bool is_spelt(const struct redact_text *text, size_t i, const char *word)
{
    size_t len = strlen(word), from = i + 1 - len;
    if (i + 1 < len)
        return false;
    for (size_t k = 0; k < len; k++) {
        const char *letter = text->words.all[from + k].plain;
        if (letter[0] != word[k] || letter[1] ||
            (k > 0 && !redact_gap_is(text, from + k - 1, " .-")))
            return false;
    }
    return true;
}

static enum redact_hint spelt_hint(const struct redact_text *text, size_t i)
{
    static const char *const spelt[] = { "mls", "dob", "ssn", "iban", "aba", "pin", "itin" };
    for (size_t k = 0; k < sizeof spelt / sizeof spelt[0]; k++)
        if (is_spelt(text, i, spelt[k]))
            return redact_hint_find(spelt[k]);
    return HINT_NONE;
}

/* "the three digits on the back", of a card */
static bool is_cards_back(const struct redact_text *text, size_t i)
{
    return i > 1 && redact_word_in(text, i, "back") && redact_word_in(text, i - 1, "the") &&
           redact_word_in(text, i - 2, "on") &&
           is_any_before(text, i - 2, 4, "digits digit code number three four security");
}

/* "agent's license 01234567", "the license of the broker, DRE 01234567" */
static bool is_trade_licence(const struct redact_text *text, size_t i)
{
    static const char trades[] = "estate agent agents broker brokers realtor realtors contractor "
                                 "contractors business builder builders inspector inspectors dre";
    if (!redact_word_in(text, i, "license licence"))
        return false;
    bool followed = redact_word_in(text, i + 1, "of") &&
                    (redact_word_in(text, i + 2, trades) || redact_word_in(text, i + 3, trades));
    return followed || redact_word_in(text, i + 1, "plate plates dre") ||
           is_any_before(text, i, 3, trades);
}

enum redact_hint redact_hint_here(const struct redact_text *text, size_t i)
{
    enum redact_hint hint = redact_hint_at(text, i);
    if (hint == HINT_CODE)
        return code_hint(text, i);
    if (i < text->words.count && !text->words.all[i].plain[1] && spelt_hint(text, i))
        return spelt_hint(text, i);
    if (is_cards_back(text, i) || (redact_word_in(text, i, "digits") && i > 0 &&
                                   redact_word_in(text, i - 1, "three four 3 4")))
        return HINT_SECRET;
    if (redact_word_in(text, i, "security") && !is_any_before(text, i, 1, "social"))
        return HINT_NONE;
    if (redact_word_in(text, i, "tax") && redact_word_in(text, i + 1, "id"))
        return HINT_ID;
    return is_trade_licence(text, i) ? HINT_LISTING : hint;
}

static bool is_telling(enum redact_hint hint)
{
    return hint != HINT_NONE && hint != HINT_LINK && hint != HINT_JOIN;
}

static enum redact_hint hint_before(const struct redact_text *text, size_t from, bool *close)
{
    *close = true;
    for (size_t back = 1; back <= BEFORE && back <= from; back++) {
        if (redact_sentence_ends(text, from - back))
            break;
        enum redact_hint hint = redact_hint_here(text, from - back);
        if (is_telling(hint))
            return hint;
        *close = *close && hint != HINT_NONE;
    }
    *close = false;
    return HINT_NONE;
}

/* Only what makes it personal: "415 555 0182 is my cell". */
static enum redact_hint hint_after(const struct redact_text *text, size_t to)
{
    for (size_t i = to; i < to + AFTER && i < text->words.count; i++) {
        if (redact_sentence_ends(text, i - 1))
            break;
        enum redact_hint hint = redact_hint_here(text, i);
        if (is_telling(hint))
            return hint < HINT_SECRET ? hint : HINT_NONE;
    }
    return HINT_NONE;
}

enum redact_hint redact_hint_near(const struct redact_text *text, size_t from, size_t to,
                                  bool *close)
{
    enum redact_hint hint = hint_before(text, from, close);
    return hint ? hint : hint_after(text, to);
}
