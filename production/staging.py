"""The typed staging table of a file, and the set-based questions asked of it before and while it is applied.

A staged row is a row of the file (of a wide file: one cell of it). A measure that is NULL was blank in the file
and erases nothing, unless `erased` names it: then its value is taken back. Row 0 is a line that the file does not
mention and that is erased because the file replaces its month. A site below zero is still to be made
(production/making.py). Differences are against what stands now, under the heads' locks while applying.

What PostgreSQL knows of the tables may be from when they were empty: then it joins row by row, and a file of a month
takes minutes. So these questions name the declarations that stand, and their joins read each side once (`joined()`).
"""

import csv
import io
from contextlib import contextmanager
from itertools import compress

from django.db import connection

from partstrack.numbers import plain
from production.models import MEASURES, StagedLine

TEXTS = ("sheet", "part_text", "part_key", "part_name", "family")
KEYS = ("batch_id", "sheet", "row", "site_id", "month", "part_id", *TEXTS[1:], "brand_id", "unit_id", "erased")
CHANGES_SHOWN = 1000


def copy_in(rows, measures):
    """COPY rows (tuples in the order of KEYS and then `measures`, None for NULL) into the staging table."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    buffer.seek(0)
    columns, texts = ", ".join((*KEYS, *measures)), ", ".join(TEXTS)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY production_stagedline ({columns}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({texts}))", buffer
        )


def clear(batch):
    """Forget the staged rows of a file."""
    StagedLine.objects.filter(batch=batch).delete()


def point_at_sites(batch, sites):
    """Point the staged rows at the sites that were just made: {number below zero: site id}."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE production_stagedline s SET site_id = made.site_id FROM unnest(%s::bigint[], %s::bigint[]) "
            "AS made(number, site_id) WHERE s.batch_id = %s AND s.site_id = made.number",
            [list(sites), list(sites.values()), batch.pk],
        )


def point_at_parts(batch):
    """Point the staged rows at the parts that were just made for the firms of their sites."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE production_stagedline s SET part_id = "
            "(SELECT p.id FROM catalogue_part p WHERE p.firm_id = t.firm_id AND p.reference_key = s.part_key) "
            "FROM suppliers_site t WHERE t.id = s.site_id AND s.batch_id = %s AND s.part_id IS NULL",
            [batch.pk],
        )


def known_meanwhile(batch, firms):
    """Say whether a reference that nobody knew when the file was checked is known now.

    `firms`: {number: firm id} of the sites that are still to be made for a firm that is known.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM production_stagedline s LEFT JOIN suppliers_site t ON t.id = s.site_id "
            "LEFT JOIN unnest(%s::bigint[], %s::bigint[]) AS made(number, firm_id) ON made.number = s.site_id "
            "JOIN catalogue_part p ON p.firm_id = coalesce(t.firm_id, made.firm_id) AND p.reference_key = s.part_key "
            "WHERE s.batch_id = %s AND s.part_id IS NULL)",
            [list(firms), list(firms.values()), batch.pk],
        )
        return cursor.fetchone()[0]


def merged_meanwhile(batch):
    """Say whether a part of a staged file was merged into another since the file was checked."""
    return StagedLine.objects.filter(batch=batch, part__merged_into__isnull=False).exists()


def parts_to_make(batch):
    """Return (site id, reference, key, name, family, unit) of the references that nobody knows, in file order."""
    rows = StagedLine.objects.filter(batch=batch, part=None).order_by("sheet", "row", "pk")
    return rows.values_list("site_id", "part_text", "part_key", "part_name", "family", "unit_id")


@contextmanager
def joined():
    """Lend a cursor whose joins read each side once; only a look-up that a question spells out goes row by row."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off")
        yield cursor
        cursor.execute("SET LOCAL enable_nestloop = on; SET LOCAL enable_mergejoin = on")


def against(cursor, batch, months_before=0):
    """Return the parameters of a question: the file, and the ids of the declarations that stand in its site-months.

    `months_before`: those of its sites so many months before instead.
    """
    cursor.execute(
        "SELECT coalesce(array_agg(st.declaration_id), '{}') "
        "FROM (SELECT DISTINCT site_id, (month - make_interval(months => %s))::date AS month "
        "FROM production_stagedline WHERE batch_id = %s AND row > 0) AS p "
        "JOIN production_head h ON h.site_id = p.site_id AND h.month = p.month "
        "JOIN production_standing st ON st.head_id = h.id AND st.to_v IS NULL",
        [months_before, batch.pk],
    )
    return {"batch": batch.pk, "standing": cursor.fetchone()[0]}


# The line that stands for a staged row.
STANDING = """
LEFT JOIN production_outputline l ON l.declaration_id = ANY(%(standing)s) AND l.site_id = s.site_id
     AND l.month = s.month AND l.part_id = s.part_id AND l.brand_id IS NOT DISTINCT FROM s.brand_id
