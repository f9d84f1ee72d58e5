"""What imports leave somebody to do: own imports in ranges that are produced locally, without an exemption."""

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from office.asking import ask
from partstrack.registry import Task
from production import policy

NAMED = 2  # ranges that stand one by one; more are one task


def breaches(user, moment):
    """Return the tasks of who may enter: exempt an import, or ask why it was made."""
    if not user.may("enter"):
        return []
    broken = [each for each in policy.check(ask(user, moment, {}, {})) if each.breaches]
    if len(broken) <= NAMED:
        return [_broken(each) for each in broken]
    detail = ngettext("%(count)d range", "%(count)d ranges", len(broken)) % {"count": len(broken)}
    return [Task(_("Imports in ranges produced locally"), detail, reverse("import_policy"), _("breach"), 15)]


def _broken(each):
    title = _("Import in a range produced locally")
    return Task(title, each.range.name_in(get_language()), reverse("range", args=[each.range.code]), _("breach"), 15)
