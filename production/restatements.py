"""Since the report: why a volume as known at one version differs from the same as known at a later one.

Both are counted over the same months: those that the earlier figure counted. The difference is explained by what
the versions between changed in the ledger, and by sites that came into the perimeter or left it; it adds up exactly.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import PartFamily
from partstrack.figures import WrongCall, months, percent, text
from partstrack.periods import month_range, to_iso
from production import perimeters, volumes
from production.comparison import ZERO, Windows, compare
from production.growth import windows_of
from production.models import SOLD, Expected, Revision

MEASURED = {"produced": ("produced",), "sold": SOLD}
LATE, CORRECTED, ROLLED_BACK, RECLASSIFIED, MERGED = "late", "corrected", "rolled_back", "reclassified", "merged"
HANDED_OVER, JOINED, LEFT = "handed_over", "joined", "left"
CAUSES = {
    LATE: gettext_lazy("late declaration"),
    CORRECTED: gettext_lazy("corrected"),
    ROLLED_BACK: gettext_lazy("rolled back"),
    RECLASSIFIED: gettext_lazy("reclassified"),
    MERGED: gettext_lazy("merged"),
    HANDED_OVER: gettext_lazy("handed over"),
    JOINED: gettext_lazy("joined the perimeter"),
    LEFT: gettext_lazy("left the perimeter"),
}
# What the register and the postings call a cause.
CALLED = {"first": LATE, "restated": CORRECTED, "rolled_back": ROLLED_BACK, "reclass": RECLASSIFIED}
CALLED |= {"merge": MERGED, "merged": MERGED, "handover": HANDED_OVER, "handed_over": HANDED_OVER}


@dataclass(frozen=True)
class Line:
    """What one cause changed in a site's month: the difference, and the data versions that made it."""

    site: int
    month: date
    cause: str
    difference: Decimal
    versions: tuple[int, ...]


@dataclass(frozen=True)
class Since:
    """A volume known then and known now over the same months; `lines` add up to the difference exactly.

    `then`, `now`: Comparison of each side, None months when neither covers one. `sites`: id -> Site. `unit`: of all.
    """

    name: str
    unit: str
    asked_then: object
    asked_now: object
    then: object
    now: object
    sites: dict
    lines: tuple[Line, ...]

    @property
    def window(self):
        """The months that are counted on both sides."""
        return self.then.window

    @property
    def value_then(self):
        """What was known then; 0 where nothing was."""
        return self.then.value or ZERO

    @property
    def value_now(self):
        """What is known now of the same months."""
        return self.now.value or ZERO

    @property
    def difference(self):
        """Now minus then."""
        return self.value_now - self.value_then

    def points(self, difference):
        """Return a difference in percent of what was known then; None when that was nothing."""
        return percent(difference, self.value_then)

    def groups(self, by="supplier"):
        """Return [(key, difference, its lines)], the largest difference first, then by key."""
        key_of = {
            "supplier": lambda line: self.sites[line.site].firm.code,
            "site": lambda line: self.sites[line.site].code,
            "month": lambda line: to_iso(line.month),
        }[by]
        found = defaultdict(list)
        for line in self.lines:
            found[key_of(line)].append(line)
        rows = [(key, sum((line.difference for line in lines), ZERO), lines) for key, lines in found.items()]
        return sorted(rows, key=lambda row: (-abs(row[1]), row[0]))


