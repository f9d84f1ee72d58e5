"""The columns of exchange rates, on the screen and so in the file."""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from partstrack.tables import NUMBER, WRAP, Table
from partstrack.templatetags.show import day, num


class ExchangeTable(Table):
    """Rates, the newest first."""

    leads_to = ("exchange_edit", "pk")
    empty_text = _("No exchange rate passes these filters. Take a filter off, or add a rate.")

    currency = Column(verbose_name=_("Currency"))
    on = Column(verbose_name=_("Day"))
    rate = Column(verbose_name=_("DZD for one unit"), attrs=NUMBER)
    source = Column(verbose_name=_("Source"), attrs=WRAP)

    class Meta(Table.Meta):
        fields = ["currency", "on", "rate", "source"]

    def render_currency(self, record):
        """Lead who may to the form."""
        if not self.request.user.may("enter"):
            return format_html('<bdi dir="ltr">{}</bdi>', record.currency)
        return format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', self.address_of(record), record.currency)

    def render_on(self, value):
        """Show the day."""
        return day(value)

    def render_rate(self, value):
        """Show the rate with all its decimals."""
        return num(value.normalize())
