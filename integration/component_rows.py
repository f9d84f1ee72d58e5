"""What a row of a file of components must be: its columns, what senders call them, and how its cells become a component."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalogue.models import Part
from catalogue.models.parts import reference_key
from intake.record_cells import Cells, Wrong
from intake.sheets import column_letters, text_of
from integration.counting import IMPORTED, LOCAL, UNKNOWN
from integration.models import MONEY, Component, ExchangeRate, VehicleProgramme
from office.forms import Amount
from partstrack.registry import Fault, Field
from suppliers.models import Site

# field: its heading, what senders call it; a key tells one row from another
WORDS = (
    ("programme", gettext_lazy("Vehicle programme"), ("programme", "projet", "projet véhicule", "modèle", "vehicle programme", "المشروع", "الطراز"), "key"),
    ("code", gettext_lazy("Code"), ("code", "code composant", "repère", "item", "الرمز"), "key"),
    ("name_fr", gettext_lazy("Name in French"), ("nom", "désignation", "libellé", "composant", "nom en français", "name", "التسمية"), "text"),
    ("name_ar", gettext_lazy("Name in Arabic"), ("nom en arabe", "name in arabic", "التسمية بالعربية"), "text"),
    ("name_en", gettext_lazy("Name in English"), ("nom en anglais", "name in english", "التسمية بالإنجليزية"), "text"),
    ("inside", gettext_lazy("Part of the assembly"), ("ensemble", "sous-ensemble de", "parent", "part of", "المجموعة"), "text"),
    ("nature", gettext_lazy("Nature"), ("nature", "الطبيعة"), "text"),
    ("family", gettext_lazy("Family"), ("famille", "family", "العائلة", "الفئة"), "text"),
    ("supply", pgettext_lazy("component", "Supply"), ("approvisionnement", "provenance", "source", "supply", "التموين", "المصدر"), "text"),
    ("site", gettext_lazy("Site"), ("site", "site fournisseur", "usine", "plant", "الموقع", "المصنع"), "text"),
    ("origin", gettext_lazy("Country of origin"), ("pays", "pays d'origine", "origine", "country of origin", "بلد المنشأ"), "text"),
    ("reference", gettext_lazy("Reference"), ("référence", "reference", "المرجع"), "text"),
    ("quantity", gettext_lazy("Quantity in one vehicle"), ("quantité", "quantité par véhicule", "qté", "quantity", "الكمية"), "text"),
    ("value", gettext_lazy("Value"), ("valeur", "prix", "valeur unitaire", "prix unitaire", "value", "القيمة", "السعر"), "text"),
    ("currency", gettext_lazy("Currency"), ("devise", "monnaie", "currency", "العملة"), "text"),
    ("rate_on", gettext_lazy("Day of the exchange rate"), ("date du cours", "cours du", "rate date", "تاريخ السعر"), "text"),
    ("contributive_rate", gettext_lazy("Contributive rate, in %"), ("taux contributif", "taux contributif en %", "contributive rate", "نسبة المساهمة"), "text"),
    ("local_share", gettext_lazy("Local share, in %"), ("part locale", "part locale en %", "local share", "الحصة المحلية"), "text"),
    ("evidence", gettext_lazy("Evidence"), ("preuve", "état de la preuve", "evidence", "الإثبات"), "text"),
    ("valid_from", gettext_lazy("From"), ("du", "depuis", "valable du", "from", "من"), "text"),
    ("valid_to", gettext_lazy("To"), ("au", "jusqu'au", "valable au", "to", "إلى"), "text"),
)  # fmt: skip
FIELDS = tuple(Field(name, title, words, role, name in ("programme", "code")) for name, title, words, role in WORDS)
SAME = (
    "name_fr",
    "name_ar",
    "name_en",
    "nature",
    "quantity",
    "value",
    "currency",
    "contributive_rate",
    "local_share",
    "evidence",
)
MADE = {
    "name_ar": "",
    "name_en": "",
    "nature": "item",
    "supply": IMPORTED,
    "quantity": Decimal(1),
    "currency": MONEY,
    "evidence": "declared",
}


def _column(name):
    """Return the form field that reads the cells of a column."""
    if name in {"inside", "reference"}:
        return Component._meta.get_field("name_fr").formfield(required=False)
    if name == "rate_on":
        return Component._meta.get_field("valid_from").formfield()
    field = Component._meta.get_field(name).formfield(required=False)
    return Amount.like(field) if hasattr(field, "max_digits") else field


class Reader:
    """Reads tables of components into {field of the model: value} by row. What cells name is looked up once.

    `letters`: {sheet: {field: letters of its column}}; `faults` as the desk keeps them; `found`: [(sheet, row, cells, values)].
    """

    def __init__(self, user):
        self.columns = {name: _column(name) for name, *_rest in WORDS}
        for name, model in (("programme", VehicleProgramme), ("site", Site)):
            self.columns[name].queryset = model.objects.visible_to(user)
        self.cells = Cells(self.columns, (), user)
        self.read_before, self.faults, self.found, self.letters = {}, [], [], {}
        self.rows = self.set_aside = 0

    def read(self, sheet, table, dropped):
        """Read the rows of one table. `dropped`: the rows that a person set aside."""
        self.letters[sheet] = {name: column_letters(column) for name, column in table.places.items()}
        self.rows += len(table.rows)
        for index, row in enumerate(table.rows):
            cells = {name: column[index] for name, column in table.fields.items() if column[index] is not None}
            if row + 1 in dropped:
                self.set_aside += 1
                continue
            values = {}
            for name, cell in cells.items():
                try:
                    values[name] = self._value(name, cell)
                except Wrong as wrong:
                    self.refuse(sheet, row + 1, name, cells, wrong.reason, wrong.remedy)
            if not any((fault.sheet, fault.row) == (sheet, row + 1) for fault in self.faults[-len(cells or " ") :]):
                self.found.append((sheet, row + 1, cells, values))

    def _value(self, name, cell):
        """Return the value of a cell, each distinct one read once. Wrong: why it cannot be taken."""
        known = self.read_before.setdefault(name, {})
        if cell not in known:
            known[cell] = self._read(name, cell)
        if isinstance(known[cell], Wrong):
            raise known[cell]
        return known[cell]

    def _read(self, name, cell):
        try:
            said = self.cells.read(name, cell)
            if hasattr(self.columns[name], "queryset"):
                return int(said) if str(said).isdigit() else said or None
            value = self.columns[name].clean(said)
            return value.upper() if name == "currency" else value
        except Wrong as wrong:
            return wrong
        except ValidationError as error:
            return Wrong(" ".join(error.messages), _("Correct the cell, or set the row aside."))

    def refuse(self, sheet, row, name, cells, reason, remedy):
        """Keep a fault of a cell."""
        letters = self.letters[sheet].get(name)
        value = text_of(cells[name]) if name in cells else ""
        self.faults.append(Fault(sheet, row, letters, value, reason, remedy, code="cell" if letters else ""))


class Rates:
    """The exchange rates, looked up once."""

    def __init__(self):
        self.rows = {}
        for row in ExchangeRate.objects.order_by("on", "pk"):
            self.rows.setdefault(row.currency, []).append(row)

    def of(self, currency, day):
        """Return the last rate of a currency up to a day (None: of all), or None."""
        rows = [row for row in self.rows.get(currency, ()) if day is None or row.on <= day]
        return rows[-1] if rows else None


def references(rows):
    """Return {(firm, folded reference): part} of the references that rows name with their sites' firms, by one question."""
    keys = {reference_key(text) for text in rows if text}
    parts = Part.objects.filter(reference_key__in=keys, merged_into=None).values_list("firm_id", "reference_key", "pk")
    return {(firm, key): pk for firm, key, pk in parts}


def problem(row):
    """Return (field, why, what to do) of the first thing in a Component that does not go together, or None."""
    keep = _("Correct the row, or set it aside.")
    if not row.name_fr:
        return "name_fr", _("A new component needs a name in French."), keep
    if row.quantity is None or row.quantity <= 0:
        return "quantity", _("A quantity is above zero."), keep
    if row.value is not None and not 0 <= row.value < 10**15:
        return "value", _("A value is zero or more."), keep
    for name in ("contributive_rate", "local_share"):
        value = getattr(row, name)
        if value is not None and not 0 <= value <= 100:
            return name, _("A rate lies between 0 and 100 percent."), keep
    if row.valid_from and row.valid_to and row.valid_to <= row.valid_from:
        return "valid_to", _("The end must come after the start."), keep
    if row.site_id and row.supply in {IMPORTED, UNKNOWN}:
        return (
            "site",
            _("What is imported, or of unknown supply, names no site."),
            _("Empty the site, or correct the supply."),
        )
    if row.local_share is not None and row.supply != LOCAL:
        return "local_share", _("Only what is made locally has a local share."), keep
    return None


def as_text(value):
    """Return a value as it is kept with the file: text, number or None."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
