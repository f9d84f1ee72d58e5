"""Whatever a file says, leaves blank, erases or leaves out: what stands next is what a dictionary would hold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import desk
from office import clock
from production.verify import verify
from suppliers.models import Site
from tests import making
from tests.intake.test_desk import content
from tests.intake.test_erasing import BOTH, standing

pytestmark = pytest.mark.django_db
MONTHS, PARTS = ("2026-01", "2026-02"), ("A", "B", "C")
CELL = st.sampled_from(["", "", "0", "5", "7.5", "effacer"])
FILE = st.dictionaries(
    st.tuples(st.sampled_from(MONTHS), st.sampled_from(PARTS)), st.tuples(CELL, CELL), min_size=1, max_size=6
)
SENT = st.tuples(FILE, st.sampled_from(["complete", "replace"]))


def said(cell, before):
    """What a cell makes of a value: text of a number, "effacer" or blank."""
    return {"": before, "effacer": None}.get(cell, cell)


def after(known, file, mode):
    """What stands after a file, slowly: {(month, part): (produced, sold)} of texts."""
    told = {key for key, cells in file.items() if any(cells)}
    months = {month for month, _part in told}
    kept = {key: line for key, line in known.items() if mode == "complete" or key[0] not in months or key in told}
    for key in told:
        before = known.get(key, (None, None))
        kept[key] = tuple(said(cell, value) for cell, value in zip(file[key], before, strict=True))
    return {key: line for key, line in kept.items() if line != (None, None)}


@given(st.lists(SENT, min_size=1, max_size=4))
def test_what_stands_is_what_a_dictionary_would_hold(db, moment, admin, files):
    site = making.site(f"T{Site.objects.count()}")
    for part in PARTS:
        making.part(part, site.firm)
    known = {}
    for place, (file, mode) in enumerate(files):
        rows = [[part, month, *cells, f"{place}"] for (month, part), cells in file.items()]
        data, options = (
            content(*rows, head=[*BOTH, "remarque"]),
            {"supplier": site.code, "mode": mode, "decimal": "dot"},
        )
        batch = desk.receive(admin, "output", "t.csv", [data], options, clock.moment())
        if desk.check(admin, batch, clock.moment())["state"] == "checked":
            desk.apply(admin, batch, clock.moment())
        known = after(known, file, mode)
        assert numbers(standing(site=site)) == numbers(known)
    assert verify() == []


def numbers(lines):
    """The same lines with numbers for texts."""
    return {key: tuple(None if value is None else Decimal(value) for value in line) for key, line in lines.items()}
