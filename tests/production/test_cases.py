"""The worked cases of the field, in the database: each is a sentence that the figures must make true."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from catalogue.models import Family
from office import asking, clock
from office.door import write
from office.models import Ledger
from partstrack import registry
from partstrack.figures import WrongCall
from partstrack.numbers import growth, round_half_up
from partstrack.periods import month_range, to_iso
from production import actions, ledger, periods
from tests import making
from tests.making import declare, expect, month, monthly

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(moment):
    """The day is 22/09/2026."""


def figure(name="produced", user=None, parts=False, filters=None, **words):
    """Ask a figure in the words of the command line (as_of for as-of); return what --json prints."""
    words = {word.replace("_", "-").strip("-"): str(value) for word, value in words.items()}
    person = user or making.person(f"reader-{making.User.objects.count()}@example.org", making.ANALYST)
    question = asking.ask(person, clock.moment(), words, filters or {}, parts)
    return registry.figure(name).compute(question).as_json()


def year(number, total):
    """Spread a total over the twelve months of a year."""
    months = [to_iso(each) for each in month_range(month(f"{number}-01"), month(f"{number}-12"))]
    share = total // 12
    return dict.fromkeys(months[:-1], share) | {months[-1]: total - 11 * share}


def maker(code, family="brakes", unit="piece", first="2023-01", last=None):
    """Make a site that is expected, and its part."""
    site = making.site(code)
    expect(site, first, last)
    return site, making.part(f"{code}-1", site.firm, family, unit)


def points(group):
    """Return key and contribution, as shown."""
    return group["key"], round_half_up(Decimal(group["contribution"]), 1)


# Growth -------------------------------------------------------------------------------------------------
def test_four_suppliers_grow_by_thirty_percent_and_their_contributions_add_up(admin):
    before, after = (400_000, 120_000, 100_000, 149_231), (480_000, 150_000, 170_000, 200_000)
    for code, was, became in zip("ABCD", before, after, strict=True):
        site, part = maker(code, first="2024-01")
        declare(admin, site, monthly(part, year(2024, was) | year(2025, became)))
    answer = figure(year=2025, by="supplier")
    assert (answer["value"], answer["compared"], answer["base"]) == ("1000000", "1000000", "769231")
    assert answer["change"] == "29.999961000012"
    shown = [("A", Decimal("10.4")), ("D", Decimal("6.6")), ("C", Decimal("9.1")), ("B", Decimal("3.9"))]
    assert [points(group) for group in answer["groups"]] == shown
    change = sum(Decimal(group["compared"]) - Decimal(group["base"]) for group in answer["groups"])
    assert change == Decimal("1000000") - Decimal("769231")


def test_eight_months_are_compared_with_the_same_eight_and_never_with_the_year(admin):
    site, part = maker("A", first="2025-01")
    last_year = dict.fromkeys([f"2025-0{n}" for n in range(1, 9)], 70_000)
    rest = dict.fromkeys(["2025-09", "2025-10", "2025-11", "2025-12"], 110_000)
    this_year = dict.fromkeys([f"2026-0{n}" for n in range(1, 9)], 80_000)
    declare(admin, site, monthly(part, last_year | rest | this_year))
    answer = figure(year=2026)
    assert (answer["value"], answer["base"], answer["change"]) == ("640000", "560000", "14.285714285714")
    assert answer["window"] == {"from": "2026-01", "to": "2026-08"}
    assert answer["base_window"] == {"from": "2025-01", "to": "2025-08"}
    assert figure(year=2025)["value"] == "1000000"


def test_joiners_and_leavers_count_in_the_headline_and_not_like_for_like(admin):
    stays, part = maker("A")
    leaves, left = maker("B", last="2025-12")
    joins, fresh = maker("C", first="2026-01")
    declare(admin, stays, monthly(part, {"2025-06": 900, "2026-06": 1000}))
    declare(admin, leaves, monthly(left, {"2025-06": 100}))
    declare(admin, joins, monthly(fresh, {"2026-06": 250}))
    answer = figure(from_="2026-06", to="2026-06", by="supplier")
    assert (answer["compared"], answer["base"], answer["change"]) == ("1250", "1000", "25")
    alike = answer["like_for_like"]
    assert (alike["compared"], alike["base"], alike["change"]) == ("1000", "900", "11.111111111111")
    states = {group["key"]: group["change_state"] for group in answer["groups"]}
    assert states == {"A": "ok", "B": "none", "C": "new"}
    assert {group["key"]: group["contribution"] for group in answer["groups"]} == {"A": "10", "B": "-10", "C": "25"}


def test_growth_since_an_earlier_year_is_asked_with_a_base_year(admin):
    site, part = maker("A")
    declare(admin, site, monthly(part, year(2023, 500) | year(2024, 700) | year(2025, 1000)))
    answer = figure(year=2025, base_year=2023)
    assert (answer["compared"], answer["base"], answer["change"]) == ("1000", "500", "100")
    shifted = figure(from_="2024-11", to="2025-02", base_year=2024)
    assert shifted["base_window"] == {"from": "2023-11", "to": "2024-02"}


@pytest.mark.parametrize(
    ("new", "old", "shown"),
    [(6_418_212, 6_162_542, "4.15"), (155_400, 126_513, "22.83"), (640_000, 1_000_000, "-36.00")],
)
def test_growth_is_what_the_numbers_say_though_a_paper_printed_another(new, old, shown):
    assert round_half_up(growth(Decimal(new), Decimal(old)), 2) == Decimal(shown)


# States of a change -------------------------------------------------------------------------------------
def test_where_nobody_is_expected_or_declared_there_is_no_figure_and_no_change():
    answer = figure(year=2026)
    assert (answer["value"], answer["state"], answer["change_state"], answer["change"]) == (None, "none", "none", None)
    assert answer["coverage"] == {"declared": 0, "expected": 0, "missing": 0}


def test_a_first_year_is_new_and_has_no_percentage(admin):
    site, part = maker("A", first="2026-01")
    declare(admin, site, monthly(part, {"2026-01": 40, "2026-02": 60}))
    answer = figure(year=2026)
    assert (answer["compared"], answer["base"], answer["change"], answer["change_state"]) == ("100", "0", None, "new")


def test_a_base_that_was_expected_and_never_came_cannot_be_compared_with(admin):
    site, part = maker("A", first="2025-01")
    declare(admin, site, monthly(part, {"2026-01": 40}))
    answer = figure(year=2026)
    assert (answer["value"], answer["change_state"], answer["change"]) == ("40", "not_comparable", None)


def test_a_supplier_whose_base_is_missing_is_not_new_though_it_has_a_site_that_joined(admin):
    old, part = maker("A1", first="2025-01")
    other, others_part = maker("B", first="2025-01")
    third, thirds_part = maker("D", first="2025-01")
    joined = making.site("A2", of="A1")
    expect(joined, "2026-01")
    declare(admin, old, monthly(part, {"2026-06": 100}))
    declare(admin, joined, monthly(part, {"2026-06": 50}))
    declare(admin, other, monthly(others_part, {"2025-06": 10, "2026-06": 20}))
    declare(admin, third, monthly(thirds_part, {"2025-06": 10, "2026-06": 20}))
    groups = figure(from_="2026-06", to="2026-06", by="supplier")["groups"]
    assert [(group["key"], group["change_state"]) for group in groups] == [
        ("A1", "not_comparable"),
        ("B", "ok"),
        ("D", "ok"),
    ]


def test_a_declared_zero_after_a_hundred_is_minus_a_hundred_percent(admin):
    site, part = maker("A")
    declare(admin, site, monthly(part, {"2025-06": 100, "2026-06": 0}))
    answer = figure(from_="2026-06", to="2026-06")
    assert (answer["compared"], answer["change"], answer["change_state"]) == ("0", "-100", "ok")


@pytest.mark.parametrize(("now", "state"), [(5, "new"), (0, "none")])
def test_after_a_declared_zero_there_is_no_percentage(admin, now, state):
    site, part = maker("A")
    declare(admin, site, monthly(part, {"2025-06": 0, "2026-06": now}))
    answer = figure(from_="2026-06", to="2026-06")
    assert (answer["change"], answer["change_state"]) == (None, state)


def test_a_month_that_nobody_declared_last_year_is_not_compared_within_the_year(admin):
    site, part = maker("A")
    declare(admin, site, monthly(part, {"2025-02": 10, "2026-01": 7, "2026-02": 12}))
    answer = figure(year=2026, by="month")
    assert (answer["value"], answer["compared"], answer["base"], answer["change"]) == ("19", "12", "10", "20")
    states = {group["key"]: group["change_state"] for group in answer["groups"]}
    assert states == {"2026-01": "not_comparable", "2026-02": "ok"}


# Nil, missing, not said ---------------------------------------------------------------------------------
def test_a_nil_declaration_is_a_value(admin):
    site, part = maker("A")
    declare(admin, site, {"2025-06": [(part, {"produced": 100})], "2026-06": None})
    answer = figure(from_="2026-06", to="2026-06")
    assert (answer["change"], answer["coverage"]) == ("-100", {"declared": 1, "expected": 1, "missing": 0})


def test_a_missing_declaration_lowers_coverage_and_never_growth(admin):
    for code in "AB":
        site, part = maker(code)
        declare(admin, site, monthly(part, {"2025-06": 100, "2026-06": 110}))
    late, part = maker("C")
    declare(admin, late, monthly(part, {"2025-06": 700}))
    answer = figure(from_="2026-06", to="2026-06")
    assert (answer["value"], answer["compared"], answer["base"], answer["change"]) == ("220", "220", "200", "10")
    assert answer["coverage"] == {"declared": 2, "expected": 3, "missing": 1}


def test_a_month_without_two_thirds_of_the_declarations_is_shown_after_the_cut(admin):
    for code in "ABC":
        site, part = maker(code, first="2026-01")
        declare(admin, site, monthly(part, {"2026-01": 10}))
    declare(admin, site, monthly(part, {"2026-02": 5}))
    answer = figure(year=2026)
    assert (answer["value"], answer["window"]) == ("30", {"from": "2026-01", "to": "2026-01"})
    assert answer["after_cut"] == [{"month": "2026-02", "value": "5", "declared": 1, "expected": 3}]


def test_a_declaration_that_says_nothing_of_sales_is_missing_for_sales_and_received_for_completeness(admin):
    site, part = maker("A", first="2026-01")
    declare(admin, site, monthly(part, {"2026-06": 10}))
    june = {"from_": "2026-06", "to": "2026-06"}
    assert figure("sold", **june)["coverage"] == {"declared": 0, "expected": 1, "missing": 1}
    assert (figure("coverage", **june)["value"], figure("coverage", **june)["numerator"]) == ("100", "1")


def test_sold_is_after_market_first_fit_and_unsplit_and_never_exported(admin):
    site, part = maker("A", first="2026-01")
    amounts = {"sold_after_market": "1.5", "sold_first_fit": 20, "sold_unsplit": 300, "exported": 4000}
    declare(admin, site, {"2026-06": [(part, amounts)]})
    assert figure("sold", from_="2026-06", to="2026-06")["value"] == "321.5"


def test_like_for_like_by_part_takes_only_parts_said_on_both_sides(admin):
    site, part = maker("A")
    fresh, silent = making.part("A-2", site.firm), making.part("A-3", site.firm)
    last_year = [(part, {"produced": 100}), (silent, {"produced": 50})]
    this_year = [(part, {"produced": 120}), (fresh, {"produced": 30}), (silent, {"produced": None})]
    declare(admin, site, {"2025-06": last_year, "2026-06": this_year})
    alike = figure(from_="2026-06", to="2026-06", parts=True)["like_for_like"]
    assert (alike["compared"], alike["base"], alike["change"]) == ("150", "150", "0")
    assert alike["parts"] == {"compared": "120", "base": "100", "change": "20"}


def test_a_nil_declaration_says_zero_of_every_part(admin):
    site, part = maker("A")
    declare(admin, site, {"2025-06": [(part, {"produced": 100})], "2026-06": None})
    alike = figure(from_="2026-06", to="2026-06", parts=True)["like_for_like"]
    assert alike["parts"] == {"compared": "0", "base": "100", "change": "-100"}


# Who counts ---------------------------------------------------------------------------------------------
def test_months_before_a_confirmed_joining_month_are_outside_the_perimeter(admin):
    site, part = maker("A", first="2026-02")
    declare(admin, site, monthly(part, {"2026-01": 40, "2026-02": 60}))
    answer = figure(from_="2026-01", to="2026-02")
    assert (answer["value"], answer["rows"]) == ("60", 1)
    assert answer["coverage"] == {"declared": 1, "expected": 1, "missing": 0}


def test_a_site_that_nobody_confirmed_is_expected_from_its_first_month_until_it_is_silent_too_long(admin):
    site = making.site("A")
    part = making.part("A-1", site.firm)
    declare(admin, site, monthly(part, {"2026-01": 1, "2026-06": 1}))
    assert figure("coverage", from_="2026-01", to="2026-09")["coverage"] == {"declared": 2, "expected": 9, "missing": 7}
    Ledger.objects.update(demo_today=month("2026-10"))
    assert figure("coverage", from_="2026-01", to="2026-09")["coverage"] == {"declared": 2, "expected": 6, "missing": 4}


def test_a_person_of_a_firm_counts_the_rows_of_that_firm_only(admin, supplier_user):
    for code, amount in (("P05", 5), ("P06", 600)):
        site, part = maker(code, first="2026-01")
        declare(admin, site, monthly(part, {"2026-06": amount}))
    june = {"from_": "2026-06", "to": "2026-06"}
    assert figure(user=supplier_user, **june)["value"] == "5"
    with pytest.raises(WrongCall):  # as for a code that nobody has
        figure(user=supplier_user, filters={"supplier": "P06"}, **june)
    assert figure(**june)["value"] == "605"


def test_litres_stay_apart_from_pieces(admin):
    site, part = maker("A", first="2026-01")
    oil = making.part("A-OIL", site.firm, "oils", "litre")
    declare(admin, site, {"2026-06": [(part, {"produced": 10}), (oil, {"produced": "2.5"})]})
    june = {"from_": "2026-06", "to": "2026-06"}
    answer = figure(by="unit", **june)
    assert (answer["value"], answer["unit"]) == ("10", "piece")
    assert answer["other_units"] == [{"unit": "litre", "value": "2.5"}]
    assert [(group["key"], group["value"]) for group in answer["groups"]] == [("piece", "10"), ("litre", "2.5")]
    assert figure(filters={"unit": "litre"}, **june)["value"] == "2.5"


@pytest.mark.parametrize("by", [None, "supplier", "family"])
def test_a_year_in_sets_and_a_year_in_pieces_are_not_compared(admin, by):
    site, part = maker("A", first="2025-01")
    kit = making.part("A-KIT", site.firm, "brakes", "set")
    declare(admin, site, {"2025-06": [(kit, {"produced": 10})], "2026-06": [(part, {"produced": 40})]})
    answer = figure(from_="2026-06", to="2026-06", **({"by": by} if by else {}))
    assert {answer["change_state"], *(group["change_state"] for group in answer.get("groups", ()))} == {
        "not_comparable"
    }


# What was known -----------------------------------------------------------------------------------------
def at(text):
    """Return an instant in the business time zone."""
    return timezone.make_aware(datetime.fromisoformat(text))


def test_a_report_of_an_earlier_day_can_be_produced_again(admin):
    Ledger.objects.update(at=at("2026-01-01"))
    site, part = maker("A", first="2026-01")
    declare(admin, site, monthly(part, {"2026-01": 100}), at=at("2026-02-10T10:00"))
    declare(admin, site, monthly(part, {"2026-01": 107}), at=at("2026-03-18T23:59"))
    january = {"from_": "2026-01", "to": "2026-01"}
    answers = [
        figure(as_of=day, **january)["value"] for day in ("2026-02-09", "2026-02-10", "2026-03-17", "2026-03-18")
    ]
    assert answers == ["0", "100", "100", "107"]
    assert figure(as_of="v1", **january)["value"] == "100"
    assert figure(**january)["value"] == "107"


def test_a_part_that_changes_family_moves_no_total_and_no_old_report(admin):
    site, part = maker("A", first="2026-01")
    declare(admin, site, monthly(part, {"2026-01": 100}))
    with write(admin, "sorted again") as door:
        ledger.reclassify(door, part, Family.objects.get(code="clutches"))
    january = {"from_": "2026-01", "to": "2026-01", "by": "family"}
    now, before = figure(**january), figure(as_of=f"v{door.version - 1}", **january)
    assert [(group["key"], group["value"]) for group in now["groups"]] == [("clutches", "100")]
    assert [(group["key"], group["value"]) for group in before["groups"]] == [("brakes", "100")]
    assert now["value"] == before["value"] == "100"


def test_figures_are_final_when_every_month_of_both_windows_is_closed(admin, manager):
    site, part = maker("A", first="2025-06")
    declare(admin, site, monthly(part, {"2025-06": 100, "2026-06": 110}))
    june = {"from_": "2026-06", "to": "2026-06"}
    states = [figure(**june)["state"]]
    for closed in ("2026-06", "2025-06"):
        with write(manager, "closing") as door:
            periods.close(door, manager, [month(closed)])
        states.append(figure(**june)["state"])
    with write(manager, "reopening") as reopening:
        periods.reopen(reopening, manager, [month("2025-06")], "more came in")
    states.append(figure(**june)["state"])
    assert states == ["provisional", "provisional", "final", "provisional"]
    assert figure(as_of=f"v{door.version}", **june)["state"] == "final"


def test_a_closed_month_with_an_accepted_gap_is_not_final(admin, manager):
    for code in "ABC":
        site, part = maker(code, first="2026-06")
        if code != "C":
            declare(admin, site, monthly(part, {"2026-06": 100}))
    with write(manager, "closing") as door:
        periods.close(door, manager, [month("2026-06")], accept="C is late")
    assert figure(from_="2026-06", to="2026-06")["state"] == "provisional"


def test_what_a_supplier_submits_counts_when_somebody_accepted_it(admin, supplier_user):
    site, part = maker("P05", first="2026-06")
    (waiting,) = declare(supplier_user, site, monthly(part, {"2026-06": 100}))
    june = {"from_": "2026-06", "to": "2026-06"}
    assert (waiting.state, figure(**june)["value"]) == ("submitted", "0")
    with write(admin, "accepted") as door:
        actions.approve(door, admin, waiting)
    assert figure(**june)["value"] == "100"
