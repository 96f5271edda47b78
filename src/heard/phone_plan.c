#include "heard/phone_plan.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- patterns ---- */

/* Whether digit is in the class of which *at shows the first character; moves *at behind it. */
static bool class_match(const char **at, char digit)
{
    const char *p = *at;
    bool found = false;
    if (*p != '[') {
        *at = p + 1;
        return *p == 'x' ? digit != '\0' : *p == digit;
    }
    for (p++; *p && *p != ']'; p++) {
        char low = *p;
        if (p[1] == '-')
            p += 2;
        found = found || (digit >= low && digit <= *p);
    }
    *at = *p ? p + 1 : p;
    return found;
}

static bool ends(const char *p)
{
    return *p == '\0' || *p == ' ';
}

/* Where the alternative in which p stands ends: at its '|', at its ')', or at the pattern's end. */
static const char *alternative_end(const char *p)
{
    for (int depth = 0; !ends(p); p++) {
        if (depth == 0 && (*p == '|' || *p == ')'))
            break;
        depth += (*p == '(') - (*p == ')');
    }
    return p;
}

static const char *group_end(const char *p)
{
    while (*(p = alternative_end(p)) == '|')
        p++;
    return *p == ')' ? p + 1 : p;
}

/* What follows a group is matched from the end of each of its alternatives. */
static int pattern_match(const char *p, const char *digits, int used)
{
    while (!ends(p) && *p != ')' && *p != '|') {
        if (*p == '(') {
            int found;
            do
                found = pattern_match(++p, digits, used);
            while (found < 0 && *(p = alternative_end(p)) == '|');
            return found;
        }
        if (!class_match(&p, digits[used]))
            return -1;
        used++;
    }
    return ends(p) ? used : pattern_match(group_end(p), digits, used);
}

int phone_pattern_match(const char *pattern, const char *digits)
{
    int used;
    while ((used = pattern_match(pattern, digits, 0)) < 0 &&
           !ends(pattern = alternative_end(pattern)))
        pattern++;
    return used;
}

/* ---- plans ---- */

static int plan_compare(const void *key, const void *member)
{
    const struct phone_plan *plan = member;
    return strncmp(key, plan->code, strlen(plan->code));
}

const struct phone_plan *phone_plan_find(const char *international)
{
    return bsearch(international, phone_plans, phone_plan_count, sizeof *phone_plans, plan_compare);
}

/* Moves *at behind "9,10:" and says whether length is one of them. */
static bool length_take(const char **at, size_t length)
{
    bool found = false;
    char *end;
    do {
        found = strtoul(*at, &end, 10) == length || found;
        *at = end + 1;
    } while (*end == ',');
    return found;
}

bool phone_plan_has(const struct phone_plan *plan, const char *national)
{
    size_t length = strlen(national);
    const char *at = plan->numbers;
    while (*at) {
        if (length_take(&at, length) && phone_pattern_match(at, national) >= 0)
            return true;
        at += strcspn(at, " ");
        at += *at == ' ';
    }
    return false;
}

/* ---- regions ---- */

static int country_compare(const void *key, const void *member)
{
    const struct phone_country *country = member;
    return strcasecmp(key, country->region);
}

const struct phone_country *phone_country_find(const char *region)
{
    return bsearch(region, phone_countries, phone_country_count, sizeof *phone_countries,
                   country_compare);
}
