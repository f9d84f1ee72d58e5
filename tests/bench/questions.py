"""The set of questions, as the product is asked and as SQL on the lines; and the weight of a page."""

import gzip
import re
from pathlib import Path

from django.conf import settings

from partstrack.assets import code_points

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
CHARTS = re.compile(r'data-vega="(/static/[^"]+)"')
FACE = re.compile(r"font-style:(\w+).*?url\(\"?([^\")]+)\"?\).*?unicode-range:([^}]+)")


def weight(page, charts=False):
    """Return the kilobytes of a page, sent compressed, and of what it brings along as the server sends it.

    A browser fetches the upright faces whose letters stand on the page; italics are used nowhere. `charts`: what draws
    the interactive charts as well.
    """
    text, total = gzip.decompress(page).decode(), len(page)
    letters = {ord(letter) for letter in re.sub(r"<[^>]*>", "", text)}
    for address in {*LINKED.findall(text), *(CHARTS.findall(text) if charts else ())}:
        path = settings.STATIC_ROOT / address.removeprefix("/static/")
        total += _size(path)
        if path.name.startswith("firago"):
            faces = FACE.findall(path.read_text())
            total += sum(
                _size(path.parent / font)
                for style, font, ranges in faces
                if style == "normal" and letters & code_points(ranges)
            )
    return total / 1024


def _size(path):
    return min(each.stat().st_size for each in (path, Path(f"{path}.br"), Path(f"{path}.gz")) if each.exists())
