"""The form of one row: what every writing form carries besides its own fields."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from office.door import guarded
from partstrack.numbers import Ambiguous, NotANumber, parse_number, plain, show


def fresh_key():
    """Return a key against double sending: a form carries it, the write door takes it once."""
    return uuid4().hex


class Day(forms.DateInput):
    """A day in the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class Amount(forms.DecimalField):
    """A number as people write it: 20 000 or 20000,5. One that can be read in two ways (20.000) is asked back."""

    widget = forms.TextInput

    @classmethod
    def like(cls, field):
        """Return an amount with the words and bounds of another field."""
        names = ("label", "required", "help_text", "initial", "disabled", "max_value", "min_value", "max_digits")
        return cls(**{name: getattr(field, name) for name in names}, decimal_places=field.decimal_places)

    def to_python(self, value):
        """Return the Decimal, None for an empty text."""
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        try:
            return Decimal(plain(parse_number(value.strip())))
        except Ambiguous:
            said = _("“%(text)s” can be read in two ways: write it without a mark of thousands, as 20000 or 20.50.")
            raise forms.ValidationError(said, code="ambiguous", params={"text": value}) from None
        except NotANumber:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value):
        """Show a number with the reader's mark, never so that it can be read in two ways: 2,875 is 2,8750."""
        if not isinstance(value, Decimal):
            return value
        whole, point, fraction = plain(value).partition(".")
        mark = "." if get_language() == "en" else ","
        return f"{whole}{mark}{fraction}{'0' if len(fraction) == 3 else ''}" if point else whole

    def widget_attrs(self, widget):
        """Let a phone show its keys of numbers."""
        return {**super().widget_attrs(widget), "inputmode": "decimal"}


class WriteForm(forms.ModelForm):
    """A ModelForm with a hidden `key` against double sending and the `version` that was read.

    A subclass names its fields in Meta; `fixed` names those that the page fills in itself, so that the
    constraints they belong to are checked too; `narrow(user)` limits choices to what the person may see.
    `save_row()` writes: a new row is inserted, an edited one only if nobody changed it (else Stale).
    """

    fixed = ()

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label=_("Reason of the change"), max_length=400, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial.setdefault("key", fresh_key())
        self.initial["version"] = self.instance.version if self.instance.pk else None
        if not self.instance.pk:
            del self.fields["reason"]
        self.order_fields([name for name in self.fields if name != "reason"])
        for name, field in list(self.fields.items()):
            self._dress(name, field)
        self.narrow(user)

    def narrow(self, user):
        """Limit choices to what this person may see."""

    def clean_code(self):
        """Keep the one code that the address of the empty form already has."""
        code = self.cleaned_data["code"]
        if code == "new":
            raise forms.ValidationError(_("Choose another code: this one is taken by an address."))
        return code

    def proven(self):
        """Say whether the sending carries its key and, for an edited row, the version that was read."""
        version = str(self.data.get("version", ""))
        return bool(self.data.get("key")) and (not self.instance.pk or version.isdigit())

    def save_row(self):
        """Write the row inside an open write and return it. Raises Stale when somebody changed it meanwhile."""
        row = self.save(commit=False)
        if row.pk:
            guarded(row, self.cleaned_data["version"])
        else:
            row.save()
        self.save_m2m()
        return row

    def differences(self):
        """Return (label, as it is saved, as it was typed) of each visible field that differs; for a bound form."""
        self.is_valid()
        return [
            (
                self.fields[name].label,
                said(self.fields[name], self.get_initial_for_field(self.fields[name], name)),
                said(self.fields[name], self.cleaned_data.get(name, self.data.get(name))),
            )
            for name in self.changed_data
            if name not in ("key", "version", "reason")
        ]

    def _dress(self, name, field):
        if isinstance(field, forms.DateField) and not isinstance(field.widget, Day) and not field.widget.is_hidden:
            field.widget = Day()
        if isinstance(field, forms.ModelChoiceField) and hasattr(field.queryset.model, "name_in"):
            field.label_from_instance = _named
        if type(field) is forms.DecimalField:
            self.fields[name] = Amount.like(field)

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - set(self.fixed)


def said(field, value):
    """Return a field's value in words."""
    if value in (None, "", []):
        return "–"
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(field.label_from_instance(row) for row in value) or "–"
    if isinstance(field, forms.ModelChoiceField):
        row = value if hasattr(value, "_meta") else field.queryset.filter(pk=value).first()
        return field.label_from_instance(row) if row else "–"
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    return _plain(field, value)


def _plain(field, value):
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(field, forms.DecimalField):
        return show(Decimal(value), get_language())
    return str(value)


def _named(row):
    return row.name_in(get_language())
