"""Writes that touch more than one row of a supplier. They run inside an open write."""

from django.db.models import F

from partstrack import registry
from suppliers.models import Site, SitePlace


def last_place(site):
    """Return the place that a site has or had last, None when its wilaya was never recorded."""
    if not site.pk:
        return None
    return site.places.select_related("wilaya").order_by(F("valid_from").desc(nulls_last=True), "-pk").first()


def first_site(firm, wilaya=None):
    """Give a firm without a site its first one, of the same code and names; returns it, None when it has one."""
    if firm.sites.exists():
        return None
    site = Site.objects.create(code=firm.code, name=firm.name, name_ar=firm.name_ar, firm=firm)
    if wilaya:
        SitePlace.objects.create(site=site, wilaya=wilaya)
    return site


def place(site, wilaya, since=None):
    """Record the wilaya of a site: from a day on when it moved; without a day what was recorded is corrected.

    The form has checked that `since` comes after the day on which the site came to its last place.
    """
    last = last_place(site)
    if last is None:
        SitePlace.objects.create(site=site, wilaya=wilaya, valid_from=since)
    elif last.wilaya_id != wilaya.pk:
        _correct(last, wilaya) if since is None else _move(last, wilaya, since)


def _correct(last, wilaya):
    last.wilaya = wilaya
    last.save(update_fields=["wilaya"])


def _move(last, wilaya, since):
    if last.valid_to is None or last.valid_to > since:
        last.valid_to = since
        last.save(update_fields=["valid_to"])
    SitePlace.objects.create(site=last.site, wilaya=wilaya, valid_from=since)


def follow(door, user, suppliers):
    """Let the apps above write what follows from suppliers that were entered or changed."""
    for run in registry.all_of("on_suppliers"):
        run(door, user, suppliers)
