#!/usr/bin/env python3
"""Makes src/heard/phone_plan_table.c from libphonenumber's metadata.

    npm pack libphonenumber-js && tar xzf libphonenumber-js-*.tgz
    tests/oracle/phone-plans.py package/metadata.max.json >src/heard/phone_plan_table.c
    clang-format -i src/heard/phone_plan_table.c

The metadata says in regular expressions which national numbers exist: those that match the general
one and that of some type.  Here these become automata, and for each length of a number the tree of
leading digits that decides, with equal branches written once.  Nothing is lost by it.
"""
import functools
import json
import re
import sys

try:
    from re import _parser as regex_parser
except ImportError:
    import sre_parse as regex_parser

DIGITS = "0123456789"
NOTHING, ALL = False, True  # the trees without branches


class Automaton:
    """A regular expression over digits, by Thompson's construction."""

    def __init__(self, regex):
        self.free, self.steps = [], []
        first, self.last = self.state(), self.state()
        self.sequence(regex_parser.parse(regex), first, self.last)
        self.start = self.closure({first})

    def state(self):
        self.free.append([])
        self.steps.append([])
        return len(self.free) - 1

    def sequence(self, items, at, to):
        for kind, value in items:
            between = self.state()
            getattr(self, str(kind).lower())(value, at, between)
            at = between
        self.free[at].append(to)

    def literal(self, value, at, to):
        self.steps[at].append((chr(value), to))

    def category(self, _, at, to):
        self.steps[at].append((DIGITS, to))

    def range(self, value, at, to):
        self.steps[at].append(("".join(map(chr, range(value[0], value[1] + 1))), to))

    def at(self, _, at, to):
        self.free[at].append(to)

    def in_(self, value, at, to):
        for kind, member in value:
            getattr(self, str(kind).lower())(member, at, to)

    def subpattern(self, value, at, to):
        self.sequence(value[-1], at, to)

    def branch(self, value, at, to):
        for alternative in value[1]:
            self.sequence(alternative, at, to)

    def max_repeat(self, value, at, to):
        least, most, repeated = value
        for count in range(most):
            if count >= least:
                self.free[at].append(to)
            between = self.state()
            self.sequence(repeated, at, between)
            at = between
        self.free[at].append(to)

    def closure(self, states):
        found, left = set(states), list(states)
        while left:
            new = set(self.free[left.pop()]) - found
            found |= new
            left += new
        return frozenset(found)

    @functools.lru_cache(None)
    def next(self, states, digit):
        return self.closure({to for s in states for digits, to in self.steps[s] if digit in digits})


setattr(Automaton, "in", Automaton.in_)


class Numbers:
    """The national numbers of some countries: (general and type) or (general and type) or …"""

    def __init__(self, countries, without=()):
        self.pairs = [self.automata(country) for country in [*countries, *without]]
        self.wanted = len(countries)
        self.start = tuple((general.start, types.start) for general, types in self.pairs)
        self.trees = {}

    @staticmethod
    def automata(country):
        types = [t[0] for t in country[11] or [] if t] or [country[2]]
        return Automaton(country[2]), Automaton("|".join(f"(?:{t})" for t in types))

    def next(self, state, digit):
        pairs = zip(self.pairs, state)
        return tuple((g.next(gs, digit), t.next(ts, digit)) for (g, t), (gs, ts) in pairs)

    def accepts(self, state):
        found = [g.last in gs and t.last in ts for (g, t), (gs, ts) in zip(self.pairs, state)]
        return any(found[: self.wanted]) and not any(found[self.wanted :])

    def tree(self, state, left):
        """ALL, NOTHING, or a branch for each digit: which of the numbers with so many digits left."""
        if left == 0:
            return self.accepts(state)
        if not any(gs and ts for gs, ts in state):
            return NOTHING
        if (state, left) not in self.trees:
            below = tuple(self.tree(self.next(state, digit), left - 1) for digit in DIGITS)
            whole = below in ((ALL,) * 10, (NOTHING,) * 10)
            self.trees[state, left] = below[0] if whole else below
        return self.trees[state, left]


