/* Trains the intent model when the program is built:
 *
 *     train_intent data/intents.tsv > src/heard/intent_weights.h
 *     train_intent --check data/intents.tsv
 *
 * The second form prints how well the model does on utterances it was not trained on. A line of the
 * file is an intent, a tab and an utterance; empty lines and those that begin with # are skipped.
 * Neighbouring lines are variants of one utterance, so cross-validation takes the file in blocks.
 */
#include "heard/intent_features.h"
#include <errno.h>
#include <inttypes.h>
#include <linear.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum { FOLDS = 10, BLOCK = 24, LINE = 2048, SHARPNESSES = 100, WEIGHT_MOST = INT8_MAX };
static const double cost = 2; /* how much an error weighs against simplicity */

struct corpus {
    int count;
    double *intents;             /* of each utterance */
    struct feature_node **nodes; /* its features as liblinear wants them, which counts from 1 */
};

_Noreturn static void fail(const char *what, const char *which)
{
    fprintf(stderr, "train_intent: %s: %s\n", which, what);
    exit(EX_DATAERR);
}

static void *grown(void *array, size_t count, size_t size)
{
    void *more = reallocarray(array, count, size);
    if (!more)
        exit(EX_OSERR);
    return more;
}

/* ---- reading ---- */

static int intent_find(const char *name)
{
    for (int intent = 0; intent < INTENT_COUNT; intent++)
        if (!strcmp(name, words_name(&words_intent, intent)))
            return intent;
    fail("no such intent", name);
}

/* The utterances of the file, *count of them, and their intents. */
static char **utterances_read(const char *path, int *count, double **intents)
{
    char line[LINE], **utterances = NULL;
    FILE *file = fopen(path, "r");
    if (!file)
        fail(strerror(errno), path);
    *count = 0;
    *intents = NULL;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (!*line || *line == '#')
            continue;
        if (!tab)
            fail("no tab", line);
        *tab = '\0';
        utterances = grown(utterances, (size_t)*count + 1, sizeof *utterances);
        *intents = grown(*intents, (size_t)*count + 1, sizeof **intents);
        utterances[*count] = strdup(tab + 1);
        (*intents)[(*count)++] = intent_find(line);
    }
    fclose(file);
    return utterances;
}

static struct feature_node *nodes_make(const char *utterance)
{
    uint16_t features[INTENT_FEATURES];
    size_t count = intent_features(utterance, features);
    struct feature_node *nodes = grown(NULL, count + 2, sizeof *nodes);
    for (size_t i = 0; i < count; i++)
        nodes[i] = (struct feature_node){ features[i] + 1, 1 / sqrt((double)count) };
    nodes[count] = (struct feature_node){ INTENT_SPACE + 1, 1 }; /* the bias */
    nodes[count + 1].index = -1;
    return nodes;
}

static struct corpus corpus_read(const char *path)
{
    struct corpus corpus = { .count = 0 };
    char **utterances = utterances_read(path, &corpus.count, &corpus.intents);
    corpus.nodes = grown(NULL, (size_t)corpus.count + 1, sizeof *corpus.nodes);
    for (int i = 0; i < corpus.count; i++)
        corpus.nodes[i] = nodes_make(utterances[i]);
    return corpus;
}

/* ---- training ---- */

static void print_nothing(const char *text)
{
    (void)text;
}

/* Trains on the utterances outside a fold; fold -1 on all. */
static struct model *model_train(const struct corpus *corpus, int fold)
{
    struct problem problem = { .n = INTENT_SPACE + 1, .bias = 1 };
    problem.x = grown(NULL, (size_t)corpus->count + 1, sizeof *problem.x);
    problem.y = grown(NULL, (size_t)corpus->count + 1, sizeof *problem.y);
    for (int i = 0; i < corpus->count; i++) {
        if (i / BLOCK % FOLDS == fold)
            continue;
        problem.x[problem.l] = corpus->nodes[i];
        problem.y[problem.l++] = corpus->intents[i];
    }
    struct parameter parameter = { .solver_type = L2R_L2LOSS_SVC_DUAL, .eps = 0.01, .C = cost };
    set_print_string_function(print_nothing);
    return train(&problem, &parameter);
}

static void scores_of(const struct model *model, const struct feature_node *nodes,
                      double scores[INTENT_COUNT])
{
    double values[INTENT_COUNT];
    predict_values(model, nodes, values);
    for (int i = 0; i < INTENT_COUNT; i++)
        scores[model->label[i]] = values[i];
}

/* The scores of every utterance by a model that has not seen it. */
static double (*scores_cross(const struct corpus *corpus))[INTENT_COUNT]
{
    double(*scores)[INTENT_COUNT] = grown(NULL, (size_t)corpus->count + 1, sizeof *scores);
    for (int fold = 0; fold < FOLDS; fold++) {
        struct model *model = model_train(corpus, fold);
        for (int i = 0; i < corpus->count; i++)
            if (i / BLOCK % FOLDS == fold)
                scores_of(model, corpus->nodes[i], scores[i]);
        free_and_destroy_model(&model);
    }
    return scores;
}

/* ---- confidence ---- */

