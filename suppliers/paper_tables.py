"""The columns of papers, samples and complaints, on the screen and so in the file."""

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from partstrack.tables import NUMBER, WRAP, Table
from partstrack.templatetags.show import day, num
from suppliers.models.papers import STATES

SHORT = {"td": {"class": "nowrap"}}
MARKS = {"valid": "tag-good", "ending": "tag-warn", "suspended": "tag-warn"}


def firm_column(path):
    """Return the column of a firm, ordered by its name."""
    return Column(verbose_name=_("Supplier"), accessor=f"{path}__name", order_by=(f"{path}__name", "pk"))


class PaperTable(Table):
    """Papers with whose they are, their days, and what they are today."""

    aside = ("body", "valid_from", "site")
    leads_to = ("paper", "pk")
    empty_text = _("No paper passes these filters. Take a filter off, or add a paper.")
    asked_by = {"state": ()}

    standard = Column(
        verbose_name=_("Standard"), accessor="standard__name", order_by=("standard__name", "pk"), attrs=SHORT
    )
    number = Column(verbose_name=_("Number"))
    firm = firm_column("firm")
    site = Column(verbose_name=_("Site"), accessor="site__name", order_by=("site__name", "pk"))
    body = Column(verbose_name=_("Issued by"))
    valid_from = Column(verbose_name=_("Valid from"))
    valid_to = Column(verbose_name=_("Valid to"))
    state = Column(verbose_name=_("Today"), accessor="pk", orderable=False)

    class Meta(Table.Meta):
        fields = ["standard", "number", "firm", "site", "body", "valid_from", "valid_to", "state"]

    def render_standard(self, record):
        """Lead to the paper."""
        return format_html('<a href="{}"><bdi>{}</bdi></a>', self.address_of(record), record.standard.name)

    def render_number(self, value):
        """Show the number as one left-to-right run."""
        return format_html('<bdi dir="ltr">{}</bdi>', value)

    def render_firm(self, record):
        """Name the firm in the reader's script."""
        return format_html("<bdi>{}</bdi>", self.file_value_firm(record))

    def file_value_firm(self, record):
        """Return the name in the reader's script."""
        return record.firm.name_in(get_language())

    def render_site(self, record):
        """Name the site in the reader's script."""
        return format_html("<bdi>{}</bdi>", self.file_value_site(record) or "–")

    def file_value_site(self, record):
        """Return the name in the reader's script; nothing for an approval of a firm."""
        return record.site.name_in(get_language()) if record.site_id else ""

    def render_valid_from(self, value):
        """Show the day."""
        return day(value)

    def render_valid_to(self, value):
        """Show the day."""
        return day(value)

    def render_state(self, record):
        """Say what it is today."""
        state = record.state_on(self.request.moment.today)
        return format_html('<span class="tag {}">{}</span>', MARKS.get(state, ""), STATES[state])

    def file_value_state(self, record):
        """Say what it is today."""
        return str(STATES[record.state_on(self.request.moment.today)])


class OfSite:
    """What a table of rows about a site shows: its supplier's name in the reader's script."""

    def render_firm(self, record):
        """Name the firm."""
        return format_html("<bdi>{}</bdi>", self.file_value_firm(record))

    def file_value_firm(self, record):
        """Return the name in the reader's script."""
        return record.site.firm.name_in(get_language())


class PpapTable(OfSite, Table):
    """Submissions of first samples."""

    aside = ("revision", "level", "decided_on")
    leads_to = ("ppap_edit", "pk")
    empty_text = _("No submission passes these filters. Take a filter off, or add a submission.")

    part = Column(verbose_name=_("Reference"), accessor="part__reference", order_by=("part__reference", "pk"))
    revision = Column(verbose_name=_("Revision"))
    firm = firm_column("site__firm")
    customer = Column(verbose_name=_("Customer"), accessor="customer__name", order_by=("customer__name", "pk"))
    level = Column(verbose_name=_("Level"), attrs=NUMBER)
    submitted_on = Column(verbose_name=_("Submitted on"))
    decision = Column(verbose_name=_("Decision"))
    decided_on = Column(verbose_name=_("Decided on"))
    interim_until = Column(verbose_name=_("Interim until"))

    class Meta(Table.Meta):
        fields = [
            "part",
            "revision",
            "firm",
            "customer",
            "level",
            "submitted_on",
            "decision",
            "decided_on",
            "interim_until",
        ]

    def render_part(self, record):
        """Lead to the submission, for who may change it."""
        if not self.request.user.may("enter"):
            return format_html('<bdi dir="ltr">{}</bdi>', record.part.reference)
        return format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', self.address_of(record), record.part.reference)

    def render_customer(self, record):
        """Name the customer in the reader's script."""
        return format_html("<bdi>{}</bdi>", self.file_value_customer(record))

    def file_value_customer(self, record):
        """Return the name in the reader's script."""
        return record.customer.name_in(get_language())

    def render_submitted_on(self, value):
        """Show the day."""
        return day(value)

    def render_decided_on(self, value):
        """Show the day."""
        return day(value)

    def render_interim_until(self, value):
        """Show the day."""
        return day(value)


class ComplaintTable(OfSite, Table):
    """Complaints, returns and warranty cases."""

    aside = ("quantity", "answer", "closed_on")
    leads_to = ("complaint_edit", "pk")
    summed = ("quantity",)
    empty_text = _("No complaint passes these filters. Take a filter off, or add a complaint.")

    defect = Column(verbose_name=_("Defect"), attrs=WRAP)
    kind = Column(verbose_name=_("Kind"))
    firm = firm_column("site__firm")
    family = Column(verbose_name=_("Family"), accessor="family__position", order_by=("family__position", "pk"))
    received_on = Column(verbose_name=_("Received on"))
    quantity = Column(verbose_name=_("Quantity, in pieces"), attrs=NUMBER)
    answer = Column(verbose_name=_("Answer"), attrs=WRAP)
    closed_on = Column(verbose_name=_("Closed on"))

    class Meta(Table.Meta):
        fields = ["defect", "kind", "firm", "family", "received_on", "quantity", "answer", "closed_on"]

    def render_defect(self, record):
        """Lead to the complaint, for who may change it."""
        if not self.request.user.may("enter"):
            return format_html("<bdi>{}</bdi>", record.defect)
        return format_html('<a href="{}"><bdi>{}</bdi></a>', self.address_of(record), record.defect)

    def render_family(self, record):
        """Name the family."""
        return self.file_value_family(record)

    def file_value_family(self, record):
        """Name the family."""
        return record.family.name_in(get_language())

    def render_received_on(self, value):
        """Show the day."""
        return day(value)

    def render_quantity(self, value):
        """Show the quantity."""
        return num(value)

    def render_closed_on(self, value):
        """Show the day."""
        return day(value)
