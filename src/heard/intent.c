#include "heard/intent.h"
#include "heard/intent_features.h"
#include "heard/intent_weights.h"
#include <math.h>

static void scores_compute(const char *text, double scores[INTENT_COUNT])
{
    uint16_t features[INTENT_FEATURES];
    size_t count = intent_features(text, features);
    int32_t sums[INTENT_COUNT] = { 0 };
    for (size_t i = 0; i < count; i++)
        for (int intent = 0; intent < INTENT_COUNT; intent++)
            sums[intent] += intent_weights[features[i]][intent];
    double value = 1 / sqrt((double)(count ? count : 1));
    for (int intent = 0; intent < INTENT_COUNT; intent++)
        scores[intent] = intent_bias[intent] + intent_step * value * sums[intent];
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
