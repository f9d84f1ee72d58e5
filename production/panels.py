"""What production adds to other apps' pages: a supplier's volumes, and the declarations that a file made."""

from collections import Counter
from decimal import Decimal
from urllib.parse import urlencode
from uuid import uuid4

from django.db.models import Max, Min
from django.urls import reverse
from django.utils.translation import gettext

from intake.models import Batch
from office.forms import fresh_key
from office.question import Question
from partstrack import registry
from partstrack.periods import from_iso, month_of, month_range, shift, to_iso
from partstrack.registry import Panel
from production import (
    actions,
    balance,
    grid,
    growth_pictures,
    matrix,
    pictures,
    proof,
    series,
    site_months,
    standings,
    volumes,
)
from production.episodes import stamp
from production.models import Declaration, Standing
from production.rail import SECTIONS
from suppliers.models import Site

SHOWN = 100
MONTHS_SHOWN = 12
OF_SUPPLIER = ("line_list", "declaration_list", "period_list", "balance", "revision_list")  # lists of one supplier


def supplier(request, subject):
    """Return a supplier's year: produced and sold with growth, month by month, and the ways to all that is known of it.

    Without a year in the address it is the last one of which something was declared, this one where nothing ever was.
    """
    code = subject.firm.code
    question = Question(request)
    question.filters["supplier"] = code
    first, last = _declared_years(question.of(), subject.firm)
    asks_months = any(question.words[word] for word in ("year", "from", "to"))
    if not asks_months:
        question.words["year"] = str(last)
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
        "years": [
            (str(year), f"?{urlencode({**question.situation, 'year': year})}", year == asked.year)
            for year in range(max(last, asked.today.year), first - 1, -1)
        ],
        "silent": asked.today.year if not asks_months and last < asked.today.year else None,
        "ways": _ways(request.user, {"supplier": code, **question.situation}),
        "merge_url": reverse("part_merge", args=[code]) if request.user.may("enter") else "",
    }


def _declared_years(asked, firm):
    """Return the first and the last year of which a firm declared something; this year twice where it never did."""
    stood = Standing.objects.standing(asked.version).filter(head__site__firm=firm)
    found = stood.aggregate(first=Min("head__month"), last=Max("head__month"))
    return (found["first"] or asked.today).year, (found["last"] or asked.today).year


def _ways(user, said):
    """Return [(title, address)] of the lists that are known of a supplier, at the situation of its page."""
    lists = [
        (section.title, section.url) for section in SECTIONS if section.url in OF_SUPPLIER and user.may(section.right)
    ]
    if user.may("upload"):
        lists.append((gettext("Received files"), "batch_list"))
    return [(title, f"{reverse(url)}?{urlencode(said)}") for title, url in lists]


def grown(request, subject):
    """Return a supplier's growth over other spans than the year, and its last two years of months as a line."""
    question = Question(request)
    question.filters["supplier"] = subject.firm.code
    asked = question.of()
    answer = registry.figure("produced").compute(asked)
    last = answer.window[1] if answer.window else month_of(asked.today)
    read = series.series("produced", asked, month_range(shift(last, -23), last))
    values = [read.total.get(month) for month in read.months]
    return {
        **growth_pictures.other_spans("produced", asked, answer, question),
        "values": values,
        "words": growth_pictures.spark_words(read.months, values, answer.unit),
        "growth_url": reverse("growth") + question.link(),
    }


def expected(request, subject):
    """Return the sites of a supplier: since when each declares, and what it declared of before it joined.

    Where the supplier's joining month and that of its site differ, one click confirms the first (`offer`).
    """
    question = Question(request, ())
    asked = question.of()
    sites = list(Site.objects.visible_to(request.user).living().filter(firm=subject.firm).order_by("name", "pk"))
    joined, outside = standings.joined(asked.version), volumes.outside(asked, [site.pk for site in sites])
    month = month_of(subject.joined_on) if subject.joined_on else None
    rows = [
        {
            "site": site,
            "joined": joined.get(site.pk),
            "outside": outside.get(site.pk, []),
            "outside_url": _before(site, joined.get(site.pk)),
            "offer": _offer(request, site, month) if month and joined.get(site.pk) != month else None,
        }
        for site in sites
    ]
    units = pictures.names("unit", {unit for found in outside.values() for unit, *_rest in found})
    return {
        "rows": rows,
        "month": month,
        "units": units,
        "matrix_url": f"{reverse('period_list')}?{urlencode({'supplier': subject.firm.code, **question.situation})}",
        "matrix": _matrix(request, asked.but(filters={"supplier": subject.firm.code}), question.words["as-of"]),
    }


