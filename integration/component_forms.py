"""The form of a component."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Part
from catalogue.models.parts import reference_key
from intake.sending import FileForm
from integration.counting import LOCAL
from integration.exchange_forms import newest, said
from integration.models import MONEY, Component, ExchangeRate, PartContent
from office.forms import WriteForm
from partstrack.filters import CHOICES
from suppliers.models import Site


class ComponentForm(WriteForm):
    """A component of a programme: who makes it, its value in one vehicle, what it contributes, what proves it.

    A value in another currency without a rate takes the last rate of that currency up to its first day, which then stays.
    """

    fixed = ("programme",)

    inside = forms.CharField(
        label=_("Part of the assembly"), required=False, help_text=_("Code of the component that contains it.")
    )
    reference = forms.CharField(
        label=_("Reference"), required=False, help_text=_("Of the firm that makes it, as in its declarations.")
    )

    class Meta:
        model = Component
        fields = [
            "code",
            "name_fr",
            "name_ar",
            "name_en",
            "inside",
            "nature",
            "family",
            "supply",
            "site",
            "origin",
            "reference",
            "quantity",
            "value",
            "currency",
            "exchange",
            "contributive_rate",
            "local_share",
            "content",
            "evidence",
            "valid_from",
            "valid_to",
        ]
        help_texts = {
            "value": _("Of one piece, ex works, before tax."),
            "exchange": _("Empty: the last rate of the currency that is entered. It then stays, whatever comes later."),
            "supply": _(
                "What a resident importer resells, and what is packed here from imported parts, is not made locally."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.parent_id:
            self.initial["inside"] = self.instance.parent.code
        if self.instance.part_id:
            self.initial["reference"] = self.instance.part.reference

    def narrow(self, user):
        """Limit sites and contents to those this person may see."""
        self.fields["site"].queryset = Site.objects.visible_to(user).living()
        contents = PartContent.objects.visible_to(user)
        offered = [*contents.values_list("pk", flat=True)[:CHOICES], self.instance.content_id]
        self.fields["content"].queryset = contents.filter(pk__in=offered).select_related("part", "site")
        self.fields["exchange"].queryset = newest(self.instance.exchange_id)
        self.fields["exchange"].label_from_instance = said

    def clean_currency(self):
        """Write a currency in capitals."""
        return self.cleaned_data["currency"].strip().upper()

    def clean_inside(self):
        """Find the assembly; it must not lie inside the component itself."""
        code = self.cleaned_data["inside"].strip()
        if not code:
            self.instance.parent = None
            return code
        found = Component.objects.filter(programme=self.instance.programme, code=code).first()
        if found is None:
            raise ValidationError(_("The programme has no component with the code %(code)s."), params={"code": code})
        above = found
        while above is not None:
            if self.instance.pk and above.pk == self.instance.pk:
                raise ValidationError(_("%(code)s lies inside this component already."), params={"code": code})
            above = above.parent
        self.instance.parent = found
        return code

    def clean(self):
        """Find the reference and the exchange rate; say what does not go together."""
        given = super().clean()
        self.ends = self._ended(given)
        self._find_part(given)
        currency = given.get("currency")
        if currency == MONEY:
            given["exchange"] = None
        elif currency and not given.get("exchange"):
            days = {"on__lte": given["valid_from"]} if given.get("valid_from") else {}
            found = ExchangeRate.objects.filter(currency=currency, **days).order_by("-on", "-pk").first()
            if found is None:
                self.add_error(
                    "exchange",
                    ValidationError(
                        _("No rate of %(currency)s is entered: add it first."), params={"currency": currency}
                    ),
                )
            given["exchange"] = found
        elif currency and given["exchange"].currency != currency:
            self.add_error("exchange", _("This rate is of another currency."))
        return given

    def _ended(self, given):
        """Return the rows of this code that end when a new one begins; none where another row stands in its days."""
        first, code = given.get("valid_from"), given.get("code")
        if self.instance.pk or first is None or not code:
            return []
        same = Component.objects.filter(programme=self.instance.programme, code=code)
        before = list(same.filter(Q(valid_from=None) | Q(valid_from__lt=first)).valid_on(first))
        later = same.filter(valid_from__gte=first)
        if end := given.get("valid_to"):
            later = later.filter(valid_from__lt=end)
        return [] if later.exists() else before

    def _get_validation_exclusions(self):
        """Leave the check of overlapping days out where the earlier row ends first."""
        return super()._get_validation_exclusions() | ({"code"} if getattr(self, "ends", None) else set())

    def _find_part(self, given):
        reference, site = (given.get("reference") or "").strip(), given.get("site")
        if not reference:
            self.instance.part = None
            return
        if site is None or given.get("supply") != LOCAL:
            self.add_error("reference", _("A reference goes with the site that makes it."))
            return
        part = Part.objects.filter(firm=site.firm, reference_key=reference_key(reference)).first()
        if part is None:
            words = {"firm": site.firm, "references": reference}
            self.add_error(
                "reference", ValidationError(_("%(firm)s has no part of this reference: %(references)s."), params=words)
            )
        self.instance.part = part


class ComponentFileForm(FileForm):
    """A file of components."""

    about = _("A workbook or a .csv file: one row for each component, with its programme and its code.")
