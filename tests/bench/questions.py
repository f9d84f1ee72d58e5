"""The set of questions, as the product is asked and as SQL on the lines; and the weight of a page."""

import gzip
import re
from pathlib import Path

from django.conf import settings

YEARS = (2024, 2025, 2026)
# Totals by year with growth; family by month over three years; suppliers with growth; contributions; the year to date.
ASKED = (
    *(({"year": str(year)}, {}) for year in YEARS),
    *(({"from": "2023-09", "to": "2026-08", "by": "month"}, {"family": family}) for family in ("brakes", "clutches")),
    ({"year": "2026", "by": "supplier"}, {}),
    ({"year": "2026", "by": "family"}, {}),
)
STANDING = "FROM {lines} l JOIN {family} f ON f.part_id = l.part_id AND f.to_v IS NULL"
SQL = (
    f"SELECT date_part('year', month), sum(produced) {STANDING} GROUP BY 1 ORDER BY 1",
    f"SELECT family_id, month, sum(produced) {STANDING} WHERE month >= date '2023-09-01' GROUP BY 1, 2 ORDER BY 1, 2",
    "SELECT site_id, sum(CASE WHEN month >= date '2026-01-01' THEN produced END) AS now, sum(CASE WHEN month < date "
    f"'2025-09-01' THEN produced END) {STANDING} WHERE month >= date '2025-01-01' GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
    f"SELECT family_id, date_part('year', month), sum(produced) {STANDING} WHERE month >= date '2025-01-01' GROUP BY 1, 2",
    "SELECT sum(CASE WHEN month >= date '2026-01-01' THEN produced END), sum(CASE WHEN month BETWEEN date '2025-01-01' "
    f"AND date '2025-08-01' THEN produced END) {STANDING} WHERE month >= date '2025-01-01'",
)
LINKED = re.compile(r'(?:src|href)="(/static/[^"]+\.(?:css|js|svg))"')
INSIDE = re.compile(r"url\([\"']?([^\"')]+\.woff2)")


def weight(html):
    """Return the kilobytes of a page and of what it brings along, compressed as the server sends them."""
    total, seen = len(gzip.compress(html)), set()
    for address in LINKED.findall(html.decode()):
        path = settings.STATIC_ROOT / address.removeprefix("/static/")
        total += _size(path, seen)
        if path.suffix == ".css" and path.exists():
            total += sum(_size((path.parent / font).resolve(), seen) for font in INSIDE.findall(path.read_text()))
    return total / 1024


def _size(path, seen):
    if path in seen or not path.exists():
        return 0
    seen.add(path)
    small = [Path(f"{path}{end}") for end in (".br", ".gz") if Path(f"{path}{end}").exists()]
    return min(each.stat().st_size for each in (path, *small))
