#include "understand_rows.h"
#include "base/mem.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

const char *row_text(struct json_object *object, const char *key)
{
    return json_object_get_string(json_object_object_get(object, key));
}

bool row_has(struct json_object *object, const char *key)
{
    return json_object_object_get_ex(object, key, NULL);
}

int rows_check(const char *file, bool (*check)(void *mem, struct json_object *in,
                                               struct json_object *expect, const char **answer))
{
    void *mem = mem_context(NULL);
    const char *source = getenv("srcdir");
    FILE *rows = fopen(mem_printf(mem, "%s/tests/data/%s", source ? source : ".", file), "r");
    ck_assert_msg(rows != NULL, "no %s", file);
    char line[8192];
    int count = 0, wrong = 0;
    for (; fgets(line, sizeof line, rows); count++) {
        struct json_object *row = json_tokener_parse(line);
        ck_assert_msg(row != NULL, "%s:%d is no JSON", file, count + 1);
        const char *answer = "";
        if (!check(mem, json_object_object_get(row, "in"), json_object_object_get(row, "expect"),
                   &answer)) {
            printf("%s:%d: %s but %s\n", file, count + 1, json_object_to_json_string(row), answer);
            wrong++;
        }
        json_object_put(row);
    }
    printf("%s: %d of %d as expected\n", file, count - wrong, count);
    fflush(stdout); /* the assertion that follows may end the process */
    fclose(rows);
    mem_free(mem);
    return wrong;
}
