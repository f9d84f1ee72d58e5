"""The story of what production keeps: parts, sites and when they are to declare, targets, ranges with their exemptions."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from catalogue.models import Part, PartAlias
from partstrack.registry import History
from production.models import AgreedRange, Exemption, Expected, Range, RangePart, RangeStart, Target
from suppliers.models import Site, SitePlace


def _site(user, key):
    return get_object_or_404(Site.objects.visible_to(user), code=key)


def _of_site(site):
    return [(Site, {"pgh_obj": site.pk}), (SitePlace, {"site": site.pk}), (Expected, {"site": site.pk})]


def _site_url(site):
    return reverse("site_expected", args=[site.code])


def _part(user, key):
    rows = Part.objects.visible_to(user).select_related("firm")
    return get_object_or_404(rows, pk=key if key.isdecimal() and len(key) < 10 else 0)


def _of_part(part):
    return [(Part, {"pgh_obj": part.pk}), (PartAlias, {"part": part.pk})]


def _part_url(part):
    return f"{reverse('line_list')}?{urlencode({'part': f'{part.firm.code}:{part.reference}'})}"


def _target(user, key):
    rows = Target.objects.visible_to(user).select_related("family", "firm")
    return get_object_or_404(rows, pk=key if key.isdecimal() and len(key) < 10 else 0)


def _of_target(target):
    return [(Target, {"pgh_obj": target.pk})]


def _target_url(target):
    return f"{reverse('target_list')}?year={target.year}"


def _range(user, key):
    return get_object_or_404(Range.objects.visible_to(user).select_related("brand", "family"), code=key)


def _of_range(row):
    own = {"range": row.pk}
    return [(Range, {"pgh_obj": row.pk}), (RangeStart, own), (RangePart, own), (Exemption, own), (AgreedRange, own)]


def _range_url(row):
    return reverse("range", args=[row.code])


HISTORIES = [
    History("site", _site, _of_site, _site_url, archives=True),
    History("part", _part, _of_part, _part_url, archives=True),
    History("target", _target, _of_target, _target_url),
    History("range", _range, _of_range, _range_url, right="see_all"),
]
