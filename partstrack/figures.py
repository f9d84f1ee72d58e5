"""The shape of a question and of an answer. The floor knows how a figure looks, not what it counts."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from partstrack.numbers import plain, quotient12


class WrongCall(ValueError):
    """A question that cannot be asked: an unknown dimension, filter, code or month. The text says what can."""


@dataclass(frozen=True)
class Ask:
    """What is asked of a figure.

    `year` or (`first`, `last`) months; `base_year` a year to compare with; `by` a dimension; `filters`
    name -> code; `version` the data version ("as of"); `today` the business day, or that of the as-of;
    `on` the day whose wilayas and memberships count; `scope` None (all firms) or a set of firm ids;
    `parts` also counts like for like by part, which reads lines; `as_of` the situation as it was asked for
    (a day, an instant, vN), empty for now; `data` the state of the data at which it is asked, whatever the situation:
    answers are kept under it (empty: never kept).
    """

    today: date
    version: int
    on: date
    year: int | None = None
    first: date | None = None
    last: date | None = None
    base_year: int | None = None
    by: str | None = None
    filters: dict[str, str] = field(default_factory=dict)
    scope: frozenset[int] | None = None
    parts: bool = False
    as_of: str = ""
    data: str = ""

    def but(self, **changes):
        """Return the same question with some words changed."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Group:
    """One row of a figure by a dimension. `change` in percent (points for a rate), None when it may not be said.

    `numerator` and `denominator` of a ratio's group, where its figure gives them.
    """

    key: str
    value: Decimal | None
    compared: Decimal | None
    base: Decimal | None
    change: Decimal | None
    contribution: Decimal | None
    change_state: str
    label: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    def as_json(self):
        """Return the public keys of design.md §6; a ratio says what it divides by what."""
        operands = {"numerator": text(self.numerator), "denominator": text(self.denominator)}
        return {
            "key": self.key,
            "value": text(self.value),
            "compared": text(self.compared),
            "base": text(self.base),
            "change": text(self.change),
            "contribution": text(self.contribution),
            "change_state": self.change_state,
            **(operands if self.denominator is not None else {}),
        }


@dataclass(frozen=True)
class Answer:
    """What a figure answers. Decimals are exact; quotients are rounded half up at 12 decimals.

    `window`, `base_window`: (first, last) months or None. `coverage`: declared, expected, missing
    site-months. `like_for_like`: compared, base, change and `parts` (the same by part, or None).
    `rows`: how many rows stand behind it; `queryset` gives them. `group_unit`: what the groups count, where
    that is not the unit of the whole (a coverage in percent lists workshops). `counted_unit`: the unit of numerator
    and denominator, where they are quantities. `more`: keys of JSON that this figure alone says.
    """

    name: str
    value: Decimal | None
    unit: str
    state: str
    version: int
    definition: str
    compared: Decimal | None = None
    base: Decimal | None = None
    change: Decimal | None = None
    change_unit: str = "percent"
    change_state: str = "none"
    like_for_like: dict | None = None
    window: tuple[date, date] | None = None
    base_window: tuple[date, date] | None = None
    after_cut: tuple[dict, ...] = ()
    coverage: dict | None = None
    basis: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    rows: int = 0
    other_units: tuple[dict, ...] = ()
    groups: tuple[Group, ...] | None = None
    by: str | None = None
    group_unit: str = ""
    counted_unit: str = ""
    compared_months: tuple[date, ...] = ()
    queryset: Any = None
    more: dict = field(default_factory=dict)

    def but(self, **changes):
        """Return the same answer with some words changed."""
        return replace(self, **changes)

    @property
    def unit_of_groups(self):
        """Return what the groups count."""
        return self.group_unit or self.unit

    @property
    def change_unit_of_groups(self):
        """Return how the groups' change is said: percent where they count something else than the whole."""
        return "percent" if self.group_unit else self.change_unit

    def as_json(self):
        """Return the public keys of design.md §6: numbers are strings, months YYYY-MM, absent is null."""
        answer = {
            "name": self.name,
            "value": text(self.value),
            "compared": text(self.compared),
            "base": text(self.base),
            "change": text(self.change),
            "change_unit": self.change_unit,
            "like_for_like": _json(self.like_for_like),
            "state": self.state,
            "change_state": self.change_state,
            "window": months(self.window),
            "base_window": months(self.base_window),
            "after_cut": [_json(row) for row in self.after_cut],
            "coverage": self.coverage,
            "basis": str(self.basis),
            "unit": self.unit,
            "numerator": text(self.numerator),
            "denominator": text(self.denominator),
            "version": self.version,
            "definition": str(self.definition),
            "rows": self.rows,
            "other_units": [_json(row) for row in self.other_units],
            **self.more,
        }
        if self.groups is not None:
            answer["groups"] = [group.as_json() for group in self.groups]
        return answer


def checked(ask, dims, filters):
    """Return the question. WrongCall names a dimension or a filter that the figure does not know."""
    if ask.by and ask.by not in dims:
        said = _("There is no dimension '%(name)s' here. There are: %(known)s.")
        raise WrongCall(said % {"name": ask.by, "known": ", ".join(dims) or _("none")})
    for name in ask.filters:
        if name not in filters:
            said = _("There is no filter '%(name)s' here. There are: %(known)s.")
            raise WrongCall(said % {"name": name, "known": ", ".join(filters) or _("none")})
    return ask


def on_a_day(ask):
    """Return the question. WrongCall: it names months, and the figure counts what is valid on a day."""
    if ask.year or ask.first or ask.last:
        raise WrongCall(_("This figure counts on a day, not over months: use --on 2026-09-22."))
    return ask


def text(value):
    """Return a Decimal as an exact string without trailing zeros, None as None."""
    return None if value is None else plain(value)


def months(window):
    """Return (first, last) months as {"from": "YYYY-MM", "to": "YYYY-MM"}."""
    return None if window is None else {"from": f"{window[0]:%Y-%m}", "to": f"{window[1]:%Y-%m}"}


def percent(part, whole):
    """Return part / whole x 100 rounded half up at 12 decimals, None when whole is 0 or unknown."""
    return None if part is None or not whole else quotient12(part * 100, whole)


def points(now, then):
    """Return the change in points from one rate to another, each as (part, whole), rounded once at 12 decimals.

    None where a side has nothing to divide by.
    """
    (part, whole), (part_then, whole_then) = now, then
    return percent(part * whole_then - part_then * whole, whole * whole_then)


def _json(value):
    if isinstance(value, dict):
        return {key: _json(entry) for key, entry in value.items()}
    if isinstance(value, (Decimal, tuple, list)):
        return plain(value) if isinstance(value, Decimal) else [_json(entry) for entry in value]
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    return value
