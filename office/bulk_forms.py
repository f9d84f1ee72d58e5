"""The form of a change of many rows: a value for each field, or nothing where it stays as it is."""

from django import forms
from django.utils.translation import gettext_lazy as _

STAYS = _("Stays as it is")


def fields_of(bulk, user):
    """Return {name: form field} of what may be set, as the form of one row has them for this person."""
    made = bulk.form(instance=bulk.form._meta.model(), user=user)
    return {name: made.fields[name] for name in bulk.fields}


class ChangesForm(forms.Form):
    """The new values. `fields`: {name: form field}; a field that may be empty has a box beside it that empties it."""

    def __init__(self, *args, fields, **kwargs):
        super().__init__(*args, prefix="to", **kwargs)
        self.offered = dict(fields)
        for name, field in fields.items():
            emptied = not field.required and _may_be_empty(field)
            self.fields[name] = _staying(field)
            if emptied:
                label = _("Empty “%(field)s”") % {"field": field.label}
                self.fields[f"{name}-empty"] = forms.BooleanField(label=label, required=False)

    def clean(self):
        """Return what was said; each field says one thing, and at least one says something."""
        given = super().clean() or self.cleaned_data
        for name in self.offered:
            if given.get(f"{name}-empty") and given.get(name) not in (None, ""):
                self.add_error(name, _("Either give a value or empty it."))
        if not self.errors and not self.changes():
            raise forms.ValidationError(_("Give at least one field a new value."))
        return given

    def changes(self):
        """Return {name: new value} of the fields that change."""
        given = self.cleaned_data
        said = {name: given[name] for name in self.offered if given.get(name) not in (None, "")}
        emptied = {name: self.offered[name].clean("") for name in self.offered if given.get(f"{name}-empty")}
        return {name: (said | emptied)[name] for name in self.offered if name in said or name in emptied}


def _may_be_empty(field):
    return not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelChoiceField) or _has_blank(field)


def _has_blank(field):
    return any(value == "" for value, _label in field.choices)


def _staying(field):
    """Let a field stay as it is, and say so where nothing is chosen."""
    field.required, field.initial = False, None
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = STAYS
    elif isinstance(field, forms.ChoiceField):
        field.choices = [("", STAYS), *((value, label) for value, label in field.choices if value != "")]
    else:
        field.widget.attrs["placeholder"] = STAYS
    return field
