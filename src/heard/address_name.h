/* A street's name among the words that were said. */
#ifndef AR_HEARD_ADDRESS_NAME_H
#define AR_HEARD_ADDRESS_NAME_H

#include "heard/address_letter.h"
#include "heard/address_said.h"
#include "heard/address_sound.h"

enum { NAME_WORDS = 8 }; /* further words of a listing's street name are not compared */

/* A listing's street name, prepared for comparing. */
struct name {
    size_t count;
    struct {
        const char *text;   /* canonical */
        struct sound sound; /* of the word in full */
        bool optional;      /* may be left out: Jr, El */
    } words[NAME_WORDS];
    const char *suffix;              /* in full; NULL if there is none */
    char initials[ADDRESS_INITIALS]; /* "mlk" of a name of three words, else "" */
};

struct name name_prepare(const struct address *listing);

/* How alike the street name and the words said from place `at` on are; LIKE_NOT if it is not said
 * there. *words is the number of words it takes. Words may be run together or apart (Greenwood,
 * Green Wood). */
enum likeness name_match(const struct address_heard *heard, size_t at, const struct name *name,
                         size_t *words);

#endif
