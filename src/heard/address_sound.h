/* How alike two street names are to the ear and to the eye. Words are lower-case ASCII. */
#ifndef AR_HEARD_ADDRESS_SOUND_H
#define AR_HEARD_ADDRESS_SOUND_H

#include <stdbool.h>
#include <stddef.h>

enum {
    SOUND_KEY = 24,      /* room for a key */
    SOUND_KEY_SHORT = 3, /* keys shorter than this are only found whole */
    SOUND_WORD = 64      /* letters of a word that count */
};

/* The word's consonants as they sound, a vowel at its beginning as "A": "washington" is "WXNGTN".
 * Digits stand for themselves. */
void sound_key(const char *word, char key[SOUND_KEY]);

/* A key without the consonant at place `at`. */
void sound_key_without(const char *key, size_t at, char shorter[SOUND_KEY]);

/* A word with its sound worked out. */
struct sound {
    const char *word;
    char sounds[SOUND_WORD];
    char key[SOUND_KEY];
};

struct sound sound_of(const char *word);

enum { PLURAL_SHORT = 3 }; /* shorter words are not compared with their plurals */

enum likeness { LIKE_SAME, LIKE_SOUND, LIKE_NEAR, LIKE_NOT };

/* Equal, equal to the ear (Reed, Read), misspelt (Jeferson), or different words. Two that are alike
 * have keys that are equal, or become equal by leaving out one consonant of either or both, neither
 * being shorter than SOUND_KEY_SHORT, or differ in a last "s": the index relies on it. */
enum likeness sounds_compare(const struct sound *said, const struct sound *listed);

#endif
