"""The columns of organisations, on the screen and so in the file."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from partstrack.tables import WRAP, Table
from suppliers.models import FirmRole


class FirmTable(Table):
    """Organisations with their roles, their group, and their status where they are suppliers."""

    aside = ("code", "parent", "status")
    empty_text = _("No organisation passes these filters. Take a filter off, or add an organisation.")

    name = Column(verbose_name=_("Name"), order_by=("name", "pk"))
    code = Column(verbose_name=_("Code"), order_by=("code", "pk"))
    roles = Column(verbose_name=_("Roles"), accessor="role_codes", orderable=False, attrs=WRAP)
    parent = Column(verbose_name=_("Parent firm"), accessor="parent__name", order_by=("parent__name", "pk"))
    status = Column(verbose_name=_("Status as a supplier"), accessor="supplier__status")

    class Meta(Table.Meta):
        fields = ["name", "code", "roles", "parent", "status"]

    names = dict(FirmRole.Role.choices)

    def render_name(self, record):
        """Lead to the firm, by its name in the reader's script."""
        address = reverse("supplier" if hasattr(record, "supplier") else "firm", args=[record.code])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, record.name_in(get_language()))

    def file_value_name(self, record):
        """Return the name in the reader's script."""
        return record.name_in(get_language())

    def render_code(self, value):
        """Show the code as one left-to-right run."""
        return format_html('<bdi dir="ltr">{}</bdi>', value)

    def render_roles(self, record):
        """Name the roles."""
        return self.file_value_roles(record)

    def file_value_roles(self, record):
        """Name the roles."""
        return gettext(", ").join(str(self.names[code]) for code in record.role_codes or ())

    def render_parent(self, record):
        """Name the group in the reader's script."""
        return format_html("<bdi>{}</bdi>", self.file_value_parent(record))

    def file_value_parent(self, record):
        """Return the name of the group in the reader's script."""
        return record.parent.name_in(get_language()) if record.parent_id else ""

    def render_status(self, record):
        """Say the status."""
        return record.supplier.get_status_display()
