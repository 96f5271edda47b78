#include "heard/address.h"
#include "heard/address_fit.h"
#include <string.h>

/* What the candidates are to what was said, place by place. */
struct choice {
    const struct address *const *candidates;
    struct fit *fits;
    size_t count;
};

static bool same_text(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

/* Whether two listings' streets have names that one misspelling may mean. */
static bool alike_name(const struct address *a, const struct address *b)
{
    if (a->word_count != b->word_count)
        return false;
    for (size_t i = 0; i < a->word_count; i++) {
        struct sound one = sound_of(a->words[i]), other = sound_of(b->words[i]);
        if (sounds_compare(&one, &other) == LIKE_NOT)
            return false;
    }
    return true;
}

/* ---- sets of candidates ---- */

enum { EXACT_NAME = 1, ALIKE_NAME = 2, RIGHT_SUFFIX = 4, WRONG_SUFFIX = 8 };

static unsigned fit_sort(const struct fit *fit)
{
    if (!fit->fits)
        return 0;
    return (fit->name == LIKE_SAME ? EXACT_NAME : ALIKE_NAME) |
           (fit->parts & FIT_WRONG_SUFFIX ? WRONG_SUFFIX : RIGHT_SUFFIX);
}

/* Whether a candidate is of one of the sorts: its name and its suffix are both among them. */
static bool is_sort(const struct fit *fit, unsigned sorts)
{
    unsigned sort = fit_sort(fit);
    return sort && (sort & sorts) == sort;
}

static size_t sort_count(const struct choice *choice, unsigned sorts)
{
    size_t count = 0;
    for (size_t i = 0; i < choice->count; i++)
        count += is_sort(&choice->fits[i], sorts);
    return count;
}

/* ---- the rules ---- */

/* Whether another listing has the number of candidate `at`, its name or one like it, and the suffix
 * that was said. */
static bool suffix_exists(const struct choice *choice, size_t at)
{
    const struct address *meant = choice->candidates[at];
    for (size_t i = 0; i < choice->count; i++) {
        const struct address *other = choice->candidates[i];
        bool same_number =
            !(choice->fits[at].parts & FIT_NUMBER) || same_text(other->number, meant->number);
        if (same_number && alike_name(other, meant) &&
            same_text(other->suffix, choice->fits[at].suffix))
            return true;
    }
    return false;
}

/* Whether number, name and suffix were said as the listing has them, and it has no direction or
 * unit beyond those said. */
static bool is_exact(const struct choice *choice, size_t i)
{
    const struct address *listing = choice->candidates[i];
    unsigned parts = choice->fits[i].parts;
    return parts & FIT_NUMBER && parts & FIT_NAME && (!listing->suffix || parts & FIT_SUFFIX) &&
           (!listing->before || parts & FIT_BEFORE) && (!listing->after || parts & FIT_AFTER) &&
           (!listing->unit || parts & FIT_UNIT);
}

/* The only exact one of the sort; choice->count if there is none or several. */
static size_t exact_find(const struct choice *choice, unsigned sorts)
{
    size_t found = choice->count;
    for (size_t i = 0; i < choice->count; i++) {
        if (!is_sort(&choice->fits[i], sorts) || !is_exact(choice, i))
            continue;
        if (found < choice->count)
            return choice->count;
        found = i;
    }
    return found;
}

static double fit_score(const struct fit *fit)
{
    static const double by_likeness[] = { [LIKE_SAME] = 1, [LIKE_SOUND] = 0.9, [LIKE_NEAR] = 0.8 };
    return by_likeness[fit->name] - (fit->parts & FIT_WRONG_SUFFIX ? 0.2 : 0);
}

static struct address_match match_none(void)
{
    return (struct address_match){ .kind = ADDRESS_NONE };
}

static struct address_match match_one(void *mem, const struct choice *choice, size_t at)
{
    size_t *which = mem_new_array(mem, size_t, 1);
    *which = at;
    return (struct address_match){ ADDRESS_ONE, which, 1, fit_score(&choice->fits[at]) };
}

/* All of those sorts: the one, or those to be asked about. */
static struct address_match match_all(void *mem, const struct choice *choice, unsigned sorts)
{
    struct address_match match = { .which = mem_new_array(mem, size_t, choice->count) };
    for (size_t i = 0; i < choice->count; i++) {
        if (!is_sort(&choice->fits[i], sorts))
            continue;
        match.which[match.count++] = i;
        double score = fit_score(&choice->fits[i]);
        match.score = score > match.score ? score : match.score;
    }
    match.kind = match.count == 1 ? ADDRESS_ONE : ADDRESS_ASK;
    return match;
}

/* The suffix that was said fits none: forgiven where nothing else can be meant. */
static struct address_match match_forgiven(void *mem, const struct choice *choice, unsigned sorts)
{
    struct address_match match = match_all(mem, choice, sorts);
    if (match.count == 1 && suffix_exists(choice, match.which[0]))
        return match_none();
    return match;
}

static struct address_match fits_choose(void *mem, const struct choice *choice)
{
    const unsigned names[] = { EXACT_NAME, ALIKE_NAME };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        unsigned right = names[i] | RIGHT_SUFFIX, wrong = names[i] | WRONG_SUFFIX;
        size_t exact = exact_find(choice, right);
        if (exact < choice->count)
            return match_one(mem, choice, exact);
        if (sort_count(choice, right) > 0)
            return match_all(mem, choice, right);
        if (sort_count(choice, wrong) == 0)
            continue;
        if (sort_count(choice, ALIKE_NAME | RIGHT_SUFFIX) > 0) /* Oak Ave, or Oaks Street? */
            return match_all(mem, choice, wrong | ALIKE_NAME | RIGHT_SUFFIX);
        return match_forgiven(mem, choice, wrong);
    }
    return match_none();
}

struct address_match address_choose(void *mem, const struct address *said,
                                    const struct address *const *candidates, size_t count)
{
    struct choice choice = { candidates, mem_new_array(mem, struct fit, count), count };
    if (!said->heard)
        return match_none();
    for (size_t i = 0; i < count; i++)
        choice.fits[i] = address_fit(said->heard, candidates[i]);
    struct address_match match = fits_choose(mem, &choice);
    mem_free(choice.fits);
    if (match.kind == ADDRESS_ONE && said->heard->either)
        match.kind = ADDRESS_ASK;
    return match;
}
