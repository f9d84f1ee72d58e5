"""The localised range (indicator C) as figures: by count and weighted by sales, with the lists of what they count."""

from collections import defaultdict
from decimal import Decimal
from functools import partial

import django_tables2
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from catalogue.models import Brand, Family, Part
from integration.localised import DIMS, FILTERS, NONE, SEVERAL, localised
from partstrack.figures import Answer, Group, percent
from partstrack.periods import month_name
from partstrack.registry import Counted, Figure
from partstrack.tables import NUMBER, Table
from production.models import Range


def localised_range(name, by_sales, definition, ask):
    """Answer with locally made references out of active references, by count or each weighted by its sales."""
    found = localised(ask)
    rows = found.rows if found else ()
    low, whole = found.sides(rows, by_sales) if found else (Decimal(0), Decimal(0))
    return Answer(
        name=name,
        value=percent(low, whole),
        unit="percent",
        state="provisional" if whole else "none",
        version=ask.version,
        definition=definition,
        change_unit="points",
        window=(found.first, found.last) if found else None,
        basis=_basis(found, by_sales),
        numerator=low,
        denominator=whole,
        counted_unit=found.unit if found and by_sales else "",
        rows=len(rows),
        groups=_groups(found, by_sales, ask.by) if ask.by and found else () if ask.by else None,
        by=ask.by,
    )


def _basis(found, by_sales):
    if found is None:
        return _("No month is covered.")
    language = get_language()
    words = [
        _("Twelve months from %(first)s to %(last)s. Active references: %(active)d, of which made here: %(local)d.")
        % {
            "first": month_name(found.first, language),
            "last": month_name(found.last, language),
            "active": len(found.rows),
            "local": sum(row.local for row in found.rows),
        }
    ]
    if found.unlisted:
        words.append(
            _("Imports that name no reference are not counted: %(count)d groups of lines.") % {"count": found.unlisted}
        )
    if by_sales and (others := sum(not found.weight(row) for row in found.rows)):
        words.append(_("References without sales in this unit weigh nothing: %(count)d.") % {"count": others})
    return " ".join(words)


def _groups(found, by_sales, by):
    parted = defaultdict(list)
    for row in found.rows:
        parted[getattr(row, by)].append(row)
    names = _names(by, parted)
    made = []
    for key, rows in parted.items():
        (code, label), (low, whole) = names[key], found.sides(rows, by_sales)
        if whole:
            value = percent(low, whole)
            made.append(Group(code, value, value, None, None, None, "none", label, low, whole))
    return tuple(sorted(made, key=lambda group: (-group.denominator, group.key)))


def _names(by, keys):
    """Return {key: (code, name)} of brands, families or ranges."""
    language, said = get_language(), {NONE: (NONE, _("in no range")), SEVERAL: (SEVERAL, _("in several ranges"))}
    said[None] = (NONE, _("without a family"))
    if by == "range":
        rows = Range.objects.select_related("brand", "family").filter(code__in=[key for key in keys if key])
        return said | {row.code: (row.code, row.name_in(language)) for row in rows}
    model = {"brand": Brand, "family": Family}[by]
    return said | {
        row.pk: (row.code, row.name_in(language)) for row in model.objects.filter(pk__in=[k for k in keys if k])
    }


class ReferenceTable(Table):
    """One row a reference of a brand."""

    part = django_tables2.Column(verbose_name=gettext_lazy("Reference"))
    brand = django_tables2.Column(verbose_name=gettext_lazy("Brand"))
    family = django_tables2.Column(verbose_name=gettext_lazy("Family"))
    made = django_tables2.Column(verbose_name=gettext_lazy("Made here"))
    weight = django_tables2.Column(verbose_name=gettext_lazy("Sold, imports of the brand included"), attrs=NUMBER)

    empty_text = gettext_lazy("No reference was active in these months.")

    class Meta(Table.Meta):
        fields = ()

    def render_part(self, value):
        """Show the reference as one left-to-right run."""
        return format_html('<bdi dir="ltr">{}</bdi>', value)


def _listed(local, ask):
    """Return the active references as rows of a table, those made here alone where `local` says so."""
    found = localised(ask)
    rows = [row for row in (found.rows if found else ()) if row.local or not local]
    parts = dict(Part.objects.filter(pk__in=[row.part for row in rows]).values_list("pk", "reference"))
    brands, families = _names("brand", {row.brand for row in rows}), _names("family", {row.family for row in rows})
    made = [
        {
            "part": parts[row.part],
            "brand": brands[row.brand][1],
            "family": families[row.family][1],
            "made": _("yes") if row.local else _("no"),
            "weight": found.weight(row),
        }
        for row in rows
    ]
    return sorted(made, key=lambda row: (-row["weight"], row["brand"], row["part"]))


COUNT = gettext_lazy(
    "Localised range of a brand (indicator C): of its references that are active over twelve months, those that are made here."
)
SALES = gettext_lazy(
    "Localised range of a brand (indicator C), each reference weighted by its sales over twelve months."
)
ACTIVE = gettext_lazy(
    "Active: in the twelve months to the last covered one, produced or sold by a line that stands, or named by a return of the "
    "brand's imports. Made here: produced in these months."
)
WEIGHT = gettext_lazy(
    "Weight: sold here (after-market, first fit, not split) and imported by the brand, in one unit. A mean of rates is never taken."
)


def _figure(name, title, by_sales, definition, formula):
    compute = partial(localised_range, name, by_sales, definition)
    return Figure(name, title, definition, formula, "", compute, "percent", DIMS, FILTERS)


FIGURES = [
    _figure("localised_range", gettext_lazy("Localised range (C), by count"), False, COUNT, ACTIVE),
    _figure("localised_range_sales", gettext_lazy("Localised range (C), weighted by sales"), True, SALES, WEIGHT),
]
COUNTED = [
    Counted(
        figure, name, title, ReferenceTable, partial(_listed, local), of, "weight" if figure.endswith("sales") else ""
    )
    for figure in ("localised_range", "localised_range_sales")
    for name, title, local, of in (
        ("local", gettext_lazy("Active references made here"), True, "numerator"),
        ("active", gettext_lazy("Active references"), False, "denominator"),
    )
]
