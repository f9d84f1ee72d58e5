"""Numbers: read as people write them, counted exactly, shown as people read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partstrack import numbers
from partstrack.numbers import Ambiguous, NotANumber, parse_number

decimals = st.decimals(min_value=-(10**14), max_value=10**14, places=3, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("007", "7"),
        ("12", "12"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("+5", "5"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("0,0", "0.0"),
        (",5", "0.5"),
        ("0.875", "0.875"),
        ("1234.567", "1234.567"),
        ("1.2345", "1.2345"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1 234 567,89", "1234567.89"),
        ("1\u202f234\u202f567,89", "1234567.89"),
        ("1\u00a0234", "1234"),
        ("1\u2009234.567", "1234.567"),
        ("1'234", "1234"),
        ("1’234’567,5", "1234567.5"),
        ("\u061c12\u2060", "12"),
        ("٢٨٧٥", "2875"),
        ("٢٬٨٧٥", "2875"),
        ("٢٫٨٧٥", "2.875"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("٢،٥", "2.5"),
        (" \u200f12 ", "12"),
    ],
)
def test_a_number_is_read_when_it_can_be_read_one_way_only(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["2.875", "2,875", "12.500", "100,000", "-2.875", "٢.٨٧٥", "٢،٨٧٥"])
def test_a_lone_mark_before_three_digits_is_asked(text):
    with pytest.raises(Ambiguous):
        parse_number(text)


def test_an_ambiguous_number_offers_both_readings():
    with pytest.raises(Ambiguous) as asked:
        parse_number("2.875")
    assert asked.value.readings == {"comma": Decimal(2875), "dot": Decimal("2.875")}


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [("2.875", "comma", "2875"), ("2.875", "dot", "2.875"), ("2,875", "comma", "2.875"), ("2,875", "dot", "2875")],
)
def test_the_answer_of_the_sender_settles_it(text, decimal, value):
    assert parse_number(text, decimal) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "decimal"),
    [("1.5", "comma"), ("1,5", "dot"), ("1.234,5", "dot"), ("1.234.567", "dot"), ("0.875", "comma")],
)
def test_a_mark_against_the_senders_style_is_refused(text, decimal):
    with pytest.raises(NotANumber):
        parse_number(text, decimal)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "5-",
        "5 %",
        "5%",
        "1e5",
        "12 34",
        "1.2.3",
        "1,23,456",
        "1.234.56",
        "5.",
        "1..5",
        "1 234.567 8",
        "N/A",
        "12 DA",
        "0x10",
        "NaN",
        "Infinity",
        "1_000",
        "'5",
        "1'23",
        "5'",
        "²",
        "1٫2٫3",
        "- 5",
        "--5",
        "(5)",
        "9" * 41,
        "1.234 567",
    ],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NotANumber):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("0,0", "comma"),
        ("1.5", "dot"),
        ("2.875", "ambiguous"),
        ("1.234,5", "comma"),
        ("1.234.567", "comma"),
        ("1,234,567", "dot"),
        ("1 234", None),
        ("12", None),
        ("abc", None),
        ("٢٫٨٧٥", None),
        ("0,125", "comma"),
    ],
)
def test_a_text_proves_its_decimal_mark_or_nothing(text, mark):
    assert numbers.decimal_mark(text) == mark


@given(decimals)
def test_what_is_shown_is_read_back_exactly(value):
    for language, decimal in (("fr", "comma"), ("ar", "comma"), ("en", "dot")):
        assert parse_number(numbers.show(value, language), decimal) == value
        assert parse_number(numbers.show(value, language, space=numbers.NARROW), decimal) == value
    assert Decimal(numbers.plain(value)) == value


@given(st.text(max_size=60))
def test_any_text_is_a_number_a_question_or_refused(text):
    try:
        assert isinstance(parse_number(text), Decimal)
    except (NotANumber, Ambiguous) as error:
        assert isinstance(error, ValueError)


def test_half_is_rounded_up_away_from_zero_at_any_size():
    assert numbers.round_half_up(Decimal("0.125"), 2) == Decimal("0.13")
    assert numbers.round_half_up(Decimal("-0.5")) == Decimal(-1)
    assert numbers.round_half_up(Decimal("2.4999")) == Decimal(2)
    assert numbers.round_half_up(Decimal("9" * 40 + ".5"), 0) == Decimal("1" + "0" * 40)


def test_a_quotient_is_rounded_once_at_twelve_decimals():
    assert numbers.plain(numbers.quotient12(Decimal(2873 - 3505) * 100, Decimal(3505))) == "-18.031383737518"
    assert numbers.quotient12(Decimal(1), Decimal(3)) == Decimal("0.333333333333")
    assert numbers.quotient12(Decimal(2), Decimal(-3)) == Decimal("-0.666666666667")
    assert numbers.quotient12(Decimal("0.0000000000005"), Decimal(1)) == Decimal("0.000000000001")
    assert numbers.plain(numbers.quotient12(Decimal(-1), Decimal(10**20))) == "0"
    with pytest.raises(ZeroDivisionError):
        numbers.quotient12(Decimal(1), Decimal(0))


@pytest.mark.parametrize(
    ("new", "old", "percent"),
    [
        ("6418212", "6162542", "4.148774969810"),
        ("155400", "126513", "22.833226624932"),
        ("640000", "560000", "14.285714285714"),
        ("0", "5", "-100"),
        ("5", "0", None),
        ("5", "-5", None),
        (None, "5", None),
        ("5", None, None),
    ],
)
def test_growth_is_said_only_on_a_positive_base(new, old, percent):
    given_new, given_old = (None if each is None else Decimal(each) for each in (new, old))
    assert numbers.growth(given_new, given_old) == (None if percent is None else Decimal(percent))


def test_a_share_is_a_percentage_of_a_whole_that_is_there():
    assert numbers.share(Decimal(43), Decimal(58)) == Decimal("74.137931034483")
    assert numbers.share(Decimal(1), Decimal(0)) is None
    assert numbers.share(None, Decimal(5)) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("19739.000", "19739"),
        ("1E+3", "1000"),
        ("0.500", "0.5"),
        ("-0", "0"),
        ("0.000", "0"),
        ("1E-12", "0.000000000001"),
    ],
)
def test_plain_text_is_exact_without_zeros_at_the_end_or_exponent(value, text):
    assert numbers.plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("language", "shown"), [("fr", "1\u00a0234\u00a0567,89"), ("ar", "1.234.567,89"), ("en", "1,234,567.89")]
)
def test_a_number_is_shown_as_its_reader_writes_it(language, shown):
    assert numbers.show(Decimal("1234567.890"), language) == shown


def test_a_number_is_shown_with_the_places_asked_for_and_a_real_minus():
    assert numbers.show(Decimal("1234.5"), "fr", places=2) == "1\u00a0234,50"
    assert numbers.show(Decimal(1234), "fr", space=numbers.NARROW) == "1\u202f234"
    assert numbers.show(Decimal(-2140), "fr") == "\u22122\u00a0140"
    assert numbers.show(Decimal("-0.04"), "fr", places=1) == "0,0"


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        ("14.285", "fr", "+14,3\u00a0%"),
        ("14.285", "ar", "+14,3\u00a0%"),
        ("14.285", "en", "+14.3%"),
        ("-18.031383737518", "fr", "\u221218,0\u00a0%"),
        ("0.04", "fr", "0,0\u00a0%"),
        ("-0.04", "fr", "0,0\u00a0%"),
        ("1000", "fr", "+1\u00a0000,0\u00a0%"),
        ("1140", "fr", "×12,4"),
        ("1140", "en", "×12.4"),
    ],
)
def test_growth_is_shown_with_its_sign_and_above_a_thousand_percent_as_a_multiplier(value, language, shown):
    assert numbers.show_percent_signed(Decimal(value), language) == shown


def test_rates_and_points_are_shown():
    assert numbers.show_percent(Decimal("74.137931034483"), "fr") == "74,1\u00a0%"
    assert numbers.show_points(Decimal("4.1"), "fr") == "+4,1"
    assert numbers.show_points(Decimal("-0.6"), "ar") == "\u22120,6"
    assert numbers.isolate("+14,3 %") == "\u2066+14,3 %\u2069"
