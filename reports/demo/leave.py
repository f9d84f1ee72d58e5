"""Whether the demonstration may be put into this database: never among somebody's real data by mistake."""

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from office.door import Refused
from office.models import Ledger
from reports.demo.load import is_empty


def ask_leave(named):
    """Refuse when DEBUG is off and a real database is named, unless `named` says its name."""
    if settings.DEBUG or settings.EMBEDDED or is_named(named):
        return
    raise Refused(
        _("This is a real database, not the one that comes with partstrack: the demonstration is not loaded into it."),
        _("If you mean it, say its name: --in %(name)s") % {"name": database_name()},
    )


def ask_leave_to_empty(named):
    """Refuse to empty a base with data that is not the demonstration's, unless `named` says its name."""
    demo = Ledger.objects.values_list("demo_today", flat=True).get(pk=1) is not None
    if demo or is_empty() or is_named(named):
        return
    raise Refused(
        _("This base holds real data, not the demonstration. Nothing was emptied."),
        _("If you mean it, say its name: --in %(name)s") % {"name": database_name()},
    )


def is_named(named):
    """Say whether the caller named this very database."""
    return named == database_name()


def database_name():
    """The name of the connected database."""
    return connection.settings_dict["NAME"]
