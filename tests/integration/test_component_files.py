"""Components come by file: many at once, assemblies in any order, seen before they are written, and taken back."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake import desk
from intake.models import Batch
from integration.models import Component, ExchangeRate
from integration.rates import read
from office import clock
from office.door import Refused
from tests import making
from tests.integration.programmes import component, programme

pytestmark = pytest.mark.django_db
HEAD = [
    "Programme",
    "Code",
    "Désignation",
    "Ensemble",
    "Approvisionnement",
    "Site",
    "Valeur",
    "Devise",
    "Taux contributif",
    "Du",
    "Au",
]
ON = date(2026, 9, 22)


def csv_of(*rows, head=HEAD):
    """Return a csv file."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([head, *rows])
    return text.getvalue().encode()


def row(
    code,
    name="x",
    inside="",
    supply="Fabriqué localement",
    site="",
    value="",
    currency="",
    rate="",
    first="",
    end="",
    of="M1",
):
    """Return a row of the file."""
    return [of, code, name, inside, supply, site, value, currency, rate, first, end]


def check(user, *rows, head=HEAD):
    batch = desk.receive(user, "components", "composants.csv", [csv_of(*rows, head=head)], {}, clock.moment())
    return batch, desk.check(user, batch, clock.moment(), inline=True)


def send(user, *rows, head=HEAD):
    batch, found = check(user, *rows, head=head)
    assert found["state"] == "checked", found
    assert desk.apply(user, batch, clock.moment())["state"] == "applied"
    return batch


def test_an_assembly_may_come_after_what_it_contains(admin, moment):
    one = programme("M1")
    making.site("P05")
    send(
        admin,
        row("pin", inside="block", rate="1"),
        row("block", inside="engine", rate="3", site="P05"),
        row("engine", supply="importé", rate="10"),
    )
    assert {each.code: each.parent and each.parent.code for each in one.components.all()} == {
        "pin": "block",
        "block": "engine",
        "engine": None,
    }
    assert read(one, ON).value == 3
    batch = send(admin, row("engine", supply="Fabriqué localement", rate="10"))
    assert read(one, ON).value == 10
    desk.roll_back(admin, batch)
    assert read(one, ON).value == 3


def test_a_blank_cell_changes_nothing_and_the_same_file_again_neither(admin, moment):
    one = programme("M1")
    component(one, "4", value=Decimal(50))
    found = check(admin, ["M1", "c1", "Sièges"], head=["Programme", "Code", "Désignation"])[1]
    assert (found["new"], found["changed"], [each["measure"] for each in found["changes"]]) == (
        0,
        1,
        ["Name in French"],
    )
    send(admin, ["M1", "c1", "Sièges"], head=["Programme", "Code", "Désignation"])
    kept = one.components.get()
    assert (kept.name_fr, kept.value, kept.contributive_rate, kept.version) == ("Sièges", 50, 4, 2)
    again = check(admin, ["M1", "c1", "Sièges", "4,0"], head=["Programme", "Code", "Désignation", "Taux contributif"])[
        1
    ]
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 1)


def test_what_begins_later_ends_what_went_on_before_and_comes_back_with_the_file(admin, moment):
    one = programme("M1")
    component(one, "4", local=False)
    batch = send(admin, row("c1", rate="4", first="01/06/2026"))
    rows = list(one.components.order_by("pk").values_list("supply", "valid_from", "valid_to"))
    assert rows == [("imported", None, date(2026, 6, 1)), ("local", date(2026, 6, 1), None)]
    assert [read(one, day).value for day in (date(2026, 5, 31), date(2026, 6, 1))] == [0, 4]
    desk.roll_back(admin, batch)
    assert list(one.components.values_list("supply", "valid_to")) == [("imported", None)]


def test_what_was_changed_since_is_not_taken_back(admin, moment):
    one = programme("M1")
    batch = send(admin, row("c1", rate="4"))
    Component.objects.update(version=2)
    with pytest.raises(Refused, match="c1"):
        desk.roll_back(admin, batch)
    assert one.components.count() == 1


def test_an_outdated_preview_writes_nothing(admin, moment):
    one = programme("M1")
    batch, _found = check(admin, row("c1", rate="4"))
    component(one, "7")
    desk.apply(admin, batch, clock.moment())
    assert Batch.objects.get(pk=batch.pk).state == "checked"
    assert one.components.get().contributive_rate == 7


def test_a_value_in_another_currency_takes_the_last_rate_of_its_day(admin, moment):
    programme("M1")
    found = check(admin, row("c1", value="2", currency="EUR"))[1]
    assert [fault["column"] for fault in found["faults"]] == ["H"]
    old, new = (
        ExchangeRate.objects.create(currency="EUR", on=day, rate=rate, source="s")
        for day, rate in ((date(2026, 1, 1), 130), (date(2026, 8, 1), 145))
    )
    send(admin, row("c1", value="2", currency="eur"), row("c2", value="2", currency="EUR", first="01/03/2026"))
    assert list(Component.objects.order_by("code").values_list("exchange", flat=True)) == [new.pk, old.pk]
    ExchangeRate.objects.create(currency="EUR", on=date(2026, 9, 1), rate=160, source="s")
    assert [each.amount for each in Component.objects.order_by("code")] == [290, 260]


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([row("c1", of="NOWHERE")], ["A"]),
        ([row("")], ["B"]),
        ([row("c1", name="")], ["C"]),
        ([row("c1", inside="nothing")], ["D"]),
        ([row("c1", inside="c2"), row("c2", inside="c1")], ["D", "D"]),
        ([row("c1", supply="ailleurs")], ["E"]),
        ([row("c1", supply="importé", site="P05")], ["F"]),
        ([row("c1", value="-1")], ["G"]),
        ([row("c1", value="2.875")], ["G"]),
        ([row("c1", rate="101")], ["I"]),
        ([row("c1", first="01/06/2026", end="01/06/2026")], ["K"]),
        ([row("c1"), row("c1")], ["B"]),
        ([row("c1", first="31/02/2026")], ["J"]),
    ],
)
def test_what_cannot_be_is_refused_by_cell_and_nothing_is_written(admin, moment, rows, columns):
    programme("M1")
    making.site("P05")
    _batch, found = check(admin, *rows)
    assert [fault["column"] for fault in found["faults"]] == columns
    assert all(fault["reason"] and fault["remedy"] for fault in found["faults"])
    assert found["state"] != "applied"
    assert Component.objects.count() == 0


def test_the_questions_of_a_check_do_not_grow_with_the_rows(admin, moment):
    programme("M1")
    counts = []
    for most in (3, 300):
        with CaptureQueriesContext(connection) as asked:
            check(admin, *(row(f"c{number}", rate="0.1") for number in range(most)))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_suppliers_person_sends_no_components(supplier_user, moment):
    programme("M1", maker="P05")
    found = check(supplier_user, row("c1"))[1]
    assert (found["state"], len(found["faults"])) == ("refused", 1)
