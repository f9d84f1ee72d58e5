"""The forms of a supplier: the firm with its other names and its first site; a site and where it is."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Firm, FirmAlias
from office.clock import moment
from office.door import Stale, guarded
from office.forms import WriteForm
from places.models import Wilaya
from places.names import coded
from suppliers import other_names
from suppliers.actions import first_site, last_place, place
from suppliers.models import Site, Supplier
from suppliers.other_names import OtherNames

FIRM_FIELDS = ("code", "name", "name_ar", "parent")
CODE_HELP = _("Letters, digits, dots, dashes or underscores. A code is never changed: files and addresses use it.")


def not_ahead(day):
    """Return a day on which something happened; ValidationError when it is still to come."""
    if day and day > moment().today:
        raise ValidationError(_("This day is still to come."))
    return day


class SupplierForm(WriteForm):
    """A supplier and its firm; a new one with its first site, which gets the firm's code and names."""

    field_order = [
        "code",
        *FIRM_FIELDS[1:3],
        "renamed_on",
        "parent",
        "aliases",
        "status",
        "joined_on",
        "language",
        "email",
        "wilaya",
        "note",
    ]

    code = forms.CharField(label=_("Code"), max_length=40, help_text=CODE_HELP)
    name = forms.CharField(label=_("Name"), max_length=160)
    name_ar = forms.CharField(label=_("Name in Arabic script"), max_length=160, required=False)
    renamed_on = forms.DateField(
        label=_("Bears this name since"),
        required=False,
        help_text=_(
            "For a change of name, the day of the change: the former name stays an other name. Leave empty to correct a spelling."
        ),
    )
    parent = forms.ModelChoiceField(
        Firm.objects.none(),
        label=_("Parent firm"),
        required=False,
        empty_label=_("No parent firm"),
        help_text=_("The group it belongs to."),
    )
    aliases = OtherNames(help_text=_("One per line: the spellings under which files name this supplier."))
    wilaya = forms.ModelChoiceField(
        Wilaya.objects.order_by("code"),
        label=_("Wilaya of its site"),
        required=False,
        empty_label=_("To be completed"),
        help_text=_("Its first site is made with the same code and name. Others are added on its page."),
    )

    class Meta:
        model = Supplier
        fields = ["status", "joined_on", "language", "email", "note"]
        help_texts = {
            "joined_on": _(
                "From this month on its site is expected to declare; months before are outside the perimeter."
            ),
            "language": _("The language in which it is reminded of what is missing."),
        }

    def __init__(self, *args, instance, **kwargs):
        self.firm = instance.firm if instance.firm_id else Firm()
        super().__init__(*args, instance=instance, **kwargs)

    def narrow(self, user):
        """Fill in what belongs to the firm; a firm that exists keeps its code, its sites have their own pages."""
        self.fields["parent"].queryset = Firm.objects.visible_to(user).living().exclude(pk=self.firm.pk)
        self.fields["wilaya"].label_from_instance = coded
        self.fields["note"].widget.attrs["rows"] = 3
        self.fields["language"].required = False
        if self.firm.pk:
            self.fields["code"].disabled = True
            self.initial |= {name: getattr(self.firm, name) for name in FIRM_FIELDS}
            self.initial["aliases"] = other_names.names_of(self.firm)
            self.names_before = (self.firm.name, self.firm.name_ar)
            if self.firm.sites.exists():
                del self.fields["wilaya"]
        else:
            del self.fields["renamed_on"]

    def clean_code(self):
        """Refuse a code that another firm or site has, whatever its case."""
        code = super().clean_code()
        taken = Firm.objects.filter(code__iexact=code).exclude(pk=self.firm.pk).first()
        if taken:
            raise ValidationError(_taken(taken))
        if not self.firm.pk and Site.objects.filter(code__iexact=code).exists():
            raise ValidationError(_("A site of another supplier has this code."))
        return code

    def clean_language(self):
        """Keep the language there is when none is sent."""
        return self.cleaned_data["language"] or self.instance.language

    def clean_parent(self):
        """Refuse a parent that is the firm's own child, however far down."""
        parent = self.cleaned_data["parent"]
        if self.firm.pk and parent and parent.belongs_to(self.firm):
            raise ValidationError(_("%(name)s belongs to this firm already."), params={"name": parent})
        return parent

    def clean_aliases(self):
        """Return the other names, one per line, each once; none may stand for another firm too."""
        return other_names.checked(self.cleaned_data["aliases"], self.firm)

    def clean(self):
        """Check the firm as the database would, and the day of a change of name."""
        given = super().clean() or self.cleaned_data
        self._check_renaming(given)
        for name in FIRM_FIELDS:
            if name in given:
                setattr(self.firm, name, given[name])
        try:
            self.firm.full_clean(exclude={"merged_into", "version", *self.errors}, validate_unique=False)
        except ValidationError as error:
            self.add_error(None, error)
        return given

    def _check_renaming(self, given):
        day = given.get("renamed_on")
        if not day:
            return
        if not self._former(given):
            self.add_error("renamed_on", _("Write the new name, or leave the day empty."))
        for name in self._former(given):
            if other := FirmAlias.objects.filter(name=name).exclude(firm=self.firm).first():
                said = {"name": name, "firm": other.firm.name}
                self.add_error("renamed_on", ValidationError(_("“%(name)s” already stands for %(firm)s."), params=said))
        last = self.firm.aliases.aggregate(last=Max("until"))["last"]
        if last and day <= last:
            came = {"day": f"{last:%d/%m/%Y}"}
            self.add_error(
                "renamed_on", ValidationError(_("It changed its name on %(day)s: give a later day."), params=came)
            )

    def _former(self, given):
        """Return the names that gave way to others."""
        now = (given.get("name"), given.get("name_ar"))
        return [was for was, is_now in zip(self.names_before, now, strict=True) if was and was != is_now]

    def save_row(self):
        """Write supplier, firm, other names and first site. Raises Stale when somebody changed them meanwhile."""
        if not self.firm.pk:
            self.firm.save()
        self.instance.firm = self.firm
        row = super().save_row()
        self._save_firm()
        self._save_aliases()
        first_site(self.firm, self.cleaned_data.get("wilaya"))
        return row

    def _save_firm(self):
        """The supplier's version was taken, so that two of these forms cannot both come here."""
        try:
            guarded(self.firm, self.firm.version)
        except Stale:
            raise Stale(Supplier.objects.get(pk=self.instance.pk)) from None

    def _save_aliases(self):
        names = self.cleaned_data["aliases"].splitlines()
        if day := self.cleaned_data.get("renamed_on"):
            for name in self._former(self.cleaned_data):
                FirmAlias.objects.update_or_create(name=name, defaults={"firm": self.firm, "until": day})
        other_names.keep(self.firm, names)


