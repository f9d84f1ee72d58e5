"""The slow, obvious twins of the figures that set imports beside local production, written from the words of the design."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.known import SOLD, Known, exact, later, percent, rounded

ZERO = Decimal(0)
RECENT = 12  # months whose import prices count


@dataclass(frozen=True)
class Gamme:
    """A range: its brand, its family, and the firm whose imports are the brand's own (None: nobody said)."""

    code: str
    brand: str
    family: str
    importer: str | None


@dataclass(frozen=True)
class Goods:
    """A line of a return: the firm that imported, the range (None: not said), how much, worth how many dinars."""

    firm: str | None
    range: str | None
    family: str
    unit: str
    quantity: Decimal | None
    dinars: Decimal | None


@dataclass
class Returned:
    """What a sender (None: all importers) returned of a month for a source; `serial`: the order of writing."""

    source: str
    sender: str | None
    month: date
    lines: list[Goods]
    serial: int
    from_v: int
    to_v: int | None = None


@dataclass
class Fact:
    """Something said of a range from a version to a version: the day it began, a reference it holds, an exemption."""

    range: str
    said: object
    from_v: int
    to_v: int | None = None


@dataclass(frozen=True)
class Leave:
    """An exemption: from a month to a day, a quantity in a unit."""

    first: date
    until: date
    quantity: Decimal
    unit: str


@dataclass
class Imports:
    """Everything that was ever known of ranges and imports. `parents`: firm -> the firm that it belongs to."""

    ranges: list[Gamme] = field(default_factory=list)
    returned: list[Returned] = field(default_factory=list)
    began: list[Fact] = field(default_factory=list)
    listed: list[Fact] = field(default_factory=list)
    exempted: list[Fact] = field(default_factory=list)
    parents: dict[str, str] = field(default_factory=dict)


class Sides:
    """What was known of imports and of local production at the version of a question."""

    def __init__(self, world, imports, question):
        months = {name: code for name, code in question.filters.items() if name in ("month", "year", "unit")}
        self.known, self.imports = Known(world, replace(question, by=None, filters=months), ()), imports
        self.source = question.filters.get("source", "customs")
        self.asked, self.unit = self.known.asked, self.known.unit
        self.both_windows = [*self.asked, *map(self.known.base_of, self.asked)]
        self.returns = [each for each in imports.returned if self.known.held(each) and each.source == self.source]
        self.began = {each.range: each.said for each in imports.began if self.known.held(each) and each.said}
        self.lists = {}
        for each in filter(self.known.held, imports.listed):
            self.lists.setdefault(each.range, set()).add(each.said)
        self.ranges = [each for each in imports.ranges if self._asked(each, question.filters)]

    def _asked(self, each, filters):
        said = {"range": each.code, "brand": each.brand, "family": each.family}
        return all(filters.get(name, value) == value for name, value in said.items())

    # Made here ---------------------------------------------------------------------------------------
    def is_of(self, each, line):
        """Say whether a line is of a range: under its brand, one of its references, or of its family and in no list."""
        own, elsewhere = self.lists.get(each.code), self.listed_elsewhere(each)
        family = self.known.family[line.part] == each.family and line.part not in elsewhere
        return line.brand == each.brand and (line.part in own if own else family)

    def listed_elsewhere(self, each):
        """Return the references that other ranges of its brand list."""
        others = [x.code for x in self.imports.ranges if x.brand == each.brand and x.code != each.code]
        return {part for code in others for part in self.lists.get(code, ())}

    def makers(self, is_own):
        """Return the sites that ever declared a line of that kind, in a month that counts."""
        return {
            code
            for code, month in self.known.stood
            if not self.known.outside(code, month) and any(map(is_own, self.known.lines(code, month)))
        }

    def expected(self, makers, month):
        """Return the makers that are expected, or declared."""
        return [code for code in makers if self.known.counts(code, month)]

    def enough(self, makers, month):
        """Say whether at least two thirds of the expected makers declared."""
        expected = self.expected(makers, month)
        declared = [code for code in expected if self.known.says(code, month)]
        return bool(expected) and 3 * len(declared) >= 2 * len(expected)

    def local(self, each, month, measures, unit):
        """Return what sites said of a range's month in a unit."""
        return sum(
            (
                line.said.get(measure) or ZERO
                for code in self.known.world.sites
                if not self.known.outside(code, month)
                for line in self.known.lines(code, month)
                if self.is_of(each, line) and line.unit == unit
                for measure in measures
            ),
            ZERO,
        )

    # Imported ----------------------------------------------------------------------------------------
    def own(self, each):
        """Return the firms whose imports are the brand's own: its importer and all that belong to it."""
        found = {each.importer} - {None}
        for _generation in self.imports.parents:
            found |= {firm for firm, parent in self.imports.parents.items() if parent in found}
        return found

    def own_lines(self, each, month):
        """Return the lines of a range that the brand's own importers returned themselves."""
        own = self.own(each)
        returns = [row for row in self.returns if row.sender in own and row.month == month]
        return [line for row in returns for line in row.lines if line.range == each.code]

    # Both --------------------------------------------------------------------------------------------
    def unclear(self, each):
        """Say whether nothing may be counted of a range, whatever the month."""
        alike = [x for x in self.imports.ranges if (x.brand, x.family) == (each.brand, each.family)]
        if not each.importer or (len(alike) > 1 and each.code not in self.lists):
            return True
        if self.lists.get(each.code, set()) & self.listed_elsewhere(each):
            return True
        others = {line.unit for stood in self.known.world.stood for line in stood.lines or ()} - {self.unit}
        produced = (("produced",), SOLD)
        made = any(self.local(each, m, said, u) for m in self.both_windows for u in others for said in produced)
        lines = [line for month in self.both_windows for line in self.own_lines(each, month)]
        return made or any(line.quantity and line.unit != self.unit for line in lines)

    def known_here(self, each, month):
        """Say whether enough makers declared a month, or none of them was expected to."""
        makers = self.makers(lambda line: self.is_of(each, line))
        if not makers:
            return each.code not in self.began
        return not self.expected(makers, month) or self.enough(makers, month)

    def known_imported(self, each, month):
        """Say whether the brand's own importer returned a month, each line with its quantity."""
        sent = any(row.sender in self.own(each) and row.month == month for row in self.returns)
        return sent and all(line.quantity is not None for line in self.own_lines(each, month))

    def sourced(self, places):
        """Return (sold here, sold here + imported) of some (range, month)."""
        sold = sum((self.local(each, month, SOLD, self.unit) for each, month in places), ZERO)
        lines = [line for each, month in places for line in self.own_lines(each, month)]
        return sold, sold + sum((line.quantity for line in lines if line.unit == self.unit), ZERO)


