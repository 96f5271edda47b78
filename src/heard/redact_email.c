#include "heard/redact_rules.h"
#include <string.h>

static const char connectors[] = "dot underscore dash hyphen plus period score";
static const char top_domains[] =
    "com net org edu gov mil io co us uk ca de fr au ie nz in eu info "
    "biz me law homes house realty realtor dev app tv ai xyz live pro "
    "name email online site";
static const char providers[] =
    "gmail googlemail yahoo ymail outlook hotmail icloud aol msn proton "
    "protonmail comcast verizon att fastmail gmx zoho mac";
static const char stops[] =
    "is it its to email emails mail mailto me us him her at or and my via by "
    "on the send sent address write wrote contact reach so that s letter use "
    "try for with from about called caller says said be was a i hi hello yes "
    "yeah okay ok um uh gave left has at's";
static const char markers[] = "email emails mail e address send write contact reach";

/* "that's all one word": said in the midst of an address, and no part of it. */
static const char asides[] = "thats all one word lowercase lower case no spaces caps";
/* What may stand around a spoken "at" or "dot": also "[at]". */
static const char spoken_gap[] = " ,[](){}<>";

enum { LOCAL_WORDS = 12, DOMAIN_WORDS = 4, MARKER_WORDS = 12 };

/* Whether word i+1 hangs on word i: "john.smith", "john dot smith". */
static bool is_connected(const struct redact_text *text, size_t i)
{
    return redact_glued(text, i) || redact_gap_is(text, i, "._-+") ||
           (redact_gap_is(text, i, spoken_gap) &&
            (redact_word_in(text, i, connectors) || redact_word_in(text, i + 1, connectors)));
}

/* Whether ".com" or "dot com" ends at word i. */
static bool is_top_domain(const struct redact_text *text, size_t i)
{
    return redact_word_in(text, i, top_domains) &&
           (redact_gap_is(text, i - 1, ".") || redact_word_in(text, i - 1, "dot period"));
}

/* The place behind the domain that begins with word `from`; `from` if there is none. */
static size_t domain_end(const struct redact_text *text, size_t from)
{
    size_t end = from, apart = 0;
    for (size_t i = from + 1; i < text->words.count && !redact_word_in(text, i, "at"); i++) {
        if (!is_connected(text, i - 1)) {
            if (end > from || ++apart == DOMAIN_WORDS || !redact_gap_is(text, i - 1, " "))
                break;
            continue;
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

/* The first word of the local part that ends with word `last`. */
static size_t local_start(const struct redact_text *text, size_t last)
{
    size_t start = last, apart = 0;
    while (start > 0 && last - start < LOCAL_WORDS) {
        size_t before = start - 1;
        bool connected = is_connected(text, before);
        bool aside = redact_word_in(text, before, asides);
        bool clause = !redact_gap_is(text, before, " ") && !redact_word_in(text, start, asides);
        if (!connected && (clause || !redact_gap_is(text, before, spoken_gap) ||
                           (!aside && redact_word_in(text, before, stops))))
            break;
        if (!connected && !aside && !is_piece(text, before) && ++apart > 2)
            break;
        start = before;
    }
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
}

/* "john@example.com", whose sign is behind word i. */
static void written_mark(struct redact_text *text, size_t i)
{
    size_t end = domain_end(text, i + 1);
    if (end == i + 1 && redact_gap_is(text, i, "@") && !redact_is_number(text, i + 1))
        end = i + 2; /* no domain of ours, but hardly anything else */
    if (end > i + 1)
        redact_mark(text, local_start(text, i), end, LABEL_EMAIL);
}

void redact_emails(struct redact_text *text)
{
    for (size_t i = 0; i + 1 < text->words.count; i++)
        if (redact_word_in(text, i, "at"))
            spoken_mark(text, i);
        else if (has_at_sign(text, i))
            written_mark(text, i);
}
