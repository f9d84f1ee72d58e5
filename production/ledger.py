"""How a declaration starts and stops standing: the only code that writes cells, postings and standings.

The order is always the same: lock the heads (in id order) -> `shared` lock of the ledger -> change cells -> take the
version -> postings and standings under that version. Whoever changes what all postings depend on (the family of a
part, whether a month is closed) takes the lock of the ledger for itself (`exclusive`) and no head after it.
"""

from itertools import count

from django.db import connection

from catalogue.models import PartFamily
from production.models import MEASURES, Head, Posting, Standing

RECLASS_LOCK = 7_201_001  # advisory lock: shared by postings, exclusive for reclassification
KEYS = ("site_id", "month", "family_id", "unit_id", "brand_id")
CALLS = count(1)  # tells apart what several calls inside one transaction draft
SUMS = ("lines", *MEASURES, *(f"{measure}_said" for measure in MEASURES))


def _sql(text, **names):
    return text.format(
        keys=", ".join(KEYS),
        sums=", ".join(SUMS),
        summed=", ".join(f"sum({name}) AS {name}" for name in SUMS),
        negative=", ".join(f"-{name}" for name in SUMS),
        any_change=" OR ".join(f"sum({name}) <> 0" for name in SUMS),
        added=", ".join(f"{name} = production_cell.{name} + excluded.{name}" for name in SUMS),
        **names,
    )


DRAFT_TABLE = """
CREATE TEMP TABLE IF NOT EXISTS posting_draft (
    head_id bigint, declaration_id bigint, LIKE production_cell INCLUDING DEFAULTS
) ON COMMIT DELETE ROWS
"""

# What stands next minus what the cells hold, for the given heads. Families, heads and declarations are
# looked up, not joined: in tables that PostgreSQL believes to be empty every line would meet every part.
FILL_DRAFT = """
INSERT INTO posting_draft (id, head_id, declaration_id, {keys}, {sums})
SELECT %(call)s, h.id, (
    SELECT n.id FROM production_declaration n WHERE n.head_id = h.id AND n.id = ANY(%(declarations)s)
), d.site_id, d.month, d.family_id, d.unit_id, d.brand_id, {prefixed}
FROM (
    SELECT {keys}, {summed} FROM (
        SELECT l.site_id, l.month, (
            SELECT f.family_id FROM catalogue_partfamily f WHERE f.part_id = l.part_id AND f.to_v IS NULL
        ) AS family_id, l.unit_id, l.brand_id, {of_lines_named}
        FROM production_outputline l
        WHERE l.declaration_id = ANY(%(declarations)s)
        GROUP BY l.site_id, l.month, 3, l.unit_id, l.brand_id
        UNION ALL
        SELECT {cell_keys}, {negative}
        FROM production_cell c JOIN production_head h ON h.site_id = c.site_id AND h.month = c.month
        WHERE h.id = ANY(%(heads)s)
    ) AS both_sides GROUP BY {keys} HAVING {any_change}
) AS d
CROSS JOIN LATERAL (SELECT id FROM production_head WHERE site_id = d.site_id AND month = d.month LIMIT 1) AS h
"""

CHANGE_CELLS = """
INSERT INTO production_cell ({keys}, {sums}) SELECT {keys}, {sums} FROM posting_draft
WHERE id = %(call)s ORDER BY {keys}
ON CONFLICT ({keys}) DO UPDATE SET {added}
"""

DROP_EMPTY_CELLS = """
DELETE FROM production_cell c USING posting_draft d
WHERE c.lines = 0 AND d.id = %(call)s AND c.site_id = d.site_id AND c.month = d.month
"""

POST = """
INSERT INTO production_posting (version, cause, head_id, declaration_id, {keys}, {sums})
SELECT %(version)s, %(cause)s, head_id, declaration_id, {keys}, {sums} FROM posting_draft
WHERE id = %(call)s ORDER BY head_id, {keys}
"""

CLOSE_STANDINGS = "UPDATE production_standing SET to_v = %(version)s WHERE head_id = ANY(%(heads)s) AND to_v IS NULL"

OPEN_STANDINGS = """
INSERT INTO production_standing (head_id, declaration_id, from_v)
SELECT head_id, id, %(version)s FROM production_declaration WHERE id = ANY(%(declarations)s) ORDER BY head_id
"""


def lock(pairs):
    """Lock the heads of (site id, month) pairs, making those that are missing.

    Returns {(site id, month): head id}. Heads are made in the order of (site, month) and locked in the
    order of their ids, so that two writers can never wait for each other. No key: whoever only points at a head
    (the postings of a reclassification) does not wait for it.
    """
    pairs = sorted(set(pairs))
    sites, months = [site for site, _ in pairs], [month for _, month in pairs]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO production_head (site_id, month) "
            "SELECT site, month FROM unnest(%s::bigint[], %s::date[]) AS p(site, month) ORDER BY site, month "
            "ON CONFLICT DO NOTHING",
            [sites, months],
        )
        cursor.execute(
            "SELECT h.id, h.site_id, h.month FROM production_head h "
            "JOIN unnest(%s::bigint[], %s::date[]) AS p(site, month) ON h.site_id = p.site AND h.month = p.month "
            "ORDER BY h.id FOR NO KEY UPDATE OF h",
            [sites, months],
        )
        return {(site, month): head for head, site, month in cursor.fetchall()}


