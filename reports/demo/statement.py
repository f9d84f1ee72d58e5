"""The workbooks of the demonstration, as the distributor's office makes them: titles, headings, rows, totals."""

import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import xlsxwriter

from partstrack.periods import LONG
from partstrack.writing import INERT
from reports.demo.characters import brands, families, partners, parts

SHEET = "Relevé"
HEADER_ROW = 4  # from 0: two titles, a remark or nothing, a blank line
WORDS = (
    ("Fournisseur", 16),
    ("Site", 7),
    ("Référence", 15),
    ("Désignation", 30),
    ("Famille", 18),
    ("Marque", 11),
    ("Unité", 8),
    ("Mois", 10),
)
MEASURES = {
    "produced": "Quantité produite",
    "scrapped": "Rebuts",
    "sold_after_market": "Ventes rechange",
    "sold_first_fit": "Ventes première monte",
    "exported": "Exporté",
    "own_use": "Autoconsommation",
    "made_for_others": "Fabriqué pour des tiers",
    "bought_in": "Achats",
    "written_off": "Sorties diverses",
    "opening": "Stock initial",
    "closing": "Stock final",
    "value_produced": "Valeur produite",
    "value_sold": "Valeur vendue",
}
UNITS = {"piece": "pièce", "litre": "litre"}  # pieces come first, each unit with a total of its own


@dataclass(frozen=True, slots=True)
class Names:
    """What the codes of a line are called in a French file."""

    partners: dict
    parts: dict
    families: dict
    brands: dict

    @classmethod
    def french(cls):
        """Look them up in the demonstration's own tables."""
        return cls(
            partners={partner.site: partner.name for partner in partners()},
            parts={part.reference: part for part in parts()},
            families={family.code: family.name_fr for family in families()},
            brands={brand.code: brand.name for brand in brands()},
        )

    def of(self, line):
        """Return the words of a line, in the order of WORDS without the month."""
        part = self.parts[line.part]
        family, brand = self.families[part.family], self.brands[line.brand]
        return self.partners[line.site], line.site, part.reference, part.name_fr, family, brand, UNITS[line.unit]


class Formats:
    """How the cells of one workbook look."""

    def __init__(self, workbook):
        self.title = workbook.add_format({"bold": True, "font_size": 13})
        self.heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.month = workbook.add_format({"num_format": "mm/yyyy", "align": "left"})
        self.number = workbook.add_format({"num_format": "# ##0.##"})
        self.total = workbook.add_format({"num_format": "# ##0.##", "bold": True, "top": 1})


def workbook(reception):
    """Return the xlsx file of a reception as bytes: the same bytes for the same reception."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **INERT})
    book.set_properties({"author": reception.sender, "created": reception.received_at.replace(tzinfo=None)})
    sheet, formats = book.add_worksheet(SHEET), Formats(book)
    _head(sheet, formats, reception)
    row = HEADER_ROW + 1
    for unit in UNITS:
        if lines := [line for line in reception.lines if line.unit == unit]:
            row = _table(sheet, formats, row, lines)
    book.close()
    return buffer.getvalue()


def _head(sheet, formats, reception):
    what = "Relevé rectificatif" if reception.corrects else "Relevé mensuel"
    sheet.write_string(0, 0, reception.sender, formats.title)
    sheet.write_string(1, 0, f"{what} – {month_in_french(reception.month)}", formats.title)
    if remark := _remark(reception):
        sheet.write_string(2, 0, remark)
    headings = [*WORDS, *((heading, 12) for heading in MEASURES.values())]
    for column, (heading, width) in enumerate(headings):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADER_ROW, column, heading, formats.heading)
    sheet.freeze_panes(HEADER_ROW + 1, 3)


def _remark(reception):
    """Say why the file corrects, or who made nothing."""
    if reception.corrects:
        return reception.reason
    names = Names.french().partners
    silent = ", ".join(f"{names[site]} ({site})" for site in reception.nils)
    return f"Sans production ce mois : {silent}" if silent else ""


def _table(sheet, formats, row, lines):
    """Write the rows of one unit and their total; return the next row."""
    names, first_number = Names.french(), len(WORDS)
    for line in lines:
        for column, word in enumerate(names.of(line)):
            sheet.write_string(row, column, word)
        sheet.write_datetime(row, first_number - 1, line.month, formats.month)
        _amounts(sheet, row, [getattr(line, measure) for measure in MEASURES], formats.number)
        row += 1
    sheet.write_string(row, 0, f"Total {UNITS[lines[0].unit]}s", formats.total)
    _amounts(sheet, row, [_total(lines, measure) for measure in MEASURES], formats.total)
    return row + 1


def _amounts(sheet, row, amounts, look):
    """Write quantities, leaving blank what nobody said."""
    for column, amount in enumerate(amounts, start=len(WORDS)):
        if amount is not None:
            sheet.write_number(row, column, amount, look)


def _total(lines, measure) -> Decimal | None:
    said = [amount for line in lines if (amount := getattr(line, measure)) is not None]
    return sum(said, Decimal(0)) if said else None


def month_in_french(month: date) -> str:
    """Return "mai 2026"."""
    return f"{LONG['fr'][month.month - 1]} {month.year}"
