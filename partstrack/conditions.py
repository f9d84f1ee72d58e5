"""Conditions on the columns of a list: column, operator, value, several at once, all of them in the address.

    where=produced:ge:100   where=brand:empty   where=month:between:2026-01..2026-06   where=part:has:4471

The columns of the table are the only words that an address may use: what each of them stands for in the base is said by
the table, never by the address. Values are written as in forms: numbers, YYYY-MM, YYYY-MM-DD, the code of a choice. A
column that says nothing is not what one asks for, so it passes "is not" and "does not contain", as people expect.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial, reduce
from operator import and_, or_

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Coalesce, NullIf, TruncDate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partstrack.choosing import choosable
from partstrack.numbers import Ambiguous, NotANumber, parse_number, show
from partstrack.periods import month_name, parse_month

MOST = 12  # so many conditions at once
LONGEST = 200  # letters of a value
EXACT = models.DecimalField(max_digits=30, decimal_places=6)  # so that 1.5 stays 1.5 beside whole numbers
SPELLINGS = ("name", "name_fr", "name_ar", "name_en")

WORDS = {
    "is": _("is"),
    "not": _("is not"),
    "has": _("contains"),
    "hasnt": _("does not contain"),
    "ge": _("at least (≥)"),
    "le": _("at most (≤)"),
    "between": _("between"),
    "empty": _("is empty"),
    "filled": _("is not empty"),
}
CHIPS = {"is": "{}", "ge": _("at least {}"), "le": _("at most {}"), "between": _("from {} to {}")}
NAKED = ("empty", "filled")
MEASURED = ("is", "not", "ge", "le", "between", *NAKED)
OPERATORS = {
    "text": ("has", "hasnt", "is", "not", *NAKED),
    "choice": ("is", "not"),
    "yes": ("is",),
    "number": MEASURED,
    "day": MEASURED,
    "month": MEASURED,
}
YES = (("yes", _("yes")), ("no", _("no")))


class Wrong(ValueError):
    """A condition that cannot be asked; its text says why."""


@dataclass(frozen=True)
class Subject:
    """A column that can be asked: `kind` of OPERATORS, `stands_for`: what it is in the base, one or several spellings."""

    name: str
    label: str
    kind: str
    stands_for: tuple
    choices: tuple = ()

    @property
    def operators(self):
        """Return (code, words) of what can be asked of it."""
        return [(code, WORDS[code]) for code in OPERATORS[self.kind]]

    @property
    def input_type(self):
        """Return the browser's own kind of input for a value."""
        return {"day": "date", "month": "month"}.get(self.kind, "text")

    @property
    def measured(self):
        """Say whether it has an order, and so a least and a most."""
        return "between" in OPERATORS[self.kind]


@dataclass(frozen=True)
class Condition:
    """What is asked of a column; `values`: none, one, or the two ends of a span."""

    subject: Subject
    operator: str
    values: tuple
    said: str

    def in_words(self):
        """Say it without its column: ≥ 100."""
        shown = [_shown(self.subject, value) for value in self.values]
        words = CHIPS.get(self.operator) or (f"{WORDS[self.operator]} {{}}" if shown else WORDS[self.operator])
        return str(words).format(*shown)

    def keeps(self, names):
        """Return the condition on the aliases that hold what the column stands for."""
        each = partial(_TESTS[self.operator], textual=self.subject.kind == "text", values=self.values)
        together = and_ if self.operator in ("not", "hasnt", "empty") else or_
        return reduce(together, (each(name) for name in names))


class Conditions:
    """The conditions that an address puts on a table of rows of the base; what cannot be asked is left out and noted."""

    def __init__(self, table, said):
        self.subjects = {subject.name: subject for subject in _subjects(table)}
        self.asked, self.notes = [], []
        self.query = said
        for text in dict.fromkeys(said.getlist("where")[:MOST]):
            try:
                self.asked.append(read(text, self.subjects))
            except Wrong as reason:
                self.notes.append((str(reason), self._without(text)))
        self.open = self.subjects.get(said.get("condition"))

    def __bool__(self):
        return bool(self.asked)

    def narrowed(self, rows):
        """Return the rows that pass every condition. Each column is read once by the base, in the same query."""
        for place, condition in enumerate(self.asked):
            names = [f"asked{place}_{spelling}" for spelling in range(len(condition.subject.stands_for))]
            rows = rows.alias(**dict(zip(names, condition.subject.stands_for, strict=True)))
            rows = rows.filter(condition.keeps(names))
        return rows

    def chips(self):
        """Return (label, words, address without it) of each condition."""
        return [(each.subject.label, each.in_words(), self._without(each.said)) for each in self.asked]

    def _without(self, text):
        query = self.query.copy()
        query.setlist("where", [each for each in query.getlist("where") if each != text])
        for name in ("page", "after", "before"):
            query.pop(name, None)
        return f"?{query.urlencode()}"


def read(text, subjects):
    """Return the Condition that a word of the address says; Wrong tells why it says none."""
    name, _colon, rest = text.partition(":")
    operator, _colon, value = rest.partition(":")
    if name not in subjects:
        raise Wrong(_("This list has no column of the name “%(name)s” to put a condition on.") % {"name": name[:60]})
    subject = subjects[name]
    if operator not in OPERATORS[subject.kind]:
        raise Wrong(_("“%(column)s” cannot be asked this way.") % {"column": subject.label})
    if operator in NAKED:
        return Condition(subject, operator, (), text)
    ends = value.split("..", 1) if operator == "between" else [value]
    if operator == "between" and len(ends) < 2:
        raise Wrong(_("“%(column)s”: give both ends, the first and the last.") % {"column": subject.label})
    return Condition(subject, operator, tuple(_value(subject, end.strip()) for end in ends), text)


