"""Telling those who sent something what was decided about it."""

from itertools import groupby

from django.urls import reverse

from office.notices import tell

NAMED = 3  # so many months are named; of more, the first and the last


def decided(door, user, declarations, title, comment=""):
    """Tell each sender once what somebody else decided about their declarations. Their `head__site` is read."""
    theirs = [each for each in declarations if each.submitted_by_id not in (None, user.pk)]
    for _sender, rows in groupby(sorted(theirs, key=_order), key=lambda each: each.submitted_by_id):
        rows = list(rows)
        url = reverse("declaration", args=[rows[0].pk])
        tell(door, rows[0].submitted_by, title, " – ".join(filter(None, [_about(rows), comment])), url)


def _order(declaration):
    return declaration.submitted_by_id, declaration.head.site.code, declaration.head.month


def _about(rows):
    sites = ", ".join(dict.fromkeys(each.head.site.code for each in rows))
    months = [f"{month:%m/%Y}" for month in dict.fromkeys(each.head.month for each in rows)]
    return f"{sites} · {', '.join(months) if len(months) <= NAMED else f'{months[0]} … {months[-1]}'}"
