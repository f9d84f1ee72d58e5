"""Ranges and imports on top of a played world: in the database, and beside it as plain data for tests/naive_imports.py."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

from accounts.models import Firm
from catalogue.models import Family
from intake.models import Batch
from office.door import write
from production import range_actions, trade_ledger
from production.models import Exemption, Range, TradeLine
from tests import worlds
from tests.naive_imports import Fact, Gamme, Goods, Imports, Leave, Returned

WHEN = datetime(2026, 9, 22, tzinfo=UTC)
IMPORTERS = ("IA", "IB", "IC")  # IC belongs to IA
RANGES = {
    # code: brand, family, importer said for the range (else the owner of the brand: IA of brand-a, nobody of brand-b)
    "R1": ("brand-a", "brakes", None),
    "R2": ("brand-a", "clutches", "IB"),
    "R3": ("brand-b", "brakes", "IB"),
    "R4": ("brand-a", "oils", None),
    "R5": ("brand-a", "oils", "IA"),
    "R6": ("brand-b", "clutches", None),
}


@dataclass
class Trade:
    """What is known of ranges and imports while they are played."""

    game: object
    dice: Random
    imports: Imports = field(default_factory=Imports)
    ranges: dict = field(default_factory=dict)
    firms: dict = field(default_factory=dict)
    families: dict = field(default_factory=dict)
    serial: int = 0
    last: tuple = (None, None)  # the file that was sent last, and its version
    leave: Exemption | None = None  # the exemption that was granted last

    @property
    def admin(self):
        """Who writes."""
        return self.game.people["admin"]


def play(game):
    """Add ranges and imports to a played world; returns the plain Imports. Versions are noted in the game."""
    trade = Trade(game, Random(f"{game.plan.seed} trade"))
    _furnish(trade)
    for sender in (None, *IMPORTERS):
        _send(trade, sender, game.plan.months, 1 if game.plan.pure else 0.8)
    for number in range(7):
        trade.dice.choice((_begin, _begin, _compose, _exempt, _exempt, _end, _resend, _take_back))(trade, number)
    return trade.imports


def _furnish(trade):
    firms = trade.firms = {code: Firm.objects.create(code=code, name=code) for code in IMPORTERS}
    trade.families = {each.code: each for each in Family.objects.filter(code__in=worlds.FAMILIES)}
    Firm.objects.filter(code="IC").update(parent=firms["IA"])
    trade.imports.parents = {"IC": "IA"}
    trade.game.brands["brand-a"].firm = firms["IA"]
    trade.game.brands["brand-a"].save()
    for code, (brand, family, importer) in RANGES.items():
        made = Range(code=code, brand=trade.game.brands[brand], family=Family.objects.get(code=family))
        made.application, made.importer = code, firms.get(importer)
        made.save()
        trade.ranges[code] = made
        trade.imports.ranges.append(Gamme(code, brand, family, importer or ("IA" if brand == "brand-a" else None)))


def _done(trade, door):
    trade.game.versions.append(door.version)
    return door.version


# Returns ----------------------------------------------------------------------------------------------
def _send(trade, sender, months, share):
    """Send returns of a sender (None: all importers) for a share of some months; each replaces what stood."""
    source = "planned" if trade.dice.randrange(8) == 0 and len(months) < trade.game.plan.span else "customs"
    firm = trade.firms.get(sender)
    batch = Batch.objects.create(
        kind="trade", name="imports.csv", sha256="", size=0, author=trade.admin, received_at=WHEN
    )
    told = {month: _lines(trade, sender) for month in months if trade.dice.random() < share}
    if not told:
        return
    with write(trade.admin, "imports") as door:
        goods = {(source, firm and firm.pk, month): _rows(trade, lines) for month, lines in told.items()}
        trade_ledger.write_returns(door, batch, trade.admin, goods)
    version = _done(trade, door)
    for month, lines in told.items():
        trade.serial += 1
        _stand(trade, Returned(source, sender, month, lines, trade.serial, version))
    trade.last = (batch, version)


def _stand(trade, fresh):
    for each in trade.imports.returned:
        if (each.source, each.sender, each.month, each.to_v) == (fresh.source, fresh.sender, fresh.month, None):
            each.to_v = fresh.from_v
    trade.imports.returned.append(fresh)


def _lines(trade, sender):
    """Draw the lines of a return: goods of ranges, or of a family alone."""
    dice, found, rarely = trade.dice, {}, 400 if trade.game.plan.pure else 40
    for code, (_brand, family, _importer) in RANGES.items():
        if dice.randrange(5) == 0:
            continue
        firm = sender or dice.choice((None, "IA", "IB"))
        unit = "piece" if dice.randrange(rarely) else "set"
        quantity = (
            None if dice.randrange(rarely) == 0 else Decimal(dice.choice(("0", "1", "7", "10.5", "1000", "33.333")))
        )
        dinars = None if dice.randrange(3) == 0 else Decimal(dice.choice(("5", "12.345", "99999.99")))
        quantity = Decimal(1) if quantity is None and dinars is None else quantity
        named = code if dice.randrange(6) else None
        found[firm, named, family, unit] = Goods(firm, named, family, unit, quantity, dinars)
    return list(found.values())


def _rows(trade, lines):
    return [
        TradeLine(
            firm=trade.firms.get(line.firm),
            range=trade.ranges.get(line.range),
            family=trade.families[line.family],
            unit_id=line.unit,
            quantity=line.quantity,
            value=line.dinars,
        )
        for line in lines
    ]


def _resend(trade, number):
    first = trade.dice.randrange(trade.game.plan.span)
    _send(trade, trade.dice.choice((None, *IMPORTERS)), trade.game.plan.months[first : first + 6], 0.8)


def _take_back(trade, number):
    """Take the last file back, when nothing else was written on its months since."""
    batch, written = trade.last
    if trade.game.versions[-1] != written:
        return
    with write(trade.admin, "back") as door:
        trade_ledger.roll_back(door, batch)
    version = _done(trade, door)
    for each in list(trade.imports.returned):
        if each.from_v == written and each.to_v is None:
            each.to_v = version
            below = [x for x in trade.imports.returned if x.to_v == written]
            for x in below:
                if (x.source, x.sender, x.month) == (each.source, each.sender, each.month):
                    trade.imports.returned.append(Returned(x.source, x.sender, x.month, x.lines, x.serial, version))


# Ranges -----------------------------------------------------------------------------------------------
def _begin(trade, number):
    code, months = trade.dice.choice(list(RANGES)), trade.game.plan.months
    began = trade.dice.choice((None, *months[: 2 + len(months) // 2])) if number > 3 else months[len(months) // 3]
    began = began and date(began.year, began.month, 17)
    now = next((x for x in trade.imports.began if x.range == code and x.to_v is None), None)
    with write(trade.admin, "begin") as door:
        range_actions.begin(door, trade.admin, trade.ranges[code], began, f"file {number}")
    version = _done(trade, door)
    if now:
        now.to_v = version
    if now or began:
        trade.imports.began.append(Fact(code, began, version))


def _compose(trade, number):
    """Let the two ranges of oils hold references, so that they can be told apart."""
    parts = sorted(trade.game.parts)
    for code, held in (("R4", parts[: number % 3]), ("R5", parts[number % 3 :][-1:])):
        with write(trade.admin, "compose") as door:
            range_actions.compose(door, trade.ranges[code], [trade.game.parts[part] for part in held])
        version = _done(trade, door)
        standing = {x.said: x for x in trade.imports.listed if x.range == code and x.to_v is None}
        for part, fact in standing.items():
            fact.to_v = None if part in held else version
        trade.imports.listed += [Fact(code, part, version) for part in held if part not in standing]


def _exempt(trade, number):
    code, months = trade.dice.choice(list(RANGES)), trade.game.plan.months
    first = trade.dice.choice(months)
    leave = Leave(
        first,
        worlds.later(first, trade.dice.randrange(9)).replace(day=15),
        Decimal(trade.dice.choice((20, 1500))),
        "piece",
    )
    with write(trade.admin, "leave") as door:
        row = Exemption.objects.create(
            range=trade.ranges[code],
            first=leave.first,
            until=leave.until,
            quantity=leave.quantity,
            why="shortage",
            by=trade.admin,
            on=leave.first,
            from_v=0,
        )
        range_actions.grant(door, row)
    trade.imports.exempted.append(Fact(code, leave, _done(trade, door)))
    trade.leave = row


def _end(trade, number):
    """End the exemption that was granted last."""
    if trade.leave is None:
        return
    with write(trade.admin, "end") as door:
        range_actions.end(door, trade.admin, trade.leave, "it delivers again")
    version = _done(trade, door)
    trade.imports.exempted[-1].to_v = version
    trade.leave = None
