"""The one filter class: every filter is in the address and shown as a chip that can be taken off."""

import django_filters
from django.utils.translation import get_language

from partstrack.paging import EDGES


class Filters(django_filters.FilterSet):
    """A FilterSet that can say its active filters."""

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
        """Say a value in the reader's language: a row by its name, a choice by its label."""
        if hasattr(value, "name_in"):
            return value.name_in(get_language())
        choices = getattr(self.form.fields[name], "choices", None)
        choices = {} if choices is None else dict(choices)  # some have no length to ask for
        return str(choices.get(value, value))
