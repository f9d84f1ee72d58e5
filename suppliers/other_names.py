"""Other names of a firm, as its forms hold them: one a line, each standing for one firm."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, FirmAlias
from partstrack.folding import fold

LONGEST = FirmAlias._meta.get_field("name").max_length


class OtherNames(forms.CharField):
    """The lines that are typed."""

    def __init__(self, **options):
        said = {
            "label": _("Other names"),
            "help_text": _("One per line: the spellings under which files name this firm."),
        }
        super().__init__(**said | options, required=False, widget=forms.Textarea(attrs={"rows": 3}))


def names_of(firm):
    """Return the other names of a firm as the field shows them; former names, which it bore until a day, are not among them."""
    return "\n".join(each.name for each in firm.aliases.all() if each.until is None) if firm.pk else ""


def checked(typed, firm):
    """Return the other names, each once; ValidationError when one is too long or stands for another firm."""
    lines = [" ".join(line.split()) for line in typed.splitlines()]
    names = list({fold(line): line for line in lines if line}.values())
    others = _names_of_others(firm) if names else {}
    for name in names:
        if len(name) > LONGEST:
            raise ValidationError(_("A name has at most %(longest)d characters."), params={"longest": LONGEST})
        if fold(name) in others:
            raise ValidationError(
                _("“%(name)s” already stands for %(firm)s."), params={"name": name, "firm": others[fold(name)]}
            )
    return "\n".join(names)


def keep(firm, names):
    """Write the other names of a firm; inside an open write."""
    firm.aliases.filter(until=None).exclude(name__in=names).delete()
    kept = set(firm.aliases.values_list("name", flat=True))
    FirmAlias.objects.bulk_create(FirmAlias(firm=firm, name=name) for name in names if name not in kept)


def _names_of_others(firm):
    """Return {folded code or name: name} of every other firm that was not merged into this one."""
    others = Firm.objects.exclude(pk=firm.pk).prefetch_related("aliases").order_by("pk")
    found = {}
    for other in others:
        for text in (other.code, other.name, other.name_ar, *(alias.name for alias in other.aliases.all())):
            if text:
                found.setdefault(fold(text), other.name)
    return found
