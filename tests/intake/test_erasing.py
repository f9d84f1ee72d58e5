"""A cell that says "erase" takes a value back; a blank never does. A file completes its months, or replaces them."""

from decimal import Decimal

import pytest

from intake import desk
from intake.models import Batch
from intake.reception import Reception
from office import clock
from production.models import Declaration, OutputLine, StagedLine, Standing
from production.verify import verify
from tests import making
from tests.intake.test_desk import check, content, send

pytestmark = pytest.mark.django_db
BOTH = ["ref", "mois", "production", "vendu"]


def standing(**only):
    """Return {(month, part): (produced, sold)} of the lines that stand; standing(site=…): of one site."""
    lines = OutputLine.objects.filter(declaration__in=Standing.objects.filter(to_v=None).values("declaration"))
    return {
        (f"{line.month:%Y-%m}", line.part.reference): (line.produced, line.sold_unsplit)
        for line in lines.filter(**only).select_related("part")
    }


@pytest.fixture
def two(moment, admin):
    """Two parts of January, produced and sold."""
    send(admin, content(["A", "01/2026", 10, 4], ["B", "01/2026", 20, 8], head=BOTH), create=True)


# Erasing ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("word", ["effacer", "Erase", "EFFACER ", "مسح"])
def test_a_cell_that_says_erase_takes_the_value_back(two, admin, word):
    _batch, found = send(admin, content(["A", "01/2026", word, ""], head=BOTH))
    assert (found["new"], found["changed"], found["unchanged"], found["blank"]) == (0, 1, 0, 1)
    change = found["changes"][0]
    assert (change["part"], change["measure"], change["old"], change["new"]) == ("A", "produced", "10", None)
    assert standing() == {("2026-01", "A"): (None, 4), ("2026-01", "B"): (20, 8)}
    assert verify() == []


def test_a_blank_erases_nothing_and_is_told_apart_from_an_erased_value(two, admin):
    batch, _found = check(admin, content(["A", "01/2026", "effacer", ""], ["B", "01/2026", "", 9], head=BOTH))
    staged = StagedLine.objects.filter(batch=batch).order_by("row")
    assert [(row.produced, row.sold_unsplit, row.erased) for row in staged] == [
        (None, None, ["produced"]),
        (None, Decimal(9), None),
    ]


def test_a_line_of_which_nothing_is_left_said_is_dropped(two, admin):
    _batch, found = send(admin, content(["A", "01/2026", "effacer", "effacer"], head=BOTH))
    assert (found["changed"], standing()) == (2, {("2026-01", "B"): (20, 8)})
    assert Declaration.objects.get(revision=2).lines.count() == 1


def test_a_month_of_which_nothing_is_left_said_is_named(two, admin):
    erased = content(["A", "01/2026", "effacer", "effacer"], ["B", "01/2026", "effacer", "effacer"], head=BOTH)
    _batch, found = send(admin, erased)
    assert [note.startswith("S1, 2026-01: nothing is left said.") for note in found["notes"]] == [True]
    assert (standing(), verify()) == ({}, [])


def test_erasing_what_was_never_said_changes_nothing(two, admin):
    _batch, found = check(admin, content(["A", "02/2026", "effacer", ""], head=BOTH))
    assert (found["state"], found["new"], found["changed"], found["unchanged"]) == ("unchanged", 0, 0, 1)


def test_erasing_makes_no_reference(two, admin):
    _batch, found = check(admin, content(["C", "01/2026", "effacer", ""], head=BOTH), create=True)
    assert (found["state"], found["refused"], found["created"]["parts"]) == ("refused", 1, 0)


def test_a_month_column_can_erase_too(two, admin):
    _batch, found = send(admin, content(["A", "effacer"], head=["ref", "01/2026"]))
    assert (found["changed"], standing()["2026-01", "A"]) == (1, (None, 4))


def test_what_was_erased_comes_back_when_the_file_is_rolled_back(two, admin):
    batch, _found = send(admin, content(["A", "01/2026", "effacer", "effacer"], head=BOTH))
    desk.roll_back(admin, batch)
    assert (standing()["2026-01", "A"], verify()) == ((10, 4), [])


# Replace or complete ------------------------------------------------------------------------------------
def test_what_a_second_file_leaves_standing_is_counted_and_stays(two, admin):
    batch, found = send(admin, content(["A", "01/2026", 11, ""], head=BOTH))
    assert (found["left_standing"], found["changed"]) == (2, 1)
    assert batch.result["left_standing"] == {"values": 2, "parts": 1, "months": 1}
    assert standing() == {("2026-01", "A"): (11, 4), ("2026-01", "B"): (20, 8)}


def test_a_file_that_replaces_its_months_erases_what_it_does_not_mention(two, admin):
    send(admin, content(["B", "02/2026", 5, ""], head=BOTH))
    _batch, found = send(admin, content(["A", "01/2026", 11, ""], head=BOTH), mode="replace")
    erased = [(each["part"], each["measure"], each["old"], each["new"]) for each in found["changes"]]
    assert erased == [
        ("A", "produced", "10", "11"),
        ("B", "produced", "20", None),
        ("B", "sold_unsplit", "8", None),
    ]
    assert standing() == {("2026-01", "A"): (11, 4), ("2026-02", "B"): (5, None)}
    assert verify() == []


def test_nothing_is_asked_where_nothing_would_be_left_standing(two, admin):
    batch, found = check(admin, content(["A", "01/2026", 11, ""], ["B", "01/2026", "", 9], head=BOTH))
    assert (found["left_standing"], desk.undecided(batch)) == (0, False)


def test_a_person_chooses_and_may_choose_again_until_the_file_is_applied(two, admin):
    batch, _found = check(admin, content(["A", "01/2026", 10, ""], head=BOTH))
    assert batch.state == Batch.State.UNCHANGED
    assert desk.choose(admin, batch, "replace", clock.moment())["changed"] == 2
    assert desk.choose(admin, batch, "complete", clock.moment())["state"] == "unchanged"


def test_the_same_file_again_asks_nothing_whatever_was_chosen_the_first_time(two, admin):
    data = content(["A", "01/2026", 11, ""], head=BOTH)
    first, _found = send(admin, data, mode="complete")
    batch, found = check(admin, data)
    assert (found["state"], str(first.pk) in found["notes"][0]) == ("unchanged", True)
    assert not desk.undecided(batch)
    assert check(admin, data, mode="replace")[1]["changed"] == 2


# How it came --------------------------------------------------------------------------------------------
def test_a_declaration_carries_the_day_it_was_received_on_not_the_day_it_was_typed(moment, admin):
    said = Reception(making.date(2026, 9, 14), "email", "Mme N.")
    making.site("S1")
    making.part("A", making.firm("S1"))
    data = content(["A", "08/2026", 10])
    batch = desk.receive(admin, "output", "a.csv", [data], {"supplier": "S1"}, clock.moment(), reception=said)
    desk.check(admin, batch, clock.moment())
    desk.apply(admin, batch, clock.moment())
    found = Declaration.objects.get()
    assert (found.received_on, found.channel, found.sender) == (said.received_on, "email", "Mme N.")
