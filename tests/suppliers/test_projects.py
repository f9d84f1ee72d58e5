"""Localisation projects: when stages are due, how late a project is, what that moves; pages and figures."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from office.asking import ask
from office.clock import Moment
from partstrack import registry
from partstrack.figures import percent
from suppliers.models import Gate, Partner, Project
from suppliers.project_figures import projects_active, projects_late
from suppliers.schedule import lateness, shifted, stage_of, steps
from tests import making
from tests.conftest import TODAY
from tests.suppliers.test_firms import sent

MOMENT = Moment(0, TODAY, False, "")
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
STAGES = list(Gate.Stage.values)


@pytest.fixture
def desk(signed_in, admin):
    """The browser of an admin, in English."""
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    return client


def gate(stage, planned=None, months=None, actual=None):
    """Return a gate that is not saved."""
    return Gate(stage=stage, planned_on=planned, months_after=months, actual_on=actual)


def test_a_duration_counts_from_the_day_the_stage_before_was_reached_or_else_planned():
    found = steps(
        [
            gate("series", months=4),
            gate("tooling", date(2026, 6, 30), actual=date(2026, 7, 31)),
            gate("samples", months=2),
            gate("validation", months=1),
        ],
        date(2026, 9, 10),
    )
    assert [step.gate.stage for step in found] == ["tooling", "samples", "validation", "series"]
    assert [step.planned for step in found] == [
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 10, 30),
        date(2027, 2, 28),
    ]
    assert [step.late for step in found] == [31, 0, 0, 0]
    assert [step.expected for step in found] == [
        None,
        date(2026, 10, 31),
        date(2026, 11, 30),
        date(2027, 3, 31),
    ]
    assert (stage_of(found), lateness(found)) == ("tooling", 0)


@pytest.mark.parametrize(
    "day, months, then",
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 15), 14, date(2028, 1, 15)),
        (date(2026, 5, 1), 0, date(2026, 5, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months, then):
    assert shifted(day, months) == then


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(STAGES), st.none() | DAYS, st.none() | DAYS), max_size=8, unique_by=lambda row: row[0]
    ),
    today=DAYS,
)
def test_a_stage_is_overdue_when_its_day_passed_unreached_and_nothing_is_expected_in_the_past(rows, today):
    found = steps([gate(stage, planned, actual=actual) for stage, planned, actual in rows], today)
    late = [
        (today - planned).days
        for _stage, planned, actual in rows
        if planned and planned < today and not (actual and actual <= today)
    ]
    assert lateness(found) == max(late, default=0)
    reached = [stage for stage, _planned, actual in rows if actual and actual <= today]
    assert stage_of(found) == max(reached, key=STAGES.index, default="")
    for step in found:
        if step.expected and step.gate.actual_on:
            assert step.expected == step.gate.actual_on > today
        elif step.expected:
            assert step.expected >= max(step.planned, today)


PROJECTS = st.lists(
    st.tuples(st.sampled_from(Project.State.values), st.none() | DAYS, st.none() | DAYS), min_size=1, max_size=6
)


@given(rows=PROJECTS, day=DAYS)
def test_late_projects_are_those_of_a_naive_recount(db, analyst, rows, day):
    for model in (Gate, Partner, Project):
        model.objects.all().delete()
    late = going_on = 0
    for number, (state, planned, actual) in enumerate(rows):
        project = Project.objects.create(code=f"P{number}", title="x", kind="supply", state=state, state_why="why")
        Gate.objects.create(project=project, stage="tooling", planned_on=planned, actual_on=actual)
        if state == "active":
            going_on += 1
            late += bool(planned and planned < day and not (actual and actual <= day))
    answer = projects_late(ask(analyst, MOMENT, {"on": day.isoformat()}, {}))
    assert (answer.numerator, answer.denominator) == (late, going_on)
    assert answer.value == percent(Decimal(late), Decimal(going_on))
    active = projects_active(ask(analyst, MOMENT, {"on": day.isoformat(), "by": "stage"}, {}))
    assert active.value == going_on == sum(group.value for group in active.groups)


def test_a_stage_is_planned_one_way_and_a_stopped_project_says_why(db):
    with pytest.raises(ValidationError, match="not both"):
        Gate(project=Project(pk=1), stage="tooling", planned_on=TODAY, months_after=2).full_clean(exclude=["project"])
    with pytest.raises(ValidationError, match="Say why it stopped"):
        Project(code="P", title="P", kind="supply", state="suspended").full_clean()


def test_a_project_is_entered_with_partners_and_stages_and_its_lateness_is_said(desk, supplier_user, signed_in):
    firm = making.firm("P05")
    words = {"code": "P1", "title": "Discs", "kind": "co_development", "state": "active"}
    assert sent(desk, reverse("project_new"), **words).url == reverse("project", args=["P1"])
    partner = sent(desk, reverse("partner_new", args=["P1"]), firm=firm.pk, role="industrial", local="on")
    assert partner.status_code == 302
    planned = (TODAY - timedelta(days=40)).isoformat()
    assert sent(desk, reverse("gate_new", args=["P1"]), stage="tooling", planned_on=planned).status_code == 302
    assert sent(desk, reverse("gate_new", args=["P1"]), stage="samples", months_after="2").status_code == 302
    body = desk.get(reverse("project", args=["P1"])).content.decode()
    assert "40 days late" in body
    assert "40 days late" in desk.get(reverse("project_list")).content.decode()
    assert signed_in(supplier_user).get(reverse("project", args=["P1"])).status_code == 200
    Partner.objects.all().delete()
    assert signed_in(supplier_user).get(reverse("project", args=["P1"])).status_code == 404


def test_the_list_asks_as_much_for_many_as_for_one_and_figures_are_their_lists(desk, analyst):
    def more(number):
        project = Project.objects.create(code=f"P{number}", title="x", kind="supply")
        Partner.objects.create(project=project, firm=making.firm(f"F{number}"), role="industrial")
        Gate.objects.create(project=project, stage="tooling", planned_on=TODAY - timedelta(days=number + 1))

    def counted():
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("project_list"))
        return len(queries)

    more(0)
    counted()
    one = counted()
    for number in range(1, 20):
        more(number)
    assert counted() == one
    question = ask(analyst, MOMENT, {}, {})
    for name in ("projects_active", "projects_late"):
        answer = registry.figure(name).compute(question)
        for entry in registry.counted(name):
            assert len(entry.rows(question)) == getattr(answer, entry.of) == 20
