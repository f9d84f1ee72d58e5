"""All that waits of a file is accepted or returned in one write; a closed month by a second person only."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from intake import desk
from intake.models import Batch
from office import clock
from office.door import Refused, write
from office.models import Ledger
from production import actions, periods, tasks
from production.models import Cell, Declaration
from production.verify import verify
from tests import making
from tests.intake.test_desk import content

pytestmark = pytest.mark.django_db
ROWS = (["A", "05/2026", 10], ["A", "06/2026", 20], ["A", "07/2026", 30])


@pytest.fixture
def file(moment, supplier_user):
    """Three months that a supplier submitted in one file; another supplier's stays beside it."""
    for code in ("P05", "P06"):
        making.part("A", making.site(code).firm)
    return submit(supplier_user, ROWS)


def submit(user, rows, code="P05", **options):
    """Send, check and apply a file; returns it."""
    said = {"supplier": code, **options}
    batch = desk.receive(user, "output", "a.csv", [content(*rows)], said, clock.moment())
    desk.check(user, batch, clock.moment())
    desk.apply(user, batch, clock.moment())
    batch.refresh_from_db()
    return batch


def states(batch):
    """Return the states of a file's declarations, by month."""
    return [str(each.state) for each in Declaration.objects.filter(batch=batch).order_by("head__month")]


def decide(client, batch, decision, months=("2026-05", "2026-06", "2026-07"), **more):
    """Press a button on the page of a file."""
    said = {"key": f"{decision} {batch.pk}", "decision": decision, "month": months, **more}
    return client.post(reverse("file_decide", args=[batch.pk]), said)


def produced():
    return sum(Cell.objects.values_list("produced", flat=True))


def version():
    return Ledger.objects.values_list("version", flat=True).get()


def test_a_whole_file_is_accepted_in_one_write(file, admin, signed_in):
    before = version()
    decide(signed_in(admin), file, "approve")
    file.refresh_from_db()
    assert (states(file), file.state, produced()) == (["approved"] * 3, "applied", 60)
    assert (version(), verify()) == (before + 1, [])


def test_the_same_press_twice_decides_once(file, admin, signed_in):
    client = signed_in(admin)
    decide(client, file, "approve")
    before = version()
    decide(client, file, "approve")
    assert (version(), states(file)) == (before, ["approved"] * 3)


def test_some_months_are_accepted_and_others_returned(file, admin, signed_in):
    client = signed_in(admin)
    decide(client, file, "approve", ["2026-05", "2026-07"])
    file.refresh_from_db()
    assert (states(file), file.state, produced()) == (["approved", "submitted", "approved"], "submitted", 40)
    decide(client, file, "return", ["2026-06"], reason="see row 3")
    file.refresh_from_db()
    assert (states(file), file.state) == (["approved", "returned", "approved"], "applied")
    assert Declaration.objects.get(state="returned").comment == "see row 3"


def test_returning_needs_a_comment(file, admin, signed_in):
    decide(signed_in(admin), file, "return")
    assert states(file) == ["submitted"] * 3


def test_a_returned_file_may_be_sent_again(file, admin, supplier_user, signed_in):
    decide(signed_in(admin), file, "return", reason="all of it twice")
    file.refresh_from_db()
    assert file.state == "returned"
    again = submit(supplier_user, ROWS)
    assert (again.state, states(again), states(file)) == ("submitted", ["submitted"] * 3, ["withdrawn"] * 3)


def test_a_file_with_closed_months_is_decided_by_a_manager_who_did_not_send_it(file, admin, manager, signed_in):
    decide(signed_in(admin), file, "approve")
    with write(manager) as door:
        periods.close(door, manager, [making.month("2026-05")], accept="late")
    mine = submit(manager, [["A", "05/2026", 11], ["A", "06/2026", 21]], reason="recount")
    assert (mine.state, states(mine), produced()) == ("submitted", ["submitted", "approved"], 61)
    assert decide(signed_in(manager), mine, "approve", ["2026-05"]).status_code == 403
    assert decide(signed_in(admin), mine, "approve", ["2026-05"]).status_code == 403
    second = making.person("second@example.org", making.MANAGER)
    page = signed_in(second).get(reverse("batch", args=[mine.pk]))
    assert b'name="month" value="2026-05"' in page.content
    decide(signed_in(second), mine, "approve", ["2026-05"])
    mine.refresh_from_db()
    assert (mine.state, produced(), verify()) == ("applied", 62, [])


def test_a_month_closed_since_it_was_submitted_takes_the_whole_file_back_to_a_manager(file, admin, manager):
    with write(manager) as door:
        periods.close(door, manager, [making.month("2026-05")], accept="late")
    with pytest.raises(Refused), write(admin) as door:
        actions.approve_all(door, admin, actions.waiting_of(file))
    assert (states(file), produced()) == (["submitted"] * 3, 0)


def test_the_file_of_another_firm_does_not_exist(file, supplier_user, admin, signed_in):
    other = Batch.objects.create(
        kind="output", name="x", sha256="x" * 64, size=1, author=admin, received_at=file.received_at
    )
    assert decide(signed_in(supplier_user), file, "approve").status_code == 403
    assert signed_in(supplier_user).get(reverse("batch", args=[other.pk])).status_code == 404


