"""What people say of ranges: since when they are produced locally, which references they hold, what is exempted.

Rows are replaced by data version, so that "as of" is repeatable.
"""

from django.utils.translation import gettext as _

from office.door import Refused
from production.models import Exemption, RangePart, RangeStart


def begin(door, user, range, began, source):
    """Say on which day local production of a range began (None: it did not). Nothing is written when that is known."""
    standing = RangeStart.objects.filter(range=range, to_v=None).first()
    if (standing.began, standing.source) == (began, source) if standing else began is None:
        return
    fresh = RangeStart(range=range, began=began, source=source, by=user, on=door.today)

    def number(version):
        RangeStart.objects.filter(range=range, to_v=None).update(to_v=version)
        fresh.from_v = version
        fresh.save()

    door.when_numbered(number)


def compose(door, range, parts):
    """Say which parts a range holds: those that are no longer named leave it, the others join it."""
    standing = set(RangePart.objects.filter(range=range, to_v=None).values_list("part_id", flat=True))
    wanted = {part.pk for part in parts}

    def number(version):
        RangePart.objects.filter(range=range, part__in=standing - wanted, to_v=None).update(to_v=version)
        RangePart.objects.bulk_create(
            RangePart(range=range, part_id=part, from_v=version) for part in sorted(wanted - standing)
        )

    if standing != wanted:
        door.when_numbered(number)


def grant(door, exemption):
    """Let an exemption that was just written hold from this version on."""
    door.when_numbered(lambda version: Exemption.objects.filter(pk=exemption.pk).update(from_v=version))


def end(door, user, exemption, reason):
    """End an exemption from this version on, saying why. Refused without a reason, or when it was ended already."""
    if not reason:
        raise Refused(_("Say why the exemption is ended."))
    standing = Exemption.objects.select_for_update().filter(pk=exemption.pk, to_v=None)
    if not standing.exists():
        raise Refused(_("This exemption was ended already."))

    def number(version):
        Exemption.objects.filter(pk=exemption.pk).update(to_v=version, end_reason=reason, ended_by=user)

    door.when_numbered(number)
