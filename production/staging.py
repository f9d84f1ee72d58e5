"""The typed staging table of a file, and the set-based questions asked of it before and while it is applied.

A staged row is a row of the file (of a wide file: one cell of it). A measure that is NULL was blank in the file
and erases nothing. Differences are against what stands now, under the heads' locks while applying.
"""

import io

from django.db import connection

from partstrack.numbers import plain
from production.models import MEASURES, StagedLine

COPIED = (
    "batch_id",
    "sheet",
    "row",
    "site_id",
    "month",
    "part_id",
    "part_text",
    "part_key",
    "part_name",
    "family",
    "brand_id",
    "unit_id",
    *MEASURES,
)
CHANGES_SHOWN = 1000


def copy_in(rows):
    """COPY rows (tuples in the order of COPIED, None for NULL) into the staging table."""
    buffer = io.StringIO()
    for row in rows:
        buffer.write("\t".join(map(_copied, row)) + "\n")
    buffer.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY production_stagedline ({', '.join(COPIED)}) FROM STDIN", buffer)


def _copied(value):
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return str(value)


def clear(batch):
    """Forget the staged rows of a file."""
    StagedLine.objects.filter(batch=batch).delete()


def point_at(batch, site_id):
    """Point the staged rows at a site (None: leave it) and at the parts that were just made for their firms."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE production_stagedline s SET site_id = t.id, part_id = coalesce(s.part_id, "
            "(SELECT p.id FROM catalogue_part p WHERE p.firm_id = t.firm_id AND p.reference_key = s.part_key)) "
            "FROM suppliers_site t WHERE t.id = coalesce(s.site_id, %s) "
            "AND s.batch_id = %s AND (s.part_id IS NULL OR s.site_id IS NULL)",
            [site_id, batch.pk],
        )


def known_meanwhile(batch, firm):
    """Say whether a reference that nobody knew when the file was checked is known now. `firm`: of rows without site."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM production_stagedline s LEFT JOIN suppliers_site t ON t.id = s.site_id "
            "JOIN catalogue_part p ON p.firm_id = coalesce(t.firm_id, %s) AND p.reference_key = s.part_key "
            "WHERE s.batch_id = %s AND s.part_id IS NULL)",
            [firm.pk if firm else None, batch.pk],
        )
        return cursor.fetchone()[0]


def parts_to_make(batch):
    """Return (site id, reference, key, name, family, unit) of the references that nobody knows, in file order."""
    rows = StagedLine.objects.filter(batch=batch, part=None).order_by("sheet", "row", "pk")
    return rows.values_list("site_id", "part_text", "part_key", "part_name", "family", "unit_id")


# One row a staged value: what stands (old), what the file says (new).
VALUES = """
SELECT s.id, s.site_id, s.month, s.part_id, s.part_text, s.unit_id, s.sheet, s.row, v.measure, v.new, v.old
FROM production_stagedline s
LEFT JOIN production_head h ON h.site_id = s.site_id AND h.month = s.month
LEFT JOIN production_standing st ON st.head_id = h.id AND st.to_v IS NULL
LEFT JOIN production_outputline l ON l.declaration_id = st.declaration_id AND l.part_id = s.part_id
     AND l.brand_id IS NOT DISTINCT FROM s.brand_id
CROSS JOIN LATERAL (VALUES {pairs}) AS v(measure, new, old)
WHERE s.batch_id = %s AND v.new IS NOT NULL
"""


def values(measures):
    """Return the query of the staged values of a file: one row a value, beside what stands (the parameter: the file)."""
    return VALUES.format(pairs=", ".join(f"('{name}', s.{name}, l.{name})" for name in measures))


def difference(batch, measures):
    """Count the values of a staged file against what stands, by site-month.

    Returns [(site id, month, new, changed, unchanged)]; the site is None while it is still to be made.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT site_id, month, count(*) FILTER (WHERE old IS NULL), count(*) FILTER (WHERE old <> new), "
            f"count(*) FILTER (WHERE old = new) FROM ({values(measures)}) AS d GROUP BY site_id, month ORDER BY 1, 2",
            [batch.pk],
        )
        return cursor.fetchall()


def changes(batch, measures):
    """Return the first 1,000 values that change: [{month, part, measure, old, new, site, sheet, row}]."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month, part_text, measure, old, new, sheet, row, t.code "
            f"FROM ({values(measures)}) AS d JOIN suppliers_site t ON t.id = d.site_id "
            f"WHERE old <> new ORDER BY month, part_text, measure LIMIT {CHANGES_SHOWN}",
            [batch.pk],
        )
        return [
            {
                "month": f"{month:%Y-%m}",
                "part": part,
                "measure": measure,
                "old": plain(old),
                "new": plain(new),
                "sheet": sheet,
                "row": row,
                "site": site,
            }
            for month, part, measure, old, new, sheet, row, site in cursor.fetchall()
        ]


# The lines of the next revision: the file's rows over what stood, then what stood and is not in the file.
def _write_lines():
    columns = (
        "declaration_id, site_id, month, part_id, brand_id, unit_id, batch_id, source_sheet, source_row, "
        + ", ".join(MEASURES)
    )
    merged = ", ".join(f"coalesce(s.{name}, l.{name})" for name in MEASURES)
    moved = " OR ".join(f"(s.{name} IS NOT NULL AND s.{name} IS DISTINCT FROM l.{name})" for name in MEASURES)
    kept = ", ".join(f"l.{name}" for name in MEASURES)
    return f"""
INSERT INTO production_outputline ({columns})
SELECT d.id, h.site_id, h.month, s.part_id, s.brand_id, s.unit_id,
       CASE WHEN {moved} THEN s.batch_id ELSE l.batch_id END,
       CASE WHEN {moved} THEN s.sheet ELSE l.source_sheet END,
       CASE WHEN {moved} THEN s.row ELSE l.source_row END, {merged}
FROM production_declaration d
JOIN production_head h ON h.id = d.head_id
JOIN production_stagedline s ON s.site_id = h.site_id AND s.month = h.month AND s.batch_id = %(batch)s
LEFT JOIN production_outputline l ON l.declaration_id = d.based_on_id AND l.part_id = s.part_id
     AND l.brand_id IS NOT DISTINCT FROM s.brand_id
WHERE d.id = ANY(%(declarations)s) AND ({" OR ".join(f"s.{name} IS NOT NULL" for name in MEASURES)})
UNION ALL
SELECT d.id, l.site_id, l.month, l.part_id, l.brand_id, l.unit_id, l.batch_id, l.source_sheet, l.source_row, {kept}
FROM production_declaration d
JOIN production_outputline l ON l.declaration_id = d.based_on_id
WHERE d.id = ANY(%(declarations)s) AND NOT EXISTS (
    SELECT 1 FROM production_stagedline s WHERE s.batch_id = %(batch)s AND s.site_id = l.site_id AND s.month = l.month
    AND s.part_id = l.part_id AND s.brand_id IS NOT DISTINCT FROM l.brand_id
    AND ({" OR ".join(f"s.{name} IS NOT NULL" for name in MEASURES)})
)
"""


WRITE_LINES = _write_lines()


def write_lines(batch, declarations):
    """Write the lines of the drafts of a file: whole snapshots, each line pointing at the file and row it came from."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE_LINES, {"batch": batch.pk, "declarations": [each.pk for each in declarations]})