def _matrix(request, asked, as_of):
    """Return the last twelve months of a supplier's sites as a matrix draws them."""
    last = month_of(asked.today)
    found = site_months.grid(asked, month_range(shift(last, 1 - MONTHS_SHOWN), last))
    return matrix.drawn(request.user, found, row_page="site_expected", as_of=as_of)


def _before(site, joined):
    """Return the address of the lines of before a site joined."""
    if joined is None:
        return ""
    return f"{reverse('line_list')}?{urlencode({'site': site.code, 'month_to': to_iso(shift(joined, -1))})}"


def _offer(request, site, month):
    """Return what the form of one click carries; None for who may not."""
    if not request.user.may("enter"):
        return None
    return {"key": fresh_key(), "version": stamp(site), "first": to_iso(month)}


def batch(request, subject):
    """Return the declarations that a file made, the latest month first; nothing while it made none."""
    rows = Declaration.objects.visible_to(request.user).filter(batch=subject).select_related("head__site")
    found = list(rows.order_by("-head__month", "head__site", "pk")[: SHOWN + 1])
    firm = subject.firm
    return {
        **_to_decide(request.user, subject),
        "typed_url": _typed_url(subject),
        "declarations": found[:SHOWN],
        "more": len(found) > SHOWN,
        "production_url": f"{reverse('production')}?supplier={firm.code}&year={found[0].head.month.year}"
        if firm and found
        else "",
    }


def _to_decide(user, subject):
    """Return what waits of a submitted file: by month those this person may decide about, and how many others."""
    if subject.state != Batch.State.SUBMITTED:
        return {}
    waiting = actions.waiting_of(subject)
    mine = Counter(each.head.month for each in waiting if actions.may_decide(user, each))
    closed = {each.head.month for each in waiting if each.four_eyes}
    return {
        "batch": subject,
        "waiting": len(waiting),
        "others": len(waiting) - mine.total(),
        "to_decide": [(month, count, month in closed) for month, count in sorted(mine.items())],
        "key": uuid4().hex,
    }


def _typed_url(subject):
    """Return the way back to the grid in which a file was typed, while it can still be mended there."""
    if "grid" not in subject.options or subject.state not in (Batch.State.CHECKED, Batch.State.REFUSED):
        return ""
    site = Site.objects.filter(code=subject.options["site"]).first()
    return grid.url(site, from_iso(subject.options["month"]), batch=subject.pk) if site else ""


def gaps(request, subject):
    """Return what does not balance in a file: as its preview found it, or in the declarations that it made."""
    if subject.state in Batch.WRITTEN:
        made = Declaration.objects.filter(batch=subject).values_list("pk", flat=True)
        found = balance.gaps_of(request.moment.version, made, SHOWN)
    else:
        found = [
            {**gap, "reference": gap["part"], "difference": Decimal(gap["difference"])}
            for gap in subject.result.get("gaps", [])[:SHOWN]
        ]
    return {"gaps": found, "may_enter": request.user.may("enter")}


def nil(request, subject):
    """Return the ways to a month typed by hand and to one without production; ?site= and ?month= go along."""
    said = {name: request.GET[name] for name in ("site", "month") if request.GET.get(name)}
    query = f"?{urlencode(said)}" if said else ""
    return {"url": reverse("nil") + query, "entry_url": reverse("entry") + query}


PANELS = [
    Panel("batch_new", "production/nil_panel.html", nil),
    Panel("supplier", "production/expected_panel.html", expected, order=40),
    Panel("supplier", "production/supplier_panel.html", supplier, order=30),
    Panel("supplier", "production/growth_panel.html", grown, order=35),
    Panel("batch", "production/batch_gaps.html", gaps, order=40),
    Panel("batch", "production/batch_panel.html", batch),
]
