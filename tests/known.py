"""What the naive twin counts from: plain data, and what was known of it at the version of a question.

Written from the words of the design with loops and dictionaries: no Django, no SQL, no sums that are kept.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

SOLD = ("sold_after_market", "sold_first_fit", "sold_unsplit")
SAID_BY = {"produced": ("produced",), "sold": SOLD}
SAID_BY |= {
    "sold_after_market": ("sold_after_market",),
    "sold_first_fit": ("sold_first_fit",),
    "scrapped": ("scrapped",),
}
MONEY = ("value_produced", "value_sold")  # in dinars, whatever the unit of the parts
SAID_BY |= {name: (name,) for name in MONEY}
OPEN_ENDED = 3  # months of silence after which an assumed site is no longer expected


@dataclass(frozen=True)
class Line:
    """What a declaration says of a part: measure -> amount or None (not said)."""

    part: str
    brand: str | None
    unit: str
    said: dict[str, Decimal | None]


@dataclass
class Stood:
    """A declaration that stood from a version to a version; `lines` None: nil. One declaration may stand again."""

    site: str
    month: date
    lines: list[Line] | None
    from_v: int
    to_v: int | None = None
    declaration: int | None = None


@dataclass
class Confirmed:
    """A site that is to declare from a month to a month (included)."""

    site: str
    first: date
    last: date | None
    from_v: int
    to_v: int | None = None


@dataclass
class Closed:
    """A month that was closed from a version to a version."""

    month: date
    from_v: int
    to_v: int | None = None


@dataclass
class InFamily:
    """A part that was in a family from a version to a version."""

    part: str
    family: str
    from_v: int
    to_v: int | None = None


@dataclass
class Place:
    """A site's firm, and its wilayas as (code, from day or None, to day or None, not included)."""

    firm: str
    wilayas: list[tuple[str, date | None, date | None]] = field(default_factory=list)


@dataclass(frozen=True)
class Gamme:
    """A range since ever: the references it lists, or its brand's whole family when it lists none."""

    code: str
    brand: str
    family: str
    parts: frozenset = frozenset()


@dataclass
class World:
    """Everything that was ever known."""

    sites: dict[str, Place] = field(default_factory=dict)
    families: list[InFamily] = field(default_factory=list)
    stood: list[Stood] = field(default_factory=list)
    confirmed: list[Confirmed] = field(default_factory=list)
    closed: list[Closed] = field(default_factory=list)
    ranges: list[Gamme] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """What is asked, in the words of the command line. `firms` None: all."""

    version: int
    today: date
    on: date
    year: int | None = None
    first: date | None = None
    last: date | None = None
    base_year: int | None = None
    by: str | None = None
    filters: dict[str, str] = field(default_factory=dict)
    firms: frozenset[str] | None = None
    parts: bool = False


def months_asked(ask):
    """Return the months of a window or a year that the filters leave."""
    year, month = ask.filters.get("year"), ask.filters.get("month")
    whole = ask.year or int(year or (month or f"{ask.today.year}")[:4])
    months = run_of(ask.first or date(whole, 1, 1), ask.last or date(whole, 12, 1))
    return [
        each
        for each in months
        if f"{each:%Y}" == (year or f"{each:%Y}") and f"{each:%Y-%m}" == (month or f"{each:%Y-%m}")
    ]


