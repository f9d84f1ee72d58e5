"""The charts of a road map: the forecast of the rate month by month, and the milestones over time, each with its table."""

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from integration.figures import in_percent
from partstrack import charts, charts_rates
from partstrack.periods import month_name


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


def _said(point, language):
    said = [month_name(point.month, language), f"{_('as expected')}: {in_percent(point.expected)}"]
    said.append(f"{_('as planned')}: {in_percent(point.planned)}")
    if point.minimum is not None:
        said.append(f"{_('step due')}: {in_percent(point.minimum)}")
    return "\n".join(said)
