"""Months as people write them, counted and named."""

from datetime import date, datetime

import pytest

from partstrack import periods

JANUARY = date(2025, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "01/2025",
        "1/2025",
        "01-2025",
        "2025-01",
        "2025/1",
        "202501",
        "01/01/2025",
        "2025-01-01",
        "2025-01-01 00:00:00",
        "janvier 2025",
        "JANVIER 2025",
        "Janvier2025",
        "janv-25",
        "janv. 2025",
        "janv.-25",
        "Jan 2025",
        "Jan'25",
        "January 2025",
        "2025 janvier",
        "mois de janvier 2025",
        "  janvier\u00a02025 ",
        "جانفي 2025",
        "يناير ٢٠٢٥",
        "كانون الثاني 2025",
        "شهر جانفي 2025",
        "٠١/٢٠٢٥",
        "\u200f01/2025",
    ],
)
def test_january_2025_is_read_however_it_is_written(text):
    assert periods.parse_month(text) == JANUARY


@pytest.mark.parametrize(
    ("names", "number"),
    [
        ("février fevrier févr. fév February Feb فيفري فبراير شباط", 2),
        ("mars March Mar مارس آذار اذار", 3),
        ("avril avr. April Apr أفريل افريل أبريل إبريل نيسان", 4),
        ("mai May ماي مايو أيار", 5),
        ("juin June Jun جوان يونيو حزيران", 6),
        ("juillet juil. July Jul جويلية جويليه يوليو تموز", 7),
        ("août aout AOÛT August Aug أوت اوت أغسطس آب غشت", 8),
        ("septembre sept. September Sep سبتمبر أيلول شتنبر", 9),
        ("octobre oct. October Oct أكتوبر اكتوبر", 10),
        ("novembre nov. November Nov نوفمبر نونبر", 11),
        ("décembre decembre déc. December Dec ديسمبر دجنبر", 12),
    ],
)
def test_month_names_are_read_in_three_languages_with_and_without_accents(names, number):
    read = [periods.parse_month(f"{name} 2025") for name in names.split()]
    assert read == [date(2025, number, 1)] * len(read)


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("style", ["long", "short"])
def test_every_month_that_is_shown_is_read_back(language, style):
    months = periods.month_range(date(2024, 1, 1), date(2025, 12, 1))
    assert [periods.parse_month(periods.month_name(month, language, style)) for month in months] == months


def test_two_figures_of_a_year_lie_around_the_present():
    assert periods.parse_month("janv-98") == date(1998, 1, 1)
    assert periods.parse_month("janv-69") == date(2069, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025",
        "13/2025",
        "00/2025",
        "02/01/2025",
        "31/01/2025",
        "2025-01-31",
        "01/25",
        "janvier",
        "T1 2025",
        "total",
        "jui 2025",
        "21030168",
        "199913",
        "x" * 500,
        "01/1850",
        "01/9999",
        "janvier 2025 (prévu)",
    ],
)
def test_what_is_no_month_or_could_be_two_is_not_guessed(text):
    assert periods.parse_month(text) is None


def test_a_real_date_is_a_month_on_its_first_and_last_day_only():
    assert periods.parse_month(date(2025, 1, 1)) == JANUARY
    assert periods.parse_month(datetime(2025, 1, 1, 0, 0)) == JANUARY  # noqa: DTZ001 (a cell has no zone)
    assert periods.parse_month(date(2025, 1, 31)) == JANUARY
    assert periods.parse_month(date(2025, 1, 25)) is None
    assert periods.parse_month(None) is None
    assert periods.parse_month(45658) is None


def test_a_bare_month_name_is_completed_by_a_year():
    assert periods.parse_month("août", year=2026) == date(2026, 8, 1)
    assert periods.is_month_name("Août")
    assert not periods.is_month_name("Août 2026")


