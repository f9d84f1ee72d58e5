"""Two spellings of one word meet, and nothing unseen makes two of what looks like one."""

import pytest

from catalogue.models import reference_key
from partstrack.folding import fold, legible


@pytest.mark.parametrize(
    "text",
    ["Réf A1", "Réf\u00a0A1", " Réf  A1 ", "Ré\u200bf A1", "\u202eRéf A1\u202c", "Réf\nA1", "R\u00adéf A1\ufeff"],
)
def test_what_looks_the_same_is_the_same(text):
    assert legible(text) == "Réf A1"
    assert fold(text) == "ref a1"
    assert reference_key(text) == "RÉFA1"


def test_a_reference_in_arabic_digits_is_the_same_reference():
    assert reference_key("٨٢٠٠ ٧٦٨-٩١٣") == reference_key("۸۲۰۰۷۶۸۹۱۳") == "8200768913"


def test_control_letters_are_spaces():
    assert legible("a\x00b\x1b[31mc\x85d") == "a b [31mc d"
