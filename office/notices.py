"""Notices: what happened while somebody was elsewhere, told to that person alone."""

from office.models import Notice

LONGEST = Notice._meta.get_field("detail").max_length


def tell(door, user, title, detail, url):
    """Leave a notice inside an open write. `title`: a sentence marked with gettext_noop, read in the reader's language."""
    return Notice.objects.create(user=user, at=door.at, title=title, detail=detail[:LONGEST], url=url)


def unseen(user):
    """Return how many notices a person has not seen."""
    return Notice.objects.visible_to(user).unseen().count()


def see(user, at, number=None):
    """Mark one's notices as seen at an instant: all of them, or one."""
    rows = Notice.objects.visible_to(user).unseen()
    (rows if number is None else rows.filter(pk=number)).update(seen_at=at)
