"""The dates of a year, counted by month and by the days left."""

from collections import Counter
from datetime import timedelta

from django.utils.translation import get_language

from office import reminding
from partstrack.periods import month_name, month_of, month_range, shift, to_iso

AHEAD = 12  # months after that of today


def months(today):
    """Return the months that the calendar has: those of what passed undone, and twelve ahead."""
    return month_range(month_of(today - timedelta(days=reminding.PAST)), shift(month_of(today), AHEAD))


def dates(user, today, asked):
    """Return the dates of these months as reminding.Coming, the nearest first."""
    return reminding.coming(user, today, asked, shift(month_of(today), AHEAD + 1) - timedelta(days=1))


def chosen(found, month, band):
    """Return those of a month and of a band, each as its form says it, empty for all."""
    return [each for each in found if month in ("", None, _month(each)) and band in ("", None, each.band)]


def _month(each):
    return to_iso(month_of(each.due.day))


def by_month(found, today, form):
    """Return what is counted by month."""
    keys = [(to_iso(month), month_name(month, get_language())) for month in months(today)]
    return _counted("month", keys, Counter(map(_month, found)), form)


def by_band(found, form):
    """Return what is counted by the days left."""
    return _counted("band", reminding.BANDS.items(), Counter(each.band for each in found), form)


def _counted(field, keys, counts, form):
    """Return {rows, most}; a row leads to its own dates, or back to all where it is what is shown."""
    now = form.said().get(field)
    rows = [
        {
            "label": label,
            "count": counts[key],
            "current": key == now,
            "url": form.address(**{field: "" if key == now else key}) if counts[key] or key == now else "",
        }
        for key, label in keys
    ]
    return {"rows": rows, "most": max(1, *(row["count"] for row in rows))}
