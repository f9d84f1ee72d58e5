"""A list of items for the calculator, read from a file and kept nowhere."""

import tempfile
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake import sheets
from intake.recognise import recognise, table
from intake.record_cells import Cells, Wrong
from intake.sheets import column_letters, text_of
from integration.component_rows import WORDS
from integration.counting import Item
from integration.models import Component
from office.forms import Amount
from partstrack.registry import Fault, Field
from places.models import Country

TAKEN = {
    "code",
    "inside",
    "nature",
    "supply",
    "origin",
    "quantity",
    "value",
    "contributive_rate",
    "local_share",
    "evidence",
}
FIELDS = tuple(
    Field(name, title, words, "key" if name == "code" else "text", name == "code")
    for name, title, words, _role in WORDS
    if name in TAKEN
)
LARGEST = 20_000
TOO_MANY = gettext_lazy("The file has more than 20,000 rows.")


def items_of(file, name, user):
    """Return (Items, faults) of a file's content; nothing is kept. `file`: its pieces of bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items"
        with path.open("wb") as written:
            for piece in file:
                written.write(piece)
        try:
            workbook = sheets.read(path, name)
        except sheets.Unreadable as refusal:
            return [], [Fault("", None, None, "", refusal.reason, refusal.remedy)]
    recognition = recognise(workbook, FIELDS, wide=False)
    if recognition.problems:
        return [], list(recognition.problems)
    reader = _Reader(user)
    for layout in recognition.layouts:
        reader.read(layout.sheet, table(layout, workbook))
    return reader.items, reader.faults


class _Reader:
    def __init__(self, user):
        self.columns = {name: _column(name) for name in TAKEN}
        self.cells = Cells(self.columns, (), user)
        self.items, self.faults, self.codes = [], [], set()
        self.african = set(Country.objects.african().values_list("code", flat=True))

    def read(self, sheet, table):
        letters = {name: column_letters(column) for name, column in table.places.items()}
        if len(self.items) + len(table.rows) > LARGEST:
            self.faults.append(Fault(sheet, None, None, "", TOO_MANY, _("Send fewer items.")))
            return
        for index, row in enumerate(table.rows):
            cells = {name: column[index] for name, column in table.fields.items() if column[index] is not None}
            values = {}
            for name, cell in cells.items():
                try:
                    said = self.cells.read(name, cell)
                    values[name] = said if name == "origin" else self.columns[name].clean(said)
                except Wrong as wrong:
                    self.faults.append(Fault(sheet, row + 1, letters[name], text_of(cell), wrong.reason, wrong.remedy))
                except ValidationError as error:
                    why = " ".join(error.messages)
                    self.faults.append(Fault(sheet, row + 1, letters[name], text_of(cell), why, _("Correct the cell.")))
            self._item(sheet, row + 1, letters.get("code"), values)

    def _item(self, sheet, row, letters, values):
        code = values.get("code")
        if not code or code in self.codes:
            why = _("This item stands more than once in the file.") if code else _("The item has no code.")
            self.faults.append(Fault(sheet, row, letters, code or "", why, _("Give each item a code of its own.")))
            return
        self.codes.add(code)
        quantity, value = values.get("quantity"), values.get("value")
        self.items.append(
            Item(
                key=code,
                supply=values.get("supply") or Component.Supply.IMPORTED,
                nature=values.get("nature") or "item",
                parent=values.get("inside") or None,
                points=values.get("contributive_rate"),
                amount=None if value is None else value * (1 if quantity is None else quantity),
                local=values.get("local_share"),
                african=values.get("origin") in self.african,
                evidence=values.get("evidence") or "declared",
            )
        )


def _column(name):
    if name in {"code", "inside"}:
        return Component._meta.get_field("name_fr").formfield(required=False)
    field = Component._meta.get_field(name).formfield(required=False)
    return Amount.like(field) if hasattr(field, "max_digits") else field
