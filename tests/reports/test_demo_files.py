"""The workbooks of the demonstration: as an office writes them, the same bytes each time."""

from datetime import date
from decimal import Decimal

from intake import sheets
from reports.demo import volumes
from reports.demo.statement import workbook

MAY, CORRECTION = (
    next(each for each in volumes.receptions() if each.name == name)
    for name in ("Relevé mensuel 2026-05.xlsx", "Relevé rectificatif 2025-11.xlsx")
)


def read(reception, folder):
    """Return the rows of a reception's file as the desk reads them."""
    path = folder / "file.xlsx"
    path.write_bytes(workbook(reception))
    return list(sheets.read_inline(path, reception.name).sheets[0].rows)


def test_a_statement_has_titles_headings_rows_and_a_total_for_each_unit(tmp_path):
    rows = read(MAY, tmp_path)
    assert [row[0] for row in rows[:5]] == [
        "tMarque A – distribution",
        "tRelevé mensuel – mai 2026",
        None,
        None,
        "tFournisseur",
    ]
    assert [row[0] for row in rows if (row[0] or "").startswith("tTotal")] == ["tTotal pièces", "tTotal litres"]
    assert len(rows) == 5 + len(MAY.lines) + 2
    assert rows[5][7] == "d2026-05-01"


def test_totals_are_those_of_their_own_unit(tmp_path):
    pieces, litres = [row for row in read(MAY, tmp_path) if (row[0] or "").startswith("tTotal")]
    for row, unit in ((pieces, "piece"), (litres, "litre")):
        lines = [line for line in MAY.lines if line.unit == unit]
        assert row[8] == f"n{sum(line.produced for line in lines)}"
        assert Decimal(row[19][1:]) == sum(line.value_produced for line in lines)


def test_what_nobody_said_is_blank_and_zero_is_zero(tmp_path):
    rows = read(MAY, tmp_path)
    cells = {(row[2], row[5]): row for row in rows[5:] if row[2]}
    for line in MAY.lines:
        row = cells["t" + line.part, "tMarque " + line.brand[-1].upper()]
        assert (row[14] is None) == (line.made_for_others is None)
        assert row[12] == "n0"  # nothing was exported before July 2026
    assert MAY.month < date(2026, 7, 1)


def test_a_month_without_production_is_said_above_the_table(tmp_path):
    march = next(each for each in volumes.receptions() if each.nils and each.month == date(2026, 3, 1))
    assert read(march, tmp_path)[2][0] == "tSans production ce mois : Partenaire 07 (P07)"


def test_a_correction_gives_its_reason_and_only_the_changed_lines(tmp_path):
    rows = read(CORRECTION, tmp_path)
    assert rows[1][0] == "tRelevé rectificatif – novembre 2025"
    assert rows[2][0] == "t" + CORRECTION.reason
    assert [row[2] for row in rows[5:-1]] == ["tP03-EMB-3101", "tP03-MEC-3110", "tP08-CRD-8101"]


def test_the_same_reception_gives_the_same_bytes():
    assert workbook(CORRECTION) == workbook(CORRECTION)
