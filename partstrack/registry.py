"""What the apps offer each other, collected from plain names in their `apps.py`.

An app states, for instance, `figures = "production.figures:FIGURES"`. The floor reads these names at
start and fails on a wrong one; it imports no app by itself. An app whose list stands in several files states a tuple of
names. The slots and what each list holds:

    figures   Figure    a number that the app can give
    counted   Counted   a list of what a figure counts
    kinds     Kind      a kind of file that the desk takes
    panels    Panel     a block that an upper app adds to a lower app's page
    cards     Card      a block of the home page
    search    Search    a kind of thing that the search of every page finds
    histories History   the story of a kind of thing: who changed what, when and why
    rail      RailItem  an entry of the navigation
    sections  Section   a page of a room's own navigation
    tasks     function  user, moment -> list[Task]: what waits for somebody, shown on home
    due       DueKind   a kind of dated thing that people are reminded of
    protected str       tables that the application's database role may only add to
    on_download function called for every file that leaves
    list_tools ListTool a menu on every list
    bulk      Bulk      what may be changed of many rows of a list at once
    on_erased function(said, name) called when a person becomes a pseudonym: the texts that named them, the pseudonym
    on_suppliers function(door, user, suppliers) called inside the write of entered or changed suppliers
    jobs      JobKind   a kind of long work that a worker does beside the pages
    onboarding Step     something that makes the file of a new supplier complete
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from partstrack.kept import kept

SLOTS = (
    "figures",
    "counted",
    "kinds",
    "panels",
    "cards",
    "search",
    "histories",
    "rail",
    "sections",
    "tasks",
    "due",
    "protected",
    "on_download",
    "list_tools",
    "bulk",
    "on_erased",
    "on_suppliers",
    "jobs",
    "onboarding",
)


@dataclass(frozen=True)
class Figure:
    """A number with one definition. `compute(ask)` returns an Answer (see partstrack/figures.py), kept while the data stay.

    `period`: what it is asked for: "months", two whole "years", a "day", or "start" (from the start of each commitment until now).
    `right`: what a person needs to see it; `rows_url(answer, filters, situation)`: the address of the rows behind it.
    """

    name: str
    title: str
    definition: str
    formula: str
    source: str
    compute: Callable
    unit: str = "piece"
    dims: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    period: str = "months"
    rows_url: Callable | None = None
    right: str = "see"


@dataclass(frozen=True)
class Counted:
    """A list of what a figure counts: the rows behind its number, numerator or denominator, on a page and as a file.

    `of` says which of these: "value", "numerator", "denominator", "" for what is left out of all. The number of rows
    is that number, or the sum of their column `sums`. `rows(ask)` gives them to `table`; `title` says what is counted.
    """

    figure: str
    name: str
    title: str
    table: type
    rows: Callable
    of: str = ""
    sums: str = ""


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
    "double"; "" when only another file or an answer about the whole file can. `flag`: the option of the command line
    that answers it; pages say in the remedy what to do there. Reason and remedy may be lazy texts.
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
    flag: str = ""

    def as_json(self):
        """Return the six public keys of design.md §6."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": str(self.reason),
            "remedy": f"{self.remedy} ({self.flag})" if self.flag else str(self.remedy),
        }


@dataclass(frozen=True)
class Kind:
    """A kind of file: its columns and the road from cells to rows (see intake/desk.py).

    `measures`: their names; `page`: the name of the address where such a file is sent, with the kind's name in it where
    it is one of `records` (an intake.records.Records).
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    check: Callable
    apply: Callable
    roll_back: Callable
    options: tuple[str, ...] = ()
    measures: dict[str, str] = field(default_factory=dict)
    page: str = "batch_new"
    records: Any = None


@dataclass(frozen=True)
class Panel:
    """A block an upper app adds to a lower app's page: `build(request, subject)` gives the context."""

    page: str
    template: str
    build: Callable
    order: int = 50


@dataclass(frozen=True)
class ListTool:
    """A menu on every list; `build(request)` gives the template's `tool`, None hides it."""

    template: str
    build: Callable


@dataclass(frozen=True)
class Bulk:
    """What may be changed of many rows of a list at once, each row to the same value.

    Who has the right "enter" may do it. `page`: the name of the list's address; `form`: the form of one row (an
    office.forms.WriteForm), of which `fields` may be set: fields of the row itself, none that makes it unique.
    `along(door, user, rows)` writes what follows from it, inside the same write, by a number of queries that never depends
    on the rows.
    """

    page: str
    form: type
    fields: tuple[str, ...]
    along: Callable | None = None