# A rate of two sides ----------------------------------------------------------------------------------
def rate(now, both, before):
    """Return the keys of a rate: now, and its change in points over what is known in both windows."""
    change = None if not both[1] or not before[1] else percent(*both) - percent(*before)
    return {
        "value": rounded(percent(*now)),
        "compared": rounded(percent(*both)),
        "base": rounded(percent(*before)),
        "change": rounded(change),
        "change_state": "none" if change is None else "ok",
    }


def rates(groups):
    """Return groups by value descending, then key; `groups`: {key: three sides}."""
    rows = [{"key": key, "contribution": None} | rate(*sides) for key, sides in groups.items()]
    return sorted(rows, key=lambda row: (-Fraction(row["value"] or -1), row["key"]))


def plain(name, unit, question, value, months=None, known=None, rows=0):
    """Return the keys that every answer has; `months`: those of the window, if any."""
    base = [known.base_of(month) for month in months] if months and known else None
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "state": "none" if value is None else "provisional",
        "version": question.version,
        "window": between(months),
        "base_window": between(base),
        "rows": rows,
        "change_unit": "points" if unit == "percent" else "percent",
        "after_cut": [],
        "other_units": [],
    } | dict.fromkeys(("like_for_like", "coverage", "numerator", "denominator", "compared", "base", "change"))


def between(months):
    """Return the first and the last of some months in words of JSON."""
    return {"from": f"{months[0]:%Y-%m}", "to": f"{months[-1]:%Y-%m}"} if months else None


# The figures ------------------------------------------------------------------------------------------
def local_sourcing(world, imports, question):
    """Sold here under the brand / (sold here + the brand's own imports), over what is known of both."""
    sides = Sides(world, imports, question)

    def known(each, month):
        return not sides.unclear(each) and sides.known_here(each, month) and sides.known_imported(each, month)

    places = [(each, month) for each in sides.ranges for month in sides.asked if known(each, month)]
    alike = {place for place in places if known(place[0], sides.known.base_of(place[1]))}

    def three(own):
        both = [place for place in own if place in alike]
        return tuple(map(sides.sourced, (own, both, [(each, sides.known.base_of(month)) for each, month in both])))

    whole, months = three(places), sorted({month for _each, month in places})
    said = rate(*whole)
    answer = plain("local_sourcing", "percent", question, said["value"], months, sides.known, len(places)) | said
    answer |= {"numerator": exact(whole[0][0]), "denominator": exact(whole[0][1])}
    if question.by:
        keys = {"range": "code", "family": "family", "brand": "brand"}
        groups = {}
        for each, month in places:
            style = {"month": f"{month:%Y-%m}", "year": f"{month:%Y}"}
            key = style.get(question.by) or getattr(each, keys[question.by])
            groups.setdefault(key, []).append((each, month))
        answer["groups"] = rates({key: three(own) for key, own in groups.items()})
    return answer


