#include "heard/intent_class.h"
#include "heard/lexicon.h"
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Words with one space between them; each word once. */
static const struct {
    const char *name, *words;
} classes[] = {
    { "view",
      "see seeing saw seen view viewing viewed tour touring toured visit visiting visited "
      "showing show shown walkthrough look looking looked walk inside inspect peek viewings "
      "showings glimpse preview tours visits walkthru facetime zoom skype" },
    { "person",
      "agent realtor person human someone somebody anyone anybody manager broker representative "
      "operator supervisor boss rep staff secretary receptionist lady guy agents realtors "
      "people humans dispatcher specialist associate colleague landlord" },
    { "reach",
      "speak talk transfer connect reach call callback message phone ring contact text patch "
      "hold voicemail extension chat discuss called calls calling messages speaking talking "
      "buzz holler word conversation consult consultation dial forward relay" },
    { "offer",
      "offer bid counter counteroffer offering offered bidding escalation earnest lowball "
      "proposal offers bids contract backup outbid bidder bidders propose proposing counters "
      "countered countering contingency contingencies contingent purchase" },
    { "pay",
      "take accept pay give consider entertain negotiate negotiable negotiating discount come "
      "lower less accepted takes gave pays budge settle bite knock shave cash terms grand "
      "dollars bucks" },
    { "buy", "buy buying bought purchasing acquire" },
    { "withdraw", "withdraw retract rescind revoke pull withdrew pulling" },
    { "respond",
      "respond responded answer answered reply replied response decided decide rejected reject "
      "signed sign declined status update news" },
    { "book",
      "book schedule reschedule appointment confirm cancel arrange set slot move push rebook "
      "booking reservation booked scheduled confirmed confirming cancelled canceled cancelling "
      "appointments slots postpone pencil squeeze fit rsvp opening openings availability "
      "available" },
    { "late", "late running delayed traffic stuck missed lost behind" },
    { "day",
      "today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday weekend "
      "weekends saturdays sundays mondays weekday weekdays" },
    { "time",
      "morning afternoon evening noon week am pm oclock soonest earliest lunchtime midday month "
      "half quarter past later earlier sooner soon mornings evenings afternoons" },
    { "fact",
      "price taxes tax hoa fee fees dues bedroom bedrooms bathroom bathrooms bath baths bed "
      "beds garage yard lot roof basement pool parking pets pet heating heat year built age "
      "floor floors school schools zoning zoned pending kitchen furnace condition renovated "
      "listed acreage acre acres utilities laundry elevator storage balcony size sizes attic "
      "deck patio porch fireplace fence fenced driveway shed dock septic sewer well water "
      "heater boiler hvac ac air conditioning insulation windows window door doors stairs "
      "stories story levels level ceiling ceilings closet closets granite hardwood hardwoods "
      "carpet tile tub shower toilet appliances appliance fridge refrigerator stove oven range "
      "dishwasher washer dryer microwave island cabinets flooring siding brick vinyl stucco "
      "wood gas electric oil solar panels wiring plumbing pipes electrical panel outlet "
      "foundation crawl slab mold radon asbestos lead termites termite leak leaks flood flooded "
      "flooding fire smoke damage damaged crack cracks permits permit permitted easement "
      "easements liens lien survey surveyed deed title disclosure disclosures assessment "
      "assessments assessed association maintenance reserves bylaws dog dogs cat cats horses "
      "chickens wheelchair accessible ramp handicap noisy quiet loud noise busy views facing "
      "face faces light sunlight sunny dimensions dimension square footage feet meters width "
      "wide tall high flat corner lake ocean beach waterfront dead cul de sac internet wifi "
      "fiber cable reception furnished furniture vacant occupied occupancy tenant tenants lease "
      "leased rent rented renting rental deposit included include includes convey conveys "
      "conveyed leave staying stay stays remodeled remodel renovation updated updates upgraded "
      "original new newer old older modern historic landmarked style ranch colonial split "
      "victorian inspection inspections inspected appraisal appraised appraise photos pictures "
      "picture photo sold sell sale active listing market asking cost costs expensive cheap "
      "bill bills electricity monthly yearly annual insurance neighbors neighbor owners owner "
      "seller sellers moving motivated gym concierge doorman amenities fountain gated "
      "subdivision trees garden sprinklers irrigation barn land parcel subdivided setbacks "
      "roofing chimney gutters skylight vaulted den office loft bonus suite ensuite vanity "
      "pantry" },
    { "inventory",
      "houses homes listings condos apartments properties rentals townhomes townhouses places "
      "foreclosures units options something anything duplexes lofts studios lots farms "
      "bungalows flats villas inventory fixer uppers upper others similar cheaper bigger "
      "smaller else" },
    { "home", "house home condo apartment property place unit building bungalow townhouse townhome "
              "duplex villa cottage one it penthouse studio cabin farm farmhouse mansion triplex "
              "fourplex" },
    { "own", "my our mine ours" },
    { "they", "they them their he she him her" },
    { "company",
      "hours company agency commission commissions website hiring licensed brokerage firm "
      "business email fax address app portal franchise percentage charge charges closed" },
    { "lending",
      "mortgage mortgages loan loans rate rates lender lenders credit preapproved prequalified "
      "preapproval financing finance down payment closing interest escrow fha va borrow afford "
      "qualify budget pmi arm refinance" },
    { "sellhome", "selling worth valuation list estimate downsize downsizing inherited" },
    { "area",
      "area areas neighborhood neighborhoods town towns city county suburb suburbs downtown "
      "side region district community crime safe safest commute nightlife living zip" },
    { "market", "prices trending trend crash" },
    { "search",
      "search searching find finding browse browsing shopping under around near nearby between" },
    { "greeting",
      "hi hello hey thanks thank bye goodbye okay ok yes no sorry yeah yep nope sure alright "
      "great perfect cool awesome cheers pardon appreciate goodnight" },
    { "kin", "wife husband mother father mom dad son daughter sister brother kids children parents "
             "family fiance fiancee partner boyfriend girlfriend grandma uncle aunt cousin friend "
             "spouse" },
    { "street",
      "street st avenue ave road rd drive dr lane ln court ct boulevard blvd way pl circle "
      "terrace parkway oak elm maple main pine cedar birch walnut spruce hickory juniper "
      "chestnut magnolia willow cherry washington park lincoln hill ridge" },
    { "title", "mr mrs ms miss mister missus" },
    { "name",
      "john james robert michael mike william david dave richard rick joseph joe thomas tom "
      "charles charlie chris christopher daniel dan matthew matt anthony tony mark donald don "
      "steven steve stephen paul andrew andy joshua josh kenneth ken kevin brian george timothy "
      "tim ronald ron edward ed jason jeffrey jeff ryan jacob jake gary nicholas nick eric "
      "jonathan jon larry justin scott brandon benjamin ben samuel sam gregory greg alexander "
      "alex frank patrick pat raymond ray jack dennis jerry tyler aaron jose juan carlos luis "
      "miguel pedro jorge adam nathan henry doug peter pete kyle walter ethan jeremy harold "
      "keith roger gerald carl terry sean arthur lawrence jesse dylan bryan bruce phil philip "
      "ralph bobby bob jim jimmy fred marcus oscar victor leo max omar ahmed raj ravi wei mary "
      "patricia jennifer jen jenny linda elizabeth liz beth barbara barb susan sue jessica jess "
      "sarah sara karen lisa nancy betty sandra margaret maggie ashley kimberly kim emily donna "
      "michelle carol amanda melissa deborah debbie stephanie steph rebecca becky sharon laura "
      "cynthia cindy dorothy amy kathleen kathy angela angie shirley emma brenda pamela pam "
      "nicole anna samantha katherine kate katie christine debra rachel carolyn janet maria "
      "heather diane julie joyce victoria vicky kelly christina tina lauren joan evelyn olivia "
      "judith judy megan cheryl martha andrea frances hannah jacqueline jackie ann anne gloria "
      "jean kathryn alice teresa theresa sophia grace amber denise danielle marilyn beverly "
      "charlotte natalie diana brittany rose isabella kayla alexis lori claire erin monica "
      "wendy veronica ana rosa carmen lucia elena sofia nadia fatima priya mei dana tracy stacy "
      "jamie robin leslie nora" },
    { "other", "elses other another anybodys someones somebodys anyones" },
    { "off", "forget skip scratch instead rather without someday yet already before" },
};

enum { SLOTS = 4096 };
static struct lexicon_slot slots[SLOTS]; /* values are places in classes */

static void slots_fill(void)
{
    for (size_t class = 0; class < sizeof classes / sizeof classes[0]; class ++)
        for (const char *word = classes[class].words; *word;) {
            size_t length = strcspn(word, " ");
            *lexicon_slot(slots, SLOTS, word, length) =
                (struct lexicon_slot){ word, length, (unsigned)class, NULL };
            word += length + (word[length] == ' ');
        }
}

const char *intent_class(const char *word)
{
    static bool filled;
    if (!filled)
        slots_fill();
    filled = true;
    size_t length = strlen(word);
    const struct lexicon_slot *slot = lexicon_slot(slots, SLOTS, word, length);
    if (!slot->word && length > 4 && word[length - 1] == 's')
        slot = lexicon_slot(slots, SLOTS, word, length - 1);
    return slot->word ? classes[slot->value].name : NULL;
}
