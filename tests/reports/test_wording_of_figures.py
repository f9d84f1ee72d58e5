"""How a figure may be said: what is proposed is true, what is false is refused with the nearest true wording."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from reports.wording_of_figures import ABOUT, ALMOST, AT_LEAST, EXACT, MORE_THAN, is_true, nearest, refusal, wordings

numbers = st.decimals(min_value=1, max_value=10**12, places=3)
steps = st.sampled_from([Decimal(10) ** power for power in range(7)])
tolerances = st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(2), Decimal(10)])


def texts(value, step, language="en", **words):
    """Return the proposed wordings as texts."""
    return [said.text for said in wordings(Decimal(value), Decimal(step), language, **words)]


def refused(qualifier, stated, value, language="en", **words):
    """Return why a wording is refused."""
    return refusal(qualifier, Decimal(stated), Decimal(value), language, **words)


# What is proposed ---------------------------------------------------------------------------------------
def test_a_little_more_than_a_million_is_said_in_words():
    assert texts(1_000_412, 1_000_000) == [
        "1,000,412",
        "at least one million",
        "more than one million",
        "about one million",
    ]


def test_a_little_less_than_a_million_is_almost_one_and_never_more():
    assert texts(999_999, 1_000_000) == ["999,999", "almost one million", "about one million"]


def test_a_million_is_at_least_one_and_not_more_than_one():
    assert texts(1_000_000, 1_000_000) == ["1,000,000", "at least one million", "about one million"]


def test_at_least_is_the_largest_round_number_that_is_not_above():
    assert texts(769_548, 10_000) == [
        "769,548",
        "at least 760,000",
        "more than 760,000",
        "almost 770,000",
        "about 770,000",
    ]


def test_a_rounding_beyond_the_tolerance_is_not_proposed():
    assert texts(1_440, 1000) == ["1,440", "at least 1,000", "more than 1,000"]
    assert "about 1,000" in texts(1_440, 1000, tolerance=Decimal(31))


def test_growth_is_said_as_a_rise_or_a_fall_of_its_size():
    assert texts("29.9999610", 1, percent=True) == [
        "a rise of 30%", "a rise of at least 29%", "a rise of more than 29%", "a rise of almost 30%", "a rise of about 30%",
    ]  # fmt: skip
    assert texts("-3.25", "0.1", percent=True)[:2] == ["a fall of 3.3%", "a fall of at least 3.2%"]


def test_nothing_made_is_said_exactly_and_in_no_other_way():
    assert texts(0, 1000) == ["0"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["1 000 412", "au moins un million", "plus d’un million", "environ un million"]),
        ("ar", ["\u20661.000.412\u2069", "مليون على الأقل", "أكثر من مليون", "حوالي مليون"]),
    ],
)
def test_wordings_are_in_the_language_that_is_asked_for(language, said):
    with translation.override("en"):
        assert [text.replace("\u00a0", " ") for text in texts(1_000_412, 1_000_000, language)] == said


# What is refused ----------------------------------------------------------------------------------------
def test_more_than_a_million_is_false_of_one_less():
    assert refused(MORE_THAN, 1_000_000, 999_999) == (
        "“more than one million” is false: 999,999 was declared. True is: “almost one million”."
    )


def test_more_than_a_million_is_false_of_a_million_of_which_at_least_is_true():
    assert refused(MORE_THAN, 1_000_000, 1_000_000).endswith("True is: “at least one million”.")


def test_at_least_above_the_value_is_false():
    assert refused(AT_LEAST, 1_200_000, 1_000_412).endswith("True is: “at least one million”.")


def test_about_beyond_the_tolerance_is_false_and_says_the_tolerance():
    assert refused(ABOUT, 1_100_000, 1_000_412) == (
        "“about 1,100,000” is false: 1,000,412 was declared, which is not within 2%. True is: “about one million”."
    )


def test_a_rise_is_not_a_fall_however_it_is_rounded():
    assert refused(ABOUT, "-30", "30", percent=True) == (
        "“a fall of about 30%” is false: 30% was declared. True is: “a rise of about 30%”."
    )


def test_exactly_is_exact_to_the_decimals_that_are_stated():
    assert refused(EXACT, 30, "29.999961000012", percent=True) is None
    assert refused(EXACT, "29.9", "29.999961000012", percent=True) is not None
    assert refused(EXACT, 1_000_000, 1_000_412).endswith("True is: “1,000,412”.")


def test_what_the_papers_printed_is_refused():
    assert refused(EXACT, "3.98", "4.15", percent=True).endswith("True is: “a rise of 4.2%”.")
    assert refused(ABOUT, "-22", "22.83", percent=True).endswith("True is: “a rise of about 23%”.")


# Properties ---------------------------------------------------------------------------------------------
@given(value=numbers, step=steps, tolerance=tolerances)
def test_every_proposed_wording_is_true_and_is_not_refused(value, step, tolerance):
    for said in wordings(value, step, "en", tolerance=tolerance):
        assert is_true(said.qualifier, said.amount, value, tolerance)
        assert refusal(said.qualifier, said.amount, value, "en", tolerance=tolerance) is None


@given(value=numbers, step=steps)
def test_at_least_is_the_best_round_number(value, step):
    for said in wordings(value, step, "en"):
        if said.qualifier == AT_LEAST:
            assert said.amount <= value < said.amount + step
            assert said.amount % step == 0


@given(
    value=numbers,
    stated=numbers,
    qualifier=st.sampled_from([EXACT, AT_LEAST, MORE_THAN, ALMOST, ABOUT]),
    tolerance=tolerances,
)
def test_a_refusal_comes_exactly_when_the_wording_is_false_and_offers_a_true_one(value, stated, qualifier, tolerance):
    why = refusal(qualifier, stated, value, "en", tolerance=tolerance)
    assert (why is None) == is_true(qualifier, stated, value, tolerance)
    if why:
        offered = nearest(qualifier, stated, value, "en", tolerance=tolerance)
        assert is_true(offered.qualifier, offered.amount, value, tolerance)
        assert offered.text in why


@given(value=numbers, stated=numbers)
def test_more_than_is_true_exactly_above_and_at_least_also_at_the_number_itself(value, stated):
    assert is_true(MORE_THAN, stated, value) == (value > stated)
    assert is_true(AT_LEAST, stated, value) == (value >= stated)
