"""Reading the ledger at a data version: the sums, as a World to compare.

Sums at version V are cells - postings after V, read in one query, so that a write that commits meanwhile
changes nothing. `V` is read once by whoever asks (office.clock) and passed down.
"""

from django.db import connection

from partstrack.kept import once
from production import standings
from production.comparison import World
from production.models import MEASURES

# The group of a line by range: the range of its brand that lists its reference, else that of its brand and family.
RANGE, IN_NO_RANGE, IN_SEVERAL_RANGES = "range_id", 0, -1
RANGES_OF_LINES = """
LEFT JOIN (
    SELECT r.brand_id, p.part_id, CASE WHEN count(*) = 1 THEN min(r.id) ELSE -1 END AS range_id
    FROM production_rangepart p JOIN production_range r ON r.id = p.range_id
    WHERE p.from_v <= %(version)s AND (p.to_v IS NULL OR p.to_v > %(version)s) GROUP BY 1, 2
) AS listed ON listed.brand_id = l.brand_id AND listed.part_id = l.part_id
LEFT JOIN (
    SELECT r.brand_id, r.family_id, CASE WHEN count(*) = 1 THEN min(r.id) ELSE -1 END AS range_id
    FROM production_range r WHERE NOT EXISTS (
        SELECT 1 FROM production_rangepart p
        WHERE p.range_id = r.id AND p.from_v <= %(version)s AND (p.to_v IS NULL OR p.to_v > %(version)s)
    ) GROUP BY 1, 2
) AS whole ON whole.brand_id = l.brand_id AND whole.family_id = f.family_id
"""


def world(ask, area, months, measures, group=None, both=(), back=None):
    """Read the World of a perimeter over `months` for the sum of `measures`, by `group` (a column of the sums).

    `both`: tuples of measures of each of which a line must say something, to say anything at all (for a ratio).
    `back`: the months are compared with those so many months before, and nobody asks for single sites: what sites
    that declared on both sides said of a month is then told of one of them (they are never told apart).
    Returns (world, facts): facts has `lines` (count) and `said` (those that say something) by site-month, `units` {unit: {site-month: sum}} and
    `left_out`: the declarations that stand and do not count, for they say nothing of the measures or come
    before their site joined.
    """
    months = tuple(sorted(set(months)))
    words = (ask.version, ask.today, area.words, months, tuple(measures), group, tuple(both), back)
    return once(ask, "world", words, lambda: _world(ask, area, months, measures, group, both, back), _held)


def _held(found):
    """Say how many values a world holds."""
    return sum(map(len, found[0].values.values()))


def _world(ask, area, months, measures, group, both, back):
    sums, steady = _sums(ask, area, months, measures, group, both, back)
    sites = _sites_of(area, sums) | {site for site, _month in steady}
    standing = standings.declared(ask, area, sites, months)
    said, tallies, others, other_groups = steady, {}, {}, {}
    for site, month, unit, key, value, says, number, anything in sums:
        pair = (site, month)
        if anything:
            said.add(pair)
        if site not in sites or not (number or value):
            continue
        if area.unit in (None, unit):
            tally = tallies.get(pair)
            if tally is None:
                tally = tallies[pair] = _Tally()
            tally.add(key, value, says, number)
        elif value:
            others.setdefault(unit, {})[pair] = others.get(unit, {}).get(pair, 0) + value
            other_groups.setdefault(pair, set()).add(key)
    declared = {pair: final for pair, (_id, nil, final) in standing.items() if nil or pair in said}
    expected, starts = standings.expected(ask, area, sites, months)
    values = {pair: tally.groups for pair, tally in tallies.items() if tally.groups}
    known = World(expected, declared, values, starts, other_groups, area.plants)
    facts = {
        "lines": {pair: tally.lines for pair, tally in tallies.items()},
        "said": {pair: tally.said for pair, tally in tallies.items()},
        "units": others,
        "left_out": sorted(pk for pair, (pk, _nil, _final) in standing.items() if pair not in known.declared),
    }
    return known, facts


