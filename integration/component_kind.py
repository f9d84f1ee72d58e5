"""The kind "components": the components of vehicle programmes, from a file, many thousands at once.

A row is told by programme, code and first day; without a first day it speaks of the component that is valid today. A row
that begins later than one of its code that goes on ends that one. A blank cell changes nothing.
"""

from django.db import connection
from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.findings import Checked
from intake.models import StagedRecord
from intake.recognise import recognise, table
from intake.repairs import Mending
from integration import component_rows as cells
from integration.component_compared import COLUMNS, Compared
from integration.models import Component
from office.door import Refused
from partstrack.registry import Fault, Kind

CHANGES_SHOWN = 1000
ONLY = gettext_lazy("Components are entered by admins and managers.")
LOCK = 7_214_007  # one file of components is applied at a time


def check(batch, workbook, user, moment):
    """Check a workbook against the components that are entered. What is to be written waits as StagedRecords."""
    found = Checked()
    StagedRecord.objects.filter(batch=batch).delete()
    recognition = recognise(workbook, cells.FIELDS, wide=False)
    found.left_out = [each.as_json() for each in recognition.left_out]
    found.notes += recognition.notes
    found.faults += recognition.problems
    if not user.may("enter"):
        found.faults.append(Fault("", None, None, "", ONLY, ""))
    if found.faults:
        return found
    reader, dropped = cells.Reader(user), Mending.of(batch).dropped
    for layout in recognition.layouts:
        reader.read(layout.sheet, table(layout, workbook), dropped.get(layout.sheet, set()))
    compared = Compared(reader, batch, moment.today)
    compared.run()
    found.faults += reader.faults
    found.changes = compared.changes[:CHANGES_SHOWN]
    found.layout = {name: {"shape": "long", "columns": each, "months": {}} for name, each in reader.letters.items()}
    found.counts = compared.counts | {
        "rows": reader.rows,
        "refused": len({(fault.sheet, fault.row) for fault in reader.faults}),
        "set_aside": reader.set_aside,
        "blank": 0,
        "suspicious": 0,
        "questions": 0,
        "declarations": 0,
    }
    StagedRecord.objects.bulk_create(compared.staged, batch_size=2000)
    return found


