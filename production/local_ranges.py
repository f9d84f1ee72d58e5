"""What is known of ranges by month: what was made and sold of them here, what their brand imported itself."""

from collections import Counter
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from production import makers, perimeters, standings, trade, volumes
from production.comparison import ZERO
from production.models import SOLD, RangePart, RangeStart

LOCAL = f"""
SELECT r.id, l.site_id, l.month, l.unit_id,
       sum(coalesce(l.produced, 0)), sum({" + ".join(f"coalesce(l.{name}, 0)" for name in SOLD)})
{makers.OF_RANGES} AND l.month = ANY(%(months)s)
GROUP BY r.id, l.site_id, l.month, l.unit_id
"""


@dataclass
class Known:
    """Ranges by month: `produced`, `sold` and `imported` {(range id, month): Decimal}; what is not there is 0.

    `covered`: the (range id, month) of which enough makers declared; `idle`: those in which no maker was expected, so
    that 0 is known; `returned`: those whose own importer sent a return; `unclear`: {range id: why nothing may be
    counted of it}.
    """

    produced: dict
    sold: dict
    imported: dict
    covered: set
    idle: set
    returned: set
    unclear: dict

    def both(self, each, month):
        """Say whether both sides of a range's month are known."""
        place = (each.pk, month)
        local = place in self.covered or place in self.idle
        return each.pk not in self.unclear and local and place in self.returned


def known(ask, ranges, months, source, unit):
    """Read what is known of ranges over months, in one unit; a constant number of queries."""
    ranges, months = list(ranges), sorted(set(months))
    references = _references(ask)
    listed = set(references)
    local = _local(ask, ranges, months, listed)
    unclear = _unclear(ranges, references)
    produced, sold = {}, {}
    for range_id, _site, month, said_in, made, left in local:
        if said_in == unit:
            produced[range_id, month] = produced.get((range_id, month), ZERO) + made
            sold[range_id, month] = sold.get((range_id, month), ZERO) + left
        elif made or left:
            unclear.setdefault(range_id, _("it is declared in several units"))
    imported, returned = _imported(ask, ranges, months, source, unit, unclear)
    return Known(produced, sold, imported, *_covered(ask, ranges, months, listed), returned, unclear)


def _local(ask, ranges, months, listed):
    """Return (range, site, month, unit, produced, sold) of the lines that count."""
    names = {"ranges": [each.pk for each in ranges], "months": months, "version": ask.version, "listed": list(listed)}
    with connection.cursor() as cursor:
        cursor.execute(LOCAL, names)
        rows = cursor.fetchall()
    joined = standings.joined(ask.version)
    return [row for row in rows if row[1] not in joined or row[2] >= joined[row[1]]]


def _references(ask):
    """Return {range id: {part id}} of the ranges that list references."""
    references = {}
    for range_id, part in RangePart.objects.standing(ask.version).values_list("range", "part"):
        references.setdefault(range_id, set()).add(part)
    return references


def _unclear(ranges, references):
    """Ranges of a brand are told apart by their references, and those without a list by their family."""
    places = [(each.brand_id, each.family_id) for each in ranges]
    named = Counter((each.brand_id, part) for each in ranges for part in references.get(each.pk, ()))
    unclear = {
        each.pk: _("it shares its family with another range and lists no references")
        for each in ranges
        if each.pk not in references and places.count((each.brand_id, each.family_id)) > 1
    }
    unclear |= {
        each.pk: _("it lists a reference that another range of its brand lists too")
        for each in ranges
        if any(named[each.brand_id, part] > 1 for part in references.get(each.pk, ()))
    }
    return unclear | {
        each.pk: _("nobody said who imports for the brand") for each in ranges if not each.own_importer_id
    }


def _covered(ask, ranges, months, listed):
    """Return the (range id, month) of which at least two thirds of the makers declared, and those with none expected.

    Where nobody ever makes a range its month is covered when that of the country is. A range that is said to be
    produced locally and that nobody ever declared is not known at all.
    """
    plain = ask.but(by=None, filters={})
    world, _facts = volumes.declarations(plain, perimeters.perimeter(plain), months)
    begun = set(RangeStart.objects.standing(ask.version).exclude(began=None).values_list("range", flat=True))
    made_by = makers.of_ranges(ask.version, (each.pk for each in ranges), listed)
    covered, idle = set(), set()
    for pk in {each.pk for each in ranges if each.pk in made_by or each.pk not in begun}:
        own = made_by.get(pk, set())
        idle |= {(pk, month) for month in months if not makers.expected(world, own, month)}
        covered |= {
            (pk, month) for month in months if makers.covered(world, own, month) or (not own and world.covered(month))
        }
    return covered, idle


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
