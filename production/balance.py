"""What does not balance: a line whose flows do not add up, an opening stock that is not the closing stock before.

    flow   opening + produced + bought in − (sold + exported + own use + written off + closing)
    stock  opening − closing of the month before, of the same site, part, brand and unit

Asked of lines that say opening, closing and produced (flow; what else they do not say counts 0), and of lines that say
the opening where the line before says the closing (stock). Scrapped pieces and those made for others are outside.
A difference is no fault: it waits for an owner and a comment.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from partstrack.numbers import plain
from production import staging
from production.models import SOLD, BalanceNote

COMES = ("opening", "produced", "bought_in")
GOES = (*SOLD, "exported", "own_use", "written_off", "closing")
SHOWN = 1000


@dataclass(frozen=True)
class Gap:
    """A difference of one part's month. `note`: what a person said of this very difference, None while nobody did."""

    kind: str
    line: int | None
    head: int | None
    site: int | None
    site_code: str
    month: date
    part: int | None
    reference: str
    brand: int | None
    difference: Decimal
    note: BalanceNote | None = None

    @property
    def key(self):
        """Return what a note is found by."""
        return self.head, self.part, self.brand, self.kind, self.difference

    def as_json(self):
        """Return the gap as it is kept with a checked file."""
        return {
            "kind": self.kind,
            "site": self.site_code,
            "month": f"{self.month:%Y-%m}",
            "part": self.reference,
            "difference": plain(self.difference),
        }


def _flow(line):
    said = " AND ".join(f"{line}.{name} IS NOT NULL" for name in ("opening", "closing", "produced"))
    comes, goes = (" + ".join(f"coalesce({line}.{name}, 0)" for name in names) for names in (COMES, GOES))
    return f"CASE WHEN {said} THEN {comes} - ({goes}) END"


# The lines that are asked about, each beside the closing stock that stands for its part in the month before.
COMPARED = f"""
WITH stands AS MATERIALIZED ({{asked}}), compared AS (
    SELECT l.*, {_flow("l")} AS flow, l.opening - b.closing AS stock FROM stands l
    LEFT JOIN production_head hb ON hb.site_id = l.site_id AND hb.month = (l.month - interval '1 month')::date
    LEFT JOIN production_standing sb ON sb.head_id = hb.id
         AND sb.from_v <= %(version)s AND (sb.to_v IS NULL OR sb.to_v > %(version)s)
    LEFT JOIN production_outputline b ON b.declaration_id = sb.declaration_id AND b.part_id = l.part_id
         AND b.brand_id IS NOT DISTINCT FROM l.brand_id AND b.unit_id = l.unit_id
)
SELECT k.kind, c.id, c.head_id, c.site_id, t.code, c.month, c.part_id, p.reference, c.brand_id, k.difference
FROM compared c
CROSS JOIN LATERAL (VALUES ('flow', c.flow), ('stock', c.stock)) AS k(kind, difference)
JOIN suppliers_site t ON t.id = c.site_id
JOIN catalogue_part p ON p.id = c.part_id
WHERE k.difference <> 0
ORDER BY c.month DESC, t.code, p.reference, c.id, k.kind
LIMIT %(most)s
"""

ALL_STANDING = """
SELECT l.*, h.id AS head_id FROM production_standing st
JOIN production_head h ON h.id = st.head_id
JOIN production_outputline l ON l.declaration_id = st.declaration_id
WHERE st.from_v <= %(version)s AND (st.to_v IS NULL OR st.to_v > %(version)s)
"""
OF_DECLARATIONS = """
SELECT l.*, d.head_id FROM production_declaration d
JOIN production_outputline l ON l.declaration_id = d.id WHERE d.id = ANY(%(declarations)s)
"""


