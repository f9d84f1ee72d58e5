"""The charts of a road map: the forecast of the rate month by month, and the milestones over time, each with its table."""

from datetime import timedelta

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from integration.figures import in_percent
from partstrack import charts, charts_rates, charts_spans
from partstrack.periods import month_name, month_of, month_range, shift


def forecast(points):
    """Return the chart of a forecast, None where no rate can be said."""
    known = [point for point in points if point.expected is not None]
    if not known:
        return None
    language = get_language()
    rows = [
        charts_rates.Month(
            month_name(point.month, language, "short"),
            point.expected,
            point.planned,
            point.minimum,
            _said(point, language),
        )
        for point in known
    ]
    direction = "rtl" if get_language_bidi() else "ltr"
    chart = charts.pair(charts_rates.forecast, rows, language=language, direction=direction, span=12)
    headings = [_("Month"), _("As expected, in %"), _("As planned, in %"), _("Step due, in %")]
    table = [(month_name(point.month, language), point.expected, point.planned, point.minimum) for point in known]
    legend = [("solid", _("as expected")), ("dashed", _("as planned")), ("down", _("step due"))]
    return {"chart": chart, "table": {"headings": headings, "rows": table}, "legend": legend}


def history(points, ladder, today):
    """Return the chart of a rate from the month it began until today, None where it has no past.

    `points`: [(day, rate, highest)] of each day on which it changed; `ladder`: [(minimum, day on which it is due or None)].
    """
    if not points or month_of(points[0][0]) == month_of(today):
        return None
    language, rows, table = get_language(), [], []
    for month in month_range(month_of(points[0][0]), month_of(today)):
        end = min(shift(month, 1) - timedelta(days=1), today)
        value = next((value for day, value, _highest in reversed(points) if day <= end), None)
        due = max((minimum for minimum, day in ladder if day and day <= end), default=None)
        said = f"{month_name(month, language)}\n{in_percent(value)}"
        rows.append(charts_rates.Month(month_name(month, language, "short"), value, None, due, said))
        table.append((month_name(month, language), value, due))
    direction = "rtl" if get_language_bidi() else "ltr"
    chart = charts.pair(charts_rates.forecast, rows, language=language, direction=direction, span=12)
    headings = [_("Month"), _("Rate, in %"), _("Step due, in %")]
    legend = [("solid", _("rate")), ("down", _("step due"))]
    return {"chart": chart, "table": {"headings": headings, "rows": table}, "legend": legend}


def milestones(found, approved_on, today):
    """Return the chart of the milestones over time, None where none has a day. Their table stands on the page."""
    rows, before = [], approved_on
    for stage in found:
        if stage.planned is None:
            continue
        spans = [(charts_spans.PLANNED, min(before or stage.planned, stage.planned), stage.planned)]
        if stage.late > 0:
            spans.append((charts_spans.LATE, stage.planned, stage.actual or today))
        if stage.expected and stage.expected > today:
            spans.append((charts_spans.AHEAD, max(stage.planned, today) if stage.overdue else today, stage.expected))
        reached = (stage.actual,) if stage.actual else ()
        title = stage.milestone.title
        kept = tuple(span for span in spans if span[1] < span[2])
        rows.append(charts_spans.Row(title, _when(stage), kept, (stage.planned,), reached))
        before = stage.planned
    if not rows:
        return None
    direction = "rtl" if get_language_bidi() else "ltr"
    chart = charts.pair(charts_spans.timeline, rows, today, language=get_language(), direction=direction)
    legend = [
        ("band", _("planned")),
        ("down", _("behind its planned day")),
        ("ahead", _("expected")),
        ("reached", _("stage reached")),
        ("today", _("today")),
    ]
    return {"chart": chart, "legend": legend}


def _when(stage):
    said = [(_("Planned for"), stage.planned), (_("Reached on"), stage.actual), (_("Expected on"), stage.expected)]
    return "\n".join([stage.milestone.title, *(f"{label} {day:%d/%m/%Y}" for label, day in said if day)])


def _said(point, language):
    said = [month_name(point.month, language), f"{_('as expected')}: {in_percent(point.expected)}"]
    said.append(f"{_('as planned')}: {in_percent(point.planned)}")
    if point.minimum is not None:
        said.append(f"{_('step due')}: {in_percent(point.minimum)}")
    return "\n".join(said)
