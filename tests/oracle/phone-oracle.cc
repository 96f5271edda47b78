// How far phone_hear agrees with libphonenumber about which numbers there are, and as what.
//
// From the example numbers of every region and type, and from thousands of mutations of them (a
// digit changed, dropped, added, two exchanged), made with a fixed seed.  Each is given as "+…" and
// as people in its region write it.  Prints figures, and with an argument that many of the
// disagreements.
#include <cstdio>
#include <cstdlib>
#include <map>
#include <phonenumbers/phonenumberutil.h>
#include <random>
#include <set>
#include <string>

extern "C" {
#include "heard/phone.h"
}

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using std::string;

namespace {

const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
std::mt19937 rng(20260101);

struct Tally {
    const char *name;
    int total = 0, agreed = 0, refused = 0, admitted = 0, other = 0;
};

long disagreements_wanted = 0;
std::map<string, int> disagreements_by_region;

string theirs(const string &text, const string &region)
{
    PhoneNumber number;
    string out;
    if (util.Parse(text, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR ||
        !util.IsValidNumber(number))
        return "";
    util.Format(number, PhoneNumberUtil::E164, &out);
    return out;
}

string ours(const string &text, const string &region)
{
    char out[PHONE_TEXT];
    return phone_hear(text.c_str(), region.c_str(), out) == PHONE_E164 ? out : "";
}

void compare(Tally &tally, const string &text, const string &region)
{
    string they = theirs(text, region), we = ours(text, region);
    tally.total++;
    if (they == we) {
        tally.agreed++;
        return;
    }
    (we.empty() ? tally.refused : they.empty() ? tally.admitted : tally.other)++;
    disagreements_by_region[region]++;
    if (disagreements_wanted-- > 0)
        printf("  %s %s: libphonenumber %s, we %s\n", region.c_str(), text.c_str(),
               they.empty() ? "invalid" : they.c_str(), we.empty() ? "invalid" : we.c_str());
}

string mutated(string digits)
{
    auto below = [](size_t n) { return std::uniform_int_distribution<size_t>(0, n - 1)(rng); };
    size_t at = below(digits.size());
    char digit = static_cast<char>('0' + below(10));
    switch (below(8)) {
    case 0:
        return digits.erase(at, 1);
    case 1:
        return digits.insert(at, 1, digit);
    case 2:
        std::swap(digits[at], digits[below(digits.size())]);
        return digits;
    default:
        digits[at] = digit;
        return digits;
    }
}

std::set<string> examples(const string &region)
{
    std::set<string> found;
    for (int type = 0; type <= PhoneNumberUtil::VOICEMAIL; type++) {
        PhoneNumber number;
        string national;
        if (!util.GetExampleNumberForType(
                region, static_cast<PhoneNumberUtil::PhoneNumberType>(type), &number))
            continue;
        util.GetNationalSignificantNumber(number, &national);
        found.insert(national);
    }
    return found;
}

void region_compare(const string &region, Tally &plain, Tally &dialled, Tally &near,
                    Tally &near_dialled)
{
    const string code = std::to_string(util.GetCountryCodeForRegion(region));
    string trunk;
    util.GetNddPrefixForRegion(region, true, &trunk);
    for (const string &national : examples(region)) {
        compare(plain, "+" + code + national, region);
        compare(dialled, trunk + national, region);
        for (int i = 0; i < 40; i++) {
            string other = mutated(national);
            compare(near, "+" + code + other, region);
            compare(near_dialled, trunk + other, region);
        }
    }
}

void print(const Tally &t)
{
    printf("%-28s %6d numbers, %6.2f %% agree; refused %d, admitted %d, other %d\n", t.name,
           t.total, 100.0 * t.agreed / t.total, t.refused, t.admitted, t.other);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1)
        disagreements_wanted = strtol(argv[1], nullptr, 10);
    std::set<string> regions;
    util.GetSupportedRegions(&regions);
    Tally tallies[] = { { "examples with +" },
                        { "examples as dialled" },
                        { "mutations with +" },
                        { "mutations as dialled" } };
    Tally home = { "US and CA mutations" };
    for (const string &region : regions)
        region_compare(region, tallies[0], tallies[1], tallies[2], tallies[3]);
    for (const string region : { "US", "CA" })
        for (int i = 0; i < 20; i++)
            region_compare(region, home, home, home, home);
    for (const Tally &tally : tallies)
        print(tally);
    print(home);
    std::multimap<int, string> worst;
    for (const auto &[region, count] : disagreements_by_region)
        worst.insert({ -count, region });
    int shown = 0;
    for (const auto &[count, region] : worst)
        if (shown++ < 12)
            printf("%s %d  ", region.c_str(), -count);
    printf("\n");
    return 0;
}
