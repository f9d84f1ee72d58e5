"""The report says what the figures say, in three languages, and the same situation gives the same content."""

import io
import json
import re
import shutil
import subprocess
from decimal import Decimal

import openpyxl
import pytest
import typst
from django.utils import timezone

from office.asking import ask
from office.clock import moment as read_moment
from office.models import Download
from partstrack import registry
from reports import paper, pdf, report, report_views, workbook
from reports.models import PublishedFigure
from tests import making

LANGUAGES = ("fr", "ar", "en")
MARK = "Demonstration: invented figures"


@pytest.fixture
def volumes(admin, moment):
    """Two sites, two families, January to August of 2025 and 2026: 3,000 pieces before, 3,450 after."""
    first, second = making.site("P01"), making.site("P02")
    pads, discs = making.part("PAD-1", first.firm, "brakes"), making.part("FLT-1", second.firm, "filters")
    for where, what, before, after in ((first, pads, 250, 300), (second, discs, "125", "131.25")):
        making.expect(where, "2025-01")
        for year, amount in ((2025, before), (2026, after)):
            rows = {f"{year}-{number:02d}": amount for number in range(1, 9)}
            making.declare(admin, where, making.monthly(what, rows))
    return first, second


@pytest.fixture
def published(db):
    """A communiqué that says about a million."""
    PublishedFigure.objects.all().delete()
    words = {"measure_fr": "pièces", "measure_ar": "قطع", "measure_en": "parts produced and sold"}
    return PublishedFigure.objects.create(
        code="X1",
        subject="M",
        value=1_000_000,
        qualifier="about",
        unit="piece",
        period="2025",
        source="Press",
        figure="produced",
        **words,
    )


def built(user, language="en", **words):
    """Build the report that a person asks for now."""
    now = read_moment()
    return report.build(ask(user, now, words, {}), language, now.demo)


def pages_of(made):
    """Return the pages of a report as drawn by typst."""
    compiler = typst.Compiler(font_paths=pdf._fonts(), sys_inputs={"data": json.dumps(paper.lay_out(made))})
    return compiler.compile(input=str(pdf.TEMPLATE), format="svg")


# The content ----------------------------------------------------------------------------------------


def test_headlines_are_the_figures_themselves(manager, volumes):
    made = built(manager)
    question = ask(manager, read_moment(), {"year": "2026"}, {})
    for shown in made["figures"]:
        answer = registry.figure(shown["name"]).compute(question).as_json()
        assert {key: shown[key] for key in ("value", "compared", "base", "change", "state", "basis", "coverage")} == {
            key: answer[key] for key in ("value", "compared", "base", "change", "state", "basis", "coverage")
        }
    assert [shown["name"] for shown in made["figures"]] == ["produced", "sold", "coverage"]


def test_the_sentence_says_value_change_and_base(manager, volumes):
    assert built(manager)["sentence"] == (
        "January – August 2026: 3,450 parts produced; +15.0% compared with 3,000 (January – August 2025)."
    )


def test_contributions_add_up_to_the_growth_of_the_total(manager, volumes):
    made = built(manager)
    for groups in (made["families"], made["suppliers"]):
        assert sum(Decimal(row["contribution"]) for row in groups["rows"]) == Decimal(groups["total"]["contribution"])
    assert [(row["key"], row["value"], row["contribution"]) for row in made["families"]["rows"]] == [
        ("brakes", "2400", "13.333333333333"),
        ("filters", "1050", "1.666666666667"),
    ]


def test_months_stand_beside_those_of_the_base_year(manager, volumes):
    rows = built(manager)["months"]["rows"]
    assert len(rows) == 12
    assert rows[0] == {"month": "2026-01", "value": "431.25", "base": "375", "compared": True}
    assert rows[11] == {"month": "2026-12", "value": None, "base": None, "compared": False}


def test_a_month_declared_without_production_is_zero_not_blank(manager, admin, moment):
    where = making.site("P01")
    making.expect(where, "2026-01", "2026-02")
    what = making.part("PAD-1", where.firm)
    making.declare(admin, where, {"2026-01": [(what, {"produced": 5})], "2026-02": None})
    assert [row["value"] for row in built(manager)["months"]["rows"][:3]] == ["5", "0", None]


def test_a_report_can_be_kept_as_json(manager, volumes, published):
    made = built(manager, "ar")
    assert json.loads(json.dumps(made)) == made


def test_the_same_situation_gives_the_same_content_after_later_writes(manager, admin, volumes):
    before = built(manager)
    version = f"v{before['version']}"
    making.declare(admin, volumes[0], {"2026-08": None}, reason="none made")
    again = built(manager, **{"as-of": version})
    asked = [before.pop("situation"), again.pop("situation")]
    assert again == before
    assert asked == ["Situation as of 22/09/2026", f"Situation at version {version[1:]}, of 22/09/2026"]
    assert built(manager)["checksum"] != before["checksum"]


