"""Received files, found by their number or the words of their name."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intake.models import Batch
from partstrack.registry import Hit, Search
from partstrack.searching import found_by, holding

LAST = 2**31  # numbers of files are below


def files(user, said, limit):
    """Return the files of a number, or whose name holds every word, the newest first."""
    rows = Batch.objects.visible_to(user)
    named = holding(rows, said.words, "name").values("pk")
    number = _number(said)
    numbered = rows.filter(pk=number).values("pk")
    ways = (numbered, named) if number is not None else (named,)
    return [_hit(batch, number, said) for batch in found_by(rows.select_related("firm"), limit, *ways)]


def _number(said):
    """Return the number that was typed, None when it is none."""
    text = said.folded
    return int(text) if text.isdecimal() and len(text) < 11 and int(text) < LAST else None


def _hit(batch, number, said):
    firm = batch.firm.name_in(get_language()) if batch.firm else ""
    detail = " · ".join(filter(None, (firm, f"{batch.received_at:%d/%m/%Y}", str(batch.get_state_display()))))
    exact = batch.pk == number or said.is_exactly(batch.name)
    return Hit(batch.name, reverse("batch", args=[batch.pk]), f"{batch.pk}", detail, exact)


def _more(said):
    return f"{reverse('batch_list')}?{urlencode({'q': said.text})}"


SEARCH = [Search("file", _("Received files"), files, order=60, right="upload", more=_more)]
