"""Who is to declare: confirmed, paused, gone. Rows are replaced by data version, so that "as of" is repeatable."""

from django.db.models import Count, F, Min
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office import clock
from office.door import Refused, Stale
from partstrack.figures import Ask
from partstrack.periods import month_name, month_of, shift
from production import standings
from production.episodes import stamp
from production.models import Expected, Head
from suppliers.models import Site


def take_turn(site, seen):
    """Let one person at a time change what is expected of a site. Stale when somebody did since version `seen`."""
    locked = Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    if stamp(site) != seen:
        raise Stale(locked)


def expect(door, site, first, last=None, by=None):
    """Confirm that a site is to declare from `first` to `last` (included; None: open). Replaces what overlaps."""
    overlapping = [
        each
        for each in Expected.objects.filter(site=site, to_v=None).select_for_update()
        if (last is None or each.first <= last) and (each.last is None or each.last >= first)
    ]
    _replace(door, overlapping, [Expected(site=site, first=first, last=last, by=by, on=door.today)])


def excuse(door, site, first, last, reason, by):
    """Take months `first` to `last` (included; None: for good) out of what a site is to declare: a pause, or its end.

    Who confirmed the months that stay is kept; an assumed expectation becomes a confirmed one. Refused when the
    site is not expected in these months anyway, or when nothing would be left.
    """
    standing = list(Expected.objects.filter(site=site, to_v=None).select_for_update().order_by("first"))
    rows = standing or _assumed(door, site, by)
    hit = [row for row in rows if (last is None or row.first <= last) and (row.last is None or row.last >= first)]
    if not hit:
        raise Refused(_("This site is not expected to declare in these months."))
    left = [piece for row in hit for piece in _without(row, first, last, reason)]
    if not left and len(hit) == len(rows):
        raise Refused(_("No month would be left. If the site joins later, confirm the month from which it declares."))
    _replace(door, [row for row in hit if row.pk], left)


def hand_over(door, old, new, month, months, reason, by):
    """Let a new site be expected instead of an old one from a month on: same pauses, same end.

    `months`: those that stand with the new one. Refused when the old one would have no month left.
    """
    standing = list(Expected.objects.filter(site=old, to_v=None).select_for_update().order_by("first"))
    rows = standing or _assumed(door, old, by)
    hit = [row for row in rows if row.last is None or row.last >= month]
    left = [piece for row in hit for piece in _without(row, month, None, reason)]
    if not left and len(hit) == len(rows):
        raise Refused(_("No month would be left to the old site: choose a month after its first one."))
    taken = [Expected(site=new, first=max(row.first, month), last=row.last, end_reason=row.end_reason) for row in hit]
    if not taken:
        taken = [Expected(site=new, first=month)]
    early = sorted(each for each in months if each < taken[0].first)  # declared in a pause: they count, as they did
    taken = [*(Expected(site=new, first=each, last=each) for each in early), *taken]
    for row in taken:
        row.by, row.on = by, door.today
    _replace(door, [row for row in hit if row.pk], left + taken)


def none_handed_over(heads):
    """Refuse months from which their site is another firm's: that firm declares them."""
    gone = (
        Head.objects.filter(pk__in=heads, site__goes_on__continues_since__lte=F("month")).select_related("site").first()
    )
    if gone:
        said = _("%(site)s was handed over: from %(month)s on its new supplier declares.")
        raise Refused(said % {"site": gone.site.name, "month": month_name(gone.month, get_language())})


def _assumed(door, site, by):
    ask = Ask(today=door.today, version=clock.moment().version, on=door.today)
    return [
        Expected(site=site, first=first, last=last, by=by, on=door.today)
        for _site, first, last in standings.assumed(ask, {site.pk})
    ]


def _without(row, first, last, reason):
    """Return what is left of a row, before and after the months that are taken out."""
    kept = {"site": row.site, "by": row.by, "on": row.on}
    before = Expected(first=row.first, last=shift(first, -1), end_reason=reason, **kept)
    pieces = [before] if row.first < first else []
    if last is not None and (row.last is None or row.last > last):
        pieces.append(Expected(first=shift(last, 1), last=row.last, end_reason=row.end_reason, **kept))
    return pieces


def _replace(door, old, new):
    """End some rows and begin others, at the version of this write."""

    def number(version):
        Expected.objects.filter(pk__in=[each.pk for each in old]).update(to_v=version)
        for row in new:
            row.from_v = version
        Expected.objects.bulk_create(new)

    door.when_numbered(number)


def join(door, user, suppliers):
    """Expect the one site of each supplier from the month it joined, when nothing was ever declared or confirmed of it.

    Where something was, a person decides on the site's page: figures of before must not move by the way.
    """
    joined = {each.firm_id: each.joined_on for each in suppliers if each.joined_on}
    known = Site.objects.living().filter(firm__in=joined)
    alone = known.order_by("firm").values("firm").annotate(one=Min("pk"), sites=Count("pk")).filter(sites=1)
    untold = known.filter(pk__in=alone.values("one"))
    untold = untold.exclude(pk__in=Expected.objects.values("site")).exclude(pk__in=Head.objects.values("site"))
    firsts = ((site, month_of(joined[site.firm_id])) for site in untold)
    _replace(door, [], [Expected(site=site, first=first, by=user, on=door.today) for site, first in firsts])
