"""Ranges: the list, one of them, what is entered of it; the promise not to import what is produced locally."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.door import Refused, Replayed, write
from office.entry import EntryPage
from office.forms import fresh_key
from office.question import Question
from partstrack import registry
from partstrack.pages import ListPage, Page
from production import policy, range_actions
from production.models import Exemption, Range, RangePart, RangeStart
from production.trade_filters import RangeFilters
from production.trade_forms import ExemptionForm, RangeForm
from production.trade_tables import STATES, RangeTable
from production.trade_views import FILTERS, chosen, source_choices
from suppliers.models import Agreement

SHOWN = 100


def ranges(request):
    """Return the ranges this person may see, with brand and family."""
    return Range.objects.visible_to(request.user).select_related("brand__firm", "family", "importer")


class RangeList(ListPage):
    """Ranges, since when each is produced locally, and whether the brand imports it no more."""

    right = "see_all"
    title = _("Ranges")
    heading_help = _(
        "A range is a brand's parts of one family for some vehicles. Once it is produced here, the brand promises to import it no more."
    )
    table_class = RangeTable
    filter_class = RangeFilters
    template = "production/range_list.html"

    def rows(self, request):
        """Return the ranges with the day on which their local production began, as known at the asked version."""
        request.asked = Question(request, FILTERS).of()
        start = RangeStart.objects.standing(request.asked.version).filter(range=OuterRef("pk"))
        return ranges(request).annotate(began=Subquery(start.values("began")[:1]))

    def context(self, request):
        """Say the situation."""
        return {"asked": request.asked, "may_enter": request.user.may("enter")}


class RangePage(Page):
    """A range: its facts, what was imported since it is produced here, exemptions, how both sides stand."""

    right = "see_all"

    def get(self, request, code):
        """Show the range, or 404."""
        row = get_object_or_404(ranges(request), code=code)
        question = Question(request, FILTERS)
        asked = question.of()
        mine = asked.but(filters={"range": code, "source": question.filters["source"]})
        watched = next(iter(policy.check(mine)), None)
        sources = source_choices(question)
        context = {
            "range": row,
            "asked": asked,
            "sources": sources,
            "source": chosen(sources),
            "watched": watched,
            "state": STATES[watched.state] if watched else "",
            "sourcing": registry.figure("local_sourcing").compute(mine),
            "imports": registry.figure("imports").compute(mine),
            "avoided": registry.figure("imports_avoided").compute(mine),
            "starts": RangeStart.objects.filter(range=row, from_v__lte=asked.version)
            .select_related("by")
            .order_by("-from_v", "-pk"),
            "parts": RangePart.objects.standing(asked.version).filter(range=row).select_related("part__firm")[:SHOWN],
            "agreements": Agreement.objects.visible_to(request.user).filter(agreed_ranges__range=row),
            "exemptions": [_endable(each) for each in exemptions(asked).filter(range=row)],
            "own_rows": [(watched, each) for each in watched.imports] if watched else [],
            "importer": row.importer or row.brand.firm,
            "lines_url": f"{reverse('trade_list')}{question.link(range=code)}",
            "may_enter": request.user.may("enter"),
            "trail": [(code, "")],
        }
        return render(request, "production/range.html", context)


def _endable(exemption):
    """Give an exemption what the form that ends it carries."""
    exemption.hidden, exemption.reason_id = {"key": fresh_key()}, f"reason-{exemption.pk}"
    return exemption


def exemptions(asked):
    """Return the exemptions known at a version, the ended ones too, the latest first."""
    rows = Exemption.objects.filter(from_v__lte=asked.version).select_related(
        "range__brand", "range__family", "unit", "shortage_of", "by"
    )
    return rows.order_by("-first", "-pk")


class RangeEntry(EntryPage):
    """Add or change a range; when its production began and what it holds are kept with their history."""

    copies = True
    apart = ("began", "began_source", "references")
    form_class = RangeForm
    title_new, title_edit = _("New range"), _("Change the range")

    def row(self, request, code=None):
        """Return the range of a code, or a new one."""
        return get_object_or_404(ranges(request), code=code) if code else Range()

    def more(self, request):
        """Tell the form which day it is."""
        return {"today": request.moment.today}

    def address(self, row):
        """Lead to the range."""
        return reverse("range", args=[row.code])

    def back(self, row):
        """Lead back to the range, or to the list."""
        return self.address(row) if row.pk else reverse("range_list")

    def _form(self, request, row, data=None):
        self.typed = super()._form(request, row, data)
        return self.typed

    def along(self, door, user, row):
        """Write when its production began, and its references."""
        data = self.typed.cleaned_data
        range_actions.begin(door, user, row, data["began"], data["began_source"])
        range_actions.compose(door, row, self.typed.parts)


class ExemptionEntry(EntryPage):
    """Enter an exemption of a range; it is never changed, only ended."""

    form_class = ExemptionForm
    title_new = title_edit = _("New exemption")

    def row(self, request, code):
        """Return a fresh exemption of the range."""
        row = get_object_or_404(ranges(request), code=code)
        return Exemption(range=row, by=request.user, on=request.moment.today, from_v=0)

    def address(self, row):
        """Lead to the range."""
        return reverse("range", args=[row.range.code])

    def along(self, door, user, row):
        """Let it hold from this version on."""
        range_actions.grant(door, row)


class ExemptionEnd(Page):
    """End an exemption, saying why: what it covered is a breach again from this data version on."""

    right = "enter"

    def post(self, request, number):
        """End it once; 400 without its key."""
        row = get_object_or_404(Exemption.objects.visible_to(request.user).select_related("range"), pk=number)
        if not request.POST.get("key"):
            raise BadRequest("The form came without its key.")
        reason = request.POST.get("reason", "").strip()[:400]
        try:
            with write(request.user, reason, request.POST["key"]) as door:
                range_actions.end(door, request.user, row, reason)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.reasons))
        except Replayed:
            messages.info(request, gettext("This was already done."))
        else:
            messages.success(request, gettext("Saved."))
        return redirect("range", row.range.code)


class ImportPolicy(Page):
    """The promise: no import in ranges that are produced locally. What was checked, what breaks it, what is exempted."""

    right = "see_all"

    def get(self, request):
        """Show the promise as known in the asked situation."""
        question = Question(request, FILTERS)
        asked = question.of()
        mine = asked.but(filters={"source": question.filters["source"]})
        watched = policy.check(mine)
        sources = source_choices(question)
        context = {
            "asked": asked,
            "figure": policy.import_breaches(mine),
            "figure_url": reverse("figure", args=["import_breaches"]) + question.link(),
            "sources": sources,
            "source": chosen(sources),
            "watched": [(each, STATES[each.state]) for each in watched],
            "imports": [(row, each) for row in watched for each in row.imports],
            "unattributed": policy.unattributed(mine, question.filters["source"] or "customs"),
            "exemptions": exemptions(asked),
            "may_enter": request.user.may("enter"),
        }
        return render(request, "production/import_policy.html", context)
