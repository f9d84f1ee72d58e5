"""The pages of vehicle programmes: their list, one programme with its rate and all that it rests on."""

from decimal import Decimal

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import scope
from integration import road_pictures
from integration.cards import rate_of
from integration.figures import exposed_lines, rule_of
from integration.filters import ProgrammeFilters
from integration.forms import ProgrammeForm
from integration.items import stocks
from integration.models import Assessment, Component, Policy, VehicleProgramme
from integration.rates import Laws, kept_reading, story
from integration.resting import resting_of
from integration.tables import ProgrammeTable
from office.entry import EntryPage
from office.forms import fresh_key
from office.question import Question
from partstrack import registry
from partstrack.kept import once
from partstrack.numbers import plain
from partstrack.pages import ListPage, Page

SHOWN = 25  # components of the page; the list has them all


class ProgrammeList(ListPage):
    """Vehicle programmes with their rate of today."""

    title = _("Local integration")
    table_class = ProgrammeTable
    filter_class = ProgrammeFilters
    template = "integration/list.html"

    def rows(self, request):
        """Return the programmes."""
        return VehicleProgramme.objects.visible_to(request.user).select_related("maker", "market")

    def context(self, request):
        """Add the rule that counts the rates."""
        today = request.moment.today
        return {"policy": Policy.objects.law(today), "today": today, "may_enter": request.user.may("enter")}


def programme_of(user, code):
    """Return the programme of a code, or Http404 when there is none or it is not theirs."""
    rows = VehicleProgramme.objects.visible_to(user).select_related("maker__parent", "market")
    return get_object_or_404(rows, code=code)


class ProgrammePage(Page):
    """One programme: its rate with the ladder of steps, what it rests on, components, road map, commitments to certify."""

    def get(self, request, code):
        """Show the programme on the asked day, under the rule of that day or the asked one."""
        programme = programme_of(request.user, code)
        question = Question(request, filters=("rule",), yearly=False)
        asked = question.of()
        asked = asked.but(filters={**asked.filters, "programme": code})
        reading = kept_reading(asked, programme, asked.on, rule_of(asked))
        whole = programme.known_whole_by(request.user)
        context = {
            "programme": programme,
            "question": question,
            "asked": asked,
            "today": asked.on == request.moment.today,
            "partners": programme.partners.select_related("parent"),
            "reading": reading,
            "rate": rate_of(reading, asked),
            "url": f"{reverse('figure', args=['regulatory_rate'])}{question.link(programme=code)}",
            "policy_note": reading.policy.note_in(get_language()) if reading.policy else "",
            "rules": self._rules(question, reading.policy),
            "history": self._history(programme, reading, asked),
            "ladder": [(rung, reading.money(rung)) for rung in reading.rungs],
            "in_value": bool(reading.policy) and reading.policy.rule.basis == "value",
            "evidence": _evidence(reading),
            "exposed": _exposed(reading, asked, whole),
            "components": self._components(request.user, reading),
            "component_count": Component.objects.visible_to(request.user).filter(programme=programme).count(),
            "volumes": programme.volumes.all(),
            "milestones": [(stage, stage.late_on(asked.on)) for stage in programme.milestones.all()],
            "certifications": programme.certification_starts.visible_to(request.user).select_related("owner"),
            "panels": [(panel.template, panel.build(request, programme)) for panel in registry.panels("programme")],
            "whole": whole,
            "assessments": Assessment.objects.visible_to(request.user).filter(programme=programme)[:SHOWN],
            "key": fresh_key(),
            "shown": "" if reading.value is None else plain(reading.value),
            "may_publish": whole and reading.value is not None and request.user.may("report"),
            "may_enter": request.user.may("enter"),
        }
        return render(request, "integration/programme.html", context)

    def _history(self, programme, reading, asked):
        """Return the chart of the rate until the asked day, each day under the rule of its time."""

        def read():
            stock = stocks([programme.pk]).get(programme.pk)
            return story(programme, stock, Laws(), asked.on) if stock else []

        points = once(asked, "story", (programme.pk, asked.on), read)
        return road_pictures.history(points, [(rung.minimum, rung.due_on) for rung in reading.rungs], asked.on)

    def _rules(self, question, policy):
        """Return [(rule, address, whether it is the one that counts)] under which the rate may be read."""
        rows = Policy.objects.order_by("-valid_from", "pk")
        return [(row, question.link(rule=row.code), row == policy) for row in rows]

    def _components(self, user, reading):
        """Return [(component, its line, its points)] of the first components, those that bring most first."""
        rows = Component.objects.visible_to(user).filter(programme=reading.programme).valid_on(reading.day)
        rows = rows.select_related("family", "site", "parent", "exchange", "origin")
        if reading.count is None:
            return [(row, None, None) for row in rows[:SHOWN]]
        mine = set(rows.values_list("pk", flat=True)) if scope(user) is not None else None
        lines = [line for line in reading.ordered if mine is None or line.item.key in mine][:SHOWN]
        by_key = rows.in_bulk([line.item.key for line in lines])
        return [(by_key[line.item.key], line, reading.count.points(line)) for line in lines]


def _evidence(reading):
    """Return [(state in words, points that rest on it, share of the rate in percent)], the best proved first."""
    points = reading.by_evidence if reading.value else {}
    said, total = dict(Component.Evidence.choices), sum(points.values(), Decimal(0))
    states = [state for state in reversed(Component.Evidence.values) if points.get(state)]
    return [(said[state], points[state], points[state] / total * 100) for state in states]


def _exposed(reading, asked, whole):
    """Return what is exposed: {"points", "rows": [(component, points, covers)]}; None where that may not be known."""
    if not whole or reading.value is None:
        return None
    lines = exposed_lines(reading, resting_of(reading.programme, asked.on))
    names = Component.objects.select_related("site").in_bulk([line.item.key for line, _rest in lines])
    rows = [(names[line.item.key], reading.count.points(line), rest.exposed) for line, rest in lines]
    return {"points": sum((points for _row, points, _covers in rows), Decimal(0)), "rows": rows}


class ProgrammeEntry(EntryPage):
    """Add or change a programme."""

    adds = {"partners": "supplier_new"}
    copies = True
    form_class = ProgrammeForm
    title_new, title_edit = _("New vehicle programme"), _("Change the vehicle programme")

    def row(self, request, code=None):
        """Return the programme of a code, or a new one."""
        if code is None:
            return VehicleProgramme()
        return get_object_or_404(VehicleProgramme.objects.visible_to(request.user), code=code)

    def address(self, row):
        """Lead to the programme."""
        return reverse("programme", args=[row.code])

    def back(self, row):
        """Lead back to the programme, or to the list."""
        return self.address(row) if row.pk else reverse("programme_list")


class OfProgramme(EntryPage):
    """Add or change a row of one programme."""

    copies = True
    model = None

    def row(self, request, code, pk=None):
        """Return the row of that number, or a new one of the programme."""
        programme = get_object_or_404(VehicleProgramme.objects.visible_to(request.user), code=code)
        return get_object_or_404(self.model, pk=pk, programme=programme) if pk else self.model(programme=programme)

    def address(self, row):
        """Lead to the programme."""
        return reverse("programme", args=[row.programme.code])

    def above(self, row):
        """Lead back to the programme."""
        return [(row.programme.name_in(get_language()), self.address(row))]