static double share(const double scores[INTENT_COUNT], int intent, double sharpness)
{
    double sum = 0;
    for (int i = 0; i < INTENT_COUNT; i++)
        sum += exp(sharpness * (scores[i] - scores[intent]));
    return 1 / sum;
}

/* The sharpness with which shares come closest to how often the guess is right (least log loss). */
static double sharpness_find(const struct corpus *corpus, double (*scores)[INTENT_COUNT])
{
    double best = 1, least = HUGE_VAL;
    for (int step = 1; step <= SHARPNESSES; step++) {
        double sharpness = step / 10.0, loss = 0;
        for (int i = 0; i < corpus->count; i++)
            loss -= log(share(scores[i], (int)corpus->intents[i], sharpness));
        if (loss < least) {
            least = loss;
            best = sharpness;
        }
    }
    return best;
}

static int best_of(const double scores[INTENT_COUNT])
{
    int best = 0;
    for (int i = 1; i < INTENT_COUNT; i++)
        if (scores[i] > scores[best])
            best = i;
    return best;
}

/* ---- what is printed ---- */

/* What a kept weight of 1 stands for: the heaviest one just fits. */
static double step_find(const struct model *model)
{
    double most = 0;
    for (int i = 0; i < INTENT_SPACE * INTENT_COUNT; i++)
        most = fmax(most, fabs(model->w[i]));
    return most / WEIGHT_MOST;
}

static void weights_print(const struct model *model, double sharpness)
{
    int place[INTENT_COUNT]; /* of each intent in the model */
    double step = step_find(model);
    for (int i = 0; i < INTENT_COUNT; i++)
        place[model->label[i]] = i;
    printf("/* Made by train_intent. */\nstatic const double intent_sharpness = %g;\n"
           "static const double intent_step = %.9g;\nstatic const double intent_bias[] = {\n",
           sharpness, step);
    for (int i = 0; i < INTENT_COUNT; i++)
        printf("%.9g,\n", model->w[INTENT_SPACE * INTENT_COUNT + place[i]]);
    printf("};\nstatic const int8_t intent_weights[INTENT_SPACE][INTENT_COUNT] = {\n");
    for (int feature = 0; feature < INTENT_SPACE; feature++) {
        printf("{");
        for (int i = 0; i < INTENT_COUNT; i++)
            printf("%ld,", lrint(model->w[feature * INTENT_COUNT + place[i]] / step));
        printf("},\n");
    }
    printf("};\n");
}

/* How often guesses were right, by how sure they were. */
struct calibration {
    int guesses[10], hits[10];
    double confidence[10]; /* summed */
};

static void calibration_print(const struct calibration *calibration, int count)
{
    double error = 0;
    for (int i = 0; i < 10; i++) {
        error += fabs(calibration->confidence[i] - calibration->hits[i]);
        if (calibration->guesses[i] > 0)
            printf("confidence %.1f to %.1f: %4d guesses, %5.1f %% right\n", i / 10.0,
                   (i + 1) / 10.0, calibration->guesses[i],
                   100.0 * calibration->hits[i] / calibration->guesses[i]);
    }
    printf("expected calibration error %.3f\n", error / count);
}

static void confusion_print(int table[INTENT_COUNT][INTENT_COUNT])
{
    printf("meant (down), guessed (across):\n");
    for (int i = 0; i < INTENT_COUNT; i++) {
        printf("%-18s", words_name(&words_intent, i));
        for (int k = 0; k < INTENT_COUNT; k++)
            printf("%6d", table[i][k]);
        printf("\n");
    }
}

static void check_print(const struct corpus *corpus, double (*scores)[INTENT_COUNT],
                        double sharpness)
{
    int right = 0, table[INTENT_COUNT][INTENT_COUNT] = { 0 };
    struct calibration calibration = { 0 };
    for (int i = 0; i < corpus->count; i++) {
        int meant = (int)corpus->intents[i], guess = best_of(scores[i]);
        double confidence = share(scores[i], guess, sharpness);
        int tenth = (int)fmin(9, 10 * confidence);
        right += guess == meant;
        table[meant][guess]++;
        calibration.guesses[tenth]++;
        calibration.hits[tenth] += guess == meant;
        calibration.confidence[tenth] += confidence;
    }
    printf("%d of %d right (%.1f %%), sharpness %g\n", right, corpus->count,
           100.0 * right / corpus->count, sharpness);
    confusion_print(table);
    calibration_print(&calibration, corpus->count);
}

int main(int argc, char **argv)
{
    bool check = argc == 3 && !strcmp(argv[1], "--check");
    if (argc != 2 && !check) {
        fprintf(stderr, "usage: train_intent [--check] FILE\n");
        return EX_USAGE;
    }
    struct corpus corpus = corpus_read(argv[argc - 1]);
    double(*scores)[INTENT_COUNT] = scores_cross(&corpus);
    double sharpness = sharpness_find(&corpus, scores);
    if (check)
        check_print(&corpus, scores, sharpness);
    else
        weights_print(model_train(&corpus, -1), sharpness);
    return ferror(stdout) || fclose(stdout) ? EX_IOERR : EX_OK;
}
