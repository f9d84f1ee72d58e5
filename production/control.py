"""The control sums of a staged file: what it would write, to compare with the total under the sender's own table."""

from django.db import connection

from partstrack.numbers import plain
from production import staging

MONTHS_SHOWN = 240

WRITTEN = """
SELECT unit_id, measure, count(*), coalesce(sum(new), 0), sum(coalesce(new, 0) - coalesce(old, 0))
FROM ({values}) AS d WHERE new IS DISTINCT FROM old GROUP BY unit_id, measure ORDER BY unit_id, measure
"""

# By month, unit and measure: what the file's sites declared until now, and how far the file moves it.
MONTHS = """
WITH moved AS MATERIALIZED (
    SELECT site_id, month, unit_id, measure, sum(coalesce(new, 0) - coalesce(old, 0)) AS rise
    FROM ({values}) AS d WHERE new IS DISTINCT FROM old GROUP BY site_id, month, unit_id, measure
), stood AS (
    SELECT c.site_id, c.month, c.unit_id, v.measure, sum(v.amount) AS amount
    FROM production_cell c
    CROSS JOIN LATERAL (VALUES {pairs}) AS v(measure, amount)
    WHERE (c.site_id, c.month) IN (SELECT site_id, month FROM moved)
    GROUP BY c.site_id, c.month, c.unit_id, v.measure
)
SELECT m.month, m.unit_id, m.measure, sum(coalesce(s.amount, 0)), sum(coalesce(s.amount, 0) + m.rise)
FROM moved m LEFT JOIN stood s USING (site_id, month, unit_id, measure)
GROUP BY m.month, m.unit_id, m.measure ORDER BY m.month DESC, m.unit_id, m.measure
"""


def sums(batch, measures):
    """Return {"measures": [{unit, measure, values, sum, rise}], "months": [{month, unit, measure, before, after}]}.

    `sum` adds up the new and changed values of the file, `rise` what they add to what stands. Of the months the
    latest are kept; before and after are of the file's own sites. Units are never added.
    """
    values = staging.values(measures)
    pairs = ", ".join(f"('{name}', c.{name})" for name in measures)
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN.format(values=values), [batch.pk])
        written = [
            {"unit": unit, "measure": measure, "values": many, "sum": plain(new), "rise": plain(rise)}
            for unit, measure, many, new, rise in cursor.fetchall()
        ]
        cursor.execute(MONTHS.format(values=values, pairs=pairs), [batch.pk])
        months = [
            {"month": f"{month:%Y-%m}", "unit": unit, "measure": measure, "before": plain(old), "after": plain(new)}
            for month, unit, measure, old, new in cursor.fetchmany(MONTHS_SHOWN)
        ]
    return {"measures": written, "months": months}
