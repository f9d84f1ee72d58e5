"""Count twice: growth over every span, rates, prices and the bridge against their naive twins, to the last digit."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from accounts.models import Firm
from catalogue.models import Family
from office.door import write
from production import targeting
from production.models import Range, RangePart, Target
from tests import THOROUGH, naive, naive_growth, worlds
from tests.known import Gamme
from tests.playing import play
from tests.production.test_twins import computed, differences, thrown_away

pytestmark = pytest.mark.django_db

PARTS = 2
WORLDS = 40 if THOROUGH else 16
QUESTIONS = 2  # of a kind, for each world
MEASURES = ("produced", "sold", "sold_after_market", "sold_first_fit", "scrapped", "value_produced", "value_sold")
VOLUMES = MEASURES[2:]
RATIOS = tuple(naive_growth.WAYS)
SPANS = {
    "month_change": naive_growth.month_change,
    "rolling_12": naive_growth.rolling_12,
    "growth_since": naive_growth.growth_since,
    "cagr": naive_growth.cagr,
    "mark_passed": naive_growth.mark_passed,
    "bridge": naive_growth.bridge,
}
WITHOUT_UNIT = tuple(dim for dim in worlds.DIMS if dim != "unit")
DIMS = {"cagr": (None,), "mark_passed": (None,), "bridge": ("movement", None, *WITHOUT_UNIT)}


@pytest.mark.parametrize("part", range(PARTS))
def test_over_many_worlds_growth_over_every_span_equals_its_twin_in_every_key(part):
    @seed(part)
    @settings(max_examples=WORLDS // PARTS)
    @given(data=st.data(), plan=worlds.plans())
    def holds(data, plan):
        with thrown_away():
            game = play(plan)
            for name, twin, dims, reword in EVERY:
                for _ in range(QUESTIONS):
                    question = reword(data.draw, data.draw(worlds.questions(plan, game.versions, dims)))
                    ours, _answer = computed(name, question)
                    assert differences(ours, twin(game.world, question)) == {}, name
            for each in (the_bridge_leads_exactly, operands_add_up):
                each(data.draw, game)
            told = [
                row for number in range(data.draw(st.integers(1, 6))) for row in set_targets(data.draw, game, number)
            ]
            progress(data.draw, game, told)
            with_ranges(game)
            by_range(data.draw, game)

    holds()


def of_a_span(name, draw, question):
    """Give a question the words of a span: a measure, a mark, no month or year as a filter."""
    filters = {key: value for key, value in question.filters.items() if key not in ("month", "year")}
    filters["measure"] = draw(st.sampled_from(MEASURES))
    if name == "mark_passed":
        filters["mark"] = draw(st.sampled_from(("1", "2000", "1000000", "0.5")))
    if name == "cagr":
        question = replace(question, first=None, last=None)
    by = question.by if question.by in DIMS.get(name, WITHOUT_UNIT) else None
    if name == "cagr" and question.base_year and question.base_year >= (question.year or question.today.year - 1):
        question = replace(question, base_year=None)
    return replace(question, filters=filters, by=by)


def of_a_ratio(draw, question):
    """A rate has no groups by unit."""
    return replace(question, by=None if question.by == "unit" else question.by)


def as_it_is(draw, question):
    """Ask the question as it was drawn."""
    return question


# A figure, its twin, the dimensions of its questions, and what turns a drawn question into one that it takes.
EVERY = [
    *((name, partial(naive.volume, name), WITHOUT_UNIT, as_it_is) for name in VOLUMES),
    *((name, partial(naive_growth.ratio, name), WITHOUT_UNIT, of_a_ratio) for name in RATIOS),
    *(
        (name, SPANS[name], tuple(filter(None, DIMS.get(name, WITHOUT_UNIT))) or WITHOUT_UNIT, partial(of_a_span, name))
        for name in SPANS
    ),
]


RANGES = [("R1", "brand-a", "brakes", 0), ("R2", "brand-a", "oils", 0), ("R3", "brand-a", "oils", 0)]
RANGES += [("R4", "brand-a", "clutches", 2), ("R5", "brand-b", "clutches", 1), ("R6", "brand-b", "oils", 2)]


def with_ranges(game):
    """Add ranges to a played world: of whole families, two of one family, and of the first references there are."""
    for code, brand, family, listed in RANGES:
        parts = sorted(game.parts)[:listed]
        row = Range(code=code, brand=game.brands[brand], family=Family.objects.get(code=family), application=code)
        row.save()
        RangePart.objects.bulk_create(RangePart(range=row, part=game.parts[part], from_v=0) for part in parts)
        game.world.ranges.append(Gamme(code, brand, family, frozenset(parts)))


def by_range(draw, game):
    """A volume and a price by range equal their twins, and no line counts twice."""
    for name in ("sold", "price_sold"):
        for _ in range(QUESTIONS):
            question = replace(draw(worlds.questions(game.plan, game.versions, ("range",))), by="range")
            ours, _answer = computed(name, question)
            twin = naive.sold if name == "sold" else partial(naive_growth.ratio, name)
            assert differences(ours, twin(game.world, question)) == {}, name
            for key in ("value", "compared", "base") if name == "sold" else ():
                assert sum(Decimal(group[key]) for group in ours["groups"]) == Decimal(ours[key] or 0)


def the_bridge_leads_exactly(draw, game):
    """The bridge leads from base to compared without a remainder."""
    for _ in range(QUESTIONS):
        question = of_a_span("bridge", draw, draw(worlds.questions(game.plan, game.versions, ("movement",))))
        ours, _answer = computed("bridge", replace(question, by=None))
        for key in ("value", "compared", "base"):
            assert sum(Decimal(group[key]) for group in ours["groups"]) == Decimal(ours[key] or 0)


def operands_add_up(draw, game):
    """Operands of groups add up to those of the total."""
    for _ in range(QUESTIONS):
        ours, answer = computed("scrap_rate", draw(worlds.questions(game.plan, game.versions, WITHOUT_UNIT)))
        for key in ("numerator", "denominator") if "groups" in ours else ():
            assert sum(Decimal(group[key]) for group in ours["groups"]) == Decimal(ours[key] or 0)
        if answer.queryset is not None:
            assert answer.queryset.count() == ours["rows"]


def progress(draw, game, told):
    """Progress towards targets equals its twin, as they were set at any version."""
    for _ in range(QUESTIONS):
        question = of_targets(draw, draw(worlds.questions(game.plan, game.versions, ("family", "supplier"))))
        ours, _answer = computed("target_attainment", question)
        assert differences(ours, naive_growth.target_attainment(game.world, question, told)) == {}


def set_targets(draw, game, number):
    """Set one target, perhaps one that was set before, in a write of its own; returns it as the twin takes it."""
    year, measure = draw(st.sampled_from((2025, 2026))), draw(st.sampled_from(("produced", "sold")))
    family = draw(st.sampled_from((None, *worlds.FAMILIES)))
    firm = draw(st.sampled_from((None, *sorted({plant.firm for plant in game.plan.plants}))))
    amount = draw(st.sampled_from((None, Decimal(7), Decimal(1200), Decimal("33.333"))))
    with write(game.people["admin"], f"target {number}") as door:
        target, _fresh = Target.objects.get_or_create(
            year=year,
            measure=measure,
            family=Family.objects.filter(code=family).first(),
            firm=Firm.objects.filter(code=firm).first(),
        )
        target.amount = amount
        target.save()
        targeting.record(door, target)
    game.versions.append(door.version)
    return [(year, measure, family, firm, amount, door.version)]


def of_targets(draw, question):
    """Give a question the words of targets: a year, a measure, no filters but family, supplier and unit."""
    kept = {key: value for key, value in question.filters.items() if key in ("family", "supplier", "unit")}
    kept["measure"] = draw(st.sampled_from(("produced", "sold")))
    year = question.year or 2026
    by = question.by if question.by in ("family", "supplier") else None
    return replace(question, first=None, last=None, year=year, base_year=None, filters=kept, by=by)
