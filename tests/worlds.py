"""Small hostile worlds and questions about them, drawn by Hypothesis. Plain data: tests/playing.py plays them.

A world is a few sizes, a seed for what the declarations say, and a list of steps; so a failing one shrinks to few
sites, few months and few steps.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import assume
from hypothesis import strategies as st

from tests.known import Line, Question, later, months_asked

FIRMS = ("F1", "F2", "F3")
FAMILIES = ("brakes", "clutches", "oils")
UNITS = ("piece", "set", "litre")
BRANDS = ("brand-a", "brand-b")
WILAYAS = ("09", "16", "31")
START = date(2024, 1, 1)
AMOUNTS = ("0", "1", "2", "7", "10.5", "1000", "33.333", "0.001", "999999.999")
MEASURES = ("produced", "sold_after_market", "sold_first_fit", "sold_unsplit", "exported")
MEASURES += ("scrapped", "value_produced", "value_sold")
DIMS = ("supplier", "site", "family", "part", "month", "year", "wilaya", "brand", "unit")


@dataclass(frozen=True)
class Plant:
    """A site of the plan: code, firm, wilaya (or None), the wilaya it moves to on a day (or None)."""

    code: str
    firm: str
    wilaya: str | None
    moves_to: str | None
    moves_on: date


@dataclass(frozen=True)
class Step:
    """Something that people do: what, and small numbers that choose to whom and when."""

    what: str
    which: int
    first: int
    length: int
    who: int


@dataclass(frozen=True)
class Plan:
    """A world before it is played."""

    seed: int
    plants: tuple[Plant, ...]
    parts: dict[str, tuple[str, str, str]]  # reference -> firm, family, unit
    span: int
    gaps: int  # of ten site-months, so many stay undeclared at first
    blanks: int  # of ten amounts, so many are not said
    silence: int  # months between the last month and today
    steps: tuple[Step, ...] = field(default=())
    pure: bool = False  # everything is said in pieces

    @property
    def months(self):
        """The months that are played with."""
        return [later(START, index) for index in range(self.span)]

    @property
    def today(self):
        """A day so many months after the last one."""
        return later(START, self.span - 1 + self.silence) + timedelta(days=20)

    def says(self, code, month, salt):
        """Return the lines that a site declares for a month (None: nil), the same for the same salt."""
        dice = Random(f"{self.seed} {code} {month} {salt}")
        if dice.randrange(10) == 0:
            return None
        firm = next(plant.firm for plant in self.plants if plant.code == code)
        mine = [(reference, unit) for reference, (of, _, unit) in self.parts.items() if of == firm]
        lines = []
        for reference, unit in mine:
            for brand in dice.choice([[], [None], [None], ["brand-a"], ["brand-a", None], list(BRANDS)]):
                unit_said = "piece" if self.pure else unit if dice.randrange(8) else dice.choice(UNITS)
                lines.append(Line(reference, brand, unit_said, self._amounts(dice)))
        return lines

    def _amounts(self, dice):
        return {name: None if dice.randrange(10) < self.blanks else Decimal(dice.choice(AMOUNTS)) for name in MEASURES}

    def silent(self, code, month):
        """Say whether a site-month stays undeclared at first."""
        return Random(f"{self.seed} gap {code} {month}").randrange(10) < self.gaps


WHAT = ("restate", "restate", "restate", "submit", "accept", "accept", "return", "roll back", "roll back")
WHAT += ("close", "close all", "reopen", "expect", "expect", "reclassify", "twice")


@st.composite
def plants(draw):
    """Draw one to five sites of one to three firms, some without a wilaya, some that move."""
    place = st.sampled_from([None, *WILAYAS])
    moving_day = st.dates(START, date(2026, 12, 31))
    firms = draw(st.lists(st.sampled_from(FIRMS), min_size=1, max_size=5))
    return tuple(
        Plant(f"S{number}", firm, draw(place), draw(place), draw(moving_day)) for number, firm in enumerate(firms, 1)
    )


@st.composite
def plans(draw):
    """Draw a world: its sites and parts, a first telling of the months, and up to a dozen steps after it."""
    made = draw(plants())
    step = st.builds(
        Step,
        what=st.sampled_from(WHAT),
        which=st.integers(0, 9),
        first=st.integers(0, 29),
        length=st.integers(1, 14),
        who=st.integers(0, 5),
    )
    return Plan(
        seed=draw(st.integers(0, 999)),
        plants=made,
        parts=draw(parts(sorted({plant.firm for plant in made}))),
        span=draw(st.sampled_from((30, 30, 27, 25, 18, 14, 2))),
        gaps=draw(st.sampled_from((0, 0, 1, 1, 2, 4))),
        blanks=draw(st.sampled_from((0, 2, 5, 9))),
        silence=draw(st.sampled_from((0, 3, 3, 4, 6, -1))),
        steps=tuple(draw(st.lists(step, max_size=12))),
    )


@st.composite
def parts(draw, firms):
    """Draw one to three parts for each firm, in families and units of their own."""
    found = {}
    for firm in firms:
        for number in range(draw(st.integers(1, 3))):
            family, unit = draw(st.sampled_from(FAMILIES)), draw(st.sampled_from(("piece", "piece", *UNITS)))
            found[f"{firm}-{number}"] = (firm, family, unit)
    return found


def filters_of(plan):
    """Return a strategy of filters with codes that exist in a plan; rarely more than one."""
    values = {
        "supplier": sorted({plant.firm for plant in plan.plants}),
        "site": [plant.code for plant in plan.plants],
        "wilaya": list(WILAYAS),
        "family": list(FAMILIES),
        "part": sorted(plan.parts),
        "brand": list(BRANDS),
        "unit": list(UNITS),
        "month": [f"{month:%Y-%m}" for month in plan.months],
        "year": ["2025", "2026"],
    }
    pair = st.sampled_from(sorted(values)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(values[name])))
    return st.one_of(st.just({}), st.lists(pair, max_size=2).map(dict))


@st.composite
def questions(draw, plan, versions, dims=DIMS):
    """Draw a question: window, base, dimension, filters, as-of one of `versions`, what a person may see."""
    words = draw(windows(plan))
    last = words["last"].year if "last" in words else words.get("year")
    if last and draw(st.integers(0, 3)) == 0:
        words["base_year"] = last - draw(st.integers(1, 2))
    scope = st.sets(st.sampled_from(FIRMS), min_size=1).map(frozenset)
    firms = draw(st.one_of(st.none(), st.none(), st.none(), scope))
    question = Question(
        version=draw(st.one_of(st.just(versions[-1]), st.just(versions[-1]), st.sampled_from(versions))),
        today=plan.today,
        on=draw(st.dates(START, date(2026, 12, 31))),
        by=draw(st.one_of(st.none(), st.sampled_from(dims), st.sampled_from(dims))),
        filters=draw(filters_of(plan).filter(lambda found: _may_be_asked(found, words, firms, plan))),
        firms=firms,
        parts=draw(st.booleans()),
        **words,
    )
    assume(months_asked(question))
    return question


def _may_be_asked(filters, words, firms, plan):
    """Say whether a person of some firms (None: of all) may name these codes, and the base stays in one place."""
    named = {filters.get("supplier"), *(plant.firm for plant in plan.plants if plant.code == filters.get("site"))}
    named |= {plan.parts[filters["part"]][0]} if "part" in filters else set()
    theirs = firms is None or named - {None} <= firms
    return theirs and ("base_year" not in words or not {"month", "year"} & set(filters))


@st.composite
def windows(draw, plan):
    """Draw a year, or months from and to, or neither."""
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return {}
    if kind < 4:
        return {"year": draw(st.sampled_from((2025, 2025, 2025, 2026, 2026, 2024)))}
    first = draw(st.one_of(st.integers(12, 29), st.integers(0, 30)))
    last = first + draw(st.integers(0, 13))
    return {"first": later(START, first), "last": later(START, last)}
