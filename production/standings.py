"""What stands at a data version: who declared, who is expected to, and the lines behind a figure."""

from django.db import connection
from django.db.models import Max, Min, Q
from django.utils.functional import SimpleLazyObject

from catalogue.models import PartFamily
from partstrack.kept import each_once, once
from partstrack.periods import months_between
from production.models import Expected, OutputLine, Standing

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


def declared(ask, area, sites, months):
    """Return {(site, month): (declaration, nil, final)} of what stands; final: the month is closed at that version."""
    words = (ask.version, frozenset(area.sites))
    read = each_once(ask, "declared", words, months, lambda absent: _standing(ask.version, area.sites, absent))
    return {(site, month): each for month in months for site, each in read[month].items() if site in sites}


def standing_ids(ask, area, months):
    """Return the ids of the declarations that stand in some months, of all sites of a perimeter."""
    return frozenset(pk for pk, _nil, _final in declared(ask, area, area.sites, months).values())


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


def expected(ask, area, sites, months):
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


def inside_perimeter(ask):
    """Return the condition that keeps lines of before a site's confirmed joining month out of lists, as of figures."""
    starts = joined(ask.version)
    outside = Q()
    for site, first in sorted(starts.items()):
        outside |= Q(site=site, month__lt=first)
    return [~outside] if starts else []
