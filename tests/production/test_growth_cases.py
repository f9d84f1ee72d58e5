"""Cases of growth from the field, worked by hand: years, spans, the bridge, rates and prices, targets, notes."""

from datetime import date
from decimal import Decimal

import pytest

from office.door import write
from production import calendar, targeting
from production.models import MonthNote, Season, Target
from tests import making
from tests.browser.asking import ask, figure
from tests.making import declare, monthly

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(moment):
    """The day is 22/09/2026."""


def maker(code, first="2023-01", last=None, family="brakes"):
    """Make a site that is expected, and its part."""
    site = making.site(code)
    making.expect(site, first, last)
    return site, making.part(f"{code}-1", site.firm, family)


def year(number, amount):
    """Return twelve equal months of a year."""
    return {f"{number}-{month:02d}": Decimal(amount) / 12 for month in range(1, 13)}


def set_target(admin, amount, **words):
    """Set a target as the form does; returns the data version."""
    with write(admin, "target") as door:
        target = Target.objects.create(amount=amount, **words)
        targeting.record(door, target)
    return door.version


# Spans ------------------------------------------------------------------------------------------------
def test_from_500_to_1000_in_two_years_is_41_4_percent_a_year(admin):
    site, part = maker("A")
    declare(admin, site, monthly(part, {**year(2023, 600), **year(2024, 700), **year(2025, 1200)}))
    answer = figure("cagr", year=2025)
    assert (answer["value"], answer["intervals"], answer["change_state"]) == ("41.42135623731", 2, "ok")
    assert (answer["numerator"], answer["denominator"], answer["unit"]) == ("1200", "600", "percent")


def test_there_is_no_average_growth_from_a_year_that_is_not_complete(admin):
    site, part = maker("A")
    declare(admin, site, monthly(part, {**year(2023, 600), **{f"2026-{m:02d}": 100 for m in range(1, 9)}}))
    answer = figure("cagr", year=2026)
    assert (answer["value"], answer["change_state"]) == (None, "not_comparable")


def test_a_million_is_passed_in_december(admin):
    site, part = maker("A")
    declare(admin, site, monthly(part, {f"2025-{m:02d}": 84000 for m in range(1, 13)}))
    answer = figure("mark_passed", year=2025)
    assert (answer["mark"], answer["passed"], answer["left"], answer["value"]) == ("1000000", "2025-12", "0", "1008000")
    assert figure("mark_passed", year=2025, mark="1500000")["left"] == "492000"
    assert ask("figure", "mark_passed", "--filter=mark=0")[1] == 2


def test_twelve_months_end_with_the_last_covered_one(admin):
    site, part = maker("A")
    told = {**year(2024, 1200), **year(2025, 2400), **{f"2026-{m:02d}": 300 for m in range(1, 9)}}
    declare(admin, site, monthly(part, told))
    answer = figure("rolling_12")
    assert answer["window"] == {"from": "2025-09", "to": "2026-08"}
    assert (answer["value"], answer["base"]) == (str(8 * 300 + 4 * 200), str(8 * 200 + 4 * 100))


def test_in_january_the_twelve_months_end_in_december(admin, monkeypatch):
    monkeypatch.setenv("PARTSTRACK_TODAY", "2026-01-10")
    site, part = maker("A")
    declare(admin, site, monthly(part, {**year(2024, 1200), **year(2025, 2400)}))
    assert figure("rolling_12")["window"] == {"from": "2025-01", "to": "2025-12"}
    assert figure("month_change", **{"year": 2026, "base-year": 2025})["base_window"] == {
        "from": "2024-12",
        "to": "2024-12",
    }


def test_a_month_is_compared_with_the_same_month_of_the_year_before(admin):
    site, part = maker("A")
    declare(admin, site, monthly(part, {"2025-07": 10, "2025-08": 40, "2026-07": 90, "2026-08": 50}))
    answer = figure("month_change", measure="produced")
    assert (answer["window"]["from"], answer["value"], answer["change"]) == ("2026-08", "50", "25")


def test_growth_since_the_start_year_compares_the_same_months(admin):
    site, part = maker("A")
    declare(admin, site, monthly(part, {**year(2023, 1200), **{f"2026-{m:02d}": 300 for m in range(1, 9)}}))
    answer = figure("growth_since")
    assert (answer["base_window"], answer["change"]) == ({"from": "2023-01", "to": "2023-08"}, "200")


# Bridge -----------------------------------------------------------------------------------------------
def test_the_bridge_of_the_field_case_adds_up(admin):
    """1,000 became 1,250: 900 became 1,000 like for like, 250 joined, 100 left; 70 wait for what is missing."""
    for code, amounts, first, last in (
        ("A", {"2025-06": 900, "2026-06": 1000}, "2023-01", None),
        ("B", {"2025-06": 100}, "2023-01", "2025-12"),
        ("C", {"2026-06": 250}, "2026-01", None),
        ("D", {"2026-06": 70}, "2023-01", None),
    ):
        site, part = maker(code, first, last)
        declare(admin, site, monthly(part, amounts))
    answer = figure("bridge", **{"from": "2026-06", "to": "2026-06"})
    steps = {group["key"]: (group["value"], group["compared"], group["base"]) for group in answer["groups"]}
    assert steps == {
        "new": ("250", "250", "0"),
        "lost": ("0", "0", "100"),
        "like_for_like": ("1000", "1000", "900"),
        "one_sided": ("0", "0", "0"),
        "missing": ("70", "0", "0"),
    }
    assert (answer["value"], answer["compared"], answer["base"], answer["change"]) == ("1320", "1250", "1000", "25")


