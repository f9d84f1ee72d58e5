"""The columns of the onboarding of suppliers, on the screen and so in the file."""

from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from partstrack.tables import WRAP, Table
from suppliers.onboarding import done_by, steps


class OnboardingTable(Table):
    """Suppliers with how many steps are done and what is missing."""

    aside = ("code", "status")
    leads_to = ("supplier", "firm__code")
    asked_by = {"done": (), "missing": ()}
    empty_text = _("No supplier passes these filters.")

    name = Column(verbose_name=_("Name"), accessor="firm__name", order_by=("firm__name", "pk"))
    code = Column(verbose_name=_("Code"), accessor="firm__code", order_by=("firm__code", "pk"))
    status = Column(verbose_name=_("Status"))
    done = Column(verbose_name=_("Steps done"), accessor="pk", orderable=False)
    missing = Column(verbose_name=_("What is missing"), accessor="pk", orderable=False, attrs=WRAP)

    class Meta(Table.Meta):
        fields = ["name", "code", "status", "done", "missing"]

    def lacking(self, record):
        """Return the steps that a supplier has not done; all of the page's rows are asked at once."""
        if not hasattr(self, "_done"):
            rows = self.page.object_list.data if hasattr(self, "page") else self.data.data
            self._done = done_by([row.pk for row in rows], self.request.moment.today)
        return [step for step in steps() if record.pk not in self._done[step.name]]

    def render_name(self, record):
        """Lead to the supplier, by its name in the reader's script."""
        name = record.firm.name_in(get_language())
        return format_html('<a href="{}"><bdi>{}</bdi></a>', self.address_of(record), name)

    def file_value_name(self, record):
        """Return the name in the reader's script."""
        return record.firm.name_in(get_language())

    def render_code(self, value):
        """Show the code as one left-to-right run."""
        return format_html('<bdi dir="ltr">{}</bdi>', value)

    def render_done(self, record):
        """Say how many of how many."""
        return self.file_value_done(record)

    def file_value_done(self, record):
        """Say how many of how many."""
        said = {"done": len(steps()) - len(self.lacking(record)), "all": len(steps())}
        return gettext("%(done)d of %(all)d") % said

    def render_missing(self, record):
        """Name the steps that are missing."""
        return self.file_value_missing(record) or "–"

    def file_value_missing(self, record):
        """Name the steps that are missing."""
        return gettext(", ").join(str(step.title) for step in self.lacking(record))
