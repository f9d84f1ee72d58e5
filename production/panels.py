"""What production adds to other apps' pages: a supplier's volumes, and the declarations that a file made."""

from urllib.parse import urlencode

from django.urls import reverse

from office.question import Question
from partstrack import registry
from partstrack.registry import Panel
from production import pictures, proof
from production.models import Declaration

SHOWN = 100


def supplier(request, subject):
    """Return a supplier's year: produced and sold with growth, month by month, and the way to its lines."""
    code = subject.firm.code
    question = Question(request)
    question.filters["supplier"] = code
    asked = question.of()
    answer = registry.figure("produced").compute(asked)
    return {
        "asked": asked,
        "produced": answer,
        "sold": registry.figure("sold").compute(asked),
        "monthly": pictures.monthly("produced", asked),
        "lines_url": proof.lines_url(answer, question),
        "all_lines_url": f"{reverse('line_list')}?{urlencode({'supplier': code, **question.situation})}",
        "figure_url": {name: reverse("figure", args=[name]) + question.link() for name in ("produced", "sold")},
        "production_url": reverse("production") + question.link(),
    }


def batch(request, subject):
    """Return the declarations that a file made, the latest month first; nothing while it made none."""
    rows = Declaration.objects.visible_to(request.user).filter(batch=subject).select_related("head__site")
    found = list(rows.order_by("-head__month", "head__site", "pk")[: SHOWN + 1])
    firm = subject.firm
    return {
        "declarations": found[:SHOWN],
        "more": len(found) > SHOWN,
        "production_url": f"{reverse('production')}?supplier={firm.code}&year={found[0].head.month.year}"
        if firm and found
        else "",
    }


def nil(request, subject):
    """Return the way to a month without production; ?site= and ?month= go along."""
    said = {name: request.GET[name] for name in ("site", "month") if request.GET.get(name)}
    return {"url": f"{reverse('nil')}?{urlencode(said)}" if said else reverse("nil")}


PANELS = [
    Panel("batch_new", "production/nil_panel.html", nil),
    Panel("supplier", "production/supplier_panel.html", supplier),
    Panel("batch", "production/batch_panel.html", batch),
]
