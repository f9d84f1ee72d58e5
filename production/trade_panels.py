"""What imports add to the pages of the desk: where they are sent, and the lines that a file made."""

from urllib.parse import urlencode

from django.urls import reverse

from partstrack.periods import to_iso
from partstrack.registry import Panel
from production.models import TradeReturn

SHOWN = 60


def sent_apart(request, subject):
    """Return the way to the form of imports; None for who sends none."""
    return {"url": reverse("trade_upload")} if request.user.may("enter") else None


def returns(request, subject):
    """Return the returns that a file made, by importer and month."""
    rows = TradeReturn.objects.visible_to(request.user).filter(batch=subject).select_related("head__firm")
    found = list(rows.order_by("head__month", "head", "pk")[: SHOWN + 1])
    if not found:
        return {}
    source = found[0].head.source
    return {
        "returns": [(made, _lines_url(made, source)) for made in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "url": f"{reverse('imports')}?{urlencode({'source': source, 'year': found[-1].head.month.year})}",
    }


def _lines_url(made, source):
    month = to_iso(made.head.month)
    said = {"source": source, "month_from": month, "month_to": month}
    said |= {"importer": made.head.firm.code} if made.head.firm else {"perimeter": "national"}
    return f"{reverse('trade_list')}?{urlencode(said)}"


PANELS = [
    Panel("batch_new", "production/trade_sent_apart.html", sent_apart, order=60),
    Panel("batch", "production/trade_returns.html", returns, order=45),
]
