"""The control sums of a staged file: what it would write, to compare with the total under the sender's own table."""

from partstrack.numbers import plain
from production import staging

MONTHS_SHOWN = 240

# Of the whole file (month NULL) and by month, for each unit and measure: what the file says anew, how far it moves what
# its sites declared until now, and that.
SUMS = """
WITH moved AS MATERIALIZED (
    SELECT site_id, month, unit_id, measure, count(*) AS many, sum(coalesce(new, 0)) AS said,
           sum(coalesce(new, 0) - coalesce(old, 0)) AS rise
    FROM ({values}) AS d WHERE new IS DISTINCT FROM old GROUP BY site_id, month, unit_id, measure
), stood AS (
    SELECT c.site_id, c.month, c.unit_id, v.measure, sum(v.amount) AS amount
    FROM (SELECT DISTINCT site_id, month FROM moved) AS p
    CROSS JOIN LATERAL (SELECT * FROM production_cell WHERE site_id = p.site_id AND month = p.month OFFSET 0) AS c
    CROSS JOIN LATERAL (VALUES {pairs}) AS v(measure, amount)
    GROUP BY c.site_id, c.month, c.unit_id, v.measure
)
SELECT m.month, m.unit_id, m.measure, sum(m.many)::bigint, sum(m.said), sum(m.rise), sum(coalesce(s.amount, 0))
FROM moved m LEFT JOIN stood s USING (site_id, month, unit_id, measure)
GROUP BY GROUPING SETS ((m.unit_id, m.measure), (m.month, m.unit_id, m.measure))
ORDER BY m.month DESC, m.unit_id, m.measure
"""


def sums(batch, measures):
    """Return {"measures": [{unit, measure, values, sum, rise}], "months": [{month, unit, measure, before, after}]}.

    `sum` adds up the new and changed values of the file, `rise` what they add to what stands. Of the months the
    latest are kept; before and after are of the file's own sites. Units are never added.
    """
    pairs = ", ".join(f"('{name}', c.{name})" for name in measures)
    with staging.joined() as cursor:
        asked = staging.against(cursor, batch)
        cursor.execute(SUMS.format(values=staging.values(measures), pairs=pairs), asked)
        rows = cursor.fetchall()
    written = [
        {"unit": unit, "measure": measure, "values": many, "sum": plain(said), "rise": plain(rise)}
        for month, unit, measure, many, said, rise, _before in rows
        if month is None
    ]
    months = [
        {"month": f"{month:%Y-%m}", "unit": unit, "measure": measure, "before": plain(old), "after": plain(old + rise)}
        for month, unit, measure, _many, _said, rise, old in rows
        if month is not None
    ]
    return {"measures": written, "months": months[:MONTHS_SHOWN]}