"""

# One row a staged value: what stands (old), what the file says (new; NULL erases).
VALUES = f"""
SELECT s.id, s.site_id, s.month, s.part_id, s.part_text, s.unit_id, s.sheet, s.row, v.measure, v.new, v.old
FROM production_stagedline s {STANDING}
CROSS JOIN LATERAL (VALUES {{pairs}}) AS v(measure, new, old)
WHERE s.batch_id = %(batch)s AND (v.new IS NOT NULL OR v.measure = ANY(s.erased))
"""


# Rows in another unit than the line that stands for their part: units are never mixed.
OTHER_UNIT = """
DELETE FROM production_stagedline s
USING production_outputline l
WHERE s.batch_id = %(batch)s AND l.declaration_id = ANY(%(standing)s) AND l.site_id = s.site_id AND l.month = s.month
      AND l.part_id = s.part_id AND l.brand_id IS NOT DISTINCT FROM s.brand_id AND l.unit_id <> s.unit_id
RETURNING s.sheet, s.row, s.part_text, l.unit_id, num_nonnulls({measures})
"""


def take_other_units(batch):
    """Take out the staged rows whose unit is not that of what stands: [(sheet, row, part, standing unit, values)]."""
    said = ", ".join(f"s.{name}" for name in MEASURES)
    with joined() as cursor:
        cursor.execute(OTHER_UNIT.format(measures=said), against(cursor, batch))
        return sorted(cursor.fetchall())


CHANGED = "old IS NOT NULL AND new IS DISTINCT FROM old"


def values(measures):
    """Return the query of the staged values of a file: one row a value, beside what stands (parameters: against())."""
    return VALUES.format(pairs=", ".join(f"('{name}', s.{name}, l.{name})" for name in measures))


def measures_said(batch):
    """Return the measures of which a staged file says or takes back a value."""
    asked = ", ".join(f"count({name}) > 0 OR coalesce(bool_or('{name}' = ANY(erased)), false)" for name in MEASURES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked} FROM production_stagedline WHERE batch_id = %s", [batch.pk])
        return list(compress(MEASURES, cursor.fetchone()))


def difference(batch, measures):
    """Count the values of a staged file against what stands, by site-month.

    Returns [(site id, month, new, changed, unchanged)]; the site is below zero while it is still to be made.
    """
    with joined() as cursor:
        cursor.execute(
            "SELECT site_id, month, count(*) FILTER (WHERE old IS NULL AND new IS NOT NULL), "
            f"count(*) FILTER (WHERE {CHANGED}), count(*) FILTER (WHERE old IS NOT DISTINCT FROM new) "
            f"FROM ({values(measures)}) AS d GROUP BY site_id, month ORDER BY 1, 2",
            against(cursor, batch),
        )
        return cursor.fetchall()


def changes(batch, measures):
    """Return the first 1,000 values that change: [{month, part, measure, old, new, site, sheet, row}]; new None: erased."""
    with joined() as cursor:
        cursor.execute(
            "SELECT month, part_text, measure, old, new, sheet, row, t.code "
            f"FROM ({values(measures)}) AS d JOIN suppliers_site t ON t.id = d.site_id "
            f"WHERE {CHANGED} ORDER BY month, part_text, measure LIMIT {CHANGES_SHOWN}",
            against(cursor, batch),
        )
        return [
            {
                "month": f"{month:%Y-%m}",
                "part": part,
                "measure": measure,
                "old": plain(old),
                "new": None if new is None else plain(new),
                "sheet": sheet,
                "row": row,
                "site": site,
            }
            for month, part, measure, old, new, sheet, row, site in cursor.fetchall()
        ]


# Lines of the file's site-months of which the file says nothing.
LEFT_STANDING = """
FROM production_outputline l
LEFT JOIN production_stagedline s ON s.batch_id = %(batch)s AND s.site_id = l.site_id AND s.month = l.month
     AND s.part_id = l.part_id AND s.brand_id IS NOT DISTINCT FROM l.brand_id
WHERE l.declaration_id = ANY(%(standing)s) AND s.id IS NULL
"""


def left_standing(batch):
    """Count what stands in the file's site-months and is not in the file: {values, parts, months}."""
    said = f"num_nonnulls({', '.join(f'l.{name}' for name in MEASURES)})"
    with joined() as cursor:
        cursor.execute(
            f"SELECT coalesce(sum({said}), 0), count(DISTINCT l.part_id), count(DISTINCT l.month) {LEFT_STANDING}",
            against(cursor, batch),
        )
        values, parts, months = cursor.fetchone()
    return {"values": int(values), "parts": parts, "months": months}


def erase_the_rest(batch):
    """Stage the erasing of every line that the file leaves standing: the file replaces its months."""
    erased = ", ".join(f"CASE WHEN l.{name} IS NOT NULL THEN '{name}' END" for name in MEASURES)
    with joined() as cursor:
        cursor.execute(
            "INSERT INTO production_stagedline (batch_id, sheet, row, site_id, month, part_id, part_text, part_key, "
            "part_name, family, brand_id, unit_id, erased) "
            "SELECT %(batch)s, '', 0, l.site_id, l.month, l.part_id, t.reference, t.reference_key, '', '', l.brand_id, "
            f"l.unit_id, array_remove(ARRAY[{erased}], NULL) "
            f"FROM (SELECT l.* {LEFT_STANDING}) AS l JOIN catalogue_part t ON t.id = l.part_id",
            against(cursor, batch),
        )


