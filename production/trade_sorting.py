"""Sorts the cleaned rows of imports: whose they are and which goods they mean; every row that cannot be taken is noted."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, FirmAlias
from catalogue.models import Family, Part, PartAlias, PartFamily, reference_key
from partstrack.folding import fold
from partstrack.periods import to_iso
from partstrack.registry import Fault
from places.models import Country
from production import trade_rows
from production.columns import UNIT_WORDS
from production.models import Range, RangePart, StagedTrade
from production.models.trade import MONEY

LONGEST = {"document": 80, "rate_source": 120}
# By: the row is the first of its goods; the row that is named beside it stands in the same sheet.
_DOUBLES = {
    (True, True): _("The same goods stand more than once for this month (also in row {row})."),
    (True, False): _("The same goods stand more than once for this month (also in row {row} of the sheet “{sheet}”)."),
    (False, True): _("The same goods stand more than once for this month (first in row {row})."),
    (False, False): _(
        "The same goods stand more than once for this month (first in row {row} of the sheet “{sheet}”)."
    ),
}


class Wrong(Exception):
    """A row that cannot be taken: the field that is wrong, why, and what to do."""

    def __init__(self, field, reason, remedy):
        super().__init__(str(reason))
        self.field, self.reason, self.remedy = field, reason, remedy


class Sorter:
    """Looks up importers, goods and countries once each.

    `places`: {sheet: {field: letters of its column}}; `importer`: the firm of rows that name none.
    """

    def __init__(self, batch, rows, places, today, importer):
        self.batch, self.importer, self.this_month = batch, importer, today.replace(day=1)
        self.national = bool(batch.options.get("national"))
        self.source = batch.options.get("source") or "customs"
        self.places = places
        self.firms, self.families, self.countries = _firms(), _named(Family), _named(Country)
        self.ranges = _ranges()
        self.range_of_part, self.parts = _ranges_of_parts(), _parts(rows)
        self.faults, self.refused = [], 0

    def staged(self, rows):
        """Return the good rows as unsaved StagedTrade; rows of the same goods and month are all refused."""
        places = {}
        for row in rows:
            if (staged := self._sorted(row)) is not None:
                places.setdefault((staged.month, *staged.key), []).append((row, staged))
        for same in places.values():
            if len(same) > 1:
                self._refuse_doubles([row for row, _staged in same])
        return [same[0][1] for same in places.values() if len(same) == 1]

    def _sorted(self, row):
        """Return the StagedTrade of a row, None after noting why it cannot be taken."""
        try:
            return self._staged(row)
        except Wrong as wrong:
            self._refuse(row, wrong)

    def _refuse_doubles(self, rows):
        """Refuse every row of the same goods, the first one too: nothing says which of them counts."""
        remedy = _("Add the rows up, or tell them apart by the number of their document.")
        for row in rows:
            other = rows[1] if row is rows[0] else rows[0]
            reason = format_lazy(_DOUBLES[row is rows[0], row.sheet == other.sheet], row=other.row, sheet=other.sheet)
            self._refuse(row, Wrong("quantity" if row.said["quantity"] else "value", reason, remedy))

    def _refuse(self, row, wrong):
        """Note what is wrong with a row, with what its cell says, and count its values."""
        self.refused += row.count
        place = self.places[row.sheet].get(wrong.field)
        value = row.said.get(wrong.field, "") or (to_iso(row.month) if wrong.field == "month" else "")
        self.faults.append(
            Fault(row.sheet, row.row, place, value, wrong.reason, wrong.remedy, code="cell" if place else "")
        )

    def _staged(self, row):
        if row.month > self.this_month and self.source != "planned":
            reason = format_lazy(_("The month {month} has not begun."), month=to_iso(row.month))
            raise Wrong("month", reason, _("Check the year: what is to come is sent as planned."))
        said = row.said
        goods = self._goods(said)
        return StagedTrade(
            batch=self.batch,
            sheet=row.sheet,
            row=row.row,
            month=row.month,
            national=self.national,
            erased=list(row.erased),
            flow=self._known(trade_rows.FLOWS, said, "flow", _("Write import or export.")),
            firm_id=self._firm(said),
            country_id=self._country(said),
            document=self._short(said, "document"),
            unit_id=self._known(
                UNIT_WORDS | {"": goods["part"].unit_id if goods["part"] else "piece"},
                said,
                "unit",
                _("Use piece, set, kit, litre or kilogram."),
            ),
            quantity=row.values.get("quantity"),
            value=row.values.get("value"),
            **goods,
            **self._rate(row),
        )

    # Who ------------------------------------------------------------------------------------------------
    def _firm(self, said):
        if not said["importer"]:
            if self.importer or self.national:
                return self.importer
            remedy = _("Add a column “Importer”, choose the importer of the file, or say that it covers all importers.")
            raise Wrong("importer", _("The row names no importer."), remedy)
        firms = self.firms.get(fold(said["importer"]), set())
        if len(firms) != 1:
            raise Wrong("importer", _("This importer is not known."), _("Correct it, or enter the importer first."))
        return next(iter(firms))

    def _country(self, said):
        if not said["country"]:
            return None
        return self._known(self.countries, said, "country", _("Write the country's name or its code of two letters."))

    # What -----------------------------------------------------------------------------------------------
    def _goods(self, said):
        """Return the range, family and part that a row means: what it says, completed by what that implies."""
        part = self._part(said)
        known = self._range(said, part)
        family = (
            self._known(self.families, said, "family", _("Use a family's code or name.")) if said["family"] else None
        )
        implied = known.family_id if known else part.family_id if part else None
        if family and known and family != known.family_id:
            raise Wrong("family", _("The range belongs to another family."), _("Correct the range or the family."))
        if not (family or implied):
            remedy = _("Give each row its range, its family or its reference.")
            raise Wrong("range", _("The row does not say which goods it is about."), remedy)
        return {"range": known, "family_id": family or implied, "part": part}

    def _range(self, said, part):
        if said["range"]:
            return self._known(self.ranges, said, "range", _("Use the code of a range that exists, or enter it first."))
        ranges = self.range_of_part.get(part.pk, []) if part else []
        return ranges[0] if len(ranges) == 1 else None

    def _part(self, said):
        if not said["part"]:
            return None
        parts = self.parts.get(_part_key(said["part"]), [])
        if len(parts) != 1:
            reason = _("Several suppliers have this reference.") if parts else _("This reference is not known.")
            raise Wrong("part", reason, _("Write it as SUPPLIER:REFERENCE, or name the range or the family instead."))
        return parts[0]

    # How much -------------------------------------------------------------------------------------------
    def _rate(self, row):
        """Return the currency with its rate, day and source; dinars have none."""
        currency = trade_rows.currency_of(row.said["currency"])
        if currency is None:
            raise Wrong("currency", _("This currency is not known."), _("Write its code of three letters, like EUR."))
        facts = {"currency": currency, "rate": None, "rate_on": None, "rate_source": ""}
        if currency == MONEY or "value" not in row.values:
            return facts
        facts |= {
            "rate": row.values.get("rate"),
            "rate_on": row.rate_on,
            "rate_source": self._short(row.said, "rate_source"),
        }
        for name, remedy in _RATE_REMEDIES.items():
            if not facts[name]:
                raise Wrong(name, _("A value in another currency needs its rate, its day and its source."), remedy)
        return facts

    def _short(self, said, name):
        if len(said[name]) > LONGEST[name]:
            raise Wrong(name, _("This text is too long."), _("Shorten it."))
        return said[name]

    def _known(self, words, said, name, remedy):
        found = words.get(fold(said[name]))
        if found is None:
            raise Wrong(name, _("This is not known."), remedy)
        return found


_RATE_REMEDIES = {
    "rate": _("Add a column “Exchange rate”: DZD for one unit of the currency."),
    "rate_on": _("Add a column “Day of the rate”."),
    "rate_source": _("Add a column “Source of the rate”, for instance Banque d’Algérie."),
}


def _firms():
    """Return {folded code, name or other name: {firm ids}} of the living firms."""
    names = {}
    for pk, *texts in Firm.objects.living().values_list("pk", "code", "name", "name_ar"):
        for text in filter(None, texts):
            names.setdefault(fold(text), set()).add(pk)
    for pk, name in FirmAlias.objects.values_list("firm_id", "name"):
        names.setdefault(fold(name), set()).add(pk)
    return names


def _named(model):
    """Return {folded code or name in three languages: key} of reference data."""
    rows = model.objects.values_list("pk", "code", "name_fr", "name_ar", "name_en")
    return {fold(text): pk for pk, *texts in rows for text in texts}


def _ranges():
    """Return {folded code or name: Range}; a name that two ranges share names neither."""
    found, twice = {}, set()
    for each in Range.objects.select_related("brand", "family"):
        for text in {fold(each.name_in(language)) for language in ("fr", "ar", "en")} | {fold(each.code)}:
            twice |= {text} & found.keys()
            found[text] = each
    return {text: each for text, each in found.items() if text not in twice}


def _ranges_of_parts():
    """Return {part id: [Range]} of the lists of references."""
    found = {}
    for each in RangePart.objects.filter(to_v=None).select_related("range__brand", "range__family"):
        found.setdefault(each.part_id, []).append(each.range)
    return found


def _part_key(text):
    """Return (firm code or "", reference) of FIRM:REFERENCE or REFERENCE, as they are compared."""
    firm, _colon, reference = text.rpartition(":")
    return fold(firm), reference_key(reference)


def _parts(rows):
    """Return {(firm code or "", reference key): [Part]} of the references that rows name, each with its family."""
    keys = {reference for row in rows if row.said["part"] for _firm, reference in [_part_key(row.said["part"])]}
    named = {}
    for part in Part.objects.filter(reference_key__in=keys, merged_into=None).select_related("firm"):
        named.setdefault((part.firm, part.reference_key), part)
    for alias in PartAlias.objects.filter(reference_key__in=keys).select_related("firm", "part"):
        named.setdefault((alias.firm, alias.reference_key), alias.part)
    families = dict(
        PartFamily.objects.filter(to_v=None, part__in=list(named.values())).values_list("part_id", "family_id")
    )
    found = {}
    for (firm, key), part in named.items():
        part.family_id = families.get(part.pk)
        for place in ((fold(firm.code), key), ("", key)):
            if part not in found.setdefault(place, []):
                found[place].append(part)
    return found
