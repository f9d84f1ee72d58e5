"""What production is about, found by code or name: parts, sites, families, brands, and ranges of imports."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import Brand, Family, Part, PartAlias, reference_key
from partstrack.registry import Hit, Search
from partstrack.searching import TRIGRAM, found_by, holding
from production.models import Range
from suppliers.models import Site

NAMES = ("code", "name", "name_ar")
FAMILY_NAMES = ("code", "name_fr", "name_ar", "name_en")


def parts(user, said, limit):
    """Return the parts of a reference (its own or another, punctuation aside), then those with every word in their names."""
    rows, key = Part.objects.visible_to(user).filter(merged_into=None), reference_key(said.text)
    others = PartAlias.objects.visible_to(user)
    ways = [holding(rows, said.words, "reference", "name", "name_ar").values("pk")]
    if key:
        like = {"reference_key__contains" if len(key) >= TRIGRAM else "reference_key__startswith": key}
        exact = (rows.filter(reference_key=key).values("pk"), others.filter(reference_key=key).values("part"))
        ways = [*exact, rows.filter(**like).values("pk"), others.filter(**like).values("part"), *ways]
    found = found_by(rows.select_related("firm").prefetch_related("aliases"), limit, *ways)
    return [_part(part, key, said) for part in found]


def _part(part, key, said):
    names = (part.firm.name_in(get_language()), part.name_in(get_language()))
    keys = {part.reference_key, *(alias.reference_key for alias in part.aliases.all())}
    return Hit(
        part.reference,
        _address("line_list", part=f"{part.firm.code}:{part.reference}"),
        detail=" · ".join(filter(None, names)),
        exact=key in keys or said.is_exactly(part.name, part.name_ar),
    )


def sites(user, said, limit):
    """Return the sites with every word in their code and names."""
    rows = Site.objects.visible_to(user)
    found = found_by(rows.select_related("firm"), limit, holding(rows, said.words, *NAMES).values("pk"))
    return [
        Hit(
            site.name_in(get_language()),
            reverse("site_expected", args=[site.code]),
            site.code,
            site.firm.name_in(get_language()),
            said.is_exactly(site.code, site.name, site.name_ar),
        )
        for site in found
    ]


def families(user, said, limit):
    """Return the families with every word in their code and names."""
    found = holding(Family.objects.all(), said.words, *FAMILY_NAMES)[:limit]
    return [
        Hit(
            family.name_in(get_language()),
            _address("production", family=family.code),
            family.code,
            exact=said.is_exactly(family.code, family.name_fr, family.name_ar, family.name_en),
        )
        for family in found
    ]


def brands(user, said, limit):
    """Return the brands with every word in their code and names."""
    rows = Brand.objects.all()
    return [
        Hit(
            brand.name_in(get_language()),
            _address("production", brand=brand.code),
            brand.code,
            exact=said.is_exactly(brand.code, brand.name, brand.name_ar),
        )
        for brand in found_by(rows, limit, holding(rows, said.words, *NAMES).values("pk"))
    ]


def ranges(user, said, limit):
    """Return the ranges with every word in their code, brand, family and application."""
    columns = ("code", "application", "brand__name", "brand__name_ar", "family__name_fr", "family__name_ar")
    rows = Range.objects.visible_to(user).select_related("brand", "family")
    return [
        Hit(row.name, reverse("range", args=[row.code]), row.code, exact=said.is_exactly(row.code, row.name))
        for row in holding(rows, said.words, *columns)[:limit]
    ]


def _address(name, **query):
    return f"{reverse(name)}?{urlencode(query)}"


def _lines(said):
    return _address("line_list", q=said.text)


SEARCH = [
    Search("part", _("Parts"), parts, order=20, more=_lines),
    Search("site", _("Sites"), sites, order=15),
    Search("family", _("Families"), families, order=30),
    Search("brand", _("Brands"), brands, order=35),
    Search("range", _("Ranges of imports"), ranges, order=40, right="see_all"),
]