def test_months_are_counted_across_years():
    assert periods.shift(date(2025, 1, 1), -1) == date(2024, 12, 1)
    assert periods.shift(date(2025, 12, 1), 1) == date(2026, 1, 1)
    assert periods.shift(date(2025, 3, 1), -27) == date(2022, 12, 1)
    assert periods.months_between(date(2024, 11, 1), date(2025, 2, 1)) == 3
    assert periods.months_between(date(2025, 2, 1), date(2024, 11, 1)) == -3
    assert periods.month_range(date(2024, 12, 1), date(2025, 2, 1)) == [date(2024, 12, 1), JANUARY, date(2025, 2, 1)]
    assert periods.month_range(JANUARY, date(2024, 12, 1)) == []
    assert periods.month_of(date(2025, 1, 17)) == JANUARY
    assert periods.year_start(date(2025, 9, 1)) == JANUARY


def test_iso_goes_both_ways_and_refuses_the_rest():
    assert periods.to_iso(date(2026, 8, 1)) == "2026-08"
    assert periods.from_iso("2026-08") == date(2026, 8, 1)
    for wrong in ["2026-8", "08/2026", "2026-13", "2026-08-01", "٢٠٢٦-٠٨"]:
        with pytest.raises(ValueError, match=r".+"):
            periods.from_iso(wrong)


def test_a_month_is_named_in_the_languages_of_the_pages():
    august = date(2026, 8, 1)
    assert periods.month_name(august, "fr") == "août 2026"
    assert periods.month_name(JANUARY, "fr", "short") == "janv. 2025"
    assert periods.month_name(august, "ar") == "أوت 2026"
    assert periods.month_name(august, "ar-dz", "abbr") == "أوت"
    assert periods.month_name(august, "en", "short") == "Aug 2026"
    assert periods.month_name(august, "fr", "name") == "août"


@pytest.mark.parametrize(
    ("first", "last", "language", "label"),
    [
        ((2026, 1), (2026, 8), "fr", "janvier – août 2026"),
        ((2026, 1), (2026, 8), "ar", "من جانفي إلى أوت 2026"),
        ((2026, 1), (2026, 8), "en", "January – August 2026"),
        ((2025, 1), (2025, 12), "fr", "2025"),
        ((2023, 1), (2025, 12), "fr", "2023 – 2025"),
        ((2025, 11), (2026, 2), "fr", "novembre 2025 – février 2026"),
        ((2026, 8), (2026, 8), "fr", "août 2026"),
    ],
)
def test_a_run_of_months_is_named_as_briefly_as_it_can_be(first, last, language, label):
    assert periods.span_label(date(*first, 1), date(*last, 1), language) == label


def test_a_run_of_months_has_a_short_name_for_narrow_places():
    assert periods.span_label(JANUARY, date(2025, 8, 1), "fr", "short") == "janv.–août 2025"


@pytest.mark.parametrize(
    ("text", "months", "year"),
    [
        ("T1 2026", (1, 2, 3), 2026),
        ("Q4-25", (10, 11, 12), 2025),
        ("2026 T2", (4, 5, 6), 2026),
        ("T3", (7, 8, 9), None),
        ("S1 2026", (1, 2, 3, 4, 5, 6), 2026),
        ("H2/2026", (7, 8, 9, 10, 11, 12), 2026),
        ("1er trimestre 2026", (1, 2, 3), 2026),
        ("Deuxième trimestre de 2026", (4, 5, 6), 2026),
        ("3ème trimestre", (7, 8, 9), None),
        ("Semestre 2", (7, 8, 9, 10, 11, 12), None),
        ("Second half 2026", (7, 8, 9, 10, 11, 12), 2026),
        ("الثلاثي الأول 2026", (1, 2, 3), 2026),
        ("السداسي الثاني", (7, 8, 9, 10, 11, 12), None),
    ],
)
def test_a_part_of_the_year_is_read_however_it_is_written(text, months, year):
    assert periods.part_of_year(text) == (months, year)


@pytest.mark.parametrize("text", ["", "S3 2026", "T5", "T1 2026 vendu", "janvier 2026", "2026", "total", "T" * 99])
def test_what_is_no_part_of_a_year_is_not_taken_for_one(text):
    assert periods.part_of_year(text) is None
