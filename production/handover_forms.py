"""Who takes a site over, and from which month on."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import CODE, Firm
from production.forms import MonthField
from suppliers.models import Site, Supplier


class HandoverForm(forms.Form):
    """`firm` becomes the Firm that takes the site over."""

    firm = forms.ModelChoiceField(
        Firm.objects.none(),
        label=_("Supplier that takes it over"),
        to_field_name="code",
        empty_label=_("Choose a supplier"),
    )
    month = MonthField(
        label=_("From month"),
        help_text=_(
            "The first month of the new supplier. What was declared from this month on moves; earlier months stay."
        ),
    )
    code = forms.CharField(
        label=_("Code of the site with the new supplier"),
        max_length=40,
        validators=[RegexValidator(CODE, _("A code has letters, digits, dots, dashes or underscores only."))],
        help_text=_("Files of the new supplier name the site by it. The old code keeps the months of before."),
    )
    papers = forms.BooleanField(
        label=_("Its valid certificates go along"),
        required=False,
        help_text=_(
            "They end for the old supplier the day before, and go on for the new one. Approvals and complaints stay."
        ),
    )

    def __init__(self, *args, user, site, **kwargs):
        super().__init__(*args, **kwargs)
        taking = Supplier.objects.visible_to(user).active().exclude(firm=site.firm_id).values("firm")
        self.fields["firm"].queryset = Firm.objects.living().filter(pk__in=taking)
        self.fields["firm"].label_from_instance = lambda firm: firm.name_in(get_language())

    def clean_code(self):
        """Refuse a code that another site has, whatever its case."""
        code = self.cleaned_data["code"]
        if Site.objects.filter(code__iexact=code).exists():
            raise forms.ValidationError(gettext("Another site has this code."))
        return code
