"""The form of a saved view."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from office.forms import WriteForm
from office.models import SavedView
from partstrack.choosing import canonical


class SavedViewForm(WriteForm):
    """Name, who finds it, and the query of the list. Who declares for a firm keeps views for themselves or the firm."""

    fixed = ("owner", "page")

    class Meta:
        model = SavedView
        fields = ("name", "audience", "query")
        widgets = {"audience": forms.RadioSelect, "query": forms.HiddenInput}
        help_texts = {
            "audience": _(
                "Your group: people with your role or, for a supplier, of your firm. A view holds no rows: everybody sees "
                "their own rows in it."
            )
        }

    def __init__(self, *args, query=None, **kwargs):
        super().__init__(*args, **kwargs)
        if query is not None:
            self.initial["query"] = query
        self.fields.pop("reason", None)

    def narrow(self, user):
        """Offer "everyone" to the house alone."""
        if not user.may("see_all"):
            mine = [choice for choice in SavedView.Audience.choices if choice[0] != SavedView.Audience.EVERYONE]
            self.fields["audience"].choices = mine

    def clean_query(self):
        """Keep the query in its one form."""
        return canonical(QueryDict(self.cleaned_data["query"]))