def since(name, ask, then):
    """Compare a volume as known at `then` (a question) with the same at `ask`, which is later. Returns a Since.

    Without a year or months, the year of the earlier situation is asked. WrongCall: not a volume, or not later.
    """
    if name not in MEASURED:
        said = _("Two situations of '%(name)s' are not compared. There are: %(known)s.")
        raise WrongCall(said % {"name": name, "known": ", ".join(MEASURED)})
    if then.version > ask.version:
        raise WrongCall(_("The situation to compare with comes after the other one."))
    year = ask.year or (None if ask.first or ask.last or ask.filters.get("year") else then.today.year)
    ask, then = ask.but(year=year), then.but(year=year, on=ask.on)
    area, windows, measures = perimeters.perimeter(ask), windows_of(ask), MEASURED[name]
    before, after = (volumes.world(each, area, perimeters.both_windows(windows), measures)[0] for each in (then, ask))
    window = compare(before, windows).window or compare(after, windows).window
    if window:
        windows = Windows(*window, windows.back, fixed=True)
    inside = set(month_range(*window)) if window else set()
    moved, versions = _moved(then.version, ask.version, area, sorted(inside), measures)
    return Since(
        name,
        area.unit,
        then,
        ask,
        compare(before, windows),
        compare(after, windows),
        area.sites,
        tuple(_lines(explain(before, after, inside, moved), versions, then, ask, area)),
    )


def explain(then, now, inside, moved):
    """Return {(site, month): {cause: amount}} of what two Worlds differ by in some months; the amounts are exact.

    `moved`: (site, month) -> {cause: what the versions between changed in the ledger}. A site-month outside the
    perimeter on both sides does not count; what the ledger does not explain came with the perimeter, or with a family.
    """
    found = {}
    for pair in {*then.values, *now.values, *moved}:
        was_inside, is_inside = then.inside(pair), now.inside(pair)
        if pair[1] not in inside or not (was_inside or is_inside):
            continue
        causes = dict(moved.get(pair, {}))
        rest = now.value(pair) - then.value(pair) - sum(causes.values(), ZERO)
        cause = RECLASSIFIED if was_inside and is_inside else JOINED if is_inside else LEFT
        causes[cause] = causes.get(cause, ZERO) + rest
        found[pair] = {name: amount for name, amount in causes.items() if amount}
    return found


def _lines(found, versions, then, ask, area):
    """Yield the lines in the order of months, sites and causes; each with the versions behind it."""
    order = list(CAUSES)
    for (site, month), causes in sorted(found.items(), key=lambda row: (row[0][1], area.sites[row[0][0]].code)):
        for cause in sorted(causes, key=order.index):
            made = versions.get((site, month, cause)) or _versions_of_perimeter(site, cause, then, ask, area)
            yield Line(site, month, cause, causes[cause], tuple(sorted(made)))


def _versions_of_perimeter(site, cause, then, ask, area):
    """Return the versions that moved a site into the perimeter or out of it, or asked-for parts between families."""
    between = (then.version + 1, ask.version)
    rows = Expected.objects.filter(site=site)
    if cause == RECLASSIFIED:
        rows = PartFamily.objects.filter(part__in=area.parts or ())
    ends = rows.filter(Q(from_v__range=between) | Q(to_v__range=between)).values_list("from_v", "to_v")
    return {version for pair in ends for version in pair if version and between[0] <= version <= between[1]}


# Reading what moved -----------------------------------------------------------------------------------
POSTED = """
SELECT p.site_id, p.month, p.version, coalesce(r.kind, p.cause) AS cause, {value} AS amount
FROM production_posting p
LEFT JOIN production_revision r ON r.head_id = p.head_id AND r.version = p.version AND p.cause IN ('approve', 'rollback')
WHERE p.version > %(then)s AND p.version <= %(now)s AND p.unit_id = %(unit)s
AND p.site_id = ANY(%(sites)s) AND p.month = ANY(%(months)s) {filters}
"""

# With a filter of parts the lines are asked: what began to stand minus what ceased to, each in its family of then.
STOOD = """
SELECT p.site_id, p.month, e.version, r.kind AS cause, e.sign * ({value}) AS amount
FROM (
    SELECT head_id, declaration_id, from_v AS version, from_v AS held_at, 1 AS sign FROM production_standing
    UNION ALL
    SELECT head_id, declaration_id, to_v, to_v - 1, -1 FROM production_standing WHERE to_v IS NOT NULL
) AS e
JOIN production_revision r ON r.head_id = e.head_id AND r.version = e.version
JOIN production_outputline p ON p.declaration_id = e.declaration_id
JOIN catalogue_partfamily f ON f.part_id = p.part_id AND f.from_v <= e.held_at AND (f.to_v IS NULL OR f.to_v > e.held_at)
WHERE e.version > %(then)s AND e.version <= %(now)s AND p.unit_id = %(unit)s
AND p.site_id = ANY(%(sites)s) AND p.month = ANY(%(months)s) AND p.part_id = ANY(%(parts)s) {filters}
"""


