#include "heard/intent.h"
#include "heard/intent_features.h"
#include "heard/intent_weights.h"
#include <math.h>
#include <stdlib.h>

static int hash_compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void scores_compute(const char *text, double scores[INTENT_COUNT])
{
    uint32_t features[INTENT_FEATURES];
    size_t count = intent_features(text, features);
    int32_t sums[INTENT_COUNT] = { 0 };
    for (size_t i = 0; i < count; i++) {
        const uint32_t *found =
            bsearch(&features[i], intent_hashes, sizeof intent_hashes / sizeof *intent_hashes,
                    sizeof *intent_hashes, hash_compare);
        for (int intent = 0; found && intent < INTENT_COUNT; intent++)
            sums[intent] += intent_weights[found - intent_hashes][intent];
    }
    double value = 1 / sqrt((double)(count ? count : 1));
    for (int intent = 0; intent < INTENT_COUNT; intent++)
        scores[intent] = INTENT_WEIGHT_STEP * (intent_bias[intent] + value * sums[intent]);
}

struct intent_guess intent_guess(const char *text)
{
    double scores[INTENT_COUNT], sum = 0;
    int best = INTENT_GENERAL;
    scores_compute(text, scores);
    for (int intent = 0; intent < INTENT_COUNT; intent++)
        if (scores[intent] > scores[best])
            best = intent;
    for (int intent = 0; intent < INTENT_COUNT; intent++)
        sum += exp(intent_sharpness * (scores[intent] - scores[best]));
    return (struct intent_guess){ (enum intent)best, 1 / sum };
}
