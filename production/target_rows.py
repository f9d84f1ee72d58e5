"""What a row of a file of targets must be: its columns, what senders call them, and how a cell becomes a target."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.models import FirmAlias
from catalogue.models import Family
from intake.sheets import DATE, ERASER, column_letters, text_of
from partstrack.folding import fold, latin_digits, legible
from partstrack.numbers import Ambiguous
from partstrack.registry import Fault, Field
from production.columns import UNIT_WORDS
from production.models import StagedTarget, Target
from production.rows import Values
from suppliers.models import Supplier

FIELDS = (
    Field("year", _("Year"), ("année", "exercice", "annee", "year", "السنة", "العام"), "key", required=True),
    Field(
        "amount",
        _("Target"),
        ("objectif", "objectif annuel", "objectif de l'année", "cible", "target", "yearly target", "الهدف", "الهدف السنوي"),
        "measure",
        required=True,
    ),
    Field("measure", _("Measure"), ("mesure", "indicateur", "measure", "القياس", "المؤشر")),
    Field("family", _("Family"), ("famille", "family", "العائلة", "الفئة", "المجموعة")),
    Field("supplier", _("Supplier"), ("fournisseur", "code fournisseur", "supplier", "المورد", "رمز المورد")),
    Field("unit", _("Unit"), ("unité", "unit", "الوحدة", "وحدة القياس")),
)  # fmt: skip
MEASURE_NAMES = dict(Target.Measure.choices)
MEASURES = {
    fold(word): measure
    for measure, words in {
        Target.Measure.PRODUCED: ("", "produced", "produit", "produits", "production", "إنتاج", "الإنتاج", "المنتج"),
        Target.Measure.SOLD: ("sold", "vendu", "vendus", "ventes", "vente", "sales", "المبيعات", "مبيعات"),
    }.items()
    for word in words
}


class Wrong(Exception):
    """A cell that cannot be taken: its field, why, and what to do."""

    def __init__(self, field, reason, remedy):
        super().__init__(str(reason))
        self.field, self.reason, self.remedy = field, reason, remedy


class Reader:
    """Reads tables of targets; suppliers and families are looked up once.

    `letters`: {sheet: {field: letters of its column}}; `faults` and `questions` as the desk keeps them.
    """

    def __init__(self, options, user):
        self.decimal = options.get("decimal")
        self.known = {"family": _families(), "supplier": _suppliers(user)}
        self.found, self.faults, self.questions, self.letters = [], [], [], {}
        self.rows = self.blank = self.set_aside = 0

    def read(self, layout, table, dropped):
        """Read the rows of one table. `dropped`: the rows that a person set aside."""
        values = Values(self.decimal or layout.style.decimal, layout.style)
        self.letters[layout.sheet] = {name: column_letters(column) for name, column in table.places.items()}
        self.rows += len(table.rows)
        for index, row in enumerate(table.rows):
            cells = {name: column[index] for name, column in table.fields.items()}
            if row + 1 in dropped:
                self.set_aside += cells.get("amount") is not None
            else:
                self._read(layout.sheet, row + 1, cells, values)

    def _read(self, sheet, row, cells, values):
        try:
            amount = self._amount(cells.get("amount"), values)
            if amount is None:
                self.blank += 1
                return
            said = {name: legible(text_of(cell)) for name, cell in cells.items() if cell is not None}
            self.found.append(
                StagedTarget(
                    sheet=sheet,
                    row=row,
                    year=_year(cells.get("year")),
                    measure=_word(MEASURES, said, "measure", _("Write produced or sold.")),
                    unit_id=_word(
                        UNIT_WORDS | {"": "piece"}, said, "unit", _("Use piece, set, kit, litre or kilogram.")
                    ),
                    family_id=self._one(
                        "family", said, _("Use a family's code or name; leave it empty for all of them.")
                    ),
                    firm_id=self._one("supplier", said, _("Correct it, or enter the supplier first.")),
                    amount=None if amount == ERASER else amount,
                )
            )
        except Ambiguous:
            place = (sheet, row, self.letters[sheet]["amount"], text_of(cells["amount"]))
            self.questions.append(dict(zip(("sheet", "row", "column", "value"), place, strict=True)))
        except Wrong as wrong:
            self._refuse(sheet, row, text_of(cells[wrong.field]) if cells.get(wrong.field) else "", wrong)

    def _refuse(self, sheet, row, value, wrong):
        letters = self.letters[sheet].get(wrong.field)
        self.faults.append(
            Fault(sheet, row, letters, value, wrong.reason, wrong.remedy, code="cell" if letters else "")
        )

    def _amount(self, cell, values):
        """Return a Decimal above zero, ERASER, or None for a blank."""
        value = None if cell is None else values.of(cell)
        if isinstance(value, Ambiguous):
            raise value
        if isinstance(value, tuple):
            raise Wrong("amount", *value)
        if isinstance(value, Decimal) and value <= 0:
            raise Wrong("amount", _("A target is above zero."), _("To give a target up, write “effacer” in the cell."))
        return value

    def _one(self, field, said, remedy):
        """Return the id of what a cell names, None when it is empty."""
        if not said.get(field):
            return None
        found = self.known[field].get(fold(said[field]), set())
        if len(found) != 1:
            raise Wrong(field, _("This is not known."), remedy)
        return next(iter(found))[0]

    def code_of(self, field, pk):
        """Return the public code of a family or supplier that was read, "" for none."""
        codes = (code for found in self.known[field].values() for known, code in found if known == pk)
        return next(codes, "")

    def single_rows(self):
        """Return the rows that say a target once; those that say one twice are all refused."""
        places = {}
        for row in self.found:
            places.setdefault(row.identity, []).append(row)
        remedy = _("Keep one row for each year, measure, family, supplier and unit.")
        for same in places.values():
            for row in same if len(same) > 1 else ():
                value = _text_of_amount(row.amount)
                self._refuse(
                    row.sheet, row.row, value, Wrong("amount", _("This target stands more than once."), remedy)
                )
        return [same[0] for same in places.values() if len(same) == 1]


def _text_of_amount(amount):
    """Return an amount as text, "" for one that was given up."""
    return "" if amount is None else format(amount, "f")


def _year(cell):
    """Return the year of a cell. Wrong: it says none, or only a part of one."""
    text = latin_digits(text_of(cell)).strip() if cell is not None else ""
    if cell is not None and cell[0] != DATE and re.fullmatch(r"20\d\d(\.0)?|2100", text):
        return int(text[:4])
    raise Wrong(
        "year",
        _("This is not a year from 2000 to 2100."),
        _("Write the year like 2026: a target is that of a whole year."),
    )


def _word(known, said, field, remedy):
    found = known.get(fold(said.get(field, "")))
    if found is None:
        raise Wrong(field, _("This is not known."), remedy)
    return found


def _families():
    """Return {folded code or name: {(id, code)}} of the families."""
    names = {}
    for pk, code, *texts in Family.objects.values_list("pk", "code", "name_fr", "name_ar", "name_en"):
        for text in (code, *texts):
            names.setdefault(fold(text), set()).add((pk, code))
    return names


def _suppliers(user):
    """Return {folded code, name or other name: {(firm id, code)}} of the suppliers that a person sees."""
    names, aliases = {}, {}
    for firm, name in FirmAlias.objects.values_list("firm_id", "name"):
        aliases.setdefault(firm, []).append(name)
    rows = Supplier.objects.visible_to(user).filter(firm__merged_into=None)
    for pk, code, *texts in rows.values_list("firm", "firm__code", "firm__name", "firm__name_ar"):
        for text in filter(None, (code, *texts, *aliases.get(pk, ()))):
            names.setdefault(fold(text), set()).add((pk, code))
    return names