# What a column stands for --------------------------------------------------------------------------------
def _subjects(table):
    """Yield the Subject of each column that stands for something of the base."""
    if not hasattr(table.data.data, "query"):
        return
    for column in choosable(table):
        subject = _subject(table, column)
        if subject is not None:
            yield subject


def _subject(table, column):
    rows, path = table.data.data, str(column.accessor).replace(".", "__")
    field, paths = _field(rows, path), table.asked_by.get(column.name)
    kind = _kind(column, field)
    if kind is None or paths == ():
        return None
    stands_for = tuple(map(F, paths)) if paths else tuple(_stands_for(rows, path, field, kind))
    choices = YES if kind == "yes" else tuple(getattr(field, "flatchoices", ()) or ())
    return Subject(column.name, str(column.header), kind, stands_for, choices)


def _stands_for(rows, path, field, kind):
    if kind == "text":
        return _spellings(rows, path, field)
    if isinstance(field, models.DateTimeField):
        return (TruncDate(path),)
    return (Cast(path, EXACT) if isinstance(field, models.IntegerField) else F(path),)


def _field(rows, path):
    """Return the field at the end of a path, None when it leads to nothing of the base that can be compared."""
    if path in rows.query.annotations:
        return getattr(rows.query.annotations[path], "output_field", None)
    model, field = rows.model, None
    for name in path.split("__"):
        try:
            field = model._meta.get_field(name)
        except (FieldDoesNotExist, AttributeError):
            return None
        model = field.related_model
    return field


def _kind(column, field):
    if getattr(field, "flatchoices", None):
        return "choice"
    if isinstance(field, models.BooleanField):
        return "yes"
    if isinstance(field, models.DateField):
        return "month" if column.name == "month" else "day"
    if isinstance(field, models.DecimalField | models.IntegerField) and not getattr(field, "primary_key", False):
        return "number"
    if isinstance(field, models.CharField | models.TextField):
        return "text"
    return "text" if isinstance(field, models.ForeignKey) and _names(field.related_model) else None


def _names(model):
    """Return the names of the fields that say what a row of a model is called."""
    return [field.name for field in model._meta.concrete_fields if field.name in SPELLINGS]


def _spellings(rows, path, field):
    """Yield a text in all its spellings: somebody who reads Arabic finds what somebody else filtered in French."""
    if isinstance(field, models.ForeignKey):
        model = field.related_model
        if login := getattr(model, "USERNAME_FIELD", ""):
            yield Coalesce(NullIf(F(f"{path}__name"), Value("")), F(f"{path}__{login}"))  # as a person is shown
            return
        yield from (F(f"{path}__{name}") for name in _names(model))
        return
    before, _parts, last = path.rpartition("__")
    known = path not in rows.query.annotations and last in SPELLINGS
    for name in _names(field.model) if known else [last]:
        yield F(f"{before}__{name}" if before else name)


# Values --------------------------------------------------------------------------------------------------
def _value(subject, text):
    if not text or len(text) > LONGEST or "\x00" in text:
        raise Wrong(_("“%(column)s”: give a value to compare with.") % {"column": subject.label})
    try:
        value = _READ.get(subject.kind, str)(text)
    except (NotANumber, Ambiguous, ValueError):
        value = None
    if value is None or (subject.choices and text not in {str(code) for code, _label in subject.choices}):
        words = {"column": subject.label, "value": text[:60]}
        raise Wrong(_UNREAD.get(subject.kind, _("“%(value)s” is no choice of “%(column)s”: left out.")) % words)
    return value


_READ = {"number": parse_number, "day": date.fromisoformat, "month": parse_month, "yes": lambda text: text == "yes"}
_UNREAD = {
    "number": _(
        "“%(value)s” is no number that can be read in one way only: the condition on “%(column)s” is left out."
    ),
    "day": _("“%(value)s” is no day: the condition on “%(column)s” is left out."),
    "month": _("“%(value)s” is no month: the condition on “%(column)s” is left out."),
}


def _shown(subject, value):
    if subject.kind == "text":
        return _("“%(text)s”") % {"text": value}
    if subject.kind == "number":
        return show(value, get_language())
    if subject.kind == "month":
        return month_name(value, get_language())
    if subject.kind == "day":
        return f"{value:%d/%m/%Y}"  # plain: chips stand in files too
    code = {True: "yes", False: "no"}.get(value, value)
    return str({str(key): label for key, label in subject.choices}[str(code)])


# Tests: alias, whether it is a text, values -> Q ----------------------------------------------------------
def _null(name):
    return Q(**{f"{name}__isnull": True})


def _is(name, textual, values):
    return Q(**{f"{name}__iexact" if textual else name: values[0]})


def _has(name, textual, values):
    return Q(**{f"{name}__icontains": values[0]})


def _empty(name, textual, values):
    return _null(name) | Q(**{name: ""}) if textual else _null(name)


_TESTS = {
    "is": _is,
    "not": lambda name, **asked: _null(name) | ~_is(name, **asked),
    "has": _has,
    "hasnt": lambda name, **asked: _null(name) | ~_has(name, **asked),
    "ge": lambda name, textual, values: Q(**{f"{name}__gte": values[0]}),
    "le": lambda name, textual, values: Q(**{f"{name}__lte": values[0]}),
    "between": lambda name, textual, values: Q(**{f"{name}__gte": min(values), f"{name}__lte": max(values)}),
    "empty": _empty,
    "filled": lambda name, **asked: ~_empty(name, **asked),
}
