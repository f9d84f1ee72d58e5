"""The exposed part: a paper's end, suspension and late renewal move exactly what rests on it, and never the legal rate."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.models import Family
from integration.figures import exposed_lines, exposed_part
from integration.models import Policy
from integration.rates import read
from integration.resting import _until, _without, resting_of
from office.asking import ask
from suppliers.models import Agreement, Paper, Party, Standard, Stop
from tests import making
from tests.integration.programmes import component, programme

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 22)
DAY = timedelta(days=1)


@pytest.fixture
def world(moment):
    """A programme of 14.9 points, 3.2 of which are brake linings made at a certified site."""
    one = programme("M1", approved_on=date(2024, 8, 22))
    site, brakes = making.site("P05"), Family.objects.get(code="brakes")
    component(one, "11.7")
    component(one, "3.2", site=site, family=brakes)
    return one, site, brakes


def paper(site, first, last, family=None, standard="iso-9001", **values):
    """Enter a certificate of a site."""
    made = Paper.objects.create(
        firm=site.firm,
        site=site,
        standard=Standard.objects.get(code=standard),
        number=f"{first} {standard} {family}",
        body="b",
        valid_from=first,
        valid_to=last,
        **values,
    )
    if family:
        made.families.add(family)
    return made


def exposed(one, day=ON):
    """Return (rate, exposed points) of a day."""
    reading = read(one, day)
    lines = exposed_lines(reading, resting_of(one, day))
    return reading.value, sum((reading.count.points(line) for line, _rest in lines), Decimal(0))


def test_an_ended_certificate_exposes_what_rests_on_it_until_it_is_renewed_late(world):
    one, site, brakes = world
    assert exposed(one) == (Decimal("14.9"), 0)
    old = paper(site, date(2023, 9, 1), date(2026, 9, 1), brakes)
    assert exposed(one) == (Decimal("14.9"), Decimal("3.2"))
    paper(site, date(2026, 9, 15), date(2029, 9, 14), brakes, renews=old)
    assert [exposed(one, day)[1] for day in (ON, date(2026, 9, 14), date(2026, 9, 15))] == [0, Decimal("3.2"), 0]
    assert exposed(one)[0] == Decimal("14.9")


def test_it_is_exposed_from_ninety_days_before_an_end_that_nothing_follows(world):
    one, site, _brakes = world
    old = paper(site, date(2023, 1, 1), ON + 90 * DAY)
    assert [exposed(one, day)[1] for day in (ON, ON + DAY)] == [0, Decimal("3.2")]
    paper(site, ON + 91 * DAY, None, renews=old)
    assert exposed(one, ON + DAY)[1] == 0


def test_a_suspension_and_a_withdrawal_expose(world):
    one, site, _brakes = world
    held = paper(site, date(2023, 1, 1), None)
    Stop.objects.create(paper=held, kind="suspended", since=ON, until=ON + 10 * DAY, why="w")
    assert [exposed(one, day)[1] for day in (ON - 91 * DAY, ON, ON + 9 * DAY, ON + 10 * DAY)] == [
        0,
        Decimal("3.2"),
        Decimal("3.2"),
        0,
    ]
    Stop.objects.create(paper=held, kind="withdrawn", since=ON + 30 * DAY, why="w")
    assert exposed(one, ON + 30 * DAY)[1] == Decimal("3.2")


def test_another_family_site_or_standard_is_told_apart(world):
    one, site, _brakes = world
    paper(site, date(2020, 1, 1), date(2023, 1, 1), Family.objects.get(code="filters"))
    paper(making.site("P06"), date(2020, 1, 1), date(2023, 1, 1))
    assert exposed(one)[1] == 0
    paper(site, date(2020, 1, 1), date(2023, 1, 1))
    paper(site, date(2020, 1, 1), None, standard="iatf-16949")
    assert exposed(one)[1] == Decimal("3.2")


def test_an_agreement_with_the_maker_that_ends_exposes_too(world):
    one, site, brakes = world
    signed = {"kind": "supply", "state": "signed", "binding": True, "title": "T"}
    first = Agreement.objects.create(code="A1", signed_on=date(2024, 1, 1), valid_to=date(2026, 10, 1), **signed)
    Party.objects.create(agreement=first, firm=site.firm, role="supplier")
    first.families.add(brakes)
    assert exposed(one)[1] == Decimal("3.2")
    second = Agreement.objects.create(code="A2", signed_on=date(2026, 9, 1), valid_to=date(2029, 1, 1), **signed)
    Party.objects.create(agreement=second, firm=site.firm, role="supplier")
    assert exposed(one)[1] == 0


def test_a_rule_may_count_only_what_is_covered(world):
    one, site, _brakes = world
    rule = Policy.objects.get(code="dz-algeria-2024")
    rule.covered_only = True
    assert read(one, ON, rule).value == 0
    held = paper(site, date(2023, 1, 1), ON)
    assert read(one, ON, rule).value == Decimal("3.2")
    assert read(one, ON + DAY, rule).value == 0
    Stop.objects.create(paper=held, kind="suspended", since=ON, until=ON + DAY, why="w")
    assert read(one, ON, rule).value == 0
    assert read(one, ON).value == Decimal("14.9")


def test_the_figure_is_the_sum_of_its_components(world, admin, moment):
    one, site, _brakes = world
    paper(site, date(2020, 1, 1), date(2023, 1, 1))
    answer = exposed_part(ask(admin, moment, {"by": "component"}, {"programme": one.code}))
    assert (answer.value, [(group.key, group.value) for group in answer.groups]) == (
        Decimal("3.2"),
        [("c2", Decimal("3.2"))],
    )


def test_the_page_of_a_paper_names_what_rests_on_it(world, signed_in, admin, supplier_user):
    _one, site, brakes = world
    old = paper(site, date(2023, 9, 1), date(2026, 9, 1), brakes)
    other = paper(site, date(2023, 9, 1), None, Family.objects.get(code="filters"))
    rows = {}
    for each in (old, other):
        page = signed_in(admin).get(f"/suppliers/papers/{each.pk}")
        panel = next(
            panel for template, panel in page.context["panels"] if template == "integration/resting_panel.html"
        )
        rows[each] = [(row.code, exposed) for row, _programme, _rate, exposed in panel["rows"]]
    assert rows == {old: [("c2", True)], other: []}
    mine = signed_in(supplier_user).get(f"/suppliers/papers/{old.pk}")
    assert "c2" in mine.content.decode()


SPANS = st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 40)), max_size=5)


@given(SPANS, st.integers(0, 60))
def test_the_naive_twin_walks_day_by_day(spans, at):
    day = [ON + DAY * number for number in range(140)]
    said = [(day[first], None if length is None else day[first + length]) for first, length in spans]

    def covered(each):
        return any(first <= each and (last is None or each <= last) for first, last in said)

    now, until = _until(said, day[at])
    assert now == covered(day[at])
    if now:
        last = next((before for before, each in zip(day[at:], day[at + 1 :], strict=False) if not covered(each)), None)
        assert until == last


@given(st.integers(0, 30), st.none() | st.integers(0, 30), st.integers(0, 40), st.none() | st.integers(1, 20))
def test_what_a_stop_leaves_is_what_it_does_not_hold(first, length, since, lasts):
    span = (ON + DAY * first, None if length is None else ON + DAY * (first + length))
    begins, until = ON + DAY * since, None if lasts is None else ON + DAY * (since + lasts)
    pieces = _without(span, begins, until)
    for number in range(100):
        each = ON + DAY * number
        inside = span[0] <= each and (span[1] is None or each <= span[1])
        stopped = begins <= each and (until is None or each < until)
        assert any(a <= each and (b is None or each <= b) for a, b in pieces) == (inside and not stopped)
