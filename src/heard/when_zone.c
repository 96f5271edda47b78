/* Zones as they are said behind a time: "eastern", "PST", "New York time", "+02:00". */
#include "base/mem.h"
#include "base/text.h"
#include "heard/when_said.h"
#include <stdlib.h>
#include <string.h>

enum { NO_OFFSET = INT32_MAX };

static const struct {
    const char *words;
    const char *zone;
    int hours;    /* the offset that is told with it; it decides only where a time comes twice */
    int standard; /* that of "standard time"; "daylight" is an hour more */
} zones[] = {
    { "eastern et", "America/New_York", NO_OFFSET, -5 },
    { "est", "America/New_York", -5, 0 },
    { "edt", "America/New_York", -4, 0 },
    { "central ct", "America/Chicago", NO_OFFSET, -6 },
    { "cst", "America/Chicago", -6, 0 },
    { "cdt", "America/Chicago", -5, 0 },
    { "mountain mt", "America/Denver", NO_OFFSET, -7 },
    { "mst", "America/Denver", -7, 0 },
    { "mdt", "America/Denver", -6, 0 },
    { "pacific pt", "America/Los_Angeles", NO_OFFSET, -8 },
    { "pst", "America/Los_Angeles", -8, 0 },
    { "pdt", "America/Los_Angeles", -7, 0 },
    { "alaska", "America/Anchorage", NO_OFFSET, -9 },
    { "akst", "America/Anchorage", -9, 0 },
    { "akdt", "America/Anchorage", -8, 0 },
    { "hawaii hst", "Pacific/Honolulu", NO_OFFSET, 0 },
    { "utc gmt zulu", "UTC", 0, 0 },
    { "atlantic", "America/Halifax", NO_OFFSET, -4 },
    { "ast", "America/Halifax", -4, 0 },
    { "adt", "America/Halifax", -3, 0 },
    { "newfoundland nst ndt", "America/St_Johns", NO_OFFSET, 0 },
    { "bst", "Europe/London", 1, 0 },
    { "cet", "Europe/Berlin", 1, 0 },
    { "cest", "Europe/Berlin", 2, 0 },
    { "eet", "Europe/Athens", 2, 0 },
    { "eest", "Europe/Athens", 3, 0 },
    { "aest", "Australia/Sydney", 10, 0 },
    { "aedt", "Australia/Sydney", 11, 0 },
    { "acst acdt", "Australia/Adelaide", NO_OFFSET, 0 },
    { "awst", "Australia/Perth", NO_OFFSET, 0 },
    { "nzst", "Pacific/Auckland", 12, 0 },
    { "nzdt", "Pacific/Auckland", 13, 0 },
    { "jst", "Asia/Tokyo", NO_OFFSET, 0 },
    { "ist", "Asia/Kolkata", NO_OFFSET, 0 },
    { "sgt", "Asia/Singapore", NO_OFFSET, 0 },
    { "hkt", "Asia/Hong_Kong", NO_OFFSET, 0 },
};

/* These need "time" behind them. */
static const struct {
    const char *phrase, *zone;
} cities[] = {
    { "new york", "America/New_York" },
    { "east coast", "America/New_York" },
    { "chicago", "America/Chicago" },
    { "texas", "America/Chicago" },
    { "denver", "America/Denver" },
    { "arizona", "America/Phoenix" },
    { "phoenix", "America/Phoenix" },
    { "los angeles", "America/Los_Angeles" },
    { "california", "America/Los_Angeles" },
    { "west coast", "America/Los_Angeles" },
    { "san francisco", "America/Los_Angeles" },
    { "seattle", "America/Los_Angeles" },
    { "london", "Europe/London" },
    { "uk", "Europe/London" },
    { "paris", "Europe/Paris" },
    { "berlin", "Europe/Berlin" },
    { "india", "Asia/Kolkata" },
    { "tokyo", "Asia/Tokyo" },
    { "sydney", "Australia/Sydney" },
};

static int city_read(const struct heard_words *words, int i, struct place *place)
{
    for (size_t n = 0; n < sizeof cities / sizeof *cities; n++) {
        int used = words_phrase(words, i, cities[n].phrase);
        if (used && word_is(words, i + used, "time")) {
            place->zone = zone_find(cities[n].zone);
            return used + 1;
        }
    }
    return 0;
}