# Writing ------------------------------------------------------------------------------------------------
def apply(door, batch, user):
    """Write the components of a checked file. Returns the outcome, or None when the preview is outdated."""
    if not user.may("enter"):
        raise Refused(ONLY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    staged = list(StagedRecord.objects.filter(batch=batch).order_by("pk"))
    ends = {each.after["ends"]: each for each in staged if each.after["ends"]}
    keys = [each.key for each in staged if each.key] + list(ends)
    standing = {row.pk: row for row in Component.objects.filter(pk__in=keys).select_for_update().order_by("pk")}
    for key, version in [(each.key, each.seen) for each in staged if each.key] + [
        (key, each.after["ends_seen"]) for key, each in ends.items()
    ]:
        if getattr(standing.get(key), "version", None) != version:
            return None
    if _came(staged):
        return None
    _end(ends, standing)
    _write(staged, standing)
    _assemble(staged)
    for each in staged:
        each.made = not each.before
    StagedRecord.objects.bulk_update(staged, ["made", "key", "seen"], batch_size=2000)
    return {"declarations": 0, "standing": len(staged), "waiting": 0}


def _came(staged):
    """Say whether somebody entered meanwhile a component that a file would enter."""
    new = [each.after for each in staged if not each.before]
    if not new:
        return False
    known = {}
    rows = Component.objects.filter(programme__in={each["programme_id"] for each in new}).values_list(
        "programme_id", "code", "valid_from", "valid_to", "pk"
    )
    for programme, code, first, end, pk in rows:
        known.setdefault((programme, code), []).append((first, end, pk))
    for each in new:
        mine = _row_of(each)
        for first, end, pk in known.get((each["programme_id"], each["code"]), ()):
            apart = (mine.valid_to and first and first >= mine.valid_to) or (
                mine.valid_from and end and end <= mine.valid_from
            )
            if not apart and pk != each["ends"]:
                return True
    return False


def _end(ends, standing):
    rows = []
    for key, each in ends.items():
        row = standing[key]
        each.after["ended"] = cells.as_text(row.valid_to)
        row.valid_to, row.version = _row_of(each.after).valid_from, row.version + 1
        each.after["ends_seen"] = row.version
        rows.append(row)
    Component.objects.bulk_update(rows, ["valid_to", "version"], batch_size=2000)
    StagedRecord.objects.bulk_update(ends.values(), ["after"], batch_size=2000)


def _write(staged, standing):
    fresh, changed = [], []
    for each in staged:
        if each.before:
            row = standing[each.key]
            for name in COLUMNS:
                setattr(row, name, _value(name, each.after[name]))
            row.version += 1
            changed.append(row)
        else:
            fresh.append((each, _row_of(each.after)))
    Component.objects.bulk_update(
        changed, [*(name.removesuffix("_id") for name in COLUMNS), "version"], batch_size=1000
    )
    Component.objects.bulk_create([row for _each, row in fresh], batch_size=2000)
    for each, row in fresh:
        each.key, each.seen = row.pk, row.version
    for each in staged:
        if each.before:
            each.seen = standing[each.key].version


def _assemble(staged):
    """Lay components into their assemblies: the row of that code that is the last to begin."""
    named = [each for each in staged if each.after["inside"] or (each.before and each.before["inside"])]
    if not named:
        return
    rows = Component.objects.filter(programme__in={each.after["programme_id"] for each in named})
    last = {}
    for programme, code, pk in rows.order_by(F("valid_from").asc(nulls_first=True), "pk").values_list(
        "programme_id", "code", "pk"
    ):
        last[programme, code] = pk
    inside = {each.key: last.get((each.after["programme_id"], each.after["inside"])) for each in named}
    mine = list(Component.objects.filter(pk__in=inside))
    moved = [row for row in mine if row.parent_id != inside[row.pk]]
    for row in moved:
        row.parent_id = inside[row.pk]
    Component.objects.bulk_update(moved, ["parent"], batch_size=2000)


def _row_of(after):
    names = (*COLUMNS, "programme_id", "code")
    return Component(**{name: _value(name, after[name]) for name in names})


def _value(name, text):
    """Return a value of the model from what is kept."""
    return Component._meta.get_field(name.removesuffix("_id")).to_python(text) if not name.endswith("_id") else text


def roll_back(door, batch, user):
    """Take the components of a file back. Refused when one was changed since, or when something holds on to a new one."""
    staged = list(StagedRecord.objects.filter(batch=batch).order_by("-pk"))
    ends = {each.after["ends"]: each for each in staged if each.after["ends"]}
    keys = [each.key for each in staged] + list(ends)
    standing = {row.pk: row for row in Component.objects.filter(pk__in=keys).select_for_update().order_by("pk")}
    expected = {each.key: each.seen for each in staged} | {key: each.after["ends_seen"] for key, each in ends.items()}
    moved = [key for key, version in expected.items() if getattr(standing.get(key), "version", None) != version]
    if moved:
        names = ", ".join(sorted(standing[key].code for key in moved if key in standing)[:5]) or "–"
        raise Refused(_("%(names)s: changed since. Change them on their pages.") % {"names": names})
    made = [each.key for each in staged if each.made]
    Component.objects.filter(parent__in=made, pk__in=made).update(parent=None)
    try:
        Component.objects.filter(pk__in=made).delete()
    except ProtectedError as held:
        names = ", ".join(sorted({str(row) for row in held.protected_objects})[:5])
        raise Refused(_("Something holds on to a component of this file: %(names)s.") % {"names": names}) from None
    changed = [each for each in staged if not each.made]
    for each in changed:
        row = standing[each.key]
        for name in COLUMNS:
            setattr(row, name, _value(name, each.before[name]))
        row.version += 1
    for key, each in ends.items():
        standing[key].valid_to, standing[key].version = (
            _value("valid_to", each.after["ended"]),
            standing[key].version + 1,
        )
    rows = {each.key: standing[each.key] for each in changed} | {key: standing[key] for key in ends}
    Component.objects.bulk_update(
        rows.values(), [*(name.removesuffix("_id") for name in COLUMNS), "version"], batch_size=1000
    )
    for each in changed:
        each.after = {**each.after, "inside": each.before["inside"]}
    _assemble(changed)


KINDS = [
    Kind(
        "components",
        gettext_lazy("Components of vehicles"),
        cells.FIELDS,
        check,
        apply,
        roll_back,
        ("reason",),
        {},
        "component_upload",
    ),
]
