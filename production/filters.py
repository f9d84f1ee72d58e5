"""How lines are filtered; the same words as figures use, so that a figure's address opens its lines."""

from functools import reduce
from operator import or_

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import scope
from catalogue.models import Brand, Family, Part, PartFamily, Unit, reference_key
from partstrack.filters import Filters, MonthFilter, Named
from partstrack.periods import parse_month
from places.models import Wilaya
from production import standings
from production.line_totals import Narrowed
from production.models import Declaration, OutputLine, Range, RangePart
from suppliers.models import Site, SitePlace

FEW = 2000  # parts that a search looks up before their lines


def firms(request):
    """Return the firms with sites that this person may see."""
    from accounts.models import Firm

    return Firm.objects.visible_to(request.user).filter(sites__isnull=False).distinct().order_by("name", "pk")


def sites(request):
    """Return the sites that this person may see."""
    return Site.objects.visible_to(request.user).order_by("name", "pk")


def ranges(request):
    """Return the ranges that this person may see."""
    return Range.objects.visible_to(request.user).select_related("brand", "family").order_by("code", "pk")


class LineFilters(Filters):
    """Months, supplier, site, family, part, brand, range, unit, wilaya. `ask` says the version and day that count."""

    q = django_filters.CharFilter(method="by_reference", label=_("Reference contains"))
    part = django_filters.CharFilter(method="by_part", label=_("Reference"), widget=forms.HiddenInput)
    month_from = MonthFilter(field_name="month", lookup_expr="gte", label=_("From the month"))
    month_to = MonthFilter(field_name="month", lookup_expr="lte", label=_("To the month"))
    supplier = Named(method="by_supplier", queryset=firms, label=_("Supplier"), empty_label=_("All suppliers"))
    site = Named(queryset=sites, label=_("Site"), empty_label=_("All sites"))
    family = Named(
        method="by_family",
        queryset=Family.objects.order_by("position", "pk"),
        label=_("Family"),
        empty_label=_("All families"),
    )
    brand = Named(queryset=Brand.objects.order_by("name", "pk"), label=_("Brand"), empty_label=_("All brands"))
    range = Named(method="by_range", queryset=ranges, label=_("Range"), empty_label=_("All ranges"))
    unit = Named(queryset=Unit.objects.order_by("position", "code"), label=_("Unit"), empty_label=_("All units"))
    wilaya = Named(
        method="by_wilaya", queryset=Wilaya.objects.order_by("code"), label=_("Wilaya"), empty_label=_("All wilayas")
    )

    perimeter = django_filters.ChoiceFilter(
        method="inside",
        label=_("Perimeter"),
        choices=[("1", _("what is in the totals"))],
        empty_label=_("All that was declared"),
    )

    class Meta:
        model = OutputLine
        fields = ()

    def __init__(self, *args, **kwargs):
        """Ask for no range where none may be seen."""
        super().__init__(*args, **kwargs)
        if scope(self.request.user) is not None:
            del self.filters["range"]

    def chips(self):
        """Say the perimeter too where nobody narrowed it: the list is then of all that was declared."""
        told = super().chips()
        if self.form.is_valid() and not self.form.cleaned_data["perimeter"]:
            told.append((str(self.filters["perimeter"].label), gettext("all that was declared"), ""))
        return told

    def narrowed(self):
        """Return these filters as those of sums, None when they name a part or a range, which no sum knows."""
        cleaned = self.form.cleaned_data if self.form.is_valid() else {}
        said = {name: value for name, value in cleaned.items() if value}
        months = {name: parse_month(said[name]) for name in ("month_from", "month_to") if name in said}
        if said.keys() & {"q", "part", "range"} or None in months.values():
            return None
        keys = {name: said[name].pk for name in ("family", "brand", "unit") if name in said}
        return Narrowed(self._sites(said), first=months.get("month_from"), last=months.get("month_to"), **keys)

    def _sites(self, said):
        """Return the ids of the sites that these filters and this person's rights leave; None: all."""
        allowed, rows = scope(self.request.user), Site.objects.order_by()
        if allowed is None and not said.keys() & {"supplier", "site", "wilaya"}:
            return None
        rows = rows.within(allowed)
        if "supplier" in said:
            rows = rows.filter(firm=said["supplier"])
        if "site" in said:
            rows = rows.filter(pk=said["site"].pk)
        if "wilaya" in said:
            rows = rows.filter(pk__in=self._in_wilaya(said["wilaya"]))
        return tuple(rows.values_list("pk", flat=True))

    def _in_wilaya(self, wilaya):
        return SitePlace.objects.valid_on(self.request.asked.on).filter(wilaya=wilaya).values("site")

    def by_reference(self, rows, name, value):
        """Keep lines whose reference contains a text, whatever its dashes and spaces.

        Where few parts do, they are looked up first, so that lines are found by an index of theirs.
        """
        if not (key := reference_key(value)):
            return rows
        found = Part.objects.filter(reference_key__contains=key).order_by()
        few = list(found.values_list("pk", flat=True)[: FEW + 1])
        return rows.filter(part__in=few if len(few) <= FEW else found.values("pk"))

    def by_part(self, rows, name, value):
        """Keep lines of one reference (FIRM:REFERENCE tells two firms apart)."""
        firm, _colon, reference = value.rpartition(":")
        parts = Part.objects.filter(reference_key=reference_key(reference), **({"firm__code": firm} if firm else {}))
        found = Part.objects.as_known(parts.values_list("pk", flat=True), self.request.asked.version)
        return rows.filter(part__in=found)

    def inside(self, rows, name, value):
        """Keep the lines of the perimeter: those of before a site joined are in no total."""
        return rows.filter(*standings.inside_perimeter(self.request.asked))

    def by_supplier(self, rows, name, value):
        """Keep lines of a firm's sites. They are few and looked up first, so that lines are found by an index of theirs."""
        return rows.filter(site__in=list(Site.objects.filter(firm=value).values_list("pk", flat=True)))

    def by_family(self, rows, name, value):
        """Keep lines of the parts that were in a family at the asked version."""
        standing = PartFamily.objects.standing(self.request.asked.version).filter(family=value)
        return rows.filter(part__in=standing.values("part"))

    def by_range(self, rows, name, value):
        """Keep lines of a range as figures group them: by its references, else by its brand and family where that is one range."""
        version = self.request.asked.version
        listed = RangePart.objects.standing(version).filter(range__brand=value.brand_id)
        own, rows = listed.filter(range=value), rows.filter(brand=value.brand_id)
        if own.exists():
            return rows.filter(part__in=own.exclude(part__in=listed.exclude(range=value).values("part")).values("part"))
        alike = Range.objects.filter(brand=value.brand_id, family=value.family_id)
        if alike.exclude(pk__in=listed.values("range")).count() > 1:
            return rows.none()
        return self.by_family(rows, name, value.family).exclude(part__in=listed.values("part"))

    def by_wilaya(self, rows, name, value):
        """Keep lines of the sites that were in a wilaya on the asked day."""
        return rows.filter(site__in=self._in_wilaya(value))


class DeclarationFilters(Filters):
    """Declarations by words, state, supplier, site and month."""

    q = django_filters.CharFilter(method="by_words", label=_("Supplier or site"))
    state = django_filters.ChoiceFilter(
        choices=Declaration.State.choices, label=_("State"), empty_label=_("All states")
    )
    supplier = Named(field_name="head__site__firm", queryset=firms, label=_("Supplier"), empty_label=_("All suppliers"))
    site = Named(field_name="head__site", queryset=sites, label=_("Site"), empty_label=_("All sites"))
    month = MonthFilter(field_name="head__month", label=_("Month"))

    class Meta:
        model = Declaration
        fields = ()

    def by_words(self, rows, name, value):
        """Keep the declarations of the sites and firms with these letters in a name or code."""
        return rows.filter(about(value))


def about(words, site="head__site__"):
    """Return the condition that a site, or its firm, has these letters in its name or code."""
    names = ("name", "name_ar", "code", "firm__name", "firm__name_ar", "firm__code")
    return reduce(or_, (Q(**{f"{site}{name}__icontains": words}) for name in names))
