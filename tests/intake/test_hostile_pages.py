"""Hostile files and names through the pages: shown as the words they are, inert in what is downloaded, never a fault."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from intake import desk
from intake.models import Batch
from office import clock
from tests.intake.corpus import broken, hostile_archives, hostile_cells, hostile_texts
from tests.intake.corpus.case import HEAD
from tests.intake.corpus.case import csv as as_csv

pytestmark = pytest.mark.django_db
WORDS = hostile_texts.WORDS
LIVE = tuple("=+-@|%\t\r\n\uff1d\uff0b\uff0d\uff20")
NAMES = {
    "a folder above": ("../../../etc/passwd", "passwd"),
    "a folder of Windows": ("..\\..\\boot.ini", "boot.ini"),
    "300 letters": ("v" * 300 + ".csv", "v" * 251 + ".csv"),
    "marks of direction": ("volumes\u202evsc.exe", "volumesvsc.exe"),
    "a line end": ("vol\r\nX-Evil: 1\r\numes.csv", "vol X-Evil: 1 umes.csv"),
    "NUL": ("vol\x00umes.csv", "vol umes.csv"),
    "half a pair": ("vol\udcffumes.csv", "vol?umes.csv"),
    "a script": ("<script>alert(1)<script>.csv", "<script>alert(1)<script>.csv"),
    "quotation marks": ('vol"umes;x="1.csv', 'vol"umes;x="1.csv'),
    "nothing": ("", "file"),
    "dots": ("..", ".."),
    "a device": ("CON", "CON"),
}


@pytest.fixture
def web(signed_in, admin):
    """The browser of an admin, in English."""
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    return client


def upload(web, data, name="volumes.csv", key="k1"):
    """Send a file by the page for the new supplier S1; return the page that it leads to."""
    file = SimpleUploadedFile(name, data)
    form = {"key": key, "file": file, "supplier": "+", "supplier_code": "S1", "received_on": "2026-09-22"}
    return web.post(reverse("batch_new"), form, follow=True)


def quoted(words):
    return '"' + words.replace('"', '""') + '"'


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_harmful_words_are_shown_as_words(web, words):
    data = as_csv(["ref", "désignation", "marque", "01/2026", "02/2026"], ["A", "x", quoted(words), 1, 2], [quoted(words), quoted(words), None, quoted(words), 3])()  # fmt: skip
    page = upload(web, data).content.decode()
    assert page.count("This brand is not known.") == 1
    for live in ("<script>alert", "<img src=x", "<svg/onload"):
        assert live not in page
    assert "</html>" in page


@pytest.mark.parametrize(
    "case",
    [
        hostile_archives.ARCHIVES[0],
        hostile_archives.HARMFUL_XML[0],
        hostile_cells.PLACES[0],
        hostile_cells.OLD_EXCEL[0],
        hostile_texts.TEXT_FILES[0],
        hostile_texts.DISGUISES[0],
        broken.CONTAINERS[5],
    ],
    ids=lambda case: case.id,
)
def test_a_hostile_file_is_refused_on_its_page(web, case):
    answer = upload(web, case.build(), case.name)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "The file is refused as it is. Nothing was written." in page
    assert case.faults[0][1] in page


def test_an_empty_file_is_refused_on_the_form(web):
    answer = upload(web, b"")
    assert (answer.status_code, Batch.objects.count()) == (200, 0)
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize(("name", "kept"), NAMES.values(), ids=NAMES)
def test_a_name_is_kept_as_people_read_it(moment, admin, web, name, kept):
    batch = desk.receive(admin, "output", name, [as_csv(HEAD, ["A", 1, 2])()], {"supplier": "S1"}, clock.moment())
    assert batch.name == kept
    assert desk.check(admin, batch, clock.moment())["batch"] == batch.pk
    page = web.get(reverse("batch", args=[batch.pk]))
    assert (page.status_code, "<script>alert" in page.content.decode()) == (200, False)
    file = web.get(reverse("batch_file", args=[batch.pk]))
    assert file["Content-Disposition"].startswith("attachment")
    assert (file["Content-Type"], "X-Evil" in file.headers) == ("application/octet-stream", False)
    assert batch.file.path.startswith(str(batch.file.storage.location))


@pytest.mark.parametrize("name", ["../../../etc/passwd", "v" * 300 + ".csv", "vol\u202evsc.csv", "<script>.csv"])
def test_a_hostile_name_comes_through_the_page(web, name):
    answer = upload(web, as_csv(HEAD, ["A", 1, 2])(), name)
    assert (answer.status_code, Batch.objects.get().state) == (200, "checked")


def test_formulas_that_senders_wrote_are_inert_in_lists_and_files(web):
    references = [words for what, words in WORDS.items() if what != "full width formula"]  # one key with the narrow one
    upload(
        web,
        as_csv(["ref", "désignation", "01/2026"], *([quoted(words), quoted(words), 1] for words in references))(),
    )
    batch = Batch.objects.get()
    web.post(reverse("batch_apply", args=[batch.pk]), {"key": "k2"})
    batch.refresh_from_db()
    assert batch.state == "applied"
    page = web.get(reverse("line_list")).content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)
    text = b"".join(web.get(reverse("line_list") + "?format=csv").streaming_content).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=",") for cell in row]
    assert [cell for cell in cells if cell.lstrip().startswith(LIVE)] == []
    assert any("=1+1" in cell for cell in cells)
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(web.get(reverse("line_list") + "?format=xlsx").streaming_content))
    )
    formulas = [cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert (formulas, [cell.hyperlink for sheet in book for row in sheet for cell in row if cell.hyperlink]) == ([], [])
