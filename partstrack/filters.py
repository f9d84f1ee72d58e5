"""The one filter class: every filter is in the address and shown as a chip that can be taken off."""

from datetime import date

import django_filters
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partstrack.paging import EDGES
from partstrack.periods import month_name, parse_month

CHOICES = 200  # a list of more is slower than the page, and nobody reads it


class Month(forms.DateInput):
    """The browser's own calendar of months; its value is written YYYY-MM."""

    input_type = "month"


class Named(django_filters.ModelChoiceFilter):
    """A choice by public code, shown by name in the reader's language; of too many the code is typed."""

    def __init__(self, **options):
        super().__init__(to_field_name="code", **options)

    @property
    def field(self):
        """Label each choice with its name."""
        made = super().field
        rows = list(made.queryset[: CHOICES + 1])
        if len(rows) > CHOICES:
            made.widget, made.help_text = forms.TextInput(), _("Type its code.")
        else:
            named = [("", made.empty_label), *((row.code, row.name_in(get_language())) for row in rows)]
            made.iterator = lambda field: named
            made.widget.choices = named
        return made


class MonthFilter(django_filters.CharFilter):
    """Rows by a month, written YYYY-MM by our links and as people write it by hand; what is no month finds nothing."""

    def __init__(self, *args, **options):
        super().__init__(*args, widget=Month(), **options)

    def filter(self, rows, value):
        """Keep the rows of the month, by `lookup_expr`."""
        month = parse_month(value)
        return super().filter(rows, month) if month or not value else rows.none()

    def in_words(self, value):
        """Name the month."""
        month = parse_month(value)
        return month_name(month, get_language()) if month else value


class Filters(django_filters.FilterSet):
    """A FilterSet that can say its active filters."""

    def sparing(self):
        """Leave out the filters that the address does not say, before the form is made: their choices need not be read."""
        self.filters = {name: each for name, each in self.filters.items() if name in self.data}

    def chips(self):
        """Return (label, value in words, address without it) of each active filter."""
        if not self.form.is_valid():
            return []
        shown = []
        for name, value in self.form.cleaned_data.items():
            if value in (None, "", []) or name not in self.filters:
                continue
            query = self.data.copy()
            for word in ("page", *EDGES, name):
                query.pop(word, None)
            shown.append((str(self.filters[name].label or name), self._in_words(name, value), f"?{query.urlencode()}"))
        return shown

    def _in_words(self, name, value):
        """Say a value in the reader's language: a row by its name, a choice by its label, a month, a day."""
        if hasattr(value, "name_in"):
            return value.name_in(get_language())
        if hasattr(self.filters[name], "in_words"):
            return self.filters[name].in_words(value)
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"  # plain: chips stand in files too
        choices = getattr(self.form.fields[name], "choices", None)
        choices = {} if choices is None else dict(choices)  # some have no length to ask for
        return str(choices.get(value, value))
