"""The promise "no import in ranges that are produced locally": what was checked, what breaks it, what is exempted.

Counted by month: the month in which local production began does not count, every later one does. An exemption covers
imports of its months up to its quantity, in the order of the months; what goes beyond it is a breach.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partstrack.figures import Answer, Group, checked
from partstrack.periods import month_of, month_range, shift
from partstrack.registry import Figure
from production import trade
from production.comparison import ZERO
from production.models import Exemption, RangeStart
from production.sides import asked_ranges

DIMS = ("range",)
FILTERS = ("range", "family", "brand", "source")


@dataclass
class Import:
    """An own import after local production began: how much of it is exempted, by which exemptions."""

    line: object
    month: date
    exempted: Decimal = ZERO
    by: list = field(default_factory=list)

    @property
    def excess(self):
        """Return what no exemption covers; None when the line says no quantity."""
        return None if self.line.quantity is None else self.line.quantity - self.exempted

    @property
    def is_breach(self):
        """Say whether something of it is not exempted."""
        return self.excess is None or self.excess > 0


@dataclass
class Watched:
    """A range that is produced locally: since when, what was imported after that, which months were returned.

    `missing`: months since then, up to the last return, of which the importer sent nothing.
    """

    range: object
    began: date
    source: str
    imports: list = field(default_factory=list)
    months: list = field(default_factory=list)
    missing: list = field(default_factory=list)

    @property
    def breaches(self):
        """Return its imports that no exemption covers wholly."""
        return [each for each in self.imports if each.is_breach]

    @property
    def state(self):
        """Return breach, exempted, kept, or unchecked: nothing was returned since, or nobody said who imports."""
        if self.breaches:
            return "breach"
        if self.imports:
            return "exempted"
        return "kept" if self.months else "unchecked"


def check(ask):
    """Return the Watched of every range that is produced locally, as known at the asked version, by code."""
    ranges, where = asked_ranges(ask)
    begun = {each.range_id: each for each in RangeStart.objects.standing(ask.version).exclude(began=None)}
    watched = {
        each.pk: Watched(each, begun[each.pk].began, begun[each.pk].source) for each in ranges if each.pk in begun
    }
    if not watched:
        return []
    own = trade.own_firms(each.range.own_importer_id for each in watched.values())
    returned = trade.returned(ask, where.source, False)
    for each in watched.values():
        firms = own.get(each.range.own_importer_id, frozenset())
        _look_at_months(each, firms, returned, ask.today)
    _take_imports(ask, where.source, watched, own, returned)
    _exempt(ask, watched)
    return list(watched.values())


def _look_at_months(each, firms, returned, today):
    """Note which months since local production began were returned by the brand's importer, and which were not."""
    first = shift(month_of(each.began), 1)
    known = {month for sender, month in returned if sender in firms and month >= first}
    each.months = sorted(known)
    last = max([*known, *([shift(month_of(today), -1)] if not known else [])], default=first)
    each.missing = [month for month in month_range(first, last) if month not in known]


def _take_imports(ask, source, watched, own, returned):
    """Give each range its brand's own imports after the month in which local production began.

    A national return is asked only where the importer itself sent none for the month: the same goods count once.
    """
    rows = trade.lines(ask.version, source).filter(range__in=list(watched), firm__isnull=False)
    rows = rows.select_related(
        "trade_return__head", "firm", "country", "unit", "family", "range__brand", "range__family"
    )
    for line in rows.order_by("trade_return__head__month", "pk"):
        each, head = watched[line.range_id], line.trade_return.head
        mine = line.firm_id in own.get(each.range.own_importer_id, ())
        twice = head.firm_id is None and (line.firm_id, head.month) in returned
        something = line.quantity is None or line.quantity > 0
        if mine and something and not twice and head.month > month_of(each.began):
            each.imports.append(Import(line, head.month))


def _exempt(ask, watched):
    """Lay the exemptions over the imports, the earliest first."""
    exemptions = (
        Exemption.objects.standing(ask.version).filter(range__in=list(watched)).order_by("first", "until", "pk")
    )
    for exemption in exemptions.select_related("shortage_of", "unit"):
        left = exemption.quantity
        for each in watched[exemption.range_id].imports:
            inside = exemption.first <= each.month <= exemption.until and each.line.unit_id == exemption.unit_id
            if inside and each.excess and left:
                taken = min(left, each.excess)
                each.exempted, left = each.exempted + taken, left - taken
                each.by.append(exemption)


def unattributed(ask, source):
    """Count the imports of which nobody said the range, in families of ranges that are produced locally, by own importers."""
    watched = check(ask)
    own = trade.own_firms(each.range.own_importer_id for each in watched)
    firms = {firm for each in own.values() for firm in each}
    families = {each.range.family_id for each in watched}
    return trade.lines(ask.version, source).filter(range=None, firm__in=firms, family__in=families).count()


def import_breaches(ask):
    """Own imports in ranges produced locally that no exemption covers: how many lines."""
    checked(ask, DIMS, FILTERS)
    watched = check(ask)
    breaches = [each for row in watched for each in row.breaches]
    seen = [row for row in watched if row.state != "unchecked"]
    months = sorted({month for row in watched for month in row.months})
    return Answer(
        name="import_breaches",
        value=Decimal(len(breaches)) if seen else None,
        unit="line",
        state="provisional" if seen else "none",
        version=ask.version,
        definition=DEFINITION,
        window=(months[0], months[-1]) if months else None,
        basis=basis(watched),
        rows=len(breaches),
        groups=tuple(
            sorted(
                (Group(row.range.code, Decimal(len(row.breaches)), None, None, None, None, "none") for row in seen),
                key=lambda group: (-group.value, group.key),
            )
        )
        if ask.by
        else None,
        by=ask.by,
    )


def basis(watched):
    """Say in one sentence what was checked."""
    if not watched:
        return _("No range is said to be produced locally.")
    exempted = sum(len(row.imports) - len(row.breaches) for row in watched)
    return _(
        "Ranges produced locally: %(ranges)d; checked: %(checked)d, over %(months)d range-months returned by the brands' "
        "importers; imports exempted: %(exempted)d; range-months not returned: %(missing)d."
    ) % {
        "ranges": len(watched),
        "checked": sum(row.state != "unchecked" for row in watched),
        "months": sum(len(row.months) for row in watched),
        "exempted": exempted,
        "missing": sum(len(row.missing) for row in watched),
    }


DEFINITION = gettext_lazy(
    "Imports by the brand's own importer in a range after the month in which its local production began, that no "
    "exemption covers."
)

FIGURES = [
    Figure(
        "import_breaches",
        gettext_lazy("Imports in ranges produced locally"),
        DEFINITION,
        gettext_lazy("Number of import lines of which a quantity, or all that is known, is not exempted."),
        "",
        import_breaches,
        "line",
        DIMS,
        FILTERS,
        right="see_all",
    ),
]
