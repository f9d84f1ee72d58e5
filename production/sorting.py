"""Sorts the cleaned rows of a file: whose they are, which part they mean; good ones are staged, the others refused."""

from functools import cache

from django.db.models import Func, Value
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalogue.models import Brand, Part, PartAlias, reference_key
from intake.sheets import column_letters
from partstrack.folding import fold
from partstrack.periods import to_iso
from partstrack.registry import Fault
from production import doubles
from production.columns import UNIT_WORDS
from production.doubles import Placed
from production.models import OutputLine, Standing

LONGEST_REFERENCE = 80
LONGEST_KEY = Part._meta.get_field("reference_key").max_length
LONGEST_NAME = Part._meta.get_field("name").max_length
LONGEST_FAMILY = 120  # longer than any family's name: a longer text names none
KNOWN_UNITS = _("Use piece, set, kit, litre or kilogram.")


class Sorter:
    """Looks up sites, units, brands and parts once each, and notes every row that cannot be taken."""

    def __init__(self, batch, recognition, owners, today, mending):
        self.batch, self.owners, self.this_month = batch, owners, today.replace(day=1)
        self.create, self.created = owners.target.create, mending.created
        self.layouts = {layout.sheet: layout for layout in recognition.layouts}
        unsaid = batch.options.get("unit")
        self.units = {sheet: _unit(each.unit) if each.unit else unsaid for sheet, each in self.layouts.items()}
        self.columns = {layout.sheet: _columns(layout) for layout in recognition.layouts}
        names = Brand.objects.values_list("pk", "code", "name", "name_ar")
        self.brands = {fold(text): pk for pk, *texts in names for text in texts if text}
        # Each distinct word is looked up once.
        self._unit_of, self._key_of = cache(_unit), cache(reference_key)
        self._brand_of = cache(lambda text: self.brands.get(fold(text), ""))
        self.faults, self.refused, self.said = [], 0, set()
        self.references, self.unknown, self.sites, self.beside = set(), set(), set(), {}

    def staged(self, lines, measures):
        """Return the tuples to copy (staging.KEYS, then the measures) of the good rows."""
        placed = [each for row in lines if (each := self._place(row)) is not None]
        self._find_parts(placed)
        kept, twice, self.beside = doubles.united(self._branded(placed))
        self._refuse_doubles(twice)
        zeros = self._zero_twins(kept)
        good = [each for each in kept if self._is_good(each, zeros) and each.row.count]
        return [self._ready(each, measures) for each in good]

    def _is_good(self, placed, zeros):
        """Say whether a row may be staged, after noting what its reference lacks."""
        row, firm = placed.row, self.owners.firms[placed.site]
        if placed.part:
            return True
        if (firm, placed.key) in zeros:
            return self._refuse_zeros(row, zeros[firm, placed.key], firm)
        may_create = self.create or (firm, placed.key) in self.created
        if not may_create or (row.erased and not row.values):
            remedy = _("Match it with a known part, correct it, or let the file create it.")
            reason = _("This reference is not known.")
            return self._refuse(row, "part", row.part, reason, remedy, "part", firm, "--create")
        if len(row.name) > LONGEST_NAME:
            remedy = format_lazy(_("Shorten it to {most} characters."), most=LONGEST_NAME)
            return self._refuse(row, "name", row.name, _("The designation of this new reference is too long."), remedy)
        return True

    def _ready(self, placed, measures):
        """Return what is copied of a good row."""
        row, part = placed.row, placed.part
        self.references.add(placed.key)
        self.sites.add(placed.site)
        if part is None:
            self.unknown.add((self.owners.owner_of(placed.site), placed.key))
        erased = f"{{{','.join(row.erased)}}}" if row.erased else None
        names = (row.part, placed.key, "" if part else row.name, "" if part else row.family[:LONGEST_FAMILY])
        place = (self.batch.pk, row.sheet, row.row, placed.site, row.month, part)
        unit = placed.unit or placed.own_unit or "piece"
        return (*place, *names, placed.brand, unit, erased, *map(row.values.get, measures))

    def _branded(self, placed):
        """Give rows that name no brand the one brand under which their part stands that month; refuse several.

        A correction sent without a brand means the line that is there, not a second one beside it.
        """
        standing = self._standing_brands({(each.site, each.row.month) for each in placed if each.brand is None})
        ready = []
        for each in placed:
            known = standing.get((each.site, each.row.month, each.part), set()) if each.brand is None else set()
            if len(known) > 1 and None not in known:
                remedy = _("Add a column “Brand” and name the brand of this row.")
                reason = _("This part is declared for several brands this month.")
                self._refuse(each.row, "brand", each.row.brand, reason, remedy)
                continue
            if len(known) == 1:
                each.brand = next(iter(known))
            ready.append(each)
        return ready

    def _standing_brands(self, pairs):
        """Return {(site id, month, part id): {brand id}} of the standing lines of site-months that name a brand."""
        sites, months = {site for site, _month in pairs if site > 0}, {month for _site, month in pairs if month}
        if not sites:
            return {}
        standing = Standing.objects.filter(to_v=None, head__site__in=sites, head__month__in=months)
        lines = OutputLine.objects.filter(declaration__in=standing.values("declaration"))
        if not lines.filter(brand__isnull=False).exists():
            return {}
        brands = {}
        for site, month, part, brand in lines.order_by().values_list("site_id", "month", "part_id", "brand_id"):
            brands.setdefault((site, month, part), set()).add(brand)
        return brands

    def _place(self, row):
        """Return a Placed, None after noting everything for which the row is refused."""
        site = self.owners.site_of(row)
        unit = self._unit_of(row.unit) if row.unit else self.units[row.sheet]
        brand = self._brand_of(row.brand) if row.brand else None
        key = self._key_of(row.part) if row.part else ""
        wrong = [*self._wrong_owner(row, site), *self._wrong_words(row, unit, brand), *self._wrong_key(row, key)]
        for fault in wrong:
            self._note(row, *fault)
        if wrong or row.part is None:
            self.refused += row.count
            return None
        return Placed(row, site, unit, brand, key)

    def _wrong_owner(self, row, site):
        if isinstance(site, tuple):
            reason, remedy, flag = site
            field = "site" if row.site else "supplier"
            yield field, row.site or row.supplier, reason, remedy, "cell", None, flag
        elif row.month and (since := self.owners.handed_over.get(site)) and row.month >= since:
            remedy = _("Send this month under the code of the site with its new supplier.")
            yield "month", to_iso(row.month), _("From this month on the site is another supplier's."), remedy

    def _wrong_words(self, row, unit, brand):
        if unit == "" and row.unit:
            yield "unit", row.unit, _("This unit is not known."), KNOWN_UNITS
        elif unit == "":
            yield "title", self.layouts[row.sheet].unit_cell[0], _("This unit is not known."), KNOWN_UNITS
        if brand == "":
            remedy = _("Use the code or the name of a brand that exists.")
            yield "brand", row.brand, _("This brand is not known."), remedy

    def _wrong_key(self, row, key):
        if row.part is not None and (not key or len(row.part) > LONGEST_REFERENCE or len(key) > LONGEST_KEY):
            remedy = _("Give each row its reference, at most 80 characters.")
            yield "part", row.part, _("The reference is missing or too long."), remedy
        if row.month and row.month > self.this_month:
            reason = format_lazy(_("The month {month} has not begun."), month=to_iso(row.month))
            remedy = _("Check the year of the column or cell: volumes are declared for months that have begun.")
            yield "month", to_iso(row.month), reason, remedy

    def _find_parts(self, placed):
        """Give rows the part that their reference, or another name of it, means for their firm."""
        firms = {firm for each in placed if (firm := self.owners.firms[each.site])}
        known = {"firm__in": firms, "reference_key__in": {each.key for each in placed}}
        aliases = PartAlias.objects.filter(**known).values_list("firm_id", "reference_key", "part_id", "part__unit_id")
        parts = Part.objects.filter(**known, merged_into=None).values_list("firm_id", "reference_key", "pk", "unit_id")
        found = {(firm, key): (part, unit) for firm, key, part, unit in (*aliases, *parts)}
        for each in placed:
            each.part, each.own_unit = found.get((self.owners.firms[each.site], each.key), (None, None))

    def _zero_twins(self, placed):
        """Return {(firm id, key): reference} of unknown figures that a known reference equals but for zeros before it."""
        unknown = {
            (self.owners.firms[each.site], each.key) for each in placed if each.part is None and each.key.isdigit()
        }
        bare = {key.lstrip("0") for _firm, key in unknown}
        known = Part.objects.filter(firm__in={firm for firm, _key in unknown if firm}, merged_into=None)
        known = known.annotate(bare=Func("reference_key", Value("0"), function="LTRIM")).filter(bare__in=bare)
        by_bare = {(firm, bare): reference for firm, bare, reference in known.values_list("firm", "bare", "reference")}
        twins = {(firm, key): by_bare.get((firm, key.lstrip("0"))) for firm, key in unknown}
        return {place: reference for place, reference in twins.items() if reference}

    def _refuse_zeros(self, row, reference, firm):
        reason = format_lazy(_("This reference is not known. Did you mean “{reference}”?"), reference=reference)
        remedy = _("Format the column as text and write the reference with all its zeros.")
        return self._refuse(row, "part", row.part, reason, remedy, "part", firm)

    def _refuse_doubles(self, twice):
        """Note every row of a part and month that stands more than once, the first one too."""
        others = {}
        for each, first in twice:
            if each is not first:
                others.setdefault(id(first), each)
        for each, first in twice:
            reason = doubles.reason(each, first, others[id(first)] if each is first else first)
            self._refuse(each.row, "part", each.row.part, reason, _("Keep one row for each part and month."), "double")

    def _refuse(self, row, *fault):
        """Note a refused row and count its values; says that it is not good."""
        self.refused += row.count
        self._note(row, *fault)
        return False

    def _note(self, row, field, value, reason, remedy, code="cell", firm=None, flag=""):
        """Note a fault, once for each place and reason, in the column of the field that is wrong."""
        sheet, line, column = self._place_of(row, field)
        if (said := (sheet, line, column, str(reason))) not in self.said:
            self.said.add(said)
            code = "" if field == "title" else code
            self.faults.append(Fault(sheet, line, column, value, reason, remedy, code=code, firm=firm, flag=flag))

    def _place_of(self, row, field):
        """Return (sheet, row, letters) of what is wrong: what a title says is wrong there, once."""
        if field == "title":
            return row.sheet, *self.layouts[row.sheet].unit_cell[1:]
        columns = self.columns[row.sheet]
        return row.sheet, row.row, columns.get((field, row.month)) or columns.get(field)


def _columns(layout):
    """Return {field, or ("month", month) of a wide table: letters of its column}."""
    months = {("month", each.month): column_letters(each.column) for each in layout.months}
    return months | {name: column_letters(column) for column, name in layout.columns.items()}


def _unit(text):
    """Return the code of a unit, None when nothing was said, "" when it is unknown."""
    return UNIT_WORDS.get(fold(text), "") if text else None
