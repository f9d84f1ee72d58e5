"""Reading the ledger at a data version: who is expected, who declared, and the sums, as a World to compare.

Sums at version V are cells - postings after V, read in one query, so that a write that commits meanwhile
changes nothing. `V` is read once by whoever asks (office.clock) and passed down.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import connection
from django.db.models import Max, Min, Q
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.models import Firm
from catalogue.models import Brand, Family, Part, PartAlias, PartFamily, Unit, reference_key
from partstrack.figures import WrongCall
from partstrack.kept import each_once, once
from partstrack.periods import from_iso, month_range, months_between
from places.models import Wilaya
from production.comparison import World
from production.models import MEASURES, Expected, OutputLine, Standing
from suppliers.models import Site

# The group of a line by range: the range of its brand that lists its reference, else that of its brand and family.
RANGE, IN_NO_RANGE, IN_SEVERAL_RANGES = "range_id", 0, -1
RANGES_OF_LINES = """
LEFT JOIN (
    SELECT r.brand_id, p.part_id, CASE WHEN count(*) = 1 THEN min(r.id) ELSE -1 END AS range_id
    FROM production_rangepart p JOIN production_range r ON r.id = p.range_id
    WHERE p.from_v <= %(version)s AND (p.to_v IS NULL OR p.to_v > %(version)s) GROUP BY 1, 2
) AS listed ON listed.brand_id = l.brand_id AND listed.part_id = l.part_id
LEFT JOIN (
    SELECT r.brand_id, r.family_id, CASE WHEN count(*) = 1 THEN min(r.id) ELSE -1 END AS range_id
    FROM production_range r WHERE NOT EXISTS (
        SELECT 1 FROM production_rangepart p
        WHERE p.range_id = r.id AND p.from_v <= %(version)s AND (p.to_v IS NULL OR p.to_v > %(version)s)
    ) GROUP BY 1, 2
) AS whole ON whole.brand_id = l.brand_id AND whole.family_id = f.family_id
"""
FILTERS = ("supplier", "site", "family", "part", "month", "year", "wilaya", "brand", "unit")
# After this many months without a declaration an assumed expectation ends with the last declared month.
ASSUMED_MONTHS = 3
STANDING = """
SELECT h.site_id, h.month, d.id, d.kind = 'nil', p.id IS NOT NULL
FROM production_standing s JOIN production_head h ON h.id = s.head_id
JOIN production_declaration d ON d.id = s.declaration_id
LEFT JOIN production_periodstate p ON p.month = h.month AND p.from_v <= %(version)s AND (p.to_v IS NULL OR p.to_v > %(version)s)
WHERE s.from_v <= %(version)s AND (s.to_v IS NULL OR s.to_v > %(version)s)
AND h.site_id = ANY(%(sites)s) AND h.month = ANY(%(months)s)
"""
# What sites are to declare: confirmed by a person (true), and what they declared first and last (false).
SPANS = """
SELECT site_id, first, last, true FROM production_expected
WHERE from_v <= %(version)s AND (to_v IS NULL OR to_v > %(version)s) AND site_id = ANY(%(sites)s)
UNION ALL
SELECT h.site_id, min(h.month), max(h.month), false FROM production_standing s JOIN production_head h ON h.id = s.head_id
WHERE s.from_v <= %(version)s AND (s.to_v IS NULL OR s.to_v > %(version)s) AND h.site_id = ANY(%(sites)s) GROUP BY h.site_id
"""


@dataclass(frozen=True)
class Perimeter:
    """The filters of a question as ids. None means not filtered."""

    sites: dict  # id -> Site with firm and wilaya_code
    family: int | None
    parts: tuple | None
    brand: int | None
    unit: str | None

    @cached_property
    def words(self):
        """All that it says, hashable."""
        return frozenset(self.sites), self.family, self.parts, self.brand, self.unit


def perimeter(ask, unit="piece"):
    """Turn the filters of a question into ids. WrongCall names an unknown filter or code.

    `unit`: the unit of the lines that counts when none is asked for; None: all of them (for money).
    """
    for name in ask.filters:
        if name not in FILTERS:
            raise WrongCall(
                _("There is no filter '%(name)s'. There are: %(known)s.") % {"name": name, "known": ", ".join(FILTERS)}
            )
    family, brand = ask.filters.get("family"), ask.filters.get("brand")
    place = tuple(ask.filters.get(name, "") for name in ("supplier", "site", "wilaya"))
    return Perimeter(
        sites=once(ask, "sites", (ask.scope, ask.on, place), lambda: _sites(ask)),
        family=_one(ask, "family", Family.objects, family, _("family")),
        parts=_parts(ask.filters["part"], ask.scope) if ask.filters.get("part") else None,
        brand=_one(ask, "brand", Brand.objects, brand, _("brand")),
        unit=unit_of(ask, ask.filters["unit"]) if "unit" in ask.filters else unit,
    )


def unit_of(ask, code):
    """Return the unit of a code, None without one. WrongCall: there is no such code."""
    return _one(ask, "unit", Unit.objects, code, _("unit"))


def _one(ask, name, rows, code, word):
    return once(ask, name, code, lambda: _known(rows, code, word), lambda _found: 1) if code else None


def _sites(ask):
    sites = Site.objects.select_related("firm").with_wilaya(ask.on)
    if ask.scope is not None:
        sites = sites.filter(firm__in=ask.scope)
    if code := ask.filters.get("supplier"):
        sites = sites.filter(firm=_known(Firm.objects.within(ask.scope), code, _("supplier")))
    if code := ask.filters.get("site"):
        sites = sites.filter(pk=_known(Site.objects.within(ask.scope), code, _("site")))
    if code := ask.filters.get("wilaya"):
        sites = sites.filter(wilaya_code=_known(Wilaya.objects, code, _("wilaya")))
    return {site.pk: site for site in sites.order_by("pk")}


def _known(rows, code, word):
    found = rows.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise WrongCall(_("%(word)s: there is no code '%(code)s'.") % {"word": word, "code": code})
    return found


def _parts(text, allowed):
    """Return the ids of the parts named REFERENCE or FIRM:REFERENCE, aliases included, among firms (None: all)."""
    found = _named_parts({"reference_key": reference_key(text)}, allowed)
    firm, _colon, reference = text.partition(":")
    if not found and reference:
        found = _named_parts({"reference_key": reference_key(reference), "firm__code": firm}, allowed)
    if not found:
        raise WrongCall(_("There is no part '%(reference)s'.") % {"reference": text})
    return tuple(sorted(found))


def _named_parts(named, allowed):
    own = {} if allowed is None else {"firm__in": allowed}
    others = {} if allowed is None else {"part__firm__in": allowed}
    return {
        *Part.objects.filter(**named, **own).values_list("pk", flat=True),
        *PartAlias.objects.filter(**named, **others).values_list("part_id", flat=True),
    }


def world(ask, area, months, measures, group=None, both=(), back=None):
    """Read the World of a perimeter over `months` for the sum of `measures`, by `group` (a column of the sums).

    `both`: tuples of measures of each of which a line must say something, to say anything at all (for a ratio).
    `back`: the months are compared with those so many months before, and nobody asks for single sites: what sites
    that declared on both sides said of a month is then told of one of them (they are never told apart).
    Returns (world, facts): facts has `lines` (count) and `said` (those that say something) by site-month, `units` {unit: {site-month: sum}} and
    `left_out`: the declarations that stand and do not count, for they say nothing of the measures or come
    before their site joined.
    """
    months = tuple(sorted(set(months)))
    words = (ask.version, ask.today, area.words, months, tuple(measures), group, tuple(both), back)
    return once(ask, "world", words, lambda: _world(ask, area, months, measures, group, both, back), _held)


def _held(found):
    """Say how many values a world holds."""
    return sum(map(len, found[0].values.values()))


def _world(ask, area, months, measures, group, both, back):
    sums, steady = _sums(ask, area, months, measures, group, both, back)
    sites = _sites_of(area, sums) | {site for site, _month in steady}
    standing = _declared(ask, area, sites, months)
    said, tallies, others, other_groups = steady, {}, {}, {}
    for site, month, unit, key, value, says, number, anything in sums:
        pair = (site, month)
        if anything:
            said.add(pair)
        if site not in sites or not (number or value):
            continue
        if area.unit in (None, unit):
            tally = tallies.get(pair)
            if tally is None:
                tally = tallies[pair] = _Tally()
            tally.add(key, value, says, number)
        elif value:
            others.setdefault(unit, {})[pair] = others.get(unit, {}).get(pair, 0) + value
            other_groups.setdefault(pair, set()).add(key)
    declared = {pair: final for pair, (_id, nil, final) in standing.items() if nil or pair in said}
    expected, starts = _expected(ask, area, sites, months)
    values = {pair: tally.groups for pair, tally in tallies.items() if tally.groups}
    known = World(expected, declared, values, starts, other_groups)
    facts = {
        "lines": {pair: tally.lines for pair, tally in tallies.items()},
        "said": {pair: tally.said for pair, tally in tallies.items()},
        "units": others,
        "left_out": sorted(pk for pair, (pk, _nil, _final) in standing.items() if pair not in known.declared),
    }
    return known, facts


def _sites_of(area, sums):
    """Return the ids of the sites of a perimeter: those that passed its family, part and brand, when it has any."""
    if area.family or area.parts or area.brand:
        return {site for site, _month, _unit, _key, value, _says, number, _anything in sums if number or value}
    return set(area.sites)


class _Tally:
    """What the sums say of a site's month: by group, and of how many lines."""

    __slots__ = ("groups", "lines", "said")

    def __init__(self):
        self.groups, self.lines, self.said = {}, 0, 0

    def add(self, key, value, said, lines):
        self.lines += lines
        if said:
            self.said += said
            self.groups[key] = self.groups[key] + value if key in self.groups else value


