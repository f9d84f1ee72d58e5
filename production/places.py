"""Where the values of a file stood. It is kept with the file, so that a value can be followed back to its cell.

{sheet: {"shape": wide | long, "columns": {measure or field: letters}, "months": {"2026-01/produced": letters},
"beside": {other sheet: {row there: row here}}}}. A sheet stands "beside" another one when its rows were put into the
rows of that one; of the rows only those are listed that have another number.
"""

from partstrack.periods import to_iso
from production import rows


def of_file(recognition, said, beside):
    """Return the places of a file. `said`: what the sender says that unnamed columns count, or nothing."""
    return {
        layout.sheet: {
            "shape": layout.shape,
            "columns": {
                counted(name, layout, said): rows.column_letters(column) for column, name in layout.columns.items()
            },
            "months": {
                f"{to_iso(each.month)}/{counted(each.measure or rows.UNNAMED, layout, said)}": rows.column_letters(
                    each.column
                )
                for each in layout.months
            },
            "beside": beside.get(layout.sheet, {}),
        }
        for layout in recognition.layouts
    }


def counted(name, layout, said):
    """Return the measure of the ledger that a column holds (a column that is no measure keeps its name)."""
    if name == rows.UNNAMED:
        name = said or rows.named(layout.measure) or "produced"
    return rows.SPOKEN.get(name, name)


def cell(places, sheet, row, month, measure):
    """Return (sheet, row, letters) of the cell of a value; "" for letters that nobody knows. `month`: "2026-01"."""
    if column := _column(places.get(sheet, {}), month, measure):
        return sheet, row, column
    for other, its in places.items():
        rows_here = its.get("beside", {}).get(sheet)
        if rows_here is not None and (column := _column(its, month, measure)):
            return other, rows_here.get(str(row), row), column
    return sheet, row, ""


def _column(its, month, measure):
    return its.get("columns", {}).get(measure) or its.get("months", {}).get(f"{month}/{measure}", "")
