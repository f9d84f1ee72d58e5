"""The table of a sheet is found wherever senders put it; what cannot be read one way is refused with its place."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.headings import is_total, month_of_cell
from intake.recognise import recognise, table
from intake.sheets import decimal_of, read, read_inline, text_of
from partstrack.periods import month_range
from partstrack.registry import Field
from tests.intake import workbooks

PART = ("référence", "référence pièce", "ref", "pn", "part number", "code article", "المرجع", "رقم القطعة")
FIELDS = (
    Field("part", "Reference", PART, "key", required=True),
    Field("month", "Month", ("mois", "période", "month", "الشهر"), "month"),
    Field("name", "Designation", ("désignation", "libellé", "name", "التعيين")),
    Field("site", "Site", ("site", "usine", "الموقع"), "key"),
    Field("unit", "Unit", ("unité", "unit", "الوحدة")),
    Field(
        "produced", "Produced", ("quantité produite", "produit", "production", "produced", "الكمية المنتجة"), "measure"
    ),
    Field("sold", "Sold", ("quantité vendue", "vendu", "ventes", "sold", "الكمية المباعة"), "measure"),
)
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
JANUARY, FEBRUARY, MARCH = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)
MONTHS = ["01/2025", "02/2025", "03/2025"]


def found(tmp_path, *rows, **sheets):
    """Return (workbook, recognition) of a workbook made of these rows, or of several named sheets."""
    path = workbooks.xlsx(tmp_path / "sent.xlsx", **(sheets or {"Volumes": rows}))
    workbook = read_inline(path, "sent.xlsx")
    return workbook, recognise(workbook, FIELDS)


def only(recognition):
    """Return the one layout of a recognition without problems."""
    assert [problem.as_json() for problem in recognition.problems] == []
    (layout,) = recognition.layouts
    return layout


def refused(tmp_path, *rows, **sheets):
    """Return the one problem of rows that are not read, as (row, column, reason)."""
    (problem,) = found(tmp_path, *rows, **sheets)[1].problems
    assert str(problem.remedy)
    return problem.row, problem.column, str(problem.reason)


def notes(recognition):
    """Return what is left out as {row or column: why}."""
    return {note.row or note.column or note.sheet: str(note.why) for note in recognition.left_out}


# Shapes ---------------------------------------------------------------------------------------------


def test_a_wide_table_is_found_under_titles_and_blank_lines(tmp_path):
    workbook, recognition = found(
        tmp_path,
        ["Pièces de rechange — volumes mensuels"],
        ["Unité : pièce"],
        [],
        ["Référence", "Désignation", *MONTHS, "Total"],
        ["A1", "Plaquette", 1, None, 3, 4],
        ["B2", "Disque", 0, 5, None, 5],
        ["TOTAL", None, 1, 5, 3, 9],
    )
    layout = only(recognition)
    assert (layout.shape, layout.header_row, layout.first_row, layout.unit, layout.measure) == (
        "wide",
        3,
        4,
        "pièce",
        None,
    )
    assert layout.columns == {0: "part", 1: "name"}
    assert [(each.column, each.month, each.measure) for each in layout.months] == [
        (2, JANUARY, None),
        (3, FEBRUARY, None),
        (4, MARCH, None),
    ]
    assert notes(recognition) == {"F": "total column", 7: "total row"}
    data = table(layout, workbook)
    assert data.rows == [4, 5]
    assert data.fields == {"part": ["tA1", "tB2"], "name": ["tPlaquette", "tDisque"]}
    assert [cells for _month, cells in data.months] == [["n1", "n0"], [None, "n5"], ["n3", None]]
    assert next(data.cells()) == (4, 2, ("tA1", "tPlaquette"), JANUARY, "n1")


def test_a_long_table_is_found_with_its_measures(tmp_path):
    workbook, recognition = found(
        tmp_path,
        ["Référence pièce", "Mois", "Quantité produite", "Quantité vendue"],
        ["A", "01/2025", "0,5", None],
        ["A", date(2025, 2, 1), 2, 1],
    )
    layout = only(recognition)
    assert (layout.shape, layout.months, layout.month) == ("long", (), None)
    assert layout.columns == {0: "part", 1: "month", 2: "produced", 3: "sold"}
    assert layout.style.decimal == "comma"
    data = table(layout, workbook)
    assert data.fields["produced"] == ["t0,5", "n2"]
    assert data.fields["sold"] == [None, "n1"]
    assert [month_of_cell(cell) for cell in data.fields["month"]] == [JANUARY, FEBRUARY]
    assert data.places == {"part": 0, "month": 1, "produced": 2, "sold": 3}


@pytest.mark.parametrize(
    "headings",
    [
        ["janv. 2025", "févr. 2025", "mars 2025"],
        ["Janvier 2025", "FEVRIER 2025", "Mars 2025"],
        ["janv-25", "févr-25", "mars-25"],
        ["Jan 2025", "Feb 2025", "Mar 2025"],
        ["جانفي 2025", "فيفري 2025", "مارس 2025"],
        ["يناير ٢٠٢٥", "فبراير ٢٠٢٥", "مارس ٢٠٢٥"],
        ["2025-01", "2025-02", "2025-03"],
        ["01/01/2025", "01/02/2025", "01/03/2025"],
        [JANUARY, FEBRUARY, MARCH],
        ["Produit janv. 2025", "Produit févr. 2025", "Produit mars 2025"],
        [202501, 202502, 202503],
    ],
)
def test_months_head_columns_in_three_languages_figures_and_real_dates(tmp_path, headings):
    layout = only(found(tmp_path, ["Ref", *headings], ["A", 1, 2, 3])[1])
    assert [month.month for month in layout.months] == [JANUARY, FEBRUARY, MARCH]


@pytest.mark.parametrize(
    "heading", ["RÉFÉRENCE", "reference", " Réf. ", "P.N", "Référence *", "المرجع", "الْمَرجـع", "رقم القطعه"]
)
def test_headings_are_recognised_whatever_their_case_accents_and_letter_variants(tmp_path, heading):
    fields = (Field("part", "Reference", (*PART, "réf", "p n"), "key", required=True), *FIELDS[1:])
    path = workbooks.xlsx(tmp_path / "sent.xlsx", A=[[heading, "01/2025"], ["A", 1]])
    assert only(recognise(read_inline(path, "sent.xlsx"), fields)).columns == {0: "part"}


def test_the_measure_is_said_by_the_headings_then_by_the_title_then_by_the_sheet(tmp_path):
    by_heading = found(tmp_path, ["Ventes 2025"], ["Ref", "Production 01/2025"], ["A", 1])[1]
    assert only(by_heading).months[0].measure == "produced"
    assert only(by_heading).measure is None
    assert only(found(tmp_path, ["Ventes mensuelles"], ["Ref", "01/2025"], ["A", 1])[1]).measure == "sold"
    assert only(found(tmp_path, Ventes=[["Ref", "01/2025"], ["A", 1]])[1]).measure == "sold"
    assert only(found(tmp_path, ["Production et ventes"], ["Ref", "01/2025"], ["A", 1])[1]).measure is None
    assert only(found(tmp_path, ["Service après-ventes"], ["Ref", "01/2025"], ["A", 1])[1]).measure is None


def test_two_measures_may_share_a_wide_table(tmp_path):
    layout = only(found(tmp_path, ["Ref", "Produit 01/2025", "Vendu 01/2025"], ["A", 3, 2])[1])
    assert [(month.month, month.measure) for month in layout.months] == [(JANUARY, "produced"), (JANUARY, "sold")]


def test_bare_month_names_take_the_year_above_them_or_of_the_title(tmp_path):
    above = [["Ref", 2024, None, 2025], [None, "nov.", "déc.", "janv."], ["A", 1, 2, 3]]
    layout = only(found(tmp_path, *above)[1])
    assert (layout.header_row, layout.columns) == (1, {0: "part"})
    assert [month.month for month in layout.months] == [date(2024, 11, 1), date(2024, 12, 1), JANUARY]
    layout = only(found(tmp_path, ["Année 2025"], ["Ref", "Janvier", "Février"], ["A", 1, 2])[1])
    assert [month.month for month in layout.months] == [JANUARY, FEBRUARY]


def test_a_month_above_a_long_table_counts_for_all_its_rows(tmp_path):
    for title in (["Mois : janvier 2025"], ["Mois", "01/2025"], ["Au titre du mois de janvier 2025"], [JANUARY]):
        layout = only(found(tmp_path, title, ["Ref", "Produit"], ["A", 1])[1])
        assert (layout.shape, layout.month) == ("long", JANUARY)
    assert only(found(tmp_path, **{"janv. 2025": [["Ref", "Produit"], ["A", 1]]})[1]).month == JANUARY


def test_a_unit_stands_in_the_title_or_in_brackets(tmp_path):
    assert only(found(tmp_path, ["Unité", "litre"], ["Ref", "01/2025"], ["A", 1])[1]).unit == "litre"
    assert only(found(tmp_path, ["الوحدة: قطعة"], ["Ref", "01/2025"], ["A", 1])[1]).unit == "قطعة"
    layout = only(found(tmp_path, ["Ref", "Mois", "Quantité produite (kg)"], ["A", "01/2025", 1])[1])
    assert (layout.unit, layout.columns[2]) == ("kg", "produced")


# What is left out -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "label", ["Total", "TOTAL GÉNÉRAL", "Total 2025", "Sous-total", "Grand total", "المجموع", "الإجمالي العام", "Somme"]
)
def test_total_rows_are_known_by_their_label(tmp_path, label):
    workbook, recognition = found(tmp_path, ["Ref", "01/2025"], ["A", 1], ["B", 2], [label, 3])
    assert table(only(recognition), workbook).fields["part"] == ["tA", "tB"]
    assert notes(recognition) == {4: "total row"}


def test_a_total_label_may_stand_in_another_column_when_the_key_is_blank(tmp_path):
    workbook, recognition = found(tmp_path, ["Ref", "Désignation", "01/2025"], ["A", "x", 1], [None, "Total", 1])
    assert table(only(recognition), workbook).rows == [1]


def test_total_is_also_a_brand_of_oil(tmp_path):
    rows = [
        ["Ref", "Désignation", "01/2025"],
        ["TOTAL 5W40", "Huile", 7],
        ["A", "Total Quartz", 1],
        ["Total freins", None, 8],
    ]
    workbook, recognition = found(tmp_path, *rows)
    assert table(only(recognition), workbook).fields["part"] == ["tTOTAL 5W40", "tA"]
    assert notes(recognition) == {4: "total row"}


def test_a_last_row_that_nothing_names_is_a_total_only_if_it_adds_up(tmp_path):
    workbook, recognition = found(tmp_path, ["Ref", "01/2025"], ["A", 1.1], ["B", 2.2], [None, 3.3000000000000003])
    assert table(only(recognition), workbook).rows == [1, 2]
    workbook, recognition = found(tmp_path, ["Ref", "01/2025"], ["A", 1], ["B", 2], [None, 4])
    assert table(only(recognition), workbook).rows == [1, 2, 3]
    assert notes(recognition) == {}


@pytest.mark.parametrize(
    "heading", ["Total", "Cumul", "المجموع", "2025", 2025, "Année 2025", "T1 2025", "1er semestre 2025", "Total vendu"]
)
def test_total_columns_are_known_by_their_heading(tmp_path, heading):
    recognition = found(tmp_path, ["Ref", *MONTHS, heading], ["A", 1, 2, 3, 6])[1]
    assert len(only(recognition).months) == 3
    assert notes(recognition) == {"E": "total column"}


def test_total_columns_are_known_by_their_sums(tmp_path):
    rows = [["Ref", *MONTHS, "Récapitulatif", None], ["A", 1.1, 2.2, None, 3.3, 3.3], ["B", 1, None, None, 1, 2]]
    recognition = found(tmp_path, *rows)[1]
    assert notes(recognition) == {"E": "total column", "F": "column without a heading"}


def test_unknown_and_blank_columns_are_left_out_with_a_note(tmp_path):
    rows = [["Ref", "Couleur", "Produit %", "Vide", None, "01/2025"], ["A", "bleu", 5, None, None, 1]]
    recognition = found(tmp_path, *rows)[1]
    assert only(recognition).columns == {0: "part"}
    assert notes(recognition) == {
        "B": "heading “Couleur” is not understood",
        "C": "heading “Produit %” is not understood",
        "D": "column “Vide” is blank",
    }


def test_a_quantity_in_money_is_no_quantity(tmp_path):
    row, column, reason = refused(tmp_path, ["Ref", "Mois", "Produit (DA)"], ["A", "01/2025", 5])
    assert (row, column) == (1, None)
    assert reason == "The row of headings lacks: Produced / Sold."


def test_blank_rows_and_notes_under_the_table_are_left_out(tmp_path):
    rows = [
        ["Ref", "01/2025", "02/2025"],
        ["A", 1, 2],
        [],
        [],
        ["B", 3, None],
        ["C"],
        ["Total", 4, 2],
        ["Signé"],
        [],
        ["Visa"],
    ]
    workbook, recognition = found(tmp_path, *rows)
    assert table(only(recognition), workbook).fields["part"] == ["tA", "tB", "tC"]
    assert notes(recognition) == {
        3: "2 blank rows",
        7: "total row",
        8: "note under the table",
        9: "blank row",
        10: "note under the table",
    }


def test_a_sentence_right_under_the_table_is_a_note_but_a_silent_part_is_not(tmp_path):
    rows = [["Ref", "01/2025"], ["A", 1], ["B"], ["Source : service de la production"]]
    workbook, recognition = found(tmp_path, *rows)
    assert table(only(recognition), workbook).fields["part"] == ["tA", "tB"]
    assert notes(recognition) == {4: "note under the table"}


def test_a_row_without_a_reference_stays_for_its_kind_to_refuse(tmp_path):
    workbook, recognition = found(tmp_path, ["Ref", "01/2025"], ["A", 1], [None, 9], ["C", 1])
    assert table(only(recognition), workbook).fields["part"] == ["tA", None, "tC"]


# Sheets ---------------------------------------------------------------------------------------------


def test_all_sheets_of_one_layout_are_read_and_the_others_are_noted(tmp_path):
    one = [["Ref", "01/2025"], ["A", 1]]
    two = [["Relevé"], ["Référence", "02/2025", "03/2025"], ["A", 2, 3]]
    recognition = found(tmp_path, Janvier=one, Suite=two, Notes=[["Merci de votre envoi"]], Vide=[])[1]
    assert [(layout.sheet, layout.index) for layout in recognition.layouts] == [("Janvier", 0), ("Suite", 1)]
    assert recognition.problems == ()
    assert notes(recognition) == {"Notes": "no table in this sheet"}


def test_hidden_sheets_are_noted(tmp_path):
    def hide(sheet, row, column):
        sheet.hide()

    recognition = found(tmp_path, Volumes=[["Ref", "01/2025"], ["A", 1]], Cache=[[hide]])[1]
    assert only(recognition).sheet == "Volumes"
    assert notes(recognition) == {"Cache": "hidden sheet"}


def test_sheets_laid_out_differently_are_refused(tmp_path):
    wide, long = [["Ref", "01/2025"], ["A", 1]], [["Ref", "Mois", "Produit"], ["A", "01/2025", 1]]
    assert refused(tmp_path, Un=wide, Deux=long)[2] == "The sheets “Un” and “Deux” are laid out differently."


# Problems -------------------------------------------------------------------------------------------


def test_a_sheet_without_headings_says_which_ones_are_understood(tmp_path):
    (problem,) = found(tmp_path, ["hello"], [1, 2, 3])[1].problems
    assert str(problem.reason) == "No row of headings was found."
    assert "référence" in str(problem.remedy)
    assert "01/2025" in str(problem.remedy)


def test_the_nearest_row_says_what_it_lacks(tmp_path):
    assert refused(tmp_path, ["Titre"], ["Article inconnu", *MONTHS], ["A", 1, 2, 3]) == (
        2,
        None,
        "The row of headings lacks: Reference.",
    )


def test_an_empty_workbook_is_refused(tmp_path):
    assert refused(tmp_path, Vide=[])[2] == "The file holds no cells in a visible sheet."


def test_two_tables_in_one_sheet_are_refused_near_and_far(tmp_path):
    one = [["Ref", "01/2025"], ["A", 1]]
    assert refused(tmp_path, *one, [], *one) == (4, None, "A second table begins in row 4.")
    many = [[f"P{index}", 1] for index in range(100)]
    assert refused(tmp_path, one[0], *many, *one) == (102, None, "A second table begins in row 102.")


def test_two_tables_side_by_side_are_refused(tmp_path):
    assert refused(tmp_path, ["Ref", "01/2025", None, "Réference", "02/2025"], ["A", 1, None, "A", 2]) == (
        1,
        "D",
        "Two columns are called “Reference”.",
    )


def test_a_text_said_twice_counts_once(tmp_path):
    recognition = found(tmp_path, ["Ref", "Désignation", "Libellé", "01/2025"], ["A", "x", "y", 1])[1]
    assert only(recognition).columns == {0: "part", 1: "name"}
    assert notes(recognition) == {"C": "column “Libellé” beside another that says it"}


def test_a_month_in_two_columns_is_refused(tmp_path):
    assert refused(tmp_path, ["Ref", "01/2025", "janv-25"], ["A", 1, 1]) == (
        1,
        "C",
        "The month 2025-01 stands in two columns: B and C.",
    )


def test_months_without_a_year_are_refused_by_cell(tmp_path):
    problems = found(tmp_path, ["Ref", "Janvier", "Février"], ["A", 1, 2])[1].problems
    assert [(problem.row, problem.column, problem.value) for problem in problems] == [
        (1, "B", "Janvier"),
        (1, "C", "Février"),
    ]


def test_a_long_table_that_does_not_say_its_month_is_refused(tmp_path):
    assert refused(tmp_path, ["Ref", "Produit"], ["A", 1]) == (1, None, "The table does not say its month.")
    assert (
        refused(tmp_path, ["Édité le 3 mars 2025"], ["Ref", "Produit"], ["A", 1])[2]
        == "The table does not say its month."
    )


def test_several_units_in_one_sheet_are_refused(tmp_path):
    reason = refused(tmp_path, ["Unité : pièce"], ["Unité : litre"], ["Ref", "01/2025"], ["A", 1])[2]
    assert reason == "The sheet says several units: pièce, litre."


def test_merged_data_cells_are_refused_and_merged_titles_are_not(tmp_path):
    rows = [
        [workbooks.merged("Volumes 2025", across=2)],
        ["Ref", "01/2025", "02/2025"],
        ["A", workbooks.merged(5), None],
    ]
    (problem,) = found(tmp_path, *rows)[1].problems
    assert (problem.row, problem.column, problem.value) == (3, "B", "5")
    assert str(problem.reason) == "The cells B3 to C3 are merged."
    fine = [["Ref", "Désignation", "01/2025"], ["A", "x", 5], [workbooks.merged("TOTAL"), None, 5]]
    assert only(found(tmp_path, *fine)[1]).skipped == {2}


# Numbers --------------------------------------------------------------------------------------------


def test_numbers_as_text_prove_their_decimal_mark(tmp_path):
    header = ["Ref", "01/2025", "02/2025"]
    assert only(found(tmp_path, header, ["A", "1,5", "2"])[1]).style.decimal == "comma"
    assert only(found(tmp_path, header, ["A", "1.5", 2.875])[1]).style.decimal == "dot"
    assert only(found(tmp_path, header, ["A", "1 234", 5])[1]).style.decimal is None


def test_a_number_that_reads_two_ways_is_an_example_to_ask_about(tmp_path):
    recognition = found(tmp_path, ["Ref", "01/2025"], ["A", "12"], ["B", "2.875"])[1]
    assert only(recognition).style.decimal is None
    assert [(example.row, example.column, example.text) for example in recognition.ambiguous] == [(3, "B", "2.875")]


def test_both_marks_in_one_table_are_refused_at_the_rarer_one(tmp_path):
    row, column, reason = refused(tmp_path, ["Ref", "01/2025", "02/2025"], ["A", "1,5", "2,5"], ["B", "3,5", "4.5"])
    assert (row, column) == (3, "C")
    assert "B2: 1,5" in reason


# Real files, and as large ---------------------------------------------------------------------------


@pytest.mark.skipif(not DATA.exists(), reason="the real files do not lie beside this checkout")
def test_the_real_wide_workbook_is_read_to_the_last_cell():
    workbook = read(DATA / "carparts_wide.xlsx", "carparts_wide.xlsx")
    recognition = recognise(workbook, FIELDS)
    layout = only(recognition)
    assert (layout.unit, layout.measure) == ("pièce", None)
    assert [month.month for month in layout.months] == month_range(date(1998, 1, 1), date(2002, 3, 1))
    assert notes(recognition) == {"BB": "total column", 2679: "total row"}
    data = table(layout, workbook)
    assert len(set(data.fields["part"])) == len(data.rows) == 2674
    values = [cell for *_place, cell in data.cells()]
    assert (len(values) - values.count(None), values.count(None)) == (130_252, 6_122)
    years = {}
    for month, cells in data.months:
        years[month.month.year] = years.get(month.month.year, 0) + sum(decimal_of(cell) or 0 for cell in cells)
    assert years == {1998: 19739, 1999: 15943, 2000: 14451, 2001: 13188, 2002: 2873}


@pytest.mark.skipif(not DATA.exists(), reason="the real files do not lie beside this checkout")
def test_the_real_csv_is_read_to_the_last_cell():
    workbook = read(DATA / "carparts_long_2001_2002.csv", "carparts_long_2001_2002.csv")
    recognition = recognise(workbook, FIELDS)
    layout = only(recognition)
    assert (layout.shape, layout.style.decimal, recognition.left_out) == ("long", "comma", ())
    data = table(layout, workbook)
    assert len(data.rows) == 37_635
    assert data.fields["sold"] == [None] * 37_635
    total = sum(decimal_of(cell, "comma") for cell in data.fields["produced"])
    assert total == 13188 + 2873


def test_a_workbook_like_the_real_one_is_read_to_the_last_cell(tmp_path):
    months = month_range(date(1998, 1, 1), date(2002, 3, 1))
    headings = [f"{month:%m/%Y}" for month in months]
    parts = [
        [f"21{index:06d}", None, *((index * place) % 7 or None for place in range(len(months)))] for index in range(300)
    ]
    sums = [sum(part[column] or 0 for part in parts) for column in range(2, len(months) + 2)]
    rows = [["Volumes"], ["Unité : pièce"], [], ["Référence", "Désignation", *headings, "Total"]]
    rows += [[*part, sum(value or 0 for value in part[2:])] for part in parts] + [["TOTAL", None, *sums, sum(sums)]]
    workbook, recognition = found(tmp_path, *rows)
    data = table(only(recognition), workbook)
    assert len(data.rows) == 300
    assert sum(decimal_of(cell) or Decimal(0) for *_place, cell in data.cells()) == sum(sums)
    assert notes(recognition) == {"BB": "total column", 305: "total row"}


def test_a_csv_like_the_real_one_is_read_to_the_last_cell(tmp_path):
    lines = ["Référence pièce;Mois;Quantité produite;Quantité vendue"]
    lines += [f"21{index:06d};{index % 12 + 1:02d}/2001;{index % 5},0;" for index in range(3000)]
    path = tmp_path / "long.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    workbook = read(path, "long.csv")
    data = table(only(recognise(workbook, FIELDS)), workbook)
    assert sum(decimal_of(cell, "comma") for cell in data.fields["produced"]) == 6000
    assert data.fields["sold"].count(None) == 3000


def test_a_cell_that_is_no_date_is_no_month():
    assert [
        month_of_cell(cell) for cell in (None, "f", "d2025-02-30", "dx", "d2025-01-17", "d2025-01-31", "t01/2025")
    ] == [
        None,
        None,
        None,
        None,
        None,
        JANUARY,
        JANUARY,
    ]


def test_what_reads_like_a_total_and_what_does_not():
    assert [is_total(text) for text in ("Total", "total annuel 2025", "TOTAL-5W40", "Totalgaz", "", "x" * 999)] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


words = st.sampled_from(
    [
        "Ref",
        "Référence",
        "Mois",
        "Produit",
        "01/2025",
        "janv.",
        "Total",
        "2025",
        "1,5",
        "2.875",
        "A",
        "Unité : kg",
        "#N/A",
    ]
)
cells = st.one_of(st.none(), words, st.text(max_size=8), st.integers(-5, 5), st.booleans(), st.floats(allow_nan=False))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(cells, max_size=6), max_size=9))
def test_any_sheet_is_either_recognised_or_refused_in_words(rows):
    workbook = workbooks.in_memory(rows)
    recognition = recognise(workbook, FIELDS)
    assert recognition.layouts or recognition.problems
    for problem in recognition.problems:
        assert str(problem.reason)
        assert str(problem.remedy)
    for layout in recognition.layouts:
        data = table(layout, workbook)
        assert all(len(column) == len(data.rows) for column in data.fields.values())
        assert all(text_of(cell) is not None for *_place, cell in data.cells())
