"""The columns of the list of people."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from partstrack.tables import Table
from partstrack.templatetags.show import day


class PeopleTable(Table):
    """People with their roles and firms."""

    empty_text = _("Nobody passes these filters. Take a filter off, or add a person.")

    email = Column(verbose_name=_("E-mail address"))
    name = Column(verbose_name=_("Name"))
    roles = Column(verbose_name=_("Roles"), orderable=False, empty_values=())
    firms = Column(verbose_name=_("Declares for"), orderable=False, empty_values=())
    is_active = Column(verbose_name=_("Active"))
    second_factor = Column(verbose_name=_("Second factor"))
    last_login = Column(verbose_name=_("Last signed in"))

    class Meta(Table.Meta):
        fields = ["email", "name", "roles", "firms", "is_active", "second_factor", "last_login"]

    def render_email(self, record):
        """Lead to the person."""
        address = reverse("user_edit", args=[record.pk])
        return format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', address, record.email)

    def render_name(self, value):
        """Keep a name in Latin letters together in an Arabic row."""
        return format_html("<bdi>{}</bdi>", value)

    def render_roles(self, record):
        """Name the roles."""
        return self.file_value_roles(record) or "–"

    def file_value_roles(self, record):
        """Name the roles."""
        return ", ".join(str(name) for name in record.role_names())

    def render_firms(self, record):
        """Name the firms."""
        return self.file_value_firms(record) or "–"

    def file_value_firms(self, record):
        """Name the firms."""
        return ", ".join(member.firm.name_in(get_language()) for member in record.memberships.all())

    def render_is_active(self, value):
        """Say yes or no."""
        return gettext("yes") if value else gettext("no")

    def render_second_factor(self, value):
        """Say yes or no."""
        return gettext("yes") if value else gettext("no")

    def render_last_login(self, value):
        """Show day and hour."""
        return day(value)
