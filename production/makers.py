"""Who makes a range or a family here, whatever months are asked, and what is known of their months."""

from django.db import connection

from production import standings, volumes
from production.comparison import CUT_SHARE

# A line is of the range that lists its reference, else of that of its brand and family: in one range of a brand, not two.
OF_RANGES = """
FROM production_standing s
JOIN production_outputline l ON l.declaration_id = s.declaration_id
JOIN production_range r ON r.brand_id = l.brand_id AND r.id = ANY(%(ranges)s)
JOIN catalogue_partfamily f ON f.part_id = l.part_id AND f.from_v <= %(version)s AND (f.to_v IS NULL OR f.to_v > %(version)s)
LEFT JOIN production_rangepart p ON p.range_id = r.id AND p.part_id = l.part_id
     AND p.from_v <= %(version)s AND (p.to_v IS NULL OR p.to_v > %(version)s)
WHERE s.from_v <= %(version)s AND (s.to_v IS NULL OR s.to_v > %(version)s)
      AND (p.id IS NOT NULL OR (f.family_id = r.family_id AND NOT r.id = ANY(%(listed)s) AND NOT EXISTS (
          SELECT 1 FROM production_rangepart o JOIN production_range q ON q.id = o.range_id
          WHERE o.part_id = l.part_id AND q.brand_id = r.brand_id
                AND o.from_v <= %(version)s AND (o.to_v IS NULL OR o.to_v > %(version)s)
      )))
"""


def of_ranges(version, ranges, listed):
    """Return {range id: {site id}} of the sites that ever declared a line of a range. `listed`: ranges with references."""
    names = {"ranges": list(ranges), "listed": list(listed), "version": version}
    return _makers(f"SELECT r.id, l.site_id, max(l.month) {OF_RANGES} GROUP BY 1, 2", names)


def of_families(version):
    """Return {family id: {site id}} of the sites that ever declared to have produced or exported parts of a family."""
    said = f"SELECT family_id, site_id, month FROM ({volumes.sums_at()}) AS sums GROUP BY 1, 2, 3"
    said += " HAVING sum(produced_said + exported_said) > 0"
    return _makers(f"SELECT family_id, site_id, max(month) FROM ({said}) AS said GROUP BY 1, 2", {"version": version})


def _makers(sql, names):
    """Return {key: {site id}} of rows (key, site, last month); lines of before a site joined make nobody a maker."""
    with connection.cursor() as cursor:
        cursor.execute(sql, names)
        rows = cursor.fetchall()
    joined, makers = standings.joined(names["version"]), {}
    for key, site, last in rows:
        if site not in joined or last >= joined[site]:
            makers.setdefault(key, set()).add(site)
    return makers


def expected(world, own, month):
    """Say whether one of these makers was expected in a month, or declared it: otherwise nothing of theirs is 0."""
    return not own.isdisjoint(world.expecting.get(month, ()))


def covered(world, own, month):
    """Say whether at least two thirds of the expected makers declared; no when none was expected."""
    share, whole = CUT_SHARE
    expecting = len(world.expecting.get(month, set()) & own)
    return bool(expecting) and whole * len(world.declaring.get(month, set()) & own) >= share * expecting
