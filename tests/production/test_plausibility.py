"""Values that do not fit a supplier's own history: found exactly where a slow twin finds them, and never elsewhere."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from intake import desk
from office import clock
from office.door import Refused, write
from production import periods, plausibility, staging
from production.models import StagedLine
from tests import making
from tests.intake.test_desk import check, content, produced

pytestmark = pytest.mark.django_db
USUAL = {f"2025-{month:02d}": 100 + month for month in range(1, 13)}  # median 106.5, from 101 to 112


@pytest.fixture
def plant(admin):
    """A site whose part A was declared through 2025."""
    site = making.site("S1")
    part = making.part("A", site.firm)
    making.declare(admin, site, making.monthly(part, USUAL))
    return site, part


def suspicious(admin, *rows, **options):
    return check(admin, content(*rows), **options)[1]["suspicious"]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (1065, "ten times"),
        (533, "ten times"),
        (2130, "ten times"),
        (2131, "Far above"),
        (9691, "Far above"),
        (39000, "Far above"),
        (10000000, "Far above"),
        (106500, "thousand times"),
        ("10,65", "tenth"),
        ("21,3", "tenth"),
        ("5,32", "Far below"),
        ("0,5", "Far below"),
        ("0,107", "thousandth"),
        ("0,05", "Far below"),
        (0, "Zero"),
        (225, None),
        (224, None),
        (532, None),
        ("21,4", None),
        (50, None),
        (100, None),
    ],
)
def test_five_times_and_more_either_way_and_a_sudden_zero_are_questioned(plant, admin, value, reason):
    found = suspicious(admin, ["A", "01/2026", value], decimal="comma")
    assert [reason in each["reason"] for each in found] == ([True] if reason else [])


def test_a_suspicion_says_its_place_and_what_is_usual(plant, admin):
    batch, found = check(admin, content(["A", "01/2026", 1065], ["A", "02/2026", 107]))
    assert found["suspicious"] == [
        {
            "sheet": "volumes",
            "row": 2,
            "column": "C",
            "part": "A",
            "month": "2026-01",
            "measure": "produced",
            "value": "1065",
            "expected": "106.5",
            "reason": "About ten times what is usual.",
        }
    ]
    assert (found["state"], found["new"], found["changed"], found["unchanged"]) == ("checked", 1, 0, 0)
    with pytest.raises(Refused, match="Suspicious"):
        desk.apply(admin, batch, clock.moment())
    assert "2026-01" not in produced()


def test_a_reason_accepts_them_all_and_is_kept(plant, admin):
    batch, found = check(admin, content(["A", "01/2026", 1065], ["A", "02/2026", 0]), accept="a big order")
    assert (found["suspicious"], found["new"]) == ([], 2)
    assert list(batch.repairs.values_list("what", "row", "value", "reason")) == [
        ("confirm", 2, "1065", "a big order"),
        ("confirm", 3, "0", "a big order"),
    ]
    desk.apply(admin, batch, clock.moment())
    assert produced()["2026-01"] == 1065


def test_a_newcomer_is_never_suspicious_and_what_is_unchanged_is_never_questioned(plant, admin):
    assert suspicious(admin, ["B", "01/2026", 1], ["B", "02/2026", 1000000], ["B", "03/2026", 0], create=True) == []
    making.declare(admin, plant[0], making.monthly(plant[1], {"2026-01": 1065}))
    assert suspicious(admin, ["A", "01/2026", 1065]) == []


def test_without_three_values_before_those_after_are_taken(plant, admin):
    assert [each["expected"] for each in suspicious(admin, ["A", "12/2024", 1065])] == ["106.5"]
    assert suspicious(admin, ["A", "12/2024", 0]) == []


def test_a_changed_value_is_compared_with_the_months_before_it(plant, admin):
    found = suspicious(admin, ["A", "04/2025", 1020])
    assert [(each["row"], each["expected"]) for each in found] == [(2, "102")]


def test_a_row_without_brand_is_compared_with_the_sum_over_the_brands(admin):
    site = making.site("S1")
    part = making.part("A", site.firm)
    brands = [making.brand("x"), making.brand("y")]
    rows = {month: [(part, {"produced": 50}, brand) for brand in brands] for month in USUAL}
    making.declare(admin, site, rows)
    assert [each["expected"] for each in suspicious(admin, ["A", "01/2026", 1000])] == ["100"]
    head = ["ref", "mois", "marque", "production"]
    _batch, found = check(admin, content(["A", "01/2026", "x", 500], ["A", "02/2026", "y", 1000], head=head))
    assert [each["expected"] for each in found["suspicious"]] == ["50", "50"]


def test_scrap_and_write_offs_come_and_go(plant, admin):
    site, _part = plant
    making.declare(admin, site, making.monthly(making.part("B", site.firm), USUAL, "scrapped"))
    head = ["ref", "mois", "rebuts"]
    for value, many in ((0, 0), (1065, 0), (9691, 0), (106500, 1), (1065000, 1), (10000000, 1)):
        _batch, found = check(admin, content(["B", "01/2026", value], head=head))
        assert len(found["suspicious"]) == many


def test_a_month_is_not_closed_while_a_file_of_it_waits_to_be_confirmed(plant, admin, manager):
    batch, _found = check(admin, content(["A", "01/2026", 1065]))
    with pytest.raises(Refused, match=f"S1, 2026-01: not confirmed in a file – #{batch.pk}"), write(manager) as door:
        periods.close(door, manager, [making.month("2026-01")])
    assert plausibility.waiting_files(date(2026, 2, 1)) == []
    later, found = check(admin, content(["A", "01/2026", 107]))
    desk.apply(admin, later, clock.moment())
    assert (found["state"], plausibility.waiting_files(date(2026, 1, 1))) == ("checked", [])


# The twin -----------------------------------------------------------------------------------------------
MONTHS = [date(2025 + number // 12, number % 12 + 1, 1) for number in range(18)]
AMOUNTS = st.sampled_from(
    [Decimal(text) for text in ("0", "0.1", "0.5", "1", "5", "9.5", "10", "12", "20", "100", "1000", "12000")]
)
BRANDS = st.sampled_from([None, "x", "y"])
HISTORY = st.dictionaries(st.tuples(st.sampled_from(MONTHS), BRANDS), AMOUNTS, max_size=30)
FILE = st.dictionaries(st.tuples(st.sampled_from(MONTHS), BRANDS), AMOUNTS, max_size=12)


def twin(history, month, brand, value):
    """Say what is wrong with a value, as (verdict, median) or None, from {(month, brand): standing value}."""
    if history.get((month, brand)) == value:
        return None
    known = {}
    for (when, whose), amount in history.items():
        if when != month and (brand is None or whose == brand):
            known[when] = known.get(when, 0) + amount
    before = [known[when] for when in sorted(known) if when < month][-12:]
    after = [known[when] for when in sorted(known) if when > month][:12]
    nearest = before if len(before) >= 3 else after
    usual = sorted(amount for amount in nearest if amount > 0)
    if len(nearest) < 3 or not usual:
        return None
    middle = (Fraction(usual[(len(usual) - 1) // 2]) + Fraction(usual[len(usual) // 2])) / 2
    if value == 0:
        sudden = len(before) >= 6 and all(amount > 0 for amount in before[-6:])
        return ("zero", middle) if sudden else None
    above, below = value > 2 * max(usual), 2 * value < min(usual)
    ratio = Fraction(value) / middle if above else middle / Fraction(value)
    if not (above or below) or ratio < 5:
        return None
    near = next((times for times in (10, 1000) if Fraction(times, 2) <= ratio <= 2 * times), None)
    if near:
        return f"{'times' if above else 'divided'}_{near}", middle
    return f"far_{'above' if above else 'below'}", middle


@given(history=HISTORY, file=FILE)
def test_the_suspicions_are_those_of_the_twin(admin, history, file):
    with transaction.atomic():
        site = making.site("S1")
        part, brands = making.part("A", site.firm), {None: None, "x": making.brand("x"), "y": making.brand("y")}
        rows = {}
        for (month, brand), amount in history.items():
            rows.setdefault(f"{month:%Y-%m}", []).append((part, {"produced": amount}, brands[brand]))
        if rows:
            making.declare(admin, site, rows)
        batch, _found = check(admin, content(["A", "01/2026", 1]))
        staging.clear(batch)
        StagedLine.objects.bulk_create(
            StagedLine(
                batch=batch,
                sheet="s",
                row=row,
                site=site,
                month=month,
                part=part,
                part_text="A",
                brand=brands[brand],
                unit_id="piece",
                produced=value,
            )
            for row, ((month, brand), value) in enumerate(file.items(), 1)
        )
        reasons = {str(words): verdict for verdict, words in plausibility.REASONS.items()}
        ours = {
            each["row"]: (reasons[each["reason"]], Fraction(each["expected"]))
            for _staged, each in plausibility.suspicions(batch, ["produced"])
        }
        transaction.set_rollback(True)
    expected = {row: twin(history, month, brand, value) for row, ((month, brand), value) in enumerate(file.items(), 1)}
    assert ours == {row: verdict for row, verdict in expected.items() if verdict}