def local_market_share(world, imports, question):
    """(produced - exported) / (produced + imported - exported) of one family, where the whole country is known."""
    market = Market(world, imports, question)
    named = question.filters.get("family")
    shares = {family: share for family in market.families(named) if (share := market.share(family))}
    one = shares.get(named)
    nothing = (ZERO, ZERO)
    three, months = one or ((nothing,) * 3, None)
    said = rate(*three)
    known = market.sides.known
    answer = plain("local_market_share", "percent", question, said["value"], months, known, len(months or ())) | said
    answer["state"] = "provisional" if one else "none"
    if one:
        answer |= {"numerator": exact(three[0][0]), "denominator": exact(three[0][1])}
    if question.by:
        answer["groups"] = rates({family: three for family, (three, _months) in shares.items()})
    return answer


class Market:
    """The whole country, one family at a time."""

    def __init__(self, world, imports, question):
        self.sides = Sides(world, imports, question)

    def families(self, named):
        """Return the families that are asked about."""
        played = {*self.sides.known.family.values(), *(each.family for each in self.sides.imports.ranges)}
        return [named] if named else sorted(played)

    def lines(self, family, month):
        """Return the declared lines of a family's month."""
        known = self.sides.known
        codes = [code for code in known.world.sites if not known.outside(code, month)]
        return [line for code in codes for line in known.lines(code, month) if known.family[line.part] == family]

    def imported(self, family, month):
        """Return the lines of a family that were returned for all importers."""
        returns = [row for row in self.sides.returns if row.sender is None and row.month == month]
        return [line for row in returns for line in row.lines if line.family == family]

    def makers(self, family):
        """Return the sites that ever said how much of a family they produced or exported."""
        said = ("produced", "exported")
        return self.sides.makers(
            lambda line: (
                self.sides.known.family[line.part] == family and any(line.said.get(name) is not None for name in said)
            )
        )

    def clear(self, family, month):
        """Say whether all of a family's month is known in the one unit that is counted."""
        lines, came, unit = self.lines(family, month), self.imported(family, month), self.sides.unit
        mixed = any(x.unit != unit and (x.said.get("produced") or x.said.get("exported")) for x in lines)
        mixed = mixed or any(x.unit != unit and x.quantity for x in came)
        return not mixed and self.returned(family, month) and not self.lacking(family, month)

    def returned(self, family, month):
        """Say whether the country returned a family's month, each line with its quantity."""
        came = self.imported(family, month)
        return any(x.unit == self.sides.unit for x in came) and all(x.quantity is not None for x in came)

    def lacking(self, family, month):
        """Say whether makers were expected and too few declared."""
        makers = self.makers(family)
        return bool(self.sides.expected(makers, month)) and not self.sides.enough(makers, month)

    def side(self, family, months):
        """Return (made here and kept, what the country took) over months."""
        unit, lines = self.sides.unit, [x for month in months for x in self.lines(family, month)]
        said = [(x.said.get("produced") or ZERO) - (x.said.get("exported") or ZERO) for x in lines if x.unit == unit]
        came = [x.quantity or ZERO for month in months for x in self.imported(family, month) if x.unit == unit]
        return sum(said, ZERO), sum(said, ZERO) + sum(came, ZERO)

    def share(self, family):
        """Return (three sides, months) of a family up to its last covered month; None when it is not computable."""
        known, months = self.sides.known, self.sides.asked
        if known.whole_year:
            makers = self.makers(family)
            ends = [
                month
                for month in months
                if self.sides.enough(makers, month)
                or (self.returned(family, month) and not self.lacking(family, month))
            ]
            months = [month for month in months if ends and month <= ends[-1]]
        if not months or not all(self.clear(family, month) for month in months):
            return None
        now, earlier = self.side(family, months), [known.base_of(month) for month in months]
        alike = all(self.clear(family, month) for month in earlier)
        return (now, now, self.side(family, earlier)) if alike else (now, (ZERO, ZERO), (ZERO, ZERO)), months


