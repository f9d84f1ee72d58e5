"""The kind "targets": what is aimed at in a year, from a file. From cells to amounts that are set."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.findings import Checked
from intake.recognise import recognise, table
from intake.repairs import Mending
from office.door import Refused
from partstrack.numbers import plain
from partstrack.registry import Fault, Kind
from production import target_rows, targeting
from production.models import StagedTarget, Target, TargetAmount
from production.models.targets import IDENTITY

CHANGES_SHOWN = 1000
ONLY = gettext_lazy("Targets are set by admins and managers.")


def check(batch, workbook, user, moment):
    """Check a workbook against the targets that are set. Returns a Checked; cleaned rows wait in their staging table."""
    found = Checked()
    StagedTarget.objects.filter(batch=batch).delete()
    recognition = recognise(workbook, target_rows.FIELDS, wide=False)
    found.left_out = [each.as_json() for each in recognition.left_out]
    found.notes += recognition.notes
    found.faults += recognition.problems
    if not user.may("enter"):
        found.faults.append(Fault("", None, None, "", ONLY, ""))
    if found.faults:
        return found
    reader = target_rows.Reader(batch.options, user)
    dropped = Mending.of(batch).dropped
    for layout in recognition.layouts:
        reader.read(layout, table(layout, workbook), dropped.get(layout.sheet, set()))
    rows = reader.single_rows()
    found.faults += reader.faults
    found.questions = reader.questions
    found.layout = {
        sheet: {"shape": "long", "columns": letters, "months": {}} for sheet, letters in reader.letters.items()
    }
    _compare(rows, reader, found)
    for row in rows:
        row.batch = batch
    StagedTarget.objects.bulk_create(rows, batch_size=1000)
    return found


def _compare(rows, reader, found):
    """Count what is new, changed and unchanged, and show what changes."""
    known, kinds = _known(rows), []
    for row in rows:
        target = known.get(row.identity)
        old = target.amount if target else None
        kinds.append(_kind(old, row.amount))
        if kinds[-1] == "changed":
            found.changes.append(_change(row, reader, old))
    del found.changes[CHANGES_SHOWN:]
    found.counts = {name: kinds.count(name) for name in ("new", "changed", "unchanged")} | {
        "rows": reader.rows,
        "blank": reader.blank,
        "set_aside": reader.set_aside,
        "refused": len(reader.faults),
        "questions": len(reader.questions),
        "declarations": 0,
        "suspicious": 0,
    }


def _kind(old, new):
    if old == new:
        return "unchanged"
    return "new" if old is None else "changed"


def _change(row, reader, old):
    """Return a change as the desk shows it: of a year, not of a month."""
    codes = reader.code_of("supplier", row.firm_id), reader.code_of("family", row.family_id)
    return {
        "month": None,
        "year": row.year,
        "part": " · ".join(filter(None, codes)) or gettext_lazy("Everything"),
        "measure": row.measure,
        "old": plain(old),
        "new": None if row.amount is None else plain(row.amount),
        "sheet": row.sheet,
        "row": row.row,
        "site": "",
    }


def _known(rows, lock=False):
    """Return {identity: Target} of the years that rows speak of, locked for a change."""
    targets = Target.objects.filter(year__in={row.year for row in rows}).order_by("pk")
    return {each.identity: each for each in (targets.select_for_update() if lock else targets)}


# Writing ------------------------------------------------------------------------------------------------
def apply(door, batch, user):
    """Set the targets of a checked file. Returns the outcome, or None when the preview is outdated."""
    if not user.may("enter"):
        raise Refused(ONLY)
    rows = list(StagedTarget.objects.filter(batch=batch).order_by("pk"))
    known = _known(rows, lock=True)
    moved = [row for row in rows if _kind(getattr(known.get(row.identity), "amount", None), row.amount) != "unchanged"]
    touched = [known[row.identity].pk for row in rows if row.identity in known]
    if TargetAmount.objects.filter(target__in=touched, from_v__gt=batch.checked_version).exists():
        return None
    for row in moved:
        target = known.get(row.identity) or Target(**dict(zip(IDENTITY, row.identity, strict=True)))
        targeting.set_amount(door, target, row.amount, batch)
    StagedTarget.objects.filter(batch=batch).delete()
    return {"declarations": 0, "standing": len(moved), "waiting": 0}


def roll_back(door, batch, user):
    """Set the amounts of before again, under a new version. Refused when one of them was set anew since."""
    written = list(TargetAmount.objects.filter(batch=batch).select_related("target").order_by("target", "-from_v"))
    targets = Target.objects.filter(pk__in=[each.target_id for each in written]).select_for_update().order_by("pk")
    locked, reasons, before = {each.pk: each for each in targets}, [], {}
    for each in written:
        told = list(TargetAmount.objects.filter(target=each.target_id).order_by("-from_v")[:2])
        if told[0].pk != each.pk:
            reasons.append(_("%(target)s was set anew since: change it by hand.") % {"target": locked[each.target_id]})
        before[each.target_id] = told[1].amount if len(told) > 1 else None
    if reasons:
        raise Refused(*reasons)
    for pk, amount in before.items():
        targeting.set_amount(door, locked[pk], amount)


KINDS = [
    Kind(
        "targets",
        gettext_lazy("Targets"),
        target_rows.FIELDS,
        check,
        apply,
        roll_back,
        ("decimal", "reason"),
        target_rows.MEASURE_NAMES,
        "target_upload",
    ),
]
