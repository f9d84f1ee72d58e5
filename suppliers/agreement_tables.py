"""The columns of agreements, events and commitments, on the screen and so in the file."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from partstrack.tables import NUMBER, WRAP, Table
from partstrack.templatetags.show import day

SHORT = {"td": {"class": "nowrap"}}


class AgreementTable(Table):
    """Agreements with their parties, and how many of their commitments are kept."""

    aside = ("code", "binding", "valid_to", "promises")
    leads_to = ("agreement", "code")
    empty_text = _("No agreement passes these filters. Take a filter off, or add an agreement.")
    asked_by = {"parties": (), "promises": ()}

    title = Column(verbose_name=_("Title"), order_by=("title", "pk"), attrs=WRAP)
    code = Column(verbose_name=_("Code"), attrs=SHORT)
    kind = Column(verbose_name=_("Kind"))
    binding = Column(verbose_name=_("Binding"), empty_values=())
    state = Column(verbose_name=_("State"))
    parties = Column(verbose_name=_("Parties"), orderable=False, accessor="pk", attrs=WRAP)
    signed_on = Column(verbose_name=_("Signed on"))
    valid_to = Column(verbose_name=_("Valid to"))
    promises = Column(verbose_name=_("Commitments kept"), orderable=False, accessor="kept_count", attrs=NUMBER)

    class Meta(Table.Meta):
        fields = ["title", "code", "kind", "binding", "state", "parties", "signed_on", "valid_to", "promises"]

    def render_title(self, record):
        """Lead to the agreement."""
        return format_html('<a href="{}"><bdi>{}</bdi></a>', self.address_of(record), record.title)

    def render_code(self, value):
        """Show the code as one left-to-right run."""
        return format_html('<bdi dir="ltr">{}</bdi>', value)

    def render_binding(self, record):
        """Say yes or no."""
        return self._yes(record.binding)

    def file_value_binding(self, record):
        """Say yes or no."""
        return self._yes(record.binding)

    def _yes(self, value):
        return gettext("not said") if value is None else gettext("yes") if value else gettext("no")

    def render_parties(self, record):
        """Name the parties."""
        return self.file_value_parties(record) or "–"

    def file_value_parties(self, record):
        """Name the parties."""
        language = get_language()
        return gettext(", ").join(dict.fromkeys(party.firm.name_in(language) for party in record.parties.all()))

    def render_signed_on(self, record):
        """Show the day, or the year where only that is known."""
        return self.file_value_signed_on(record)

    def file_value_signed_on(self, record):
        """Return the day, or the year where only that is known."""
        return day(record.signed_on) if record.signed_on else str(record.signed_year or "–")

    def render_valid_to(self, value):
        """Show the day."""
        return day(value)

    def render_promises(self, record):
        """Say how many of how many."""
        return self.file_value_promises(record) or "–"

    def file_value_promises(self, record):
        """Say how many of how many, nothing where nothing was committed to."""
        said = {"done": record.kept_count, "all": record.commitment_count}
        return gettext("%(done)d of %(all)d") % said if record.commitment_count else ""


class EventTable(Table):
    """Events with who was invited, who came and what was signed."""

    aside = ("code", "place", "invited")
    leads_to = ("event", "code")
    empty_text = _("No event passes these filters. Take a filter off, or add an event.")

    title = Column(verbose_name=_("Title"), order_by=("title", "pk"), attrs=WRAP)
    code = Column(verbose_name=_("Code"), attrs=SHORT)
    kind = Column(verbose_name=_("Kind"))
    year = Column(verbose_name=_("Year"), order_by=("year", "pk"))
    place = Column(verbose_name=_("Place"))
    invited = Column(verbose_name=_("Invited"), accessor="invited_count", attrs=NUMBER)
    attended = Column(verbose_name=_("Attended"), accessor="attended_count", attrs=NUMBER)
    signed = Column(verbose_name=_("Signed there"), accessor="signed_count", attrs=NUMBER)

    class Meta(Table.Meta):
        fields = ["title", "code", "kind", "year", "place", "invited", "attended", "signed"]

    def render_title(self, record):
        """Lead to the event."""
        return format_html('<a href="{}"><bdi>{}</bdi></a>', self.address_of(record), record.title)

    def render_code(self, value):
        """Show the code as one left-to-right run."""
        return format_html('<bdi dir="ltr">{}</bdi>', value)

    def render_year(self, value):
        """Show a year without a mark of thousands."""
        return str(value)


class CommitmentTable(Table):
    """Commitments with who, by when, and where they were taken."""

    aside = ("where", "kept_on")
    empty_text = _("No commitment passes these filters.")
    asked_by = {"where": ()}

    text = Column(verbose_name=_("Commitment"), attrs=WRAP)
    owner = Column(verbose_name=_("By whom"), accessor="owner__name", order_by=("owner__name", "pk"))
    due_on = Column(verbose_name=_("Due by"))
    state = Column(verbose_name=_("State"))
    kept_on = Column(verbose_name=_("Kept on"))
    where = Column(verbose_name=_("Taken in"), accessor="pk", orderable=False, attrs=WRAP)

    class Meta(Table.Meta):
        fields = ["text", "owner", "due_on", "state", "kept_on", "where"]

    def render_owner(self, record):
        """Name the firm in the reader's script."""
        return format_html("<bdi>{}</bdi>", self.file_value_owner(record))

    def file_value_owner(self, record):
        """Return the name in the reader's script."""
        return record.owner.name_in(get_language())

    def render_due_on(self, record):
        """Show the day, and that it is past."""
        late = record.state == "open" and record.due_on < self.request.moment.today
        mark = format_html(' <span class="tag tag-warn">{}</span>', _("late")) if late else ""
        return format_html("{}{}", day(record.due_on), mark)

    def file_value_due_on(self, record):
        """Return the day."""
        return record.due_on

    def render_kept_on(self, value):
        """Show the day."""
        return day(value)

    def render_where(self, record):
        """Lead to the agreement or the event."""
        name = "agreement" if record.agreement_id else "event"
        thing = record.agreement or record.event
        return format_html('<a href="{}"><bdi>{}</bdi></a>', reverse(name, args=[thing.code]), thing.title)

    def file_value_where(self, record):
        """Return the title of the agreement or the event."""
        return (record.agreement or record.event).title
