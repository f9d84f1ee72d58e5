"""The simulator: nothing supposed is the official rate, and its smallest set is that of brute force."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from integration.counting import IMPORTED, KIT, LOCAL, POINTS, ROLLED_DOWN, UNKNOWN, VALUE, Item, Rule, count
from integration.simulating import EXACT, Changes, Forest, gains, smallest_set

D = Decimal
SUPPLY = st.sampled_from([LOCAL, IMPORTED, IMPORTED, IMPORTED, KIT, UNKNOWN])
ROWS = st.lists(
    st.tuples(
        SUPPLY,
        st.integers(0, 60),
        st.none() | st.integers(0, 80),
        st.integers(-9, 12),
        st.sampled_from(["declared", "checked"]),
    ),
    min_size=1,
    max_size=18,
)
RULES = st.builds(
    Rule,
    basis=st.sampled_from([POINTS, VALUE]),
    declared_most=st.none() | st.integers(0, 30).map(D),
    tier2=st.sampled_from(["rolled_up", ROLLED_DOWN]),
    default_import=st.none() | st.just(D(40)),
)


def items_of(rows):
    return [
        Item(
            number,
            supply,
            parent=parent if 0 <= parent < number else None,
            points=D(rate) / 10,
            amount=None if amount is None else D(amount),
            evidence=evidence,
        )
        for number, (supply, rate, amount, parent, evidence) in enumerate(rows)
    ]


def brute(items, rule, candidates, minimum):
    """Look at every set, smallest first; of one size, the highest rate."""
    for size in range(len(candidates) + 1):
        found = []
        for keys in combinations(candidates, size):
            counted = count([replace(item, supply=LOCAL) if item.key in keys else item for item in items], rule)
            if counted.denominator and counted.low * 100 >= minimum * counted.denominator:
                found.append((counted.low, keys))
        if found:
            return size, max(low for low, _keys in found)
    return None


@given(ROWS, RULES)
def test_nothing_supposed_is_the_official_rate(rows, rule):
    items = items_of(rows)
    official, same = count(items, rule), Forest(items, rule).outcome(Changes())
    assert (official.low, official.high, official.denominator) == (same.low, same.high, same.denominator)


@settings(max_examples=200)
@given(ROWS, RULES, st.integers(1, 100), st.data())
def test_the_smallest_set_is_that_of_brute_force(rows, rule, minimum, data):
    items = items_of(rows)
    open_ones = [item.key for item in items if item.supply != LOCAL]
    candidates = data.draw(st.lists(st.sampled_from(open_ones), unique=True, max_size=7)) if open_ones else []
    found, expected = (
        smallest_set(Forest(items, rule), candidates, D(minimum)),
        brute(items, rule, candidates, D(minimum)),
    )
    assert found.exact
    if expected is None:
        assert found.keys is None
    else:
        size, low = expected
        counted = Forest(items, rule).outcome(Changes(local=frozenset(found.keys)))
        assert (len(found.keys), counted.low) == (size, low)


def test_fifteen_candidates_are_looked_at_whole_and_quickly():
    items = [Item(number, IMPORTED, points=D(number + 1) / 10) for number in range(EXACT)]
    found = smallest_set(Forest(items, Rule()), range(EXACT), D(8))
    assert (len(found.keys), found.exact) == (7, True)
    assert found.value == sum(D(number) for number in range(9, 16)) / 10
    assert smallest_set(Forest(items, Rule()), range(EXACT), D(13)).keys is None


@settings(max_examples=10)
@given(st.lists(st.tuples(st.integers(1, 90), st.booleans()), min_size=EXACT, max_size=EXACT), st.integers(50, 400))
def test_fifteen_candidates_under_a_ceiling_are_those_of_brute_force(rows, minimum):
    items = [
        Item(number, IMPORTED, points=D(rate) / 10, evidence="declared" if said else "checked")
        for number, (rate, said) in enumerate(rows)
    ]
    best, most = None, 150
    for mask in range(1 << EXACT):
        size, proved, declared = mask.bit_count(), 0, 0
        if best and size > best[0]:
            continue
        for number, (rate, said) in enumerate(rows):
            if mask >> number & 1:
                proved, declared = (proved, declared + rate) if said else (proved + rate, declared)
        low = proved + min(declared, most)
        if low >= minimum and (best is None or (-size, low) > (-best[0], best[1])):
            best = (size, low)
    found = smallest_set(Forest(items, replace(Rule(), declared_most=D(most) / 10)), range(EXACT), D(minimum) / 10)
    assert (None if found.keys is None else (len(found.keys), found.value * 10)) == best


def test_beyond_fifteen_the_set_is_found_step_by_step_with_its_bound():
    items = [Item(number, IMPORTED, points=D(1)) for number in range(40)]
    found = smallest_set(Forest(items, Rule()), range(40), D(12))
    assert (len(found.keys), found.at_least, found.exact) == (12, 12, True)
    ceiling = replace(Rule(), declared_most=D(5))
    assert smallest_set(Forest(items, ceiling), range(40), D(12)).keys is None


@given(ROWS, RULES)
def test_what_each_would_bring_is_what_it_brings(rows, rule):
    items = items_of(rows)
    official = count(items, rule)
    open_ones = [item.key for item in items if item.supply != LOCAL]
    for key, points in gains(Forest(items, rule), open_ones).items():
        counted = Forest(items, rule).outcome(Changes(local=frozenset([key])))
        assert points == (counted.low - official.low) * 100 / official.denominator


def test_modele_1_reaches_twenty_with_exhaust_and_wheels():
    rates = ("4.0", "3.0", "1.5", "1.2", "2.0", "3.2")
    items = [Item(number, points=D(each)) for number, each in enumerate(rates)]
    items += [
        Item("exhaust", IMPORTED, points=D("2.8")),
        Item("wheels", IMPORTED, points=D("2.4")),
        Item("tail", IMPORTED, points=D("0.3")),
    ]
    assert Forest(items, Rule()).outcome(Changes(local=frozenset(["exhaust", "wheels"]))).value == D("20.1")
    found = smallest_set(Forest(items, Rule()), ["exhaust", "wheels", "tail"], D(20))
    assert (found.keys, found.value) == (("exhaust", "wheels"), D("20.1"))
    assert Forest(items, Rule()).outcome(Changes()).value == D("14.9")
