"""What would make a figure wrong in silence is refused, said, or looked at again."""

import pytest

from accounts.models import Member
from intake import desk
from office.door import Refused, write
from production import actions
from production.models import Declaration, OutputLine, Standing
from suppliers.models import Site
from tests.intake.test_desk import check, content, produced, send

pytestmark = pytest.mark.django_db


def test_a_file_sent_again_after_another_changed_it_is_no_repetition(moment, admin):
    first = content(["A", "01/2026", 10])
    send(admin, first, create=True)
    send(admin, content(["A", "01/2026", 11]), create=True, reason="corrected")
    _batch, found = check(admin, first, create=True)
    assert (found["state"], found["changed"]) == ("checked", 1)


def test_what_was_submitted_over_a_file_that_was_taken_back_is_not_accepted(moment, admin, supplier_user):
    send(admin, content(["A", "01/2026", 1], ["B", "02/2026", 1]), create=True)
    Member.objects.create(user=supplier_user, firm=Site.objects.get(code="S1").firm)
    wrong, _answer = send(admin, content(["A", "01/2026", 100000]), reason="wrong")
    batch, _found = check(supplier_user, content(["A", "01/2026", 5]))
    desk.apply(supplier_user, batch, moment)
    desk.roll_back(admin, wrong)
    waiting = Declaration.objects.get(state="submitted")
    with pytest.raises(Refused), write(admin, "accept") as door:
        actions.approve(door, admin, waiting)
    assert produced() == {"2026-01": 1, "2026-02": 1}


@pytest.mark.parametrize("head", [["ref", "unité", "mois", "vendu"], ["ref", "unité", "mois", "production"]])
def test_a_row_in_another_unit_than_what_stands_is_refused(moment, admin, head):
    send(admin, content(["A", "kit", "01/2026", 5], head=["ref", "unité", "mois", "production"]), create=True)
    _batch, found = check(
        admin, content(["A", "pièce", "01/2026", 4], ["B", "pièce", "01/2026", 3], head=head), create=True
    )
    assert (found["state"], found["refused"], found["new"], found["changed"]) == ("refused", 1, 1, 0)
    assert [(fault["row"], fault["value"]) for fault in found["faults"]] == [(2, "A")]


def test_the_measure_that_the_sender_names_wins_over_a_title(moment, admin):
    data = b"SARL Production Pieces\nref;01/2026\nA;7\n"
    send(admin, data, create=True, measure="sold")
    line = OutputLine.objects.get(declaration__in=Standing.objects.filter(to_v=None).values("declaration"))
    assert (line.produced, line.sold_unsplit) == (None, 7)


def test_a_quantity_beside_a_column_that_names_it_is_left_out_with_a_note(moment, admin):
    head = ["ref", "mois", "quantité", "quantité produite"]
    _batch, found = check(admin, content(["A", "01/2026", 7, 5], head=head), create=True)
    assert (found["state"], found["new"]) == ("checked", 1)
    assert "C" in [each.get("column") for each in found["left_out"]]
