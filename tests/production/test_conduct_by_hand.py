"""How reliable suppliers are, by hand: in time, restated, complained of."""

from datetime import date

import pytest

from catalogue.models import Family
from intake.models import Channel
from office import clock
from office.asking import ask
from office.door import write
from partstrack import registry
from production import actions
from production.conduct import complaints_per_million, punctuality, restated_share
from suppliers.models import Complaint
from tests import making
from tests.making import monthly
from tests.production.test_conduct import YEAR, by_hand, groups
from tests.production.test_site_months import declare

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(moment):
    made = making.site("Q05")
    making.expect(made, "2026-01")
    return made


@pytest.fixture
def part(site):
    return making.part("A", site.firm)


def asked(user, **words):
    return ask(user, clock.moment(), {**YEAR, **words}, {})


def test_a_correction_is_in_time_and_restated_and_a_missing_month_is_late(site, part, admin, analyst):
    for number, day in enumerate(("2026-02-10", "2026-03-10", "2026-04-25"), start=1):
        declare(admin, site, part, f"2026-0{number}", day, at=day)
    declare(admin, site, part, "2026-02", "2026-05-02", at="2026-05-02", amount=2, channel=Channel.PAPER)
    answer = punctuality(asked(analyst))
    assert (answer.numerator, answer.denominator) == (2, 8)  # January, February; of January to August
    answer = restated_share(asked(analyst))
    assert (answer.numerator, answer.denominator, answer.value) == (1, 3, by_hand(1, 3))
    restated = registry.counted("restated_share")[0].rows(asked(analyst))
    assert [row["month"] for row in restated] == [date(2026, 2, 1)]


def test_nothing_declared_is_no_good_mark(site, analyst):
    for compute in (restated_share, complaints_per_million):
        answer = compute(asked(analyst))
        assert (answer.value, answer.change) == (None, None)


def test_complaints_are_divided_by_what_was_sold_in_the_same_months(site, part, admin, analyst):
    making.expect(site, "2025-01")
    with write(admin, "file") as door:
        sold = monthly(part, {"2025-01": 1000, "2025-02": 1000, "2026-01": 1000, "2026-02": 3000}, "sold_after_market")
        actions.settle(door, admin, making.drafts(admin, site, sold, "sales"))
        for day, pieces in (("2026-01-10", 3), ("2026-02-28", 1), ("2025-02-10", 1), ("2026-07-01", 50)):
            Complaint.objects.create(
                site=site, family=Family.objects.get(code="brakes"), received_on=day, quantity=pieces, defect="x"
            )
    answer = complaints_per_million(asked(analyst, by="supplier"))
    assert (answer.numerator, answer.denominator, answer.value) == (
        4,
        4000,
        1000,
    )  # July is not covered: nobody declared
    assert (answer.compared, answer.base, answer.change) == (1000, 500, 100)
    assert groups(answer) == {"Q05": (4, 4000)}
    rows = registry.counted("complaints_per_million")[0].rows(asked(analyst))
    assert sum(row.quantity for row in rows) == answer.numerator
    assert groups(complaints_per_million(asked(analyst, by="family"))) == {"brakes": (4, 4000)}
