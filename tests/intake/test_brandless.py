"""A file without a brand column corrects the line that is there."""

import csv
import io
from datetime import date

import pytest

from accounts.models import User
from catalogue.models import Brand
from intake import desk
from office import clock
from production.models import OutputLine, Standing

pytestmark = pytest.mark.django_db


def send(rows, **options):
    """Send rows as a csv file of supplier S1; return the answer after applying when it may be."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    user = User.objects.get(email="cli")
    said = {"supplier": "S1", "create": True, **options}
    batch = desk.receive(user, "output", "volumes.csv", [text.getvalue().encode()], said, clock.moment())
    found = desk.check(user, batch, clock.moment())
    return desk.apply(user, batch, clock.moment()) if found["state"] == "checked" else found


@pytest.fixture
def brands():
    """Two brands."""
    return [Brand.objects.create(code=code, name=code.upper()) for code in ("a", "b")]


def standing():
    """Return {(brand code, month): produced} of what stands."""
    lines = OutputLine.objects.filter(declaration__in=Standing.objects.filter(to_v=None).values("declaration"))
    return {(line.brand and line.brand.code, line.month): line.produced for line in lines.select_related("brand")}


def test_a_row_without_a_brand_corrects_the_one_line_that_stands(brands):
    send([["ref", "mois", "marque", "production"], ["X-1", "01/2026", "a", "10"]])
    found = send([["ref", "mois", "production"], ["X-1", "01/2026", "12"]])
    assert (found["state"], found["new"], found["changed"]) == ("applied", 0, 1)
    assert standing() == {("a", date(2026, 1, 1)): 12}


def test_a_row_without_a_brand_is_refused_where_two_brands_stand(brands):
    send([["ref", "mois", "marque", "production"], ["X-1", "01/2026", "a", "10"], ["X-1", "01/2026", "b", "5"]])
    found = send([["ref", "mois", "production"], ["X-1", "01/2026", "12"]])
    assert (found["state"], found["refused"]) == ("refused", 1)
    assert "brands" in found["faults"][0]["reason"] or "marques" in found["faults"][0]["reason"]
    assert standing() == {("a", date(2026, 1, 1)): 10, ("b", date(2026, 1, 1)): 5}


def test_a_named_and_an_unnamed_row_of_one_line_are_a_double(brands):
    send([["ref", "mois", "marque", "production"], ["X-1", "01/2026", "a", "10"]])
    found = send([["ref", "mois", "marque", "production"], ["X-1", "01/2026", "a", "11"], ["X-1", "01/2026", "", "12"]])
    assert (found["state"], found["refused"]) == ("refused", 2)
