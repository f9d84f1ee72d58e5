"""Days under a valid certificate: against plain loops over days, by supplier, and in a fixed number of queries."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings

from office.asking import ask
from partstrack.figures import percent
from suppliers.cover_figures import days_covered
from suppliers.models import Paper, Stop
from tests import making
from tests.conftest import TODAY
from tests.suppliers.test_papers import MOMENT, PAPERS, paper


def naive(code, first, last):
    """Return (days covered, days since the first certificate), day by day."""
    papers = list(Paper.objects.filter(firm__code=code, accepted=True).prefetch_related("stops"))
    covered = days = 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        days += any(each.valid_from <= day for each in papers)
        covered += any(
            each.valid_from <= day <= each.valid_to and not any(stop.holds_on(day) for stop in each.stops.all())
            for each in papers
        )
    return covered, days


@settings(max_examples=25)
@given(rows=PAPERS)
def test_days_covered_are_those_of_plain_loops(db, analyst, rows):
    for model in (Stop, Paper):
        model.objects.all().delete()
    for number, (firm, (first, last), accepted, stops) in enumerate(rows):
        made = paper(f"F{firm}", f"N{number}", first, last, accepted=accepted)
        for (since, until), withdrawn in stops:
            if since < until:
                kind, until = ("withdrawn", None) if withdrawn else ("suspended", until)
                Stop.objects.create(paper=made, kind=kind, since=since, until=until, why="x")
    answer = days_covered(ask(analyst, MOMENT, {"year": "2026", "by": "supplier"}, {}))
    expected = {f"F{firm}": naive(f"F{firm}", date(2026, 1, 1), TODAY) for firm in range(3)}
    known = {code: pair for code, pair in expected.items() if pair[1]}
    assert {group.key: (group.numerator, group.denominator) for group in answer.groups} == known
    assert (answer.numerator, answer.denominator) == tuple(map(sum, zip((0, 0), *known.values(), strict=True)))
    before = [naive(f"F{firm}", date(2025, 1, 1), date(2025, 8, 31)) for firm in range(3)]
    days = sum(pair[1] for pair in before)
    assert answer.base == percent(Decimal(sum(pair[0] for pair in before)), Decimal(days))
    assert answer.value is None or 0 <= answer.value <= 100


def test_who_never_had_a_certificate_is_not_counted_and_queries_stay(db, analyst):
    making.firm("NONE")
    counts = []
    for number in range(12):
        paper(f"F{number}", f"N{number}")
        if number in (0, 2, 11):
            with CaptureQueriesContext(connection) as queries:
                answer = days_covered(ask(analyst, MOMENT, {"year": "2026", "by": "supplier"}, {}))
            counts.append(len(queries))
    assert len(set(counts)) == 1
    assert "NONE" not in {group.key for group in answer.groups}
    nobody = days_covered(ask(analyst, MOMENT, {"year": "2026"}, {"supplier": "NONE"}))
    assert (nobody.value, nobody.change, nobody.denominator) == (None, None, 0)
