"""Count imports twice: the figures against the naive twin of volumes, to which importers are sites and ranges are parts.

The words of the design are the same for both: an importer's month that was not returned is missing, never zero.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from intake import desk
from office import clock
from partstrack import registry
from partstrack.figures import Ask
from production.models import TradeLine
from tests import naive
from tests.known import InFamily, Line, Place, Question, Stood, World, later
from tests.production import trading

pytestmark = pytest.mark.django_db

IMPORTERS, ORIGINS, UNITS = ("IA", "IB", "IC"), ("TR", "CN", "ES"), ("piece", "piece", "piece", "set")
RANGES = {"R1": "brakes", "R2": "brakes", "R3": "clutches"}
START, SPAN, TODAY = date(2024, 1, 1), 32, date(2026, 9, 22)
RATES = {"DZD": None, "EUR": Decimal("145.25"), "CNY": Decimal("18.627")}
FOR_PEOPLE = {"basis", "definition", "name"}
THEIRS = {
    "importer": "site",
    "range": "part",
    "origin": "brand",
    "family": "family",
    "month": "month",
    "year": "year",
    "unit": "unit",
}
QUESTIONS = 14


class Game:
    """Files of imports that are sent and taken back, and the same as plain data: of quantities, and of dinars."""

    def __init__(self, seed, admin, national=False):
        self.dice, self.admin, self.versions = Random(seed), admin, []
        self.national, self.importers = national, ("ALL",) if national else IMPORTERS
        owner = trading.brand("BR", "IA")
        for code, family in RANGES.items():
            trading.make_range(admin, code, owner, family=family)
        self.worlds = {name: self._empty() for name in ("quantity", "dinars")}
        self.now = {}
        for code in self.importers:
            trading.importer(code)
            self.send([self.row(code, index) for index in range(SPAN) for _ in range(2) if self.dice.randrange(8)])
        for _ in range(3):
            self.send([self.row(self.dice.choice(self.importers), self.dice.randrange(SPAN)) for _ in range(5)])
        self.take_back()

    def _empty(self):
        families = [InFamily(code, family, 0) for code, family in RANGES.items()]
        return World(sites={code: Place(code) for code in self.importers}, families=families)

    def row(self, importer, index):
        """Draw a row: goods, and a quantity, a value, both or neither."""
        dice, currency = self.dice, self.dice.choice(tuple(RATES))
        quantity = None if dice.randrange(6) == 0 else Decimal(dice.choice(("0", "1", "7", "10.5", "1000", "33.333")))
        value = None if dice.randrange(4) == 0 else Decimal(dice.choice(("5", "12.345", "99999.99")))
        key = (dice.choice(tuple(RANGES)), dice.choice(ORIGINS), dice.choice(UNITS))
        return importer, later(START, index), key, (quantity, value, currency)

    def send(self, rows):
        """Send a file of rows, one for each goods and month, and note what stands from then on."""
        told = {
            (importer, month, key): facts
            for importer, month, key, facts in rows
            if any(f is not None for f in facts[:2])
        }
        rows = [csv_row(*place, *facts) for place, facts in told.items()]
        if self.national:
            rows = [{**each, "importer": ""} for each in rows]
        options = {"decimal": "dot", "national": self.national}
        self.last, self.before = trading.send(self.admin, *rows, **options), dict(self.now)
        for (importer, month, key), facts in told.items():
            lines = dict(self.now.get((importer, month), {}))
            old = lines.get(key, (None, None, "DZD"))
            quantity, value, currency = facts
            lines[key] = (old[0] if quantity is None else quantity, *(old[1:] if value is None else (value, currency)))
            self.now[importer, month] = lines
        self._stand()

    def take_back(self):
        """Take the last file back."""
        desk.roll_back(self.admin, self.last)
        self.now = self.before
        self._stand()

    def _stand(self):
        version = clock.moment().version
        self.versions.append(version)
        for name, world in self.worlds.items():
            open_ones = {(row.site, row.month): row for row in world.stood if row.to_v is None}
            for place in {*self.now, *open_ones}:
                lines = plain_lines(name, self.now[place]) if place in self.now else None
                standing = open_ones.get(place)
                if standing and standing.lines == lines:
                    continue
                if standing:
                    standing.to_v = version
                if lines is not None:
                    world.stood.append(Stood(*place, lines, version))


def csv_row(importer, month, key, quantity, value, currency):
    """Return a row of the file."""
    kind, origin, unit = key
    rate = RATES[currency]
    said = {"importer": importer, "range": kind, "month": f"{month:%Y-%m}", "origin": origin, "unit": unit}
    said |= {"quantity": "" if quantity is None else str(quantity), "value": "" if value is None else str(value)}
    dated = {"rate": str(rate), "rate_on": "31/12/2025", "rate_source": "bank"} if rate and value is not None else {}
    return {**said, "currency": currency, **dated}


def plain_lines(name, lines):
    """Return lines as the naive twin takes them; dinars know no units."""
    found = []
    for (kind, origin, unit), (quantity, value, currency) in sorted(lines.items()):
        dinars = None if value is None else value * (RATES[currency] or 1)
        amount = quantity if name == "quantity" else dinars
        found.append(Line(kind, origin, unit if name == "quantity" else "piece", {"produced": amount}))
    return found


def question(dice, versions, units):
    """Draw a question in the words of imports."""
    words = dice.choice(
        (
            {},
            {"year": 2025},
            {"year": 2026},
            {"year": 2026, "base_year": 2024},
            {"first": date(2025, 11, 1), "last": date(2026, 4, 1)},
        )
    )
    filters = {
        "importer": dice.choice(IMPORTERS),
        "range": dice.choice(tuple(RANGES)),
        "origin": dice.choice(ORIGINS),
        "family": "brakes",
        "unit": "set",
    }
    names = [name for name in filters if dice.randrange(6) == 0 and (units or name != "unit")]
    by = dice.choice((None, "importer", "range", "origin", "family", "month", "year"))
    return words, {name: filters[name] for name in names}, by, dice.choice(versions)


def differences(name, world, asked, filters, perimeter):
    """Return {key: (ours, the twin's)} of what a figure and its twin answer otherwise."""
    ours = registry.figure(name).compute(replace(asked, filters={**filters, **perimeter})).as_json()
    theirs = {THEIRS[word]: code for word, code in filters.items()}
    words = {each: getattr(asked, each) for each in ("year", "first", "last", "base_year")}
    twin = naive.produced(
        world, Question(asked.version, TODAY, TODAY, by=THEIRS.get(asked.by), filters=theirs, **words)
    )
    if name == "imports_value":
        twin["unit"] = "DZD"
    keys = {*ours, *twin} - FOR_PEOPLE
    return {key: (ours.get(key), twin.get(key)) for key in keys if ours.get(key) != twin.get(key)}


@pytest.mark.parametrize("seed", range(6))
def test_imports_in_quantity_and_in_value_equal_their_twin(seed, moment, admin):
    game = Game(seed, admin)
    for _ in range(QUESTIONS):
        for name, kept in (("imports", "quantity"), ("imports_value", "dinars")):
            words, filters, by, version = question(game.dice, game.versions, units=kept == "quantity")
            asked = Ask(TODAY, version, TODAY, by=by, **words)
            assert differences(name, game.worlds[kept], asked, filters, {}) == {}, (words, filters, by, version)


def of_family(world, family):
    """Return the world of one family: a national return is that of the families it names, and says nothing of others."""
    parts = {each.part for each in world.families if each.family == family}
    stood = [replace(each, lines=[line for line in each.lines if line.part in parts]) for each in world.stood]
    return replace(world, stood=stood)


@pytest.mark.parametrize("seed", range(4))
def test_national_imports_of_a_family_equal_the_twin_to_which_an_unnamed_family_is_missing(seed, moment, admin):
    game = Game(seed, admin, national=True)
    for _ in range(QUESTIONS):
        for name, kept in (("imports", "quantity"), ("imports_value", "dinars")):
            words, _filters, by, version = question(game.dice, game.versions, units=False)
            word, code = game.dice.choice((("family", "brakes"), ("family", "clutches"), ("range", "R1")))
            world = of_family(game.worlds[kept], RANGES.get(code, code))
            asked = Ask(TODAY, version, TODAY, by=None if by == "importer" else by, **words)
            found = differences(name, world, asked, {word: code}, {"perimeter": "national"})
            assert found == {}, (words, code, by, version)


def test_a_month_whose_national_return_does_not_name_a_family_is_missing_for_it(moment, admin):
    owner = trading.brand("BR", "IA")
    for code, family in RANGES.items():
        trading.make_range(admin, code, owner, family=family)
    rows = [{"range": "R1", "month": month, "quantity": "10"} for month in ("2025-01", "2025-02", "2026-01")]
    trading.send(admin, *rows, {"range": "R3", "month": "2026-02", "quantity": "5"}, national=True)
    months = {"first": date(2026, 1, 1), "last": date(2026, 2, 1)}
    for filters in ({"family": "brakes"}, {"range": "R1"}):
        asked = Ask(TODAY, clock.moment().version, TODAY, filters={**filters, "perimeter": "national"}, **months)
        answer = registry.figure("imports").compute(asked)
        assert (answer.value, answer.compared, answer.base, answer.change) == (10, 10, 10, 0)
        assert answer.coverage == {"declared": 1, "expected": 2, "missing": 1}


def test_groups_add_up_to_the_total_and_the_lines_behind_it_too(moment, admin):
    game = Game(99, admin)
    for by in ("importer", "range", "origin", "family", "month"):
        answer = registry.figure("imports").compute(Ask(TODAY, game.versions[-1], TODAY, by=by, year=2025))
        assert sum(group.value for group in answer.groups) == answer.value
        assert sum(group.compared for group in answer.groups) == answer.compared
        pieces = answer.queryset.filter(unit="piece").values_list("quantity", flat=True)
        assert sum(filter(None, pieces)) == answer.value
        assert TradeLine.objects.count() > answer.rows > 0
