"""The pages of the portfolio: all programmes against their steps, and the vehicles of a year."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import scope
from integration.models import ProgrammeVolume
from integration.portfolio import portfolio, totals, whole
from integration.portfolio_changes import changes
from integration.portfolio_figures import worded
from integration.portfolio_forms import PortfolioFilters, VolumeForm
from integration.portfolio_tables import PortfolioTable
from integration.views import OfProgramme
from partstrack.pages import ListPage


class Portfolio(ListPage):
    """Programmes against their steps, their totals by rule, and what changed since a day."""

    title = _("Portfolio")
    table_class = PortfolioTable
    filter_class = PortfolioFilters
    template = "integration/portfolio.html"

    def rows(self, request):
        """Return the programmes that this person may know whole."""
        return whole(scope(request.user))

    def listed(self, request, shown=True):
        """Read the rates of all rows before the table is made: totals are over all pages."""
        asked = self.filter_class(request.GET, queryset=self.rows(request), request=request)
        said = asked.form.cleaned_data if asked.form.is_valid() else {}
        self.day = said.get("on") or request.moment.today
        self.year = int(said.get("year") or self.day.year)
        self.since, rule = said.get("since"), said.get("rule")
        programmes = list(asked.qs)
        request.read = portfolio(programmes, self.day, self.year, rule)
        request.compared = changes(programmes, self.since, self.day, rule) if self.since else {}
        return super().listed(request, shown)

    def context(self, request):
        """Add the totals and what they are read under."""
        found = totals(request.read.values())
        return {
            "found": [(total, worded(total.policy, self.day)) for total in found],
            "day": self.day,
            "year": self.year,
            "since": self.since,
            "several": len(found) > 1,
            "year_start": date(self.day.year, 1, 1),
            "changes_url": self._since(request, date(self.day.year, 1, 1)),
            "house": scope(request.user) is None,
        }

    def _since(self, request, day):
        """Return the address of this page with what changed since a day."""
        words = request.GET.copy()
        words["since"] = day.isoformat()
        return f"?{words.urlencode()}"


class VolumeEntry(OfProgramme):
    """Add or change the vehicles of a year."""

    apart = ("year",)
    model, form_class = ProgrammeVolume, VolumeForm
    title_new, title_edit = _("New volume of a year"), _("Change the volume of a year")
