"""What a cell of a file of records says, as the form of the record is sent it. Nothing is guessed."""

from datetime import date

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, FirmAlias
from intake.records import LANGUAGES
from intake.sheets import DATE, ERASERS, ERROR, FORMULA, NUMBER, decimal_of, text_of
from office.forms import Amount
from partstrack.folding import fold, legible
from partstrack.periods import day_of

NAMES = ("code", "name", "name_fr", "name_ar", "name_en", "title", "number", "reference")
YES = frozenset(map(fold, ("oui", "yes", "true", "vrai", "نعم", "x", "1")))
NO = frozenset(map(fold, ("non", "no", "false", "faux", "لا", "0")))
BETWEEN = ";\n؛"  # what stands between several things in one cell


class Wrong(Exception):
    """A cell that cannot be taken: why, and what to do."""

    def __init__(self, reason, remedy):
        super().__init__(str(reason))
        self.reason, self.remedy = reason, remedy


class Cells:
    """Reads cells for the fields of a form. What may be chosen is looked up once for all rows."""

    def __init__(self, fields, lists, user):
        self.fields, self.lists, self.user = fields, lists, user
        self.choices = {}

    def read(self, name, cell):
        """Return what the form is sent for a filled cell; Wrong says why it cannot be."""
        if cell == FORMULA or cell[0] == ERROR:
            raise Wrong(_("The cell holds no value."), _("Write the value itself in the cell."))
        field, text = self.fields[name], legible(text_of(cell)) if name not in self.lists else text_of(cell)
        if fold(text) in ERASERS:
            return [] if isinstance(field, forms.ModelMultipleChoiceField) else ""
        if isinstance(field, forms.ModelMultipleChoiceField):
            return [self._chosen(name, each) for each in parted(text, self._known(name))]
        if isinstance(field, forms.ModelChoiceField):
            return self._chosen(name, text)
        return self._plain(name, field, cell, text)

    def _plain(self, name, field, cell, text):
        if isinstance(field, forms.DateField):
            return _day(cell, text)
        if isinstance(field, (forms.BooleanField, forms.NullBooleanField)):
            return _truth(text)
        if isinstance(field, forms.ChoiceField):
            return self._word(name, field, text)
        if isinstance(field, Amount) and cell[0] == NUMBER:
            return field.prepare_value(decimal_of(cell))
        return "\n".join(parted(text)) if name in self.lists else text

    def _word(self, name, field, text):
        """Return the value of a choice from its name in any of the languages, or from the value itself."""
        if name not in self.choices:
            self.choices[name] = _words(field)
        if fold(text) not in self.choices[name]:
            offered = ", ".join(str(label) for value, label in field.choices if value not in ("", None))
            raise Wrong(_("This is none of the choices."), offered)
        return self.choices[name][fold(text)]

    def _known(self, name):
        """Return {folded code or name: keys} of what may be chosen."""
        if name not in self.choices:
            self.choices[name] = _things(self.fields[name].queryset, self.user)
        return self.choices[name]

    def _chosen(self, name, text):
        found = self._known(name).get(fold(text), set())
        if not found:
            raise Wrong(_("This is not known."), _("Correct it, or enter it first."))
        if len(found) > 1:
            raise Wrong(_("Several are called so."), _("Write its code."))
        return next(iter(found))


def parted(text, known=frozenset()):
    """Return the several things of a cell. Commas part them only where the whole is not itself a name that is known."""
    marks = BETWEEN if fold(text) in known or any(mark in text for mark in BETWEEN) or not known else f"{BETWEEN},،"
    for mark in marks:
        text = text.replace(mark, ";")
    return [each.strip() for each in text.split(";") if each.strip()]


def _day(cell, text):
    if cell[0] == DATE:
        return cell[1:11]
    day = day_of(text)
    if not isinstance(day, date):
        raise Wrong(_("This is not a day."), _("Write it like 31/12/2026."))
    return day.isoformat()


def _truth(text):
    if fold(text) in YES | NO:
        return "true" if fold(text) in YES else "false"
    raise Wrong(_("This is neither yes nor no."), _("Write yes or no."))


def _words(field):
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            words |= {fold(str(label)): value for value, label in field.choices if value not in ("", None)}
    return words | {fold(str(value)): value for value, _label in field.choices if value not in ("", None)}


def _things(rows, user):
    """Return {folded code or name: keys} of rows; a firm also by its other names, and whatever number by its figures."""
    rows = rows.model._default_manager.all() if not hasattr(rows, "visible_to") else rows.model.objects.visible_to(user)
    found, names = {}, _names_of(rows.model)
    for pk, *texts in rows.values_list("pk", *names) if names else ((row.pk, written(row)) for row in rows):
        for text in filter(None, map(str, texts)):
            found.setdefault(fold(text), set()).add(pk)
            if text.isdigit():
                found.setdefault(str(int(text)), set()).add(pk)
    if rows.model is Firm:
        for pk, text in FirmAlias.objects.filter(firm__in=rows).values_list("firm", "name"):
            found.setdefault(fold(text), set()).add(pk)
    return found


def written(row):
    """Return what a file calls a thing: its code or number, else the thing in words."""
    return str(getattr(row, "code", None) or getattr(row, "number", None) or row)


def _names_of(model):
    names = []
    for name in NAMES:
        try:
            names.append(model._meta.get_field(name).name)
        except FieldDoesNotExist:
            continue
    return names
