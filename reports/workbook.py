"""The report as a workbook: typed numbers, native charts that follow their cells, the mark on every sheet."""

import io
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from partstrack.charts import LIGHT
from partstrack.periods import from_iso
from partstrack.writing import INERT, Cells, dress, sheet_name
from reports.paper import CHANGES, STATES
from reports.wording import Wording

FIRST_ROW = 4  # rows above a sheet's table: title, mark or situation, basis, a blank one
BASIS_WIDTH, DEFINITION_WIDTH = 60, 90
CHART_SIZE = {"width": 720, "height": 320}


def render(report):
    """Return the workbook of a report (reports/report.py) as bytes: the same content gives the same bytes."""
    made = io.BytesIO()
    with translation.override(report["language"]):
        book = xlsxwriter.Workbook(made, {"in_memory": True, **INERT})
        day = datetime.combine(date.fromisoformat(report["as_of"]), time.min)
        book.set_properties({"title": report["title"], "comments": report["mark"], "created": day})
        for sheet in (_summary, _months, _families, _suppliers, _control):
            sheet(book, report)
        book.close()
    return made.getvalue()


def _sheet(book, report, title, basis=""):
    """Add a worksheet with its head: what it shows, the mark, the situation, the basis. Returns its Cells."""
    sheet = book.add_worksheet(sheet_name(title))
    dress(sheet, f"{report['title']} – {title}", report["mark"], report["language"])
    cells = Cells(book, sheet, report["language"])
    cells.put(0, 0, f"{report['title']} – {report['subtitle']} – {title}", shape="label", measured=False)
    cells.put(1, 0, " · ".join(filter(None, [report["mark"], _situation(report)])), measured=False)
    cells.put(2, 0, basis or None, measured=False)
    sheet.freeze_panes(FIRST_ROW + 1, 1)
    return cells


def _situation(report):
    words = Wording(report["language"])
    shown = {"situation": report["situation"], "version": words.isolate(f"v{report['version']}")}
    return _("%(situation)s, data version %(version)s") % shown


def _table(cells, heads, rows, total=None):
    """Write a table under a sheet's head; the texts of numbers become numbers. Returns (first, last) row of data."""
    cells.heads(FIRST_ROW, heads)
    for number, row in enumerate(rows, FIRST_ROW + 1):
        for index, value in enumerate(row):
            cells.put(number, index, value, kind="month")
    for index, value in enumerate(total or ()):
        cells.put(FIRST_ROW + 1 + len(rows), index, value, shape="total" if index else "label")
    for index, width in enumerate(cells.widths(len(heads))):
        cells.sheet.set_column(index, index, width)
    return FIRST_ROW + 1, FIRST_ROW + len(rows)


def _exact(text):
    return None if text is None else Decimal(text)


# Sheets ---------------------------------------------------------------------------------------------


def _summary(book, report):
    cells = _sheet(book, report, _("Summary"), report["sentence"])
    heads = [_("Figure"), _("Value"), _("Unit"), _("Compared"), _("Base"), _("Growth"), _("Unit of growth"), _("State")]
    heads += [_("Declared"), _("Expected"), _("Basis")]
    _table(cells, heads, [_headline(figure) for figure in report["figures"]])
    for number, figure in enumerate(report["figures"], FIRST_ROW + 1):
        cells.long(number, len(heads) - 1, figure["basis"], BASIS_WIDTH)
    cells.sheet.set_column(len(heads) - 1, len(heads) - 1, BASIS_WIDTH)
    if report["published"]:
        _published(cells, FIRST_ROW + len(report["figures"]) + 3, report["published"])


def _published(cells, row, quotes):
    """Write what others published under the declared figures, apart from them."""
    cells.put(row, 0, _("Published by others, never counted here"), shape="label", measured=False)
    heads = [_("Subject"), _("Qualifier"), _("Value"), _("Unit"), _("Period"), _("Declared"), _("Disputed")]
    cells.heads(row + 1, [*heads, _("Published on"), "", "", _("In the words of the source"), _("Source")])
    for number, quote in enumerate(quotes, row + 2):
        for index, value in enumerate(_quote(quote)):
            cells.put(number, index, value, measured=False)
        cells.long(number, len(heads) + 3, quote["measure"], BASIS_WIDTH)
        cells.put(number, len(heads) + 4, quote["source"], measured=False)


def _quote(quote):
    day = quote["published_on"] and date.fromisoformat(quote["published_on"])
    values = [quote["subject"], quote["qualifier_name"], _exact(quote["value"]), quote["unit_name"], quote["period"]]
    values += [_exact(quote["declared"]), _("disputed") if quote["disputed"] else None, day]
    return [None if value == "" else value for value in values]


