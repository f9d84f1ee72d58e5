"""Writers that cross: nobody waits for ever, versions are in the order of commits, an "as of" stays what it was."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier, Event

import pytest
from django.db import connection

from catalogue.models import Family
from office import clock
from office.door import write
from office.models import Write
from production import actions, ledger, periods, verify
from production.models import Cell, Posting
from tests import making
from tests.making import month, monthly

PATIENCE = 20  # seconds before a test gives up: nothing here takes one
MONTHS = [f"2026-{number:02d}" for number in range(1, 7)]


@pytest.fixture
def people(committed):
    """Two people who enter, and one who closes."""
    names = ("one", "two", "closer")
    return {name: making.person(f"{name}@example.org", making.ADMIN, making.MANAGER) for name in names}


@pytest.fixture
def parts(committed):
    """Site -> its part."""
    sites = [making.site(code) for code in ("A", "B", "C")]
    return {site: making.part(f"{site.code}-1", site.firm) for site in sites}


def side_by_side(*works):
    """Run functions in threads of their own, each with its own connection; raise what one of them raises."""

    def run(work):
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return [each.result(PATIENCE) for each in [threads.submit(run, work) for work in works]]


def declare_all(person, parts, amount, sites):
    """Declare all months of the sites in one write, locking them in the order given. Returns the version."""
    with write(person, "a file") as door:
        ledger.lock([(site.pk, month(text)) for site in sites for text in MONTHS])
        rows = [making.drafts(person, site, monthly(parts[site], dict.fromkeys(MONTHS, amount))) for site in sites]
        actions.settle(door, person, [each for drafts in rows for each in drafts])
    return door.version


def test_writers_with_crossing_months_do_not_wait_for_each_other_for_ever(people, parts):
    together, sites = Barrier(2), list(parts)

    def work(person, order):
        versions = []
        for amount in range(1, 6):
            together.wait(PATIENCE)
            versions.append(declare_all(people[person], parts, amount, order))
        return versions

    one, two = side_by_side(lambda: work("one", sites), lambda: work("two", sites[::-1]))
    assert len({*one, *two}) == 10
    assert sum(Cell.objects.values_list("produced", flat=True)) == 5 * len(sites) * len(MONTHS)
    assert verify.verify() == []


def test_two_writers_may_meet_in_a_month_that_did_not_exist(people, parts):
    together, (site, *_) = Barrier(2), parts

    def work(person):
        together.wait(PATIENCE)
        return declare_all(people[person], parts, 7, [site])

    versions = side_by_side(lambda: work("one"), lambda: work("two"))
    assert len(set(versions)) == 2
    assert sum(Cell.objects.values_list("produced", flat=True)) == 7 * len(MONTHS)


def test_an_answer_as_of_a_version_does_not_change_when_an_older_transaction_commits(people, parts):
    first, second, _third = parts
    begun, read = Event(), Event()

    def slow():
        with write(people["one"], "slow") as door:
            (draft,) = making.drafts(people["one"], first, monthly(parts[first], {"2026-01": 7}))
            actions.settle(door, people["one"], [draft])
            begun.set()
            assert read.wait(PATIENCE)
        return door.version

    def quick():
        assert begun.wait(PATIENCE)
        making.declare(people["two"], second, monthly(parts[second], {"2026-01": 100}))
        version = clock.moment().version
        answer = known(version)
        read.set()
        return version, answer

    late, (version, answer) = side_by_side(slow, quick)
    assert late > version
    assert (answer, known(version), known(late)) == (Decimal(100), Decimal(100), Decimal(107))
    instants = list(Write.objects.order_by("version").values_list("at", flat=True))
    assert instants == sorted(instants)


def known(version):
    """Return what was produced as of a version: cells minus the postings after it."""
    cells = sum(Cell.objects.values_list("produced", flat=True), Decimal(0))
    return cells - sum(Posting.objects.filter(version__gt=version).values_list("produced", flat=True), Decimal(0))


def test_a_part_changes_family_while_a_declaration_of_it_is_on_its_way(people, parts):
    site, *_ = parts
    making.declare(people["one"], site, monthly(parts[site], {"2026-01": 100}))
    clutches, locked, moved = Family.objects.get(code="clutches"), Event(), Event()

    def declare():
        with write(people["one"], "on its way") as door:
            drafts = making.drafts(people["one"], site, monthly(parts[site], {"2026-01": 107}))
            locked.set()
            assert moved.wait(PATIENCE)
            actions.settle(door, people["one"], drafts)

    def move():
        assert locked.wait(PATIENCE)
        with write(people["two"], "sorted again") as door:
            ledger.reclassify(door, parts[site], clutches)
        moved.set()

    side_by_side(declare, move)
    assert list(Cell.objects.values_list("family__code", "produced")) == [("clutches", Decimal(107))]
    assert verify.verify() == []


def test_a_month_is_not_closed_over_a_declaration_that_is_on_its_way(people, parts):
    site, *_ = parts
    making.expect(site, "2026-01")
    posted, closing = Event(), Event()

    def declare():
        with write(people["one"], "on its way") as door:
            drafts = making.drafts(people["one"], site, monthly(parts[site], {"2026-01": 100}))
            actions.settle(door, people["one"], drafts)
            posted.set()
            assert closing.wait(PATIENCE)
        return door.version

    def close():
        assert posted.wait(PATIENCE)
        with write(people["closer"], "closing") as door:
            closing.set()
            periods.close(door, people["closer"], [month("2026-01")])  # refused if it did not see the declaration
        return door.version

    declared, closed = side_by_side(declare, close)
    assert declared < closed


def test_a_declaration_that_comes_while_its_month_is_closed_waits_for_a_second_person(people, parts):
    site, *_ = parts
    drafted, closed = Event(), Event()

    def declare():
        with write(people["one"], "on its way") as door:
            drafts = making.drafts(people["one"], site, monthly(parts[site], {"2026-01": 100}), reason="late file")
            drafted.set()
            assert closed.wait(PATIENCE)
            standing, waiting = actions.settle(door, people["one"], drafts)
        return len(standing), len(waiting)

    def close():
        assert drafted.wait(PATIENCE)
        with write(people["closer"], "closing") as door:
            periods.close(door, people["closer"], [month("2026-01")], accept="late")
        closed.set()

    assert side_by_side(declare, close)[0] == (0, 1)
