"""The charts of localisation projects over time, each with its table and legend."""

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from partstrack import charts, charts_spans
from partstrack.templatetags.show import day
from suppliers import timeline
from suppliers.project_tables import STAGES, days_late
from suppliers.schedule import lateness, stage_of

MOST = 15  # projects of a chart; the list below has them all


def stages(project, found, today):
    """Return the chart of the stages of one project, None where no day is known. Its table stands on the page."""
    rows = timeline.of_stages(found, today, lambda step: (str(step.gate.get_stage_display()), _stage_said(step)))
    if rows and project.phase_out_on:
        end = _("End of the import")
        rows.append(charts_spans.Row(end, f"{end}\n{_plain(project.phase_out_on)}", (), end=project.phase_out_on))
    return _drawn(rows, today)


def projects(pairs, today):
    """Return the chart of some projects, the latest first, None where no day is known; `left_out`: how many more there are."""
    pairs = timeline.latest_first(pairs)
    rows = timeline.of_projects(
        pairs[:MOST], today, lambda project, found: (project.title, _project_said(project, found))
    )
    drawn = _drawn(rows, today)
    return drawn and {**drawn, "table": _table(pairs[:MOST]), "left_out": max(len(pairs) - MOST, 0)}


def _drawn(rows, today):
    if not rows:
        return None
    direction = "rtl" if get_language_bidi() else "ltr"
    chart = charts.pair(charts_spans.timeline, rows, today, language=get_language(), direction=direction)
    return {"chart": chart, "legend": _legend(rows)}


def _legend(rows):
    """Return the legend of what is drawn."""
    kinds = {kind for row in rows for kind, _first, _last in row.spans}
    said = [
        ("band", _("planned"), charts_spans.PLANNED in kinds),
        ("solid-bar", _("done or in progress"), charts_spans.DONE in kinds),
        ("down", _("behind its planned day"), charts_spans.LATE in kinds),
        ("ahead", _("expected"), charts_spans.AHEAD in kinds),
        ("reached", _("stage reached"), any(row.reached for row in rows)),
        ("end", _("end of the import"), any(row.end for row in rows)),
        ("today", _("today"), True),
    ]
    return [(kind, label) for kind, label, drawn in said if drawn]


def _stage_said(step):
    known = [
        (_("Planned for"), step.planned),
        (_("Reached on"), step.actual),
        (_("Expected on"), step.expected),
    ]
    late = [days_late(step.late)] if step.late > 0 else []
    return "\n".join([str(step.gate.get_stage_display()), *_lines(known), *late])


def _project_said(project, found):
    late = lateness(found)
    known = [(_("End of the import"), project.phase_out_on)]
    return "\n".join([project.title, *([days_late(late)] if late else []), *_lines(known)])


def _lines(known):
    return [_("%(label)s: %(value)s") % {"label": label, "value": _plain(at)} for label, at in known if at]


def _plain(at):
    return f"{at:%d/%m/%Y}"


def _table(pairs):
    headings = [
        _("Project"),
        _("Lateness"),
        _("Stage"),
        _("Planned from"),
        _("Planned until"),
        _("Expected until"),
        _("End of the import"),
    ]
    return {"headings": headings, "rows": [_row(project, found) for project, found in pairs]}


def _row(project, found):
    planned = [step.planned for step in found if step.planned]
    late = lateness(found)
    return [
        project.title,
        days_late(late) if late else "–",
        STAGES.get(stage_of(found), "–"),
        day(min(planned, default=None)),
        day(max(planned, default=None)),
        day(max((step.expected for step in found if step.expected), default=None)),
        day(project.phase_out_on),
    ]
