"""How many lines stand and what they add up to, from the sums: no line is read, however many there are."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from production import volumes
from production.models import SOLD

COLUMNS = {"produced": ("produced",), "sold": SOLD, "scrapped": ("scrapped",), "closing": ("closing",)}


@dataclass(frozen=True)
class Narrowed:
    """Which lines: ids of sites (None: all), of family, brand and unit, months from and to; None: any.

    `starts`: {site id: month} before which lines of a site are left out.
    """

    sites: tuple | None = None
    family: int | None = None
    brand: int | None = None
    unit: str | None = None
    first: date | None = None
    last: date | None = None
    starts: dict | None = None


@dataclass(frozen=True)
class Totals:
    """`lines`: how many; `units`, `months`: of how many; `sums`: {column: total} of what any line says."""

    lines: int
    units: int
    months: int
    sums: dict


def totals(version, narrowed):
    """Return the Totals of the lines that stand at a data version."""
    rows = _rows(version, narrowed)
    sums = {}
    for place, name in enumerate(COLUMNS):
        said = [row[3 + 2 * place] for row in rows if row[4 + 2 * place]]
        if said:
            sums[name] = sum(said)
    return Totals(sum(int(row[2]) for row in rows), len({row[0] for row in rows}), len({row[1] for row in rows}), sums)


def _rows(version, narrowed):
    """Return (unit, month, lines, then sum and number of lines that say it of each column)."""
    names = {"version": version, **{name: getattr(narrowed, name) for name in CONDITIONS}}
    names["sites"] = None if narrowed.sites is None else list(narrowed.sites)
    where = [text for name, text in CONDITIONS.items() if names[name] is not None]
    if narrowed.starts:
        names |= {"begun": list(narrowed.starts), "starts": list(narrowed.starts.values())}
        where.append(BEGUN)
    with connection.cursor() as cursor:
        cursor.execute(f"{_select()} WHERE {' AND '.join(where or ['true'])} {GROUPED}", names)
        return cursor.fetchall()


CONDITIONS = {
    "sites": "site_id = ANY(%(sites)s)",
    "family": "family_id = %(family)s",
    "brand": "brand_id = %(brand)s",
    "unit": "unit_id = %(unit)s",
    "first": "month >= %(first)s",
    "last": "month <= %(last)s",
}
BEGUN = """NOT EXISTS (SELECT 1 FROM unnest(%(begun)s::bigint[], %(starts)s::date[]) AS b(site, start)
    WHERE b.site = site_id AND month < b.start)"""
GROUPED = "GROUP BY 1, 2 HAVING sum(lines) <> 0"


def _select():
    """A line says it was sold when it says any of the ways; how many lines do is at most the sum of their counts."""
    columns = [
        f"sum({' + '.join(measures)}), sum({' + '.join(f'{measure}_said' for measure in measures)})"
        for measures in COLUMNS.values()
    ]
    return f"SELECT unit_id, month, sum(lines), {', '.join(columns)} FROM ({volumes.sums_at()}) AS s"
