"""What was declared of the months that a published figure speaks of: beside it, never merged with it."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partstrack.periods import from_iso, span_label
from production import perimeters, volumes
from production.comparison import Windows, compare
from production.restatements import MEASURED
from reports.wording_of_figures import refusal

MONTH = r"[0-9]{4}-(?:0[1-9]|1[0-2])"
PERIOD = re.compile(rf"([0-9]{{4}})|({MONTH})(?:\.\.({MONTH}))?")
BACK = 12  # growth is against the year before


@dataclass(frozen=True)
class Declared:
    """The declared value in the unit of the published one (a growth in percent), its months, and whether it is
    whole: every month of the period and every declaration. Only then the two may be held against each other."""

    value: Decimal
    window: tuple[date, date]
    whole: bool


def windows_of(period):
    """Return the Windows of "2025", "2025-03" or "2025-01..2025-06"; None of other words."""
    match = PERIOD.fullmatch(period.strip())
    if match is None:
        return None
    if match[1]:
        return Windows.of_year(int(match[1]), int(match[1]) - 1) if 1900 < int(match[1]) < 2200 else None
    first, last = from_iso(match[2]), from_iso(match[3] or match[2])
    return Windows(first, last, BACK, fixed=True) if first <= last else None


def period_in(period, language):
    """Return a published period in words: "2025", "janvier – juin 2025"; other words as they were published."""
    windows = windows_of(period)
    return span_label(windows.first, windows.last, language) if windows else period


def declared(ask, rows):
    """Return {code: Declared} of the published figures that have declared ones beside them; two readings at most."""
    plain, found = ask.but(by=None, filters={}, base_year=None, first=None, last=None, year=None), {}
    for name, measures in MEASURED.items():
        wanted = {row.code: (row, windows_of(row.period)) for row in rows if row.figure == name}
        asked = [windows for _row, windows in wanted.values() if windows]
        if not asked:
            continue
        months = {month for windows in asked for month in perimeters.both_windows(windows)}
        world, _facts = volumes.world(plain, perimeters.perimeter(plain), months, measures)
        compared = {windows: compare(world, windows) for windows in set(asked)}
        for code, (row, windows) in wanted.items():
            if windows and (beside := _beside(row, windows, compared[windows])):
                found[code] = beside
    return found


def _beside(row, windows, result):
    value = {row.Unit.PIECE: result.value, row.Unit.PERCENT: result.change}.get(row.unit)
    if value is None or result.window is None:
        return None
    return Declared(
        value, result.window, result.window == (windows.first, windows.last) and not result.coverage["missing"]
    )


def contradiction(row, beside, language):
    """Return why the declared figure contradicts the published one, or None."""
    if beside is None or not beside.whole or row.value is None:
        return None
    return refusal(row.qualifier, row.value, beside.value, language, percent=row.unit == row.Unit.PERCENT)
