"""The engine that counts local integration: the worked cases, assemblies, spans, ceilings, and a naive twin."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.counting import (
    COST,
    DIRECT,
    IMPORTED,
    KIT,
    LABOUR,
    LOCAL,
    PACKAGING,
    RESOLD,
    ROLLED_DOWN,
    UNKNOWN,
    VALUE,
    Content,
    Item,
    Purchase,
    Rule,
    count,
    local_share,
)

D = Decimal
POINTS_RULE, VALUE_RULE = Rule(), Rule(basis=VALUE)


def points(*rates, **more):
    """Return items with contributive rates."""
    return [Item(number, points=D(rate), **more) for number, rate in enumerate(rates)]


def test_contributive_rates_add_up():
    counted = count(points("4.0", "3.0", "1.5", "1.2", "2.0", "3.2"), POINTS_RULE)
    assert (counted.value, counted.denominator, counted.known) == (D("14.9"), 100, True)


def test_the_ratio_of_2017():
    items = [
        Item("costs", nature=COST, amount=D(40)),
        Item("bought", amount=D(110)),
        Item("imported", supply=IMPORTED, amount=D(350)),
    ]
    assert count(items, VALUE_RULE).value == 30
    assert (
        count(
            [*items, Item("crates", nature=PACKAGING, amount=D(500))], replace(VALUE_RULE, left_out={PACKAGING})
        ).value
        == 30
    )
    assert (
        count([*items, Item("pay", nature=LABOUR, amount=D(500))], replace(VALUE_RULE, left_out={LABOUR})).value == 30
    )


def test_a_part_on_the_first_and_the_second_tier():
    content = Content(D(1200), D(250), (Purchase(D(500), D(60)),))
    one, two = local_share(content, DIRECT), local_share(content, ROLLED_DOWN)
    assert (round(one.low * 100, 1), round(two.low * 100, 1)) == (D("79.2"), D("54.2"))
    assert (one.low, two.low) == (one.high, two.high)
    open_share = local_share(replace(content, purchases=(Purchase(D(500)),)))
    assert (open_share.low, open_share.high) == (D(450) / 1200, D(950) / 1200)
    assert local_share(replace(content, purchases=(Purchase(D(500)),)), default_import=D(60)) == two


@pytest.mark.parametrize(("rate", "said"), [(130, "67.5"), (145, "63.8"), (160, "60.0")])
def test_the_exchange_rate_alone_moves_a_part(rate, said):
    share = local_share(Content(D(800), D(2) * rate), DIRECT).low * 100
    assert share.quantize(D("0.1"), rounding="ROUND_HALF_UP") == D(said)


def test_a_kit_and_a_resold_item_are_not_local():
    assert count([*points("4", supply=KIT), replace(points("3", supply=RESOLD)[0], key="r")], POINTS_RULE).value == 0


def test_an_assembly_and_what_it_contains_never_both_count():
    engine = Item("engine", points=D(10), amount=D(100))
    block = Item("block", parent="engine", points=D(3), amount=D(40))
    pin = Item("pin", parent="block", points=D(1), amount=D(5))
    assert count([pin, block, engine], POINTS_RULE).value == 10
    assert count([replace(engine, supply=IMPORTED), block, pin], POINTS_RULE).value == 3
    assert count([replace(engine, supply=IMPORTED), block, pin], VALUE_RULE).value == 0
    assert (
        count([replace(engine, amount=None, supply=IMPORTED), block, replace(pin, supply=IMPORTED)], VALUE_RULE).value
        == 100
    )
    with pytest.raises(ValueError, match="inside itself"):
        count([replace(engine, parent="pin"), block, pin], POINTS_RULE)


def test_what_is_not_known_is_a_span():
    counted = count(
        [Item("a", amount=D(30)), Item("b", supply=UNKNOWN, amount=D(20)), Item("c", supply=IMPORTED, amount=D(50))],
        VALUE_RULE,
    )
    assert (counted.value, counted.highest, counted.known) == (30, 50, False)
    down = replace(VALUE_RULE, tier2=ROLLED_DOWN)
    assert (count([Item("a", amount=D(1))], down).value, count([Item("a", amount=D(1))], down).highest) == (0, 100)
    assert count([Item("a", amount=D(1))], replace(down, default_import=D(25))).value == 75


def test_declarations_count_up_to_the_ceiling():
    items = [Item("a", points=D(9)), Item("b", points=D(4), evidence="checked")]
    counted = count(items, replace(POINTS_RULE, declared_most=D(5)))
    assert (counted.value, counted.over) == (9, 4)


def test_only_what_is_covered_counts_where_the_rule_says_so():
    items = [Item("a", points=D(9)), Item("b", points=D(4), covered=False)]
    assert count(items, POINTS_RULE).value == 13
    assert count(items, replace(POINTS_RULE, covered_only=True)).value == 9


def test_african_content_is_not_algerian_content():
    items = [
        Item("a", amount=D(1)),
        Item("t", supply=IMPORTED, african=True, amount=D(1)),
        Item("x", supply=IMPORTED, amount=D(2)),
    ]
    assert count(items, VALUE_RULE).value == 25
    assert count(items, replace(VALUE_RULE, african=True)).value == 50


def test_a_mean_of_rates_is_wrong():
    items = [
        Item("a", amount=D(70)),
        Item("b", supply=IMPORTED, amount=D(30)),
        Item("c", amount=D(180)),
        Item("d", supply=IMPORTED, amount=D(720)),
    ]
    assert count(items, VALUE_RULE).value == 25


TREES = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from([LOCAL, IMPORTED, KIT, UNKNOWN]),
        st.none() | st.integers(0, 1000),
        st.none() | st.integers(0, 1000),
    ),
    max_size=9,
)


@given(TREES)
def test_the_naive_twin_walks_up_from_each_item(rows):
    items = [
        Item(
            number,
            supply,
            parent=parent if parent < number else None,
            points=None if rate is None else D(rate) / 10,
            amount=None if amount is None else D(amount),
        )
        for number, (parent, supply, rate, amount) in enumerate(rows)
    ]
    by_key = {item.key: item for item in items}

    def above(item):
        while item.parent is not None:
            item = by_key[item.parent]
            yield item

    def taken(item):
        return item.points is not None and item.supply in {LOCAL, UNKNOWN}

    mine = [item for item in items if taken(item) and not any(taken(each) for each in above(item))]
    low = sum((item.points for item in mine if item.supply == LOCAL), D(0))
    high = sum((item.points for item in mine), D(0))
    counted = count(items, POINTS_RULE)
    assert (counted.low, counted.high) == (low, high)
    tops = [
        item for item in items if item.amount is not None and not any(each.amount is not None for each in above(item))
    ]
    counted = count(items, VALUE_RULE)
    assert counted.denominator == sum((item.amount for item in tops), D(0))
    assert counted.low == sum((item.amount for item in tops if item.supply == LOCAL), D(0))
