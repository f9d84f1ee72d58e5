"""The columns of export agreements, on the screen and so in the file."""

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from exports.figures import export_fulfilment
from office.asking import ask
from partstrack.tables import Table
from partstrack.templatetags.show import day, rate


class AgreementTable(Table):
    """Agreements, with the fulfilment as the figure counts it."""

    leads_to = ("export", "code")
    empty_text = _("No export agreement passes these filters. Take a filter off, or add an agreement.")

    asked_by = {"parties": (), "kept": ()}

    code = Column(verbose_name=_("Code"))
    title = Column(verbose_name=_("Title"))
    kind = Column(verbose_name=_("Kind"))
    state = Column(verbose_name=_("State"))
    parties = Column(verbose_name=_("Parties"), orderable=False, accessor="pk")
    signed_on = Column(verbose_name=_("Signed on"))
    valid_to = Column(verbose_name=_("Valid to"))
    kept = Column(verbose_name=_("Fulfilment, in %"), orderable=False, accessor="code", attrs={"td": {"class": "num"}})

    class Meta(Table.Meta):
        fields = ["code", "title", "kind", "state", "parties", "signed_on", "valid_to", "kept"]

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, request=request, **kwargs)
        answer = export_fulfilment(ask(request.user, request.moment, {"by": "agreement"}, {}))
        self.fulfilment = {group.key: group.value for group in answer.groups}

    def render_code(self, record):
        """Lead to the agreement."""
        return format_html('<a class="text-nowrap" href="{}"><bdi>{}</bdi></a>', self.address_of(record), record.code)

    def render_parties(self, record):
        """Name the parties."""
        return self.file_value_parties(record) or "–"

    def file_value_parties(self, record):
        """Name the parties."""
        language = get_language()
        return ", ".join(dict.fromkeys(party.firm.name_in(language) for party in record.parties.all()))

    def render_kept(self, record):
        """Show the fulfilment."""
        return rate(self.file_value_kept(record))

    def file_value_kept(self, record):
        """Return the fulfilment in percent; None where nothing was due."""
        return self.fulfilment.get(record.code)

    def render_signed_on(self, value):
        """Show the day."""
        return day(value)

    def render_valid_to(self, value):
        """Show the day."""
        return day(value)
