"""One table, written in every way senders write it, is read to one and the same volumes."""

import pytest

from intake import desk
from office import clock
from production.models import StagedLine
from tests.intake.corpus.ways import WAYS

pytestmark = pytest.mark.django_db


def test_no_two_ways_are_called_the_same():
    assert len({way.id for way in WAYS}) == len(WAYS)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.id)
def test_it_is_read_to_the_same_volumes(moment, admin, way):
    options = {"supplier": "S1", "create": True, "measure": "produced", **way.options}
    batch = desk.receive(admin, "output", "volumes", [way.build()], options, clock.moment())
    found = desk.check(admin, batch, clock.moment(), inline=True)
    assert found["faults"] == []
    lines = StagedLine.objects.filter(batch=batch).exclude(produced=None)
    said = {(line.part_text, line.month.month): line.produced.normalize() for line in lines}
    assert {key: f"{value:f}" for key, value in said.items()} == way.said
    assert {line.month.year for line in lines} == {2026}
    assert [each["why"] for each in found["left_out"]] == way.left_out
    assert tuple(found["notes"]) == way.notes
