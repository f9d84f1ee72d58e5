"""The columns of the suppliers, on the screen and so in the file."""

from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from partstrack.tables import NUMBER, WRAP, Table
from partstrack.templatetags.show import day
from places.models import Wilaya


class SupplierTable(Table):
    """Suppliers with the number of their sites and where they are."""

    aside = ("code", "status", "joined_on")
    leads_to = ("supplier", "firm__code")
    empty_text = _("No supplier passes these filters. Take a filter off, or add a supplier.")

    name = Column(verbose_name=_("Name"), accessor="firm__name", order_by=("firm__name", "pk"))
    code = Column(verbose_name=_("Code"), accessor="firm__code", order_by=("firm__code", "pk"))
    status = Column(verbose_name=_("Status"))
    sites = Column(verbose_name=_("Sites"), accessor="site_count", attrs=NUMBER)
    wilayas = Column(verbose_name=_("Wilaya"), accessor="wilaya_codes", orderable=False, attrs=WRAP)
    joined_on = Column(verbose_name=_("Joined on"))

    class Meta(Table.Meta):
        fields = ["name", "code", "status", "sites", "wilayas", "joined_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = get_language()
        self.names = {wilaya.code: f"{wilaya.code} {wilaya.name_in(language)}" for wilaya in Wilaya.objects.all()}

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

    def render_wilayas(self, record):
        """Show code and name of each wilaya."""
        return self.file_value_wilayas(record)

    def file_value_wilayas(self, record):
        """Return code and name of each wilaya."""
        return gettext(", ").join(self.names.get(code, code) for code in record.wilaya_codes or ())

    def render_joined_on(self, value):
        """Show the day."""
        return day(value)
