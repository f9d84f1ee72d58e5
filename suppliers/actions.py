"""Writes that touch more than one row of a supplier. They run inside an open write."""

from django.db.models import F

from partstrack import registry
from suppliers.models import Site, SitePlace, StatusSpan, Supplier


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


def place(site, wilaya, since=None, commune=""):
    """Record wilaya and commune of a site: from a day on when it moved; without a day what was recorded is corrected.

    The form has checked that `since` comes after the day on which the site came to its last place.
    """
    last = last_place(site)
    if last is None:
        SitePlace.objects.create(site=site, wilaya=wilaya, commune=commune, valid_from=since)
    elif since is not None:
        _move(last, wilaya, commune, since)
    elif (last.wilaya_id, last.commune) != (wilaya.pk, commune):
        last.wilaya, last.commune = wilaya, commune
        last.save(update_fields=["wilaya", "commune"])


def _move(last, wilaya, commune, since):
    if last.valid_to is None or last.valid_to > since:
        last.valid_to = since
        last.save(update_fields=["valid_to"])
    SitePlace.objects.create(site=last.site, wilaya=wilaya, commune=commune, valid_from=since)


def record_statuses(door, suppliers, since=None):
    """Record the status of each supplier from a day on (default: the day of the write), where the last recorded one differs.

    Of whom none was recorded yet, what it was before is read from the history and recorded since ever.
    """
    spans = StatusSpan.objects.filter(supplier__in=suppliers).order_by(F("since").asc(nulls_first=True), "pk")
    last = dict(spans.values_list("supplier", "status"))
    unknown = [each for each in suppliers if each.pk not in last]
    before = _statuses_before(unknown)
    first = [StatusSpan(supplier=each, status=before.get(each.pk, each.status)) for each in unknown]
    last |= {span.supplier_id: span.status for span in first}
    day, reason = since or door.today, door.reason
    moved = [
        StatusSpan(supplier=each, status=each.status, since=day, reason=reason)
        for each in suppliers
        if last[each.pk] != each.status
    ]
    StatusSpan.objects.bulk_create(
        first + moved,
        update_conflicts=True,
        unique_fields=["supplier", "since"],
        update_fields=["status", "reason"],
    )


def _statuses_before(suppliers):
    """Return {supplier id: the status it had before it was last written} from the history; who was written once is not in it."""
    events = Supplier.pgh_event_model.objects.filter(pgh_obj__in=[each.pk for each in suppliers]).order_by("pgh_id")
    last, before = {}, {}
    for key, status in events.values_list("pgh_obj", "status"):
        if key in last:
            before[key] = last[key]
        last[key] = status
    return before


def follow(door, user, suppliers):
    """Record their statuses, and let the apps above write what follows from suppliers that were entered or changed."""
    record_statuses(door, suppliers)
    for run in registry.all_of("on_suppliers"):
        run(door, user, suppliers)
