"""What a question asks for: its filters as sites, family, parts, brand and unit, and its months."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import Firm
from catalogue.models import Brand, Family, Part, PartAlias, Unit, reference_key
from partstrack.figures import WrongCall
from partstrack.kept import once
from partstrack.periods import from_iso, month_range
from places.models import Wilaya
from suppliers.models import Site

FILTERS = ("supplier", "site", "family", "part", "month", "year", "wilaya", "brand", "unit")


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

    @cached_property
    def plants(self):
        """Plants that changed hands inside the perimeter: {site id: id of the plant's first site}, those alone."""
        first = {}
        for site in self.sites.values():
            chain = [site.pk]
            while self.sites[chain[-1]].continues_id in self.sites:
                chain.append(self.sites[chain[-1]].continues_id)
            if len(chain) > 1:
                first |= dict.fromkeys(chain, chain[-1])
        return first


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
        parts=_parts(ask.filters["part"], ask.scope, ask.version) if ask.filters.get("part") else None,
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


def _parts(text, allowed, version):
    """Return the ids of the parts named REFERENCE or FIRM:REFERENCE at a version, aliases included, of firms (None: all)."""
    found = _named_parts({"reference_key": reference_key(text)}, allowed)
    firm, _colon, reference = text.partition(":")
    if not found and reference:
        found = _named_parts({"reference_key": reference_key(reference), "firm__code": firm}, allowed)
    if not found:
        raise WrongCall(_("There is no part '%(reference)s'.") % {"reference": text})
    return tuple(sorted(Part.objects.as_known(found, version)))


def _named_parts(named, allowed):
    own = {} if allowed is None else {"firm__in": allowed}
    others = {} if allowed is None else {"part__firm__in": allowed}
    return {
        *Part.objects.filter(**named, **own).values_list("pk", flat=True),
        *PartAlias.objects.filter(**named, **others).values_list(Coalesce("named_before", "part"), flat=True),
    }


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
