"""The columns of localisation projects, and their filters."""

import django_filters
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from accounts.models import Firm
from catalogue.models import Family
from partstrack.filters import Filters
from partstrack.searching import containing
from partstrack.tables import WRAP, Table
from partstrack.templatetags.show import day
from suppliers.models import Gate, Partner, Project
from suppliers.schedule import lateness, stage_of, steps

SHORT = {"td": {"class": "nowrap"}}
STAGES = dict(Gate.Stage.choices)


def days_late(count):
    """Say by how many days."""
    return ngettext("%(count)d day late", "%(count)d days late", count) % {"count": count}


class ProjectTable(Table):
    """Projects with their partners, stage and lateness."""

    aside = ("code", "kind", "phase_out_on")
    leads_to = ("project", "code")
    empty_text = _("No project passes these filters. Take a filter off, or add a project.")
    asked_by = {"partners": (), "stage": (), "late": ()}

    title = Column(verbose_name=_("Title"), order_by=("title", "pk"), attrs=WRAP)
    code = Column(verbose_name=_("Code"), attrs=SHORT)
    kind = Column(verbose_name=_("Kind"))
    partners = Column(verbose_name=_("Partners"), accessor="pk", orderable=False, attrs=WRAP)
    stage = Column(verbose_name=_("Stage"), accessor="pk", orderable=False)
    late = Column(verbose_name=_("Lateness"), accessor="pk", orderable=False)
    state = Column(verbose_name=_("State"))
    phase_out_on = Column(verbose_name=_("End of the import"))

    class Meta(Table.Meta):
        fields = ["title", "code", "kind", "partners", "stage", "late", "state", "phase_out_on"]

    def _steps(self, record):
        return steps(record.gates.all(), self.request.moment.today)

    def render_title(self, record):
        """Lead to the project."""
        return format_html('<a href="{}"><bdi>{}</bdi></a>', self.address_of(record), record.title)

    def render_code(self, value):
        """Show the code as one left-to-right run."""
        return format_html('<bdi dir="ltr">{}</bdi>', value)

    def render_partners(self, record):
        """Name the partners."""
        return self.file_value_partners(record) or "–"

    def file_value_partners(self, record):
        """Name the partners."""
        language = get_language()
        return gettext(", ").join(dict.fromkeys(partner.firm.name_in(language) for partner in record.partners.all()))

    def render_stage(self, record):
        """Say the last stage reached."""
        return self.file_value_stage(record) or "–"

    def file_value_stage(self, record):
        """Say the last stage reached."""
        return str(STAGES.get(stage_of(self._steps(record)), ""))

    def render_late(self, record):
        """Say by how much it is late."""
        said = self.file_value_late(record)
        return format_html('<span class="tag tag-warn">{}</span>', said) if said else "–"

    def file_value_late(self, record):
        """Say by how much it is late; a project that stopped is not."""
        late = lateness(self._steps(record)) if record.state == Project.State.ACTIVE else 0
        return days_late(late) if late else ""

    def render_phase_out_on(self, value):
        """Show the day."""
        return day(value)


def _families():
    language = get_language()
    return [(family.code, family.name_in(language)) for family in Family.objects.order_by("position", "code")]


class ProjectFilters(Filters):
    """By words, kind, state and family."""

    q = django_filters.CharFilter(label=_("Title, code or partner"), method="by_words")
    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=_("All"), choices=Project.Kind.choices)
    state = django_filters.ChoiceFilter(label=_("State"), empty_label=_("All"), choices=Project.State.choices)
    family = django_filters.ChoiceFilter(label=_("Family"), field_name="families__code", choices=_families)

    def by_words(self, rows, name, value):
        """Keep the projects with these letters in code or title, or in a name of a partner."""
        named = containing(Project.objects.order_by(), value, "code", "title").values("pk")
        firms = containing(Firm.objects.order_by(), value, "code", "name", "name_ar").values("pk")
        return rows.filter(pk__in=named.union(Partner.objects.order_by().filter(firm__in=firms).values("project")))
