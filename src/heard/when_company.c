/* Whether a number can be a time or a day, going by the words beside it. */
#include "heard/when_said.h"
#include <string.h>

static bool is_street(const struct heard_words *words, int i)
{
    for (int end = i + 3; i < end; i++)
        if (word_in(words, i,
                    "street st avenue ave road rd drive lane court boulevard blvd place way "
                    "terrace circle floor"))
            return true;
    return false;
}

static bool is_company(const struct heard_words *words, int i)
{
    static const char usual[] =
        "he she they you me my us them can could may might should must do does did have has be "
        "been "
        "are was were because since as when where while though although unless so around about "
        "exactly also too again already just only still yes yeah yep right alright fine good great "
        "perfect best better ideal possible available free open here there both either um uh er "
        "erm "
        "hmm like know see bye hello hi hey before after during instead id ill lets sir maam "
        "sharp suits until unless its thats weve were well it how what who would "
        "tomorrow today tonight yesterday on this next in for please thanks thank would works work "
        "is if "
        "or and to no not sorry wait actually then maybe perhaps at instead scratch rather make "
        "mean "
        "pacific eastern central mountain local our your time will of i we the from a until till "
        "but "
        "est edt cst cdt mst mdt pst pdt utc gmt okay ok sounds that with coming "
        "monday tuesday wednesday thursday friday saturday sunday morning afternoon evening night "
        "january february march april may june july august september october november december";
    const struct word *word = &words->at[i];
    if (word->kind == WORD_ALPHA)
        return word_in(words, i, usual) || place_is_named(words, i);
    return word->kind == WORD_END || (word->kind == WORD_MARK && !word_in(words, i, "% $ # /"));
}

bool ends_clearly(const struct heard_words *words, int to)
{
    return !is_street(words, to) && is_company(words, to);
}

/* "four of us", "party of 3", "offered four fifty": how many, or how much. */
static bool is_count(const struct heard_words *words, int from, int to)
{
    static const char prices[] = "offer offered offering pay paid paying price priced worth budget "
                                 "cost costs";
    int before = from - 1 - word_in(words, from - 1, "for is of about around");
    if (word_is(words, to, "of") && word_in(words, to + 1, "us them you"))
        return true;
    return (word_is(words, from - 1, "of") &&
            word_in(words, from - 2, "party group family team total all")) ||
           word_in(words, before, prices);
}

/* "303-555": a part of a telephone number or of a code. */
static bool is_joined(const struct heard_words *words, int from, int to)
{
    bool before = word_is_mark(words, from - 1, '-') && words->at[from].glued && from > 1 &&
                  words->at[from - 1].glued && words->at[from - 2].kind == WORD_DIGITS;
    bool after = word_is_mark(words, to, '-') && words->at[to].glued && words->at[to + 1].glued &&
                 words->at[to + 1].kind == WORD_DIGITS;
    bool grouped = word_in(words, to, ", .") && words->at[to].glued && words->at[to + 1].glued &&
                   words->at[to + 1].kind == WORD_DIGITS; /* "2,400", "2.5" */
    return grouped || (before && strlen(words->at[from - 2].text) > 2) ||
           (after && strlen(words->at[to + 1].text) > 2);
}

bool number_stands_alone(const struct heard_words *words, int from, int to)
{
    if (word_in(words, from - 1, "number unit apartment apt suite lot # $ in") ||
        word_number(words, from - 1, NULL) != NUMBER_NONE || is_count(words, from, to) ||
        is_joined(words, from, to))
        return false;
    bool counted_on =
        words->at[to].kind == WORD_DIGITS || word_number(words, to, NULL) != NUMBER_NONE;
    if (is_street(words, to) || counted_on) /* an address, a telephone number */
        return false;
    return is_company(words, to);
}
