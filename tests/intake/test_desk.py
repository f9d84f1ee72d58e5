"""The road of a file: what is written when, what is refused, what comes back."""

import csv
import io
import json

import pytest
from django.core.management import call_command

from intake import desk, senders
from intake.models import Batch
from office import clock
from office.door import Refused, Replayed, write
from production import actions, periods
from production.models import Declaration, OutputLine, Standing
from production.verify import verify
from tests import making

pytestmark = pytest.mark.django_db
HEAD = ["ref", "mois", "production"]


def content(*rows, head=HEAD):
    """Return a csv file."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([head, *rows])
    return text.getvalue().encode()


def check(user, data, name="volumes.csv", **options):
    """Receive and check a file; return (batch, answer)."""
    batch = desk.receive(user, "output", name, [data], {"supplier": "S1", **options}, clock.moment())
    return batch, desk.check(user, batch, clock.moment())


def send(user, data, **options):
    """Receive, check and apply a file; return (batch, answer)."""
    batch, found = check(user, data, **options)
    assert found["state"] == "checked", found
    answer = desk.apply(user, batch, clock.moment())
    batch.refresh_from_db()
    return batch, answer


def produced():
    """Return {month: produced} of the lines that stand."""
    standing = Standing.objects.filter(to_v=None).values("declaration")
    lines = OutputLine.objects.filter(declaration__in=standing).order_by("month")
    return {f"{line.month:%Y-%m}": line.produced for line in lines}


def test_nothing_is_written_before_the_file_is_applied(moment, admin):
    _batch, found = check(admin, content(["A", "01/2026", 10], ["A", "02/2026", ""]), create=True)
    assert (found["state"], found["new"], found["blank"], found["declarations"]) == ("checked", 1, 1, 1)
    assert found["created"] == {"suppliers": 1, "sites": 1, "parts": 1}
    assert not Declaration.objects.exists()


def test_a_blank_says_nothing_and_a_zero_is_a_zero(moment, admin):
    send(admin, content(["A", "01/2026", 10], ["A", "02/2026", 20]), create=True)
    send(admin, content(["A", "01/2026", 0], ["A", "02/2026", ""]))
    assert produced() == {"2026-01": 0, "2026-02": 20}


def test_only_the_months_that_change_get_a_revision(moment, admin):
    send(admin, content(["A", "01/2026", 10], ["A", "02/2026", 20]), create=True)
    _batch, found = send(admin, content(["A", "01/2026", 10], ["A", "02/2026", 21]))
    assert (found["new"], found["changed"], found["unchanged"], found["declarations"]) == (0, 1, 1, 1)
    change = found["changes"][0]
    assert (change["month"], change["part"], change["old"], change["new"]) == ("2026-02", "A", "20", "21")
    assert sorted(Declaration.objects.values_list("revision", flat=True)) == [1, 1, 2]


def test_the_same_file_again_changes_nothing_and_says_so(moment, admin):
    data = content(["A", "01/2026", 10])
    first, _found = send(admin, data, create=True)
    _batch, found = check(admin, data, name="copy.csv", create=True)
    assert (found["state"], found["unchanged"], found["new"]) == ("unchanged", 1, 0)
    assert str(first.pk) in found["notes"][0]


def test_a_file_that_waits_for_a_decision_is_not_called_applied_when_it_is_sent_again(moment, admin, supplier_user):
    making.part("A", making.site("P05").firm)
    data = content(["A", "01/2026", 10])
    first, found = send(supplier_user, data, supplier="P05")
    assert found["state"] == "submitted"
    _batch, again = check(supplier_user, data, supplier="P05")
    assert again["notes"] == [
        f"This very file was sent already, as file {first.pk}: it waits for a decision since. Nothing changes."
    ]
    assert (again["state"], again["unchanged"], again["version"]) == (
        "unchanged",
        1,
        clock.moment().version - 1,
    )  # its own check came after


def test_a_rolled_back_file_leaves_what_stood_before_and_may_be_sent_again(moment, admin):
    send(admin, content(["A", "01/2026", 10]), create=True)
    data = content(["A", "01/2026", 11], ["A", "02/2026", 5])
    batch, _found = send(admin, data)
    assert desk.roll_back(admin, batch)["state"] == "rolled_back"
    assert (produced(), verify()) == ({"2026-01": 10}, [])
    _batch, found = send(admin, data)
    assert (found["state"], produced()) == ("applied", {"2026-01": 11, "2026-02": 5})


def test_what_was_declared_again_since_is_not_rolled_back(moment, admin):
    first, _found = send(admin, content(["A", "01/2026", 10]), create=True)
    send(admin, content(["A", "01/2026", 11]))
    with pytest.raises(Refused):
        desk.roll_back(admin, first)
    assert produced() == {"2026-01": 11}


def test_an_outdated_preview_is_checked_again_and_writes_nothing(moment, admin):
    send(admin, content(["A", "01/2026", 10]), create=True)
    batch, _found = check(admin, content(["A", "01/2026", 12]))
    send(admin, content(["A", "01/2026", 11]))
    found = desk.apply(admin, batch, clock.moment())
    assert (found["state"], found["changes"][0]["old"], produced()) == ("checked", "11", {"2026-01": 11})
    assert desk.apply(admin, batch, clock.moment())["state"] == "applied"
    assert produced() == {"2026-01": 12}


def test_one_click_twice_writes_once(moment, admin):
    batch, _found = check(admin, content(["A", "01/2026", 10]), create=True)
    desk.apply(admin, batch, clock.moment(), key="one")
    with pytest.raises(Replayed):
        desk.apply(admin, batch, clock.moment(), key="one")
    assert Declaration.objects.count() == 1


def test_every_fault_is_said_at_once_with_its_place(moment, admin):
    data = content(
        ["A", "01/2026", "ten"], ["", "01/2026", 1], ["B", "13/2026", 1], ["C", "01/2026", -1], ["D", "01/2027", 1]
    )
    _batch, found = check(admin, data, create=True)
    places = [(fault["row"], fault["column"]) for fault in found["faults"]]
    assert found["state"] == "refused"
    assert places == [(2, "C"), (3, "A"), (4, "B"), (5, "C"), (6, "B")]
    assert all(fault["reason"] and fault["remedy"] for fault in found["faults"])
    assert found["refused"] == 5


def test_unknown_references_are_refused_by_row_unless_they_may_be_created(moment, admin):
    send(admin, content(["A", "01/2026", 10]), create=True)
    _batch, found = check(admin, content(["A", "02/2026", 1], ["B", "02/2026", 1]))
    assert (found["state"], found["faults"][0]["row"], found["faults"][0]["value"]) == ("refused", 3, "B")


def test_an_ambiguous_number_is_asked_once_per_sender(moment, admin):
    send(admin, content(["A", "01/2026", 10]), create=True)
    batch, found = check(admin, content(["A", "02/2026", "2.875"]))
    assert found["state"] == "refused"
    senders.remember(batch.firm, "output", {"decimal": "comma"})
    _batch, found = send(admin, content(["A", "02/2026", "2.875"]))
    assert (found["new"], produced()["2026-02"]) == (1, 2875)


def test_a_closed_month_needs_a_reason_and_a_second_person(moment, admin, manager):
    send(admin, content(["A", "01/2026", 10]), create=True)
    with write(manager) as door:
        periods.close(door, manager, [making.month("2026-01")])
    _batch, found = check(admin, content(["A", "01/2026", 9]))
    assert found["state"] == "refused"
    batch, found = send(admin, content(["A", "01/2026", 9]), reason="counted twice")
    assert (found["state"], produced()) == ("submitted", {"2026-01": 10})
    declaration = batch.declarations.get()
    with pytest.raises(Refused), write(admin) as door:
        actions.approve(door, admin, declaration)
    with write(manager) as door:
        actions.approve(door, manager, declaration)
    assert produced() == {"2026-01": 9}


def test_a_supplier_declares_for_its_own_firm_only_and_waits_to_be_accepted(moment, admin, supplier_user):
    making.site("P05")
    making.part("A", making.firm("P05"))
    making.site("S1")
    _batch, found = check(supplier_user, content(["A", "01/2026", 10]))
    assert found["state"] == "refused"
    _batch, found = send(supplier_user, content(["A", "01/2026", 10]), supplier="P05")
    assert (found["state"], produced()) == ("submitted", {})
    with write(admin) as door:
        actions.approve(door, admin, Declaration.objects.get())
    assert produced() == {"2026-01": 10}


def test_what_cannot_be_read_is_refused_and_kept(moment, admin):
    for data in (b"\x00\x01\x02" * 50, b"%PDF-1.7 nothing", b"PK\x03\x04 broken"):
        batch, found = check(admin, data, name="volumes.xlsx")
        assert (found["state"], len(found["faults"])) == ("refused", 1)
        assert Batch.objects.get(pk=batch.pk).file.read() == data
    with pytest.raises(Refused):
        desk.receive(admin, "output", "empty.csv", [b""], {}, clock.moment())


def test_the_command_line_walks_the_same_road(moment, tmp_path, capsys):
    file = tmp_path / "volumes.csv"
    file.write_bytes(content(["A", "01/2026", 10], ["A", "01/2025", 8]))
    call_command("upload", "output", str(file), supplier="S1", create=True, json=True)
    found = json.loads(capsys.readouterr().out)
    assert (found["contract"], found["state"], found["new"]) == (1, "applied", 2)
    call_command("figure", "produced", year="2026", filter=["supplier=S1"], json=True)
    figure = json.loads(capsys.readouterr().out)
    assert (figure["value"], figure["base"], figure["change"], figure["rows"]) == ("10", "8", "25", 1)
    call_command("batch", "rollback", found["batch"], json=True)
    assert json.loads(capsys.readouterr().out)["state"] == "rolled_back"
    with pytest.raises(SystemExit) as left:
        call_command("batch", "rollback", found["batch"], json=True)
    refused = json.loads(capsys.readouterr().out)
    assert (left.value.code, refused["state"], refused["batch"]) == (1, "refused", found["batch"])
    assert refused["reasons"] == [
        "There is nothing to roll back. The file was rolled back: what stood before stands again."
    ]
    call_command("verify_figures", json=True)
    assert json.loads(capsys.readouterr().out) == {"state": "ok", "differences": 0, "first": []}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["figure", "nothing"], 2),
        (["figure", "produced", "--filter", "supplier=ZZ"], 2),
        (["figure", "produced", "--by", "colour"], 2),
        (["upload", "output", "/nowhere.csv"], 2),
        (["period", "close", "2026-13"], 2),
        (["declaration", "approve", "--site", "S9", "--month", "2026-01"], 2),
        (["batch", "rollback", "999"], 2),
    ],
)
def test_a_wrong_call_ends_with_2_and_one_object(moment, capsys, words, code):
    with pytest.raises(SystemExit) as left:
        call_command(*words, "--json")
    assert left.value.code == code
    assert json.loads(capsys.readouterr().out)["state"] == "wrong_call"


def test_an_analyst_writes_nothing_by_any_road(moment, analyst, admin):
    batch, _found = send(admin, content(["A", "01/2026", 10]), create=True)
    with pytest.raises(Refused):
        desk.receive(analyst, "output", "volumes.csv", [content(["A", "01/2026", 11])], {}, clock.moment())
    with pytest.raises(Refused):
        desk.roll_back(analyst, batch)
    with pytest.raises(Refused), write(analyst) as door:
        actions.declare_nil(door, analyst, batch.firm.sites.get(), making.month("2026-02"))
    assert produced() == {"2026-01": 10}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["A", 10], ["B", 20], ["Total", 31]], ["31", "30"]),
        ([["A", 10], ["B", 20], ["Total", 30]], []),
        ([["A", 10], ["Sous-total", 10], ["B", 20], ["Sous-total", 25], ["Total général", 30]], ["25", "20"]),
        ([["A", "2.875"], ["B", 20], ["Total", 31]], []),
    ],
)
def test_a_total_that_its_rows_contradict_is_said_with_both_numbers(rows, said, moment, admin):
    making.site("S1")
    months = [[name, "01/2026", amount] for name, amount in rows]
    _batch, found = check(admin, content(*months), create=True)
    notes = [note for note in map(str, found["notes"]) if "says a total of" in note]
    assert [all(number in note for number in said) for note in notes] == [True] * bool(said)


def test_a_supplier_user_of_one_firm_need_not_name_it(moment, supplier_user):
    making.part("A", making.site("P05").firm)
    data = content(["A", "01/2026", 10])
    batch, found = check(supplier_user, data, supplier="")
    assert (found["state"], batch.firm.code) == ("checked", "P05")
    assert desk.apply(supplier_user, batch, clock.moment())["state"] == "submitted"
    making.site("P05-2", of="P05")
    assert check(supplier_user, content(["A", "02/2026", 10]), supplier="")[1]["state"] == "refused"
