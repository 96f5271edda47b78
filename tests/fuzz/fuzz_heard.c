/* What a caller said, taken for a number, an amount, a time and an address. */
#include "base/text.h"
#include "fuzz.h"
#include "heard/address.h"
#include "heard/amount.h"
#include "heard/features.h"
#include "heard/phone.h"
#include "heard/when.h"

static const int64_t now = INT64_C(1788282240000);

static void phone_check(void *mem, const char *said)
{
    char heard[PHONE_TEXT];
    enum phone_kind kind = phone_hear(said, "US", heard);
    FUZZ_CHECK((kind == PHONE_E164) == phone_is_e164(heard));
    FUZZ_CHECK((kind == PHONE_INVALID) == (*heard == '\0'));
    if (kind != PHONE_INVALID)
        FUZZ_CHECK(*phone_spoken(mem, heard));
}

static void amount_check(void *mem, const char *said)
{
    static const int64_t asking[] = { NO_VALUE, 85000000, 250000 };
    int64_t cents;
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++)
        if (amount_hear(said, asking[i], &cents)) {
            FUZZ_CHECK(cents > 0 && cents <= INT64_C(1000000000000));
            FUZZ_CHECK(*amount_format(mem, cents) == '$');
        }
}

static void when_check(void *mem, const char *said)
{
    struct when when = when_hear(mem, said, now, zone_find("America/Los_Angeles"));
    FUZZ_CHECK((when.kind == WHEN_INSTANT) == (when.instant != NO_VALUE));
    if (when.kind == WHEN_INSTANT)
        FUZZ_CHECK(when.instant > now &&
                   *when_spoken(mem, when.instant, now, zone_find("America/Los_Angeles")));
    else
        FUZZ_CHECK(!text_blank(when.why));
}

static void address_check(void *mem, const char *said)
{
    const struct address *listings[] = {
        address_parse_listing(mem, "123 Main St", NULL, "Oakland", "CA", "94607"),
        address_parse_listing(mem, said, "4B", NULL, NULL, NULL),
    };
    struct address *heard = address_parse_said(mem, said);
    size_t count;
    char **terms = address_terms(mem, heard, true, &count);
    for (size_t i = 0; i < count; i++)
        FUZZ_CHECK(terms[i] && *terms[i]);
    struct address_match match = address_choose(mem, heard, listings, 2);
    FUZZ_CHECK(match.count <= 2 && (match.kind == ADDRESS_NONE) == (match.count == 0));
    FUZZ_CHECK(address_key(mem, listings[1]) != NULL);
}

static void features_check(void *mem, const char *said)
{
    struct features features = features_heard(said);
    size_t count;
    FUZZ_CHECK(features.count <= FEATURES_MOST && features.bedrooms >= -1);
    FUZZ_CHECK(features_rest(mem, said, false) && features_rest(mem, said, true));
    features_terms(mem, "condo", said, &count);
    FUZZ_CHECK(count > 0);
    for (size_t i = 0; i < features.count; i++)
        FUZZ_CHECK(features.named[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    void *mem = mem_context(NULL);
    const char *said = mem_strndup(mem, (const char *)data, size);
    phone_check(mem, said);
    amount_check(mem, said);
    when_check(mem, said);
    address_check(mem, said);
    features_check(mem, said);
    mem_free(mem);
    return 0;
}
