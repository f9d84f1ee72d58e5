"""The columns of the network, on the screen and so in the file."""

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from partstrack.tables import Table
from partstrack.templatetags.show import day, named
from places.models import Wilaya


class WorkshopTable(Table):
    """Workshops with their place and their last membership."""

    leads_to = ("workshop", "code")
    empty_text = _("No workshop passes these filters. Take a filter off, or add a workshop.")

    asked_by = {"wilaya_code": (), "brand_name": ("brand_name", "brand_name_ar")}  # the wilaya is a filter of its own

    code = Column(verbose_name=_("Code"))
    name = Column(verbose_name=_("Name"))
    wilaya_code = Column(verbose_name=_("Wilaya"))
    brand_name = Column(verbose_name=_("Brand"))
    joined_on = Column(verbose_name=_("Joined on"))
    left_on = Column(verbose_name=_("Left on"))
    firm = Column(verbose_name=_("Operator"), order_by=("firm__name", "pk"))

    class Meta(Table.Meta):
        fields = ["code", "name", "wilaya_code", "brand_name", "joined_on", "left_on", "firm"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = get_language()
        self.wilayas = {wilaya.code: f"{wilaya.code} {wilaya.name_in(language)}" for wilaya in Wilaya.objects.all()}

    def render_code(self, record):
        """Lead to the workshop."""
        return format_html('<a class="text-nowrap" href="{}"><bdi>{}</bdi></a>', self.address_of(record), record.code)

    def render_name(self, record):
        """Show the name in the reader's script."""
        return named(record)

    def file_value_name(self, record):
        """Return the name in the reader's script."""
        return record.name_in(get_language())

    def render_wilaya_code(self, value):
        """Show code and name."""
        return self.wilayas.get(value, value)

    def file_value_wilaya_code(self, record):
        """Return code and name."""
        return self.wilayas.get(record.wilaya_code, "")

    def render_brand_name(self, record):
        """Show the name in the reader's script."""
        return self.file_value_brand_name(record) or "–"

    def file_value_brand_name(self, record):
        """Return the name in the reader's script."""
        return (get_language() == "ar" and record.brand_name_ar) or record.brand_name

    def render_joined_on(self, value):
        """Show the day."""
        return day(value)

    def render_left_on(self, value):
        """Show the day."""
        return day(value)
