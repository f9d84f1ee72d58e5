"""A column of quantities that does not say what it counts."""

import pytest

from production.models import OutputLine
from tests.intake.test_brandless import send

pytestmark = pytest.mark.django_db


def test_an_unnamed_quantity_is_taken_as_produced_and_says_so():
    found = send([["ref", "mois", "quantité"], ["X-1", "01/2026", "10"]])
    assert (found["state"], found["new"], len(found["notes"])) == ("applied", 1, 1)
    line = OutputLine.objects.get()
    assert (line.produced, line.sold_unsplit) == (10, None)
    assert line.batch.layout[line.source_sheet]["columns"]["produced"] == "C"


def test_the_sender_may_say_what_an_unnamed_quantity_is():
    found = send([["ref", "mois", "quantité"], ["X-1", "01/2026", "10"]], measure="sold")
    assert (found["state"], found["notes"]) == ("applied", [])
    line = OutputLine.objects.get()
    assert (line.produced, line.sold_unsplit) == (None, 10)


def test_an_unnamed_quantity_beside_a_named_one_is_not_read():
    found = send([["ref", "mois", "production", "quantité"], ["X-1", "01/2026", "10", "99"]])
    assert (found["state"], found["new"]) == ("applied", 1)
    assert OutputLine.objects.get().produced == 10
