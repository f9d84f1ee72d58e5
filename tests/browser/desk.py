"""The desk as a person works it: send a file, read what was found, apply it, take it back."""

import re
import time
from contextlib import suppress
from datetime import date

from playwright.sync_api import Error

from intake.models import Batch
from partstrack.periods import month_name
from tests.browser.conftest import text
from tests.intake.workbooks import xlsx

COUNTS = ("new", "changed", "unchanged", "refused", "blank", "suspicious")
AT_A_FILE = re.compile(r"/files/\d+/$")
LONG = 120_000  # milliseconds that a big file may take on a busy machine


def send(page, path, supplier="", new=None, **said):
    """Send a file through the form; `new`: (code, name) of a new supplier. Ends at the file's page or at the form."""
    page.goto("/files/new/")
    page.locator("input[name=file]").set_input_files(path)
    page.locator("select[name=supplier]").select_option("+" if new else supplier)
    if new:
        page.locator("input[name=supplier_code]").fill(new[0])
        page.locator("input[name=supplier_name]").fill(new[1])
    for name, value in said.items():
        page.locator(f"input[name={name}]").fill(value)
    with page.expect_navigation(timeout=LONG):
        page.locator("form[data-upload] button[type=submit]").click(timeout=LONG)


def batch(page):
    """The file that the page is about, as it is in the database now."""
    assert AT_A_FILE.search(page.url), f"still at {page.url}: {text(page.locator('main'))}"
    return Batch.objects.get(pk=int(page.url.rstrip("/").rpartition("/")[2]))


def counts(page):
    """The numbers of values that the page shows."""
    return {name: number(text(page.locator(f".counts .count-{name} dd"))) for name in COUNTS}


def found(**counted):
    """The counts of a file: what is not said is 0."""
    return dict.fromkeys(COUNTS, 0) | counted


def number(words):
    """The whole number that a person reads."""
    return int("".join(character for character in words if character.isdigit()))


def apply(page, **options):
    """Press the button that applies the file."""
    press(page, "form.confirm:not(.confirm-danger) button.btn-primary", **options)


def complete(page):
    """Say that what the file does not mention stays, where the page asks."""
    press(page, "button[name=mode][value=complete]")


def roll_back(page):
    """Take the file back, saying why."""
    page.locator("a[href$='/rollback/']").click()
    page.locator("#reason").fill("Mauvais fichier")
    press(page, "form.confirm-danger button[type=submit]")


def press(page, button, clicks=1):
    """Press a button that leads to another page, once or several times in quick succession."""
    if clicks == 1:
        with page.expect_navigation(timeout=LONG):
            page.locator(button).click(timeout=LONG)
        return
    page.evaluate("document.pressed = true")
    page.locator(button).click(click_count=clicks, timeout=LONG)
    until = time.monotonic() + LONG / 1000
    while not _left(page):
        assert time.monotonic() < until, f"still at {page.url}"
        page.wait_for_timeout(50)


def _left(page):
    """Whether another page is there; the way to it of the first click was given up for that of the last."""
    with suppress(Error):  # between two pages nothing can be asked
        return page.evaluate("document.readyState === 'complete' && !document.pressed")


# Files ----------------------------------------------------------------------------------------------
# 2019: 1,570. January to March 2019: 400, of 2020: 300 (-25 %). 56 values, 4 blanks, 22 zeros.
MONTHS = [date(2019, number, 1) for number in range(1, 13)] + [date(2020, number, 1) for number in (1, 2, 3)]
VOLUMES = {
    "AX-100": [50] * 12 + [25] * 3,
    "AX-200": [80] * 3 + [0] * 9 + [70] * 3,
    "BZ 300/1": [10, None, 0] + [80] * 9 + [None] * 3,
    "BZ 300/2": [0] * 12 + [5] * 3,
}


def wide(path, volumes=VOLUMES):
    """Write a workbook as suppliers send them: title, unit, blank line, French months, a total row and column."""
    headings = [month_name(month, "fr", "short") for month in MONTHS]
    rows = [[reference, None, *values, sum(filter(None, values))] for reference, values in volumes.items()]
    columns = zip(*volumes.values(), strict=True)
    totals = ["TOTAL", None, *(sum(filter(None, column)) for column in columns)]
    title = [["Pièces de rechange — volumes mensuels"], ["Unité : pièce"], []]
    return xlsx(path, Volumes=[*title, ["Référence", "Désignation", *headings, "Total"], *rows, totals])


def long(path, volumes=VOLUMES):
    """Write the same as French Excel writes csv; nothing is said of what was sold."""
    lines = ["Référence pièce;Mois;Quantité produite;Quantité vendue"]
    for reference, values in volumes.items():
        said = [(month, value) for month, value in zip(MONTHS, values, strict=True) if value is not None]
        lines += [f"{reference};{month:%m/%Y};{value},0;" for month, value in said]
    path.write_bytes("\r\n".join([*lines, ""]).encode("cp1252"))
    return path


def changed(reference, place, value):
    """The same volumes but for one cell."""
    values = list(VOLUMES[reference])
    values[place] = value
    return {**VOLUMES, reference: values}
