"""The matrix suppliers x months as home and its own page draw it, and the same in words."""

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from intake.models import Channel
from partstrack.periods import month_name, to_iso
from production.site_months import DECLARED

# The states of a site's month in the order of the legend.
NAMES = {
    "received": pgettext_lazy("declaration", "received"),
    "received_late": pgettext_lazy("declaration", "received late"),
    "nil": gettext_lazy("nil: no production"),
    "waiting": gettext_lazy("waiting for approval"),
    "returned": gettext_lazy("returned to the supplier"),
    "late": pgettext_lazy("declaration", "late"),
    "expected": pgettext_lazy("declaration", "expected"),
    "outside": gettext_lazy("outside the perimeter"),
    "none": gettext_lazy("not expected"),
}
ALWAYS = {"received", "nil", "late", "expected"}
TO_TYPE = {"late", "expected", "returned"}
NAMED = 3  # so many late sites of a month are named; of more the number is said


def drawn(user, found, sites=None, row_page="supplier", as_of=""):
    """Return what parts/matrix.html draws of a Grid: heads, rows, states.

    `sites`: those to show (default: all told of); `row_page`: where a site leads; `as_of`: the word of the address that
    the Grid was asked with, which its links keep.
    """
    shown, ways = told(found) if sites is None else sites, Ways(user, as_of)
    months = [(month, month_name(month, get_language())) for month in found.months]
    labels = {state: str(name) for state, name in NAMES.items()}
    rows = [
        {
            "label": site.name_in(get_language()),
            "url": _row_url(site, row_page) + _said(as_of),
            "cells": [
                _cell(ways, site, month, name, found.cells.get((site.pk, month)), labels) for month, name in months
            ],
        }
        for site in shown
    ]
    present = {cell["state"] for row in rows for cell in row["cells"]}
    states = [(state, name) for state, name in NAMES.items() if state != "none" and state in present | ALWAYS]
    return (
        {"heads": [_head(found, month, as_of) for month in found.months], "rows": rows, "states": states}
        if rows
        else None
    )


def _row_url(site, page):
    return reverse(page, args=[site.firm.code if page == "supplier" else site.code])


def _said(as_of):
    """Return what keeps a situation in an address."""
    return f"?{urlencode({'as-of': as_of})}" if as_of else ""


def told(found):
    """Return the sites of which there is something to tell, by name."""
    known = {site for site, _month in found.cells}
    return sorted((site for site in found.sites if site.pk in known), key=lambda site: (site.name, site.pk))


def first_told(found, most):
    """Return at most so many sites of which there is something to tell: when there are more, those that are late first."""
    sites = told(found)
    if len(sites) <= most:
        return sites
    late = {site for (site, _month), cell in found.cells.items() if cell.state == "late"}
    return sorted(sites, key=lambda site: site.pk not in late)[:most]


def _head(found, month, as_of):
    """Return the head of a month's column: its page, and whether it is closed."""
    return {"month": month, "url": _month_url(month, as_of), "closed": found.closed.get(month)}


def _month_url(month, as_of):
    return reverse("period", args=[to_iso(month)]) + _said(as_of)


def _cell(ways, site, month, name, cell, labels):
    """Return a cell with all that is said of it; what was received leads to its lines, what is missing to the month grid."""
    if cell is None:
        return {"state": "none", "said": f"{name} – {labels['none']}"}
    said = " · ".join(filter(None, (f"{name} – {labels[cell.state]}", words(cell))))
    return {"state": cell.state, "url": ways.of(site, month, cell), "said": said}


class Ways:
    """Where sites' months lead: to their lines, their declaration, or the month grid for whoever may type it."""

    def __init__(self, user, as_of=""):
        self.may_type, self.as_of = user.may("upload") and not as_of, as_of
        self.lines, self.entry = reverse("line_list"), reverse("entry")
        self.kept, self.sites = urlencode({"as-of": as_of} if as_of else {}), {}

    def of(self, site, month, cell):
        """Return the address.

        What is missing in a situation of before may be there now: it leads to the page of that month as it was known.
        """
        if cell.state in ("received", "received_late", "outside"):
            said = f"month_from={to_iso(month)}&month_to={to_iso(month)}"
            return "&".join(filter(None, (f"{self.lines}?{self._site(site)}", said, self.kept)))
        if cell.state in TO_TYPE and self.may_type:
            return f"{self.entry}?{self._site(site)}&month={to_iso(month)}"
        if cell.declaration:
            return reverse("declaration", args=[cell.declaration])
        return _month_url(month, self.as_of)

    def _site(self, site):
        """Return the words of an address that name a site."""
        if site.pk not in self.sites:
            self.sites[site.pk] = urlencode({"site": site.code})
        return self.sites[site.pk]


