"""What was typed of a month: read from a sending, from a file that was refused, from a declaration that was returned."""

from dataclasses import dataclass, field
from datetime import date

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, ngettext

from catalogue.models import Part, reference_key
from intake.desk import MODES, REPLACE
from intake.models import Batch
from partstrack.searching import containing
from production import grid
from production.models import Declaration
from production.pasting import pasted
from suppliers.models import Site

MATCHES = 8


@dataclass
class Sheet:
    """A site's month as it is shown: `rows` {key: GridRow} as they stood at `version`, and what is to be said of it.

    `batch`: the typed file that is taken up again. `open`: the declaration that waits or was returned. `nil`: the
    month stands as declared without production. `matches`: references that the asked one may mean.
    """

    site: Site
    month: date
    version: int
    rows: dict
    batch: Batch | None = None
    open: Declaration | None = None
    nil: bool = False
    problems: list = field(default_factory=list)
    matches: list = field(default_factory=list)

    @property
    def returned(self):
        """Return the declaration that was returned and is to be corrected, or None."""
        return self.open if self.open and self.open.state == Declaration.State.RETURNED else None

    @property
    def waiting(self):
        """Return the declaration that waits for a decision, or None."""
        return None if self.returned else self.open


def sheet(user, site, month, said, moment):
    """Return the Sheet of a site's month as an address or a sending (`said`) asks for it.

    Http404 for a typed file that is not theirs or not of this site.
    """
    batch = _typed_before(user, site, said.get("batch", ""))
    version = said.get("at", batch.options["grid"] if batch else "")
    version = min(int(version), moment.version) if version.isdecimal() else moment.version
    return Sheet(site, month, version, grid.read(site, month, version), batch, *grid.state_of(site, month))


def _typed_before(user, site, number):
    if not number.isdecimal():
        return None
    files = Batch.objects.visible_to(user).filter(options__has_key="grid", options__site=site.code)
    return get_object_or_404(files.select_related("proof"), pk=int(number))


def recall(month):
    """Fill a sheet that is shown anew: with what was typed and refused, else with what was returned."""
    if month.batch:
        _recall_file(month)
    elif month.returned:
        grid.fill_from(month.rows, month.returned)


def _recall_file(month):
    typed, columns = grid.read_file(month.batch)
    grid.overlay(month.rows, [row[:3] for row in typed], month.site.firm)
    places = {number: grid.GridRow(reference, brand).key for reference, brand, _texts, number in typed}
    faults = month.batch.faults.all() if month.batch.state == Batch.State.REFUSED else ()
    for fault in faults:
        sentence = f"{fault.reason} {fault.remedy}"
        row = month.rows.get(places.get(fault.row))
        if row is None:
            month.problems.append(sentence)
        else:
            row.faults.setdefault(columns.get(fault.column, ""), []).append(sentence)


def take(month, sent):
    """Put the cells of a sending into a sheet."""
    count = sent.get("rows", "")
    count = min(int(count), grid.ROWS_TAKEN) if count.isdecimal() else 0
    typed = [
        (reference, _clean(sent, f"brand-{place}"), _cells(sent, place))
        for place in range(count)
        if (reference := _clean(sent, f"ref-{place}"))
    ]
    grid.overlay(month.rows, typed, month.site.firm)


def _cells(sent, place):
    return {name: _clean(sent, cell) for name in grid.COLUMNS if (cell := f"c-{place}-{name}") in sent}


def _clean(sent, name):
    return sent.get(name, "").replace("\0", "").strip()


def take_pasted(month, text, others):
    """Put pasted text into a sheet, or say why it cannot be taken.

    `others`: what becomes of the values of references that were not pasted, complete or replace; asked when it was
    not said and there are any.
    """
    found, problems = pasted(text.replace("\0", ""), month.month)
    month.problems += problems
    named = {reference_key(reference) for reference, _brand, _texts in found}
    left = [row for row in month.rows.values() if row.values and row.key[0] not in named] if found else []
    if left and others not in MODES:
        month.problems.append(_asked_of_others(sum(len(row.values) for row in left)))
        return
    _add(month, found)
    if others == REPLACE and not month.problems:
        for row in left:
            row.texts = dict.fromkeys(row.texts, "")


def _asked_of_others(count):
    return ngettext(
        "%(count)d value of a reference that was not pasted stands in this month. Say below whether it stays.",
        "%(count)d values of references that were not pasted stand in this month. Say below whether they stay.",
        count,
    ) % {"count": count}


def _add(month, rows):
    if len(month.rows) + len(rows) > grid.ROWS_TAKEN:
        month.problems.append(gettext("These are too many rows for the grid. Send them as a file instead."))
    else:
        grid.overlay(month.rows, rows, month.site.firm)


def take_added(month, asked):
    """Add a row for a reference: the one of that name, else offer those that are like it, else a new one."""
    if not asked:
        return
    parts = Part.objects.filter(firm=month.site.firm).living().order_by("reference", "pk")
    if not parts.filter(reference_key=reference_key(asked)).exists():
        month.matches = list(containing(parts, asked, "reference", "name", "name_ar")[:MATCHES])
    if not month.matches:
        _add(month, [(asked, "", {})])
