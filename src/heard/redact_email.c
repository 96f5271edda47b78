#include "heard/redact_rules.h"
#include <string.h>

static const char connectors[] = "dot underscore dash hyphen plus period score";
static const char top_domains[] =
    "com net org edu gov mil io co us uk ca de fr au ie nz in eu info "
    "biz me law homes house realty realtor dev app tv ai xyz live pro "
    "name email online site jp br mx nl pl kr cn pt dk";
static const char providers[] =
    "gmail googlemail yahoo ymail outlook hotmail icloud aol msn proton "
    "protonmail comcast verizon att fastmail gmx zoho mac";
static const char stops[] =
    "as copy cc is it its to email emails mail mailto me us him her at or and my via by "
    "on the send sent address write wrote contact reach so that s letter use "
    "try for with from about called caller says said be was a i hi hello yes "
    "yeah okay ok um uh hmm hm ehm eh ah gave left has at's time";
static const char markers[] = "mailed emailed email emails mail e address send write contact reach";

/* "that's all one word": said in the midst of an address, and no part of it. */
static const char asides[] = "thats all one word lowercase lower case no spaces caps";
/* What may stand around a spoken "at" or "dot": also "[at]". */
static const char spoken_gap[] = " ,[](){}<>\xef\xbc\x88\x89"; /* and brackets of double width */

enum { LOCAL_WORDS = 40, DOMAIN_WORDS = 4, MARKER_WORDS = 12 };

/* Whether word i+1 hangs on word i: "john.smith", "john dot smith". */
static bool is_connected(const struct redact_text *text, size_t i)
{
    return redact_glued(text, i) || redact_gap_is(text, i, "._-+") ||
           (redact_gap_is(text, i, spoken_gap) &&
            (redact_word_in(text, i, connectors) || redact_word_in(text, i + 1, connectors)));
}

/* Whether ".com", "dot com" or "dot c o m" ends at word i. */
static bool is_top_domain(const struct redact_text *text, size_t i)
{
    if (redact_word_in(text, i, top_domains))
        return redact_gap_is(text, i - 1, ".") || redact_word_in(text, i - 1, "dot period");
    char spelt[4] = "";
    for (size_t len = 1; len < sizeof spelt && len <= i; len++) {
        const char *letter = text->words.all[i + 1 - len].plain;
        if (!letter[0] || letter[1])
            return false;
        memmove(spelt + 1, spelt, sizeof spelt - 2);
        spelt[0] = letter[0];
        if (len > 1 && redact_word_in(text, i - len, "dot period"))
            return strstr(" fr de uk us ca au com net org edu ", spelt) != NULL;
    }
    return false;
}

/* The place behind the domain that begins with word `from`; `from` if there is none. */
static size_t domain_end(const struct redact_text *text, size_t from)
{
    size_t end = from, apart = 0;
    for (size_t i = from + 1; i < text->words.count && !redact_word_in(text, i, "at"); i++) {
        if (!is_connected(text, i - 1)) {
            bool letter = !text->words.all[i].plain[1] && !text->words.all[i - 1].plain[1];
            if (end > from || (!letter && ++apart == DOMAIN_WORDS) ||
                !redact_gap_is(text, i - 1, letter ? " ," : " "))
                break;
        }
        if (is_top_domain(text, i))
            end = i + 1;
    }
    return end;
}

static bool is_piece(const struct redact_text *text, size_t i)
{
    return redact_is_number(text, i) || !text->words.all[i].plain[1] ||
           redact_hint_at(text, i) == HINT_JOIN;
}

/* The letter of "b as in boy", whose last word is `last`; `last` when it is none. */
static size_t letter_start(const struct redact_text *text, size_t last)
{
    bool as_in = last > 2 && redact_word_in(text, last - 1, "in") &&
                 redact_word_in(text, last - 2, "as") && !text->words.all[last - 3].plain[1];
    return as_in ? last - 3 : last;
}

/* Whether a comma between words i and i+1 is that of a dictation: "b, r, o", "j, then patterson" */
static bool is_dictated(const struct redact_text *text, size_t i)
{
    return redact_gap_is(text, i, " ,") &&
           (redact_word_in(text, i + 1, "then") || (is_piece(text, i) && is_piece(text, i + 1)) ||
            letter_start(text, i) < i);
}

