"""The local value rate of a part (indicator B) as figures: first tier and rolled down, of one part of one site on a day."""

from functools import partial

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from integration.content_shares import on_day, shares
from integration.counting import DECLARED, DIRECT, ROLLED_DOWN
from integration.figures import in_percent
from integration.models import PartContent
from partstrack.figures import Answer, Group, checked, on_a_day, text
from partstrack.numbers import round_half_up
from partstrack.periods import month_name
from partstrack.registry import Figure
from production.perimeters import perimeter

DIMS, FILTERS = ("part",), ("part", "site", "supplier")


def contents_asked(ask):
    """Return the contents that a question is about: of its part, site and supplier, on its day."""
    area = perimeter(ask, unit=None)
    rows = PartContent.objects.within(ask.scope).filter(site__in=area.sites)
    if area.parts is not None:
        rows = rows.filter(part__in=area.parts)
    return on_day(rows, ask.on).select_related("part__firm", "site").order_by("site__code", "part__reference", "pk")


def part_rate(name, tier, definition, ask):
    """Rate of one part of one site. Of several there is no value: rates of parts are never added."""
    checked(on_a_day(ask), DIMS, FILTERS)
    rows = list(contents_asked(ask))
    found = shares({row.pk for row in rows}, tier)
    one = rows[0] if len(rows) == 1 else None
    share = found[one.pk] if one else None
    return Answer(
        name=name,
        value=share.value if one else None,
        unit="percent",
        state=_state(one, share),
        version=ask.version,
        definition=definition,
        change_unit="points",
        basis=_basis(rows, one, share, ask),
        numerator=share.low if one else None,
        denominator=share.price if one else None,
        counted_unit="DZD" if one else "",
        rows=len(rows),
        groups=tuple(_group(row, found[row.pk]) for row in rows) if ask.by else None,
        by=ask.by,
        queryset=PartContent.objects.filter(pk__in=[row.pk for row in rows]),
        more=_more(one, share),
    )


def _state(row, share):
    if row is None:
        return "none"
    return "final" if share.known and row.evidence != DECLARED and row.holds else "provisional"


def _more(row, share):
    if row is None:
        return {}
    return {
        "lowest": text(share.value),
        "highest": text(share.highest),
        "period": {"from": f"{row.first_month:%Y-%m}", "to": f"{row.last_month:%Y-%m}"},
        "denominator_basis": row.basis,
    }


def _basis(rows, row, share, ask):
    if not rows:
        return _("No content of a part is entered up to %(day)s.") % {"day": f"{ask.on:%d/%m/%Y}"}
    if row is None:
        return _("Rates are of one part of one site each and are never added: use the filters part and site.")
    language = get_language()
    words = [
        _("%(part)s at %(site)s, %(first)s to %(last)s; P: %(basis)s.")
        % {
            "part": row.part.reference,
            "site": row.site.name_in(language),
            "first": month_name(row.first_month, language),
            "last": month_name(row.last_month, language),
            "basis": row.get_basis_display(),
        }
    ]
    if not row.holds:
        words.append(_("No period holds %(day)s: this is the last one before it.") % {"day": f"{ask.on:%d/%m/%Y}"})
    if not share.known:
        words.append(
            _("Not all is known: between %(low)s and %(high)s.")
            % {"low": _rounded(share.value), "high": _rounded(share.highest)}
        )
    return " ".join(words)


def _rounded(value):
    return in_percent(round_half_up(value, 1))


def _group(row, share):
    label = f"{row.part.reference} – {row.site.name_in(get_language())}"
    key = f"{row.site.code}:{row.part.reference}"
    return Group(key, share.value, share.value, None, None, None, "none", label, share.low, share.price)


L1 = gettext_lazy(
    "Local value rate of a part, first tier (indicator B, L1): what is left of its price or cost without what its maker "
    "imports directly."
)
L2 = gettext_lazy(
    "Local value rate of a part, rolled down (indicator B, L2): the imported content of its local purchases is taken off too."
)


def _figure(name, title, definition, tier, formula):
    compute = partial(part_rate, name, tier, definition)
    return Figure(name, title, definition, formula, "", compute, "percent", DIMS, FILTERS, period="day")


FIGURES = [
    _figure(
        "part_l1",
        gettext_lazy("Local value rate of a part, first tier (B, L1)"),
        L1,
        DIRECT,
        gettext_lazy(
            "L1 = (P − direct imports) / P. P: price or cost ex works, before tax; exchange rates as frozen in each value."
        ),
    ),
    _figure(
        "part_l2",
        gettext_lazy("Local value rate of a part, rolled down (B, L2)"),
        L2,
        ROLLED_DOWN,
        gettext_lazy(
            "L2 = (P − direct imports − Σ local purchases × their imported content) / P. What is not known of a purchase counts "
            "as imported, and the span is said."
        ),
    ),
]