def declarations(ask, area, months):
    """Read the World of declarations alone: any declaration counts, whichever measures it says."""
    months, sites = sorted(set(months)), set(area.sites)
    if area.family or area.parts or area.brand:
        sites = _sites_of(area, _sums(ask, area, months, ("produced",), None)[0])
    declared = {pair: final for pair, (_pk, _nil, final) in _declared(ask, area, sites, months).items()}
    expected, starts = _expected(ask, area, sites, months)
    return World(expected, declared, {}, starts), {}


def _sums(ask, area, months, measures, group, both=(), back=None):
    """Return (rows, steady): rows (site, month, unit, group, value, said, lines, what all of them said).

    The first three sums are of what passes the family, part and brand filters. `steady`: the {(site, month)} whose
    rows are told of the first of them; none without `back`.
    """
    if area.parts or group in ("part_id", RANGE) or both:
        source, names = _lines_source(measures, both, group == RANGE), {"parts": list(area.parts or [])}
    else:
        source, names = _cells_source(measures), {}
    known = KNOWN.format(source=source, group=group or "NULL::int", passing=_passing(area))
    names |= {"version": ask.version, "sites": list(area.sites), "months": list(months)}
    names |= {"family": area.family, "brand": area.brand}
    with connection.cursor() as cursor:
        if back is None:
            cursor.execute(known, names)
            return cursor.fetchall(), set()
        cursor.execute(TOGETHER.format(known=known), {**names, **_apart(ask, area, months, back)})
        rows = cursor.fetchall()
    steady = {(site, row[1]) for row in rows if row[0] is None for site in row[8]}
    return [row[:8] for row in rows if row[0] is not None], steady


