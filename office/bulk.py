"""Change many rows of a list at once: which rows are meant, what each of them becomes, what the base would refuse.

The address says everything: the list and its query, the ticked rows (rows=12.15) or all=1 for every row that matches, and
the new values. Each step reads the rows anew, as the person may see them; nothing is kept in a session.
"""

from dataclasses import dataclass

from django.db import connection, models
from django.db.models import CheckConstraint, F
from django.db.models.sql import Query

from partstrack import registry
from partstrack.choosing import canonical
from partstrack.registry import ListTool
from partstrack.walking import rows_of

MOST = 10_000  # rows of one change
SHOWN = 50  # rows whose meanwhile change is told
DIGITS = 18  # of a key


class TooMany(Exception):
    """More rows are meant than are changed at once."""


class Overtaken(Exception):
    """Rows were changed, came or went since the preview."""


@dataclass(frozen=True)
class Outcome:
    """What becomes of a row: `refused` says why it stays as it is, "" when it may be written; `differs`: the names of the
    fields whose value changes.
    """

    row: models.Model
    differs: tuple[str, ...]
    refused: str = ""

    @property
    def state(self):
        """Say in a word what becomes of it."""
        return "unchanged" if not self.differs else "refused" if self.refused else "changed"


def menu(request):
    """Return what the menu of a list needs to change several of its rows; None for who may not, and where nobody may."""
    place = request.resolver_match
    if place.kwargs or not request.user.may("enter") or registry.bulk(place.url_name) is None:
        return None
    return {"page": place.url_name, "query": canonical(request.GET)}


TOOL = ListTool("office/bulk_menu.html", menu)


# Which rows ---------------------------------------------------------------------------------------------
def numbers(text):
    """Return the keys that "12.15" says; what is no key is left out."""
    return [int(each) for each in text.split(".") if each.isdecimal() and len(each) <= DIGITS]


def keys_of(request, page, said):
    """Return the keys of the rows that an address means, in the order of the list. TooMany: more than MOST."""
    if said.get("all"):
        rows = rows_of(request, page, said.get("query", ""))
    else:
        rows = rows_of(request, page, "").filter(pk__in=numbers(said.get("rows", "")))
    keys = list(rows.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        raise TooMany
    return keys


def read(model, user, keys, lock=False):
    """Return the rows of some keys that this person may see, in this order; locked: nobody changes them before the commit."""
    rows = model.objects.visible_to(user).filter(pk__in=keys)
    if lock:
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    found = rows.select_related(*links(model)).in_bulk()
    return [found[key] for key in keys if key in found]


def links(model):
    """Return the names of a model's fields that lead to another row."""
    return [field.name for field in model._meta.concrete_fields if field.is_relation]


# What they become ---------------------------------------------------------------------------------------
def outcomes(rows, values):
    """Return the Outcome of each row for {field: value}: one question to the base, however many rows."""
    found = [(row, tuple(name for name, value in values.items() if getattr(row, name) != value)) for row in rows]
    touched = [row.pk for row, differs in found if differs]
    refused = refusals(type(rows[0]), touched, values) if touched else {}
    return [Outcome(row, differs, refused.get(row.pk, "")) for row, differs in found]


def refusals(model, keys, values):
    """Return {key: why} of the rows that a check of the base would refuse with these values.

    The checks are asked over the rows as they would be, before any of them is written.
    """
    checks = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    if not checks:
        return {}
    tests, asked = zip(*(_condition(model, check) for check in checks), strict=True)
    after, params = _after(model, values)
    key = connection.ops.quote_name(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {', '.join(tests)} FROM ({after}) AS after WHERE {key} = ANY(%s)",
            [*(each for some in asked for each in some), *params, list(keys)],
        )
        answers = cursor.fetchall()
    said = [str(check.violation_error_message) for check in checks]
    found = {
        row: [why for passed, why in zip(passes, said, strict=True) if passed is False] for row, *passes in answers
    }
    return {row: " ".join(whys) for row, whys in found.items() if whys}


def _after(model, values):
    """Return (SQL, its values) of a model's rows as they would be."""
    name, given = connection.ops.quote_name, _stored(model, values)
    columns = [
        f"%s::{field.db_type(connection)} AS {name(field.column)}" if field in given else name(field.column)
        for field in model._meta.concrete_fields
    ]
    params = [given[field] for field in model._meta.concrete_fields if field in given]
    return f"SELECT {', '.join(columns)} FROM {name(model._meta.db_table)}", params


def _stored(model, values):
    """Return {field: value as the base keeps it}."""
    fields = {model._meta.get_field(name): value for name, value in values.items()}
    return {
        field: field.get_db_prep_save(value.pk if field.is_relation and value else value, connection)
        for field, value in fields.items()
    }


def _condition(model, check):
    """Return (SQL, its values) of a check over plain columns."""
    query = Query(model, alias_cols=False)
    return query.build_where(check.condition).as_sql(query.get_compiler(connection=connection), connection)


def change(rows, values):
    """Write the values into these rows, inside an open write: one statement, each row with its next version."""
    if rows:
        written = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows])
        written.update(**values, version=F("version") + 1)
        for row in rows:
            row.version += 1
            for name, value in values.items():
                setattr(row, name, value)


# What was seen ------------------------------------------------------------------------------------------
def stamp(rows):
    """Return the text of which rows were seen in which version: 12:1.15:3."""
    return ".".join(f"{row.pk}:{row.version}" for row in rows)


def seen(text):
    """Return {key: version} of a stamp; ValueError when it is none."""
    pairs = [each.split(":") for each in text.split(".") if each]
    return {int(key): int(version) for key, version in pairs}


def meanwhile(model, before, rows, names):
    """Return (changed, come, gone) since rows were seen as `before`: [(row, [(field, then, now)])], rows, a number.

    What a row was like then is read from its history; of the changed ones, SHOWN are told.
    """
    changed = [row for row in rows if before.get(row.pk, row.version) != row.version]
    events = models.QuerySet(model.pgh_event_model).select_related(*(name for name in names if name in links(model)))
    then = {}
    for event in events.filter(pgh_obj__in=[row.pk for row in changed[:SHOWN]]).order_by("pgh_id"):
        if event.version == before[event.pgh_obj_id]:
            then[event.pgh_obj_id] = event
    told = [
        (row, [(name, getattr(then[row.pk], name), getattr(row, name)) for name in names if _differs(name, then, row)])
        for row in changed[:SHOWN]
    ]
    come = [row for row in rows if row.pk not in before]
    return told, come, len(before.keys() - {row.pk for row in rows})


def _differs(name, then, row):
    return row.pk in then and getattr(then[row.pk], name) != getattr(row, name)
