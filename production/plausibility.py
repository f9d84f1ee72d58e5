"""Values of a staged file that do not fit what stands: five times too much or too little and more, a sudden zero.

A value is only ever compared with the supplier's own standing history, never with its own file: a newcomer's first
file is never suspicious, and what is unchanged is never questioned. Its history are the values of the same site, part,
brand and unit in the twelve nearest months before it that said the measure; with fewer than three of them, in the
twelve nearest after it. A row that names no brand is compared with the sum over the brands.
"""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy

from intake.models import Batch
from partstrack.numbers import plain
from production import staging
from production.models import MEASURES, StagedLine

QUESTIONED = tuple(name for name in MEASURES if not name.startswith("value_"))
# These come and go with the month by nature: of them only a mix-up of thousands or more is questioned.
INCIDENTAL = {"scrapped", "own_use", "bought_in", "written_off"}
REASONS = {
    "times_10": gettext_lazy("About ten times what is usual."),
    "times_1000": gettext_lazy("About a thousand times what is usual: thousands and units may be mixed up."),
    "divided_10": gettext_lazy("About a tenth of what is usual."),
    "divided_1000": gettext_lazy("About a thousandth of what is usual: thousands and units may be mixed up."),
    "far_above": gettext_lazy("Far above what is usual."),
    "far_below": gettext_lazy("Far below what is usual."),
    "zero": gettext_lazy("Zero, though the last six values were above zero."),
}
KEPT = 5000

# By measure, the parts of which the file says a value that may be told of, for it is that far from all that was ever
# declared of the same keys: the others need no look at their months. A sum over brands is below `most` too.
DOUBTED = """
WITH told AS (
    SELECT s.site_id, s.part_id, s.brand_id, s.unit_id, {said}
    FROM production_stagedline s {standing}
    WHERE s.batch_id = %(batch)s AND s.part_id IS NOT NULL AND s.site_id IS NOT NULL
    GROUP BY s.site_id, s.part_id, s.brand_id, s.unit_id
)
SELECT {doubted} FROM told k
CROSS JOIN LATERAL (
    SELECT {ever} FROM production_outputline l
    WHERE l.part_id = k.part_id AND l.site_id = k.site_id AND l.unit_id = k.unit_id
      AND (k.brand_id IS NULL OR l.brand_id = k.brand_id)
) AS ever
"""
SAID = (
    "min(s.{m}) FILTER (WHERE s.{m} IS DISTINCT FROM l.{m} AND ({zeros} OR s.{m} > 0)) AS least_{m}, "
    "max(s.{m}) FILTER (WHERE s.{m} IS DISTINCT FROM l.{m}) AS most_{m}"
)
EVER = (
    "min(l.{m}) FILTER (WHERE l.{m} > 0) AS least_{m}, max(l.{m}) + "
    "coalesce(sum(l.{m}) FILTER (WHERE k.brand_id IS NULL AND l.brand_id IS NOT NULL), 0) AS most_{m}"
)
DOUBT = "array_agg(k.part_id) FILTER (WHERE k.most_{m} >= {times} * ever.least_{m} OR {times} * k.least_{m} <= ever.most_{m})"

# asked: what the file says anew of these parts. series: what stands of the same keys, each value with the twelve up to it and the
# twelve from it on. `before` and `after` number the values that stand before and after an asked row: it shares its
# number with the one that is nearest, from which it takes the history. No joins: what PostgreSQL knows of the staging
# table is from when it was empty, and would mislead them.
SUSPICIONS = """
WITH asked AS MATERIALIZED (
    SELECT s.id, s.site_id, s.part_id, coalesce(s.brand_id, 0) AS brand, s.unit_id, s.month, s.{measure} AS value
    FROM production_stagedline s {standing}
    WHERE s.batch_id = %(batch)s AND s.{measure} IS NOT NULL AND s.part_id IS NOT NULL AND s.site_id IS NOT NULL
      AND s.{measure} IS DISTINCT FROM l.{measure} AND s.part_id = ANY(%(parts)s)
), series AS (
    SELECT k.*, known.month, known.value
    FROM (SELECT DISTINCT site_id, part_id, brand, unit_id FROM asked) AS k
    CROSS JOIN LATERAL (
        SELECT l.month, sum(l.{measure}) AS value
        FROM production_outputline l
        WHERE (SELECT true FROM production_standing st WHERE st.declaration_id = l.declaration_id AND st.to_v IS NULL LIMIT 1)
          AND l.part_id = k.part_id AND l.site_id = k.site_id AND l.unit_id = k.unit_id
          AND (k.brand = 0 OR l.brand_id = k.brand) AND l.{measure} IS NOT NULL
        GROUP BY l.month
    ) AS known
), rolled AS (
    SELECT *, array_agg(value) OVER up_to AS earlier, array_agg(value) OVER from_on AS later
    FROM series
    WINDOW line AS (PARTITION BY site_id, part_id, brand, unit_id),
           up_to AS (line ORDER BY month ROWS BETWEEN 11 PRECEDING AND CURRENT ROW),
           from_on AS (line ORDER BY month ROWS BETWEEN CURRENT ROW AND 11 FOLLOWING)
), both_kinds AS (
    SELECT NULL::bigint AS id, site_id, part_id, brand, unit_id, month, value, earlier, later FROM rolled
    UNION ALL
    SELECT id, site_id, part_id, brand, unit_id, month, value, NULL, NULL FROM asked
), placed AS (
    SELECT *, count(earlier) OVER (line ORDER BY month, id IS NULL ROWS UNBOUNDED PRECEDING) AS before,
           count(earlier) OVER (line ORDER BY month) + (id IS NOT NULL)::int AS after
    FROM both_kinds WINDOW line AS (PARTITION BY site_id, part_id, brand, unit_id)
), matched AS (
    SELECT id, value,
           first_value(earlier) OVER (PARTITION BY site_id, part_id, brand, unit_id, before ORDER BY month) AS earlier,
           first_value(later) OVER (PARTITION BY site_id, part_id, brand, unit_id, after ORDER BY month DESC) AS later
    FROM placed
), compared AS MATERIALIZED (
    SELECT id, value, earlier, CASE WHEN cardinality(earlier) >= 3 THEN earlier ELSE later END AS known
    FROM matched WHERE id IS NOT NULL AND (cardinality(earlier) >= 3 OR cardinality(later) >= 3)
), doubtful AS MATERIALIZED (
    SELECT c.*, ends.most, ends.least FROM compared c
    CROSS JOIN LATERAL (SELECT max(x) AS most, min(x) FILTER (WHERE x > 0) AS least FROM unnest(c.known) AS x) AS ends
    WHERE c.value > 2 * ends.most OR 2 * c.value < ends.least
)
SELECT d.id, d.value, m.middle, v.verdict
FROM doubtful d
CROSS JOIN LATERAL (
    SELECT avg(x) AS middle FROM (
        SELECT x, row_number() OVER (ORDER BY x) AS place, count(*) OVER () AS many FROM unnest(d.known) AS x WHERE x > 0
    ) AS ranked WHERE 2 * place BETWEEN many AND many + 2
) AS m
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN d.value > 2 * d.most AND d.value >= {times} * m.middle THEN CASE
            WHEN d.value <= 20 * m.middle THEN 'times_10'
            WHEN d.value BETWEEN 500 * m.middle AND 2000 * m.middle THEN 'times_1000'
            ELSE 'far_above'
        END
        WHEN d.value > 0 AND 2 * d.value < d.least AND {times} * d.value <= m.middle THEN CASE
            WHEN 20 * d.value >= m.middle THEN 'divided_10'
            WHEN 2000 * d.value BETWEEN m.middle AND 4 * m.middle THEN 'divided_1000'
            ELSE 'far_below'
        END
        WHEN {zeros} AND d.value = 0 AND cardinality(d.earlier) >= 6
             AND 0 < ALL (d.earlier[cardinality(d.earlier) - 5:]) THEN 'zero'
    END AS verdict
) AS v
WHERE v.verdict IS NOT NULL
"""


