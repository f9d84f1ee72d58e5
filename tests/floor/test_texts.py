"""What is kept of a sentence, and how each reader reads it."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, pgettext_lazy

from partstrack.texts import TextDecoder, TextEncoder, listed, of_error, spoken

LONG = MaxLengthValidator(2)
FAULT = format_lazy(gettext_lazy("The month {month} has not begun."), month="2026-10")


def back(value):
    """Return a value as a JSON column gives it back."""
    return json.loads(json.dumps(value, cls=TextEncoder), cls=TextDecoder)


def test_a_sentence_is_read_in_the_language_of_its_reader_whoever_wrote_it():
    with translation.override("ar"):
        found = back({"why": FAULT})
    with translation.override("fr"):
        assert str(found["why"]) == "Le mois 2026-10 n’a pas commencé."
    with translation.override("en"):
        assert str(found["why"]) == "The month 2026-10 has not begun."


def test_texts_inside_a_text_are_put_into_words_too():
    found = back(
        format_lazy(gettext_lazy("The row of headings lacks: {missing}."), missing=listed([gettext_lazy("Month"), "x"]))
    )
    with translation.override("fr"):
        assert str(found) == "Il manque à la ligne de titres\u00a0: Mois, x."


def test_what_was_kept_in_words_stays_as_it_was():
    assert back(["Une phrase d’avant {avec} des signes", 3, None]) == ["Une phrase d’avant {avec} des signes", 3, None]


def test_what_is_read_may_be_kept_again():
    assert json.dumps(back(back(FAULT)), cls=TextEncoder) == json.dumps(FAULT, cls=TextEncoder)


def test_values_of_a_sentence_are_never_read_as_a_pattern():
    assert str(back(format_lazy(gettext_lazy("The month {month} has not begun."), month="{0.__class__}%s"))) != ""
    with translation.override("en"):
        assert str(back(format_lazy(gettext_lazy("{unit}"), unit="{x}"))) == "{x}"


def test_what_a_form_refuses_is_read_in_the_language_of_its_reader():
    taken = ValidationError(gettext_lazy("%(name)s has this code."), params={"name": "100 % {x}"})
    long, marked = (
        ValidationError(LONG.message, params={"limit_value": 2, "show_value": 5}),
        ValidationError("<b>x</b>"),
    )
    with translation.override("fr"):
        found = back([of_error(each) for each in (taken, ValidationError(gettext_lazy("Name")), long, marked)])
        words = " ".join(long.messages)
    with translation.override("en"):
        assert [str(each) for each in found] == ["100 % {x} has this code.", "Name", words, "x"]
        assert json.dumps(back(found), cls=TextEncoder) == json.dumps(found, cls=TextEncoder)


def test_for_plain_json_everything_is_said_in_one_language():
    with translation.override("en"):
        assert (
            json.dumps(spoken({"a": [FAULT, 1], "b": None}))
            == '{"a": ["The month 2026-10 has not begun.", 1], "b": null}'
        )


def test_a_text_that_cannot_be_kept_is_an_error_and_not_another_text():
    with pytest.raises(ValueError, match="too many values"):
        back(pgettext_lazy("values", "Refused"))
