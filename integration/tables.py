"""The columns of vehicle programmes, on the screen and so in the file."""

from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_tables2 import Column

from integration.models import Policy
from integration.rates import kept_readings
from office.asking import ask
from partstrack.tables import Table
from partstrack.templatetags import show


class ProgrammeTable(Table):
    """Programmes. The heading of the rate names its version and its day, so that a file does too."""

    leads_to = ("programme", "code")
    empty_text = gettext_lazy("No vehicle programme passes these filters. Take a filter off, or add a programme.")

    code = Column(verbose_name=gettext_lazy("Code"))
    maker = Column(verbose_name=gettext_lazy("Maker"), order_by=("maker__name", "pk"))
    model = Column(verbose_name=gettext_lazy("Model"))
    vehicle_type = Column(verbose_name=gettext_lazy("Vehicle type"))
    market = Column(verbose_name=gettext_lazy("Market"))
    approved_on = Column(verbose_name=gettext_lazy("Approved on"))

    class Meta(Table.Meta):
        fields = ["code", "maker", "model", "vehicle_type", "market", "approved_on"]

    def __init__(self, *args, request, **kwargs):
        today = request.moment.today
        policy = Policy.objects.law(today)
        heading = _("Regulatory rate (A), in %%: %(version)s, on %(day)s") % {
            "version": policy.edition if policy else "–",
            "day": f"{today:%d/%m/%Y}",
        }
        self.day, self.read, self.asked = today, None, ask(request.user, request.moment, {}, {})
        column = Column(
            accessor="pk",
            verbose_name=heading,
            visible=policy is not None,
            orderable=False,
            attrs={"td": {"class": "num"}},
        )
        super().__init__(*args, request=request, extra_columns=[("rate", column)], **kwargs)

    def render_code(self, record):
        """Lead to the programme."""
        return format_html('<a class="text-nowrap" href="{}"><bdi>{}</bdi></a>', self.address_of(record), record.code)

    def render_maker(self, value):
        """Show the name in the reader's script."""
        return show.named(value)

    def file_value_maker(self, record):
        """Return the name in the reader's script."""
        return record.maker.name_in(get_language())

    def render_market(self, value):
        """Show the name in the reader's language."""
        return show.named(value)

    def file_value_market(self, record):
        """Return the name in the reader's language."""
        return record.market.name_in(get_language()) if record.market else ""

    def render_approved_on(self, value):
        """Show the day."""
        return show.day(value)

    def render_rate(self, record):
        """Show the rate; a span where not all is known."""
        reading = self._reading(record)
        if reading.value is None:
            return "–"
        if reading.known:
            return show.rate(reading.value)
        return format_html("{} – {}", show.rate(reading.value), show.rate(reading.highest))

    def file_value_rate(self, record):
        """Return the rate; what is not known counts as imported."""
        return self._reading(record).value

    def _reading(self, record):
        """Return the Reading of a row; those of the whole page are read at once."""
        if self.read is None:
            rows = self.page.object_list if getattr(self, "page", None) else self.rows
            self.read = kept_readings(self.asked, [row.record for row in rows], self.day)
        return self.read[record.pk]
