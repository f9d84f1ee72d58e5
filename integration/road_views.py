"""The pages of a road map: milestones, what they make of the rate, certifications step by step."""

from collections import defaultdict

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from integration import road, road_pictures
from integration.items import Stock, stocks
from integration.models import Brought, CertificationStart, CertificationStep, Milestone
from integration.rates import Laws
from integration.road_forms import CertificationForm, MilestoneForm, StepForm
from integration.views import OfProgramme, knows_whole, programme_of
from office.asking import ask
from office.entry import EntryPage
from partstrack.kept import once
from partstrack.pages import Page


class RoadMap(Page):
    """The road map of a programme: lateness first, the rate as it would make it, certifications."""

    def get(self, request, code):
        """Show it as it stands today."""
        programme = programme_of(request.user, code)
        asked = ask(request.user, request.moment, {}, {})
        found = road.stages(programme.milestones.all(), asked.on)
        brings, named = defaultdict(set), defaultdict(list)
        rows = Brought.objects.filter(milestone__programme=programme).select_related("component", "site")
        for row in rows.order_by("component__code", "pk"):
            brings[row.milestone_id].add(row.component_id)
            named[row.milestone_id].append(row.component)
        points, reaches = [], []
        if knows_whole(request.user, programme):
            points, reaches = self._forecast(programme, brings, found, asked)
        certifications = programme.certification_starts.select_related("owner", "component").prefetch_related("steps")
        late = [stage for stage in found if stage.overdue]
        context = {
            "programme": programme,
            "stages": [
                (stage, named[stage.milestone.pk]) for stage in sorted(found, key=lambda each: -max(each.late, 0))
            ],
            "late": late,
            "most_late": max((stage.late for stage in late), default=0),
            "forecast": road_pictures.forecast(points),
            "reaches": reaches,
            "certifications": [
                (row, [(step, step.late_on(asked.on)) for step in row.steps.all()]) for row in certifications
            ],
            "may_enter": request.user.may("enter"),
            "trail": [(programme.name_in(get_language()), reverse("programme", args=[code])), (_("Road map"), "")],
        }
        return render(request, "integration/road_map.html", context)

    def _forecast(self, programme, brings, found, asked):
        def read():
            stock = stocks([programme.pk]).get(programme.pk, Stock())
            return road.forecast(programme, stock, brings, found, Laws(), asked.on)

        return once(asked, "road", (programme.pk, asked.on), read, lambda pair: len(pair[0]))


class OnRoad(OfProgramme):
    """Add or change a row of a road map."""

    def address(self, row):
        """Lead to the road map."""
        return reverse("road_map", args=[row.programme.code])


class MilestoneEntry(OnRoad):
    """Add or change a milestone."""

    model, form_class = Milestone, MilestoneForm
    title_new, title_edit = _("New milestone"), _("Change the milestone")


class CertificationEntry(OnRoad):
    """Add or change a commitment to certify."""

    model, form_class = CertificationStart, CertificationForm
    title_new, title_edit = _("New commitment to certify"), _("Change the commitment to certify")


class StepEntry(EntryPage):
    """Add or change a step of a certification."""

    form_class = StepForm
    title_new, title_edit = _("New step of the certification"), _("Change the step of the certification")

    def row(self, request, code, certification, pk=None):
        """Return the step of that number, or a new one."""
        starts = CertificationStart.objects.visible_to(request.user).select_related("programme")
        start = get_object_or_404(starts, pk=certification, programme__code=code)
        if pk:
            return get_object_or_404(CertificationStep, pk=pk, certification=start)
        return CertificationStep(certification=start)

    def address(self, row):
        """Lead to the road map."""
        return reverse("road_map", args=[row.certification.programme.code])

    def above(self, row):
        """Lead back to the road map."""
        return [(_("Road map"), self.address(row))]