def lock_heads(ids):
    """Lock existing heads in id order."""
    return list(
        Head.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True)
    )


def stand(door, heads, declarations, cause=Posting.Cause.APPROVE):
    """Make `declarations` (ids, at most one a head) stand on `heads` (ids, locked) in place of what stood.

    A head without a declaration in the list has nothing standing afterwards.
    """
    names = {"heads": list(heads), "declarations": list(declarations), "cause": str(cause), "call": next(CALLS)}
    shared()
    with connection.cursor() as cursor:
        _draft(cursor, names)
        cursor.execute(_sql(CHANGE_CELLS), names)
        cursor.execute(DROP_EMPTY_CELLS, names)
    door.when_numbered(lambda version: _number(version, names))


def _draft(cursor, names):
    cursor.execute(DRAFT_TABLE)
    of_lines = [
        "count(*) AS lines",
        *(f"coalesce(sum(l.{measure}), 0) AS {measure}" for measure in MEASURES),
        *(f"count(l.{measure}) AS {measure}_said" for measure in MEASURES),
    ]
    cursor.execute(
        _sql(
            FILL_DRAFT,
            prefixed=", ".join(f"d.{name}" for name in SUMS),
            of_lines_named=", ".join(of_lines),
            cell_keys=", ".join(f"c.{key}" for key in KEYS),
        ),
        names,
    )


def _number(version, names):
    with connection.cursor() as cursor:
        cursor.execute(_sql(POST), {**names, "version": version})
        cursor.execute(CLOSE_STANDINGS, {**names, "version": version})
        cursor.execute(OPEN_STANDINGS, {**names, "version": version})


def shared():
    """Keep families of parts and closings of months as they are until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [RECLASS_LOCK])


def exclusive():
    """Keep every posting out until the end of this transaction (for reclassification, closing and recounts)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RECLASS_LOCK])


def standing_ids(heads):
    """Return {head id: declaration id} of what stands now on the heads."""
    return dict(Standing.objects.filter(head__in=heads, to_v=None).values_list("head_id", "declaration_id"))


REBASE = """
INSERT INTO posting_draft (id, head_id, declaration_id, {keys}, {sums})
SELECT %(call)s, min(head_id), NULL, site_id, month, family_id, unit_id, brand_id, {summed} FROM (
    SELECT s.head_id, l.site_id, l.month, f.family_id, l.unit_id, l.brand_id, {of_lines_named}
    FROM production_standing s
    JOIN production_outputline l ON l.declaration_id = s.declaration_id
    JOIN (VALUES {moves}) AS m(part_id, sign, family_id) ON m.part_id = l.part_id
    JOIN LATERAL (SELECT m.family_id, m.sign) AS f ON true
    WHERE s.to_v IS NULL
    GROUP BY s.head_id, l.site_id, l.month, f.family_id, f.sign, l.unit_id, l.brand_id
) AS moved GROUP BY site_id, month, family_id, unit_id, brand_id
"""


def reclassify(door, part, family):
    """Move a part to another family from this version on; totals stay, the old and new family each get a posting."""
    exclusive()
    old = PartFamily.objects.get(part=part, to_v=None)
    if old.family_id == family.pk:
        return
    names = {"call": next(CALLS), "cause": str(Posting.Cause.RECLASS)}
    with connection.cursor() as cursor:
        cursor.execute(DRAFT_TABLE)
        cursor.execute(_moves(), {**names, "part": part.pk, "old": old.family_id, "new": family.pk})
        cursor.execute(_sql(CHANGE_CELLS), names)
        cursor.execute(DROP_EMPTY_CELLS, names)
    door.when_numbered(lambda version: _number_move(version, names, part, old, family))


def _moves():
    signed = [
        "f.sign * count(*) AS lines",
        *(f"f.sign * coalesce(sum(l.{measure}), 0) AS {measure}" for measure in MEASURES),
        *(f"f.sign * count(l.{measure}) AS {measure}_said" for measure in MEASURES),
    ]
    return _sql(
        REBASE,
        of_lines_named=", ".join(signed),
        moves="(%(part)s, -1, %(old)s), (%(part)s, 1, %(new)s)",
    )


def _number_move(version, names, part, old, family):
    with connection.cursor() as cursor:
        cursor.execute(_sql(POST), {**names, "version": version})
        cursor.execute("UPDATE catalogue_partfamily SET to_v = %s WHERE id = %s", [version, old.pk])
        cursor.execute(
            "INSERT INTO catalogue_partfamily (part_id, family_id, from_v) VALUES (%s, %s, %s)",
            [part.pk, family.pk, version],
        )
