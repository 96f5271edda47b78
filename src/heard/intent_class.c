#include "heard/intent_class.h"
#include "heard/lexicon.h"
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Words with one space between them; each word once. */
static const struct {
    const char *name, *words;
} classes[] = {
    { "see",
      "see seeing saw seen view viewing viewed viewings look looking looked peek glimpse gander "
      "peep" },
    { "tour",
      "tour touring toured tours showing showings walkthrough walkthroughs walkthru visit "
      "visiting visited visits visitor visitors show shown shows showed preview viewer wander "
      "stroll lookaround recce" },
    { "inside", "inside interior indoors upstairs downstairs indoor firsthand" },
    { "inspect",
      "inspect inspection inspector inspections appraisal appraiser appraised survey surveyor" },
    { "openhouse", "open opens" },
    { "come", "come coming came comes swing stop drop pop go going drive drove driving head arrive "
              "arrived arriving meet meeting walk popping swinging stopping dropping attend "
              "attending" },
    { "video",
      "video facetime zoom skype virtual virtually whatsapp livestream remotely camera film "
      "stream remote" },
    { "lockbox",
      "lockbox key keys code codes gate unlock unlocked locked door doorbell driveway outside "
      "lobby entrance" },
    { "person",
      "person human someone somebody people humans body adult being humanoid individual persons "
      "homosapien pulse heartbeat flesh alive live real actual" },
    { "agent",
      "agent agents realtor realtors broker brokers rep reps representative representatives "
      "specialist associate associates consultant advisor assistant dispatcher colleague "
      "advisors counselor negotiator coordinator colleagues salesman saleswoman salesperson "
      "handler" },
    { "boss", "manager supervisor boss director president chief management superior higherup "
              "ceo" },
    { "office",
      "receptionist secretary operator staff team desk department office accounting leasing "
      "division receptionists secretaries clerk switchboard headquarters hq" },
    { "lady",
      "lady guy woman man gentleman fella dude gal bloke chap girl ladies guys fellow feller "
      "dame kid" },
    { "speak", "speak speaking talk talking talked chat discuss discussing conversation consult "
               "consultation converse spoke spoken word" },
    { "call",
      "call called calling calls callback callbacks phone phoned phoning telephone ring rang "
      "ringing dial dialed buzz bell holler shout telephoned phones dials dialing rings blower "
      "tinkle" },
    { "text", "text texted texting email emailed emailing mail message messages messaged voicemail "
              "voicemails fax sms note texts emails mails messaging memo" },
    { "transfer",
      "transfer transferred transferring connect connected patch forward redirect route through "
      "transfers connecting patched forwarded redirecting rerouted divert hook" },
    { "reach",
      "reach reaching contact contacted contacting touch hold ahold reached extension contacts "
      "followup" },
    { "tell",
      "tell tells telling told let inform relay pass notify remind say says saying said mention "
      "informing notified relayed passing advise advising" },
    { "wait", "wait waiting waited" },
    { "machine",
      "robot robots bot bots machine machines recording computer computers ai automated "
      "automatic robotic virtualassistant automation algorithm chatbot siri alexa automaton "
      "voicebot menu prompt" },
    { "offer",
      "offer offers offering offered bid bids bidding proposal proposals propose backup outbid "
      "bidder bidders proposing bidded biddable purchaser" },
    { "counter", "counter counters countered countering counteroffer counteroffers" },
    { "terms",
      "contingency contingencies contingent escalation clause earnest deposit contract "
      "paperwork binding financing addendum terms waive waived waiving concessions concession "
      "deposits escrowed addenda proof funds letter form legally" },
    { "accept",
      "accept accepts accepted accepting take takes taking took entertain consider considering "
      "considered agree agreed agrees bite budge settle sell bites swallow okayed agreeing "
      "approve approved approves satisfy" },
    { "reject",
      "reject rejected rejects decline declined refuse refused refuses ignored turned turndown "
      "rejecting nixed denied deny passed balked scoffed laugh insulted insult insulting "
      "offended offend" },
    { "respond",
      "respond responded response responses answer answered answers reply replied replies heard "
      "hear decision decide decided news verdict status update replying answering outcome "
      "result back" },
    { "withdraw",
      "withdraw withdrew withdrawn withdrawing retract rescind revoke pull pulling pulled kill "
      "scrap withdraws retracting rescinding backing void terminate abandon nullify tear bail" },
    { "raise",
      "raise raising raised increase bump up higher sweeten beat match top exceed lower reduce "
      "lowering raises ups outdo improve sweetening escalate" },
    { "pay",
      "pay paying paid pays spend give cash buck bucks dollar dollars grand thousand k million "
      "wire gave cashier fork shell cough stretch" },
    { "discount",
      "discount negotiable negotiate negotiating negotiation haggle wiggle lowball under below "
      "over above less knock shave bargain fair discounts negotiations haggling markdown leeway "
      "flexibility flexible slack concede reasonable steal" },
    { "buy", "buy buying bought purchase purchasing purchased acquire acquiring" },
    { "submit",
      "submit submitted submitting resubmit present presented send sent sending sign signed "
      "signing draft draw write written writing prepare" },
    { "book",
      "book booking booked bookings schedule scheduled scheduling appointment appointments "
      "arrange arranged arranging reserve reservation slot slots pencil squeeze calendar set "
      "move fit rsvp opening openings availability calendars scheduler timeslot spot" },
    { "move",
      "reschedule rescheduled rescheduling postpone postponed push rebook swap switch change "
      "changed changing shift instead moved delay defer deferred bring pushing shuffle juggle" },
    { "cancel", "cancel cancelled canceled cancelling canceling cancellation cancellations" },
    { "confirm", "confirm confirmed confirming confirmation reminder verify" },
    { "late", "late running delayed traffic stuck behind early tardy ontheway enroute eta" },
    { "missed", "missed miss lost forgot forget overslept stood noshow forgotten" },
    { "day",
      "today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday weekend "
      "weekends saturdays sundays mondays weekday weekdays tuesdays wednesdays thursdays "
      "fridays" },
    { "month",
      "january february march april may june july august september october november december "
      "spring summer fall autumn winter christmas easter thanksgiving labor memorial eve" },
    { "time", "morning afternoon evening noon am pm oclock midday lunchtime mornings evenings "
              "afternoons lunch half quarter past minutes minute hour hours week month" },
    { "soon", "soonest earliest sooner earlier later soon asap latest immediately" },
    { "ago", "yesterday ago last already previously" },
    { "price",
      "price prices priced asking listed list cost costs costing worth value expensive cheap "
      "cheaper affordable" },
    { "tax",
      "tax taxes hoa fee fees dues assessment assessments insurance bill bills utilities "
      "electricity monthly annual annually yearly assessed association maintenance reserves" },
    { "room",
      "bedroom bedrooms bathroom bathrooms bath baths bed beds room rooms kitchen den closet "
      "closets pantry attic basement cellar loft study ensuite master floor laundry elevator "
      "storage fireplace stairs stories story levels level tub shower toilet island skylight "
      "vaulted bonus suite vanity mudroom sunroom hallway hall foyer entryway stair staircase "
      "steps step landing powder nook alcove library gameroom playroom nursery workshop bathtub "
      "bidet sauna jacuzzi" },
    { "size",
      "square sqft footage feet foot acre acres acreage size sizes dimension dimensions big "
      "large wide tall long deep meters metre metres width high spacious roomy cramped tiny "
      "small huge height length depth footprint hectare hectares" },
    { "outdoor",
      "yard garden lot pool deck patio porch balcony fence fenced shed barn backyard dock "
      "terrace lawn tree trees garage parking carport fountain views corner lake ocean "
      "waterfront land parcel subdivided setbacks frontyard gazebo pergola greenhouse orchard "
      "pond creek river woods wooded slope sloped hilly boundary boundaries hedge trampoline "
      "playground treehouse boat rv truck trailer spaces space" },
    { "system",
      "furnace heating heat heater boiler hvac ac air conditioning insulation plumbing wiring "
      "pipes electrical electric gas oil solar septic sewer well water roof roofing gutters "
      "chimney foundation windows window panels panel outlet crawl slab lead internet wifi "
      "fiber cable reception sprinklers irrigation thermostat radiators radiator ducts vents "
      "breaker amp amps voltage sump pump propane geothermal heatpump sprinkler alarm security "
      "cameras ev charger broadband cell signal power" },
    { "appliance",
      "appliance appliances fridge refrigerator stove oven dishwasher washer dryer microwave "
      "furniture furnished curtains chandelier fixtures included include includes convey "
      "conveys stays stay leave leaving range conveyed staying freezer grill hood hookups "
      "hookup hottub sofa couch piano blinds drapes mirrors mower tractor furnishings keep "
      "keeping" },
    { "material",
      "hardwood hardwoods carpet tile vinyl brick granite wood stucco siding floors flooring "
      "cabinets ceilings ceiling walls wall laminate linoleum marble quartz drywall plaster "
      "shingles shingle slate metal tin copper stone concrete timber log paneling wallpaper "
      "paint painted countertops" },
    { "condition",
      "condition renovated renovation renovations remodeled remodel updated upgraded redone "
      "repaired repairs repair damage damaged leak leaks leaking mold termites asbestos radon "
      "crack cracks flood flooded flooding fire issues problem problems wrong haunted died "
      "termite smoke inspected rotten rot rust rusty sagging sinking tarp drafty damp wet dry "
      "dusty musty smell smells odor stains broken fixerupper livable habitable movein turnkey "
      "gut ghost ghosts murder vermin mice rats roaches bugs ants infestation hazard hazards "
      "rehab defects defect lawsuit litigation" },
    { "age", "built old age year years original new newer updates older modern historic landmarked "
             "style split" },
    { "status", "available sold sale pending active gone taken market off contracted listing" },
    { "history",
      "history previous before since originally easement easements liens lien surveyed deed "
      "title disclosure disclosures" },
    { "rules",
      "allowed allow allows permitted permit permits restrictions rules zoned zoning bylaws "
      "rental airbnb pets pet dog dogs cat cats chickens horses sublet smoking grilling "
      "subleasing permission legal restricted covenant covenants ordinance homebased pitbull "
      "pitbulls goats bees ducks pig pigs rabbits" },
    { "school",
      "school schools district daycare college university elementary kindergarten preschool "
      "schooling" },
    { "near",
      "near nearby close around far distance walking commute transit train bus metro station "
      "highway freeway airport hospital beach church downtown subway trolley ferry supermarket "
      "grocery groceries store stores shop shops mall restaurant restaurants mile miles blocks "
      "block" },
    { "noise", "noisy quiet loud noise busy safe crime sirens planes trains party parties barking "
               "dangerous peaceful rowdy shootings gang gangs" },
    { "people",
      "seller sellers owner owners vendor tenant tenants landlord neighbor neighbors builder "
      "vacant occupied occupancy motivated occupants occupant residents resident heirs heir "
      "estate executor divorcing lives" },
    { "inventory",
      "houses homes listings condos apartments properties townhomes townhouses places rentals "
      "foreclosures units duplexes lofts studios lots farms bungalows flats villas options "
      "inventory fixer uppers upper bigger smaller cabins ranches mansions condominiums "
      "triplexes rowhouses starter portfolio selection" },
    { "something", "something anything" },
    { "similar", "similar like another other others else" },
    { "home", "house home condo apartment property place unit building bungalow townhouse townhome "
              "duplex villa cottage penthouse studio cabin farm farmhouse mansion triplex fourplex "
              "ranch flat colonial victorian" },
    { "this", "one it that this" },
    { "own", "my our mine ours" },
    { "me", "i im ive id ill me myself we were weve wed us" },
    { "they", "they theyre theyd theyll them their he hes hed she shes him her theirs his" },
    { "you", "you your youre yours yall" },
    { "company",
      "company agency brokerage firm business website web app site portal franchise newsletter "
      "instagram facebook address brand brochure branch slogan reviews review testimonials "
      "linkedin twitter" },
    { "commission", "commission commissions percentage percent charge charges" },
    { "hiring",
      "hiring hire job jobs career careers license licensed resume recruiter recruiting intern "
      "internship employed employment apprentice" },
    { "hours", "closed holiday holidays" },
    { "mortgage",
      "mortgage mortgages loan loans rate rates lender lenders credit borrow refinance fha va "
      "pmi arm interest escrow bank banks prequalified preapproved preapproval prequalification "
      "preapprove down payment afford qualify finance closing underwriting underwriter heloc "
      "points apr jumbo usda refinancing lending prequalify creditscore" },
    { "sellhome",
      "selling downsize downsizing inherited valuation appraise estimate unload cma probate "
      "foreclosure foreclosed" },
    { "area",
      "area areas neighborhood neighborhoods town towns city cities county suburb suburbs "
      "community region zip side gated subdivision safest nightlife living borough boroughs "
      "village villages parish outskirts uptown midtown locale locality country countryside "
      "rural urban" },
    { "search",
      "search searching find finding browse browsing shopping hunt hunting relocating relocate "
      "relocation moving budget between scouting seek seeking seeks wishlist criteria "
      "preferably ideally tops maximum" },
    { "rent", "rent renting rented lease leased" },
    { "hello", "hi hello hey howdy hiya yo greetings goodmorning hola bonjour aloha" },
    { "bye", "bye goodbye goodnight ciao adios farewell seeya toodles" },
    { "thanks",
      "thanks thank thankyou appreciate appreciated cheers ta grateful obliged thankful tysm "
      "gracias merci" },
    { "yes",
      "yes yeah yep yup sure okay ok alright fine great perfect good cool awesome sounds works "
      "yea yass okey okie kay mhm uhhuh definitely absolutely exactly correct right indeed" },
    { "no", "no nope nah not never none neither nay noo nothing" },
    { "please", "please kindly sorry pardon excuse" },
    { "kin", "wife husband mother father mom dad son daughter sister brother kids children parents "
             "family fiance fiancee partner boyfriend girlfriend grandma grandpa uncle aunt cousin "
             "friend spouse mum mama mummy mam nan nana granny hubby inlaws nephew niece stepson "
             "stepdaughter twins baby toddler roommate" },
    { "any", "anyone anybody nobody noone everybody everyone any elses anybodys someones somebodys "
             "anyones" },
    { "modal", "can could would will might shall should" },
    { "want",
      "want wants wanted wanna need needs needed love prefer rather wish wishing hoping hope "
      "keen interested" },
    { "wh", "what whats which" },
    { "when", "when whens" },
    { "where", "where wheres" },
    { "why", "why whys how hows" },
    { "who is", "who whos whoever whose" },
    { "do", "do does did doing done didnt doesnt dont" },
    { "have", "have has had having got gotten get gets getting" },
    { "be", "is are was be been isnt arent wasnt" },
    { "article", "a an the some" },
    { "preposition", "of in on at to for with from by about into onto" },
    { "street",
      "street st avenue ave road rd dr lane ln court ct boulevard blvd way circle parkway oak "
      "elm maple main pine cedar birch walnut spruce hickory juniper chestnut magnolia willow "
      "cherry hill ridge pl washington park lincoln" },
    { "title", "mr mrs ms mister missus" },
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
      "jamie robin leslie nora imani quentin deshawn sergei bianca howard louise carla dominic "
      "maureen gina dwayne claudia gwen hank simone monique terrence yolanda tanya tiffany "
      "vanessa bridget caitlin molly paige brooke courtney erica jasmine kendra latoya shanice "
      "keisha jamal malik tyrone andre darnell curtis leon cedric reggie otis vernon wesley "
      "blake chad derek dustin travis trevor brett brent craig kurt neil norman roy russ stan "
      "stuart todd troy warren ali hassan ibrahim mohammed yusuf amir reza arjun sanjay vikram "
      "deepak anil sunil rohan pooja anjali neha lakshmi kavita jin hiro kenji yuki ling xiao "
      "chen wong nguyen tran singh patel garcia martinez rodriguez lopez hernandez gonzalez "
      "smith johnson williams jones davis wilson anderson ivan dmitri olga svetlana natasha "
      "igor pavel marek tomas piotr giovanni marco luca paolo francesca chiara pierre sophie "
      "hans klaus ingrid lars sven astrid bjorn fernando diego rafael mateo santiago javier "
      "alejandro gabriel manuel pablo raul ricardo roberto sergio lourdes guadalupe pilar "
      "consuelo esperanza dolores mercedes beatriz ines abigail hazel opal ruth esther naomi "
      "miriam leah caleb noah liam mason elijah owen lucas isaac gavin colin nigel graham ian "
      "duncan angus fiona siobhan declan brendan seamus felipe meredith winston adele gideon "
      "paloma aaliyah abby ada adrian adriana agnes aidan aisha alan alana albert alberto aldo "
      "alfred alicia alison alyssa amos anastasia andres angelica angelina angelo anita annette "
      "annie antoine antonio archie ariana arlene armando arnold arturo ashlee aubrey audrey "
      "ava barry bart beatrice becca belinda bernard bernice bert bertha bessie bethany betsy "
      "beverley billie bonnie brad bradley brandi bret bruno bryce byron calvin camila camille "
      "candace candice carlton carly carmine caroline carrie cary cassandra catalina cathy "
      "cecilia celeste celia cesar chandra chelsea chloe christa christian christie clara "
      "clarence clark claude clayton clifford clint clinton clyde cody colleen connie conrad "
      "corey cory cristina curt cyrus dalton damian damon danny daphne darcy darius darlene "
      "darrell darren daryl davina deanna deb deirdre delia della demetrius denis denny desmond "
      "devin dina dinah dmitry dominique donnie donovan doreen doris dorian doyle duane dwight "
      "eddie edgar edith edna edwin eileen elaine eleanor eli elias eliza ella ellen elliot "
      "elliott elmer eloise elsa elsie elton elvira emil emilio emmanuel enrique erik erika "
      "ernest ernesto ernie esteban estelle ethel eugene eunice eva evan everett farah faye "
      "felicia felix fletcher flora floyd frankie freda frederick gabby gabriela gail garrett "
      "genevieve geoff geoffrey geraldine gerard gertrude gilbert gilberto gillian glenn glenda "
      "gordon greta gretchen guillermo gwendolyn harley harriet harris harvey hector heidi "
      "helen helena henrietta herb herbert herman hilary hilda holly homer horace hugh hugo ida "
      "ignacio imogen irene irma irving isaiah ismael jaclyn jada jaime jared jarrod jayden jed "
      "jeanette jeannie jenna jennie jeremiah jerome jill jimmie joaquin joanna joanne jocelyn "
      "jodi jody joel joey johanna johnny joni jonas josefina josephine josie juanita judah "
      "julia julian juliana julio justine kara kari karin karina karl kathie katrina kellie "
      "kelsey kerry khalid kirk kristen kristin kristina kristy krystal lara larissa latisha "
      "lauri laurie lena lenny leonard leonardo leroy leticia levi lila lillian lindsay lindsey "
      "lionel lloyd lola lonnie loretta lorena lorenzo lorraine lottie louie louisa lucille "
      "lucy luke lydia lyle lynette lynn mabel mack mackenzie madeline malcolm mandy marcella "
      "marcia margarita margo marguerite mariana marianne marina mario marion marisa marisol "
      "marjorie marlene marlon marsha marta martina marty marvin mathew mattie maude maura "
      "maurice maxine maya melanie melinda merle mia micah michele mickey mildred millie mindy "
      "miranda mitch mitchell moira mona morris moses muriel myra myrtle nadine nat natalia "
      "nathaniel ned nelson nettie nicky nicolas nikki nina noel noelle nolan noreen octavia "
      "odessa oliver orville otto patsy patti paulette paulina pauline peggy penelope petra "
      "peyton phillip phoebe phyllis polly quincy quinn rachael ramona ramon randall randy "
      "raphael raquel rashid reba rebekah regina rena rene reuben rhonda ricky rigoberto rita "
      "robbie robyn rochelle roderick rodney rodolfo rodrigo roland ronda ronnie rory rosalie "
      "rosalind rosario roscoe rosemary rosie ross roxanne rudolph rudy rufus rupert russell "
      "sabrina sadie sally salvador salvatore sammy sasha saul scarlett selena selma serena "
      "seth shannon shari shaun shauna shawn sheila sheldon shelley shelly sheri sherman sherri "
      "sherry sheryl sidney silvia simon sonia sonya stacey stacie stanley stefan stephan "
      "stewart susanna susannah suzanne suzie sybil sylvia tabitha tamara tami tammy tara tasha "
      "ted terence teri terri tess tessa thelma theo theodore therese tia timmy toby tommy toni "
      "tricia trina trisha tyrell ursula valeria valerie vera verna vicente vicki vincent vince "
      "virgil vivian wanda wendell whitney wilbur wilfred willard willie wilma xavier yasmin "
      "yvette yvonne zach zachary zoe" },
    { "building",
      "doors wheelchair accessible ramp handicap facing face faces light sunlight sunny dead "
      "cul de sac gym concierge doorman amenities" },
    { "photo",
      "photos pictures picture photo images image floorplan blueprint blueprints layout drone" },
    { "market", "trending trend crash" },
    { "off", "skip scratch without someday yet" },
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
