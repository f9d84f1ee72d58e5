"""What a person mends in a file before it is applied, and what is remembered of a sender."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalogue.models import PartAlias
from intake import desk, repairs, senders
from intake.models import Batch, Repair, SenderProfile
from office import clock
from office.door import Refused, write
from production.models import OutputLine
from production.verify import verify
from tests import making
from tests.intake.test_desk import check, content, produced, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant(admin):
    """A site with the parts A and B."""
    site = making.site("S1")
    for reference in "AB":
        making.part(reference, site.firm)
    return site


def page(browser, batch, row, column, **more):
    """Open the page that mends a place of a file."""
    return browser.get(f"/files/{batch.pk}/repair/", {"sheet": "volumes", "row": row, "column": column, **more})


def mend(browser, batch, row, column, what, key="", **said):
    """Send one of its forms; returns the file as it is then."""
    address = f"/files/{batch.pk}/repair/?sheet=volumes&row={row}&column={column}"
    answer = browser.post(address, {"key": key or f"{what}{row}{said}", "what": what, **said})
    assert answer.status_code == 302, answer.context and answer.context.get("errors")
    return Batch.objects.get(pk=batch.pk)


def counted(batch):
    """Return the counts that are not nought."""
    names = ("new", "changed", "unchanged", "refused", "blank", "suspicious", "questions", "set_aside")
    return {name: batch.result["counts"][name] for name in names if batch.result["counts"].get(name)}


def test_an_ambiguous_number_is_a_question_and_not_refused(plant, admin):
    batch, found = check(admin, content(["A", "01/2026", "2.875"], ["B", "01/2026", 5]))
    assert (found["state"], found["refused"], found["new"], found["faults"]) == ("refused", 0, 1, [])
    assert found["questions"] == [{"sheet": "volumes", "row": 2, "column": "C", "value": "2.875"}]
    with pytest.raises(Refused):
        desk.apply(admin, batch, clock.moment())


def test_the_decimal_mark_is_answered_once_for_a_sender(plant, admin, signed_in):
    batch, _found = check(admin, content(["A", "01/2026", "2.875"]))
    browser = signed_in(admin)
    batch = mend(browser, batch, 2, "C", "decimal", value="dot")
    assert (batch.state, counted(batch)) == ("checked", {"new": 1})
    _batch, found = check(admin, content(["B", "01/2026", "3.125"]))
    assert (found["state"], found["questions"]) == ("checked", [])
    browser.post(f"/files/{batch.pk}/repairs/{batch.repairs.get().pk}/undo/")
    assert senders.remembered("output", "S1") == {}
    assert counted(Batch.objects.get(pk=batch.pk)) == {"questions": 1}


def test_a_cell_is_corrected_and_the_file_stays_as_it_was(plant, admin, signed_in):
    data = content(["A", "01/2026", "ten"], ["B", "01/2026", 5])
    batch, _found = check(admin, data)
    batch = mend(signed_in(admin), batch, 2, "C", "cell", value="10", reason="read from the paper")
    assert (batch.state, counted(batch)) == ("checked", {"new": 2})
    desk.apply(admin, batch, clock.moment())
    assert OutputLine.objects.get(part__reference="A").produced == 10
    assert batch.file.read() == data
    repair = batch.repairs.get()
    assert (repair.was, repair.value, repair.reason, repair.author) == ("ten", "10", "read from the paper", admin)


def test_a_blank_correction_says_nothing(plant, admin, signed_in):
    batch, _found = check(admin, content(["A", "01/2026", "ten"], ["B", "01/2026", 5]))
    batch = mend(signed_in(admin), batch, 2, "C", "cell", value="", reason="nobody knows")
    assert counted(batch) == {"new": 1, "blank": 1}


def test_both_rows_of_a_double_are_refused_until_one_is_set_aside(plant, admin, signed_in):
    batch, _found = check(admin, content(["A", "01/2026", 1], ["A", "01/2026", 2]))
    assert counted(batch) == {"refused": 2}
    batch = mend(signed_in(admin), batch, 3, "A", "drop", reason="typed twice")
    assert counted(batch) == {"new": 1, "set_aside": 1}
    desk.apply(admin, batch, clock.moment())
    assert produced() == {"2026-01": 1}


def test_a_reference_is_matched_with_a_known_part_and_the_next_file_asks_nothing(plant, admin, signed_in):
    batch, found = check(admin, content(["A bis", "01/2026", 7]))
    assert [(fault["row"], fault["column"]) for fault in found["faults"]] == [(2, "A")]
    browser = signed_in(admin)
    known = page(browser, batch, 2, "A").context["candidates"]
    assert [part.reference for part in known] == ["A", "B"]
    batch = mend(browser, batch, 2, "A", "part", part=known[0].pk)
    assert counted(batch) == {"new": 1}
    desk.apply(admin, batch, clock.moment())
    assert OutputLine.objects.get().part == known[0]
    _batch, found = check(admin, content(["A-BIS", "02/2026", 8]))
    assert (found["state"], found["new"]) == ("checked", 1)


def test_parts_are_found_by_reference_other_reference_and_name(plant, admin, signed_in):
    part = making.part("ZZ-900", plant.firm)
    part.name = "Filtre à huile"
    part.save()
    PartAlias.objects.create(part=part, firm=making.firm("BRAND"), reference="8200 768", reference_key="8200768")
    batch, _found = check(admin, content(["A bis", "01/2026", 7]))
    browser = signed_in(admin)
    for words in ("zz900", "8200-768", "filtre huile"):
        assert page(browser, batch, 2, "A", q=words).context["candidates"][0] == part


def test_a_matched_reference_that_was_a_mistake_is_taken_back(plant, admin, signed_in):
    batch, _found = check(admin, content(["A bis", "01/2026", 7]))
    browser = signed_in(admin)
    batch = mend(browser, batch, 2, "A", "part", part=plant.firm.parts.get(reference="B").pk)
    assert PartAlias.objects.count() == 1
    repair = batch.repairs.get()
    browser.post(f"/files/{batch.pk}/repairs/{repair.pk}/undo/")
    repair.refresh_from_db()
    assert (PartAlias.objects.count(), repair.undone_by) == (0, admin)
    assert counted(Batch.objects.get(pk=batch.pk)) == {"refused": 1}


def test_one_reference_is_created_and_the_others_stay_refused(plant, admin, signed_in):
    batch, _found = check(admin, content(["X", "01/2026", 7], ["Y", "01/2026", 7]))
    browser = signed_in(admin)
    batch = mend(browser, batch, 2, "A", "create")
    assert (counted(batch), batch.result["created"]["parts"]) == ({"new": 1, "refused": 1}, 1)
    batch = mend(browser, batch, 3, "A", "drop", reason="not ours")
    desk.apply(admin, batch, clock.moment())
    assert OutputLine.objects.get().part.reference == "X"
    assert verify() == []


def test_a_supplier_mends_its_own_file_but_creates_no_part(supplier_user, admin, signed_in):
    site = making.site("P05")
    making.part("A", site.firm)
    batch, _found = check(supplier_user, content(["X", "01/2026", 7]), supplier="P05")
    browser = signed_in(supplier_user)
    assert page(browser, batch, 2, "A").context["doors"] == ["part", "cell", "drop"]
    address = f"/files/{batch.pk}/repair/?sheet=volumes&row=2&column=A"
    refused = browser.post(address, {"key": "k", "what": "create"})
    assert (refused.status_code, Repair.objects.count()) == (200, 0)
    assert counted(mend(browser, batch, 2, "A", "cell", value="A", reason="typing error")) == {"new": 1}
    other, _found = check(admin, content(["X", "01/2026", 7]), supplier="S1", create=True)
    assert page(browser, other, 2, "A").status_code == 404


def test_one_suspicion_or_all_of_them_are_confirmed_with_a_reason(plant, admin, signed_in):
    site, parts = plant, plant.firm.parts.all()
    usual = {f"2025-{month:02d}": [(part, {"produced": 100}) for part in parts] for month in range(1, 13)}
    making.declare(admin, site, usual)
    rows = (["A", "01/2026", 1000], ["B", "01/2026", 1000], ["A", "02/2026", 0])
    batch, _found = check(admin, content(*rows))
    browser = signed_in(admin)
    batch = mend(browser, batch, 2, "C", "confirm", reason="a big order")
    assert (batch.state, counted(batch)) == ("checked", {"new": 1, "suspicious": 2})
    browser.post(f"/files/{batch.pk}/confirm/", {"key": "all"})
    assert counted(Batch.objects.get(pk=batch.pk)) == {"new": 1, "suspicious": 2}
    browser.post(f"/files/{batch.pk}/confirm/", {"key": "all", "reason": "all of January"})
    batch.refresh_from_db()
    assert counted(batch) == {"new": 3}
    assert [repair.reason for repair in batch.repairs.all()] == ["a big order", "all of January", "all of January"]


def test_a_confirmation_holds_for_the_value_it_was_given_for(plant, admin, signed_in):
    part = plant.firm.parts.get(reference="A")
    making.declare(admin, plant, making.monthly(part, {f"2025-{month:02d}": 100 for month in range(1, 13)}))
    batch, _found = check(admin, content(["A", "01/2026", 1000]))
    browser = signed_in(admin)
    batch = mend(browser, batch, 2, "C", "confirm", reason="a big order")
    with write(admin) as door:
        place = {"sheet": "volumes", "row": 2, "column": "C"}
        repairs.record(door, admin, repairs.lock(batch), "cell", **place, was="1000", value="1001", reason="recounted")
    batch.refresh_from_db()
    assert desk.check(admin, batch, clock.moment())["suspicious"][0]["value"] == "1001"


def test_control_sums_say_what_the_file_writes_and_how_months_move(plant, admin):
    send(admin, content(["A", "01/2026", 10], ["B", "01/2026", 5]))
    batch, _found = check(
        admin, content(["A", "01/2026", 12], ["B", "01/2026", 5], ["A", "02/2026", "3,5"]), decimal="comma"
    )
    control = batch.result["control"]
    assert control["measures"] == [{"unit": "piece", "measure": "produced", "values": 2, "sum": "15.5", "rise": "5.5"}]
    assert [(row["month"], row["before"], row["after"]) for row in control["months"]] == [
        ("2026-02", "0", "3.5"),
        ("2026-01", "15", "17"),
    ]


# Two people, two clicks ---------------------------------------------------------------------------------
def test_two_clicks_make_one_repair_and_a_second_one_of_a_place_takes_its_turn(plant, admin, signed_in):
    batch, _found = check(admin, content(["A", "01/2026", "ten"], ["B", "01/2026", "five"]))
    browser = signed_in(admin)
    for _click in range(2):
        batch = mend(browser, batch, 2, "C", "cell", key="one", value="x", reason="first")
    batch = mend(browser, batch, 2, "C", "cell", key="two", value="10", reason="second")
    assert [(each.was, each.value, bool(each.undone_at)) for each in batch.repairs.all()] == [
        ("ten", "x", True),
        ("ten", "10", False),
    ]


def test_a_place_that_was_mended_meanwhile_changes_nothing(plant, admin, signed_in):
    batch, _found = check(admin, content(["A", "01/2026", "ten"]))
    browser = signed_in(admin)
    batch = mend(browser, batch, 2, "C", "cell", value="10", reason="read")
    batch = mend(browser, batch, 2, "C", "cell", value="11", reason="stale page")
    assert batch.repairs.get().value == "10"
    assert page(browser, batch, 2, "C").status_code == 302
    assert page(browser, batch, "x", "C").status_code == 302


def test_a_file_that_is_applied_is_not_mended(plant, admin, signed_in):
    batch, _found = check(admin, content(["A", "01/2026", 1], ["A", "01/2026", 2]))
    browser = signed_in(admin)
    batch = mend(browser, batch, 3, "A", "drop", reason="typed twice")
    desk.apply(admin, batch, clock.moment())
    browser.post(f"/files/{batch.pk}/repairs/{batch.repairs.get().pk}/undo/")
    assert batch.repairs.get().undone_at is None
    with pytest.raises(Refused), write(admin):
        repairs.lock(batch)


def test_what_was_staged_before_a_repair_is_not_applied(plant, admin):
    batch, _found = check(admin, content(["A", "01/2026", 1]))
    with write(admin) as door:
        place = {"sheet": "volumes", "row": 2}
        repairs.record(door, admin, repairs.lock(batch), "drop", **place, reason="not ours")
    with pytest.raises(Refused):
        desk.apply(admin, Batch.objects.get(pk=batch.pk), clock.moment())
    assert produced() == {}


def test_a_repair_without_reason_is_refused_by_the_page_and_by_the_database(plant, admin, signed_in):
    batch, _found = check(admin, content(["A", "01/2026", "ten"]))
    address = f"/files/{batch.pk}/repair/?sheet=volumes&row=2&column=C"
    answer = signed_in(admin).post(address, {"key": "k", "what": "cell", "value": "10"})
    assert len(answer.context["errors"]) == 1
    assert (answer.status_code, Repair.objects.count()) == (200, 0)
    with pytest.raises(IntegrityError, match="repair_has_reason"), transaction.atomic():
        Repair.objects.create(batch=batch, what="drop", row=2, author=admin, at=timezone.now())


# What is remembered -------------------------------------------------------------------------------------
def test_what_is_remembered_is_shown_changed_and_forgotten(plant, admin, signed_in):
    browser = signed_in(admin)
    form = browser.get("/files/senders/S1/").context["form"]
    said = {"key": form["key"].value(), "decimal": "comma", "measure": "sold", "unit": "set"}
    assert browser.post("/files/senders/S1/", said).status_code == 302
    assert SenderProfile.objects.get().answers == {"decimal": "comma", "measure": "sold", "unit": "set"}
    send(admin, content(["A", "01/2026", "2.875"], head=["ref", "mois", "quantité"]))
    line = OutputLine.objects.get()
    assert (line.sold_unsplit, line.produced, line.unit_id) == (2875, None, "set")
    assert browser.post("/files/senders/S1/", {**said, "key": "other"}).status_code == 409
    form = browser.get("/files/senders/S1/").context["form"]
    browser.post("/files/senders/S1/", {"key": "k2", "version": form["version"].value(), "decimal": ""})
    assert SenderProfile.objects.get().answers == {}


def test_a_forgotten_reference_is_asked_again_and_figures_stay(plant, admin, signed_in):
    batch, _found = check(admin, content(["A bis", "01/2026", 7]))
    browser = signed_in(admin)
    batch = mend(browser, batch, 2, "A", "part", part=plant.firm.parts.get(reference="A").pk)
    desk.apply(admin, batch, clock.moment())
    assert "A bis" in browser.get("/files/senders/S1/").content.decode()
    browser.post(f"/files/senders/S1/aliases/{PartAlias.objects.get().pk}/forget/")
    _batch, found = check(admin, content(["A bis", "02/2026", 7]))
    assert (found["refused"], produced()) == (1, {"2026-01": 7})