def test_the_checksum_does_not_depend_on_the_order_of_keys():
    assert report.checksum({"a": 1, "b": 2}) == report.checksum({"b": 2, "a": 1})
    assert report.checksum({"a": 1}) != report.checksum({"a": 2})


def test_without_declarations_there_is_a_report_that_says_so(manager, moment):
    made = built(manager)
    assert made["sentence"] == "No month has enough declarations yet."
    assert made["families"]["rows"] == []
    assert len(pages_of(made)) == 2


def test_published_figures_stand_apart_with_what_was_declared(manager, volumes, published):
    made = built(manager)
    assert [(row["value"], row["qualifier_name"], row["declared"]) for row in made["published"]] == [
        ("1000000", "about", "3000")
    ]
    assert made["figures"][0]["value"] == "3450"


def test_what_is_published_later_is_not_in_an_earlier_situation(manager, volumes, published):
    PublishedFigure.objects.update(published_on="2026-09-23")
    assert built(manager)["published"] == []


def test_the_mark_of_the_demonstration_is_part_of_the_content(manager, volumes):
    assert (built(manager)["demonstration"], built(manager)["mark"]) == (True, MARK)
    now = read_moment()
    assert report.build(ask(manager, now, {}, {}), "en", False)["mark"] == ""


# The paper ------------------------------------------------------------------------------------------


def test_long_tables_are_cut_and_the_rest_is_added_up():
    row = {"compared": "3", "base": "2", "contribution": "1", "change_state": "ok", "change": "50"}
    rows = [row | {"key": f"k{number}", "label": f"L{number}", "value": str(number)} for number in range(5)]
    kept = paper.cut(rows, 3, "Others")
    assert [each["key"] for each in kept] == ["k0", "k1", "k2", ""]
    assert kept[3] == {
        "key": "", "label": "Others (2)", "value": "7", "compared": "6", "base": "4", "contribution": "2",
        "change": "50", "change_state": "ok",
    }  # fmt: skip
    assert paper.cut(rows, 5, "Others") == rows


@pytest.mark.parametrize("change", ["12.5", "-12.5", "0", None])
def test_a_trend_follows_the_sign(change):
    assert paper.trend(change) == {"12.5": "up", "-12.5": "down", "0": "flat", None: ""}[change]


def test_numbers_in_arabic_lines_are_isolated(manager, volumes):
    shown = paper.lay_out(built(manager, "ar"))
    assert shown["direction"] == "rtl"
    assert shown["figures"][0]["value"] == "\u20663.450\u2069"
    assert shown["page"].count("\u2066") == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_accessible_two_pages_long_and_the_same_twice(manager, volumes, published, language):
    made = built(manager, language)
    assert len(pages_of(made)) == 2
    content = pdf.render(made)
    assert content == pdf.render(made)
    assert b"pdfuaid" in content


def test_charts_in_the_pdf_are_vectors(manager, volumes):
    shown = paper.lay_out(built(manager))
    assert shown["months"]["svg"].startswith("<svg")
    assert b"/Subtype/Image" not in pdf.render(built(manager)).replace(b" ", b"")


def test_a_name_in_letters_that_the_face_lacks_does_not_stop_the_pdf(manager, admin, volumes):
    volumes[0].firm.name = "捷途 汽车"
    volumes[0].firm.save()
    assert pdf.render(built(manager)).startswith(b"%PDF")


def test_mark_version_and_checksum_stand_on_each_page(manager, volumes, tmp_path):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is missing: install poppler-utils")
    made = built(manager)
    (tmp_path / "report.pdf").write_bytes(pdf.render(made))
    done = subprocess.run(["pdftotext", str(tmp_path / "report.pdf"), "-"], capture_output=True, text=True, check=True)
    for number, page in enumerate(done.stdout.split("\f")[:2], 1):
        for words in (MARK, f"v{made['version']}", made["checksum"], "22/09/2026", f"Page {number} of 2"):
            assert words in page


# The workbook ---------------------------------------------------------------------------------------


def opened(made):
    return openpyxl.load_workbook(io.BytesIO(workbook.render(made)))


def test_the_workbook_has_typed_numbers_and_native_charts(manager, volumes):
    book = opened(built(manager))
    assert book.sheetnames == ["Summary", "Months", "Families", "Suppliers", "Control"]
    assert [len(sheet._charts) for sheet in book] == [0, 1, 1, 0, 0]
    assert [cell.value for cell in book["Summary"][6]][:6] == ["Parts produced", 3450, "pieces", 3450, 3000, 15]
    assert [cell.value for cell in book["Months"][6]][1:] == ["January", 431.25, 375]
    assert [cell.value for cell in book["Families"][8]][:5] == ["Total", 3450, 3450, 3000, 15]
    assert book["Families"]["B8"].number_format == "#,##0"  # "#,##0.###" would leave a bare decimal comma


def test_every_sheet_bears_mark_and_situation(manager, volumes):
    made = built(manager)
    for sheet in opened(made):
        assert sheet["A2"].value == f"{MARK} · Situation as of 22/09/2026, data version v{made['version']}"
        assert sheet.oddHeader.center.text == MARK


