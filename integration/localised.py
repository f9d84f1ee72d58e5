"""The localised range of a brand (indicator C): which of its active references are made here.

A reference of a brand is active when, in the twelve months to L, a line that stands names it as produced or sold, or a
return of the brand's imports names it. It is made here when it was produced in these months. A line that names no brand is of
the one brand whose ranges list its reference. Imports that name a range and no reference count no reference.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from catalogue.models import Brand, Family, PartFamily
from partstrack.figures import WrongCall, checked
from partstrack.periods import shift
from production import spans, standings, trade
from production.models import SOLD, OutputLine, Range, RangePart, Standing

DIMS = ("brand", "family", "range")
FILTERS = ("brand", "range", "family", "unit", "source")
NONE, SEVERAL = "-", "*"
ZERO = Decimal(0)


@dataclass
class Reference:
    """A reference of a brand over the window: what of it was made, sold and imported, by unit."""

    brand: int
    part: int
    made: bool = False
    imported: bool = False
    active: bool = False
    sold: dict = field(default_factory=lambda: defaultdict(Decimal))  # unit -> sold here, and imported by the brand
    family: int | None = None
    range: str = NONE

    @property
    def local(self):
        """Say whether it is made here."""
        return self.made


@dataclass(frozen=True)
class Localised:
    """The active references that are asked for. `unlisted`: lines of imports of these brands that name no reference."""

    first: object
    last: object
    unit: str
    rows: tuple[Reference, ...]
    unlisted: int

    def weight(self, row):
        """Return what weighs a reference: sold here, and imported by the brand to be sold, in the asked unit."""
        return row.sold.get(self.unit, ZERO)

    def sides(self, rows, by_sales):
        """Return (numerator, denominator) of some of the references."""
        weigh = self.weight if by_sales else lambda _row: Decimal(1)
        return sum((weigh(row) for row in rows if row.local), ZERO), sum((weigh(row) for row in rows), ZERO)


def localised(ask):
    """Return the Localised of a question; None when no month is covered. By a fixed number of questions."""
    checked(ask, DIMS, FILTERS)
    if ask.scope is not None:
        raise WrongCall(_("Imports are for those who see every firm."))
    where = trade.area(ask.but(by=None, filters={name: ask.filters[name] for name in ask.filters if name != "range"}))
    last = spans.last_month("produced", ask.but(filters={}, by=None))
    if last is None:
        return None
    first = shift(last, -11)
    known, listed = _ranges(ask.version)
    found, unlisted = {}, 0
    for brand, part, unit, made, sold in _lines(ask, first, last, listed):
        if brand := brand or _only(listed.get(part, ())):
            row = found.setdefault((brand, part), Reference(brand, part))
            row.made |= made > 0
            row.active |= made > 0 or sold > 0
            row.sold[unit] += sold
    brands = {each.pk: each.brand_id for each in known}
    for range_id, part, unit, quantity in _imports(ask, where.source, first, last):
        brand = brands.get(range_id) or _only(listed.get(part, ()))
        if part is None:
            unlisted += 1
        elif brand:
            row = found.setdefault((brand, part), Reference(brand, part))
            row.imported = row.active = True
            row.sold[unit] += quantity
    rows = [row for row in found.values() if row.active]
    _place(rows, known, listed, ask.version)
    return Localised(first, last, where.unit, tuple(_asked(ask, rows)), unlisted)


def _ranges(version):
    """Return (ranges, {part: {brand id: [range codes]}} of those that list references)."""
    known, listed = list(Range.objects.select_related("brand", "family").order_by("code")), defaultdict(dict)
    rows = RangePart.objects.standing(version).order_by("range__code", "pk")
    for part, brand, code in rows.values_list("part", "range__brand", "range__code"):
        listed[part].setdefault(brand, []).append(code)
    return known, listed


def _only(brands):
    return next(iter(brands)) if len(brands) == 1 else None


def _lines(ask, first, last, listed):
    standing = Standing.objects.standing(ask.version).filter(head__month__range=(first, last))
    rows = OutputLine.objects.filter(declaration__in=standing.values("declaration"))
    for site, joined in standings.joined(ask.version).items():
        if joined > first:
            rows = rows.exclude(site=site, month__lt=joined)
    rows = rows.filter(Q(brand__isnull=False) | Q(part__in=list(listed)))
    sold = sum((Coalesce(F(name), ZERO) for name in SOLD[1:]), Coalesce(F(SOLD[0]), ZERO))
    sums = {"made": Coalesce(Sum("produced"), ZERO), "left": Coalesce(Sum(sold), ZERO)}
    return rows.order_by().values_list("brand", "part", "unit").annotate(**sums)


def _imports(ask, source, first, last):
    rows = trade.lines(ask.version, source, False).filter(trade_return__head__month__range=(first, last))
    rows = rows.order_by().values_list("range", "part", "unit")
    return rows.annotate(quantity=Coalesce(Sum("quantity"), ZERO))


def _place(rows, known, listed, version):
    """Say family and range of each reference: the range of its brand that lists it, else that of its family that lists none."""
    families = dict(
        PartFamily.objects.standing(version).filter(part__in=[row.part for row in rows]).values_list("part", "family")
    )
    lists = set(RangePart.objects.standing(version).values_list("range", flat=True))
    whole = defaultdict(list)
    for each in known:
        if each.pk not in lists:
            whole[each.brand_id, each.family_id].append(each.code)
    for row in rows:
        row.family = families.get(row.part)
        codes = listed.get(row.part, {}).get(row.brand) or whole.get((row.brand, row.family), [])
        row.range = codes[0] if len(codes) == 1 else SEVERAL if codes else NONE


def _asked(ask, rows):
    """Return the rows that pass the filters. WrongCall: there is no such code."""
    for name, model in (("brand", Brand), ("family", Family)):
        if code := ask.filters.get(name):
            pk = model.objects.filter(code=code).values_list("pk", flat=True).first()
            rows = [row for row in rows if getattr(row, name) == pk]
    if code := ask.filters.get("range"):
        if not Range.objects.filter(code=code).exists():
            raise WrongCall(_("%(word)s: there is no code '%(code)s'.") % {"word": "range", "code": code})
        rows = [row for row in rows if row.range == code]
    return rows
