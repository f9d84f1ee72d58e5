"""What is known of ranges by month: what was made and sold of them here, what their brand imported itself."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from production import trade, volumes
from production.comparison import CUT_SHARE, ZERO
from production.models import SOLD, RangePart, RangeStart

LOCAL = f"""
SELECT r.id, l.site_id, l.month, l.unit_id,
       sum(coalesce(l.produced, 0)), sum({" + ".join(f"coalesce(l.{name}, 0)" for name in SOLD)})
FROM production_standing s
JOIN production_outputline l ON l.declaration_id = s.declaration_id
JOIN production_range r ON r.brand_id = l.brand_id AND r.id = ANY(%(ranges)s)
JOIN catalogue_partfamily f ON f.part_id = l.part_id AND f.from_v <= %(version)s AND (f.to_v IS NULL OR f.to_v > %(version)s)
LEFT JOIN production_rangepart p ON p.range_id = r.id AND p.part_id = l.part_id
     AND p.from_v <= %(version)s AND (p.to_v IS NULL OR p.to_v > %(version)s)
WHERE s.from_v <= %(version)s AND (s.to_v IS NULL OR s.to_v > %(version)s) AND l.month = ANY(%(months)s)
      AND (p.id IS NOT NULL OR (f.family_id = r.family_id AND NOT r.id = ANY(%(listed)s)))
GROUP BY r.id, l.site_id, l.month, l.unit_id
"""


@dataclass
class Known:
    """Ranges by month: `produced`, `sold` and `imported` {(range id, month): Decimal}; what is not there is 0.

    `covered`: the (range id, month) of which enough makers declared; `returned`: those whose own importer sent a
    return; `unclear`: {range id: why nothing may be counted of it}.
    """

    produced: dict
    sold: dict
    imported: dict
    covered: set
    returned: set
    unclear: dict

    def both(self, each, month):
        """Say whether both sides of a range's month are known."""
        place = (each.pk, month)
        return each.pk not in self.unclear and place in self.covered and place in self.returned


def known(ask, ranges, months, source, unit):
    """Read what is known of ranges over months, in one unit; a constant number of queries."""
    ranges, months = list(ranges), sorted(set(months))
    listed = set(RangePart.objects.standing(ask.version).values_list("range", flat=True))
    local = _local(ask, ranges, months, listed)
    unclear = _unclear(ranges, listed)
    produced, sold, makers = {}, {}, {}
    for range_id, site, month, said_in, made, left in local:
        makers.setdefault(range_id, set()).add(site)
        if said_in == unit:
            produced[range_id, month] = produced.get((range_id, month), ZERO) + made
            sold[range_id, month] = sold.get((range_id, month), ZERO) + left
        elif made or left:
            unclear.setdefault(range_id, _("it is declared in several units"))
    imported, returned = _imported(ask, ranges, months, source, unit, unclear)
    return Known(produced, sold, imported, _covered(ask, ranges, months, makers), returned, unclear)


def _local(ask, ranges, months, listed):
    """Return (range, site, month, unit, produced, sold) of the lines that count."""
    names = {"ranges": [each.pk for each in ranges], "months": months, "version": ask.version, "listed": list(listed)}
    with connection.cursor() as cursor:
        cursor.execute(LOCAL, names)
        rows = cursor.fetchall()
    joined = volumes.joined(ask.version)
    return [row for row in rows if row[1] not in joined or row[2] >= joined[row[1]]]


def _unclear(ranges, listed):
    """Ranges that share brand and family are told apart by their references; without a list nothing tells them apart."""
    places = [(each.brand_id, each.family_id) for each in ranges]
    unclear = {
        each.pk: _("it shares its family with another range and lists no references")
        for each in ranges
        if each.pk not in listed and places.count((each.brand_id, each.family_id)) > 1
    }
    return unclear | {
        each.pk: _("nobody said who imports for the brand") for each in ranges if not each.own_importer_id
    }


def _covered(ask, ranges, months, makers):
    """Return the (range id, month) of which at least two thirds of the makers declared; of no maker, 0 is known.

    A range that is said to be produced locally and that nobody ever declared is not known at all.
    """
    plain = ask.but(by=None, filters={})
    world, _facts = volumes.declarations(plain, volumes.perimeter(plain), months)
    begun = set(RangeStart.objects.standing(ask.version).exclude(began=None).values_list("range", flat=True))
    share, whole = CUT_SHARE
    covered = set()
    for each in ranges:
        own = makers.get(each.pk, set())
        for month in months:
            expected = len(world.expecting.get(month, set()) & own)
            declared = len(world.declaring.get(month, set()) & own)
            if (expected and whole * declared >= share * expected) or (
                world.covered(month) and not own and each.pk not in begun
            ):
                covered.add((each.pk, month))
    return covered


def _imported(ask, ranges, months, source, unit, unclear):
    """Return ({(range id, month): quantity} of the brand's own imports, {(range id, month)} that were returned)."""
    own = trade.own_firms(each.own_importer_id for each in ranges)
    returns = {pair for pair in trade.returned(ask, source, False) if pair[1] in set(months)}
    returned = {
        (each.pk, month) for each in ranges for sender, month in returns if sender in own.get(each.own_importer_id, ())
    }
    firms = {each.pk: own.get(each.own_importer_id, frozenset()) for each in ranges}
    rows = trade.lines(ask.version, source, False).filter(range__in=list(firms), trade_return__head__month__in=months)
    keys = ("range_id", "firm_id", "trade_return__head__month", "unit_id")
    summed = (
        rows.order_by().values_list(*keys).annotate(total=Sum("quantity"), silent=Count("pk", filter=Q(quantity=None)))
    )
    imported = {}
    for range_id, firm, month, said_in, total, silent in summed:
        if firm not in firms[range_id]:
            continue
        if said_in != unit and total:
            unclear.setdefault(range_id, _("it is imported in several units"))
        elif silent:
            returned.discard((range_id, month))  # a line without a quantity: the month is not known
        elif said_in == unit:
            imported[range_id, month] = imported.get((range_id, month), ZERO) + total
    return imported, returned
