"""The calendar of the suppliers' papers, agreements, commitments and stages."""

from django.utils.translation import gettext_lazy as _

from office.due_views import DueCalendar
from suppliers.due import DUE


class Expiries(DueCalendar):
    """The dates of suppliers; the calendar of the office has those of every room."""

    title = _("What ends or falls due")

    def kinds(self, user):
        """Return the kinds of dates of suppliers that this person may see."""
        return [kind for kind in super().kinds(user) if kind in DUE]
