"""Units in the plural, as titles and sentences say them."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import Unit

MANY = {
    "piece": _("pieces"),
    "set": _("sets"),
    "kit": _("kits"),
    "litre": _("litres"),
    "kilogram": _("kilograms"),
}


def one(code):
    """Return a unit by its name, in the reader's language."""
    unit = Unit.objects.filter(pk=code).first()
    return unit.name_in(get_language()) if unit else code


def many(code):
    """Return a unit in the plural, in the reader's language; one that was added since by its name."""
    return str(MANY[code]) if code in MANY else one(code)
