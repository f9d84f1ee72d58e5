"""What integration adds to other apps' pages: the components that rest on a paper or an agreement."""

from django.utils.translation import get_language

from integration.models import Component
from integration.resting import resting
from partstrack.registry import Panel

SHOWN = 50


def of_paper(request, paper):
    """Return {"rows": [(component, its contributive rate, whether it is exposed)]} of the components that rest on a paper."""
    return _resting(request, paper, Component.objects.filter(site__firm=paper.firm_id))


def of_agreement(request, agreement):
    """Return {"rows": …} of the components that rest on an agreement."""
    firms = agreement.parties.values("firm")
    return _resting(request, agreement, Component.objects.filter(site__firm__in=firms))


def _resting(request, thing, components):
    today = request.moment.today
    mine = components.visible_to(request.user).valid_on(today)
    found = {}
    for key, each in resting(mine, today).items():
        cover = next(
            (cover for cover in each.covers if type(cover.paper) is type(thing) and thing.pk in cover.keys), None
        )
        if cover:
            found[key] = cover.exposed(today)
    rows = (
        mine.filter(pk__in=found).select_related("programme__maker").order_by("programme__code", "code", "pk")[:SHOWN]
    )
    language = get_language()
    return {
        "rows": [(row, row.programme.name_in(language), row.contributive_rate, found[row.pk]) for row in rows],
        "more": max(len(found) - SHOWN, 0),
    }


PANELS = [
    Panel("paper", "integration/resting_panel.html", of_paper, order=60),
    Panel("agreement", "integration/resting_panel.html", of_agreement, order=60),
]
