"""Recount everything from the lines, and compare with the sums that pages read."""

from functools import partial

from django.db import connection
from django.utils.translation import gettext_noop

from production.ledger import KEYS, SUMS
from production.models import MEASURES

RECOUNT = """
SELECT {keys}, {sums_named} FROM (
    SELECT {keys}, {sums} FROM production_cell
    UNION ALL
    SELECT l.site_id, l.month, f.family_id, l.unit_id, l.brand_id, {negative}
    FROM production_standing s
    JOIN production_outputline l ON l.declaration_id = s.declaration_id
    JOIN catalogue_partfamily f ON f.part_id = l.part_id AND f.to_v IS NULL
    WHERE s.to_v IS NULL
    GROUP BY l.site_id, l.month, f.family_id, l.unit_id, l.brand_id
) AS both_sides GROUP BY {keys} HAVING {any}
"""

POSTED = """
SELECT {keys}, {sums_named} FROM (
    SELECT {keys}, {sums} FROM production_cell
    UNION ALL SELECT {keys}, {minus} FROM production_posting
) AS both_sides GROUP BY {keys} HAVING {any}
"""


def verify(progress=lambda words, done, total: None):
    """Return every difference: cells against lines, cells against postings, standings that overlap. Empty is right."""
    found = []
    for number, (words, look) in enumerate(STEPS):
        progress(words, number, len(STEPS))
        found += look()
    return found


def _differences(between, text):
    negative = ["-count(*)", *(f"-coalesce(sum(l.{m}), 0)" for m in MEASURES), *(f"-count(l.{m})" for m in MEASURES)]
    sql = text.format(
        keys=", ".join(KEYS),
        sums=", ".join(SUMS),
        negative=", ".join(negative),
        minus=", ".join(f"-{name}" for name in SUMS),
        sums_named=", ".join(f"sum({name}) AS {name}" for name in SUMS),
        any=" OR ".join(f"sum({name}) <> 0" for name in SUMS),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [{"between": between, **_row(row)} for row in cursor.fetchall()]


def _row(row):
    named = dict(zip(KEYS, map(str, row[: len(KEYS)]), strict=True))
    off = {name: str(value) for name, value in zip(SUMS, row[len(KEYS) :], strict=True) if value}
    return {**named, "off_by": off}


def _overlaps():
    sql = (
        "SELECT a.head_id, a.from_v, b.from_v FROM production_standing a JOIN production_standing b "
        "ON a.head_id = b.head_id AND a.id < b.id "
        "AND int8range(a.from_v, a.to_v) && int8range(b.from_v, b.to_v)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [
            {"between": "standings of one month", "head": head, "versions": [one, two]}
            for head, one, two in cursor.fetchall()
        ]


def _strays():
    """Standing declarations that are not approved, and parts of standing lines without a family or merged into another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.head_id FROM production_standing s JOIN production_declaration d ON d.id = s.declaration_id "
            "WHERE s.to_v IS NULL AND d.state <> 'approved'"
        )
        rows = [{"between": "standing and state", "head": head} for (head,) in cursor.fetchall()]
        cursor.execute(
            "SELECT DISTINCT l.part_id FROM production_standing s JOIN production_outputline l ON l.declaration_id = s.declaration_id "
            "WHERE s.to_v IS NULL AND NOT EXISTS "
            "(SELECT 1 FROM catalogue_partfamily f WHERE f.part_id = l.part_id AND f.to_v IS NULL)"
        )
        rows += [{"between": "part and family", "part": part} for (part,) in cursor.fetchall()]
        cursor.execute(
            "SELECT DISTINCT l.part_id FROM production_standing s JOIN production_outputline l ON l.declaration_id = s.declaration_id "
            "JOIN catalogue_part p ON p.id = l.part_id WHERE s.to_v IS NULL AND p.merged_into_id IS NOT NULL"
        )
        return rows + [{"between": "part and merge", "part": part} for (part,) in cursor.fetchall()]


STEPS = (
    (gettext_noop("Sums against lines"), partial(_differences, "cells and lines", RECOUNT)),
    (
        gettext_noop("Sums against what each version changed in them"),
        partial(_differences, "cells and postings", POSTED),
    ),
    (gettext_noop("What stood when"), _overlaps),
    (gettext_noop("What must not stand"), _strays),
)