def later(month, count):
    """Return the month `count` months later."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def run_of(first, last):
    """Return the months from first to last."""
    months = []
    while first <= last:
        months.append(first)
        first = later(first, 1)
    return months


def exact(number):
    """Return a sum as text: exact, without trailing zeros."""
    whole = format(Decimal(number), "f")
    return (whole.rstrip("0").rstrip(".") if "." in whole else whole) or "0"


def rounded(number):
    """Return a quotient as text, rounded half up (away from zero) at 12 decimals; None as None."""
    if number is None:
        return None
    scaled = abs(number) * 10**12
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    sign = "-" if number < 0 and whole else ""
    return exact(Decimal(f"{sign}{whole}e-12"))


def percent(part, of):
    """Return part / of x 100 as a fraction; None when there is nothing to divide by."""
    return None if not of else Fraction(part) / Fraction(of) * 100


class Known:
    """What was known at the version of a question, and what the question counts of it."""

    def __init__(self, world, question, measures):
        self.world, self.question, self.measures = world, question, measures
        self.unit = question.filters.get("unit", None if set(measures) & set(MONEY) else "piece")
        self.stood = {(s.site, s.month): s for s in world.stood if self.held(s)}
        self.confirmed = [c for c in world.confirmed if self.held(c)]
        self.closed = {c.month for c in world.closed if self.held(c)}
        self.family = {f.part: f.family for f in world.families if self.held(f)}
        self.set_windows()
        self.sites = [code for code in sorted(world.sites) if self.in_perimeter(code)]
        self.cut()

    def held(self, row):
        """Say whether a row held at the version."""
        return row.from_v <= self.question.version and (row.to_v is None or row.to_v > self.question.version)

    # Windows -------------------------------------------------------------------------------------
    def set_windows(self):
        """The months asked for, and how many months back the base lies."""
        ask = self.question
        self.whole_year = ask.first is None and "month" not in ask.filters
        self.asked = months_asked(ask)
        self.back = 12 * (self.asked[-1].year - ask.base_year) if ask.base_year else 12

    def base_of(self, month):
        """The month that a month is compared with."""
        return later(month, -self.back)

    def cut(self):
        """Find L, the months up to it, and the compared months C."""
        covered = [month for month in self.asked if self.covered(month)]
        self.up_to = self.asked
        if self.whole_year:
            self.up_to = [month for month in self.asked if covered and month <= covered[-1]]
        self.after = [month for month in self.asked if month not in self.up_to]
        self.compared = [m for m in self.up_to if self.covered(m) and self.covered(self.base_of(m))]

    # Who declares --------------------------------------------------------------------------------
    def in_perimeter(self, code):
        """Say whether a site passes the filters."""
        ask, place = self.question, self.world.sites[code]
        if ask.firms is not None and place.firm not in ask.firms:
            return False
        tests = {"site": code, "supplier": place.firm, "wilaya": self.wilaya(code)}
        if any(ask.filters.get(name, value) != value for name, value in tests.items()):
            return False
        if not {"part", "family", "brand"} & set(ask.filters):
            return True
        months = [*self.asked, *(self.base_of(month) for month in self.asked)]
        return any(self.filtered(line) for month in months for line in self.lines(code, month))

    def wilaya(self, code):
        """Return where a site is on the day of the question."""
        day = self.question.on
        for wilaya, since, until in self.world.sites[code].wilayas:
            if (since is None or since <= day) and (until is None or until > day):
                return wilaya
        return None

    def outside(self, code, month):
        """Say whether a month lies before the site's confirmed joining month."""
        joined = [c.first for c in self.confirmed if c.site == code]
        return bool(joined) and month < min(joined)

    def expected(self, code, month):
        """Say whether a site is expected to declare a month: confirmed by a person, else assumed."""
        confirmed = [c for c in self.confirmed if c.site == code]
        if confirmed:
            return any(c.first <= month and (c.last is None or month <= c.last) for c in confirmed)
        declared = sorted(m for site, m in self.stood if site == code)
        if not declared or month < declared[0]:
            return False
        today = self.question.today
        silent = (today.year - declared[-1].year) * 12 + today.month - declared[-1].month
        return silent <= OPEN_ENDED or month <= declared[-1]

    def counts(self, code, month):
        """Say whether a site is in E(m): expected or declared, not before it joined."""
        return self.says(code, month) or (self.expected(code, month) and not self.outside(code, month))

    def says(self, code, month):
        """Say whether a site is in D(m): its declaration says something of the measure; nil says 0 of everything."""
        if self.outside(code, month) or (code, month) not in self.stood:
            return False
        lines = self.stood[code, month].lines
        return not self.measures or lines is None or any(self.said(line) for line in lines)

    def among(self, month, sites=None):
        """Return E(m) and D(m) of some sites (default: all of the perimeter)."""
        sites = self.sites if sites is None else sites
        counted = [code for code in sites if self.counts(code, month)]
        return counted, [code for code in counted if self.says(code, month)]

    def covered(self, month):
        """Say whether at least two thirds of those expected or declared have declared."""
        counted, declared = self.among(month)
        return bool(counted) and 3 * len(declared) >= 2 * len(counted)

    # What they say -------------------------------------------------------------------------------
    def lines(self, code, month):
        """Return the lines that stand for a site's month."""
        stood = self.stood.get((code, month))
        return (stood.lines or []) if stood else []

    def filtered(self, line):
        """Say whether a line passes the filters of part, family and brand."""
        is_of = {"part": line.part, "family": self.family[line.part], "brand": line.brand}
        return all(self.question.filters.get(name, value) == value for name, value in is_of.items())

    def range_of(self, line):
        """Return the one range that a line counts in: that lists its part, else of its family; "*" for several."""
        of_brand = [each for each in self.world.ranges if each.brand == line.brand]
        found = [each.code for each in of_brand if line.part in each.parts]
        found = found or [each.code for each in of_brand if not each.parts and each.family == self.family[line.part]]
        return "*" if len(found) > 1 else next(iter(found), None)

    def said(self, line):
        """Say whether a line says something of the measure."""
        return any(line.said.get(measure) is not None for measure in self.measures)

    def amount(self, line):
        """Return what a line says, not said as 0."""
        return sum((line.said.get(measure) or Decimal(0) for measure in self.measures), Decimal(0))

    def passing(self, code, month, unit=None):
        """Return the lines of a site's month that count: filters, and the unit (default: the counted one)."""
        if not self.says(code, month):
            return []
        unit = unit or self.unit
        return [line for line in self.lines(code, month) if self.filtered(line) and unit in (None, line.unit)]

    def units(self):
        """Return every unit that was ever said; none apart where all of them count."""
        if self.unit is None:
            return []
        return sorted({line.unit for stood in self.world.stood for line in stood.lines or ()})
