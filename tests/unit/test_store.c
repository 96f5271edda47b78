/* The tables: every one through its description, and what is particular to each. */
#include "base/instant.h"
#include "store/agents.h"
#include "store/journal.h"
#include "store/offers.h"
#include "store/phone_calls.h"
#include "store/table.h"
#include "store/tasks.h"
#include "store/viewing_rules.h"
#include "support.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct table *const tables[] = {
    &table_agents, &table_phone_numbers, &table_properties,        &table_phone_calls, &table_tasks,
    &table_offers, &table_viewing_hours, &table_viewing_blackouts, &table_open_houses
};

/* ---- records made from the tables' own descriptions ---- */

static int64_t a_call_id;

static void begin(void)
{
    struct phone_call call;
    office_open();
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
    phone_call_init(&call);
    call.head = (struct row_head){ .brokerage_id = office.brokerage_id,
                                   .agent_id = office.agent_id,
                                   .created_at = OFFICE_NOW,
                                   .updated_at = OFFICE_NOW };
    call.direction = DIRECTION_INBOUND;
    call.vapi_call_id = "the first";
    ck_assert_int_eq(phone_call_insert(office.db, &call), ERR_NONE);
    a_call_id = call.head.id;
}

static int64_t id_for(const char *name)
{
    static const struct {
        const char *name;
        const int64_t *id;
    } rows[] = {
        { "brokerage_id", &office.brokerage_id }, { "agent_id", &office.agent_id },
        { "property_id", &office.main_id },       { "phone_call_id", &a_call_id },
        { "phone_number_id", &office.number_id },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (strcmp(rows[i].name, name) == 0)
            return *rows[i].id;
    ck_abort_msg("whose id is %s?", name);
    return NO_VALUE;
}

/* Gives the field a value that its table takes, another one for each variant. */
static void value_set(const struct field *field, void *record, int variant)
{
    int64_t number = (field->min > 0 ? field->min : 0) + variant + 1;
    switch (field->type) {
    case FIELD_ID:
        *field_int(field, record) = id_for(field->name);
        break;
    case FIELD_BOOL:
        *field_bool(field, record) = variant % 2 && strcmp(field->name, "is_primary") != 0;
        break;
    case FIELD_WORD:
        *field_word(field, record) = variant % field->words->count;
        break;
    case FIELD_REAL:
        *field_real(field, record) = 0.25 * (variant % 4);
        break;
    case FIELD_INSTANT:
        *field_int(field, record) = OFFICE_NOW + variant;
        break;
    case FIELD_TEXT:
        *field_text(field, record) = mem_printf(office.mem, "%s '%d' %%s", field->name, variant);
        break;
    case FIELD_PHONE:
        *field_text(field, record) = mem_printf(office.mem, "+1212555%04d", variant);
        break;
    case FIELD_DATE:
        *field_text(field, record) = mem_printf(office.mem, "2026-01-%02d", variant % 31 + 1);
        break;
    case FIELD_CLOCK:
        *field_text(field, record) = mem_printf(office.mem, "%02d:30", variant % 24);
        break;
    case FIELD_ZONE:
        *field_text(field, record) = variant % 2 ? "Europe/Berlin" : "Asia/Tokyo";
        break;
    default:
        *field_int(field, record) = number;
    }
}

static void *record_of(const struct table *table, int variant)
{
    void *record = mem_check(talloc_zero_size(office.mem, table->size));
    table_clear(table, record);
    for (size_t i = 0; i < table->field_count; i++)
        if (strcmp(table->fields[i].name, "id") != 0)
            value_set(&table->fields[i], record, variant);
    return record;
}

static bool same(const struct field *field, const void *a, const void *b)
{
    switch (field->type) {
    case FIELD_BOOL:
        return *field_bool(field, a) == *field_bool(field, b);
    case FIELD_WORD:
        return *field_word(field, a) == *field_word(field, b);
    case FIELD_REAL:
        return *field_real(field, a) == *field_real(field, b) ||
               (isnan(*field_real(field, a)) && isnan(*field_real(field, b)));
    case FIELD_TEXT:
    case FIELD_PHONE:
    case FIELD_CLOCK:
    case FIELD_DATE:
    case FIELD_ZONE: {
        const char *x = *field_text(field, a), *y = *field_text(field, b);
        return x && y ? strcmp(x, y) == 0 : x == y;
    }
    default:
        return *field_int(field, a) == *field_int(field, b);
    }
}

/* Compares all that is written; except may be NULL. */
static void same_check(const struct table *table, const void *a, const void *b, const char *except)
{
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        bool left_out = except && strcmp(field->name, except) == 0;
        if (!(field->flags & FIELD_DERIVED) && !left_out)
            ck_assert_msg(same(field, a, b), "%s.%s", table->name, field->name);
    }
}

static void *read_back(const struct table *table, int64_t id)
{
    void *record = mem_check(talloc_zero_size(office.mem, table->size));
    ck_assert_int_eq(table_get(office.db, office.mem, table, id, record), ERR_NONE);
    return record;
}