def _passing(area):
    """Return the condition of a sum of what passes the family, part and brand filters."""
    matches = (
        (["family_id = %(family)s"] if area.family else [])
        + (["brand_id = %(brand)s"] if area.brand else [])
        + (["part_id = ANY(%(parts)s)"] if area.parts else [])
    )
    return f" FILTER (WHERE {' AND '.join(matches)})" if matches else ""


def _apart(ask, area, months, back):
    """Return what says which sites must stay apart: those that joined later, and the months in which anybody declared."""
    _pairs, starts = _expected(ask, area, area.sites, months)
    declared = {month for _site, month in _declared(ask, area, area.sites, months)}
    late = [site for site, first in starts.items() if first > min(months)]
    return {"back": back, "late": late, "declared": list(declared), "unit": area.unit}


KNOWN = """
SELECT site_id, month, unit_id, {group} AS grouped, coalesce(sum(value){passing}, 0) AS value,
       coalesce(sum(said){passing}, 0)::int AS said, coalesce(sum(lines){passing}, 0)::int AS lines,
       sum(said)::int AS anything
FROM ({source}) AS s WHERE site_id = ANY(%(sites)s) AND month = ANY(%(months)s) GROUP BY 1, 2, 3, 4
HAVING sum(lines) <> 0 OR sum(value) <> 0
"""

