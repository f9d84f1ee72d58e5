"""Numbers in forms are read as people write them, never guessed."""

from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from office.forms import Amount


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("20 000", "20000"),
        ("20\u202f000", "20000"),
        ("1 500,5", "1500.5"),
        ("1.500,5", "1500.5"),
        ("20000.5", "20000.5"),
        ("2,8750", "2.875"),
        ("14,9", "14.9"),
    ],
)
def test_a_number_is_read_as_people_write_it(text, number):
    assert Amount(max_digits=18, decimal_places=3).clean(text) == Decimal(number)


@pytest.mark.parametrize(("text", "code"), [("20.000", "ambiguous"), ("1,234", "ambiguous"), ("vingt", "invalid")])
def test_what_can_be_read_in_two_ways_is_asked_back(text, code):
    with pytest.raises(forms.ValidationError) as refused:
        Amount(max_digits=18, decimal_places=3).clean(text)
    assert refused.value.error_list[0].code == code


@pytest.mark.parametrize(("language", "shown"), [("fr", "2,8750"), ("ar", "2,8750"), ("en", "2.8750")])
def test_a_number_is_shown_so_that_it_can_be_sent_as_it_stands(language, shown):
    field = Amount(max_digits=18, decimal_places=3)
    with translation.override(language):
        assert field.prepare_value(Decimal("2.875")) == shown
    assert field.clean(shown) == Decimal("2.875")
