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
from integration.views import OfProgramme, programme_of
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
        brought = Brought.objects.filter(milestone__programme=programme)
        points, reaches, whole = [], [], programme.known_whole_by(request.user)
        if whole:
            points, reaches = self._forecast(programme, brought, found, asked)
        named = defaultdict(dict)
        shown = brought.visible_to(request.user).select_related("component", "site__firm")
        for row in shown.order_by("component__code", "pk"):
            named[row.milestone_id].setdefault(row.component.code, row)
        certifications = programme.certification_starts.visible_to(request.user).select_related("owner", "component")
        late = [stage for stage in found if stage.overdue]
        context = {
            "programme": programme,
            "whole": whole,
            "stages": [
                (stage, named[stage.milestone.pk].values())
                for stage in sorted(found, key=lambda each: -max(each.late, 0))
            ],
            "late": late,
            "most_late": max((stage.late for stage in late), default=0),
            "timeline": road_pictures.milestones(found, programme.approved_on, asked.on),
            "forecast": road_pictures.forecast(points),
            "reaches": reaches,
            "certifications": [
                (row, [(step, step.late_on(asked.on)) for step in row.steps.all()])
                for row in certifications.prefetch_related("steps")
            ],
            "may_enter": request.user.may("enter"),
            "trail": [(programme.name_in(get_language()), reverse("programme", args=[code])), (_("Road map"), "")],
        }
        return render(request, "integration/road_map.html", context)

    def _forecast(self, programme, brought, found, asked):
        def read():
            brings = defaultdict(set)
            for milestone, code in brought.values_list("milestone", "component__code"):
                brings[milestone].add(code)
            stock = stocks([programme.pk]).get(programme.pk, Stock())
            return road.forecast(programme, stock, brings, found, Laws(), asked.on)

        return once(asked, "road", (programme.pk, asked.on), read, lambda pair: len(pair[0]))


class CertificationPage(Page):
    """One commitment to certify: its steps, notes and documents."""

    def get(self, request, code, pk):
        """Show it as it stands today."""
        rows = CertificationStart.objects.visible_to(request.user).select_related(
            "programme__maker", "owner", "component"
        )
        start = get_object_or_404(rows, pk=pk, programme__code=code)
        steps = [(step, step.late_on(request.moment.today)) for step in start.steps.all()]
        named = start.component.name_in(get_language()) if start.component else start.programme.name_in(get_language())
        context = {
            "programme": start.programme,
            "start": start,
            "named": named,
            "steps": steps,
            "late": sum(late for _step, late in steps),
            "may_enter": request.user.may("enter"),
            "trail": [
                (start.programme.name_in(get_language()), reverse("programme", args=[code])),
                (_("Road map"), reverse("road_map", args=[code])),
                (named, ""),
            ],
        }
        return render(request, "integration/certification.html", context)


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
