"""Files of records: suppliers, sites, certificates … one row each, beside the volumes.

A row of such a file is one sending of the form that the record has on its page: what the form refuses is a fault of the
cell, what it would change is the preview, and applying saves it. A kind of record states its form and what tells one
record from another; everything else follows from the form.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from office.entry import OWN
from partstrack.folding import fold
from partstrack.registry import Field

LANGUAGES = ("fr", "ar", "en")


@dataclass(frozen=True)
class Records:
    """A kind of record that files may bring. Files are for who has the right "enter".

    `form`: an office.forms.WriteForm of `model`; `key`: {column: path of the model's value} that together tell one record
    from another; `owner`: the field of the model that the page fills in and the file says in a column of its own (a site's
    firm). `rows(user)`: the records that a person may change. `without`: fields of the form that files do not carry;
    `lists`: fields of several lines, which a cell holds with semicolons between them; `words`: what else senders call
    a column. `along(door, user, rows)` writes what follows, inside the same write, whatever the number of rows;
    `take_out(row)` takes a record out again that a file made (default: it is deleted).
    """

    name: str
    title: str
    model: type
    form: type
    key: dict[str, str]
    rows: Callable
    page: str
    owner: str = ""
    without: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    along: Callable | None = None
    take_out: Callable | None = None

    def blank(self, user):
        """Return the form of a new record, whose fields are the columns of a file."""
        return self.form(instance=self.model(), user=user)

    def columns(self, user):
        """Return the columns of a file, as the desk's Fields, and {name: field of the form or of the owner}."""
        form, fields = self.blank(user), {}
        if self.owner:
            fields[self.owner] = owner = self.model._meta.get_field(self.owner).formfield()
            owner.label = capfirst(owner.queryset.model._meta.verbose_name)
            if hasattr(owner.queryset, "visible_to"):
                owner.queryset = owner.queryset.visible_to(user)
        fields |= {name: each for name, each in form.fields.items() if name not in {*OWN, *self.without}}
        columns = tuple(self._column(name, each) for name, each in fields.items())
        return columns, fields

    def _column(self, name, field):
        said = [*self.words.get(name, ())]
        for language in LANGUAGES:
            with translation.override(language):
                said.append(str(field.label))
        needed = name in self.key and (field.required or name == self.owner)
        return Field(name, field.label, tuple(said), "key" if name in self.key else "text", needed)

    def known(self, user):
        """Return {what tells a record: keys of the records that it tells}, by one query."""
        found = {}
        for pk, *values in self.rows(user).values_list("pk", *self.key.values()):
            found.setdefault(identity(values), []).append(pk)
        return found

    def filled(self, row, user):
        """Return {name: what the form of a record holds, as it is sent}; the owner is not among it."""
        form = self.form(instance=row, user=user)
        return {name: sent(form[name].value()) for name in form.fields if name not in {*OWN, *self.without}}


def identity(values):
    """Return what tells a record, from the values of its key: case, accents and spaces do not count."""
    return tuple(fold(str(sent(value) or "")) for value in values)


def sent(value):
    """Return a value as a form sends it: days as 2026-12-31, things as their key, several as a list."""
    if isinstance(value, (list, tuple)):
        return [sent(each) for each in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    value = getattr(value, "pk", value)
    return value if value is None or isinstance(value, (bool, int)) else str(value)


def too_many(count, most):
    """Return (reason, remedy) of a file with more rows than may be brought at once."""
    return format_lazy(_("The file has {count} rows; at most {most} may come at once."), count=count, most=most), _(
        "Split the file and send the parts one by one."
    )
