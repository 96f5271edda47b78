#include "heard/redact_hint.h"
#include <stdlib.h>
#include <string.h>

struct hint {
    const char *word;
    enum redact_hint hint;
};

/* In ASCII order, for bsearch. */
/* clang-format off */
static const struct hint hints[] = {
    { "aba", HINT_BANK }, { "account", HINT_BANK }, { "acct", HINT_BANK }, { "acre", HINT_AMOUNT },
    { "ah", HINT_JOIN }, { "alarm", HINT_LINK }, { "amex", HINT_CARD }, { "and", HINT_LINK },
    { "apartment", HINT_AMOUNT }, { "apn", HINT_LISTING }, { "apt", HINT_AMOUNT },
    { "are", HINT_LINK }, { "as", HINT_LINK }, { "ask", HINT_AMOUNT }, { "asking", HINT_AMOUNT },
    { "at", HINT_LINK }, { "back", HINT_LINK }, { "bath", HINT_AMOUNT }, { "be", HINT_LINK },
    { "bed", HINT_AMOUNT }, { "bedroom", HINT_AMOUNT }, { "bic", HINT_BANK },
    { "bid", HINT_AMOUNT }, { "birth", HINT_BIRTH }, { "birthdate", HINT_BIRTH },
    { "birthday", HINT_BIRTH }, { "block", HINT_LISTING }, { "born", HINT_BIRTH },
    { "budget", HINT_AMOUNT }, { "built", HINT_AMOUNT }, { "buzz", HINT_PHONE },
    { "call", HINT_PHONE }, { "callback", HINT_PHONE }, { "card", HINT_CARD },
    { "case", HINT_LISTING }, { "cell", HINT_PHONE }, { "cellphone", HINT_PHONE },
    { "cellular", HINT_PHONE }, { "checking", HINT_BANK }, { "code", HINT_CODE },
    { "combination", HINT_SECRET }, { "combo", HINT_SECRET }, { "comma", HINT_JOIN },
    { "comp", HINT_AMOUNT }, { "confirmation", HINT_LISTING }, { "contact", HINT_PHONE },
    { "counter", HINT_AMOUNT }, { "countered", HINT_AMOUNT }, { "credit", HINT_CARD },
    { "cvc", HINT_SECRET }, { "cvv", HINT_SECRET }, { "dash", HINT_JOIN }, { "day", HINT_AMOUNT },
    { "debit", HINT_CARD }, { "dial", HINT_PHONE }, { "digits", HINT_PHONE },
    { "discover", HINT_CARD }, { "district", HINT_AMOUNT }, { "dl", HINT_LICENCE },
    { "dob", HINT_BIRTH }, { "document", HINT_LISTING }, { "dollar", HINT_AMOUNT },
    { "door", HINT_LINK }, { "eh", HINT_JOIN }, { "ehm", HINT_JOIN }, { "ein", HINT_ID },
    { "elevator", HINT_AMOUNT }, { "enter", HINT_LINK }, { "er", HINT_JOIN }, { "erm", HINT_JOIN },
    { "exit", HINT_AMOUNT }, { "express", HINT_CARD }, { "ext", HINT_PHONE },
    { "extension", HINT_PHONE }, { "fax", HINT_PHONE }, { "fee", HINT_AMOUNT },
    { "feet", HINT_AMOUNT }, { "flood", HINT_AMOUNT }, { "floor", HINT_AMOUNT },
    { "foot", HINT_AMOUNT }, { "for", HINT_LINK }, { "from", HINT_LINK }, { "full", HINT_LINK },
    { "garage", HINT_LINK }, { "gate", HINT_LINK }, { "get", HINT_LINK }, { "her", HINT_LINK },
    { "here", HINT_LINK }, { "heres", HINT_LINK }, { "his", HINT_LINK }, { "hm", HINT_JOIN },
    { "hmm", HINT_JOIN }, { "hoa", HINT_AMOUNT }, { "home", HINT_AMOUNT }, { "hour", HINT_AMOUNT },
    { "house", HINT_AMOUNT }, { "hyphen", HINT_JOIN }, { "iban", HINT_BANK }, { "id", HINT_LINK },
    { "in", HINT_LINK }, { "invoice", HINT_LISTING }, { "is", HINT_LINK }, { "it", HINT_LINK },
    { "itin", HINT_ID }, { "its", HINT_LINK }, { "landline", HINT_PHONE }, { "level", HINT_AMOUNT },
    { "licence", HINT_LICENCE }, { "license", HINT_LICENCE }, { "like", HINT_LINK },
    { "line", HINT_PHONE }, { "listed", HINT_AMOUNT }, { "listing", HINT_LISTING },
    { "lockbox", HINT_LINK }, { "lot", HINT_LISTING }, { "mastercard", HINT_CARD },
    { "mhm", HINT_JOIN }, { "mile", HINT_AMOUNT }, { "minute", HINT_AMOUNT },
    { "mls", HINT_LISTING }, { "mm", HINT_JOIN }, { "mobile", HINT_PHONE },
    { "month", HINT_AMOUNT }, { "my", HINT_LINK }, { "no", HINT_LINK }, { "num", HINT_LINK },
    { "number", HINT_LINK }, { "numbers", HINT_LINK }, { "of", HINT_LINK },
    { "offer", HINT_AMOUNT }, { "offered", HINT_AMOUNT }, { "ok", HINT_JOIN },
    { "okay", HINT_JOIN }, { "on", HINT_LINK }, { "one", HINT_LINK }, { "open", HINT_LINK },
    { "order", HINT_LISTING }, { "our", HINT_LINK }, { "panel", HINT_LISTING },
    { "parcel", HINT_LISTING }, { "passcode", HINT_SECRET }, { "passphrase", HINT_SECRET },
    { "passport", HINT_LICENCE }, { "password", HINT_SECRET }, { "pause", HINT_JOIN },
    { "percent", HINT_AMOUNT }, { "permit", HINT_LISTING }, { "ph", HINT_PHONE },
    { "phone", HINT_PHONE }, { "pin", HINT_SECRET }, { "plat", HINT_LISTING },
    { "postal", HINT_AMOUNT }, { "price", HINT_AMOUNT }, { "priced", HINT_AMOUNT },
    { "property", HINT_LISTING }, { "pw", HINT_SECRET }, { "pwd", HINT_SECRET },
    { "reach", HINT_PHONE }, { "redfin", HINT_LISTING }, { "ref", HINT_LISTING },
    { "reference", HINT_LISTING }, { "rent", HINT_AMOUNT }, { "ring", HINT_PHONE },
    { "room", HINT_AMOUNT }, { "route", HINT_AMOUNT }, { "routing", HINT_BANK }, { "s", HINT_LINK },
    { "school", HINT_AMOUNT }, { "score", HINT_AMOUNT }, { "security", HINT_ID },
    { "should", HINT_LINK }, { "soc", HINT_ID }, { "social", HINT_ID }, { "something", HINT_JOIN },
    { "sort", HINT_BANK }, { "space", HINT_JOIN }, { "sqft", HINT_AMOUNT },
    { "square", HINT_AMOUNT }, { "ssn", HINT_ID }, { "street", HINT_AMOUNT },
    { "suite", HINT_AMOUNT }, { "swift", HINT_BANK }, { "tax", HINT_AMOUNT },
    { "taxable", HINT_AMOUNT }, { "tel", HINT_PHONE }, { "telephone", HINT_PHONE },
    { "text", HINT_PHONE }, { "that", HINT_LINK }, { "thats", HINT_LINK }, { "the", HINT_LINK },
    { "then", HINT_JOIN }, { "ticket", HINT_LISTING }, { "tin", HINT_ID }, { "to", HINT_LINK },
    { "uh", HINT_JOIN }, { "uhm", HINT_JOIN }, { "um", HINT_JOIN }, { "unit", HINT_AMOUNT },
    { "visa", HINT_CARD }, { "voicemail", HINT_PHONE }, { "was", HINT_LINK },
    { "whatsapp", HINT_PHONE }, { "whole", HINT_LINK }, { "will", HINT_LINK },
    { "wire", HINT_BANK }, { "worth", HINT_AMOUNT }, { "yeah", HINT_LINK }, { "year", HINT_AMOUNT },
    { "yes", HINT_LINK }, { "your", HINT_LINK }, { "zillow", HINT_LISTING }, { "zip", HINT_AMOUNT },
};
/* clang-format on */

static int hint_compare(const void *key, const void *entry)
{
    return strcmp(key, ((const struct hint *)entry)->word);
}

enum redact_hint redact_hint_find(const char *word)
{
    enum { LONGEST = 16 };
    const size_t count = sizeof hints / sizeof hints[0];
    const struct hint *found = bsearch(word, hints, count, sizeof hints[0], hint_compare);
    size_t len = strnlen(word, LONGEST);
    if (!found && len > 3 && len < LONGEST && word[len - 1] == 's') {
        char singular[LONGEST];
        memcpy(singular, word, len - 1);
        singular[len - 1] = '\0';
        found = bsearch(singular, hints, count, sizeof hints[0], hint_compare);
    }
    return found ? found->hint : HINT_NONE;
}
