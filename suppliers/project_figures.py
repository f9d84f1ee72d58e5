"""The numbers of localisation projects: how many go on, by stage, and how many are late. No request, no clock."""

from collections import Counter
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partstrack.figures import Answer, Group, checked, on_a_day, percent
from partstrack.registry import Figure
from suppliers.agreement_figures import firm_of
from suppliers.models import Gate, Partner, Project
from suppliers.schedule import lateness, stage_of, steps

FILTERS = ("supplier",)


def read(ask):
    """Return [(project, its steps on the asked day)] of the projects going on that pass the filters; two queries."""
    rows = Project.objects.within(ask.scope).going_on()
    if code := ask.filters.get("supplier"):
        rows = rows.filter(pk__in=Partner.objects.filter(firm__in=firm_of(code, ask)).values("project"))
    return [(project, steps(project.gates.all(), ask.on)) for project in rows.prefetch_related("gates")]


def projects_active(ask):
    """Localisation projects going on, by the last stage that each had reached on the asked day."""
    checked(on_a_day(ask), ("stage",), FILTERS)
    found = read(ask)
    counts, names = Counter(stage_of(each) for _project, each in found), dict(Gate.Stage.choices)
    groups = tuple(
        Group(
            stage or "-", Decimal(count), Decimal(count), None, None, None, "none", names.get(stage, _("none reached"))
        )
        for stage, count in sorted(counts.items(), key=lambda each: (-each[1], Gate.ORDER.get(each[0], -1)))
    )
    value = Decimal(len(found))
    return Answer(
        name="projects_active",
        value=value,
        unit="project",
        state="provisional",
        version=ask.version,
        definition=ACTIVE,
        compared=value,
        basis=_("Stages as reached by %(day)s.") % {"day": f"{ask.on:%d/%m/%Y}"},
        rows=len(found),
        groups=groups if ask.by else None,
        by=ask.by,
        queryset=Project.objects.filter(pk__in=[project.pk for project, _steps in found]),
    )


def projects_late(ask):
    """Projects going on with a stage whose day has passed without being reached, in percent of those going on."""
    checked(on_a_day(ask), (), FILTERS)
    found = read(ask)
    late = [project.pk for project, each in found if lateness(each)]
    over, under = Decimal(len(late)), Decimal(len(found))
    value = percent(over, under)
    most = max((lateness(each) for _project, each in found), default=0)
    return Answer(
        name="projects_late",
        value=value,
        unit="percent",
        state="provisional" if found else "none",
        version=ask.version,
        definition=LATE,
        compared=value,
        change_unit="points",
        basis=_("On %(day)s; the latest by %(days)d days.") % {"day": f"{ask.on:%d/%m/%Y}", "days": most},
        numerator=over,
        denominator=under,
        rows=len(late),
        queryset=Project.objects.filter(pk__in=late),
    )


ACTIVE = gettext_lazy("Localisation projects that were neither suspended nor given up.")
LATE = gettext_lazy("Projects going on with a stage whose planned day has passed and that was not reached.")

FIGURES = [
    Figure(
        "projects_active",
        gettext_lazy("Localisation projects going on"),
        ACTIVE,
        gettext_lazy("Projects in the state “going on”. By stage: the last stage, in the order of a part's life, reached by the day."),
        "",
        projects_active,
        "project",
        ("stage",),
        FILTERS,
        period="day",
    ),
    Figure(
        "projects_late",
        gettext_lazy("Share of late projects"),
        LATE,
        gettext_lazy(
            "Projects going on with at least one stage not reached by the day and planned before it / projects going on. A stage "
            "without a day is planned so many months after the one before it was reached, or else was planned."
        ),
        "",
        projects_late,
        "percent",
        (),
        FILTERS,
        period="day",
    ),
]  # fmt: skip
