/* Listings found by what callers say, through the store. */
#include "desk/listing.h"
#include "support.h"
#include <stdlib.h>
#include <string.h>

static int64_t oak_house, oak_condo, oak_flat, oak_other;

static int64_t typed_add(const char *address, const char *city, int64_t bedrooms, const char *type)
{
    int64_t id = listing_add(office.brokerage_id, office.agent_id, address, city, 400000, bedrooms);
    sql_run("UPDATE properties SET property_type = '%s' WHERE id = %lld", type, (long long)id);
    return id;
}

static void oaks_open(void)
{
    office_open();
    oak_house = typed_add("12 Royal Oak St", "Alameda", 3, "house");
    oak_condo = typed_add("14 Royal Oak St", "Alameda", 2, "condo");
    oak_flat = typed_add("16 Royal Oak St", "Alameda", 1, "condo");
    oak_other = typed_add("90 Royal Oak St", "Fremont", 4, "townhouse");
}

/* Whether exactly these are found; 0 ends them. */
static void check_found(const char *said, const int64_t ids[])
{
    void *mem = mem_context(NULL);
    struct desk desk = desk_on(mem);
    struct listing_found found;
    ck_assert_int_eq(listing_find(&desk, office.brokerage_id, said, &found), ERR_NONE);
    size_t count = 0;
    while (ids[count])
        count++;
    ck_assert_msg(found.count == count, "%s: %zu", said, found.count);
    ck_assert_int_eq(found.kind, count == 0   ? LISTING_NONE
                                 : count == 1 ? LISTING_ONE
                                              : LISTING_SEVERAL);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(found.list[i].head.id == ids[i], "%s", said);
    mem_free(mem);
}
#define FOUND(said, ...) check_found(said, (const int64_t[]){ __VA_ARGS__, 0 })

START_TEST(a_type_or_bedrooms_tell_neighbours_apart)
{
    FOUND("the place on Royal Oak", oak_house, oak_condo, oak_flat, oak_other);
    FOUND("the condo on Royal Oak", oak_condo, oak_flat);
    FOUND("the one bedroom condo on Royal Oak", oak_flat);
    FOUND("the three bedroom on Royal Oak Street", oak_house);
    FOUND("the townhouse on Royal Oak", oak_other);
    FOUND("the condo at 12 Royal Oak Street", oak_house);
    FOUND("the duplex on Royal Oak", oak_house, oak_condo, oak_flat, oak_other);
}
END_TEST

static void described(int64_t id, const char *description)
{
    void *mem = mem_context(NULL);
    struct desk desk = desk_on(mem);
    struct property before, after;
    ck_assert_int_eq(table_get(office.db, mem, &table_properties, id, &before), ERR_NONE);
    after = before;
    after.description = description;
    ck_assert_int_eq(listing_update(&desk, &before, &after), ERR_NONE);
    mem_free(mem);
}

START_TEST(a_feature_stands_for_the_address)
{
    described(oak_house, "Two-car garage, in-ground pool. No basement.");
    described(oak_condo, "Balcony, garage; community room, room for a pool.");
    FOUND("the one with the pool", oak_house);
    FOUND("the place with the swimming pool please", oak_house);
    FOUND("the one with the garage", oak_house, oak_condo);
    FOUND("the house with a pool and a garage", oak_house);
    FOUND("the condo with the garage", oak_condo);
    FOUND("the one with the garage on Royal Oak", oak_house, oak_condo);
    FOUND("14 Royal Oak Street with the balcony", oak_condo);
    FOUND("the one with the basement", 0);
    FOUND("the one with the sauna", 0);
    FOUND("the one with the pool on Larkspur", 0);
    FOUND("I want to sell my place with the pool", 0);
    FOUND("the one on Terrace", 0);
    described(oak_house, "Garage");
    FOUND("the one with the pool", 0);
}
END_TEST

/* What is a street's name is no feature, whatever the neighbours have. */
START_TEST(a_street_s_name_is_no_feature)
{
    int64_t plain = typed_add("3 Magnolia Ter", "Alameda", 3, "house");
    int64_t raised = typed_add("5 Magnolia Ter", "Alameda", 3, "house");
    int64_t drive = typed_add("7 Tudor Dr", "Alameda", 3, "house");
    int64_t style = typed_add("9 Tudor Dr", "Alameda", 3, "house");
    described(raised, "A terrace and a garden");
    described(style, "A tudor");
    FOUND("the one on Magnolia Terrace", plain, raised);
    FOUND("the one on Magnolia with the terrace", raised);
    FOUND("the house on Tudor Drive", drive, style);
    FOUND("the one on Tudor", drive, style);
    FOUND("the tudor on Tudor", style);
}
END_TEST

START_TEST(an_address_without_words_is_kept)
{
    listing_add(office.brokerage_id, office.agent_id, "!", NULL, 1, 1);
    FOUND("!", 0);
}
END_TEST

/* "A house with a pool" may be any: what there is is asked about. */
START_TEST(an_indefinite_feature_is_asked_about)
{
    void *mem = mem_context(NULL);
    struct desk desk = desk_on(mem);
    struct listing_found found;
    described(oak_house, "A pool");
    ck_assert_int_eq(listing_find(&desk, office.brokerage_id, "do you have a pool", &found),
                     ERR_NONE);
    ck_assert_int_eq(found.kind, LISTING_SEVERAL);
    ck_assert_uint_eq(found.count, 1);
    mem_free(mem);
}
END_TEST

START_TEST(a_city_tells_namesakes_apart)
{
    FOUND("the house on Royal Oak Street in Fremont", oak_other);
    FOUND("Royal Oak in Alameda", oak_house, oak_condo, oak_flat);
    FOUND("Royall Oke in Fremont", oak_other);
    FOUND("Royal Oak Street in Berkeley", 0);
}
END_TEST

/* More than a page of listings on one street, and the one meant among the last. */
START_TEST(the_one_among_many_is_found)
{
    ck_assert_int_eq(db_begin(office.db), ERR_NONE);
    for (int i = 0; i < 150; i++)
        listing_add(office.brokerage_id, office.agent_id,
                    mem_printf(office.mem, "%d Larkspur St", 1000 + i), "Alameda", 1, 1);
    int64_t court =
        listing_add(office.brokerage_id, office.agent_id, "3 Larkspur Ct", "Alameda", 1, 1);
    int64_t away =
        listing_add(office.brokerage_id, office.agent_id, "5 Larkspur St", "Fremont", 1, 1);
    ck_assert_int_eq(db_commit(office.db), ERR_NONE);
    FOUND("the house on Larkspur Court", court);
    FOUND("the house on Larkspur Street in Fremont", away);
    FOUND("5 Larkspur", away);
    described(court, "Greenhouse");
    FOUND("the one with the greenhouse on Larkspur", court);
    FOUND("the one with the greenhouse in Alameda", court);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("listing");
    TCase *found = tcase_create("found");
    tcase_add_checked_fixture(found, oaks_open, office_close);
    tcase_add_test(found, a_type_or_bedrooms_tell_neighbours_apart);
    tcase_add_test(found, a_feature_stands_for_the_address);
    tcase_add_test(found, a_street_s_name_is_no_feature);
    tcase_add_test(found, an_address_without_words_is_kept);
    tcase_add_test(found, an_indefinite_feature_is_asked_about);
    tcase_add_test(found, a_city_tells_namesakes_apart);
    tcase_add_test(found, the_one_among_many_is_found);
    tcase_set_timeout(found, 60);
    suite_add_tcase(suite, found);
    return suite_run(suite);
}