# A site's month is steady when it and the months it is compared with are said, in the asked unit alone: it then is on both
# sides of every comparison, like all steady sites of that month. A last row a month names them.
TOGETHER = """
WITH known AS MATERIALIZED ({known}), said AS MATERIALIZED (
    SELECT site_id, month, (month + make_interval(months => %(back)s))::date AS later,
           (month - make_interval(months => %(back)s))::date AS earlier
    FROM known WHERE site_id <> ALL(%(late)s) GROUP BY site_id, month
    HAVING sum(anything) > 0 AND sum(lines) > 0 AND coalesce(every(unit_id = %(unit)s), true)
), steady AS MATERIALIZED (
    SELECT s.site_id, s.month, min(s.site_id) OVER (PARTITION BY s.month) AS first
    FROM said s
    LEFT JOIN said after ON after.site_id = s.site_id AND after.month = s.later
    LEFT JOIN said before ON before.site_id = s.site_id AND before.month = s.earlier
    WHERE (after.site_id IS NOT NULL OR s.later <> ALL(%(declared)s))
      AND (before.site_id IS NOT NULL OR s.earlier <> ALL(%(declared)s))
)
SELECT coalesce(s.first, k.site_id), k.month, k.unit_id, k.grouped, sum(k.value), sum(k.said)::int, sum(k.lines)::int,
       sum(k.anything)::int, NULL::bigint[]
FROM known k LEFT JOIN steady s ON s.site_id = k.site_id AND s.month = k.month GROUP BY 1, 2, 3, 4
UNION ALL
SELECT NULL, month, NULL, NULL, 0, 0, 0, 0, array_agg(site_id) FROM steady GROUP BY month
"""


def _cells_source(measures):
    value = " + ".join(measures)
    said = " + ".join(f"{measure}_said" for measure in measures)
    keys = "site_id, month, family_id, unit_id, brand_id"
    return (
        f"SELECT {keys}, {value} AS value, {said} AS said, lines FROM production_cell "
        f"UNION ALL SELECT {keys}, -({value}), -({said}), -lines FROM production_posting WHERE version > %(version)s"
    )


def sums_at():
    """Return the query of every sum as it was at %(version)s: what stands now, less what came after."""
    names = ", ".join((*MEASURES, *(f"{measure}_said" for measure in MEASURES), "lines"))
    minus = ", ".join(f"-{name}" for name in names.split(", "))
    keys = "site_id, month, family_id, unit_id, brand_id"
    return (
        f"SELECT {keys}, {names} FROM production_cell "
        f"UNION ALL SELECT {keys}, {minus} FROM production_posting WHERE version > %(version)s"
    )


