"""Targets come by file: seen before they are set, refused by cell, set all or none, and taken back."""

import csv
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from intake import desk
from intake.models import Batch
from office import clock
from office.door import Refused
from production import targets
from production.models import Target, TargetAmount
from tests import making

pytestmark = pytest.mark.django_db
HEAD = ["Année", "Mesure", "Famille", "Fournisseur", "Unité", "Objectif"]


@pytest.fixture(autouse=True)
def _supplier(moment):
    """A supplier P1, of the name "Partenaire 1"."""
    firm = making.firm("P1")
    firm.name = "Partenaire 1"
    firm.save()


def csv_of(head, *rows):
    """Return a csv file."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([head, *rows])
    return text.getvalue().encode()


def check(user, *rows, head=HEAD):
    batch = desk.receive(user, "targets", "objectifs.csv", [csv_of(head, *rows)], {}, clock.moment())
    return batch, desk.check(user, batch, clock.moment(), inline=True)


def send(user, *rows, head=HEAD):
    batch, found = check(user, *rows, head=head)
    assert found["state"] == "checked", found
    assert desk.apply(user, batch, clock.moment())["state"] == "applied"
    return batch


def amounts(version=None):
    """Return {(year, measure, family, supplier): amount} as they were set at a version."""
    known = targets.standing(clock.moment().version if version is None else version)
    rows = Target.objects.select_related("family", "firm")
    return {
        (t.year, t.measure, t.family and t.family.code, t.firm and t.firm.code): known[t.pk]
        for t in rows
        if t.pk in known
    }


EVERYTHING = (2026, "produced", None, None)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (HEAD, [2026, "Vendu", "Freins", "Partenaire 1", "pièces", "1 200"]),
        (["Year", "Measure", "Family", "Supplier", "Unit", "Target"], ["2026", "sold", "brakes", "P1", "piece", 1200]),
        (
            ["السنة", "القياس", "العائلة", "المورد", "الوحدة", "الهدف"],
            ["2026", "المبيعات", "brakes", "P1", "قطعة", 1200],
        ),
    ],
)
def test_targets_are_read_in_three_languages(head, row, admin):
    send(admin, row, head=head)
    assert amounts() == {(2026, "sold", "brakes", "P1"): 1200}


def test_what_is_new_changed_unchanged_and_given_up_is_seen_before_it_is_set(admin):
    send(admin, [2026, "", "", "", "", 100], [2025, "", "", "", "", 90], [2024, "", "", "", "", 80])
    rows = [[2026, "", "", "", "", 120], [2025, "", "", "", "", 90], [2024, "", "", "", "", "effacer"]]
    batch, found = check(admin, *rows, [2026, "", "freins", "", "", 50], [2026, "", "", "P1", "", ""])
    assert [found[name] for name in ("new", "changed", "unchanged", "blank", "rows")] == [1, 2, 1, 1, 5]
    assert [(c["year"], c["part"], c["old"], c["new"]) for c in found["changes"]] == [
        (2026, "Everything", "100", "120"),
        (2024, "Everything", "80", None),
    ]
    assert amounts()[EVERYTHING] == 100
    before = clock.moment().version
    desk.apply(admin, batch, clock.moment())
    now = {
        (2026, "produced", None, None): 120,
        (2025, "produced", None, None): 90,
        (2024, "produced", None, None): None,
    }
    assert amounts() == now | {(2026, "produced", "brakes", None): 50}
    assert amounts(before)[EVERYTHING] == 100
    assert Target.objects.get(year=2026, family=None).amount == Decimal(120)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["T1 2026", "", "", "", "", 5], "A"),
        (["", "", "", "", "", 5], "A"),
        ([2026, "stocké", "", "", "", 5], "B"),
        ([2026, "", "nobody", "", "", 5], "C"),
        ([2026, "", "", "NOBODY", "", 5], "D"),
        ([2026, "", "", "", "tonne", 5], "E"),
        ([2026, "", "", "", "", 0], "F"),
        ([2026, "", "", "", "", -5], "F"),
        ([2026, "", "", "", "", "beaucoup"], "F"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_cell_and_nothing_is_set(row, column, admin):
    _batch, found = check(admin, row, [2026, "", "", "P1", "", 5])
    assert (found["state"], found["refused"], found["new"]) == ("refused", 1, 1)
    assert [(fault["row"], fault["column"], bool(fault["remedy"])) for fault in found["faults"]] == [(2, column, True)]
    assert not Target.objects.exists()


def test_a_target_said_twice_is_refused_in_both_rows(admin):
    _batch, found = check(admin, [2026, "", "brakes", "", "", 5], [2026, "produit", "Freins", "", "pièce", 6])
    assert [fault["row"] for fault in found["faults"]] == [2, 3]


def test_a_number_that_can_be_read_in_two_ways_is_asked_back(admin):
    _batch, found = check(admin, [2026, "", "", "", "", "2.875"])
    assert (found["state"], found["questions"][0]["column"]) == ("refused", "F")


def test_a_file_is_taken_back_unless_a_target_was_set_anew_since(admin):
    send(admin, [2026, "", "", "", "", 100])
    second = send(admin, [2026, "", "", "", "", 120], [2026, "", "brakes", "", "", 50])
    version = clock.moment().version
    desk.roll_back(admin, second)
    assert amounts() == {EVERYTHING: 100, (2026, "produced", "brakes", None): None}
    assert amounts(version)[EVERYTHING] == 120
    third = send(admin, [2026, "", "", "", "", 130])
    send(admin, [2026, "", "", "", "", 140])
    with pytest.raises(Refused, match="set anew since"):
        desk.roll_back(admin, third)
    assert TargetAmount.objects.filter(target__family=None).count() == 5


def test_a_target_set_since_the_preview_leads_back_to_it(admin):
    send(admin, [2026, "", "", "", "", 100])
    batch, _found = check(admin, [2026, "", "", "", "", 120])
    send(admin, [2026, "", "", "", "", 110])
    found = desk.apply(admin, batch, clock.moment())
    assert (found["state"], found["changes"][0]["old"], amounts()[EVERYTHING]) == ("checked", "110", 110)


def test_only_who_enters_sets_targets_and_the_page_leads_to_the_preview(signed_in, admin, supplier_user):
    _batch, found = check(supplier_user, [2026, "", "", "P05", "", 5])
    assert (found["state"], found["faults"][0]["reason"]) == ("refused", "Targets are set by admins and managers.")
    browser = signed_in(admin)
    key = browser.get("/production/targets/upload/").context["form"].initial["key"]
    file = SimpleUploadedFile("objectifs.csv", csv_of(HEAD, [2026, "", "", "", "", 5]))
    answer = browser.post("/production/targets/upload/", {"key": key, "file": file})
    batch = Batch.objects.latest("pk")
    assert (answer.status_code, answer.url, batch.state) == (302, f"/files/{batch.pk}/", "checked")
    words = browser.get(answer.url).content.decode().partition("confirm-words")[2][:400]
    assert "Valeurs nouvelles" in words
