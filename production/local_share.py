"""Local share of a family's market (indicator D): on the national market, in one unit, or not computable with the reason."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from catalogue.models import PIECE, Family, Unit
from partstrack.figures import Answer, WrongCall, checked, percent
from partstrack.periods import month_name, month_range
from partstrack.registry import Figure
from production import makers, perimeters, trade, volumes
from production.comparison import ZERO
from production.growth import windows_of
from production.sides import Side, both_windows, moved, not_computable, rated

FILTERS = ("family", "unit", "month", "year")

DEFINITION = gettext_lazy(
    "Local share of the market of one family (indicator D): local production less exports, as a share of what the "
    "country took, counted in one unit and only where national customs returns cover all importers."
)


@dataclass(frozen=True)
class Market:
    """What is known of the whole country by family and month, in one unit; `why` says why a month is not known."""

    local: dict  # (family id, month) -> produced - exported
    imported: dict  # (family id, month) -> quantity
    covered: set  # (family id, month) of which enough makers declared
    lacking: set  # (family id, month) of which makers were expected and too few declared
    mixed: set  # (family id, month) with volumes in other units
    silent: set  # (family id, month) with an import of which nobody said the quantity

    def why(self, family, months):
        """Return why the share of a family cannot be computed over months; "" when it can."""
        for month in months:
            place, said = (family.pk, month), {"month": month_name(month, get_language())}
            if place in self.mixed:
                return _("several units in %(month)s") % said
            if place in self.lacking:
                return _("too few declarations for %(month)s") % said
            if place in self.silent:
                return _("an import without a quantity in %(month)s") % said
            if place not in self.imported:
                return _("no national customs return for %(month)s") % said
        return "" if months else _("no month is known")

    def last(self, family, months):
        """Return the last month that counts, None without one: makers declared, or none was expected and the country
        returned its imports.
        """
        places = ((family.pk, month) for month in reversed(months))
        known = (place for place in places if place in self.covered or self._idle(place))
        return next((month for _family, month in known), None)

    def _idle(self, place):
        return place not in self.lacking and place in self.imported and place not in self.silent

    def side(self, family, months):
        """Return the Side of a family over months."""
        local = sum((self.local.get((family.pk, month), ZERO) for month in months), ZERO)
        imported = sum((self.imported.get((family.pk, month), ZERO) for month in months), ZERO)
        return Side(local, local + imported, len(months))


def market(ask, months):
    """Read the Market over months; a constant number of queries."""
    unit = ask.filters.get("unit") or PIECE
    plain = ask.but(by=None, filters={"unit": unit})
    area = perimeters.perimeter(plain)
    made, _facts = volumes.world(plain, area, months, ("produced",), "family_id")
    sent, _facts = volumes.world(plain, area, months, ("exported",), "family_id")
    national = trade.area(plain.but(filters={"unit": unit, "perimeter": trade.NATIONAL}))
    came, _facts = trade.world(plain, national, months, "quantity", "family_id")
    local = {}
    for world, sign in ((made, 1), (sent, -1)):
        for (_site, month), groups in world.values.items():
            for family, value in groups.items():
                local[family, month] = local.get((family, month), ZERO) + sign * value
    declared, _facts = volumes.declarations(plain, area, months)
    imported = {
        (family, month): value for (_all, month), groups in came.values.items() for family, value in groups.items()
    }
    mixed = {
        (family, pair[1])
        for world in (made, sent, came)
        for pair, families in world.other_units.items()
        for family in families
    }
    covered = _covered_families(declared, makers.of_families(ask.version), months)
    return Market(local, imported, *covered, mixed, _silent(ask.version, national, months))


def _silent(version, national, months):
    """Return the (family id, month) of national returns with an import of which nobody said the quantity."""
    rows = trade.lines_of(version, national).filter(quantity=None, trade_return__head__month__in=months)
    return set(rows.order_by().values_list("family_id", "trade_return__head__month"))


def _covered_families(world, made_by, months):
    """Return the (family id, month) of which enough makers declared, and those of which too few did."""
    expected = {
        (family, month) for family, own in made_by.items() for month in months if makers.expected(world, own, month)
    }
    covered = {(family, month) for family, month in expected if makers.covered(world, made_by[family], month)}
    return covered, expected - covered


def local_market_share(ask):
    """(local production - exports) / (local production + imports - exports) of one family, on the national market."""
    checked(ask, ("family",), FILTERS)
    if ask.scope is not None:
        raise WrongCall(_("Imports are for those who see every firm."))
    windows, unit = windows_of(ask), ask.filters.get("unit") or PIECE
    if not Unit.objects.filter(pk=unit).exists():
        raise WrongCall(_("%(word)s: there is no code '%(code)s'.") % {"word": "unit", "code": unit})
    families = _families(ask)
    known = market(ask, both_windows(windows))
    shares = {family: _share(known, family, windows) for family in families}
    computable = {family: found for family, found in shares.items() if not found[0]}
    one = computable.get(families[0]) if len(families) == 1 else None
    now, both, before = one[1] if one else (Side(), Side(), Side())
    return Answer(
        name="local_market_share",
        value=percent(now.part, now.whole),
        unit="percent",
        state="provisional" if one else "none",
        version=ask.version,
        definition=DEFINITION,
        **moved(both, before),
        window=one[2] if one else None,
        base_window=tuple(map(windows.base, one[2])) if one else None,
        basis=_share_basis(families, shares),
        numerator=now.part if one else None,
        denominator=now.whole if one else None,
        rows=now.months,
        groups=rated((family.code, found[1]) for family, found in computable.items()) if ask.by else None,
        by=ask.by,
    )


def _families(ask):
    code = ask.filters.get("family")
    families = list(Family.objects.filter(**({"code": code} if code else {})).order_by("position", "pk"))
    if not families:
        raise WrongCall(_("%(word)s: there is no code '%(code)s'.") % {"word": _("family"), "code": code})
    return families


def _share(known, family, windows):
    """Return (why not, (now, in both, before), window) of a family's share up to its last covered month."""
    asked = month_range(windows.first, windows.last)
    last = windows.last if windows.fixed else known.last(family, asked)
    months = [month for month in asked if last and month <= last]
    why = known.why(family, months)
    if why:
        return why, (Side(), Side(), Side()), None
    now, earlier = known.side(family, months), [windows.base(month) for month in months]
    both, before = (Side(), Side()) if known.why(family, earlier) else (now, known.side(family, earlier))
    return "", (now, both, before), (months[0], months[-1])


def _share_basis(families, shares):
    if len(families) > 1:
        head = _("A share is that of one family: families are never added.")
    else:
        head = _("National perimeter: customs returns of all importers, in one unit.")
    local = {family.name_in(get_language()): found[0] for family, found in shares.items() if found[0]}
    return " ".join(filter(None, (head, not_computable(local))))


FIGURES = [
    Figure(
        "local_market_share",
        gettext_lazy("Local share of the market"),
        DEFINITION,
        gettext_lazy("Share = (produced − exported) / (produced + imported − exported); change in points."),
        "",
        local_market_share,
        "percent",
        ("family",),
        FILTERS,
        right="see_all",
    ),
]