def _lines_source(measures, both=(), by_range=False):
    value = " + ".join(f"coalesce(l.{measure}, 0)" for measure in measures)
    said = " + ".join(f"(l.{measure} IS NOT NULL)::int" for measure in measures)
    if both:
        each = " AND ".join(f"num_nonnulls({', '.join(f'l.{name}' for name in names)}) > 0" for names in both)
        value, said = f"CASE WHEN {each} THEN {value} ELSE 0 END", f"({each})::int"
    range_of = ", coalesce(listed.range_id, whole.range_id, 0) AS range_id" if by_range else ""
    return (
        f"SELECT l.site_id, l.month, f.family_id, l.unit_id, l.brand_id, l.part_id{range_of}, {value} AS value, {said} AS said, "
        "1 AS lines FROM production_standing s "
        "JOIN production_outputline l ON l.declaration_id = s.declaration_id "
        "JOIN catalogue_partfamily f ON f.part_id = l.part_id AND f.from_v <= %(version)s "
        f"AND (f.to_v IS NULL OR f.to_v > %(version)s) {RANGES_OF_LINES if by_range else ''}"
        "WHERE s.from_v <= %(version)s AND (s.to_v IS NULL OR s.to_v > %(version)s)"
    )


def _declared(ask, area, sites, months):
    """Return {(site, month): (declaration, nil, final)} of what stands; final: the month is closed at that version."""
    words = (ask.version, frozenset(area.sites))
    read = each_once(ask, "declared", words, months, lambda absent: _standing(ask.version, area.sites, absent))
    return {(site, month): each for month in months for site, each in read[month].items() if site in sites}


def standing_ids(ask, area, months):
    """Return the ids of the declarations that stand in some months, of all sites of a perimeter."""
    return frozenset(pk for pk, _nil, _final in _declared(ask, area, area.sites, months).values())


