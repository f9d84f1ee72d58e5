"""Rows of a file that say one part of one month: sheets of different measures are one row together, others are doubles."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partstrack.periods import to_iso
from production.rows import Row

# By: both rows write the reference alike; both stand in one sheet.
_OF_FIRST = {
    (True, True): _("{reference} stands more than once for {month} (also in row {row})."),
    (True, False): _("{reference} stands more than once for {month} (also in row {row} of the sheet “{sheet}”)."),
    (False, True): _("{reference} stands more than once for {month} (also as “{other}”, in row {row})."),
    (False, False): _(
        "{reference} stands more than once for {month} (also as “{other}”, in row {row} of the sheet “{sheet}”)."
    ),
}
_OF_OTHERS = {
    (True, True): _("{reference} stands more than once for {month} (first in row {first})."),
    (True, False): _("{reference} stands more than once for {month} (first in row {first} of the sheet “{sheet}”)."),
    (False, True): _("{reference} stands more than once for {month} (also as “{other}”, first in row {first})."),
    (False, False): _(
        "{reference} stands more than once for {month} (also as “{other}”, first in row {first} of the sheet “{sheet}”)."
    ),
}


@dataclass(slots=True)
class Placed:
    """A cleaned row with its site, unit, brand and reference as compared; its part and that part's unit, once known."""

    row: Row
    site: int
    unit: str | None
    brand: int | None
    key: str
    part: int | None = None
    own_unit: str | None = None

    @property
    def identity(self):
        """Return what two rows must not share: a reference and another name of the same part are one."""
        return self.site, self.row.month, self.part or self.key, self.brand


def united(placed):
    """Return (rows of one identity each, [(double, its first)], {sheet: {first sheet: {row there: row here}}}).

    Rows of several sheets that say different measures in one unit are put into the first of them; where the rows of
    the others stand is told by the third.
    """
    if len({each.identity for each in placed}) == len(placed):
        return placed, [], {}
    groups: dict[Any, list] = {}
    for each in placed:
        groups.setdefault(each.identity, []).append(each)
    kept, doubles, beside = [], [], {}
    for group in groups.values():
        if len(group) == 1 or group[0].row.month is None:
            kept += group
        elif _fit(group):
            kept.append(_one(group, beside))
        else:
            doubles += [(each, group[0]) for each in group]
    return kept, doubles, beside


def _fit(group):
    """Say whether rows stand in a sheet each and never say the same measure."""
    said = [measure for each in group for measure in (*each.row.values, *each.row.erased)]
    sheets = {each.row.sheet for each in group}
    return len(sheets) == len(group) and len(set(said)) == len(said) and len({each.unit for each in group}) == 1


def _one(group, beside):
    first = group[0]
    for each in group[1:]:
        rows = beside.setdefault(each.row.sheet, {}).setdefault(first.row.sheet, {})
        if each.row.row != first.row.row:
            rows[str(first.row.row)] = each.row.row
    values = {measure: value for each in group for measure, value in each.row.values.items()}
    erased = tuple(measure for each in group for measure in each.row.erased)
    names = {name: next((said for e in group if (said := getattr(e.row, name))), "") for name in ("name", "family")}
    return replace(first, row=replace(first.row, values=values, erased=erased, **names))


def reason(double, first, other):
    """Say why a row is a double; `other`: the row named beside it: the first one, of the first the next."""
    row, words = double.row, _OF_FIRST if double is first else _OF_OTHERS
    return format_lazy(
        words[row.part == other.row.part, row.sheet == other.row.sheet],
        reference=row.part,
        other=other.row.part,
        month=to_iso(row.month),
        row=other.row.row,
        first=other.row.row,
        sheet=other.row.sheet,
    )
