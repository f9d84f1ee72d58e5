"""Broken and hostile files: each gets its clear words in bounded time, and nothing of it is written."""

import time

import pytest

from accounts.models import Firm
from catalogue.models import Brand, Part
from intake import desk
from intake.models import Batch
from office import clock
from production.models import Declaration, Head, OutputLine
from suppliers.models import Site
from tests.intake.corpus import broken, hostile_archives, hostile_cells, hostile_texts

pytestmark = pytest.mark.django_db
PATIENCE = 15  # seconds: on a busy machine; alone each takes well under two
BROKEN = [*broken.CELLS, *broken.CONTAINERS]
HOSTILE = [
    *hostile_archives.ARCHIVES,
    *hostile_archives.HARMFUL_XML,
    *hostile_cells.NUMBERS,
    *hostile_cells.PLACES,
    *hostile_cells.TEXTS,
    *hostile_cells.OLD_EXCEL,
    *hostile_texts.TEXT_FILES,
    *hostile_texts.DISGUISES,
    *hostile_texts.HARMFUL_WORDS,
]
BUSINESS = (Firm, Site, Brand, Part, Head, Declaration, OutputLine)


def place(fault):
    """Return where a fault is, as "B3", "3" or ""."""
    return f"{fault['column'] or ''}{fault['row'] or ''}"


def checked(user, case, inline):
    """Receive and check a file of the corpus; return its batch and what was found."""
    options = {"supplier": "S1", "create": True, **case.options}
    batch = desk.receive(user, "output", case.name, [case.build()], options, clock.moment())
    return batch, desk.check(user, batch, clock.moment(), inline=inline)


def counted():
    """Return how many rows of business data there are."""
    return {model.__name__: model.objects.count() for model in BUSINESS}


def proved(user, case, inline=False):
    """Prove what is said of a case: its state, its faults with their words, that nothing was written, and the time."""
    before, start = counted(), time.monotonic()
    batch, found = checked(user, case, inline)
    assert time.monotonic() - start < PATIENCE
    assert [(place(fault), fault["reason"]) for fault in found["faults"]] == [
        (where, _whole(fault["reason"], words))
        for fault, (where, words) in zip(found["faults"], case.faults, strict=True)
    ]
    assert [place(question) for question in found["questions"]] == case.questions
    assert all(fault["remedy"] for fault in found["faults"])
    assert found["state"] == case.state
    assert found["new"] == case.new or case.state == "refused"
    assert counted() == before
    assert Batch.objects.get(pk=batch.pk).file.size > 0
    return batch


def _whole(reason, words):
    """Return the reason itself when it begins with the expected words, else the words."""
    return reason if reason.startswith(words) else words


@pytest.mark.parametrize("case", broken.CELLS, ids=lambda case: case.id)
def test_a_broken_cell_is_refused_where_it_stands(moment, admin, case):
    proved(admin, case, inline=True)


@pytest.mark.parametrize("case", broken.CONTAINERS, ids=lambda case: case.id)
def test_a_broken_file_is_refused_in_words(moment, admin, case):
    proved(admin, case)


def test_the_corpus_is_as_large_as_it_says():
    ids = [case.id for case in [*BROKEN, *HOSTILE]]
    assert len(set(ids)) == len(ids)
    assert (len(BROKEN) >= 60, len(HOSTILE) >= 150) == (True, True)


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.id[:80])
def test_a_hostile_file_breaks_nothing(moment, admin, case):
    proved(admin, case)
