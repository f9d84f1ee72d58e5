"""The numbers of what was agreed: contracts signed, in force, suppliers that have one, commitments kept. No request, no clock."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Firm
from partstrack.figures import Answer, Group, WrongCall, checked, on_a_day, percent
from partstrack.numbers import growth
from partstrack.periods import month_of, shift
from partstrack.registry import Figure
from suppliers.models import Agreement, Commitment, Party, Supplier

DIMS = ("kind",)
FILTERS = ("kind", "supplier")


def agreements_signed(ask):
    """Contracts signed in the asked months, against the same months one year before.

    Without words it is the year of the asked day. Months that are not over count in the value, not in the comparison. An
    agreement of which only the year of signature is known counts where the span holds that whole year.
    """
    checked(ask, DIMS, FILTERS)
    if ask.as_of:
        raise WrongCall(_("Agreements are counted as they are known now: ask without “as of”."))
    first, last = window_of(ask)
    over = min(last, shift(month_of(ask.today), -1))  # the last month that is over
    back = 12 * ((ask.base_year and last.year - ask.base_year) or 1)
    rows = _agreements(ask)
    counted = rows.contracts().signed_between(first, end_of(last))
    compared = _within(rows, first, over)
    base = _within(rows, shift(first, -back), shift(over, -back)) if over >= first else []
    kinds = list(counted.values_list("kind", flat=True))
    value, now, then = Decimal(len(kinds)), Decimal(len(compared)), Decimal(len(base))
    change_state, change = change_of(now, then)
    texts = Agreement.objects.within(ask.scope).filter(Q(binding=False) | Q(kind__in=Agreement.NO_CONTRACT))
    others = texts.signed_between(first, end_of(last)).count()
    unsaid = counted.filter(binding=None).count()
    return Answer(
        name="agreements_signed",
        value=value,
        unit="agreement",
        state="provisional",
        version=ask.version,
        definition=SIGNED,
        compared=now if over >= first else None,
        base=then if over >= first else None,
        change=change if over >= first else None,
        change_state=change_state if over >= first else "not_comparable",
        window=(first, last),
        base_window=(shift(first, -back), shift(last, -back)),
        basis=_basis(others, unsaid),
        rows=len(kinds),
        groups=_by_kind(kinds, compared, base) if ask.by else None,
        by=ask.by,
        queryset=counted,
    )


def window_of(ask):
    """Return the first and the last month of a question; without words those of the year of its day."""
    if ask.first or ask.last:
        last = ask.last or month_of(ask.today)
        return ask.first or date(last.year, 1, 1), last
    year = ask.year or ask.today.year
    return date(year, 1, 1), date(year, 12, 1)


def end_of(month):
    """Return the last day of a month."""
    return shift(month, 1) - timedelta(days=1)


def _within(rows, first, last):
    """Return the kinds of the contracts signed from a month to a month, both whole."""
    return (
        list(rows.contracts().signed_between(first, end_of(last)).values_list("kind", flat=True))
        if last >= first
        else []
    )


def change_of(now, then):
    """Return (change_state, change in percent)."""
    if not then:
        return ("new" if now else "none"), None
    return "ok", growth(now, then)


def _basis(others, unsaid):
    said = _("Memoranda, letters of intent, road maps and other texts that bind nobody are not counted.")
    if unsaid:
        some = ngettext(
            "Of %(count)d it is not said whether it binds.", "Of %(count)d it is not said whether they bind.", unsaid
        )
        said = f"{said} {some % {'count': unsaid}}"
    if others:
        beside = ngettext(
            "%(count)d other text was signed beside them.", "%(count)d other texts were signed beside them.", others
        )
        said = f"{said} {beside % {'count': others}}"
    return said


def _by_kind(kinds, compared, base):
    """Return a Group each kind, the most numerous first."""
    names, total = dict(Agreement.Kind.choices), Decimal(len(base))
    counts, now, then = Counter(kinds), Counter(compared), Counter(base)
    groups = []
    for kind in sorted({*counts, *now, *then}, key=lambda each: (-counts[each], each)):
        state, change = change_of(Decimal(now[kind]), Decimal(then[kind]))
        points = percent(Decimal(now[kind] - then[kind]), total)
        groups.append(
            Group(
                kind, Decimal(counts[kind]), Decimal(now[kind]), Decimal(then[kind]), change, points, state, names[kind]
            )
        )
    return tuple(groups)


def _agreements(ask):
    """Return the agreements that pass the filters. WrongCall: an unknown code."""
    rows = Agreement.objects.within(ask.scope)
    if kind := ask.filters.get("kind"):
        if kind not in Agreement.Kind.values:
            said = {"code": kind, "known": ", ".join(Agreement.Kind.values)}
            raise WrongCall(_("There is no kind of agreement '%(code)s'. There are: %(known)s.") % said)
        rows = rows.filter(kind=kind)
    if code := ask.filters.get("supplier"):
        rows = rows.of_firms(firm_of(code, ask).values("pk"))
    return rows


def firm_of(code, ask):
    """Return the firm of a code, as a QuerySet of one. WrongCall: there is none that may be seen."""
    firms = Firm.objects.within(ask.scope).filter(code=code)
    if not firms.exists():
        raise WrongCall(_("There is no supplier '%(code)s'.") % {"code": code})
    return firms


def agreements_in_force(ask):
    """Contracts in force on the asked day."""
    checked(on_a_day(ask), DIMS, FILTERS)
    counted = _agreements(ask).in_force_on(ask.on)
    kinds = Counter(counted.values_list("kind", flat=True))
    names = dict(Agreement.Kind.choices)
    groups = tuple(
        Group(kind, Decimal(count), Decimal(count), None, None, None, "none", names[kind])
        for kind, count in sorted(kinds.items(), key=lambda each: (-each[1], each[0]))
    )
    value = sum(kinds.values())
    return Answer(
        name="agreements_in_force",
        value=Decimal(value),
        unit="agreement",
        state="provisional",
        version=ask.version,
        definition=IN_FORCE,
        compared=Decimal(value),
        basis=_("On %(day)s; texts that bind nobody are not counted.") % {"day": f"{ask.on:%d/%m/%Y}"},
        rows=value,
        groups=groups if ask.by else None,
        by=ask.by,
        queryset=counted,
    )


def suppliers_signed(ask):
    """Suppliers that are a party to a contract in force on the asked day."""
    checked(on_a_day(ask), (), ())
    contracts = Agreement.objects.within(ask.scope).in_force_on(ask.on)
    firms = Party.objects.filter(agreement__in=contracts.values("pk")).values("firm")
    counted = Supplier.objects.within(ask.scope).known_on(ask.on).filter(firm__in=firms)
    value = counted.count()
    return Answer(
        name="suppliers_signed",
        value=Decimal(value),
        unit="supplier",
        state="provisional",
        version=ask.version,
        definition=WITH_CONTRACT,
        compared=Decimal(value),
        basis=_("On %(day)s, whatever their status.") % {"day": f"{ask.on:%d/%m/%Y}"},
        rows=value,
        queryset=counted,
    )


def commitments_kept(ask):
    """Commitments kept, in percent of those that were due by the asked day and not given up."""
    checked(on_a_day(ask), ("supplier",), ("supplier",))
    rows = Commitment.objects.within(ask.scope)
    if code := ask.filters.get("supplier"):
        rows = rows.filter(owner__in=firm_of(code, ask))
    due = rows.due_by(ask.on)
    kept = due.filter(state=Commitment.State.KEPT, kept_on__lte=ask.on).count()
    over, late = due.count(), due.count() - kept
    value = percent(Decimal(kept), Decimal(over))
    said = {"day": f"{ask.on:%d/%m/%Y}", "kept": kept, "due": over, "late": late}
    return Answer(
        name="commitments_kept",
        value=value,
        unit="percent",
        state="provisional" if over else "none",
        version=ask.version,
        definition=KEPT,
        compared=value,
        change_unit="points",
        basis=_("On %(day)s: %(kept)d kept of %(due)d due, %(late)d late. Without a due day none is counted.") % said,
        numerator=Decimal(kept),
        denominator=Decimal(over),
        rows=over,
        groups=_by_owner(due, ask.on) if ask.by else None,
        by=ask.by,
        queryset=due,
        counted_unit="",
    )


def _by_owner(due, day):
    """Return a Group each firm that had something due."""
    owners = Counter(due.values_list("owner__code", "owner__name"))
    kept = Counter(due.filter(state=Commitment.State.KEPT, kept_on__lte=day).values_list("owner__code", flat=True))
    groups = []
    for (code, name), count in owners.items():
        over, under = Decimal(kept[code]), Decimal(count)
        value = percent(over, under)
        said = {"label": name, "numerator": over, "denominator": under}
        groups.append(Group(code, value, value, None, None, None, "none", **said))
    return tuple(sorted(groups, key=lambda group: (-group.value, group.key)))


SIGNED = gettext_lazy("Agreements signed in the months; memoranda and other texts that bind nobody are none.")
IN_FORCE = gettext_lazy("Agreements signed, begun and not over on the day; texts that bind nobody are none.")
WITH_CONTRACT = gettext_lazy(
    "Suppliers that are a party to an agreement in force on the day; texts that bind nobody are none."
)
KEPT = gettext_lazy("Commitments of agreements and events that were kept, of those due by the day.")

FIGURES = [
    Figure(
        "agreements_signed",
        gettext_lazy("Agreements signed"),
        SIGNED,
        gettext_lazy(
            "Agreements signed or ended, not marked as binding nobody, whose day of signature lies in the months; one of which only the "
            "year is known, where the months hold that whole year. Compared: months that are over, with the same months of the "
            "base year."
        ),
        "",
        agreements_signed,
        "agreement",
        DIMS,
        FILTERS,
    ),
    Figure(
        "agreements_in_force",
        gettext_lazy("Agreements in force"),
        IN_FORCE,
        gettext_lazy(
            "Agreements not marked as binding nobody, signed on or before the day (or in the state “signed”, without a day), whose validity "
            "has begun and not ended, and that were not ended early by the day."
        ),
        "",
        agreements_in_force,
        "agreement",
        DIMS,
        FILTERS,
        period="day",
    ),
    Figure(
        "suppliers_signed",
        gettext_lazy("Suppliers with an agreement in force"),
        WITH_CONTRACT,
        gettext_lazy("Known suppliers whose firm is a party to at least one agreement counted under “Agreements in force”."),
        "",
        suppliers_signed,
        "supplier",
        (),
        (),
        period="day",
    ),
    Figure(
        "commitments_kept",
        gettext_lazy("Commitments kept"),
        KEPT,
        gettext_lazy("Commitments kept by the day / commitments due by the day, those given up left out of both."),
        "",
        commitments_kept,
        "percent",
        ("supplier",),
        ("supplier",),
        period="day",
    ),
]  # fmt: skip
