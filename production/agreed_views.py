"""The ranges that an agreement names: what its page shows of them, and the form that chooses them."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.entry import EntryPage
from partstrack.registry import Panel
from production.models import AgreedRange
from production.trade_forms import AgreedRangesForm
from suppliers.models import Agreement


class AgreedRangesEntry(EntryPage):
    """Choose the ranges that an agreement names."""

    form_class = AgreedRangesForm
    title_new = title_edit = _("Ranges of the agreement")

    def row(self, request, code):
        """Return the agreement of a code."""
        return get_object_or_404(Agreement.objects.visible_to(request.user), code=code)

    def address(self, row):
        """Lead to the agreement."""
        return reverse("agreement", args=[row.code])

    def above(self, row):
        """Lead back to the agreement."""
        return [(row.title, self.address(row))]

    def save(self, door, user, form):
        """Write the agreement's version, then the ranges that came and went."""
        row, chosen = form.save_row(), set(form.cleaned_data["ranges"])
        row.agreed_ranges.exclude(range__in=chosen).delete()
        named = set(row.agreed_ranges.values_list("range", flat=True))
        for each in sorted(chosen, key=lambda each: each.code):
            if each.pk not in named:
                AgreedRange.objects.create(agreement=row, range=each)
        return row


def ranges_of(request, subject):
    """Return the ranges of an agreement, for those who see every firm."""
    if not request.user.may("see_all"):
        return {}
    rows = AgreedRange.objects.visible_to(request.user).filter(agreement=subject)
    return {
        "ranges": [each.range for each in rows.select_related("range__brand", "range__family")],
        "url": reverse("agreed_ranges", args=[subject.code]) if request.user.may("enter") else "",
        "shown": True,
    }


PANELS = [Panel("agreement", "production/agreed_ranges.html", ranges_of)]