class SiteForm(WriteForm):
    """A site, and the wilaya where it is; a move is dated, a correction is not."""

    fixed = ("firm",)

    wilaya = forms.ModelChoiceField(
        Wilaya.objects.order_by("code"), label=_("Wilaya"), required=False, empty_label=_("To be completed")
    )
    commune = forms.CharField(label=_("Commune"), max_length=80, required=False)
    moved_on = forms.DateField(
        label=_("In this wilaya since"),
        required=False,
        help_text=_("For a move, the day of the move. Leave empty to correct the wilaya that was recorded."),
    )

    class Meta:
        model = Site
        fields = ["code", "name", "name_ar"]
        help_texts = {"code": CODE_HELP}

    def narrow(self, user):
        """A site keeps its code, and a wilaya once it has one."""
        self.fields["wilaya"].label_from_instance = coded
        self.last = last_place(self.instance)
        self.fields["code"].disabled = self.instance.pk is not None
        if self.last:
            self.initial |= {"wilaya": self.last.wilaya, "commune": self.last.commune}
            self.fields["wilaya"].required = True
        elif not self.instance.pk:
            self.fields["moved_on"].help_text = _("Leave empty when it has always been there.")

    def clean_code(self):
        """Refuse a code that another site has, whatever its case."""
        code = super().clean_code()
        if Site.objects.filter(code__iexact=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another site has this code."))
        return code

    def clean(self):
        """Check that the day of a move fits what is recorded."""
        given = super().clean() or self.cleaned_data
        wilaya, moved_on = given.get("wilaya"), given.get("moved_on")
        if moved_on and not wilaya:
            self.add_error("wilaya", _("Choose the wilaya."))
        elif moved_on and self.last and self.last.wilaya == wilaya:
            self.add_error("moved_on", _("Choose the wilaya it moved to, or leave the day empty."))
        elif moved_on and self.last and self.last.valid_from and moved_on <= self.last.valid_from:
            came = {"name": coded(self.last.wilaya), "day": f"{self.last.valid_from:%d/%m/%Y}"}
            self.add_error(
                "moved_on", ValidationError(_("It came to %(name)s on %(day)s: give a later day."), params=came)
            )
        return given

    def save_row(self):
        """Write the site and where it is."""
        row = super().save_row()
        if self.cleaned_data["wilaya"]:
            place(row, self.cleaned_data["wilaya"], self.cleaned_data["moved_on"], self.cleaned_data["commune"])
        return row


def _taken(firm):
    """Say whose code it is; a firm that is no supplier yet can become one."""
    name = firm.name_in(get_language())
    if hasattr(firm, "supplier") or firm.merged_into_id:
        return format_html(_("{name} has this code."), name=name)
    return format_html(
        _('{name} has this code and is not a supplier yet. <a href="?firm={code}">Make it one</a>.'),
        name=name,
        code=firm.code,
    )