def imports_avoided(world, imports, question):
    """Pieces of ranges made here x the mean value of an imported piece of the last 12 months."""
    sides = Sides(world, imports, question)
    made_in = {each.code: made_months(sides, each) for each in sides.ranges}
    last = max((month for months in made_in.values() for month in months), default=None)
    amounts = {each.code: avoided(sides, each, made_in[each.code], last) for each in sides.ranges}
    amounts = {code: amount for code, amount in amounts.items() if amount is not None}
    total = rounded(sum(amounts.values(), Fraction(0))) if amounts else None
    answer = plain("imports_avoided", "DZD", question, total, rows=len(amounts)) | {"change_state": "none"}
    answer["window"] = between([sides.asked[0], last]) if amounts else None
    if question.by:
        answer["groups"] = plain_groups({code: rounded(amount) for code, amount in amounts.items()})
    return answer


def made_months(sides, each):
    """Return the asked months of which enough makers declared; where nobody ever made it, those of the country."""
    makers = sides.makers(lambda line: sides.is_of(each, line))
    if not makers and each.code in sides.began:
        return []
    return [m for m in sides.asked if (sides.enough(makers, m) if makers else sides.known.covered(m))]


def avoided(sides, each, months, last):
    """Return what the production of a range would have cost, None when that is not known."""
    lines = [
        line
        for row in sides.returns
        if row.sender is not None and last and later(last, -RECENT) < row.month <= last
        for line in row.lines
        if line.range == each.code and line.unit == sides.unit and line.quantity and line.dinars is not None
    ]
    said = [
        line
        for month in sides.both_windows
        for code in sides.known.world.sites
        if not sides.known.outside(code, month)
        for line in sides.known.lines(code, month)
        if sides.is_of(each, line) and line.unit == sides.unit
    ]
    if sides.unclear(each) or not lines or not said or not months:
        return None
    made = sum((sides.local(each, month, ("produced",), sides.unit) for month in months), ZERO)
    return Fraction(made) * Fraction(sum(x.dinars for x in lines)) / Fraction(sum(x.quantity for x in lines))


def plain_groups(values):
    """Return groups that have a value alone, by value descending, then key."""
    rows = [
        {"key": key, "value": value, "change_state": "none"}
        | dict.fromkeys(("compared", "base", "change", "contribution"))
        for key, value in values.items()
    ]
    return sorted(rows, key=lambda row: (-Fraction(row["value"]), row["key"]))


def import_breaches(world, imports, question):
    """Own imports after the month in which local production began, that no exemption covers wholly."""
    sides = Sides(world, imports, question)
    seen = {each: watched(sides, each) for each in sides.ranges if each.code in sides.began}
    checked = {each.code: found for each, (found, months) in seen.items() if found or months}
    months = sorted({month for _found, months in seen.values() for month in months})
    breaches = {code: sum(found) for code, found in checked.items()}
    value = exact(sum(breaches.values())) if checked else None
    answer = plain("import_breaches", "line", question, value, months, rows=sum(breaches.values()))
    answer["change_state"] = "none"
    if question.by:
        answer["groups"] = plain_groups({code: exact(many) for code, many in breaches.items()})
    return answer


def watched(sides, each):
    """Return ([is it a breach] of each own import, the months that were returned) since production began."""
    own, first = sides.own(each), later(sides.began[each.code].replace(day=1), 1)
    months = [row.month for row in sides.returns if row.sender in own and row.month >= first]
    sent = {(row.sender, row.month) for row in sides.returns}
    found = []
    for row in sorted(sides.returns, key=lambda row: (row.month, row.serial)):
        for line in row.lines if row.month >= first else ():
            twice = row.sender is None and (line.firm, row.month) in sent
            if line.range == each.code and line.firm in own and line.quantity != 0 and not twice:
                found.append([row.month, line, line.quantity])
    leaves = [x.said for x in sides.imports.exempted if sides.known.held(x) and x.range == each.code]
    for leave in sorted(leaves, key=lambda leave: (leave.first, leave.until)):
        left = leave.quantity
        for entry in found:
            month, line, open_part = entry
            if open_part and leave.first <= month <= leave.until and line.unit == leave.unit:
                taken = min(left, open_part)
                entry[2], left = open_part - taken, left - taken
    return [open_part is None or open_part > 0 for _month, _line, open_part in found], months