static int64_t inserted(const struct table *table, void *record)
{
    ck_assert_msg(table_insert(office.db, table, record) == ERR_NONE, "%s", table->name);
    return ((struct row_head *)record)->id;
}

/* ---- every table ---- */

START_TEST(a_record_comes_back_as_it_was_inserted)
{
    const struct table *table = tables[_i];
    for (int variant = 0; variant < 30; variant++) {
        void *record = record_of(table, variant);
        same_check(table, record, read_back(table, inserted(table, record)), NULL);
    }
}
END_TEST

START_TEST(what_is_not_known_comes_back_as_not_known)
{
    const struct table *table = tables[_i];
    void *record = record_of(table, 1);
    void *nothing = mem_check(talloc_zero_size(office.mem, table->size));
    table_clear(table, nothing);
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        bool optional = !(field->flags & (FIELD_REQUIRED | FIELD_NOT_NULL | FIELD_DERIVED));
        if (optional && field->type != FIELD_BOOL)
            memcpy((char *)record + field->offset, (char *)nothing + field->offset,
                   field->type == FIELD_WORD ? sizeof(int) : sizeof(int64_t));
    }
    same_check(table, record, read_back(table, inserted(table, record)), NULL);
}
END_TEST

START_TEST(a_change_writes_the_field_that_differs_and_the_time)
{
    const struct table *table = tables[_i];
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        if (field->flags & (FIELD_DERIVED | FIELD_FIXED) || field->type == FIELD_ID ||
            strcmp(field->name, "updated_at") == 0 || strcmp(field->name, "is_primary") == 0)
            continue;
        void *before = record_of(table, 100 + (int)i);
        int64_t id = inserted(table, before);
        void *after = mem_memdup(office.mem, before, table->size);
        value_set(field, after, 201 + (int)i);
        ck_assert_msg(!same(field, before, after), "%s.%s", table->name, field->name);
        ck_assert_msg(table_change(office.db, office.mem, table, before, after, OFFICE_NOW + 777) ==
                          ERR_NONE,
                      "%s.%s", table->name, field->name);
        void *now = read_back(table, id);
        ck_assert_msg(same(field, now, after), "%s.%s", table->name, field->name);
        ck_assert_int_eq(((struct row_head *)after)->updated_at, OFFICE_NOW + 777);
        same_check(table, after, now, NULL);
    }
}
END_TEST

START_TEST(what_is_fixed_is_never_written_again)
{
    const struct table *table = tables[_i];
    void *before = record_of(table, 1);
    int64_t id = inserted(table, before);
    void *after = mem_memdup(office.mem, before, table->size);
    for (size_t i = 0; i < table->field_count; i++)
        if (table->fields[i].flags & FIELD_FIXED && table->fields[i].type != FIELD_ID)
            value_set(&table->fields[i], after, 2);
    ck_assert_int_eq(table_change(office.db, office.mem, table, before, after, OFFICE_NOW + 1),
                     ERR_NONE);
    same_check(table, before, read_back(table, id), NULL);
}
END_TEST

START_TEST(a_change_of_nothing_writes_nothing)
{
    const struct table *table = tables[_i];
    void *before = record_of(table, 1);
    int64_t id = inserted(table, before);
    void *after = mem_memdup(office.mem, before, table->size);
    for (size_t i = 0; i < table->field_count; i++) /* equal texts at another place are equal */
        if (table->fields[i].type == FIELD_TEXT)
            *field_text(&table->fields[i], after) =
                mem_strdup(office.mem, *field_text(&table->fields[i], after));
    int64_t written = sql_int("SELECT total_changes()");
    ck_assert_int_eq(table_change(office.db, office.mem, table, before, after, OFFICE_NOW + 777),
                     ERR_NONE);
    ck_assert_int_eq(sql_int("SELECT total_changes()"), written);
    same_check(table, before, read_back(table, id), NULL);
}
END_TEST

START_TEST(a_deleted_record_is_gone)
{
    const struct table *table = tables[_i];
    int64_t id = inserted(table, record_of(table, 1));
    void *record = record_of(table, 2);
    ck_assert_int_eq(table_delete(office.db, table, id), ERR_NONE);
    ck_assert_int_eq(table_get(office.db, office.mem, table, id, record), ERR_NOT_FOUND);
    ck_assert_int_eq(table_delete(office.db, table, id), ERR_NOT_FOUND);
}
END_TEST

START_TEST(an_id_is_given_once)
{
    const struct table *table = tables[_i];
    int64_t first = inserted(table, record_of(table, 1)),
            second = inserted(table, record_of(table, 2));
    ck_assert_int_eq(second, first + 1);
    ck_assert_int_eq(table_delete(office.db, table, second), ERR_NONE);
    ck_assert_int_eq(table_delete(office.db, table, first), ERR_NONE);
    int64_t third = inserted(table, record_of(table, 3));
    ck_assert_msg(third == second + 1, "%s: %lld after %lld", table->name, (long long)third,
                  (long long)second);
    ck_assert_int_eq(db_part_begin(office.db), ERR_NONE);
    ck_assert_int_eq(table_delete(office.db, table, third), ERR_NONE);
    db_part_undo(office.db);
    ck_assert_int_eq(inserted(table, record_of(table, 4)), third + 1);
}
END_TEST

