"""The register of revisions: everything that began or ceased to stand, who did it, when and why."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DecimalField, Exists, F, OuterRef, Q, Subquery, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import PIECE, Family, Unit
from office.question import Question
from partstrack.pages import ListPage
from production.models import SOLD, PeriodState, Posting, Revision
from production.revision_filters import RevisionFilters
from production.revision_tables import RevisionTable

SOLD_SUM = sum((F(name) for name in SOLD[1:]), F(SOLD[0]))
EXACT = DecimalField(max_digits=24, decimal_places=3)
PEOPLE = ("write__user", "began__author", "began__submitted_by", "began__decided_by")


class RevisionList(ListPage):
    """Every revision that began or ceased to stand, the latest first; the same rows as a file."""

    title = _("Register of revisions")
    heading_help = _(
        "Every declaration that came to stand for a month, was replaced or was taken back: when it became known, who, why, "
        "and what it changed."
    )
    table_class = RevisionTable
    filter_class = RevisionFilters
    template = "production/revision_list.html"

    def rows(self, request):
        """Return the revisions that this person may see, up to the asked situation, each with what it changed."""
        request.asked = Question(request).of()
        rows = Revision.objects.visible_to(request.user).filter(write__lte=request.asked.version)
        rows = rows.select_related("head__site__firm", "began__batch", "ended", *PEOPLE)
        moved, unit = self._moved().filter(head=OuterRef("head"), version=OuterRef("write")), self._unit()
        mine = moved.filter(unit=unit).values("head")
        return rows.annotate(
            produced=Coalesce(Subquery(mine.annotate(sum=Sum("produced")).values("sum")), Value(0), output_field=EXACT),
            sold=Coalesce(Subquery(mine.annotate(sum=Sum(SOLD_SUM)).values("sum")), Value(0), output_field=EXACT),
            others=ArraySubquery(_by_unit(moved.exclude(unit=unit))),
            closed=Exists(_closed()),
        )

    def _moved(self):
        """Return the postings; those of one family where one is asked for."""
        moved = Posting.objects.order_by()
        families = dict(Family.objects.values_list("code", "pk"))
        family = families.get(self.request.GET.get("family"))
        return moved.filter(family=family) if family else moved

    def _unit(self):
        asked = self.request.GET.get("unit")
        return asked if asked in set(Unit.objects.values_list("pk", flat=True)) else PIECE

    def totals(self, rows):
        """Add up the changes over all pages, in the one unit that is counted."""
        listed = Exists(rows.order_by().filter(head=OuterRef("head"), write=OuterRef("version")))
        sums = self._moved().filter(listed, unit=self._unit()).aggregate(produced=Sum("produced"), sold=Sum(SOLD_SUM))
        return {name: total for name, total in sums.items() if total is not None}

    def context(self, request):
        """Say in which situation, and which unit is counted."""
        question = Question(request)
        unit = Unit.objects.get(pk=self._unit())
        return {
            "asked": request.asked,
            "unit": unit.name_in(get_language()),
            "kept": list(question.situation.items()),
            "clear_url": question.keep or request.path,
        }


def _by_unit(moved):
    """Return {unit, produced, sold} of each unit of some postings, with exact texts."""
    language = get_language() if get_language() in ("ar", "en") else "fr"
    by_unit = moved.values(f"unit__name_{language}", "unit__position", "unit").annotate(
        made=Sum("produced"), gone=Sum(SOLD_SUM)
    )
    told = JSONObject(
        unit=F(f"unit__name_{language}"), produced=Cast("made", TextField()), sold=Cast("gone", TextField())
    )
    return by_unit.order_by("unit__position", "unit").values(told=told)


def _closed():
    """Return the closings that held for a revision's month when it came."""
    still = Q(to_v=None) | Q(to_v__gt=OuterRef("write"))
    return PeriodState.objects.filter(still, month=OuterRef("head__month"), from_v__lt=OuterRef("write"))
