"""Scenarios: what was supposed of a programme, kept under a name, and compared side by side."""

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from integration.models import Component, Scenario
from integration.rates import kept_reading
from integration.simulator_views import suppose
from integration.views import programme_of
from office.asking import ask
from office.entry import EntryPage
from office.forms import WriteForm
from partstrack.filters import Filters
from partstrack.pages import ListPage
from partstrack.tables import NUMBER, WRAP, Table
from partstrack.templatetags import show


class ScenarioForm(WriteForm):
    """The name of a scenario, what it is for, and whether others see it."""

    fixed = ("programme", "owner")

    class Meta:
        model = Scenario
        fields = ["name", "note", "shared"]
        help_texts = {"shared": _("Everybody of the house who may see the programme.")}


class ScenarioTable(Table):
    """Scenarios beside the official rate, as they count today."""

    empty_text = _("No scenario is kept. Open the simulator, suppose something, and save it.")
    people = ("owner",)

    name = Column(verbose_name=_("Scenario"), attrs=WRAP)
    rate = Column(verbose_name=_("Supposed rate"), accessor="pk", orderable=False, attrs=NUMBER)
    change = Column(verbose_name=_("Points"), accessor="pk", orderable=False, attrs=NUMBER)
    reached = Column(verbose_name=_("Step reached"), accessor="pk", orderable=False, attrs=NUMBER)
    what = Column(verbose_name=_("Made locally"), accessor="pk", orderable=False, attrs=WRAP)
    owner = Column(verbose_name=_("Owner"), accessor="owner__name")
    shared = Column(verbose_name=_("Shared"))
    note = Column(verbose_name=_("Note"), attrs=WRAP)
    edit = Column(verbose_name=_("Change"), accessor="pk", orderable=False, empty_values=())

    class Meta(Table.Meta):
        fields = ["name", "rate", "change", "reached", "what", "owner", "shared", "note", "edit"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.columns["edit"].column.screen_only = True

    def _outcome(self, record):
        return self.request.outcome(record)

    def render_name(self, record):
        """Lead to the simulator with all that is supposed."""
        return format_html('<a href="{}?{}"><bdi>{}</bdi></a>', self.request.simulator, record.query, record.name)

    def render_rate(self, record):
        """Show the rate that it makes today."""
        return show.rate(self.file_value_rate(record), 2)

    def file_value_rate(self, record):
        """Return the rate that it makes today."""
        return self._outcome(record)[0]

    def render_change(self, record):
        """Show the points between it and the official rate."""
        return show.change(self.file_value_change(record), "points", 2)

    def file_value_change(self, record):
        """Return the points between it and the official rate."""
        value, official, _rung, _names = self._outcome(record)
        return None if value is None or official is None else value - official

    def render_reached(self, record):
        """Show the highest step that it reaches."""
        return show.rate(self.file_value_reached(record), 0)

    def file_value_reached(self, record):
        """Return the highest step that it reaches."""
        return self._outcome(record)[2]

    def render_what(self, record):
        """Name what it makes locally."""
        return self.file_value_what(record) or "–"

    def file_value_what(self, record):
        """Name what it makes locally."""
        return gettext(", ").join(self._outcome(record)[3])

    def render_shared(self, value):
        """Say yes or no."""
        return gettext("yes") if value else gettext("no")

    def render_edit(self, record):
        """Lead its owner to its form."""
        if record.owner_id != self.request.user.pk:
            return ""
        address = reverse("scenario_edit", args=[self.request.programme.code, record.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Change"))


class ScenarioFilters(Filters):
    """None."""


def programme_for(request, code):
    """Return a programme that a person may know whole, or Http404."""
    programme = programme_of(request.user, code)
    if not programme.known_whole_by(request.user):
        raise Http404
    return programme


class ScenarioList(ListPage):
    """The scenarios of a programme, side by side with the official rate."""

    title = _("Scenarios")
    table_class = ScenarioTable
    filter_class = ScenarioFilters
    template = "integration/scenarios.html"

    def get(self, request, code):
        """Show them, or give them as a file."""
        self.programme = request.programme = programme_for(request, code)
        request.simulator = reverse("simulator", args=[code])
        self.asked = ask(request.user, request.moment, {}, {})
        self.reading = kept_reading(self.asked, self.programme, self.asked.on)
        known = {}
        names = {
            row.code: row.name_in(get_language())
            for row in Component.objects.filter(programme=self.programme).order_by("pk")
        }

        def outcome(scenario):
            if scenario.pk not in known:
                known[scenario.pk] = self._outcome(scenario, names)
            return known[scenario.pk]

        request.outcome = outcome
        return super().get(request)

    def _outcome(self, scenario, names):
        """Return (rate, official rate, highest step reached, names of what is made locally) as things stand today."""
        if self.reading.value is None:
            return None, None, None, []
        query = QueryDict(scenario.query)
        _forest, supposed, _changes, counted, rungs = suppose(self.programme, self.asked, self.reading, query)
        reached = max((each.minimum for each in rungs if each.reached), default=None)
        said = [names.get(supposed.names[key], supposed.names[key]) for key in supposed.local]
        return counted.value, self.reading.value, reached, sorted(said)

    def rows(self, request):
        """Return the scenarios that this person may see."""
        return Scenario.objects.visible_to(request.user).filter(programme=self.programme).select_related("owner")

    def context(self, request):
        """Add the programme and its official rate."""
        return {
            "programme": self.programme,
            "reading": self.reading,
            "trail": [
                (self.programme.name_in(get_language()), reverse("programme", args=[self.programme.code])),
                (gettext("Simulator"), request.simulator),
                (self.title, ""),
            ],
        }


class ScenarioEntry(EntryPage):
    """Keep a scenario, or change its name. Whoever sees the programme whole may keep their own."""

    right = "see"
    form_class = ScenarioForm
    title_new, title_edit = _("New scenario"), _("Change the scenario")

    def row(self, request, code, pk=None):
        """Return this person's scenario of that number, or a new one of what ?said= supposes."""
        programme = programme_for(request, code)
        if pk:
            return get_object_or_404(Scenario, pk=pk, programme=programme, owner=request.user)
        return Scenario(programme=programme, owner=request.user, query=request.GET.get("said", "")[:20_000])

    def address(self, row):
        """Lead to the scenarios."""
        return reverse("scenario_list", args=[row.programme.code])

    def above(self, row):
        """Lead back to the programme."""
        return [(row.programme.name_in(get_language()), reverse("programme", args=[row.programme.code]))]