def _sites_of(area, sums):
    """Return the ids of the sites of a perimeter: those that passed its family, part and brand, when it has any."""
    if area.family or area.parts or area.brand:
        return {site for site, _month, _unit, _key, value, _says, number, _anything in sums if number or value}
    return set(area.sites)


class _Tally:
    """What the sums say of a site's month: by group, and of how many lines."""

    __slots__ = ("groups", "lines", "said")

    def __init__(self):
        self.groups, self.lines, self.said = {}, 0, 0

    def add(self, key, value, said, lines):
        self.lines += lines
        if said:
            self.said += said
            self.groups[key] = self.groups[key] + value if key in self.groups else value


def declarations(ask, area, months):
    """Read the World of declarations alone: any declaration counts, whichever measures it says."""
    months, sites = sorted(set(months)), set(area.sites)
    if area.family or area.parts or area.brand:
        sites = _sites_of(area, _sums(ask, area, months, ("produced",), None)[0])
    declared = {pair: final for pair, (_pk, _nil, final) in standings.declared(ask, area, sites, months).items()}
    expected, starts = standings.expected(ask, area, sites, months)
    return World(expected, declared, {}, starts, plants=area.plants), {}


def _sums(ask, area, months, measures, group, both=(), back=None):
    """Return (rows, steady): rows (site, month, unit, group, value, said, lines, what all of them said).

    The first three sums are of what passes the family, part and brand filters. `steady`: the {(site, month)} whose
    rows are told of the first of them; none without `back`.
    """
    if area.parts or group in ("part_id", RANGE) or both:
        source, names = _lines_source(measures, both, group == RANGE), {"parts": list(area.parts or [])}
    else:
        source, names = _cells_source(measures), {}
    known = KNOWN.format(source=source, group=group or "NULL::int", passing=_passing(area))
    names |= {"version": ask.version, "sites": list(area.sites), "months": list(months)}
    names |= {"family": area.family, "brand": area.brand}
    with connection.cursor() as cursor:
        if back is None:
            cursor.execute(known, names)
            return cursor.fetchall(), set()
        cursor.execute(TOGETHER.format(known=known), {**names, **_apart(ask, area, months, back)})
        rows = cursor.fetchall()
    steady = {(site, row[1]) for row in rows if row[0] is None for site in row[8]}
    return [row[:8] for row in rows if row[0] is not None], steady


def _passing(area):
    """Return the condition of a sum of what passes the family, part and brand filters."""
    matches = (
        (["family_id = %(family)s"] if area.family else [])
        + (["brand_id = %(brand)s"] if area.brand else [])
        + (["part_id = ANY(%(parts)s)"] if area.parts else [])
    )
    return f" FILTER (WHERE {' AND '.join(matches)})" if matches else ""


def _apart(ask, area, months, back):
    """Return what says which sites must stay apart: those that joined later, and the months in which anybody declared."""
    _pairs, starts = standings.expected(ask, area, area.sites, months)
    declared = {month for _site, month in standings.declared(ask, area, area.sites, months)}
    late = [site for site, first in starts.items() if first > min(months)]
    return {"back": back, "late": late, "declared": list(declared), "unit": area.unit}


KNOWN = """
SELECT site_id, month, unit_id, {group} AS grouped, coalesce(sum(value){passing}, 0) AS value,
       coalesce(sum(said){passing}, 0)::int AS said, coalesce(sum(lines){passing}, 0)::int AS lines,
       sum(said)::int AS anything
FROM ({source}) AS s WHERE site_id = ANY(%(sites)s) AND month = ANY(%(months)s) GROUP BY 1, 2, 3, 4
HAVING sum(lines) <> 0 OR sum(value) <> 0
"""
# A site's month is steady when it and the months it is compared with are said, in the asked unit alone: it then is on both
# sides of every comparison, like all steady sites of that month. A last row a month names them.
TOGETHER = """
WITH known AS MATERIALIZED ({known}), said AS MATERIALIZED (
    SELECT site_id, month, (month + make_interval(months => %(back)s))::date AS later,
           (month - make_interval(months => %(back)s))::date AS earlier
    FROM known WHERE site_id <> ALL(%(late)s) GROUP BY site_id, month
    HAVING sum(anything) > 0 AND sum(lines) > 0 AND coalesce(every(unit_id = %(unit)s), true)
), steady AS MATERIALIZED (
    SELECT s.site_id, s.month, min(s.site_id) OVER (PARTITION BY s.month) AS first
    FROM said s
    LEFT JOIN said after ON after.site_id = s.site_id AND after.month = s.later
    LEFT JOIN said before ON before.site_id = s.site_id AND before.month = s.earlier
    WHERE (after.site_id IS NOT NULL OR s.later <> ALL(%(declared)s))
      AND (before.site_id IS NOT NULL OR s.earlier <> ALL(%(declared)s))
)
SELECT coalesce(s.first, k.site_id), k.month, k.unit_id, k.grouped, sum(k.value), sum(k.said)::int, sum(k.lines)::int,
       sum(k.anything)::int, NULL::bigint[]
FROM known k LEFT JOIN steady s ON s.site_id = k.site_id AND s.month = k.month GROUP BY 1, 2, 3, 4
UNION ALL
SELECT NULL, month, NULL, NULL, 0, 0, 0, 0, array_agg(site_id) FROM steady GROUP BY month
"""


