"""The story of a supplier: its firm with its other names, its sites and where they are."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import Firm, FirmAlias
from partstrack.registry import History
from suppliers.models import Site, SitePlace, Supplier


def _supplier(user, key):
    return get_object_or_404(Supplier.objects.visible_to(user).select_related("firm"), firm__code=key)


def _parts(supplier):
    firm = supplier.firm_id
    sites = {"site__in": Site.objects.filter(firm=firm).values("pk")}
    return [
        (Supplier, {"pgh_obj": supplier.pk}),
        (Firm, {"pgh_obj": firm}),
        (FirmAlias, {"firm": firm}),
        (Site, {"firm": firm}),
        (SitePlace, sites),
    ]


def _url(supplier):
    return reverse("supplier", args=[supplier.firm.code])


HISTORIES = [History("supplier", _supplier, _parts, _url, archives=True)]
