#include "heard/intent_class.h"
#include <stddef.h>
#include <string.h>

/* Words with one space before and behind each. */
static const struct {
    const char *name, *words;
} classes[] = {
    { "view",
      " see seeing view viewing tour touring toured visit visiting showing show walkthrough "
      "look walk inside inspect peek viewings showings " },
    { "person",
      " agent realtor person human someone somebody anyone anybody manager broker "
      "representative operator supervisor boss rep staff secretary receptionist lady guy " },
    { "reach",
      " speak talk transfer connect reach call callback message phone ring contact text patch "
      "hold voicemail extension chat discuss " },
    { "offer",
      " offer bid counter counteroffer offering offered bidding escalation earnest lowball "
      "proposal offers bids " },
    { "pay",
      " take accept pay give consider entertain negotiate negotiable discount come lower less " },
    { "book",
      " book schedule reschedule appointment confirm cancel arrange set slot move push rebook "
      "booking reservation " },
    { "time",
      " today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday weekend "
      "morning afternoon evening noon week am pm oclock soonest earliest " },
    { "fact",
      " price taxes tax hoa fee dues square footage feet bedroom bathroom bath bed garage yard "
      "lot roof basement pool parking pets heating year built age floor school neighborhood "
      "zoning available sold pending status kitchen furnace condition renovated listed acreage "
      "utilities laundry elevator storage balcony view rent " },
    { "inventory", " houses homes listings condos apartments properties rentals townhomes places "
                   "foreclosures units options something anything " },
    { "home",
      " house home condo apartment property place unit listing building flat bungalow townhouse "
      "loft duplex villa cottage one it " },
    { "own", " my our " },
    { "seller", " seller owner owners sellers they them their " },
    { "company", " office hours company agency commission website hiring licensed you your " },
    { "lending", " mortgage loan rates rate lender credit preapproved prequalified financing down "
                 "payment closing " },
    { "sell", " sell selling worth valuation list listing commission " },
    { "greeting", " hi hello hey thanks thank bye goodbye morning okay ok yes no sorry " },
};

const char *intent_class(const char *word)
{
    enum { LONGEST = 30 };
    char spaced[LONGEST + 3] = " ";
    size_t len = strlen(word);
    if (len == 0 || len > LONGEST)
        return NULL;
    strcpy(stpcpy(spaced + 1, word), " ");
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (strstr(classes[i].words, spaced))
            return classes[i].name;
    if (len < 5 || word[len - 1] != 's')
        return NULL;
    strcpy(spaced + len, " "); /* without its s */
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (strstr(classes[i].words, spaced))
            return classes[i].name;
    return NULL;
}