def _cells_source(measures):
    value = " + ".join(measures)
    said = " + ".join(f"{measure}_said" for measure in measures)
    keys = "site_id, month, family_id, unit_id, brand_id"
    return (
        f"SELECT {keys}, {value} AS value, {said} AS said, lines FROM production_cell "
        f"UNION ALL SELECT {keys}, -({value}), -({said}), -lines FROM production_posting WHERE version > %(version)s"
    )


def sums_at():
    """Return the query of every sum as it was at %(version)s: what stands now, less what came after."""
    names = ", ".join((*MEASURES, *(f"{measure}_said" for measure in MEASURES), "lines"))
    minus = ", ".join(f"-{name}" for name in names.split(", "))
    keys = "site_id, month, family_id, unit_id, brand_id"
    return (
        f"SELECT {keys}, {names} FROM production_cell "
        f"UNION ALL SELECT {keys}, {minus} FROM production_posting WHERE version > %(version)s"
    )


def _lines_source(measures, both=(), by_range=False):
    value = " + ".join(f"coalesce(l.{measure}, 0)" for measure in measures)
    said = " + ".join(f"(l.{measure} IS NOT NULL)::int" for measure in measures)
    if both:
        each = " AND ".join(f"num_nonnulls({', '.join(f'l.{name}' for name in names)}) > 0" for names in both)
        value, said = f"CASE WHEN {each} THEN {value} ELSE 0 END", f"({each})::int"
    range_of = ", coalesce(listed.range_id, whole.range_id, 0) AS range_id" if by_range else ""
    return (
        f"SELECT l.site_id, l.month, f.family_id, l.unit_id, l.brand_id, l.part_id{range_of}, {value} AS value, {said} AS said, "
        "1 AS lines FROM production_standing s "
        "JOIN production_outputline l ON l.declaration_id = s.declaration_id "
        "JOIN catalogue_partfamily f ON f.part_id = l.part_id AND f.from_v <= %(version)s "
        f"AND (f.to_v IS NULL OR f.to_v > %(version)s) {RANGES_OF_LINES if by_range else ''}"
        "WHERE s.from_v <= %(version)s AND (s.to_v IS NULL OR s.to_v > %(version)s)"
    )


def outside(ask, sites):
    """Return {site id: [(unit, produced, lines)]} of what sites declared of months before they joined; one query."""
    starts = {site: first for site, first in standings.joined(ask.version).items() if site in set(sites)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.site_id, unit_id, sum(value), sum(lines) FROM ({_cells_source(('produced',))}) AS s "
            "JOIN unnest(%(sites)s::bigint[], %(starts)s::date[]) AS p(site, start) "
            "ON p.site = s.site_id AND s.month < p.start "
            "GROUP BY 1, 2 HAVING sum(lines) > 0 ORDER BY 1, 2",
            {"version": ask.version, "sites": list(starts), "starts": list(starts.values())},
        )
        found = {}
        for site, unit, produced, lines in cursor.fetchall():
            found.setdefault(site, []).append((unit, produced, int(lines)))
        return found
