"""Count twice: the figures against their naive twins, in generated worlds, to the last digit."""

from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from accounts.models import Firm
from partstrack import registry
from partstrack.figures import Ask
from production import restatements, verify
from production.models import Cell, Posting
from tests import THOROUGH, naive, naive_coverage, naive_since, worlds
from tests.playing import play

pytestmark = pytest.mark.django_db

TWINS = {"produced": naive.produced, "sold": naive.sold, "coverage": naive_coverage.coverage}
FOR_PEOPLE = {"basis", "definition"}
COVERAGE_DIMS = ("supplier", "site", "wilaya", "month", "year")
QUESTIONS = 3  # of a kind, for each world
# So many worlds are played, in parts that may run side by side.
DATA_SETS, PARTS = 500 if THOROUGH else 100, 4
SITUATIONS = 3  # pairs of them, for each world


@contextmanager
def thrown_away():
    """Leave nothing of a world behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(question):
    """Turn a plain question into the one that a figure takes."""
    firms = question.firms
    scope = None if firms is None else frozenset(Firm.objects.filter(code__in=firms).values_list("pk", flat=True))
    words = ("today", "version", "on", "year", "first", "last", "base_year", "by", "filters", "parts")
    return Ask(scope=scope, **{word: getattr(question, word) for word in words})


def computed(name, question):
    """Return (what the figure says as JSON without the texts for people, the answer itself)."""
    answer = registry.figure(name).compute(ask(question))
    return {key: value for key, value in answer.as_json().items() if key not in FOR_PEOPLE}, answer


def differences(one, other):
    """Return the keys under which two answers differ, with both sides."""
    return {key: (one.get(key), other.get(key)) for key in {*one, *other} if one.get(key) != other.get(key)}


@pytest.mark.parametrize("part", range(PARTS))
def test_over_many_data_sets_what_is_said_of_any_situation_equals_its_twin(part):
    @seed(part)
    @settings(max_examples=DATA_SETS // PARTS)
    @given(data=st.data(), plan=worlds.plans())
    def holds(data, plan):
        with thrown_away():
            game = play(plan)
            assert verify.verify() == []
            for each in (twins, contributions, rows_behind, since):
                each(data.draw, game)
            version = data.draw(st.sampled_from(game.versions))
            assert kept(version) == recounted(version, game.world)

    holds()


def twins(draw, game):
    """Every figure equals its twin in every key, now and at any version."""
    for name in TWINS:
        for number in range(QUESTIONS):
            question = draw(
                worlds.questions(game.plan, game.versions, COVERAGE_DIMS if name == "coverage" else worlds.DIMS)
            )
            if number:
                question = replace(question, version=draw(st.sampled_from(game.versions)))
            ours, _answer = computed(name, question)
            assert differences(ours, TWINS[name](game.world, question)) == {}, name


def contributions(draw, game):
    """Contributions add up to the change of the total exactly."""
    for _ in range(QUESTIONS):
        question = draw(worlds.questions(game.plan, game.versions, [dim for dim in worlds.DIMS if dim != "unit"]))
        ours, _answer = computed("produced", question)
        groups = ours.get("groups", [])
        for key in ("value", "compared", "base") if groups else ():
            assert sum(Decimal(group[key]) for group in groups) == Decimal(ours[key] or 0)


def rows_behind(draw, game):
    """The rows behind a figure are as many as it says and add up to it."""
    for _ in range(QUESTIONS):
        ours, answer = computed("produced", draw(worlds.questions(game.plan, game.versions)))
        if answer.queryset is not None:
            amounts = list(answer.queryset.values_list("produced", flat=True))
            assert (len(amounts), sum(filter(None, amounts))) == (ours["rows"], Decimal(ours["value"]))


def since(draw, game):
    """What changed between two situations equals its twin."""
    for _ in range(SITUATIONS):
        told_since(game, draw(pairs_of_situations(game.plan, game.versions)))


@st.composite
def pairs_of_situations(draw, plan, versions):
    """Draw a volume, and the same question at two versions, the earlier first; often one family of parts."""
    question = replace(draw(worlds.questions(plan, versions)), by=None, parts=False)
    if draw(st.booleans()):
        question = replace(question, filters={"family": draw(st.sampled_from(worlds.FAMILIES))})
    if not question.year and not question.first and "year" not in question.filters:
        question = replace(question, year=question.today.year)
    told = len(plan.plants)  # versions of the first telling come before the steps that change something
    earlier, later = sorted((draw(st.sampled_from(versions[: told + 3])), draw(st.sampled_from(versions))))
    return (
        draw(st.sampled_from(("produced", "sold"))),
        replace(question, version=earlier),
        replace(question, version=later),
    )


def told_since(game, drawn):
    """What changed between two situations equals its twin, and adds up to the last digit."""
    name, then, now = drawn
    found = restatements.since(name, ask(now), ask(then))
    window, value_then, value_now, lines = naive_since.since(name, game.world, then, now)
    ours = {(found.sites[line.site].code, line.month, line.cause): line.difference for line in found.lines}
    assert (found.window, ours) == (window, lines)
    if window:
        assert (found.value_then, found.value_now) == (Decimal(value_then), Decimal(value_now))
    assert all(then.version < version <= now.version for line in found.lines for version in line.versions)
    assert all(line.versions for line in found.lines)
    for by in ("supplier", "site", "month"):
        assert sum(difference for _key, difference, _lines in found.groups(by)) == found.difference


@given(plan=worlds.plans())
def test_the_kept_sums_equal_a_recount_from_the_lines_at_every_version(plan):
    with thrown_away():
        game = play(plan)
        assert verify.verify() == []
        for version in game.versions:
            assert kept(version) == recounted(version, game.world)


def kept(version):
    """Return what the ledger says at a version: cells minus the postings after it, by keys in codes."""
    sums = {}
    for sign, rows in ((1, Cell.objects.all()), (-1, Posting.objects.filter(version__gt=version))):
        for row in rows.select_related("site", "family", "brand"):
            key = (row.site.code, row.month, row.family.code, row.unit_id, row.brand and row.brand.code)
            add(sums, key, sign, [row.lines, *(getattr(row, m) for m in worlds.MEASURES)])
            add(sums, (*key, "said"), sign, [getattr(row, f"{m}_said") for m in worlds.MEASURES])
    return {key: row for key, row in sums.items() if any(row)}


def recounted(version, world):
    """Return the same from the plain lines."""
    sums = {}
    held = [row for row in [*world.stood, *world.families] if row.from_v <= version < (row.to_v or version + 1)]
    family = {row.part: row.family for row in held if hasattr(row, "part")}
    for stood in (row for row in held if hasattr(row, "lines")):
        for line in stood.lines or ():
            key = (stood.site, stood.month, family[line.part], line.unit, line.brand)
            said = [line.said[measure] for measure in worlds.MEASURES]
            add(sums, key, 1, [1, *(amount or Decimal(0) for amount in said)])
            add(sums, (*key, "said"), 1, [int(amount is not None) for amount in said])
    return {key: row for key, row in sums.items() if any(row)}


def add(sums, key, sign, row):
    """Add a row of amounts to those of a key."""
    before = sums.get(key, [0] * len(row))
    sums[key] = [amount + sign * more for amount, more in zip(before, row, strict=True)]
