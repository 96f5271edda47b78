/* Zones as they are said behind a time: "eastern", "PST", "New York time", "+02:00". */
#include "heard/when_said.h"
#include <string.h>

enum { NO_OFFSET = INT32_MAX };

static const struct {
    const char *words;
    const char *zone;
    int hours; /* the offset that an abbreviation tells; it decides only where a time comes twice */
} zones[] = {
    { "eastern et", "America/New_York", NO_OFFSET },
    { "est", "America/New_York", -5 },
    { "edt", "America/New_York", -4 },
    { "central ct", "America/Chicago", NO_OFFSET },
    { "cst", "America/Chicago", -6 },
    { "cdt", "America/Chicago", -5 },
    { "mountain mt", "America/Denver", NO_OFFSET },
    { "mst", "America/Denver", -7 },
    { "mdt", "America/Denver", -6 },
    { "pacific pt", "America/Los_Angeles", NO_OFFSET },
    { "pst", "America/Los_Angeles", -8 },
    { "pdt", "America/Los_Angeles", -7 },
    { "alaska akst akdt", "America/Anchorage", NO_OFFSET },
    { "hawaii hst", "Pacific/Honolulu", NO_OFFSET },
    { "utc gmt zulu", "UTC", 0 },
    { "bst", "Europe/London", 1 },
    { "cet", "Europe/Berlin", 1 },
    { "cest", "Europe/Berlin", 2 },
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

int place_read(const struct heard_words *words, int i, struct place *place)
{
    *place = (struct place){ 0 };
    for (size_t n = 0; n < sizeof zones / sizeof *zones; n++) {
        if (!word_in(words, i, zones[n].words))
            continue;
        int used = 1 + word_in(words, i + 1, "standard daylight");
        used += word_is(words, i + used, "time");
        if (!ends_clearly(words, i + used))
            return 0; /* "Mountain View" */
        place->zone = zone_find(zones[n].zone);
        place->offset_said = zones[n].hours != NO_OFFSET;
        place->offset = place->offset_said ? zones[n].hours * 3600 : 0;
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
    if (hours < 0 || !word_in(words, i, "+ -") || !words->at[i].glued)
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
