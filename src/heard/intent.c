#include "heard/intent.h"
#include "heard/intent_features.h"
#include "heard/intent_weights.h"
#include <math.h>
#include <stdlib.h>

static int weight_compare(const void *key, const void *entry)
{
    uint32_t hash = *(const uint32_t *)key, other = ((const struct intent_weight *)entry)->hash;
    return (hash > other) - (hash < other);
}

static void scores_compute(const char *text, double scores[INTENT_COUNT])
{
    uint32_t features[INTENT_FEATURES];
    size_t count = intent_features(text, features);
    for (int intent = 0; intent < INTENT_COUNT; intent++)
        scores[intent] = intent_bias[intent];
    for (size_t i = 0; i < count; i++) {
        const struct intent_weight *weight =
            bsearch(&features[i], intent_weights, sizeof intent_weights / sizeof *intent_weights,
                    sizeof *intent_weights, weight_compare);
        for (int intent = 0; weight && intent < INTENT_COUNT; intent++)
            scores[intent] += (double)weight->weights[intent] / sqrt((double)count);
    }
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