def test_the_arabic_workbook_runs_from_the_right(manager, volumes):
    assert [sheet.sheet_view.rightToLeft for sheet in opened(built(manager, "ar"))] == [True] * 5


def test_the_same_content_gives_the_same_workbook(manager, volumes, published):
    made = built(manager)
    assert workbook.render(made) == workbook.render(made)


def test_a_name_that_looks_like_a_formula_stays_text(manager, volumes):
    volumes[0].firm.name = "=1+1"
    volumes[0].firm.save()
    cell = opened(built(manager))["Suppliers"]["A6"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


# The addresses --------------------------------------------------------------------------------------


@pytest.fixture
def request_of(rf, moment):
    """Return a function that makes a request of a person."""

    def request(user, **words):
        made = rf.get("/reports/", words)
        made.user, made.moment, made.session, made.LANGUAGE_CODE = user, read_moment(), {}, "en"
        return made

    return request


@pytest.mark.parametrize("view, start", [(report_views.PdfFile, b"%PDF"), (report_views.WorkbookFile, b"PK")])
def test_a_file_is_an_attachment_and_logged(manager, volumes, request_of, view, start):
    answer = view.as_view()(request_of(manager, year="2026", lang="en"))
    assert b"".join(answer.streaming_content).startswith(start)
    assert answer["Content-Disposition"].startswith("attachment; ")
    logged = Download.objects.get()
    made = built(manager)
    assert logged.filters == f"year: 2026; as-of: 2026-09-22; lang: en; content: {made['checksum']}"
    assert (logged.rows, logged.version) == (16, made["version"])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Année : 2026 · Situation arrêtée au : 22/09/2026 · Langue : English · Empreinte du contenu : "),
        ("ar", "السنة: 2026 · الوضعية بتاريخ: 22/09/2026 · اللغة: English · "),
    ],
)
def test_the_log_says_a_reports_question_in_the_readers_language(signed_in, manager, volumes, language, words):
    client = signed_in(manager)
    client.get("/reports/report.pdf?year=2026&lang=en")
    client.cookies["django_language"] = language
    page = client.get("/reports/").content.decode()
    said = " ".join(re.sub(r"<[^>]+>", "", page).replace("\u00a0", " ").split())
    assert words in said
    assert "as-of:" not in said and "year:" not in said
    assert built(manager)["checksum"] in said


def test_the_log_explains_the_day_of_the_demonstration(signed_in, manager, volumes):
    client = signed_in(manager)
    client.get("/reports/report.pdf?year=2026&lang=fr")
    logged = Download.objects.get()
    assert timezone.localtime(logged.at).date() == read_moment().today
    client.cookies["django_language"] = "fr"
    page = client.get("/reports/").content.decode()
    assert "Dans la démonstration, nous sommes le" in page and f"{timezone.localtime(logged.at):%d/%m/%Y}" in page


def texts_of(thing):
    """Return every text inside dictionaries and lists, without their keys."""
    if isinstance(thing, str):
        return [thing]
    inside = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list | tuple) else ()
    return [text for each in inside for text in texts_of(each)]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_file_has_no_english_word_in_another_language(manager, volumes, published, language):
    shown = " ".join(texts_of(paper.lay_out(built(manager, language))))
    book = " ".join(
        str(cell.value)
        for sheet in openpyxl.load_workbook(io.BytesIO(workbook.render(built(manager, language))))
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    )
    for said in (re.sub(r"<svg.*?</svg>", "", shown), book):
        assert not re.search(r"\b(parts|produced|sold|months?|families|suppliers|about|declared|of the)\b", said)


def test_a_published_period_stands_in_words(manager, volumes, published):
    PublishedFigure.objects.update(period="2025-01..2025-06")
    assert built(manager, "fr")["published"][0]["period"] == "janvier – juin 2025"
    PublishedFigure.objects.update(period="early 2026")
    assert built(manager, "fr")["published"][0]["period"] == "early 2026"


def test_the_report_is_for_managers(signed_in, manager, analyst, volumes):
    assert signed_in(analyst).get("/reports/").status_code == 403
    assert signed_in(analyst).get("/reports/report.pdf").status_code == 403
    assert signed_in(manager).get("/reports/").status_code == 200
    assert Download.objects.count() == 0


def test_the_page_says_what_the_report_holds_and_offers_three_languages(signed_in, manager, volumes):
    page = signed_in(manager).get("/reports/?year=2026").content.decode()
    for code in LANGUAGES:
        assert f"/reports/report.pdf?year=2026&amp;lang={code}" in page
        assert f"/reports/report.xlsx?year=2026&amp;lang={code}" in page


@pytest.mark.parametrize("query", ["year=20x6", "as-of=yesterday", "lang=de"])
def test_a_question_that_cannot_be_asked_gives_no_file(signed_in, manager, volumes, query):
    assert signed_in(manager).get(f"/reports/report.pdf?{query}").status_code == 400
    assert Download.objects.count() == 0
