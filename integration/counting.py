"""How a rule counts local integration, from items to a rate. Pure: no base, no request, no clock.

Two ways of counting. In points: the contributive rates of what is made locally are added up, out of 100. In value: what is
local of the amounts, out of all amounts. What is not known stays a span: all of it imported … all of it local.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from decimal import Decimal

from partstrack.numbers import quotient12

HUNDRED, ZERO = Decimal(100), Decimal(0)

# supply
LOCAL, RESOLD, KIT, IMPORTED, UNKNOWN = "local", "resold", "kit", "imported", "unknown"
# nature: what an item is; a rule may leave some out, on both sides
ITEM, LABOUR, COST, PACKAGING, FASTENER, FREIGHT = "item", "labour", "cost", "packaging", "fastener", "freight"
LOCAL_COSTS = frozenset({LABOUR, COST})
# tier 2: what a rule makes of what a local supplier imported itself
ROLLED_UP, DIRECT, ROLLED_DOWN = "rolled_up", "direct", "rolled_down"
POINTS, VALUE = "points", "value"
DECLARED = "declared"

# why an item counts or not
COUNTS, INSIDE, LEFT_OUT, NOT_LOCAL, NOT_SAID, NOT_COVERED, NOT_WEIGHED = (
    "counts",
    "inside",
    "left_out",
    "not_local",
    "not_said",
    "not_covered",
    "not_weighed",
)


@dataclass(frozen=True)
class Span:
    """A share between 0 and 1 that is known to lie between two values; known exactly where they are the same."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, percent):
        """Return the span of a percentage, from none to all where it is None."""
        return cls(ZERO, Decimal(1)) if percent is None else cls(percent / HUNDRED, percent / HUNDRED)

    @property
    def other(self):
        """Return the span of what is left."""
        return Span(1 - self.high, 1 - self.low)


NONE, ALL = Span(ZERO, ZERO), Span(Decimal(1), Decimal(1))


@dataclass(frozen=True)
class Purchase:
    """What a supplier bought locally for a part: its value, and the imported content in it in percent (None: not known)."""

    value: Decimal
    imported_share: Decimal | None = None