def digit_class(digits):
    if len(digits) == 10:
        return "x"
    runs = [digits[0]]
    for digit in digits[1:]:
        if int(digit) == int(runs[-1][-1]) + 1:
            runs[-1] += digit
        else:
            runs.append(digit)
    runs = [run if len(run) < 3 else f"{run[0]}-{run[-1]}" for run in runs]
    return digits if len(digits) == 1 else "[" + "".join(runs) + "]"


@functools.lru_cache(None)
def pattern(tree):
    if tree is ALL:
        return ""
    groups = {}
    for digit, below in zip(DIGITS, tree):
        if below:
            groups.setdefault(below, []).append(digit)
    kinds = [digit_class("".join(digits)) + pattern(below) for below, digits in groups.items()]
    return kinds[0] if len(kinds) == 1 else "(" + "|".join(kinds) + ")"


def plan(countries):
    numbers = Numbers(countries)
    lengths = {length for country in countries for length in country[3]}
    by_pattern = {}
    for length in sorted(lengths):
        tree = numbers.tree(numbers.start, length)
        if tree:
            by_pattern.setdefault(pattern(tree), []).append(str(length))
    return " ".join(",".join(ls) + ":" + p for p, ls in by_pattern.items())


def simple(regex):
    """Our patterns know digits, classes, x and (a|b). Optional groups are left out: they are dialling
    codes of carriers; an optional digit becomes an alternative."""
    while ")?" in regex:
        end = start = regex.index(")?")
        depth = 1
        while depth:
            start -= 1
            depth += (regex[start] == ")") - (regex[start] == "(")
        regex = regex[:start] + regex[end + 2 :]
    regex = re.sub(r"\[[^]]*\]\?", "", regex)
    regex = re.sub(r"(\d)(\d)\?", r"\1\2|\1", regex)
    return regex.replace("?:", "").replace("\\d", "x")


def part(country, before):
    """How the numbers of a country begin, that shares its code with those listed before it."""
    if country[10]:
        return simple(country[10])
    numbers = Numbers([country], before)
    tree = numbers.tree(numbers.start, max(country[3]))
    return pattern(tree) if tree else ""


def trunk(country):
    parsing = country[7] or country[5] or ""
    return simple(country[5] or "" if "$" in parsing or country[8] else parsing)


def home(country):
    """The area code of a country that has one, which its seven-digit numbers lack."""
    found = re.fullmatch(r"(\d{3})\$1", country[8] or "")
    return found.group(1) if found and country[0] == "1" else ""


def rows(struct, plural, lines):
    print(f"const struct {struct} {plural}[] = {{")
    for line in lines:
        print("{ " + ", ".join(f'"{cell}"' for cell in line) + " },")
    print(f"}};\nconst size_t {struct}_count = sizeof {plural} / sizeof *{plural};\n")


def parts(shared, countries):
    for code, regions in sorted(shared.items()):
        for at, region in enumerate(regions[1:], 1):
            own = part(countries[region], [countries[r] for r in regions[:at]])
            if own:
                yield code, region, own


def main(path):
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    shared, countries = data["country_calling_codes"], data["countries"]
    codes = {code: [countries[r] for r in regions] for code, regions in shared.items()}
    codes.update((code, [country]) for code, country in data["nonGeographic"].items())
    print("/* Made by tests/oracle/phone-plans.py from libphonenumber's metadata (Apache License 2.0);")
    print(" * not to be edited. phone_plan.h says what it means. */")
    print('#include "heard/phone_plan.h"\n')
    rows("phone_plan", "phone_plans",
         ((code, shared.get(code, [""])[0], plan(codes[code])) for code in sorted(codes)))
    rows("phone_part", "phone_parts", parts(shared, countries))
    rows("phone_country", "phone_countries",
         ((region, c[0], trunk(c), simple(c[1]), home(c)) for region, c in sorted(countries.items())))


main(sys.argv[1])