static int own_read(const struct heard_words *words, int i)
{
    return word_in(words, i, "local our your my") && word_is(words, i + 1, "time") ? 2 : 0;
}

/* "UTC+2", "GMT -03:30". */
static int utc_offset_read(const struct heard_words *words, int i, struct place *place)
{
    int64_t hours = word_digits(words, i + 2);
    if (!word_in(words, i, "utc gmt") || !word_in(words, i + 1, "+ -") || !words->at[i + 2].glued ||
        hours < 0 || hours > 18)
        return 0;
    bool colon = word_is_mark(words, i + 3, ':') && word_digits(words, i + 4) >= 0;
    int64_t minutes = hours * 60 + (colon ? word_digits(words, i + 4) % 60 : 0);
    *place = (struct place){ .offset_said = true, .offset = (int)minutes * 60 };
    if (word_is_mark(words, i + 1, '-'))
        place->offset = -place->offset;
    return colon ? 5 : 3;
}

/* An abbreviation is first that of the zone one is in: "MST" in Phoenix, "IST" in Dublin. */
static bool is_own_abbreviation(const struct listener *listener, int i)
{
    for (int half = 0; half < 2; half++) {
        int64_t instant = listener->now + half * 182 * DAY_MS;
        char *abbreviation = text_lower(NULL, zone_abbreviation(listener->zone, instant));
        bool own = word_is(listener->words, i, abbreviation);
        mem_free(abbreviation);
        if (own)
            return true;
    }
    return false;
}

/* "CST" means another time in Shanghai than in Chicago. */
static bool is_far(const struct listener *listener, int hours)
{
    int own = zone_offset(listener->zone, listener->now);
    return abs(own - hours * 3600) > 3600;
}

bool place_is_named(const struct heard_words *words, int i)
{
    for (size_t n = 0; n < sizeof zones / sizeof *zones; n++)
        if (word_in(words, i, zones[n].words))
            return true;
    return false;
}

int place_read(const struct listener *listener, int i, struct place *place)
{
    const struct heard_words *words = listener->words;
    *place = (struct place){ 0 };
    for (size_t n = 0; n < sizeof zones / sizeof *zones; n++) {
        if (!word_in(words, i, zones[n].words))
            continue;
        bool standard = word_is(words, i + 1, "standard"),
             daylight = word_is(words, i + 1, "daylight");
        int used = 1 + (standard || daylight);
        used += word_is(words, i + used, "time");
        if (utc_offset_read(words, i, place))
            return utc_offset_read(words, i, place);
        if (!ends_clearly(words, i + used))
            return 0; /* "Mountain View" */
        bool named = zones[n].standard && (standard || daylight);
        int hours = named ? zones[n].standard + daylight : zones[n].hours;
        bool own = is_own_abbreviation(listener, i);
        place->zone = own ? listener->zone : zone_find(zones[n].zone);
        place->offset_said = hours != NO_OFFSET && !(own && is_far(listener, hours));
        place->offset = place->offset_said ? hours * 3600 : 0;
        return used;
    }
    int used = city_read(words, i, place);
    return used ? used : own_read(words, i);
}

int offset_read(const struct heard_words *words, int i, struct place *place)
{
    *place = (struct place){ .offset_said = true };
    if (word_is(words, i, "z") && words->at[i].glued)
        return 1;
    int64_t hours = word_digits(words, i + 1), minutes = 0;
    if (hours < 0 || !word_in(words, i, "+ -") || !words->at[i + 1].glued)
        return 0;
    bool colon = word_is_mark(words, i + 2, ':');
    if (colon)
        minutes = word_digits(words, i + 3);
    else if (strlen(words->at[i + 1].text) == 4)
        minutes = hours % 100, hours /= 100;
    if (hours > 18 || minutes < 0 || minutes > 59)
        return 0;
    place->offset = (int)(hours * 3600 + minutes * 60) * (word_is_mark(words, i, '-') ? -1 : 1);
    return colon ? 4 : 2;
}
