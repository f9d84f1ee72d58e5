"""Projects over time: what is drawn of plans and days, in both directions; the pages that show it."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from partstrack import charts, charts_spans
from partstrack.charts_spans import AHEAD, DONE, LATE, PLANNED
from suppliers import timeline
from suppliers.models import Gate, Project
from suppliers.schedule import lateness, steps
from tests.conftest import TODAY
from tests.suppliers.test_projects import DAYS, STAGES, gate

NOW = date(2026, 9, 10)
MOVED = [
    gate("tooling", date(2026, 6, 30), actual=date(2026, 7, 31)),
    gate("samples", date(2026, 8, 31)),
    gate("validation", months=1),
]


def named(*things):
    return things[-1].gate.stage if hasattr(things[-1], "gate") else things[0].code, ""


def test_a_stage_lasts_from_the_one_before_is_late_behind_its_day_and_expected_from_today():
    tooling, samples, validation = timeline.of_stages(steps(MOVED, NOW), NOW, named)
    assert tooling.spans == ()  # nothing tells when it began
    assert (tooling.days, tooling.reached) == ((date(2026, 6, 30),), (date(2026, 7, 31),))
    assert samples.spans == (
        (PLANNED, date(2026, 6, 30), date(2026, 8, 31)),
        (DONE, date(2026, 7, 31), date(2026, 8, 31)),
        (LATE, date(2026, 8, 31), NOW),
        (AHEAD, NOW, date(2026, 10, 1)),
    )
    assert [span[0] for span in validation.spans] == [PLANNED, AHEAD]


def test_a_project_is_one_row_late_from_its_first_day_that_passed_unreached():
    pair = Project(code="P1", title="x", phase_out_on=date(2027, 1, 31)), steps(MOVED, NOW)
    (row,) = timeline.of_projects([pair], NOW, named)
    assert row.spans == (
        (PLANNED, date(2026, 6, 30), date(2026, 9, 30)),
        (DONE, date(2026, 7, 31), date(2026, 8, 31)),
        (LATE, date(2026, 8, 31), NOW),
        (AHEAD, NOW, date(2026, 10, 31)),
    )
    assert (len(row.days), row.reached, row.end) == (3, (date(2026, 7, 31),), date(2027, 1, 31))


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(STAGES), st.none() | DAYS, st.none() | DAYS), max_size=8, unique_by=lambda row: row[0]
    ),
    today=DAYS,
)
def test_what_is_drawn_lies_on_its_side_of_today_and_says_every_known_day(rows, today):
    found = steps([gate(stage, planned, actual=actual) for stage, planned, actual in rows], today)
    drawn = timeline.of_stages(found, today, named)
    planned = [planned for _stage, planned, _actual in rows if planned]
    assert sorted(day for row in drawn for day in row.days) == sorted(planned)
    of_all = timeline.of_projects(timeline.latest_first([(Project(code="P"), found)]), today, named)
    for row in [*drawn, *of_all]:
        for kind, first, last in row.spans:
            assert first < last
            assert last <= today or kind in (PLANNED, AHEAD)
            assert first >= today or kind != AHEAD
    late = [span for row in of_all for span in row.spans if span[0] == LATE]
    assert sum((last - first).days for _kind, first, last in late) == lateness(found)


@pytest.mark.parametrize("language, direction", [("fr", "ltr"), ("ar", "rtl")])
def test_the_chart_is_plain_data_mirrored_and_drawn_without_style(language, direction):
    rows = timeline.of_stages(steps(MOVED, NOW), NOW, named)
    both = charts.pair(charts_spans.timeline, rows, NOW, language=language, direction=direction)
    assert json.loads(json.dumps(both)) == both
    for spec in both.values():
        drawn = charts.svg(spec)
        assert "style=" not in drawn
        assert all(row.label in drawn for row in rows)
        assert ("juil. 2026" if language == "fr" else "جويلية 2026") in drawn
        assert spec["layer"][0]["encoding"]["x"]["scale"]["reverse"] is (direction == "rtl")


def test_the_pages_draw_the_latest_first_and_a_chart_follows_the_filters(signed_in, admin):
    for code, state, days in (("P1", "active", 10), ("P2", "active", 40), ("P3", "suspended", 90), ("P4", "active", 0)):
        project = Project.objects.create(code=code, title=f"Title {code}", kind="supply", state=state, state_why="why")
        if days:
            Gate.objects.create(project=project, stage="tooling", planned_on=TODAY - timedelta(days=days))
    client = signed_in(admin)
    client.cookies["django_language"] = "en"
    drawn = client.get(reverse("project_list")).context["timeline"]
    assert [row[:2] for row in drawn["table"]["rows"]] == [["Title P2", "40 days late"], ["Title P1", "10 days late"]]
    drawn = client.get(f"{reverse('project_list')}?q=P1").context["timeline"]
    assert [row[0] for row in drawn["table"]["rows"]] == ["Title P1"]
    assert client.get(f"{reverse('project_list')}?q=P4").context["timeline"] is None
    assert 'id="project-timeline"' in client.get(reverse("project", args=["P2"])).content.decode()