def _moved(then, now, area, months, measures):
    """Return what the ledger changed between two versions, and at which.

    ({(site, month): {cause: amount}}, {(site, month, cause): {version}}); one query.
    """
    source, family = (STOOD, "f.family_id") if area.parts else (POSTED, "p.family_id")
    filters = (f" AND {family} = %(family)s" if area.family else "") + (
        " AND p.brand_id = %(brand)s" if area.brand else ""
    )
    value = " + ".join(f"coalesce(p.{measure}, 0)" for measure in measures)
    names = {"then": then, "now": now, "unit": area.unit, "sites": list(area.sites), "months": months}
    names |= {"parts": list(area.parts or ()), "family": area.family, "brand": area.brand}
    moved, versions = defaultdict(dict), defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT site_id, month, version, cause, sum(amount) FROM ("
            + source.format(value=value, filters=filters)
            + ") AS s GROUP BY 1, 2, 3, 4",
            names,
        )
        for site, month, version, kind, amount in cursor.fetchall():
            if amount:
                cause, pair = CALLED[kind], (site, month)
                moved[pair][cause] = moved[pair].get(cause, ZERO) + amount
                versions[site, month, cause].add(version)
    return moved, versions


def sources(lines):
    """Return {(site id, month, version): Revision} behind some lines, with declarations, files and people."""
    wanted = {(line.site, line.month, version) for line in lines for version in line.versions}
    rows = Revision.objects.filter(
        write__in={version for _site, _month, version in wanted},
        head__site__in={site for site, _month, _version in wanted},
        head__month__in={month for _site, month, _version in wanted},
    ).select_related(
        "head", "write__user", "began__author", "began__submitted_by", "began__decided_by", "began__batch", "ended"
    )
    found = {(row.head.site_id, row.head.month, row.write_id): row for row in rows}
    return {key: row for key, row in found.items() if key in wanted}


def as_json(found, by, revisions):
    """Return a Since with the public keys of the command line. `revisions`: as sources() gives them."""
    return {
        "name": found.name,
        "unit": found.unit,
        "from": _side(found.asked_then, found.then),
        "to": _side(found.asked_now, found.now),
        "window": months(found.window),
        "difference": text(found.difference),
        "change": text(found.points(found.difference)),
        "by": by,
        "groups": [
            {"key": key, "difference": text(difference), "points": text(found.points(difference))}
            for key, difference, _lines in found.groups(by)
        ],
        "lines": [_line(found, line, revisions) for line in found.lines],
    }


def _side(asked, known):
    return {
        "version": asked.version,
        "day": asked.today.isoformat(),
        "value": text(known.value),
        "change": text(known.change),
        "change_state": known.change_state,
    }


def _line(found, line, revisions):
    site = found.sites[line.site]
    behind = [revisions.get((line.site, line.month, version)) for version in line.versions]
    return {
        "supplier": site.firm.code,
        "site": site.code,
        "month": to_iso(line.month),
        "cause": line.cause,
        "difference": text(line.difference),
        "points": text(found.points(line.difference)),
        "versions": list(line.versions),
        "revisions": [_revision(row) for row in behind if row],
    }


def _revision(row):
    declared = row.began
    return {
        "version": row.write_id,
        "at": row.write.at.isoformat(),
        "kind": row.kind,
        "by": str(row.write.user) if row.write.user else None,
        "reason": (declared.reason if declared and row.kind != Revision.Kind.ROLLED_BACK else row.write.reason) or None,
        "declaration": declared and declared.pk,
        "revision": declared and declared.revision,
        "file": declared.batch.name if declared and declared.batch else None,
    }
