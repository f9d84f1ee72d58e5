"""The form of a person: who they are, their roles, the firms they declare for."""

from hashlib import sha256

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, Member, Role, User

SHOWN = ("email", "name", "roles", "firms", "is_active")


def password_field(label, autocomplete, **options):
    """Return a field for a password; what was typed is never sent back."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=400, **options)


class PersonForm(forms.ModelForm):
    """A person. `seen` is the print of what was read, so that nobody writes over what they did not see."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    # Whoever gives people their firms must see the firms, though not what the firms declare.
    firms = forms.ModelMultipleChoiceField(
        Firm.objects.living(), label=_("Declares for"), required=False, help_text=_("For suppliers only.")
    )
    password = password_field(_("New password"), "new-password", required=False)
    own_password = password_field(_("Your own password"), "current-password")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    field_order = [*SHOWN, "password", "own_password", "seen"]

    class Meta:
        model = User
        fields = ["email", "name", "roles", "is_active"]

    def __init__(self, *args, acting, **kwargs):
        super().__init__(*args, **kwargs)
        self.acting = acting
        self.fields["firms"].label_from_instance = lambda firm: f"{firm.name_in(get_language())} ({firm.code})"
        self.fields["password"].help_text = _("12 to 128 characters. Give it to the person yourself.")
        self.fields["own_password"].help_text = _("To make sure that it is you.")
        self.initial["seen"] = printed(self.instance)
        if self.instance.pk:
            self.initial["firms"] = firms_of(self.instance)
            self.fields["password"].help_text = _("12 to 128 characters. Leave empty to keep the present one.")
        else:
            del self.fields["is_active"]

    def clean_email(self):
        """Write addresses in small letters; the same address in capitals is the same person."""
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Somebody already signs in with this address."))
        return email

    def clean_password(self):
        """Check a new password against the rules."""
        password = self.cleaned_data["password"]
        if password:
            validate_password(password, self.instance)
        return password

    def clean_own_password(self):
        """Check that it is the person who is signed in."""
        if not self.acting.check_password(self.cleaned_data["own_password"]):
            raise ValidationError(_("This is not your password."))
        return ""

    def clean(self):
        """A supplier has firms, nobody else has; nobody shuts themselves out."""
        super().clean()
        roles, firms = self.cleaned_data.get("roles", []), self.cleaned_data.get("firms", [])
        if Role.SUPPLIER in roles and not firms:
            self.add_error("firms", _("Choose the firm that this supplier declares for."))
        if firms and Role.SUPPLIER not in roles:
            self.add_error("firms", _("Only suppliers declare for firms: add the role or take the firm off."))
        if self.instance.pk == self.acting.pk:
            self._keep_inside(roles)

    def _keep_inside(self, roles):
        if not self.cleaned_data.get("is_active", True):
            self.add_error("is_active", _("You cannot deactivate yourself."))
        if Role.SYSTEM not in roles and not self.acting.is_superuser:
            self.add_error("roles", _("You cannot take this role from yourself."))

    def save_person(self):
        """Write the person, their password if a new one is given, and their firms; returns them."""
        person = self.save(commit=False)
        if self.cleaned_data["password"]:
            person.set_password(self.cleaned_data["password"])
        elif person.pk is None:
            person.set_unusable_password()
        person.save()
        firms = self.cleaned_data["firms"]
        person.memberships.exclude(firm__in=firms).delete()
        for firm in firms:
            Member.objects.get_or_create(user=person, firm=firm)
        return person

    def differences(self):
        """Return (label, as it is saved, as it was typed) of each field that differs; for a bound form."""
        self.is_valid()
        return [
            (self.fields[name].label, said(self.get_initial_for_field(self.fields[name], name)), said(typed))
            for name in SHOWN
            if name in self.changed_data and (typed := self.cleaned_data.get(name, self.data.get(name))) is not None
        ]


class ReasonForm(forms.Form):
    """Why something is done to a person that cannot be undone, and the password of who does it."""

    reason = forms.CharField(label=_("Reason"), max_length=400)
    own_password = password_field(
        _("Your own password"), "current-password", help_text=_("To make sure that it is you.")
    )

    def __init__(self, *args, person, acting, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.acting = person, acting

    def clean_own_password(self):
        """Check that it is the person who is signed in."""
        if not self.acting.check_password(self.cleaned_data["own_password"]):
            raise ValidationError(_("This is not your password."))
        return ""


class EraseForm(ReasonForm):
    """Why somebody becomes a pseudonym."""

    def clean_reason(self):
        """The reason stays in the history: it must not name whom it erases."""
        reason = self.cleaned_data["reason"]
        if any(text and text.lower() in reason.lower() for text in (self.person.name, self.person.email)):
            raise ValidationError(_("The reason stays in the history: write it without their name and address."))
        return reason


def firms_of(person):
    """Return the firms that a person declares for."""
    return list(Firm.objects.filter(members__user=person).order_by("name", "pk")) if person.pk else []


def printed(person):
    """Return a print of what the form shows of a person; it changes when anything of it does."""
    shown = [person.email, person.name, sorted(person.roles), person.is_active, [f.code for f in firms_of(person)]]
    return sha256(repr(shown).encode()).hexdigest()[:32]


def said(value):
    """Return a value of the form in words."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, str):
        return value or "–"
    names = dict(Role.choices)
    return ", ".join(str(names.get(entry, entry)) for entry in value) or "–"
