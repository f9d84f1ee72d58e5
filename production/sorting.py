"""Sorts the cleaned rows of a file: whose they are, which part they mean; good ones are staged, the others refused."""

from django.db.models import Func, Value
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.models import Brand, Part, PartAlias
from intake.sheets import column_letters
from partstrack.folding import fold
from partstrack.periods import to_iso
from partstrack.registry import Fault
from production import rows
from production.models import MEASURES, OutputLine, Standing
from suppliers.models import Site

LONGEST_REFERENCE = 80
LONGEST_KEY = Part._meta.get_field("reference_key").max_length
LONGEST_NAME = Part._meta.get_field("name").max_length
LONGEST_FAMILY = 120  # longer than any family's name: a longer text names none


class Sorter:
    """Looks up sites, units, brands and parts once each, and notes every row that cannot be taken."""

    def __init__(self, batch, recognition, owners, today, mending):
        self.batch, self.owners, self.this_month = batch, owners, today.replace(day=1)
        self.create, self.created = owners.target.create, mending.created
        self.units = {layout.sheet: _unit(layout.unit) or batch.options.get("unit") for layout in recognition.layouts}
        self.columns = {layout.sheet: _columns(layout) for layout in recognition.layouts}
        names = Brand.objects.values_list("pk", "code", "name", "name_ar")
        self.brands = {fold(text): pk for pk, *texts in names for text in texts if text}
        self.firms = dict(Site.objects.values_list("pk", "firm_id"))
        self.faults, self.refused, self.said = [], 0, set()
        self.references, self.unknown = set(), set()

    def staged(self, lines):
        """Return the tuples to copy (staging.COPIED) of the good rows."""
        placed = [(row, *place) for row in lines if (place := self._place(row)) is not None]
        parts = self._parts(placed)
        placed = self._branded(placed, parts)
        doubles = _doubles(placed)
        zeros = self._zero_twins(placed, parts)
        ready = []
        for row, site, unit, brand, key in placed:
            first = doubles.get((site, row.month, key, brand))
            if first is not None:
                self._refuse_double(row, first)
                continue
            firm = self.firms.get(site)
            part, own_unit = parts.get((firm, key), (None, None))
            if part is None and (firm, key) in zeros:
                self._refuse_zeros(row, zeros[firm, key], firm)
                continue
            if part is None and not (row.values and (self.create or (firm, key) in self.created)):
                remedy = _("Match it with a known part, correct it, or let the file create it (--create).")
                self._refuse(row, "part", row.part, _("This reference is not known."), remedy, "part", firm)
                continue
            if part is None and len(row.name) > LONGEST_NAME:
                remedy = format_lazy(_("Shorten it to {most} characters."), most=LONGEST_NAME)
                self._refuse(row, "name", row.name, _("The designation of this new reference is too long."), remedy)
                continue
            self.references.add(key)
            if part is None:
                self.unknown.add((site, key))
            values = [row.values.get(measure) for measure in MEASURES]
            names = (row.part, key, "" if part else row.name, "" if part else row.family[:LONGEST_FAMILY])
            ready.append(
                (
                    self.batch.pk,
                    row.sheet,
                    row.row,
                    site,
                    row.month,
                    part,
                    *names,
                    brand,
                    unit or own_unit or "piece",
                    *values,
                    row.erased,
                )
            )
        return ready

    def _branded(self, placed, parts):
        """Give rows that name no brand the one brand under which their part stands that month; refuse several.

        A correction sent without a brand means the line that is there, not a second one beside it.
        """
        standing = self._standing_brands(
            {(site, row.month) for row, site, _unit, brand, _key in placed if brand is None}
        )
        ready = []
        for row, site, unit, brand, key in placed:
            part, _own_unit = parts.get((self.firms.get(site), key), (None, None))
            known = standing.get((site, row.month, part), set()) if brand is None else set()
            if len(known) > 1 and None not in known:
                remedy = _("Add a column “Brand” and name the brand of this row.")
                self._refuse(row, "brand", row.brand, _("This part is declared for several brands this month."), remedy)
                continue
            ready.append((row, site, unit, next(iter(known)) if len(known) == 1 else brand, key))
        return ready

    def _standing_brands(self, pairs):
        """Return {(site id, month, part id): {brand id}} of the standing lines of site-months that name a brand."""
        if not any(site for site, _month in pairs):
            return {}
        sites, months = {site for site, _month in pairs if site}, {month for _site, month in pairs}
        standing = Standing.objects.filter(to_v=None, head__site__in=sites, head__month__in=months)
        lines = OutputLine.objects.filter(declaration__in=standing.values("declaration"))
        if not lines.filter(brand__isnull=False).exists():
            return {}
        brands = {}
        for site, month, part, brand in lines.order_by().values_list("site_id", "month", "part_id", "brand_id"):
            brands.setdefault((site, month, part), set()).add(brand)
        return brands

    def _place(self, row):
        """Return (site, unit, brand, key) of a row, None after noting why it is refused."""
        site = self.owners.site_of(row)
        unit = _unit(row.unit) if row.unit else self.units[row.sheet]
        brand = self.brands.get(fold(row.brand), "") if row.brand else None
        key = rows.part_key(row.part) if row.part else ""
        if isinstance(site, tuple):
            return self._refuse(row, "site" if row.site else "supplier", row.supplier or row.site, *site)
        if unit == "":
            remedy = _("Use piece, set, kit, litre or kilogram.")
            return self._refuse(row, "unit", row.unit, _("This unit is not known."), remedy)
        if brand == "":
            remedy = _("Use the code or the name of a brand that exists.")
            return self._refuse(row, "brand", row.brand, _("This brand is not known."), remedy)
        if not key or len(row.part) > LONGEST_REFERENCE or len(key) > LONGEST_KEY:
            remedy = _("Give each row its reference, at most 80 characters.")
            return self._refuse(row, "part", row.part, _("The reference is missing or too long."), remedy)
        if row.month > self.this_month:
            reason = format_lazy(_("The month {month} has not begun."), month=to_iso(row.month))
            remedy = _("Check the year of the column or cell: volumes are declared for months that have begun.")
            return self._refuse(row, "month", to_iso(row.month), reason, remedy)
        return site, unit, brand, key

    def _parts(self, placed):
        """Return {(firm id, key): (part id, unit)} of the parts the rows name, by reference or alias."""
        keys = {key for _row, _site, _unit, _brand, key in placed}
        firms = {self.firms[site] for _row, site, *_rest in placed if site}
        known = {"firm__in": firms, "reference_key__in": keys}
        aliases = PartAlias.objects.filter(**known).values_list("firm_id", "reference_key", "part_id", "part__unit_id")
        parts = Part.objects.filter(**known, merged_into=None).values_list("firm_id", "reference_key", "pk", "unit_id")
        return {(firm, key): (part, unit) for firm, key, part, unit in (*aliases, *parts)}

    def _zero_twins(self, placed, parts):
        """Return {(firm id, key): reference} of unknown figures that a known reference equals but for zeros before it."""
        figures = {(self.firms.get(site), key) for _row, site, _unit, _brand, key in placed if key.isdigit()}
        unknown = figures - parts.keys()
        bare = {key.lstrip("0") for _firm, key in unknown}
        known = Part.objects.filter(firm__in={firm for firm, _key in unknown if firm}, merged_into=None)
        known = known.annotate(bare=Func("reference_key", Value("0"), function="LTRIM")).filter(bare__in=bare)
        by_bare = {(firm, bare): reference for firm, bare, reference in known.values_list("firm", "bare", "reference")}
        twins = {(firm, key): by_bare.get((firm, key.lstrip("0"))) for firm, key in unknown}
        return {place: reference for place, reference in twins.items() if reference}

    def _refuse_zeros(self, row, reference, firm):
        reason = format_lazy(_("This reference is not known. Did you mean “{reference}”?"), reference=reference)
        remedy = _("Format the column as text and write the reference with all its zeros.")
        self._refuse(row, "part", row.part, reason, remedy, "part", firm)

    def _refuse(self, row, field, value, reason, remedy, code="cell", firm=None):
        """Note a refused row, once for each place and reason, in the column of the field that is wrong."""
        self.refused += len(row.values) + len(row.erased)
        if (row.sheet, row.row, str(reason)) not in self.said:
            self.said.add((row.sheet, row.row, str(reason)))
            column = self.columns[row.sheet].get((field, row.month)) or self.columns[row.sheet].get(field)
            self.faults.append(Fault(row.sheet, row.row, column, value, reason, remedy, code=code, firm=firm))

    def _refuse_double(self, row, first):
        reason = format_lazy(
            _("{reference} stands more than once for {month} (first in row {first})."),
            reference=row.part,
            month=to_iso(row.month),
            first=first,
        )
        self._refuse(row, "part", row.part, reason, _("Keep one row for each part and month."), "double")


def _columns(layout):
    """Return {field, or ("month", month) of a wide table: letters of its column}."""
    months = {("month", each.month): column_letters(each.column) for each in layout.months}
    return months | {name: column_letters(column) for column, name in layout.columns.items()}


def _unit(text):
    """Return the code of a unit, None when nothing was said, "" when it is unknown."""
    return rows.UNIT_WORDS.get(fold(text), "") if text else None


def _doubles(placed):
    """Return {key: first row} of the keys that stand more than once."""
    first, doubles = {}, {}
    for row, site, _unit_code, brand, part in placed:
        key = (site, row.month, part, brand)
        if key in first:
            doubles[key] = first[key]
        first.setdefault(key, row.row)
    return doubles
