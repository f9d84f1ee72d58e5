"""How lines are filtered; the same words as figures use, so that a figure's address opens its lines."""

import django_filters
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import scope
from catalogue.models import Brand, Family, PartFamily, Unit, reference_key
from partstrack.filters import Filters
from partstrack.periods import from_iso
from places.models import Wilaya
from production.line_totals import Narrowed
from production.models import Declaration, OutputLine
from suppliers.models import Site, SitePlace

CHOICES = 200  # a list of more is slower than the page, and nobody reads it


class Named(django_filters.ModelChoiceFilter):
    """A choice by public code, shown by name in the reader's language; of too many the code is typed."""

    def __init__(self, **options):
        super().__init__(to_field_name="code", **options)

    @property
    def field(self):
        """Label each choice with its name."""
        made = super().field
        rows = list(made.queryset[: CHOICES + 1])
        if len(rows) > CHOICES:
            made.widget, made.help_text = forms.TextInput(), _("Type its code.")
        else:
            named = [("", made.empty_label), *((row.code, row.name_in(get_language())) for row in rows)]
            made.iterator = lambda field: named
            made.widget.choices = named
        return made


def firms(request):
    """Return the firms with sites that this person may see."""
    from accounts.models import Firm

    return Firm.objects.visible_to(request.user).filter(sites__isnull=False).distinct().order_by("name", "pk")


def sites(request):
    """Return the sites that this person may see."""
    return Site.objects.visible_to(request.user).order_by("name", "pk")


def month_input():
    """Return a month in the browser's own calendar."""
    return forms.DateInput(attrs={"type": "month"})


class LineFilters(Filters):
    """Months, supplier, site, family, part, brand, unit, wilaya. `ask` says the version and day that count."""

    q = django_filters.CharFilter(method="by_reference", label=_("Reference contains"))
    part = django_filters.CharFilter(method="by_part", label=_("Reference"), widget=forms.HiddenInput)
    month_from = django_filters.CharFilter(method="since", label=_("From the month"), widget=month_input())
    month_to = django_filters.CharFilter(method="until", label=_("To the month"), widget=month_input())
    supplier = Named(method="by_supplier", queryset=firms, label=_("Supplier"))
    site = Named(queryset=sites, label=_("Site"))
    family = Named(method="by_family", queryset=Family.objects.order_by("position", "pk"), label=_("Family"))
    brand = Named(queryset=Brand.objects.order_by("name", "pk"), label=_("Brand"))
    unit = Named(queryset=Unit.objects.order_by("position", "code"), label=_("Unit"))
    wilaya = Named(method="by_wilaya", queryset=Wilaya.objects.order_by("code"), label=_("Wilaya"))

    class Meta:
        model = OutputLine
        fields = ()

    def narrowed(self):
        """Return these filters as those of sums, None when they name a part, which no sum knows."""
        said = {
            name: value for name, value in (self.form.cleaned_data if self.form.is_valid() else {}).items() if value
        }
        try:
            months = [from_iso(said[name]) if name in said else None for name in ("month_from", "month_to")]
        except ValueError:
            return None
        if said.keys() & {"q", "part"}:
            return None
        keys = {name: said[name].pk for name in ("family", "brand", "unit") if name in said}
        return Narrowed(sites=self._sites(said), first=months[0], last=months[1], **keys)

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
        """Keep lines whose reference contains a text, whatever its dashes and spaces."""
        return rows.filter(part__reference_key__contains=reference_key(value)) if reference_key(value) else rows

    def by_part(self, rows, name, value):
        """Keep lines of one reference (FIRM:REFERENCE tells two firms apart)."""
        firm, _colon, reference = value.rpartition(":")
        rows = rows.filter(part__reference_key=reference_key(reference))
        return rows.filter(part__firm__code=firm) if firm else rows

    def since(self, rows, name, value):
        """Keep lines from a month on."""
        return self._by_month(rows, "month__gte", value)

    def until(self, rows, name, value):
        """Keep lines up to a month."""
        return self._by_month(rows, "month__lte", value)

    def _by_month(self, rows, lookup, value):
        try:
            return rows.filter(**{lookup: from_iso(value)})
        except ValueError:
            return rows.none()

    def by_supplier(self, rows, name, value):
        """Keep lines of a firm's sites. They are few and looked up first, so that lines are found by an index of theirs."""
        return rows.filter(site__in=list(Site.objects.filter(firm=value).values_list("pk", flat=True)))

    def by_family(self, rows, name, value):
        """Keep lines of the parts that were in a family at the asked version."""
        standing = PartFamily.objects.standing(self.request.asked.version).filter(family=value)
        return rows.filter(part__in=standing.values("part"))

    def by_wilaya(self, rows, name, value):
        """Keep lines of the sites that were in a wilaya on the asked day."""
        return rows.filter(site__in=self._in_wilaya(value))


class DeclarationFilters(Filters):
    """Declarations by state, site and month."""

    state = django_filters.ChoiceFilter(choices=Declaration.State.choices, label=_("State"))
    site = Named(field_name="head__site", queryset=sites, label=_("Site"))
    month = django_filters.CharFilter(method="of_month", label=_("Month"), widget=month_input())

    class Meta:
        model = Declaration
        fields = ()

    def of_month(self, rows, name, value):
        """Keep the declarations of one month."""
        try:
            return rows.filter(head__month=from_iso(value))
        except ValueError:
            return rows.none()
