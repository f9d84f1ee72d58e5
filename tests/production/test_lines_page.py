"""The list of lines: what was not said stays blank, on the page and in the file."""

import pytest

from tests import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(client, admin):
    """A line that says what was made only, and one that says what was sold too; gives the csv of the list."""
    site = making.site("A")
    silent, said = making.part("SILENT", site.firm), making.part("SAID", site.firm)
    rows = {"2026-06": [(silent, {"produced": 7}), (said, {"produced": 9, "sold_first_fit": 0})]}
    making.declare(admin, site, rows)
    client.force_login(admin)
    return client.get("/production/lines/?format=csv").getvalue().decode("utf-8-sig")


def test_sales_that_nobody_said_are_blank_and_a_zero_is_a_zero(lines):
    by_part = {row.split(";")[0]: row.split(";") for row in lines.splitlines() if ";" in row}
    heading = next(row.split(";") for row in lines.splitlines() if "Vendu" in row or "Ventes" in row)
    column = next(index for index, name in enumerate(heading) if name in {"Vendu", "Ventes"})
    assert (by_part["SILENT"][column], by_part["SAID"][column]) == ("", "0")
