"""The story of a thing from the tables of history: who changed what, when and why, in names that people read.

A field is told when its model gives it a name for people (its verbose_name); keys and versions are the house's own.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import COMMAND_LINE, Member, User, scope
from partstrack.numbers import show

PAGE = 40  # changes on a page
NAMES = ("title", "name", "model", "reference", "code", "email")
NOTHING = "–"
WHAT = {
    "insert": _("added"),
    "update": _("changed"),
    "delete": _("removed"),
    "end": _("end of validity"),
    "archive": _("archiving"),
    "restore": _("restored"),
}


@dataclass(frozen=True)
class Change:
    """A field's value before and after, in words; `before` is empty when the row is new, `after` when it is gone."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """What was done to one row: `what` of WHAT, what kind of row, its name, and the fields."""

    what: str
    kind: str
    name: str
    changes: list

    @property
    def done(self):
        """Say in a word what was done."""
        return WHAT[self.what]


@dataclass
class Entry:
    """What one person did in one write."""

    at: datetime
    who: str
    reason: str
    steps: list = field(default_factory=list)


def story(reader, parts, page):
    """Return ([Entry], whether older ones follow) of a page (from 1) of the story of some parts, the newest first.

    `parts`: [(tracked model, {condition on its events})]. The number of queries depends on the parts alone.
    """
    places = _places(parts, (page - 1) * PAGE)
    events, before = _events(parts, places[:PAGE])
    users = {_said(event).get("user") for event in events.values()}
    names = _Names(reader, [*events.values(), *before.values()], users)
    writes = {}  # what one write did is told together; a change past the door stands alone
    for _at, number, part in places[:PAGE]:
        event = events[part, number]
        step = _step(event, before.get((part, event.before)), names)
        if step:
            write = event.pgh_context_id or (part, number)
            writes.setdefault(write, _entry(event, names)).steps.append(step)
    return list(writes.values()), len(places) > PAGE


def _places(parts, offset):
    """Return [(when, number of the event, its part)] of a page and one more."""
    asked = [
        _rows(model)
        .filter(**condition)
        .order_by()
        .annotate(of_part=Value(part))
        .values_list("pgh_created_at", "pgh_id", "of_part")
        for part, (model, condition) in enumerate(parts)
    ]
    both = asked[0].union(*asked[1:], all=True) if asked[1:] else asked[0]
    return list(both.order_by("-pgh_created_at", "of_part", "-pgh_id")[offset : offset + PAGE + 1])


def _events(parts, places):
    """Return the events of these places, and those before them of the same rows, by (part, number)."""
    events, before = {}, {}
    for part, (model, _condition) in enumerate(parts):
        rows = _rows(model)
        earlier = rows.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
        found = rows.filter(pgh_id__in=[number for _at, number, own in places if own == part])
        found = list(found.select_related("pgh_context").annotate(before=Subquery(earlier.values("pgh_id")[:1])))
        events |= {(part, event.pgh_id): event for event in found}
        numbers = [event.before for event in found if event.before and event.pgh_label == "update"]
        before |= {(part, event.pgh_id): event for event in rows.filter(pgh_id__in=numbers)}
    return events, before


def _rows(model):
    return models.QuerySet(model.pgh_event_model)


def _said(event):
    """Return what the write said of itself: {user, reason, at}; nothing when the change came past the door."""
    return event.pgh_context.metadata if event.pgh_context else {}


def _entry(event, names):
    said = _said(event)
    at = parse_datetime(said["at"]) if said.get("at") else event.pgh_created_at
    return Entry(timezone.localtime(at), names.person(said.get("user")), said.get("reason") or "")


def _step(event, before, names):
    """Return what was done, None when nothing that people read changed."""
    what, changes = _what(event, before), _changes(event, before, names)
    if what == "update" and not changes:
        return None
    model = event.pgh_tracked_model
    return Step(what, str(model._meta.verbose_name), _name(event), changes)


def _what(event, before):
    if event.pgh_label != "update" or before is None:
        return event.pgh_label
    if getattr(event, "to_v", None) and not before.to_v:
        return "end"
    archived = [bool(getattr(each, "archived_at", None)) for each in (before, event)]
    return {(False, True): "archive", (True, False): "restore"}.get(tuple(archived), "update")


def _name(event):
    """Return what a row was called: in Arabic where it has an Arabic name and the reader reads Arabic."""
    language = get_language()
    found = (getattr(event, f"{name}_{language}", "") or getattr(event, f"{name}_fr", "") for name in NAMES)
    return next(filter(None, found), "") or next(
        (getattr(event, name) for name in NAMES if getattr(event, name, "")), ""
    )


def _changes(event, before, names):
    gone = event.pgh_label == "delete"
    old, new = (event, None) if gone else (before, event)
    said = [
        Change(_label(own), names.said(own, old) if old else "", names.said(own, new) if new else "")
        for own in _told(event)
        if old is None or new is None or getattr(old, own.attname) != getattr(new, own.attname)
    ]
    return [each for each in said if not {each.before, each.after} <= {"", NOTHING}]


def _told(event):
    """Return the fields that people read, as the tracked model has them."""
    model, kept = event.pgh_tracked_model, {each.name for each in event._meta.fields}
    own = [each for each in model._meta.concrete_fields if each.name in kept and not each.primary_key]
    return [each for each in own if each._verbose_name is not None]


def _label(own):
    text = str(own.verbose_name)
    return text[:1].upper() + text[1:]


class _Names:
    """The names of what the events of a page point at, as far as their reader may see them."""

    def __init__(self, reader, events, users):
        self.language = get_language()
        asked = {}
        for event in events:
            for own in _told(event):
                if own.is_relation and getattr(event, own.attname) is not None:
                    asked.setdefault(own.related_model, set()).add(getattr(event, own.attname))
        self.things = {model: _visible(model, reader).in_bulk(keys) for model, keys in asked.items()}
        self.people = _people(reader, users | asked.get(User, set()))

    def person(self, number):
        """Return who did it: a name where the reader may know it."""
        if number is None:
            return gettext("outside partstrack")
        return self.people.get(number, gettext("the office"))

    def said(self, own, event):
        """Return a field's value of an event in words."""
        value = getattr(event, own.attname)
        if value in (None, "", []):
            return NOTHING
        if own.is_relation:
            return self._thing(own.related_model, value)
        choices = dict(own.flatchoices or getattr(getattr(own, "base_field", None), "flatchoices", ()))
        if isinstance(value, list):
            return ", ".join(str(choices.get(each, each)) for each in value)
        return str(choices[value]) if value in choices else _plain(value, self.language)

    def _thing(self, model, key):
        if model is User:
            return self.people.get(key, gettext("the office"))
        thing = self.things[model].get(key)
        if thing is None:
            return gettext("another firm's")
        return thing.name_in(self.language) if hasattr(thing, "name_in") else str(thing)


def _visible(model, reader):
    rows = model._default_manager.all()
    return rows.visible_to(reader) if hasattr(rows, "visible_to") else rows


def _people(reader, numbers):
    """Return {number: name} of these people: those of one's own firms, or everybody for who sees every firm."""
    rows, own = User.objects.filter(pk__in=numbers - {None}), scope(reader)
    if own is not None and not reader.may("people"):
        rows = rows.filter(pk__in=Member.objects.filter(firm__in=own).values("user"))
    return {person.pk: gettext("command line") if person.email == COMMAND_LINE else str(person) for person in rows}


def _plain(value, language):
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return show(value, language) if isinstance(value, Decimal) else str(value)
