"""The columns of the saved views."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tables2 import A, Column

from office.models import SavedView
from partstrack.tables import SHORT, Table
from partstrack.walking import list_of


class Doors(Column):
    """What can be done with a row: it belongs on the screen, not in the file."""

    screen_only = True


class SavedViewTable(Table):
    """One row a view: its name leads to its list."""

    name = Column(linkify=("view", {"number": A("pk")}))
    page = Column(verbose_name=_("List"))
    doors = Doors(verbose_name="", accessor="pk", orderable=False, attrs=SHORT)

    people = ("owner",)
    empty_text = _("No view is saved yet. Open a list, choose columns and filters, then “Views” and “Save this view”.")

    class Meta(Table.Meta):
        model = SavedView
        fields = ("name", "page", "audience", "owner")
        sequence = ("name", "page", "audience", "owner", "doors")

    def render_name(self, value):
        return format_html("<bdi>{}</bdi>", value)

    def render_page(self, record):
        return self.file_value_page(record)

    def file_value_page(self, record):
        """Give the list's title."""
        page = list_of(record.page)
        return str(page.title) if page else "–"

    def render_doors(self, record):
        """Lead to changing one's own, and to deleting what one may delete."""
        user, args = self.request.user, [record.pk]
        if record.owner_id == user.pk:
            return format_html('<a href="{}">{}</a>', reverse("view_edit", args=args), gettext("Change"))
        if record.audience == SavedView.Audience.EVERYONE and user.may("enter"):
            return format_html('<a href="{}">{}</a>', reverse("view_delete", args=args), gettext("Delete"))
        return "–"