@dataclass(frozen=True)
class Content:
    """What a part of a supplier is made of, over one period and in one currency; `price` ex works, before tax."""

    price: Decimal
    direct_imports: Decimal
    purchases: tuple[Purchase, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a vehicle. `points`: its contributive rate; `amount`: its value in DZD for one vehicle; `local`: the local
    share of an item that is made locally, in percent, where it is known without its content; `african`: it comes from Africa.
    """

    key: Hashable
    supply: str = LOCAL
    nature: str = ITEM
    parent: Hashable | None = None
    points: Decimal | None = None
    amount: Decimal | None = None
    local: Decimal | None = None
    content: Content | None = None
    african: bool = False
    evidence: str = DECLARED
    covered: bool = True


@dataclass(frozen=True)
class Rule:
    """How to count. `basis` points or value; `left_out`: natures that are on neither side; `tier2`: what becomes of imports
    inside a local item; `default_import`: its imported content in percent where nothing is known (None: it stays a span);
    `declared_most`: the most points that may rest on declarations alone; `covered_only`: an item without a paper in force does
    not count; `african`: African content counts, not Algerian content alone.
    """

    basis: str = POINTS
    left_out: frozenset[str] = frozenset()
    tier2: str = ROLLED_UP
    default_import: Decimal | None = None
    declared_most: Decimal | None = None
    covered_only: bool = False
    african: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What became of an item: why it counts or not, its weight, and what it brings of it, low and high."""

    item: Item
    why: str
    weight: Decimal = ZERO
    low: Decimal = ZERO
    high: Decimal = ZERO


@dataclass(frozen=True)
class Count:
    """The result of a rule. `low`, `high`: numerators; what is over the ceiling of declarations is taken off already.

    `value` and `highest` in percent, rounded half up at 12 decimals; None where there is nothing to divide by.
    """

    lines: tuple[Line, ...]
    low: Decimal
    high: Decimal
    denominator: Decimal
    over: Decimal = ZERO  # points that rest on declarations beyond what the rule lets count
    by_key: dict = field(default_factory=dict, compare=False, repr=False)

    @property
    def value(self):
        """Return the rate that is known: what is not known counts as imported."""
        return rate(self.low, self.denominator)

    @property
    def highest(self):
        """Return the rate if all that is not known were local."""
        return rate(self.high, self.denominator)

    @property
    def known(self):
        """Say whether nothing is left open."""
        return self.low == self.high

    def points(self, line):
        """Return what a line brings, in points of the rate (low)."""
        return rate(line.low, self.denominator) or ZERO


def rate(numerator, denominator):
    """Return a rate in percent, rounded half up at 12 decimals; None without a denominator."""
    return quotient12(numerator * 100, denominator) if denominator else None


def local_share(content, tier2=ROLLED_DOWN, default_import=None):
    """Return the local share of a part (indicator B) as a Span: L1 for DIRECT, L2 for ROLLED_DOWN, all of it for ROLLED_UP.

    L1 = 1 − direct imports / P; L2 = 1 − (direct imports + Σ local purchases × their imported share) / P.
    P is the price ex works before tax. Never below 0: a part that costs more than its price is not local at all.
    """
    if tier2 == ROLLED_UP:
        return ALL
    low = high = content.price - content.direct_imports
    if tier2 == ROLLED_DOWN:
        for bought in content.purchases:
            said = default_import if bought.imported_share is None else bought.imported_share
            span = Span.of(said)
            low, high = low - bought.value * span.high, high - bought.value * span.low
    return Span(max(low, ZERO) / content.price, max(high, ZERO) / content.price)


def count(items, rule):
    """Return the Count of items under a rule.

    An assembly and what it contains never both count. In points, the highest item that is made locally counts and nothing
    below it; in value, the highest item with an amount stands for all below it. ValueError: an item lies inside itself.
    """
    below, top = defaultdict(list), []
    known = {item.key for item in items}
    for item in items:
        (below[item.parent] if item.parent in known else top).append(item)
    lines, waiting = [], [(item, False) for item in reversed(top)]
    while waiting:
        item, inside = waiting.pop()
        line = Line(item, INSIDE) if inside else _line(item, rule)
        lines.append(line)
        stands = inside or line.why == LEFT_OUT or _stands(item, line, rule)
        waiting.extend((each, stands) for each in reversed(below.get(item.key, ())))
    if len(lines) != len(known):
        raise ValueError("An item lies inside itself, or two have one key.")
    return _summed(lines, rule)


def _stands(item, line, rule):
    """Say whether an item stands for all that it contains; one of which nothing is known does, or its span would count twice."""
    if rule.basis == VALUE:
        return item.amount is not None
    return line.why == COUNTS or (item.supply == UNKNOWN and item.points is not None)


def _summed(lines, rule):
    weights = (line.weight for line in lines)
    denominator = sum(weights, ZERO) if rule.basis == VALUE else HUNDRED if lines else ZERO
    low, high = sum((line.low for line in lines), ZERO), sum((line.high for line in lines), ZERO)
    over = ZERO
    if rule.declared_most is not None:
        most = rule.declared_most * denominator / HUNDRED
        mine = [line for line in lines if line.item.evidence == DECLARED]
        over = max(sum((line.low for line in mine), ZERO) - most, ZERO)
        high -= max(sum((line.high for line in mine), ZERO) - most, ZERO)
        low -= over
    return Count(tuple(lines), low, high, denominator, over, {line.item.key: line for line in lines})


def _line(item, rule):
    if item.nature in rule.left_out:
        return Line(item, LEFT_OUT)
    weight = item.points if rule.basis == POINTS else item.amount
    if weight is None:
        return Line(item, NOT_WEIGHED)
    why, span = _share(item, rule)
    return Line(item, why, weight, weight * span.low, weight * span.high)


def _share(item, rule):
    """Return (why, Span) of what is local of an item by itself."""
    if rule.african and item.african:
        return COUNTS, ALL
    if item.nature in LOCAL_COSTS and item.supply == LOCAL:
        return COUNTS, ALL
    if item.supply == UNKNOWN:
        return NOT_SAID, Span.of(None)
    if item.supply != LOCAL:
        return NOT_LOCAL, NONE
    if rule.covered_only and not item.covered:
        return NOT_COVERED, NONE
    if rule.tier2 == ROLLED_UP:
        return COUNTS, ALL
    if item.content is not None:
        return COUNTS, local_share(item.content, rule.tier2, rule.default_import)
    if item.local is not None:
        return COUNTS, Span.of(item.local)
    return COUNTS, Span.of(rule.default_import).other