@dataclass(frozen=True)
class Card:
    """A block of the home page; `build(request, ask)` gives the template's context, None hides it."""

    name: str
    template: str
    build: Callable
    order: int = 50


@dataclass(frozen=True)
class Hit:
    """Something that a search found: its name, its page, its code, what tells it apart; `exact`: it is what was typed."""

    title: str
    url: str
    code: str = ""
    detail: str = ""
    exact: bool = False


@dataclass(frozen=True)
class Search:
    """A kind of thing that may be searched. `find(user, said, limit)` returns at most `limit` Hits that this person may
    see, by a number of queries that never depends on the data; `more(said)`: the address of their filtered list.
    """

    name: str
    title: str
    find: Callable
    order: int
    right: str = "see"
    more: Callable | None = None


@dataclass(frozen=True)
class History:
    """The story of a kind of thing. `find(user, key)`: the row of an address, Http404 when there is none or it is not
    theirs; `parts(row)`: [(tracked model, {condition on its events})], the row itself first; `url(row)`: its page.
    `archives`: the row has `archived_at` and may be archived and restored by who has the right "enter".
    """

    kind: str
    find: Callable
    parts: Callable
    url: Callable
    right: str = "see"
    archives: bool = False


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
class Section:
    """A page of a room's own navigation. `room`: the rail entry it stands under; `below`: addresses of the pages behind it."""

    room: str
    url: str
    title: str
    order: int
    right: str = "see"
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """Something that waits for somebody."""

    title: str
    detail: str
    url: str
    due: str
    order: int = 50


@dataclass(frozen=True)
class Step:
    """Something that makes the file of a supplier complete. `done(suppliers, day)` returns the keys of those of a QuerySet
    that have it, by one query; `url(supplier)`: where it is done, for who has the right "enter". `todo` says what to do.
    """

    name: str
    title: str
    todo: str
    done: Callable
    url: Callable
    order: int = 50


@dataclass(frozen=True)
class Due:
    """A thing with a date. `thing` tells it from every other of its kind, for ever; `title` is in the reader's language."""

    thing: str
    title: str
    day: date
    url: str


@dataclass(frozen=True)
class DueKind:
    """A kind of dated thing. `find(user, first, last)` lists those of a span of days that this person may see, as Due."""

    name: str
    title: str
    find: Callable
    right: str = "see"


@dataclass(frozen=True)
class JobKind:
    """A kind of long work. `run(job, progress)` does it, tells `progress(words, done, total)` how far it is (`words`: marked
    with gettext_noop) and returns what came of it in a sentence; it writes all or nothing, for it may be stopped anywhere
    and is done once again when its worker died.

    `hour`: the name of the setting that says at what time of the day it is done by itself.
    """

    name: str
    title: str
    run: Callable
    hour: str = ""


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


def stated(app, slot):
    """Return the names that an app states for a slot: one as text, several as a tuple."""
    names = getattr(app, slot, ())
    return (names,) if isinstance(names, str) else names


def load():
    """Read every app's statements; called once at start."""
    slots = {slot: [] for slot in SLOTS}
    for app in apps.get_app_configs():
        for slot in SLOTS:
            for name in stated(app, slot):
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


def counted(name):
    """Return the lists of what the figure of that name counts, in order."""
    return [entry for entry in all_of("counted") if entry.figure == name]


def kind(name):
    """Return the kind of upload of that name; Unknown names the ones that exist."""
    by_name = {entry.name: entry for entry in all_of("kinds")}
    if name not in by_name:
        raise Unknown(f"There is no kind of file {name!r}. There are: {', '.join(sorted(by_name))}.")
    return by_name[name]


def job(name):
    """Return the kind of job of that name; Unknown names the ones that exist."""
    by_name = {entry.name: entry for entry in all_of("jobs")}
    if name not in by_name:
        raise Unknown(f"There is no kind of job {name!r}. There are: {', '.join(sorted(by_name))}.")
    return by_name[name]


def panels(page):
    """Return the panels that other apps add to one page, in order."""
    return sorted((panel for panel in all_of("panels") if panel.page == page), key=lambda panel: panel.order)


def history(kind):
    """Return the History of a kind of thing; Unknown names the ones that exist."""
    by_kind = {entry.kind: entry for entry in all_of("histories")}
    if kind not in by_kind:
        raise Unknown(f"There is no history of {kind!r}. There are: {', '.join(sorted(by_kind))}.")
    return by_kind[kind]


def bulk(page):
    """Return the Bulk of the list with that name of an address, None when its rows are changed one by one."""
    return next((entry for entry in all_of("bulk") if entry.page == page), None)