def words(cell):
    """Say how a site's month came: the day of reception, how late, the channel, the sender."""
    late = cell.days_late if cell.late else None
    return _words(get_language(), cell.received_on, cell.due, late, cell.channel, cell.sender, cell.changing)


@lru_cache(maxsize=2048)
def _words(_language, received_on, due, days_late, channel, sender, changing):
    """Say it in the language that is spoken; most sites' months of a year came in a few ways."""
    said = []
    if received_on:
        said.append(_("received on %(day)s") % {"day": f"{received_on:%d/%m/%Y}"})
    else:
        said.append(_("due on %(day)s") % {"day": f"{due:%d/%m/%Y}"})
    if days_late is not None:
        said.append(lateness(days_late))
    said += [str(Channel(channel).label) if channel else "", sender]
    if changing:
        said.append(_("a change waits for a decision"))
    return " · ".join(filter(None, said))


def lateness(days):
    """Say how many working days late something is."""
    if not days:
        return _("late, no working day since")
    return ngettext("%(count)d working day late", "%(count)d working days late", days) % {"count": days}


def punctuality(cell):
    """Say in one sentence whether a declaration came in time: (sentence, in time)."""
    days = {"received": f"{cell.received_on:%d/%m/%Y}", "typed": f"{cell.typed_on:%d/%m/%Y}"}
    if not cell.late:
        return _("Declared on time (received on %(received)s, entered on %(typed)s).") % days, True
    late = {**days, "late": lateness(cell.days_late)}
    return _("Declared late: %(late)s (received on %(received)s, entered on %(typed)s).") % late, False


def late_sentence(found):
    """Say what is late in a Grid, month by month; "" when nothing is."""
    by_month = {}
    for (site, month), cell in found.cells.items():
        if cell.state == "late":
            by_month.setdefault(month, []).append(site)
    count = sum(map(len, by_month.values()))
    if not count:
        return ""
    names = {site.pk: site.name_in(get_language()) for site in found.sites}
    comma = pgettext("list", ", ")
    parts = [
        _late_month(month, sorted(names[site] for site in sites), comma) for month, sites in sorted(by_month.items())
    ]
    said = ngettext("%(count)d declaration is late: %(which)s.", "%(count)d declarations are late: %(which)s.", count)
    return said % {"count": count, "which": comma.join(parts)}


def _late_month(month, names, comma):
    inside = comma.join(names) if len(names) <= NAMED else str(len(names))
    return f"{month_name(month, get_language())} ({inside})"


def table(user, found, sites, as_of=""):
    """Return the rows of the same in words: site, month, SiteMonth, where it leads; the latest month first."""
    ways = Ways(user, as_of)
    return [
        {
            "site": site,
            "month": month,
            "cell": cell,
            "label": NAMES[cell.state],
            "url": ways.of(site, month, cell),
            "late": lateness(cell.days_late) if cell.late else "",
        }
        for month in reversed(found.months)
        for site in sites
        if (cell := found.cells.get((site.pk, month)))
    ]


def counts(found, month):
    """Return [(state, number)] of a month: expected, declared, of which nil and late; missing, returned, waiting."""
    return [
        (_("Declarations expected"), found.expected(month)),
        (_("Declarations received"), found.count(month, *DECLARED)),
        (_("of which without production"), found.count(month, "nil")),
        (_("of which received late"), found.received_late(month)),
        (_("Missing, past the due day"), found.count(month, "late")),
        (_("Not yet due"), found.count(month, "expected")),
        (_("Returned to the supplier"), found.count(month, "returned")),
        (_("Waiting for approval"), found.count(month, "waiting")),
    ]