def suspicions(batch, measures):
    """Return (staged id, public suspicion without its column) of the staged values that do not fit what stands.

    The suspicion is {sheet, row, part, month, measure, value, expected, reason}; `expected` is the median of the
    history without its zeros, exact.
    """
    found = []
    for measure, parts in _doubted(batch, [name for name in QUESTIONED if name in measures]):
        verdicts = _verdicts(batch, measure, parts)
        rows = StagedLine.objects.filter(pk__in=verdicts).order_by("sheet", "row", "pk")
        found += [(row.pk, _said(row, measure, *verdicts[row.pk])) for row in rows]
    return found


def _doubted(batch, measures):
    """Return (measure, [part ids]) of the measures that may be told of."""
    if not measures:
        return []
    pieces = {
        name: ", ".join(piece.format(m=measure, **_asked_of(measure)) for measure in measures)
        for name, piece in (("said", SAID), ("ever", EVER), ("doubted", DOUBT))
    }
    with staging.joined() as cursor:
        cursor.execute(DOUBTED.format(standing=staging.STANDING, **pieces), staging.against(cursor, batch))
        return [(measure, parts) for measure, parts in zip(measures, cursor.fetchone(), strict=True) if parts]


def _verdicts(batch, measure, parts):
    """Return {staged id: (value, median, verdict)} of one measure of some parts."""
    question = SUSPICIONS.format(standing=staging.STANDING, measure=measure, **_asked_of(measure))
    with staging.joined() as cursor:
        cursor.execute(question, {**staging.against(cursor, batch), "parts": parts})
        return {staged: said for staged, *said in cursor.fetchall()}


def _asked_of(measure):
    """Return how many times too much or too little a value must be to be questioned, and whether zeros are."""
    return {"times": 500 if measure in INCIDENTAL else 5, "zeros": measure not in INCIDENTAL}


def _said(row, measure, value, middle, verdict):
    return {
        "sheet": row.sheet,
        "row": row.row,
        "part": row.part_text,
        "month": f"{row.month:%Y-%m}",
        "measure": measure,
        "value": plain(value),
        "expected": plain(middle),
        "reason": REASONS[verdict],
    }


def hold_back(batch, found):
    """Take values that wait to be confirmed out of the staged rows; `found` as suspicions() gives them.

    The file cannot be applied while one waits; once confirmed it is checked, and staged, again.
    """
    by_measure = {}
    for staged, said in found:
        by_measure.setdefault(said["measure"], []).append(staged)
    for measure, ids in by_measure.items():
        StagedLine.objects.filter(batch=batch, pk__in=ids).update(**{measure: None})


def waiting_files(month):
    """Return (site code, "#file") of each file whose suspicions of a month wait: they stand against closing it.

    A file that its sender replaced by a later one that was applied no longer counts.
    """
    later = Batch.objects.standing().filter(firm=OuterRef("firm"), applied_version__gt=OuterRef("checked_version"))
    waiting = Batch.objects.filter(
        ~Exists(later),
        state__in=[Batch.State.CHECKED, Batch.State.REFUSED],
        result__suspicious__contains=[{"month": f"{month:%Y-%m}"}],
    )
    return [
        (each.options.get("site") or (each.firm.code if each.firm else each.name), f"#{each.pk}")
        for each in waiting.select_related("firm").order_by("pk")
    ]