START_TEST(what_goes_with_a_property_leaves_its_ids_unused)
{
    struct open_house open = { { 0, office.brokerage_id, office.agent_id, 1, 1 },
                               .property_id = office.oak_id,
                               .starts_at = OFFICE_NOW,
                               .ends_at = OFFICE_NOW + 1 };
    int64_t gone = inserted(&table_open_houses, &open);
    ck_assert_int_eq(property_delete(office.db, office.oak_id), ERR_NONE);
    ck_assert_int_eq(sql_int("SELECT COUNT(*) FROM open_houses WHERE id = %lld", (long long)gone),
                     0);
    open.property_id = office.main_id;
    ck_assert_int_gt(inserted(&table_open_houses, &open), gone);
}
END_TEST

START_TEST(pages_hold_every_record_once)
{
    const struct table *table = tables[_i];
    for (int i = 0; i < 25; i++)
        inserted(table, record_of(table, i));
    int64_t all = sql_int("SELECT COUNT(*) FROM %s WHERE brokerage_id = %lld", table->name,
                          (long long)office.brokerage_id);
    bool seen[1000] = { false };
    int64_t total, found = 0;
    for (int64_t offset = 0; offset < all + 14; offset += 7) {
        struct selection selection = { .limit = 7, .offset = offset };
        void *records;
        size_t count;
        selection_add(&selection, "brokerage_id = ?", db_int(office.brokerage_id));
        ck_assert_int_eq(
            table_list(office.db, office.mem, table, &selection, &records, &count, &total),
            ERR_NONE);
        ck_assert_int_eq(total, all);
        for (size_t i = 0; i < count; i++) {
            int64_t id = ((struct row_head *)((char *)records + i * table->size))->id;
            ck_assert_msg(!seen[id], "%s %lld came twice", table->name, (long long)id);
            seen[id] = true;
            found++;
        }
    }
    ck_assert_int_eq(found, all);
}
END_TEST

START_TEST(every_filter_finds_the_record_it_describes)
{
    const struct table *table = tables[_i];
    void *record = record_of(table, 3);
    inserted(table, record);
    for (size_t i = 0; i < table->filter_count; i++) {
        const struct filter *filter = &table->filters[i];
        struct selection selection = { .limit = 100 };
        const struct field *field = table_field(table, filter->name);
        void *records;
        size_t count;
        int64_t total;
        struct db_value value = filter->type == FIELD_INSTANT
                                    ? db_int(OFFICE_NOW + (strcmp(filter->name, "to") ? 0 : 9))
                                : filter->type == FIELD_CENTS
                                    ? db_int(strcmp(filter->name, "max_price") ? 1 : 100000)
                                : filter->type == FIELD_WORD
                                    ? db_text(words_name(filter->words, *field_word(field, record)))
                                : filter->type == FIELD_BOOL ? db_int(*field_bool(field, record))
                                : filter->type == FIELD_TEXT || filter->type == FIELD_PHONE
                                    ? db_text(*field_text(field, record))
                                    : db_int(*field_int(field, record));
        selection_add(&selection, filter->sql, value);
        selection_add(&selection, "id = ?", db_int(((struct row_head *)record)->id));
        ck_assert_msg(table_list(office.db, office.mem, table, &selection, &records, &count,
                                 &total) == ERR_NONE,
                      "%s?%s", table->name, filter->name);
        ck_assert_msg(total == 1 && count == 1, "%s?%s", table->name, filter->name);
    }
}
END_TEST

START_TEST(descriptions_fit_the_columns)
{
    const struct table *table = tables[_i];
    for (size_t i = 0; i < table->field_count; i++) {
        const struct field *field = &table->fields[i];
        ck_assert_msg(field->offset < table->size, "%s.%s", table->name, field->name);
        ck_assert_ptr_eq(table_field(table, field->name), field);
        ck_assert_msg((field->type == FIELD_WORD) == (field->words != NULL), "%s.%s", table->name,
                      field->name);
        int64_t not_null = sql_int("SELECT \"notnull\" OR pk FROM pragma_table_xinfo('%s') "
                                   "WHERE name = '%s'",
                                   table->name, field->name);
        bool never_null = field->flags & (FIELD_REQUIRED | FIELD_NOT_NULL);
        if (never_null && !(field->flags & FIELD_DERIVED))
            ck_assert_msg(not_null == 1, "%s.%s may be NULL", table->name, field->name);
    }
    ck_assert_ptr_null(table_field(table, "no such column"));
    ck_assert_msg(strstr(table->order, "id") != NULL, "the pages of %s are not stable",
                  table->name);
}
END_TEST