# Rates and prices -------------------------------------------------------------------------------------
def test_a_scrap_rate_is_sum_over_sum_and_its_change_is_in_points(admin):
    site, part = maker("A")
    other = making.part("A-2", site.firm)
    declare(
        admin,
        site,
        {
            "2025-06": [(part, {"produced": 90, "scrapped": 10}), (other, {"produced": 50})],
            "2026-06": [(part, {"produced": 95, "scrapped": 5}), (other, {"produced": 800, "scrapped": 100})],
        },
    )
    answer = figure("scrap_rate", **{"from": "2026-06", "to": "2026-06"})
    assert (answer["numerator"], answer["denominator"], answer["value"]) == ("105", "1000", "10.5")
    assert (answer["base"], answer["change"], answer["change_unit"]) == ("10", "0.5", "points")
    assert answer["rows"] == 2


def test_a_price_counts_only_lines_that_say_value_and_quantity(admin):
    site, part = maker("A")
    other = making.part("A-2", site.firm)
    said = {"sold_after_market": 10, "value_sold": 1000}
    declare(admin, site, {"2026-06": [(part, said), (other, {"sold_after_market": 999})]})
    answer = figure("price_sold", **{"from": "2026-06", "to": "2026-06"})
    assert (answer["value"], answer["unit"], answer["denominator"]) == ("100", "DZD/piece", "10")
    assert "1 of 2 lines say both." in answer["basis"]


def test_money_is_one_unit_whatever_the_unit_of_the_parts(admin):
    site, part = maker("A")
    oil = making.part("A-2", site.firm, "oils", "litre")
    said = {"produced": 1, "value_produced": 100}
    declare(admin, site, {"2026-06": [(part, said), (oil, said)]})
    answer = figure("value_produced", **{"from": "2026-06", "to": "2026-06"})
    assert (answer["value"], answer["unit"], answer["other_units"]) == ("200", "DZD", [])


# Targets ----------------------------------------------------------------------------------------------
def test_a_target_is_pro_rata_of_the_months_that_are_counted(admin):
    site, part = maker("A")
    declare(admin, site, monthly(part, {f"2026-{m:02d}": 90 for m in range(1, 9)}))
    set_target(admin, 1200, year=2026)
    answer = figure("target_attainment")
    assert (answer["value"], answer["denominator"], answer["gap"], answer["months"]) == ("90", "800", "-80", 8)


def test_targets_by_family_and_supplier_are_never_added(admin):
    site, part = maker("A")
    declare(admin, site, monthly(part, {"2026-01": 50}))
    set_target(admin, 1200, year=2026, firm=site.firm)
    whole = figure("target_attainment")
    assert (whole["value"], whole["target"]) == (None, None)
    [group] = figure("target_attainment", by="supplier")["groups"]
    assert (group["key"], group["value"], group["numerator"], group["denominator"]) == ("A", "50", "50", "100")
    assert figure("target_attainment", supplier="A")["value"] == "50"


def test_a_target_is_known_as_it_was_set_at_a_version(admin):
    site, part = maker("A")
    declare(admin, site, monthly(part, {"2026-01": 50}))
    first = set_target(admin, 1200, year=2026)
    with write(admin, "more") as door:
        target = Target.objects.get()
        target.amount = 2400
        target.save()
        targeting.record(door, target)
    assert figure("target_attainment")["value"] == "25"
    assert figure("target_attainment", **{"as-of": f"v{first}"})["value"] == "50"
    assert figure("target_attainment", **{"as-of": f"v{first - 1}"})["target"] is None


# Calendar and notes -----------------------------------------------------------------------------------
def test_ramadan_2026_falls_into_february_and_march(db):
    ramadan = Season.objects.get(first=date(2026, 2, 19))
    days = [ramadan.days_in(date(2026, number, 1)) for number in (1, 2, 3, 4)]
    assert days == [0, 10, 19, 0]


def test_working_days_leave_out_weekends_and_holidays():
    plain = calendar.Calendar(rules=())
    assert plain.working_days(date(2026, 2, 1)) == 20
    assert calendar.Calendar((), frozenset({date(2026, 2, 3)})).working_days(date(2026, 2, 1)) == 19


def test_notes_on_a_month_show_on_the_page_of_growth_to_whom_they_belong(admin, analyst, supplier_user, signed_in):
    site, part = maker("P05")
    declare(admin, site, monthly(part, {"2026-03": 10}))
    other, own = making.firm("A"), making.firm("P05")
    for firm, text in ((other, "press broken"), (own, "new line"), (None, "strike of the port")):
        MonthNote.objects.create(month=date(2026, 3, 1), firm=firm, text=text, author=admin)
    said = {}
    for person in (analyst, supplier_user):
        page = signed_in(person).get("/production/growth/").content.decode()
        said[person] = [text for text in ("press broken", "new line", "strike of the port") if text in page]
    assert said == {analyst: ["press broken", "new line", "strike of the port"], supplier_user: ["new line"]}