def test_the_list_shows_what_was_returned_and_where_it_is_corrected(file, admin, supplier_user, signed_in):
    decide(signed_in(admin), file, "return", ["2026-06"], reason="see row 3")
    page = signed_in(supplier_user).get(reverse("declaration_list")).content.decode()
    assert "see row 3" in page and "/production/entry/?site=P05&amp;month=2026-06" in page
    home = signed_in(supplier_user).get("/").content.decode()
    assert "see row 3" in home


def test_the_list_asks_as_much_for_many_declarations_as_for_one(file, admin, signed_in, django_assert_num_queries):
    client = signed_in(admin)
    client.get(reverse("declaration_list"))
    for address in ("?month=2026-05", ""):
        with django_assert_num_queries(9):
            client.get(reverse("declaration_list") + address)


def test_a_supplier_is_told_what_is_to_be_declared(moment, supplier_user, signed_in):
    site = making.site("P05")
    making.expect(site, "2026-07")
    waits = [task.url for task in tasks.waiting(supplier_user, clock.moment())]
    assert [address.rpartition("month=")[2] for address in waits] == ["2026-07", "2026-08"]


# By command ---------------------------------------------------------------------------------------------
def ask(capsys, *words):
    """Call a command; return (its answer, its exit code)."""
    try:
        call_command(*words, "--json")
    except SystemExit as end:
        return json.loads(capsys.readouterr().out), end.code
    return json.loads(capsys.readouterr().out), 0


def test_a_whole_file_is_accepted_by_command(file, capsys):
    answer, code = ask(capsys, "declaration", "approve", "--batch", str(file.pk))
    assert (code, answer["state"], answer["declarations"]) == (0, "approved", 3)
    assert answer["months"] == ["2026-05", "2026-06", "2026-07"]
    answer, code = ask(capsys, "declaration", "approve", "--batch", str(file.pk))
    assert (code, answer["state"]) == (1, "refused")


@pytest.mark.parametrize("words", [["--batch", "999"], [], ["--site", "P05"]])
def test_a_call_that_names_nothing_to_decide_is_wrong(file, capsys, words):
    assert ask(capsys, "declaration", "approve", *words)[1] == 2


def test_how_a_file_was_received_is_said_by_command(file, tmp_path, capsys):
    path = tmp_path / "b.csv"
    path.write_bytes(content(["A", "08/2026", 7]))
    words = ["upload", "output", str(path), "--supplier", "P06"]
    answer, code = ask(capsys, *words, "--received-on", "2026-09-14", "--channel", "paper", "--sender", "Mme N.")
    made = Declaration.objects.get(batch=answer["batch"])
    assert (code, f"{made.received_on}", made.channel, made.sender) == (0, "2026-09-14", "paper", "Mme N.")
    assert ask(capsys, *words, "--received-on", "2026-09-23")[1] == 1
    assert ask(capsys, *words, "--received-on", "yesterday")[1] == 2


def test_a_file_replaces_its_months_by_command(file, tmp_path, capsys):
    for name, rows in (("one.csv", [["A", "08/2026", 7], ["B", "08/2026", 8]]), ("two.csv", [["A", "08/2026", 9]])):
        (tmp_path / name).write_bytes(content(*rows))
    words = ["--supplier", "P06", "--create"]
    ask(capsys, "upload", "output", str(tmp_path / "one.csv"), *words)
    dry, _code = ask(capsys, "upload", "output", str(tmp_path / "two.csv"), *words, "--dry-run")
    assert (dry["left_standing"], dry["changed"]) == (1, 1)
    answer, code = ask(capsys, "upload", "output", str(tmp_path / "two.csv"), *words, "--mode", "replace")
    assert (code, answer["state"], answer["changed"], answer["changes"][1]["new"]) == (0, "applied", 2, None)
    assert produced() == 9


# On the page --------------------------------------------------------------------------------------------
def test_a_person_chooses_to_replace_or_complete_before_applying(file, admin, signed_in):
    decide(signed_in(admin), file, "approve")
    making.part("B", making.firm("P05"))
    submit(admin, [["B", "07/2026", 5]], mode="complete")
    client = signed_in(admin)
    batch = desk.receive(admin, "output", "c.csv", [content(["A", "07/2026", 31])], {"supplier": "P05"}, clock.moment())
    desk.check(admin, batch, clock.moment())
    address = reverse("batch", args=[batch.pk])
    assert reverse("batch_apply", args=[batch.pk]) not in client.get(address).content.decode()
    client.post(reverse("batch_apply", args=[batch.pk]), {"key": "too early"})
    assert produced() == 65
    client.post(reverse("batch_mode", args=[batch.pk]), {"mode": "neither"})
    assert desk.undecided(Batch.objects.get(pk=batch.pk))
    client.post(reverse("batch_mode", args=[batch.pk]), {"mode": "replace"})
    assert reverse("batch_apply", args=[batch.pk]) in client.get(address).content.decode()
    client.post(reverse("batch_apply", args=[batch.pk]), {"key": "now"})
    assert (produced(), verify()) == (61, [])