/* The first word of the local part that ends with word `last`. */
static size_t local_start(const struct redact_text *text, size_t last)
{
    size_t start = last, apart = 0;
    while (start > 0 && last - start < LOCAL_WORDS) {
        size_t before = start - 1;
        bool connected = is_connected(text, before) || is_dictated(text, before);
        bool aside = redact_word_in(text, before, asides);
        bool clause = !redact_gap_is(text, before, " ") && !redact_word_in(text, start, asides);
        if (!connected && (clause || !redact_gap_is(text, before, spoken_gap) ||
                           (!aside && redact_word_in(text, before, stops))))
            break;
        if (!connected && !aside && !is_piece(text, before) && ++apart > 2)
            break;
        start = letter_start(text, before);
    }
    while (start < last && redact_word_in(text, start, asides))
        start++;
    return start;
}

/* Whether mail is spoken of around words from..to-1. */
static bool has_marker(const struct redact_text *text, size_t from, size_t to)
{
    for (size_t back = 1; back <= MARKER_WORDS && back <= from; back++)
        if (redact_word_in(text, from - back, markers))
            return true;
    for (size_t i = to; i < to + MARKER_WORDS / 2; i++)
        if (redact_word_in(text, i, "email mail"))
            return true;
    return false;
}

/* Whether "X at Y dot com", whose "at" is word `at`, says where on the web something is: "saw it at
 * zillow dot com". */
static bool is_web(const struct redact_text *text, size_t at)
{
    static const char things[] =
        "look looked looking see saw seen find found listed list listing listings posted post "
        "advertised ad page photos photo pictures picture video tour details info information "
        "available online site website house home homes condo one ones rates rate price prices "
        "map there here reviews schedule book booked booking apply applied application sign signed "
        "log login up shop buy bought read more is are was be them those these that this";
    return (at > 1 && redact_word_in(text, at - 2, "the a an i we you he she they who my our")) ||
           redact_is_number(text, at - 1) || redact_word_in(text, at - 1, things) ||
           redact_word_in(text, at - 1, stops) ||
           redact_word_in(text, at + 1,
                          "zillow redfin trulia realtor realtors homes apartments "
                          "craigslist facebook calendly google compass hotpads");
}

/* Whether "X at Y dot com" is an address rather than a place on the web. */
static bool is_address(const struct redact_text *text, size_t local, size_t at, size_t end)
{
    bool spelt = !redact_gap_is(text, at - 1, " ") && redact_gap_is(text, at - 1, " ([{<");
    for (size_t i = local; i + 1 < at; i++)
        spelt = spelt || is_connected(text, i) || is_piece(text, i);
    if (end == at + 2) /* "at gmail" alone */
        return spelt || has_marker(text, local, end);
    return spelt || redact_word_in(text, at + 1, providers) || has_marker(text, local, end);
}

static bool has_at_sign(const struct redact_text *text, size_t i)
{
    return redact_gap_is(text, i, " @") && !redact_gap_is(text, i, " ");
}

/* "john at example dot com", whose "at" is word i. */
static void spoken_mark(struct redact_text *text, size_t i)
{
    size_t end = domain_end(text, i + 1);
    if (end == i + 1 && redact_word_in(text, i + 1, providers))
        end = i + 2;
    if (i == 0 || end == i + 1 || !redact_gap_is(text, i - 1, spoken_gap) ||
        !redact_gap_is(text, i, spoken_gap))
        return;
    size_t start = local_start(text, i - 1);
    if (is_address(text, start, i, end))
        redact_mark(text, start, end, LABEL_EMAIL);
    else if (!is_web(text, i) && end > i + 2)
        redact_mark(text, i - 1, end, LABEL_EMAIL);
}

/* Whether word i+1 is written on to word i without a space: "john.smith", "o'malley". */
static bool is_written_on(const struct redact_text *text, size_t i)
{
    return redact_gap_is(text, i, "._-+'!#$%&*=^~");
}

/* "john@example.com", whose sign is behind word i. */
static void written_mark(struct redact_text *text, size_t i)
{
    size_t end = domain_end(text, i + 1);
    if (end == i + 1 && redact_gap_is(text, i, "@") && !redact_is_number(text, i + 1)) {
        end = i + 2; /* no domain of ours, but hardly anything else */
        while (redact_glued(text, end - 1) || (redact_gap_is(text, end - 1, ".-")))
            end++;
    }
    size_t start = i;
    if (redact_gap_is(text, i, " ") || !redact_gap_is(text, i, "@"))
        start = local_start(text, i);
    while (start > 0 && (redact_glued(text, start - 1) || is_written_on(text, start - 1)))
        start--;
    if (end > i + 1)
        redact_mark(text, start, end, LABEL_EMAIL);
}

void redact_emails(struct redact_text *text)
{
    for (size_t i = 0; i + 1 < text->words.count; i++)
        if (redact_word_in(text, i, "at"))
            spoken_mark(text, i);
        else if (has_at_sign(text, i))
            written_mark(text, i);
}