def emptied(batch):
    """Return (site code, month) of the site-months of which the file would leave nothing said, in order."""
    with joined() as cursor:
        cursor.execute(EMPTIED, against(cursor, batch))
        return cursor.fetchall()


def _next(measure):
    """What a line says of a measure once the file is written: erased, or the file's value, or what stood."""
    return f"CASE WHEN '{measure}' = ANY(s.erased) THEN NULL ELSE coalesce(s.{measure}, l.{measure}) END"


# Of a month for which the file erases something: what it says itself, and what stands and stays.
EMPTIED = f"""
SELECT t.code, p.month
FROM (SELECT DISTINCT site_id, month FROM production_stagedline WHERE batch_id = %(batch)s AND erased IS NOT NULL) AS p
JOIN suppliers_site t ON t.id = p.site_id
LEFT JOIN (
    SELECT s.site_id, s.month FROM production_stagedline s
    WHERE s.batch_id = %(batch)s AND num_nonnulls({", ".join(f"s.{name}" for name in MEASURES)}) > 0
    UNION
    SELECT l.site_id, l.month FROM production_outputline l
    LEFT JOIN production_stagedline s ON s.batch_id = %(batch)s AND s.site_id = l.site_id AND s.month = l.month
         AND s.part_id = l.part_id AND s.brand_id IS NOT DISTINCT FROM l.brand_id
    WHERE l.declaration_id = ANY(%(standing)s) AND num_nonnulls({", ".join(map(_next, MEASURES))}) > 0
) AS said ON said.site_id = p.site_id AND said.month = p.month
WHERE said.site_id IS NULL
ORDER BY p.month, t.code
"""


# The lines of the next revision: the file's rows over what stood, then what stood and is not in the file. A line of
# which nothing is left said is not written.
def _write_lines():
    columns = (
        "declaration_id, site_id, month, part_id, brand_id, unit_id, batch_id, source_sheet, source_row, "
        + ", ".join(MEASURES)
    )
    moved = " OR ".join(f"{_next(name)} IS DISTINCT FROM l.{name}" for name in MEASURES)
    kept = ", ".join(f"l.{name}" for name in MEASURES)
    says = f"(s.erased IS NOT NULL OR num_nonnulls({', '.join(f's.{name}' for name in MEASURES)}) > 0)"
    return f"""
INSERT INTO production_outputline ({columns})
SELECT d.id, h.site_id, h.month, s.part_id, s.brand_id, s.unit_id,
       CASE WHEN {moved} THEN s.batch_id ELSE l.batch_id END,
       CASE WHEN {moved} THEN s.sheet ELSE l.source_sheet END,
       CASE WHEN {moved} THEN s.row ELSE l.source_row END, {", ".join(map(_next, MEASURES))}
FROM production_declaration d
JOIN production_head h ON h.id = d.head_id
JOIN production_stagedline s ON s.site_id = h.site_id AND s.month = h.month AND s.batch_id = %(batch)s
LEFT JOIN production_outputline l ON l.declaration_id = d.based_on_id AND l.declaration_id = ANY(%(standing)s)
     AND l.part_id = s.part_id AND l.brand_id IS NOT DISTINCT FROM s.brand_id
WHERE d.id = ANY(%(declarations)s) AND {says} AND num_nonnulls({", ".join(map(_next, MEASURES))}) > 0
UNION ALL
SELECT d.id, l.site_id, l.month, l.part_id, l.brand_id, l.unit_id, l.batch_id, l.source_sheet, l.source_row, {kept}
FROM production_declaration d
JOIN production_outputline l ON l.declaration_id = d.based_on_id AND l.declaration_id = ANY(%(standing)s)
WHERE d.id = ANY(%(declarations)s) AND NOT EXISTS (
    SELECT 1 FROM production_stagedline s WHERE s.batch_id = %(batch)s AND s.site_id = l.site_id AND s.month = l.month
    AND s.part_id = l.part_id AND s.brand_id IS NOT DISTINCT FROM l.brand_id AND {says}
)
"""


WRITE_LINES = _write_lines()


def write_lines(batch, declarations):
    """Write the lines of the drafts of a file: whole snapshots, each line pointing at the file and row it came from."""
    with joined() as cursor:
        ids, before = (
            [each.pk for each in declarations],
            [each.based_on_id for each in declarations if each.based_on_id],
        )
        cursor.execute(WRITE_LINES, {"batch": batch.pk, "declarations": ids, "standing": before})
        # The keys of so many lines are checked now: at the commit all who wait for a number of a version would wait too.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
