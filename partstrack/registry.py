"""What the apps offer each other, collected from plain names in their `apps.py`.

An app states, for instance, `figures = "production.figures:FIGURES"`. The floor reads these names at
start and fails on a wrong one; it imports no app by itself. The slots and what each list holds:

    figures   Figure    a number that the app can give
    kinds     Kind      a kind of file that the desk takes
    panels    Panel     a block that an upper app adds to a lower app's page
    cards     Card      a block of the home page
    rail      RailItem  an entry of the navigation
    tasks     function  user, moment -> list[Task]: what waits for somebody, shown on home
    protected str       tables that the application's database role may only add to
    on_download function called for every file that leaves
    on_supplier function(door, user, supplier) called inside the write of a supplier's form
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from partstrack.kept import kept

SLOTS = ("figures", "kinds", "panels", "cards", "rail", "tasks", "protected", "on_download", "on_supplier")


@dataclass(frozen=True)
class Figure:
    """A number with one definition. `compute(ask)` returns an Answer (see partstrack/figures.py), kept while the data stay."""

    name: str
    title: str
    definition: str
    formula: str
    source: str
    compute: Callable
    unit: str = "piece"
    dims: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    rows_url: Callable | None = None


@dataclass(frozen=True)
class Field:
    """A column that a file may carry. `headings`: what senders call it (any language)."""

    name: str
    title: str
    headings: tuple[str, ...]
    role: str = "text"  # key | measure | month | text
    required: bool = False


@dataclass(frozen=True)
class Fault:
    """A refused or doubtful place of a file: where, what stood there, why, and what to do.

    `code` says what may mend it: "cell" (another value), "part" (a reference of `firm` that nobody knows),
    "double"; "" when only another file or an answer about the whole file can.
    """

    sheet: str
    row: int | None
    column: str | None
    value: str
    reason: str
    remedy: str
    grave: bool = True
    code: str = ""
    firm: int | None = None

    def as_json(self):
        """Return the six public keys of design.md §6."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": str(self.reason),
            "remedy": str(self.remedy),
        }


@dataclass(frozen=True)
class Kind:
    """A kind of file: its columns and the road from cells to rows (see intake/desk.py). `measures`: their names."""

    name: str
    title: str
    fields: tuple[Field, ...]
    check: Callable
    apply: Callable
    roll_back: Callable
    options: tuple[str, ...] = ()
    measures: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Panel:
    """A block an upper app adds to a lower app's page: `build(request, subject)` gives the context."""

    page: str
    template: str
    build: Callable
    order: int = 50


@dataclass(frozen=True)
class Card:
    """A block of the home page; `build(request, ask)` gives the template's context, None hides it."""

    name: str
    template: str
    build: Callable
    order: int = 50


@dataclass(frozen=True)
class RailItem:
    """An entry of the navigation: `right`: what a person needs to see it; `phone`: its order there, if another."""

    url: str
    title: str
    icon: str
    order: int
    right: str = "see"
    at_foot: bool = False
    phone: int | None = None


@dataclass(frozen=True)
class Task:
    """Something that waits for somebody."""

    title: str
    detail: str
    url: str
    due: str
    order: int = 50


@dataclass
class _Collected:
    slots: dict[str, list[Any]] = field(default_factory=lambda: {slot: [] for slot in SLOTS})


_collected = _Collected()


def _resolve(app, slot, name):
    try:
        return import_string(name.replace(":", "."))
    except ImportError as error:
        raise ImproperlyConfigured(
            f"{app.name}/apps.py states {slot} = {name!r}, which cannot be read: {error}"
        ) from error


def load():
    """Read every app's statements; called once at start."""
    slots = {slot: [] for slot in SLOTS}
    for app in apps.get_app_configs():
        for slot in SLOTS:
            name = getattr(app, slot, None)
            if isinstance(name, str):
                found = _resolve(app, slot, name)
                slots[slot].extend(found if isinstance(found, (list, tuple)) else [found])
    slots["figures"] = [replace(each, compute=kept(each.name, each.compute)) for each in slots["figures"]]
    _collected.slots = slots


def all_of(slot):
    """Return everything stated for one slot, in the order of the apps."""
    return list(_collected.slots[slot])


class Unknown(KeyError):
    """There is nothing of that name; the text says what there is."""

    def __str__(self):
        return self.args[0]


def figure(name):
    """Return the figure of that name; Unknown names the ones that exist."""
    by_name = {entry.name: entry for entry in all_of("figures")}
    if name not in by_name:
        raise Unknown(f"There is no figure {name!r}. There are: {', '.join(sorted(by_name))}.")
    return by_name[name]


def kind(name):
    """Return the kind of upload of that name; Unknown names the ones that exist."""
    by_name = {entry.name: entry for entry in all_of("kinds")}
    if name not in by_name:
        raise Unknown(f"There is no kind of file {name!r}. There are: {', '.join(sorted(by_name))}.")
    return by_name[name]


def panels(page):
    """Return the panels that other apps add to one page, in order."""
    return sorted((panel for panel in all_of("panels") if panel.page == page), key=lambda panel: panel.order)
