"""Due days and working days, worked by hand at the edges of months and years; the calendar as it is recorded."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from production import calendar
from production.calendar import Calendar
from production.models import DueRule, Holiday

FIFTEENTH = ((date(2000, 1, 1), 15, False),)
MOVED = ((date(2000, 1, 1), 15, True),)
YENNAYER = frozenset({date(2026, 1, 12)})


@pytest.mark.parametrize(
    "month, day",
    [
        (date(2026, 8, 1), date(2026, 9, 15)),
        (date(2026, 12, 1), date(2027, 1, 15)),
        (date(2024, 1, 1), date(2024, 2, 15)),
        (date(2026, 4, 1), date(2026, 5, 15)),  # a Friday: the plain rule does not move
    ],
)
def test_a_month_is_due_on_the_fifteenth_of_the_next_one(month, day):
    assert Calendar(FIFTEENTH).due_day(month) == day


@pytest.mark.parametrize(
    "month, holidays, day",
    [
        (date(2026, 4, 1), (), date(2026, 5, 17)),  # Friday 15 May: Sunday
        (date(2026, 7, 1), (), date(2026, 8, 16)),  # Saturday 15 August: Sunday
        (date(2026, 4, 1), (date(2026, 5, 17), date(2026, 5, 18)), date(2026, 5, 19)),
        (date(2026, 8, 1), (date(2026, 9, 15),), date(2026, 9, 16)),
        (date(2026, 8, 1), (), date(2026, 9, 15)),
    ],
)
def test_a_rule_may_move_to_the_next_working_day(month, holidays, day):
    assert Calendar(MOVED, frozenset(holidays)).due_day(month) == day


def test_a_later_rule_holds_from_its_month_on_and_earlier_months_keep_the_one_before():
    rules = (*FIFTEENTH, (date(2026, 12, 1), 20, False))
    assert [Calendar(rules).due_day(month) for month in (date(2026, 11, 1), date(2026, 12, 1), date(1999, 1, 1))] == [
        date(2026, 12, 15),
        date(2027, 1, 20),
        date(1999, 2, 15),
    ]


@pytest.mark.parametrize(
    "day, late",
    [
        (date(2026, 9, 14), 0),
        (date(2026, 9, 15), 0),  # the due day itself, a Tuesday
        (date(2026, 9, 16), 1),
        (date(2026, 9, 17), 2),
        (date(2026, 9, 18), 2),  # Friday
        (date(2026, 9, 19), 2),  # Saturday
        (date(2026, 9, 20), 3),
        (date(2026, 9, 22), 5),
        (date(2026, 9, 29), 10),
    ],
)
def test_lateness_counts_working_days_after_the_due_day(day, late):
    assert Calendar(FIFTEENTH).working_days_late(date(2026, 8, 1), day) == late


def test_lateness_goes_over_the_end_of_the_year_and_leaves_holidays_out():
    dates = Calendar(((date(2000, 1, 1), 28, False),), frozenset({date(2026, 1, 1)}) | YENNAYER)
    # 28/12/2025 is a Sunday; 29, 30, 31, (1 holiday, 2 Friday, 3 Saturday), 4 to 8, (9, 10), 11, (12 holiday), 13
    assert dates.working_days_late(date(2025, 11, 1), date(2026, 1, 13)) == 10


@pytest.mark.parametrize(
    "today, month",
    [
        (date(2026, 9, 15), date(2026, 7, 1)),
        (date(2026, 9, 16), date(2026, 8, 1)),
        (date(2026, 1, 15), date(2025, 11, 1)),
        (date(2026, 1, 16), date(2025, 12, 1)),
        (date(2026, 11, 22), date(2026, 10, 1)),
    ],
)
def test_the_last_due_month_is_the_last_one_whose_day_has_passed(today, month):
    assert Calendar(FIFTEENTH).last_due_month(today) == month


def test_the_weekend_is_friday_and_saturday():
    week = [date(2026, 9, day) for day in range(13, 20)]  # Sunday to Saturday
    assert [Calendar(FIFTEENTH).works(day) for day in week] == [True] * 5 + [False] * 2


# As recorded --------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_calendar_is_read_with_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        dates = calendar.read()
    assert dates.rules == FIFTEENTH
    assert dates.due_day(date(2026, 8, 1)) == date(2026, 9, 15)


@pytest.mark.django_db
@pytest.mark.parametrize("year, count", [(2023, 13), (2024, 14), (2025, 14), (2026, 14), (2027, 14)])
def test_each_year_has_the_legal_holidays_of_algeria(year, count):
    days = Holiday.objects.filter(day__year=year)
    fixed = {(day.month, day.day) for day in days.filter(moon=False).values_list("day", flat=True)}
    assert (days.count(), fixed) == (count, {(1, 1), (1, 12), (5, 1), (7, 5), (11, 1)})
    assert not days.filter(name_fr="").exists() and not days.filter(name_ar="").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words, rule",
    [
        ({"from_month": date(2026, 1, 2), "day": 15}, "due_rule_month_first"),
        ({"from_month": date(2026, 1, 1), "day": 29}, "due_rule_day_in_every_month"),
        ({"from_month": date(2026, 1, 1), "day": 0}, "due_rule_day_in_every_month"),
    ],
)
def test_a_rule_begins_with_a_month_and_has_a_day_that_every_month_has(words, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        DueRule.objects.create(**words)


# The page -----------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_an_admin_adds_a_rule_and_moves_a_holiday(signed_in, admin):
    client = signed_in(admin)
    rule = {"key": "k1", "from_month": "2026-10", "day": "20", "shift": "working"}
    assert client.post("/production/calendar/rules/new/", rule).url == "/production/calendar/"
    aid = Holiday.objects.get(day=date(2027, 3, 10))
    moved = {"key": "k2", "version": "1", "day": "2027-03-09", "moon": "on"}
    names = {"name_fr": aid.name_fr, "name_ar": aid.name_ar, "name_en": aid.name_en}
    assert client.post(f"/production/calendar/holidays/{aid.pk}/", moved | names).status_code == 302
    assert client.post(f"/production/calendar/holidays/{aid.pk}/", {**moved, **names, "key": "k3"}).status_code == 409
    dates = calendar.read()
    assert (dates.due_day(date(2026, 10, 1)), dates.works(date(2027, 3, 9))) == (date(2026, 11, 22), False)


@pytest.mark.django_db
@pytest.mark.parametrize("first, day, wrong", [("soon", "15", "from_month"), ("2026-10", "31", "__all__")])
def test_a_rule_without_a_sensible_month_or_day_says_so(signed_in, admin, first, day, wrong):
    words = {"key": "k1", "from_month": first, "day": day, "shift": "none"}
    page = signed_in(admin).post("/production/calendar/rules/new/", words)
    assert list(page.context["form"].errors) == [wrong]
    assert DueRule.objects.count() == 1
