"""The numbers of papers and quality: valid certificates, certified suppliers, papers that end soon, complaints. No clock."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import Firm
from catalogue.models import Family
from partstrack.figures import Answer, Group, WrongCall, checked, on_a_day, percent
from partstrack.periods import month_of, shift
from partstrack.registry import Figure
from places.models import Wilaya
from suppliers.agreement_figures import change_of, end_of, firm_of, window_of
from suppliers.models import Complaint, Paper, Standard, Supplier
from suppliers.models.papers import SOON, certified

BY_STANDARD = ("standard",)
PAPER_DIMS = ("standard", "supplier")
PAPER_FILTERS = ("standard", "supplier", "wilaya")


def papers_of(ask):
    """Return the certificates of sites that pass the filters of a question. WrongCall: an unknown code."""
    rows = Paper.objects.within(ask.scope).certificates()
    if code := ask.filters.get("standard"):
        rows = rows.filter(standard=standard_of(code))
    if code := ask.filters.get("supplier"):
        rows = rows.filter(firm__in=firm_of(code, ask))
    if code := ask.filters.get("wilaya"):
        if not Wilaya.objects.filter(code=code).exists():
            raise WrongCall(_("There is no wilaya '%(code)s'. Use its code of two digits, like 16.") % {"code": code})
        rows = rows.of_places_in(code, ask.on)
    return rows


def standard_of(code):
    """Return the standard of a code. WrongCall: there is none."""
    found = Standard.objects.filter(code=code).first()
    if found is None:
        raise WrongCall(_("There is no standard '%(code)s'.") % {"code": code})
    return found


def certificates_valid(ask):
    """Certificates of sites that prove something on the asked day."""
    checked(on_a_day(ask), PAPER_DIMS, PAPER_FILTERS)
    counted = papers_of(ask).valid_on(ask.on)
    running = papers_of(ask).running_on(ask.on).count()
    value = counted.count()
    basis = _("On %(day)s; %(stopped)d others are suspended or withdrawn.")
    return Answer(
        name="certificates_valid",
        value=Decimal(value),
        unit="paper",
        state="provisional",
        version=ask.version,
        definition=VALID,
        compared=Decimal(value),
        basis=basis % {"day": f"{ask.on:%d/%m/%Y}", "stopped": running - value},
        rows=value,
        groups=_by(ask.by, counted) if ask.by else None,
        by=ask.by,
        queryset=counted,
    )


def _by(dimension, papers):
    path = {"standard": "standard", "supplier": "firm"}[dimension]
    counts = Counter(papers.values_list(f"{path}__code", f"{path}__name"))
    return tuple(
        Group(code, Decimal(count), Decimal(count), None, None, None, "none", name)
        for (code, name), count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )


def suppliers_certified(ask):
    """Suppliers that have a site with a valid certificate on the asked day."""
    checked(on_a_day(ask), (), BY_STANDARD)
    code = ask.filters.get("standard", "")
    if code:
        standard_of(code)
    counted = certified(ask.on, ask.scope, code)
    value = counted.count()
    return Answer(
        name="suppliers_certified",
        value=Decimal(value),
        unit="supplier",
        state="provisional",
        version=ask.version,
        definition=CERTIFIED,
        compared=Decimal(value),
        basis=_("On %(day)s, whatever their status.") % {"day": f"{ask.on:%d/%m/%Y}"},
        rows=value,
        queryset=counted,
    )


def certified_share(ask):
    """Active suppliers with a valid certificate of a site, in percent of the active suppliers."""
    checked(on_a_day(ask), (), BY_STANDARD)
    code = ask.filters.get("standard", "")
    if code:
        standard_of(code)
    active = Supplier.objects.within(ask.scope).at_work_on(ask.on)
    counted = active.filter(pk__in=certified(ask.on, ask.scope, code).values("pk"))
    over, under = Decimal(counted.count()), Decimal(active.count())
    return Answer(
        name="certified_share",
        value=percent(over, under),
        unit="percent",
        state="provisional" if under else "none",
        version=ask.version,
        definition=SHARE,
        compared=percent(over, under),
        change_unit="points",
        basis=_("On %(day)s, of the active suppliers.") % {"day": f"{ask.on:%d/%m/%Y}"},
        numerator=over,
        denominator=under,
        rows=int(over),
        queryset=counted,
    )


def papers_ending(ask):
    """Papers that end on the asked day or within 90 days after it and that no later paper renews."""
    checked(on_a_day(ask), (), ("supplier",))
    last = ask.on + timedelta(days=SOON)
    counted = Paper.objects.within(ask.scope).ending(ask.on, last)
    if code := ask.filters.get("supplier"):
        counted = counted.filter(firm__in=firm_of(code, ask))
    value = counted.count()
    return Answer(
        name="papers_ending",
        value=Decimal(value),
        unit="paper",
        state="provisional",
        version=ask.version,
        definition=ENDING,
        compared=Decimal(value),
        basis=_("From %(first)s to %(last)s.") % {"first": f"{ask.on:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"},
        rows=value,
        queryset=counted,
    )


def complaints(ask):
    """Complaints, returns and warranty cases received in the asked months, against the same months one year before."""
    checked(ask, ("family", "supplier"), ("family", "supplier"))
    if ask.as_of:
        raise WrongCall(_("Complaints are counted as they are known now: ask without “as of”."))
    first, last = window_of(ask)
    over = min(last, shift(month_of(ask.today), -1))
    back = 12 * ((ask.base_year and last.year - ask.base_year) or 1)
    rows = _complaints(ask)
    counted = rows.filter(received_on__range=(first, end_of(last)))
    now = rows.filter(received_on__range=(first, end_of(over))) if over >= first else rows.none()
    base = shift(first, -back), end_of(shift(over, -back))
    then = rows.filter(received_on__range=base) if over >= first else rows.none()
    value, compared, before = counted.count(), Decimal(now.count()), Decimal(then.count())
    state, change = change_of(compared, before) if over >= first else ("not_comparable", None)
    return Answer(
        name="complaints",
        value=Decimal(value),
        unit="complaint",
        state="provisional",
        version=ask.version,
        definition=COMPLAINTS,
        compared=compared if over >= first else None,
        base=before if over >= first else None,
        change=change,
        change_state=state,
        window=(first, last),
        base_window=(shift(first, -back), shift(last, -back)),
        basis=_("%(open)d of them are still open.") % {"open": counted.filter(closed_on=None).count()},
        rows=value,
        groups=_groups(ask.by, counted, now, then, before) if ask.by else None,
        by=ask.by,
        queryset=counted,
    )


def _complaints(ask):
    rows = Complaint.objects.within(ask.scope)
    if code := ask.filters.get("family"):
        family = Family.objects.filter(code=code).first()
        if family is None:
            raise WrongCall(_("There is no family '%(code)s'.") % {"code": code})
        rows = rows.filter(family=family)
    if code := ask.filters.get("supplier"):
        rows = rows.filter(site__firm__in=firm_of(code, ask))
    return rows


def _groups(by, counted, now, then, before):
    """Return a Group each family or supplier, the most numerous first."""
    path = "family" if by == "family" else "site__firm"
    counts, compared, base = (Counter(rows.order_by().values_list(path, flat=True)) for rows in (counted, now, then))
    things = (Family if by == "family" else Firm).objects.in_bulk({*counts, *compared, *base})
    language, groups = get_language(), []
    for key in sorted(things, key=lambda each: (-counts[each], things[each].code)):
        state, change = change_of(Decimal(compared[key]), Decimal(base[key]))
        points = percent(Decimal(compared[key] - base[key]), before)
        amounts = Decimal(counts[key]), Decimal(compared[key]), Decimal(base[key])
        groups.append(Group(things[key].code, *amounts, change, points, state, things[key].name_in(language)))
    return tuple(groups)


VALID = gettext_lazy("Certificates of sites, accepted and valid on the day, neither suspended nor withdrawn.")
CERTIFIED = gettext_lazy("Suppliers that have a site with a valid certificate on the day.")
SHARE = gettext_lazy("Active suppliers with a valid certificate of a site, of all active suppliers.")
ENDING = gettext_lazy(
    "Certificates and approvals that end within 90 days from the day on and that no later paper renews."
)
COMPLAINTS = gettext_lazy("Complaints, returns and warranty cases received in the months.")

FIGURES = [
    Figure(
        "certificates_valid",
        gettext_lazy("Valid certificates"),
        VALID,
        gettext_lazy(
            "Certificates accepted by the house, with valid from ≤ day ≤ valid to, without a suspension or withdrawal that holds "
            "on the day. A renewal is a paper of its own: the days between two papers are covered by neither."
        ),
        "",
        certificates_valid,
        "paper",
        PAPER_DIMS,
        PAPER_FILTERS,
        period="day",
    ),
    Figure(
        "suppliers_certified",
        gettext_lazy("Suppliers with a valid certificate"),
        CERTIFIED,
        gettext_lazy("Known suppliers of whose sites at least one has a certificate counted under “Valid certificates”."),
        "",
        suppliers_certified,
        "supplier",
        (),
        BY_STANDARD,
        period="day",
    ),
    Figure(
        "certified_share",
        gettext_lazy("Share of certified suppliers"),
        SHARE,
        gettext_lazy("Active suppliers with a valid certificate / active suppliers, both on the day."),
        "",
        certified_share,
        "percent",
        (),
        BY_STANDARD,
        period="day",
    ),
    Figure(
        "papers_ending",
        gettext_lazy("Papers that end within 90 days"),
        ENDING,
        gettext_lazy("Accepted certificates and approvals with day ≤ valid to ≤ day + 90 that no accepted paper renews."),
        "",
        papers_ending,
        "paper",
        (),
        ("supplier",),
        period="day",
    ),
    Figure(
        "complaints",
        gettext_lazy("Complaints and returns"),
        COMPLAINTS,
        gettext_lazy(
            "Number received from the first to the last month. Compared: months that are over, with the same months of the base "
            "year."
        ),
        "",
        complaints,
        "complaint",
        ("family", "supplier"),
        ("family", "supplier"),
    ),
]  # fmt: skip