def gaps(version, months=None, sites=None, most=None):
    """Return the Gaps of what stands at a data version, the latest month first, with what was said of them.

    `months` (dates) and `sites` (ids) narrow it when given.
    """
    narrower = " AND h.month = ANY(%(months)s)" if months is not None else ""
    narrower += " AND h.site_id = ANY(%(sites)s)" if sites is not None else ""
    said = {"months": months and list(months), "sites": None if sites is None else list(sites)}
    return _asked(ALL_STANDING + narrower, {**said, "version": version, "most": most})


def gaps_of(version, declarations, most=None):
    """Return the Gaps of the lines of some declarations (ids), whether they stand or wait to be accepted."""
    return _asked(OF_DECLARATIONS, {"declarations": list(declarations), "version": version, "most": most})


def _asked(lines, said):
    with connection.cursor() as cursor:
        cursor.execute(COMPARED.format(asked=lines), said)
        return _noted([Gap(*row) for row in cursor.fetchall()])


def _noted(found):
    heads = {gap.head for gap in found}
    notes = BalanceNote.objects.filter(head__in=heads).select_related("owner") if heads else ()
    said = {(note.head_id, note.part_id, note.brand_id, note.kind, note.difference): note for note in notes}
    return [Gap(**{**vars(gap), "note": said.get(gap.key)}) for gap in found]


def uncommented(version, month):
    """Return (site code, detail) of each difference of a month that has no comment: they stand against closing it."""
    return [
        (gap.site_code, f"{gap.reference} ({plain(gap.difference)})")
        for gap in gaps(version, months=[month])
        if gap.note is None or not gap.note.comment
    ]


# Of a staged file: its lines as they would stand, over what stands.
_MERGED = ", ".join(
    f"CASE WHEN '{name}' = ANY(s.erased) THEN NULL ELSE coalesce(s.{name}, l.{name}) END AS {name}"
    for name in (*COMES, *GOES)
)
STAGED = f"""
WITH told AS MATERIALIZED (
    SELECT s.site_id, s.month, s.part_id, s.part_text, s.brand_id, s.unit_id, {_MERGED}
    FROM production_stagedline s {staging.STANDING}
    WHERE s.batch_id = %(batch)s
), ordered AS (
    SELECT *, lag(closing) OVER line AS closed, lag(month) OVER line AS month_before FROM told
    WINDOW line AS (PARTITION BY site_id, part_id, brand_id, unit_id ORDER BY month)
), compared AS (
    SELECT l.*, {_flow("l")} AS flow,
           l.opening - CASE WHEN l.month_before = (l.month - interval '1 month')::date THEN l.closed ELSE b.closing END AS stock
    FROM ordered l
    LEFT JOIN production_outputline b ON b.declaration_id = ANY(%(before)s) AND b.site_id = l.site_id
         AND b.month = (l.month - interval '1 month')::date AND b.part_id = l.part_id
         AND b.brand_id IS NOT DISTINCT FROM l.brand_id AND b.unit_id = l.unit_id
)
SELECT k.kind, NULL, NULL, c.site_id, coalesce(t.code, ''), c.month, c.part_id, c.part_text, c.brand_id, k.difference
FROM compared c
CROSS JOIN LATERAL (VALUES ('flow', c.flow), ('stock', c.stock)) AS k(kind, difference)
LEFT JOIN suppliers_site t ON t.id = c.site_id
WHERE k.difference <> 0
ORDER BY c.month DESC, t.code, c.part_text, k.kind
LIMIT {SHOWN}
"""


def staged_gaps(batch):
    """Return the Gaps that the lines of a staged file would have once it is applied; at most 1,000.

    The month before is the file's own where it has one, else what stands; no join of the file with itself, for what
    PostgreSQL knows of the staging table is from when it was empty.
    """
    with staging.joined() as cursor:
        before = staging.against(cursor, batch, months_before=1)["standing"]
        cursor.execute(STAGED, {**staging.against(cursor, batch), "before": before})
        return [Gap(*row) for row in cursor.fetchall()]