def _standing(version, sites, months):
    """Return {month: {site: (declaration, nil, final)}}."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"version": version, "sites": list(sites), "months": list(months)})
        found = {month: {} for month in months}
        for site, month, pk, nil, final in cursor.fetchall():
            found[month][site] = (pk, nil, final)
    return found


def nil_pairs(version, months):
    """Return the (site id, month) that stand as nil declarations at a version."""
    rows = Standing.objects.standing(version).filter(head__month__in=months, declaration__kind="nil")
    return rows.values_list("head__site_id", "head__month")


def _expected(ask, area, sites, months):
    """Return ({(site, month)}, {site: confirmed joining month}): confirmed by a person, else assumed."""
    words = (ask.version, ask.today, frozenset(area.sites))
    spans, starts = once(ask, "expected", words, lambda: _asked_of(ask, set(area.sites)), lambda found: len(found[0]))
    pairs = {
        (site, month)
        for site, first, last in spans
        if site in sites
        for month in months
        if month >= first and (last is None or month <= last)
    }
    return pairs, {site: first for site, first in starts.items() if site in sites}


def _asked_of(ask, sites):
    """Return ([(site, first month, last month or None)], {site: confirmed joining month})."""
    with connection.cursor() as cursor:
        cursor.execute(SPANS, {"version": ask.version, "sites": list(sites)})
        rows = cursor.fetchall()
    spans, starts = [(site, first, last) for site, first, last, confirmed in rows if confirmed], {}
    for site, first, _last in spans:
        starts[site] = min(first, starts.get(site, first))
    guessed = [(site, first, last) for site, first, last, confirmed in rows if not confirmed and site not in starts]
    return [*spans, *_open_ended(ask, guessed)], starts


def assumed(ask, sites):
    """Return (site, first, last) of sites nobody confirmed: from first to last declared month.

    Open-ended (last None) when the month of today lies at most three months after the last declared one.
    """
    rows = (
        Standing.objects.standing(ask.version)
        .filter(head__site_id__in=sites)
        .order_by()
        .values_list("head__site_id")
        .annotate(first=Min("head__month"), last=Max("head__month"))
    )
    return _open_ended(ask, rows)


def _open_ended(ask, rows):
    """Return (site, first, last) of declared months, last None where it is recent."""
    this_month = ask.today.replace(day=1)
    return [
        (site, first, None if months_between(last, this_month) <= ASSUMED_MONTHS else last)
        for site, first, last in rows
    ]


def standing_lines(ask, area, window=None, left_out=()):
    """Return the lines that stand at the asked version inside the perimeter and window: the rows behind a figure.

    `left_out`: declarations that stand and do not count, as world() names them. Made when they are first asked for.
    """
    return SimpleLazyObject(lambda: _standing_lines(ask, area, window, left_out))


def _standing_lines(ask, area, window, left_out):
    standing = Standing.objects.standing(ask.version).values("declaration")
    lines = OutputLine.objects.filter(declaration__in=standing, site__in=area.sites)
    if left_out:
        lines = lines.exclude(declaration__in=left_out)
    if window:
        lines = lines.filter(month__gte=window[0], month__lte=window[1])
    if area.family:
        parts = PartFamily.objects.standing(ask.version).filter(family=area.family).values("part")
        lines = lines.filter(part__in=parts)
    if area.parts:
        lines = lines.filter(part__in=area.parts)
    if area.brand:
        lines = lines.filter(brand=area.brand)
    return lines.filter(unit=area.unit) if area.unit else lines


def joined(version):
    """Return {site id: confirmed joining month} at a version: nothing of a site counts before it."""
    rows = Expected.objects.standing(version).order_by().values_list("site_id")
    return dict(rows.annotate(start=Min("first")))


def outside(ask, sites):
    """Return {site id: [(unit, produced, lines)]} of what sites declared of months before they joined; one query."""
    starts = {site: first for site, first in joined(ask.version).items() if site in set(sites)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.site_id, unit_id, sum(value), sum(lines) FROM ({_cells_source(('produced',))}) AS s "
            "JOIN unnest(%(sites)s::bigint[], %(starts)s::date[]) AS p(site, start) "
            "ON p.site = s.site_id AND s.month < p.start "
            "GROUP BY 1, 2 HAVING sum(lines) > 0 ORDER BY 1, 2",
            {"version": ask.version, "sites": list(starts), "starts": list(starts.values())},
        )
        found = {}
        for site, unit, produced, lines in cursor.fetchall():
            found.setdefault(site, []).append((unit, produced, int(lines)))
        return found


def inside_perimeter(ask):
    """Return the condition that keeps lines of before a site's confirmed joining month out of lists, as of figures."""
    starts = joined(ask.version)
    outside = Q()
    for site, first in sorted(starts.items()):
        outside |= Q(site=site, month__lt=first)
    return [~outside] if starts else []


def months_of(ask):
    """Return (first, last, fixed) of the asked months; the filters month and year narrow them.

    `fixed`: the last month was named. WrongCall: a month is no month, half a window is given, or nothing is left.
    """
    first, last, fixed = _window(ask)
    if year := ask.filters.get("year"):
        first, last = max(first, _month(f"{year}-01")), min(last, _month(f"{year}-12"))
    if month := ask.filters.get("month"):
        first, last, fixed = max(first, _month(month)), min(last, _month(month)), True
    if last < first:
        raise WrongCall(_("The filters leave none of the asked months."))
    return first, last, fixed


def _window(ask):
    if ask.first and ask.last:
        if ask.last < ask.first:
            raise WrongCall(_("The last month comes before the first."))
        return ask.first, ask.last, True
    if ask.first or ask.last:
        raise WrongCall(_("Give both the first and the last month (--from, --to), or a year (--year)."))
    said = ask.filters.get("year") or ask.filters.get("month", "")[:4]
    year = ask.year or (_month(f"{said}-01").year if said else ask.today.year)
    return date(year, 1, 1), date(year, 12, 1), False


def _month(text):
    try:
        return from_iso(text)
    except ValueError:
        raise WrongCall(_("'%(text)s' is not a month like 2026-08.") % {"text": text}) from None


def both_windows(windows):
    """Return every month of the asked window and of its base."""
    asked = month_range(windows.first, windows.last)
    return [*asked, *(windows.base(month) for month in asked)]