def _headline(figure):
    units = {"piece": _("pieces"), "percent": _("percent"), "points": _("points")}
    counts = [_exact(figure[key]) for key in ("compared", "base", "change")]
    state = STATES[figure["state"]] if figure["change_state"] == "ok" else CHANGES.get(figure["change_state"], "")
    return [
        figure["title"],
        _exact(figure["value"]),
        units.get(figure["unit"], figure["unit"]),
        *counts,
        units[figure["change_unit"]],
        str(state),
        figure["coverage"]["declared"],
        figure["coverage"]["expected"],
        None,
    ]


def _months(book, report):
    months, cells = report["months"], _sheet(book, report, _("Months"), report["figures"][0]["basis"])
    words, years = Wording(report["language"]), [str(months["year"]), str(months["base_year"])]
    rows = [
        [from_iso(row["month"]), words.month(row["month"], "name"), _exact(row["value"]), _exact(row["base"])]
        for row in months["rows"]
    ]
    first, last = _table(cells, [_("Month"), _("Name"), *years], rows)
    chart, name = book.add_chart({"type": "line"}), cells.sheet.get_name()
    for column, (year, colour, dash) in enumerate(zip(years, ("accent", "base"), ("solid", "dash"), strict=True), 2):
        line = {"color": LIGHT[colour], "width": 2.25, "dash_type": dash}
        places = {"categories": [name, first, 1, last, 1], "values": [name, first, column, last, column]}
        chart.add_series({"name": year, "line": line, **places})
    chart.show_blanks_as("gap")
    chart.set_x_axis({"reverse": _mirrored(report)})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": LIGHT["line"]}}})
    chart.set_legend({"position": "top"})
    _place(chart, cells, _("Production by month"), "F6")


def _families(book, report):
    cells = _sheet(book, report, _("Families"), report["figures"][0]["basis"])
    first, last = _groups(cells, _("Family"), report["families"])
    if report["families"]["total"]["contribution"] is None:
        return
    chart, name = book.add_chart({"type": "bar"}), cells.sheet.get_name()
    series = {"name": _("Points"), "gap": 60, "data_labels": {"value": True, "num_format": "+0.0;-0.0;0.0"}}
    series |= {"categories": [name, first, 0, last, 0], "values": [name, first, 5, last, 5]}
    hues = [LIGHT["down" if Decimal(row["contribution"]) < 0 else "up"] for row in report["families"]["rows"]]
    chart.add_series(series | {"points": [{"fill": {"color": hue}} for hue in hues]})
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_x_axis({"visible": False, "reverse": _mirrored(report), "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    _place(chart, cells, _("Where the growth comes from"), "I6")


def _suppliers(book, report):
    cells = _sheet(book, report, _("Suppliers"), report["figures"][0]["basis"])
    _groups(cells, _("Supplier"), report["suppliers"])


def _groups(cells, name, groups):
    heads = [
        name,
        _("Produced"),
        _("Compared"),
        _("Base"),
        _("Growth in percent"),
        _("Contribution in points"),
        _("Code"),
    ]
    rows = [[row["label"], *_cells(row), row["key"]] for row in groups["rows"]]
    return _table(cells, heads, rows, [_("Total"), *_cells(groups["total"])])


def _cells(row):
    return [_exact(row[key]) for key in ("value", "compared", "base", "change", "contribution")]


def _control(book, report):
    cells = _sheet(book, report, _("Control"))
    filters = "; ".join(f"{name}: {code}" for name, code in report["filters"].items())
    pairs = [
        (_("Rows behind the figures"), report["rows"]),
        (_("Total: %(column)s") % {"column": _("Produced")}, _exact(report["figures"][0]["value"])),
        (_("Filters"), filters or _("none")),
        (_("Data version"), f"v{report['version']}"),
        (_("Situation as of"), date.fromisoformat(report["as_of"])),
        (_("Situation"), report["situation"]),
        (_("Content"), report["checksum"]),
        *([(_("Mark"), report["mark"])] if report["demonstration"] else []),
    ]
    after = cells.pairs(FIRST_ROW, pairs)
    for number, figure in enumerate(report["figures"], after + 1):
        cells.put(number, 0, figure["title"], shape="label", measured=False)
        cells.long(number, 1, f"{figure['definition']} {figure['formula']}", DEFINITION_WIDTH)
    cells.sheet.set_column(0, 0, 30)
    cells.sheet.set_column(1, 1, DEFINITION_WIDTH)


def _mirrored(report):
    return report["language"] == "ar"


def _place(chart, cells, title, at):
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_size(CHART_SIZE)
    cells.sheet.insert_chart(at, chart, {"object_position": 2})
