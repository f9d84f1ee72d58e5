"""The pages of rules of calculation: all of them by day, one with its formula, options and steps."""

import django_filters
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from integration.models import Assessment, Policy
from integration.policy_forms import PolicyForm
from integration.rates import ordered_steps
from office.entry import EntryPage
from partstrack.filters import Filters
from partstrack.pages import ListPage, Page
from partstrack.tables import SHORT, WRAP, Table
from partstrack.templatetags.show import day, named

FORMULAS = {
    "algeria_2023": (
        _("The contributive rates of the items made locally and mounted on the vehicle are added up."),
        "A = Σ t(i),  i ∈ L",
    ),
    "algeria_2017": (
        _("Local costs and local purchases, out of local costs, local purchases and imported purchases."),
        "A = (C + L) / (C + L + M) × 100",
    ),
    "afcfta": (
        _("The value of African content, out of the value of all that the vehicle is made of."),
        "A = V(AF) / V × 100",
    ),
}


class PolicyTable(Table):
    """Rules, the youngest first."""

    aside = ("code", "source")
    leads_to = ("policy", "code")
    empty_text = _("No rule passes these filters. Take a filter off, or add a rule.")

    edition = Column(verbose_name=_("Version"), attrs=WRAP)
    code = Column(verbose_name=_("Code"), attrs=SHORT)
    method = Column(verbose_name=_("Method"), attrs=WRAP)
    market = Column(verbose_name=_("Market"))
    valid_from = Column(verbose_name=_("Valid from"))
    source = Column(verbose_name=_("Source"), attrs=WRAP)

    class Meta(Table.Meta):
        fields = ["edition", "code", "method", "market", "valid_from", "source"]

    def render_edition(self, record):
        """Lead to the rule."""
        return format_html('<a href="{}"><bdi>{}</bdi></a>', self.address_of(record), record.edition)

    def render_code(self, value):
        """Show the code as one left-to-right run."""
        return format_html('<bdi dir="ltr">{}</bdi>', value)

    def render_market(self, value):
        """Show the name in the reader's language."""
        return named(value)

    def file_value_market(self, record):
        """Return the name in the reader's language."""
        return record.market.name_in(get_language()) if record.market else ""

    def render_valid_from(self, value):
        """Show the day."""
        return day(value)


class PolicyFilters(Filters):
    """By method."""

    method = django_filters.ChoiceFilter(label=_("Method"), choices=Policy.Method.choices)


class PolicyList(ListPage):
    """Rules of calculation."""

    title = _("Rules of calculation")
    table_class = PolicyTable
    filter_class = PolicyFilters
    template = "integration/policies.html"

    def rows(self, request):
        """Return all rules: they are public."""
        return Policy.objects.select_related("market")

    def context(self, request):
        """Add who may enter."""
        return {"may_enter": request.user.may("enter")}


class PolicyPage(Page):
    """One rule: its formula in words and symbols, its options, its steps and what follows from a missed one."""

    def get(self, request, code):
        """Show the rule."""
        policy = get_object_or_404(Policy.objects.select_related("market"), code=code)
        words, symbols = FORMULAS[policy.method]
        natures = dict(Policy.Nature.choices)
        context = {
            "policy": policy,
            "words": words,
            "symbols": symbols,
            "steps": ordered_steps(policy),
            "left_out": [natures[each] for each in policy.left_out],
            "note": policy.note_in(get_language()),
            "assessments": Assessment.objects.visible_to(request.user).filter(policy=policy).count(),
            "may_enter": request.user.may("enter"),
            "trail": [(policy.edition, "")],
        }
        return render(request, "integration/policy.html", context)


class PolicyEntry(EntryPage):
    """Add a version of a rule, or correct one."""

    copies = True
    apart = ("valid_from",)
    form_class = PolicyForm
    title_new, title_edit = _("New rule of calculation"), _("Correct the rule of calculation")

    def row(self, request, code=None):
        """Return the rule of a code, or a new one."""
        return get_object_or_404(Policy, code=code) if code else Policy()

    def besides(self, row):
        """Keep the steps in a copy."""
        return {"ladder": PolicyForm(instance=row, user=self.request.user).initial["ladder"]}

    def address(self, row):
        """Lead to the rule."""
        return reverse("policy", args=[row.code])

    def back(self, row):
        """Lead back to the rule, or to the list."""
        return self.address(row) if row.pk else reverse("policy_list")

    def above(self, row):
        """Lead back to the rule."""
        return [(row.edition, self.address(row))] if row.pk else []
