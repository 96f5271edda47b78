#include "base/mem.h"
#include "heard/redact_rules.h"
#include <string.h>

static const char titles[] = "mr mrs ms miss dr doctor prof professor sir madam mister";
static const char suffixes[] = "jr sr ii iii iv esq junior senior phd md";
static const char particles[] = "de la las los del della da das dos du van von der den ter bin al el le";
/* Surnames that are everyday words: names only where something else says so. */
static const char everyday[] =
    "price long young king hill hills white green brown park parks rose stone baker best wood woods "
    "banks bank rich field fields bush cook black gray grey fox wolf day snow summer summers winter "
    "winters love bishop church hall house lane street rivers lake garden frost moon sharp small little "
    "short strong power powers noble case cash chance major pope page mason porter fisher hunter may "
    "april june august march marsh ford bridges wells cross glass gold silver bright good mann mills "
    "walls bond sales sells key keys law land home new old north south east west view rush bean rice "
    "berry cherry branch brook brooks forest grove ridge valley pond pool waters weeks will wise low "
    "light post pace grant moore blue cruise speed stand story temple tower vista swift court place way";

enum { NAMES = 8, NAME_TEXT = 64 };

/* The caller's name as it may appear. */
struct caller {
    struct redact_text name;
    size_t first_end; /* words 0..first_end-1 are the given name */
    size_t end;       /* words first_end..end-1 the surname, with particles */
};

static bool is_word_of(const struct redact_text *text, size_t i, const struct redact_text *name,
                       size_t from, size_t to)
{
    const char *word = text->words.all[i].plain;
    for (size_t k = from; k < to; k++) {
        const char *part = name->words.all[k].plain;
        size_t len = strlen(part);
        if (len > 1 && !strncmp(word, part, len) &&
            (!word[len] || !strcmp(word + len, "s") || !strcmp(word + len, "es")))
            return true;
    }
    return false;
}
