"""The columns of contents of parts, on the screen and so in the file."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from integration.content_shares import shares
from integration.counting import DIRECT, ROLLED_DOWN
from partstrack.tables import NUMBER, WRAP, Table
from partstrack.templatetags.show import month, named, num, rate


class ContentTable(Table):
    """Contents: part, site, period, price or cost, L1 and L2 side by side."""

    aside = ("site", "last_month", "basis", "value", "evidence")
    leads_to = ("content", "pk")
    empty_text = _("No content passes these filters. Take a filter off, or say what a part is made of.")
    asked_by = {"l1": (), "l2": ()}

    part = Column(verbose_name=_("Part"), accessor="part__reference", order_by=("part__reference", "pk"))
    site = Column(verbose_name=_("Site"), accessor="site__name", order_by=("site__name", "pk"), attrs=WRAP)
    first_month = Column(verbose_name=_("First month"))
    last_month = Column(verbose_name=_("Last month"))
    value = Column(verbose_name=_("P, in DA a piece"), attrs=NUMBER)
    basis = Column(verbose_name=_("Basis"), attrs=WRAP)
    l1 = Column(verbose_name=_("L1, in %"), accessor="pk", orderable=False, attrs=NUMBER)
    l2 = Column(verbose_name=_("L2, in %"), accessor="pk", orderable=False, attrs=NUMBER)
    evidence = Column(verbose_name=_("Evidence"))

    class Meta(Table.Meta):
        fields = ["part", "site", "first_month", "last_month", "value", "basis", "l1", "l2", "evidence"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.read = {}

    def _share(self, record, tier):
        """Return the Share of a row; those of the whole page are read at once."""
        if tier not in self.read:
            rows = self.page.object_list if getattr(self, "page", None) else self.rows
            self.read[tier] = shares({row.record.pk for row in rows}, tier)
        return self.read[tier][record.pk]

    def render_part(self, record):
        """Lead to the content."""
        name = named(record.part)
        return format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a> {}', self.address_of(record), record.part, name)

    def render_site(self, record):
        """Show the site."""
        return format_html('<a href="{}">{}</a>', reverse("supplier", args=[record.site.firm.code]), named(record.site))

    def file_value_site(self, record):
        """Give the site in the reader's script, with its code."""
        return f"{record.site.name_in(get_language())} ({record.site.code})"

    def render_first_month(self, value):
        """Show the month."""
        return month(value)

    def render_last_month(self, value):
        """Show the month."""
        return month(value)

    def render_value(self, value):
        """Show the price."""
        return num(value, 2)

    def render_l1(self, record):
        """Show the rate of the first tier."""
        return span(self._share(record, DIRECT))

    def file_value_l1(self, record):
        """Return the rate; what is not known counts as imported."""
        return self._share(record, DIRECT).value

    def render_l2(self, record):
        """Show the rate rolled down; a span where not all is known."""
        return span(self._share(record, ROLLED_DOWN))

    def file_value_l2(self, record):
        """Return the rate; what is not known counts as imported."""
        return self._share(record, ROLLED_DOWN).value


def span(share):
    """Show a rate, or the two between which it lies."""
    if share.known:
        return rate(share.value)
    return format_html("{} – {}", rate(share.value), rate(share.highest))