START_TEST(a_scope_holds_its_own_records_alone)
{
    struct row_head head = { .brokerage_id = 1, .agent_id = 2 };
    static const struct {
        struct scope scope;
        bool holds;
    } rows[] = {
        { { 1, 2 }, true },  { { 1, NO_VALUE }, true },  { { 1, 3 }, false },
        { { 2, 2 }, false }, { { 2, NO_VALUE }, false },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_msg(scope_holds(&rows[i].scope, &head) == rows[i].holds, "row %zu", i);
}
END_TEST

/* ---- only the triggers that are needed ---- */

START_TEST(a_change_fires_only_the_triggers_that_count_what_changed)
{
    static const struct {
        const char *field;
        int64_t writes; /* rows in all: the call, and what the triggers add up */
    } rows[] = {
        { "summary", 1 },          { "caller_name", 1 }, { "message", 1 }, { "transcription", 1 },
        { "status", 2 },           { "intent", 2 },      { "outcome", 2 }, { "direction", 1 },
        { "duration_seconds", 4 }, { "cost_micros", 4 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct phone_call *before = record_of(&table_phone_calls, 10 + 2 * (int)i), *after;
        inserted(&table_phone_calls, before);
        before->property_id = NO_VALUE;
        after = mem_memdup(office.mem, before, sizeof *before);
        value_set(table_field(&table_phone_calls, rows[i].field), after, 111);
        int64_t written = sql_int("SELECT total_changes()");
        ck_assert_int_eq(
            table_change(office.db, office.mem, &table_phone_calls, before, after, OFFICE_NOW + 1),
            ERR_NONE);
        written = sql_int("SELECT total_changes()") - written;
        if (strcmp(rows[i].field, "direction") == 0)
            ck_assert_int_eq(written, 0); /* fixed */
        else
            ck_assert_msg(written == rows[i].writes, "%s: %lld rows", rows[i].field,
                          (long long)written);
    }
}
END_TEST

/* ---- numbers ---- */

static int64_t primaries(void)
{
    return sql_int("SELECT COUNT(*) FROM phone_numbers WHERE agent_id = %lld AND is_primary = 1",
                   (long long)office.agent_id);
}

static struct phone_number number_read(int64_t id)
{
    struct phone_number number;
    ck_assert_int_eq(table_get(office.db, office.mem, &table_phone_numbers, id, &number), ERR_NONE);
    return number;
}

START_TEST(an_agent_has_exactly_one_primary_number_whatever_happens)
{
    uint32_t state = 3;
    int64_t ids[200] = { office.number_id }, count = 1;
    ck_assert_int_eq(primaries(), 1);
    for (int i = 0; i < 300; i++) {
        uint32_t what = random_below(&state, 3);
        int64_t *id = &ids[count ? random_below(&state, (uint32_t)count) : 0];
        if ((what == 0 || count == 0) && count < 199) {
            struct phone_number *number = record_of(&table_phone_numbers, 1000 + i);
            number->is_primary = random_below(&state, 2);
            ck_assert_int_eq(phone_number_insert(office.db, number), ERR_NONE);
            ids[count++] = number->head.id;
        } else if (what == 1) {
            struct phone_number before = number_read(*id), after = before;
            after.is_primary = random_below(&state, 2);
            enum err err = phone_number_update(office.db, office.mem, &before, &after, OFFICE_NOW);
            ck_assert_int_eq(err, before.is_primary && !after.is_primary ? ERR_CONFLICT : ERR_NONE);
        } else {
            struct phone_number number = number_read(*id);
            ck_assert_int_eq(phone_number_delete(office.db, &number), ERR_NONE);
            *id = ids[--count];
        }
        ck_assert_msg(primaries() == (count > 0), "step %d: %lld of %lld", i,
                      (long long)primaries(), (long long)count);
    }
}
END_TEST

START_TEST(the_database_itself_refuses_a_second_primary)
{
    struct phone_number *number = record_of(&table_phone_numbers, 1);
    number->is_primary = true;
    ck_assert_int_eq(table_insert(office.db, &table_phone_numbers, number), ERR_CONFLICT);
}
END_TEST

START_TEST(a_number_is_found_by_the_provider_s_id_or_by_itself)
{
    struct phone_number number;
    int64_t other = number_add(office.brokerage_id, office.agent_id, "+14155550101", "vapi-2");
    static const struct {
        const char *provider_id, *e164;
        int which; /* 0 none, 1 the office's, 2 the other */
    } rows[] = {
        { "vapi-number-1", NULL, 1 },
        { NULL, "+14155550100", 1 },
        { "vapi-2", NULL, 2 },
        { "vapi-2", "+14155550100", 2 },
        { "unknown", "+14155550100", 1 },
        { "unknown", NULL, 0 },
        { NULL, "+14155550199", 0 },
        { NULL, NULL, 0 },
        { "", "", 0 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        enum err err =
            phone_number_find(office.db, office.mem, rows[i].provider_id, rows[i].e164, &number);
        ck_assert_msg(err == (rows[i].which ? ERR_NONE : ERR_NOT_FOUND), "row %zu", i);
        if (rows[i].which)
            ck_assert_int_eq(number.head.id, rows[i].which == 1 ? office.number_id : other);
    }
    ck_assert_int_eq(phone_number_primary(office.db, office.mem, office.agent_id, &number),
                     ERR_NONE);
    ck_assert_int_eq(number.head.id, office.number_id);
    ck_assert_int_eq(phone_number_primary(office.db, office.mem, office.broker_id, &number),
                     ERR_NOT_FOUND);
}
END_TEST

START_TEST(numbers_are_unique_and_their_calls_outlive_them)
{
    struct phone_number *twin = record_of(&table_phone_numbers, 1), number;
    twin->phone_number = "+14155550100";
    ck_assert_int_eq(phone_number_insert(office.db, twin), ERR_CONFLICT);
    struct phone_call *call = record_of(&table_phone_calls, 1);
    inserted(&table_phone_calls, call);
    number = number_read(office.number_id);
    ck_assert_int_eq(phone_number_delete(office.db, &number), ERR_NONE);
    call = read_back(&table_phone_calls, call->head.id);
    ck_assert(call->phone_number_id == NO_VALUE);
    ck_assert_ptr_nonnull(call->called_number);
}
END_TEST

/* ---- properties ---- */

START_TEST(stages_are_recorded_with_their_time)
{
    struct property before = *(struct property *)read_back(&table_properties, office.oak_id);
    static const int path[] = { STAGE_ENRICHED, STAGE_ENRICHED, STAGE_RESEARCHED,
                                STAGE_NEW_PROPERTY };
    for (size_t i = 0; i < COUNT(path); i++) {
        struct property after = before;
        after.stage = path[i];
        after.next_action = mem_printf(office.mem, "step %zu", i);
        ck_assert_int_eq(property_update(office.db, office.mem, &before, &after, NULL, 0,
                                         OFFICE_NOW + (int64_t)(i + 1) * HOUR_MS),
                         ERR_NONE);
        before = after;
    }
    struct stage_entry *list;
    size_t count;
    ck_assert_int_eq(property_stage_list(office.db, office.mem, office.oak_id, &list, &count),
                     ERR_NONE);
    static const struct stage_entry wanted[] = {
        { STAGE_NEW_PROPERTY, OFFICE_NOW },
        { STAGE_ENRICHED, OFFICE_NOW + HOUR_MS },
        { STAGE_RESEARCHED, OFFICE_NOW + 3 * HOUR_MS },
        { STAGE_NEW_PROPERTY, OFFICE_NOW + 4 * HOUR_MS },
    };
    ck_assert_uint_eq(count, COUNT(wanted));
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(list[i].stage == wanted[i].stage &&
                          list[i].entered_at == wanted[i].entered_at,
                      "entry %zu", i);
    before = *(struct property *)read_back(&table_properties, office.oak_id);
    ck_assert_int_eq(before.stage_changed_at, OFFICE_NOW + 4 * HOUR_MS);
    ck_assert_int_eq(before.last_activity_at, OFFICE_NOW + 4 * HOUR_MS);
}
END_TEST

static size_t found_by(int64_t brokerage_id, const char *a, const char *b)
{
    char *terms[] = { mem_strdup(office.mem, a), b ? mem_strdup(office.mem, b) : NULL };
    struct property_terms some = { terms, b ? 2 : 1 }, none = { NULL, 0 };
    struct property *list;
    size_t count;
    ck_assert_int_eq(property_find_by_terms(office.db, office.mem, brokerage_id, &some, &none, 50,
                                            &list, &count),
                     ERR_NONE);
    return count;
}

START_TEST(terms_find_listings_of_their_brokerage_once)
{
    struct property before = *(struct property *)read_back(&table_properties, office.oak_id);
    struct property after = before;
    char *terms[] = { "alpha", "beta", "alpha" }, *others[] = { "gamma" };
    ck_assert_int_eq(property_update(office.db, office.mem, &before, &after, terms, 3, OFFICE_NOW),
                     ERR_NONE);
    ck_assert_uint_eq(found_by(office.brokerage_id, "alpha", "beta"), 1);
    ck_assert_uint_eq(found_by(office.brokerage_id, "Alpha", NULL), 0);
    ck_assert_uint_eq(found_by(office.brokerage_id, "%", "_lpha"), 0);
    ck_assert_uint_eq(found_by(brokerage_add("Other"), "alpha", NULL), 0);
    ck_assert_int_eq(property_update(office.db, office.mem, &before, &after, NULL, 0, OFFICE_NOW),
                     ERR_NONE);
    ck_assert_uint_eq(found_by(office.brokerage_id, "beta", NULL), 1);
    ck_assert_int_eq(property_update(office.db, office.mem, &before, &after, others, 1, OFFICE_NOW),
                     ERR_NONE);
    ck_assert_uint_eq(found_by(office.brokerage_id, "alpha", "beta"), 0);
    ck_assert_uint_eq(found_by(office.brokerage_id, "gamma", NULL), 1);
    ck_assert_int_eq(property_delete(office.db, office.oak_id), ERR_NONE);
    ck_assert_uint_eq(found_by(office.brokerage_id, "gamma", NULL), 0);
}
END_TEST

START_TEST(a_search_gives_what_fits_cheapest_first)
{
    static const struct {
        struct property_wish wish;
        int64_t total;
        const char *first;
    } rows[] = {
        { { NULL, NO_VALUE, NO_VALUE, NO_VALUE }, 3, "456 Oak Ave" },
        { { "oakland", NO_VALUE, NO_VALUE, NO_VALUE }, 2, "456 Oak Ave" },
        { { "Berkeley", NO_VALUE, NO_VALUE, NO_VALUE }, 0, NULL }, /* sold */
        { { "Oak%", NO_VALUE, NO_VALUE, NO_VALUE }, 0, NULL },
        { { NULL, 60000001, NO_VALUE, NO_VALUE }, 1, "123 Main St" },
        { { NULL, NO_VALUE, 60000000, NO_VALUE }, 1, "456 Oak Ave" },
        { { NULL, NO_VALUE, NO_VALUE, 3 }, 1, "123 Main St" },
        { { NULL, NO_VALUE, NO_VALUE, 4 }, 0, NULL },
    };
    struct property unpriced = *(struct property *)read_back(&table_properties, office.oak_id);
    unpriced.address = "1 Unpriced Way";
    unpriced.city = "Alameda";
    unpriced.price_cents = unpriced.bedrooms = NO_VALUE;
    inserted(&table_properties, &unpriced);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct property *list;
        size_t count;
        int64_t total;
        ck_assert_int_eq(property_search(office.db, office.mem, office.brokerage_id, &rows[i].wish,
                                         5, &list, &count, &total),
                         ERR_NONE);
        ck_assert_msg(total == rows[i].total && (int64_t)count == total, "row %zu: %lld", i,
                      (long long)total);
        if (rows[i].first)
            ck_assert_msg(strcmp(list[0].address, rows[i].first) == 0, "row %zu: %s", i,
                          list[0].address);
    }
}
END_TEST

START_TEST(a_property_with_offers_is_kept)
{
    inserted(&table_offers, record_of(&table_offers, 1));
    ck_assert_int_eq(property_delete(office.db, office.main_id), ERR_CONFLICT);
    ck_assert_int_eq(property_delete(office.db, office.oak_id), ERR_NONE);
}
END_TEST

START_TEST(activity_is_noted_forwards_only)
{
    ck_assert_int_eq(property_touch(office.db, office.main_id, OFFICE_NOW + 5), ERR_NONE);
    ck_assert_int_eq(property_touch(office.db, office.main_id, OFFICE_NOW - 5), ERR_NONE);
    struct property *property = read_back(&table_properties, office.main_id);
    ck_assert_int_eq(property->last_activity_at, OFFICE_NOW + 5);
}
END_TEST

/* ---- tasks and offers ---- */

START_TEST(what_a_call_made_already_is_found)
{
    struct task *task = record_of(&table_tasks, 0), found_task;
    struct offer *offer = record_of(&table_offers, 0), found_offer;
    task->kind = TASK_FOLLOW_UP;
    task->property_id = NO_VALUE;
    task->scheduled_at = NO_VALUE;
    inserted(&table_tasks, task);
    inserted(&table_offers, offer);
    ck_assert_int_eq(task_find_of_call(office.db, office.mem, a_call_id, TASK_FOLLOW_UP, NO_VALUE,
                                       NO_VALUE, &found_task),
                     ERR_NONE);
    ck_assert_int_eq(found_task.head.id, task->head.id);
    ck_assert_int_eq(task_find_of_call(office.db, office.mem, a_call_id, TASK_FOLLOW_UP,
                                       office.main_id, NO_VALUE, &found_task),
                     ERR_NOT_FOUND);
    ck_assert_int_eq(task_find_of_call(office.db, office.mem, a_call_id, TASK_VIEWING, NO_VALUE,
                                       NO_VALUE, &found_task),
                     ERR_NOT_FOUND);
    ck_assert_int_eq(
        offer_find_of_call(office.db, office.mem, a_call_id, office.main_id, &found_offer),
        ERR_NONE);
    ck_assert_int_eq(found_offer.head.id, offer->head.id);
    ck_assert_int_eq(
        offer_find_of_call(office.db, office.mem, a_call_id, office.oak_id, &found_offer),
        ERR_NOT_FOUND);
}
END_TEST

/* ---- calls, segments, journal ---- */

START_TEST(a_call_is_found_by_its_provider_s_id_and_that_is_unique)
{
    struct phone_call *twin = record_of(&table_phone_calls, 1), call;
    ck_assert_int_eq(phone_call_find(office.db, office.mem, "the first", &call), ERR_NONE);
    ck_assert_int_eq(call.head.id, a_call_id);
    ck_assert_int_eq(phone_call_find(office.db, office.mem, "another", &call), ERR_NOT_FOUND);
    twin->vapi_call_id = "the first";
    ck_assert_int_eq(phone_call_insert(office.db, twin), ERR_CONFLICT);
    twin->vapi_call_id = NULL;
    ck_assert_int_eq(phone_call_insert(office.db, twin), ERR_NONE);
    ck_assert_int_eq(phone_call_insert(office.db, twin), ERR_NONE);
}
END_TEST

START_TEST(segments_stand_in_the_order_of_their_time_and_a_report_replaces_them)
{
    static const struct segment running[] = { { SPEAKER_USER, "second", 20 },
                                              { SPEAKER_ASSISTANT, "first", 10 },
                                              { SPEAKER_USER, "also second", 20 } };
    static const struct segment final[] = { { SPEAKER_ASSISTANT, "one", 5 },
                                            { SPEAKER_USER, "two", 6 } };
    static const char *const order[] = { "first", "second", "also second" };
    struct segment *list;
    size_t count;
    for (size_t i = 0; i < COUNT(running); i++)
        ck_assert_int_eq(segment_append(office.db, a_call_id, &running[i], OFFICE_NOW), ERR_NONE);
    ck_assert_int_eq(segments_list(office.db, office.mem, a_call_id, &list, &count), ERR_NONE);
    ck_assert_uint_eq(count, 3);
    for (size_t i = 0; i < count; i++)
        ck_assert_str_eq(list[i].text, order[i]);
    ck_assert_int_eq(segments_replace(office.db, a_call_id, final, 2), ERR_NONE);
    ck_assert_int_eq(segments_list(office.db, office.mem, a_call_id, &list, &count), ERR_NONE);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(list[0].text, "one");
    ck_assert_int_eq(list[0].speaker, SPEAKER_ASSISTANT);
    ck_assert_int_eq(list[1].spoken_at, 6);
    ck_assert_int_eq(segments_replace(office.db, a_call_id, NULL, 0), ERR_NONE);
    ck_assert_int_eq(segments_list(office.db, office.mem, a_call_id, &list, &count), ERR_NONE);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(a_second_recording_of_one_kind_replaces_the_first)
{
    ck_assert_int_eq(recording_put(office.db, a_call_id, "mono", "https://a", 1), ERR_NONE);
    ck_assert_int_eq(recording_put(office.db, a_call_id, "stereo", "https://b", 1), ERR_NONE);
    ck_assert_int_eq(recording_put(office.db, a_call_id, "mono", "https://c", 2), ERR_NONE);
    ck_assert_str_eq(sql_text("SELECT url FROM recordings ORDER BY kind"), "https://c\nhttps://b");
    ck_assert_int_eq(recording_put(office.db, a_call_id, "quad", "https://c", 2), ERR_INVALID);
}
END_TEST

START_TEST(a_message_is_fresh_once)
{
    struct journal_entry entry = { .received_at = 1,
                                   .form = "vapi",
                                   .type = "hang",
                                   .dedup_key = "k",
                                   .phone_call_id = a_call_id,
                                   .body = "{}" };
    bool fresh = false;
    ck_assert_int_eq(journal_add(office.db, &entry, &fresh), ERR_NONE);
    ck_assert(fresh);
    entry.body = "{\"other\":1}";
    ck_assert_int_eq(journal_add(office.db, &entry, &fresh), ERR_NONE);
    ck_assert(!fresh);
    entry.dedup_key = "K";
    entry.phone_call_id = NO_VALUE;
    ck_assert_int_eq(journal_add(office.db, &entry, &fresh), ERR_NONE);
    ck_assert(fresh);
    ck_assert_str_eq(sql_text("SELECT body FROM webhook_journal WHERE dedup_key = 'k'"), "{}");
}
END_TEST

START_TEST(a_tool_s_answer_is_remembered_by_call_and_id)
{
    struct tool_result result = { true, "Done.", "{\"a\":1}" }, kept;
    ck_assert_int_eq(tool_result_find(office.db, office.mem, a_call_id, "t1", &kept),
                     ERR_NOT_FOUND);
    ck_assert_int_eq(tool_result_add(office.db, a_call_id, "t1", "x", &result, 1), ERR_NONE);
    ck_assert_int_eq(tool_result_add(office.db, a_call_id, "t1", "x", &result, 1), ERR_CONFLICT);
    ck_assert_int_eq(tool_result_find(office.db, office.mem, a_call_id, "t1", &kept), ERR_NONE);
    ck_assert(kept.ok);
    ck_assert_str_eq(kept.sentence, "Done.");
    ck_assert_str_eq(kept.facts, "{\"a\":1}");
    ck_assert_int_eq(tool_result_find(office.db, office.mem, a_call_id + 1, "t1", &kept),
                     ERR_NOT_FOUND);
}
END_TEST

START_TEST(what_belongs_to_a_call_goes_with_it)
{
    struct segment segment = { SPEAKER_USER, "hello", 1 };
    struct tool_result result = { true, "Done.", "{}" };
    ck_assert_int_eq(segment_append(office.db, a_call_id, &segment, OFFICE_NOW), ERR_NONE);
    ck_assert_int_eq(tool_result_add(office.db, a_call_id, "t", "x", &result, 1), ERR_NONE);
    ck_assert_int_eq(recording_put(office.db, a_call_id, "mono", "https://a", 1), ERR_NONE);
    int64_t task = inserted(&table_tasks, record_of(&table_tasks, 1));
    ck_assert_int_eq(table_delete(office.db, &table_phone_calls, a_call_id), ERR_NONE);
    ck_assert_int_eq(sql_int("SELECT (SELECT COUNT(*) FROM transcript_segments) + "
                             "(SELECT COUNT(*) FROM tool_results) + "
                             "(SELECT COUNT(*) FROM recordings)"),
                     0);
    ck_assert(((struct task *)read_back(&table_tasks, task))->phone_call_id == NO_VALUE);
}
END_TEST

/* ---- keys ---- */

START_TEST(keys_are_found_by_prefix_and_revoked_once)
{
    struct api_key key, *list;
    size_t count;
    ck_assert_int_eq(api_key_list(office.db, office.mem, &list, &count), ERR_NONE);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(api_key_find(office.db, office.mem, list[0].prefix, &key), ERR_NONE);
    ck_assert_int_eq(key.agent_id, office.agent_id);
    ck_assert_int_eq(key.brokerage_id, office.brokerage_id);
    ck_assert_int_eq(key.role, ROLE_AGENT);
    ck_assert_str_eq(key.agent_name, "Jane Agent");
    ck_assert(key.agent_is_active && key.revoked_at == NO_VALUE && key.expires_at == NO_VALUE);
    ck_assert_int_eq(api_key_find(office.db, office.mem, "ark_%", &key), ERR_NOT_FOUND);
    ck_assert_int_eq(api_key_revoke(office.db, list[0].id, 5), ERR_NONE);
    ck_assert_int_eq(api_key_revoke(office.db, list[0].id, 6), ERR_NOT_FOUND);
    ck_assert_int_eq(api_key_revoke(office.db, 99999, 6), ERR_NOT_FOUND);
    ck_assert_int_eq(api_key_find(office.db, office.mem, list[0].prefix, &key), ERR_NONE);
    ck_assert_int_eq(key.revoked_at, 5);
}
END_TEST

START_TEST(the_first_brokerage_is_the_oldest)
{
    struct brokerage brokerage;
    brokerage_add("Another");
    ck_assert_int_eq(brokerage_first(office.db, office.mem, &brokerage), ERR_NONE);
    ck_assert_str_eq(brokerage.name, "Bay Realty");
    ck_assert_str_eq(brokerage.timezone, "America/Los_Angeles");
    ck_assert_int_eq(brokerage_get(office.db, office.mem, 12345, &brokerage), ERR_NOT_FOUND);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("store");
    TCase *table = tcase_create("tables"), *own = tcase_create("particulars");
    TCase *all[] = { table, own };
    for (size_t i = 0; i < COUNT(all); i++) {
        tcase_add_checked_fixture(all[i], begin, office_close);
        tcase_set_timeout(all[i], 60);
        suite_add_tcase(suite, all[i]);
    }
    tcase_add_loop_test(table, a_record_comes_back_as_it_was_inserted, 0, COUNT(tables));
    tcase_add_loop_test(table, what_is_not_known_comes_back_as_not_known, 0, COUNT(tables));
    tcase_add_loop_test(table, a_change_writes_the_field_that_differs_and_the_time, 0,
                        COUNT(tables));
    tcase_add_loop_test(table, what_is_fixed_is_never_written_again, 0, COUNT(tables));
    tcase_add_loop_test(table, a_change_of_nothing_writes_nothing, 0, COUNT(tables));
    tcase_add_loop_test(table, a_deleted_record_is_gone, 0, COUNT(tables));
    tcase_add_loop_test(table, an_id_is_given_once, 0, COUNT(tables));
    tcase_add_test(table, what_goes_with_a_property_leaves_its_ids_unused);
    tcase_add_loop_test(table, pages_hold_every_record_once, 0, COUNT(tables));
    tcase_add_loop_test(table, every_filter_finds_the_record_it_describes, 0, COUNT(tables));
    tcase_add_loop_test(table, descriptions_fit_the_columns, 0, COUNT(tables));
    tcase_add_test(table, a_scope_holds_its_own_records_alone);
    tcase_add_test(table, a_change_fires_only_the_triggers_that_count_what_changed);
    tcase_add_test(own, an_agent_has_exactly_one_primary_number_whatever_happens);
    tcase_add_test(own, the_database_itself_refuses_a_second_primary);
    tcase_add_test(own, a_number_is_found_by_the_provider_s_id_or_by_itself);
    tcase_add_test(own, numbers_are_unique_and_their_calls_outlive_them);
    tcase_add_test(own, stages_are_recorded_with_their_time);
    tcase_add_test(own, terms_find_listings_of_their_brokerage_once);
    tcase_add_test(own, a_search_gives_what_fits_cheapest_first);
    tcase_add_test(own, a_property_with_offers_is_kept);
    tcase_add_test(own, activity_is_noted_forwards_only);
    tcase_add_test(own, what_a_call_made_already_is_found);
    tcase_add_test(own, a_call_is_found_by_its_provider_s_id_and_that_is_unique);
    tcase_add_test(own, segments_stand_in_the_order_of_their_time_and_a_report_replaces_them);
    tcase_add_test(own, a_second_recording_of_one_kind_replaces_the_first);
    tcase_add_test(own, a_message_is_fresh_once);
    tcase_add_test(own, a_tool_s_answer_is_remembered_by_call_and_id);
    tcase_add_test(own, what_belongs_to_a_call_goes_with_it);
    tcase_add_test(own, keys_are_found_by_prefix_and_revoked_once);
    tcase_add_test(own, the_first_brokerage_is_the_oldest);
    return suite_run(suite);
}
